# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of the sheet: a CSV text to cases ready to be judged, or all that is wrong with them."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from io import StringIO
from typing import TypeVar

from obiettivi.calcolo.arrotondamento import CENTO
from obiettivi.calcolo.letture import Lettura, Tipo, Verso
from obiettivi.calcolo.misura import Base, Misura, Periodo, Risultato, unita_comune

from .attesi import VERSI, Atteso, leggi_atteso, un_solo_periodo
from .cifre import Cifra, Grafia, Illeggibile, cifra, grafia_di
from .risultati import CellaRisultato, NelPeriodo, leggi_risultato, risposta_di

COLONNE = (
    "id", "gruppo", "target", "operatore", "valore", "verso", "base", "risultato", "peso",
)  # fmt: skip
FACOLTATIVE = ("prerequisito", "recupero")
SCRITTE = ("punteggio", "stato", "spiegazione")
SCRITTE_CON_CLASSI = ("classe", "premio")
_NUMERICHE = ("valore", "base", "risultato", "peso", "recupero")
_SENZA_VALORE = ("", "-", "–", "—", "n.d.", "nd", "n.d", "n/d")
T = TypeVar("T")


class CasiNonValidi(ValueError):
    """A sheet that cannot be scored; ``problemi`` holds all the Italian sentences."""

    def __init__(self, problemi: Iterable[str]) -> None:
        self.problemi = tuple(problemi)
        super().__init__("\n".join(self.problemi))


@dataclass(frozen=True)
class Caso:
    """A row: its cells as written (all the columns of the sheet) and what they mean.

    ``riga`` is its place in the sheet, the header being row 1; ``prerequisito`` says that it is a
    condition on the others, not one of them.
    """

    riga: int
    celle: Mapping[str, str]
    gruppo: str
    misura: Misura
    periodo: Periodo
    peso: Decimal | None
    prerequisito: bool = False


@dataclass(frozen=True)
class Tabella:
    """The columns of the sheet in their order, and its rows."""

    colonne: tuple[str, ...]
    casi: tuple[Caso, ...]


def leggi_casi(contenuto: str | bytes, anno: int | None = None) -> Tabella:
    """Read a sheet: header and rows, comma, semicolon or tab, UTF-8 with or without BOM.

    ``anno`` is the year judged, for the targets that need one (``2022: 80% 2023: 85%``,
    ``entro il 30/06``). Raises ``CasiNonValidi`` with everything that is wrong, cell by cell.
    """
    testo = _decodifica(contenuto)
    separatore = _separatore(testo)
    righe = _righe(testo, separatore)
    if not righe:
        raise CasiNonValidi(["Il file è vuoto: serve l'intestazione con i nomi delle colonne."])
    colonne = _intestazione(righe[0][1])
    celle, problemi = _celle(colonne, righe[1:])
    if not celle and not problemi:
        raise CasiNonValidi(["Sotto l'intestazione non c'è nessuna riga da valutare."])
    grafia = grafia_di((riga.get(nome, "") for _, riga in celle for nome in _NUMERICHE), separatore)
    lettore = _Lettore(grafia, anno, problemi)
    casi = tuple(lettore.caso(posto, riga) for posto, riga in celle)
    problemi += _doppioni(casi)
    if problemi:
        raise CasiNonValidi(problemi)
    return Tabella(colonne, casi)


def _decodifica(contenuto: str | bytes) -> str:
    try:
        testo = contenuto if isinstance(contenuto, str) else contenuto.decode("utf-8-sig")
    except UnicodeDecodeError as errore:
        raise CasiNonValidi(
            [f"Il file non è in UTF-8 (byte {errore.start + 1}): salvarlo come «CSV UTF-8»."]
        ) from errore
    return testo.removeprefix("\ufeff")


def _separatore(testo: str) -> str:
    """The separator of the header, whose names have none in them; comma if there is just one."""
    prima = next((riga for riga in testo.splitlines() if riga.strip()), "")
    return max((",", ";", "\t"), key=prima.count)


