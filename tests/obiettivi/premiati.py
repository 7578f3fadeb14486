# SPDX-License-Identifier: AGPL-3.0-or-later
"""The closed evaluations of a year, of managers and of staff. People are invented."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale
from piani.models import Azienda
from tests.factories import (
    AziendaFactory,
    EdizioneIndividualeFactory,
    OrganigrammaFactory,
    UnitaFactory,
    UtenteFactory,
)

TANTI: Mapping[str, Sequence[int]] = {"dirigenza": (6, 8, 5), "comparto": (10, 20, 7)}
"""By category, how many in each of the first classes of the rules."""


def valutazioni_chiuse(
    azienda: Azienda | None = None, quante: Mapping[str, Sequence[int]] = TANTI
) -> EdizioneIndividuale:
    """An edition of 2022 with all its sheets closed, in one unit and with no evaluator."""
    azienda = azienda or AziendaFactory()
    edizione: EdizioneIndividuale = EdizioneIndividualeFactory(azienda=azienda)
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    classi = edizione.regole.classi
    comuni: dict[str, Any] = {
        "azienda": azienda, "edizione": edizione, "anno": edizione.anno, "unita": unita,
        "stato": ValutazioneIndividuale.Stato.CHIUSA,
    }  # fmt: skip
    for categoria, conteggi in quante.items():
        for classe, persone in zip(classi, conteggi, strict=False):
            punti = classe.da + Decimal(1)
            ValutazioneIndividuale.objects.bulk_create(
                ValutazioneIndividuale(
                    **comuni, persona=UtenteFactory(), categoria=categoria, punteggio=punti,
                    punteggio_finale=punti, classe=classe.etichetta,
                )
                for _numero in range(persone)
            )  # fmt: skip
    return edizione
