# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mapping of what can be done away from the office: a campaign, a form for each unit."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lavoro_agile.calcolo import smartabile as calcolo
from lavoro_agile.models.persone import Area, DellUnita, di_un_unita
from lavoro_agile.models.visibilita import (
    GUIDANO,
    UFFICIO,
    Chi,
    attraverso,
    con_ruolo,
    di_chi_guida,
    lette,
)
from piani.models import Azienda, Utente
from piani.models.vincoli import almeno, date_in_ordine, una_sola


class Livello(models.TextChoices):
    ALTO = calcolo.Livello.ALTO.value, _("Alta")
    MEDIO = calcolo.Livello.MEDIO.value, _("Media")
    BASSO = calcolo.Livello.BASSO.value, _("Bassa")


class Smartabile(models.TextChoices):
    """Whether an activity can be done in that way."""

    SI = calcolo.Smartabile.SI.value, _("Sì")
    IN_PARTE = calcolo.Smartabile.IN_PARTE.value, _("In parte")
    NO = calcolo.Smartabile.NO.value, _("No")


class CampagnaQuerySet(models.QuerySet["CampagnaMappatura"]):
    def visibili_a(self, utente: "Chi") -> "CampagnaQuerySet":
        """Once open, of who reads and of the heads of the azienda; a draft of the risorse umane."""
        note = lette(utente) | con_ruolo(utente, *GUIDANO)
        return self.filter((note & ~Q(stato="bozza")) | con_ruolo(utente, *UFFICIO))


