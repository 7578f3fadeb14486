# SPDX-License-Identifier: AGPL-3.0-or-later
"""Random measures, results and editions, drawn so that ties and edges are common."""

import random
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import numpy as np

from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.edizione import (
    METODI_AMMESSI,
    Cancelli,
    Cancello,
    Decrescente,
    Edizione,
    Effetto,
    FasceLivello,
    FasceUnita,
    Insieme,
    MetodiPredefiniti,
    Pesi,
    Politica,
    Sintesi,
    SintesiLivelli,
    SintesiPeriodi,
    problemi,
)
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Base, Misura, Periodo, Risultato, chiave
from obiettivi.calcolo.periodi import Aggregazione, Cumulo
from obiettivi.calcolo.valori import Mancante, NonApplicabile, Numero
from obiettivi.calcolo.veloce.regola import Classe
from obiettivi.calcolo.veloce.risultati import AGGREGAZIONI, CUMULI, FRAZIONI, SCALA, Risultati

D = Decimal
ANNO = 2024
SEDI = ("Cremona", "Oglio Po")
NUMERI = [D(x) for x in ("0", "1", "2", "3", "7", "20", "50", "60", "75", "80", "90", "95", "99.99",
                         "99.995", "100", "100.005", "120", "200", "0.5", "1.5", "33.3333", "-5",
                         "12.345", "0.0001", "1234567.8901", "99999999999.9999")]  # fmt: skip
POCHI = (("T1",), ("",), ("T1", "T3"), ("S1", "S2"), (), ("T4", ""), ("S1", "T3", "T4"))
FASCE = (
    (),
    (Fascia(None, D(60), D(0)), Fascia(D(60), D(90), D(50)), Fascia(D(90), None, D(100))),
    (Fascia(D(0), D(50), D(0), D(40)), Fascia(D(50), D(100), D(50), D(100))),
    (Fascia(None, D(80), D(100)), Fascia(D(80), D(120), D(100), D(0))),
)
LIMITE_50 = Cancello(Effetto.LIMITA, D(80), Insieme.MEDIA, limite=D(50))
MOLTIPLICATORI = (
    *[()] * 7,
    (Fascia(None, D(60), D(0)), Fascia(D(60), D(100), D(80)), Fascia(D(100), None, D(100))),
    (Fascia(D(0), D(100), D(50), D(100)),),
)


def numero(caso: random.Random) -> Decimal:
    """A figure with at most four decimals, often one of those that make ties."""
    if caso.random() < 0.6:
        return caso.choice(NUMERI)
    return D(caso.randint(-2000, 2_000_000)).scaleb(-caso.choice((0, 0, 1, 2, 4)))


def edizione(caso: random.Random) -> Edizione:
    """Any rules that an office could write and that the checks let through."""
    while True:
        una = _edizione(caso)
        if not problemi(una):
            return una


def _edizione(caso: random.Random) -> Edizione:
    metodi = {nome: caso.choice(sorted(ammessi)) for nome, ammessi in METODI_AMMESSI.items()}
    fasce = caso.choice(FASCE)
    livelli = tuple(uno for uno in Livello if caso.random() < 0.4)
    return Edizione(
        codice="e",
        nome="E",
        metodi=MetodiPredefiniti(**metodi),
        decrescente=caso.choice(list(Decrescente)),
        minimo_parziale=caso.choice((None, None, D(50), D(60))),
        tetto_se_mancato=caso.choice((D("99.99"), D(95), D(100))),
        fasce=fasce,
        fasce_giorni=FASCE[1],
        fasce_unita=caso.choice(((), (FasceUnita("gg", FASCE[3]),))),
        tolleranza_intervallo=caso.choice((D(0), D(10), D("2.5"))),
        tolleranza_uguaglianza=caso.choice((D(0), D(1))),
        tolleranza_mantenimento=caso.choice((D(0), D("1.5"))),
        pavimento=caso.choice((D(0), D(0), D(-20), D(10))),
        tetto=caso.choice((D(100), D(100), D(120), None)),
        moltiplicatori=caso.choice(MOLTIPLICATORI),
        arrotondamento=Arrotondamento(
            caso.choice(list(Modo)), caso.choice((0, 1, 2, 2, 4, 8, 10)), livelli
        ),
        mancanti=caso.choice(list(Politica)),
        non_valutabili=caso.choice(list(Politica)),
        pesi=caso.choice(list(Pesi)),
        sintesi=SintesiLivelli(*caso.choices([*Sintesi, *[Sintesi.MEDIA_PESATA] * 8], k=4)),
        fasce_conteggio=FASCE[1],
        fasce_livelli=caso.choice(((), (), (FasceLivello(Livello.AREA, FASCE[1]),))),
        minimi=caso.choice((Cancelli(), Cancelli(), Cancelli(area=Cancello(soglia=D(60))))),
        prerequisiti=caso.choice((Cancelli(), Cancelli(area=LIMITE_50))),
        sintesi_periodi=caso.choice(list(SintesiPeriodi)),
    )  # fmt: skip


