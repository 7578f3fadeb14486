# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is needed to judge one indicator, gathered from the tables by whoever calls."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .edizione import Metodo
from .fasce import Fascia
from .letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from .periodi import Aggregazione, Cumulo
from .unita import unita_comune as unita_comune
from .valori import MANCANTE, Mancante, NonApplicabile, Numero, Valore


@dataclass(frozen=True)
class Periodo:
    """A year, or a part of it: ``frazione`` as in ``Lettura`` (``T1``, ``S2``), "" for all."""

    anno: int
    frazione: str = ""

    def __str__(self) -> str:
        return f"{self.anno}-{self.frazione}" if self.frazione else str(self.anno)


@dataclass(frozen=True)
class Risultato:
    """One result for one period and site (``sede`` "" = the whole azienda).

    ``numeratore`` and ``denominatore``, when both are there, make the value; otherwise ``valore``
    does. ``avanzamento`` is the progress in % of a qualitative goal, ``passi_completati`` the
    numbers (from 1) of its listed steps, ``esito`` the result itself when it is a text or a
    yes/no, ``data`` the day when a dated goal was reached. ``origine`` tells people where it
    comes from (file, cell, act). ``recupero`` is the share (%, 0-100) of what is missing to 100
    that exogenous causes give back, with its reason (``correzioni.recupera``).
    """

    periodo: Periodo
    sede: str = ""
    valore: Valore = MANCANTE
    numeratore: Decimal | None = None
    denominatore: Decimal | None = None
    avanzamento: Decimal | None = None
    passi_completati: tuple[int, ...] | None = None
    esito: str = ""
    data: date | None = None
    unita: str = ""
    origine: str = ""
    dimostrativo: bool = False
    provvisorio: bool = False
    recupero: Decimal | None = None
    recupero_motivo: str = ""

    def __post_init__(self) -> None:
        _solo_finiti(self, "numeratore", "denominatore", "avanzamento", "recupero")
        _recupero_valido(self.recupero)

    @property
    def presente(self) -> bool:
        """Whether it says anything: a number, a progress, a text, a date or "not applicable"."""
        return (
            not isinstance(self.valore, Mancante)
            or bool(self.esito)
            or self.data is not None
            or self.passi_completati is not None
            or self.avanzamento is not None
            or (self.numeratore is not None and self.denominatore is not None)
        )


@dataclass(frozen=True)
class Base:
    """The starting point: a printed consuntivo as read, or a plain number; ``anno`` is its year."""

    lettura: LetturaTarget | None = None
    valore: Decimal | None = None
    anno: int | None = None

    def __post_init__(self) -> None:
        _solo_finiti(self, "valore")

    def per_sede(self, sede: str) -> Decimal | None:
        """The number for a site: its own if printed, otherwise the one of the whole azienda."""
        if self.valore is not None:
            return self.valore
        numeri = {chiave(una.sede): numero_stampato(una) for una in self._letture()}
        proprio = numeri.get(chiave(sede))
        return proprio if proprio is not None else numeri.get("")

    def _letture(self) -> tuple[Lettura, ...]:
        con_numeri = (Tipo.SOGLIA, Tipo.PER_SEDE)
        return self.lettura.letture if self.lettura and self.lettura.tipo in con_numeri else ()


@dataclass(frozen=True)
class Misura:
    """An indicator ready to be judged.

    ``verso`` is the direction of the indicator, ``fattore`` multiplies numeratore/denominatore
    (``None``: 100 if the unit is %, otherwise 1), ``riferimento`` is the benchmark (``None`` =
    unknown), ``metodo`` and ``fasce`` replace those of the edition for this indicator;
    ``pesi_passi`` are the weights of the listed steps (none = equal). ``recupero`` is the recovery
    (%) of every result that does not have its own. ``aggregazione``, ``cumulo`` and
    ``eredita_target`` say how the results and the targets of the parts of the year behave
    (``tempo``).
    """

    codice: str
    nome: str
    target: LetturaTarget | None
    risultati: tuple[Risultato, ...] = ()
    verso: Verso | None = None
    unita: str = ""
    decimali: int = 2
    base: Base | None = None
    riferimento: Decimal | None = None
    riferimento_fonte: str = ""
    fattore: Decimal | None = None
    metodo: Metodo | None = None
    fasce: tuple[Fascia, ...] = ()
    pesi_passi: tuple[Decimal, ...] = ()
    recupero: Decimal | None = None
    recupero_motivo: str = ""
    aggregazione: Aggregazione = Aggregazione.ULTIMO
    cumulo: Cumulo = Cumulo.NESSUNO
    eredita_target: bool | None = None

    def __post_init__(self) -> None:
        _solo_finiti(self, "riferimento", "fattore", "recupero")
        _recupero_valido(self.recupero)


