# SPDX-License-Identifier: AGPL-3.0-or-later
"""Charts as SVG text, the same in the page and in the PDF.

Pure functions: figures in, safe markup out. Every shape has ``role="img"``, a ``<title>`` and a
``<desc>`` that says its data in words; ids come from the ``chiave`` of the caller, so two drawings
of the same data are equal byte by byte. Text stays text; series differ by pattern and by label,
never by colour alone. Units: one SVG unit is one CSS pixel at full width.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .formati import ancora, numero_italiano
from .testi_svg import a_capo, larghezza
from .tinte import CARTA, GRIGIO, INCHIOSTRO, PRIMARIO
from .tinte import TINTE as CASA

CARATTERE = "Titillium Web, Albero Simboli, sans-serif"
LARGO = 640
# Fill and text colour of each series: every pair has contrast of at least 4.5:1.
TINTE = (
    (PRIMARIO, CARTA),
    (CASA["cielo"], INCHIOSTRO),
    (INCHIOSTRO, CARTA),
    (CASA["miele"], INCHIOSTRO),
    (CASA["foglia"], CARTA),
    (CASA["lilla"], INCHIOSTRO),
)


@dataclass(frozen=True)
class Dato:
    """A figure to draw: its value (``None`` = not available) and the text shown for it."""

    valore: Decimal | None
    testo: str = ""

    @property
    def mostrato(self) -> str:
        return self.testo or ("n.d." if self.valore is None else numero_italiano(self.valore))


@dataclass(frozen=True)
class Serie:
    """A named row of figures, one for each category."""

    nome: str
    dati: tuple[Dato, ...]


def coordinata(valore: Decimal | int) -> str:
    """A coordinate with one decimal at most, always written the same way."""
    testo = f"{Decimal(valore).quantize(Decimal('0.1')):f}"
    return testo.removesuffix(".0")


def testo_svg(x: Decimal | int, y: Decimal | int, testo: str, **attributi: str) -> str:
    """A ``<text>`` element; attribute names use ``_`` for ``-``."""
    extra = "".join(f' {k.replace("_", "-")}="{escape(v)}"' for k, v in attributi.items())
    return f'<text x="{coordinata(x)}" y="{coordinata(y)}"{extra}>{escape(testo)}</text>'


def rettangolo(
    x: Decimal | int, y: Decimal | int, w: Decimal | int, h: Decimal | int, fill: str, **altri: str
) -> str:
    """A ``<rect>`` element; attribute names use ``_`` for ``-``."""
    extra = "".join(f' {k.replace("_", "-")}="{escape(v)}"' for k, v in altri.items())
    misure = (("x", x), ("y", y), ("width", w), ("height", h))
    attributi = " ".join(f'{nome}="{coordinata(misura)}"' for nome, misura in misure)
    return f'<rect {attributi} fill="{fill}"{extra}/>'


def figura(
    chiave: str,
    titolo: str,
    descrizione: str,
    alta: Decimal | int,
    corpo: Iterable[str],
    larga: Decimal | int = LARGO,
) -> SafeString:
    """Wrap the parts into an accessible ``<svg>`` whose ids derive from ``chiave``."""
    uid = ancora(chiave)
    w, h = coordinata(larga), coordinata(alta)
    return mark_safe(  # noqa: S308 -- every text passes through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" class="grafico" role="img" '
        f'aria-labelledby="{uid}-t {uid}-d" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        f'<title id="{uid}-t">{escape(titolo)}</title><desc id="{uid}-d">{escape(descrizione)}'
        f'</desc><g font-family="{CARATTERE}" font-size="14" fill="{INCHIOSTRO}">'
        f"{''.join(corpo)}</g></svg>"
    )


def _in_parole(categorie: Sequence[str], serie: Sequence[Serie]) -> str:
    frasi = []
    for una in serie:
        coppie = zip(categorie, una.dati, strict=True)
        elenco = ", ".join(f"{nome} {dato.mostrato}" for nome, dato in coppie)
        frasi.append(f"{una.nome}: {elenco}" if una.nome else elenco)
    return ". ".join(frasi) + "."


def _motivo(uid: str, indice: int) -> tuple[str, str]:
    """Definition and fill of a series: flat for even ones, hatched for odd ones."""
    tinta, scritta = TINTE[indice % len(TINTE)]
    if indice % 2 == 0:
        return "", tinta
    nome = f"{uid}-m{indice}"
    return (
        f'<pattern id="{nome}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{tinta}"/>'
        f'<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="{scritta}" stroke-width="0.6"/></pattern>',
        f"url(#{nome})",
    )


def _riempimenti(chiave: str, quante: int) -> tuple[str, list[str]]:
    motivi = [_motivo(ancora(chiave), indice) for indice in range(quante)]
    definizioni = "".join(definizione for definizione, _ in motivi)
    return (f"<defs>{definizioni}</defs>" if definizioni else "", [fill for _, fill in motivi])


def _legenda(nomi: Sequence[str], riempimenti: Sequence[str], largo: int) -> tuple[list[str], int]:
    """The legend's parts and its height; entries flow over as many lines as they need."""
    if len(nomi) < 2:
        return [], 0
    parti: list[str] = []
    x, y = Decimal(0), 0
    for nome, fill in zip(nomi, riempimenti, strict=True):
        passo = larghezza(nome, 13) + 40
        if x and x + passo > largo + 20:
            x, y = Decimal(0), y + 22
        parti.append(rettangolo(x, y + 2, 14, 14, fill, stroke=INCHIOSTRO, stroke_width="0.8"))
        parti.append(testo_svg(x + 20, y + 14, nome, font_size="13"))
        x += passo
    return parti, y + 30


