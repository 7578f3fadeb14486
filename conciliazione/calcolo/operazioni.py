# SPDX-License-Identifier: AGPL-3.0-or-later
"""An operation as the plans write it (``963.920,00 − 834.713,25``), done exactly."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

PEZZO = re.compile(r"\s*(?:(\d[\d.]*(?:,\d+)?)|([-−+×:()]))")
SEGNI = {"−": "-", "×": "*", ":": "/"}


class OperazioneNonValida(ValueError):
    """The text is not an operation, or divides by zero; the sentence is Italian."""


def esegui(operazione: str, decimali: int) -> Decimal:
    """The result of an operation written the Italian way, rounded half up at the end only.

    ``×`` multiplies, ``:`` divides, ``−`` or ``-`` takes away; brackets are allowed.

    :raises OperazioneNonValida: it cannot be read, or divides by zero.
    """
    lettura = _Lettura(_pezzi(operazione))
    esito = lettura.somma()
    if lettura.prossimo is not None:
        raise OperazioneNonValida(f"Non si capisce «{lettura.prossimo}» in «{operazione}».")
    return _arrotonda(esito, decimali)


def _pezzi(operazione: str) -> list[Fraction | str]:
    pezzi: list[Fraction | str] = []
    resto = operazione.rstrip()
    while resto:
        trovato = PEZZO.match(resto)
        if trovato is None:
            raise OperazioneNonValida(f"Non si capisce «{resto.strip()}» in «{operazione}».")
        numero, segno = trovato.groups()
        pezzi.append(Fraction(_in_cifre(numero)) if numero else SEGNI.get(segno, segno))
        resto = resto[trovato.end() :]
    return pezzi


def _in_cifre(numero: str) -> str:
    return numero.replace(".", "").replace(",", ".")


def _arrotonda(esito: Fraction, decimali: int) -> Decimal:
    """Half up on the exact fraction: no digit is lost before."""
    scala = 10**decimali
    volte, resto = divmod(abs(esito.numerator) * scala, esito.denominator)
    if resto * 2 >= esito.denominator:
        volte += 1
    segno = -1 if esito < 0 else 1
    return (Decimal(segno * volte) / scala).quantize(Decimal(1).scaleb(-decimali), ROUND_HALF_UP)


class _Lettura:
    """Sums of products of numbers, signs and brackets, read from left to right."""

    def __init__(self, pezzi: list[Fraction | str]) -> None:
        self.pezzi = pezzi
        self.posto = 0

    @property
    def prossimo(self) -> Fraction | str | None:
        return self.pezzi[self.posto] if self.posto < len(self.pezzi) else None

    def prendi(self) -> Fraction | str | None:
        questo = self.prossimo
        self.posto += 1
        return questo

    def somma(self) -> Fraction:
        return self._serie(self.prodotto, "+-")

    def prodotto(self) -> Fraction:
        return self._serie(self.fattore, "*/")

    def _serie(self, parte: Callable[[], Fraction], segni: str) -> Fraction:
        esito = parte()
        while isinstance(self.prossimo, str) and self.prossimo in segni:
            segno, altro = self.prendi(), parte()
            if segno == "/" and altro == 0:
                raise OperazioneNonValida("Si divide per zero.")
            esito = {
                "+": esito + altro,
                "-": esito - altro,
                "*": esito * altro,
                "/": esito / altro if altro else esito,
            }[str(segno)]
        return esito

    def fattore(self) -> Fraction:
        questo = self.prendi()
        if isinstance(questo, Fraction):
            return questo
        if questo == "-":
            return -self.fattore()
        if questo == "(":
            dentro = self.somma()
            if self.prendi() == ")":
                return dentro
        raise OperazioneNonValida("L'operazione è incompleta.")
