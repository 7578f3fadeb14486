# SPDX-License-Identifier: AGPL-3.0-or-later
"""The money of a project as the checks of an instalment need it; and where each project is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.calcolo.edizione import Rata
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.rendiconto import Conto, Verifica, verifica
from conciliazione.conti import liquidato
from conciliazione.models import (
    ApportoCofinanziamento,
    EdizioneConciliazione,
    Incasso,
    Pagamento,
    Progetto,
    Rendiconto,
    RevocaContributo,
    Spesa,
)
from conciliazione.models.versione import Forma


def rata_di(rendiconto: Rendiconto) -> Rata:
    """The instalment of the edition that the report asks for.

    :raises ValidationError: the edition does not have it.
    """
    rata = rendiconto.progetto.edizione.regole.rata(rendiconto.rata)
    if rata is None:
        raise ValidationError(_("L'edizione non prevede la rata «%(r)s».") % {"r": rendiconto.rata})
    return rata


def verifica_di(rendiconto: Rendiconto) -> Verifica:
    """The checks of an instalment, on what was approved so far and what this report brings."""
    regole = rendiconto.progetto.edizione.regole
    return verifica(rata_di(rendiconto), conto_di(rendiconto), regole)


def conto_di(rendiconto: Rendiconto) -> Conto:
    """Cost rendered so far: of the reports that were approved, and of this one."""
    progetto = rendiconto.progetto
    contano = Q(rendiconto=rendiconto) | Q(
        rendiconto__progetto=progetto, rendiconto__stato=Rendiconto.Stato.APPROVATO
    )
    per_categoria: dict[str, Decimal] = defaultdict(lambda: ZERO)
    spese = Spesa.objects.filter(contano).values_list("voce__categoria", "importo", "ammesso")
    for categoria, importo, ammesso in spese:
        per_categoria[categoria] += importo if ammesso is None else ammesso
    per_forma = {Forma.DENARO: ZERO, Forma.PERSONALE: ZERO}
    apporti = ApportoCofinanziamento.objects.filter(contano)
    for forma, importo, ammesso in apporti.values_list("forma", "importo", "ammesso"):
        per_forma[Forma(forma)] += importo if ammesso is None else ammesso
    return Conto(
        costo=progetto.costo,
        contributo=progetto.contributo,
        pagato=liquidato(progetto),
        spese=sum(per_categoria.values(), ZERO),
        personale=per_forma[Forma.PERSONALE],
        denaro=per_forma[Forma.DENARO],
        per_categoria=dict(per_categoria),
    )


@dataclass(frozen=True)
class Situazione:
    """A project in money. ``riconosciuto`` and ``liquidato`` are None for who may not read them."""

    progetto: Progetto
    riconosciuto: Decimal | None = None
    liquidato: Decimal | None = None
    disposto: Decimal | None = None
    finale: Decimal | None = None
    """The contribution recognised by the balance, or what a revocation leaves; None before it."""
    recuperato: Decimal = ZERO
    """What came back of what was paid beyond it."""
    revoca: RevocaContributo | None = None

    @property
    def revocato(self) -> bool:
        return self.progetto.stato == Progetto.Stato.REVOCATO

    @property
    def da_liquidare(self) -> Decimal | None:
        """What may still be paid of what was assigned; after the balance, of what it recognised."""
        if self.liquidato is None:
            return None
        tutto = self.progetto.contributo if self.finale is None else self.finale
        return max(ZERO, tutto - self.liquidato)

    @property
    def da_restituire(self) -> Decimal:
        """What is owed back, whether or not some of it came back already."""
        if self.finale is None or self.liquidato is None:
            return ZERO
        return max(ZERO, self.liquidato - self.finale)

    @property
    def da_recuperare(self) -> Decimal:
        """What was paid beyond the contribution that the balance recognised, or beyond what the
        revocation leaves, and did not come back yet.
        """
        return max(ZERO, self.da_restituire - self.recuperato)

    @property
    def in_ritardo(self) -> bool:
        """Something is still to be given back, and its day has passed."""
        entro = self.revoca.entro if self.revoca else None
        return bool(self.da_recuperare) and entro is not None and timezone.localdate() > entro

    @property
    def residuo(self) -> Decimal | None:
        """Of what was assigned, what the project does not need: known after the balance."""
        return None if self.finale is None else self.progetto.contributo - self.finale


def situazioni(
    progetti: Iterable[Progetto], *, leggibili: set[int] | None = None
) -> list[Situazione]:
    """Each project in money, in four queries; ``leggibili`` are those whose money may be read."""
    tutti = list(progetti)
    chiari = {uno.pk for uno in tutti if leggibili is None or uno.pk in leggibili}
    riconosciuti = _riconosciuti(chiari)
    pagati = _pagati(chiari)
    rientrati = _rientrati(chiari)
    revoche = {una.progetto_id: una for una in RevocaContributo.objects.filter(progetto__in=chiari)}
    nulla = _Riconosciuto()
    return [
        Situazione(
            progetto=uno,
            riconosciuto=riconosciuti.get(uno.pk, nulla).somma,
            liquidato=pagati[uno.pk, Pagamento.Stato.ESEGUITO],
            disposto=pagati[uno.pk, Pagamento.Stato.DISPOSTO],
            finale=_finale(uno, riconosciuti.get(uno.pk, nulla), revoche.get(uno.pk)),
            recuperato=rientrati.get(uno.pk, ZERO),
            revoca=revoche.get(uno.pk),
        )
        if uno.pk in chiari
        else Situazione(uno)
        for uno in tutti
    ]


@dataclass
class _Riconosciuto:
    somma: Decimal = ZERO
    finale: Decimal | None = None


def _finale(
    progetto: Progetto, riconosciuto: _Riconosciuto, revoca: RevocaContributo | None
) -> Decimal | None:
    """A revoked project keeps what its act says; nothing, if it does not say."""
    if progetto.stato == Progetto.Stato.REVOCATO:
        return revoca.trattenuto if revoca else ZERO
    return riconosciuto.finale


def _riconosciuti(progetti: set[int]) -> dict[int, _Riconosciuto]:
    trovati: dict[int, _Riconosciuto] = defaultdict(_Riconosciuto)
    approvati = Rendiconto.objects.filter(
        progetto__in=progetti, stato=Rendiconto.Stato.APPROVATO
    ).values_list("progetto", "riconosciuto", "verifiche")
    for progetto, importo, verifiche in approvati:
        trovati[progetto].somma += importo or ZERO
        if verifiche and verifiche.get("finale") is not None:
            trovati[progetto].finale = Decimal(verifiche["finale"])
    return trovati


def _pagati(progetti: set[int]) -> dict[Any, Decimal]:
    pagati: dict[Any, Decimal] = defaultdict(lambda: ZERO)
    righe = Pagamento.objects.filter(rendiconto__progetto__in=progetti)
    for progetto, stato, importo in righe.values_list("rendiconto__progetto", "stato", "importo"):
        pagati[progetto, stato] += importo
    return pagati


def _rientrati(progetti: set[int]) -> dict[int, Decimal]:
    somme = Incasso.objects.validi().filter(progetto__in=progetti).values("progetto")
    return dict(somme.order_by().annotate(s=Sum("importo")).values_list("progetto", "s"))


@dataclass(frozen=True)
class Totali:
    """The sums of the edition, with what is left of the envelope."""

    costo: Decimal
    assegnato: Decimal
    riconosciuto: Decimal
    liquidato: Decimal
    residuo: Decimal
    recuperato: Decimal
    da_recuperare: Decimal
    azioni: Decimal
    azioni_liquidate: Decimal
    dotazione: Decimal | None

    @property
    def non_assegnato(self) -> Decimal | None:
        """What neither projects nor actions of the network were given; None without an envelope."""
        if self.dotazione is None:
            return None
        return self.dotazione - self.assegnato - self.azioni

    @property
    def residuo_del_piano(self) -> Decimal:
        """What can be used again: never assigned, given back, not needed."""
        return max(ZERO, self.non_assegnato or ZERO) + self.residuo


def totali(edizione: EdizioneConciliazione, righe: Iterable[Situazione]) -> Totali:
    """The totals of rows that may all be read, and of the actions of the network."""
    tutte = list(righe)
    azioni = edizione.azioni_di_piano.values_list("importo", flat=True)
    pagate = Pagamento.objects.validi().filter(edizione=edizione, azione__isnull=False)
    return Totali(
        costo=sum((una.progetto.costo for una in tutte), ZERO),
        assegnato=sum((una.progetto.contributo for una in tutte), ZERO),
        riconosciuto=sum((una.riconosciuto or ZERO for una in tutte), ZERO),
        liquidato=sum((una.liquidato or ZERO for una in tutte), ZERO),
        residuo=sum((una.residuo or ZERO for una in tutte), ZERO),
        recuperato=sum((una.recuperato for una in tutte), ZERO),
        da_recuperare=sum((una.da_recuperare for una in tutte), ZERO),
        azioni=sum((importo for importo in azioni if importo is not None), ZERO),
        azioni_liquidate=sum(pagate.values_list("importo", flat=True), ZERO),
        dotazione=edizione.dotazione,
    )
