# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of docs/api/linee-guida.yml asked of a description, without Spectral or Node.

As much of Spectral's rule file as those rules use: ``given`` (JSONPath; a final ``~`` is the name
instead of the value), ``then`` with ``field`` and one of the functions below.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonpath
import yaml
from jsonschema import Draft202012Validator

FILE = Path(__file__).resolve().parents[2] / "docs" / "api" / "linee-guida.yml"


def regole() -> dict[str, dict[str, Any]]:
    """The rules by name."""
    lette: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text())["rules"]
    return lette


def trovati(regola: dict[str, Any], descrizione: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a rule looks at, with its place."""
    dove = regola["given"]
    for percorso in [dove] if isinstance(dove, str) else dove:
        nomi = percorso.endswith("~")
        for uno in jsonpath.finditer(percorso.removesuffix("~"), descrizione):
            yield uno.path, uno.parts[-1] if nomi else uno.obj


def violazioni(regola: dict[str, Any], descrizione: dict[str, Any]) -> list[str]:
    """The places where a rule is not kept, each with what is there."""
    poi = regola["then"]
    return [
        f"{posto}: {valore!r}"
        for posto, visto in trovati(regola, descrizione)
        for uno in ([poi] if isinstance(poi, dict) else poi)
        for valore in [visto.get(uno["field"]) if "field" in uno else visto]
        if not FUNZIONI[uno["function"]](valore, **uno.get("functionOptions", {}))
    ]


def _vero(valore: Any) -> bool:
    return bool(valore)


def _schema(valore: Any, *, schema: dict[str, Any]) -> bool:
    return Draft202012Validator(schema).is_valid(valore)


def _uno_fra(valore: Any, *, values: list[Any]) -> bool:
    """As Spectral does, what is not there is nobody's fault: ``truthy`` says so."""
    return valore is None or valore in values


def _scritto(valore: Any, *, match: str = "", notMatch: str = "") -> bool:
    if not isinstance(valore, str):
        return True
    if notMatch and re.search(notMatch, valore):
        return False
    return not match or re.search(match, valore) is not None


FUNZIONI: dict[str, Callable[..., bool]] = {
    "truthy": _vero,
    "schema": _schema,
    "enumeration": _uno_fra,
    "pattern": _scritto,
}
