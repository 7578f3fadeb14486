# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cell of the result: number, percentage, ratio, yes/no, progress, date, or nothing."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from obiettivi.calcolo.arrotondamento import CENTO
from obiettivi.calcolo.letture import LetturaTarget, Tipo
from obiettivi.calcolo.misura import (
    Periodo,
    Risultato,
    periodo_stampato,
    risultati_da_lettura,
    unita_comune,
)
from obiettivi.calcolo.valori import Mancante, NonApplicabile, Numero
from obiettivi.espressioni import leggi

from .cifre import Grafia, Illeggibile, cifra

_MANCA = re.compile(
    r"[-–—./\s]*|n\.?\s?/?\s?d\.?|non (disponibile|rilevat[oa]|pervenut[oa])|mancante|manca",
    re.IGNORECASE,
)
_FUORI = re.compile(
    r"n\.\s?a\.|n/a|non applicabile.*|neutralizzat[oa].*|esclus[oa].*", re.IGNORECASE
)
_SI = re.compile(r"s[iìí]'?|s|yes|on|fatto|vero|true", re.IGNORECASE)
_NO = re.compile(r"no|n|off|non fatto|falso|false", re.IGNORECASE)
_DATA = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_RAPPORTO = re.compile(r"(.+?)\s*(?:/|\bsu\b)\s*(.+)")
_COMPOSTI = (Tipo.PER_PERIODO, Tipo.PER_SEDE)


@dataclass(frozen=True, eq=False)
class NelPeriodo(Periodo):
    """A period of a sheet that names no year: in a sentence it is «dell’anno», or its quarter."""

    def __eq__(self, altro: object) -> bool:
        if not isinstance(altro, Periodo):
            return NotImplemented
        return (self.anno, self.frazione) == (altro.anno, altro.frazione)

    def __hash__(self) -> int:
        return hash((self.anno, self.frazione))

    def __str__(self) -> str:
        return self.frazione or "dell’anno"


@dataclass(frozen=True)
class CellaRisultato:
    """What the cell says: one result, or one for each quarter or site; ``unita`` as written."""

    risultati: tuple[Risultato, ...]
    unita: str = ""


def leggi_risultato(
    testo: str, target: LetturaTarget | None, grafia: Grafia, vuoto: Risultato
) -> CellaRisultato:
    """Read the cell, knowing what the target wants; ``vuoto`` carries period and origin.

    Raises ``Illeggibile`` for a text that is none of the known forms.
    """
    pulito = " ".join(testo.split())
    tipo = target.tipo if target else None
    if _MANCA.fullmatch(pulito):
        return CellaRisultato((replace(vuoto, valore=Mancante(pulito)),))
    if _FUORI.fullmatch(pulito):
        return CellaRisultato((replace(vuoto, valore=NonApplicabile(pulito)),))
    if target and tipo in _COMPOSTI and (parti := _composto(pulito, target, vuoto)):
        return CellaRisultato(parti)
    if (risposta := risposta_di(pulito)) is not None:
        return CellaRisultato((_si_no(pulito, risposta, tipo, vuoto),))
    if giorno := _data(pulito):
        return CellaRisultato((replace(vuoto, data=giorno, esito=pulito),))
    if rapporto := _RAPPORTO.fullmatch(pulito):
        return _rapporto(rapporto[1], rapporto[2], tipo, grafia, vuoto)
    return _numero(pulito, tipo, grafia, vuoto)


def risposta_di(testo: str) -> bool | None:
    """Yes, no, or neither (``None``)."""
    if _SI.fullmatch(testo):
        return True
    return False if _NO.fullmatch(testo) else None


def _si_no(testo: str, risposta: bool, tipo: Tipo | None, vuoto: Risultato) -> Risultato:
    """A yes to a goal in words is its whole progress; elsewhere it stays the answer it is."""
    if tipo is Tipo.TRAGUARDO:
        return replace(vuoto, avanzamento=CENTO if risposta else Decimal(0))
    return replace(vuoto, esito="sì" if risposta else "no")


def _data(testo: str) -> date | None:
    trovata = _DATA.fullmatch(testo)
    if trovata is None:
        return None
    giorno, mese, anno = trovata.group(1, 2, 3) if trovata[1] else trovata.group(6, 5, 4)
    try:
        return date(int(anno), int(mese), int(giorno))
    except ValueError:
        raise Illeggibile(f"«{testo}» non è una data del calendario") from None


def _rapporto(
    sopra: str, sotto: str, tipo: Tipo | None, grafia: Grafia, vuoto: Risultato
) -> CellaRisultato:
    numeratore, denominatore = cifra(sopra, grafia), cifra(sotto, grafia)
    if tipo in (Tipo.TRAGUARDO, Tipo.SI_NO) and denominatore.valore:
        quota = CENTO * numeratore.valore / denominatore.valore
        return CellaRisultato((replace(vuoto, avanzamento=quota),))
    risultato = replace(vuoto, numeratore=numeratore.valore, denominatore=denominatore.valore)
    return CellaRisultato((risultato,))


def _numero(testo: str, tipo: Tipo | None, grafia: Grafia, vuoto: Risultato) -> CellaRisultato:
    try:
        letta = cifra(testo, grafia)
    except Illeggibile as errore:
        if any(segno.isdigit() for segno in testo):
            raise
        serve = "l'avanzamento in %" if tipo is Tipo.TRAGUARDO else "un numero"
        raise Illeggibile(
            f"«{testo}» non si sa confrontare: serve {serve}, oppure sì, no o n.d. (manca)"
        ) from errore
    percento = unita_comune(letta.unita) == "%"
    if tipo is Tipo.TRAGUARDO or (tipo is Tipo.SI_NO and percento):
        return CellaRisultato((replace(vuoto, avanzamento=letta.valore),))
    risultato = replace(vuoto, valore=Numero(letta.valore), unita=letta.unita)
    return CellaRisultato((risultato,), letta.unita)


def _composto(testo: str, target: LetturaTarget, vuoto: Risultato) -> tuple[Risultato, ...]:
    """The results printed by quarter or by site, with the missing ones; () if it is not so."""
    letto = leggi(testo)
    if letto.tipo not in _COMPOSTI:
        return ()
    trovati = {
        (uno.periodo.frazione, uno.sede.casefold()): _dello_stesso_anno(uno, vuoto)
        for uno in risultati_da_lettura(letto, vuoto.periodo, origine=vuoto.origine)
    }
    for una in target.letture:
        frazione = periodo_stampato(una.periodo)[1]
        periodo = NelPeriodo(vuoto.periodo.anno, frazione) if frazione else vuoto.periodo
        manca = replace(vuoto, periodo=periodo, sede=una.sede)
        trovati.setdefault((frazione, una.sede.casefold()), manca)
    return tuple(trovati.values())


def _dello_stesso_anno(uno: Risultato, vuoto: Risultato) -> Risultato:
    if uno.periodo.anno != vuoto.periodo.anno:
        return uno
    tipo = type(vuoto.periodo)
    return replace(uno, periodo=tipo(uno.periodo.anno, uno.periodo.frazione))
