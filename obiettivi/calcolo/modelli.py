# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ready-made editions: the families of rules that Italian health bodies publish, as a start.

Each shows one rule and keeps the rest plain; the figures of bands, classes and factors are ours,
to be replaced with those of one's own SMVP. Every one has a worked case by hand in the tests and
its JSON file in ``fixtures/edizioni``.
"""

from dataclasses import replace
from decimal import Decimal

from .arrotondamento import Arrotondamento, Livello, Modo
from .edizione import (
    Cancelli,
    Cancello,
    Classe,
    Edizione,
    Effetto,
    FasceLivello,
    Insieme,
    MetodiPredefiniti,
    Metodo,
    Sintesi,
    SintesiLivelli,
)
from .fasce import Fascia

_FONTE = "Modello del prodotto: da adattare con i numeri del proprio SMVP."
_SESSANTA, _OTTANTA, _CENTO = Decimal(60), Decimal(80), Decimal(100)


def _a_gradini(*gradini: tuple[int, int]) -> tuple[Fascia, ...]:
    """Bands of fixed points from (start, points); the first and the last have no limit."""
    inizi = [None, *(Decimal(da) for da, _ in gradini[1:])]
    fini = [*inizi[1:], None]
    return tuple(
        Fascia(da, a, Decimal(punti))
        for da, a, (_, punti) in zip(inizi, fini, gradini, strict=True)
    )


PROPORZIONALE = Edizione(
    codice="proporzionale",
    nome="Proporzionale semplice",
    fonte=_FONTE,
    metodi=MetodiPredefiniti(
        percentuale=Metodo.RAPPORTO,
        valore=Metodo.RAPPORTO,
        quota_di_casi=Metodo.RAPPORTO,
        riferimento=Metodo.RAPPORTO,
    ),
)

PROPORZIONALE_TRONCATA = replace(
    PROPORZIONALE,
    codice="proporzionale-troncata",
    nome="Proporzione con tetto, troncata a due decimali, medie semplici",
    arrotondamento=Arrotondamento(Modo.TRONCAMENTO, 2, (Livello.INDICATORE,)),
    sintesi=SintesiLivelli(*(Sintesi.MEDIA_SEMPLICE,) * 4),
)

_QUATTRO = _a_gradini((0, 0), (50, 50), (75, 80), (90, 100))
FASCE_UNITA = replace(
    PROPORZIONALE,
    codice="fasce-unita",
    nome="Quattro fasce per unità",
    fasce_livelli=(FasceLivello(Livello.SCHEDA, _QUATTRO), FasceLivello(Livello.PIANO, _QUATTRO)),
)

PARZIALE_MINIMO_60 = replace(
    PROPORZIONALE,
    codice="parziale-minimo-60",
    nome="Raggiungimento parziale con moltiplicatori, minimo 60 %",
    moltiplicatori=_a_gradini((0, 0), (60, 80), (80, 90), (100, 100)),
)

_GRADUATO = Cancello(
    effetto=Effetto.FATTORE,
    insieme=Insieme.MEDIA,
    fattori=_a_gradini((0, 0), (50, 50), (80, 80), (100, 100)),
)
CANCELLO_GRADUATO = replace(
    PROPORZIONALE,
    codice="cancello-graduato",
    nome="Prerequisiti graduati per il totale pesato",
    prerequisiti=Cancelli(scheda=_GRADUATO, piano=_GRADUATO),
)

_ALMENO_60 = Cancello(effetto=Effetto.AZZERA, soglia=_SESSANTA)
AREE_ALMENO_60 = replace(
    PROPORZIONALE,
    codice="aree-almeno-60",
    nome="Tutte le aree almeno a 60",
    minimi=Cancelli(scheda=_ALMENO_60, piano=_ALMENO_60),
)

CONTEGGIO_OBIETTIVI = replace(
    PROPORZIONALE,
    codice="conteggio-obiettivi",
    nome="Numero di obiettivi raggiunti",
    sintesi=SintesiLivelli(area=Sintesi.CONTEGGIO, scheda=Sintesi.CONTEGGIO),
    fasce_conteggio=_a_gradini((0, 0), (2, 50), (3, 80), (4, 100)),
)

CLASSI_PREMIO = replace(
    PROPORZIONALE,
    codice="classi-premio",
    nome="Classi finali con quota di premio",
    classi=(
        Classe("Non adeguata", Decimal(0), premio=Decimal(0)),
        Classe("Adeguata", _SESSANTA, premio=_SESSANTA, premio_a=_OTTANTA),
        Classe("Buona", _OTTANTA, premio=_OTTANTA),
        Classe("Eccellente", Decimal(95), premio=_CENTO, massimo_quota=Decimal(25)),
    ),
)

MODELLI: tuple[Edizione, ...] = (
    PROPORZIONALE,
    PROPORZIONALE_TRONCATA,
    FASCE_UNITA,
    PARZIALE_MINIMO_60,
    CANCELLO_GRADUATO,
    AREE_ALMENO_60,
    CONTEGGIO_OBIETTIVI,
    CLASSI_PREMIO,
)
