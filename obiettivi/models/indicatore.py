# SPDX-License-Identifier: AGPL-3.0-or-later
"""The library of indicators, where their data come from, and the results as known."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.arrotondamento import Modo, arrotonda, numero
from obiettivi.calcolo.parole import con_unita
from piani.models import Azienda, Importazione, Incarico, Piano, UnitaOrganizzativa, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Frazione(models.TextChoices):
    """Part of the year a figure speaks of; empty is the whole year."""

    ANNO = "", _("Anno")
    T1 = "T1", _("1° trimestre")
    T2 = "T2", _("2° trimestre")
    T3 = "T3", _("3° trimestre")
    T4 = "T4", _("4° trimestre")
    S1 = "S1", _("1° semestre")
    S2 = "S2", _("2° semestre")


class FonteDati(models.Model):
    """Where an indicator's data come from: a source flow, its lag in days, its supplier."""

    class Categoria(models.TextChoices):
        NSIS_RISORSE = "nsis_risorse", _("NSIS, flussi sulle risorse")
        NSIS_INDIVIDUALI = "nsis_individuali", _("NSIS, flussi individuali")
        NSIS_IN_SVILUPPO = "nsis_in_sviluppo", _("NSIS, flussi individuali in via di sviluppo")
        INTERNA = "interna", _("Interna all'azienda")
        ESTERNA = "esterna", _("Esterna")

    codice = models.SlugField(_("codice"), unique=True)
    nome = models.CharField(_("nome"), max_length=200)
    categoria = models.CharField(
        _("categoria"), max_length=20, choices=Categoria, default=Categoria.INTERNA
    )
    fornitore = models.CharField(_("fornitore"), max_length=200, blank=True)
    ritardo_giorni = models.PositiveSmallIntegerField(_("ritardo (giorni)"), null=True, blank=True)
    nota = models.TextField(_("nota"), blank=True)

    class Meta:
        verbose_name = _("fonte dei dati")
        verbose_name_plural = _("fonti dei dati")
        ordering = ["categoria", "nome"]

    def __str__(self) -> str:
        return self.nome


class IndicatoreQuerySet(models.QuerySet["Indicatore"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "IndicatoreQuerySet":
        """Those of the person's aziende; for who has only some years entrusted, those of the plans
        of these years.
        """
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        senza_anni = Incarico.objects.che_valgono_per(utente).filter(
            anno_da__isnull=True, anno_a__isnull=True
        )
        dei_piani = Indicatore.objects.filter(
            misure__obiettivo__area__piano__in=Piano.objects.visibili_a(utente)
        )
        return self.filter(
            Q(azienda__in=senza_anni.values("azienda")) | Q(pk__in=dei_piani.values("pk"))
        )


class Indicatore(models.Model):
    """An indicator of the azienda's library, reused by many objectives, schede and years."""

    class Formula(models.TextChoices):
        DIRETTO = "diretto", _("Valore diretto")
        RAPPORTO = "rapporto", _("Rapporto numeratore / denominatore")
        SI_NO = "si_no", _("Sì / no")
        DATA = "data", _("Data")
        AVANZAMENTO = "avanzamento", _("Stato di avanzamento")
        SCALA = "scala", _("Scala")

    class Verso(models.TextChoices):
        CRESCENTE = "crescente", _("Meglio se cresce")
        DECRESCENTE = "decrescente", _("Meglio se diminuisce")
        NON_DETTO = "", _("Non detto")

    class Frequenza(models.TextChoices):
        TRIMESTRALE = "trimestrale", _("Trimestrale")
        SEMESTRALE = "semestrale", _("Semestrale")
        ANNUALE = "annuale", _("Annuale")

    class Aggregazione(models.TextChoices):
        SOMMA = "somma", _("Somma dei periodi")
        ULTIMO = "ultimo", _("Ultimo periodo")
        MEDIA = "media", _("Media dei periodi")
        RAPPORTO = "rapporto_delle_somme", _("Rapporto delle somme")

    class Cumulo(models.TextChoices):
        NESSUNO = "", _("Ogni risultato parla solo del suo periodo")
        DA_INIZIO_ANNO = "da_inizio_anno", _("Risultati e target cumulati da inizio anno")
        DA_SCORPORARE = "da_scorporare", _("Risultati cumulati, target del solo periodo")

    SCRITTI = (
        "codice", "nome", "formula", "tipo_formula", "unita", "verso", "fonte", "frequenza",
        "aggregazione", "cumulo", "eredita_target", "decimali", "rilevatore", "nota_qualita",
    )  # fmt: skip

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="indicatori")
    codice = models.CharField(_("codice"), max_length=30)
    nome = models.TextField(_("indicatore"))
    formula = models.TextField(_("formula, a parole"), blank=True)
    tipo_formula = models.CharField(
        _("tipo di formula"), max_length=20, choices=Formula, default=Formula.DIRETTO
    )
    unita = models.CharField(_("unità di misura"), max_length=30, blank=True)
    verso = models.CharField(
        _("verso"), max_length=15, choices=Verso, blank=True, default=Verso.NON_DETTO
    )
    fonte = models.ForeignKey(
        FonteDati, models.PROTECT, null=True, blank=True, related_name="indicatori"
    )
    frequenza = models.CharField(
        _("frequenza"), max_length=15, choices=Frequenza, default=Frequenza.ANNUALE
    )
    aggregazione = models.CharField(
        _("aggregazione nel tempo"),
        max_length=25,
        choices=Aggregazione,
        default=Aggregazione.ULTIMO,
    )
    cumulo = models.CharField(
        _("risultati cumulati"), max_length=15, choices=Cumulo, blank=True, default=Cumulo.NESSUNO
    )
    eredita_target = models.BooleanField(
        _("un trimestre senza target prende quello del semestre o dell'anno"),
        null=True,
        blank=True,
        help_text=_("Se non è detto: sì, tranne per gli indicatori che si sommano."),
    )
    decimali = models.PositiveSmallIntegerField(_("decimali"), default=2)
    rilevatore = models.ForeignKey(
        UnitaOrganizzativa,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicatori_rilevati",
        verbose_name=_("unità che rileva"),
    )
    nota_qualita = models.TextField(_("nota sulla qualità del dato"), blank=True)

    objects = IndicatoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicatore")
        verbose_name_plural = _("indicatori")
        ordering = ["azienda", "codice"]
        constraints = [
            models.UniqueConstraint(
                name="indicatore_codice_unico",
                fields=["azienda", "codice"],
                violation_error_message=_("Quel codice è già di un altro indicatore."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        return reverse("indicatore", args=[self.azienda.codice, self.codice])


class ValoreRiferimento(models.Model):
    """An external benchmark of an indicator for a year: regional, PNE, NSG."""

    class Ambito(models.TextChoices):
        REGIONALE = "regionale", _("Regionale")
        PNE = "pne", _("Programma nazionale esiti")
        NSG = "nsg", _("Nuovo sistema di garanzia")

    indicatore = models.ForeignKey(Indicatore, models.CASCADE, related_name="riferimenti")
    anno = models.PositiveSmallIntegerField(_("anno"))
    ambito = models.CharField(_("ambito"), max_length=15, choices=Ambito, default=Ambito.REGIONALE)
    valore = models.DecimalField(_("valore"), max_digits=15, decimal_places=4)
    fonte = models.CharField(_("fonte"), max_length=200, blank=True)
    dimostrativo = models.BooleanField(_("dato dimostrativo"), default=False)

    class Meta:
        verbose_name = _("valore di riferimento")
        verbose_name_plural = _("valori di riferimento")
        ordering = ["indicatore", "anno"]
        constraints = [
            models.UniqueConstraint(
                name="riferimento_unico",
                fields=["indicatore", "anno", "ambito"],
                violation_error_message=_("C'è già il riferimento di quell'anno."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ambito_display()} {self.anno}: {self.valore}"


class RilevazioneQuerySet(models.QuerySet["Rilevazione"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "RilevazioneQuerySet":
        return self.filter(indicatore__azienda__in=Azienda.objects.visibili_a(utente))

    def correnti(self) -> "RilevazioneQuerySet":
        """The figures as known now: those that nothing replaced."""
        return self.filter(sostituita_il__isnull=True)

    def conosciute_al(self, istante: datetime) -> "RilevazioneQuerySet":
        """The figures as they were known at a moment, replaced since or not."""
        ancora = Q(sostituita_il__isnull=True) | Q(sostituita_il__gt=istante)
        return self.filter(ancora, creata_il__lte=istante)


class Rilevazione(models.Model):
    """A result of an indicator in a period. Replaced, never overwritten.

    ``avanzamento`` is the percentage (0-100) reached by a qualitative goal, ``data`` the day when
    a dated one was reached.
    """

    class Stato(models.TextChoices):
        NUMERO = "numero", _("Rilevato")
        MANCANTE = "mancante", _("Mancante")
        NON_APPLICABILE = "non_applicabile", _("Non applicabile")

    indicatore = models.ForeignKey(Indicatore, models.CASCADE, related_name="rilevazioni")
    unita = models.ForeignKey(
        UnitaOrganizzativa,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rilevazioni",
        help_text=_("Vuota: tutta l'azienda."),
    )
    anno = models.PositiveSmallIntegerField(_("anno"))
    frazione = models.CharField(
        _("periodo"), max_length=2, choices=Frazione, blank=True, default=Frazione.ANNO
    )
    sede = models.CharField(_("sede"), max_length=60, blank=True)
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.NUMERO)
    valore = models.DecimalField(
        _("valore"), max_digits=15, decimal_places=4, null=True, blank=True
    )
    numeratore = models.DecimalField(
        _("numeratore"), max_digits=15, decimal_places=4, null=True, blank=True
    )
    denominatore = models.DecimalField(
        _("denominatore"), max_digits=15, decimal_places=4, null=True, blank=True
    )
    avanzamento = models.DecimalField(
        _("avanzamento %"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    data = models.DateField(
        _("giorno"), null=True, blank=True, help_text=_("Quando si è raggiunto: di una scadenza.")
    )
    testo = models.TextField(_("come stampato o descritto"), blank=True)
    provvisoria = models.BooleanField(_("provvisoria"), default=False)
    dimostrativa = models.BooleanField(
        _("dato dimostrativo"),
        default=False,
        help_text=_("Inventato per mostrare il programma: segnalato ovunque compare."),
    )
    origine = models.CharField(_("origine"), max_length=200, blank=True)
    importazione = models.ForeignKey(
        Importazione,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rilevazioni",
        db_index=False,
        verbose_name=_("importazione"),
        help_text=_("Il file da cui è arrivata, se è arrivata da un file."),
    )
    dichiarata_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="rilevazioni"
    )
    creata_il = models.DateTimeField(_("inserita il"), auto_now_add=True)
    sostituita_il = models.DateTimeField(_("sostituita il"), null=True, blank=True)

    objects = RilevazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("rilevazione")
        verbose_name_plural = _("rilevazioni")
        ordering = ["indicatore", "anno", "frazione", "sede"]
        constraints = [
            models.UniqueConstraint(
                name="rilevazione_una_corrente_per_unita",
                fields=["indicatore", "unita", "anno", "frazione", "sede"],
                condition=Q(sostituita_il__isnull=True, unita__isnull=False),
                violation_error_message=_("C'è già un risultato per quel periodo."),
            ),
            models.UniqueConstraint(
                name="rilevazione_una_corrente_aziendale",
                fields=["indicatore", "anno", "frazione", "sede"],
                condition=Q(sostituita_il__isnull=True, unita__isnull=True),
                violation_error_message=_("C'è già un risultato per quel periodo."),
            ),
            models.CheckConstraint(
                name="rilevazione_avanzamento_0_100",
                condition=Q(avanzamento__isnull=True) | Q(avanzamento__range=(0, 100)),
                violation_error_message=_("L'avanzamento va da 0 a 100."),
            ),
            models.CheckConstraint(
                name="rilevazione_giorno_o_cifre",
                condition=Q(data__isnull=True)
                | Q(
                    stato="numero", valore__isnull=True, numeratore__isnull=True,
                    denominatore__isnull=True, avanzamento__isnull=True,
                ),
                violation_error_message=_("Un risultato è un giorno o una cifra, non tutti e due."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                name="rilevazioni_importate",
                fields=["importazione"],
                condition=Q(importazione__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.anno} {self.get_frazione_display()} {self.sede}".strip()

    @property
    def cifra(self) -> Decimal | None:
        """The figure: the ratio, the value or the progress; None when there is none to show.

        The ratio of an indicator in % is multiplied by 100; a zero denominator gives none.
        """
        if self.stato != self.Stato.NUMERO:
            return None
        if self.numeratore is not None and self.denominatore is not None:
            fattore = 100 if self.indicatore.unita == "%" else 1
            return self.numeratore / self.denominatore * fattore if self.denominatore else None
        return self.avanzamento if self.valore is None else self.valore

    @property
    def mostrata(self) -> str:
        """The result as people read it: «96,99% (2.871 / 2.960)», «avanzamento 85%», «mancante»."""
        if self.stato != self.Stato.NUMERO:
            return self.get_stato_display().lower()
        unita = self.indicatore.unita
        if self.numeratore is not None and self.denominatore is not None:
            parti = f"{numero(self.numeratore)} / {numero(self.denominatore)}"
            if self.cifra is None:
                return parti
            tonda = arrotonda(self.cifra, Modo.META_SU, self.indicatore.decimali)
            return f"{con_unita(tonda, unita)} ({parti})"
        if self.valore is not None:
            return con_unita(self.valore, unita)
        if self.avanzamento is not None:
            return _("avanzamento %(quota)s%%") % {"quota": numero(self.avanzamento)}
        if self.data is not None:
            return f"{self.data:%d/%m/%Y}"
        return self.testo
