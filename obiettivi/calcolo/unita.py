# SPDX-License-Identifier: AGPL-3.0-or-later
"""One spelling for each unit of measure, so that results, targets and rules can be compared."""

_UNITA = {
    "%": "%",
    "per cento": "%",
    "percento": "%",
    "gg": "gg",
    "g": "gg",
    "giorno": "gg",
    "giorni": "gg",
    "ore": "ore",
    "ora": "ore",
    "h": "ore",
    "€": "€",
    "euro": "€",
    "eur": "€",
    "n": "",
    "numero": "",
}


def unita_comune(unita: str) -> str:
    """One spelling for each unit: ``gg.``, ``GG``, ``giorni`` → ``gg``; a count (``n.``) → ""."""
    pulita = " ".join(unita.casefold().replace(".", " ").split())
    return _UNITA.get(pulita, pulita)
