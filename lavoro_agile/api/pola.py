# SPDX-License-Identifier: AGPL-3.0-or-later
"""The POLA: begun, with its phases; its indicators taken from the guideline or the body's own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from lavoro_agile.api.base import Risorsa
from lavoro_agile.api.programma import (
    IndicatorePolaForma,
    IndicatorePolaInteroForma,
    IndicatorePolaRisorsa,
    con_livelli,
)
from lavoro_agile.azioni.pola import (
    PERMESSO,
    Fase,
    apri_programma,
    comincia_pola,
    scrivi_fasi,
)
from lavoro_agile.azioni.programma import aggiungi_indicatore, prendi_dalle_linee_guida
from lavoro_agile.models import Dimensione, FaseSviluppo, IndicatorePola, Pola
from lavoro_agile.pola.linee_guida import presi, proposte
from obiettivi.models import Indicatore
from piani.api.elenchi import Righe, annida, filtro
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Lista, MiaAzienda
from piani.azioni.righe import con_riga_bloccata
from piani.models import Piano

ANNI = {"min_value": 2000, "max_value": 2100}


class FaseForma(Forma):
    genere = serializers.CharField(help_text="emergenziale, avvio, intermedio o avanzato.")
    anno = serializers.IntegerField()
    descrizione = serializers.CharField()


class PolaForma(Forma):
    id = serializers.IntegerField()
    piano = serializers.CharField(source="piano.slug", help_text="Fra i piani.")
    azienda = serializers.CharField(source="piano.azienda.codice")
    titolo = serializers.CharField(source="piano.titolo")
    stato = serializers.CharField(source="piano.stato")
    anno_inizio = serializers.IntegerField(source="piano.anno_inizio")
    anno_fine = serializers.IntegerField(source="piano.anno_fine")
    sezione_di = serializers.CharField(
        source="sezione_di.slug", allow_null=True, help_text="Il piano di cui è una sezione."
    )
    fasi = FaseForma(many=True)
    indicatori = IndicatorePolaForma(many=True)


class ModelloPolaForma(Forma):
    codice = serializers.CharField()
    dimensione = serializers.ChoiceField(choices=Dimensione.choices)
    natura = serializers.ChoiceField(choices=IndicatorePola.Natura.choices)
    nome = serializers.CharField()
    preso = serializers.BooleanField(help_text="È già nel programma.")


class LineeGuidaForma(Forma):
    indicatori = ModelloPolaForma(many=True)


class MioPiano(serializers.SlugRelatedField):
    """A plan of who asks, by its slug."""

    def __init__(self, **come: Any) -> None:
        super().__init__(slug_field="slug", queryset=Piano.objects.all(), **come)

    def get_queryset(self) -> Any:
        return Piano.objects.visibili_a(self.context["request"].user).select_related("azienda")


class NuovoPola(Corpo):
    azienda = MiaAzienda()
    titolo = serializers.CharField(max_length=200)
    anno_inizio = serializers.IntegerField(min_value=2009, max_value=2100)
    anno_fine = serializers.IntegerField(min_value=2009, max_value=2105)
    sezione_di = MioPiano(
        allow_null=True, default=None,
        help_text="Lo slug del Piano della performance, o del PIAO, il cui documento lo riporta.",
    )  # fmt: skip


class AperturaDelProgramma(Corpo):
    piano = serializers.SlugField(max_length=80, help_text="Lo slug di un POLA in bozza.")


class FaseDiSviluppoCorpo(Corpo):
    genere = serializers.ChoiceField(choices=FaseSviluppo.Genere.choices)
    anno = serializers.IntegerField(**ANNI)
    descrizione = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class CambiaPola(Corpo):
    sezione_di = MioPiano(
        allow_null=True, required=False,
        help_text="Lo slug del Piano della performance, o del PIAO, il cui documento lo riporta.",
    )  # fmt: skip
    fasi = FaseDiSviluppoCorpo(
        many=True, max_length=len(FaseSviluppo.Genere), required=False,
        help_text="Tutte: una fase che manca non è di questo POLA.",
    )  # fmt: skip

    def validate_fasi(self, fasi: list[dict[str, Any]]) -> dict[str, Fase]:
        """By phase, each said once."""
        trovate = {una["genere"]: Fase(una["anno"], una["descrizione"]) for una in fasi}
        if len(trovate) < len(fasi):
            raise serializers.ValidationError(_("Una fase è scritta due volte."))
        return trovate


class DalleLineeGuida(Corpo):
    codici = Lista(
        child=serializers.CharField(max_length=40), min_length=1, max_length=100,
        help_text="Tutti, o nessuno.",
    )  # fmt: skip


class NuovoIndicatorePola(Corpo):
    dimensione = serializers.ChoiceField(choices=Dimensione.choices)
    natura = serializers.ChoiceField(choices=IndicatorePola.Natura.choices)
    codice = serializers.CharField(
        max_length=30, help_text="Nuovo nella biblioteca degli indicatori."
    )
    nome = serializers.CharField(max_length=2000)
    tipo_formula = serializers.ChoiceField(choices=Indicatore.Formula.choices)
    unita = serializers.CharField(max_length=30, allow_blank=True, default="")
    verso = serializers.ChoiceField(choices=Indicatore.Verso.choices, allow_blank=True, default="")


class PolaRisorsa(Risorsa):
    """I POLA con le fasi e il programma di sviluppo; risultati e punteggi sono quelli del piano."""

    raccolta = "programmi-pola"
    modello = Pola
    serializer_class = PolaForma
    filterset_class = filtro(Pola, "piano__titolo", azienda="piano__azienda__codice")
    ordini = {"anno": "piano__anno_inizio"}
    ordine = ("-piano__anno_inizio",)

    collegati = ("piano__azienda", "sezione_di")
    condizionati = ("partial_update",)

    def completa(self, righe: Righe) -> None:
        annida(righe, "fasi", FaseSviluppo.objects.order_by("anno"), "pola", FaseForma)
        indicatori = IndicatorePola.objects.order_by("ordine")
        con_livelli(annida(righe, "indicatori", indicatori, "pola", IndicatorePolaForma))

    def blocca(self, riga: Pola) -> None:
        con_riga_bloccata(riga.piano)

    @extend_schema(
        summary="Comincia un POLA",
        description="Nasce in bozza fra i piani, con le quattro parti della linea guida da "
        "scrivere e una fase per ogni anno.",
        request=NuovoPola,
        responses={201: PolaForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoPola)
        azienda = dati.pop("azienda")
        self.esigi(PERMESSO, azienda)
        return self._creato(comincia_pola(azienda, **dati, da=request.user))

    @extend_schema(
        summary="Apri il programma di un POLA che c'è già fra i piani",
        description="Se viene da un altro POLA ne riprende le dimensioni degli indicatori.",
        request=AperturaDelProgramma,
        responses={201: PolaForma},
    )
    @action(detail=False, methods=["post"])
    def apertura(self, request: Request) -> HttpResponse:
        visibili = Piano.objects.visibili_a(request.user).select_related("azienda")
        slug = self.letti(AperturaDelProgramma)["piano"]
        piano = get_object_or_404(visibili, slug=slug, tipo=Piano.Tipo.POLA)
        self.esigi(PERMESSO, piano)
        return self._creato(apri_programma(piano, da=request.user))

    @extend_schema(
        summary="Cambia le fasi, e di quale piano è una sezione",
        request=CambiaPola,
        responses=PolaForma,
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as pola:
            dati = {"sezione_di": pola.sezione_di} | self.letti(CambiaPola)
            fasi = dati.pop("fasi", None)
            if fasi is None:
                fasi = {una.genere: Fase(una.anno, una.descrizione) for una in pola.fasi.all()}
            scrivi_fasi(pola, fasi=fasi, **dati, da=request.user)
        return self.risposta(self.una(pk=pola.pk))

    @extend_schema(summary="Gli indicatori della linea guida", responses=LineeGuidaForma)
    @action(
        detail=True, methods=["get"], url_path="linee-guida", pagination_class=None,
        filterset_class=None,
    )  # fmt: skip
    def linee_guida(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        tutti = [uno for _gruppo, voci in proposte(presi(self.oggetto())) for uno in voci]
        nomi = ("codice", "dimensione", "natura", "nome")
        return self.risposta(
            {
                "indicatori": [
                    {nome: getattr(uno.modello, nome) for nome in nomi} | {"preso": uno.preso}
                    for uno in tutti
                ]
            }
        )

    @extend_schema(
        summary="Prendi indicatori dalla linea guida",
        description="I loro livelli restano da scrivere.",
        request=DalleLineeGuida,
        responses=PolaForma,
    )
    @linee_guida.mapping.post
    def prendi(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, prendi_dalle_linee_guida, DalleLineeGuida)

    @extend_schema(
        summary="Aggiungi un indicatore vostro",
        description="Entra anche nella biblioteca degli indicatori; i suoi livelli restano da "
        "scrivere.",
        request=NuovoIndicatorePola,
        responses={201: IndicatorePolaInteroForma},
    )
    @action(detail=True, methods=["post"])
    def indicatori(self, request: Request, pk: str) -> HttpResponse:
        pola = self.oggetto()
        self.esigi(PERMESSO, pola)
        nuovo = aggiungi_indicatore(pola, **self.letti(NuovoIndicatorePola), da=request.user)
        return self.creata(nuovo.pk, "lavoro-agile/indicatori-pola", IndicatorePolaRisorsa)

    def _creato(self, pola: Pola) -> HttpResponse:
        return self.creata(pola.pk, "lavoro-agile/pola")
