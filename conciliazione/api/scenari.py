# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios of an allocation: written, computed at once, chosen, scrolled."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.api.forme_scenari import (
    CambiaScenario,
    FonteForma,
    NuovoScenario,
    RigaRipartoForma,
    SceltaDelloScenario,
    ScenarioForma,
    ScorrimentoChiesto,
)
from conciliazione.assegnazione import in_gara
from conciliazione.azioni.scelta_scenario import scegli_scenario
from conciliazione.azioni.scenario import (
    cambia_scenario,
    copia_scenario,
    crea_scenario,
    elimina_scenario,
    fonti_di,
    fonti_proposte,
    scorri,
)
from conciliazione.calcolo.dotazione import riserve_di
from conciliazione.calcolo.metodo import ELENCHI, Importo, Metodo, Regola, metodo_da_dati
from conciliazione.models import FonteScenario, ManifestazioneInteresse, RigaRiparto, Scenario
from piani.api.passi import SiToglie, un_passo

RIPARTE, SCEGLIE = "conciliazione.riparte", "conciliazione.sceglie_scenario"
SCENARI = "conciliazione/scenari"
SEMPLICI = ("aliquota", "parziale", "tetto", "tetto_quota", "minimo_quota", "riserve_tornano")
"""The parts of a method that are sent as it holds them."""


class ScenarioRisorsa(SiToglie, Risorsa):
    """Gli scenari di riparto, con il metodo e i conti di ogni progetto."""

    raccolta = "scenari"
    modello = Scenario
    serializer_class = ScenarioForma
    filterset_class = filtro(
        Scenario, "nome", edizione="manifestazione__edizione", manifestazione="manifestazione",
        in_vigore="in_vigore",
    )  # fmt: skip
    ordini = {"nome": "nome", "creato_il": "creato_il"}
    ordine = ("manifestazione_id", "-creato_il")
    collegati = ("manifestazione__edizione__azienda",)
    condizionati = ("partial_update", "destroy")
    toglie = (RIPARTE, elimina_scenario)
    scelta = un_passo(
        "scelta", "Metti in vigore", SCEGLIE, scegli_scenario, SceltaDelloScenario,
        descrizione="Chi riceve un contributo è finanziato, gli altri no; la manifestazione è "
        "conclusa.",
    )  # fmt: skip

    def completa(self, righe: Righe) -> None:
        questi = Scenario.objects.filter(pk__in=[riga["id"] for riga in righe])
        metodi = dict(questi.values_list("pk", "parametri"))
        for riga in righe:
            riga["metodo"] = _detto(metodo_da_dati(metodi[riga["id"]]))
        annida(righe, "fonti", FonteScenario.objects.order_by("ordine"), "scenario", FonteForma)
        riparti = RigaRiparto.objects.order_by("ordine", "pk")
        annida(righe, "righe", riparti, "scenario", RigaRipartoForma)

    @extend_schema(
        summary="Fai uno scenario",
        description="Calcolato subito, fra le proposte come sono adesso.",
        request=NuovoScenario,
        responses={201: ScenarioForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoScenario)
        visibili = ManifestazioneInteresse.objects.visibili_a(request.user)
        bando = get_object_or_404(
            visibili.select_related("edizione__azienda"), pk=dati["manifestazione"]
        )
        self.esigi(RIPARTE, bando)
        nuovo = crea_scenario(
            bando,
            nome=dati["nome"],
            fonti=_fonti(dati["fonti"]) if "fonti" in dati else fonti_proposte(bando),
            metodo=_cambiato(Metodo(), dati.get("metodo", {}), bando),
            da=request.user,
        )
        return self.creata(nuovo.pk, SCENARI)

    @extend_schema(
        description="Finché non è scelto: si ricalcola. Gli elenchi si mandano interi.",
        request=CambiaScenario,
        responses=ScenarioForma,
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(RIPARTE) as questo:
            dati = self.letti(CambiaScenario)
            adesso = metodo_da_dati(questo.parametri)
            cambia_scenario(
                questo,
                nome=dati.get("nome", questo.nome),
                fonti=_fonti(dati["fonti"]) if "fonti" in dati else fonti_di(questo),
                metodo=_cambiato(adesso, dati.get("metodo", {}), questo.manifestazione),
                da=request.user,
            )
        return self.risposta(self.una(pk=questo.pk))

    @extend_schema(summary="Fanne una copia", request=None, responses={201: ScenarioForma})
    @action(detail=True, methods=["post"])
    def copia(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(RIPARTE, questo)
        nuovo = copia_scenario(questo, da=request.user)
        return self.creata(nuovo.pk, SCENARI)

    @extend_schema(
        summary="Scorri le risorse liberate",
        description="Da quello in vigore, quando un progetto finanziato si è ritirato: ne nasce un "
        "altro, da confrontare e scegliere.",
        request=ScorrimentoChiesto,
        responses={201: ScenarioForma},
    )
    @action(detail=True, methods=["post"])
    def scorrimento(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(RIPARTE, questo)
        nuovo = scorri(questo, **self.letti(ScorrimentoChiesto), da=request.user)
        return self.creata(nuovo.pk, SCENARI)


def _fonti(scritte: Iterable[dict[str, Any]]) -> list[tuple[str, Any]]:
    return [(una["descrizione"], una["importo"]) for una in scritte]


def _cambiato(adesso: Metodo, detti: dict[str, Any], bando: ManifestazioneInteresse) -> Metodo:
    """A method with what was sent in the place of what it said.

    :raises ValidationError: reserves that the edition has not; amounts of who does not compete.
    """
    cambi = {nome: detti[nome] for nome in SEMPLICI if nome in detti}
    if "regola" in detti:
        cambi["regola"] = Regola(detti["regola"])
    if "riserve" in detti:
        cambi["riserve"] = riserve_di(bando.edizione.regole) if detti["riserve"] else ()
        if detti["riserve"] and not cambi["riserve"]:
            raise ValidationError({"metodo.riserve": _("L'edizione non ha riserve.")})
    elenchi = [nome for nome in ELENCHI if nome in detti]
    concorrono = {uno.proposta.pk for uno in in_gara(bando)} if elenchi else set()
    for nome in elenchi:
        cambi[nome] = _importi(detti[nome], f"metodo.{nome}", concorrono)
    return replace(adesso, **cambi)


def _importi(
    scritti: list[dict[str, Any]], campo: str, concorrono: set[int]
) -> tuple[Importo, ...]:
    chiavi = [uno["proposta"] for uno in scritti]
    for chiave in chiavi:
        if chiave not in concorrono:
            raise ValidationError(
                {campo: _("La proposta %(n)s non è fra quelle che concorrono.") % {"n": chiave}}
            )
        if chiavi.count(chiave) > 1:
            raise ValidationError(
                {campo: _("La proposta %(n)s è detta due volte.") % {"n": chiave}}
            )
    return tuple(
        Importo(str(uno["proposta"]), uno["importo"], uno.get("motivo", "")) for uno in scritti
    )


def _detto(metodo: Metodo) -> dict[str, Any]:
    """A method as it is given."""
    return {
        "regola": metodo.regola.value,
        **{nome: getattr(metodo, nome) for nome in SEMPLICI},
        "riserve": bool(metodo.riserve),
        **{
            nome: [
                {"proposta": int(uno.chiave), "importo": uno.importo}
                | ({"motivo": uno.motivo} if nome == "tagli" else {})
                for uno in getattr(metodo, nome)
            ]
            for nome in ELENCHI
        },
    }
