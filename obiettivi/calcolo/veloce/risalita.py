# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roll-up without its steps: the same figures as ``aggregazione``, some thirty times faster.

Means are done here; every other rule (counts, minimum, gates, prerequisites, bands of a level,
what blocks) is handed to the reference, node by node, which also keeps the names it needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import mul

from ..aggregazione import Aggregato, Foglia, Nodo, aggrega_figli, pesi_dei
from ..arrotondamento import CENTO, ZERO, Livello
from ..edizione import Edizione, Pesi, Politica, Sintesi
from ..limiti import arrotonda_al_livello, limita
from ..politiche import politica_per, senza_valutati
from ..valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio
from .esiti import Punti

_MEDIE = (Sintesi.MEDIA_PESATA, Sintesi.MEDIA_SEMPLICE)


@dataclass(slots=True)
class Figlio:
    """A child with its score; ``nome`` is asked only if a sentence needs it."""

    punti: Punti
    peso: Decimal | None
    copertura: Decimal
    dimostrativo: bool
    nome: Callable[[], str]
    foglia: bool = True
    prerequisito: bool = False


class Risalita:
    """The roll-up by one edition; call it inside the precision of the package (``esatto``)."""

    def __init__(self, edizione: Edizione) -> None:
        self.edizione = edizione
        self._semplici = {livello: self._semplice(livello) for livello in _LIVELLI}

    def e_media(self, livello: Livello) -> bool:
        """Whether a level is a mean with nothing after it but floor, cap and rounding."""
        return self._semplici[livello]

    def _semplice(self, livello: Livello) -> bool:
        edizione = self.edizione
        dopo = edizione.fasce_di(livello) or edizione.minimi.di(livello)
        return edizione.sintesi.di(livello) in _MEDIE and not dopo

    def nodo(self, livello: Livello, nome: str, figli: Sequence[Figlio]) -> "Figlio":
        """The score of a node from those of its children; weight and gate are the caller's."""
        inventato = any(figlio.dimostrativo for figlio in figli)
        ordinari = [figlio for figlio in figli if not figlio.prerequisito]
        cancello = len(ordinari) < len(figli) and self.edizione.prerequisiti.di(livello)
        if cancello or not self._semplici[livello]:
            return self._per_intero(livello, nome, figli)
        if tutta := self._se_calcolati(livello, ordinari):
            return Figlio(tutta[0], None, tutta[1], inventato, lambda: nome, foglia=False)
        contati = [self._contato(livello, figlio) for figlio in ordinari]
        if _BLOCCA in contati:
            return self._per_intero(livello, nome, figli)
        pesi = self._pesi(ordinari)
        copertura = _copertura(ordinari, pesi)
        punti = self._media(livello, ordinari, contati, pesi)
        if isinstance(punti, Decimal):
            punti = self._dopo(livello, punti)
        return Figlio(punti, None, copertura, inventato, lambda: nome, foglia=False)

    def _se_calcolati(
        self, livello: Livello, figli: Sequence[Figlio]
    ) -> tuple[Decimal, Decimal] | None:
        """Score and coverage where every child has a score and all weights, or none, are written.

        It is so for most nodes; the same operations, in the same order, as for the others.
        """
        valori = [figlio.punti for figlio in figli if isinstance(figlio.punti, Decimal)]
        pesi = [figlio.peso for figlio in figli if figlio.peso is not None]
        if not figli or len(valori) < len(figli) or len(pesi) not in (0, len(figli)):
            return None
        coperture = [figlio.copertura for figlio in figli]
        somma = sum(pesi, ZERO)
        if not pesi:
            copertura = sum(coperture, ZERO) / len(figli)
        elif somma:
            copertura = sum(map(mul, pesi, coperture), ZERO) / somma
        else:
            return None
        if pesi and self.edizione.sintesi.di(livello) is Sintesi.MEDIA_PESATA:
            divisore = CENTO if self.edizione.pesi is Pesi.MANTENUTI else somma
            media = sum(map(mul, pesi, valori), ZERO) / divisore
        else:
            media = sum(valori, ZERO) / len(figli)
        return self._dopo(livello, media), copertura

    def _dopo(self, livello: Livello, punti: Decimal) -> Decimal:
        """Floor, cap and rounding, where they can change something."""
        edizione = self.edizione
        if punti < edizione.pavimento or (edizione.tetto is not None and punti > edizione.tetto):
            punti = limita(punti, edizione)[0]
        if livello in edizione.arrotondamento.livelli:
            punti = arrotonda_al_livello(punti, livello, edizione)[0]
        return punti

    def _contato(self, livello: Livello, figlio: Figlio) -> Decimal | None:
        punti = figlio.punti
        if isinstance(punti, Decimal):
            return punti
        if isinstance(punti, Escluso):
            return None
        politica = politica_per(punti, self.edizione, livello)
        if politica is Politica.BLOCCA:
            return _BLOCCA
        return ZERO if politica is Politica.ZERO else None

    @staticmethod
    def _pesi(figli: Sequence[Figlio]) -> Sequence[Decimal] | None:
        """The weights to use; ``None``: all equal."""
        scritti = [figlio.peso for figlio in figli]
        if all(peso is None for peso in scritti):
            return None
        return pesi_dei(scritti)[0]

    def _media(
        self,
        livello: Livello,
        figli: Sequence[Figlio],
        contati: Sequence[Decimal | None],
        pesi: Sequence[Decimal] | None,
    ) -> Punti:
        dentro = [uno for uno in contati if uno is not None]
        if not dentro:
            return senza_valutati([punteggio_di(figlio.punti) for figlio in figli])
        pesata = self.edizione.sintesi.di(livello) is Sintesi.MEDIA_PESATA
        if pesata and pesi is not None:
            return self._pesata(contati, pesi)
        if pesata and self.edizione.pesi is Pesi.MANTENUTI:
            return sum(dentro, ZERO) / len(figli)
        return sum(dentro, ZERO) / len(dentro)

    def _pesata(self, contati: Sequence[Decimal | None], pesi: Sequence[Decimal]) -> Punti:
        coppie = [(w, v) for w, v in zip(pesi, contati, strict=True) if v is not None]
        somma = sum((w for w, _ in coppie), ZERO)
        if not somma:
            return NonCalcolabile(Motivo.PESI_NULLI)
        prodotti = sum((w * v for w, v in coppie), ZERO)
        return prodotti / (CENTO if self.edizione.pesi is Pesi.MANTENUTI else somma)

    def _per_intero(self, livello: Livello, nome: str, figli: Sequence[Figlio]) -> Figlio:
        """The same node by the reference."""
        loro = tuple(_come_figlio(figlio) for figlio in figli)
        aggregato = aggrega_figli(Nodo(livello, "", nome), loro, self.edizione)
        punteggio = aggregato.punteggio
        return Figlio(
            punteggio.valore if isinstance(punteggio, Calcolato) else punteggio,
            None,
            aggregato.copertura,
            aggregato.dimostrativo,
            lambda: nome,
            foglia=False,
        )


