# SPDX-License-Identifier: AGPL-3.0-or-later
"""Roll-up: the scores of the children make the score of the parent.

indicatore → obiettivo → area → scheda or piano. The tree is given as ``Nodo`` and ``Foglia``, the
outcome is an ``Aggregato`` for each node, children included.

**Weights** are those written on the children. None written: equal parts. Only some written: what
is left to 100 is shared by the others in equal parts, and it is said. A set that does not make 100
is reported with its sum. ``normalizzati``: the weights of the counted children are brought to
100. ``mantenuti``: each weight stays what it is, out of 100, so what is excluded or not evaluated
leaves its share empty.

**No score.** Excluded children leave the count. For the others the edition decides: ``escludi``
(out, the rest is renormalised), ``zero`` (counted as 0), ``blocca`` (the parent has no score
either, and neither has anything above it).

**Copertura**: the share of weight that was evaluated, 0-100, out of the weight that was due; a
child counted as 0 because it is missing is not evaluated. It goes up the tree with the weights.

**Prerequisites** (``prerequisito``) are conditions, not items: they have no weight and no share of
the coverage, and gate the score of their parent as the edition says (``dopo_sintesi``).

**Dimostrativo**: one invented input marks every aggregate above it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .arrotondamento import CENTO, ZERO, Livello, esatto, netto
from .dopo_sintesi import (
    DODICI,
    Superiore,
    classe_del_nodo,
    dopo_la_sintesi,
    mesi_validi,
    troppo_pochi_mesi,
)
from .edizione import Classe, Edizione, Pesi, ProRata, Sintesi
from .passi import Codice, Passo, esito_di, passo
from .politiche import blocca, contato, passo_politica, senza_valutati
from .sintesi import CON_PESI, SINTESI, Contributo
from .valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio


@dataclass(frozen=True)
class Foglia:
    """A scored indicator; ``peso`` ``None`` = not written. ``ValueError`` for a bad weight."""

    codice: str
    nome: str
    punteggio: Punteggio
    peso: Decimal | None = None
    copertura: Decimal = CENTO
    dimostrativo: bool = False
    prerequisito: bool = False

    def __post_init__(self) -> None:
        _peso_valido(self.nome, self.peso)


@dataclass(frozen=True)
class Nodo:
    """An objective, an area, a scheda or a plan with its children.

    ``prerequisito``: it gates its parent instead of counting in it. ``superiore``: the score of
    the unit above, for the best of the two. ``mesi``: of the year, 0-12, ``None`` = all of it.
    """

    livello: Livello
    codice: str
    nome: str
    figli: tuple["Nodo | Foglia", ...] = ()
    peso: Decimal | None = None
    prerequisito: bool = False
    superiore: Superiore | None = None
    mesi: Decimal | None = None

    def __post_init__(self) -> None:
        _peso_valido(self.nome, self.peso)
        mesi_validi(self.nome, self.mesi)


@dataclass(frozen=True)
class Aggregato:
    """The score of a node; ``somma_pesi`` is that of the written weights (``None`` if none).

    ``classe`` is the final class of a scheda or a plan, before the caps of ``assegna_classi``.
    """

    livello: Livello
    codice: str
    nome: str
    punteggio: Punteggio
    copertura: Decimal
    dimostrativo: bool
    somma_pesi: Decimal | None
    contributi: tuple[Contributo, ...]
    passi: tuple[Passo, ...]
    peso: Decimal | None = None
    figli: tuple["Aggregato | Foglia", ...] = ()
    prerequisito: bool = False
    mesi: Decimal | None = None
    classe: Classe | None = None

    def tutti(self) -> Iterator["Aggregato"]:
        """This node and every node below it, parents first."""
        yield self
        for figlio in self.figli:
            if isinstance(figlio, Aggregato):
                yield from figlio.tutti()


def aggrega(nodo: Nodo, edizione: Edizione) -> Aggregato:
    """Score a tree from its leaves up, by the rules of the edition."""
    figli = tuple(
        aggrega(figlio, edizione) if isinstance(figlio, Nodo) else figlio for figlio in nodo.figli
    )
    return aggrega_figli(nodo, figli, edizione)


@esatto
def aggrega_figli(
    nodo: Nodo, figli: tuple[Aggregato | Foglia, ...], edizione: Edizione
) -> Aggregato:
    """Score a node from children that are scored already; those of ``nodo`` do not count."""
    ordinari = tuple(figlio for figlio in figli if not figlio.prerequisito)
    condizioni = tuple(figlio for figlio in figli if figlio.prerequisito)
    pesi, passi = _pesi_usati(ordinari, edizione)
    voci = _voci(nodo.livello, ordinari, pesi, edizione)
    copertura = _copertura(ordinari, pesi)
    punteggio, fatti = _punteggio_nodo(nodo, ordinari, voci, condizioni, edizione)
    dimostrativo = _dimostrativo(nodo, figli, edizione)
    classe, della_classe = classe_del_nodo(nodo.livello, punteggio, edizione, nodo.mesi)
    return Aggregato(
        livello=nodo.livello,
        codice=nodo.codice,
        nome=nodo.nome,
        punteggio=punteggio,
        copertura=copertura,
        dimostrativo=dimostrativo,
        somma_pesi=somma_scritta([figlio.peso for figlio in ordinari]),
        contributi=_contributi(figli, voci),
        passi=(
            *passi,
            *_passi_senza_punteggio(nodo.livello, ordinari, edizione),
            *fatti,
            passo(Codice.COPERTURA, copertura=copertura),
            *((passo(Codice.AGGREGATO_DIMOSTRATIVO),) if dimostrativo else ()),
            esito_di(punteggio),
            *della_classe,
        ),
        peso=nodo.peso,
        figli=figli,
        prerequisito=nodo.prerequisito,
        mesi=nodo.mesi,
        classe=classe,
    )


def _punteggio_nodo(
    nodo: Nodo,
    ordinari: Sequence[Aggregato | Foglia],
    voci: Sequence[Contributo],
    condizioni: Sequence[Aggregato | Foglia],
    edizione: Edizione,
) -> tuple[Punteggio, tuple[Passo, ...]]:
    if fuori := troppo_pochi_mesi(nodo.mesi, edizione):
        return fuori, ()
    punteggio, fatti = _punteggio(nodo.livello, ordinari, voci, edizione)
    if not isinstance(punteggio, Calcolato):
        return punteggio, fatti
    dopo = dopo_la_sintesi(
        punteggio.valore,
        nodo.livello,
        edizione,
        voci=voci,
        prerequisiti=_condizioni(condizioni),
        superiore=nodo.superiore,
        mesi=nodo.mesi,
    )
    return dopo.punteggio, (*fatti, *dopo.passi)


def _condizioni(figli: Sequence[Aggregato | Foglia]) -> tuple[Contributo, ...]:
    """The prerequisites, with their weights among themselves."""
    pesi, _ = pesi_dei([figlio.peso for figlio in figli])
    return tuple(
        Contributo(figlio.codice, figlio.nome, figlio.punteggio, peso, None, ZERO)
        for figlio, peso in zip(figli, pesi, strict=True)
    )


def _contributi(
    figli: Sequence[Aggregato | Foglia], voci: Sequence[Contributo]
) -> tuple[Contributo, ...]:
    """What every child brought, in the order of the tree; a prerequisite brings no points."""
    in_ordine = iter(voci)
    return tuple(
        Contributo(figlio.codice, figlio.nome, figlio.punteggio, ZERO, None, ZERO)
        if figlio.prerequisito
        else next(in_ordine)
        for figlio in figli
    )


def _dimostrativo(nodo: Nodo, figli: Sequence[Aggregato | Foglia], edizione: Edizione) -> bool:
    """One invented input is enough, the score of the unit above included when it is compared."""
    sopra = nodo.superiore if nodo.livello in edizione.migliore_con_superiore else None
    return any(figlio.dimostrativo for figlio in figli) or bool(sopra and sopra.dimostrativo)


def _passi_senza_punteggio(
    livello: Livello, figli: Sequence[Aggregato | Foglia], edizione: Edizione
) -> tuple[Passo, ...]:
    return tuple(
        passo_politica(figlio.nome, figlio.punteggio, edizione, livello)
        for figlio in figli
        if not isinstance(figlio.punteggio, Calcolato)
    )


# --- weights ------------------------------------------------------------------------------


def _pesi_usati(
    figli: Sequence[Aggregato | Foglia], edizione: Edizione
) -> tuple[tuple[Decimal, ...], tuple[Passo, ...]]:
    """The weights of the children, reduced to their months when the edition says so."""
    pesi, passi = pesi_dei([figlio.peso for figlio in figli])
    if edizione.mesi.pro_rata is not ProRata.PESO:
        return pesi, passi
    ridotti = [_al_pro_rata(figlio, peso) for figlio, peso in zip(figli, pesi, strict=True)]
    detti = (uno for _, sui_mesi in ridotti for uno in sui_mesi)
    return tuple(peso for peso, _ in ridotti), (*passi, *detti)


def _al_pro_rata(figlio: Aggregato | Foglia, peso: Decimal) -> tuple[Decimal, tuple[Passo, ...]]:
    mesi = figlio.mesi if isinstance(figlio, Aggregato) else None
    if mesi is None:
        return peso, ()
    ridotto = peso * mesi / DODICI
    detto = passo(Codice.PRO_RATA_PESO, nome=figlio.nome, mesi=mesi, da=peso, peso=ridotto)
    return ridotto, (detto,)


def somma_scritta(pesi: Sequence[Decimal | None]) -> Decimal | None:
    """Sum of the written weights, ``None`` when none is written."""
    scritti = [peso for peso in pesi if peso is not None]
    return sum(scritti, ZERO) if scritti else None


@esatto
def pesi_dei(pesi: Sequence[Decimal | None]) -> tuple[tuple[Decimal, ...], tuple[Passo, ...]]:
    """The weights to use for a set of children, and what there is to say about them."""
    somma = somma_scritta(pesi)
    if not pesi:
        return (), ()
    if somma is None:
        quota = CENTO / len(pesi)
        detto = (passo(Codice.PESI_UGUALI, quanti=Decimal(len(pesi))),) if len(pesi) > 1 else ()
        return (quota,) * len(pesi), detto
    senza = sum(peso is None for peso in pesi)
    if not senza:
        return tuple(peso or ZERO for peso in pesi), _non_cento(somma)
    resto = max(CENTO - somma, ZERO) / senza
    detto = (passo(Codice.PESI_PARZIALI, somma=somma, senza=Decimal(senza), resto=resto),)
    return tuple(resto if peso is None else peso for peso in pesi), detto


def _non_cento(somma: Decimal) -> tuple[Passo, ...]:
    return () if netto(somma) == CENTO else (passo(Codice.PESI_NON_CENTO, somma=somma),)


@esatto
def normalizzati(pesi: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Weights in proportion, brought to 100; all zero stay zero."""
    somma = sum(pesi, ZERO)
    return tuple(CENTO * peso / somma for peso in pesi) if somma else tuple(pesi)


