# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figure of a period from the figures of its parts: sum, mean, last, ratio of the sums."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from . import periodi
from .arrotondamento import ZERO, netto, numero
from .edizione import Edizione
from .letture import Lettura, Tipo
from .misura import Misura, Periodo, Risultato, unita_comune
from .passi import Codice, Passo, passo
from .periodi import Aggregazione
from .prova import Ostacolo, Prova, valore_di_prova
from .valori import MANCANTE, Motivo, NonCalcolabile, Numero


@dataclass(frozen=True)
class Parti:
    """The results that cover a period, in order, and the parts that miss."""

    periodo: Periodo
    risultati: tuple[Risultato, ...]
    mancanti: tuple[str, ...] = ()

    def senza(self, fuori: Sequence[Risultato]) -> "Parti":
        """The same without some of the results."""
        return replace(self, risultati=tuple(uno for uno in self.risultati if uno not in fuori))

    def fino_all_ultima(self) -> "Parti":
        """Of the missing parts only those after the last result: the last does not need others."""
        fine = periodi.mesi(self.risultati[-1].periodo.frazione)[-1]
        dopo = tuple(una for una in self.mancanti if periodi.mesi(una)[-1] > fine)
        return replace(self, mancanti=dopo)

    @property
    def tutte_numeri(self) -> bool:
        """Whether each result has a figure, so that figures can be put together."""
        return all(isinstance(uno.valore, Numero) or _quoziente(uno) for uno in self.risultati)

    @property
    def nome(self) -> str:
        """``trimestri``."""
        return periodi.plurale(uno.periodo.frazione for uno in self.risultati)

    @property
    def coda(self) -> str:
        """`` (manca il 4° trimestre)``, "" when nothing misses."""
        return f" ({periodi.mancano(self.mancanti)})" if self.mancanti else ""


Fatto = tuple[Risultato, tuple[Passo, ...]]


def _somma(misura: Misura, parti: Parti, edizione: Edizione) -> Fatto:
    """Σ aᵢ: 10 + 12 + 9 = 31. One part: itself. Negative figures add up as they are."""
    valori, letti = _valori(misura, parti, edizione)
    totale = netto(sum(valori, ZERO))
    fatto = passo(
        Codice.PERIODI_SOMMA,
        parti=parti.nome,
        addendi=_addendi(valori),
        valore=totale,
        unita=misura.unita,
        mancano=parti.coda,
    )
    return _insieme(misura, parti, totale, f"somma dei {parti.nome}"), (*letti, fatto)


def _media(misura: Misura, parti: Parti, edizione: Edizione) -> Fatto:
    """Σ aᵢ / n; parts of different length weigh their months: (80 · 6 + 90 · 3) / 9."""
    valori, letti = _valori(misura, parti, edizione)
    durate = [len(periodi.mesi(uno.periodo.frazione)) for uno in parti.risultati]
    pari = len(set(durate)) == 1
    pesi = [Decimal(1) if pari else Decimal(durata) for durata in durate]
    somma = sum((valore * peso for valore, peso in zip(valori, pesi, strict=True)), ZERO)
    media = netto(somma / sum(pesi, ZERO))
    fatto = passo(
        Codice.PERIODI_MEDIA if pari else Codice.PERIODI_MEDIA_MESI,
        parti=parti.nome,
        addendi=_addendi(valori) if pari else _addendi(valori, pesi),
        quanti=sum(pesi, ZERO),
        valore=media,
        unita=misura.unita,
        mancano=parti.coda,
    )
    return _insieme(misura, parti, media, f"media dei {parti.nome}"), (*letti, fatto)


def _ultimo(misura: Misura, parti: Parti, edizione: Edizione) -> Fatto:
    """The result of the last part that has one, whole: figure, ratio, progress, text or date."""
    ultimo = parti.risultati[-1]
    fatto = passo(
        Codice.PERIODI_ULTIMO,
        parti=parti.nome,
        parte=periodi.con_articolo(ultimo.periodo.frazione),
        mancano=parti.coda,
    )
    return replace(ultimo, periodo=parti.periodo), (fatto,)


def _rapporto(misura: Misura, parti: Parti, edizione: Edizione) -> Fatto:
    """Σ nᵢ / Σ dᵢ, not the mean of the ratios: (41 + 10) / (50 + 100).

    A part without numerator or denominator stops the sum; a part with denominator 0 adds nothing,
    all of them at 0 is a zero denominator.
    """
    sopra, sotto = _termini(parti.risultati)
    senza = [uno.periodo.frazione for uno in parti.risultati if not _quoziente(uno)]
    if senza:
        quali = ", ".join(periodi.nome(una) for una in senza)
        raise Ostacolo(Motivo.NESSUN_VALORE, f"servono numeratore e denominatore: {quali}")
    fatto = passo(
        Codice.PERIODI_RAPPORTO,
        parti=parti.nome,
        numeratori=_addendi(sopra),
        numeratore=sum(sopra, ZERO),
        denominatori=_addendi(sotto),
        denominatore=sum(sotto, ZERO),
        mancano=parti.coda,
    )
    risultato = replace(
        _insieme(misura, parti, None, f"rapporto delle somme dei {parti.nome}"),
        numeratore=sum(sopra, ZERO),
        denominatore=sum(sotto, ZERO),
    )
    return risultato, (fatto,)


