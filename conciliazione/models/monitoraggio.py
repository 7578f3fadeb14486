# SPDX-License-Identifier: AGPL-3.0-or-later
"""Monitoring, semester by semester: what capofila and ATS report, the indicators that follow."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conciliazione.calcolo.importi import quota
from conciliazione.models.azioni import AzioneDiPiano, AzioneProgetto
from conciliazione.models.campi import una_sola
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.progetto import Progetto
from conciliazione.models.visibilita import Chi, attraverso, dell_ufficio, enti_di
from piani.models import Azienda, Utente

NUMERO = {"max_digits": 18, "decimal_places": 4, "null": True, "blank": True}


class SemestreQuerySet(models.QuerySet["SemestreMonitoraggio"]):
    def visibili_a(self, utente: "Chi") -> "SemestreQuerySet":
        return self.filter(edizione__in=EdizioneConciliazione.objects.visibili_a(utente))

    def fino_a(self, ultimo: "SemestreMonitoraggio") -> "SemestreQuerySet":
        """Those of its edition up to that one, that one too."""
        prima = Q(anno__lt=ultimo.anno) | Q(anno=ultimo.anno, semestre__lte=ultimo.semestre)
        return self.filter(prima, edizione=ultimo.edizione_id)


class SemestreMonitoraggio(models.Model):
    """A semester of an edition and the window in which it is reported."""

    class Stato(models.TextChoices):
        APERTO = "aperto", _("Aperto")
        CHIUSO = "chiuso", _("Chiuso")

    edizione = models.ForeignKey(EdizioneConciliazione, models.CASCADE, related_name="semestri")
    anno = models.PositiveSmallIntegerField(_("anno"))
    semestre = models.PositiveSmallIntegerField(_("semestre"))
    apre = models.DateField(_("si apre il"))
    scade = models.DateField(_("scade il"))
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.APERTO)
    chiuso_il = models.DateTimeField(_("chiuso il"), null=True, blank=True)

    objects = SemestreQuerySet.as_manager()

    class Meta:
        verbose_name = _("semestre di monitoraggio")
        verbose_name_plural = _("semestri di monitoraggio")
        ordering = ["edizione_id", "anno", "semestre"]
        constraints = [
            una_sola("semestre_uno", ["edizione", "anno", "semestre"], _("Quel semestre c'è già.")),
            models.CheckConstraint(
                name="semestre_1_2",
                condition=Q(semestre__in=(1, 2)),
                violation_error_message=_("I semestri sono il primo e il secondo."),
            ),
            models.CheckConstraint(
                name="semestre_date_in_ordine",
                condition=Q(scade__gte=F("apre")),
                violation_error_message=_("La finestra scade prima di aprirsi."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(n)s° semestre %(anno)s") % {"n": self.semestre, "anno": self.anno}

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda

    @property
    def inizio(self) -> date:
        return date(self.anno, 1 if self.semestre == 1 else 7, 1)

    @property
    def fine(self) -> date:
        """Its last day: what happened later is of another semester."""
        return date(self.anno, 6, 30) if self.semestre == 1 else date(self.anno, 12, 31)

    @property
    def aperto(self) -> bool:
        return self.stato == self.Stato.APERTO

    def finestra_aperta(self, oggi: date) -> bool:
        """Whether reports may be sent on that day."""
        return self.aperto and self.apre <= oggi <= self.scade


class RilevazioneProgettoQuerySet(models.QuerySet["RilevazioneProgetto"]):
    def visibili_a(self, utente: "Chi") -> "RilevazioneProgettoQuerySet":
        """Drafts, for who leads the project; once sent, for whoever sees the project."""
        return self.filter(
            Q(progetto__capofila__in=enti_di(utente)) | ~Q(stato="bozza"),
            progetto__in=Progetto.objects.visibili_a(utente),
        )


class RilevazioneProgetto(models.Model):
    """What a capofila reports of a project in a semester."""

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        TRASMESSA = "trasmessa", _("Trasmessa")
        VALIDATA = "validata", _("Validata")

    semestre = models.ForeignKey(SemestreMonitoraggio, models.CASCADE, related_name="rilevazioni")
    progetto = models.ForeignKey(Progetto, models.PROTECT, related_name="rilevazioni")
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    avanzamento = models.TextField(_("che cosa si è fatto"), blank=True)
    criticita = models.TextField(_("criticità"), blank=True)
    trasmessa_il = models.DateTimeField(_("trasmessa il"), null=True, blank=True)
    trasmessa_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    validata_il = models.DateTimeField(_("validata il"), null=True, blank=True)
    validata_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    nota = models.TextField(_("nota dell'ATS"), blank=True)
    modifiche = models.PositiveIntegerField(_("salvataggi"), default=0)

    objects = RilevazioneProgettoQuerySet.as_manager()

    class Meta:
        verbose_name = _("rilevazione di un progetto")
        verbose_name_plural = _("rilevazioni dei progetti")
        ordering = ["semestre_id", "progetto__numero"]
        constraints = [
            una_sola(
                "rilevazione_progetto_una", ["semestre", "progetto"],
                _("Il progetto ha già la rilevazione del semestre."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.progetto}, {self.semestre}"

    @property
    def azienda(self) -> Azienda:
        return self.progetto.azienda


class RilevazioneAzione(models.Model):
    """Who an action reached **in the semester**, and not before: people, companies and bodies.

    What was reached so far is the sum of the semesters. Empty is not zero.
    """

    rilevazione = models.ForeignKey(RilevazioneProgetto, models.CASCADE, related_name="azioni")
    azione = models.ForeignKey(AzioneProgetto, models.PROTECT, related_name="rilevazioni")
    persone = models.PositiveIntegerField(_("persone raggiunte"), null=True, blank=True)
    imprese = models.PositiveIntegerField(_("imprese ed enti raggiunti"), null=True, blank=True)
    nota = models.CharField(_("nota"), max_length=300, blank=True)

    objects = attraverso("rilevazione")

    class Meta:
        verbose_name = _("rilevazione di un'azione")
        verbose_name_plural = _("rilevazioni delle azioni")
        ordering = ["rilevazione_id", "azione__ordine"]
        constraints = [
            una_sola(
                "rilevazione_azione_una", ["rilevazione", "azione"],
                _("L'azione è già in questa rilevazione."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.azione)


class RilevazioneAzionePiano(models.Model):
    """The same for an action of the network, that the ATS reports."""

    semestre = models.ForeignKey(
        SemestreMonitoraggio, models.CASCADE, related_name="rilevazioni_azioni"
    )
    azione = models.ForeignKey(AzioneDiPiano, models.PROTECT, related_name="rilevazioni")
    avviata = models.BooleanField(_("avviata"), default=False)
    persone = models.PositiveIntegerField(_("persone raggiunte"), null=True, blank=True)
    imprese = models.PositiveIntegerField(_("imprese ed enti raggiunti"), null=True, blank=True)
    nota = models.TextField(_("nota"), blank=True)
    rilevata_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")

    objects = attraverso("azione")

    class Meta:
        verbose_name = _("rilevazione di un'azione del piano")
        verbose_name_plural = _("rilevazioni delle azioni del piano")
        ordering = ["semestre_id", "azione_id"]
        constraints = [
            una_sola(
                "rilevazione_azione_piano_una", ["semestre", "azione"],
                _("L'azione ha già la rilevazione del semestre."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.azione}, {self.semestre}"

    @property
    def azienda(self) -> Azienda:
        return self.azione.azienda


class ValoreIndicatore(models.Model):
    """An indicator of the edition (``codice``) when a semester was closed: of the plan, of a
    project, or of one of its actions; by kind of body where it asks so (``dettaglio``).

    A ratio keeps its two terms; ``stampato`` is what a document says of it.
    """

    semestre = models.ForeignKey(SemestreMonitoraggio, models.CASCADE, related_name="valori")
    codice = models.SlugField(_("indicatore"), max_length=60)
    progetto = models.ForeignKey(
        Progetto, models.PROTECT, null=True, blank=True, related_name="valori"
    )
    azione = models.ForeignKey(
        AzioneProgetto, models.PROTECT, null=True, blank=True, related_name="valori"
    )
    dettaglio = models.CharField(_("tipologia"), max_length=20, blank=True, default="")
    numeratore = models.DecimalField(_("numeratore"), **NUMERO)
    denominatore = models.DecimalField(_("denominatore"), **NUMERO)
    motivo = models.CharField(_("perché non si calcola"), max_length=300, blank=True)
    stampato = models.CharField(_("come stampato"), max_length=60, blank=True)
    valore_stampato = models.DecimalField(_("numero stampato"), **NUMERO)
    nota = models.TextField(_("nota"), blank=True)

    class QuerySet(models.QuerySet["ValoreIndicatore"]):
        def visibili_a(self, utente: "Chi") -> "ValoreIndicatore.QuerySet":
            """Those of the plan for whoever sees the semester; of the projects that one sees."""
            del_piano = Q(
                progetto__isnull=True,
                semestre__in=SemestreMonitoraggio.objects.visibili_a(utente),
            )
            return self.filter(
                dell_ufficio(utente, "semestre__edizione")
                | del_piano
                | Q(progetto__in=Progetto.objects.visibili_a(utente))
            )

    objects = QuerySet.as_manager()

    class Meta:
        verbose_name = _("valore di un indicatore di monitoraggio")
        verbose_name_plural = _("valori degli indicatori di monitoraggio")
        ordering = ["semestre_id", "codice", "progetto_id", "azione_id"]
        constraints = [
            una_sola(
                "valore_indicatore_del_piano", ["semestre", "codice", "dettaglio"],
                _("L'indicatore ha già il suo valore."), condition=Q(progetto__isnull=True),
            ),
            una_sola(
                "valore_indicatore_del_progetto", ["semestre", "codice", "progetto", "dettaglio"],
                _("L'indicatore ha già il suo valore."),
                condition=Q(progetto__isnull=False, azione__isnull=True),
            ),
            una_sola(
                "valore_indicatore_dell_azione", ["semestre", "codice", "azione", "dettaglio"],
                _("L'indicatore ha già il suo valore."), condition=Q(azione__isnull=False),
            ),
            models.CheckConstraint(
                name="valore_indicatore_azione_del_progetto",
                condition=Q(azione__isnull=True) | Q(progetto__isnull=False),
                violation_error_message=_("Il valore di un'azione è del suo progetto."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.codice}, {self.semestre}"

    @property
    def valore(self) -> Decimal | None:
        """A ratio as a percentage; a count as it is."""
        if self.denominatore is None:
            return self.numeratore
        return quota(self.numeratore, self.denominatore)