def _etichette(categorie: Sequence[str], largo: int) -> tuple[list[list[str]], Decimal]:
    """Category labels broken into lines, and the width of their column."""
    massimo = Decimal(largo) * 4 / 10
    righe = [a_capo(categoria, 14, massimo) for categoria in categorie]
    larga = max((larghezza(riga, 14) for gruppo in righe for riga in gruppo), default=Decimal(0))
    return righe, min(massimo, larga) + 10


def _scrivi_etichetta(righe: list[str], x: Decimal, centro: Decimal) -> list[str]:
    alto = centro - Decimal(17) * (len(righe) - 1) / 2 + 5
    return [
        testo_svg(x, alto + 17 * posto, riga, text_anchor="end") for posto, riga in enumerate(righe)
    ]


def barre(chiave: str, titolo: str, voci: Sequence[tuple[str, Dato]]) -> SafeString:
    """Horizontal bars of one series, each with its printed figure."""
    return barre_a_gruppi(
        chiave, titolo, [nome for nome, _ in voci], [Serie("", tuple(dato for _, dato in voci))]
    )


def barre_a_gruppi(
    chiave: str,
    titolo: str,
    categorie: Sequence[str],
    serie: Sequence[Serie],
    largo: int = LARGO,
) -> SafeString:
    """Horizontal bars, one group for each category and one bar for each series.

    ``largo`` is the width of the drawing; letters keep their size. Negative values start from
    the zero line and go left; missing ones are written "n.d.".
    """
    definizioni, riempimenti = _riempimenti(chiave, len(serie))
    parti, alto = _legenda([una.nome for una in serie], riempimenti, largo)
    righe, colonna = _etichette(categorie, largo)
    scala = _Scala(serie, colonna, Decimal(largo))
    passo = scala.passo
    y = Decimal(alto)
    for posto, etichetta in enumerate(righe):
        alta = max(passo * len(serie), 17 * len(etichetta)) + 8
        parti += _scrivi_etichetta(etichetta, colonna - 8, y + Decimal(alta) / 2)
        inizio = y + Decimal(alta - passo * len(serie)) / 2
        for indice, una in enumerate(serie):
            parti += scala.barra(una.dati[posto], inizio + passo * indice, riempimenti[indice])
        y += alta
    asse = f"M{coordinata(scala.zero)} {alto}V{coordinata(y)}"
    parti.append(f'<path d="{asse}" stroke="{GRIGIO}" stroke-width="1" fill="none"/>')
    detto = _in_parole(categorie, serie)
    return figura(chiave, titolo, detto, y + 4, [definizioni, *parti], larga=largo)


