# SPDX-License-Identifier: AGPL-3.0-or-later
"""Areas, rows and resources of the schede, each at its own address, while they are prepared."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.forme_schede import (
    AreaInteraForma,
    CambiaAreaScheda,
    CambiaRiga,
    CambiaRisorsa,
    NuovaRiga,
    RigaInteraForma,
    RisorsaInteraForma,
)
from obiettivi.azioni.passi_scheda import con_scheda_bloccata
from obiettivi.azioni.scheda import DI_CONSUNTIVO, PREPARA, Parte
from obiettivi.models import AreaScheda, RigaScheda, RisorsaScheda, SchedaBudget
from piani.api.elenchi import filtro
from piani.api.forme import Spostamento
from piani.api.risorse import Lettura, Risorsa


class ParteDellaScheda(Risorsa):
    """A part of a scheda: changed, moved and removed with its scheda locked, as the actions do."""

    ambito = "obiettivi"
    condizionati = ("partial_update", "destroy")
    della_scheda = "scheda"

    def visibili(self) -> QuerySet[Any]:
        """What is still negotiated is of who negotiates."""
        schede = SchedaBudget.objects.leggibili_a(self.request.user)
        return self.modello._default_manager.filter(**{f"{self.della_scheda}__in": schede})

    def blocca(self, riga: Any) -> None:
        con_scheda_bloccata(riga.scheda)

    def cambia(self, forma: Any) -> HttpResponse:
        """Change the part of the address by what was sent."""
        with self.in_modifica(PREPARA, _scheda_di) as parte:
            dati = self.letti(forma, azienda=parte.scheda.azienda_id)
            self.scrivi(parte, dati)
        return self.risposta(self.una(pk=parte.pk))

    def scrivi(self, parte: Parte, dati: dict[str, Any]) -> None:
        azioni.modifica_nella_scheda(parte, dati, da=self.request.user)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PREPARA, _scheda_di) as parte:
            azioni.togli_dalla_scheda(parte, da=request.user)
        return HttpResponse(status=204)

    @extend_schema(summary="Sposta di un posto", request=Spostamento)
    @action(detail=True, methods=["post"])
    def spostamento(self, request: Request, pk: str) -> HttpResponse:
        parte = self.oggetto()
        self.esigi(PREPARA, parte.scheda)
        verso = self.letti(Spostamento)["verso"]
        azioni.sposta_nella_scheda(parte, verso=verso, da=request.user)
        return self.risposta(self.una(pk=parte.pk))


class AreaSchedaRisorsa(ParteDellaScheda, Lettura):
    """Le aree delle schede budget."""

    raccolta = "schede-budget"
    modello = AreaScheda
    serializer_class = AreaInteraForma
    filterset_class = filtro(AreaScheda, "nome", scheda="scheda_id", tipo="tipo")
    ordini = {"ordine": "ordine"}
    ordine = ("scheda_id", "ordine")
    collegati = ("scheda__azienda", "scheda__unita")

    @extend_schema(request=CambiaAreaScheda, responses=AreaInteraForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.cambia(CambiaAreaScheda)

    @extend_schema(summary="Aggiungi una riga", request=NuovaRiga, responses={201: RigaInteraForma})
    @action(detail=True, methods=["post"], url_path="righe")
    def nuova_riga(self, request: Request, pk: str) -> HttpResponse:
        area = self.oggetto()
        self.esigi(PREPARA, area.scheda)
        dati = self.letti(NuovaRiga, azienda=area.scheda.azienda_id)
        confermato = dati.pop("confermato")
        riga = RigaScheda(area=area, **dati)
        azioni.aggiungi_alla_scheda(riga, confermato=confermato, da=request.user)
        return self.creata(riga.pk, "righe-scheda", RigaSchedaRisorsa)


class RigaSchedaRisorsa(ParteDellaScheda, Lettura):
    """Le righe delle schede budget: un obiettivo del CdR con il suo indicatore."""

    raccolta = "schede-budget"
    modello = RigaScheda
    serializer_class = RigaInteraForma
    filterset_class = filtro(
        RigaScheda,
        "obiettivo",
        scheda="area__scheda_id",
        area="area_id",
        indicatore="indicatore__codice",
        unita="area__scheda__unita_id",
        anno="area__scheda__anno",
    )
    ordini = {"ordine": "ordine", "indicatore": "indicatore__codice"}
    ordine = ("area__scheda_id", "area__ordine", "ordine")
    collegati = ("area__scheda__azienda", "area__scheda__unita", "indicatore")
    della_scheda = "area__scheda"

    @extend_schema(request=CambiaRiga, responses=RigaInteraForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.cambia(CambiaRiga)

    def scrivi(self, parte: Any, dati: dict[str, Any]) -> None:
        confermato = dati.pop("confermato")
        azioni.modifica_nella_scheda(parte, dati, confermato=confermato, da=self.request.user)


class RisorsaSchedaRisorsa(ParteDellaScheda, Lettura):
    """Le risorse delle schede budget, per fattore produttivo. Sottoscritta la scheda, cambiano solo
    previsione, consuntivo e commento."""

    raccolta = "schede-budget"
    modello = RisorsaScheda
    serializer_class = RisorsaInteraForma
    filterset_class = filtro(RisorsaScheda, "fattore", scheda="scheda_id", anno="scheda__anno")
    ordini = {"ordine": "ordine", "fattore": "fattore"}
    ordine = ("scheda_id", "ordine")
    collegati = ("scheda__azienda", "scheda__unita")

    @extend_schema(request=CambiaRisorsa, responses=RisorsaInteraForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.cambia(CambiaRisorsa)

    def scrivi(self, parte: Any, dati: dict[str, Any]) -> None:
        if not parte.scheda.in_preparazione and set(dati) <= set(DI_CONSUNTIVO):
            azioni.aggiorna_risorsa(parte, dati, da=self.request.user)
        else:
            super().scrivi(parte, dati)


def _scheda_di(parte: Any) -> SchedaBudget:
    return parte.scheda  # type: ignore[no-any-return]
