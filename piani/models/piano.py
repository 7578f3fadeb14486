# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plan, its acts and its narrative sections."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Incarico, Ruolo

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from piani.models.incarico import Utente


class PianoQuerySet(models.QuerySet["Piano"]):
    def visibili_a(
        self, utente: "Utente | AnonymousUser", giorno: date | None = None
    ) -> "PianoQuerySet":
        """The plans of the person's aziende; for the Nucleo only of the years entrusted to it.

        Who is of the staff and nothing else sees those that were adopted.
        """
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = (
            Incarico.objects.che_valgono_per(utente, giorno)
            .filter(azienda=OuterRef("azienda"))
            .per_gli_anni(OuterRef("anno_inizio"), OuterRef("anno_fine"))
        )
        di_chi_ci_lavora = miei.exclude(ruolo=Ruolo.DIPENDENTE)
        adottato = Q(stato__in=Piano.ADOTTATI)
        return self.filter(Exists(di_chi_ci_lavora) | (Exists(miei) & adottato))

    def per_elenco(self) -> "PianoQuerySet":
        return self.select_related("azienda").order_by("azienda__nome", "-anno_inizio", "tipo")


class Piano(models.Model):
    """Piano della performance and its kin, over a triennio (art. 10 D.Lgs. 150/2009)."""

    class Tipo(models.TextChoices):
        PERFORMANCE = "performance", _("Piano della performance")
        PIAO = "piao", _("Piano integrato di attività e organizzazione")
        AZIONI_POSITIVE = "azioni_positive", _("Piano delle azioni positive")
        POLA = "pola", _("Piano organizzativo del lavoro agile")
        CONCILIAZIONE = "conciliazione", _("Piano territoriale di conciliazione")

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        IN_VALIDAZIONE = "in_validazione", _("In validazione")
        VALIDATO = "validato", _("Validato")
        ADOTTATO = "adottato", _("Adottato")
        PUBBLICATO = "pubblicato", _("Pubblicato")
        SUPERATO = "superato", _("Superato")

    ADOTTATI = (Stato.ADOTTATO, Stato.PUBBLICATO, Stato.SUPERATO)

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="piani")
    slug = models.SlugField(_("indirizzo"), max_length=80, unique=True)
    tipo = models.CharField(_("tipo"), max_length=20, choices=Tipo, default=Tipo.PERFORMANCE)
    titolo = models.CharField(_("titolo"), max_length=200)
    anno_inizio = models.PositiveSmallIntegerField(_("primo anno"))
    anno_fine = models.PositiveSmallIntegerField(_("ultimo anno"))
    scorrimento_di = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scorrimenti",
        verbose_name=_("a scorrimento di"),
    )
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.BOZZA)
    atto_tipo = models.CharField(_("tipo di atto"), max_length=60, blank=True)
    atto_numero = models.CharField(_("numero dell'atto"), max_length=30, blank=True)
    atto_data = models.DateField(_("data dell'atto"), null=True, blank=True)
    atto_organo = models.CharField(_("organo che adotta"), max_length=100, blank=True)
    motivo_ritardo = models.TextField(_("motivazione del ritardo"), blank=True)
    nucleo_organo = models.CharField(_("organismo che valida"), max_length=100, blank=True)
    nucleo_data = models.DateField(_("data della validazione"), null=True, blank=True)
    nucleo_esito = models.TextField(_("esito della validazione"), blank=True)
    nota = models.TextField(_("nota"), blank=True)
    meno_di_50 = models.BooleanField(
        _("ente con meno di 50 dipendenti"),
        default=False,
        help_text=_("Il PIAO esce in forma semplificata (art. 6 DM 132/2022): stampa solo le "
                    "sottosezioni 2.3, 3.1, 3.2 e 3.3."),
    )  # fmt: skip

    objects = PianoQuerySet.as_manager()

    class Meta:
        verbose_name = _("piano")
        verbose_name_plural = _("piani")
        ordering = ["azienda", "-anno_inizio"]
        constraints = [
            models.CheckConstraint(
                name="piano_anni_in_ordine",
                condition=Q(anno_fine__gte=F("anno_inizio")),
                violation_error_message=_("L'ultimo anno viene prima del primo."),
            ),
            models.UniqueConstraint(
                name="piano_uno_scorrimento_per_anno",
                fields=["scorrimento_di", "anno_inizio"],
                violation_error_message=_("Lo scorrimento di quel piano c'è già."),
            ),
        ]

    def __str__(self) -> str:
        return self.titolo

    def get_absolute_url(self) -> str:
        return reverse("piano", args=[self.slug])

    @property
    def anni(self) -> range:
        """The years of the plan, ends included."""
        return range(self.anno_inizio, self.anno_fine + 1)


