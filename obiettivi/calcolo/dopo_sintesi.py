# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to the score of a node after its children have been put together, in this order.

1. **Bands of the level** (``fasce_livelli``): the score becomes the points of its band.
2. **Best of two**: the score of the unit above, when it is better, takes the place of one's own.
3. **Gates**: first the prerequisites, then the minimum asked of the other children. They come
   after the best of two, so that a good unit above does not open a gate that one has missed.
4. **Pro rata** by months, floor and cap, rounding.

Each step says its numbers. A node without a score skips all of this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .arrotondamento import ZERO, Livello, esatto, netto, numero
from .cancelli import Condizione, attraversa
from .classi import passi_classe
from .controlli_classi import LIVELLI_CON_CLASSE
from .edizione import Classe, Edizione, ProRata, classe_di
from .fasce import fascia_di, punti_in
from .limiti import arrotonda_al_livello, limita
from .passi import Codice, Esito, Passo, passo
from .politiche import blocca, contato, passo_politica
from .sintesi import Contributo
from .valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio

DODICI = Decimal(12)
Passi = tuple[Passo, ...]


@dataclass(frozen=True)
class Superiore:
    """The unit above (a department over its units) with the score it got by itself."""

    nome: str
    punteggio: Punteggio
    dimostrativo: bool = False


@esatto
def dopo_la_sintesi(
    punti: Decimal,
    livello: Livello,
    edizione: Edizione,
    *,
    voci: Sequence[Contributo] = (),
    prerequisiti: Sequence[Contributo] = (),
    superiore: Superiore | None = None,
    mesi: Decimal | None = None,
) -> Esito:
    """The score of a node from that of its children: bands, best of two, gates, months, limits."""
    punti, passi = alle_fasce(punti, livello, edizione)
    punti, dopo = migliore(punti, livello, edizione, superiore)
    passi += dopo
    aperto = dai_cancelli(punti, livello, edizione, voci, prerequisiti)
    passi += aperto.passi
    if not isinstance(aperto.punteggio, Calcolato):
        return Esito(aperto.punteggio, passi)
    punti, dei_mesi = pro_rata(aperto.punteggio.valore, mesi, edizione)
    punti, limiti = limita(punti, edizione)
    punti, tondo = arrotonda_al_livello(punti, livello, edizione)
    return Esito(Calcolato(punti), (*passi, *dei_mesi, *limiti, *tondo))


@esatto
def alle_fasce(punti: Decimal, livello: Livello, edizione: Edizione) -> tuple[Decimal, Passi]:
    """The points of the band of the level where the score falls; no bands: the score itself.

    Bands are half-open, the last one closed; beyond the ends, the nearest one.
    """
    bande = edizione.fasce_di(livello)
    if not bande:
        return punti, ()
    fascia = fascia_di(netto(punti), bande)
    esito = punti_in(punti, fascia)
    limiti = {
        "inizio": "" if fascia.da is None else fascia.da,
        "fine": "" if fascia.a is None else fascia.a,
    }
    return esito, (passo(Codice.FASCIA_DEL_LIVELLO, da=punti, **limiti, punti=esito),)


def migliore(
    punti: Decimal, livello: Livello, edizione: Edizione, superiore: Superiore | None
) -> tuple[Decimal, Passi]:
    """max(own, score of the unit above), at the levels of ``migliore_con_superiore``.

    Equal: one's own. A unit above without a score, or none: one's own, and the first is said.
    """
    if superiore is None or livello not in edizione.migliore_con_superiore:
        return punti, ()
    if not isinstance(superiore.punteggio, Calcolato):
        return punti, (passo(Codice.SUPERIORE_SENZA_PUNTEGGIO, nome=superiore.nome),)
    suo = superiore.punteggio.valore
    if netto(suo) <= netto(punti):
        nota = passo(Codice.SUPERIORE_NON_MIGLIORE, nome=superiore.nome, suo=suo, punti=punti)
        return punti, (nota,)
    return suo, (passo(Codice.SUPERIORE_MIGLIORE, nome=superiore.nome, da=punti, punti=suo),)


