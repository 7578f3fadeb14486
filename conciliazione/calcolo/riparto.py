# SPDX-License-Identifier: AGPL-3.0-or-later
"""The envelope shared among the requests, to the cent, each step told with its numbers.

In this order: what is cut off a request and its ceilings give the amount it competes for; who has
something guaranteed keeps it; the reserves go to what is asked for their interventions; the rest
follows the rule of the method. Whoever ends below their minimum withdraws, one at a time (the one
that is shortest of it; then the last of the ranking, then the smallest request), and everything is
shared again among the others. Cents are whole numbers, shares are fractions: nothing is rounded
but at the end, and no cent is lost (see :mod:`conciliazione.calcolo.resti`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from conciliazione.calcolo.giro_riparto import Giro
from conciliazione.calcolo.importi import CENTO, ZERO
from conciliazione.calcolo.metodo import Metodo, MetodoNonValido, Regola, problemi
from conciliazione.calcolo.parole import cifra, euro, importo, troncata
from conciliazione.calcolo.richiesta import Richiesta, cent, da_cent, trova


@dataclass(frozen=True)
class Assegnazione:
    """What a project gets and how; ``ritirata``: it would have got less than its minimum."""

    richiesta: Richiesta
    base: Decimal
    assegnato: Decimal
    ritirata: bool
    passi: tuple[str, ...]


@dataclass(frozen=True)
class Esito:
    """The allocation. ``eccedenza``: what was assigned beyond the envelope (percentages and amounts
    set by hand may do it; such an allocation cannot be chosen).
    """

    assegnazioni: tuple[Assegnazione, ...]
    assegnato: Decimal
    residuo: Decimal
    eccedenza: Decimal
    passi: tuple[str, ...]


def riparti(dotazione: Decimal, richieste: Sequence[Richiesta], metodo: Metodo) -> Esito:
    """Share the envelope. The order of the requests changes the order of the answer only.

    :raises MetodoNonValido: the parameters do not hold, or do not fit these requests.
    """
    trovati = problemi(metodo) + _non_adatti(richieste, metodo)
    if trovati:
        raise MetodoNonValido(trovati)
    basi = {una.chiave: _base(una, metodo) for una in richieste}
    ritirate: dict[str, str] = {}
    while True:
        in_gara = sorted(
            (una for una in richieste if una.chiave not in ritirate), key=lambda una: una.chiave
        )
        giro = Giro(cent(dotazione), in_gara, {k: basi[k][0] for k in basi}, metodo)
        giro.assegna()
        via = _chi_si_ritira(in_gara, giro.dati, metodo)
        if via is None:
            break
        ritirate[via.chiave] = (
            f"Avrebbe avuto {euro(da_cent(giro.dati[via.chiave]))}, meno del minimo di "
            f"{euro(da_cent(_minimo(via, metodo)))}: si ritira e il riparto si rifà fra gli altri."
        )
    return _esito(dotazione, richieste, basi, ritirate, giro)


def _esito(
    dotazione: Decimal,
    richieste: Sequence[Richiesta],
    basi: Mapping[str, tuple[int, list[str]]],
    ritirate: Mapping[str, str],
    giro: "Giro",
) -> Esito:
    assegnazioni = tuple(
        Assegnazione(
            richiesta=una,
            base=da_cent(basi[una.chiave][0]),
            assegnato=da_cent(giro.dati.get(una.chiave, 0)),
            ritirata=una.chiave in ritirate,
            passi=(
                *basi[una.chiave][1],
                *([ritirate[una.chiave]] if una.chiave in ritirate else giro.di[una.chiave]),
            ),
        )
        for una in richieste
    )
    assegnato = sum((una.assegnato for una in assegnazioni), ZERO)
    uscite = [f"«{una.nome}»: {ritirate[una.chiave]}" for una in richieste
              if una.chiave in ritirate]  # fmt: skip
    return Esito(
        assegnazioni=assegnazioni,
        assegnato=assegnato,
        residuo=max(dotazione - assegnato, ZERO),
        eccedenza=max(assegnato - dotazione, ZERO),
        passi=(*uscite, *giro.generali, _somma(dotazione, [u.assegnato for u in assegnazioni])),
    )


def _somma(dotazione: Decimal, assegnati: Iterable[Decimal]) -> str:
    dati = [uno for uno in assegnati if uno]
    totale = sum(dati, ZERO)
    addendi = f"{' + '.join(importo(uno) for uno in dati)} = " if len(dati) > 1 else ""
    resto = dotazione - totale
    fine = f"non assegnati {euro(resto)}" if resto >= 0 else f"oltre la dotazione di {euro(-resto)}"
    return f"Assegnati: {addendi}{euro(totale)} su {euro(dotazione)}; {fine}."


def _non_adatti(richieste: Sequence[Richiesta], metodo: Metodo) -> list[str]:
    """What does not fit: an amount by hand or a cut above what is asked, nobody in the ranking."""
    chieste = {una.chiave: una for una in richieste}
    trovati = []
    for uno, che_cosa in (
        *((uno, "L'importo scritto a mano") for uno in metodo.importi),
        *((uno, "Il taglio") for uno in metodo.tagli),
        *((uno, "Il minimo") for uno in metodo.minimi),
    ):
        una = chieste.get(uno.chiave)
        if una is not None and uno.importo > una.richiesto:
            trovati.append(
                f"{che_cosa} di «{una.nome}» è {euro(uno.importo)}, più dei "
                f"{euro(una.richiesto)} richiesti."
            )
    senza_posto = bool(richieste) and all(una.posto is None for una in richieste)
    if metodo.regola == Regola.GRADUATORIA and senza_posto:
        trovati.append("Per ripartire in ordine di graduatoria serve una graduatoria decisa.")
    return trovati


# Amounts ----------------------------------------------------------------------------------


def _base(una: Richiesta, metodo: Metodo) -> tuple[int, list[str]]:
    """What a request competes for, in cents, and why."""
    base, passi = una.richiesto, [f"Chiede {euro(una.richiesto)}."]
    taglio = trova(metodo.tagli, una.chiave)
    if taglio is not None and taglio.importo:
        dopo = base - taglio.importo
        perche = f" ({taglio.motivo})" if taglio.motivo else ""
        passi.append(f"Taglio{perche}: {importo(base)} − {importo(taglio.importo)} = {euro(dopo)}.")
        base = dopo
    if metodo.tetto is not None and base > metodo.tetto:
        passi.append(f"Tetto per progetto: da {importo(base)} a {euro(metodo.tetto)}.")
        base = metodo.tetto
    if metodo.tetto_quota is not None:
        tetto = troncata(Fraction(una.costo) * Fraction(metodo.tetto_quota) / 100, 2)
        if base > tetto:
            passi.append(
                f"Tetto del {cifra(metodo.tetto_quota)} % del costo: {importo(una.costo)} × "
                f"{cifra(metodo.tetto_quota)} % = {euro(tetto)}, meno di {importo(base)}."
            )
            base = tetto
    return cent(base), passi


def _minimo(una: Richiesta, metodo: Metodo) -> int:
    """Below this, in cents, the project does not go on; 0 if nothing is said."""
    suo = trova(metodo.minimi, una.chiave)
    quota = Fraction(una.richiesto * CENTO) * Fraction(metodo.minimo_quota or 0) / 100
    return max(cent(suo.importo) if suo else 0, -int(-quota // 1))


def _chi_si_ritira(
    in_gara: Iterable[Richiesta], dati: Mapping[str, int], metodo: Metodo
) -> Richiesta | None:
    """Among those that get something below their minimum, the first that gives up."""
    sotto = [una for una in in_gara if 0 < dati[una.chiave] < _minimo(una, metodo)]
    return min(
        sotto,
        key=lambda una: (
            Fraction(dati[una.chiave], _minimo(una, metodo)),
            -(una.posto or 10**6),
            una.richiesto,
            una.chiave,
        ),
        default=None,
    )