class Sezione(models.Model):
    """A narrative chapter, in Markdown. Tables and trees are inserted by the apps, not typed."""

    class Tipo(models.TextChoices):
        PRESENTAZIONE = "presentazione", _("Presentazione")
        CHI_SIAMO = "chi_siamo", _("Chi siamo")
        MANDATO = "mandato", _("Mandato istituzionale")
        MISSIONE = "missione", _("Missione")
        ANALISI_CONTESTO = "analisi_contesto", _("Analisi del contesto")
        ALBERO = "albero", _("Albero della performance")
        AREE = "aree", _("Aree strategiche")
        OBIETTIVI = "obiettivi", _("Obiettivi e indicatori")
        ORGANIZZATIVA = "performance_organizzativa", _("Performance organizzativa")
        INDIVIDUALE = "performance_individuale", _("Performance individuale")
        LAVORO_AGILE = "lavoro_agile", _("Lavoro agile")
        AZIONI_POSITIVE = "azioni_positive", _("Azioni positive")
        COLLEGAMENTI = "collegamenti", _("Collegamento con gli altri strumenti")
        CICLO = "ciclo", _("Ciclo della performance")
        TRASPARENZA = "trasparenza", _("Trasparenza e prevenzione della corruzione")
        # The four parts of a POLA (Linee guida of the 9th of December 2020).
        POLA_ATTUAZIONE = "pola_attuazione", _("Livello di attuazione e di sviluppo")
        POLA_MODALITA = "pola_modalita", _("Modalità attuative")
        POLA_SOGGETTI = "pola_soggetti", _("Soggetti, processi e strumenti")
        POLA_PROGRAMMA = "pola_programma", _("Programma di sviluppo del lavoro agile")
        # What only a PIAO has (DM 132/2022).
        VALORE_PUBBLICO = "valore_pubblico", _("Valore pubblico")
        STRUTTURA = "organigramma", _("Struttura organizzativa")
        FABBISOGNI = "fabbisogni", _("Piano triennale dei fabbisogni di personale")
        FORMAZIONE = "formazione", _("Formazione del personale")
        MONITORAGGIO = "monitoraggio", _("Monitoraggio")

    NEL_REGISTRO = ("sezione", "a")
    SCRITTI = ("tipo", "titolo", "testo")

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="sezioni")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    tipo = models.CharField(_("capitolo"), max_length=30, choices=Tipo)
    titolo = models.CharField(_("titolo"), max_length=200)
    testo = models.TextField(_("testo"), help_text=_("Markdown."))
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("sezione")
        verbose_name_plural = _("sezioni")
        ordering = ["piano", "ordine"]
        constraints = [
            models.UniqueConstraint(
                name="sezione_ordine_unico",
                fields=["piano", "ordine"],
                violation_error_message=_("Un'altra sezione ha già quel posto."),
            ),
        ]

    def __str__(self) -> str:
        return self.titolo

    @property
    def sorelle(self) -> models.QuerySet["Sezione"]:
        return Sezione.objects.filter(piano=self.piano_id).order_by("ordine", "pk")

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        return ()


class Fase(models.Model):
    """A phase of the ciclo della performance with its deadline (printed, and as a date if fixed).

    ``anno_offset`` is 0 when the deadline falls in the year of the cycle, 1 in the next.
    """

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="fasi")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    nome = models.CharField(_("fase"), max_length=200)
    descrizione = models.TextField(_("descrizione"), blank=True)
    scadenza = models.CharField(_("scadenza, come stampata"), max_length=200, blank=True)
    mese = models.PositiveSmallIntegerField(_("mese"), null=True, blank=True)
    giorno = models.PositiveSmallIntegerField(_("giorno"), null=True, blank=True)
    anno_offset = models.PositiveSmallIntegerField(_("anni dopo"), default=0)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("fase")
        verbose_name_plural = _("fasi")
        ordering = ["piano", "ordine"]
        constraints = [
            models.UniqueConstraint(
                name="fase_ordine_unico",
                fields=["piano", "ordine"],
                violation_error_message=_("Un'altra fase ha già quel posto."),
            ),
            models.CheckConstraint(
                name="fase_mese_e_giorno_insieme",
                condition=Q(mese__isnull=True, giorno__isnull=True)
                | Q(mese__range=(1, 12), giorno__range=(1, 31)),
                violation_error_message=_("Indica sia il giorno (1-31) sia il mese (1-12)."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome
