# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one door of the reader: clean, cut, try the rules, close."""

import re
import unicodedata

from obiettivi.calcolo.letture import Certezza, LetturaTarget, Tipo

from . import misure, parole, senza_cifre
from .cella import Bozza, Cella, accorcia, frase_intera
from .fatti import Guasto, Tendenza, Valore
from .taglio import voci
from .testo import pulisci

LUNGHEZZA_MASSIMA = 3000
"""Characters of the longest text that is read: a page of text is not a target."""

_TRATTI = re.compile(r"[-/\\_.=|~\s]+")
_SENZA_VALORE = re.compile(r"[≥≤<>]")
_SEGNAPOSTO = re.compile(r"(?:\bx+|_+|\.{2,}|\?+)\s?%", re.IGNORECASE)
_TRATTINO_O_SEGNO = re.compile(r"-\s")
_PAROLE_DI_UNA_FRASE = 5


def leggi(testo: str) -> LetturaTarget:
    """Read one printed target or consuntivo; any text gives a reading (see the package)."""
    if len(testo) > LUNGHEZZA_MASSIMA:
        return _non_letto(
            testo,
            f"il testo ha {len(testo)} caratteri: se ne leggono al massimo {LUNGHEZZA_MASSIMA}",
        )
    pulito = pulisci(testo)
    if not pulito:
        return _non_letto(testo, "non è stampato nulla")
    if _TRATTI.fullmatch(pulito):
        return LetturaTarget(testo, Tipo.NON_DISPONIBILE)
    elenco = parole.numerati(pulito)
    da_leggere = "; ".join(elenco) if elenco else pulito
    cella = Cella(testo, da_leggere, voci(da_leggere))
    if ostacolo := _ostacolo(cella):
        return ostacolo
    bozza = _prima(cella)
    if any(_TRATTINO_O_SEGNO.match(cella.stampa(posto)) for posto, _ in cella.di(Valore)):
        bozza.dubita(Certezza.BASSA, "il trattino può essere un segno meno o l'inizio di un elenco")
    return bozza.chiudi(cella)


def _prima(cella: Cella) -> Bozza:
    """The draft of the first rule that knows the shape; a goal in words if none does."""
    regole = (
        *misure.REGOLE,
        senza_cifre.da_definire,
        misure.scadenza,
        *senza_cifre.REGOLE,
    )
    for regola in regole:
        if bozza := regola(cella):
            return bozza
    bozza = parole.traguardo(cella.stampato, cella.testo)
    bozza.usate = set(range(len(cella.voci)))
    for posto, tendenza in cella.di(Tendenza):
        if cella.in_testa(posto) and bozza.tipo is Tipo.TRAGUARDO:
            bozza.dubita(
                Certezza.MEDIA, f"«{tendenza.parola}» è letto come la prima parte di un traguardo"
            )
    return bozza


def _ostacolo(cella: Cella) -> LetturaTarget | None:
    """What makes the whole text untrustworthy, if anything does."""
    guasti = cella.di(Guasto)
    misurati = cella.misure()
    breve = len(cella.testo.split()) < _PAROLE_DI_UNA_FRASE
    for _, guasto in guasti:
        if guasto.grave or (breve and not misurati):
            return _non_letto(cella.stampato, guasto.motivo)
    if breve and not misurati and any("ORARIO" in voce.tipi for voce in cella.voci):
        return _non_letto(cella.stampato, "è stampato un orario, che non si sa confrontare")
    se = any("SE" in voce.tipi for voce in cella.voci)
    if se and len(misurati) > 1:
        return _non_letto(
            cella.stampato,
            "più valori con «se» fanno una griglia di fasce: va trascritta come metodo a fasce",
        )
    return _segni_soli(cella)


def _segni_soli(cella: Cella) -> LetturaTarget | None:
    for posto, voce in enumerate(cella.voci):
        if voce.fatto:
            continue
        stampata = cella.stampa(posto)
        if trovato := _SENZA_VALORE.search(stampata):
            return _non_letto(cella.stampato, f"il segno «{trovato[0]}» non ha un valore vicino")
        if _SEGNAPOSTO.search(stampata):
            return _non_letto(cella.stampato, f"«{accorcia(stampata)}» non dice quale percentuale")
        if speciale := next(filter(_e_cifra, stampata), ""):
            return _non_letto(cella.stampato, f"«{speciale}» è una cifra che non si sa leggere")
    return None


def _e_cifra(carattere: str) -> bool:
    return not carattere.isascii() and unicodedata.numeric(carattere, None) is not None


def _non_letto(testo: str, motivo: str) -> LetturaTarget:
    return LetturaTarget(
        testo,
        Tipo.NON_INTERPRETABILE,
        certezza=Certezza.BASSA,
        motivo=frase_intera(motivo),
    )
