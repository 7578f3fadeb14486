# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluation of impact: the map, the KPI with their baseline, the questionnaires."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.azioni import AzioneDiPiano
from conciliazione.models.campi import una_sola
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.progetto import Progetto
from conciliazione.models.visibilita import Chi, attraverso, dell_ufficio
from piani.models import Azienda, Questionario, Utente

VALORE = {"max_digits": 18, "decimal_places": 4, "null": True, "blank": True}


class DiUnProgetto(models.QuerySet):
    def visibili_a(self, utente: "Chi") -> "DiUnProgetto":
        """The office's and the readers' all; those of the projects that one sees; those of the
        actions of the network, whoever sees the edition.
        """
        del_progetto = Q(progetto__in=Progetto.objects.visibili_a(utente))
        della_rete = Q(
            progetto__isnull=True, edizione__in=EdizioneConciliazione.objects.visibili_a(utente)
        )
        return self.filter(dell_ufficio(utente) | del_progetto | della_rete)


class MappaImpatto(models.Model):
    """The map of a project, or of an action of the network: from objectives to outcomes."""

    edizione = models.ForeignKey(
        EdizioneConciliazione, models.CASCADE, related_name="mappe_impatto"
    )
    progetto = models.OneToOneField(
        Progetto, models.CASCADE, null=True, blank=True, related_name="mappa_impatto"
    )
    azione = models.OneToOneField(
        AzioneDiPiano, models.CASCADE, null=True, blank=True, related_name="mappa_impatto"
    )
    premessa = models.TextField(_("premessa"), blank=True)
    modificata_il = models.DateTimeField(_("modificata il"), auto_now=True)

    objects = DiUnProgetto.as_manager()

    class Meta:
        verbose_name = _("mappa d'impatto")
        verbose_name_plural = _("mappe d'impatto")
        ordering = ["edizione_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mappa_impatto_di_una_cosa_sola",
                condition=Q(progetto__isnull=False, azione__isnull=True)
                | Q(progetto__isnull=True, azione__isnull=False),
                violation_error_message=_("La mappa è di un progetto o di un'azione del piano."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.progetto or self.azione)

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class RigaMappa(models.Model):
    """A chain of the map, read from left to right."""

    mappa = models.ForeignKey(MappaImpatto, models.CASCADE, related_name="righe")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    obiettivo = models.TextField(_("obiettivo"))
    beneficiari = models.TextField(_("beneficiari"), blank=True)
    risorse = models.TextField(_("input"), blank=True)
    attivita = models.TextField(_("attività"), blank=True)
    prodotti = models.TextField(_("output"), blank=True)
    cambiamenti = models.TextField(_("outcome"), blank=True)

    objects = attraverso("mappa")

    class Meta:
        verbose_name = _("riga della mappa d'impatto")
        verbose_name_plural = _("righe della mappa d'impatto")
        ordering = ["mappa_id", "ordine"]
        constraints = [
            una_sola(
                "riga_mappa_posto_unico", ["mappa", "ordine"],
                _("Un'altra riga ha già quel posto."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.obiettivo[:80]

    @property
    def azienda(self) -> Azienda:
        return self.mappa.azienda


class Kpi(models.Model):
    """What is measured of a row of the map, with where it started from."""

    class Verso(models.TextChoices):
        CRESCE = "cresce", _("Meglio se cresce")
        DIMINUISCE = "diminuisce", _("Meglio se diminuisce")

    riga = models.ForeignKey(RigaMappa, models.CASCADE, related_name="kpi")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    nome = models.CharField(_("indicatore"), max_length=300)
    unita = models.CharField(_("unità di misura"), max_length=60, blank=True)
    verso = models.CharField(_("verso"), max_length=10, choices=Verso, default=Verso.CRESCE)
    base = models.DecimalField(_("partenza"), **VALORE)
    base_il = models.DateField(_("partenza al"), null=True, blank=True)
    atteso = models.DecimalField(_("atteso"), **VALORE)
    fonte = models.CharField(_("da dove viene"), max_length=300, blank=True)

    objects = attraverso("riga")

    class Meta:
        verbose_name = _("KPI")
        verbose_name_plural = _("KPI")
        ordering = ["riga_id", "ordine"]
        constraints = [
            una_sola("kpi_posto_unico", ["riga", "ordine"], _("Un altro KPI ha già quel posto.")),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def azienda(self) -> Azienda:
        return self.riga.azienda


class ValoreKpi(models.Model):
    """A value of a KPI on a day."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="valori")
    giorno = models.DateField(_("al"))
    valore = models.DecimalField(_("valore"), max_digits=18, decimal_places=4)
    nota = models.CharField(_("nota"), max_length=300, blank=True)
    rilevato_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")

    objects = attraverso("kpi")

    class Meta:
        verbose_name = _("valore di un KPI")
        verbose_name_plural = _("valori dei KPI")
        ordering = ["kpi_id", "giorno"]
        constraints = [
            una_sola("valore_kpi_uno_al_giorno", ["kpi", "giorno"], _("C'è già un valore.")),
        ]

    def __str__(self) -> str:
        return f"{self.kpi}: {self.valore}"


class QuestionarioImpatto(models.Model):
    """A questionnaire asked for an edition: of a project, or of the whole network. ``confronto``
    is the one asked before, on the same questions, that it is compared with.
    """

    class Rivolto(models.TextChoices):
        BENEFICIARI = "beneficiari", _("Beneficiari")
        ORGANIZZAZIONI = "organizzazioni", _("Organizzazioni")

    class Momento(models.TextChoices):
        PRIMA = "prima", _("Prima delle azioni")
        DURANTE = "durante", _("Durante")
        DOPO = "dopo", _("Dopo le azioni")

    edizione = models.ForeignKey(EdizioneConciliazione, models.CASCADE, related_name="questionari")
    progetto = models.ForeignKey(
        Progetto, models.CASCADE, null=True, blank=True, related_name="questionari"
    )
    questionario = models.OneToOneField(Questionario, models.PROTECT, related_name="impatto")
    rivolto = models.CharField(_("rivolto a"), max_length=15, choices=Rivolto)
    momento = models.CharField(_("momento"), max_length=10, choices=Momento, default=Momento.DOPO)
    confronto = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="confrontati"
    )

    objects = DiUnProgetto.as_manager()

    class Meta:
        verbose_name = _("questionario d'impatto")
        verbose_name_plural = _("questionari d'impatto")
        ordering = ["edizione_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="questionario_impatto_non_con_se_stesso",
                condition=Q(confronto__isnull=True) | ~Q(confronto=models.F("id")),
                violation_error_message=_("Un questionario si confronta con un altro."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.questionario)

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda
