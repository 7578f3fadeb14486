# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the objectives' floor gives to the photograph: tree, targets, results, scores."""

from collections import defaultdict
from collections.abc import Container
from decimal import Decimal
from itertools import groupby
from typing import Any

from obiettivi.calcolo.arrotondamento import Modo, arrotonda
from obiettivi.models import (
    AreaStrategica,
    Misura,
    Obiettivo,
    Prospettiva,
    Raggiungimento,
    Rilevazione,
)
from piani.models import Piano

Dati = dict[str, Any]
Punteggi = dict[tuple[str, int], Dati]
Livello = Raggiungimento.Livello
STATI = {
    Raggiungimento.Stato.CALCOLATO: "calcolato",
    Raggiungimento.Stato.NON_CALCOLABILE: "non_calcolabile",
    Raggiungimento.Stato.ESCLUSO: "escluso",
}


def capitoli(piano: Piano, anno: int | None = None) -> Dati:
    """Areas with their objectives, projects by linea, and the scores of the plan.

    :param anno: only what was expected and what was reached in that year.
    """
    punteggi = _punteggi(piano, anno)
    misure = _misure(piano)
    del_piano = punteggi.get((Livello.PIANO, piano.pk), _vuoto())
    aree = list(
        AreaStrategica.objects.filter(piano=piano)
        .select_related("piano")
        .order_by("tipo", "ordine")
    )
    obiettivi: dict[int, list[Obiettivo]] = defaultdict(list)
    for obiettivo in Obiettivo.objects.di_piano(piano).select_related("responsabile"):
        obiettivi[obiettivo.area_id].append(obiettivo)
    return {
        "piano": {
            "raggiungimento": del_piano,
            "dimostrativo": any(r and r["dimostrativo"] for r in del_piano.values()),
        },
        "aree": [
            _area(area, obiettivi[area.pk], misure, punteggi, anno)
            for area in aree
            if area.tipo == AreaStrategica.Tipo.AREA
        ],
        "progetti": [
            _progetto(area, obiettivo, misura, punteggi, anno)
            for area in aree
            if area.tipo == AreaStrategica.Tipo.LINEA
            for obiettivo in obiettivi[area.pk]
            for misura in misure[obiettivo.pk]
        ],
    }


def _punteggi(piano: Piano, anno: int | None) -> Punteggi:
    """The last score of each row of the tree, by level and key, in the two perspectives.

    Of a year, only the score of its results.
    """
    trovati: Punteggi = defaultdict(_vuoto)
    righe = Raggiungimento.objects.filter(piano=piano, frazione="").order_by("anno")
    if anno is not None:
        righe = righe.filter(anno=anno, prospettiva=Prospettiva.CONSUNTIVO)
    for riga in righe:
        trovati[riga.livello, riga.oggetto][riga.prospettiva] = _raggiungimento(riga)
    return trovati


def _vuoto() -> Dati:
    return dict.fromkeys(Prospettiva.values)


def _raggiungimento(riga: Raggiungimento) -> Dati:
    return {
        "periodo": f"{riga.anno}{riga.frazione}",
        "stato": STATI[riga.stato],
        "punteggio": _numero(riga.punteggio),
        "mostrato": riga.mostrato,
        "copertura": _numero(riga.copertura),
        "motivo": riga.motivo,
        "dimostrativo": riga.dimostrativo,
    }


def _numero(valore: Decimal | None) -> Decimal | None:
    return None if valore is None else valore.normalize() + 0


def _cifra(valore: Decimal | None) -> Decimal | None:
    """A result with the four decimals that the tables keep; its ratio stands beside it, exact."""
    return None if valore is None else _numero(arrotonda(valore, Modo.META_SU, 4))


def _misure(piano: Piano) -> dict[int, list[Misura]]:
    per_obiettivo: dict[int, list[Misura]] = defaultdict(list)
    misure = (
        Misura.objects.filter(obiettivo__area__piano=piano)
        .select_related("indicatore__fonte")
        .prefetch_related("target", "indicatore__rilevazioni")
        .order_by("obiettivo_id", "ordine", "pk")
    )
    for obiettivo, gruppo in groupby(misure, key=lambda misura: misura.obiettivo_id):
        per_obiettivo[obiettivo] = list(gruppo)
    return per_obiettivo


def _del_portale(piano: Piano, **altro: Any) -> Dati:
    """What the Portale PIAO asks besides; the other plans do not say it."""
    return altro if piano.tipo == Piano.Tipo.PIAO else {}


