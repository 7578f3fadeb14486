# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roll-up without steps gives what the reference gives, at every level."""

import random
from decimal import Decimal

import pytest

from obiettivi.calcolo.aggregazione import Aggregato, Foglia, Nodo, aggrega
from obiettivi.calcolo.arrotondamento import Livello, esatto, netto
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.valori import Calcolato, Escluso, Motivo, NonCalcolabile, motivo_di
from obiettivi.calcolo.veloce.esiti import Punti
from obiettivi.calcolo.veloce.risalita import Figlio, Risalita, punteggio_di

from .casi import edizione

D = Decimal


def punti(caso: random.Random) -> Punti:
    quale = caso.random()
    if quale < 0.7:
        return caso.choice((D(100), D(60), D("59.99"), D(0), D(caso.randint(0, 12000)) / 100))
    if quale < 0.85:
        return NonCalcolabile(caso.choice((Motivo.NESSUN_VALORE, Motivo.DENOMINATORE_ZERO)))
    return Escluso(caso.choice(("chiuso", "non dovuto")))


def peso(caso: random.Random, come: int) -> Decimal | None:
    if come == 0 or (come == 1 and caso.random() < 0.4):
        return None
    return D(caso.choice((0, 5, 10, 25, 50, 33)))


def foglia(caso: random.Random, come: int) -> Foglia:
    punteggio = punteggio_di(punti(caso))
    copertura = D(100) if isinstance(punteggio, Calcolato) else D(0)
    return Foglia("f", caso.choice("abc"), punteggio, peso(caso, come), copertura,
                  caso.random() < 0.1)  # fmt: skip


def ramo(caso: random.Random, livello: Livello, sotto: list[Livello]) -> Nodo:
    come = caso.randrange(3)
    quanti = range(caso.choice((0, 1, 2, 3, 5)))
    if not sotto:
        figli: tuple[Foglia | Nodo, ...] = tuple(foglia(caso, come) for _ in quanti)
    else:
        figli = tuple(ramo(caso, sotto[0], sotto[1:]) for _ in quanti)
    return Nodo(livello, "n", caso.choice("xyz"), figli, peso(caso, come),
                prerequisito=livello is Livello.OBIETTIVO and caso.random() < 0.1)  # fmt: skip


def veloce(risalita: Risalita, nodo: Nodo) -> Figlio:
    figli = [
        veloce(risalita, figlio) if isinstance(figlio, Nodo) else _figlio(figlio)
        for figlio in nodo.figli
    ]
    fatto = risalita.nodo(nodo.livello, nodo.nome, figli)
    fatto.peso, fatto.prerequisito = nodo.peso, nodo.prerequisito
    return fatto


def _figlio(foglia: Foglia) -> Figlio:
    punteggio = foglia.punteggio
    valore = punteggio.valore if isinstance(punteggio, Calcolato) else punteggio
    return Figlio(valore, foglia.peso, foglia.copertura, foglia.dimostrativo, lambda: foglia.nome)


def detto(punti: Punti) -> object:
    return netto(punti) if isinstance(punti, Decimal) else motivo_di(punti)


@pytest.mark.parametrize("seme", range(40))
def test_ogni_nodo_ha_le_cifre_del_riferimento(seme: int) -> None:
    caso = random.Random(seme)  # noqa: S311 -- cases, not secrets
    for _ in range(25):
        _confronta(edizione(caso), ramo(caso, Livello.PIANO, [Livello.AREA, Livello.OBIETTIVO]))


@esatto
def _confronta(regole: Edizione, albero: Nodo) -> None:
    vero: Aggregato = aggrega(albero, regole)
    avuto = veloce(Risalita(regole), albero)
    punteggio = vero.punteggio
    atteso = netto(punteggio.valore) if isinstance(punteggio, Calcolato) else motivo_di(punteggio)
    assert (detto(avuto.punti), netto(avuto.copertura), avuto.dimostrativo) == (
        atteso, netto(vero.copertura), vero.dimostrativo,
    ), (regole, albero)  # fmt: skip
