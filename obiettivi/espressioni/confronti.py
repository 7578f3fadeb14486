# SPDX-License-Identifier: AGPL-3.0-or-later
"""From facts to comparisons: units given by words, proposed directions, labels and their values."""

import re
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


def lettura(valore: Valore, **altro: object) -> Lettura:
    base = Lettura(comparatore=valore.comparatore, valore=valore.valore, unita=valore.unita)
    return replace(base, **altro)


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


def misura_letta(bozza: Bozza, misura: object, **altro: object) -> Lettura:
    if isinstance(misura, Fascia):
        bozza.dubita(Certezza.MEDIA, *misura.dubbi)
        fascia = Lettura(valore=misura.minimo, valore_max=misura.massimo, unita=misura.unita)
        return replace(fascia, **altro)
    assert isinstance(misura, Valore)
    bozza.dubita(Certezza.MEDIA, *misura.dubbi)
    return lettura(misura, **altro)


def accoppia(cella: Cella, etichette: list[int], misure: list[int]) -> list[tuple[int, int]]:
    """Pairs of label and value that touch, labels before (or all after) their values."""
    prima = min(etichette) < min(misure)
    coppie = []
    for misura in misure:
        lato = [posto for posto in etichette if (posto < misura) is prima]
        vicina = (max if prima else min)(lato, default=None)
        libera = vicina is not None and vicina not in (etichetta for etichetta, _ in coppie)
        if libera and cella.contigui(*sorted((vicina, misura))):
            coppie.append((vicina, misura))
    return coppie


def verso_comune(bozza: Bozza, misure: list[object]) -> None:
    """The direction of several values: the one they share, or that of their progression."""
    valori = [misura for misura in misure if isinstance(misura, Valore)]
    versi = {verso_di(valore.comparatore) for valore in valori}
    if len(versi) == 1 and None not in versi and len(valori) == len(misure):
        bozza.verso = versi.pop()
        return
    cifre = [valore.valore for valore in valori]
    bozza.dubita(Certezza.MEDIA, NUMERO_NUDO)
    if len(cifre) > 1 and len(valori) == len(misure) and len(set(cifre)) > 1:
        if cifre == sorted(cifre):
            bozza.verso = Verso.CRESCENTE
        elif cifre == sorted(cifre, reverse=True):
            bozza.verso = Verso.DECRESCENTE
        if bozza.verso and bozza.tipo is Tipo.PER_PERIODO:
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
