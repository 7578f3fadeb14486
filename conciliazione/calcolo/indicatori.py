# SPDX-License-Identifier: AGPL-3.0-or-later
"""The indicators of monitoring, from what was reported: two terms each, and what they lack.

A term that nobody reported is missing, not zero. One that was reported in part is the sum of what
there is, and says of what it lacks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from conciliazione.calcolo.edizione import Grandezza, Gruppo, IndicatoreEdizione
from conciliazione.calcolo.importi import ZERO

SISTEMA, TRASVERSALE, DIRETTA = "sistema", "trasversale", "diretta"
NOMI_MASSIMI = 4


@dataclass(frozen=True)
class Azione:
    """Who an action should reach and whom it has reached so far. None: nobody said."""

    chiave: int
    nome: str
    persone_previste: int | None = None
    persone_raggiunte: int | None = None
    imprese_previste: int | None = None
    imprese_raggiunte: int | None = None


@dataclass(frozen=True)
class AzioneDiRete(Azione):
    """An action of the network; ``dettaglio`` is how its own value is told from the others'."""

    genere: str = SISTEMA
    dettaglio: str = ""
    avviata: bool = False
    incontri: int = 0
    risorse: Decimal | None = None
    liquidato: Decimal = ZERO


@dataclass(frozen=True)
class Progetto:
    """A project: its bodies by kind, its actions, its money at the end of the semester."""

    chiave: int
    nome: str
    concluso: bool = False
    enti: Mapping[str, int] = field(default_factory=dict)
    azioni: tuple[Azione, ...] = ()
    costo: Decimal = ZERO
    contributo: Decimal = ZERO
    liquidato: Decimal = ZERO
    cofinanziamento: Decimal | None = None
    monetario: Decimal | None = None
    privato: Decimal | None = None
    reso: Decimal = ZERO


@dataclass(frozen=True)
class Situazione:
    """What is known at the end of a semester: of the whole plan, or of a part of it."""

    enti: Mapping[str, int] = field(default_factory=dict)
    progetti: tuple[Progetto, ...] = ()
    rete: tuple[AzioneDiRete, ...] = ()
    sola: Azione | None = None
    """The only action looked at, if it is one."""

    @property
    def azioni(self) -> tuple[Azione, ...]:
        if self.sola is not None:
            return (self.sola,)
        return (*(azione for uno in self.progetti for azione in uno.azioni), *self.rete)


@dataclass(frozen=True)
class Termine:
    """A numerator or a denominator; ``manca`` says what was not reported."""

    valore: Decimal | None
    manca: str = ""


@dataclass(frozen=True)
class Valore:
    """An indicator computed: of the plan, of a project, of an action, or of a kind of body."""

    codice: str
    numeratore: Decimal | None
    denominatore: Decimal | None = None
    motivo: str = ""
    nota: str = ""
    progetto: int | None = None
    azione: int | None = None
    dettaglio: str = ""


def calcola(indicatori: Iterable[IndicatoreEdizione], tutto: Situazione) -> list[Valore]:
    """Every indicator of the edition: a) and c) of the plan, b) of each project."""
    valori: list[Valore] = []
    for uno in indicatori:
        if uno.gruppo == Gruppo.PROGETTO:
            for progetto in tutto.progetti:
                valori += _del_progetto(uno, progetto)
        else:
            valori += _del_piano(uno, tutto)
    return valori


def termine(grandezza: Grandezza, dove: Situazione) -> Termine:
    """What monitoring counts, there."""
    return _CONTI[grandezza](dove)


def rapporto(indicatore: IndicatoreEdizione, dove: Situazione) -> Valore:
    """An indicator of that part of the plan, with its two terms and why it cannot be computed."""
    sopra = termine(indicatore.numeratore, dove)
    if indicatore.denominatore is None:
        motivo = sopra.manca if sopra.valore is None else ""
        return Valore(indicatore.codice, sopra.valore, motivo=motivo, nota=_nota(sopra))
    sotto = termine(indicatore.denominatore, dove)
    return Valore(
        indicatore.codice,
        sopra.valore,
        sotto.valore,
        motivo=_perche_no(sopra, sotto),
        nota=_nota(sopra, sotto),
    )


