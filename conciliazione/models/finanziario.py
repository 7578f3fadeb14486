# SPDX-License-Identifier: AGPL-3.0-or-later
"""The financial plan of an edition: sources and uses, printed beside computed."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import euro_o_niente, non_negativi, una_sola
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.visibilita import Chi, attraverso, dell_ufficio
from piani.models import Azienda


class PianoFinanziarioQuerySet(models.QuerySet["PianoFinanziario"]):
    def visibili_a(self, utente: "Chi") -> "PianoFinanziarioQuerySet":
        """The office's and the readers' all; once approved, whoever sees the edition."""
        approvati = Q(
            stato="approvato", edizione__in=EdizioneConciliazione.objects.visibili_a(utente)
        )
        return self.filter(dell_ufficio(utente) | approvati)


class PianoFinanziario(models.Model):
    """Sources and uses of an edition on a day; a later one replaces it."""

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        APPROVATO = "approvato", _("Approvato")

    edizione = models.ForeignKey(
        EdizioneConciliazione, models.CASCADE, related_name="piani_finanziari"
    )
    numero = models.PositiveSmallIntegerField(_("versione"), default=1)
    nome = models.CharField(_("nome"), max_length=200)
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    approvato_il = models.DateTimeField(_("approvato il"), null=True, blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = PianoFinanziarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("piano finanziario")
        verbose_name_plural = _("piani finanziari")
        ordering = ["edizione_id", "-numero"]
        constraints = [
            una_sola(
                "piano_finanziario_numero_unico", ["edizione", "numero"],
                _("C'è già un piano finanziario con quel numero."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class VoceFinanziaria(models.Model):
    """A source or a use. A voce with others under it is their sum; the leaves are written by hand
    (``importo``) or computed from what the edition holds (``calcolo``: the name of a function of
    the financial part, such as ``costo_progetti``).

    ``importo_stampato`` is what the document prints; a difference is explained in ``nota``.
    """

    class Parte(models.TextChoices):
        FONTE = "fonte", _("Fonte")
        IMPIEGO = "impiego", _("Impiego")
        TOTALE = "totale", _("Totale o rapporto stampato")

    piano = models.ForeignKey(PianoFinanziario, models.CASCADE, related_name="voci")
    parte = models.CharField(_("parte"), max_length=10, choices=Parte)
    codice = models.SlugField(_("codice"), max_length=60)
    padre = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="figlie")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    nome = models.CharField(_("voce"), max_length=300)
    importo = euro_o_niente(_("importo"))
    calcolo = models.CharField(_("calcolo"), max_length=60, blank=True)
    stampato = models.CharField(_("come stampato"), max_length=60, blank=True)
    importo_stampato = euro_o_niente(_("importo stampato"))
    nota = models.TextField(_("nota sulla differenza"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = attraverso("piano")

    class Meta:
        verbose_name = _("voce finanziaria")
        verbose_name_plural = _("voci finanziarie")
        ordering = ["piano_id", "parte", "ordine"]
        constraints = [
            una_sola(
                "voce_finanziaria_codice_unico", ["piano", "codice"],
                _("Il piano finanziario ha già una voce con quel codice."),
            ),
            non_negativi("voce_finanziaria", "importo", "importo_stampato"),
            models.CheckConstraint(
                name="voce_finanziaria_a_mano_o_calcolata",
                condition=Q(importo__isnull=True) | Q(calcolo=""),
                violation_error_message=_("Una voce è scritta a mano o calcolata, non entrambe."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    @property
    def azienda(self) -> Azienda:
        return self.piano.azienda

    def differenza(self, calcolato: Decimal | None) -> Decimal | None:
        """Printed minus computed, if both are there."""
        if self.importo_stampato is None or calcolato is None:
            return None
        return self.importo_stampato - calcolato
