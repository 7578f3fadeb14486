# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition to and from plain JSON data (``albero/edizione/1``).

Decimals are written as text, exactly; absent values are ``null``. Fields that are not there take
the default of ``Edizione``; a field that is not known is refused, so that a misspelling never
passes for a rule. Reading checks the shape and then the edition as a whole, and says everything
that is wrong at once (``EdizioneNonValida``).
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from .arrotondamento import Arrotondamento, Livello, Modo
from .edizione import (
    Cancelli,
    Cancello,
    Classe,
    Decrescente,
    Edizione,
    EdizioneNonValida,
    Effetto,
    FasceLivello,
    FasceUnita,
    GruppoAree,
    Insieme,
    Mesi,
    MetodiPredefiniti,
    Metodo,
    PariMerito,
    Pesi,
    Politica,
    PoliticaLivello,
    ProRata,
    Sintesi,
    SintesiLivelli,
    SintesiPeriodi,
    convalida,
)
from .fasce import Fascia

SCHEMA = "albero/edizione/1"
E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")


def come_dati(edizione: Edizione) -> dict[str, Any]:
    """Plain data, ready for ``json.dumps``; ``da_dati`` gives the same edition back."""
    return {"schema": SCHEMA} | {
        campo.name: _semplice(getattr(edizione, campo.name)) for campo in fields(edizione)
    }


def _semplice(valore: Any) -> Any:
    if isinstance(valore, Decimal):
        return format(valore, "f")
    if isinstance(valore, StrEnum):
        return valore.value
    if isinstance(valore, tuple):
        return [_semplice(uno) for uno in valore]
    if is_dataclass(valore):
        return {campo.name: _semplice(getattr(valore, campo.name)) for campo in fields(valore)}
    return valore


def da_dati(dati: Mapping[str, Any]) -> Edizione:
    """Read and check an edition; ``EdizioneNonValida`` with every problem found."""
    lettore = _Lettore(dati)
    edizione = _leggi(lettore)
    lettore.resto()
    if lettore.problemi:
        raise EdizioneNonValida(lettore.problemi)
    return convalida(edizione)


class _Lettore:
    """Takes the fields of a JSON object one by one and collects what is wrong with them."""

    def __init__(self, dati: Any, dove: str = "", problemi: list[str] | None = None) -> None:
        self.problemi: list[str] = [] if problemi is None else problemi
        self.dove = dove
        if not isinstance(dati, Mapping):
            self.problemi.append(f"{dove or 'edizione'}: serve un oggetto con dei campi.")
            dati = {}
        self.dati: dict[str, Any] = {str(chiave): valore for chiave, valore in dati.items()}

    def _nome(self, campo: str) -> str:
        return f"{self.dove}.{campo}" if self.dove else campo

    def _di(self, campo: str, leggi: Callable[[Any], V], altrimenti: V, serve: str) -> V:
        if campo not in self.dati:
            return altrimenti
        valore = self.dati.pop(campo)
        try:
            return leggi(valore)
        except (ValueError, TypeError, InvalidOperation):
            self.problemi.append(f"{self._nome(campo)}: «{valore}» non va bene, serve {serve}.")
            return altrimenti

    def testo(self, campo: str, altrimenti: str = "") -> str:
        return self._di(campo, _testo, altrimenti, "un testo")

    def intero(self, campo: str, altrimenti: int) -> int:
        return self._di(campo, _intero, altrimenti, "un numero intero")

    def intero_o_nulla(self, campo: str) -> int | None:
        return self._di(campo, _intero_o_nulla, None, "un numero intero o niente")

    def decimale(self, campo: str, altrimenti: Decimal) -> Decimal:
        return self._di(campo, _decimale, altrimenti, "un numero")

    def decimale_o_nulla(self, campo: str, altrimenti: Decimal | None) -> Decimal | None:
        return self._di(campo, _decimale_o_nulla, altrimenti, "un numero o niente")

    def scelta(self, campo: str, altrimenti: E) -> E:
        tipo = type(altrimenti)
        return self._di(campo, tipo, altrimenti, _uno_fra(tipo))

    def scelta_dovuta(self, campo: str, altrimenti: E) -> E:
        """A choice that must be there: no value of it goes without saying."""
        self.dati.setdefault(campo, "")
        return self.scelta(campo, altrimenti)

    def scelta_o_nulla(self, campo: str, tipo: type[E]) -> E | None:
        def leggi(valore: Any) -> E | None:
            return None if valore is None else tipo(valore)

        return self._di(campo, leggi, None, f"{_uno_fra(tipo)}, o niente")

    def scelte(self, campo: str, tipo: type[E], altrimenti: tuple[E, ...]) -> tuple[E, ...]:
        def leggi(valore: Any) -> tuple[E, ...]:
            return tuple(tipo(uno) for uno in _lista(valore))

        ammessi = ", ".join(uno.value for uno in tipo)
        return self._di(campo, leggi, altrimenti, f"una lista di {ammessi}")

    def testi(self, campo: str) -> tuple[str, ...]:
        def leggi(valore: Any) -> tuple[str, ...]:
            return tuple(_testo(uno) for uno in _lista(valore))

        return self._di(campo, leggi, (), "una lista di testi")

    def oggetto(self, campo: str, leggi: Callable[["_Lettore"], V], altrimenti: V) -> V:
        if campo not in self.dati:
            return altrimenti
        return self._dentro(self.dati.pop(campo), self._nome(campo), leggi)

    def oggetto_o_nulla(self, campo: str, leggi: Callable[["_Lettore"], V]) -> V | None:
        if self.dati.get(campo) is None:
            self.dati.pop(campo, None)
            return None
        return self._dentro(self.dati.pop(campo), self._nome(campo), leggi)

    def lista(self, campo: str, leggi: Callable[["_Lettore"], V]) -> tuple[V, ...]:
        voci: list[Any] = self._di(campo, _lista, [], "una lista")
        return tuple(
            self._dentro(voce, f"{self._nome(campo)}[{posto}]", leggi)
            for posto, voce in enumerate(voci, 1)
        )

    def _dentro(self, dati: Any, dove: str, leggi: Callable[["_Lettore"], V]) -> V:
        lettore = _Lettore(dati, dove, self.problemi)
        letto = leggi(lettore)
        lettore.resto()
        return letto

    def resto(self) -> None:
        """Whatever was not taken is not a field of an edition."""
        self.problemi += [f"{self._nome(campo)}: campo sconosciuto." for campo in sorted(self.dati)]


