# SPDX-License-Identifier: AGPL-3.0-or-later
"""The times of the cities: the survey of the Piani dei Tempi, the projects of L.r. 28/2004."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.api.forme_rete import DellAzienda
from conciliazione.azioni.righe import scrivi_riga
from conciliazione.azioni.tempi import PERMESSO as RILEVA
from conciliazione.azioni.tempi import DelComune, chiedi_tempi, rispondi_tempi
from conciliazione.models import (
    Comune,
    EdizioneConciliazione,
    InterventoTempi,
    PianoDeiTempi,
    ProgettoTempi,
    RilevazioneTempi,
)
from conciliazione.models.territorio import ABITANTI_OBBLIGO
from piani.api.forme import Corpo, Forma

GESTISCE = "conciliazione.gestisce_rete"
ANNO = {"min_value": 1990, "max_value": 2100}


class PianoDelComuneForma(Forma):
    comune = serializers.IntegerField(source="comune_id")
    comune_nome = serializers.CharField(source="comune.nome")
    abitanti = serializers.IntegerField(
        source="comune.abitanti", allow_null=True,
        help_text=f"Oltre {ABITANTI_OBBLIGO} il Piano dei Tempi è obbligatorio (L. 53/2000, "
        "art. 23).",
    )  # fmt: skip
    adottato = serializers.BooleanField()
    anno = serializers.IntegerField(allow_null=True, help_text="Di adozione.")
    vigente = serializers.BooleanField()
    nota = serializers.CharField()


class RilevazioneTempiForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    ambito = serializers.IntegerField(source="ambito_id")
    ambito_nome = serializers.CharField(source="ambito.nome")
    esito = serializers.CharField(
        help_text="non_pervenuto, nessuno, in_parte, non_aggiornato, vigente o senza_piano."
    )
    testo = serializers.CharField(help_text="La risposta, come è stampata.")
    chiesta_il = serializers.DateField(allow_null=True)
    risposta_il = serializers.DateField(allow_null=True)
    comuni = PianoDelComuneForma(
        many=True, help_text="I comuni di cui la risposta dice qualcosa; degli altri non si sa."
    )


class ChiediTempi(Corpo):
    edizione = serializers.SlugField(max_length=80)
    chiesta_il = serializers.DateField()


class RispostaDelComune(Corpo):
    comune = DellAzienda(queryset=Comune.objects.all())
    adottato = serializers.BooleanField()
    anno = serializers.IntegerField(allow_null=True, default=None, **ANNO)
    vigente = serializers.BooleanField(default=False)
    nota = serializers.CharField(max_length=300, allow_blank=True, default="")


class RispostaTempi(Corpo):
    esito = serializers.ChoiceField(choices=RilevazioneTempi.Esito.values)
    testo = serializers.CharField(max_length=5000, allow_blank=True, default="")
    risposta_il = serializers.DateField(allow_null=True, default=None)
    comuni = RispostaDelComune(many=True, default=list, max_length=500)


class RilevazioneTempiRisorsa(Risorsa):
    """Che cosa risponde ogni ambito sui Piani dei Tempi dei suoi comuni. Chi rappresenta un ambito
    legge la sua risposta."""

    raccolta = "rilevazioni-tempi"
    modello = RilevazioneTempi
    serializer_class = RilevazioneTempiForma
    filterset_class = filtro(
        RilevazioneTempi, "ambito__nome", edizione="edizione", ambito="ambito", esito="esito"
    )
    ordini = {"ambito": "ambito__ordine", "risposta_il": "risposta_il"}
    ordine = ("edizione_id", "ambito__ordine")
    collegati = ("edizione__azienda", "ambito")
    condizionati = ("partial_update",)

    def completa(self, righe: Righe) -> None:
        suoi = PianoDeiTempi.objects.order_by("comune__nome", "pk")
        annida(righe, "comuni", suoi, "rilevazione", PianoDelComuneForma)

    @extend_schema(
        summary="Comincia la rilevazione di un'edizione",
        description="Ogni ambito che non ha una risposta ne riceve una vuota; si dà la prima, le "
        "altre si leggono nell'elenco.",
        request=ChiediTempi,
        responses={201: RilevazioneTempiForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(ChiediTempi)
        visibili = EdizioneConciliazione.objects.visibili_a(request.user)
        edizione = get_object_or_404(visibili, slug=dati["edizione"])
        self.esigi(RILEVA, edizione)
        prima = chiedi_tempi(edizione, chiesta_il=dati["chiesta_il"], da=request.user)[0]
        dove = f"/api/v1/conciliazione/rilevazioni-tempi?edizione={edizione.slug}"
        return self.risposta(self.una(pk=prima.pk), 201, Location=dove)

    @extend_schema(
        summary="Scrivi la risposta di un ambito",
        description="Tutta insieme: i comuni che non ci sono restano senza notizie.",
        request=RispostaTempi,
        responses=RilevazioneTempiForma,
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(RILEVA) as riga:
            dati = self.letti(RispostaTempi)
            detti = {uno.pop("comune").pk: DelComune(**uno) for uno in dati.pop("comuni")}
            rispondi_tempi(riga, dati, detti, da=request.user)
        return self.risposta(self.una(pk=riga.pk))


class ProgettoTempiForma(Forma):
    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    comune = serializers.IntegerField(source="comune_id")
    comune_nome = serializers.CharField(source="comune.nome")
    titolo = serializers.CharField()
    azioni = serializers.CharField()
    bando = serializers.CharField()
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    concluso = serializers.BooleanField()


class CambiaProgettoTempi(Corpo):
    titolo = serializers.CharField(max_length=200)
    azioni = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    bando = serializers.CharField(max_length=120, allow_blank=True, required=False)
    dal = serializers.DateField(allow_null=True, required=False)
    al = serializers.DateField(allow_null=True, required=False)
    concluso = serializers.BooleanField(required=False)


class NuovoProgettoTempi(CambiaProgettoTempi):
    comune = DellAzienda(queryset=Comune.objects.all())


class ProgettoTempiRisorsa(Risorsa):
    """I progetti sui tempi delle città finanziati dalla L.r. 28/2004."""

    raccolta = "progetti-tempi"
    modello = ProgettoTempi
    serializer_class = ProgettoTempiForma
    filterset_class = filtro(
        ProgettoTempi, "titolo", azienda="azienda__codice", comune="comune", concluso="concluso"
    )
    ordini = {"titolo": "titolo", "comune": "comune__nome"}
    ordine = ("azienda_id", "comune__nome", "titolo")
    collegati = ("azienda", "comune")
    condizionati = ("partial_update",)

    @extend_schema(request=NuovoProgettoTempi, responses={201: ProgettoTempiForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoProgettoTempi)
        nuovo = ProgettoTempi(azienda=dati["comune"].azienda)
        self.esigi(GESTISCE, nuovo)
        self._scrivi(nuovo, dati)
        dove = f"/api/v1/conciliazione/progetti-tempi/{nuovo.pk}"
        return self.risposta(self.una(pk=nuovo.pk), 201, Location=dove)

    @extend_schema(request=CambiaProgettoTempi, responses=ProgettoTempiForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GESTISCE) as progetto:
            self._scrivi(progetto, self.letti(CambiaProgettoTempi, partial=True))
        return self.risposta(self.una(pk=progetto.pk))

    def _scrivi(self, riga: ProgettoTempi, dati: dict[str, Any]) -> None:
        scrivi_riga(riga, dati, permesso=GESTISCE, tipo="conc_progetto_tempi", da=self.request.user)


class ComuneBreve(Forma):
    id = serializers.IntegerField()
    nome = serializers.CharField()


class InterventoTempiForma(Forma):
    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    ordine = serializers.IntegerField()
    priorita = serializers.CharField(help_text="L'ambito prioritario del bando.")
    descrizione = serializers.CharField()
    bando = serializers.CharField()
    comuni = ComuneBreve(many=True, help_text="Che lo hanno realizzato.")


class InterventoTempiRisorsa(Risorsa):
    """Gli interventi sui tempi delle città dell'ultimo bando, con i comuni che li hanno fatti."""

    raccolta = "interventi-tempi"
    modello = InterventoTempi
    serializer_class = InterventoTempiForma
    filterset_class = filtro(
        InterventoTempi, "descrizione", azienda="azienda__codice", priorita="priorita"
    )
    ordini = {"ordine": "ordine"}
    ordine = ("azienda_id", "ordine")

    def completa(self, righe: Righe) -> None:
        comuni: QuerySet[Any] = Comune.objects.order_by("nome", "pk")
        annida(righe, "comuni", comuni, "interventi_tempi", ComuneBreve)