_LIVELLI = (Livello.OBIETTIVO, Livello.AREA, Livello.PIANO)
_BLOCCA = Decimal("-Infinity")


def punteggio_di(punti: Punti) -> Punteggio:
    """The score as the reference says it."""
    return Calcolato(punti) if isinstance(punti, Decimal) else punti


def _copertura(figli: Sequence[Figlio], pesi: Sequence[Decimal] | None) -> Decimal:
    dovuti = [k for k, figlio in enumerate(figli) if not isinstance(figlio.punti, Escluso)]
    if not dovuti:
        return ZERO
    coperture = [_copertura_di(figli[k]) for k in dovuti]
    if pesi is None:
        return sum(coperture, ZERO) / len(dovuti)
    totale = sum((pesi[k] for k in dovuti), ZERO)
    if not totale:
        return ZERO
    valutato = (pesi[k] * copertura for k, copertura in zip(dovuti, coperture, strict=True))
    return sum(valutato, ZERO) / totale


def _copertura_di(figlio: Figlio) -> Decimal:
    return ZERO if figlio.foglia and not isinstance(figlio.punti, Decimal) else figlio.copertura


def _come_figlio(figlio: Figlio) -> Foglia | Aggregato:
    """A child as the reference takes it: a leaf, or a node already rolled up."""
    punteggio = punteggio_di(figlio.punti)
    if figlio.foglia:
        return Foglia(
            "",
            figlio.nome(),
            punteggio,
            figlio.peso,
            figlio.copertura,
            figlio.dimostrativo,
            figlio.prerequisito,
        )
    return Aggregato(
        livello=Livello.OBIETTIVO,
        codice="",
        nome=figlio.nome(),
        punteggio=punteggio,
        copertura=figlio.copertura,
        dimostrativo=figlio.dimostrativo,
        somma_pesi=None,
        contributi=(),
        passi=(),
        peso=figlio.peso,
        prerequisito=figlio.prerequisito,
    )
