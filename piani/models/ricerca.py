# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the public search finds: the words of the published documents."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from piani.models.documento import DocumentoPubblicato


class VoceQuerySet(models.QuerySet["VoceRicerca"]):
    def in_mostra(self, oggi: date) -> "VoceQuerySet":
        """Those of the documents in force that the public pages show that day."""
        documenti = DocumentoPubblicato.objects.in_mostra(oggi).correnti().select_related(None)
        return self.filter(documento__in=documenti.values("pk"))

    def con_parole(self, parole: list[str]) -> "VoceQuerySet":
        """Those that hold every word, also as part of a longer one."""
        trovate = self
        for parola in parole:
            trovate = trovate.filter(cercabile__contains=parola)
        return trovate


class VoceRicerca(models.Model):
    """A title, an objective or an indicator of a published document, as its photograph says it.

    Made from the photograph when the document comes out, and from nothing else: what is not
    published is not here.
    """

    class Genere(models.TextChoices):
        DOCUMENTO = "documento", _("Documento")
        CAPITOLO = "capitolo", _("Capitolo")
        OBIETTIVO = "obiettivo", _("Obiettivo")
        INDICATORE = "indicatore", _("Indicatore")

    documento = models.ForeignKey(DocumentoPubblicato, models.CASCADE, related_name="voci_ricerca")
    genere = models.CharField(_("genere"), max_length=10, choices=Genere)
    ordine = models.PositiveIntegerField(_("ordine nel documento"))
    codice = models.CharField(_("codice"), max_length=60, blank=True)
    testo = models.TextField(_("testo"))
    dove = models.TextField(_("dentro che cosa"), blank=True)
    ancora = models.CharField(_("punto della pagina"), max_length=200, blank=True)
    cercabile = models.TextField(
        _("testo da cercare"), help_text=_("Minuscolo, senza accenti né segni.")
    )

    objects = VoceQuerySet.as_manager()

    class Meta:
        verbose_name = _("voce della ricerca pubblica")
        verbose_name_plural = _("voci della ricerca pubblica")
        ordering = ["documento", "ordine"]
        constraints = [
            models.UniqueConstraint(
                name="voce_ricerca_una_per_posto",
                fields=["documento", "ordine"],
                violation_error_message=_("Quel posto nel documento ha già la sua voce."),
            ),
        ]

    def __str__(self) -> str:
        return self.testo
