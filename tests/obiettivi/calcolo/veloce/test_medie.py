# SPDX-License-Identifier: AGPL-3.0-or-later
"""The objectives by sums of whole numbers are those that the reference rolls up."""

import random
from decimal import Decimal

import numpy as np
import pytest

from obiettivi.calcolo.aggregazione import Foglia, Nodo, aggrega
from obiettivi.calcolo.arrotondamento import Livello, Modo, arrotonda, esatto, netto
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.giudizio import Giudizio
from obiettivi.calcolo.misura import Periodo
from obiettivi.calcolo.valori import Calcolato, motivo_di
from obiettivi.calcolo.veloce.esiti import Esiti
from obiettivi.calcolo.veloce.medie import SENZA_PESO, Gruppi, risali
from obiettivi.calcolo.veloce.risalita import Risalita, punteggio_di

from .casi import edizione
from .test_risalita import punti

D = Decimal


def esiti_di(foglie: list[Foglia]) -> Esiti:
    esiti = Esiti.vuoti(len(foglie), tondi=True)
    for posto, foglia in enumerate(foglie):
        esiti.metti(
            posto,
            Giudizio(
                "", "", Periodo(2024), "", foglia.punteggio, (), foglia.copertura,
                foglia.dimostrativo,
            ),
        )  # fmt: skip
    return esiti


def tagliato(valore: Decimal, decimali: int) -> Decimal:
    return arrotonda(valore, Modo.TRONCAMENTO, decimali)


def gruppo(caso: random.Random) -> list[Foglia]:
    come = caso.randrange(3)
    foglie = []
    for _ in range(caso.randint(1, 6)):
        punteggio = punteggio_di(punti(caso))
        peso = (
            None
            if come == 0 or (come == 1 and caso.random() < 0.3)
            else D(caso.choice((0, 20, 33)))
        )
        intera = D(100) if caso.random() < 0.9 else D(75)
        copertura = intera if isinstance(punteggio, Calcolato) else D(0)
        foglie.append(
            Foglia("f", caso.choice("abc"), punteggio, peso, copertura, caso.random() < 0.1)
        )
    return foglie


@pytest.mark.parametrize("seme", range(30))
def test_ogni_obiettivo_ha_le_cifre_del_riferimento(seme: int) -> None:
    caso = random.Random(seme)  # noqa: S311 -- cases, not secrets
    for _ in range(10):
        _confronta(edizione(caso), [gruppo(caso) for _ in range(8)])


@esatto
def _confronta(regole: Edizione, gruppi: list[list[Foglia]]) -> None:
    foglie = [foglia for uno in gruppi for foglia in uno]
    inizi = np.cumsum([0, *(len(uno) for uno in gruppi[:-1])])
    pesi = np.array([SENZA_PESO if f.peso is None else int(f.peso * 100) for f in foglie])
    nodi = risali(
        esiti_di(foglie), Gruppi(inizi, pesi), Risalita(regole), lambda posto: foglie[posto].nome
    )
    for k, (avuto, uno) in enumerate(zip(nodi.figli, gruppi, strict=True)):
        if nodi.pronti[k]:
            assert isinstance(avuto.punti, Decimal)
            assert D(int(nodi.punti[k])).scaleb(-8) == tagliato(avuto.punti, 8)
            assert D(int(nodi.coperture[k])).scaleb(-4) == tagliato(avuto.copertura, 4)
        vero = aggrega(Nodo(Livello.OBIETTIVO, "", "", tuple(uno)), regole)
        punteggio = vero.punteggio
        atteso = (
            netto(punteggio.valore) if isinstance(punteggio, Calcolato) else motivo_di(punteggio)
        )
        detto = netto(avuto.punti) if isinstance(avuto.punti, Decimal) else motivo_di(avuto.punti)
        assert (detto, netto(avuto.copertura), avuto.dimostrativo) == (
            atteso, netto(vero.copertura), vero.dimostrativo,
        ), (regole, uno)  # fmt: skip
