# SPDX-License-Identifier: AGPL-3.0-or-later
"""From facts to comparisons: units given by words, proposed directions, labels and their values."""

import re
from collections.abc import Sequence
from dataclasses import replace

from obiettivi.calcolo.letture import Certezza, Comparatore, Lettura, Tipo, Verso

from .cella import Bozza, Cella
from .fatti import Fascia, Periodo, Termine, Valore

SU = (Comparatore.MAGGIORE_UGUALE, Comparatore.MAGGIORE)
GIU = (Comparatore.MINORE_UGUALE, Comparatore.MINORE)
NUMERO_NUDO = "è stampato un numero senza confronto: confermare se è un minimo, un massimo o esatto"
_NON_UNITA = re.compile(
    r"(?:per|con|dopo|su|ogni|o|oppure|ma|presso|secondo|come|previa|mediante|anche|sono|ha|hanno"
    r"|previst\w|effettuat\w|realizzat\w|totale|medi[oa]|circa|dato|target|rispetto|sì|si|no)",
    re.IGNORECASE,
)

_CODA = re.compile(r"(?:\s+(?:di|del|dei|della|delle|su|a|al|in|nel|per|con|da|dal|e|o|ed))+$")


def verso_di(comparatore: Comparatore | None) -> Verso | None:
    """The direction that a comparison implies."""
    if comparatore in SU:
        return Verso.CRESCENTE
    return Verso.DECRESCENTE if comparatore in GIU else None


def lettura(valore: Valore) -> Lettura:
    """The comparison that a value states."""
    return Lettura(comparatore=valore.comparatore, valore=valore.valore, unita=valore.unita)


def unita_da_parole(cella: Cella, bozza: Bozza, posto: int, valore: Valore) -> str:
    """The unit that the words after a pure number give: ``≥ 3 corsi`` → ``corsi``."""
    dopo = posto + 1
    if valore.unita not in ("", "n.") or dopo >= len(cella.voci) or cella.voci[dopo].fatto:
        return valore.unita
    parole = cella.stampa(dopo)
    trovate = re.match(r"[^\W\d_][^,;:.()\[\]\"!?]*", parole)
    if cella.voci[dopo].tipi[0] != "PAROLA" or not trovate:
        return valore.unita
    nome = _CODA.sub("", trovate[0].strip(" -"))
    if _NON_UNITA.fullmatch(nome.split()[0]):
        return valore.unita
    if len(nome.split()) > 4:
        nome = nome.split()[0]
    elif len(nome.split()) > 1:
        bozza.dubita(Certezza.MEDIA, f"«{nome}» è letto come unità di misura")
    bozza.lette_fino[dopo] = cella.voci[dopo].inizio + len(nome)
    return nome


def verso_proposto(cella: Cella, bozza: Bozza, valore: Valore) -> Verso | None:
    """The direction of one threshold. A bare 100% is full attainment, a bare 0 none at all."""
    if not valore.nudo:
        return verso_di(valore.comparatore)
    if valore.unita == "%" and valore.valore == 100:
        return Verso.CRESCENTE
    if valore.valore == 0:
        bozza.dubita(Certezza.MEDIA, "zero è letto come il minimo possibile")
        return Verso.DECRESCENTE
    bozza.dubita(Certezza.MEDIA, NUMERO_NUDO)
    return None


def misura_letta(bozza: Bozza, misura: Valore | Fascia) -> Lettura:
    """The comparison that a value or a range states; its doubts go to the draft."""
    bozza.dubita(Certezza.MEDIA, *misura.dubbi)
    if isinstance(misura, Valore):
        return lettura(misura)
    return Lettura(valore=misura.minimo, valore_max=misura.massimo, unita=misura.unita)


def accoppia(cella: Cella, etichette: list[int], misure: list[int]) -> list[tuple[int, int]]:
    """Pairs of label and value that touch, labels before (or all after) their values."""
    prima = min(etichette) < min(misure)
    coppie: list[tuple[int, int]] = []
    for misura in misure:
        lato = [posto for posto in etichette if (posto < misura) is prima]
        if not lato:
            continue
        vicina = max(lato) if prima else min(lato)
        libera = vicina not in (etichetta for etichetta, _ in coppie)
        if libera and cella.contigui(min(vicina, misura), max(vicina, misura)):
            coppie.append((vicina, misura))
    return coppie


def verso_comune(bozza: Bozza, misure: Sequence[Valore | Fascia]) -> None:
    """The direction of several values: the one they share, or that of their progression."""
    versi = {verso_di(una.comparatore) for una in bozza.letture}
    if len(versi) == 1 and None not in versi:
        bozza.verso = versi.pop()
        return
    bozza.dubita(Certezza.MEDIA, NUMERO_NUDO)
    cifre = [misura.valore for misura in misure if isinstance(misura, Valore)]
    if bozza.tipo is not Tipo.PER_PERIODO or len(cifre) < len(misure) or len(set(cifre)) < 2:
        return
    if cifre == sorted(cifre):
        bozza.verso = Verso.CRESCENTE
    elif cifre == sorted(cifre, reverse=True):
        bozza.verso = Verso.DECRESCENTE
    if bozza.verso:
        bozza.dubita(Certezza.MEDIA, "il verso è proposto dalla progressione dei valori")


def data_e_periodo(cella: Cella, bozza: Bozza) -> None:
    """One deadline or one period next to a single value completes it."""
    termini, periodi = cella.di(Termine), cella.di(Periodo)
    if len(termini) == 1:
        posto, termine = termini[0]
        bozza.usate.add(posto)
        bozza.dubita(Certezza.MEDIA, *termine.dubbi)
        bozza.letture = [replace(una, data=termine.data) for una in bozza.letture]
    if len(periodi) == 1 and periodi[0][0] > min(bozza.usate):
        posto, periodo = periodi[0]
        if posto == len(cella.voci) - 1:
            bozza.usate.add(posto)
            bozza.letture = [replace(una, periodo=periodo.codice) for una in bozza.letture]
