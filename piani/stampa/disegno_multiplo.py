# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small multiple: the trend of one indicator with its target, as small as a stamp.

The same rules for all, so that they can be compared at a glance: the years run along the same
width; percentages always go from 0 to 100; any other unit from zero to a round number over the
largest figure. The tinted field is where the target is reached.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .andamenti import Andamento, Punto
from .formati import numero_italiano
from .grafici import coordinata, figura, testo_svg
from .linee import passo_tondo
from .testi_svg import larghezza
from .tinte import CARTA, GRIGIO, INCHIOSTRO, PRIMARIO, TENUE, TINTE

LARGO, ALTO = 190, 92
SINISTRA, DESTRA, CIMA, SUOLO = 30, 188, 12, 74
CORPO = "11"
CENTO = Decimal(100)


def multiplo(chiave: str, uno: Andamento) -> SafeString:
    """The drawing of one indicator; its description says every figure with its year."""
    carta = _Carta(uno)
    parti = [*carta.campo(), *carta.assi(), *carta.attesi(), *carta.fatti()]
    titolo = _("Andamento di %(codice)s") % {"codice": uno.codice or uno.nome}
    return figura(chiave, titolo, _in_parole(uno), ALTO, parti, LARGO)


def scala(uno: Andamento) -> Decimal:
    """The top of the scale: 100 for a percentage, else a round number over the largest figure."""
    massimo = max(punto.valore for punto in (*uno.fatti, *uno.attesi))
    if uno.unita == "%" and massimo <= CENTO:
        return CENTO
    passo = passo_tondo(max(massimo, Decimal("0.01")), 2)
    return passo * max((massimo / passo).to_integral_value(ROUND_CEILING), Decimal(1))


def _in_parole(uno: Andamento) -> str:
    frasi = []
    if uno.fatti:
        frasi.append(_("Consuntivo: %(punti)s.") % {"punti": _elenco(uno.fatti)})
    frasi.append(_("Target: %(punti)s.") % {"punti": _elenco(uno.attesi)})
    return f"{uno.nome}. {' '.join(frasi)}"


def _elenco(punti: Sequence[Punto]) -> str:
    return ", ".join(
        f"{punto.anno} {punto.stampato}{_(' (dimostrativo)') if punto.dimostrativo else ''}"
        for punto in punti
    )


class _Carta:
    """Where a year and a figure fall on the drawing."""

    def __init__(self, uno: Andamento) -> None:
        self.uno = uno
        self.massimo = scala(uno)
        self.passo = Decimal(DESTRA - SINISTRA) / len(uno.anni)
        self.largo = coordinata(self.passo)

    def x(self, anno: str) -> Decimal:
        """The middle of the place of a year."""
        return SINISTRA + self.passo * (self.uno.anni.index(anno) + Decimal("0.5"))

    def y(self, valore: Decimal) -> Decimal:
        dentro = min(max(valore, Decimal(0)), self.massimo)
        return SUOLO - dentro * (SUOLO - CIMA) / self.massimo

    def campo(self) -> list[str]:
        """Where the target is reached, year by year: one shape, as each costs the printer."""
        if not self.uno.verso:
            return []
        tratti = []
        for punto in self.uno.attesi:
            y = self.y(punto.valore)
            alto, basso = (Decimal(CIMA), y) if self.uno.verso == "su" else (y, Decimal(SUOLO))
            alto = min(alto, basso - Decimal("1.5"))
            tratti.append(
                f"{self._da(punto, alto)}h{self.largo}V{coordinata(basso)}h-{self.largo}z"
            )
        return [f'<path d="{"".join(tratti)}" fill="{TENUE}"/>']

    def _da(self, punto: Punto, y: Decimal) -> str:
        """Where the place of a year begins, at that height."""
        return f"M{coordinata(self.x(punto.anno) - self.passo / 2)} {coordinata(y)}"

    def assi(self) -> list[str]:
        """Floor and top of the scale; the first and the last year say the others."""
        parti = [
            f'<path d="M{SINISTRA} {SUOLO}H{DESTRA}M{SINISTRA} {CIMA}h6M{DESTRA} {CIMA}h-6" '
            f'stroke="{GRIGIO}" stroke-width="0.8" fill="none"/>',
            self._tacca(numero_italiano(self.massimo.normalize() + 0), CIMA + 4),
        ]
        for anno in (self.uno.anni[0], self.uno.anni[-1]):
            parti.append(
                testo_svg(
                    self.x(anno),
                    SUOLO + 14,
                    anno,
                    text_anchor="middle",
                    font_size=CORPO,
                    fill=GRIGIO,
                )
            )
        return parti

    def _tacca(self, testo: str, y: int) -> str:
        return testo_svg(SINISTRA - 4, y, testo, text_anchor="end", font_size=CORPO, fill=GRIGIO)

    def attesi(self) -> list[str]:
        """A stroke as wide as its year; the last one carries its figure."""
        tratti = [
            f"{self._da(punto, self.y(punto.valore))}h{self.largo}" for punto in self.uno.attesi
        ]
        tratto = f'<path d="{"".join(tratti)}" stroke="{PRIMARIO}" stroke-width="2" fill="none"/>'
        cifra = self._scritta(self.uno.attesi[-1], TINTE["scuro"], sopra=self.uno.verso != "su")
        return [tratto, cifra]

    def fatti(self) -> list[str]:
        """A dot for each year gone by, joined; the first one carries its figure."""
        if not self.uno.fatti:
            return []
        luoghi = [
            (coordinata(self.x(punto.anno)), coordinata(self.y(punto.valore)))
            for punto in self.uno.fatti
        ]
        parti = []
        if len(luoghi) > 1:
            tratto = "L".join(f"{x} {y}" for x, y in luoghi)
            parti.append(
                f'<path d="M{tratto}" stroke="{INCHIOSTRO}" stroke-width="1.2" fill="none"/>'
            )
        for punto, (x, y) in zip(self.uno.fatti, luoghi, strict=True):
            dentro = CARTA if punto.dimostrativo else INCHIOSTRO
            parti.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{dentro}" stroke="{INCHIOSTRO}"/>')
        primo = self.uno.fatti[0]
        # Not over a stroke that passes just above.
        sotto = [self.y(primo.valore) - self.y(atteso.valore) for atteso in self.uno.attesi]
        libero = not any(0 <= distanza < 18 for distanza in sotto)
        return [*parti, self._scritta(primo, INCHIOSTRO, sopra=libero)]

    def _scritta(self, punto: Punto, colore: str, *, sopra: bool) -> str:
        """The figure beside its point, inside the drawing."""
        testo = numero_italiano(round(punto.valore, 2).normalize() + 0)
        y = self.y(punto.valore)
        # Not under the floor nor over the top.
        su = (sopra and y > CIMA + 12) or y > SUOLO - 14
        x = min(self.x(punto.anno), DESTRA - larghezza(testo, 12) / 2)
        return testo_svg(
            x, y - 5 if su else y + 15, testo,
            text_anchor="middle", font_size="12", font_weight="600", fill=colore,
        )  # fmt: skip