FORME: dict[Aggregazione, Callable[[Misura, Parti, Edizione], Fatto]] = {
    Aggregazione.SOMMA: _somma,
    Aggregazione.MEDIA: _media,
    Aggregazione.ULTIMO: _ultimo,
    Aggregazione.RAPPORTO: _rapporto,
}


def scorpora(parti: Parti, prima: Risultato | None, mese: int) -> Fatto:
    """A cumulative reading for the period, less the one before it if there is one.

    22 at the end of June, 10 at the end of March → 12 in the second quarter; of a ratio the two
    terms are taken away, not the quotients. Progress, texts and dates stay as they are. A reading
    lower than the one before gives a negative figure: the sources correct themselves.
    """
    dopo = parti.risultati[0]
    fine = periodi.nome(f"M{mese:02}")
    if prima is None or not parti.tutte_numeri:
        proprio = dopo.periodo == parti.periodo and not parti.mancanti
        detto = passo(Codice.PERIODI_CUMULO, mese=fine, mancano=parti.coda)
        return replace(dopo, periodo=parti.periodo), () if proprio else (detto,)
    _stesse_unita((prima, dopo))
    segnato = replace(
        dopo,
        periodo=parti.periodo,
        valore=MANCANTE,
        numeratore=None,
        denominatore=None,
        origine=f"differenza fra i cumulati: {dopo.origine or 'origine non indicata'}",
        dimostrativo=dopo.dimostrativo or prima.dimostrativo,
        provvisorio=dopo.provvisorio or prima.provvisorio,
    )
    mesi = {"mese_prima": periodi.nome(f"M{periodi.mesi(prima.periodo.frazione)[-1]:02}")}
    return _sottrai(segnato, dopo, prima, mesi | {"mese": fine, "mancano": parti.coda})


def _sottrai(segnato: Risultato, dopo: Risultato, prima: Risultato, mesi: dict[str, str]) -> Fatto:
    if _quoziente(dopo) and _quoziente(prima):
        numeratori, denominatori = _termini((dopo, prima))
        n, d = numeratori[0] - numeratori[1], denominatori[0] - denominatori[1]
        cresce = passo(Codice.PERIODI_SCORPORO_RAPPORTO, numeratore=n, denominatore=d, **mesi)
        return replace(segnato, numeratore=n, denominatore=d), (cresce,)
    if not (isinstance(dopo.valore, Numero) and isinstance(prima.valore, Numero)):
        raise Ostacolo(Motivo.NESSUN_VALORE, "i due risultati cumulati non si possono sottrarre")
    a, b = dopo.valore.valore, prima.valore.valore
    fatto = passo(Codice.PERIODI_SCORPORO, dopo=a, prima=b, valore=a - b, unita=dopo.unita, **mesi)
    return replace(segnato, valore=Numero(a - b)), (fatto,)


def _quoziente(uno: Risultato) -> bool:
    return uno.numeratore is not None and uno.denominatore is not None


def _termini(risultati: Sequence[Risultato]) -> tuple[list[Decimal], list[Decimal]]:
    return (
        [uno.numeratore or ZERO for uno in risultati],
        [uno.denominatore or ZERO for uno in risultati],
    )


def _valori(
    misura: Misura, parti: Parti, edizione: Edizione
) -> tuple[list[Decimal], tuple[Passo, ...]]:
    """The figure of each part with the step that tells it and its origin.

    A zero denominator stops, naming the part.
    """
    _stesse_unita(parti.risultati)
    valori, letti = [], []
    for uno in parti.risultati:
        muto = replace(uno, dimostrativo=False, provvisorio=False)
        prova = Prova(misura, edizione, Tipo.SOGLIA, Lettura(), muto)
        try:
            valori.append(valore_di_prova(prova))
        except Ostacolo as ostacolo:
            motivo: NonCalcolabile = ostacolo.punteggio
            raise Ostacolo(motivo.motivo, periodi.nome(uno.periodo.frazione)) from None
        letti += prova.passi
    return valori, tuple(letti)


def _stesse_unita(risultati: Iterable[Risultato]) -> None:
    unita = {unita_comune(uno.unita) for uno in risultati}
    if len(unita) > 1:
        dette = ", ".join(sorted(una or "nessuna" for una in unita))
        raise Ostacolo(Motivo.UNITA_DIVERSA, f"i periodi sono in {dette}")


def _insieme(misura: Misura, parti: Parti, valore: Decimal | None, origine: str) -> Risultato:
    """The last part with the figure of all: its progress, text and date stay."""
    ultimo = parti.risultati[-1]
    return replace(
        ultimo,
        periodo=parti.periodo,
        valore=ultimo.valore if valore is None else Numero(valore),
        numeratore=None,
        denominatore=None,
        unita=ultimo.unita or (misura.unita if _quoziente(ultimo) else ""),
        origine=origine,
        dimostrativo=any(uno.dimostrativo for uno in parti.risultati),
        provvisorio=any(uno.provvisorio for uno in parti.risultati),
        recupero=None,
        recupero_motivo="",
    )


def _addendi(valori: Sequence[Decimal], pesi: Sequence[Decimal] = ()) -> str:
    detti = [f"({numero(valore)})" if valore < 0 else numero(valore) for valore in valori]
    if pesi:
        detti = [f"{uno} × {numero(peso)}" for uno, peso in zip(detti, pesi, strict=True)]
    return " + ".join(detti)
