# SPDX-License-Identifier: AGPL-3.0-or-later
"""The triennial plan of the azioni positive: areas, actions, what was done of them each year; the
staff by gender; the yearly report of the CUG.

The plan is a :class:`Piano` of tipo «azioni positive», with its states, its act and its document.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Incarico, Ruolo, Utente
from piani.models.organigramma import UnitaOrganizzativa
from piani.models.piano import Piano
from piani.models.vincoli import almeno, date_in_ordine, una_sola

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Chi = Utente | AnonymousUser

# Who writes the plan of the azioni positive, counts the staff and prepares the report.
TENGONO = (Ruolo.CUG, Ruolo.RISORSE_UMANE)
# To whom the report of the CUG is made known, once sent.
RICEVONO = (
    *TENGONO,
    Ruolo.DIREZIONE,
    Ruolo.NUCLEO,
    Ruolo.CONTROLLO_GESTIONE,
    Ruolo.PUBBLICATORE,
    Ruolo.AMMINISTRATORE,
    Ruolo.REGIONE,
)


class DelPiano(models.QuerySet):
    """Rows seen by whoever sees their plan: ``verso`` is the path to it."""

    verso = "piano"

    def visibili_a(self, utente: "Chi") -> "DelPiano":
        return self.filter(**{f"{self.verso}__in": Piano.objects.visibili_a(utente)})


class DellArea(DelPiano):
    verso = "area__piano"


class DellAzione(DelPiano):
    verso = "azione__area__piano"


class AreaAzioniPositive(models.Model):
    """An area of intervention of the plan: training, culture of gender, well-being at work."""

    NEL_REGISTRO = ("area_positiva", "a")
    SCRITTI = ("nome", "descrizione")

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="aree_positive")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    nome = models.CharField(_("area di intervento"), max_length=200)
    descrizione = models.TextField(_("descrizione"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = DelPiano.as_manager()

    class Meta:
        verbose_name = _("area delle azioni positive")
        verbose_name_plural = _("aree delle azioni positive")
        ordering = ["piano_id", "ordine"]
        constraints = [
            una_sola(
                "area_positiva_posto_unico", ["piano", "ordine"],
                _("Un'altra area ha già quel posto."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    @property
    def azienda(self) -> Azienda:
        return self.piano.azienda

    @property
    def sorelle(self) -> models.QuerySet["AreaAzioniPositive"]:
        return AreaAzioniPositive.objects.filter(piano=self.piano_id).order_by("ordine", "pk")

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        return ()


class AzionePositiva(models.Model):
    """A measure that removes an obstacle to equal opportunities at work (art. 42 D.Lgs. 198/2006).

    ``responsabile`` is the unit, ``responsabile_stampato`` who answers for it in words.
    """

    NEL_REGISTRO = ("azione_positiva", "a")
    SCRITTI = (
        "titolo", "descrizione", "destinatari", "responsabile", "responsabile_stampato",
        "anno_inizio", "anno_fine", "indicatore", "atteso",
    )  # fmt: skip

    area = models.ForeignKey(AreaAzioniPositive, models.CASCADE, related_name="azioni")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    titolo = models.CharField(_("azione"), max_length=300)
    descrizione = models.TextField(_("descrizione"), blank=True)
    destinatari = models.CharField(_("destinatari"), max_length=300, blank=True)
    responsabile = models.ForeignKey(
        UnitaOrganizzativa, models.PROTECT, null=True, blank=True,
        related_name="azioni_positive", verbose_name=_("unità responsabile"),
    )  # fmt: skip
    responsabile_stampato = models.CharField(_("chi ne risponde"), max_length=200, blank=True)
    anno_inizio = models.PositiveSmallIntegerField(_("dall'anno"))
    anno_fine = models.PositiveSmallIntegerField(_("all'anno"))
    indicatore = models.CharField(_("indicatore"), max_length=300, blank=True)
    atteso = models.CharField(_("valore atteso"), max_length=200, blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = DellArea.as_manager()

    class Meta:
        verbose_name = _("azione positiva")
        verbose_name_plural = _("azioni positive")
        ordering = ["area__piano_id", "area__ordine", "ordine"]
        constraints = [
            una_sola(
                "azione_positiva_posto_unico", ["area", "ordine"],
                _("Un'altra azione ha già quel posto."),
            ),
            almeno(
                "azione_positiva_anni_in_ordine", Q(anno_fine__gte=F("anno_inizio")),
                _("L'ultimo anno viene prima del primo."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    def clean(self) -> None:
        """The action is carried out in the years of its plan."""
        primo, ultimo, anni = self.anno_inizio, self.anno_fine, self.piano.anni
        for campo, anno in (("anno_inizio", primo), ("anno_fine", ultimo)):
            if anno is not None and anno not in anni:
                raise ValidationError(
                    {campo: _("Il piano va dal %(da)s al %(a)s: scrivi uno dei suoi anni.")
                     % {"da": anni[0], "a": anni[-1]}}
                )  # fmt: skip
        if primo is not None and ultimo is not None and ultimo < primo:
            raise ValidationError({"anno_fine": _("L'ultimo anno viene prima del primo.")})

    @property
    def piano(self) -> Piano:
        return self.area.piano

    @property
    def azienda(self) -> Azienda:
        return self.area.piano.azienda

    @property
    def sorelle(self) -> models.QuerySet["AzionePositiva"]:
        return AzionePositiva.objects.filter(area=self.area_id).order_by("ordine", "pk")

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        return (self.area,)

    @property
    def chi_risponde(self) -> str:
        """The unit that answers for it, else who is said in words; "" when nobody is."""
        return str(self.responsabile) if self.responsabile else self.responsabile_stampato


class MonitoraggioAzione(models.Model):
    """What was done of an action in a year. «Non dovuta»: it was not planned for that year."""

    class Stato(models.TextChoices):
        DA_AVVIARE = "da_avviare", _("Da avviare")
        IN_CORSO = "in_corso", _("In corso")
        REALIZZATA = "realizzata", _("Realizzata")
        RINVIATA = "rinviata", _("Rinviata")
        NON_DOVUTA = "non_dovuta", _("Non prevista quest'anno")

    azione = models.ForeignKey(AzionePositiva, models.CASCADE, related_name="monitoraggi")
    anno = models.PositiveSmallIntegerField(_("anno"))
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.DA_AVVIARE)
    percentuale = models.DecimalField(
        _("quanto è fatta, in %"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    fatto = models.TextField(_("che cosa si è fatto"), blank=True)
    criticita = models.TextField(_("criticità"), blank=True)
    rilevato = models.CharField(_("valore dell'indicatore"), max_length=200, blank=True)
    scritto_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    scritto_il = models.DateTimeField(_("scritto il"), auto_now=True)
    modifiche = models.PositiveIntegerField(default=0, editable=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = DellAzione.as_manager()

    class Meta:
        verbose_name = _("monitoraggio di un'azione positiva")
        verbose_name_plural = _("monitoraggi delle azioni positive")
        ordering = ["azione_id", "anno"]
        constraints = [
            una_sola(
                "monitoraggio_azione_uno_per_anno", ["azione", "anno"],
                _("L'azione ha già il monitoraggio di quell'anno."),
            ),
            almeno(
                "monitoraggio_azione_0_100",
                Q(percentuale__isnull=True) | Q(percentuale__range=(0, 100)),
                _("La percentuale va da 0 a 100."),
            ),
            almeno(
                "monitoraggio_azione_realizzata_tutta",
                ~Q(stato="realizzata") | Q(percentuale=100),
                _("Un'azione realizzata è fatta per intero: scrivi 100."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.azione}, {self.anno}"

    @property
    def azienda(self) -> Azienda:
        return self.azione.azienda


class PersonaleQuerySet(models.QuerySet["PersonalePerGenere"]):
    def visibili_a(self, utente: "Chi") -> "PersonaleQuerySet":
        """The rows as they are, small cells too: for who counts the staff. The others read the
        tables made of them, where cells under the minimum are silent.
        """
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=TENGONO)
        return self.filter(azienda__in=miei.values("azienda"))


class PersonalePerGenere(models.Model):
    """How many women and men in a role at the end of a year."""

    class Area(models.TextChoices):
        COMPARTO = "comparto", _("Comparto")
        DIRIGENZA = "dirigenza", _("Dirigenza")

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="personale_per_genere")
    anno = models.PositiveSmallIntegerField(_("anno"))
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=1)
    area = models.CharField(_("area"), max_length=10, choices=Area, blank=True)
    ruolo = models.CharField(_("ruolo"), max_length=120)
    femmine = models.PositiveIntegerField(_("donne"))
    maschi = models.PositiveIntegerField(_("uomini"))
    dimostrativo = models.BooleanField(_("inventato per prova"), default=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = PersonaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("personale per genere")
        verbose_name_plural = _("personale per genere")
        ordering = ["azienda_id", "anno", "ordine", "ruolo"]
        constraints = [
            una_sola(
                "personale_genere_ruolo_unico", ["azienda", "anno", "area", "ruolo"],
                _("Quel ruolo c'è già fra il personale dell'anno."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.ruolo}, {self.anno}"

    @property
    def totale(self) -> int:
        return self.femmine + self.maschi


TERMINE_RELAZIONE = (3, 30)
"""The 30th of March (Direttiva 2/2019 of the Presidenza del Consiglio, par. 3.3)."""


def termine_relazione(anno: int) -> date:
    """By when the report of the CUG on a year is due: the 30th of March of the next."""
    mese, giorno = TERMINE_RELAZIONE
    return date(anno + 1, mese, giorno)


class RelazioneCUGQuerySet(models.QuerySet["RelazioneCUG"]):
    def visibili_a(self, utente: "Chi") -> "RelazioneCUGQuerySet":
        """Always for who prepares it; once sent, for who receives it (the Nucleo: of its years)."""
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente).filter(azienda=OuterRef("azienda"))
        ricevono = miei.filter(ruolo__in=RICEVONO).per_gli_anni(OuterRef("anno"), OuterRef("anno"))
        return self.filter(
            Exists(miei.filter(ruolo__in=TENGONO)) | Exists(ricevono) & ~Q(stato="bozza")
        )


class RelazioneCUG(models.Model):
    """What the CUG reports of a year to the Direzione, to the Nucleo and to the Dipartimento della
    Funzione Pubblica, by the 30th of March of the next (Direttiva 2/2019).

    ``fotografia`` are the figures as they were when it was sent.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        TRASMESSA = "trasmessa", _("Trasmessa")

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="relazioni_cug")
    anno = models.PositiveSmallIntegerField(_("anno di cui riferisce"))
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    piano = models.ForeignKey(
        Piano, models.PROTECT, null=True, blank=True, related_name="relazioni_cug",
        verbose_name=_("piano delle azioni positive"),
    )  # fmt: skip
    scade_il = models.DateField(_("da presentare entro"))
    dati = models.TextField(_("dati sul personale"), blank=True)
    azioni = models.TextField(_("azioni realizzate"), blank=True)
    benessere = models.TextField(_("benessere organizzativo e discriminazioni"), blank=True)
    attivita = models.TextField(_("attività del CUG"), blank=True)
    conclusioni = models.TextField(_("considerazioni conclusive"), blank=True)
    trasmessa_il = models.DateField(_("a Direzione e Nucleo il"), null=True, blank=True)
    al_dipartimento_il = models.DateField(
        _("al Dipartimento della Funzione Pubblica il"), null=True, blank=True
    )
    trasmessa_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    fotografia = models.JSONField(_("cifre trasmesse"), default=dict, blank=True,
                                  encoder=DjangoJSONEncoder)  # fmt: skip
    modifiche = models.PositiveIntegerField(default=0, editable=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = RelazioneCUGQuerySet.as_manager()

    class Meta:
        verbose_name = _("relazione del CUG")
        verbose_name_plural = _("relazioni del CUG")
        ordering = ["azienda_id", "-anno"]
        constraints = [
            una_sola(
                "relazione_cug_una_per_anno", ["azienda", "anno"],
                _("C'è già la relazione di quell'anno."),
            ),
            almeno(
                "relazione_cug_trasmessa_con_data",
                Q(stato="bozza") | Q(trasmessa_il__isnull=False),
                _("Scrivi quando la relazione è stata trasmessa."),
            ),
            date_in_ordine("relazione_cug", "trasmessa_il", "al_dipartimento_il"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{_('Relazione del CUG')} {self.anno}"

    @property
    def in_ritardo(self) -> bool:
        """Sent after its day."""
        return self.trasmessa_il is not None and self.trasmessa_il > self.scade_il


def quota_realizzata(monitoraggi: list[MonitoraggioAzione]) -> Decimal | None:
    """Per cent of the actions of a year that were carried out; None when none was due."""
    dovute = [uno for uno in monitoraggi if uno.stato != MonitoraggioAzione.Stato.NON_DOVUTA]
    if not dovute:
        return None
    fatte = sum(uno.stato == MonitoraggioAzione.Stato.REALIZZATA for uno in dovute)
    return Decimal(100 * fatte) / len(dovute)
