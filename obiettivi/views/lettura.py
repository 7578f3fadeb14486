# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reading of a printed target, as the page shows it beside the text."""

from dataclasses import dataclass

from obiettivi.calcolo.letture import Certezza, LetturaTarget, Tipo
from obiettivi.calcolo.parole import lettura_in_parole

TIPI = {
    Tipo.SOGLIA: "Soglia",
    Tipo.INTERVALLO: "Intervallo",
    Tipo.QUOTA_DI_CASI: "Quota di casi",
    Tipo.PER_PERIODO: "Per periodo",
    Tipo.PER_SEDE: "Per sede",
    Tipo.RIFERIMENTO: "Rispetto a un riferimento",
    Tipo.TENDENZA: "Tendenza rispetto alla partenza",
    Tipo.TRAGUARDO: "Traguardo qualitativo",
    Tipo.SI_NO: "Sì / no",
    Tipo.DA_DEFINIRE: "Da definire",
    Tipo.NON_DISPONIBILE: "Non disponibile",
    Tipo.NON_INTERPRETABILE: "Non interpretabile",
}
CERTEZZE = {Certezza.ALTA: "Alta", Certezza.MEDIA: "Media", Certezza.BASSA: "Bassa"}
# Their phrase would only say the kind again.
MUTI = {Tipo.SI_NO, Tipo.DA_DEFINIRE, Tipo.NON_DISPONIBILE, Tipo.NON_INTERPRETABILE}


@dataclass(frozen=True)
class Parole:
    """Kind of target, what it asks ("" if the kind says it all), certainty and doubt."""

    tipo: str
    frase: str
    certezza: str
    motivo: str


def in_parole(letto: LetturaTarget) -> Parole:
    """A reading in words."""
    return Parole(
        tipo=TIPI[letto.tipo],
        frase="" if letto.tipo in MUTI else lettura_in_parole(letto),
        certezza=CERTEZZE[letto.certezza],
        motivo=letto.motivo,
    )
