# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file → its sheets and their cells, read by a process of its own that cannot hurt this one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from piani.importazioni.limiti import MB, tipo_di

Cella = str | Decimal | int | bool | date | None
Unita = tuple[int, int, int, int]
"""Merged cells: first row and column, last row and column, from 0."""

CIMA = 40
"""First rows of a sheet, where its headers are looked for."""
RIGHE = 200_000
COLONNE = 400
CELLE = 4_000_000
UNITE = 50_000
MEMORIA = 768 * MB
SECONDI = 120
_LETTORE = Path(__file__).with_name("lettore.py")


@dataclass(frozen=True)
class Foglio:
    """A sheet: how large it is, its first rows, its merged cells."""

    nome: str
    righe: int
    colonne: int
    nascosto: bool = False
    unite: tuple[Unita, ...] = ()
    cima: list[list[Cella]] = field(default_factory=list)


def esamina(percorso: Path, nome: str) -> list[Foglio]:
    """The sheets of a file with something in them, each with its first rows.

    :raises ValidationError: in ``file``, why it cannot be read and what to do.
    """
    fogli = []
    with _parla(percorso, nome, "", CIMA) as cose:
        for cosa in cose:
            if isinstance(cosa, dict):
                fogli.append(_foglio(cosa))
            else:
                fogli[-1].cima.extend(map(_celle, cosa))
    pieni = [uno for uno in fogli if uno.righe and uno.colonne]
    if not pieni:
        raise ValidationError({"file": _("Il file non ha nessuna cella scritta.")})
    return pieni


@contextmanager
def foglio_aperto(
    percorso: Path, nome: str, foglio: str
) -> Iterator[tuple[Foglio, Iterator[list[Cella]]]]:
    """A sheet and all its rows from the first, in order; few at a time are in memory.

    :raises ValidationError: in ``file``, as :func:`esamina`, also while the rows come.
    """
    with _parla(percorso, nome, foglio, 0) as cose:
        testata = next(cose, None)
        if not isinstance(testata, dict):
            raise ValidationError(
                {"file": _("Il foglio «%(nome)s» non c'è più nel file.") % {"nome": foglio}}
            )
        righe = (_celle(riga) for blocco in cose for riga in blocco)
        yield _foglio(testata), righe


def _foglio(dati: dict[str, Any]) -> Foglio:
    """:raises ValidationError: the sheet is too large."""
    foglio = Foglio(
        nome=dati["nome"],
        righe=dati["righe"],
        colonne=dati["colonne"],
        nascosto=dati["nascosto"],
        unite=tuple((a, b, c, d) for a, b, c, d in dati["unite"]),
    )
    if foglio.righe > RIGHE or foglio.colonne > COLONNE or foglio.righe * foglio.colonne > CELLE:
        raise ValidationError(
            {"file": _("Il foglio «%(nome)s» occupa %(righe)s righe e %(colonne)s colonne: si "
                       "importano fino a %(r)s righe, %(c)s colonne e %(celle)s milioni di celle. "
                       "Togliere righe e colonne vuote in fondo, o dividerlo.")
             % {"nome": foglio.nome, "righe": foglio.righe, "colonne": foglio.colonne,
                "r": RIGHE, "c": COLONNE, "celle": CELLE // 1_000_000}}
        )  # fmt: skip
    if len(foglio.unite) > UNITE or any(_copre_tutto(una, foglio) for una in foglio.unite):
        raise ValidationError(
            {"file": _("Nel foglio «%(nome)s» quasi tutte le celle sono unite fra loro: dividerle, "
                       "perché non si capisce di chi è ogni valore.") % {"nome": foglio.nome}}
        )  # fmt: skip
    return foglio


def _copre_tutto(una: Unita, foglio: Foglio) -> bool:
    """More than half of a sheet of some size, over more rows and columns."""
    prima, sinistra, ultima, destra = una
    righe, colonne = ultima - prima + 1, destra - sinistra + 1
    celle = max(foglio.righe, ultima + 1) * max(foglio.colonne, destra + 1)
    return righe > 3 and colonne > 1 and celle > 20 and righe * colonne > celle / 2


def _celle(riga: list[Any]) -> list[Cella]:
    return [_giorno(una[0]) if isinstance(una, list) else una for una in riga]


def _giorno(iso: str) -> date:
    return date.fromisoformat(iso) if len(iso) == 10 else datetime.fromisoformat(iso)


@contextmanager
def _parla(percorso: Path, nome: str, foglio: str, cima: int) -> Iterator[Iterator[Any]]:
    """What the reader says, line by line; it ends with who listens."""
    comando = [
        sys.executable, "-I", str(_LETTORE), str(percorso), tipo_di(percorso, nome),
        str(MEMORIA), str(SECONDI), foglio, str(cima),
    ]  # fmt: skip
    with subprocess.Popen(  # noqa: S603 -- our own script; the file is only read
        comando, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    ) as lettore:
        try:
            yield _cose(lettore)
        finally:
            lettore.kill()


def _cose(lettore: subprocess.Popen[bytes]) -> Iterator[Any]:
    assert lettore.stdout is not None  # noqa: S101 -- it is a pipe
    for linea in lettore.stdout:
        cosa = json.loads(linea, parse_float=Decimal)
        if isinstance(cosa, dict) and "errore" in cosa:
            raise ValidationError({"file": _frase(cosa["errore"])})
        yield cosa
    if lettore.wait():
        # Killed by its limits, or stopped by something that the reader did not expect.
        raise ValidationError({"file": _frase("grande" if lettore.returncode < 0 else "rotto")})


def _frase(codice: str) -> str:
    frasi = {
        "protetto": _("Il foglio è protetto da password: toglierla e riprovare."),
        "rotto": _("Il file è rovinato: aprirlo, salvarlo di nuovo e riprovare."),
        "grande": _("Leggere il file chiede troppa memoria o troppo tempo: tenere nel foglio solo "
                    "le righe da importare."),
        "virgolette": _("Il CSV ha un testo fra virgolette che non finisce mai: correggere le "
                        "virgolette, o salvarlo come xlsx."),
        "codifica": _("Non si capisce con quale codifica è scritto il CSV: salvarlo come "
                      "«CSV UTF-8»."),
        "non_testo": _("Il file non è un CSV: contiene caratteri che un testo non ha."),
    }  # fmt: skip
    return frasi[codice]
