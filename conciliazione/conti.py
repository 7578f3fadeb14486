# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sums of a proposal and of a project, read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from conciliazione.calcolo.importi import ZERO, quota_contributo
from conciliazione.models import (
    Cofinanziamento,
    CostoAzione,
    Pagamento,
    Progetto,
    Proposta,
    Rendiconto,
    Spesa,
    VersioneProposta,
    VoceBudget,
)
from conciliazione.models.versione import Forma


@dataclass(frozen=True)
class Costi:
    """The money of a version: what its rows add up to, beside what the capofila declared."""

    per_azione: dict[int, Decimal] = field(default_factory=dict)
    per_categoria: dict[str, Decimal] = field(default_factory=dict)
    righe: Decimal | None = None
    dichiarato: Decimal | None = None
    contributo: Decimal | None = None
    denaro: Decimal = ZERO
    personale: Decimal = ZERO
    pubblico: Decimal = ZERO
    privato: Decimal = ZERO

    @property
    def totale(self) -> Decimal | None:
        """The sum of the rows; what was declared where there are none (plans of the past)."""
        return self.dichiarato if self.righe is None else self.righe

    @property
    def differenza(self) -> Decimal | None:
        """Declared minus the rows; None if either is missing."""
        if self.dichiarato is None or self.righe is None:
            return None
        return self.dichiarato - self.righe

    @property
    def cofinanziamento(self) -> Decimal:
        return self.denaro + self.personale

    @property
    def scoperto(self) -> Decimal | None:
        """What neither the contribution nor the cofinancing covers: zero when it squares."""
        if self.totale is None or self.contributo is None:
            return None
        return self.totale - self.contributo - self.cofinanziamento

    @property
    def quota(self) -> Decimal | None:
        """The contribution as a percentage of the cost, unrounded."""
        return quota_contributo(self.contributo, self.totale)


def versione_di(proposta: Proposta) -> VersioneProposta | None:
    """The version that counts: the last one closed, else the one being written."""
    versioni = list(proposta.versioni.all())
    chiuse = [una for una in versioni if una.chiusa_il is not None]
    candidate = chiuse or versioni
    return candidate[-1] if candidate else None


def versione_aperta(proposta: Proposta) -> VersioneProposta | None:
    """The version being written."""
    aperta = proposta.versioni.filter(chiusa_il__isnull=True).first()
    if aperta is not None:
        aperta.proposta = proposta
    return aperta


def costi_di(versione: VersioneProposta) -> Costi:
    """The sums of a version, in two queries."""
    return costi_delle([versione])[versione.pk]


def costi_delle(versioni: Iterable[VersioneProposta]) -> dict[int, Costi]:
    """The sums of many versions, in two queries; by the key of the version."""
    queste = {una.pk: una for una in versioni}
    costi = CostoAzione.objects.filter(azione__versione__in=queste)
    apporti = Cofinanziamento.objects.filter(versione__in=queste)
    righe_costo = list(costi.values_list("azione__versione", "azione", "categoria", "importo"))
    righe_apporto = list(apporti.values_list("versione", "forma", "pubblico", "importo"))
    return {
        chiave: _costi(
            una,
            [riga[1:] for riga in righe_costo if riga[0] == chiave],
            [riga[1:] for riga in righe_apporto if riga[0] == chiave],
        )
        for chiave, una in queste.items()
    }


def _costi(
    versione: VersioneProposta,
    costi: list[tuple[int, str, Decimal]],
    apporti: list[tuple[str, bool, Decimal]],
) -> Costi:
    per_azione: dict[int, Decimal] = {}
    per_categoria: dict[str, Decimal] = {}
    for azione, categoria, importo in costi:
        per_azione[azione] = per_azione.get(azione, ZERO) + importo
        per_categoria[categoria] = per_categoria.get(categoria, ZERO) + importo
    return Costi(
        per_azione=per_azione,
        per_categoria=per_categoria,
        righe=sum(per_azione.values(), ZERO) if costi else None,
        dichiarato=versione.costo_dichiarato,
        contributo=versione.contributo,
        denaro=_parte(apporti, forma=Forma.DENARO),
        personale=_parte(apporti, forma=Forma.PERSONALE),
        pubblico=_parte(apporti, pubblico=True),
        privato=_parte(apporti, pubblico=False),
    )


def _parte(
    apporti: list[tuple[str, bool, Decimal]],
    *,
    forma: str | None = None,
    pubblico: bool | None = None,
) -> Decimal:
    return sum(
        (
            importo
            for questa, e_pubblico, importo in apporti
            if forma in (None, questa) and pubblico in (None, e_pubblico)
        ),
        ZERO,
    )


def liquidato(progetto: Progetto) -> Decimal:
    """What was really paid of the contribution of a project."""
    pagati = Pagamento.objects.validi().filter(rendiconto__progetto=progetto)
    return pagati.aggregate(somma=Sum("importo"))["somma"] or ZERO


def pagato_di(rendiconto: Rendiconto, *stati: str) -> Decimal:
    """What the payments of an instalment, in those states, add up to."""
    quelli = Pagamento.objects.filter(rendiconto=rendiconto, stato__in=stati)
    return quelli.aggregate(somma=Sum("importo"))["somma"] or ZERO


def da_disporre(rendiconto: Rendiconto) -> Decimal:
    """What of an approved instalment no payment covers yet, made or only arranged."""
    if rendiconto.stato != Rendiconto.Stato.APPROVATO:
        return ZERO
    coperto = pagato_di(rendiconto, Pagamento.Stato.DISPOSTO, Pagamento.Stato.ESEGUITO)
    return (rendiconto.riconosciuto or ZERO) - coperto


def capienza(voce: VoceBudget, *, senza: Spesa | None = None) -> Decimal:
    """What is left of a line of budget, expenses already entered taken away (the recognised amount
    where there is one); ``senza`` leaves out the expense that is being changed.
    """
    spese = Spesa.objects.filter(voce=voce)
    if senza is not None and senza.pk:
        spese = spese.exclude(pk=senza.pk)
    importi = spese.values_list("importo", "ammesso")
    speso = sum((intero if ammesso is None else ammesso for intero, ammesso in importi), ZERO)
    return voce.importo - speso


def voci_di(progetto: Progetto) -> list[dict[str, Any]]:
    """Each line of the budget with what was spent of it."""
    spesi: dict[int, Any] = {}
    for voce, importo, ammesso in Spesa.objects.filter(progetto=progetto).values_list(
        "voce", "importo", "ammesso"
    ):
        spesi[voce] = spesi.get(voce, ZERO) + (importo if ammesso is None else ammesso)
    voci = VoceBudget.objects.filter(azione__progetto=progetto).select_related("azione")
    return [
        {
            "voce": una,
            "speso": spesi.get(una.pk, ZERO),
            "resta": una.importo - spesi.get(una.pk, ZERO),
        }
        for una in voci.order_by("azione__ordine", "pk")
    ]