class _Scala:
    """The horizontal scale of a bar chart: where zero is and how long a unit is."""

    def __init__(self, serie: Sequence[Serie], sinistra: Decimal, destra: Decimal) -> None:
        self.passo, self.corpo = (20, 14) if len(serie) == 1 else (16, 12)
        dati = [dato for una in serie for dato in una.dati]
        valori = [dato.valore for dato in dati if dato.valore is not None]
        testo = (
            max((larghezza(dato.mostrato, self.corpo) for dato in dati), default=Decimal(0)) + 12
        )
        minimo, massimo = min([Decimal(0), *valori]), max([Decimal(0), *valori])
        margine = testo if minimo < 0 else Decimal(0)
        spazio = max(destra - sinistra - testo - margine, Decimal(80))
        self.unita = spazio / ((massimo - minimo) or 1)
        self.zero = sinistra + margine - minimo * self.unita

    def barra(self, dato: Dato, y: Decimal, fill: str) -> list[str]:
        if dato.valore is None:
            return [self._scritta(dato, self.zero + 6, y, "start", GRIGIO)]
        lunga = abs(dato.valore) * self.unita
        negativo = dato.valore < 0
        x = self.zero - lunga if negativo else self.zero
        scritta_x = x - 6 if negativo else x + lunga + 6
        lato = "end" if negativo else "start"
        return [
            rettangolo(x, y + 2, lunga, self.passo - 4, fill),
            self._scritta(dato, scritta_x, y, lato, INCHIOSTRO),
        ]

    def _scritta(self, dato: Dato, x: Decimal, y: Decimal, lato: str, colore: str) -> str:
        base = y + self.passo - 5 + (self.corpo - 12) // 2
        corpo = str(self.corpo)
        return testo_svg(x, base, dato.mostrato, text_anchor=lato, fill=colore, font_size=corpo)


def barre_impilate(
    chiave: str,
    titolo: str,
    categorie: Sequence[str],
    serie: Sequence[Serie],
    largo: int = LARGO,
) -> SafeString:
    """Stacked horizontal bars; a segment shows its figure when there is room for it.

    Negative and missing values take no length (the table beside says them).
    """
    definizioni, riempimenti = _riempimenti(chiave, len(serie))
    parti, alto = _legenda([una.nome for una in serie], riempimenti, largo)
    righe, colonna = _etichette(categorie, largo)
    lunghezze = [
        [max(una.dati[p].valore or 0, Decimal(0)) for una in serie] for p in range(len(righe))
    ]
    massimo = max((sum(gruppo) for gruppo in lunghezze), default=Decimal(0)) or Decimal(1)
    unita = (largo - colonna - 4) / massimo
    y = Decimal(alto)
    for posto, etichetta in enumerate(righe):
        alta = max(30, 17 * len(etichetta) + 8)
        centro = y + Decimal(alta) / 2
        parti += _scrivi_etichetta(etichetta, colonna - 8, centro)
        x = colonna
        for indice, una in enumerate(serie):
            lunga = lunghezze[posto][indice] * unita
            parti += _segmento(una.dati[posto], x, centro - 11, lunga, riempimenti[indice], indice)
            x += lunga
        y += alta
    detto = _in_parole(categorie, serie)
    return figura(chiave, titolo, detto, y + 4, [definizioni, *parti], larga=largo)


def _segmento(
    dato: Dato, x: Decimal, y: Decimal, lunga: Decimal, fill: str, indice: int
) -> list[str]:
    if lunga <= 0:
        return []
    parti = [rettangolo(x, y, lunga, 22, fill, stroke=CARTA, stroke_width="1.5")]
    testo = larghezza(dato.mostrato, 13)
    if testo + 10 <= lunga:
        tinta, scritta = TINTE[indice % len(TINTE)]
        centro = x + lunga / 2
        if indice % 2:
            parti.append(rettangolo(centro - testo / 2 - 3, y + 3, testo + 6, 16, tinta))
        parti.append(
            testo_svg(
                centro, y + 16, dato.mostrato, fill=scritta, text_anchor="middle", font_size="13"
            )
        )
    return parti


def barra_punteggio(chiave: str, punteggio: Decimal | None, mostrato: str) -> SafeString:
    """A short bar from 0 to 100; a score over 100 fills it, an absent one leaves it empty."""
    titolo = f"Barra del punteggio: {mostrato or 'non calcolabile'}"
    dentro = min(max(punteggio or Decimal(0), Decimal(0)), Decimal(100)) * Decimal("1.2")
    parti = [rettangolo(Decimal("0.5"), Decimal("0.5"), 120, 10, CARTA, stroke=GRIGIO)]
    if dentro:
        parti.append(rettangolo(Decimal("0.5"), Decimal("0.5"), dentro, 10, PRIMARIO))
    if punteggio is None:
        parti.append(f'<path d="M0.5 10.5L120.5 0.5" stroke="{GRIGIO}" stroke-width="1"/>')
    return figura(chiave, titolo, "Scala da 0 a 100.", 11, parti, larga=121)