def _uno_fra(tipo: type[StrEnum]) -> str:
    return "uno fra " + ", ".join(uno.value for uno in tipo)


def _leggi(lettore: _Lettore) -> Edizione:
    base = Edizione(codice="", nome="")
    if lettore.testo("schema", SCHEMA) != SCHEMA:
        lettore.problemi.append(f"schema: serve «{SCHEMA}».")
    return Edizione(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        fonte=lettore.testo("fonte"),
        metodi=lettore.oggetto("metodi", _metodi, base.metodi),
        decrescente=lettore.scelta("decrescente", Decrescente(base.decrescente)),
        minimo_parziale=lettore.decimale_o_nulla("minimo_parziale", base.minimo_parziale),
        tetto_se_mancato=lettore.decimale("tetto_se_mancato", base.tetto_se_mancato),
        fasce=lettore.lista("fasce", _fascia),
        fasce_giorni=lettore.lista("fasce_giorni", _fascia),
        tolleranza_intervallo=lettore.decimale("tolleranza_intervallo", base.tolleranza_intervallo),
        tolleranza_uguaglianza=lettore.decimale(
            "tolleranza_uguaglianza", base.tolleranza_uguaglianza
        ),
        tolleranza_mantenimento=lettore.decimale(
            "tolleranza_mantenimento", base.tolleranza_mantenimento
        ),
        pavimento=lettore.decimale("pavimento", base.pavimento),
        tetto=lettore.decimale_o_nulla("tetto", base.tetto),
        arrotondamento=lettore.oggetto("arrotondamento", _arrotondamento, base.arrotondamento),
        mancanti=lettore.scelta("mancanti", Politica(base.mancanti)),
        non_valutabili=lettore.scelta("non_valutabili", Politica(base.non_valutabili)),
        sintesi=lettore.oggetto("sintesi", _sintesi, base.sintesi),
        sintesi_periodi=lettore.scelta("sintesi_periodi", SintesiPeriodi(base.sintesi_periodi)),
        pesi=lettore.scelta("pesi", Pesi(base.pesi)),
        soglia_raggiunto=lettore.decimale("soglia_raggiunto", base.soglia_raggiunto),
        gruppi_aree=lettore.lista("gruppi_aree", _gruppo),
        classi=lettore.lista("classi", _classe),
        fasce_unita=lettore.lista("fasce_unita", _fasce_unita),
        moltiplicatori=lettore.lista("moltiplicatori", _fascia),
        recupero_massimo=lettore.decimale("recupero_massimo", base.recupero_massimo),
        politiche=lettore.lista("politiche", _politica),
        fasce_conteggio=lettore.lista("fasce_conteggio", _fascia),
        fasce_livelli=lettore.lista("fasce_livelli", _fasce_livello),
        migliore_con_superiore=lettore.scelte("migliore_con_superiore", Livello, ()),
        prerequisiti=lettore.oggetto("prerequisiti", _cancelli, base.prerequisiti),
        minimi=lettore.oggetto("minimi", _cancelli, base.minimi),
        mesi=lettore.oggetto("mesi", _mesi, base.mesi),
        pari_merito=lettore.scelta("pari_merito", PariMerito(base.pari_merito)),
    )


