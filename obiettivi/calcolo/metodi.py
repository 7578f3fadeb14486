# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scoring methods, one small function each: numbers in, score and steps out.

Scores are in hundredths (100 = target met) and come out as the formula gives them: floor, cap and
rounding belong to the edition and are applied afterwards (``giudizio``). In every docstring A is
the result, T the target, B the baseline. Unless said otherwise the formulas are our plain reading
of the practice of Italian health bodies: the two source plans print targets, not formulas.
No function raises for finite inputs.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt

from .arrotondamento import CENTO, ZERO, esatto, netto
from .edizione import Decrescente
from .fasce import Fascia, fascia_di, problemi_fasce, punti_in
from .letture import Comparatore, Verso
from .passi import Codice, Esito, Passo, passo
from .valori import Calcolato, Motivo, NonCalcolabile

_CONFRONTI: dict[Comparatore, Callable[[Decimal, Decimal], bool]] = {
    Comparatore.MAGGIORE_UGUALE: ge,
    Comparatore.MAGGIORE: gt,
    Comparatore.MINORE_UGUALE: le,
    Comparatore.MINORE: lt,
    Comparatore.UGUALE: eq,
}
_CRESCENTI = (Comparatore.MAGGIORE_UGUALE, Comparatore.MAGGIORE)
_DECRESCENTI = (Comparatore.MINORE_UGUALE, Comparatore.MINORE)


def raggiunto(a: Decimal, comparatore: Comparatore, t: Decimal) -> bool:
    """Whether A satisfies the comparison with T, on the values as they are, never rounded."""
    return _CONFRONTI[comparatore](a, t)


def soglia(a: Decimal, comparatore: Comparatore, t: Decimal) -> Esito:
    """100 if A satisfies the comparison with T, else 0.

    T = 0, A = 0 and negative values are compared like any number. Strict comparisons exclude the
    equality: A = 20 against ``<20`` scores 0, against ``<=20`` scores 100.
    """
    si = raggiunto(a, comparatore, t)
    return Esito(Calcolato(CENTO if si else ZERO), (_confronto(a, comparatore, t, si),))


@esatto
def rapporto(
    a: Decimal,
    comparatore: Comparatore,
    t: Decimal,
    *,
    decrescente: Decrescente = Decrescente.SPECULARE,
    massimo: Decimal | None = CENTO,
    minimo: Decimal | None = None,
    se_mancato: Decimal = Decimal("99.99"),
) -> Esito:
    """Attainment in proportion to the target.

    - ``>=``, ``>``: 100·A/T.
    - ``<=``, ``<`` ``speculare``: 100·(2T−A)/T (A = 0 → 200; A = 2T → 0; beyond, negative).
    - ``<=``, ``<`` ``iperbolico``: 100·T/A; A ≤ 0 with T > 0 is better than any ratio →
      ``massimo`` (200, the mirror value of A = 0, when there is no cap).
    - ``=`` has no direction: judged by ``soglia``.
    - T ≤ 0: the ratio means nothing (T = 0) or turns round (T < 0): judged by ``soglia``, so
      T = 0 and A = 0 → 100 with ``>=`` and ``<=``, 0 with ``>`` and ``<``.
    - A < 0 with ``>=``: negative, then the floor.

    A missed target scores at most ``se_mancato`` (A = 20 against ``<20`` has ratio 100 and is
    missed), and 0 when it is under ``minimo``; a score equal to ``minimo`` counts.
    """
    if t <= 0 or comparatore is Comparatore.UGUALE:
        esito = soglia(a, comparatore, t)
        return Esito(esito.punteggio, (passo(Codice.RAPPORTO_NON_DEFINITO, t=t), *esito.passi))
    punti, come = _punti_rapporto(a, comparatore, t, decrescente, massimo)
    return _se_mancato(a, comparatore, t, punti, (come,), minimo, se_mancato)


