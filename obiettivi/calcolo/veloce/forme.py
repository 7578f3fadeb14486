# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shapes of a score along the figure: a step, a slope, a neighbourhood; each piece with what
is done to its points afterwards.
"""

from fractions import Fraction

from ..edizione import Decrescente
from ..letture import Comparatore
from .catene import Catene, Specie
from .regola import NULLA, Limite, Quantita, Zona, costante, limite, zona

CENTO, ZERO, UNO = Fraction(100), Fraction(0), Fraction(1)
UNITA = Quantita(UNO)
CRESCENTI = (Comparatore.MAGGIORE_UGUALE, Comparatore.MAGGIORE)
STRETTI = (Comparatore.MAGGIORE, Comparatore.MINORE)

Zone = tuple[tuple[Zona, Zona, Zona], Limite | None, Limite | None]
"""Below, between and above two edges; an edge that is not there leaves two zones."""


class Forme:
    """The shapes with the chains of an edition, for figures in a unit."""

    def __init__(self, catene: Catene, unita: str) -> None:
        self.catene, self.unita, self.edizione = catene, unita, catene.edizione

    def tutto(self, catena: int) -> Zone:
        una = zona(UNITA, NULLA, NULLA, UNITA, catena)
        return (una, una, una), None, None

    def punti(self, punti: Fraction, specie: Specie = Specie.TALE) -> Zona:
        return costante(punti, self.catene.numero(specie, self.unita))

    def gradino(self, comparatore: Comparatore, t: Quantita, specie: Specie = Specie.TALE) -> Zone:
        si, no = (self.punti(punti, specie) for punti in (CENTO, ZERO))
        orlo = limite(t, verso_fuori=comparatore in STRETTI)
        if comparatore is Comparatore.UGUALE:
            return (no, si, no), orlo, orlo
        if comparatore in CRESCENTI:
            return (no, si, si), orlo, None
        return (si, si, no), None, orlo

    def intorno(self, centro: Quantita, ampiezza: Quantita) -> Zone:
        si, no = self.punti(CENTO), self.punti(ZERO)
        sotto, sopra = (
            limite(x, verso_fuori=False) for x in (centro - ampiezza, centro + ampiezza)
        )
        return (no, si, no), sotto, sopra

    def rapporto(
        self, comparatore: Comparatore, t: Quantita, raggiunto: Specie, mancato: Specie
    ) -> Zone:
        si, no = (self.catene.numero(specie, self.unita) for specie in (raggiunto, mancato))
        if t.verso <= 0 or comparatore is Comparatore.UGUALE:
            return self.gradino(comparatore, t, raggiunto)
        orlo, cento = limite(t, verso_fuori=comparatore in STRETTI), Quantita(CENTO)
        if comparatore in CRESCENTI:
            sale = [zona(cento, NULLA, NULLA, t, catena) for catena in (no, si)]
            return (sale[0], sale[1], sale[1]), orlo, None
        if self.edizione.decrescente is Decrescente.SPECULARE:
            doppio = t.per(2 * CENTO)
            scende = [zona(-cento, doppio, NULLA, t, catena) for catena in (si, no)]
            return (scende[0], scende[0], scende[1]), None, orlo
        tetto = self.edizione.tetto
        migliore = costante(2 * CENTO if tetto is None else Fraction(tetto), si)
        inverse = [zona(NULLA, t.per(CENTO), UNITA, NULLA, catena) for catena in (si, no)]
        return (migliore, inverse[0], inverse[1]), limite(NULLA, verso_fuori=True), orlo

    def interpolazione(self, comparatore: Comparatore, t: Quantita, b: Quantita) -> Zone:
        """The denominator ``t − b`` is positive upwards; downwards both terms change sign."""
        cresce = comparatore in CRESCENTI
        cammino = t - b if cresce else b - t
        if cammino.verso <= 0 or comparatore is Comparatore.UGUALE:
            return self.gradino(comparatore, t)
        segno = CENTO if cresce else -CENTO
        coefficienti = (Quantita(segno), b.per(-segno), NULLA, cammino)
        raggiunto, mancato = (
            zona(*coefficienti, self.catene.numero(specie))
            for specie in (Specie.TALE, Specie.MANCATO)
        )
        orlo = limite(t, verso_fuori=comparatore in STRETTI)
        if cresce:
            return (mancato, raggiunto, raggiunto), orlo, None
        return (raggiunto, raggiunto, mancato), None, orlo

    def fuori(self, orlo: Quantita, segno: Fraction) -> Zona:
        """100·(1 − d/w), with d = ±(edge − A) and w the edge's tolerance."""
        ampiezza = abs(orlo).per(Fraction(self.edizione.tolleranza_intervallo) / 100)
        if not ampiezza.verso:
            return self.punti(ZERO)
        catena = self.catene.numero(Specie.NON_NEGATIVO)
        pendenza = segno * CENTO
        fermo = ampiezza.per(CENTO) - orlo.per(pendenza)
        return zona(Quantita(pendenza), fermo, NULLA, ampiezza, catena)
