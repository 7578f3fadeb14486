# SPDX-License-Identifier: AGPL-3.0-or-later
"""The POLA: a plan of its own that is a section of another; its phases; its indicators.

The plan is a :class:`piani.models.Piano` of tipo «POLA»: its four parts are its sections, its
dimensions are areas, and each indicator is an ordinary ``obiettivi.Misura`` with its targets, so
that the same engine reads, measures, scores and explains it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lavoro_agile.models.visibilita import Chi, attraverso
from obiettivi.models import Misura
from piani.models import Azienda, Piano
from piani.models.vincoli import almeno, una_sola


class PolaQuerySet(models.QuerySet["Pola"]):
    def visibili_a(self, utente: "Chi") -> "PolaQuerySet":
        """Whoever sees its plan."""
        return self.filter(piano__in=Piano.objects.visibili_a(utente))


class Pola(models.Model):
    """A POLA: ``piano`` holds its text and its indicators, ``sezione_di`` is the Piano della
    performance or the PIAO of which it is a section.
    """

    piano = models.OneToOneField(Piano, models.CASCADE, related_name="pola")
    sezione_di = models.ForeignKey(
        Piano, models.PROTECT, null=True, blank=True, related_name="pola_allegati",
        verbose_name=_("sezione di"),
    )  # fmt: skip
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = PolaQuerySet.as_manager()

    class Meta:
        verbose_name = _("piano organizzativo del lavoro agile")
        verbose_name_plural = _("piani organizzativi del lavoro agile")
        ordering = ["piano__azienda_id", "-piano__anno_inizio"]
        constraints = [
            almeno(
                "pola_non_di_se_stesso",
                Q(sezione_di__isnull=True) | ~Q(sezione_di=models.F("piano")),
                _("Un POLA non è una sezione di se stesso."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.piano)

    @property
    def azienda(self) -> Azienda:
        return self.piano.azienda


class FaseSviluppo(models.Model):
    """A phase of the development of the lavoro agile, with its year.

    The levels of a phase are the targets of its year; those of the year before the plan
    («emergenziale») are the starting points of its measures.
    """

    class Genere(models.TextChoices):
        EMERGENZIALE = "emergenziale", _("Fase emergenziale")
        AVVIO = "avvio", _("Fase di avvio")
        INTERMEDIO = "intermedio", _("Fase di sviluppo intermedio")
        AVANZATO = "avanzato", _("Fase di sviluppo avanzato")

    pola = models.ForeignKey(Pola, models.CASCADE, related_name="fasi")
    genere = models.CharField(_("fase"), max_length=12, choices=Genere)
    anno = models.PositiveSmallIntegerField(_("anno"))
    descrizione = models.TextField(_("descrizione"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = attraverso("pola")

    class Meta:
        verbose_name = _("fase di sviluppo")
        verbose_name_plural = _("fasi di sviluppo")
        ordering = ["pola_id", "anno"]
        constraints = [
            una_sola("fase_pola_una_volta", ["pola", "genere"], _("Quella fase c'è già.")),
            una_sola("fase_pola_anno_unico", ["pola", "anno"], _("Quell'anno ha già una fase.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_genere_display()} {self.anno}"

    @property
    def azienda(self) -> Azienda:
        return self.pola.azienda


class Dimensione(models.TextChoices):
    """The dimensions of the guideline: conditions that enable, implementation, performance,
    impacts.
    """

    ORGANIZZATIVA = "organizzativa", _("Salute organizzativa")
    PROFESSIONALE = "professionale", _("Salute professionale")
    ECONOMICA = "economico_finanziaria", _("Salute economico-finanziaria")
    DIGITALE = "digitale", _("Salute digitale")
    QUANTITA = "implementazione_quantita", _("Attuazione: quantità")
    QUALITA = "implementazione_qualita", _("Attuazione: qualità")
    ECONOMICITA = "economicita", _("Economicità")
    EFFICIENZA = "efficienza", _("Efficienza")
    EFFICACIA = "efficacia", _("Efficacia")
    ESTERNI = "impatti_esterni", _("Impatti esterni")
    INTERNI = "impatti_interni", _("Impatti interni")


class IndicatorePola(models.Model):
    """That a measure of the plan is an indicator of the POLA: of which dimension, after which of
    the guideline's indicators (``modello``, its code; empty if it is the body's own).
    """

    SCRITTI = ("natura", "nota")

    class Natura(models.TextChoices):
        QUANTITATIVO = "quantitativo", _("Quantitativo")
        QUALITATIVO = "qualitativo", _("Qualitativo")

    pola = models.ForeignKey(Pola, models.CASCADE, related_name="indicatori")
    misura = models.OneToOneField(Misura, models.CASCADE, related_name="indicatore_pola")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    dimensione = models.CharField(_("dimensione"), max_length=25, choices=Dimensione)
    natura = models.CharField(
        _("natura"), max_length=12, choices=Natura, default=Natura.QUANTITATIVO
    )
    modello = models.SlugField(_("indicatore della linea guida"), max_length=40, blank=True)
    nota = models.TextField(_("nota"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = attraverso("pola")

    class Meta:
        verbose_name = _("indicatore del POLA")
        verbose_name_plural = _("indicatori del POLA")
        ordering = ["pola_id", "ordine"]
        constraints = [
            una_sola(
                "indicatore_pola_posto_unico", ["pola", "ordine"],
                _("Un altro indicatore ha già quel posto."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.misura)

    @property
    def azienda(self) -> Azienda:
        return self.pola.azienda
