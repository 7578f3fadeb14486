# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entry of the main menu, for who brings something in."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from piani.importazioni.genere import generi


def voci(utente: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """With no query: by the ruoli of the person."""
    ruoli = {ruolo for genere in generi().values() for ruolo in genere.ruoli}
    if not (utente.puo_tutto or utente.ha_ruolo(*ruoli)):
        return []
    return [(_("Importazioni"), reverse("importazioni_di"), ("/importazioni/",))]
