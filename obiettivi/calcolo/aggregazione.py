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

**Dimostrativo**: one invented input marks every aggregate above it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .arrotondamento import CENTO, ZERO, Livello, arrotonda_punteggio, esatto, netto
from .edizione import Edizione, Pesi, Politica
from .passi import Codice, Passo, esito_di, passo
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

    def __post_init__(self) -> None:
        _peso_valido(self.nome, self.peso)


@dataclass(frozen=True)
class Nodo:
    """An objective, an area, a scheda or a plan with its children."""

    livello: Livello
    codice: str
    nome: str
    figli: tuple["Nodo | Foglia", ...] = ()
    peso: Decimal | None = None

    def __post_init__(self) -> None:
        _peso_valido(self.nome, self.peso)


@dataclass(frozen=True)
class Aggregato:
    """The score of a node; ``somma_pesi`` is that of the written weights (``None`` if none)."""

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
    return _aggrega_figli(nodo, figli, edizione)


@esatto
def _aggrega_figli(
    nodo: Nodo, figli: tuple[Aggregato | Foglia, ...], edizione: Edizione
) -> Aggregato:
    pesi, passi = pesi_dei([figlio.peso for figlio in figli])
    dovuti = [i for i, figlio in enumerate(figli) if not isinstance(figlio.punteggio, Escluso)]
    contati = [contato(figlio.punteggio, edizione) for figlio in figli]
    passi += tuple(
        passo_politica(figlio.nome, figlio.punteggio, edizione)
        for figlio in figli
        if not isinstance(figlio.punteggio, Calcolato)
    )
    voci = _voci(figli, pesi, contati, edizione)
    copertura = _copertura(figli, pesi, dovuti)
    dimostrativo = any(figlio.dimostrativo for figlio in figli)
    punteggio, fatti = _punteggio(nodo.livello, figli, voci, edizione)
    passi += (*fatti, passo(Codice.COPERTURA, copertura=copertura))
    if dimostrativo:
        passi += (passo(Codice.AGGREGATO_DIMOSTRATIVO),)
    return Aggregato(
        livello=nodo.livello,
        codice=nodo.codice,
        nome=nodo.nome,
        punteggio=punteggio,
        copertura=copertura,
        dimostrativo=dimostrativo,
        somma_pesi=somma_scritta([figlio.peso for figlio in figli]),
        contributi=voci,
        passi=(*passi, esito_di(punteggio)),
        peso=nodo.peso,
        figli=figli,
    )


# --- weights ------------------------------------------------------------------------------


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


def politica_per(punteggio: NonCalcolabile, edizione: Edizione) -> Politica:
    """What the edition does with an element that has no score; a block always goes up."""
    if punteggio.motivo is Motivo.BLOCCATO:
        return Politica.BLOCCA
    manca = punteggio.motivo is Motivo.NESSUN_VALORE
    return edizione.mancanti if manca else edizione.non_valutabili


def contato(punteggio: Punteggio, edizione: Edizione) -> Decimal | None:
    """The score with which an element enters the roll-up; ``None`` if it stays out."""
    if isinstance(punteggio, Calcolato):
        return punteggio.valore
    if isinstance(punteggio, Escluso):
        return None
    return ZERO if politica_per(punteggio, edizione) is Politica.ZERO else None


def blocca(punteggio: Punteggio, edizione: Edizione) -> bool:
    """Whether an element without a score stops what is above it."""
    return (
        isinstance(punteggio, NonCalcolabile)
        and politica_per(punteggio, edizione) is Politica.BLOCCA
    )


def senza_valutati(punteggi: Sequence[Punteggio]) -> NonCalcolabile | Escluso:
    """The outcome when no element enters the roll-up: one common reason stays that reason."""
    if not punteggi:
        return NonCalcolabile(Motivo.NESSUN_ELEMENTO)
    mancati = [uno for uno in punteggi if isinstance(uno, NonCalcolabile)]
    if not mancati:
        motivi = sorted({uno.frase for uno in punteggi if isinstance(uno, Escluso)})
        return Escluso("; ".join(motivi))
    motivi_mancati = {uno.motivo for uno in mancati}
    if len(motivi_mancati) == 1:
        return NonCalcolabile(motivi_mancati.pop())
    return NonCalcolabile(
        Motivo.NESSUN_ELEMENTO_VALUTATO,
        "; ".join(sorted(motivo.frase for motivo in motivi_mancati)),
    )


