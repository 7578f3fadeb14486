# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures that differ in their figures only come out of one mould, with their own scores."""

import random
from dataclasses import replace
from decimal import Decimal

import numpy as np

from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Base, Misura, Periodo
from obiettivi.calcolo.veloce.foglie import tutto_fisso
from obiettivi.calcolo.veloce.stampi import contorno
from obiettivi.calcolo.veloce.voci import Voci

from .casi import ANNO, edizione, misura
from .test_uguale_al_riferimento import PERIODI, atteso, giudica, mostra, veloci

D = Decimal
CIFRE = [D("-12.5"), D(-1), D(0), D("0.01"), D(1), D("33.333"), D(80), D(95), D(10) ** 30]
"""Signs, zero, and one too large to be left open."""


def con_altre_cifre(una: Misura, caso: random.Random) -> Misura:
    """The same measure with other numbers where it has some."""

    def altra(valore: Decimal | None) -> Decimal | None:
        return valore if valore is None else caso.choice(CIFRE)

    if una.target is None:
        return una
    letture = tuple(
        replace(x, valore=altra(x.valore), valore_max=altra(x.valore_max), quota=altra(x.quota))
        for x in una.target.letture
    )
    base = una.base and (replace(una.base, valore=altra(una.base.valore)))
    return replace(
        una,
        target=replace(una.target, letture=letture),
        riferimento=altra(una.riferimento),
        base=base,
    )


def test_chi_ha_altre_cifre_ha_i_suoi_punteggi() -> None:
    caso = random.Random(23)  # noqa: S311 -- cases, not secrets
    meno_stampi = 0
    for _ in range(6):
        regole = edizione(caso)
        misure = [
            variante
            for una in [misura(caso) for _ in range(40)]
            for variante in (una, *(con_altre_cifre(una, caso) for _ in range(5)))
        ]
        voci = Voci(ANNO, fisse=tutto_fisso(regole))
        for una in misure:
            voci.aggiungi(una)
        meno_stampi += len(misure) - len(voci._stampi)
        for frazione in PERIODI:
            periodo = Periodo(ANNO, frazione)
            esiti, _lasciati = veloci(misure, regole, periodo, voci)
            for posto, una in enumerate(misure):
                assert mostra(esiti, posto) == atteso(giudica(una, regole, periodo)), una
    assert meno_stampi > 6 * 40  # many came out of the mould of another


def soglia(valore: str, **altro: object) -> Misura:
    lettura = Lettura(Comparatore.MAGGIORE_UGUALE, D(valore), unita="%")
    target = LetturaTarget(f"≥ {valore}%", Tipo.SOGLIA, (lettura,))
    return replace(Misura("X", "X", target, verso=Verso.CRESCENTE, unita="%"), **altro)  # type: ignore[arg-type]


def test_uno_stampo_per_segno_non_per_cifra() -> None:
    assert contorno(soglia("80")) == contorno(soglia("95.5"))
    assert contorno(soglia("80")) != contorno(soglia("0"))
    assert contorno(soglia("80")) != contorno(soglia("-80"))
    assert contorno(soglia("80")) != contorno(soglia("80", unita="gg"))
    assert contorno(soglia("80")) != contorno(soglia("80", riferimento=D(3)))


def test_una_tendenza_tiene_il_suo_cambiamento_e_apre_la_base() -> None:
    def verso(cambio: str, base: str) -> Misura:
        target = LetturaTarget("", Tipo.TENDENZA, (Lettura(valore=D(cambio)),), Verso.CRESCENTE)
        return replace(soglia("80"), target=target, base=Base(valore=D(base), anno=ANNO - 1))

    assert contorno(verso("5", "70")) == contorno(verso("5", "81.2"))
    assert contorno(verso("5", "70")) != contorno(verso("10", "70"))
    assert contorno(verso("5", "70")) != contorno(verso("5", "-70"))


def test_gli_estremi_scambiati_non_escono_dallo_stampo_di_chi_li_ha_in_ordine() -> None:
    def fra(minimo: str, massimo: str) -> Misura:
        lettura = Lettura(valore=D(minimo), valore_max=D(massimo), unita="%")
        return replace(soglia("80"), target=LetturaTarget("", Tipo.INTERVALLO, (lettura,)))

    assert contorno(fra("10", "20")) == contorno(fra("30", "40"))
    assert contorno(fra("10", "20")) != contorno(fra("40", "30"))
    voci = Voci(ANNO)
    numeri = [voci.aggiungi(una) for una in (fra("10", "20"), fra("40", "30"), fra("30", "40"))]
    parti = voci.parti()
    modelli = parti.modello[parti.prime[np.array(numeri)]]
    assert modelli[0] == modelli[2] != modelli[1]
