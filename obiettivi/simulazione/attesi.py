# SPDX-License-Identifier: AGPL-3.0-or-later
"""The target of a row: as printed, or as operator and value."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from obiettivi.calcolo.letture import (
    Certezza,
    Comparatore,
    Lettura,
    LetturaTarget,
    Tipo,
    Verso,
)
from obiettivi.calcolo.metodi import verso_di
from obiettivi.espressioni import leggi

from .cifre import Cifra, Grafia, Illeggibile, cifra

OPERATORI = {
    ">=": Comparatore.MAGGIORE_UGUALE,
    "=>": Comparatore.MAGGIORE_UGUALE,
    "≥": Comparatore.MAGGIORE_UGUALE,
    ">": Comparatore.MAGGIORE,
    "<=": Comparatore.MINORE_UGUALE,
    "=<": Comparatore.MINORE_UGUALE,
    "≤": Comparatore.MINORE_UGUALE,
    "<": Comparatore.MINORE,
    "=": Comparatore.UGUALE,
    "==": Comparatore.UGUALE,
}
_NON_LETTI = (Tipo.NON_INTERPRETABILE, Tipo.TRAGUARDO, Tipo.NON_DISPONIBILE)
_DATA = re.compile(r"\d{1,2}/\d{1,2}(/\d{2,4})?|\d{1,2}[.-]\d{1,2}[.-]\d{4}|\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Atteso:
    """What a row asks for; ``riferimento`` is the value of the benchmark that the target names."""

    lettura: LetturaTarget | None
    riferimento: Decimal | None = None
    uguaglianza: bool = False


def leggi_atteso(target: str, operatore: str, valore: str, grafia: Grafia) -> Atteso:
    """The target of a row; nothing written gives no target.

    With ``target`` printed, ``valore`` alone is the value of the benchmark it names; any other
    pair must say the same thing. Raises ``Illeggibile``.
    """
    if not target:
        return _da_coppia(operatore, valore, grafia)
    letto = leggi(target)
    if not operatore and not valore:
        return Atteso(letto)
    if valore and not operatore and _vuole_riferimento(letto):
        return Atteso(letto, cifra(valore, grafia).valore)
    if not _dicono_lo_stesso(letto, _da_coppia(operatore, valore, grafia).lettura):
        raise Illeggibile(
            f"«{target}» e «{operatore} {valore}» dicono cose diverse: scrivere o il target come "
            "stampato, o operatore e valore"
        )
    return Atteso(letto)


def _vuole_riferimento(letto: LetturaTarget) -> bool:
    nominato = any(una.riferimento for una in letto.letture)
    return letto.tipo is Tipo.RIFERIMENTO or (letto.tipo is Tipo.TENDENZA and nominato)


def _dicono_lo_stesso(uno: LetturaTarget, altro: LetturaTarget | None) -> bool:
    if altro is None or len(uno.letture) != 1 or len(altro.letture) != 1:
        return False
    prima, dopo = uno.letture[0], altro.letture[0]
    stesso_segno = dopo.comparatore is None or prima.comparatore is dopo.comparatore
    return stesso_segno and (prima.valore, prima.valore_max) == (dopo.valore, dopo.valore_max)


def _da_coppia(operatore: str, valore: str, grafia: Grafia) -> Atteso:
    if not valore:
        return Atteso(None)
    testo = f"{operatore} {valore}".strip()
    if operatore and operatore not in OPERATORI:
        return Atteso(_a_parole(testo, operatore))
    if _DATA.fullmatch(valore):
        return Atteso(_scadenza(operatore, valore))
    comparatore = OPERATORI.get(operatore, Comparatore.UGUALE)
    if comparatore is Comparatore.UGUALE and not any(segno.isdigit() for segno in valore):
        return Atteso(_risposta(valore))
    lettura = _soglia(testo, comparatore, cifra(valore, grafia))
    return Atteso(lettura, uguaglianza=bool(operatore) and comparatore is Comparatore.UGUALE)


def _soglia(testo: str, comparatore: Comparatore, letta: Cifra) -> LetturaTarget:
    una = Lettura(comparatore=comparatore, valore=letta.valore, unita=letta.unita)
    return LetturaTarget(testo, Tipo.SOGLIA, (una,), verso_di(comparatore))


def _scadenza(operatore: str, valore: str) -> LetturaTarget:
    if operatore not in ("", "<=", "=<", "≤", "="):
        raise Illeggibile(f"con una data l'operatore è «<=», non «{operatore}»")
    giorno = "/".join(reversed(valore.split("-"))) if valore[:4].isdigit() else valore
    return replace(_letto(f"entro il {giorno}"), testo=f"{operatore} {valore}".strip())


def _risposta(valore: str) -> LetturaTarget:
    """``=`` + ``sì``: the expected answer; any other word is no value."""
    letto = leggi(valore)
    if letto.tipo is not Tipo.SI_NO:
        raise Illeggibile(f"«{valore}» non è un numero, una data, sì o no")
    return letto


def _a_parole(testo: str, operatore: str) -> LetturaTarget:
    """``tra`` + ``40 e 60``, ``almeno`` + ``95%``: read as a printed target."""
    letto = leggi(testo)
    if letto.tipo in _NON_LETTI or letto.certezza is not Certezza.ALTA:
        segni = ", ".join(("≥", ">", "≤", "<", "="))
        raise Illeggibile(f"«{operatore}» non è un operatore: serve uno fra {segni}")
    return letto


def _letto(testo: str) -> LetturaTarget:
    letto = leggi(testo)
    if letto.tipo is Tipo.NON_INTERPRETABILE:
        raise Illeggibile(letto.motivo.removesuffix("."))
    return letto


def un_solo_periodo(letto: LetturaTarget, anno: int) -> LetturaTarget:
    """A target by period set against a single result: its last period is what counts.

    Of a target by year, the year judged (the last one, when no year is said).
    """
    if letto.tipo is not Tipo.PER_PERIODO or not letto.letture:
        return letto
    dell_anno = [una for una in letto.letture if una.periodo.startswith(str(anno))]
    una = replace((dell_anno or letto.letture)[-1], periodo="")
    if una.sede:
        return replace(letto, tipo=Tipo.PER_SEDE, letture=(una,))
    misurato = una.valore is not None or una.data
    return replace(letto, tipo=Tipo.SOGLIA if misurato else Tipo.TRAGUARDO, letture=(una,))


VERSI = {verso.value: verso for verso in Verso}
