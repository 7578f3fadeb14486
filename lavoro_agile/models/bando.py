# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call to ask for the lavoro agile, and the tranches in which people are admitted."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lavoro_agile.models.edizione import EdizioneLavoroAgile
from lavoro_agile.models.visibilita import (
    LAVORANO,
    UFFICIO,
    Chi,
    attraverso,
    con_ruolo,
    lette,
)
from piani.models import Azienda
from piani.models.vincoli import almeno, una_sola


class BandoQuerySet(models.QuerySet["BandoLavoroAgile"]):
    def visibili_a(self, utente: "Chi") -> "BandoQuerySet":
        """The published ones for who reads and for who works in the azienda; drafts of the
        risorse umane.
        """
        lettori = lette(
            utente, "edizione__anno_inizio", "edizione__anno_fine", azienda="edizione__azienda"
        )
        note = lettori | con_ruolo(utente, *LAVORANO, azienda="edizione__azienda")
        mie = con_ruolo(utente, *UFFICIO, azienda="edizione__azienda")
        return self.filter((note & ~Q(stato="bozza")) | mie)

    def aperti(self) -> "BandoQuerySet":
        """Those that take requests today."""
        oggi = timezone.localdate()
        return self.filter(stato="pubblicato", apre_il__lte=oggi, chiude_il__gte=oggi)


class BandoLavoroAgile(models.Model):
    """A call: from when to when people ask. One may reopen the terms with another."""

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        PUBBLICATO = "pubblicato", _("Pubblicato")
        CONCLUSO = "concluso", _("Concluso")
        ANNULLATO = "annullato", _("Annullato")

    edizione = models.ForeignKey(
        EdizioneLavoroAgile, models.PROTECT, related_name="bandi", verbose_name=_("edizione")
    )
    numero = models.PositiveSmallIntegerField(_("numero"))
    titolo = models.CharField(_("titolo"), max_length=200)
    testo = models.TextField(_("testo"), blank=True)
    atto = models.CharField(_("atto"), max_length=200, blank=True)
    apre_il = models.DateField(_("si apre il"))
    chiude_il = models.DateField(_("si chiude il"))
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.BOZZA)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = BandoQuerySet.as_manager()

    class Meta:
        verbose_name = _("bando per il lavoro agile")
        verbose_name_plural = _("bandi per il lavoro agile")
        ordering = ["edizione_id", "-numero"]
        constraints = [
            una_sola(
                "bando_agile_numero_unico", ["edizione", "numero"],
                _("L'edizione ha già un bando con quel numero."),
            ),
            almeno(
                "bando_agile_date_in_ordine", Q(chiude_il__gte=F("apre_il")),
                _("Il bando si chiude prima di aprirsi."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda

    @property
    def aperto(self) -> bool:
        oggi = timezone.localdate()
        return self.stato == self.Stato.PUBBLICATO and self.apre_il <= oggi <= self.chiude_il


class Tranche(models.Model):
    """How many requests are admitted by a day: the cronoprogramma of a call.

    ``entro`` is the day in force, ``entro_stampato`` the words of the document («entro 1° novembre
    2018, modificato al 1° gennaio 2019»).
    """

    bando = models.ForeignKey(BandoLavoroAgile, models.CASCADE, related_name="tranche")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    entro = models.DateField(_("entro il"))
    entro_stampato = models.CharField(_("come stampato"), max_length=120, blank=True)
    posti = models.PositiveSmallIntegerField(_("quante domande"))
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    liberi: int
    """How many more may be admitted: said by `domande.graduatoria.con_liberi`."""

    objects = attraverso("bando")

    class Meta:
        verbose_name = _("tranche di ammissione")
        verbose_name_plural = _("tranche di ammissione")
        ordering = ["bando_id", "ordine"]
        constraints = [
            una_sola(
                "tranche_agile_posto_unico", ["bando", "ordine"],
                _("Il bando ha già una tranche con quel numero."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.ordine}ª tranche, entro il {self.entro:%d/%m/%Y}"

    @property
    def azienda(self) -> Azienda:
        return self.bando.azienda
