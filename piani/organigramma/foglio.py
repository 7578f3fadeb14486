# SPDX-License-Identifier: AGPL-3.0-or-later
"""A chart as a sheet, and back: one row per unit, read and checked cell by cell. No database.

Columns: ``codice;nome;tipo;codice_superiore;cdr;ordine``. Texts that a spreadsheet would run as a
formula are written with an apostrophe in front, which reading takes off again.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from piani.models import UnitaOrganizzativa
from piani.models.organigramma import LIVELLI_MASSIMI

COLONNE = ("codice", "nome", "tipo", "codice_superiore", "cdr", "ordine")
FACOLTATIVE = ("codice_superiore", "cdr", "ordine")
RIGHE_MASSIME = 5000
BYTE_MASSIMI = 2 * 1024 * 1024
ERRORI_MOSTRATI = 30
ORDINE_MASSIMO = 1_000_000
COPERTO = re.compile(r"'+[=+\-@]")
SI = {"sì", "si", "s", "1", "x", "vero", "true"}
NO = {"", "no", "n", "0", "falso", "false"}
TIPI = {str(valore).casefold(): str(valore) for valore in UnitaOrganizzativa.Tipo.values}
TIPI |= {str(nome).casefold(): str(valore) for valore, nome in UnitaOrganizzativa.Tipo.choices}


@dataclass(frozen=True)
class RigaUnita:
    """A checked row; ``superiore`` is the code of another row, or ""."""

    codice: str
    nome: str
    tipo: str
    superiore: str = ""
    cdr: bool = False
    ordine: int | None = None  # without one: after those that have it, as in the sheet


def righe(unita: Iterable[UnitaOrganizzativa]) -> Iterator[tuple[object, ...]]:
    """The cells of the units, which come parents first, in the order of ``COLONNE``."""
    codici: dict[int | None, str] = {None: ""}
    for una in unita:
        codici[una.pk] = una.codice
        yield una.codice, una.nome, una.tipo, codici[una.parent_id], una.cdr, una.ordine


def leggi(contenuto: bytes) -> list[RigaUnita]:
    """The rows of a sheet, UTF-8 or the Windows encoding, parents anywhere.

    :raises ValidationError: one sentence for each wrong cell, with its line and column.
    """
    if len(contenuto) > BYTE_MASSIMI:
        raise ValidationError(_("Il file supera i 2 MB."))
    righe = list(_righe(_testo(contenuto)))
    lettore = _Lettore()
    lette = [lettore.riga(numero, celle) for numero, celle in righe]
    lettore.controlla_insieme(lette)
    if lettore.errori:
        raise ValidationError(_accorcia(lettore.frasi()))
    return lette


def _testo(contenuto: bytes) -> str:
    try:
        testo = contenuto.decode("utf-8-sig")
    except UnicodeDecodeError:
        testo = contenuto.decode("cp1252", errors="replace")
    if "\x00" in testo:
        raise ValidationError(
            _("Il file non è un CSV: dal foglio di calcolo si salva come «CSV (separato da ;)».")
        )
    return testo


def _righe(testo: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not empty, with its line number, by column."""
    prima = testo.split("\n", 1)[0]
    separatore = max(";,\t", key=prima.count)
    lettore = csv.reader(StringIO(testo, newline=""), delimiter=separatore)
    try:
        intestazione = [nome.strip().casefold() for nome in next(lettore, [])]
        _controlla_intestazione(intestazione)
        quante = 0
        for celle in lettore:
            if not any(cella.strip() for cella in celle):
                continue
            quante += 1
            if quante > RIGHE_MASSIME:
                raise ValidationError(
                    _("Il file ha più di %(n)s righe: un organigramma ne ha meno.")
                    % {"n": RIGHE_MASSIME}
                )
            piene = [" ".join(cella.split()) for cella in celle] + [""] * len(intestazione)
            yield lettore.line_num, dict(zip(intestazione, piene, strict=False))
    except csv.Error as errore:
        raise ValidationError(
            _("Riga %(n)s: il file non si legge come CSV.") % {"n": lettore.line_num}
        ) from errore
    if not quante:
        raise ValidationError(_("Il file non ha nessuna unità: solo l’intestazione."))


def _controlla_intestazione(intestazione: Sequence[str]) -> None:
    mancano = [nome for nome in COLONNE if nome not in (*intestazione, *FACOLTATIVE)]
    if mancano:
        raise ValidationError(
            _("Nella prima riga mancano le colonne: %(nomi)s. Ci vogliono %(tutte)s.")
            % {"nomi": ", ".join(mancano), "tutte": ";".join(COLONNE)}
        )
    doppie = [nome for nome in COLONNE if intestazione.count(nome) > 1]
    if doppie:
        raise ValidationError(
            _("Nella prima riga c’è due volte la colonna %(nomi)s.") % {"nomi": ", ".join(doppie)}
        )