def _perche_no(sopra: Termine, sotto: Termine) -> str:
    mancano = [uno.manca for uno in (sopra, sotto) if uno.valore is None]
    if mancano:
        return " ".join(dict.fromkeys(mancano))
    return "Il denominatore è zero." if sotto.valore == ZERO else ""


def _nota(*termini: Termine) -> str:
    return " ".join(uno.manca for uno in termini if uno.valore is not None and uno.manca)


def _del_piano(uno: IndicatoreEdizione, tutto: Situazione) -> Iterator[Valore]:
    yield rapporto(uno, tutto)
    if uno.per_tipologia:
        yield from _per_tipologia(uno, tutto.enti)
    if uno.per_azione:
        for azione in tutto.rete:
            if azione.genere == TRASVERSALE:
                suo = rapporto(uno, Situazione(rete=(azione,)))
                yield replace(suo, dettaglio=azione.dettaglio)


def _del_progetto(uno: IndicatoreEdizione, progetto: Progetto) -> Iterator[Valore]:
    dove = Situazione(enti=progetto.enti, progetti=(progetto,))
    if uno.per_azione:
        for azione in progetto.azioni:
            suo = rapporto(uno, replace(dove, sola=azione))
            yield replace(suo, progetto=progetto.chiave, azione=azione.chiave)
        return
    yield replace(rapporto(uno, dove), progetto=progetto.chiave)
    if uno.per_tipologia:
        for valore in _per_tipologia(uno, progetto.enti):
            yield replace(valore, progetto=progetto.chiave)


def _per_tipologia(uno: IndicatoreEdizione, enti: Mapping[str, int]) -> Iterator[Valore]:
    for tipo, quanti in enti.items():
        yield Valore(uno.codice, Decimal(quanti), dettaglio=tipo)


def _quanti(numero: int) -> Termine:
    return Termine(Decimal(numero))


def _beneficiari(chi: str, azioni: Iterable[Azione], *, raggiunti: bool) -> Termine:
    """People or companies, expected or reached. An action for which neither is said is not meant
    for them, and lacks nothing.
    """
    valori: list[int] = []
    mancano: list[str] = []
    for azione in azioni:
        previsti = getattr(azione, f"{chi}_previste")
        avuti = getattr(azione, f"{chi}_raggiunte")
        suo, altro = (avuti, previsti) if raggiunti else (previsti, avuti)
        if suo is not None:
            valori.append(suo)
        elif altro is not None:
            mancano.append(azione.nome)
    che = f"{chi} {'raggiunte' if raggiunti else 'previste'}"
    if valori:
        return Termine(Decimal(sum(valori)), _mancano(che, mancano))
    return Termine(None, _mancano(che, mancano) or f"Nessuna azione dice quante sono le {che}.")


def _mancano(che: str, nomi: list[str]) -> str:
    if not nomi:
        return ""
    primi = ", ".join(f"«{nome}»" for nome in nomi[:NOMI_MASSIMI])
    altri = f" e altre {len(nomi) - NOMI_MASSIMI}" if len(nomi) > NOMI_MASSIMI else ""
    return f"Mancano le {che} di {primi}{altri}."


def _somma(che: str, voci: Iterable[tuple[str, Decimal | None]]) -> Termine:
    """An amount of several: the sum of what there is, and whose is missing."""
    tutte = list(voci)
    noti = [importo for _nome, importo in tutte if importo is not None]
    ignoti = [nome for nome, importo in tutte if importo is None]
    if not noti:
        return Termine(None, _mancano(che, ignoti) or f"Non ci sono {che}.")
    return Termine(sum(noti, ZERO), _mancano(che, ignoti))