def _metodi(lettore: _Lettore) -> MetodiPredefiniti:
    base = MetodiPredefiniti()
    scelti: dict[str, Metodo] = {
        campo.name: lettore.scelta(campo.name, getattr(base, campo.name)) for campo in fields(base)
    }
    return MetodiPredefiniti(**scelti)


def _sintesi(lettore: _Lettore) -> SintesiLivelli:
    base = SintesiLivelli()
    scelte: dict[str, Sintesi] = {
        campo.name: lettore.scelta(campo.name, getattr(base, campo.name)) for campo in fields(base)
    }
    return SintesiLivelli(**scelte)


def _arrotondamento(lettore: _Lettore) -> Arrotondamento:
    base = Arrotondamento()
    return Arrotondamento(
        modo=lettore.scelta("modo", Modo(base.modo)),
        decimali=lettore.intero("decimali", base.decimali),
        livelli=lettore.scelte("livelli", Livello, base.livelli),
    )


def _fascia(lettore: _Lettore) -> Fascia:
    return Fascia(
        da=lettore.decimale_o_nulla("da", None),
        a=lettore.decimale_o_nulla("a", None),
        punti=lettore.decimale("punti", Decimal(0)),
        punti_a=lettore.decimale_o_nulla("punti_a", None),
    )


def _gruppo(lettore: _Lettore) -> GruppoAree:
    return GruppoAree(
        nome=lettore.testo("nome"),
        aree=lettore.testi("aree"),
        peso=lettore.decimale("peso", Decimal(0)),
    )


def _classe(lettore: _Lettore) -> Classe:
    return Classe(
        etichetta=lettore.testo("etichetta"),
        da=lettore.decimale("da", Decimal(0)),
        premio=lettore.decimale_o_nulla("premio", None),
        premio_a=lettore.decimale_o_nulla("premio_a", None),
        massimo_numero=lettore.intero_o_nulla("massimo_numero"),
        massimo_quota=lettore.decimale_o_nulla("massimo_quota", None),
    )


def _fasce_unita(lettore: _Lettore) -> FasceUnita:
    return FasceUnita(unita=lettore.testo("unita"), fasce=lettore.lista("fasce", _fascia))


def _fasce_livello(lettore: _Lettore) -> FasceLivello:
    return FasceLivello(
        livello=lettore.scelta_dovuta("livello", Livello.PIANO),
        fasce=lettore.lista("fasce", _fascia),
    )


def _politica(lettore: _Lettore) -> PoliticaLivello:
    return PoliticaLivello(
        livello=lettore.scelta_dovuta("livello", Livello.PIANO),
        mancanti=lettore.scelta_o_nulla("mancanti", Politica),
        non_valutabili=lettore.scelta_o_nulla("non_valutabili", Politica),
    )


def _cancelli(lettore: _Lettore) -> Cancelli:
    trovati: dict[str, Cancello | None] = {
        campo.name: lettore.oggetto_o_nulla(campo.name, _cancello) for campo in fields(Cancelli)
    }
    return Cancelli(**trovati)


def _cancello(lettore: _Lettore) -> Cancello:
    base = Cancello()
    return Cancello(
        effetto=lettore.scelta("effetto", Effetto(base.effetto)),
        soglia=lettore.decimale("soglia", base.soglia),
        insieme=lettore.scelta("insieme", Insieme(base.insieme)),
        fattori=lettore.lista("fattori", _fascia),
        limite=lettore.decimale_o_nulla("limite", None),
    )


def _mesi(lettore: _Lettore) -> Mesi:
    base = Mesi()
    return Mesi(
        pro_rata=lettore.scelta("pro_rata", ProRata(base.pro_rata)),
        minimo=lettore.decimale("minimo", base.minimo),
    )


def _testo(valore: Any) -> str:
    if not isinstance(valore, str):
        raise TypeError
    return valore


def _intero(valore: Any) -> int:
    if not isinstance(valore, int) or isinstance(valore, bool):
        raise TypeError
    return valore


def _intero_o_nulla(valore: Any) -> int | None:
    return None if valore is None else _intero(valore)


def _decimale(valore: Any) -> Decimal:
    """From text, an integer or a Decimal; a float is refused, it has already lost digits."""
    if isinstance(valore, bool) or not isinstance(valore, str | int | Decimal):
        raise TypeError
    letto = Decimal(valore)
    if not letto.is_finite():
        raise ValueError
    return letto


def _decimale_o_nulla(valore: Any) -> Decimal | None:
    return None if valore is None else _decimale(valore)


def _lista(valore: Any) -> list[Any]:
    if not isinstance(valore, list | tuple):
        raise TypeError
    return list(valore)
