# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rankings and allocations as tables: side by side on a page, row by row in a file."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from django.http import HttpResponse
from django.utils.translation import gettext as _

from conciliazione.calcolo.importi import ZERO, quota
from conciliazione.calcolo.parole import cifra, importo
from conciliazione.models import Graduatoria, Proposta, RigaRiparto, Scenario
from piani.views.registro import innocua

Tabella = list[list[str]]


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


def csv_della_graduatoria(graduatoria: Graduatoria) -> Tabella:
    """A row per proposal, a column per criterion."""
    righe = list(graduatoria.righe.select_related("proposta__capofila"))
    righe.sort(key=lambda riga: (riga.posto is None, riga.posto or 0, riga.pk))
    criteri = [uno["nome"] for uno in righe[0].dettaglio] if righe else []
    intestazione = [
        _("posto"), _("numero"), _("proposta"), _("capofila"), *criteri, _("di cui premiali"),
        _("punti"), _("idonea"), _("nota"),
    ]  # fmt: skip
    return [
        intestazione,
        *(
            [
                str(riga.posto or ""),
                str(riga.proposta.numero or ""),
                riga.proposta.titolo,
                str(riga.proposta.capofila),
                *(cifra(Decimal(uno["media"])) for uno in riga.dettaglio),
                cifra(riga.premiali or ZERO),
                cifra(riga.punti or ZERO),
                _("sì") if riga.idonea else _("no"),
                riga.nota,
            ]
            for riga in righe
        ),
    ]


def csv_dello_scenario(scenario: Scenario) -> Tabella:
    """A row per project, and the total."""
    righe = list(scenario.righe.select_related("proposta__capofila"))
    somme = somme_di(righe)
    return [
        [_("numero"), _("progetto"), _("capofila"), _("costo"), _("richiesto"), _("assegnato"),
         _("percentuale del richiesto"), _("come")],
        *(
            [
                str(riga.proposta.numero or ""),
                riga.proposta.titolo,
                str(riga.proposta.capofila),
                importo(riga.costo),
                importo(riga.richiesto),
                importo(riga.assegnato),
                importo(riga.quota or ZERO),
                " ".join(riga.passi),
            ]
            for riga in righe
        ),
        ["", _("Totale"), "", importo(sum((riga.costo for riga in righe), ZERO)),
         importo(somme.richiesto), importo(somme.assegnato), importo(somme.quota or ZERO), ""],
    ]  # fmt: skip


def in_csv(righe: Tabella, nome: str) -> HttpResponse:
    """A file that a spreadsheet opens, in which no cell is a formula."""
    testo = StringIO()
    scrittore = csv.writer(testo, delimiter=";", lineterminator="\n")
    scrittore.writerows([[innocua(cella) for cella in riga] for riga in righe])
    return HttpResponse(
        "\ufeff" + testo.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nome}"'},
    )
