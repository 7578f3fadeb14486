# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which indicators have a trend to draw: their printed figures as points over the years.

Only what was read with certainty as one number enters, and either moves or was measured; the
others are in the tables.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from textwrap import shorten
from typing import Any

from .formati import ancora
from .tabelle import indicatori

Dati = dict[str, Any]
MOLTI = 240
"""Over so many drawings nobody compares them at a glance any more: the chapter is left out."""
NOME_BREVE = 92
"""Letters: three lines at the width of a drawing."""
CONFRONTI = {">=": "su", ">": "su", "<=": "giù", "<": "giù", "=": "su"}


@dataclass(frozen=True)
class Punto:
    """A figure of a year: what it is worth, and how the plan prints it."""

    anno: str
    valore: Decimal
    stampato: str
    dimostrativo: bool = False


@dataclass(frozen=True)
class Andamento:
    """An indicator over the years: what was (``fatti``), what is asked (``attesi``).

    ``verso`` says on which side of what is asked the indicator is right: ``su``, ``giù``, or
    ``""`` when the readings do not agree.
    """

    codice: str
    nome: str
    unita: str
    anni: tuple[str, ...]
    fatti: tuple[Punto, ...]
    attesi: tuple[Punto, ...]
    verso: str

    @property
    def dimostrativo(self) -> bool:
        return any(punto.dimostrativo for punto in self.fatti)

    @property
    def nome_breve(self) -> str:
        """The name as a stamp may carry it, cut between two words; whole, it is in the table."""
        return shorten(self.nome, NOME_BREVE, placeholder="…")

    @property
    def si_muove(self) -> bool:
        return bool(self.fatti) or len({punto.valore for punto in self.attesi}) > 1


@dataclass(frozen=True)
class AndamentiArea:
    """The trends of one area, and how many of its indicators have none."""

    area: Dati
    ancora: str
    andamenti: tuple[Andamento, ...]
    senza: int


def andamenti(foto: Dati) -> list[AndamentiArea]:
    """Area by area, in the order of the plan; areas with nothing to draw are left out."""
    tutti = {id(uno): andamento(uno, foto["piano"]) for _a, _o, uno in indicatori(foto)}
    scelti = [uno for uno in tutti.values() if uno and uno.si_muove]
    if len(scelti) > MOLTI:
        return []
    trovate = []
    for area in foto["aree"]:
        suoi = [tutti[id(uno)] for ob in area["obiettivi"] for uno in ob["indicatori"]]
        disegnati = tuple(uno for uno in suoi if uno and uno in scelti)
        if disegnati:
            nome = ancora("andamenti", area["codice"])
            senza = len(suoi) - len(disegnati)
            trovate.append(AndamentiArea(area, nome, disegnati, senza))
    return trovate


def andamento(indicatore: Dati, piano: Dati) -> Andamento | None:
    """The trend of an indicator; ``None`` if its figures are of fewer than two years."""
    anni_del_piano = [str(n) for n in range(piano["anno_inizio"], piano["anno_fine"] + 1)]
    attesi, letti = [], []
    for target in indicatore["target"]:
        letto = _una_lettura(target["lettura"])
        if letto is not None and target["periodo"] in anni_del_piano:
            attesi.append(_punto(target["periodo"], letto["valore"], target["stampato"]))
            letti.append(letto)
    base = _base(indicatore)
    if base:
        letti.append(base[1])
    fatti = [*([base[0]] if base else []), *_risultati(indicatore, anni_del_piano)]
    unita = {letto["unita"] for letto in letti}
    misurati = {punto.anno for punto in (*attesi, *fatti)}
    if not attesi or len(misurati) < 2 or len(unita) > 1 or _ripetuti(attesi):
        return None
    anni = sorted({*anni_del_piano, *misurati})
    versi = {CONFRONTI.get(letto["comparatore"] or "", "") for letto in letti[: len(attesi)]}
    verso = versi.pop() if len(versi) == 1 else ""
    if verso == "su" and indicatore["verso"] == "decrescente":
        verso = "giù" if all(letto["comparatore"] == "=" for letto in letti[: len(attesi)]) else ""
    return Andamento(
        indicatore["codice"], indicatore["nome"], unita.pop(), tuple(anni),
        tuple(fatti), tuple(attesi), verso,
    )  # fmt: skip


def _una_lettura(lettura: Dati | None) -> Dati | None:
    """The only number of a reading, if it says nothing else (a place, a part of the year…)."""
    if not lettura or lettura["certezza"] != "alta" or lettura["tipo"] != "soglia":
        return None
    if len(lettura["letture"]) != 1:
        return None
    una: Dati = lettura["letture"][0]
    altro = ("valore_max", "periodo", "sede", "quota", "data", "riferimento")
    return None if una["valore"] is None or any(una[nome] for nome in altro) else una


def _base(indicatore: Dati) -> tuple[Punto, Dati] | None:
    base = indicatore.get("base") or {}
    letta = _una_lettura(base.get("lettura"))
    if letta is None or not base["anno"]:
        return None
    return _punto(str(base["anno"]), letta["valore"], base["stampato"]), letta


def _risultati(indicatore: Dati, anni: Iterable[str]) -> Iterator[Punto]:
    """Results of a whole year and of the whole body."""
    for uno in indicatore["risultati"]:
        valore = uno.get("valore")
        if uno["periodo"] in anni and not uno.get("sede") and valore is not None:
            inventato = uno.get("dimostrativo", False)
            yield _punto(uno["periodo"], valore, uno["stampato"], dimostrativo=inventato)


def _punto(anno: str, valore: Decimal | int, stampato: str, *, dimostrativo: bool = False) -> Punto:
    """A figure of the photograph, where a whole number has no decimals of its own."""
    return Punto(anno, Decimal(valore), stampato, dimostrativo)


def _ripetuti(attesi: Iterable[Punto]) -> bool:
    anni = [punto.anno for punto in attesi]
    return len(anni) != len(set(anni))
