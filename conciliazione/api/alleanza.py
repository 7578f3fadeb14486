# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is under a proposal, each at its own address: its actions, its partners, its papers."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.api.forme_proposte import (
    AllegatoDiPropostaForma,
    AzioneDiPropostaForma,
    CambiaAzione,
    CostoForma,
    PartnerDiPropostaForma,
    RispostaDelPartner,
)
from conciliazione.azioni.allegato import togli_allegato
from conciliazione.azioni.partner import rispondi, togli_partner
from conciliazione.azioni.proposta import SCRIVE, scrivi_azione, togli_azione
from conciliazione.models import (
    AllegatoProposta,
    AzioneProposta,
    CostoAzione,
    Partner,
    Proposta,
    VersioneProposta,
)
from conciliazione.models.visibilita import enti_di
from piani.api.file import ConFile, Qualunque
from piani.api.formato import Scrittore
from piani.api.passi import SiToglie, un_passo

RISPONDE = "conciliazione.risponde_partner"


class AzioneDiPropostaRisorsa(SiToglie, Risorsa):
    """Le azioni delle proposte con i loro costi, versione per versione: le chiuse le legge chi
    legge la proposta, quelle che si stanno scrivendo solo l'Alleanza."""

    raccolta = "proposte"
    modello = AzioneProposta
    serializer_class = AzioneDiPropostaForma
    filterset_class = filtro(
        AzioneProposta, "titolo", edizione="versione__proposta__manifestazione__edizione",
        proposta="versione__proposta", versione="versione", intervento="intervento",
    )  # fmt: skip
    ordini = {"ordine": "ordine", "titolo": "titolo"}
    ordine = ("versione_id", "ordine")
    collegati = ("versione__proposta__capofila", "versione__proposta__manifestazione__edizione")
    condizionati = ("partial_update", "destroy")
    toglie = (SCRIVE, togli_azione)

    def visibili(self) -> QuerySet[Any]:
        leggibili = VersioneProposta.objects.leggibili_a(self.request.user)
        return super().visibili().filter(versione__in=leggibili)

    def completa(self, righe: Righe) -> None:
        costi = CostoAzione.objects.order_by("categoria", "pk")
        annida(righe, "costi", costi, "azione", CostoForma)

    def blocca(self, riga: Any) -> None:
        """The proposal first, as the actions do."""
        _blocca_la_proposta(riga.versione.proposta_id)
        super().blocca(riga)

    @extend_schema(request=CambiaAzione, responses=AzioneDiPropostaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(SCRIVE) as questa:
            adesso = {uno.categoria: uno.importo for uno in questa.costi.all()}
            dati = {"costi": adesso} | self.letti(CambiaAzione)
            scrivi_azione(questa.versione, questa, **dati, visto=None, da=request.user)
        return self.risposta(self.una(pk=questa.pk))


class PartnerDiPropostaRisorsa(Risorsa):
    """I partner delle proposte che si leggono: ciascuno risponde per sé, con la sua sessione."""

    raccolta = "proposte"
    modello = Partner
    serializer_class = PartnerDiPropostaForma
    filterset_class = filtro(
        Partner, "ente__nome", edizione="proposta__manifestazione__edizione",
        proposta="proposta", ente="ente", stato="stato",
    )  # fmt: skip
    ordini = {"ente": "ente__nome", "risposto_il": "risposto_il"}
    ordine = ("proposta_id", "ente__nome")
    collegati = ("ente", "proposta__capofila")
    uscita = un_passo(
        "uscita", "Togli dall'Alleanza", SCRIVE, togli_partner,
        descrizione="Con il suo cofinanziamento, nella versione che si sta scrivendo.",
    )  # fmt: skip

    def completa(self, righe: Righe) -> None:
        miei = enti_di(self.request.user)
        mie = Partner.objects.filter(pk__in=[riga["id"] for riga in righe]).filter(
            Q(proposta__capofila__in=miei) | Q(ente__in=miei)
        )
        note = dict(mie.values_list("pk", "nota"))
        for riga in righe:
            riga["nota"] = note.get(riga["id"], "")

    @extend_schema(
        summary="Rispondi all'invito",
        description="Chi rifiuta poi non legge più la proposta.",
        request=RispostaDelPartner,
        responses=PartnerDiPropostaForma,
    )
    @action(detail=True, methods=["post"], url_path="risposta")
    def risposta_all_invito(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(RISPONDE, questo)
        rispondi(questo, **self.letti(RispostaDelPartner), da=request.user)
        (riga,) = self.righe(Partner.objects.filter(pk=questo.pk))
        return self.risposta(riga)


class AllegatoDiPropostaRisorsa(SiToglie, ConFile, Risorsa):
    """I documenti delle proposte che si leggono."""

    raccolta = "proposte"
    modello = AllegatoProposta
    serializer_class = AllegatoDiPropostaForma
    filterset_class = filtro(
        AllegatoProposta, "nome", edizione="proposta__manifestazione__edizione",
        proposta="proposta",
    )  # fmt: skip
    ordini = {"caricato_il": "caricato_il", "nome": "nome"}
    ordine = ("proposta_id", "caricato_il")
    collegati = ("proposta__capofila",)
    condizionati = ("destroy",)
    toglie = (SCRIVE, togli_allegato)

    def blocca(self, riga: Any) -> None:
        """The proposal first, as the actions do."""
        _blocca_la_proposta(riga.proposta_id)
        super().blocca(riga)

    @extend_schema(
        summary="Il documento", responses={(200, Qualunque.media_type): OpenApiTypes.BINARY}
    )
    @action(
        detail=True, methods=["get"], renderer_classes=[Scrittore, Qualunque],
        pagination_class=None, filterset_class=None,
    )  # fmt: skip
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        return self.scarica_riga(self.oggetto())


def _blocca_la_proposta(chiave: int) -> None:
    Proposta.objects.select_for_update(of=("self",)).filter(pk=chiave).first()