def _punti_rapporto(
    a: Decimal,
    comparatore: Comparatore,
    t: Decimal,
    decrescente: Decrescente,
    massimo: Decimal | None,
) -> tuple[Decimal, Passo]:
    if comparatore in _CRESCENTI:
        punti = CENTO * a / t
        return punti, passo(Codice.RAPPORTO_CRESCENTE, a=a, t=t, punti=punti)
    if decrescente is Decrescente.SPECULARE:
        punti = CENTO * (2 * t - a) / t
        return punti, passo(Codice.RAPPORTO_SPECULARE, a=a, t=t, punti=punti)
    if a <= 0:
        punti = 2 * CENTO if massimo is None else massimo
        return punti, passo(Codice.RISULTATO_ZERO, a=a, punti=punti)
    punti = CENTO * t / a
    return punti, passo(Codice.RAPPORTO_IPERBOLICO, a=a, t=t, punti=punti)


def _se_mancato(
    a: Decimal,
    comparatore: Comparatore,
    t: Decimal,
    punti: Decimal,
    passi: tuple[Passo, ...],
    minimo: Decimal | None,
    massimo: Decimal,
) -> Esito:
    """Limits of a missed target: at most ``massimo``, 0 under ``minimo``."""
    si = raggiunto(a, comparatore, t)
    passi += (_confronto(a, comparatore, t, si),)
    if si:
        return Esito(Calcolato(punti), passi)
    if punti > massimo:
        passi += (passo(Codice.TARGET_MANCATO, punti=punti, limite=massimo),)
        punti = massimo
    if minimo is not None and netto(punti) < minimo:
        passi += (passo(Codice.MINIMO_PARZIALE, punti=punti, minimo=minimo),)
        punti = ZERO
    return Esito(Calcolato(punti), passi)


@esatto
def interpolazione(
    a: Decimal,
    comparatore: Comparatore,
    t: Decimal,
    b: Decimal,
    *,
    minimo: Decimal | None = None,
    se_mancato: Decimal = Decimal("99.99"),
) -> Esito:
    """Share of the way from baseline to target: 100·(A−B)/(T−B), in either direction.

    A = B → 0; A = T → 100 (99.99 if the comparison is strict); behind the baseline, negative.
    When T is not better than B (B = T, or a target that asks less than the baseline), or the
    comparison is ``=``, there is no way to go: judged by ``soglia``.
    T = 0, A = 0 and negative values need nothing special.
    """
    cammino = t - b if comparatore in _CRESCENTI else b - t
    if cammino <= 0 or comparatore is Comparatore.UGUALE:
        esito = soglia(a, comparatore, t)
        nota = passo(Codice.INTERPOLAZIONE_NON_DEFINITA, b=b, t=t)
        return Esito(esito.punteggio, (nota, *esito.passi))
    punti = CENTO * (a - b) / (t - b)
    come = passo(Codice.INTERPOLAZIONE, a=a, b=b, t=t, punti=punti)
    return _se_mancato(a, comparatore, t, punti, (come,), minimo, se_mancato)


def fasce(x: Decimal, bande: Sequence[Fascia]) -> Esito:
    """Points of the band where x falls: half-open bands, last one closed (``fasce``).

    Fixed points or a line inside the band; outside the scale, the points of the nearest end.
    Bands with gaps or overlaps, or no band: not computable, with what is wrong.
    """
    if guasti := problemi_fasce(bande):
        return Esito(NonCalcolabile(Motivo.PARAMETRO_MANCANTE, " ".join(guasti)))
    fascia = fascia_di(netto(x), bande)
    punti = punti_in(x, fascia)
    return Esito(Calcolato(punti), (_passo_fascia(x, fascia, punti),))


def _passo_fascia(x: Decimal, fascia: Fascia, punti: Decimal) -> Passo:
    da = "" if fascia.da is None else fascia.da
    a = "" if fascia.a is None else fascia.a
    codice = Codice.FASCIA if fascia.punti_a is None else Codice.FASCIA_LINEARE
    return passo(codice, x=x, da=da, a=a, punti=punti)


