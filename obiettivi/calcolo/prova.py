# SPDX-License-Identifier: AGPL-3.0-or-later
"""One *prova*: one result against one comparison of the target, and how its inputs are read.

A whole target is one prova, a target by quarter or by site is several (``giudizio``). Whatever
stops the judgement is an ``Ostacolo`` with its reason: the steps noted so far stay, so that people
see how far it went.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from .arrotondamento import CENTO, numero
from .edizione import Edizione
from .letture import Lettura, Tipo, Verso
from .misura import Base, Misura, Risultato, unita_comune
from .passi import Codice, Dato, Passo, passo
from .valori import Mancante, Motivo, NonCalcolabile, Numero


class Ostacolo(Exception):
    """The judgement stops here, with its reason."""

    def __init__(self, motivo: Motivo, dettaglio: str = "") -> None:
        super().__init__(dettaglio)
        self.punteggio = NonCalcolabile(motivo, dettaglio)


@dataclass
class Prova:
    """One result against one comparison of the target, with the steps noted while judging."""

    misura: Misura
    edizione: Edizione
    tipo: Tipo
    lettura: Lettura
    risultato: Risultato
    verso: Verso | None = None
    passi: list[Passo] = field(default_factory=list)

    def annota(self, codice: Codice, **valori: Dato) -> None:
        """Add a step."""
        self.passi.append(passo(codice, **valori))

    @property
    def verso_utile(self) -> Verso | None:
        """The direction that the wording of the target asks for, or that of the indicator."""
        return self.verso or self.misura.verso

    @property
    def verso_indicatore(self) -> Verso | None:
        """The direction of the indicator, stated by people; the proposed one if there is none.

        For a bare number (``57,53 GG``), where the wording of the target does not say it.
        """
        return self.misura.verso or self.verso

    @property
    def unita(self) -> str:
        """The unit in which result and target are compared."""
        return unita_comune(self.lettura.unita) or unita_comune(self.misura.unita)


def valore_di_prova(prova: Prova) -> Decimal:
    """The number to judge; raises ``Ostacolo`` when there is none."""
    risultato = prova.risultato
    if risultato.numeratore is not None and risultato.denominatore is not None:
        return _quoziente(prova, risultato.numeratore, risultato.denominatore)
    if isinstance(risultato.valore, Numero):
        return _noto(prova, Codice.RISULTATO, risultato.valore.valore)
    if risultato.avanzamento is not None and prova.unita == "%":
        return _noto(prova, Codice.RISULTATO_AVANZAMENTO, risultato.avanzamento)
    raise senza_numero(prova)


def _noto(prova: Prova, codice: Codice, valore: Decimal) -> Decimal:
    risultato = prova.risultato
    unita = risultato.unita or prova.misura.unita
    prova.annota(codice, dove=dove(risultato), valore=valore, unita=unita, origine=origine(prova))
    avvisi(prova)
    return valore


def _quoziente(prova: Prova, sopra: Decimal, sotto: Decimal) -> Decimal:
    if sotto == 0:
        prova.annota(
            Codice.RISULTATO_TESTO,
            dove=dove(prova.risultato),
            testo=f"{numero(sopra)} su {numero(sotto)}",
            origine=origine(prova),
        )
        avvisi(prova)
        raise Ostacolo(Motivo.DENOMINATORE_ZERO)
    fattore = prova.misura.fattore
    if fattore is None:
        fattore = CENTO if unita_comune(prova.misura.unita) == "%" else Decimal(1)
    valore = sopra * fattore / sotto
    prova.annota(
        Codice.RISULTATO_RAPPORTO,
        dove=dove(prova.risultato),
        numeratore=sopra,
        denominatore=sotto,
        fattore=fattore,
        valore=valore,
        unita=prova.misura.unita,
        origine=origine(prova),
    )
    avvisi(prova)
    return valore


def senza_numero(prova: Prova) -> Ostacolo:
    risultato = prova.risultato
    dettaglio = risultato.valore.dettaglio if isinstance(risultato.valore, Mancante) else ""
    if risultato.esito and not dettaglio:
        annota_testo(prova)
        return Ostacolo(Motivo.VALORE_NON_NUMERICO, f"«{risultato.esito}»")
    prova.annota(Codice.RISULTATO_MANCANTE, dove=dove(risultato), dettaglio=dettaglio)
    return Ostacolo(Motivo.NESSUN_VALORE, dettaglio)


def annota_testo(prova: Prova) -> None:
    risultato = prova.risultato
    prova.annota(
        Codice.RISULTATO_TESTO, dove=dove(risultato), testo=risultato.esito, origine=origine(prova)
    )
    avvisi(prova)


def avvisi(prova: Prova) -> None:
    if prova.risultato.dimostrativo:
        prova.annota(Codice.DATO_DIMOSTRATIVO)
    if prova.risultato.provvisorio:
        prova.annota(Codice.DATO_PROVVISORIO)


def dove(risultato: Risultato) -> str:
    return f"{risultato.periodo}, {risultato.sede}" if risultato.sede else str(risultato.periodo)


def origine(prova: Prova) -> str:
    return prova.risultato.origine or "origine non indicata"


def base_di_prova(prova: Prova) -> Decimal:
    base = prova.misura.base or Base()
    valore = base.per_sede(prova.risultato.sede)
    if valore is None:
        stampato = f"«{base.lettura.testo}»" if base.lettura else ""
        raise Ostacolo(Motivo.BASE_MANCANTE, stampato)
    prova.annota(Codice.BASE, anno=str(base.anno or ""), valore=valore, unita=prova.misura.unita)
    return valore


def stesse_unita(prova: Prova, del_target: str) -> None:
    nostra = unita_comune(prova.risultato.unita or prova.misura.unita)
    sua = unita_comune(del_target)
    if nostra and sua and nostra != sua:
        raise Ostacolo(Motivo.UNITA_DIVERSA, f"risultato in {nostra}, target in {sua}")


def finito(valore: Decimal | None) -> Decimal:
    if valore is None or not valore.is_finite():
        raise Ostacolo(Motivo.TARGET_NON_INTERPRETABILE, "nel target non c'è un numero")
    return valore
