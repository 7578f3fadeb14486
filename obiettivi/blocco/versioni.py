# SPDX-License-Identifier: AGPL-3.0-or-later
"""The versions of the rows that the scores of a plan come from, as PostgreSQL keeps them.

A row that is written again, even with the same values, has another ``ctid`` or another ``xmin``;
two versions never share both. To read them costs a third of reading the rows.
"""

from collections.abc import Sequence

from django.db import connection

from obiettivi.models import (
    AreaStrategica,
    Indicatore,
    Misura,
    Obiettivo,
    Rilevazione,
    Target,
    ValoreRiferimento,
)

Versioni = frozenset[bytes]
"""The versions of many rows, each after the key of its indicator."""
_CHIAVE = 8
_VERSIONE = 10
_NESSUNA = "\\x" + "00" * _VERSIONE
_AREA, _OBIETTIVO, _MISURA, _INDICATORE, _TARGET, _RIFERIMENTO, _RILEVAZIONE = (
    modello._meta.db_table
    for modello in (
        AreaStrategica, Obiettivo, Misura, Indicatore, Target, ValoreRiferimento, Rilevazione,
    )
)  # fmt: skip


def _versione(riga: str) -> str:
    """What tells a version of a row from any other; zeros where there is no row."""
    return f"coalesce(tidsend({riga}.ctid) || xidsend({riga}.xmin), '{_NESSUNA}'::bytea)"


def di_struttura(piano: int, anno: int) -> bytes:
    """The versions of the tree of a plan, of its indicators, targets and benchmarks of a year."""
    return _unite(
        " || ".join(_versione(riga) for riga in "aomitr"),
        f"""{_AREA} a
        LEFT JOIN {_OBIETTIVO} o ON o.area_id = a.id
        LEFT JOIN {_MISURA} m ON m.obiettivo_id = o.id
        LEFT JOIN {_INDICATORE} i ON i.id = m.indicatore_id
        LEFT JOIN {_TARGET} t ON t.misura_id = m.id AND t.anno = %s
        LEFT JOIN {_RIFERIMENTO} r ON r.indicatore_id = i.id AND r.anno = %s AND r.ambito = %s
        WHERE a.piano_id = %s""",
        [anno, anno, ValoreRiferimento.Ambito.REGIONALE.value, piano],
    )


def di_risultati(piano: int, anno: int) -> Versioni:
    """The versions of the current results of a year of the indicators of a plan."""
    pacco = _unite(
        "int8send(r.indicatore_id) || tidsend(r.ctid) || xidsend(r.xmin)",
        f"""{_RILEVAZIONE} r
        WHERE r.sostituita_il IS NULL AND r.unita_id IS NULL AND r.anno = %s
        AND r.indicatore_id IN (
            SELECT m.indicatore_id FROM {_MISURA} m
            JOIN {_OBIETTIVO} o ON o.id = m.obiettivo_id
            JOIN {_AREA} a ON a.id = o.area_id
            WHERE a.piano_id = %s)""",  # noqa: S608 -- names of tables
        [anno, piano],
    )
    passo = _CHIAVE + _VERSIONE
    return frozenset(pacco[k : k + passo] for k in range(0, len(pacco), passo))


def indicatore_di(versione: bytes) -> int:
    """The key of the indicator that a version is of."""
    return int.from_bytes(versione[:_CHIAVE], "big")


def _unite(espressione: str, da: str, parametri: Sequence[object]) -> bytes:
    """One string of bytes for all the rows: one object, whatever their number."""
    with connection.cursor() as cursore:
        cursore.execute(f"SELECT string_agg({espressione}, ''::bytea) FROM {da}", parametri)  # noqa: S608 -- names of tables
        (pacco,) = cursore.fetchone()
    return bytes(pacco or b"")
