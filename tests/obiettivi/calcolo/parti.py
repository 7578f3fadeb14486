# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parts of a year, their results and targets in few words."""

from decimal import Decimal
from typing import Any

from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Misura, Periodo, Risultato
from obiettivi.calcolo.periodi import Aggregazione
from obiettivi.calcolo.valori import NonApplicabile, Numero, Punteggio

D = Decimal
SOMMA, ULTIMO, MEDIA, RAPPORTO = Aggregazione
SECCA = Edizione("e", "Regole di prova")
GE = Comparatore.MAGGIORE_UGUALE


def soglia(valore: str, **altro: Any) -> LetturaTarget:
    return LetturaTarget(f"≥ {valore}%", Tipo.SOGLIA, (Lettura(GE, D(valore), unita="%", **altro),))


def per_periodo(**valori: str) -> LetturaTarget:
    """``per_periodo(T1="80", _2022="90")``"""
    letture = [Lettura(GE, D(v), unita="%", periodo=p.lstrip("_")) for p, v in valori.items()]
    return LetturaTarget("x", Tipo.PER_PERIODO, tuple(letture))


def di(frazione: str, valore: str | None = None, **altro: Any) -> Risultato:
    dato = {} if valore is None else {"valore": Numero(D(valore))}
    return Risultato(Periodo(2022, frazione), **dato, **altro)


def su(frazione: str, sopra: str, sotto: str, **altro: Any) -> Risultato:
    return di(frazione, numeratore=D(sopra), denominatore=D(sotto), **altro)


def fuori(frazione: str, motivo: str = "reparto chiuso") -> Risultato:
    return Risultato(Periodo(2022, frazione), valore=NonApplicabile(motivo))


def giudizio(
    *risultati: Risultato,
    come: Aggregazione = SOMMA,
    frazione: str = "",
    target: LetturaTarget | None = None,
    edizione: Edizione = SECCA,
    **altro: Any,
) -> Giudizio:
    mira = target or soglia("100")
    altro = {"unita": "%", "verso": Verso.CRESCENTE} | altro
    caso = Misura("X", "Indicatore", mira, risultati, aggregazione=come, **altro)
    return giudica(caso, edizione, Periodo(2022, frazione))


def voto(*risultati: Risultato, **altro: Any) -> Punteggio:
    """Against 100 with ``rapporto``, so that the score below 100 is the result itself."""
    return giudizio(*risultati, **altro).punteggio


MISTO = per_periodo(T1="80", S1="85", _2022="90")
