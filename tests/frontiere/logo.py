# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the logo of an azienda."""

from typing import Any

from piani.models import Azienda

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"logo_togli"}
MODULI: set[str] = {"logo"}
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    return {nome: {"azienda": azienda.codice} for nome in ("logo", *SCRITTURE)}