def dai_cancelli(
    punti: Decimal,
    livello: Livello,
    edizione: Edizione,
    voci: Sequence[Contributo],
    prerequisiti: Sequence[Contributo],
) -> Esito:
    """The two gates of a level, one after the other; the first that stops the score ends it."""
    esito = _dai_prerequisiti(punti, livello, edizione, prerequisiti)
    cancello = edizione.minimi.di(livello)
    if cancello is None or not isinstance(esito.punteggio, Calcolato):
        return esito
    condizioni = [Condizione(v.nome, v.contato, v.peso) for v in voci if v.contato is not None]
    dopo = attraversa(esito.punteggio.valore, cancello, condizioni)
    return Esito(dopo.punteggio, (*esito.passi, *dopo.passi))


def _dai_prerequisiti(
    punti: Decimal, livello: Livello, edizione: Edizione, prerequisiti: Sequence[Contributo]
) -> Esito:
    """The gate of the prerequisites; one without a score follows the policies of the level."""
    cancello = edizione.prerequisiti.di(livello)
    if cancello is None:
        senza = (passo(Codice.PREREQUISITO_SENZA_REGOLA, nome=uno.nome) for uno in prerequisiti)
        return Esito(Calcolato(punti), tuple(senza))
    passi = tuple(_passo_prerequisito(uno, livello, edizione) for uno in prerequisiti)
    bloccanti = [uno.nome for uno in prerequisiti if blocca(uno.punteggio, edizione, livello)]
    if bloccanti:
        return Esito(NonCalcolabile(Motivo.BLOCCATO, "; ".join(bloccanti)), passi)
    condizioni = [
        Condizione(uno.nome, valore, uno.peso)
        for uno in prerequisiti
        if (valore := contato(uno.punteggio, edizione, livello)) is not None
    ]
    dopo = attraversa(punti, cancello, condizioni)
    return Esito(dopo.punteggio, (*passi, *dopo.passi))


def _passo_prerequisito(uno: Contributo, livello: Livello, edizione: Edizione) -> Passo:
    if isinstance(uno.punteggio, Calcolato):
        return passo(Codice.PREREQUISITO, nome=uno.nome, punti=uno.punteggio.valore)
    return passo_politica(uno.nome, uno.punteggio, edizione, livello)


# --- months -------------------------------------------------------------------------------


def mesi_validi(nome: str, mesi: Decimal | None) -> None:
    """Refuse with ``ValueError`` months that are not between 0 and 12."""
    if mesi is not None and not (mesi.is_finite() and ZERO <= mesi <= DODICI):
        raise ValueError(f"I mesi di «{nome}» ({mesi}) devono stare fra 0 e 12.")


def troppo_pochi_mesi(mesi: Decimal | None, edizione: Edizione) -> Escluso | None:
    """Out of the evaluation under the months that the edition asks; the limit is enough."""
    if mesi is None or mesi >= edizione.mesi.minimo:
        return None
    return Escluso(f"{_in_mesi(mesi)} su 12, ne servono almeno {numero(edizione.mesi.minimo)}")


def _in_mesi(mesi: Decimal) -> str:
    return "1 mese" if mesi == 1 else f"{numero(mesi)} mesi"


@esatto
def pro_rata(punti: Decimal, mesi: Decimal | None, edizione: Edizione) -> tuple[Decimal, Passi]:
    """v · months / 12, when the edition reduces the score; no months written: the whole year.

    0 months → 0; 12 → v. The weight is reduced in ``aggregazione``, the bonus in ``classi``.
    """
    if mesi is None or edizione.mesi.pro_rata is not ProRata.PUNTEGGIO:
        return punti, ()
    esito = punti * mesi / DODICI
    return esito, (passo(Codice.PRO_RATA_PUNTEGGIO, da=punti, mesi=mesi, punti=esito),)


# --- class --------------------------------------------------------------------------------


def classe_del_nodo(
    livello: Livello, punteggio: Punteggio, edizione: Edizione, mesi: Decimal | None
) -> tuple[Classe | None, Passi]:
    """The final class of a scheda or a plan and the steps that say it; none at other levels."""
    if livello not in LIVELLI_CON_CLASSE or not isinstance(punteggio, Calcolato):
        return None, ()
    classe = classe_di(netto(punteggio.valore), edizione)
    if classe is None:
        return None, ()
    return classe, passi_classe(punteggio.valore, classe, edizione, mesi)