def risultati_da_lettura(
    lettura: LetturaTarget, periodo: Periodo, *, origine: str = "", dimostrativo: bool = False
) -> tuple[Risultato, ...]:
    """The results that a printed consuntivo states: one, or one for each site or quarter.

    Only a plain number is a number: ``>80%`` and a sentence stay texts (``esito``), ``N.D.`` and
    ``processo ex-novo`` are missing, with what was printed.
    """
    vuoto = Risultato(periodo, origine=origine, dimostrativo=dimostrativo)
    if lettura.tipo in (Tipo.NON_DISPONIBILE, Tipo.DA_DEFINIRE):
        return (replace(vuoto, valore=Mancante(lettura.testo)),)
    if lettura.tipo not in (Tipo.SOGLIA, Tipo.PER_SEDE, Tipo.PER_PERIODO):
        return (replace(vuoto, esito=lettura.testo),)
    return tuple(_risultato_stampato(una, vuoto, lettura.testo) for una in lettura.letture)


def _risultato_stampato(una: Lettura, vuoto: Risultato, testo: str) -> Risultato:
    anno, frazione = periodo_stampato(una.periodo)
    periodo = Periodo(anno or vuoto.periodo.anno, frazione or vuoto.periodo.frazione)
    letto = replace(vuoto, periodo=periodo, sede=una.sede, unita=una.unita)
    numero = numero_stampato(una)
    if numero is None:
        return replace(letto, esito=testo)
    return replace(letto, valore=Numero(numero))


def alla_partenza(misura: Misura, anno: int) -> tuple[Misura, Periodo]:
    """The measure and the period for judging the starting point against the target.

    The results become the baseline as printed (year of the baseline, or ``anno``).
    """
    base = misura.base or Base()
    periodo = Periodo(base.anno or anno)
    origine = f"consuntivo {periodo} stampato nel piano"
    if base.valore is not None:
        partenza: Iterable[Risultato] = (
            Risultato(periodo, valore=Numero(base.valore), origine=origine),
        )
    elif base.lettura is not None:
        partenza = risultati_da_lettura(base.lettura, periodo, origine=origine)
    else:
        partenza = ()
    return replace(misura, risultati=tuple(partenza)), periodo


def _solo_finiti(dato: "Risultato | Base | Misura", *campi: str) -> None:
    """Refuse NaN and infinities with ``ValueError``: no score can be said of them."""
    for campo in campi:
        valore = getattr(dato, campo)
        if isinstance(valore, Decimal) and not valore.is_finite():
            raise ValueError(f"{campo}: {valore} non è un numero finito.")


def _recupero_valido(recupero: Decimal | None) -> None:
    if recupero is not None and not 0 <= recupero <= 100:
        raise ValueError(f"recupero: {recupero} non è una percentuale fra 0 e 100.")


def numero_stampato(lettura: Lettura) -> Decimal | None:
    """The number of a printed result; ``None`` for an inequality, a range, a share or a date."""
    esatto = lettura.comparatore in (None, Comparatore.UGUALE)
    semplice = lettura.valore_max is None and lettura.quota is None and not lettura.data
    finito = lettura.valore is not None and lettura.valore.is_finite()
    return lettura.valore if esatto and semplice and finito else None


_FRAZIONE = re.compile(r"(?:(\d{4})-?)?([TSQ]\d|M\d\d)?")


def periodo_stampato(testo: str) -> tuple[int | None, str]:
    """Year and part of the year named by a reading: ``T1``, ``2022``, ``2022-T1``, "".

    A text that is neither comes back as a part of the year, so that no result ever matches it.
    """
    if trovato := _FRAZIONE.fullmatch(testo):
        return (int(trovato[1]) if trovato[1] else None), trovato[2] or ""
    return None, testo


def chiave(sede: str) -> str:
    """The name of a site for comparisons: case and spaces do not count."""
    return " ".join(sede.split()).casefold()


def non_applicabile(risultato: Risultato) -> str:
    """Why a result is out of the evaluation; "" if it is not."""
    return risultato.valore.motivo if isinstance(risultato.valore, NonApplicabile) else ""
