# SPDX-License-Identifier: AGPL-3.0-or-later
"""What exactness costs: the figures of a run judged again by the core, and by plain floats."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from obiettivi.calcolo.arrotondamento import Arrotondamento
from obiettivi.calcolo.veloce import nucleo
from obiettivi.calcolo.veloce.nucleo import Dati, Rapporti, Tavola, Tondi
from obiettivi.calcolo.veloce.spezzate import Spezzata

from .base import ABBASTANZA, Base, ricalcola
from .giri import Cifra, Concorrente, Tabellone, a_giro
from .rivali import svuota_punteggi

Virgola = NDArray[np.float64]


@dataclass
class Passaggi:
    """What a run asks of the core, kept to be asked again."""

    giudicati: list[tuple[Tavola, Dati]] = field(default_factory=list)
    arrotondati: list[tuple[Rapporti, Arrotondamento]] = field(default_factory=list)

    @contextmanager
    def registrati(self) -> Iterator[None]:
        """Keep what goes through the core while the block runs."""
        giudica, arrotonda = nucleo.giudica, nucleo.arrotonda

        def con_giudizi(tavola: Tavola, dati: Dati) -> Rapporti:
            self.giudicati.append((tavola, dati))
            return giudica(tavola, dati)

        def con_tondi(rapporti: Rapporti, regola: Arrotondamento) -> Tondi:
            self.arrotondati.append((rapporti, regola))
            return arrotonda(rapporti, regola)

        nucleo.giudica, nucleo.arrotonda = con_giudizi, con_tondi  # type: ignore[assignment]
        try:
            yield
        finally:
            nucleo.giudica, nucleo.arrotonda = giudica, arrotonda

    def esatti(self) -> None:
        """Again, as the product does."""
        for tavola, dati in self.giudicati:
            nucleo.giudica(tavola, dati)
        for rapporti, regola in self.arrotondati:
            nucleo.arrotonda(rapporti, regola)

    def in_virgola(self) -> None:
        """Again, in floating point, as one would write it without thinking of ties."""
        for tavola, dati in self.giudicati:
            _giudica(tavola, dati)
        for rapporti, regola in self.arrotondati:
            unita = 10.0**regola.decimali
            np.floor(rapporti.num / rapporti.den * unita + 0.5) / unita


def _giudica(tavola: Tavola, dati: Dati) -> Virgola:
    risultato, x, y = dati.n / dati.d, dati.xn / dati.xd, dati.yn / dati.xd

    def forma(terna: Any) -> Virgola:
        una: Virgola = terna[0] + terna[1] * x + terna[2] * y
        return una

    sotto, sopra = tavola.limiti[:5, dati.quali], tavola.limiti[5:, dati.quali]
    with np.errstate(divide="ignore", invalid="ignore"):
        basso = risultato - forma(sotto[:3]) / sotto[3]
        alto = risultato - forma(sopra[:3]) / sopra[3]
        zona = np.where(basso < 0, 0, np.where(alto > 0, 2, 1))
        posto = dati.quali * 3 + zona
        forme = tavola.forme[:, posto]
        grado = (forma(forme[:3]) * risultato + forma(forme[3:6])) / (
            forma(forme[6:9]) * risultato + forma(forme[9:])
        )
        punti: Virgola = tavola.fisse[0, posto] / tavola.fisse[1, posto]
    catene = tavola.catena[posto]
    for numero in np.unique(catene[catene >= 0]):
        righe = np.flatnonzero(catene == numero)
        punti[righe] = _sulla_linea(tavola.catene.linee[numero], grado[righe])
    return punti


def _sulla_linea(linea: Spezzata, gradi: Virgola) -> Virgola:
    punti, aperti = np.zeros_like(gradi), np.ones(len(gradi), np.bool_)
    for tratto in linea:
        miei = aperti if tratto.fino is None else aperti & (gradi <= float(tratto.fino))
        punti[miei] = gradi[miei] * float(tratto.a) + float(tratto.b)
        aperti = aperti & ~miei
    return punti


def esattezza(base: Base, tabellone: Tabellone, giri: int) -> None:
    """The share of a run that goes into being exact instead of nearly so."""
    piani, passaggi = base.circa(ABBASTANZA), Passaggi()
    svuota_punteggi()
    with passaggi.registrati():
        ricalcola(piani)
    vie = [
        Concorrente("un giro intero", lambda: ricalcola(piani), svuota_punteggi),
        Concorrente("il nucleo esatto", passaggi.esatti),
        Concorrente("lo stesso in virgola mobile", passaggi.in_virgola),
    ]
    a_giro(vie, giri)
    giro, esatto, virgola = (via.mediana for via in vie)
    quota = 100 * (esatto - virgola) / giro
    tabellone.segna(Cifra("costo dell'esattezza, parte del giro", quota, 15, "%"))
    tabellone.segna(Cifra("il nucleo, parte del giro", 100 * esatto / giro, 15, "%"))
    tabellone.segna(Cifra("nucleo esatto / in virgola mobile", esatto / virgola, 4))
