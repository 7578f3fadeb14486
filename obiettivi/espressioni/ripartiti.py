# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures given one by one: for each period, each deadline, each site."""

import re
from dataclasses import replace

from obiettivi.calcolo.letture import Certezza, Tipo

from .cella import Bozza, Cella, accorcia
from .confronti import accoppia, misura_letta, verso_comune
from .fatti import Periodo, Termine, Valore

_ETICHETTA_SEDE = re.compile(r"[A-ZÀ-Ù][\w.'’]*(?:[ /'’-](?:[A-ZÀ-Ù][\w.'’]*|d\w{1,4}|e|e\b))*")
_BORDI_SEDE = ' ,;:.()[]/|•-"='


def per_periodo(cella: Cella) -> Bozza | None:
    """``1° trim: 80% 2° trim: 85%``; also half years, months and years."""
    periodi, misure = dict(cella.di(Periodo)), dict(cella.misure())
    if not periodi or not misure:
        return None
    coppie = accoppia(cella, list(periodi), list(misure))
    if len(coppie) < len(misure) or (len(coppie) == 1 and not _periodo_solo(cella, *coppie[0])):
        return None
    bozza = Bozza(Tipo.PER_PERIODO)
    for posto_periodo, posto in coppie:
        bozza.usate |= {posto_periodo, posto}
        una = misura_letta(bozza, misure[posto])
        bozza.letture.append(replace(una, periodo=periodi[posto_periodo].codice))
    verso_comune(bozza, list(misure.values()))
    _controlla_periodi(bozza, periodi)
    return bozza


def _periodo_solo(cella: Cella, periodo: int, misura: int) -> bool:
    """One period and one value make a pair only with nothing else around them."""
    altri = set(range(len(cella.voci))) - {periodo, misura}
    return all(cella.muta(posto) for posto in altri)


def _controlla_periodi(bozza: Bozza, periodi: dict[int, Periodo]) -> None:
    codici = [lettura.periodo for lettura in bozza.letture]
    if len(set(codici)) < len(codici):
        bozza.dubita(Certezza.BASSA, "lo stesso periodo è stampato più volte")
    vuoti = [periodo.stampato for posto, periodo in periodi.items() if posto not in bozza.usate]
    if vuoti:
        bozza.dubita(Certezza.BASSA, f"manca il valore di «{', '.join(vuoti)}»")
        bozza.usate |= set(periodi)


def per_scadenze(cella: Cella) -> Bozza | None:
    """``50% entro il 30/06, 100% entro il 31/12``: each value with its own day."""
    valori, termini = dict(cella.di(Valore)), dict(cella.di(Termine))
    if len(valori) < 2 or len(termini) != len(valori):
        return None
    coppie = accoppia(cella, list(termini), list(valori))
    if len(coppie) < len(valori):
        return None
    bozza = Bozza(Tipo.PER_PERIODO)
    for posto_termine, posto in coppie:
        termine = termini[posto_termine]
        bozza.usate |= {posto_termine, posto}
        bozza.dubita(Certezza.MEDIA, *termine.dubbi)
        bozza.letture.append(replace(misura_letta(bozza, valori[posto]), data=termine.data))
    verso_comune(bozza, list(valori.values()))
    return bozza


def per_sede(cella: Cella) -> Bozza | None:
    """``87,29% Cremona 55,18% Oglio Po``, ``Cremona: 87% - Oglio Po: 55%``."""
    valori = dict(cella.di(Valore))
    if len(valori) < 2 or len(valori) < sum(1 for voce in cella.voci if voce.fatto):
        return None
    sedi = _sedi(cella, list(valori), 1) or _sedi(cella, list(valori), -1)
    if not sedi:
        return None
    bozza = Bozza(Tipo.PER_SEDE, usate=set(range(len(cella.voci))))
    for sede, valore in zip(sedi, valori.values(), strict=True):
        bozza.letture.append(replace(misura_letta(bozza, valore), sede=sede))
    elenco = ", ".join(f"«{sede}»" for sede in sedi)
    grado = Certezza.MEDIA if all(map(_ETICHETTA_SEDE.fullmatch, sedi)) else Certezza.BASSA
    bozza.dubita(grado, f"confermare che {accorcia(elenco)} siano sedi")
    verso_comune(bozza, list(valori.values()))
    return bozza


def _sedi(cella: Cella, posti: list[int], scarto: int) -> list[str]:
    """The labels after (1) or before (-1) each value; empty unless they name distinct sites."""
    sedi = [_sede(cella, posto + scarto) for posto in posti]
    altre = set(range(len(cella.voci))) - set(posti) - {posto + scarto for posto in posti}
    regolari = all(sedi) and len(set(sedi)) == len(sedi)
    return sedi if regolari and all(cella.muta(posto) for posto in altre) else []


def _sede(cella: Cella, posto: int) -> str:
    """The label at a place, or "" if it cannot be the name of a site."""
    if not 0 <= posto < len(cella.voci) or cella.voci[posto].fatto:
        return ""
    stampata = cella.stampa(posto)
    nome = stampata.strip(_BORDI_SEDE)
    con_due_punti = stampata.rstrip().endswith(":")
    if len(nome.split()) > 5 or not (_ETICHETTA_SEDE.fullmatch(nome) or con_due_punti):
        return ""
    return nome
