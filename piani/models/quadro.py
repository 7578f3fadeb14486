# SPDX-License-Identifier: AGPL-3.0-or-later
"""«Azienda in cifre»: printed tables with their numbers, and the checks that they square."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from piani.models.incarico import Utente
from piani.models.piano import Piano


class QuadroDati(models.Model):
    """A table of labelled rows × labelled columns, as printed, with unit, source and date."""

    class Grafico(models.TextChoices):
        NESSUNO = "nessuno", _("Nessun grafico")
        BARRE = "barre", _("Barre")
        BARRE_IMPILATE = "barre_impilate", _("Barre impilate")
        LINEA = "linea", _("Linea")

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="quadri")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    chiave = models.SlugField(_("chiave"), max_length=60)
    etichetta = models.CharField(_("etichetta"), max_length=60, blank=True)
    titolo = models.CharField(_("titolo"), max_length=300)
    unita = models.CharField(_("unità di misura"), max_length=60, blank=True)
    fonte = models.CharField(_("fonte"), max_length=200, blank=True)
    data = models.DateField(_("data dei dati"), null=True, blank=True)
    nota = models.TextField(_("nota"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)
    intestazione_righe = models.CharField(_("intestazione delle righe"), max_length=100, blank=True)
    colonne = models.JSONField(_("colonne"), default=list)
    grafico = models.CharField(
        _("grafico"), max_length=20, choices=Grafico, default=Grafico.NESSUNO
    )
    grafico_colonne = models.JSONField(_("colonne da disegnare"), default=list, blank=True)

    class Meta:
        verbose_name = _("quadro di dati")
        verbose_name_plural = _("quadri di dati")
        ordering = ["piano", "ordine"]
        constraints = [
            models.UniqueConstraint(
                name="quadro_chiave_unica",
                fields=["piano", "chiave"],
                violation_error_message=_("Un altro quadro del piano ha già quella chiave."),
            ),
        ]

    def __str__(self) -> str:
        return self.titolo


class CellaQuadro(models.Model):
    """A cell: the text as printed and, when it is a figure, its number."""

    quadro = models.ForeignKey(QuadroDati, models.CASCADE, related_name="celle")
    riga = models.PositiveSmallIntegerField(_("riga"))
    colonna = models.PositiveSmallIntegerField(_("colonna"))
    gruppo = models.CharField(_("gruppo"), max_length=200, blank=True)
    etichetta = models.CharField(_("riga"), max_length=300)
    totale = models.BooleanField(_("riga di totale"), default=False)
    stampato = models.CharField(_("come stampato"), max_length=500, blank=True)
    valore = models.DecimalField(
        _("numero"), max_digits=15, decimal_places=4, null=True, blank=True
    )

    class Meta:
        verbose_name = _("cella")
        verbose_name_plural = _("celle")
        ordering = ["quadro", "riga", "colonna"]
        constraints = [
            models.UniqueConstraint(
                name="cella_posto_unico",
                fields=["quadro", "riga", "colonna"],
                violation_error_message=_("Il quadro ha già una cella in quel posto."),
            ),
        ]

    def __str__(self) -> str:
        return self.stampato


class Quadratura(models.Model):
    """A printed figure against the one recomputed from its parts. Never corrects silently.

    A difference is acknowledged by a person, who says why it stays: ``presa_atto``.
    """

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="quadrature")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    dove = models.CharField(_("dove"), max_length=300)
    stampato = models.CharField(_("stampato"), max_length=100)
    calcolato = models.DecimalField(_("calcolato"), max_digits=15, decimal_places=4)
    differenza = models.DecimalField(
        _("differenza"),
        max_digits=15,
        decimal_places=4,
        help_text=_("Stampato meno calcolato."),
    )
    nota = models.TextField(_("nota"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)
    presa_atto = models.TextField(_("perché la differenza resta"), blank=True)
    presa_atto_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="quadrature_viste"
    )
    presa_atto_il = models.DateTimeField(_("presa d'atto del"), null=True, blank=True)

    class Meta:
        verbose_name = _("quadratura")
        verbose_name_plural = _("quadrature")
        ordering = ["piano", "ordine"]

    def __str__(self) -> str:
        return f"{self.dove}: {self.stampato}"

    @property
    def quadra(self) -> bool:
        return self.differenza == 0

    @property
    def da_guardare(self) -> bool:
        """It does not square and nobody acknowledged it."""
        return not self.quadra and self.presa_atto_il is None
