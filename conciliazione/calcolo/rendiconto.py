# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an instalment may come to: each ceiling with its arithmetic, and what must hold to ask it.

The last instalment is the balance: the contribution that the rendered cost bears, minus what was
already paid. Below zero, the difference is to be given back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from conciliazione.calcolo.edizione import Parametri, Rata
from conciliazione.calcolo.importi import ZERO, parte_di, quota
from conciliazione.calcolo.parole import cifra, euro, percento


@dataclass(frozen=True)
class Conto:
    """The money of a project when an instalment is asked for.

    ``spese`` and the contributions in kind (``personale``) and in money (``denaro``) are what was
    recognised; what was not examined yet counts for what was declared.
    """

    costo: Decimal
    contributo: Decimal
    pagato: Decimal = ZERO
    spese: Decimal = ZERO
    personale: Decimal = ZERO
    denaro: Decimal = ZERO
    per_categoria: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def reso(self) -> Decimal:
        """The cost really borne: expenses, and the staff that worked on the project."""
        return self.spese + self.personale

    @property
    def cofinanziamento(self) -> Decimal:
        return self.denaro + self.personale


@dataclass(frozen=True)
class Limite:
    """A ceiling: how much is left under it, and how that comes out."""

    codice: str
    nome: str
    valore: Decimal
    conto: str
    fonte: str = ""


@dataclass(frozen=True)
class Condizione:
    """Something that must hold, with the figures compared."""

    codice: str
    nome: str
    soddisfatta: bool
    conto: str
    fonte: str = ""


@dataclass(frozen=True)
class Verifica:
    """The ceilings and the conditions of an instalment."""

    rata: Rata
    saldo: bool
    pagato: Decimal
    limiti: tuple[Limite, ...]
    condizioni: tuple[Condizione, ...]

    @property
    def stringente(self) -> Limite:
        """The ceiling that leaves least."""
        return min(self.limiti, key=lambda uno: uno.valore)

    @property
    def massimo(self) -> Decimal:
        """The most that can be recognised: never below zero."""
        return max(ZERO, self.stringente.valore)

    @property
    def da_recuperare(self) -> Decimal:
        """What was paid beyond the contribution that is recognised at the end."""
        return max(ZERO, -self.stringente.valore) if self.saldo else ZERO

    @property
    def riconosciuto(self) -> Decimal | None:
        """The whole contribution, as the balance recognises it; None before the balance."""
        return self.pagato + self.stringente.valore if self.saldo else None

    @property
    def mancate(self) -> list[Condizione]:
        return [una for una in self.condizioni if not una.soddisfatta]


def verifica(rata: Rata, conto: Conto, regole: Parametri) -> Verifica:
    """Ceilings and conditions of an instalment of the edition.

    A rule that the edition does not have is not a ceiling: there is no row for it.
    """
    saldo = rata.codice == regole.rate[-1].codice
    limiti = [_assegnato(conto), *_contributo_massimo(conto, regole)]
    if saldo:
        limiti += [*_quota_massima(conto, regole), _scoperto(conto)]
    else:
        limiti.insert(0, _della_rata(rata, conto))
    return Verifica(
        rata=rata,
        saldo=saldo,
        pagato=conto.pagato,
        limiti=tuple(limiti),
        condizioni=(*_speso(rata, conto), *_categorie(conto, regole)),
    )


def perche_no(esito: Verifica, richiesto: Decimal) -> list[str]:
    """Why that amount cannot be asked for or recognised; nothing if it can.

    Nothing asked is always accepted: it is how a balance to give back is closed.
    """
    if richiesto == ZERO:
        return []
    frasi = [f"{una.nome}: {una.conto}" for una in esito.mancate]
    if richiesto > esito.massimo:
        stretto = esito.stringente
        frasi.append(
            f"{euro(richiesto)} supera il massimo di {euro(esito.massimo)} "
            f"({euro(richiesto - esito.massimo)} in più). {stretto.nome}: {stretto.conto}"
        )
    return frasi


def _della_rata(rata: Rata, conto: Conto) -> Limite:
    valore = parte_di(rata.quota, conto.contributo)
    return Limite(
        "rata",
        f"Quota della rata «{rata.nome}»",
        valore,
        f"{cifra(rata.quota)} % di {euro(conto.contributo)} = {euro(valore)}.",
        rata.fonte,
    )


def _assegnato(conto: Conto) -> Limite:
    return _meno_pagato("assegnato", "Contributo assegnato", conto.contributo, conto)


def _contributo_massimo(conto: Conto, regole: Parametri) -> list[Limite]:
    regola = regole.contributo_massimo
    if regola.valore is None:
        return []
    return [
        _meno_pagato(
            "massimo", "Contributo massimo per progetto", regola.valore, conto, fonte=regola.fonte
        )
    ]


def _quota_massima(conto: Conto, regole: Parametri) -> list[Limite]:
    regola = regole.quota_massima
    if regola.valore is None:
        return []
    tetto = parte_di(regola.valore, conto.reso)
    come = f"{cifra(regola.valore)} % di {euro(conto.reso)} = {euro(tetto)}; "
    nome = "Quota massima del costo rendicontato"
    return [_meno_pagato("quota", nome, tetto, conto, come=come, fonte=regola.fonte)]


def _scoperto(conto: Conto) -> Limite:
    tetto = conto.reso - conto.cofinanziamento
    come = (
        f"{euro(conto.reso)} di costo rendicontato − {euro(conto.cofinanziamento)} di "
        f"cofinanziamento reso = {euro(tetto)}; "
    )
    return _meno_pagato("scoperto", "Costo non coperto da altri", tetto, conto, come=come)


def _meno_pagato(
    codice: str, nome: str, tetto: Decimal, conto: Conto, *, come: str = "", fonte: str = ""
) -> Limite:
    valore = tetto - conto.pagato
    resto = f"{euro(tetto)} − {euro(conto.pagato)} già pagati = {euro(valore)}."
    return Limite(codice, nome, valore, come + resto, fonte)


def _speso(rata: Rata, conto: Conto) -> list[Condizione]:
    if rata.spesa == ZERO:
        return []
    dovuto = parte_di(rata.spesa, conto.pagato)
    parte = quota(conto.spese, conto.pagato)
    come = f"sono rendicontate spese per {euro(conto.spese)} su {euro(conto.pagato)} ricevuti"
    if parte is not None:
        come += f" ({percento(parte)})"
    nome = f"Almeno {cifra(rata.spesa)} % speso di ciò che si è ricevuto"
    come += f"; ne servono {euro(dovuto)}."
    return [Condizione("spesa", nome, conto.spese >= dovuto, come, rata.fonte)]


def _categorie(conto: Conto, regole: Parametri) -> list[Condizione]:
    """A heading of cost with a ceiling takes at most that share of the cost of the project."""
    trovate = []
    for una in regole.categorie_costo:
        if una.massimo is None:
            continue
        tetto = parte_di(una.massimo, conto.costo)
        speso = conto.per_categoria.get(una.codice, ZERO)
        come = (
            f"spesi {euro(speso)}; il {cifra(una.massimo)} % di {euro(conto.costo)} è "
            f"{euro(tetto)}."
        )
        nome = f"Tetto di «{una.nome}»"
        trovate.append(Condizione(f"categoria-{una.codice}", nome, speso <= tetto, come, una.fonte))
    return trovate
