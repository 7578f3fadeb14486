# SPDX-License-Identifier: AGPL-3.0-or-later
"""Objective, project and attainment tables of the document, as plain rows ready for a template.

Here the merged cells are decided: the rows of one objective stay together in a group, a group
taller than a page is cut and its later parts say "(segue)", because a cell merged over a page
break is lost to screen readers (PDF/UA, clause 7.2).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from .formati import ancora
from .testi_svg import righe_stimate

Dati = dict[str, Any]
LARGHEZZA = 1000  # px between the margins of a landscape A4 page
ALTEZZA_GRUPPO = 220  # px left for one group under a repeated heading
RIGA, BORDO = 17, 11
LARGHEZZA_VALORE = {0: 0, 1: 22, 2: 15, 3: 12, 4: 12, 5: 10}
LARGHEZZA_CODICE = 7
PROSPETTIVE = ("partenza", "consuntivo")


@dataclass(frozen=True)
class Cella:
    """A printed value; ``da_confermare`` is the reason why a person should confirm its reading."""

    stampato: str
    da_confermare: str = ""


@dataclass(frozen=True)
class Gruppo:
    """Rows of one objective that stay on one page."""

    obiettivo: Dati
    righe: tuple[tuple[Dati, tuple[Cella, ...]], ...]
    segue: bool = False


@dataclass(frozen=True)
class TabellaArea:
    """The objective table of one area, laid out as the source does."""

    area: Dati
    ancora: str
    colonne: tuple[str, ...]
    larghezze: tuple[int, ...]
    gruppi: tuple[Gruppo, ...]
    da_confermare: bool
    vuote: bool
    note: tuple[tuple[str, str], ...]

    @property
    def quante_colonne(self) -> int:
        return len(self.larghezze)


def tabelle_obiettivi(foto: Dati) -> list[TabellaArea]:
    """One table for each area that has objectives, in the order of the plan."""
    return [_tabella_area(area, foto["piano"]) for area in foto["aree"] if area["obiettivi"]]


def _tabella_area(area: Dati, piano: Dati) -> TabellaArea:
    indicatori = [uno for obiettivo in area["obiettivi"] for uno in obiettivo["indicatori"]]
    anni_base = sorted({str(uno["base"]["anno"]) for uno in indicatori if _ha_base(uno)})
    periodi = _periodi(indicatori, piano)
    base = (_("Consuntivo") + " " + "-".join(anni_base),) if anni_base else ()
    colonne = (*base, *(_("Target %(anno)s") % {"anno": periodo} for periodo in periodi))
    larghezze = _larghezze(len(colonne))
    coppie = [(uno, tuple(_celle(uno, periodi, bool(base)))) for uno in indicatori]
    celle = {id(uno): riga for uno, riga in coppie}
    gruppi = tuple(
        gruppo
        for obiettivo in area["obiettivi"]
        for gruppo in gruppi_di(obiettivo, celle, larghezze)
    )
    tutte = [cella for _uno, riga in coppie for cella in riga]
    return TabellaArea(
        area=area,
        ancora=ancora("area", area["codice"]),
        colonne=colonne,
        larghezze=larghezze,
        gruppi=gruppi,
        da_confermare=any(cella.da_confermare for cella in tutte),
        vuote=any(not cella.stampato for cella in tutte),
        note=_note([*area["obiettivi"], *indicatori]),
    )


def _note(voci: Iterable[Dati]) -> tuple[tuple[str, str], ...]:
    """Notes under the table: each text once, after the codes that it concerns."""
    codici: dict[str, list[str]] = {}
    for voce in voci:
        if voce.get("nota"):
            codici.setdefault(voce["nota"], []).append(voce["codice"])
    return tuple((", ".join(chi), nota) for nota, chi in codici.items())


def _ha_base(indicatore: Dati) -> bool:
    base = indicatore.get("base")
    return bool(base and base["stampato"])


def _periodi(indicatori: Iterable[Dati], piano: Dati) -> list[str]:
    """Years of the plan that print a target here, then any other period, in order."""
    presenti = {t["periodo"] for uno in indicatori for t in uno["target"] if t["stampato"]}
    anni = [str(anno) for anno in range(piano["anno_inizio"], piano["anno_fine"] + 1)]
    usati = [anno for anno in anni if anno in presenti] or anni
    return usati + sorted(presenti - set(anni))


def _larghezze(valori: int) -> tuple[int, ...]:
    """Percent widths: code, objective, indicator, then one for each value column."""
    larga = LARGHEZZA_VALORE.get(valori, 50 // max(valori, 1))
    resto = 100 - LARGHEZZA_CODICE - larga * valori
    obiettivo = resto * 42 // 100
    return (LARGHEZZA_CODICE, obiettivo, resto - obiettivo, *[larga] * valori)


def _celle(indicatore: Dati, periodi: Sequence[str], con_base: bool) -> Iterator[Cella]:
    if con_base:
        base = indicatore.get("base") or {"stampato": ""}
        yield Cella(base["stampato"])
    for periodo in periodi:
        yield cella_target(indicatore, periodo)


def cella_target(indicatore: Dati, periodo: str) -> Cella:
    """What the plan prints as target of that period (several texts are joined by "; ")."""
    target = [t for t in indicatore["target"] if t["periodo"] == periodo and t["stampato"]]
    testo = "; ".join(t["stampato"] for t in target)
    dubbi = [da_confermare(t["lettura"]) for t in target]
    return Cella(testo, next((dubbio for dubbio in dubbi if dubbio), ""))


def da_confermare(lettura: Dati | None) -> str:
    """Why a person should confirm the reading; "" when it is certain."""
    if not lettura or lettura["certezza"] == "alta":
        return ""
    return lettura.get("motivo") or _("lettura non certa")


def gruppi_di(
    obiettivo: Dati, celle: Mapping[int, tuple[Cella, ...]], larghezze: tuple[int, ...]
) -> Iterator[Gruppo]:
    """The rows of an objective, cut where a group would be taller than a page."""
    righe: list[tuple[Dati, tuple[Cella, ...]]] = []
    usato, segue = 0, False
    for indicatore in obiettivo["indicatori"]:
        alta = _altezza(indicatore, celle[id(indicatore)], larghezze)
        if righe and usato + alta > ALTEZZA_GRUPPO:
            yield Gruppo(obiettivo, tuple(righe), segue)
            righe, usato, segue = [], 0, True
        righe.append((indicatore, celle[id(indicatore)]))
        usato += alta
    if righe:
        yield Gruppo(obiettivo, tuple(righe), segue)


def _altezza(indicatore: Dati, celle: Sequence[Cella], larghezze: Sequence[int]) -> int:
    spazi = [larga * LARGHEZZA // 100 - 14 for larga in larghezze[2:]]
    righe = righe_stimate(indicatore["nome"], spazi[0])
    if indicatore.get("formula"):
        righe += righe_stimate(indicatore["formula"], spazi[0])
    valori = [
        righe_stimate(cella.stampato, larga) for cella, larga in zip(celle, spazi[1:], strict=True)
    ]
    return RIGA * max([righe + bool(indicatore.get("unita")), *valori]) + BORDO


# --- progetti -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Linea:
    """The projects of one strategic line with their yearly goals."""

    codice: str
    nome: str
    ancora: str
    anni: tuple[str, ...]
    righe: tuple[tuple[Dati, tuple[str, ...]], ...]
    larghezze: tuple[int, ...]


def linee_di_progetti(foto: Dati) -> list[Linea]:
    """Projects grouped by line, in the order of the source."""
    anni = tuple(sorted({str(t["anno"]) for p in foto["progetti"] for t in p["traguardi"]}))
    gruppi = groupby(foto["progetti"], key=lambda p: (p["linea_codice"], p["linea"]))
    return [_linea(codice, nome, anni, list(progetti)) for (codice, nome), progetti in gruppi]


def _linea(codice: str, nome: str, anni: tuple[str, ...], progetti: list[Dati]) -> Linea:
    righe = []
    for progetto in progetti:
        testi = {str(t["anno"]): t["stampato"] for t in progetto["traguardi"]}
        righe.append((progetto, tuple(testi.get(anno, "") for anno in anni)))
    larga = 66 // max(len(anni), 1)
    larghezze = (9, 91 - larga * len(anni), *[larga] * len(anni))
    return Linea(codice, nome, ancora("linea", codice), anni, tuple(righe), larghezze)


# --- raggiungimento -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Prospettiva:
    """One way to look at the scores: last year's results or this year's."""

    chiave: str
    titolo: str
    periodo: str
    dimostrativa: bool
    fasce: tuple[tuple[str, int], ...] = ()
    altri: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Riepilogo:
    """The attainment chapter: perspectives, one row for the plan and one for each area."""

    prospettive: tuple[Prospettiva, ...]
    righe: tuple[tuple[str, str, tuple[Dati | None, ...]], ...]
    dettagli: tuple["Dettaglio", ...] = field(default=())

    @property
    def dimostrativo(self) -> bool:
        return any(una.dimostrativa for una in self.prospettive)


@dataclass(frozen=True)
class Dettaglio:
    """Score of each indicator of one area; each row ends with (printed value, R) pairs."""

    area: Dati
    righe: tuple[tuple[Dati, Cella, tuple[tuple[str, Dati | None], ...]], ...]


def riepilogo(foto: Dati) -> Riepilogo | None:
    """Everything that the attainment chapter shows; ``None`` when nothing was computed."""
    prospettive = tuple(una for una in (_prospettiva(foto, k) for k in PROSPETTIVE) if una)
    if not prospettive:
        return None
    righe = [("", foto["piano"]["titolo"], _risultati(foto["piano"], prospettive))]
    righe += [(a["codice"], a["nome"], _risultati(a, prospettive)) for a in foto["aree"]]
    dettagli = [_dettaglio(area, prospettive) for area in foto["aree"] if area["obiettivi"]]
    return Riepilogo(prospettive, tuple(righe), tuple(dettagli))


def _risultati(nodo: Dati, prospettive: Sequence[Prospettiva]) -> tuple[Dati | None, ...]:
    raggiungimento = nodo.get("raggiungimento") or {}
    return tuple(raggiungimento.get(una.chiave) for una in prospettive)


def indicatori(foto: Dati) -> Iterator[tuple[Dati, Dati, Dati]]:
    """Every (area, objective, indicator) of the photograph, in order."""
    for area in foto["aree"]:
        for obiettivo in area["obiettivi"]:
            for indicatore in obiettivo["indicatori"]:
                yield area, obiettivo, indicatore


def _prospettiva(foto: Dati, chiave: str) -> Prospettiva | None:
    del_piano = (foto["piano"].get("raggiungimento") or {}).get(chiave)
    singoli = [(uno.get("raggiungimento") or {}).get(chiave) for _a, _o, uno in indicatori(foto)]
    presenti = [r for r in (del_piano, *singoli) if r]
    if not presenti:
        return None
    titoli = {"partenza": _("Posizione di partenza"), "consuntivo": _("Risultati dell’anno")}
    return Prospettiva(
        chiave=chiave,
        titolo=titoli[chiave],
        periodo=presenti[0]["periodo"],
        dimostrativa=any(r["dimostrativo"] for r in presenti),
        fasce=_fasce([r for r in singoli if r]),
        altri=_altri(singoli),
    )


def _fasce(risultati: Sequence[Dati]) -> tuple[tuple[str, int], ...]:
    """How many scores fall in each fifth of the scale 0-100; the last takes what is over 80."""
    conti = [0] * 5
    for uno in risultati:
        if uno["stato"] == "calcolato" and uno["punteggio"] is not None:
            conti[int(min(max(Decimal(uno["punteggio"]) // 20, Decimal(0)), Decimal(4)))] += 1
    nomi = (
        _("meno di 20"),
        _("da 20 a meno di 40"),
        _("da 40 a meno di 60"),
        _("da 60 a meno di 80"),
        _("80 e oltre"),
    )
    return tuple(zip(nomi, conti, strict=True))


def _altri(risultati: Sequence[Dati | None]) -> tuple[tuple[str, int], ...]:
    stati = [uno["stato"] if uno else "assente" for uno in risultati]
    nomi = {
        "non_calcolabile": _("non calcolabile"),
        "escluso": _("escluso"),
        "assente": _("non valutato"),
    }
    return tuple((nome, stati.count(k)) for k, nome in nomi.items() if k in stati)


def _dettaglio(area: Dati, prospettive: Sequence[Prospettiva]) -> Dettaglio:
    righe = []
    for obiettivo in area["obiettivi"]:
        for uno in obiettivo["indicatori"]:
            coppie = tuple(
                (_valore(uno, una), r)
                for una, r in zip(prospettive, _risultati(uno, prospettive), strict=True)
            )
            righe.append((uno, cella_target(uno, prospettive[0].periodo), coppie))
    return Dettaglio(area, tuple(righe))


def _valore(indicatore: Dati, prospettiva: Prospettiva) -> str:
    if prospettiva.chiave == "partenza":
        return (indicatore.get("base") or {"stampato": ""})["stampato"]
    return "; ".join(testo_risultato(r) for r in indicatore["risultati"])


def parte_di_anno(periodo: str) -> str:
    """The part of year in words: ``2022T1`` → "1º trimestre"; "" for a whole year."""
    anno, trimestre = periodo[:4], periodo[4:].strip()
    if not trimestre:
        return "" if anno.isdigit() else periodo
    if trimestre[0] == "T" and trimestre[1:].isdigit():
        return _("%(numero)sº trimestre") % {"numero": trimestre[1:]}
    return trimestre


def testo_risultato(risultato: Dati) -> str:
    """A result as people read it: its text, or its state, with the place and part of year."""
    stati = {"mancante": _("mancante"), "non_applicabile": _("non applicabile")}
    testo = stati.get(risultato["stato"]) or risultato["stampato"]
    parte = parte_di_anno(risultato["periodo"])
    dove = ", ".join(str(x) for x in (risultato.get("sede"), parte) if x)
    testo = f"{testo} ({dove})" if dove else testo
    return f"{testo}, {_('provvisorio')}" if risultato.get("provvisorio") else testo
