# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of an edition: from its data to the fields of a page, and from what is sent to data.

Fields are called by their path: ``metodi.percentuale``, ``fasce.1.da``. Lists show their rows and
some empty ones; rows left empty are dropped. What is wrong is said by the edition itself
(``da_dati``) and shown beside the field that each sentence names.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from obiettivi.calcolo.arrotondamento import italiano
from obiettivi.calcolo.edizione import Edizione, EdizioneNonValida
from obiettivi.calcolo.edizione_dati import SCHEMA, da_dati
from obiettivi.simulazione.cifre import Grafia, Illeggibile, cifra

from .campi import Campo, Specie, campi_edizione
from .etichette import ALTRE, SEZIONI, aiuto, etichetta, etichetta_scelta

RIGHE_VUOTE = 3
RIGHE_VUOTE_DENTRO = 2
RIGHE_MASSIME = 60
ACCESO = "acceso"


class Inviati(Protocol):
    """What a browser sends: ``QueryDict`` is one."""

    def get(self, chiave: str, altrimenti: str = ..., /) -> Any: ...

    def getlist(self, chiave: str, /) -> list[Any]: ...

    def __iter__(self) -> Any: ...


@dataclass
class Voce:
    """A field of the page, with its value as text and what is wrong with it."""

    nome: str
    campo: Campo
    valore: str = ""
    scelti: tuple[str, ...] = ()
    acceso: bool = True
    figli: list["Voce"] = field(default_factory=list)
    righe: list["Voce"] = field(default_factory=list)
    errori: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of its element."""
        return "campo-" + self.nome.replace(".", "-")

    @property
    def specie(self) -> str:
        """The kind of field, for the template."""
        return self.campo.specie.value

    @property
    def etichetta(self) -> str:
        """Its name in Italian."""
        return etichetta(self.campo.chiave)

    @property
    def aiuto(self) -> str:
        """What to know to fill it in."""
        return aiuto(self.campo.chiave)

    @property
    def opzioni(self) -> list[tuple[str, str, bool]]:
        """Value, label and whether chosen, of each choice."""
        vuota = [("", "–", not self.scelti)] if self.campo.facoltativo or not self.scelti else []
        return vuota * (self.campo.specie is Specie.SCELTA) + [
            (una.value, etichetta_scelta(una), una.value in self.scelti)
            for una in self.campo.scelte or ()
        ]

    @property
    def piccola(self) -> bool:
        """Whether it takes little room, so that several stay on a line."""
        return self.campo.specie in (Specie.DECIMALE, Specie.INTERO, Specie.SCELTA)

    @property
    def semplice(self) -> bool:
        """Whether it is a single control."""
        return not self.campo.figli and self.campo.specie is not Specie.SCELTE

    @property
    def in_tabella(self) -> bool:
        """Whether its rows are made of single controls only."""
        return all(uno.specie not in _COMPOSTE for uno in self.campo.figli)

    def tutte(self) -> list["Voce"]:
        """This field with all that is inside it."""
        return [self, *(una for voce in (*self.figli, *self.righe) for una in voce.tutte())]


_COMPOSTE = (Specie.GRUPPO, Specie.LISTA, Specie.SCELTE)


@dataclass
class Sezione:
    """A group of fields under a title."""

    titolo: str
    voci: list[Voce]

    @property
    def errata(self) -> bool:
        """Whether something in it is wrong."""
        return any(una.errori for voce in self.voci for una in voce.tutte())


@dataclass
class Modulo:
    """The form: its sections, what is wrong (field or ``None``, sentence), the edition if right."""

    sezioni: list[Sezione]
    problemi: list[tuple[Voce | None, str]]
    dati: dict[str, Any]
    edizione: Edizione | None


def modulo(dati: Mapping[str, Any]) -> Modulo:
    """The form that shows an edition's data and all that is wrong with them."""
    voci = [_voce(campo, campo.nome, dati.get(campo.nome)) for campo in campi_edizione()]
    edizione, frasi = _prova(dati)
    tutte = {una.nome: una for voce in voci for una in voce.tutte()}
    return Modulo(
        sezioni=_sezioni(voci),
        problemi=[_al_suo_posto(frase, tutte) for frase in frasi],
        dati=dict(dati),
        edizione=edizione,
    )


def dati_inviati(inviati: Inviati) -> dict[str, Any]:
    """The data of an edition from what a form sent; what is not understood stays text."""
    nomi = frozenset(inviati)
    letti = {campo.nome: _leggi(campo, campo.nome, inviati, nomi) for campo in campi_edizione()}
    return {"schema": SCHEMA} | letti


# --- from what is sent --------------------------------------------------------------------


def _leggi(campo: Campo, nome: str, inviati: Inviati, nomi: frozenset[str]) -> Any:
    if campo.specie is Specie.GRUPPO:
        if campo.facoltativo and f"{nome}.{ACCESO}" not in nomi:
            return None
        return {uno.nome: _leggi(uno, f"{nome}.{uno.nome}", inviati, nomi) for uno in campo.figli}
    if campo.specie is Specie.LISTA:
        righe = [_leggi_riga(campo, f"{nome}.{n}", inviati, nomi) for n in _numeri(nome, nomi)]
        return [riga for riga in righe if any(_pieno(valore) for valore in riga.values())]
    if campo.specie is Specie.SCELTE:
        return list(inviati.getlist(nome))
    if campo.specie is Specie.SPUNTA:
        return nome in nomi
    testo = str(inviati.get(nome, "")).strip()
    return _semplice(campo, testo)


