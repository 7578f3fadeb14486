# SPDX-License-Identifier: AGPL-3.0-or-later
"""The photograph of a plan: plain data, the same for page, PDF, JSON and CSV.

Each app gives its chapters (``settings.ALBERO_CAPITOLI``); dictionaries under the same key are
merged, so that a higher floor can add the scores to what the ground floor says of the plan.
The shape is the published schema ``static/schemi/documento-1.schema.json``.
"""

from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from piani.models import (
    Azienda,
    CellaQuadro,
    LogoAzienda,
    Organigramma,
    Piano,
    QuadroDati,
    UnitaOrganizzativa,
)
from piani.stampa.piao import MENO_DI, piao
from piani.testo import html_da_markdown

SCHEMA = "albero/documento/1"
Dati = dict[str, Any]


def fotografa(piano: Piano, *, versione: int, giorno: date) -> Dati:
    """The whole content of the plan's document on that day, as plain data (figures Decimal)."""
    foto = frontespizio(SCHEMA, versione=versione, giorno=giorno)
    for percorso in settings.ALBERO_CAPITOLI:
        for chiave, valore in import_string(percorso)(piano).items():
            if isinstance(valore, dict) and chiave in foto:
                foto[chiave] |= valore
            else:
                foto[chiave] = valore
    if piano.tipo == Piano.Tipo.PIAO:
        foto["piao"] = piao(foto, semplificato=semplificato(piano))
    return foto


def semplificato(piano: Piano) -> bool:
    """Whether the short form is due: by the figure of the azienda, by the plan where there is none
    (art. 6 DM 132/2022).
    """
    dipendenti = piano.azienda.dipendenti
    return piano.meno_di_50 if dipendenti is None else dipendenti < MENO_DI


def frontespizio(schema: str, *, versione: int, giorno: date) -> Dati:
    """How every photograph begins: its kind, its version and its day."""
    return {
        "schema": schema,
        "generatore": {"nome": "Albero", "versione": settings.ALBERO_VERSIONE},
        "versione": versione,
        "data": giorno.isoformat(),
        "lingua": "it",
        "licenza": "CC-BY-4.0",
    }


def capitoli(piano: Piano) -> Dati:
    """What the ground floor has to say."""
    return {
        "azienda": azienda_in_dati(piano.azienda),
        "piano": piano_in_dati(piano),
        "sezioni": [
            {"tipo": s.tipo, "titolo": s.titolo, "html": html_da_markdown(s.testo)}
            for s in piano.sezioni.all()
        ],
        "quadri": [_quadro(quadro) for quadro in piano.quadri.prefetch_related("celle")],
        "quadrature": [
            {
                "dove": q.dove,
                "stampato": q.stampato,
                "calcolato": q.calcolato.normalize() + 0,
                "differenza": q.differenza.normalize() + 0,
                "quadra": q.quadra,
                "nota": q.nota,
                "riga_fonte": q.riga_fonte,
            }
            for q in piano.quadrature.all()
        ],
        "fasi": [
            {
                "ordine": f.ordine,
                "nome": f.nome,
                "descrizione": f.descrizione,
                "scadenza": f.scadenza,
            }
            for f in piano.fasi.all()
        ],
        "organigramma": _organigramma(piano),
    }


def azienda_in_dati(azienda: Azienda) -> Dati:
    """Who the body is, as the photograph says it."""
    logo = LogoAzienda.objects.filter(azienda=azienda).first()
    return {
        "codice": azienda.codice,
        "tipo": azienda.tipo,
        "nome": azienda.nome,
        "sede": azienda.sede,
        "vertice": azienda.vertice,
        "dipendenti": azienda.dipendenti,
    } | ({"logo": logo.in_dati()} if logo else {})


def piano_in_dati(piano: Piano) -> Dati:
    """A plan with its act, its opinions and its validation, as the photograph says them."""
    return {
        "slug": piano.slug,
        "tipo": piano.tipo,
        "tipo_etichetta": piano.get_tipo_display(),
        "titolo": piano.titolo,
        "anno_inizio": piano.anno_inizio,
        "anno_fine": piano.anno_fine,
        "stato": piano.stato,
        "stato_etichetta": piano.get_stato_display(),
        "atto": _atto(piano),
        "pareri": [
            {"ruolo": p.ruolo, "ruolo_etichetta": p.get_ruolo_display(), "esito": p.esito}
            for p in piano.pareri.all()
        ],
        "validazione": {
            "organo": piano.nucleo_organo,
            "data": piano.nucleo_data.isoformat() if piano.nucleo_data else "",
            "esito": piano.nucleo_esito,
        }
        if piano.nucleo_organo
        else None,
        "nota": piano.nota,
    }


def _atto(piano: Piano) -> Dati | None:
    if not piano.atto_tipo:
        return None
    return {
        "tipo": piano.atto_tipo,
        "numero": piano.atto_numero,
        "data": piano.atto_data.isoformat() if piano.atto_data else "",
        "organo": piano.atto_organo,
    }


def _quadro(quadro: QuadroDati) -> Dati:
    righe = [_riga(list(celle)) for _, celle in groupby(quadro.celle.all(), key=lambda c: c.riga)]
    return {
        "chiave": quadro.chiave,
        "etichetta": quadro.etichetta,
        "titolo": quadro.titolo,
        "unita": quadro.unita,
        "fonte": quadro.fonte,
        "data": quadro.data.isoformat() if quadro.data else "",
        "nota": quadro.nota,
        "riga_fonte": quadro.riga_fonte,
        "intestazione_righe": quadro.intestazione_righe,
        "grafico": quadro.grafico,
        "grafico_colonne": quadro.grafico_colonne,
        "colonne": quadro.colonne,
        "righe": righe,
    }


def _riga(celle: list[CellaQuadro]) -> Dati:
    prima = celle[0]
    return {
        "gruppo": prima.gruppo,
        "etichetta": prima.etichetta,
        "totale": prima.totale,
        "celle": [
            {
                "stampato": cella.stampato,
                "valore": None if cella.valore is None else cella.valore.normalize() + 0,
            }
            for cella in celle
        ],
    }


def _organigramma(piano: Piano) -> Dati | None:
    """The chart in force when the plan was adopted, or at the start of its first year."""
    giorno = piano.atto_data or date(piano.anno_inizio, 1, 1)
    organigramma = Organigramma.objects.filter(azienda=piano.azienda).in_vigore(giorno).first()
    if organigramma is None:
        return None
    unita = list(
        UnitaOrganizzativa.objects.alla_data(piano.azienda, giorno).select_related("parent")
    )
    return {
        "nome": organigramma.nome,
        "valido_dal": organigramma.valido_dal.isoformat(),
        "unita": [
            {
                "codice": u.codice,
                "nome": u.nome,
                "tipo": u.tipo,
                "tipo_etichetta": u.get_tipo_display(),
                "livello": u.tree_depth,
                "padre": u.parent.codice if u.parent else "",
                "cdr": u.cdr,
            }
            for u in unita
        ],
    }
