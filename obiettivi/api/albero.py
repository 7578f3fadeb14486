# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of a plan: read whole, and written row by row while it is a draft."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.filtri import AreaFilter, MisuraFilter, ObiettivoFilter
from obiettivi.api.forme_albero import (
    AlberoForma,
    AreaForma,
    CambiaArea,
    CambiaMisura,
    CambiaObiettivo,
    MisuraForma,
    NuovaArea,
    NuovaMisura,
    NuovoObiettivo,
    ObiettivoForma,
)
from obiettivi.api.indicatori import target_di, ultimi_punteggi
from obiettivi.azioni.albero import Atteso
from obiettivi.models import AreaStrategica, Indicatore, Misura, Obiettivo
from piani.api.del_piano import IL_PIANO, DelPiano, RigaDellaBozza
from piani.api.filtri import controlla_parametri
from piani.api.risorse import Elenco, Lettura
from piani.azioni import aggiungi, elimina
from piani.models import Piano

PERMESSO = "piani.modifica"


class AreaRisorsa(RigaDellaBozza, Lettura):
    """Le aree e le linee strategiche dei piani."""

    ambito = "obiettivi"
    raccolta = "aree"
    modello = AreaStrategica
    serializer_class = AreaForma
    filterset_class = AreaFilter
    ordini = {"ordine": "ordine", "nome": "nome", "codice": "codice"}
    ordine = ("piano_id", "tipo", "ordine")
    collegati = ("piano__azienda",)

    def visibili(self) -> QuerySet[Any]:
        return AreaStrategica.objects.filter(piano__in=Piano.objects.visibili_a(self.request.user))

    @extend_schema(request=CambiaArea, responses=AreaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.cambia(CambiaArea)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        return self.togli(elimina)

    @extend_schema(
        summary="Aggiungi un obiettivo", request=NuovoObiettivo, responses={201: ObiettivoForma}
    )
    @action(detail=True, methods=["post"])
    def obiettivi(self, request: Request, pk: str) -> HttpResponse:
        area = self.oggetto()
        self.esigi(PERMESSO, area.piano)
        nuovo = Obiettivo(area=area, **self.letti(NuovoObiettivo))
        aggiungi(nuovo, da=request.user)
        return self.creata(nuovo.pk, "obiettivi", ObiettivoRisorsa)


@extend_schema(parameters=[IL_PIANO])
class AreeDelPiano(Elenco, DelPiano):
    """Le aree di un piano."""

    ambito = "obiettivi"
    raccolta = "aree"
    modello = AreaStrategica
    serializer_class = AreaForma
    filterset_class = None
    ordini = AreaRisorsa.ordini
    ordine = ("tipo", "ordine")

    def visibili(self) -> QuerySet[Any]:
        return AreaStrategica.objects.filter(piano=self.piano())

    @extend_schema(summary="Aggiungi un'area", request=NuovaArea, responses={201: AreaForma})
    def create(self, request: Request, piano: str) -> HttpResponse:
        questo = self.piano()
        self.esigi(PERMESSO, questo)
        area = AreaStrategica(piano=questo, **self.letti(NuovaArea))
        aggiungi(area, da=request.user)
        return self.creata(area.pk, "aree", AreaRisorsa)


class ObiettivoRisorsa(RigaDellaBozza, Lettura):
    """Gli obiettivi dei piani."""

    ambito = "obiettivi"
    raccolta = "obiettivi"
    modello = Obiettivo
    serializer_class = ObiettivoForma
    filterset_class = ObiettivoFilter
    ordini = {"ordine": "ordine", "titolo": "titolo", "codice": "codice"}
    ordine = ("area__piano_id", "area__tipo", "area__ordine", "ordine")
    collegati = ("area__piano__azienda",)

    @extend_schema(request=CambiaObiettivo, responses=ObiettivoForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.cambia(CambiaObiettivo)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        return self.togli(elimina)

    @extend_schema(
        summary="Misura l'obiettivo con un indicatore",
        request=NuovaMisura,
        responses={201: MisuraForma},
    )
    @action(detail=True, methods=["post"])
    def misure(self, request: Request, pk: str) -> HttpResponse:
        obiettivo = self.oggetto()
        self.esigi(PERMESSO, obiettivo.piano)
        dati = self.letti(NuovaMisura)
        attesi = attesi_di(dati.pop("attesi", ()))
        indicatore = _indicatore(obiettivo.piano, dati.pop("indicatore"))
        misura = azioni.aggiungi_misura(
            obiettivo, indicatore, attesi=attesi, **dati, da=request.user
        )
        return self.creata(misura.pk, "misure", MisuraRisorsa)


class MisuraRisorsa(RigaDellaBozza, Lettura):
    """Gli indicatori al servizio degli obiettivi, con i loro target."""

    ambito = "obiettivi"
    raccolta = "misure"
    modello = Misura
    serializer_class = MisuraForma
    filterset_class = MisuraFilter
    ordini = {"ordine": "ordine", "indicatore": "indicatore__codice"}
    ordine = ("obiettivo_id", "ordine")
    collegati = ("obiettivo__area__piano__azienda", "indicatore")

    def completa(self, righe: list[dict[str, Any]]) -> None:
        target = target_di([riga["id"] for riga in righe])
        for riga in righe:
            riga["target"] = target.get(riga["id"], [])

    @extend_schema(request=CambiaMisura, responses=MisuraForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO, _piano_di) as misura:
            dati = self.letti(CambiaMisura)
            attesi = attesi_di(dati.pop("attesi", ()))
            detti = {
                "base": misura.base_stampata,
                "base_anno": misura.base_anno,
                "peso": misura.peso,
                "nota": misura.nota,
            } | dati
            azioni.modifica_misura(misura, attesi=attesi, **detti, da=request.user)
        return self.risposta(self.una(pk=misura.pk))

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        return self.togli(elimina)


@extend_schema(parameters=[IL_PIANO])
class AlberoRisorsa(DelPiano):
    """L'albero intero di un piano: aree, obiettivi, indicatori, target, ultimi punteggi."""

    ambito = "obiettivi"
    raccolta = "piani"
    modello = Piano
    serializer_class = AlberoForma
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        summary="L'albero di un piano",
        operation_id="piani_albero_retrieve",
        responses=forced_singular_serializer(AlberoForma),
    )
    def list(self, request: Request, piano: str) -> HttpResponse:
        controlla_parametri(request, ())
        questo = self.piano()
        return self.risposta({"piano": questo.slug, "aree": aree_di(questo)})


def aree_di(piano: Piano) -> list[dict[str, Any]]:
    """The areas of a plan with all that hangs from them: five queries."""
    obiettivi = _raccolti(
        Obiettivo.objects.filter(area__piano=piano).order_by("ordine", "pk"),
        ("area_id", "pk", "codice", "titolo", "dimensione", "parent_id", "responsabile_id",
         "peso", "prerequisito"),
        ("id", "codice", "titolo", "dimensione", "sotto", "responsabile", "peso", "prerequisito"),
    )  # fmt: skip
    misure = _raccolti(
        Misura.objects.filter(obiettivo__area__piano=piano).order_by("ordine", "pk"),
        ("obiettivo_id", "pk", "indicatore__codice", "indicatore__nome", "indicatore__unita",
         "peso", "base_anno", "base_stampata"),
        ("id", "indicatore", "nome", "unita", "peso", "base_anno", "base_stampata"),
    )  # fmt: skip
    chiavi = [una["id"] for sue in misure.values() for una in sue]
    target, punteggi = target_di(chiavi), ultimi_punteggi([piano.pk], chiavi)
    for sue in misure.values():
        for una in sue:
            una |= {
                "target": target.get(una["id"], []),
                "punteggi": punteggi.get(una["id"], []),
            }
    for suoi in obiettivi.values():
        for uno in suoi:
            uno["misure"] = misure.get(uno["id"], [])
    nomi = ("id", "codice", "tipo", "nome", "peso")
    aree = piano.aree.order_by("tipo", "ordine").values_list("pk", *nomi[1:])
    return [
        {**dict(zip(nomi, area, strict=True)), "obiettivi": obiettivi.get(area[0], [])}
        for area in aree
    ]


def _raccolti(
    righe: QuerySet[Any], colonne: Iterable[str], nomi: Iterable[str]
) -> dict[int, list[dict[str, Any]]]:
    """Rows as sent, under what the first column names."""
    nomi, per_padre = tuple(nomi), defaultdict(list)
    for padre, *valori in righe.values_list(*colonne):
        per_padre[padre].append(dict(zip(nomi, valori, strict=True)))
    return per_padre


def attesi_di(letti: Iterable[dict[str, Any]]) -> dict[int, Atteso]:
    """What is asked, by year, as the actions want it."""
    return {uno["anno"]: Atteso(uno["stampato"], uno["confermato"]) for uno in letti}


def _piano_di(riga: Any) -> Piano:
    return riga.piano


def _indicatore(piano: Piano, codice: str) -> Indicatore:
    trovato = Indicatore.objects.filter(azienda=piano.azienda_id, codice=codice).first()
    if trovato is None:
        raise ValidationError({"indicatore": _("Nessun indicatore ha questo codice.")})
    return trovato
