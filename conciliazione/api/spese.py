# SPDX-License-Identifier: AGPL-3.0-or-later
"""The expenses of the projects with their papers, and what the bodies gave."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro, progetto_di
from conciliazione.api.forme_spese import (
    ApportoForma,
    CambiaSpesa,
    CaricoDiSpese,
    GiustificativoDiSpesaForma,
    GiustificativoForma,
    NuovaSpesa,
    NuovoApporto,
    NuovoGiustificativo,
    SpesaForma,
    SpeseCaricateForma,
)
from conciliazione.azioni.apporto import inserisci_apporto, togli_apporto
from conciliazione.azioni.carico_spese import carica_spese
from conciliazione.azioni.giustificativo import carica_giustificativo, togli_giustificativo
from conciliazione.azioni.passi import bloccata
from conciliazione.azioni.spesa import (
    SPENDE,
    DatiSpesa,
    cambia_spesa,
    esigi_spesa,
    inserisci_spesa,
    togli_spesa,
)
from conciliazione.models import ApportoCofinanziamento, Giustificativo, Spesa
from obiettivi.schede.prove import TIPI
from piani.api.file import ConFile, Qualunque
from piani.api.formato import Scrittore
from piani.api.passi import SiToglie
from piani.api.una_volta import CHIAVE, STESSA_RISPOSTA, TUTTI_O_NESSUNO, UnaVolta, chiave_di


class SpesaRisorsa(UnaVolta, SiToglie, Risorsa):
    """Le spese dei progetti. Le scrive chi rappresenta l'ente che le ha sostenute, o il capofila,
    con la sua sessione; l'ATS le legge quando il rendiconto è trasmesso."""

    raccolta = "spese"
    modello = Spesa
    serializer_class = SpesaForma
    filterset_class = filtro(
        Spesa, "descrizione", edizione="progetto__edizione", progetto="progetto",
        rendiconto="rendiconto", ente="ente",
    )  # fmt: skip
    ordini = {"documento_del": "documento_del", "importo": "importo"}
    ordine = ("progetto_id", "documento_del")
    collegati = ("progetto__edizione__azienda", "progetto__capofila", "ente", "voce")
    condizionati = ("partial_update", "destroy")
    toglie = (SPENDE, togli_spesa)

    def completa(self, righe: Righe) -> None:
        carte = Giustificativo.objects.order_by("pk")
        annida(righe, "giustificativi", carte, "spesa", GiustificativoForma)

    @extend_schema(request=NuovaSpesa, responses={201: SpesaForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaSpesa)
        progetto = progetto_di(request, dati.pop("progetto"))
        self.esigi(SPENDE, progetto)
        nuova = inserisci_spesa(progetto, dati=DatiSpesa(**dati), da=request.user)
        return self.creata(nuova.pk, "conciliazione/spese")

    @extend_schema(
        summary="Carica molte spese",
        description=f"Di un progetto, da un altro programma o da un foglio. {TUTTI_O_NESSUNO} "
        f"{STESSA_RISPOSTA} I documenti si aggiungono poi, spesa per spesa.",
        parameters=[CHIAVE],
        request=CaricoDiSpese,
        responses=SpeseCaricateForma,
    )
    @action(detail=False, methods=["post"])
    def carico(self, request: Request) -> HttpResponse:
        def scrivi_tutte() -> dict[str, Any]:
            nuove = carica_spese(progetto, spese=spese, da=request.user)
            return {"inserite": len(nuove), "spese": [una.pk for una in nuove]}

        chiave = chiave_di(request)
        dati = self.letti(CaricoDiSpese)
        progetto = progetto_di(request, dati["progetto"])
        self.esigi(SPENDE, progetto)
        spese = [DatiSpesa(**una) for una in dati["righe"]]
        return self.una_volta(chiave, scrivi_tutte)

    @extend_schema(request=CambiaSpesa, responses=SpesaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(SPENDE) as spesa:
            adesso = {nome: getattr(spesa, nome) for nome in DatiSpesa.__dataclass_fields__}
            detti = self.letti(CambiaSpesa, partial=True)
            cambia_spesa(spesa, dati=DatiSpesa(**(adesso | detti)), da=request.user)
        return self.risposta(self.una(pk=spesa.pk))

    @extend_schema(
        summary="Aggiungi il documento di una spesa",
        description="Fattura, cedolino, ricevuta: si riconosce dal contenuto, e il nome deve dire "
        "lo stesso.",
        request=NuovoGiustificativo,
        responses={201: GiustificativoDiSpesaForma},
    )
    @action(detail=True, methods=["post"])
    def giustificativi(self, request: Request, pk: str) -> HttpResponse:
        spesa = self.oggetto()
        esigi_spesa(spesa.progetto, spesa.ente, request.user)
        dati = self.letti(NuovoGiustificativo)
        file = SimpleUploadedFile(dati["nome"], dati["contenuto"])
        nuovo = carica_giustificativo(spesa, file=file, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/giustificativi", GiustificativoRisorsa)

    def blocca(self, riga: Any) -> None:
        """The project first, as the actions do."""
        bloccata(riga.progetto)
        super().blocca(riga)


class GiustificativoRisorsa(ConFile, Risorsa):
    """I documenti che provano le spese: li legge chi legge la spesa, li scrive chi la scrive."""

    raccolta = "spese"
    modello = Giustificativo
    serializer_class = GiustificativoDiSpesaForma
    filterset_class = filtro(
        Giustificativo, "nome", edizione="spesa__progetto__edizione", spesa="spesa",
        progetto="spesa__progetto",
    )  # fmt: skip
    ordini = {"caricato_il": "caricato_il"}
    ordine = ("spesa_id", "pk")
    collegati = (
        "spesa__progetto__edizione__azienda", "spesa__progetto__capofila", "spesa__ente",
    )  # fmt: skip
    condizionati = ("destroy",)

    @extend_schema(
        summary="Scarica il documento",
        responses={(200, tipo): OpenApiTypes.BINARY for tipo in TIPI.values()},
    )
    @action(
        detail=True, methods=["get"], renderer_classes=[Scrittore, Qualunque],
        pagination_class=None, filterset_class=None,
    )  # fmt: skip
    def contenuto(self, request: Request, pk: str) -> HttpResponseBase:
        return self.scarica_riga(self.oggetto())

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(SPENDE, lambda riga: riga.spesa) as questo:
            togli_giustificativo(questo, da=request.user)
        return HttpResponse(status=204)

    def blocca(self, riga: Any) -> None:
        """The project and the expense first, as the actions do."""
        bloccata(riga.spesa.progetto)
        bloccata(riga.spesa)
        super().blocca(riga)


class ApportoRisorsa(SiToglie, Risorsa):
    """Il cofinanziamento reso dagli enti, in denaro o in ore di personale. Lo scrive chi
    rappresenta l'ente che lo dà, o il capofila, con la sua sessione."""

    raccolta = "apporti"
    modello = ApportoCofinanziamento
    serializer_class = ApportoForma
    filterset_class = filtro(
        ApportoCofinanziamento, "nota", edizione="progetto__edizione", progetto="progetto",
        rendiconto="rendiconto", forma="forma",
    )  # fmt: skip
    ordini = {"importo": "importo"}
    ordine = ("progetto_id", "pk")
    collegati = ("progetto__edizione__azienda", "progetto__capofila", "ente")
    condizionati = ("destroy",)
    toglie = (SPENDE, togli_apporto)

    @extend_schema(request=NuovoApporto, responses={201: ApportoForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoApporto)
        progetto = progetto_di(request, dati.pop("progetto"))
        self.esigi(SPENDE, progetto)
        nuovo = inserisci_apporto(progetto, **dati, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/apporti")

    def blocca(self, riga: Any) -> None:
        """The project first, as the actions do."""
        bloccata(riga.progetto)
        super().blocca(riga)
