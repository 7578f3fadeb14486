# SPDX-License-Identifier: AGPL-3.0-or-later
"""The method of an allocation as data: what is cut, in which order, with which limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from conciliazione.calcolo.importi import CENTESIMO, CENTO, ZERO
from obiettivi.calcolo.lettore import Lettore

SCHEMA = "albero/riparto/1"


class Regola(StrEnum):
    """How the envelope is shared.

    ``proporzionale``: everybody the same part of what they ask. ``graduatoria``: everything, in
    the order of the ranking, until the envelope ends. ``aliquota``: everybody a given percentage.
    ``a_mano``: an amount written for each.
    """

    PROPORZIONALE = "proporzionale"
    GRADUATORIA = "graduatoria"
    ALIQUOTA = "aliquota"
    A_MANO = "a_mano"


@dataclass(frozen=True)
class Importo:
    """An amount that concerns one request, and why."""

    chiave: str
    importo: Decimal
    motivo: str = ""


@dataclass(frozen=True)
class RiservaRiparto:
    """A percentage of the envelope that goes first to what is asked for some interventions."""

    codice: str
    nome: str
    quota: Decimal


@dataclass(frozen=True)
class Metodo:
    """A method with its parameters; what is not used stays empty.

    ``tagli`` are taken off a request before anything else, then come the ceilings ``tetto`` (euro)
    and ``tetto_quota`` (percentage of the cost). Whoever gets something below their minimum
    (``minimo_quota`` of what they ask, or their own in ``minimi``) withdraws, and the rest is
    shared again. ``garantiti`` is what one has already and keeps, in a scrolling. ``parziale``:
    the first of the ranking that does not fit whole gets what is left. ``riserve_tornano``: what
    a reserve does not use goes back to the others, otherwise it stays unassigned.
    """

    regola: Regola = Regola.PROPORZIONALE
    aliquota: Decimal | None = None
    importi: tuple[Importo, ...] = ()
    tagli: tuple[Importo, ...] = ()
    tetto: Decimal | None = None
    tetto_quota: Decimal | None = None
    riserve: tuple[RiservaRiparto, ...] = ()
    riserve_tornano: bool = True
    minimo_quota: Decimal | None = None
    minimi: tuple[Importo, ...] = ()
    garantiti: tuple[Importo, ...] = ()
    parziale: bool = True


class MetodoNonValido(ValueError):
    """The method cannot be used: ``problemi`` says why, one Italian sentence each."""

    def __init__(self, problemi: list[str]) -> None:
        super().__init__(" ".join(problemi))
        self.problemi = problemi


def metodo_come_dati(metodo: Metodo) -> dict[str, Any]:
    """Plain data; ``metodo_da_dati`` gives the same method back."""
    return {
        "schema": SCHEMA,
        "regola": metodo.regola.value,
        "aliquota": _testo(metodo.aliquota),
        "tetto": _testo(metodo.tetto),
        "tetto_quota": _testo(metodo.tetto_quota),
        "minimo_quota": _testo(metodo.minimo_quota),
        "riserve": [
            {"codice": una.codice, "nome": una.nome, "quota": _testo(una.quota)}
            for una in metodo.riserve
        ],
        "riserve_tornano": metodo.riserve_tornano,
        "parziale": metodo.parziale,
        **{nome: _importi(getattr(metodo, nome)) for nome in ELENCHI},
    }


ELENCHI = ("importi", "tagli", "minimi", "garantiti")


def _testo(valore: Decimal | None) -> str | None:
    return None if valore is None else format(valore, "f")


def _importi(elenco: tuple[Importo, ...]) -> list[dict[str, str]]:
    return [
        {"chiave": uno.chiave, "importo": format(uno.importo, "f"), "motivo": uno.motivo}
        for uno in elenco
    ]


def metodo_da_dati(dati: Mapping[str, Any]) -> Metodo:
    """Read and check a method.

    :raises MetodoNonValido: with every problem found.
    """
    lettore = Lettore(dati)
    if lettore.testo("schema", SCHEMA) != SCHEMA:
        lettore.problemi.append(f"schema: serve «{SCHEMA}».")
    tornano, parziale = (lettore.dati.pop(k, True) for k in ("riserve_tornano", "parziale"))
    metodo = Metodo(
        regola=lettore.scelta("regola", Regola.PROPORZIONALE),
        aliquota=lettore.decimale_o_nulla("aliquota", None),
        tetto=lettore.decimale_o_nulla("tetto", None),
        tetto_quota=lettore.decimale_o_nulla("tetto_quota", None),
        minimo_quota=lettore.decimale_o_nulla("minimo_quota", None),
        riserve=lettore.lista("riserve", _riserva),
        riserve_tornano=tornano is not False,
        parziale=parziale is not False,
        **{nome: lettore.lista(nome, _importo) for nome in ELENCHI},
    )
    lettore.resto()
    trovati = lettore.problemi or problemi(metodo)
    if trovati:
        raise MetodoNonValido(trovati)
    return metodo


def _riserva(lettore: Lettore) -> RiservaRiparto:
    return RiservaRiparto(
        lettore.testo("codice"), lettore.testo("nome"), lettore.decimale("quota", ZERO)
    )


def _importo(lettore: Lettore) -> Importo:
    return Importo(
        lettore.testo("chiave"), lettore.decimale("importo", ZERO), lettore.testo("motivo")
    )


PERCENTUALI = {
    "aliquota": "La percentuale uguale per tutti",
    "tetto_quota": "Il tetto in percentuale del costo",
    "minimo_quota": "Il minimo in percentuale del richiesto",
}


def problemi(metodo: Metodo) -> list[str]:
    """Everything that is wrong with a method, whatever it is applied to."""
    trovati = [
        f"{nome} va da 0 a 100."
        for campo, nome in PERCENTUALI.items()
        if (valore := getattr(metodo, campo)) is not None and not 0 <= valore <= CENTO
    ]
    if metodo.regola == Regola.ALIQUOTA and metodo.aliquota is None:
        trovati.append("Scrivi la percentuale uguale per tutti.")
    if any(una.quota < 0 for una in metodo.riserve):
        trovati.append("Una riserva non può essere negativa.")
    if sum((una.quota for una in metodo.riserve), ZERO) > CENTO:
        trovati.append("Le riserve superano insieme il 100 % della dotazione.")
    if any(uno.importo < 0 for uno in _tutti(metodo)):
        trovati.append("Un importo non può essere negativo.")
    if any(uno.importo % CENTESIMO for uno in _tutti(metodo)):
        trovati.append("Un importo ha al massimo due decimali.")
    if metodo.tetto is not None and (metodo.tetto < 0 or metodo.tetto % CENTESIMO):
        trovati.append("Il tetto per progetto è un importo con al massimo due decimali.")
    return trovati


def _tutti(metodo: Metodo) -> list[Importo]:
    return [uno for nome in ELENCHI for uno in getattr(metodo, nome)]
