# SPDX-License-Identifier: AGPL-3.0-or-later
"""A cell → the value that a field wants, or a sentence that says what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from piani.importazioni.lettura import Cella

Lettore = Callable[[Cella], Any]
"""A cell → its value, None if there is none; ValueError with the sentence to show."""

SINONIMI_TARGET = ("target", "valore atteso", "risultato atteso", "obiettivo atteso", "atteso")
SINONIMI_CONSUNTIVO = (
    "consuntivo", "risultato", "actual", "valore rilevato", "rilevato", "dato", "valore",
    "risultato raggiunto", "valore raggiunto", "valore consuntivo",
)  # fmt: skip
SINONIMI_AVANZAMENTO = (
    "avanzamento", "% di ragg", "% di raggiungimento", "% ragg", "% raggiungimento",
    "raggiungimento", "grado di raggiungimento", "stato di avanzamento",
)  # fmt: skip
SINONIMI_GIORNO = ("giorno di raggiungimento", "data di raggiungimento", "raggiunto il", "fatto il")
SINONIMI_PESO = ("peso", "pesatura", "peso %", "ponderazione")
SINONIMI_CDR = (
    "cdr", "cdc", "uoc", "struttura", "unità", "unità operativa", "unità organizzativa", "uo",
    "u.o.", "u.o.c.", "centro di responsabilità", "centro di costo", "reparto", "servizio",
)  # fmt: skip
SINONIMI_CODICE_INDICATORE = (
    "codice indicatore", "cod indicatore", "cod. ind.", "id indicatore", "codice", "cod", "id",
)  # fmt: skip
SINONIMI_NOME_INDICATORE = ("indicatore", "nome indicatore", "descrizione indicatore", "misura")
SINONIMI_ANNO = ("anno", "esercizio", "anno di riferimento", "year")
SINONIMI_PERIODO = (
    "periodo",
    "trimestre",
    "frazione",
    "semestre",
    "trim",
    "periodo di riferimento",
)
MANCANTI = frozenset(
    ("-", "--", "---", "–", "—", ".", "..", "...", "n.d.", "n.d", "nd", "n/d", "n. d.", "nd.",
     "n.a.", "n/a", "na", "n.r.", "nr", "non disponibile", "non rilevato", "dato non disponibile",
     "#n/d", "#n/a", "#div/0!", "#valore!", "#value!", "#rif!", "#ref!", "#nome?", "#name?",
     "#num!", "#null!", "#nullo!")
)  # fmt: skip
"""What people write where they have no figure."""
_FORMULA = re.compile(r"^\s*(?:[=@]|[+\-].*[(!|])")
_MIGLIAIA = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_AMBIGUO = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_CIFRE = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_SEGNI = re.compile(r"[^0-9a-z%]+")
SI = frozenset(("si", "s", "vero", "true", "yes", "x", "on"))
NO = frozenset(("no", "n", "falso", "false", "off"))


def normale(testo: str) -> str:
    """A text as it is compared: no case, accents or punctuation, one space between words."""
    piano = unicodedata.normalize("NFKD", testo.casefold().replace("°", " "))
    senza = "".join(c for c in piano if not unicodedata.combining(c))
    return _SEGNI.sub(" ", senza).strip()


def scritta(cella: Cella) -> str:
    """The cell as people would write it: codes without decimals, Italian numbers and days."""
    if cella is None:
        return ""
    if isinstance(cella, bool):
        return _("Sì") if cella else _("No")
    if isinstance(cella, datetime):
        return cella.strftime("%d/%m/%Y %H:%M")
    if isinstance(cella, date):
        return cella.strftime("%d/%m/%Y")
    if isinstance(cella, Decimal):
        piano = format(_senza_zeri(cella), "f")
        return piano.replace(".", ",")
    return " ".join(str(cella).split())


def manca(cella: Cella) -> bool:
    """Whether the cell is empty, or says that there is nothing."""
    return cella is None or (isinstance(cella, str) and cella.strip().casefold() in MANCANTI)


def testo(massimo: int = 200, *, righe: bool = False) -> Lettore:  # noqa: PT028 -- no test
    """A text; a code kept as a number too. ``righe``: it may go on more lines."""

    def leggi(cella: Cella) -> str | None:
        if manca(cella):
            return None
        if righe and isinstance(cella, str):
            letto = "\n".join(linea.rstrip() for linea in cella.strip().splitlines())
        else:
            letto = scritta(cella)
        if isinstance(cella, str) and _FORMULA.match(cella):
            raise ValueError(_("Sembra una formula: scrivere il testo, senza «=» o «@» davanti."))
        if len(letto) > massimo:
            raise ValueError(_("Al massimo %(n)s caratteri.") % {"n": massimo})
        return letto

    return leggi


def numero(
    decimali: int = 4,
    minimo: Decimal | int | None = None,
    massimo: Decimal | int | None = None,
) -> Lettore:
    """An exact number as Italians write it, also with € or % after it."""

    def leggi(cella: Cella) -> Decimal | None:
        if manca(cella):
            return None
        letto = _numero(cella)
        if abs(letto) >= Decimal(10) ** 11:
            raise ValueError(_("Il numero è troppo grande."))
        tondo = _al_massimo(letto, decimali, cella)
        if (minimo is not None and tondo < minimo) or (massimo is not None and tondo > massimo):
            raise ValueError(_fuori(minimo, massimo))
        return tondo

    return leggi


def intero(minimo: int | None = None, massimo: int | None = None) -> Lettore:
    """A whole number."""
    come_numero = numero(0, minimo, massimo)

    def leggi(cella: Cella) -> int | None:
        letto = come_numero(cella)
        return None if letto is None else int(letto)

    return leggi


def giorno(cella: Cella) -> date | None:
    """A day: a date of the spreadsheet, 31/12/2026 or 2026-12-31."""
    if manca(cella):
        return None
    if isinstance(cella, datetime):
        return cella.date()
    if isinstance(cella, date):
        return cella
    for forma in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"):
        try:
            return datetime.strptime(str(cella).strip(), forma).date()  # noqa: DTZ007 -- a day has no hour
        except ValueError:
            continue
    raise ValueError(_("Non è una data: si scrive 31/12/2026."))


def si_no(cella: Cella) -> bool | None:
    """Yes or no, also 1 and 0."""
    if manca(cella):
        return None
    if isinstance(cella, bool):
        return cella
    detto = normale(scritta(cella))
    if detto in SI or detto == "1":
        return True
    if detto in NO or detto == "0":
        return False
    raise ValueError(_("Si scrive «sì» o «no»."))


def scelta(voci: Mapping[str, tuple[str, ...]]) -> Lettore:
    """One of some values, by any of its names."""
    per_nome = {normale(nome): valore for valore, nomi in voci.items() for nome in (valore, *nomi)}

    def leggi(cella: Cella) -> str | None:
        if manca(cella):
            return None
        trovato = per_nome.get(normale(scritta(cella)))
        if trovato is None:
            elenco = ", ".join(f"«{nomi[0] if nomi else valore}»" for valore, nomi in voci.items())
            raise ValueError(_("Valore sconosciuto. Si scrive: %(voci)s.") % {"voci": elenco})
        return trovato

    return leggi


def anno(cella: Cella) -> int | None:
    """A year from 2000 to 2100."""
    if isinstance(cella, date):
        return cella.year
    return intero(2000, 2100)(cella)  # type: ignore[no-any-return]


def _numero(cella: Cella) -> Decimal:
    if isinstance(cella, bool | date):
        raise ValueError(_("Non è un numero."))
    if isinstance(cella, int | Decimal):
        return Decimal(cella)
    pulito = re.sub(r"[\s\u00a0€%']|gg\.?$", "", str(cella).strip().replace("\u2212", "-"))
    if _AMBIGUO.fullmatch(pulito):
        tolto = pulito.replace(".", "")
        raise ValueError(
            _("«%(scritto)s» può essere %(mille)s o %(virgola)s: scriverlo in uno dei due modi.")
            % {"scritto": pulito, "mille": tolto, "virgola": pulito.replace(".", ",")}
        )
    if _MIGLIAIA.fullmatch(pulito):
        return Decimal(pulito.replace(".", "").replace(",", "."))
    if _CIFRE.fullmatch(pulito):
        return Decimal(pulito.replace(",", "."))
    raise ValueError(_("Non è un numero."))


def _al_massimo(letto: Decimal, decimali: int, cella: Cella) -> Decimal:
    """Without the binary dust of a spreadsheet; more decimals written by hand are refused."""
    try:
        tondo = letto.quantize(Decimal(1).scaleb(-decimali))
    except InvalidOperation as errore:
        raise ValueError(_("Il numero è troppo grande.")) from errore
    if tondo != letto and (isinstance(cella, str) or decimali == 0):
        if decimali == 0:
            raise ValueError(_("Serve un numero intero."))
        raise ValueError(_("Al massimo %(n)s decimali.") % {"n": decimali})
    return _senza_zeri(tondo)


def _senza_zeri(valore: Decimal) -> Decimal:
    intera = valore.to_integral_value()
    return intera if valore == intera else valore.normalize()


def _fuori(minimo: Decimal | int | None, massimo: Decimal | int | None) -> str:
    if massimo is None:
        return _("Deve essere almeno %(minimo)s.") % {"minimo": minimo}
    if minimo is None:
        return _("Può essere al massimo %(massimo)s.") % {"massimo": massimo}
    return _("Va da %(minimo)s a %(massimo)s.") % {"minimo": minimo, "massimo": massimo}