_CODICI = {
    Politica.ESCLUDI: Codice.NON_VALUTATO_ESCLUSO,
    Politica.ZERO: Codice.NON_VALUTATO_ZERO,
    Politica.BLOCCA: Codice.NON_VALUTATO_BLOCCA,
}


def passo_politica(nome: str, punteggio: Punteggio, edizione: Edizione) -> Passo:
    """The step that says what happens to an element without a score."""
    if isinstance(punteggio, NonCalcolabile):
        codice = _CODICI[politica_per(punteggio, edizione)]
        return passo(codice, nome=nome, motivo=punteggio.motivo.frase)
    motivo = punteggio.frase if isinstance(punteggio, Escluso) else ""
    return passo(Codice.ESCLUSO, nome=nome, motivo=motivo)


def _voci(
    figli: Sequence[Aggregato | Foglia],
    pesi: Sequence[Decimal],
    contati: Sequence[Decimal | None],
    edizione: Edizione,
) -> tuple[Contributo, ...]:
    usati = [peso if punti is not None else ZERO for peso, punti in zip(pesi, contati, strict=True)]
    quote = normalizzati(usati) if edizione.pesi is Pesi.NORMALIZZATI else usati
    return tuple(
        Contributo(figlio.codice, figlio.nome, figlio.punteggio, peso, punti, quota)
        for figlio, peso, punti, quota in zip(figli, pesi, contati, quote, strict=True)
    )


def _copertura(
    figli: Sequence[Aggregato | Foglia], pesi: Sequence[Decimal], dovuti: Sequence[int]
) -> Decimal:
    totale = sum((pesi[i] for i in dovuti), ZERO)
    if not totale:
        return ZERO
    valutato = sum((pesi[i] * _copertura_di(figli[i]) for i in dovuti), ZERO)
    return netto(valutato / totale)


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
    bloccanti = [figlio.nome for figlio in figli if blocca(figlio.punteggio, edizione)]
    if bloccanti:
        return NonCalcolabile(Motivo.BLOCCATO, "; ".join(bloccanti)), ()
    dentro = [voce for voce in voci if voce.contato is not None]
    if not dentro:
        return senza_valutati([figlio.punteggio for figlio in figli]), ()
    sintesi = edizione.sintesi.di(livello)
    if sintesi in CON_PESI and not any(voce.peso for voce in dentro):
        return NonCalcolabile(Motivo.PESI_NULLI), ()
    punti, come = SINTESI[sintesi](dentro, voci, edizione)
    punti, limiti = limita(punti, edizione)
    punti, tondo = arrotonda_al_livello(punti, livello, edizione)
    return Calcolato(punti), (*map(_passo_contributo, dentro), come, *limiti, *tondo)


@esatto
def limita(punti: Decimal, edizione: Edizione) -> tuple[Decimal, tuple[Passo, ...]]:
    """The points within floor and cap, and the step that says so when they were not."""
    if netto(punti) < edizione.pavimento:
        basso = edizione.pavimento
        return basso, (passo(Codice.PAVIMENTO, punti=punti, limite=basso),)
    if edizione.tetto is not None and netto(punti) > edizione.tetto:
        return edizione.tetto, (passo(Codice.TETTO, punti=punti, limite=edizione.tetto),)
    return punti, ()


@esatto
def arrotonda_al_livello(
    punti: Decimal, livello: Livello, edizione: Edizione
) -> tuple[Decimal, tuple[Passo, ...]]:
    """The points rounded, if the edition rounds at this level, and the step that says so."""
    regola = edizione.arrotondamento
    if livello not in regola.livelli:
        return punti, ()
    tondo = arrotonda_punteggio(punti, regola.modo, regola.decimali)
    if tondo == punti:
        return tondo, ()
    return tondo, (passo(Codice.ARROTONDATO, da=punti, a=tondo, modo=regola.modo.value),)


def _passo_contributo(voce: Contributo) -> Passo:
    return passo(
        Codice.CONTRIBUTO,
        nome=voce.nome,
        punti=voce.contato or ZERO,
        peso=voce.peso,
        quota=voce.quota,
    )
