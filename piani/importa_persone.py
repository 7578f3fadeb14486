# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet of people → checked rows, each cell with what is wrong with it. Nothing is written."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from piani.models import Ruolo

COLONNE = ("nome", "cognome", "email", "ruolo", "unita", "dal", "al")
NECESSARIE = ("nome", "cognome", "email", "ruolo", "dal")
RIGHE_MASSIME = 2000
MASSIMI = {"nome": 150, "cognome": 150, "email": 254}
ESEMPIO = """nome;cognome;email;ruolo;unita;dal;al
Ada;Prova;ada.prova@example.org;responsabile_cdr;;01/01/2026;
"""


@dataclass
class RigaPersona:
    """A row as written, what it says, and the errors of its cells (by column)."""

    numero: int
    celle: dict[str, str]
    errori: dict[str, str] = field(default_factory=dict)
    ruolo: str = ""
    dal: date | None = None
    al: date | None = None

    @property
    def email(self) -> str:
        return self.celle["email"].lower()


def leggi_persone(contenuto: bytes | str) -> list[RigaPersona]:
    """The rows of the sheet, with what can be said wrong of them without looking elsewhere.

    :raises ValidationError: it is not text, lacks a column, has no rows or too many.
    """
    lettore = csv.reader(StringIO(_testo(contenuto), newline=""), delimiter=";")
    intestazione = [nome.strip().lower() for nome in next(lettore, [])]
    if mancano := [nome for nome in COLONNE if nome not in intestazione]:
        raise ValidationError(
            _("Nella prima riga mancano le colonne: %(colonne)s. Servono, separate da «;»: "
              "%(tutte)s.") % {"colonne": ", ".join(mancano), "tutte": ";".join(COLONNE)}
        )  # fmt: skip
    righe = [
        RigaPersona(numero, _celle(intestazione, valori))
        for numero, valori in enumerate(lettore, 2)
        if any(valore.strip() for valore in valori)
    ]
    if not righe:
        raise ValidationError(_("Il foglio ha solo l'intestazione: manca una riga per persona."))
    if len(righe) > RIGHE_MASSIME:
        raise ValidationError(
            _("Le righe sono %(n)s, al massimo %(massime)s alla volta: dividere il foglio.")
            % {"n": len(righe), "massime": RIGHE_MASSIME}
        )
    for riga in righe:
        _controlla(riga)
    _controlla_insieme(righe)
    return righe


def in_csv(righe: Iterable[RigaPersona]) -> str:
    """The rows as a sheet again: what a confirmation sends back."""
    uscita = StringIO()
    scrittore = csv.writer(uscita, delimiter=";", lineterminator="\n")
    scrittore.writerow(COLONNE)
    scrittore.writerows([riga.celle[nome] for nome in COLONNE] for riga in righe)
    return uscita.getvalue()


def _testo(contenuto: bytes | str) -> str:
    """UTF-8, or what the spreadsheets of Windows write."""
    if isinstance(contenuto, str):
        return contenuto.removeprefix("\ufeff")
    try:
        return contenuto.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return contenuto.decode("cp1252")
    except UnicodeDecodeError as errore:
        raise ValidationError(_("Il file non è un CSV: salvarlo come «CSV UTF-8».")) from errore


def _celle(intestazione: list[str], valori: list[str]) -> dict[str, str]:
    scritte = dict(zip(intestazione, (valore.strip() for valore in valori), strict=False))
    return {nome: scritte.get(nome, "") for nome in COLONNE}


def _controlla(riga: RigaPersona) -> None:
    for nome in NECESSARIE:
        if not riga.celle[nome]:
            riga.errori[nome] = _("Manca.")
    for nome, massimo in MASSIMI.items():
        if len(riga.celle[nome]) > massimo:
            riga.errori[nome] = _("Al massimo %(n)s caratteri.") % {"n": massimo}
    if "email" not in riga.errori:
        try:
            validate_email(riga.celle["email"])
        except ValidationError:
            riga.errori["email"] = _("Non è un indirizzo di posta.")
    riga.ruolo = _ruolo(riga)
    riga.dal, riga.al = _giorno(riga, "dal"), _giorno(riga, "al")
    if riga.dal and riga.al and riga.al < riga.dal:
        riga.errori["al"] = _("Viene prima di «dal».")


def _ruolo(riga: RigaPersona) -> str:
    """By code or by name, whatever the case."""
    scritto = riga.celle["ruolo"].casefold()
    for valore, etichetta in Ruolo.choices:
        if scritto in (valore, valore.replace("_", " "), str(etichetta).casefold()):
            return valore
    riga.errori.setdefault(
        "ruolo", _("Ruolo sconosciuto. Si scrive: %(ruoli)s.") % {"ruoli": ", ".join(Ruolo.values)}
    )
    return ""


def _giorno(riga: RigaPersona, colonna: str) -> date | None:
    scritto = riga.celle[colonna]
    for forma in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(scritto, forma).date()  # noqa: DTZ007 -- a day has no hour
        except ValueError:
            continue
    if scritto:
        riga.errori[colonna] = _("Non è una data: si scrive 31/12/2026.")
    return None


def _controlla_insieme(righe: Iterable[RigaPersona]) -> None:
    """A person may have more rows, one per incarico, with the same name in each."""
    persone: dict[str, RigaPersona] = {}
    incarichi: dict[tuple[str, ...], RigaPersona] = {}
    for riga in righe:
        prima = persone.setdefault(riga.email, riga)
        for nome in ("nome", "cognome"):
            if prima.celle[nome].casefold() != riga.celle[nome].casefold():
                riga.errori.setdefault(
                    nome,
                    _("Alla riga %(n)s la stessa posta ha un altro nome.") % {"n": prima.numero},
                )
        chiave = (riga.email, riga.ruolo, riga.celle["unita"].casefold(), riga.celle["dal"])
        uguale = incarichi.setdefault(chiave, riga)
        if uguale is not riga:
            riga.errori.setdefault("email", _("È già alla riga %(n)s.") % {"n": uguale.numero})
