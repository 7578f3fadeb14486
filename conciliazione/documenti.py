# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the conciliation gives to the photograph of its two documents: plain data, no querysets.

The shape is the published schema ``static/schemi/conciliazione-1.schema.json``.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q

from conciliazione.calcolo.importi import quota_contributo
from conciliazione.calcolo.quadratura import Riga
from conciliazione.finanziario.grandezze import nomi_di
from conciliazione.finanziario.quadro import corrente, quadro_di
from conciliazione.models import (
    Ambito,
    AzioneDiPiano,
    ComposizioneRete,
    EdizioneConciliazione,
    Partner,
    Progetto,
    Riscontro,
    SemestreMonitoraggio,
    ValoreIndicatore,
)
from piani.models import Piano

SCHEMA = "albero/conciliazione/1"
Dati = dict[str, Any]


def capitoli(piano: Piano) -> Dati:
    """The chapters of a document of the conciliation; nothing for any other plan."""
    edizione = (
        EdizioneConciliazione.objects.filter(Q(piano=piano) | Q(indirizzo=piano))
        .select_related("azienda")
        .first()
    )
    if edizione is None:
        return {}
    return {
        "schema": SCHEMA,
        "conciliazione": {
            "documento": "piano" if edizione.piano_id == piano.pk else "indirizzo",
            "edizione": {
                "slug": edizione.slug,
                "nome": edizione.nome,
                "atto": edizione.atto,
                "atto_data": _giorno(edizione.atto_data),
                "dotazione": edizione.dotazione,
                "dimostrativa": edizione.dimostrativa,
            },
            "finalita": [una.nome for una in edizione.regole.finalita],
            "interventi": _interventi(edizione),
            "rete": _rete(edizione),
            "comitato": [
                {"ordine": s.ordine, "tipologia": s.tipologia,
                 "ente": str(s), "capofila": s.capofila}
                for s in edizione.seggi.filter(al__isnull=True).select_related("ente")
            ],
            "progetti": _progetti(edizione),
            "azioni": _azioni(edizione),
            "finanziario": _finanziario(edizione),
            "indicatori": _indicatori(edizione),
            "riscontri": [_riscontro(uno) for uno in edizione.riscontri.order_by("ordine", "pk")],
        },
    }  # fmt: skip


def _giorno(giorno: date | None) -> str:
    return giorno.isoformat() if giorno else ""


def _interventi(edizione: EdizioneConciliazione) -> list[Dati]:
    return [
        {
            "codice": una.codice,
            "nome": una.nome,
            "tempi": una.tempi,
            "voci": [{"codice": voce.codice, "nome": voce.nome} for voce in una.interventi],
        }
        for una in edizione.regole.catalogo
    ]


def _rete(edizione: EdizioneConciliazione) -> Dati:
    """The last composition approved, and the Ambiti with how many municipalities each has."""
    composizione = (
        edizione.composizioni.filter(stato=ComposizioneRete.Stato.APPROVATA)
        .order_by("-anno", "-semestre")
        .prefetch_related("righe")
        .first()
    )
    ambiti = Ambito.objects.filter(azienda=edizione.azienda).annotate(quanti=Count("comuni"))
    return {
        "composizione": None if composizione is None else _composizione(composizione),
        "ambiti": [
            {"nome": uno.nome, "comuni": uno.quanti, "comuni_stampati": uno.comuni_stampati}
            for uno in ambiti.order_by("ordine", "nome")
        ],
    }


def _composizione(composizione: ComposizioneRete) -> Dati:
    righe = [
        {"tipo": riga.get_tipo_display(), "stampato": riga.stampato, "calcolato": riga.calcolato}
        for riga in composizione.righe.all()
    ]
    conti = [r["stampato"] if r["calcolato"] is None else r["calcolato"] for r in righe]
    return {
        "al": _giorno(composizione.al),
        "righe": righe,
        "totale": sum(uno for uno in conti if uno is not None),
        "totale_stampato": composizione.totale_stampato,
    }


def _progetti(edizione: EdizioneConciliazione) -> list[Dati]:
    progetti = (
        Progetto.objects.filter(edizione=edizione)
        .select_related("capofila", "proposta")
        .prefetch_related(
            "azioni",
            Prefetch(
                "proposta__partner",
                Partner.objects.filter(stato=Partner.Stato.CONFERMATO).select_related("ente"),
                to_attr="confermati",
            ),
        )
        .order_by("numero")
    )
    return [_progetto(uno) for uno in progetti]