class _Lettore:
    """Reads one row after the other and gathers what is wrong with their cells."""

    def __init__(self) -> None:
        self.errori: list[tuple[int, str, str]] = []  # line, column, sentence
        self.dove: dict[str, int] = {}  # code → line

    def riga(self, numero: int, celle: Mapping[str, str]) -> RigaUnita:
        codice = _scoperto(celle["codice"])
        self._testo(numero, "codice", codice, 30)
        if codice and codice in self.dove:
            self._errore(
                numero,
                "codice",
                _("«%(codice)s» è già alla riga %(altra)s; ogni unità ha il suo.")
                % {"codice": codice, "altra": self.dove[codice]},
            )
        self.dove.setdefault(codice, numero)
        nome = _scoperto(celle["nome"])
        self._testo(numero, "nome", nome, 200)
        return RigaUnita(
            codice=codice,
            nome=nome,
            tipo=self._tipo(numero, celle["tipo"]),
            superiore=_scoperto(celle.get("codice_superiore", "")),
            cdr=self._si_no(numero, celle.get("cdr", "")),
            ordine=self._ordine(numero, celle.get("ordine", "")),
        )

    def controlla_insieme(self, righe: Sequence[RigaUnita]) -> None:
        """Each code above is there, and nobody stands under itself."""
        sopra = {riga.codice: riga.superiore for riga in righe}
        for riga in righe:
            if riga.superiore and riga.superiore not in sopra:
                self._errore(
                    self.dove[riga.codice],
                    "codice_superiore",
                    _("«%(codice)s» non è il codice di nessuna riga.") % {"codice": riga.superiore},
                )
                continue
            salita = _salita(riga.superiore, sopra)
            if riga.codice in salita:
                self._errore(
                    self.dove[riga.codice],
                    "codice_superiore",
                    _("risalendo da «%(codice)s» si torna a «%(codice)s».")
                    % {"codice": riga.codice},
                )
            elif len(salita) >= LIVELLI_MASSIMI:
                self._errore(
                    self.dove[riga.codice],
                    "codice_superiore",
                    _("l’unità sta oltre il livello %(n)s.") % {"n": LIVELLI_MASSIMI},
                )

    def _testo(self, numero: int, colonna: str, testo: str, massimo: int) -> None:
        if not testo:
            self._errore(numero, colonna, _("manca."))
        elif len(testo) > massimo:
            self._errore(numero, colonna, _("supera i %(n)s caratteri.") % {"n": massimo})
        elif not testo.isprintable():
            self._errore(numero, colonna, _("contiene un carattere invisibile."))

    def _tipo(self, numero: int, testo: str) -> str:
        tipo = TIPI.get(testo.casefold())
        if tipo is None:
            self._errore(
                numero,
                "tipo",
                _("«%(testo)s» non è un tipo; scrivere uno fra %(tipi)s.")
                % {"testo": testo, "tipi": ", ".join(UnitaOrganizzativa.Tipo.values)},
            )
        return tipo or ""

    def _si_no(self, numero: int, testo: str) -> bool:
        parola = testo.casefold()
        if parola not in SI | NO:
            self._errore(numero, "cdr", _("«%(testo)s» non è né sì né no.") % {"testo": testo})
        return parola in SI

    def _ordine(self, numero: int, testo: str) -> int | None:
        if not testo:
            return None
        corto = testo.isascii() and testo.isdigit() and len(testo) <= len(str(ORDINE_MASSIMO))
        if corto and int(testo) <= ORDINE_MASSIMO:
            return int(testo)
        self._errore(
            numero,
            "ordine",
            _("«%(testo)s» non è un numero intero da 0 a %(n)s.")
            % {"testo": testo, "n": ORDINE_MASSIMO},
        )
        return None

    def _errore(self, numero: int, colonna: str, frase: str) -> None:
        self.errori.append((numero, colonna, frase))

    def frasi(self) -> list[str]:
        """What is wrong, from the first line to the last."""
        return [
            _("Riga %(n)s, colonna %(colonna)s: %(frase)s")
            % {"n": numero, "colonna": colonna, "frase": frase}
            for numero, colonna, frase in sorted(self.errori, key=lambda errore: errore[0])
        ]


def _salita(codice: str, sopra: Mapping[str, str]) -> list[str]:
    """The codes met going up from this one, itself included, as many as the levels allowed."""
    visti: list[str] = []
    while codice and codice not in visti and len(visti) < LIVELLI_MASSIMI:
        visti.append(codice)
        codice = sopra.get(codice, "")
    return visti


def _scoperto(testo: str) -> str:
    return testo[1:] if COPERTO.match(testo) else testo


def _accorcia(errori: Sequence[str]) -> list[str]:
    """The first errors, and how many more there are."""
    altri = len(errori) - ERRORI_MOSTRATI
    if altri <= 0:
        return list(errori)
    coda = ngettext("… e un altro errore.", "… e altri %(n)s errori.", altri) % {"n": altri}
    return [*errori[:ERRORI_MOSTRATI], coda]
