# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures given one by one: for each period, each deadline, each site."""

import re

from obiettivi.calcolo.letture import Certezza, Tipo

from .cella import Bozza, Cella, accorcia
from .confronti import accoppia, misura_letta, verso_comune
from .fatti import Fascia, Periodo, Termine, Valore

_ETICHETTA_SEDE = re.compile(r"[A-ZÀ-Ù][\w.'’]*(?:[ /'’-](?:[A-ZÀ-Ù][\w.'’]*|d\w{1,4}|e|e\b))*")
_BORDI_SEDE = ' ,;:.()[]/|•-"='


def per_periodo(cella: Cella) -> Bozza | None:
    """``1° trim: 80% 2° trim: 85%``; also years, and values each with its own deadline."""
    periodi = cella.di(Periodo)
    misure = [*cella.di(Valore), *cella.di(Fascia)]
    if not periodi or not misure:
        return None
    bozza = Bozza(Tipo.PER_PERIODO)
    coppie = accoppia(cella, [posto for posto, _ in periodi], [posto for posto, _ in misure])
    if not coppie or len(coppie) < len(misure):
        return None
    if len(coppie) == 1 and not _periodo_solo(cella, *coppie[0]):
        return None
    for posto_periodo, posto_misura in coppie:
        periodo, misura = cella.voci[posto_periodo].fatto, cella.voci[posto_misura].fatto
        assert isinstance(periodo, Periodo)
        bozza.usate |= {posto_periodo, posto_misura}
        bozza.letture.append(misura_letta(bozza, misura, periodo=periodo.codice))
    verso_comune(bozza, [cella.voci[posto].fatto for _, posto in coppie])
    _controlla_periodi(cella, bozza, periodi)
    return bozza


def _periodo_solo(cella: Cella, periodo: int, misura: int) -> bool:
    """One period and one value make a pair only with nothing else around them."""
    altri = set(range(len(cella.voci))) - {periodo, misura}
    return all(cella.muta(posto) for posto in altri)


def _controlla_periodi(cella: Cella, bozza: Bozza, periodi: list[tuple[int, Periodo]]) -> None:
    codici = [lettura.periodo for lettura in bozza.letture]
    if len(set(codici)) < len(codici):
        bozza.dubita(Certezza.BASSA, "lo stesso periodo è stampato più volte")
    vuoti = [periodo.stampato for posto, periodo in periodi if posto not in bozza.usate]
    if vuoti:
        bozza.dubita(Certezza.BASSA, f"manca il valore di «{', '.join(vuoti)}»")
        bozza.usate |= {posto for posto, _ in periodi}


def per_scadenze(cella: Cella) -> Bozza | None:
    """``50% entro il 30/06, 100% entro il 31/12``: each value with its own day."""
    valori, termini = cella.di(Valore), cella.di(Termine)
    if len(valori) < 2 or len(termini) != len(valori):
        return None
    coppie = accoppia(cella, [posto for posto, _ in termini], [posto for posto, _ in valori])
    if len(coppie) < len(valori):
        return None
    bozza = Bozza(Tipo.PER_PERIODO)
    for posto_termine, posto_valore in coppie:
        termine, valore = cella.voci[posto_termine].fatto, cella.voci[posto_valore].fatto
        assert isinstance(termine, Termine)
        bozza.usate |= {posto_termine, posto_valore}
        bozza.dubita(Certezza.MEDIA, *termine.dubbi)
        bozza.letture.append(misura_letta(bozza, valore, data=termine.data))
    verso_comune(bozza, [cella.voci[posto].fatto for _, posto in coppie])
    return bozza


def per_sede(cella: Cella) -> Bozza | None:
    """``87,29% Cremona 55,18% Oglio Po``, ``Cremona: 87% - Oglio Po: 55%``."""
    valori = cella.di(Valore)
    if len(valori) < 2 or any(
        voce.fatto and not isinstance(voce.fatto, Valore) for voce in cella.voci
    ):
        return None
    posti = [posto for posto, _ in valori]
    for scarto in (1, -1):
        etichette = [_sede(cella, posto + scarto) for posto in posti]
        altre = set(range(len(cella.voci))) - set(posti) - {posto + scarto for posto in posti}
        distinte = len(set(etichette)) == len(etichette)
        if all(etichette) and distinte and all(cella.muta(posto) for posto in altre):
            break
    else:
        return None
    bozza = Bozza(Tipo.PER_SEDE, usate=set(range(len(cella.voci))))
    for (_, valore), sede in zip(valori, etichette, strict=True):
        bozza.letture.append(misura_letta(bozza, valore, sede=sede))
    elenco = ", ".join(f"«{sede}»" for sede in etichette)
    grado = Certezza.MEDIA if all(map(_ETICHETTA_SEDE.fullmatch, etichette)) else Certezza.BASSA
    bozza.dubita(grado, f"confermare che {accorcia(elenco)} siano sedi")
    verso_comune(bozza, [valore for _, valore in valori])
    bozza.verso = bozza.verso if not any(valore.nudo for _, valore in valori) else None
    return bozza


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