def _righe(testo: str, separatore: str) -> list[tuple[int, list[str]]]:
    """Place and cells of the rows that have some."""
    lettore = csv.reader(StringIO(testo, newline=""), delimiter=separatore, strict=True)
    righe: list[tuple[int, list[str]]] = []
    posto = 0
    try:
        for posto, celle in enumerate(lettore, 1):
            if any(cella.strip() for cella in celle):
                righe.append((posto, celle))
    except csv.Error as errore:
        raise CasiNonValidi(
            [f"Riga {posto + 1}: le virgolette non tornano, o la cella è troppo lunga."]
        ) from errore
    return righe


def _intestazione(celle: Sequence[str]) -> tuple[str, ...]:
    colonne = [cella.strip().casefold() for cella in celle]
    while colonne and not colonne[-1]:
        colonne.pop()
    doppie = [nome for nome, quante in Counter(colonne).items() if quante > 1]
    problemi = [f"Intestazione: la colonna «{nome}» compare più di una volta." for nome in doppie]
    mancano = [nome for nome in (*COLONNE, *FACOLTATIVE) if nome not in colonne]
    problemi += [
        f"Intestazione: la colonna «{nome}» la scrive il simulatore; toglierla o rinominarla."
        for nome in SCRITTE
        if nome in colonne
    ]
    for nome in sorted(set(colonne) - set(COLONNE) - set(FACOLTATIVE)):
        if simile := get_close_matches(nome, mancano, n=1, cutoff=0.75):
            problemi.append(f"Intestazione: «{nome}» non è una colonna; forse «{simile[0]}»?")
    problemi += [
        f"Intestazione: manca la colonna «{nome}»."
        for nome in ("id", "risultato")
        if nome in mancano
    ]
    if "target" in mancano and "valore" in mancano:
        problemi.append("Intestazione: serve la colonna «target», o «operatore» e «valore».")
    if problemi:
        raise CasiNonValidi(problemi)
    return tuple(colonne)


def _celle(
    colonne: tuple[str, ...], righe: Sequence[tuple[int, list[str]]]
) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    problemi = [
        f"Riga {posto}: ha {len(celle)} celle, l'intestazione {len(colonne)}."
        for posto, celle in righe
        if any(cella.strip() for cella in celle[len(colonne) :])
    ]
    piene = [
        (posto, dict(zip(colonne, [*celle, *[""] * len(colonne)], strict=False)))
        for posto, celle in righe
    ]
    return piene, problemi


def _doppioni(casi: Sequence[Caso]) -> list[str]:
    visti: dict[tuple[str, str], int] = {}
    problemi = []
    for caso in casi:
        nome = caso.celle["id"].strip()
        prima = visti.setdefault((caso.gruppo, nome), caso.riga)
        if nome and prima != caso.riga:
            problemi.append(f"Riga {caso.riga}, colonna «id»: «{nome}» è già alla riga {prima}.")
    return problemi


