# SPDX-License-Identifier: AGPL-3.0-or-later
"""The columns of the voci: as narrow as their numbers, that stay what they are."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo
from obiettivi.calcolo.misura import Misura
from obiettivi.calcolo.veloce.voci import Parti, Voci

from .casi import ANNO

CIFRE = ["80", "-128", "129", "-32769", "12345.678901", "-2147483649", "9007199254741"]


def soglia(cifra: str) -> Misura:
    lettura = Lettura(comparatore=Comparatore.MAGGIORE_UGUALE, valore=Decimal(cifra))
    return Misura("", "", LetturaTarget(f"≥ {cifra}", Tipo.SOGLIA, (lettura,)))


def figure(parti: Parti, voci: list[int]) -> list[Fraction]:
    prime = parti.prime[voci]
    numeri = zip(parti.xn[prime].tolist(), parti.xd[prime].tolist(), strict=True)
    return [Fraction(n, d) for n, d in numeri]


@pytest.mark.parametrize("insieme", [True, False])
def test_le_figure_sono_quelle_date_per_quanto_grandi(insieme: bool) -> None:
    voci, larghezze = Voci(ANNO), []
    for cifra in CIFRE:
        voci.aggiungi(soglia(cifra))
        if not insieme:
            larghezze.append(voci.parti().xn.dtype.itemsize)
    tutte = list(range(len(CIFRE)))
    assert figure(voci.parti(), tutte) == [Fraction(cifra) for cifra in CIFRE]
    assert insieme or larghezze == sorted(larghezze)
    assert insieme or set(larghezze) == {1, 2, 4, 8}


def test_chi_resta_tiene_le_sue_figure() -> None:
    voci = Voci(ANNO)
    for cifra in CIFRE:
        voci.aggiungi(soglia(cifra))
    restano = [1, 4, 6]
    voci.tieni(np.array(restano))
    assert len(voci) == len(restano)
    assert figure(voci.parti(), [0, 1, 2]) == [Fraction(CIFRE[k]) for k in restano]
    nuova = voci.aggiungi(soglia("77.7"))
    assert figure(voci.parti(), [nuova, 0]) == [Fraction("77.7"), Fraction(CIFRE[1])]