def _area(
    area: AreaStrategica,
    obiettivi: list[Obiettivo],
    misure: dict[int, list[Misura]],
    punteggi: Punteggi,
    anno: int | None,
) -> Dati:
    return {
        "codice": area.codice,
        "nome": area.nome,
        "descrizione": area.descrizione,
        "peso": _numero(area.peso),
        "nota": area.nota,
        "riga_fonte": area.riga_fonte,
        "raggiungimento": punteggi[Livello.AREA, area.pk],
        "obiettivi": [
            {
                "codice": obiettivo.codice,
                "nome": obiettivo.titolo,
                "descrizione": obiettivo.descrizione,
                "peso": _numero(obiettivo.peso),
                "responsabile": obiettivo.responsabile.nome if obiettivo.responsabile else "",
                "nota": obiettivo.nota,
                "raggiungimento": punteggi[Livello.OBIETTIVO, obiettivo.pk],
                **_del_portale(area.piano, dimensione=obiettivo.dimensione),
                "indicatori": [
                    _indicatore(area.piano, misura, punteggi, anno)
                    for misura in misure[obiettivo.pk]
                ],
            }
            for obiettivo in obiettivi
        ],
    }


def _indicatore(piano: Piano, misura: Misura, punteggi: Punteggi, anno: int | None) -> Dati:
    indicatore = misura.indicatore
    return {
        "codice": indicatore.codice,
        "nome": indicatore.nome,
        "formula": indicatore.formula,
        "unita": indicatore.unita,
        "verso": indicatore.verso,
        "fonte": indicatore.fonte.nome if indicatore.fonte else "",
        "base": {
            "stampato": misura.base_stampata,
            "anno": misura.base_anno,
            "lettura": misura.base.come_dati() if misura.base else None,
        },
        "target": [
            {
                "periodo": str(target.anno),
                "stampato": target.stampato,
                "lettura": target.letto.come_dati(),
            }
            for target in misura.target.all()
            if anno is None or target.anno == anno
        ],
        "risultati": _risultati(misura, piano.anni if anno is None else [anno]),
        "raggiungimento": punteggi[Livello.INDICATORE, misura.pk],
        "nota": misura.nota,
        "riga_fonte": misura.riga_fonte,
        **_del_portale(piano, peso=_numero(misura.peso)),
    }


def _risultati(misura: Misura, anni: Container[int]) -> list[Dati]:
    """The results of the whole azienda in those years, not replaced by others since."""
    correnti = [
        una
        for una in misura.indicatore.rilevazioni.all()
        if una.sostituita_il is None and una.unita_id is None and una.anno in anni
    ]
    for rilevazione in correnti:
        rilevazione.indicatore = misura.indicatore
    return [_risultato(una) for una in correnti]


def _risultato(rilevazione: Rilevazione) -> Dati:
    return {
        "periodo": f"{rilevazione.anno}{rilevazione.frazione}",
        "sede": rilevazione.sede,
        "stato": rilevazione.stato,
        "stampato": rilevazione.mostrata,
        "nota": rilevazione.testo,
        "valore": _cifra(rilevazione.cifra),
        "numeratore": _numero(rilevazione.numeratore),
        "denominatore": _numero(rilevazione.denominatore),
        "avanzamento": _numero(rilevazione.avanzamento),
        "dimostrativo": rilevazione.dimostrativa,
        "provvisorio": rilevazione.provvisoria,
        **({"data": rilevazione.data.isoformat()} if rilevazione.data else {}),
    }


def _progetto(
    linea: AreaStrategica,
    obiettivo: Obiettivo,
    misura: Misura,
    punteggi: Punteggi,
    anno: int | None,
) -> Dati:
    """A project with its yearly goals; of a year, its goal, what was done of it and its score."""
    dell_anno: Dati = {}
    if anno is not None:
        dell_anno = {
            "risultati": _risultati(misura, [anno]),
            "raggiungimento": punteggi[Livello.INDICATORE, misura.pk],
        }
    return dell_anno | {
        "codice": misura.indicatore.codice,
        "linea": linea.nome,
        "linea_codice": linea.codice,
        "progetto": obiettivo.titolo,
        "traguardi": [
            {"anno": target.anno, "stampato": target.stampato}
            for target in misura.target.all()
            if anno is None or target.anno == anno
        ],
        "nota": misura.nota,
        "riga_fonte": misura.riga_fonte,
    }
