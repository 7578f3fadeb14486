# SPDX-License-Identifier: AGPL-3.0-or-later
"""Quadrature: printed totals, counts and percentages against what their parts give.

Pure: plain data in (a quadro as ``quadri.toml`` or ``documento.json`` hold it, with its
``controlli``), frozen dataclasses out. A difference is shown, never corrected.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Dati = Mapping[str, Any]
Posto = tuple[int, int]

_MENO = "-−–‐‑"
_RICHIAMI = "*°†¹²³"  # footnote marks beside a figure: «5.920*»
_SPAZI_MIGLIAIA = re.compile("(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_CIFRE = (
    r"(?:(?P<migliaia>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<dec_migliaia>[0-9]+))?"
    r"|(?P<intero>[0-9]+)(?:[.,](?P<decimali>[0-9]+))?)"
)
_FIGURA = re.compile(rf"(?:€\s*)?(?P<segno>[+{re.escape(_MENO)}])?\s*(?:€\s*)?{_CIFRE}\s*[€%]?")
_TRA_PARENTESI = re.compile(rf"\(\s*(?:€\s*)?{_CIFRE}\s*€?\s*\)")


@dataclass(frozen=True)
class Quadratura:
    """One checked figure: the text as printed, the number recomputed, printed minus computed."""

    dove: str
    stampato: str
    calcolato: Decimal
    differenza: Decimal
    quadra: bool
    nota: str = ""
    riga_fonte: str = ""


def numero_stampato(testo: object) -> Decimal | None:
    """The number of a figure printed the Italian way; None when the text is not one figure.

    Point for thousands, comma for decimals; €, % and footnote marks are set aside, so «18,51%»
    is 18.51 and «5.920*» is 5920. Brackets mean negative, as in accounts. A point that cannot
    group thousands is read as decimal («57.5»). Never raises.
    """
    if not isinstance(testo, str):
        return None
    pulito = _SPAZI_MIGLIAIA.sub("", testo.strip().strip(_RICHIAMI).strip())
    if trovata := _FIGURA.fullmatch(pulito):
        segno = trovata["segno"] or "+"
        return _decimale(trovata).copy_negate() if segno in _MENO else _decimale(trovata)
    if trovata := _TRA_PARENTESI.fullmatch(pulito):
        return _decimale(trovata).copy_negate()
    return None


def quadrature(dati: Dati) -> list[Quadratura]:
    """Every check of a ``quadri.toml``: those of each table, then those of the text."""
    esiti = [esito for quadro in dati.get("quadri", []) for esito in quadrature_quadro(quadro)]
    return esiti + quadrature_generali(dati.get("controlli", []))


def quadrature_quadro(quadro: Dati, controlli: Iterable[Dati] | None = None) -> list[Quadratura]:
    """Run the controlli of a table (its own, if none are given), one row per checked total.

    An empty cell is absent, not zero; an empty total gives no row. Without a ``nota``, the
    controllo's ``dove`` says which sum it is (a corner is checked along its row and its column).
    ValueError, with a sentence, if a controllo names a row or column that the table has not.
    """
    tabella = _Tabella(quadro)
    scelti = quadro.get("controlli", []) if controlli is None else controlli
    return [esito for controllo in scelti for esito in _controlla(tabella, controllo)]


def quadrature_generali(controlli: Iterable[Dati]) -> list[Quadratura]:
    """Run the controlli on claims of the text: ``conteggio``, ``rapporto`` and ``somma``.

    A ratio is rounded half up to the printed decimals (``decimali``) before comparing; ``somma``
    may carry a ``fattore`` (thousands of euros against euros). ValueError if a figure cannot be
    read or the denominator is zero.
    """
    return [_controlla_affermazione(controllo) for controllo in controlli]


def _decimale(trovata: re.Match[str]) -> Decimal:
    intero = (trovata["migliaia"] or trovata["intero"]).replace(".", "")
    decimali = trovata["dec_migliaia"] or trovata["decimali"]
    return Decimal(f"{intero}.{decimali}" if decimali else intero)


class _Tabella:
    """A table whose rows and columns are found by the names a controllo uses."""

    def __init__(self, quadro: Dati) -> None:
        self.nome: str = quadro.get("etichetta") or quadro.get("titolo") or quadro["chiave"]
        self.righe: list[Dati] = list(quadro["righe"])
        self.colonne: list[str] = list(quadro["colonne"])
        self.riga_fonte: str = quadro.get("righe_fonte") or quadro.get("riga_fonte") or ""
        self.nomi_righe = _nomi_righe(self.righe)
        for nome, riga in zip(self.nomi_righe, self.righe, strict=True):
            if len(riga["celle"]) != len(self.colonne):
                raise ValueError(
                    f"{self.nome}: la riga «{nome}» ha {len(riga['celle'])} celle "
                    f"per {len(self.colonne)} colonne."
                )

    def riga(self, nome: str) -> int:
        esatti = [i for i, intero in enumerate(self.nomi_righe) if intero == nome]
        posti = [i for i, riga in enumerate(self.righe) if nome in _nomi_possibili(riga)]
        return self._unico(esatti or posti, "la riga", nome)

    def colonna(self, nome: str) -> int:
        posti = [i for i, colonna in enumerate(self.colonne) if colonna == nome]
        return self._unico(posti, "la colonna", nome)

    def testo(self, posto: Posto) -> str:
        cella = self.righe[posto[0]]["celle"][posto[1]]
        return str(cella["stampato"] if isinstance(cella, Mapping) else cella)

    def dove(self, posto: Posto) -> str:
        riga, colonna = self.nomi_righe[posto[0]], self.colonne[posto[1]]
        return f"{self.nome}, colonna «{colonna}», riga «{riga}»"

    def fonte(self, posto: Posto) -> str:
        riga = self.righe[posto[0]]
        return str(riga.get("righe") or riga.get("riga_fonte") or self.riga_fonte)

    def _unico(self, posti: list[int], cosa: str, nome: str) -> int:
        if not posti:
            raise ValueError(f"{self.nome}: un controllo nomina {cosa} «{nome}», che non c'è.")
        if len(posti) > 1:
            raise ValueError(f"{self.nome}: {cosa} «{nome}» di un controllo compare più volte.")
        return posti[0]


def _nomi_possibili(riga: Dati) -> set[str]:
    gruppo, etichetta = riga.get("gruppo") or "", riga["etichetta"]
    return {etichetta, f"{gruppo} / {etichetta}"} if gruppo else {etichetta}


def _nomi_righe(righe: list[Dati]) -> list[str]:
    """The label of each row, with its group in front when the same label comes twice."""
    etichette = [riga["etichetta"] for riga in righe]
    return [
        f"{riga['gruppo']} / {riga['etichetta']}"
        if riga.get("gruppo") and etichette.count(riga["etichetta"]) > 1
        else riga["etichetta"]
        for riga in righe
    ]


def _controlla(tabella: _Tabella, controllo: Dati) -> Iterator[Quadratura]:
    for totale, addendi in _posti(tabella, controllo):
        operazione = _differenza if controllo["tipo"] == "differenza_colonne" else _somma
        calcolato = operazione([numero_stampato(tabella.testo(posto)) for posto in addendi])
        testo, nota = tabella.testo(totale), controllo.get("nota") or controllo.get("dove", "")
        stampato = numero_stampato(testo)
        if stampato is not None and calcolato is not None:
            fonte = tabella.fonte(totale)
            yield _confronto(tabella.dove(totale), testo, stampato, calcolato, nota, fonte)


def _posti(tabella: _Tabella, controllo: Dati) -> Iterator[tuple[Posto, list[Posto]]]:
    """For each total the controllo checks, its place and the places of its addends."""
    tipo = _campo(controllo, "tipo", tabella.nome)
    totale = _campo(controllo, "totale", tabella.nome)
    addendi = _campo(controllo, "addendi", tabella.nome)
    if tipo == "somma_righe":
        riga, righe = tabella.riga(totale), [tabella.riga(nome) for nome in addendi]
        for colonna in _scelte(controllo.get("colonne"), tabella.colonna, len(tabella.colonne)):
            yield (riga, colonna), [(r, colonna) for r in righe]
    elif tipo in ("somma_colonne", "differenza_colonne"):
        if tipo == "differenza_colonne" and len(addendi) != 2:
            raise ValueError(f"{tabella.nome}: una differenza vuole due colonne, non altre.")
        colonna, colonne = tabella.colonna(totale), [tabella.colonna(nome) for nome in addendi]
        for riga in _scelte(controllo.get("righe"), tabella.riga, len(tabella.righe)):
            yield (riga, colonna), [(riga, c) for c in colonne]
    else:
        raise ValueError(f"{tabella.nome}: il tipo di controllo «{tipo}» non esiste.")


def _scelte(nomi: list[str] | None, trova: Callable[[str], int], quante: int) -> list[int]:
    return list(range(quante)) if nomi is None else [trova(nome) for nome in nomi]


def _somma(numeri: list[Decimal | None]) -> Decimal | None:
    presenti = [numero for numero in numeri if numero is not None]
    return sum(presenti, Decimal(0)) if presenti else None


def _differenza(numeri: list[Decimal | None]) -> Decimal | None:
    minuendo, sottraendo = numeri
    return None if minuendo is None or sottraendo is None else minuendo - sottraendo


def _controlla_affermazione(controllo: Dati) -> Quadratura:
    dove = _campo(controllo, "dove", "Controllo")
    testo = str(_campo(controllo, "stampato", dove))
    calcolato = _ricalcola(controllo, stampato := _numero(testo, dove), dove)
    note = controllo.get("nota", ""), controllo.get("righe", "")
    return _confronto(dove, testo, stampato, calcolato, *note)


def _ricalcola(controllo: Dati, stampato: Decimal, dove: str) -> Decimal:
    tipo = _campo(controllo, "tipo", dove)
    if tipo == "conteggio":
        return Decimal(len(_campo(controllo, "elenco", dove)))
    if tipo == "rapporto":
        decimali = controllo.get("decimali", -int(stampato.as_tuple().exponent))
        return _arrotonda(_rapporto(controllo, dove), decimali)
    if tipo == "somma":
        addendi = [_numero(addendo, dove) for addendo in _campo(controllo, "addendi", dove)]
        somma = sum(addendi, Decimal(0)) * _numero(controllo.get("fattore", 1), dove)
        return _arrotonda(somma, controllo["decimali"]) if "decimali" in controllo else somma
    raise ValueError(f"{dove}: il tipo di controllo «{tipo}» non esiste.")


def _rapporto(controllo: Dati, dove: str) -> Decimal:
    numeratore = _numero(_campo(controllo, "numeratore", dove), dove)
    denominatore = _numero(_campo(controllo, "denominatore", dove), dove)
    if denominatore == 0:
        raise ValueError(f"{dove}: il denominatore è zero.")
    percentuale = controllo.get("percentuale", "%" in str(controllo["stampato"]))
    return numeratore / denominatore * (100 if percentuale else 1)


def _arrotonda(valore: Decimal, decimali: int) -> Decimal:
    return valore.quantize(Decimal(1).scaleb(-decimali), ROUND_HALF_UP)


def _numero(valore: object, dove: str) -> Decimal:
    numero = Decimal(valore) if type(valore) is int else numero_stampato(valore)
    if numero is None:
        raise ValueError(f"{dove}: «{valore}» non è una cifra.")
    return numero


def _campo(controllo: Dati, chiave: str, dove: str) -> Any:
    if chiave not in controllo:
        raise ValueError(f"{dove}: al controllo manca «{chiave}».")
    return controllo[chiave]


def _confronto(
    dove: str, testo: str, stampato: Decimal, calcolato: Decimal, nota: str, fonte: str
) -> Quadratura:
    differenza = stampato - calcolato
    return Quadratura(dove, testo, calcolato, differenza, differenza == 0, nota, fonte)