class _Lettore:
    """Reads the rows one by one and collects what is wrong with their cells."""

    def __init__(self, grafia: Grafia, anno: int | None, problemi: list[str]) -> None:
        self.grafia = grafia
        self.anno = anno
        self.problemi = problemi
        self.atteso = lru_cache(maxsize=None)(leggi_atteso)

    def caso(self, riga: int, celle: Mapping[str, str]) -> Caso:
        """A case; where a cell is wrong, what is wrong is noted and the cell counts as empty."""

        def di(nome: str) -> str:
            return " ".join(celle.get(nome, "").split())

        def prova(nome: str, leggi: Callable[[], T], altrimenti: T) -> T:
            try:
                return leggi()
            except Illeggibile as errore:
                self.problemi.append(f"Riga {riga}, colonna «{nome}»: {errore}.")
                return altrimenti

        atteso = prova(
            "target" if di("target") else "valore",
            lambda: self.atteso(di("target"), di("operatore"), di("valore"), self.grafia),
            Atteso(None),
        )
        verso = prova("verso", lambda: _verso(di("verso")), None)
        base = prova("base", lambda: _numero(di("base"), self.grafia), None)
        peso = prova("peso", lambda: _peso(di("peso"), self.grafia), None)
        periodo = Periodo(self.anno) if self.anno else NelPeriodo(0)
        recupero = prova("recupero", lambda: _recupero(di("recupero"), self.grafia), None)
        prerequisito = prova("prerequisito", lambda: _spunta(di("prerequisito")), False)
        vuoto = Risultato(periodo, origine=f"riga {riga}", recupero=recupero)
        risultato = prova(
            "risultato",
            lambda: leggi_risultato(celle.get("risultato", ""), atteso.lettura, self.grafia, vuoto),
            CellaRisultato((vuoto,)),
        )
        if self.anno is None and risultato.risultati[0].data:
            periodo = Periodo(risultato.risultati[0].data.year)
        misura = _misura(di("id") or f"riga {riga}", atteso, verso, base, risultato, periodo)
        return Caso(riga, celle, di("gruppo"), misura, periodo, peso, prerequisito)


def _verso(testo: str) -> Verso | None:
    if testo and testo.casefold() not in VERSI:
        raise Illeggibile(f"«{testo}» non è un verso: serve uno fra {', '.join(VERSI)}, o niente")
    return VERSI.get(testo.casefold())


def _numero(testo: str, grafia: Grafia) -> Cifra | None:
    return None if testo.casefold() in _SENZA_VALORE else cifra(testo, grafia)


def _peso(testo: str, grafia: Grafia) -> Decimal | None:
    letto = _numero(testo, grafia)
    if letto is not None and letto.valore < 0:
        raise Illeggibile(f"«{testo}» è negativo: un peso va da zero in su")
    return None if letto is None else letto.valore


def _recupero(testo: str, grafia: Grafia) -> Decimal | None:
    letto = _numero(testo, grafia)
    if letto is not None and not 0 <= letto.valore <= CENTO:
        raise Illeggibile(f"«{testo}» non va da 0 a 100")
    return None if letto is None else letto.valore


def _spunta(testo: str) -> bool:
    risposta = risposta_di(testo) if testo else False
    if risposta is None:
        raise Illeggibile(f"«{testo}» non è né sì né no")
    return risposta


def _misura(
    nome: str,
    atteso: Atteso,
    verso: Verso | None,
    base: Cifra | None,
    risultato: CellaRisultato,
    periodo: Periodo,
) -> Misura:
    target = atteso.lettura
    if target and len(risultato.risultati) == 1:
        target = un_solo_periodo(target, periodo.anno)
    una = target.letture[0] if target and target.letture else None
    unita = risultato.unita or _unita_di(una) or (base.unita if base else "")
    confronto = (una.valore if una else None) or atteso.riferimento or (base and base.valore)
    if not unita and confronto and abs(confronto) > 1 and _e_rapporto(risultato):
        unita = "%"
    if atteso.uguaglianza and verso is None:
        verso = Verso.MANTENIMENTO
    return Misura(
        codice=nome,
        nome=nome,
        target=target,
        risultati=tuple(_nel(uno, periodo) for uno in risultato.risultati),
        verso=verso,
        unita="" if target and target.tipo is Tipo.QUOTA_DI_CASI else unita,
        base=None if base is None else Base(valore=base.valore),
        riferimento=atteso.riferimento,
        riferimento_fonte="" if atteso.riferimento is None else "colonna «valore»",
        fattore=CENTO if unita_comune(unita) == "%" else None,
    )


def _unita_di(una: Lettura | None) -> str:
    return "" if una is None or una.data else una.unita


def _e_rapporto(cella: CellaRisultato) -> bool:
    return cella.risultati[0].numeratore is not None


def _nel(uno: Risultato, periodo: Periodo) -> Risultato:
    """The result in the period of the row: a date of the result gives its year."""
    return replace(uno, periodo=periodo) if uno.data else uno
