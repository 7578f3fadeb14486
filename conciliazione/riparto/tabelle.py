# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rankings and allocations as tables: side by side on a page, row by row in a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conciliazione.calcolo.importi import ZERO, quota
from conciliazione.models import Graduatoria, Proposta, RigaRiparto, Scenario
from piani.esporta import Foglio, di_celle

SCENARIO = di_celle(
    "riparto", gettext_lazy("Riparto delle risorse"),
    (
        gettext_lazy("numero"), gettext_lazy("progetto"), gettext_lazy("capofila"),
        gettext_lazy("costo"), gettext_lazy("richiesto"), gettext_lazy("assegnato"),
        gettext_lazy("percentuale del richiesto"), gettext_lazy("come"),
    ),
    decimali=2,
)  # fmt: skip
ESITI = replace(SCENARIO, nome="esiti", titolo=gettext_lazy("Esiti del riparto"))


@dataclass(frozen=True)
class Cella:
    """What a scenario gives to a project; ``scarto`` from the first scenario."""

    riga: RigaRiparto | None
    scarto: Decimal | None


@dataclass(frozen=True)
class RigaConfronto:
    proposta: Proposta
    richiesto: Decimal
    celle: list[Cella]


@dataclass(frozen=True)
class Somme:
    """The totals of a scenario."""

    richiesto: Decimal
    assegnato: Decimal

    @property
    def quota(self) -> Decimal | None:
        return quota(self.assegnato, self.richiesto)


def somme_di(righe: Iterable[RigaRiparto]) -> Somme:
    elenco = list(righe)
    return Somme(
        sum((riga.richiesto for riga in elenco), ZERO),
        sum((riga.assegnato for riga in elenco), ZERO),
    )


def confronto(scenari: Sequence[Scenario]) -> list[RigaConfronto]:
    """Project by project what each scenario gives; their rows are prefetched."""
    di = [{riga.proposta_id: riga for riga in scenario.righe.all()} for scenario in scenari]
    proposte: dict[int, Proposta] = {}
    for righe in di:
        for chiave, riga in righe.items():
            proposte.setdefault(chiave, riga.proposta)
    return [
        RigaConfronto(
            proposta,
            next(righe[chiave].richiesto for righe in reversed(di) if chiave in righe),
            [_cella(righe.get(chiave), di[0].get(chiave)) for righe in di],
        )
        for chiave, proposta in sorted(
            proposte.items(), key=lambda voce: (voce[1].numero or 10**6, voce[0])
        )
    ]


def _cella(riga: RigaRiparto | None, prima: RigaRiparto | None) -> Cella:
    if riga is None or prima is None or riga is prima:
        return Cella(riga, None)
    return Cella(riga, riga.assegnato - prima.assegnato)


def della_graduatoria(graduatoria: Graduatoria) -> tuple[Foglio, list[list[Any]]]:
    """A row per proposal, a column per criterion."""
    righe = list(graduatoria.righe.select_related("proposta__capofila"))
    righe.sort(key=lambda riga: (riga.posto is None, riga.posto or 0, riga.pk))
    criteri = [uno["nome"] for uno in righe[0].dettaglio] if righe else []
    intestazione = [
        _("posto"), _("numero"), _("proposta"), _("capofila"), *criteri, _("di cui premiali"),
        _("punti"), _("idonea"), _("nota"),
    ]  # fmt: skip
    celle = [
        [
            riga.posto, riga.proposta.numero, riga.proposta.titolo, riga.proposta.capofila,
            *(Decimal(uno["media"]) for uno in riga.dettaglio),
            riga.premiali or ZERO, riga.punti or ZERO, riga.idonea, riga.nota,
        ]
        for riga in righe
    ]  # fmt: skip
    return di_celle("graduatoria", _("Graduatoria"), intestazione), celle


def dello_scenario(scenario: Scenario) -> list[list[Any]]:
    """A row per project, and the total, for ``SCENARIO`` and ``ESITI``."""
    righe = list(scenario.righe.select_related("proposta__capofila"))
    somme = somme_di(righe)
    costo = sum((riga.costo for riga in righe), ZERO)
    return [
        *(
            [
                riga.proposta.numero, riga.proposta.titolo, riga.proposta.capofila, riga.costo,
                riga.richiesto, riga.assegnato, riga.quota or ZERO, " ".join(riga.passi),
            ]
            for riga in righe
        ),
        [None, _("Totale"), None, costo, somme.richiesto, somme.assegnato, somme.quota or ZERO, ""],
    ]  # fmt: skip
