# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the rules of an edition divide its resources: azioni di sistema, Alleanze, reserves."""

from dataclasses import dataclass
from decimal import Decimal

from conciliazione.calcolo.edizione import Parametri
from conciliazione.calcolo.importi import ZERO, parte_di
from conciliazione.calcolo.metodo import RiservaRiparto
from conciliazione.calcolo.parole import cifra, euro, importo


@dataclass(frozen=True)
class Parte:
    """A part of the resources with its arithmetic and the rule that it comes from."""

    codice: str
    nome: str
    importo: Decimal
    conto: str
    fonte: str = ""


def dividi(dotazione: Decimal, regole: Parametri) -> list[Parte]:
    """The parts of what the Region assigned: nothing when the edition has no share to take off.

    The Alleanze get what is left after the azioni di sistema, so that no cent is lost; each reserve
    is a share of what the Alleanze get.
    """
    quota = regole.quota_sistema
    if quota.valore is None:
        return []
    sistema = parte_di(quota.valore, dotazione)
    alleanze = dotazione - sistema
    return [
        Parte("sistema", "Azioni di sistema", sistema, _conto(quota.valore, dotazione, sistema),
              quota.fonte),
        Parte("alleanze", "Progetti delle Alleanze", alleanze,
              f"{importo(dotazione)} − {importo(sistema)} = {euro(alleanze)}", quota.fonte),
        *(
            Parte(una.codice, f"Riserva: {una.nome}", parte_di(una.quota, alleanze),
                  _conto(una.quota, alleanze, parte_di(una.quota, alleanze)), una.fonte)
            for una in regole.riserve
        ),
    ]  # fmt: skip


def riserve_di(regole: Parametri) -> tuple[RiservaRiparto, ...]:
    """The reserves of the edition, for a method that applies them."""
    return tuple(
        RiservaRiparto(una.codice, una.nome, una.quota)
        for una in regole.riserve
        if una.quota > ZERO
    )


def _conto(quota: Decimal, tutto: Decimal, parte: Decimal) -> str:
    return f"{importo(tutto)} × {cifra(quota)} % = {euro(parte)}"
