# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede budget of the CdR and their templates: read with what they ask, begun, removed."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.forme_schede import (
    AreaInteraForma,
    AreaSchedaForma,
    ContenutoForma,
    IntestaModello,
    IntestaScheda,
    ModelloForma,
    NuovaAreaScheda,
    NuovaRisorsa,
    NuovoModello,
    ProponiSchede,
    ProposteForma,
    PunteggioSchedaForma,
    RigaForma,
    RisorsaForma,
    RisorsaInteraForma,
    SchedaForma,
)
from obiettivi.api.schede_passi import PassiDellaScheda
from obiettivi.api.schede_righe import AreaSchedaRisorsa, RisorsaSchedaRisorsa
from obiettivi.azioni.passi_scheda import con_scheda_bloccata
from obiettivi.azioni.proposta_scheda import Origine
from obiettivi.azioni.scheda import PREPARA
from obiettivi.filters import SchedaFilter
from obiettivi.models import (
    AreaScheda,
    PunteggioScheda,
    RigaScheda,
    RisorsaScheda,
    SchedaBudget,
)
from obiettivi.models.scheda import SchedaQuerySet
from obiettivi.schede.schemi import schemi_del
from piani.api.elenchi import filtro
from piani.api.filtri import controlla_parametri
from piani.api.risorse import Lettura, Risorsa, colonne_di
from piani.models import Azienda
from piani.organigramma.ambito import unita_sotto

ANNO_PRIMA = "anno_prima"


class SchedaFiltroApi(SchedaFilter):
    """The page's, sorted by ``ordering``."""

    ordina = None  # type: ignore[assignment]
    dipartimento = django_filters.NumberFilter(
        method="sotto", label="Chiave di un'unità: i suoi CdR e quelli sotto"
    )

    def sotto(self, schede: SchedaQuerySet, nome: str, unita: Any) -> SchedaQuerySet:
        return schede.filter(unita__in=unita_sotto({int(unita)}))