def lettura(caso: random.Random, tipo: Tipo, unita: str, periodo: str = "") -> Lettura:
    return Lettura(
        comparatore=caso.choice((None, *Comparatore)),
        valore=None if caso.random() < 0.04 else numero(caso),
        valore_max=numero(caso)
        if tipo is Tipo.INTERVALLO or (tipo is Tipo.SOGLIA and caso.random() < 0.05)
        else None,
        unita=caso.choice((unita, unita, unita, "", "%", "gg", "€")),
        periodo=periodo,
        quota=numero(caso) if tipo is Tipo.QUOTA_DI_CASI else None,
        data="2024-06-30" if tipo is Tipo.SOGLIA and caso.random() < 0.05 else "",
        riferimento=caso.choice(("", "", "2023", "anno precedente", "livelli pre-covid"))
        if tipo is Tipo.TENDENZA
        else "",
    )


@lru_cache(maxsize=1)
def _tipi() -> tuple[Tipo, ...]:
    frequenti = (
        Tipo.QUOTA_DI_CASI, Tipo.INTERVALLO, Tipo.PER_PERIODO, Tipo.TENDENZA, Tipo.PER_SEDE,
    )  # fmt: skip
    return (*Tipo, *[Tipo.SOGLIA] * 12, *frequenti * 2)


def mira(caso: random.Random, unita: str) -> LetturaTarget | None:
    tipo = caso.choice(_tipi())
    if caso.random() < 0.02:
        return None
    if tipo is Tipo.PER_PERIODO:
        parti = caso.choice(
            (("T1", "T2", "T3", "T4"), ("T2", "T4"), ("S1", "S2"), ("T1",), ("2024",))
        )
        letture = tuple(lettura(caso, tipo, unita, parte) for parte in parti)
    elif tipo in (Tipo.DA_DEFINIRE, Tipo.NON_DISPONIBILE, Tipo.NON_INTERPRETABILE):
        letture = ()
    elif tipo is Tipo.PER_SEDE:
        letture = per_sede(caso, unita)
    elif tipo is Tipo.SOGLIA and caso.random() < 0.05:
        letture = (lettura(caso, tipo, unita), lettura(caso, tipo, unita))
    else:
        letture = (lettura(caso, tipo, unita),)
    return LetturaTarget(
        "testo", tipo, letture, caso.choice((None, None, *Verso)), motivo=caso.choice(("", "boh"))
    )


def per_sede(caso: random.Random, unita: str) -> tuple[Lettura, ...]:
    """Comparisons for one site or more, written as people write them; now and then one is odd."""
    sedi = caso.choice((("Cremona",), SEDI, SEDI, (*SEDI, "Crema"), ("Cremona", "CREMONA")))
    letture = [replace(lettura(caso, Tipo.PER_SEDE, unita), sede=sede) for sede in sedi]
    if caso.random() < 0.05:
        letture.append(lettura(caso, Tipo.PER_SEDE, unita))
    if caso.random() < 0.05:
        letture[0] = replace(letture[0], periodo="T1")
    return tuple(letture)


def risultato(caso: random.Random, frazione: str, sede: str = "") -> Risultato:
    """A result as a row of the table can hold it."""
    vuoto = {
        "periodo": Periodo(ANNO, frazione), "dimostrativo": caso.random() < 0.2, "sede": sede,
    }  # fmt: skip
    quale = caso.random()
    if quale < 0.45:
        return Risultato(valore=Numero(numero(caso)), **vuoto)
    if quale < 0.88:
        denominatore = D(0) if caso.random() < 0.04 else numero(caso)
        return Risultato(numeratore=numero(caso), denominatore=denominatore, **vuoto)
    if quale < 0.93:
        return Risultato(avanzamento=D(caso.randint(0, 1_000_000)).scaleb(-4), **vuoto)
    if quale < 0.95:
        return Risultato(valore=Mancante(), **vuoto)
    if quale < 0.97:
        return Risultato(valore=NonApplicabile(caso.choice(("chiuso", "non dovuto"))), **vuoto)
    if quale < 0.985:
        return Risultato(esito=caso.choice(("sì", "no", "quasi")), **vuoto)
    return Risultato(valore=Numero(numero(caso)), avanzamento=D(50), **vuoto)


