# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the headers of a sheet are, and which field each column seems to be."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from piani.importazioni.abbinamento import Abbinamento, Colonna
from piani.importazioni.celle import normale, scritta
from piani.importazioni.genere import Campo, Contesto, Genere
from piani.importazioni.lettura import Foglio
from piani.models import CorrispondenzaColonne

RIGHE = 25  # from the top, where headers may begin
LUNGO = 80  # characters of a cell that are kept to show it
_CIFRE = re.compile(r"[+-]?[\d.,]+ ?%?")
_ANNO = re.compile(r"20\d\d")
PERSONALI = (
    "codice fiscale", "cf", "cognome", "nome e cognome", "cognome e nome", "nominativo", "email",
    "e mail", "mail", "telefono", "cellulare", "matricola", "data di nascita", "indirizzo",
    "dipendente", "paziente", "assistito",
)  # fmt: skip


@dataclass(frozen=True)
class Vista:
    """The top of a sheet as it is kept with an import: texts only."""

    nome: str
    righe: int
    colonne: int
    nascosto: bool = False
    cima: list[list[str]] = field(default_factory=list)
    unite: list[list[int]] = field(default_factory=list)

    @classmethod
    def di(cls, foglio: Foglio) -> "Vista":
        """Of a sheet just looked at."""
        alte = [list(una) for una in foglio.unite if una[0] <= RIGHE and una[3] > una[1]]
        return cls(
            nome=foglio.nome,
            righe=foglio.righe,
            colonne=foglio.colonne,
            nascosto=foglio.nascosto,
            cima=[[scritta(cella)[:LUNGO] for cella in riga] for riga in foglio.cima],
            unite=alte[:1000],
        )

    def titoli(self, riga: int, righe: int) -> list[str]:
        """The header of each column; of two rows, what is above and what is below together."""
        sotto = self._riga(riga + righe - 1)
        if righe == 1:
            return sotto
        sopra = self._distesa(riga, sotto)
        return [
            una if not altra or normale(una) == normale(altra) else f"{una} {altra}".strip()
            for una, altra in zip(sopra, sotto, strict=True)
        ]

    def _riga(self, numero: int) -> list[str]:
        riga = self.cima[numero] if 0 <= numero < len(self.cima) else []
        return [*riga, *[""] * (self.colonne - len(riga))][: self.colonne]

    def _distesa(self, numero: int, sotto: list[str]) -> list[str]:
        """An upper row with each title on all the columns that it covers."""
        riga = self._riga(numero)
        unite = [una for una in self.unite if una[0] <= numero <= una[2]]
        if unite:
            for _prima, sinistra, _ultima, destra in unite:
                for colonna in range(sinistra + 1, min(destra + 1, len(riga))):
                    riga[colonna] = riga[colonna] or riga[sinistra]
            return riga
        for colonna in range(1, len(riga)):
            if not riga[colonna] and sotto[colonna]:
                riga[colonna] = riga[colonna - 1]
        return riga


@dataclass(frozen=True)
class Riconosciuta:
    """What a header seems to be, and how surely."""

    campo: str
    fissi: Mapping[str, str]
    punti: int


def proponi(
    contesto: Contesto,
    genere: Genere,
    fogli: Sequence[Vista],
    *,
    foglio: str | None = None,
    riga: int | None = None,
    righe: int | None = None,
    salvate: Sequence[CorrispondenzaColonne] = (),
) -> Abbinamento:
    """The mapping that seems right: for the sheet and the header rows given, or for the best ones.

    ``salvate``: how the sources of before were matched; the one that knows most columns is used.
    """
    migliore: tuple[int, Abbinamento] | None = None
    for vista in fogli:
        if foglio is not None and vista.nome != foglio:
            continue
        for dove, quante in _posti(vista, riga, righe):
            titoli = vista.titoli(dove, quante)
            colonne, punti = _colonne(contesto, genere, titoli, salvate)
            punti = punti * 4 - quante - (3 if vista.nascosto else 0)
            if migliore is None or punti > migliore[0]:
                migliore = punti, Abbinamento(vista.nome, dove, quante, colonne)
    if migliore is None:
        return Abbinamento(fogli[0].nome, 0, 1, ())
    trovato = migliore[1]
    vista = next(una for una in fogli if una.nome == trovato.foglio)
    return Abbinamento(
        trovato.foglio,
        trovato.riga,
        trovato.righe,
        trovato.colonne,
        costanti=_costanti(contesto, genere, trovato, salvate, vista),
        meno_uno=_meno_uno(genere, trovato, vista),
    )


def _posti(vista: Vista, riga: int | None, righe: int | None) -> Iterator[tuple[int, int]]:
    """Where headers may be: a row of texts, or two."""
    if riga is not None:
        yield from ((riga, quante) for quante in ([righe] if righe else (1, 2)))
        return
    for dove in range(min(RIGHE, len(vista.cima))):
        yield dove, 1
        if dove + 1 < len(vista.cima) and not any(map(_cifra, vista.cima[dove + 1])):
            yield dove, 2


def _cifra(testo: str) -> bool:
    return bool(_CIFRE.fullmatch(testo)) and not _ANNO.fullmatch(testo)


