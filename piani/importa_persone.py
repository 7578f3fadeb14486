# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of people as a sheet says them, checked: each cell with what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from piani.models import Ruolo

COLONNE = ("nome", "cognome", "email", "ruolo", "unita", "dal", "al")
NECESSARIE = ("nome", "cognome", "email", "ruolo", "dal")
MASSIMI = {"nome": 150, "cognome": 150, "email": 254}


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


def controllate(righe: list[RigaPersona]) -> list[RigaPersona]:
    """The same rows, each cell looked at by itself and beside the other rows."""
    for riga in righe:
        _controlla(riga)
    _controlla_insieme(righe)
    return righe


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