@esatto
def pesi_aree(edizione: Edizione, aree: Sequence[str]) -> dict[str, Decimal]:
    """Weights of the areas of a scheda by the groups of the edition, for the areas present.

    A group's weight is shared in equal parts by its areas that are present; an area outside every
    group (a prerequisite) has weight 0. Cremona: A1 30; A2, A3, A4 jointly 70.
    """
    pesi = dict.fromkeys(aree, ZERO)
    for gruppo in edizione.gruppi_aree:
        presenti = [area for area in gruppo.aree if area in pesi]
        for area in presenti:
            pesi[area] = gruppo.peso / len(presenti)
    return pesi


def _peso_valido(nome: str, peso: Decimal | None) -> None:
    if peso is not None and (not peso.is_finite() or peso < 0):
        raise ValueError(f"Il peso di «{nome}» ({peso}) deve essere un numero da zero in su.")


# --- who counts ---------------------------------------------------------------------------


def _voci(
    livello: Livello,
    figli: Sequence[Aggregato | Foglia],
    pesi: Sequence[Decimal],
    edizione: Edizione,
) -> tuple[Contributo, ...]:
    contati = [contato(figlio.punteggio, edizione, livello) for figlio in figli]
    usati = [peso if punti is not None else ZERO for peso, punti in zip(pesi, contati, strict=True)]
    quote = normalizzati(usati) if edizione.pesi is Pesi.NORMALIZZATI else usati
    return tuple(
        Contributo(figlio.codice, figlio.nome, figlio.punteggio, peso, punti, quota)
        for figlio, peso, punti, quota in zip(figli, pesi, contati, quote, strict=True)
    )