def _colonne(
    contesto: Contesto,
    genere: Genere,
    titoli: Sequence[str],
    salvate: Sequence[CorrispondenzaColonne],
) -> tuple[tuple[Colonna, ...], int]:
    """The columns that seem something, and how many."""
    salvata = salvata_per(titoli, salvate)
    trovate: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[int, Colonna]] = {}
    for posto, titolo in enumerate(titoli):
        if not titolo:
            continue
        vista = (_da_salvata(salvata, genere, titolo) if salvata else None) or _riconosci(
            contesto, genere, titolo
        )
        if not vista.campo:
            continue
        colonna = Colonna(posto, vista.campo, vista.fissi)
        chiave = (vista.campo, colonna.gruppo)
        if chiave not in trovate or vista.punti > trovate[chiave][0]:
            trovate[chiave] = vista.punti, colonna
    colonne = sorted((una for _punti, una in trovate.values()), key=lambda una: una.posto)
    campi = {una.campo for una in colonne}
    return tuple(colonne), len(campi) * 2 + min(len(colonne), 6) + 3 * bool(salvata)


def salvata_per(
    titoli: Iterable[str], salvate: Sequence[CorrispondenzaColonne]
) -> CorrispondenzaColonne | None:
    """The source whose columns are all here; the one with more columns, then the latest."""
    presenti = {normale(titolo) for titolo in titoli}
    adatte = [
        una
        for una in salvate
        if (usate := {nome for nome, dati in una.intestazioni.items() if dati["campo"]})
        and usate <= presenti
    ]
    return max(adatte, key=lambda una: len(una.intestazioni), default=None)


def _da_salvata(salvata: CorrispondenzaColonne, genere: Genere, titolo: str) -> Riconosciuta | None:
    dati = salvata.intestazioni.get(normale(titolo))
    campi = {uno.chiave for uno in genere.campi}
    if dati is None or not {dati["campo"], *dati["fissi"]} <= campi | {""}:
        return None
    return Riconosciuta(dati["campo"], dati["fissi"], 5000)


def _riconosci(contesto: Contesto, genere: Genere, titolo: str) -> Riconosciuta:
    fissi = {
        uno.chiave: detto
        for uno in genere.campi
        if uno.nell_intestazione is not None and (detto := uno.nell_intestazione(titolo))
    } | genere.nell_intestazione(contesto, titolo)
    campo, punti = _campo(genere, normale(titolo), fissi)
    if campo is None:
        if punti >= 0 and fissi and genere.predefinito:
            return Riconosciuta(genere.predefinito, fissi, 10)
        return Riconosciuta("", {}, 0)
    if campo.unito or campo.costante or campo.nell_intestazione is not None:
        fissi = {}
    return Riconosciuta(campo.chiave, fissi, punti)


def _campo(genere: Genere, titolo: str, fissi: Mapping[str, str]) -> tuple[Campo | None, int]:
    """The field whose name is the header, or the longest one inside it; -1 if it is of others.

    «1° trimestre» is the quarter of a value, not the column of the quarters.
    """
    migliore: tuple[Campo | None, int] = (None, 0)
    for campo, sinonimo in _sinonimi(genere):
        if titolo == sinonimo:
            return campo, 1000 if campo else -1
        if campo is not None and campo.chiave in fissi:
            continue
        if f" {sinonimo} " in f" {titolo} " and len(sinonimo) > migliore[1]:
            migliore = campo, len(sinonimo)
    campo, punti = migliore
    return (campo, punti) if campo is not None or not punti else (None, -1)


@cache
def _sinonimi(genere: Genere) -> tuple[tuple[Campo | None, str], ...]:
    suoi = [
        (campo, normale(sinonimo))
        for campo in genere.campi
        for sinonimo in (str(campo.nome), campo.chiave.replace("_", " "), *campo.sinonimi)
    ]
    altrui = [(None, normale(sinonimo)) for sinonimo in genere.ignora]
    return tuple((campo, nome) for campo, nome in (*suoi, *altrui) if nome)


def _costanti(
    contesto: Contesto,
    genere: Genere,
    trovato: Abbinamento,
    salvate: Sequence[CorrispondenzaColonne],
    vista: Vista,
) -> dict[str, str]:
    """What the whole file speaks of, as its name, its sheet or the lines above the headers say."""
    salvata = salvata_per(vista.titoli(trovato.riga, trovato.righe), salvate)
    costanti = dict(salvata.costanti) if salvata else {}
    detti = [contesto.importazione.nome, vista.nome]
    detti += [cella for riga in vista.cima[: trovato.riga] for cella in riga if cella]
    for campo in genere.campi:
        if not campo.costante or campo.chiave in trovato.campi:
            continue
        legge = campo.nell_intestazione
        for testo in detti:
            if legge is not None and (detto := legge(testo.replace("_", " "))):
                costanti[campo.chiave] = detto
                break
    return costanti


def _meno_uno(genere: Genere, trovato: Abbinamento, vista: Vista) -> bool:
    """Whether −1 seems to stand for nothing: there is some, and no other negative number."""
    campi = {uno.chiave for uno in genere.campi if uno.sentinella}
    posti = [una.posto for una in trovato.colonne if una.campo in campi]
    celle = {
        riga[posto]
        for riga in vista.cima[trovato.riga + trovato.righe :]
        for posto in posti
        if posto < len(riga) and riga[posto].startswith("-")
    }
    return {una for una in celle if _CIFRE.fullmatch(una)} == {"-1"}


def personale(titolo: str, campo: Campo | None) -> bool:
    """Whether a column seems to say something of a person."""
    if campo is not None:
        return campo.personale
    piano = f" {normale(titolo)} "
    return any(f" {nome} " in piano for nome in PERSONALI)