@esatto
def intervallo(a: Decimal, minimo: Decimal, massimo: Decimal, tolleranza: Decimal = ZERO) -> Esito:
    """100 inside [min, max], then down in a line to 0 at the tolerance (% of the exceeded limit).

    Outside by d: 100·(1 − d/w) with w = tolerance·|limit|/100, never under 0. No tolerance, or a
    limit equal to 0 → 0 as soon as one is outside. Equal limits: a single good value. Limits the
    wrong way round (min > max): not computable.
    """
    if minimo > massimo:
        return Esito(
            NonCalcolabile(Motivo.TARGET_NON_INTERPRETABILE, "i limiti sono scambiati"),
        )
    if minimo <= a <= massimo:
        dentro = passo(Codice.INTERVALLO_DENTRO, a=a, minimo=minimo, massimo=massimo)
        return Esito(Calcolato(CENTO), (dentro,))
    limite = minimo if a < minimo else massimo
    ampiezza = abs(limite) * tolleranza / CENTO
    distanza = abs(a - limite)
    punti = ZERO if distanza >= ampiezza else CENTO * (1 - distanza / ampiezza)
    fuori = passo(
        Codice.INTERVALLO_FUORI,
        a=a,
        limite=limite,
        distanza=distanza,
        ampiezza=ampiezza,
        punti=punti,
    )
    return Esito(Calcolato(punti), (fuori,))


@esatto
def uguaglianza(a: Decimal, t: Decimal, tolleranza: Decimal = ZERO) -> Esito:
    """100 only if A equals T, within the tolerance (% of |T|, limit included), else 0.

    T = 0 has no tolerance: only 0 is equal to it.
    """
    scarto = abs(a - t)
    ammesso = abs(t) * tolleranza / CENTO
    punti = CENTO if scarto <= ammesso else ZERO
    return Esito(
        Calcolato(punti),
        (passo(Codice.UGUAGLIANZA, a=a, t=t, scarto=scarto, ammesso=ammesso, punti=punti),),
    )


def scostamento_data(fatto: date, entro: date, bande: Sequence[Fascia] = ()) -> Esito:
    """Points by the days late (negative = early) on the bands; without bands, 100 if on time.

    Bands are on whole days: with ``[-, 1) → 100, [1, 31) → 50, [31, -] → 0`` the deadline day
    scores 100, the day after 50, 30 days late 50, 31 days late 0.
    """
    giorni = Decimal((fatto - entro).days)
    nota = passo(
        Codice.SCOSTAMENTO, fatto=fatto.isoformat(), entro=entro.isoformat(), giorni=giorni
    )
    if not bande:
        return Esito(Calcolato(CENTO if giorni <= 0 else ZERO), (nota,))
    esito = fasce(giorni, bande)
    return Esito(esito.punteggio, (nota, *esito.passi))


def avanzamento(percento: Decimal) -> Esito:
    """The declared or validated progress of a qualitative goal, in %, as the score.

    A figure outside 0-100 comes out as it is: floor and cap of the edition bring it back.
    """
    return Esito(Calcolato(percento), (passo(Codice.AVANZAMENTO, punti=percento),))


@esatto
def avanzamento_a_passi(pesi: Sequence[Decimal], completati: Sequence[int]) -> Esito:
    """100 · Σ weights of the completed steps / Σ weights; steps are counted from 1.

    A step named twice counts once, a number that is not a step counts nothing. No steps, or
    weights that sum to zero: not computable.
    """
    totale = sum(pesi, ZERO)
    if totale <= 0:
        return Esito(NonCalcolabile(Motivo.PARAMETRO_MANCANTE, "nessun passo con un peso"))
    fatti = [posto for posto in range(1, len(pesi) + 1) if posto in completati]
    somma = sum((pesi[posto - 1] for posto in fatti), ZERO)
    punti = CENTO * somma / totale
    nota = passo(
        Codice.AVANZAMENTO_A_PASSI,
        completati=Decimal(len(fatti)),
        passi=Decimal(len(pesi)),
        somma=somma,
        totale=totale,
        punti=punti,
    )
    return Esito(Calcolato(punti), (nota,))