def delle_sedi(caso: random.Random, quali: tuple[str, ...]) -> tuple[Risultato, ...]:
    """Results of some sites, with or without those of the whole azienda."""
    sedi = caso.choice((SEDI, SEDI, SEDI, ("", *SEDI), ("oglio  PO",), ("", "Crema"), ("",)))
    quando = caso.choice((quali, quali, ("T1", "T2", "T3", "T4"), ("T1", "T4"), ("",)))
    return tuple(
        risultato(caso, una, sede) for sede in sedi for una in quando if caso.random() < 0.95
    )


def misura(caso: random.Random) -> Misura:
    quali = caso.choice((*[FRAZIONI] * 12, *[("T1", "T2", "T3", "T4")] * 3, *POCHI))
    unita = caso.choice(("", "%", "%", "gg", "euro"))
    target = mira(caso, unita)
    a_sedi = target is not None and target.tipo is Tipo.PER_SEDE
    return Misura(
        codice="X",
        nome="X",
        target=target,
        risultati=delle_sedi(caso, quali)
        if a_sedi or caso.random() < 0.05
        else tuple(risultato(caso, una) for una in quali),
        verso=caso.choice((None, *Verso)),
        unita=unita,
        base=None
        if caso.random() < 0.1
        else Base(valore=numero(caso), anno=caso.choice((None, 2023, 2023, 2022))),
        riferimento=None if caso.random() < 0.2 else numero(caso),
        aggregazione=caso.choice(list(Aggregazione)),
        cumulo=caso.choice((*[Cumulo.NESSUNO] * 20, *Cumulo)),
        eredita_target=caso.choice((None, True, True, True, False)),
    )


@dataclass
class Tabella:
    """The results of some measures as the columns that the fast path takes."""

    misure: list[Misura]

    def risultati(self) -> Risultati:
        sedi: dict[tuple[int, str], int] = {}
        for riga, una in enumerate(self.misure):
            for sede in sorted({chiave(suo.sede) for suo in una.risultati if suo.sede}):
                sedi[riga, sede] = len(self.misure) + len(sedi)
        righe = [*self.misure, *(self.misure[riga] for riga, _sede in sedi)]
        tutti = Risultati.vuoti(
            np.array([AGGREGAZIONI.index(m.aggregazione) for m in righe]),
            np.array([CUMULI.index(m.cumulo) for m in righe]),
        )
        tutti.sedi = sedi
        for riga, una in enumerate(self.misure):
            for suo in una.risultati:
                dove = sedi[riga, chiave(suo.sede)] if suo.sede else riga
                self._metti(tutti, dove, FRAZIONI.index(suo.periodo.frazione), suo)
        return tutti

    def _metti(self, tutti: Risultati, riga: int, dove: int, suo: Risultato) -> None:
        classe, n, d = _classe(suo)
        tutti.classe[riga, dove] = classe
        tutti.n[riga, dove], tutti.d[riga, dove] = n, d
        tutti.dimostrativo[riga, dove] = suo.dimostrativo
        if isinstance(suo.valore, NonApplicabile):
            tutti.testi[riga, dove] = suo.valore.motivo
        elif suo.esito:
            tutti.testi[riga, dove] = suo.esito


def _classe(suo: Risultato) -> tuple[Classe, int, int]:
    if isinstance(suo.valore, NonApplicabile):
        return Classe.NON_APPLICABILE, 0, 1
    if suo.numeratore is not None and suo.denominatore is not None:
        classe = Classe.RAPPORTO if suo.denominatore else Classe.DENOMINATORE_ZERO
        return classe, int(suo.numeratore * SCALA), int(suo.denominatore * SCALA)
    if isinstance(suo.valore, Numero):
        classe = Classe.VALORE if suo.avanzamento is None else Classe.ALTRO
        return classe, int(suo.valore.valore * SCALA), SCALA
    if suo.avanzamento is not None:
        return Classe.AVANZAMENTO, int(suo.avanzamento * SCALA), SCALA
    return (Classe.TESTO, 0, 1) if suo.esito else (Classe.MANCANTE, 0, 1)
