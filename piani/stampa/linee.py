# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two more shapes: the trend of an indicator (line) and the bersaglio with its five bands."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.safestring import SafeString

from .formati import numero_italiano
from .grafici import (
    LARGO,
    TINTE,
    Dato,
    Serie,
    coordinata,
    figura,
    testo_svg,
)
from .testi_svg import larghezza
from .tinte import AZZURRO, CARTA, GRIGIO, INCHIOSTRO, PRIMARIO, TENUE, VELO
from .tinte import TINTE as CASA

ALTO, BASE = Decimal(40), Decimal(250)
TRATTI = ("", "7 4", "2 3", "10 3 2 3", "4 2", "1 4")
# One figure per band, from the outside in, readable on its fill.
ANELLI = (
    (VELO, INCHIOSTRO),
    (CASA["cielo"], INCHIOSTRO),
    (AZZURRO, INCHIOSTRO),
    (PRIMARIO, CARTA),
    (INCHIOSTRO, CARTA),
)


def passo_tondo(ampiezza: Decimal, tacche: int = 4) -> Decimal:
    """The round step (1, 2, 2.5 or 5 times a power of ten) that covers the range in few ticks."""
    if ampiezza <= 0:
        return Decimal(1)
    grezzo = ampiezza / tacche
    potenza = Decimal(1).scaleb(grezzo.adjusted())
    multipli = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
    return next(potenza * m for m in multipli if potenza * m >= grezzo)


def _graduazione(valori: Sequence[Decimal]) -> list[Decimal]:
    minimo, massimo = min(valori), max(valori)
    if minimo > 0 and minimo < massimo / 2:
        minimo = Decimal(0)
    passo = passo_tondo(massimo - minimo)
    primo = (minimo / passo).to_integral_value(ROUND_FLOOR)
    ultimo = max((massimo / passo).to_integral_value(ROUND_CEILING), primo + 1)
    return [passo * n for n in range(int(primo), int(ultimo) + 1)]


def linea(
    chiave: str,
    titolo: str,
    ascisse: Sequence[str],
    serie: Sequence[Serie],
    *,
    obiettivo: Dato | None = None,
) -> SafeString:
    """Line chart: one line for each series over the same points, with an optional target line.

    A missing value breaks the line. Lines differ by dash and carry their name at the end.
    """
    valori = [d.valore for una in serie for d in una.dati if d.valore is not None]
    if obiettivo is not None and obiettivo.valore is not None:
        valori.append(obiettivo.valore)
    tacche = _graduazione(valori or [Decimal(0), Decimal(1)])
    quadro = _Quadro(tacche, len(ascisse), serie)
    parti = quadro.griglia(ascisse)
    for indice, una in enumerate(serie):
        parti += quadro.serie(una, indice)
    if obiettivo is not None and obiettivo.valore is not None:
        parti += quadro.obiettivo(obiettivo.valore, obiettivo.mostrato)
    return figura(chiave, titolo, _descrivi(ascisse, serie, obiettivo), 282, parti)


def _descrivi(ascisse: Sequence[str], serie: Sequence[Serie], obiettivo: Dato | None) -> str:
    frasi = []
    for una in serie:
        coppie = zip(ascisse, una.dati, strict=True)
        punti = ", ".join(f"{a} {d.mostrato}" for a, d in coppie)
        frasi.append(f"{una.nome}: {punti}." if una.nome else f"{punti}.")
    if obiettivo is not None:
        frasi.append(f"Obiettivo: {obiettivo.mostrato}.")
    return " ".join(frasi)


