# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checks on the final classes: in order, from the floor, within reach, with a fair bonus."""

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from .arrotondamento import CENTO, ZERO, Livello, italiano, numero
from .fasce import Fascia
from .regole import Cancello, Classe, Effetto, ProRata, Sintesi

if TYPE_CHECKING:
    from .edizione import Edizione

LIVELLI_CON_CLASSE = (Livello.SCHEDA, Livello.PIANO)
Tratto = tuple[Decimal, Decimal | None]


def problemi_classi(edizione: "Edizione") -> list[str]:
    """What is wrong with the classes; no class at all is fine."""
    if not edizione.classi:
        return []
    scala = _scala(edizione) or _irraggiungibili(edizione)
    return [*scala, *_premi(edizione), *_tetti(edizione)]


def _scala(edizione: "Edizione") -> list[str]:
    classi = edizione.classi
    etichette = [classe.etichetta for classe in classi]
    trovati = [
        f"classi: la classe «{dopo.etichetta}» deve cominciare sopra «{prima.etichetta}»."
        for prima, dopo in pairwise(classi)
        if dopo.da <= prima.da
    ]
    if len(set(etichette)) != len(etichette):
        trovati.append("classi: un'etichetta è ripetuta.")
    if classi[0].da > edizione.pavimento:
        trovati.append(
            f"classi: sotto {numero(classi[0].da)} non c'è nessuna classe; la prima deve "
            f"cominciare dal pavimento ({italiano(edizione.pavimento)})."
        )
    return trovati


# --- reach --------------------------------------------------------------------------------


def _irraggiungibili(edizione: "Edizione") -> list[str]:
    tratti = [tratto for livello in LIVELLI_CON_CLASSE for tratto in _tratti(livello, edizione)]
    fini = [*(classe.da for classe in edizione.classi[1:]), None]
    return [
        f"classi: nessuno può raggiungere la classe «{classe.etichetta}» (da {numero(classe.da)})."
        for classe, fine in zip(edizione.classi, fini, strict=True)
        if not any(_si_toccano(tratto, classe, fine) for tratto in tratti)
    ]


def _si_toccano(tratto: Tratto, classe: Classe, fine: Decimal | None) -> bool:
    """Whether some score of the stretch falls in the class, ``[da, fine)``."""
    basso, alto = tratto
    return (alto is None or alto >= classe.da) and (fine is None or basso < fine)


def _tratti(livello: Livello, edizione: "Edizione") -> list[Tratto]:
    """The scores that a level can have, as closed stretches, floor and cap applied."""
    tratti = _dalla_sintesi(livello, edizione)
    if _continuo(livello, edizione):
        tratti = [(edizione.pavimento, _massimo(tratti))]
    if any(uno.effetto is Effetto.AZZERA for uno in _cancelli(livello, edizione)):
        tratti = [*tratti, (ZERO, ZERO)]
    return [_entro(tratto, edizione) for tratto in tratti]


def _massimo(tratti: list[Tratto]) -> Decimal | None:
    finiti = [alto for _, alto in tratti if alto is not None]
    return max(finiti) if len(finiti) == len(tratti) else None


def _cancelli(livello: Livello, edizione: "Edizione") -> list[Cancello]:
    trovati = (edizione.prerequisiti.di(livello), edizione.minimi.di(livello))
    return [uno for uno in trovati if uno is not None]


def _dalla_sintesi(livello: Livello, edizione: "Edizione") -> list[Tratto]:
    if bande := edizione.fasce_di(livello):
        return [_tratto(fascia) for fascia in bande]
    sintesi = edizione.sintesi.di(livello)
    if sintesi is Sintesi.TUTTO_O_NIENTE:
        return [(ZERO, ZERO), (CENTO, CENTO)]
    if sintesi is Sintesi.CONTEGGIO and edizione.fasce_conteggio:
        return [_tratto(fascia) for fascia in edizione.fasce_conteggio]
    return [(edizione.pavimento, edizione.tetto)]


def _tratto(fascia: Fascia) -> Tratto:
    fine = fascia.punti if fascia.punti_a is None else fascia.punti_a
    return min(fascia.punti, fine), max(fascia.punti, fine)


def _continuo(livello: Livello, edizione: "Edizione") -> bool:
    """Whether something after the roll-up can bring a score to any lower figure."""
    riducono = (Effetto.FATTORE, Effetto.LIMITA)
    return (
        edizione.mesi.pro_rata is ProRata.PUNTEGGIO
        or livello in edizione.migliore_con_superiore
        or any(uno.effetto in riducono for uno in _cancelli(livello, edizione))
    )


def _entro(tratto: Tratto, edizione: "Edizione") -> Tratto:
    basso, alto = tratto
    if edizione.tetto is None:
        return max(basso, edizione.pavimento), alto
    alto = edizione.tetto if alto is None else min(alto, edizione.tetto)
    return min(max(basso, edizione.pavimento), edizione.tetto), max(alto, edizione.pavimento)


# --- bonus and caps -----------------------------------------------------------------------


def _premi(edizione: "Edizione") -> list[str]:
    trovati = [
        f"classi: il premio della classe «{classe.etichetta}» deve stare fra 0 e 100."
        for classe in edizione.classi
        if any(not ZERO <= premio <= CENTO for premio in _estremi(classe))
    ]
    trovati += [
        f"classi: la classe «{classe.etichetta}» dice dove finisce il premio ma non dove comincia."
        for classe in edizione.classi
        if classe.premio is None and classe.premio_a is not None
    ]
    if edizione.classi[-1].premio_a is not None and edizione.tetto is None:
        trovati.append(
            f"classi: il premio della classe «{edizione.classi[-1].etichetta}» cresce fino al "
            "tetto, che non c'è."
        )
    trovati += [
        f"classi: il premio di «{dopo.etichetta}» è più basso di quello di «{prima.etichetta}»."
        for prima, dopo in pairwise(edizione.classi)
        if _estremi(prima) and _estremi(dopo) and min(_estremi(dopo)) < max(_estremi(prima))
    ]
    return trovati


def _estremi(classe: Classe) -> list[Decimal]:
    return [premio for premio in (classe.premio, classe.premio_a) if premio is not None]


def _tetti(edizione: "Edizione") -> list[str]:
    trovati = [
        f"classi: il numero massimo della classe «{classe.etichetta}» deve essere almeno 1."
        for classe in edizione.classi
        if classe.massimo_numero is not None and classe.massimo_numero < 1
    ]
    trovati += [
        f"classi: la quota massima della classe «{classe.etichetta}» deve superare 0 e non 100."
        for classe in edizione.classi
        if classe.massimo_quota is not None and not ZERO < classe.massimo_quota <= CENTO
    ]
    bassa = edizione.classi[0]
    if bassa.massimo_numero is not None or bassa.massimo_quota is not None:
        trovati.append(
            f"classi: la classe «{bassa.etichetta}» è la più bassa e non può avere un massimo."
        )
    return trovati