class CampagnaMappatura(models.Model):
    """A round of forms: the units asked, from when to when."""

    SCRITTI = ("titolo", "istruzioni", "apre_il", "chiude_il")

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        APERTA = "aperta", _("Aperta")
        CHIUSA = "chiusa", _("Chiusa")

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="campagne_mappatura")
    anno = models.PositiveSmallIntegerField(_("anno"))
    titolo = models.CharField(_("titolo"), max_length=200)
    istruzioni = models.TextField(_("istruzioni"), blank=True)
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    apre_il = models.DateField(_("si apre il"), null=True, blank=True)
    chiude_il = models.DateField(_("da compilare entro"), null=True, blank=True)
    dimostrativa = models.BooleanField(_("inventata per prova"), default=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = CampagnaQuerySet.as_manager()

    class Meta:
        verbose_name = _("campagna di mappatura")
        verbose_name_plural = _("campagne di mappatura")
        ordering = ["azienda_id", "-anno", "-pk"]
        constraints = [
            una_sola(
                "campagna_agile_una_per_anno", ["azienda", "anno"],
                _("L'azienda ha già una mappatura di quell'anno."),
            ),
            date_in_ordine("campagna_agile", "apre_il", "chiude_il"),
            almeno(
                "campagna_agile_aperta_con_termine",
                Q(stato="bozza") | Q(apre_il__isnull=False, chiude_il__isnull=False),
                _("Di una mappatura aperta si dice da quando a quando."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    @property
    def in_ritardo(self) -> bool:
        """Open, and past the day by which the heads had to answer."""
        if self.chiude_il is None:
            return False
        return self.stato == self.Stato.APERTA and self.chiude_il < timezone.localdate()


class MappaturaQuerySet(models.QuerySet["MappaturaAttivita"]):
    def visibili_a(self, utente: "Chi") -> "MappaturaQuerySet":
        """The head's own forms; all of them for the risorse umane; for who reads, those sent."""
        azienda, anno = "campagna__azienda", "campagna__anno"
        inviate = lette(utente, anno, anno, azienda=azienda) & Q(stato__in=("trasmessa", "chiusa"))
        mie = di_chi_guida(utente) & ~Q(campagna__stato="bozza")
        return self.filter(con_ruolo(utente, *UFFICIO, azienda=azienda) | mie | inviate)


class MappaturaAttivita(DellUnita):
    """The form of a unit: the seven fields of the plan, the first and the second in rows."""

    class Stato(models.TextChoices):
        DA_COMPILARE = "da_compilare", _("Da compilare")
        IN_COMPILAZIONE = "in_compilazione", _("In compilazione")
        TRASMESSA = "trasmessa", _("Trasmessa")
        CHIUSA = "chiusa", _("Acquisita")

    campagna = models.ForeignKey(CampagnaMappatura, models.CASCADE, related_name="mappature")
    stato = models.CharField(_("stato"), max_length=16, choices=Stato, default=Stato.DA_COMPILARE)
    formazione = models.TextField(_("necessità formative del personale"), blank=True)
    tecnologia = models.TextField(
        _("necessità tecnologiche"), blank=True,
        help_text=_("PC, chiavette, collegamenti agli applicativi e alle banche dati."),
    )  # fmt: skip
    pc_da_fornire = models.PositiveSmallIntegerField(_("PC da fornire"), null=True, blank=True)
    connessioni_da_fornire = models.PositiveSmallIntegerField(
        _("connessioni da fornire"), null=True, blank=True
    )
    coworking = models.TextField(_("spazi per il co-working"), blank=True)
    criticita = models.TextField(_("criticità e suggerimenti"), blank=True)
    giorni_presenza = models.PositiveSmallIntegerField(
        _("giorni minimi in presenza alla settimana"), null=True, blank=True
    )
    nota_ufficio = models.TextField(_("osservazioni delle risorse umane"), blank=True)
    trasmessa_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    trasmessa_il = models.DateTimeField(_("trasmessa il"), null=True, blank=True)
    modifiche = models.PositiveIntegerField(default=0, editable=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = MappaturaQuerySet.as_manager()

    class Meta:
        verbose_name = _("mappatura delle attività")
        verbose_name_plural = _("mappature delle attività")
        ordering = ["campagna_id", "unita__ordine", "pk"]
        constraints = [
            una_sola(
                "mappatura_agile_una_per_unita", ["campagna", "unita"],
                _("L'unità ha già la sua scheda in questa mappatura."),
                condition=Q(unita__isnull=False),
            ),
            di_un_unita("mappatura_agile"),
            almeno(
                "mappatura_agile_giorni_presenza",
                Q(giorni_presenza__isnull=True) | Q(giorni_presenza__lte=7),
                _("I giorni in presenza alla settimana vanno da 0 a 7."),
            ),
            almeno(
                "mappatura_agile_trasmessa_con_data",
                ~Q(stato__in=("trasmessa", "chiusa")) | Q(trasmessa_il__isnull=False),
                _("Scrivi quando la scheda è stata trasmessa."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.nome_unita}, {self.campagna.anno}"

    @property
    def azienda(self) -> Azienda:
        return self.campagna.azienda


class AttivitaMappata(models.Model):
    """An activity or process of the unit, judged by autonomy, interdependence, measurability.

    ``smartabile`` is what :func:`lavoro_agile.calcolo.smartabile.smartabile` says;
    ``corretta_in`` what the head says instead, with why.
    """

    mappatura = models.ForeignKey(MappaturaAttivita, models.CASCADE, related_name="attivita")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    nome = models.CharField(_("attività o processo"), max_length=300)
    delocalizzabile = models.BooleanField(
        _("si può fare, almeno in parte, fuori sede"), default=True
    )
    autonomia = models.CharField(_("autonomia"), max_length=6, choices=Livello)
    interdipendenza = models.CharField(_("interdipendenza"), max_length=6, choices=Livello)
    misurabilita = models.CharField(_("misurabilità del risultato"), max_length=6, choices=Livello)
    smartabile = models.CharField(_("smartabile"), max_length=8, choices=Smartabile)
    corretta_in = models.CharField(
        _("secondo il responsabile"), max_length=8, choices=Smartabile, blank=True
    )
    motivo = models.TextField(_("perché"), blank=True)

    objects = attraverso("mappatura")

    class Meta:
        verbose_name = _("attività mappata")
        verbose_name_plural = _("attività mappate")
        ordering = ["mappatura_id", "ordine"]
        constraints = [
            una_sola(
                "attivita_agile_posto_unico", ["mappatura", "ordine"],
                _("Un'altra attività ha già quel posto."),
            ),
            almeno(
                "attivita_agile_corretta_con_motivo", Q(corretta_in="") | ~Q(motivo=""),
                _("Scrivi perché la giudichi diversamente."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    @property
    def esito(self) -> str:
        """What counts: the head's word, or the rule's."""
        return self.corretta_in or self.smartabile

    @property
    def azienda(self) -> Azienda:
        return self.mappatura.azienda


class ProfiloMappato(models.Model):
    """The people of a profile in the unit, and how many of them could work in that way."""

    mappatura = models.ForeignKey(MappaturaAttivita, models.CASCADE, related_name="profili")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    area = models.CharField(_("area"), max_length=10, choices=Area)
    profilo = models.CharField(_("profilo professionale"), max_length=120)
    in_servizio = models.PositiveIntegerField(_("in servizio"))
    potenziali = models.PositiveIntegerField(_("coinvolgibili"))

    objects = attraverso("mappatura")

    class Meta:
        verbose_name = _("profilo mappato")
        verbose_name_plural = _("profili mappati")
        ordering = ["mappatura_id", "ordine"]
        constraints = [
            una_sola(
                "profilo_agile_una_volta", ["mappatura", "area", "profilo"],
                _("Quel profilo c'è già."),
            ),
            almeno(
                "profilo_agile_potenziali_in_servizio",
                Q(potenziali__lte=models.F("in_servizio")),
                _("I coinvolgibili non possono essere più di chi è in servizio."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.profilo

    @property
    def azienda(self) -> Azienda:
        return self.mappatura.azienda