def _copertura(figli: Sequence[Aggregato | Foglia], pesi: Sequence[Decimal]) -> Decimal:
    dovuti = [i for i, figlio in enumerate(figli) if not isinstance(figlio.punteggio, Escluso)]
    totale = sum((pesi[i] for i in dovuti), ZERO)
    if not totale:
        return ZERO
    valutato = sum((pesi[i] * _copertura_di(figli[i]) for i in dovuti), ZERO)
    return valutato / totale


def _copertura_di(figlio: Aggregato | Foglia) -> Decimal:
    if isinstance(figlio, Foglia) and not isinstance(figlio.punteggio, Calcolato):
        return ZERO
    return figlio.copertura


# --- the score ----------------------------------------------------------------------------


def _punteggio(
    livello: Livello,
    figli: Sequence[Aggregato | Foglia],
    voci: Sequence[Contributo],
    edizione: Edizione,
) -> tuple[Punteggio, tuple[Passo, ...]]:
    """The roll-up of the children, before what comes after it (``dopo_sintesi``)."""
    bloccanti = [figlio.nome for figlio in figli if blocca(figlio.punteggio, edizione, livello)]
    if bloccanti:
        return NonCalcolabile(Motivo.BLOCCATO, "; ".join(bloccanti)), ()
    dentro = [voce for voce in voci if voce.contato is not None]
    if not dentro:
        return senza_valutati([figlio.punteggio for figlio in figli]), ()
    sintesi = edizione.sintesi.di(livello)
    if sintesi in CON_PESI and not any(voce.peso for voce in dentro):
        return NonCalcolabile(Motivo.PESI_NULLI), ()
    if sintesi is Sintesi.CONTEGGIO and not edizione.fasce_conteggio:
        return NonCalcolabile(Motivo.PARAMETRO_MANCANTE, "fasce_conteggio"), ()
    punti, come = SINTESI[sintesi](dentro, voci, edizione)
    return Calcolato(punti), (*map(_passo_contributo, dentro), come)


def _passo_contributo(voce: Contributo) -> Passo:
    return passo(
        Codice.CONTRIBUTO,
        nome=voce.nome,
        punti=voce.contato or ZERO,
        peso=voce.peso,
        quota=voce.quota,
    )
