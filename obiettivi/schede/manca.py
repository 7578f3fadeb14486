# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a scheda lacks before it is sent to the CdR."""

from obiettivi.models import SchedaBudget
from obiettivi.schede.lettura import contenuto, in_cifre
from piani.verifiche import Mancanza


def manca(scheda: SchedaBudget) -> list[Mancanza]:
    """What keeps the scheda from being sent; empty when nothing does."""
    letto = contenuto(scheda)
    trovate = []
    if not letto.gruppi:
        trovate.append(Mancanza("La scheda non ha nessuna area di performance."))
    elif not letto.aree_fanno_cento:
        somma = in_cifre(letto.somma_aree)
        trovate.append(Mancanza(f"I pesi delle aree fanno {somma} e non 100."))
    for uno in letto.gruppi:
        if not uno.fa_cento:
            somma = in_cifre(uno.somma)
            trovate.append(
                Mancanza(f"«{uno.nome}»: i pesi degli obiettivi fanno {somma} e non 100.")
            )
    return trovate