def _progetto(progetto: Progetto) -> Dati:
    return {
        "numero": progetto.numero,
        "titolo": progetto.titolo,
        "capofila": str(progetto.capofila),
        "stato": progetto.stato,
        "stato_etichetta": progetto.get_stato_display(),
        "cup": progetto.cup,
        "costo": progetto.costo,
        "contributo": progetto.contributo,
        "quota": _al_centesimo(quota_contributo(progetto.contributo, progetto.costo)),
        "cofinanziamento": progetto.costo - progetto.contributo,
        "dal": _giorno(progetto.dal),
        "al": _giorno(progetto.al),
        "partner": sorted(str(uno.ente) for uno in progetto.proposta.confermati),
        "azioni": [
            {
                "ordine": una.ordine,
                "titolo": una.titolo,
                "stato": una.get_stato_display(),
                "persone": una.persone,
                "imprese": una.imprese,
                "dal": _giorno(una.dal),
                "al": _giorno(una.al),
            }
            for una in progetto.azioni.all()
        ],
        "riga_fonte": progetto.riga_fonte,
    }


def _al_centesimo(valore: Decimal | None) -> Decimal | None:
    return None if valore is None else valore.quantize(Decimal("0.01"))


def _azioni(edizione: EdizioneConciliazione) -> list[Dati]:
    righe = AzioneDiPiano.objects.filter(edizione=edizione).annotate(incontrate=Count("incontri"))
    return [
        {
            "genere": una.genere,
            "genere_etichetta": una.get_genere_display(),
            "titolo": una.titolo,
            "gruppo": una.gruppo,
            "descrizione": una.descrizione,
            "stato": una.get_stato_display(),
            "importo": una.importo,
            "incontri": una.incontrate,
            "riga_fonte": una.riga_fonte,
        }
        for una in righe.order_by("genere", "ordine")
    ]


def _finanziario(edizione: EdizioneConciliazione) -> Dati | None:
    piano = corrente(edizione.pk)
    if piano is None:
        return None
    quadro = quadro_di(piano)
    voci = {una.pk: una for una in piano.voci.all()}
    nomi = nomi_di(edizione)

    def riga(una: Riga) -> Dati:
        voce = voci[una.voce.chiave]
        return {
            "codice": una.voce.codice,
            "nome": una.voce.nome,
            "livello": una.livello,
            "stampato": voce.stampato,
            "calcolato": una.calcolato,
            "differenza": una.differenza,
            "quota": _al_centesimo(una.quota),
            "calcolo": nomi.get(voce.calcolo, ""),
            "nota": voce.nota,
            "riga_fonte": voce.riga_fonte,
        }

    return {
        "nome": piano.nome,
        "stato": piano.get_stato_display(),
        "fonti": [riga(una) for una in quadro.fonti],
        "impieghi": [riga(una) for una in quadro.impieghi],
        "totali": [riga(una) for una in quadro.totali],
        "totale_fonti": quadro.totale_fonti,
        "totale_impieghi": quadro.totale_impieghi,
        "saldo": quadro.saldo,
    }


def _indicatori(edizione: EdizioneConciliazione) -> list[Dati]:
    """The indicators of the edition, with the values of the last semester that was closed."""
    semestre = (
        SemestreMonitoraggio.objects.filter(
            edizione=edizione, stato=SemestreMonitoraggio.Stato.CHIUSO
        )
        .order_by("-anno", "-semestre")
        .first()
    )
    valori: dict[str, ValoreIndicatore] = {}
    if semestre is not None:
        del_piano = ValoreIndicatore.objects.filter(
            semestre=semestre, progetto__isnull=True, azione__isnull=True, dettaglio=""
        )
        valori = {uno.codice: uno for uno in del_piano}
    return [
        {
            "codice": uno.codice,
            "nome": uno.nome,
            "gruppo": uno.gruppo.value,
            "fonte": uno.fonte,
            "semestre": str(semestre) if uno.codice in valori else "",
            "valore": _valore(valori.get(uno.codice)),
        }
        for uno in edizione.regole.indicatori
    ]


def _valore(riga: ValoreIndicatore | None) -> Decimal | None:
    return None if riga is None else _al_centesimo(riga.valore)


def _riscontro(uno: Riscontro) -> Dati:
    return {
        "chiave": uno.chiave,
        "dove": uno.dove,
        "stampato": uno.stampato,
        "valore_stampato": _netto(uno.valore_stampato),
        "calcolato": _netto(uno.calcolato),
        "differenza": _netto(uno.differenza),
        "unita": uno.unita,
        "nota": uno.nota,
        "presa_atto": uno.presa_atto,
        "riga_fonte": uno.riga_fonte,
    }


def _netto(valore: Decimal | None) -> Decimal | None:
    return None if valore is None else valore.normalize() + 0