def _leggi_riga(campo: Campo, nome: str, inviati: Inviati, nomi: frozenset[str]) -> dict[str, Any]:
    return {uno.nome: _leggi(uno, f"{nome}.{uno.nome}", inviati, nomi) for uno in campo.figli}


def _pieno(valore: Any) -> bool:
    return valore not in (None, "", [], False)


def _numeri(nome: str, nomi: frozenset[str]) -> list[int]:
    """The rows that were sent, in order, at most ``RIGHE_MASSIME``."""
    inizio = f"{nome}."
    posti = {
        int(posto)
        for uno in nomi
        if uno.startswith(inizio)
        and (posto := uno[len(inizio) :].partition(".")[0]).isdecimal()
        and len(posto) <= 3
    }
    return sorted(posti)[:RIGHE_MASSIME]


def _semplice(campo: Campo, testo: str) -> Any:
    if not testo and campo.facoltativo:
        return None
    if campo.specie is Specie.TESTI:
        return [uno.strip() for uno in re.split(r"[,;\n]", testo) if uno.strip()]
    if campo.specie is Specie.INTERO:
        return int(testo) if testo.isascii() and testo.isdecimal() and len(testo) < 10 else testo
    if campo.specie is Specie.DECIMALE:
        return _decimale(testo)
    return testo


def _decimale(testo: str) -> str:
    try:
        return format(cifra(testo.removesuffix("%"), Grafia.ITALIANA).valore, "f")
    except Illeggibile:
        return testo


# --- to the page --------------------------------------------------------------------------


def _voce(campo: Campo, nome: str, valore: Any, vuote: int = RIGHE_VUOTE) -> Voce:
    voce = Voce(nome, campo)
    if campo.specie is Specie.GRUPPO:
        voce.acceso = valore is not None
        dentro = valore if isinstance(valore, Mapping) else _di_partenza(campo)
        voce.figli = _figli(campo, nome, dentro)
    elif campo.specie is Specie.LISTA:
        righe = [*(valore if isinstance(valore, Sequence) else ()), *[{}] * vuote]
        voce.righe = [
            Voce(f"{nome}.{n}", campo, figli=_figli(campo, f"{nome}.{n}", riga))
            for n, riga in enumerate(righe[:RIGHE_MASSIME], 1)
        ]
    elif campo.specie in (Specie.SCELTE, Specie.SCELTA):
        scelti = valore if isinstance(valore, list) else [valore]
        voce.scelti = tuple(str(uno) for uno in scelti if uno)
    elif campo.specie is Specie.SPUNTA:
        voce.acceso = bool(valore)
    else:
        voce.valore = _testo(campo, valore)
    return voce


def _di_partenza(campo: Campo) -> dict[str, Any]:
    """The data of an optional group that is not there: what it would start from."""
    if campo.classe is None:
        return {}
    vuoto = campo.classe()
    valori = {uno.nome: getattr(vuoto, uno.nome) for uno in campo.figli}
    return {
        nome: valore.value if isinstance(valore, StrEnum) else valore
        for nome, valore in valori.items()
        if valore not in ((), None)
    }


def _figli(campo: Campo, nome: str, dati: Mapping[str, Any]) -> list[Voce]:
    return [
        _voce(uno, f"{nome}.{uno.nome}", dati.get(uno.nome), RIGHE_VUOTE_DENTRO)
        for uno in campo.figli
    ]


def _testo(campo: Campo, valore: Any) -> str:
    if valore is None:
        return ""
    if campo.specie is Specie.TESTI:
        return ", ".join(str(uno) for uno in valore)
    if campo.specie is Specie.DECIMALE and re.fullmatch(r"-?\d+(\.\d+)?", str(valore)):
        return italiano(Decimal(str(valore)))
    return str(valore)


def _sezioni(voci: Sequence[Voce]) -> list[Sezione]:
    per_nome = {voce.nome: voce for voce in voci}
    sezioni = [
        Sezione(titolo, [per_nome.pop(nome) for nome in nomi if nome in per_nome])
        for titolo, nomi in SEZIONI
    ]
    altre = [Sezione(ALTRE, list(per_nome.values()))] if per_nome else []
    return [*sezioni, *altre]


# --- what is wrong ------------------------------------------------------------------------


def _prova(dati: Mapping[str, Any]) -> tuple[Edizione | None, tuple[str, ...]]:
    try:
        return da_dati(dati), ()
    except EdizioneNonValida as errore:
        return None, errore.problemi


_POSTO = re.compile(r"\[(\d+)\]")
_PERCORSO = re.compile(r"[a-z_]+(?:\.[a-z_]+|\.\d+)*")
_FASCIA = re.compile(r", fascia (\d+)")


def _al_suo_posto(frase: str, voci: Mapping[str, Voce]) -> tuple[Voce | None, str]:
    """The field that a sentence names first, and what is left to say beside it."""
    chiara = _FASCIA.sub(r".\1", _POSTO.sub(r".\1", frase), count=1)
    trovato = _PERCORSO.match(chiara)
    percorso = trovato[0] if trovato else ""
    while percorso and percorso not in voci:
        percorso = percorso.rpartition(".")[0]
    if not percorso:
        return None, frase
    voce = voci[percorso]
    resto = chiara[len(trovato[0]) if trovato else 0 :].lstrip(":, ")
    detta = resto[:1].upper() + resto[1:]
    voce.errori.append(detta)
    return voce, detta
