# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a person brought as far as a step."""

from datetime import date
from decimal import Decimal

from obiettivi.azioni.individuale import contenuto, firme
from obiettivi.azioni.individuale.contenuto import Esito, Giudizio, Proposto
from obiettivi.models import ValutazioneIndividuale

D = Decimal
LIVELLI = {"persone": "4", "risorse": "3", "integrazione": "5", "qualita": "4"}


def giudizi(livelli: dict[str, str]) -> dict[str, Giudizio]:
    return {codice: Giudizio(livello) for codice, livello in livelli.items()}


def assegna(una: ValutazioneIndividuale) -> None:
    contenuto.assegna_obiettivi(
        una,
        [Proposto("Ridurre le attese", "≤ 21 gg", D(25)), Proposto("Formare i nuovi", "6", D(75))],
        da=una.valutatore,
    )


def valuta(una: ValutazioneIndividuale, *esiti: str) -> None:
    obiettivi = una.obiettivi.all()
    contenuto.valuta_persona(
        una,
        esiti={uno.pk: Esito(D(esito)) for uno, esito in zip(obiettivi, esiti, strict=True)},
        giudizi=giudizi(LIVELLI),
        da=una.valutatore,
    )


def pronta(una: ValutazioneIndividuale) -> ValutazioneIndividuale:
    """Ready for the evaluator's signature: 80 and 60 on the objectives."""
    assegna(una)
    contenuto.autovaluta(
        una, giudizi=giudizi(dict.fromkeys(LIVELLI, "5")), invia=True, da=una.persona
    )
    valuta(una, "80", "60")
    contenuto.registra_colloquio(una, giorno=date(2023, 6, 1), da=una.valutatore)
    una.refresh_from_db()
    return una


def firmata(una: ValutazioneIndividuale) -> ValutazioneIndividuale:
    firme.firma_valutatore(pronta(una), da=una.valutatore)
    una.refresh_from_db()
    return una
