# SPDX-License-Identifier: AGPL-3.0-or-later
"""The versions of the rows that the scores of a plan come from, as PostgreSQL keeps them.

A row that is written again, even with the same values, has another ``ctid`` or another ``xmin``;
two versions never share both. To read them costs a fraction of reading the rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from struct import iter_unpack

from django.db import connection

from obiettivi.models import (
    AreaStrategica,
    Indicatore,
    Misura,
    Obiettivo,
    Prospettiva,
    Raggiungimento,
    Rilevazione,
    Target,
    ValoreRiferimento,
)

_AREA, _OBIETTIVO, _MISURA, _INDICATORE, _TARGET, _RIFERIMENTO, _RILEVAZIONE, _PUNTEGGIO = (
    modello._meta.db_table
    for modello in (
        AreaStrategica, Obiettivo, Misura, Indicatore, Target, ValoreRiferimento, Rilevazione,
        Raggiungimento,
    )
)  # fmt: skip
_LUNGA = 10
"""Bytes of a version: six of ``ctid``, four of ``xmin``."""
_NESSUNA = "\\x" + "00" * _LUNGA
_INDICATORE_LUNGO = 8
_CHIAVE_LUNGA = 11


@dataclass(frozen=True)
class Versioni:
    """``struttura``: of the tree of a plan, of its indicators, targets and benchmarks of a year.

    ``risultati``: of its current results of that year, each after its indicator; ``punteggi``: of
    its stored scores in some periods, by ``chiave_di``.
    """

    struttura: tuple[bytes, ...]
    risultati: frozenset[bytes]
    punteggi: dict[bytes, bytes]


def _versione(riga: str) -> str:
    return f"tidsend({riga}.ctid) || xidsend({riga}.xmin)"


def _anche_nessuna(riga: str) -> str:
    return f"coalesce({_versione(riga)}, '{_NESSUNA}'::bytea)"


def _insieme(riga: str, tabella: str, dove: str) -> str:
    """The versions of the rows of a table that go with the leaves: by index, all in one go."""
    return (
        f"(SELECT string_agg({_versione(riga)}, ''::bytea ORDER BY {riga}.ctid) "  # noqa: S608 -- names of tables
        f"FROM {tabella} {riga} WHERE {dove})"
    )


_MISURE = "ANY (ARRAY(SELECT m.id FROM ramo m))"
_INDICATORI = "ANY (ARRAY(SELECT m.indicatore_id FROM ramo m))"
_DELL_ANNO = f"r.indicatore_id = {_INDICATORI} AND r.anno = $2 AND r.ambito = $3"
_TESTO = f"""WITH ramo AS MATERIALIZED (
        SELECT m.id, m.indicatore_id, {" || ".join(map(_anche_nessuna, "aom"))} AS versione
        FROM {_AREA} a
        LEFT JOIN {_OBIETTIVO} o ON o.area_id = a.id
        LEFT JOIN {_MISURA} m ON m.obiettivo_id = o.id
        WHERE a.piano_id = $1
    ) SELECT
        (SELECT string_agg(m.versione, ''::bytea ORDER BY m.versione) FROM ramo m),
        {_insieme("i", _INDICATORE, f"i.id = {_INDICATORI}")},
        {_insieme("t", _TARGET, f"t.misura_id = {_MISURE} AND t.anno = $2")},
        {_insieme("r", _RIFERIMENTO, _DELL_ANNO)},
    (
        SELECT string_agg(int8send(r.indicatore_id) || {_versione("r")}, ''::bytea)
        FROM {_RILEVAZIONE} r
        WHERE r.sostituita_il IS NULL AND r.unita_id IS NULL AND r.anno = $2
        AND r.indicatore_id = {_INDICATORI}
    ), (
        SELECT string_agg(
            textsend(rpad(p.frazione, 2)) || textsend(p.livello) || int8send(p.oggetto)
            || {_versione("p")}, ''::bytea)
        FROM {_PUNTEGGIO} p
        WHERE p.piano_id = $1 AND p.prospettiva = $4 AND p.anno = $2 AND p.frazione = ANY ($5)
    )"""  # noqa: S608 -- names of tables
_NOME = f"versioni_{sha256(_TESTO.encode()).hexdigest()[:16]}"
"""It tells the text: whoever finds it in a connection finds the same query."""

_PREPARATA = """SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
    EXISTS (SELECT 1 FROM pg_prepared_statements WHERE name = %s)"""
"""Whether the connection has it; until the end of the transaction it keeps its first plan."""


def leggi_versioni(piano: int, anno: int, frazioni: Sequence[str]) -> Versioni:
    """The versions of all that the scores of a plan come from, as of one moment.

    The query is planned once for each connection: to plan it costs as much as to run it.
    """
    ambito, prospettiva = ValoreRiferimento.Ambito.REGIONALE.value, Prospettiva.CONSUNTIVO.value
    with connection.cursor() as cursore:
        cursore.execute(_PREPARATA, [_NOME])
        _piano, preparata = cursore.fetchone()
        if not preparata:
            cursore.execute(f"PREPARE {_NOME} AS {_TESTO}")
        cursore.execute(
            f"EXECUTE {_NOME} (%s, %s, %s, %s, %s)",
            [piano, anno, ambito, prospettiva, list(frazioni)],
        )
        pacchi = [bytes(pacco or b"") for pacco in cursore.fetchone()]
    *struttura, risultati, punteggi = pacchi
    return Versioni(
        tuple(struttura),
        frozenset(_pezzi(risultati, _INDICATORE_LUNGO + _LUNGA)),
        {riga[:_CHIAVE_LUNGA]: riga for riga in _pezzi(punteggi, _CHIAVE_LUNGA + _LUNGA)},
    )


def _pezzi(pacco: bytes, passo: int) -> Iterable[bytes]:
    return (pezzo for (pezzo,) in iter_unpack(f"{passo}s", pacco))


def indicatore_di(versione: bytes) -> int:
    """The key of the indicator that the version of a result is of."""
    return int.from_bytes(versione[:_INDICATORE_LUNGO], "big")


def chiave_di(frazione: str, livello: str, oggetto: int) -> bytes:
    """A score inside its plan and year."""
    return f"{frazione:2}{livello}".encode() + oggetto.to_bytes(8, "big", signed=True)


def scomponi(chiave: bytes) -> tuple[str, str, int]:
    """Period, level and object of a score."""
    return (
        chiave[:2].decode().strip(),
        chiave[2:3].decode(),
        int.from_bytes(chiave[3:], "big", signed=True),
    )
