# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition of the territorial plan: period, acts, rules as data. And its printed figures."""

from decimal import Decimal
from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conciliazione.calcolo.edizione import Parametri
from conciliazione.calcolo.edizione_dati import da_dati
from conciliazione.models.campi import euro_o_niente, non_negativi, una_sola
from conciliazione.models.visibilita import (
    NESSUNA,
    Chi,
    con_l_ufficio,
    dell_ufficio,
    edizioni_del_comitato,
    enti_di,
)
from piani.models import Azienda, Piano, Utente


class EdizioneQuerySet(models.QuerySet["EdizioneConciliazione"]):
    def visibili_a(self, utente: "Chi") -> "EdizioneQuerySet":
        """Those of the azienda for who works on them or watches; once in force, also for who
        represents a body of the network or sits in the Comitato.
        """
        if not utente.is_authenticated:
            return self.filter(NESSUNA)
        esterni = Q(azienda__enti_conciliazione__in=enti_di(utente)) | Q(
            pk__in=edizioni_del_comitato(utente)
        )
        divulgate = EdizioneConciliazione.objects.filter(esterni).exclude(stato="bozza")
        return self.filter(dell_ufficio(utente, "") | Q(pk__in=divulgate.values("pk")))

    def per_elenco(self) -> "EdizioneQuerySet":
        return self.select_related("azienda").order_by("azienda__nome", "-anno_inizio", "pk")


class EdizioneConciliazione(models.Model):
    """The rules and the years of a Piano territoriale di conciliazione of an ATS.

    ``parametri`` has the shape of :class:`conciliazione.calcolo.edizione.Parametri`; they change
    only in a draft.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        IN_VIGORE = "in_vigore", _("In vigore")
        CHIUSA = "chiusa", _("Chiusa")

    azienda = models.ForeignKey(
        Azienda, models.PROTECT, related_name="edizioni_conciliazione", verbose_name=_("azienda")
    )
    slug = models.SlugField(_("indirizzo"), max_length=80, unique=True)
    nome = models.CharField(_("nome"), max_length=200)
    anno_inizio = models.PositiveSmallIntegerField(_("primo anno"))
    anno_fine = models.PositiveSmallIntegerField(_("ultimo anno"))
    atto = models.CharField(_("atto della Regione"), max_length=200, blank=True)
    atto_data = models.DateField(_("data dell'atto"), null=True, blank=True)
    dotazione = euro_o_niente(_("risorse regionali assegnate"))
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.BOZZA)
    parametri = models.JSONField(_("regole"))
    dimostrativa = models.BooleanField(_("inventata per prova"), default=False)
    piano = models.OneToOneField(
        Piano, models.PROTECT, null=True, blank=True, related_name="edizione_conciliazione",
        verbose_name=_("Piano territoriale"),
    )  # fmt: skip
    indirizzo = models.OneToOneField(
        Piano, models.PROTECT, null=True, blank=True, related_name="indirizzo_conciliazione",
        verbose_name=_("Documento territoriale di indirizzo"),
    )  # fmt: skip

    objects = EdizioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("edizione della conciliazione")
        verbose_name_plural = _("edizioni della conciliazione")
        ordering = ["azienda_id", "-anno_inizio"]
        constraints = [
            una_sola(
                "edizione_conc_periodo_unico", ["azienda", "anno_inizio", "anno_fine"],
                _("L'azienda ha già un'edizione di quegli anni."),
            ),
            models.CheckConstraint(
                name="edizione_conc_anni_in_ordine",
                condition=Q(anno_fine__gte=F("anno_inizio")),
                violation_error_message=_("L'ultimo anno viene prima del primo."),
            ),
            non_negativi("edizione_conc", "dotazione"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        return reverse("conciliazione_edizione", args=[self.slug])

    @cached_property
    def regole(self) -> Parametri:
        """The rules as values; they were checked when they were saved."""
        return da_dati(self.parametri)


class Riscontro(models.Model):
    """A figure printed in the documents of an edition, beside ours. Never corrected silently.

    ``calcolato`` is empty as long as nothing computes it; ``differenza`` is printed minus computed.
    """

    edizione = models.ForeignKey(EdizioneConciliazione, models.CASCADE, related_name="riscontri")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    chiave = models.SlugField(_("chiave"), max_length=80)
    dove = models.CharField(_("dove"), max_length=300)
    stampato = models.CharField(_("come stampato"), max_length=200)
    valore_stampato = models.DecimalField(
        _("numero stampato"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    calcolato = models.DecimalField(
        _("calcolato"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    unita = models.CharField(_("unità"), max_length=30, blank=True)
    nota = models.TextField(_("nota"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)
    presa_atto = models.TextField(_("perché la differenza resta"), blank=True)
    presa_atto_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    presa_atto_il = models.DateTimeField(_("presa d'atto del"), null=True, blank=True)

    objects = con_l_ufficio()

    class Meta:
        verbose_name = _("riscontro")
        verbose_name_plural = _("riscontri")
        ordering = ["edizione_id", "ordine"]
        constraints = [
            una_sola(
                "riscontro_chiave_unica", ["edizione", "chiave"],
                _("L'edizione ha già un riscontro con quella chiave."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dove}: {self.stampato}"

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda

    @property
    def differenza(self) -> Decimal | None:
        if self.valore_stampato is None or self.calcolato is None:
            return None
        return self.valore_stampato - self.calcolato

    @property
    def quadra(self) -> bool:
        return self.differenza == 0
