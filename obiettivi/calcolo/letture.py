# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a printed target says, as structure: the vocabulary shared by the reader and the scoring.

The reader (``obiettivi.espressioni``) turns text into these values; the methods
(``obiettivi.calcolo.metodi``) judge a result against them. Pure data: no Django, no clock.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any


class Tipo(StrEnum):
    """Kinds of target; the values are the public contract of ``manage.py leggi_target``."""

    __hash__ = str.__hash__  # readings by the hundred thousand are looked for by it

    SOGLIA = "soglia"
    INTERVALLO = "intervallo"
    QUOTA_DI_CASI = "quota_di_casi"
    PER_PERIODO = "per_periodo"
    PER_SEDE = "per_sede"
    RIFERIMENTO = "riferimento"
    TENDENZA = "tendenza"
    TRAGUARDO = "traguardo"
    SI_NO = "si_no"
    DA_DEFINIRE = "da_definire"
    NON_DISPONIBILE = "non_disponibile"
    NON_INTERPRETABILE = "non_interpretabile"


class Comparatore(StrEnum):
    """How a result is compared with the value; ``=`` is a bare number such as ``100%``."""

    __hash__ = str.__hash__

    MAGGIORE_UGUALE = ">="
    MAGGIORE = ">"
    MINORE_UGUALE = "<="
    MINORE = "<"
    UGUALE = "="


class Verso(StrEnum):
    """Which way is better."""

    __hash__ = str.__hash__

    CRESCENTE = "crescente"
    DECRESCENTE = "decrescente"
    MANTENIMENTO = "mantenimento"


class Certezza(StrEnum):
    """How sure the reading is; ``alta`` needs no confirmation by a person."""

    ALTA = "alta"
    MEDIA = "media"
    BASSA = "bassa"


@dataclass(frozen=True)
class Lettura:
    """One comparison found in the text.

    ``valore`` and ``valore_max`` are in ``unita`` as printed ("%", "gg", "ore", "€", ...; "" if
    none); ``periodo`` is "T1".."T4" (quarters), "S1", "S2" (half years), "Q1".."Q3" (four-month
    terms), "M01".."M12" (months), a year, a year and one of them ("2022-T1"), or ""; ``quota`` is
    the required share of cases (%). A date target (``entro il 31/12/2022``) has unita "data" and
    the ISO date in ``data``; where no year is printed (``entro il 30/06``) ``data`` is "--06-30"
    and the year is that of the column. ``riferimento`` names what the result is compared with
    (``media regionale``, ``anno precedente``, ``2021``) when the value is not printed. In a trend
    ``valore`` keeps the printed sign and the direction is the ``verso`` of the whole reading.
    """

    comparatore: Comparatore | None = None
    valore: Decimal | None = None
    valore_max: Decimal | None = None
    unita: str = ""
    periodo: str = ""
    sede: str = ""
    quota: Decimal | None = None
    data: str = ""
    riferimento: str = ""

    def come_dati(self) -> dict[str, Any]:
        """Plain data for JSON; Decimals stay Decimals, absent values are ``None``."""
        return {
            "comparatore": self.comparatore.value if self.comparatore else None,
            "valore": self.valore,
            "valore_max": self.valore_max,
            "unita": self.unita,
            "periodo": self.periodo,
            "sede": self.sede,
            "quota": self.quota,
            "data": self.data,
            "riferimento": self.riferimento,
        }


@dataclass(frozen=True)
class LetturaTarget:
    """The whole reading of one printed cell.

    ``motivo`` says in Italian why it is not certain or not readable ("" when certain).
    ``passi`` are the listed steps of a qualitative goal, if any.
    """

    testo: str
    tipo: Tipo
    letture: tuple[Lettura, ...] = ()
    verso: Verso | None = None
    certezza: Certezza = Certezza.ALTA
    motivo: str = ""
    passi: tuple[str, ...] = ()

    @property
    def cifra(self) -> Decimal | None:
        """The figure of a reading that has just one, for all places and the whole period.

        Of a share of cases the figure is the share: that is what the result measures.
        """
        if len(self.letture) != 1:
            return None
        una = self.letture[0]
        if una.sede or una.periodo or una.valore_max is not None:
            return None
        return una.valore if una.quota is None else una.quota

    @property
    def esatta(self) -> bool:
        """It says a value, such as a consuntivo does, not a bound: ``80%`` and not ``>80%``."""
        return all(una.comparatore in (None, Comparatore.UGUALE) for una in self.letture)

    def come_dati(self) -> dict[str, Any]:
        """Plain data for JSON, the contract of ``leggi_target``."""
        return {
            "testo": self.testo,
            "tipo": self.tipo.value,
            "letture": [lettura.come_dati() for lettura in self.letture],
            "verso": self.verso.value if self.verso else None,
            "certezza": self.certezza.value,
            "motivo": self.motivo,
            "passi": list(self.passi),
        }


def da_dati(dati: dict[str, Any]) -> LetturaTarget:
    """Rebuild a reading from its plain data (numbers may be text or Decimal)."""
    return LetturaTarget(
        testo=dati["testo"],
        tipo=_tipo(dati["tipo"]),
        letture=tuple([_una_da_dati(una) for una in dati["letture"]]),
        verso=_verso(dati["verso"]) if dati.get("verso") else None,
        certezza=_certezza(dati["certezza"]),
        motivo=dati.get("motivo", ""),
        passi=tuple(dati.get("passi", ())),
    )


_tipo, _verso = cache(Tipo), cache(Verso)
_certezza, _comparatore = cache(Certezza), cache(Comparatore)


def _una_da_dati(dati: dict[str, Any]) -> Lettura:
    comparatore = dati.get("comparatore")
    return Lettura(
        comparatore=_comparatore(comparatore) if comparatore else None,
        valore=_numero(dati.get("valore")),
        valore_max=_numero(dati.get("valore_max")),
        unita=dati.get("unita", ""),
        periodo=dati.get("periodo", ""),
        sede=dati.get("sede", ""),
        quota=_numero(dati.get("quota")),
        data=dati.get("data", ""),
        riferimento=dati.get("riferimento", ""),
    )


def _numero(valore: object) -> Decimal | None:
    return None if valore is None else Decimal(str(valore))