def _dei_progetti(che: str, campo: str) -> Callable[[Situazione], Termine]:
    return lambda dove: _somma(che, [(uno.nome, getattr(uno, campo)) for uno in dove.progetti])


def _risorse(che: str, del_progetto: str, della_rete: str) -> Callable[[Situazione], Termine]:
    def conta(dove: Situazione) -> Termine:
        progetti = [(uno.nome, getattr(uno, del_progetto)) for uno in dove.progetti]
        rete = [(una.nome, getattr(una, della_rete)) for una in dove.rete]
        return _somma(che, progetti + rete)

    return conta


def _di(genere: str, dove: Situazione) -> list[AzioneDiRete]:
    return [una for una in dove.rete if una.genere == genere]


def _avviate(genere: str) -> Callable[[Situazione], Termine]:
    return lambda dove: _quanti(sum(una.avviata for una in _di(genere, dove)))


def _raggio(chi: str, *, raggiunti: bool, sistema: bool = False) -> Callable[[Situazione], Termine]:
    return lambda dove: _beneficiari(
        chi, _di(SISTEMA, dove) if sistema else dove.azioni, raggiunti=raggiunti
    )


def _enti(dove: Situazione) -> Termine:
    return _quanti(sum(dove.enti.values()))


_CONTI: Mapping[Grandezza, Callable[[Situazione], Termine]] = {
    Grandezza.ENTI_RETE: _enti,
    Grandezza.ENTI_ALLEANZA: _enti,
    Grandezza.PROGETTI: lambda dove: _quanti(len(dove.progetti)),
    Grandezza.PROGETTI_CONCLUSI: lambda dove: _quanti(sum(uno.concluso for uno in dove.progetti)),
    Grandezza.PERSONE_PREVISTE: _raggio("persone", raggiunti=False),
    Grandezza.PERSONE_RAGGIUNTE: _raggio("persone", raggiunti=True),
    Grandezza.IMPRESE_PREVISTE: _raggio("imprese", raggiunti=False),
    Grandezza.IMPRESE_RAGGIUNTE: _raggio("imprese", raggiunti=True),
    Grandezza.PERSONE_PREVISTE_SISTEMA: _raggio("persone", raggiunti=False, sistema=True),
    Grandezza.PERSONE_RAGGIUNTE_SISTEMA: _raggio("persone", raggiunti=True, sistema=True),
    Grandezza.IMPRESE_PREVISTE_SISTEMA: _raggio("imprese", raggiunti=False, sistema=True),
    Grandezza.IMPRESE_RAGGIUNTE_SISTEMA: _raggio("imprese", raggiunti=True, sistema=True),
    Grandezza.RISORSE_PREVISTE: _risorse("risorse previste", "contributo", "risorse"),
    Grandezza.RISORSE_LIQUIDATE: _risorse("risorse liquidate", "liquidato", "liquidato"),
    Grandezza.COSTO: _dei_progetti("cifre di costo", "costo"),
    Grandezza.COFINANZIAMENTO: _dei_progetti("cifre di cofinanziamento", "cofinanziamento"),
    Grandezza.COFINANZIAMENTO_RESO: _dei_progetti("cifre di cofinanziamento reso", "reso"),
    Grandezza.COFINANZIAMENTO_MONETARIO: _dei_progetti(
        "cifre di cofinanziamento in denaro", "monetario"
    ),
    Grandezza.COFINANZIAMENTO_PRIVATO: _dei_progetti(
        "cifre di cofinanziamento privato", "privato"
    ),
    Grandezza.GRUPPI_AVVIATI: _avviate(TRASVERSALE),
    Grandezza.GRUPPI_PREVISTI: lambda dove: _quanti(len(_di(TRASVERSALE, dove))),
    Grandezza.INCONTRI: lambda dove: _quanti(
        sum(una.incontri for una in _di(TRASVERSALE, dove))
    ),
    Grandezza.SPERIMENTAZIONI_AVVIATE: _avviate(DIRETTA),
}  # fmt: skip