class _Quadro:
    """The plotting area: from figures to coordinates."""

    def __init__(self, tacche: list[Decimal], punti: int, serie: Sequence[Serie]) -> None:
        self.tacche = tacche
        self.sinistra = max(larghezza(numero_italiano(t), 13) for t in tacche) + 10
        nomi = max((larghezza(una.nome, 13) for una in serie), default=Decimal(0))
        self.destra = LARGO - min(nomi + 14, Decimal(220))
        self.passo = (self.destra - self.sinistra - 40) / max(punti - 1, 1)

    def x(self, posto: int) -> Decimal:
        return self.sinistra + 20 + self.passo * posto

    def y(self, valore: Decimal) -> Decimal:
        basso, alto = self.tacche[0], self.tacche[-1]
        return BASE - (valore - basso) * (BASE - ALTO) / (alto - basso)

    def griglia(self, ascisse: Sequence[str]) -> list[str]:
        parti = []
        for tacca in self.tacche:
            y = self.y(tacca)
            d = f"M{coordinata(self.sinistra)} {coordinata(y)}H{coordinata(self.destra)}"
            parti.append(f'<path d="{d}" stroke="{TENUE}" stroke-width="1" fill="none"/>')
            parti.append(
                testo_svg(
                    self.sinistra - 6,
                    y + 4,
                    numero_italiano(tacca.normalize() if tacca else tacca),
                    text_anchor="end",
                    font_size="13",
                    fill=GRIGIO,
                )
            )
        for posto, ascissa in enumerate(ascisse):
            parti.append(
                testo_svg(self.x(posto), BASE + 22, ascissa, text_anchor="middle", font_size="13")
            )
        return parti

    def serie(self, una: Serie, indice: int) -> list[str]:
        colore = TINTE[indice * 2 % len(TINTE)][0]
        tratto = TRATTI[indice % len(TRATTI)]
        stile = f' stroke-dasharray="{tratto}"' if tratto else ""
        percorso, penna, parti, ultimo = "", "M", [], None
        for posto, dato in enumerate(una.dati):
            if dato.valore is None:
                penna = "M"
                continue
            x, y = self.x(posto), self.y(dato.valore)
            percorso += f"{penna}{coordinata(x)} {coordinata(y)}"
            penna, ultimo = "L", (x, y)
            parti.append(
                f'<circle cx="{coordinata(x)}" cy="{coordinata(y)}" r="3.5" fill="{colore}"/>'
            )
            parti.append(testo_svg(x, y - 8, dato.mostrato, text_anchor="middle", font_size="12"))
        if percorso:
            parti.insert(
                0,
                f'<path d="{percorso}" fill="none" stroke="{colore}" stroke-width="2"{stile}/>',
            )
        if ultimo and una.nome:
            parti.append(testo_svg(ultimo[0] + 10, ultimo[1] + 5, una.nome, font_size="13"))
        return parti

    def obiettivo(self, valore: Decimal, testo: str) -> list[str]:
        y = self.y(valore)
        d = f"M{coordinata(self.sinistra)} {coordinata(y)}H{coordinata(self.destra)}"
        return [
            f'<path d="{d}" stroke="{INCHIOSTRO}" stroke-width="1.5" stroke-dasharray="4 3"'
            ' fill="none"/>',
            testo_svg(self.destra, y - 5, f"obiettivo {testo}", text_anchor="end", font_size="12"),
        ]


def bersaglio(chiave: str, titolo: str, fasce: Sequence[tuple[str, int]]) -> SafeString:
    """Five concentric bands, the best in the middle, each with how many indicators fall in it.

    ``fasce`` goes from the outer (lowest) band to the centre; exactly five.
    """
    if len(fasce) != len(ANELLI):
        raise ValueError("Il bersaglio ha cinque fasce.")
    parti = []
    for posto, (tinta, _scritta) in enumerate(ANELLI):
        raggio = 150 - 28 * posto
        parti.append(
            f'<circle cx="160" cy="160" r="{raggio}" fill="{tinta}" stroke="{INCHIOSTRO}"/>'
        )
    for posto, ((etichetta, quanti), (_, scritta)) in enumerate(zip(fasce, ANELLI, strict=True)):
        y = 29 + 28 * posto if posto < 4 else 165
        parti.append(
            testo_svg(160, y, str(quanti), text_anchor="middle", font_weight="700", fill=scritta)
        )
        riga = 60 + 44 * posto
        ancora_y = y - 5
        parti.append(
            f'<path d="M176 {ancora_y}L348 {riga}" stroke="{GRIGIO}" stroke-width="1" fill="none"/>'
        )
        parti.append(testo_svg(356, riga + 5, f"{etichetta}: {quanti}"))
    elenco = ", ".join(f"{etichetta} {quanti}" for etichetta, quanti in fasce)
    return figura(chiave, titolo, f"Dall'esterno al centro: {elenco}.", 320, parti, larga=560)
