# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Relazione sulla performance of a year: what is written of it, and how it is told in time."""

from datetime import date
from typing import TYPE_CHECKING, Any

import simplejson
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obiettivi.models.albero import Misura
from piani.models import Azienda, DocumentoPubblicato, Fase, Incarico, Piano

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from piani.models import Utente


class RelazioneQuerySet(models.QuerySet["Relazione"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "RelazioneQuerySet":
        """Those of the person's aziende; for the Nucleo only of the years entrusted to it."""
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = (
            Incarico.objects.che_valgono_per(utente)
            .filter(azienda=OuterRef("piano__azienda"))
            .per_gli_anni(OuterRef("anno"), OuterRef("anno"))
        )
        return self.filter(Exists(miei))


class Relazione(models.Model):
    """The report on a year of a plan (art. 10 c. 1 lett. b D.Lgs. 150/2009).

    ``dati`` is what the tables say, taken from the plan and its results when it was last
    generated (canonical JSON): what is approved is what the Nucleo validates and what is
    published, whatever is computed in the meantime. The prose is in its sections.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        APPROVATA = "approvata", _("Approvata")
        IN_VALIDAZIONE = "in_validazione", _("In validazione")
        VALIDATA = "validata", _("Validata")
        NON_VALIDATA = "non_validata", _("Non validata")
        PUBBLICATA = "pubblicata", _("Pubblicata")

    piano = models.ForeignKey(Piano, models.PROTECT, related_name="relazioni")
    anno = models.PositiveSmallIntegerField(_("anno"))
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.BOZZA)
    dati = models.TextField(_("dati generati"), blank=True, help_text=_("JSON canonico."))
    generata_il = models.DateTimeField(_("generata il"), null=True, blank=True)
    atto_tipo = models.CharField(_("tipo di atto"), max_length=60, blank=True)
    atto_numero = models.CharField(_("numero dell'atto"), max_length=30, blank=True)
    atto_data = models.DateField(_("data dell'atto"), null=True, blank=True)
    atto_organo = models.CharField(_("organo che approva"), max_length=100, blank=True)
    motivo_ritardo = models.TextField(_("motivazione del ritardo"), blank=True)

    objects = RelazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("relazione sulla performance")
        verbose_name_plural = _("relazioni sulla performance")
        ordering = ["piano", "-anno"]
        constraints = [
            models.UniqueConstraint(
                name="relazione_una_per_anno",
                fields=["piano", "anno"],
                violation_error_message=_("La relazione di quell'anno è già cominciata."),
            ),
            models.CheckConstraint(
                name="relazione_approvata_con_atto",
                condition=Q(stato="bozza") | ~Q(atto_tipo="") & Q(atto_data__isnull=False),
                violation_error_message=_("Una relazione approvata ha il suo atto."),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Relazione sulla performance')} {self.anno}"

    def get_absolute_url(self) -> str:
        return reverse("relazione", args=[self.piano.slug, self.anno])

    @property
    def azienda(self) -> Azienda:
        return self.piano.azienda

    @property
    def azienda_id(self) -> int:
        return self.piano.azienda_id

    @property
    def serie(self) -> str:
        """The name of its document among those of the plan."""
        return f"relazione-{self.anno}"

    @property
    def serie_validazione(self) -> str:
        """The name of the paper of its validation among the documents of the plan."""
        return f"validazione-{self.anno}"

    @property
    def documenti(self) -> models.QuerySet[DocumentoPubblicato]:
        """Its versions, the newest first."""
        return self.piano.documenti.filter(serie=self.serie)

    @property
    def carte(self) -> models.QuerySet[DocumentoPubblicato]:
        """Its versions and those of the paper of its validation."""
        serie = (self.serie, self.serie_validazione)
        return self.piano.documenti.filter(serie__in=serie)

    @property
    def generati(self) -> dict[str, Any]:
        """What the tables say, figures as Decimal; empty if it was never generated."""
        dati: dict[str, Any] = simplejson.loads(self.dati, use_decimal=True) if self.dati else {}
        return dati

    @property
    def atto(self) -> str:
        """The act as it is cited, "" if there is none yet."""
        if not self.atto_data:
            return ""
        giorno = self.atto_data.strftime("%d/%m/%Y")
        return f"{self.atto_tipo} n. {self.atto_numero} {_('del')} {giorno}, {self.atto_organo}"


class SezioneRelazione(models.Model):
    """The prose that opens a chapter of a Relazione, in Markdown. Its tables are not typed."""

    class Tipo(models.TextChoices):
        PRESENTAZIONE = "presentazione", _("Presentazione")
        SINTESI = "sintesi", _("Sintesi dei risultati")
        CONTESTO = "contesto", _("Il contesto dell'anno")
        RISULTATI = "risultati", _("Risultati per area, obiettivo e indicatore")
        SCOSTAMENTI = "scostamenti", _("Scostamenti e azioni correttive")
        REVISIONI = "revisioni", _("Che cosa è cambiato nell'anno")
        SCHEDE = "schede", _("Performance organizzativa delle strutture")
        INDIVIDUALE = "individuale", _("Valutazione individuale")
        RISORSE = "risorse", _("Risorse, efficienza ed economicità")
        PARI_OPPORTUNITA = "pari_opportunita", _("Pari opportunità")
        PROCESSO = "processo", _("Il processo seguito")

    # A Relazione without these says nothing; the other chapters can do with their tables.
    DA_SCRIVERE = (
        Tipo.PRESENTAZIONE, Tipo.SINTESI, Tipo.RISORSE, Tipo.PARI_OPPORTUNITA, Tipo.PROCESSO,
    )  # fmt: skip
    SCRITTI = ("testo",)

    relazione = models.ForeignKey(Relazione, models.CASCADE, related_name="sezioni")
    tipo = models.CharField(_("capitolo"), max_length=30, choices=Tipo)
    testo = models.TextField(_("testo"), blank=True, help_text=_("Markdown."))

    class Meta:
        verbose_name = _("sezione della relazione")
        verbose_name_plural = _("sezioni della relazione")
        ordering = ["relazione", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="sezione_relazione_una_per_capitolo",
                fields=["relazione", "tipo"],
                violation_error_message=_("Quel capitolo c'è già."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_tipo_display()

    @property
    def da_scrivere(self) -> bool:
        return self.tipo in self.DA_SCRIVERE


class Scostamento(models.Model):
    """Why an indicator of the plan did not reach its target, and what is done about it.

    Written by misura, so that a new generation of the tables keeps it.
    """

    relazione = models.ForeignKey(Relazione, models.CASCADE, related_name="scostamenti")
    misura = models.ForeignKey(Misura, models.PROTECT, related_name="scostamenti")
    causa = models.TextField(_("causa"), blank=True)
    azione = models.TextField(_("azione correttiva"), blank=True)

    class Meta:
        verbose_name = _("scostamento")
        verbose_name_plural = _("scostamenti")
        ordering = ["relazione", "misura"]
        constraints = [
            models.UniqueConstraint(
                name="scostamento_uno_per_misura",
                fields=["relazione", "misura"],
                violation_error_message=_("Di quell'indicatore è già scritto."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.misura}: {self.causa[:60]}"


class FaseSvolta(models.Model):
    """When a phase of the cycle really ended, beside when the plan foresaw it."""

    relazione = models.ForeignKey(Relazione, models.CASCADE, related_name="fasi")
    fase = models.ForeignKey(Fase, models.CASCADE, related_name="svolte")
    conclusa_il = models.DateField(_("conclusa il"), null=True, blank=True)
    nota = models.CharField(_("nota"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fase svolta")
        verbose_name_plural = _("fasi svolte")
        ordering = ["relazione", "fase__ordine"]
        constraints = [
            models.UniqueConstraint(
                name="fase_svolta_una_per_fase",
                fields=["relazione", "fase"],
                violation_error_message=_("Di quella fase è già scritto."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fase}: {self.conclusa_il}"


class TermineRelazioneQuerySet(models.QuerySet["TermineRelazione"]):
    def per(self, anno: int) -> "TermineRelazione | None":
        """The term of the Relazione of a year; the row that began last holds."""
        valgono = [riga for riga in self if riga.vale_per(anno)]
        return max(valgono, key=lambda riga: riga.anno_dal, default=None)


class TermineRelazione(models.Model):
    """By which day of the next year a Relazione is published, from a year on, by which law."""

    anno_dal = models.PositiveSmallIntegerField(_("dalle relazioni del"))
    anno_al = models.PositiveSmallIntegerField(_("alle relazioni del"), null=True, blank=True)
    mese = models.PositiveSmallIntegerField(_("mese"))
    giorno = models.PositiveSmallIntegerField(_("giorno"))
    norma = models.CharField(_("norma"), max_length=200)

    objects = TermineRelazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("termine della relazione")
        verbose_name_plural = _("termini della relazione")
        ordering = ["anno_dal"]
        constraints = [
            models.UniqueConstraint(
                name="termine_relazione_unico",
                fields=["anno_dal"],
                violation_error_message=_("Da quell'anno c'è già un termine."),
            ),
            models.CheckConstraint(
                name="termine_relazione_giorno_e_mese",
                condition=Q(mese__range=(1, 12), giorno__range=(1, 31)),
                violation_error_message=_("Indica giorno (1-31) e mese (1-12)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giorno}/{self.mese} ({self.norma})"

    def vale_per(self, anno: int) -> bool:
        return self.anno_dal <= anno and (self.anno_al is None or anno <= self.anno_al)

    def di(self, anno: int) -> date:
        """The day by which the Relazione of a year is due."""
        return date(anno + 1, self.mese, self.giorno)
