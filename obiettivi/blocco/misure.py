# SPDX-License-Identifier: AGPL-3.0-or-later
"""The leaves of a block as columns, each with a key for what it is judged on.

Most leaves share their readings with others, and to bring a reading out of the database as text
costs more than all the rest of its row. The key is 128 bits of hash of unit, direction, rules of
time and readings: two readings with one key would need some 10^19 different ones. On PostgreSQL
the server makes it of the impronte that it keeps beside the readings, whose texts are read only
for the keys that are not known yet (``per_intero``); on SQLite it is made here, of the texts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np
from django.db import connection

from obiettivi.blocco.colonne import (
    Interi,
    casi,
    decimali,
    in_elenco,
    intere,
    intere_o_nulle,
    tuple_di,
    vero,
)
from obiettivi.calcolo.letture import LetturaTarget, Verso
from obiettivi.calcolo.misura import Base
from obiettivi.calcolo.misura import Misura as DaGiudicare
from obiettivi.calcolo.periodi import Aggregazione, Cumulo
from obiettivi.calcolo.veloce.medie import SENZA_PESO
from obiettivi.calcolo.veloce.risultati import AGGREGAZIONI, CUMULI
from obiettivi.models import (
    AreaStrategica,
    Indicatore,
    Misura,
    Obiettivo,
    Target,
    ValoreRiferimento,
)

_AREA, _OBIETTIVO, _MISURA, _INDICATORE, _TARGET, _RIFERIMENTO = (
    modello._meta.db_table
    for modello in (AreaStrategica, Obiettivo, Misura, Indicatore, Target, ValoreRiferimento)
)
Chiave = tuple[int, int]
"""What a leaf is judged on, in short; in a matrix, the row of that leaf."""
_SI_NO, _INVENTATA, _CON_RIFERIMENTO, _RESTO = 1, 2, 4, 8
_DECIMALI_RIFERIMENTO = 4
_PAROLE = (
    "CAST(t.lettura AS text)", "i.unita", "i.verso", "i.aggregazione", "i.cumulo",
    "i.eredita_target", "CAST(m.base_lettura AS text)", "m.base_anno",
)  # fmt: skip
"""What decides how a measure is judged, apart from its benchmark."""
_RIGA = "t.impronta, i.unita, i.verso, i.aggregazione, i.cumulo, i.eredita_target, " \
    "m.impronta_base, m.base_anno"  # fmt: skip
_IMPRONTE = tuple(f"hash_record_extended(ROW({_RIGA}), {seme})" for seme in (0, 1))
_NUMERI = (
    "m.id", "m.obiettivo_id", "m.indicatore_id",
    f"coalesce({intere_o_nulle('m.peso', 2)}, {SENZA_PESO})",
    "m.ordine",
)  # fmt: skip


@dataclass(frozen=True)
class Foglie:
    """Leaves: keys, weight in hundredths, benchmark in tenths of thousandths (0: none)."""

    misura: Interi
    obiettivo: Interi
    indicatore: Interi
    peso: Interi
    ordine: Interi
    riferimento: Interi
    si_no: Interi
    inventata: Interi
    aggregazione: Interi
    cumulo: Interi
    chiavi: Interi

    def scelte(self, quali: Interi) -> "Foglie":
        """Some of the leaves, in the order of ``quali``."""
        return Foglie(**{nome: valore[quali] for nome, valore in vars(self).items()})


def leggi(piani: Sequence[int], anno: int) -> Foglie:
    """The leaves of some plans, in no order."""
    postgresql = connection.vendor == "postgresql"
    da, parametri = _da(anno, _NEGLI_ALBERI, in_elenco("a.piano_id", piani))
    espressioni = (*_NUMERI, decimali("r.valore", _DECIMALI_RIFERIMENTO), _segni())
    if postgresql:
        matrice = intere((*espressioni, *_IMPRONTE), da, parametri, per="a.piano_id")
        *numeri, segni, prima, seconda = matrice.T
    else:
        righe = tuple_di((*espressioni, *_PAROLE), da, parametri)
        quanti = len(espressioni)
        *numeri, segni = np.array([riga[:quanti] for riga in righe], np.int64).reshape(-1, quanti).T
        prima, seconda = _di_parole([riga[quanti:] for riga in righe])
    regole = segni // _RESTO
    return Foglie(
        *numeri,
        si_no=segni & _SI_NO != 0,
        inventata=segni & _INVENTATA != 0,
        aggregazione=regole % len(AGGREGAZIONI),
        cumulo=regole // len(AGGREGAZIONI),
        chiavi=_chiavi(prima, seconda, numeri[-1], segni),
    )


_NEGLI_ALBERI = f"""{_MISURA} m
        JOIN {_OBIETTIVO} o ON o.id = m.obiettivo_id
        JOIN {_AREA} a ON a.id = o.area_id"""
_DA_SOLE = f"{_MISURA} m"


def _da(anno: int, misure: str, quali: str) -> tuple[str, tuple[object, ...]]:
    """What follows FROM, and its parameters."""
    da = f"""{misure}
        JOIN {_INDICATORE} i ON i.id = m.indicatore_id
        LEFT JOIN {_TARGET} t ON t.misura_id = m.id AND t.anno = %s
        LEFT JOIN {_RIFERIMENTO} r ON r.indicatore_id = i.id AND r.anno = %s AND r.ambito = %s
        WHERE {quali}"""
    return da, (anno, anno, ValoreRiferimento.Ambito.REGIONALE.value)


def _segni() -> str:
    """The marks of a leaf in one number."""
    aggregazione = casi("i.aggregazione", [una.value for una in AGGREGAZIONI], 0)
    cumulo = casi("i.cumulo", [uno.value for uno in CUMULI], 0)
    pezzi = [
        vero(f"i.tipo_formula = '{Indicatore.Formula.SI_NO.value}'", _SI_NO),
        vero("r.dimostrativo", _INVENTATA),
        vero("r.id IS NOT NULL", _CON_RIFERIMENTO),
        f"{_RESTO} * ({aggregazione} + {len(AGGREGAZIONI)} * ({cumulo}))",
    ]
    return " + ".join(pezzi)


def _di_parole(righe: Iterable[Sequence[Any]]) -> Interi:
    """The two numbers that the server makes, made here of what it would make them of."""
    byte = b"".join(blake2b(repr(riga).encode(), digest_size=16).digest() for riga in righe)
    return np.frombuffer(byte, np.int64).reshape(-1, 2).T


def _chiavi(prima: Interi, seconda: Interi, riferimento: Interi, segni: Interi) -> Interi:
    """The keys, that tell apart no benchmark and its sign: of the figure they need no more."""
    rango = np.where(segni & _CON_RIFERIMENTO, np.sign(riferimento) + 2, 0)
    return np.stack((prima ^ rango, seconda), axis=1)


def _parole(misure: Iterable[int], anno: int, *altre: str) -> list[tuple[Any, ...]]:
    da, parametri = _da(anno, _DA_SOLE, in_elenco("m.id", misure))
    return tuple_di(("m.id", *_PAROLE, *altre), da, parametri)


# --- the measures behind the keys ---------------------------------------------------------


def per_intero(
    misure: Sequence[int], anno: int, letto: Callable[[str], LetturaTarget]
) -> dict[int, tuple[Chiave, DaGiudicare]]:
    """Some measures as the reference takes them, without results, by their key.

    With the key of what was read, that may have changed since ``leggi``.
    """
    postgresql = connection.vendor == "postgresql"
    altre = (decimali("r.valore", _DECIMALI_RIFERIMENTO), _segni())
    righe = _parole(misure, anno, *altre, *(_IMPRONTE if postgresql else ()))
    if not righe:
        return {}
    quante = 1 + len(_PAROLE)
    parole = [riga[1:quante] for riga in righe]
    numeri = np.array([[int(uno) for uno in riga[quante:]] for riga in righe], np.int64)
    valori, segni, *impronte = numeri.reshape(len(righe), -1).T
    prima, seconda = impronte if postgresql else _di_parole(parole)
    chiavi = _chiavi(prima, seconda, valori, segni).tolist()
    con_riferimento = segni & _CON_RIFERIMENTO != 0
    return {
        riga[0]: (
            tuple(chiavi[k]),
            _da_giudicare(parole[k], int(valori[k]) if con_riferimento[k] else None, letto),
        )
        for k, riga in enumerate(righe)
    }


_verso, _aggregazione, _cumulo = cache(Verso), cache(Aggregazione), cache(Cumulo)


def _da_giudicare(
    parole: Sequence[Any], riferimento: int | None, letto: Callable[[str], LetturaTarget]
) -> DaGiudicare:
    target, unita, verso, aggregazione, cumulo, eredita, base, base_anno = parole
    return DaGiudicare(
        codice="",
        nome="",
        target=letto(target) if target else None,
        verso=_verso(verso) if verso else None,
        unita=unita,
        base=Base(lettura=letto(base), anno=base_anno) if base else None,
        riferimento=None
        if riferimento is None
        else Decimal(riferimento).scaleb(-_DECIMALI_RIFERIMENTO),
        aggregazione=_aggregazione(aggregazione),
        cumulo=_cumulo(cumulo),
        eredita_target=None if eredita is None else bool(eredita),
    )
