# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder with a transcribed plan → checked plain data. Pure reading: nothing is written.

The folder holds ``piano.toml`` (azienda, plan, act, opinions, phases, sections),
``organigramma.toml`` and ``quadri.toml``; each row names the lines of its source.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from piani import quadrature
from piani.quadrature import Quadratura

Dati = dict[str, Any]


@dataclass(frozen=True)
class PianoLetto:
    """What the ground floor loads of a plan."""

    azienda: Dati
    piano: Dati
    atto: Dati = field(default_factory=dict)
    pareri: list[Dati] = field(default_factory=list)
    validazione: Dati = field(default_factory=dict)
    fasi: list[Dati] = field(default_factory=list)
    sezioni: list[Dati] = field(default_factory=list)
    organigramma: Dati = field(default_factory=dict)
    unita: list[Dati] = field(default_factory=list)
    quadri: list[Dati] = field(default_factory=list)
    quadrature: list[Quadratura] = field(default_factory=list)


def leggi_piano(cartella: Path) -> PianoLetto:
    """Read and check the three files.

    :raises ValidationError: a file is missing, is not TOML, lacks a key or contradicts itself;
        the sentence names the file and what to do.
    """
    piano = leggi_toml(cartella / "piano.toml")
    organigramma = leggi_toml(cartella / "organigramma.toml")
    quadri = leggi_toml(cartella / "quadri.toml")
    for chiave in ("azienda", "piano"):
        if chiave not in piano:
            raise ValidationError(
                _("%(file)s: manca la parte [%(chiave)s].")
                % {"file": cartella / "piano.toml", "chiave": chiave}
            )
    unita = organigramma.get("unita", [])
    _controlla_padri(unita)
    return PianoLetto(
        azienda=piano["azienda"],
        piano=piano["piano"],
        atto=piano.get("atto", {}),
        pareri=piano.get("pareri", []),
        validazione=piano.get("validazione", {}),
        fasi=piano.get("fasi", []),
        sezioni=piano.get("sezioni", []),
        organigramma=organigramma.get("organigramma", {}),
        unita=unita,
        quadri=quadri.get("quadri", []),
        quadrature=_quadrature(quadri),
    )


def leggi_toml(percorso: Path) -> Dati:
    """The content of a TOML file, or a sentence that says what is wrong with it."""
    try:
        return tomllib.loads(percorso.read_text(encoding="utf-8"))
    except FileNotFoundError as errore:
        raise ValidationError(_("Manca il file %(file)s.") % {"file": percorso}) from errore
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as errore:
        raise ValidationError(
            _("%(file)s non si legge: %(errore)s") % {"file": percorso, "errore": errore}
        ) from errore


def _controlla_padri(unita: list[Dati]) -> None:
    visti: set[str] = set()
    for una in unita:
        padre = una.get("padre", "")
        if padre and padre not in visti:
            raise ValidationError(
                _("organigramma.toml: «%(unita)s» sta sotto «%(padre)s», che non viene prima.")
                % {"unita": una["codice"], "padre": padre}
            )
        visti.add(una["codice"])


def _quadrature(quadri: Dati) -> list[Quadratura]:
    try:
        return quadrature.quadrature(quadri)
    except ValueError as errore:
        raise ValidationError(_("quadri.toml: %(errore)s") % {"errore": errore}) from errore


def giorno(valore: Any) -> date | None:
    """A TOML date, an ISO text, or nothing."""
    if not valore:
        return None
    return valore if isinstance(valore, date) else date.fromisoformat(str(valore))
