# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which column is which field; a sheet → rows of values, whatever its layout.

A column may also say something by its header («Consuntivo II trim 2024»): it has ``fissi``. The
columns that say the same make a row of their own, so that a wide sheet gives more rows for each of
its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from piani.importazioni.celle import Lettore, normale, scritta
from piani.importazioni.genere import Campo, Genere, RigaLetta
from piani.importazioni.lettura import CELLE, Cella, Foglio

MOSTRATI = 300  # characters of a cell in the preview
Fissi = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Colonna:
    """A column of the sheet (from 0), the field it is, and what its header says of others."""

    posto: int
    campo: str
    fissi: Mapping[str, str] = field(default_factory=dict)

    @property
    def gruppo(self) -> Fissi:
        return tuple(sorted(self.fissi.items()))


@dataclass(frozen=True)
class Abbinamento:
    """How a sheet is read. ``costanti`` are the same for all rows; ``riempi``: an empty cell of a
    field that may be merged is the one above; ``meno_uno``: −1 stands for «not available».
    """

    foglio: str
    riga: int
    """First row of the headers, from 0."""
    righe: int
    """How many rows the headers take: 1 or 2."""
    colonne: tuple[Colonna, ...]
    costanti: Mapping[str, str] = field(default_factory=dict)
    riempi: bool = False
    meno_uno: bool = False

    @classmethod
    def da_dati(cls, dati: Mapping[str, Any]) -> "Abbinamento":
        """From what :meth:`come_dati` gave.

        :raises ValidationError: in ``abbinamento``, it has not that shape.
        """
        try:
            return cls(
                foglio=str(dati["foglio"]),
                riga=int(dati["riga"]),
                righe=int(dati["righe"]),
                colonne=tuple(
                    Colonna(int(una["posto"]), str(una["campo"]), _testi(una.get("fissi", {})))
                    for una in dati["colonne"]
                ),
                costanti=_testi(dati.get("costanti", {})),
                riempi=bool(dati.get("riempi")),
                meno_uno=bool(dati.get("meno_uno")),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as errore:
            raise ValidationError(
                {"abbinamento": _("Servono «foglio», «riga», «righe» e «colonne», ognuna con "
                                  "«posto» e «campo».")}
            ) from errore  # fmt: skip

    def come_dati(self) -> dict[str, Any]:
        return {
            "foglio": self.foglio,
            "riga": self.riga,
            "righe": self.righe,
            "colonne": [
                {"posto": una.posto, "campo": una.campo, "fissi": dict(una.fissi)}
                for una in self.colonne
            ],
            "costanti": dict(self.costanti),
            "riempi": self.riempi,
            "meno_uno": self.meno_uno,
        }

    @property
    def campi(self) -> set[str]:
        """The fields that rows will have."""
        return {una.campo for una in self.colonne} | {
            nome for una in self.colonne for nome in una.fissi
        } | {nome for nome, valore in self.costanti.items() if valore}  # fmt: skip

    def controlla(self, genere: Genere) -> None:
        """:raises ValidationError: by field: unknown or repeated ones, values that cannot be read,
        or not enough columns for that kind.
        """
        campi = {uno.chiave: uno for uno in genere.campi}
        visti = set()
        for una in self.colonne:
            for nome in (una.campo, *una.fissi):
                if nome not in campi:
                    raise _sbagliato(_("Il campo «%(campo)s» non esiste.") % {"campo": nome})
            if (una.campo, una.gruppo) in visti:
                raise _sbagliato(
                    _("Due colonne sono «%(campo)s»: lasciarne una sola.")
                    % {"campo": campi[una.campo].nome}
                )
            visti.add((una.campo, una.gruppo))
        for dette in (self.costanti, *(una.fissi for una in self.colonne)):
            _leggi_dette(campi, dette)
        if mancano := genere.mancano(self.campi):
            raise ValidationError({"abbinamento": mancano})

    def leggi(
        self, genere: Genere, foglio: Foglio, righe: Iterable[Sequence[Cella]]
    ) -> Iterator[RigaLetta]:
        """The rows that follow the headers, in order; none for a row with nothing in it.

        :raises ValidationError: the layout gives too many rows.
        """
        return _Lettura(self, genere, foglio).righe(righe)


def _testi(dati: Mapping[str, Any]) -> dict[str, str]:
    return {str(nome): str(valore) for nome, valore in dati.items()}


def _sbagliato(frase: str) -> ValidationError:
    return ValidationError({"abbinamento": frase})


def _leggi_dette(campi: Mapping[str, Campo], dette: Mapping[str, str]) -> dict[str, Any]:
    """The values of what is not in the cells: said once, or by a header."""
    letti = {}
    for nome, scritto in dette.items():
        if nome not in campi:
            raise _sbagliato(_("Il campo «%(campo)s» non esiste.") % {"campo": nome})
        try:
            letti[nome] = campi[nome].leggi(scritto or None)
        except ValueError as errore:
            raise _sbagliato(f"{campi[nome].nome}: {errore}") from errore
    return letti


@dataclass(frozen=True)
class _Gruppo:
    """The columns that make a row together, and what is already known of it."""

    colonne: tuple[tuple[int, Campo, Lettore], ...]
    valori: Mapping[str, Any]
    testi: Mapping[str, str]


class _Lettura:
    def __init__(self, come: Abbinamento, genere: Genere, foglio: Foglio) -> None:
        self.come = come
        self.campi = {uno.chiave: uno for uno in genere.campi}
        self.obbligatori = [uno.chiave for uno in genere.campi if uno.obbligatorio]
        divisi = {una.campo for una in come.colonne if una.fissi}
        comuni = [una for una in come.colonne if not una.fissi and una.campo not in divisi]
        altre = [una for una in come.colonne if una not in comuni]
        lettori = {
            nome: lru_cache(20_000, typed=True)(uno.leggi) for nome, uno in self.campi.items()
        }
        self.comuni = self._colonne(comuni, lettori)
        self.gruppi = [
            self._gruppo([una for una in altre if una.gruppo == gruppo], gruppo, lettori)
            for gruppo in dict.fromkeys(una.gruppo for una in altre)
        ] or [self._gruppo([], (), lettori)]
        self.largo = bool(altre)
        self.spoglio = self._gruppo([], (), lettori) if genere.righe_spoglie else None
        self.sopra: dict[str, Cella] = {}
        self.unite = self._unite(foglio)
        self.coperte: dict[int, tuple[int, Cella]] = {}
        self.intestazioni: set[tuple[str, ...]] = set()
        self.titoli: set[Cella] = set()

    def _colonne(
        self, colonne: Iterable[Colonna], lettori: Mapping[str, Lettore]
    ) -> tuple[tuple[int, Campo, Lettore], ...]:
        return tuple((una.posto, self.campi[una.campo], lettori[una.campo]) for una in colonne)

    def _gruppo(
        self, colonne: Iterable[Colonna], fissi: Fissi, lettori: Mapping[str, Lettore]
    ) -> _Gruppo:
        dette = {**self.come.costanti, **dict(fissi)}
        valori = _leggi_dette(self.campi, dette)
        return _Gruppo(self._colonne(colonne, lettori), valori, dette)

    def _unite(self, foglio: Foglio) -> dict[tuple[int, int], int]:
        """For each cell merged downwards, (row, column): the last row that it covers."""
        return {(a, b): c for a, b, c, _d in foglio.unite if c > a}

    def righe(self, righe: Iterable[Sequence[Cella]]) -> Iterator[RigaLetta]:
        prima = self.come.riga + self.come.righe
        fatte = 0
        for posto, riga in enumerate(righe):
            self._segui_le_unite(posto, riga)
            if posto < prima:
                if posto >= self.come.riga:
                    self._ricorda(riga)
                continue
            if not self.titoli.isdisjoint(riga) and self._detta(riga) in self.intestazioni:
                continue
            for letta in self._leggi(posto, riga):
                fatte += 1
                if fatte > CELLE // 4:
                    raise _sbagliato(_("Il foglio dà troppe righe: dividerlo in più file."))
                yield letta

    def _ricorda(self, riga: Sequence[Cella]) -> None:
        """A row of the headers, that may come back at every page."""
        self.intestazioni.add(self._detta(riga))
        self.titoli.update(cella for cella in riga if isinstance(cella, str))

    def _detta(self, riga: Sequence[Cella]) -> tuple[str, ...]:
        """A row as headers are compared."""
        return tuple(
            normale(str(riga[una.posto]))
            if una.posto < len(riga) and isinstance(riga[una.posto], str)
            else ""
            for una in self.come.colonne
        )

    def _segui_le_unite(self, posto: int, riga: Sequence[Cella]) -> None:
        """Remember until which row the value of a merged cell holds."""
        if not self.unite:
            return
        for colonna, campo, _lettore in self.comuni:
            ultima = self.unite.get((posto, colonna))
            if campo.unito and ultima is not None and colonna < len(riga):
                self.coperte[colonna] = (ultima, riga[colonna])

    def _leggi(self, posto: int, riga: Sequence[Cella]) -> Iterator[RigaLetta]:
        valori: dict[str, Any] = {}
        testi: dict[str, str] = {}
        errori: dict[str, str] = {}
        scritte = False
        for colonna, campo, lettore in self.comuni:
            cella = riga[colonna] if colonna < len(riga) else None
            scritte = scritte or cella is not None
            if campo.unito:
                cella = self._ripetuta(posto, colonna, campo, cella)
            self._cella(campo, lettore, cella, valori, testi, errori)
        gruppi = self.gruppi
        if self.spoglio is not None and not any(self._piene(uno, riga) for uno in gruppi):
            gruppi = [self.spoglio]
        for gruppo in gruppi:
            qui, detti, storte = dict(valori), dict(testi), dict(errori)
            piene = False
            for colonna, campo, lettore in gruppo.colonne:
                cella = riga[colonna] if colonna < len(riga) else None
                piene = piene or cella is not None
                self._cella(campo, lettore, cella, qui, detti, storte)
            if (self.largo and gruppo.colonne and not piene) or not (scritte or piene):
                continue
            for nome, valore in gruppo.valori.items():
                if qui.get(nome) is None and nome not in storte:
                    qui[nome], detti[nome] = valore, gruppo.testi[nome]
            for nome in self.obbligatori:
                if qui.get(nome) is None and nome not in storte:
                    storte[nome] = _("Manca.")
            yield RigaLetta(posto + 1, qui, detti, storte)

    @staticmethod
    def _piene(gruppo: _Gruppo, riga: Sequence[Cella]) -> bool:
        posti = [posto for posto, _campo, _lettore in gruppo.colonne]
        return any(posto < len(riga) and riga[posto] is not None for posto in posti)

    def _ripetuta(self, posto: int, colonna: int, campo: Campo, cella: Cella) -> Cella:
        """The cell, or the one above: merged with it, or repeated as the person says."""
        if cella is not None:
            self.sopra[campo.chiave] = cella
            return cella
        fino, valore = self.coperte.get(colonna, (-1, None))
        if posto <= fino:
            return valore
        return self.sopra.get(campo.chiave) if self.come.riempi else None

    def _cella(
        self,
        campo: Campo,
        lettore: Lettore,
        cella: Cella,
        valori: dict[str, Any],
        testi: dict[str, str],
        errori: dict[str, str],
    ) -> None:
        testi[campo.chiave] = scritta(cella)[:MOSTRATI]
        if self.come.meno_uno and campo.sentinella and cella in (-1, Decimal(-1), "-1"):
            valori[campo.chiave] = None
            return
        try:
            valori[campo.chiave] = lettore(cella)
        except ValueError as errore:
            errori[campo.chiave] = str(errore)
