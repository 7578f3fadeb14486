# SPDX-License-Identifier: AGPL-3.0-or-later
"""The territory: ambiti and municipalities."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.api.forme_territorio import (
    AmbitoForma,
    CambiaAmbito,
    CambiaComune,
    ComuneDelTerritorio,
    ComuneForma,
    NuovoAmbito,
    NuovoComune,
)
from conciliazione.azioni.righe import scrivi_riga
from conciliazione.models import Ambito, Comune
from piani.models import Utente

GESTISCE = "conciliazione.gestisce_rete"


class AmbitoRisorsa(Risorsa):
    """Gli ambiti dei Piani di Zona, con i loro comuni."""

    raccolta = "ambiti"
    modello = Ambito
    serializer_class = AmbitoForma
    filterset_class = filtro(Ambito, "nome", azienda="azienda__codice")
    ordini = {"nome": "nome", "ordine": "ordine"}
    ordine = ("azienda_id", "ordine", "nome")
    collegati = ("azienda",)
    condizionati = ("partial_update",)

    def completa(self, righe: Righe) -> None:
        annida(righe, "comuni", Comune.objects.order_by("nome"), "ambito", ComuneForma)

    @extend_schema(request=NuovoAmbito, responses={201: AmbitoForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoAmbito)
        nuovo = Ambito(azienda=dati.pop("azienda"))
        self.esigi(GESTISCE, nuovo)
        _scrivi(nuovo, dati, request.user)
        return self.creata(nuovo.pk, "conciliazione/ambiti")

    @extend_schema(request=CambiaAmbito, responses=AmbitoForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GESTISCE) as questo:
            _scrivi(questo, self.letti(CambiaAmbito), request.user)
        return self.risposta(self.una(pk=questo.pk))


class ComuneRisorsa(Risorsa):
    """I comuni del territorio, anche quelli che non sono di un ambito."""

    raccolta = "comuni"
    modello = Comune
    serializer_class = ComuneDelTerritorio
    filterset_class = filtro(Comune, "nome", azienda="azienda__codice", ambito="ambito")
    ordini = {"nome": "nome", "abitanti": "abitanti"}
    ordine = ("azienda_id", "nome")
    collegati = ("azienda",)
    condizionati = ("partial_update",)

    @extend_schema(request=NuovoComune, responses={201: ComuneDelTerritorio})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoComune)
        nuovo = Comune(azienda=dati["ambito"].azienda)
        self.esigi(GESTISCE, nuovo)
        _scrivi(nuovo, dati, request.user)
        return self.creata(nuovo.pk, "conciliazione/comuni")

    @extend_schema(request=CambiaComune, responses=ComuneDelTerritorio)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GESTISCE) as questo:
            _scrivi(questo, self.letti(CambiaComune), request.user)
        return self.risposta(self.una(pk=questo.pk))


def _scrivi(riga: Ambito | Comune, dati: dict[str, Any], chi: Utente) -> None:
    tipo = f"conc_{riga._meta.model_name}"
    scrivi_riga(riga, dati, permesso=GESTISCE, tipo=tipo, da=chi)
