# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers, units and dates as Italian plans print them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

CIFRE_MASSIME = 18
"""Longest number that is read: no printed figure comes near, and arithmetic stays exact."""


class Illeggibile(ValueError):
    """A figure that is printed in a way that cannot be trusted; the message is for people."""


@dataclass(frozen=True)
class Numero:
    """A number and, when it could be read otherwise, the Italian sentence that says so."""

    valore: Decimal
    dubbio: str = ""


_MIGLIAIA = re.compile(r"([1-9]\d{0,2})((?:[.' ]\d{3})+)(?:,(\d+))?")
_DECIMALE = re.compile(r"(\d+)[.,](\d+)")
_LETTERE = {
    parola: Decimal(valore)
    for valore, parole in {
        0: ("zero",),
        1: ("un", "uno", "una", "un'"),
        2: ("due",),
        3: ("tre",),
        4: ("quattro",),
        5: ("cinque",),
        6: ("sei",),
        7: ("sette",),
        8: ("otto",),
        9: ("nove",),
        10: ("dieci",),
        11: ("undici",),
        12: ("dodici",),
        15: ("quindici",),
        20: ("venti",),
        24: ("ventiquattro",),
        30: ("trenta",),
        40: ("quaranta",),
        45: ("quarantacinque",),
        48: ("quarantotto",),
        50: ("cinquanta",),
        60: ("sessanta",),
        70: ("settanta",),
        80: ("ottanta",),
        90: ("novanta",),
        100: ("cento",),
    }.items()
    for parola in parole
}


def numero(stampato: str) -> Numero:
    """Read an Italian number: ``1.205,3`` → 1205.3, ``96,65`` → 96.65, ``92.88`` → 92.88.

    A dot before exactly three digits separates thousands; with one such group and no decimals
    (``1.205``) the reading carries a doubt. Raises ``Illeggibile`` for ``1.20.5``, ``1,205.3``.
    """
    if sum(map(str.isdigit, stampato)) > CIFRE_MASSIME:
        raise Illeggibile(f"«{_corto(stampato)}» è un numero troppo lungo per essere un valore")
    if stampato.lower() in _LETTERE:
        return Numero(_LETTERE[stampato.lower()])
    if stampato.isdigit():
        return Numero(Decimal(stampato))
    if trovato := _MIGLIAIA.fullmatch(stampato):
        return _con_migliaia(stampato, *trovato.groups())
    if trovato := _DECIMALE.fullmatch(stampato):
        return Numero(Decimal(".".join(trovato.groups())))
    raise Illeggibile(f"«{stampato}» non è un numero scritto all'italiana")


def _con_migliaia(stampato: str, testa: str, gruppi: str, decimali: str | None) -> Numero:
    intero = testa + re.sub(r"\D", "", gruppi)
    valore = Decimal(f"{intero}.{decimali}" if decimali else intero)
    if decimali or len(gruppi) > 4 or "." not in gruppi:
        return Numero(valore)
    decimale = stampato.replace(".", ",")
    return Numero(valore, f"«{stampato}» è letto come {intero}; potrebbe essere {decimale}")


def _corto(stampato: str) -> str:
    return stampato if len(stampato) <= 24 else stampato[:24] + "…"


_MULTIPLI = {"k": 3, "mila": 3, "m": 6, "mln": 6, "mil": 6, "mld": 9, "mrd": 9}


def multiplo(stampato: str) -> Decimal:
    """The factor of ``mln``, ``milioni``, ``mld``, ``mila``, ``k``."""
    parola = stampato.lower().rstrip(".")
    if parola.startswith("milion"):
        parola = "mln"
    elif parola.startswith("miliard"):
        parola = "mld"
    return Decimal(10) ** _MULTIPLI[parola]


def per(valore: Decimal, fattore: Decimal) -> Decimal:
    """The product without trailing decimals: 1,5 milioni is 1500000, not 1500000.0."""
    prodotto = valore * fattore
    return Decimal(int(prodotto)) if prodotto == int(prodotto) else prodotto


