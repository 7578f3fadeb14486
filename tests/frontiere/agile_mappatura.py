# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the mapping."""

from typing import Any

from piani.models import Azienda

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = set()
MODULI: set[str] = set()
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    return {}
