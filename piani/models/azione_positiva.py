# SPDX-License-Identifier: AGPL-3.0-or-later
"""The triennial plan of the azioni positive: areas, actions, what was done of them each year.

The plan is a :class:`Piano` of tipo «azioni positive», with its states, its act and its document.
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Utente
from piani.models.organigramma import UnitaOrganizzativa
from piani.models.piano import Piano
from piani.models.vincoli import almeno, una_sola

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Chi = Utente | AnonymousUser


class DelPiano(models.QuerySet):
    """Rows seen by whoever sees their plan: ``verso`` is the path to it."""

    verso = "piano"

    def visibili_a(self, utente: "Chi") -> "DelPiano":
        return self.filter(**{f"{self.verso}__in": Piano.objects.visibili_a(utente)})


class DellArea(DelPiano):
    verso = "area__piano"


class DellAzione(DelPiano):
    verso = "azione__area__piano"


def _precedente() -> models.ForeignKey:
    """The row of the plan before from which a revision «a scorrimento» copied this one."""
    return models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="seguenti",
        verbose_name=_("nel piano precedente"),
    )  # fmt: skip


class AreaAzioniPositive(models.Model):
    """An area of intervention of the plan: training, culture of gender, well-being at work."""

    NEL_REGISTRO = ("area_positiva", "a")
    SCRITTI = ("nome", "descrizione")

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="aree_positive")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    nome = models.CharField(_("area di intervento"), max_length=200)
    descrizione = models.TextField(_("descrizione"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)
    precedente = _precedente()

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
    precedente = _precedente()

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


def quota_realizzata(monitoraggi: list[MonitoraggioAzione]) -> Decimal | None:
    """Per cent of the actions of a year that were carried out; None when none was due."""
    dovute = [uno for uno in monitoraggi if uno.stato != MonitoraggioAzione.Stato.NON_DOVUTA]
    if not dovute:
        return None
    fatte = sum(uno.stato == MonitoraggioAzione.Stato.REALIZZATA for uno in dovute)
    return Decimal(100 * fatte) / len(dovute)