class ConContenuto(Risorsa):
    """A scheda or a template: what it is made of, while it can be written."""

    ambito = "obiettivi"
    modello = SchedaBudget
    collegati = ("azienda", "unita")
    condizionati = ("partial_update", "destroy")

    def blocca(self, riga: Any) -> None:
        con_scheda_bloccata(riga)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PREPARA) as scheda:
            azioni.elimina_scheda(scheda, da=request.user)
        return HttpResponse(status=204)

    @extend_schema(summary="Che cosa chiede una scheda", responses=ContenutoForma)
    @action(detail=True, methods=["get"])
    def contenuto(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        scheda = self.oggetto()
        legge = request.user.has_perm("obiettivi.legge_negoziazione", scheda)
        if scheda.in_preparazione and not legge:
            raise Http404  # what is still being negotiated is of who negotiates
        return self.risposta(contenuto_di(scheda))

    @extend_schema(
        summary="Aggiungi un'area", request=NuovaAreaScheda, responses={201: AreaInteraForma}
    )
    @action(detail=True, methods=["post"])
    def aree(self, request: Request, pk: str) -> HttpResponse:
        scheda = self._da_scrivere()
        area = AreaScheda(scheda=scheda, **self.letti(NuovaAreaScheda))
        azioni.aggiungi_alla_scheda(area, da=request.user)
        return self.creata(area.pk, "aree-scheda", AreaSchedaRisorsa)

    @extend_schema(
        summary="Aggiungi una risorsa", request=NuovaRisorsa, responses={201: RisorsaInteraForma}
    )
    @action(detail=True, methods=["post"])
    def risorse(self, request: Request, pk: str) -> HttpResponse:
        scheda = self._da_scrivere()
        risorsa = RisorsaScheda(scheda=scheda, **self.letti(NuovaRisorsa))
        azioni.aggiungi_alla_scheda(risorsa, da=request.user)
        return self.creata(risorsa.pk, "risorse-scheda", RisorsaSchedaRisorsa)

    def _da_scrivere(self) -> SchedaBudget:
        scheda: SchedaBudget = self.oggetto()
        self.esigi(PREPARA, scheda)
        return scheda


class SchedaRisorsa(PassiDellaScheda, ConContenuto, Lettura):
    """Le schede budget dei CdR che chi chiede può leggere."""

    raccolta = "schede-budget"
    serializer_class = SchedaForma
    filterset_class = SchedaFiltroApi
    ordini = {"anno": "anno", "unita_nome": "unita__nome", "stato": "stato"}
    ordine = ("azienda__nome", "-anno", "unita__ordine", "unita__nome")

    def visibili(self) -> QuerySet[Any]:
        return SchedaBudget.objects.visibili_a(self.request.user).dei_cdr()

    @extend_schema(
        summary="Proponi le schede di un anno",
        description="Per tutti i CdR detti, o per nessuno: ciò che lo impedisce è in «errori».",
        request=ProponiSchede,
        responses={201: ProposteForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(ProponiSchede)
        azienda, anno = dati["azienda"], dati["anno"]
        self.esigi(PREPARA, azienda)
        origine = origine_di(azienda, anno, dati["origine"], ANNO_PRIMA, "modello", "schema")
        fatte = azioni.proponi(azienda, anno, dati["unita"], origine=origine, da=request.user)
        righe = self.righe(
            self.get_queryset().filter(pk__in=[una.pk for una in fatte]).order_by("pk")
        )
        dove = f"/api/v1/schede-budget?azienda={azienda.codice}&anno={anno}"
        return self.risposta({"schede": righe}, 201, Location=dove)

    @extend_schema(request=IntestaScheda, responses=SchedaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PREPARA) as scheda:
            azioni.intesta_scheda(scheda, **self.letti(IntestaScheda), da=request.user)
        return self.risposta(self.una(pk=scheda.pk))


class ModelloRisorsa(ConContenuto, Lettura):
    """I modelli da cui si propongono le schede: si scrivono come una scheda, ma non sono di un
    CdR."""

    raccolta = "modelli-scheda"
    serializer_class = ModelloForma
    filterset_class = filtro(SchedaBudget, "nome", azienda="azienda__codice", anno="anno")
    ordini = {"anno": "anno", "nome": "nome"}
    ordine = ("azienda_id", "-anno", "nome")

    def visibili(self) -> QuerySet[Any]:
        return SchedaBudget.objects.visibili_a(self.request.user).modelli()

    @extend_schema(request=NuovoModello, responses={201: ModelloForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoModello)
        azienda, anno = dati["azienda"], dati["anno"]
        self.esigi(PREPARA, azienda)
        origine: Any = origine_di(azienda, anno, dati["origine"], "schema", "modello", "scheda")
        modello = azioni.crea_modello(
            azienda, anno=anno, nome=dati["nome"], origine=origine, da=request.user
        )
        return self.creata(modello.pk, "modelli-scheda")

    @extend_schema(request=IntestaModello, responses=ModelloForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PREPARA) as modello:
            detti = {"nota": modello.nota} | self.letti(IntestaModello)
            azioni.intesta_scheda(modello, **detti, da=request.user)
        return self.risposta(self.una(pk=modello.pk))


def origine_di(azienda: Azienda, anno: int, detta: str, *ammesse: str) -> Origine:
    """From what new schede are made, as the request says it.

    :raises ValidationError: it is not one of the kinds admitted, or there is no such thing.
    """
    genere, _due_punti, chiave = detta.partition(":")
    trova: dict[str, Callable[[], Origine | None]] = {
        ANNO_PRIMA: azioni.AnnoPrima,
        "schema": lambda: next((uno for uno in schemi_del(anno) if uno.codice == chiave), None),
        "modello": lambda: _scheda(SchedaBudget.objects.modelli(), azienda, chiave),
        "scheda": lambda: _scheda(SchedaBudget.objects.dei_cdr(), azienda, chiave),
    }
    origine = trova[genere]() if genere in ammesse else None
    if origine is None:
        raise ValidationError(
            {"origine": _("Non c'è: si scrive %(quali)s.") % {"quali": ", ".join(ammesse)}}
        )
    return origine


def _scheda(schede: QuerySet[Any], azienda: Azienda, chiave: str) -> SchedaBudget | None:
    if not (chiave.isascii() and chiave.isdigit() and len(chiave) <= 18):
        return None
    trovata: SchedaBudget | None = schede.filter(azienda=azienda, pk=chiave).first()
    return trovata


def contenuto_di(scheda: SchedaBudget) -> dict[str, Any]:
    """The content of a scheda as sent: four queries."""
    righe: dict[int, list[dict[str, Any]]] = defaultdict(list)
    della_riga = colonne_di(RigaForma)
    lette = RigaScheda.objects.filter(area__scheda=scheda).order_by("ordine", "pk")
    for area, *valori in lette.values_list("area_id", *della_riga.values()):
        righe[area].append(dict(zip(della_riga, valori, strict=True)))
    nomi = tuple(colonne_di(AreaSchedaForma))
    aree = scheda.aree.order_by("ordine", "pk").values_list(*nomi)
    risorse = RisorsaScheda.objects.filter(scheda=scheda).order_by("ordine", "pk")
    punteggi = PunteggioScheda.objects.filter(scheda=scheda).order_by(
        "frazione", "livello", "oggetto"
    )
    return {
        "aree": [{**dict(zip(nomi, area, strict=True)), "righe": righe[area[0]]} for area in aree],
        "risorse": list(risorse.values(*RisorsaForma().fields)),
        "punteggi": list(punteggi.values(*PunteggioSchedaForma().fields)),
    }
