# SPDX-License-Identifier: AGPL-3.0-or-later
"""The agreements of the projects: written, out to be signed, back in draft, dissolved."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, annida, filtro
from conciliazione.api.del_progetto import DelProgetto
from conciliazione.azioni.accordo import (
    GESTISCE,
    chi_scrive,
    manda_alla_firma,
    riporta_accordo_in_bozza,
    sciogli_accordo,
    scrivi_accordo,
)
from conciliazione.models import Accordo, FirmaAccordo
from piani.api.forme import Corpo, Forma
from piani.api.passi import un_passo
from piani.api.piani import Motivo

LUNGO = 200_000
"""Characters of an agreement: a book."""


class FirmaForma(Forma):
    ente = serializers.IntegerField(source="ente_id")
    ente_nome = serializers.CharField(source="ente.nome")
    firmata_il = serializers.DateTimeField(allow_null=True)


class AccordoDiProgettoForma(Forma):
    id = serializers.IntegerField()
    progetto = serializers.IntegerField(source="progetto_id")
    genere = serializers.CharField(help_text="partenariato o convenzione.")
    stato = serializers.CharField()
    protocollo = serializers.CharField()
    testo = serializers.CharField(help_text="In Markdown.")
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    sottoscritto_il = serializers.DateField(allow_null=True)
    firme = FirmaForma(many=True)


class CambiaAccordo(Corpo):
    testo = serializers.CharField(
        max_length=LUNGO, allow_blank=True, required=False,
        help_text="In Markdown: ruoli, modi di partecipare e apporti di ciascun ente.",
    )  # fmt: skip
    protocollo = serializers.CharField(max_length=60, allow_blank=True, required=False)
    dal = serializers.DateField(allow_null=True, required=False)
    al = serializers.DateField(allow_null=True, required=False)


class NuovoAccordo(CambiaAccordo):
    genere = serializers.ChoiceField(choices=Accordo.Genere.values)
    testo = serializers.CharField(
        max_length=LUNGO, allow_blank=True, default="", help_text="In Markdown."
    )


class AccordoRisorsa(DelProgetto):
    """Gli accordi dei progetti e le loro firme. Quello dell'Alleanza lo scrive il capofila o
    l'ATS, la convenzione solo l'ATS."""

    raccolta = "accordi"
    modello = Accordo
    serializer_class = AccordoDiProgettoForma
    filterset_class = filtro(
        Accordo, "progetto__titolo", edizione="progetto__edizione", progetto="progetto",
        genere="genere", stato="stato",
    )  # fmt: skip
    ordini = {"sottoscritto_il": "sottoscritto_il"}
    ordine = ("progetto_id",)
    condizionati = ("partial_update",)
    invio = un_passo("invio", "Manda alla firma", "", manda_alla_firma)
    scioglimento = un_passo("scioglimento", "Sciogli", GESTISCE, sciogli_accordo, Motivo)

    def completa(self, righe: Righe) -> None:
        firme = FirmaAccordo.objects.order_by("ente__nome", "pk")
        annida(righe, "firme", firme, "accordo", FirmaForma)

    @extend_schema(
        summary="Scrivi il testo in bozza",
        request=CambiaAccordo,
        responses=AccordoDiProgettoForma,
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(chi_scrive(self.oggetto().genere)) as questo:
            adesso = {nome: getattr(questo, nome) for nome in CambiaAccordo().fields}
            scrivi_accordo(
                questo.progetto,
                genere=questo.genere,
                accordo=questo,
                **adesso | self.letti(CambiaAccordo),
                da=request.user,
            )
        return self.risposta(self.una(pk=questo.pk))

    @extend_schema(
        summary="Riporta in bozza",
        description="Le firme già date cadono; nel registro resta chi aveva firmato.",
        request=Motivo,
        responses=AccordoDiProgettoForma,
    )
    @action(detail=True, methods=["post"])
    def bozza(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(chi_scrive(self.oggetto().genere), riporta_accordo_in_bozza, Motivo)
