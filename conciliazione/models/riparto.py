# SPDX-License-Identifier: AGPL-3.0-or-later
"""The allocation of an envelope: scenarios side by side, one of them chosen."""

from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conciliazione.calcolo.importi import quota
from conciliazione.models.bando import ManifestazioneInteresse
from conciliazione.models.campi import euro, non_negativi, una_sola
from conciliazione.models.proposta import Proposta
from conciliazione.models.seduta import Seduta
from conciliazione.models.versione import VersioneProposta
from conciliazione.models.visibilita import Chi, attraverso, dell_ufficio
from piani.models import Azienda, Utente


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visibili_a(self, utente: "Chi") -> "ScenarioQuerySet":
        """The office's and the readers' all; once chosen, whoever sees the call."""
        scelti = Q(
            scelto_il__isnull=False,
            manifestazione__in=ManifestazioneInteresse.objects.visibili_a(utente),
        )
        return self.filter(dell_ufficio(utente, "manifestazione__edizione") | scelti)


class Scenario(models.Model):
    """A way of sharing the envelope among the proposals, with its whole arithmetic.

    ``parametri`` says the method (proportional cut, caps, reserves, shares set by hand) and
    ``passi`` each step with its numbers. ``in_vigore``: the one chosen and not yet replaced; a
    withdrawal makes another, ``deriva_da`` the first, that scrolls what was freed.
    """

    manifestazione = models.ForeignKey(
        ManifestazioneInteresse, models.CASCADE, related_name="scenari"
    )
    nome = models.CharField(_("nome"), max_length=120)
    deriva_da = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="derivati"
    )
    parametri = models.JSONField(_("parametri"), default=dict, encoder=DjangoJSONEncoder)
    dotazione = euro(_("da ripartire"))
    residuo = euro(_("non assegnato"), default=Decimal(0))
    passi = models.JSONField(_("passi del calcolo"), default=list, encoder=DjangoJSONEncoder)
    in_vigore = models.BooleanField(_("in vigore"), default=False)
    scelto_il = models.DateTimeField(_("scelto il"), null=True, blank=True)
    scelto_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    seduta = models.ForeignKey(
        Seduta, models.PROTECT, null=True, blank=True, related_name="scenari_scelti"
    )
    motivo = models.TextField(_("motivazione"), blank=True)
    creato_il = models.DateTimeField(_("creato il"), auto_now_add=True)
    creato_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario di riparto")
        verbose_name_plural = _("scenari di riparto")
        ordering = ["manifestazione_id", "creato_il", "pk"]
        constraints = [
            una_sola(
                "scenario_nome_unico", ["manifestazione", "nome"],
                _("C'è già uno scenario con quel nome."),
            ),
            una_sola(
                "scenario_uno_in_vigore", ["manifestazione"],
                _("La manifestazione ha già uno scenario scelto."), condition=Q(in_vigore=True),
            ),
            models.CheckConstraint(
                name="scenario_in_vigore_se_scelto",
                condition=Q(in_vigore=False) | Q(scelto_il__isnull=False),
                violation_error_message=_("È in vigore solo uno scenario scelto."),
            ),
            non_negativi("scenario", "dotazione", "residuo"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    @property
    def azienda(self) -> Azienda:
        return self.manifestazione.azienda


class FonteScenario(models.Model):
    """Where the money of a scenario comes from: the call, what was added to it, residuals."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="fonti")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    descrizione = models.CharField(_("fonte"), max_length=300)
    importo = euro(_("importo"))

    objects = attraverso("scenario")

    class Meta:
        verbose_name = _("fonte di uno scenario")
        verbose_name_plural = _("fonti di uno scenario")
        ordering = ["scenario_id", "ordine"]
        constraints = [
            una_sola(
                "fonte_scenario_posto_unico", ["scenario", "ordine"],
                _("Un'altra fonte ha già quel posto."),
            ),
            non_negativi("fonte_scenario", "importo"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.descrizione


class RigaRiparto(models.Model):
    """What a scenario gives to a proposal, of what it asks; with its own steps."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="righe")
    proposta = models.ForeignKey(Proposta, models.PROTECT, related_name="riparti")
    versione = models.ForeignKey(
        VersioneProposta, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    costo = euro(_("costo"))
    richiesto = euro(_("contributo richiesto"))
    assegnato = euro(_("contributo assegnato"), default=Decimal(0))
    passi = models.JSONField(_("passi del calcolo"), default=list, encoder=DjangoJSONEncoder)
    nota = models.CharField(_("nota"), max_length=300, blank=True)

    objects = attraverso("scenario")

    class Meta:
        verbose_name = _("riga del riparto")
        verbose_name_plural = _("righe del riparto")
        ordering = ["scenario_id", "ordine"]
        constraints = [
            una_sola(
                "riga_riparto_una_per_proposta", ["scenario", "proposta"],
                _("La proposta è già nello scenario."),
            ),
            non_negativi("riga_riparto", "costo", "richiesto", "assegnato"),
            models.CheckConstraint(
                name="riga_riparto_non_piu_del_richiesto",
                condition=Q(assegnato__lte=F("richiesto")),
                violation_error_message=_("Si assegna al massimo quanto è stato richiesto."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.proposta}: {self.assegnato}"

    @property
    def quota(self) -> Decimal | None:
        """Which percentage of what it asks it gets, unrounded."""
        return quota(self.assegnato, self.richiesto)