_UNITA = (
    (r"g\.?|gg\.?|giorn[oi]", "gg"),
    (r"h\.?|hh|or[ae]", "ore"),
    (r"'|min\.?|minut[oi]", "min"),
    (r"''|sec\.?|second[oi]", "sec"),
    (r"mes[ei]", "mesi"),
    (r"sett\.?|settiman[ae]", "settimane"),
    (r"ann[oi]", "anni"),
    (r"€|eur|euro", "€"),
    (r"%|per ?cento", "%"),
    (r"‰|per ?mille", "‰"),
    (r"n\.?[°º]?|nr\.?|num\.?|numero", "n."),
    (r"punti percentuali|punti %|p\.? ?p\.?", "punti percentuali"),
)
_UNITA_NOTE = tuple((re.compile(modello, re.IGNORECASE), nome) for modello, nome in _UNITA)
TEMPI = frozenset(("gg", "gg lavorativi", "ore", "min", "sec", "mesi", "settimane", "anni"))


def unita(stampata: str) -> str:
    """The unit in its common form (``GG`` and ``giorni`` → ``gg``); unknown ones as printed."""
    pulita = " ".join(stampata.split())
    for modello, nome in _UNITA_NOTE:
        if modello.fullmatch(pulita):
            return nome
    if scala := re.fullmatch(r"/\s?(\d+)", pulita):
        return f"su {scala[1]}"
    return re.sub(r"\s*/\s*", "/", pulita)


_MESI = ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic")


def mese(nome: str) -> int:
    """1-12 from the name of a month, also abbreviated (``dic.``)."""
    return _MESI.index(nome.strip().lower()[:3]) + 1


@dataclass(frozen=True)
class Giorno:
    """A calendar day in ISO form (``--06-30`` where no year is printed) and its doubt."""

    iso: str
    dubbio: str = ""


def giorno(quanto: int, quale_mese: int, anno: str | None) -> Giorno:
    """A printed day; a year of two digits is of this century. Raises ``Illeggibile``."""
    stampato = f"{quanto}/{quale_mese}" + (f"/{anno}" if anno else "")
    try:
        if anno is None:
            date(2000, quale_mese, quanto)
            return Giorno(f"--{quale_mese:02}-{quanto:02}", "l'anno della scadenza non è stampato")
        intero = date(int(anno) + (2000 if len(anno) == 2 else 0), quale_mese, quanto)
    except ValueError:
        raise Illeggibile(f"«{stampato}» non è una data del calendario") from None
    breve = f"l'anno «{anno}» è letto {intero.year}" if len(anno) == 2 else ""
    return Giorno(intero.isoformat(), breve)


def fine_mese(quale_mese: int, anno: str | None) -> Giorno:
    """The last day of a month; with no year printed, the 28th of February."""
    ultimo = calendar.monthrange(int(anno) if anno else 2001, quale_mese)[1]
    return giorno(ultimo, quale_mese, anno)


PARTI_DELL_ANNO = {"T": 4, "S": 2, "Q": 3, "M": 12}
"""How many quarters, half years, four-month terms and months there are."""


def fine_periodo(periodo: str) -> Giorno:
    """The last day of a period code: ``2022-T1`` → 2022-03-31, ``S2`` → --12-31, ``2022``."""
    if re.fullmatch(r"\d{4}", periodo):
        return giorno(31, 12, periodo)
    anno, _, parte = periodo.rpartition("-")
    return fine_mese(int(parte[1:]) * 12 // PARTI_DELL_ANNO[parte[0]], anno or None)


_ORDINALI = {
    "prim": 1, "second": 2, "terz": 3, "quart": 4,
    "iv": 4, "iii": 3, "ii": 2, "i": 1,
}  # fmt: skip


def ordinale(stampato: str) -> int:
    """1-4 (1-12) from ``1°``, ``I``, ``primo``, ``IV``."""
    if cifre := re.search(r"\d+", stampato):
        return int(cifre[0])
    parola = re.sub(r"[^a-z]", "", stampato.lower())
    trovato = _ORDINALI.get(parola) or _ORDINALI.get(parola[:-1])
    if trovato is None:
        raise Illeggibile(f"«{stampato}» non è un ordinale")
    return trovato
