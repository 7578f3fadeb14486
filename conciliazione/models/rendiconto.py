# SPDX-License-Identifier: AGPL-3.0-or-later
"""The money of a project: instalments asked for, expenses, cofinancing given, payments."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.azioni import AzioneProgetto, VoceBudget
from conciliazione.models.campi import (
    FileConservato,
    euro,
    euro_o_niente,
    non_negativi,
    una_sola,
)
from conciliazione.models.progetto import Progetto
from conciliazione.models.rete import Ente
from conciliazione.models.versione import Forma
from conciliazione.models.visibilita import Chi, attraverso, dell_ufficio, enti_di
from piani.models import Azienda, Utente


class RendicontoQuerySet(models.QuerySet["Rendiconto"]):
    def visibili_a(self, utente: "Chi") -> "RendicontoQuerySet":
        """For who leads the project; once sent, for the office and the readers."""
        inviati = dell_ufficio(utente, "progetto__edizione") & ~Q(stato="bozza")
        return self.filter(inviati | Q(progetto__capofila__in=enti_di(utente)))


class Rendiconto(models.Model):
    """The request of an instalment (``rata``: its code in the edition) with what it rests on.

    ``verifiche`` keeps the checks of ceilings and quotas as they came out when it was approved.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        TRASMESSO = "trasmesso", _("Trasmesso")
        DA_INTEGRARE = "da_integrare", _("Da integrare")
        APPROVATO = "approvato", _("Approvato")
        RESPINTO = "respinto", _("Respinto")

    SCRIVIBILI = (Stato.BOZZA, Stato.DA_INTEGRARE)

    progetto = models.ForeignKey(Progetto, models.PROTECT, related_name="rendiconti")
    rata = models.SlugField(_("rata"), max_length=40)
    stato = models.CharField(_("stato"), max_length=15, choices=Stato, default=Stato.BOZZA)
    dal = models.DateField(_("spese dal"), null=True, blank=True)
    al = models.DateField(_("spese al"), null=True, blank=True)
    relazione = models.TextField(_("relazione"), blank=True)
    richiesto = euro_o_niente(_("richiesto"))
    riconosciuto = euro_o_niente(_("riconosciuto"))
    verifiche = models.JSONField(_("verifiche"), null=True, blank=True, encoder=DjangoJSONEncoder)
    trasmesso_il = models.DateTimeField(_("trasmesso il"), null=True, blank=True)
    trasmesso_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verificato_il = models.DateTimeField(_("verificato il"), null=True, blank=True)
    verificato_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    nota = models.TextField(_("nota dell'ATS"), blank=True)

    objects = RendicontoQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendiconto")
        verbose_name_plural = _("rendiconti")
        ordering = ["progetto_id", "pk"]
        constraints = [
            una_sola(
                "rendiconto_uno_per_rata", ["progetto", "rata"],
                _("Per quella rata c'è già un rendiconto."), condition=~Q(stato="respinto"),
            ),
            non_negativi("rendiconto", "richiesto", "riconosciuto"),
            models.CheckConstraint(
                name="rendiconto_riconosciuto_nel_richiesto",
                condition=Q(riconosciuto__isnull=True)
                | Q(riconosciuto__lte=F("richiesto")),
                violation_error_message=_("Si riconosce al massimo quanto è richiesto."),
            ),
            models.CheckConstraint(
                name="rendiconto_respinto_motivato",
                condition=~Q(stato__in=("da_integrare", "respinto")) | ~Q(nota=""),
                violation_error_message=_("Scrivi che cosa manca o perché è respinto."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.progetto}, {self.rata}"

    @property
    def azienda(self) -> Azienda:
        return self.progetto.azienda


class SpesaQuerySet(models.QuerySet["Spesa"]):
    def visibili_a(self, utente: "Chi") -> "SpesaQuerySet":
        """All those of a project for who leads it; a partner, its own; the office and the readers,
        those of a report that was sent.
        """
        miei = enti_di(utente)
        inviate = (
            dell_ufficio(utente, "progetto__edizione")
            & Q(rendiconto__isnull=False)
            & ~Q(rendiconto__stato="bozza")
        )
        return self.filter(inviate | Q(progetto__capofila__in=miei) | Q(ente__in=miei))


class Spesa(models.Model):
    """An expense of a body of the Alleanza under a heading of an action.

    ``ammesso`` is what the ATS recognises of it, with the reason when it is less.
    """

    progetto = models.ForeignKey(Progetto, models.PROTECT, related_name="spese")
    voce = models.ForeignKey(VoceBudget, models.PROTECT, related_name="spese")
    ente = models.ForeignKey(Ente, models.PROTECT, related_name="spese", verbose_name=_("ente"))
    rendiconto = models.ForeignKey(
        Rendiconto, models.PROTECT, null=True, blank=True, related_name="spese"
    )
    descrizione = models.CharField(_("descrizione"), max_length=300)
    fornitore = models.CharField(_("fornitore"), max_length=200, blank=True)
    documento = models.CharField(_("documento di spesa"), max_length=100)
    documento_del = models.DateField(_("del"))
    pagata_il = models.DateField(_("pagata il"), null=True, blank=True)
    importo = euro(_("importo"))
    ammesso = euro_o_niente(_("ammesso"))
    motivo = models.CharField(_("perché non è ammessa per intero"), max_length=300, blank=True)
    inserita_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    inserita_il = models.DateTimeField(_("inserita il"), auto_now_add=True)

    objects = SpesaQuerySet.as_manager()

    class Meta:
        verbose_name = _("spesa")
        verbose_name_plural = _("spese")
        ordering = ["progetto_id", "documento_del", "pk"]
        constraints = [
            una_sola(
                "spesa_documento_una_volta",
                ["voce", "ente", "fornitore", "documento", "documento_del"],
                _("Questo documento di spesa è già in quella voce."),
            ),
            models.CheckConstraint(
                name="spesa_maggiore_di_zero",
                condition=Q(importo__gt=0),
                violation_error_message=_("Una spesa è maggiore di zero."),
            ),
            models.CheckConstraint(
                name="spesa_ammessa_nell_importo",
                condition=Q(ammesso__isnull=True) | Q(ammesso__range=(0, F("importo"))),
                violation_error_message=_("Si ammette da zero all'importo della spesa."),
            ),
            models.CheckConstraint(
                name="spesa_tagliata_motivata",
                condition=Q(ammesso__isnull=True) | Q(ammesso=F("importo")) | ~Q(motivo=""),
                violation_error_message=_("Scrivi perché la spesa non è ammessa per intero."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.descrizione}: {self.importo}"

    @property
    def azienda(self) -> Azienda:
        return self.progetto.azienda


class Giustificativo(FileConservato):
    """The paper of an expense: invoice, payslip, receipt."""

    spesa = models.ForeignKey(Spesa, models.CASCADE, related_name="giustificativi")
    file = models.FileField(_("documento"), upload_to="spese/%Y/", max_length=200)

    objects = attraverso("spesa")

    class Meta:
        verbose_name = _("giustificativo di spesa")
        verbose_name_plural = _("giustificativi di spesa")
        ordering = ["spesa_id", "caricato_il"]
        constraints = [
            una_sola(
                "giustificativo_una_volta", ["spesa", "sha256"], _("Questo documento c'è già.")
            ),
        ]

    @property
    def azienda(self) -> Azienda:
        return self.spesa.azienda


class ApportoQuerySet(models.QuerySet["ApportoCofinanziamento"]):
    def visibili_a(self, utente: "Chi") -> "ApportoQuerySet":
        """As the expenses."""
        miei = enti_di(utente)
        inviati = (
            dell_ufficio(utente, "progetto__edizione")
            & Q(rendiconto__isnull=False)
            & ~Q(rendiconto__stato="bozza")
        )
        return self.filter(inviati | Q(progetto__capofila__in=miei) | Q(ente__in=miei))


class ApportoCofinanziamento(models.Model):
    """What a body really put in: money, or staff (hours at an hourly cost)."""

    progetto = models.ForeignKey(Progetto, models.PROTECT, related_name="apporti")
    azione = models.ForeignKey(
        AzioneProgetto, models.PROTECT, null=True, blank=True, related_name="apporti"
    )
    ente = models.ForeignKey(Ente, models.PROTECT, related_name="apporti")
    rendiconto = models.ForeignKey(
        Rendiconto, models.PROTECT, null=True, blank=True, related_name="apporti"
    )
    forma = models.CharField(_("forma"), max_length=10, choices=Forma)
    pubblico = models.BooleanField(_("pubblico"), default=True)
    ore = models.DecimalField(_("ore"), max_digits=8, decimal_places=2, null=True, blank=True)
    costo_orario = euro_o_niente(_("costo orario"))
    importo = euro(_("importo"))
    ammesso = euro_o_niente(_("ammesso"))
    motivo = models.CharField(_("perché non è ammesso per intero"), max_length=300, blank=True)
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)
    nota = models.CharField(_("nota"), max_length=300, blank=True)
    inserito_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ApportoQuerySet.as_manager()

    class Meta:
        verbose_name = _("apporto di cofinanziamento")
        verbose_name_plural = _("apporti di cofinanziamento")
        ordering = ["progetto_id", "pk"]
        constraints = [
            non_negativi("apporto", "ore", "costo_orario", "importo", "ammesso"),
            models.CheckConstraint(
                name="apporto_di_personale_con_ore",
                condition=Q(forma="denaro", ore__isnull=True)
                | Q(forma="personale", ore__isnull=False, costo_orario__isnull=False),
                violation_error_message=_(
                    "Del personale si scrivono le ore e il costo orario; del denaro no."
                ),
            ),
            models.CheckConstraint(
                name="apporto_ammesso_nell_importo",
                condition=Q(ammesso__isnull=True) | Q(ammesso__lte=F("importo")),
                violation_error_message=_("Si ammette al massimo l'importo."),
            ),
            models.CheckConstraint(
                name="apporto_tagliato_motivato",
                condition=Q(ammesso__isnull=True) | Q(ammesso=F("importo")) | ~Q(motivo=""),
                violation_error_message=_("Scrivi perché l'apporto non è ammesso per intero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ente}: {self.importo}"

    @property
    def azienda(self) -> Azienda:
        return self.progetto.azienda
