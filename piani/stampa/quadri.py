# SPDX-License-Identifier: AGPL-3.0-or-later
"""L'azienda in cifre: each quadro as a regular table with, when asked, its chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .formati import ancora
from .grafici import LARGO, Dato, Serie, barre_a_gruppi, barre_impilate
from .linee import linea

Dati = dict[str, Any]
COLONNE_IN_VERTICALE = 7  # wider tables take a landscape page
COLONNE_AFFIANCATE = 2  # narrower ones have the chart at their side
BARRE_PER_FIGURA = 26  # what fits a page
LARGO_AFFIANCATO = 330  # px of a chart at the side of its table


@dataclass(frozen=True)
class Quadro:
    """A table of the source with its figures and pictures."""

    dati: Dati
    ancora: str
    gruppi: tuple[tuple[str, tuple[Dati, ...]], ...]
    figure: tuple[SafeString, ...]
    larghezze: tuple[int, ...]

    @property
    def orizzontale(self) -> bool:
        return len(self.dati["colonne"]) > COLONNE_IN_VERTICALE

    @property
    def affiancato(self) -> bool:
        return (
            len(self.figure) == 1
            and self.dati["grafico"] != "linea"
            and len(self.dati["colonne"]) <= COLONNE_AFFIANCATE
        )

    @property
    def titolo(self) -> str:
        etichetta, titolo = self.dati["etichetta"], self.dati["titolo"]
        return " – ".join(dict.fromkeys(t for t in (etichetta, titolo) if t))

    @property
    def didascalia(self) -> str:
        """The caption of the table: its short name and its unit."""
        nome = self.dati["etichetta"] or self.dati["titolo"]
        unita = self.dati["unita"]
        return (
            _("%(nome)s: valori in %(unita)s") % {"nome": nome, "unita": unita} if unita else nome
        )

    @property
    def colonne(self) -> list[tuple[str, bool]]:
        """Name of each column and whether it holds figures (aligned to the right)."""
        return [
            (nome, any(riga["celle"][n]["valore"] is not None for riga in self.dati["righe"]))
            for n, nome in enumerate(self.dati["colonne"])
        ]


def quadri(foto: Dati) -> list[Quadro]:
    """Every quadro of the photograph, in order; a row of the wrong length is refused."""
    return [_quadro(uno) for uno in foto["quadri"]]


def _quadro(uno: Dati) -> Quadro:
    colonne = len(uno["colonne"])
    for riga in uno["righe"]:
        if len(riga["celle"]) != colonne:
            frase = _(
                "%(quadro)s: la riga «%(riga)s» ha %(celle)s celle e le colonne sono %(col)s."
            )
            valori = {"quadro": uno["chiave"], "riga": riga["etichetta"]}
            raise ValueError(frase % {**valori, "celle": len(riga["celle"]), "col": colonne})
    gruppi = groupby(uno["righe"], key=lambda riga: riga.get("gruppo") or "")
    return Quadro(
        dati=uno,
        ancora=ancora("quadro", uno["chiave"]),
        gruppi=tuple((nome, tuple(righe)) for nome, righe in gruppi),
        figure=tuple(_figure(uno)),
        larghezze=_larghezze(uno),
    )


def _larghezze(uno: Dati) -> tuple[int, ...]:
    """Percent widths: no word is cut, figures get equal columns, the rest goes to the labels."""
    etichette = [riga["etichetta"] for riga in uno["righe"]]
    pesi = [_peso([uno["intestazione_righe"], *etichette], 42)]
    for n, nome in enumerate(uno["colonne"]):
        pesi.append(_peso([nome, *(riga["celle"][n]["stampato"] for riga in uno["righe"])], 30))
    di_cifre = [n for n in range(len(uno["colonne"])) if _di_cifre(uno, n)]
    if di_cifre:
        largo = max(_peso_parola(uno, n) for n in di_cifre)
        for n in di_cifre:
            pesi[n + 1] = largo
    percento = [peso * 100 // sum(pesi) for peso in pesi]
    return (percento[0] + 100 - sum(percento), *percento[1:])


def _peso(testi: Sequence[str], massimo: int) -> int:
    """Letters that a column asks for: its longest text up to a limit, never half a word."""
    parola = max((len(p) for testo in testi for p in testo.split()), default=1)
    return max(parola + 3, min(max(len(testo) for testo in testi), massimo) + 3)


def _peso_parola(uno: Dati, n: int) -> int:
    testi = [uno["colonne"][n], *(riga["celle"][n]["stampato"] for riga in uno["righe"])]
    return 4 + max((len(p) for testo in testi for p in testo.split()), default=1)


def _di_cifre(uno: Dati, n: int) -> bool:
    celle = [riga["celle"][n] for riga in uno["righe"] if riga["celle"][n]["stampato"]]
    return bool(celle) and all(cella["valore"] is not None for cella in celle)


def _figure(uno: Dati) -> list[SafeString]:
    disegno = uno.get("grafico") or "nessuno"
    posti = [uno["colonne"].index(nome) for nome in uno["grafico_colonne"]]
    righe = [riga for riga in uno["righe"] if not riga["totale"] and _ha_valori(riga, posti)]
    if disegno == "nessuno" or not righe or not posti:
        return []
    if disegno == "linea":
        return [_linea(uno, righe, posti)]
    forma = barre_impilate if disegno == "barre_impilate" else barre_a_gruppi
    per_riga = 1 if disegno == "barre_impilate" else len(posti)
    passo = max(BARRE_PER_FIGURA // per_riga, 1)
    pezzi = [righe[n : n + passo] for n in range(0, len(righe), passo)]
    largo = LARGO_AFFIANCATO if len(uno["colonne"]) <= COLONNE_AFFIANCATE else LARGO
    return [
        forma(
            f"grafico-{uno['chiave']}-{numero}",
            _titolo(uno, numero, len(pezzi)),
            [_nome(riga) for riga in pezzo],
            _serie(uno, pezzo, posti),
            largo,
        )
        for numero, pezzo in enumerate(pezzi, start=1)
    ]


def _ha_valori(riga: Dati, posti: Sequence[int]) -> bool:
    return any(riga["celle"][posto]["valore"] is not None for posto in posti)


def _titolo(uno: Dati, numero: int, quanti: int) -> str:
    titolo = _("Grafico: %(titolo)s") % {"titolo": uno["titolo"]}
    return titolo if quanti == 1 else f"{titolo} ({numero} di {quanti})"


def _nome(riga: Dati) -> str:
    return " / ".join(parte for parte in (riga.get("gruppo"), riga["etichetta"]) if parte)


def _dato(cella: Dati) -> Dato:
    return Dato(cella["valore"], cella["stampato"])


def _serie(uno: Dati, righe: Sequence[Dati], posti: Sequence[int]) -> list[Serie]:
    return [
        Serie(uno["colonne"][posto], tuple(_dato(riga["celle"][posto]) for riga in righe))
        for posto in posti
    ]


def _linea(uno: Dati, righe: Sequence[Dati], posti: Sequence[int]) -> SafeString:
    """Years run along the axis, wherever the table has them: on its columns or on its rows."""
    nomi = [uno["colonne"][posto] for posto in posti]
    chiave, titolo = f"grafico-{uno['chiave']}", _titolo(uno, 1, 1)
    if len(posti) > 1 and all(nome[:4].isdigit() for nome in nomi):
        serie = [Serie(_nome(r), tuple(_dato(r["celle"][p]) for p in posti)) for r in righe]
        return linea(chiave, titolo, nomi, serie)
    return linea(chiave, titolo, [_nome(r) for r in righe], _serie(uno, righe, posti))
