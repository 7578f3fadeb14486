# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether an activity can be done away from the office, by the three aspects of the mapping.

ASST Cremona's form asks autonomy, interdependence, measurability of the result (POLA 2022, part
4), after the conditions of its regulation: autonomy without a continuous exchange with the others,
results that can be measured.
"""

from enum import StrEnum


class Livello(StrEnum):
    ALTO = "alto"
    MEDIO = "medio"
    BASSO = "basso"


class Smartabile(StrEnum):
    SI = "si"
    IN_PARTE = "in_parte"
    NO = "no"


CONTRARI = {Livello.ALTO: Livello.BASSO, Livello.MEDIO: Livello.MEDIO, Livello.BASSO: Livello.ALTO}


def smartabile(
    autonomia: Livello,
    interdipendenza: Livello,
    misurabilita: Livello,
    *,
    delocalizzabile: bool = True,
) -> Smartabile:
    """No if nothing of it can be done elsewhere, or two aspects are against; yes if none is
    against and two at least are in favour; in part otherwise. Interdependence is against when high.
    """
    aspetti = [autonomia, CONTRARI[interdipendenza], misurabilita]
    contro = aspetti.count(Livello.BASSO)
    if not delocalizzabile or contro >= 2:
        return Smartabile.NO
    if not contro and aspetti.count(Livello.ALTO) >= 2:
        return Smartabile.SI
    return Smartabile.IN_PARTE
