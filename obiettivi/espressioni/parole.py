# SPDX-License-Identifier: AGPL-3.0-or-later
"""Qualitative goals: is it a goal at all, and which steps does it list?"""

import re
from dataclasses import dataclass
from itertools import pairwise

from obiettivi.calcolo.letture import Certezza, Tipo

from .cella import Bozza
from .testo import pulisci

_AZIONI_NOTE = (
    "avvio sviluppo verifica verifiche analisi studio report reportistica rispetto supporto"
    " utilizzo rilascio stesura chiusura stipula nomina messa presa ripresa consegna raccolta"
    " ricerca gara delibera deliberazione progetto piano protocollo accordo evidenza indagine"
    " corso corsi incontro incontri invio proposta bozza linee procedura procedure bando attività"
    " presenza relazione relazioni adozione uso impiego svolgimento esito parere atto atti verbale"
    " verbali manuale modello scheda schede sistema esecuzione completamento copertura garanzia"
    " riordino rinnovo riuso scelta affidamento collaudo trasloco rientro riparto pagamento"
    " erogazione tavolo rete audit survey questionario prosecuzione cronoprogramma documento"
)
_AZIONE = re.compile(
    r"(?:\w{2,}(?:mento|menti|zione|zioni|sione|sioni|aggio|aggi|tura|ture|sura|dura)|"
    + "|".join(_AZIONI_NOTE.split())
    + r")",
    re.IGNORECASE,
)
_VERBO = re.compile(
    r"\w{2,}(?:are|ere|ire|arsi|ersi|irsi|at[oaie]|ut[oaie]|it[oaie]|ess[oaie])"
    r"|(?:fatt|svolt|scritt|emess|redatt|raggiunt)[oaie]",
    re.IGNORECASE,
)
_PAROLA = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*")
_ITALIANA = re.compile(r"(?=.*[aeiouàèéìòù])[a-zàèéìòù.']{2,}", re.IGNORECASE)
_ALTROVE = re.compile(
    r"\b(?:target|indicator[ei]|valor[ei]|standard|obiettiv[oi])\b.*"
    r"\b(?:previst|indicat|fissat|stabilit|assegnat|definit|concordat)",
    re.IGNORECASE,
)
_NUMERATI = re.compile(r"(?:^|(?<=[\s;.,:]))(\d{1,2})\s?[-.)]\s?(?=[^\W\d_])")
_LETTERATI = re.compile(r"(?:^|(?<=[\s;.,:]))([a-l])\)\s?(?=[^\W\d_])")
_PUNTATI = re.compile(r"(?:^|(?<=[\s;.:]))[-•*]\s?(?=[^\W\d_])")
# A capital action noun starts a new line of the cell, unless a preposition or article leads to it.
_LEGA = re.compile(
    r"(?:\b(?:di|d|del|dell|dello|della|dei|degli|delle|a|ad|al|all|allo|alla|ai|agli|alle|da|dal"
    r"|dall|dalla|in|nel|nell|nella|nei|nelle|sul|sull|sulla|con|per|tra|fra|e|ed|o|il|lo|la|l|i"
    r"|gli|le|un|una|uno|n|su)|[-–'/,(\"])\s?$",
    re.IGNORECASE,
)


def azione(parola: str) -> bool:
    """Whether a word names something to be done (``avvio``, ``consolidamento``)."""
    return bool(_AZIONE.fullmatch(parola))


@dataclass(frozen=True)
class Passi:
    """The listed steps; ``sicuri`` if signs separate them and not capital letters alone."""

    testi: tuple[str, ...] = ()
    sicuri: bool = True


def _pulito(passo: str) -> str:
    return passo.strip(" ;,.:-•*")


def _tagliati(testo: str, posti: list[int]) -> tuple[str, ...]:
    limiti = [*posti, len(testo)]
    pezzi = (testo[inizio:fine] for inizio, fine in pairwise(limiti))
    return tuple(pulito for pezzo in pezzi if (pulito := _pulito(pezzo)))