def tendenza(a: Decimal, b: Decimal, verso: Verso) -> Esito:
    """Improvement wanted (``Riduzione``, ``Miglioramento``): sign of A−B in the wanted direction.

    Better than B → 100; A = B → 0, not yet reached (it is the score of the starting point);
    worse → 0. Zero and negative values are compared like any number.
    """
    if verso is Verso.MANTENIMENTO:
        return mantenimento(a, b, None)
    if a == b:
        return Esito(Calcolato(ZERO), (passo(Codice.TENDENZA_ALLA_PARTENZA, a=a, b=b),))
    meglio = a > b if verso is Verso.CRESCENTE else a < b
    punti = CENTO if meglio else ZERO
    nota = passo(Codice.TENDENZA, a=a, b=b, differenza=a - b, verso=verso.value, punti=punti)
    return Esito(Calcolato(punti), (nota,))


@esatto
def mantenimento(a: Decimal, b: Decimal, verso: Verso | None, tolleranza: Decimal = ZERO) -> Esito:
    """``Mantenimento``: 100 if A is not worse than B by more than the tolerance (% of |B|), else 0.

    With a direction, better than B is also fine (a payment time that falls is kept); without one
    A must stay within the tolerance on both sides. A = B → 100 always; B = 0 has no tolerance.
    """
    ammesso = abs(b) * tolleranza / CENTO
    peggio = {Verso.CRESCENTE: b - a, Verso.DECRESCENTE: a - b}
    scarto = peggio[verso] if verso in peggio else abs(a - b)
    punti = CENTO if scarto <= ammesso else ZERO
    return Esito(
        Calcolato(punti),
        (passo(Codice.MANTENIMENTO, a=a, b=b, ammesso=ammesso, punti=punti),),
    )


@esatto
def obiettivo_di_tendenza(b: Decimal, quanto: Decimal, verso: Verso, *, percento: bool) -> Decimal:
    """Target of a trend with a quantity: ``Incremento ... 5%`` from B = 40 → T = 42.

    T = B ± |B|·q/100 for a percentage, B ± q in the unit of the indicator. The quantity is for
    the period judged: a yearly mean is not compounded over the years.
    """
    passo_avanti = abs(b) * quanto / CENTO if percento else quanto
    return b - passo_avanti if verso is Verso.DECRESCENTE else b + passo_avanti


def si_no(fatto: bool, atteso: bool = True) -> Esito:
    """100 if the answer is the expected one, else 0."""
    punti = CENTO if fatto is atteso else ZERO
    return Esito(Calcolato(punti), (passo(Codice.SI_NO, fatto=fatto, atteso=atteso, punti=punti),))


def comparatore_effettivo(
    comparatore: Comparatore | None, verso: Verso | None
) -> Comparatore | None:
    """The comparison to apply; a bare number (``100%``) takes the direction of the indicator.

    ``None`` when nobody says whether more or less is better.
    """
    if comparatore in _CRESCENTI or comparatore in _DECRESCENTI:
        return comparatore
    if verso is Verso.CRESCENTE:
        return Comparatore.MAGGIORE_UGUALE
    if verso is Verso.DECRESCENTE:
        return Comparatore.MINORE_UGUALE
    return None


def verso_di(comparatore: Comparatore) -> Verso | None:
    """Which way is better according to a comparison; ``None`` for ``=``."""
    if comparatore in _CRESCENTI:
        return Verso.CRESCENTE
    return Verso.DECRESCENTE if comparatore in _DECRESCENTI else None


def _confronto(a: Decimal, comparatore: Comparatore, t: Decimal, si: bool) -> Passo:
    return passo(Codice.CONFRONTO, a=a, comparatore=comparatore.value, t=t, raggiunto=si)