def numerati(testo: str) -> tuple[str, ...]:
    """Steps numbered 1, 2, 3 or a), b), c); empty unless they follow one another from the first."""
    for modello, primo in ((_NUMERATI, 1), (_LETTERATI, "a")):
        trovati = list(modello.finditer(testo))
        segni = [trovato[1] for trovato in trovati]
        if primo == 1:
            attesi = [str(posto + 1) for posto in range(len(segni))]
        else:
            attesi = [chr(ord("a") + posto) for posto in range(len(segni))]
        if len(segni) > 1 and segni == attesi and trovati[0].start() == 0:
            fini = [trovato.end() for trovato in trovati]
            inizi = [trovato.start() for trovato in trovati[1:]]
            pezzi = zip(fini, [*inizi, len(testo)], strict=True)
            return tuple(_pulito(testo[inizio:fine]) for inizio, fine in pezzi)
    return ()


def passi(testo: str) -> Passi:
    """The steps of a goal listed by numbers, dashes, semicolons, full stops or capital nouns."""
    if elenco := numerati(testo):
        return Passi(elenco)
    puntati = [trovato.start() for trovato in _PUNTATI.finditer(testo)]
    if len(puntati) > 1 and puntati[0] == 0:
        return Passi(_tagliati(testo, puntati))
    if ";" in testo:
        pezzi = tuple(pulito for pezzo in testo.split(";") if (pulito := _pulito(pezzo)))
        return Passi(pezzi) if len(pezzi) > 1 else Passi()
    return _per_maiuscole(testo)


def _per_maiuscole(testo: str) -> Passi:
    if testo.isupper():
        return Passi()
    posti, sicuri = [0], True
    for parola in _PAROLA.finditer(testo):
        prima = testo[: parola.start()]
        if not (parola.start() and parola[0][0].isupper() and _AZIONE.fullmatch(parola[0])):
            continue
        if parola[0].isupper() or _LEGA.search(prima[-12:]):
            continue
        posti.append(parola.start())
        sicuri = sicuri and prima.rstrip().endswith((".", ":"))
    return Passi(_tagliati(testo, posti), sicuri) if len(posti) > 1 else Passi()


def traguardo(stampato: str, testo: str) -> Bozza:
    """The reading of a text with nothing to measure: a goal, or ``non_interpretabile``."""
    parole = [parola.rpartition("'")[2] for parola in _PAROLA.findall(testo)]
    bozza = Bozza(Tipo.TRAGUARDO)
    if not any(map(_AZIONE.fullmatch, parole[:3])):
        _incerto(bozza, parole)
    if bozza.tipo is Tipo.TRAGUARDO:
        _con_passi(bozza, stampato, testo)
    return bozza


def _incerto(bozza: Bozza, parole: list[str]) -> None:
    if any(_AZIONE.fullmatch(parola) or _VERBO.fullmatch(parola) for parola in parole):
        bozza.dubita(Certezza.MEDIA, "il testo è letto come traguardo qualitativo")
    elif sum(1 for parola in parole if _ITALIANA.fullmatch(parola)) > 1:
        bozza.dubita(
            Certezza.BASSA, "nessuna parola dice un'azione: è letto come traguardo qualitativo"
        )
    else:
        bozza.tipo = Tipo.NON_INTERPRETABILE
        bozza.dubita(
            Certezza.BASSA, "non ci sono valori, date, riferimenti o azioni che si possano leggere"
        )


def _con_passi(bozza: Bozza, stampato: str, testo: str) -> None:
    elenco = _a_blocchi(stampato) or passi(testo)
    bozza.passi = elenco.testi
    if not elenco.sicuri:
        bozza.dubita(Certezza.MEDIA, "i passi sono separati dalla sola maiuscola")
    if _ALTROVE.search(testo):
        bozza.dubita(Certezza.MEDIA, "il valore atteso è scritto in un altro documento")


def _a_blocchi(stampato: str) -> Passi | None:
    """Steps that an empty line keeps apart."""
    blocchi = [pulisci(blocco) for blocco in re.split(r"\n[^\S\n]*\n", stampato)]
    testi = tuple(pulito for blocco in blocchi if (pulito := _pulito(blocco)))
    return Passi(testi) if len(testi) > 1 else None
