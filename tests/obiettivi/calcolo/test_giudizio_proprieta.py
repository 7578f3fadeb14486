# SPDX-License-Identifier: AGPL-3.0-or-later
import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.edizione import (
    Decrescente,
    Edizione,
    MetodiPredefiniti,
    Metodo,
    Politica,
    SintesiPeriodi,
)
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.giudizio import giudica
from obiettivi.calcolo.letture import (
    Certezza,
    Comparatore,
    Lettura,
    LetturaTarget,
    Tipo,
    Verso,
)
from obiettivi.calcolo.misura import Base, Misura, Periodo, Risultato
from obiettivi.calcolo.spiegazione import spiega_giudizio
from obiettivi.calcolo.valori import Calcolato, Mancante, NonApplicabile, Numero

D = Decimal
GE, GT, LE, LT, _EQ = Comparatore
ANNO = Periodo(2022)
finiti = st.decimals(allow_nan=False, allow_infinity=False)
letture = st.builds(
    Lettura,
    comparatore=st.none() | st.sampled_from(list(Comparatore)),
    valore=st.none() | finiti,
    valore_max=st.none() | finiti,
    unita=st.sampled_from(["", "%", "gg", "data"]),
    periodo=st.sampled_from(["", "T1", "T2", "2022", "2023-T1", "boh"]),
    sede=st.sampled_from(["", "Cremona", "Oglio Po"]),
    quota=st.none() | finiti,
    data=st.sampled_from(["", "", "2022-12-31", "--02-29", "boh"]),
    riferimento=st.sampled_from(["", "", "2019", "anno precedente", "livelli"]),
)
mire = st.builds(
    LetturaTarget,
    testo=st.just("x"),
    tipo=st.sampled_from(list(Tipo)),
    letture=st.lists(letture, max_size=3).map(tuple),
    verso=st.none() | st.sampled_from(list(Verso)),
    certezza=st.sampled_from(list(Certezza)),
    motivo=st.sampled_from(["", "perché"]),
    passi=st.sampled_from([(), ("a", "b")]),
)
risultati = st.builds(
    Risultato,
    periodo=st.sampled_from([ANNO, Periodo(2022, "T1"), Periodo(2022, "T2")]),
    sede=st.sampled_from(["", "", "Cremona", "Oglio Po"]),
    valore=st.one_of(
        finiti.map(Numero),
        st.just(Mancante()),
        st.just(NonApplicabile("x")),
        st.just(Mancante("-")),
    ),
    numeratore=st.none() | finiti,
    denominatore=st.none() | finiti,
    avanzamento=st.none() | finiti,
    passi_completati=st.none() | st.lists(st.integers(-1, 4)).map(tuple),
    esito=st.sampled_from(["", "sì", "fatto quasi"]),
    data=st.none() | st.dates(),
    unita=st.sampled_from(["", "%", "gg"]),
    dimostrativo=st.booleans(),
    provvisorio=st.booleans(),
)
casi = st.builds(
    Misura,
    codice=st.just("X"),
    nome=st.just("X"),
    target=st.none() | mire,
    risultati=st.lists(risultati, max_size=3).map(tuple),
    verso=st.none() | st.sampled_from(list(Verso)),
    unita=st.sampled_from(["", "%", "gg"]),
    base=st.none()
    | st.builds(Base, lettura=st.none() | mire, valore=st.none() | finiti, anno=st.just(2021)),
    riferimento=st.none() | finiti,
    fattore=st.none() | finiti,
    metodo=st.none() | st.sampled_from(list(Metodo)),
    fasce=st.sampled_from([(), (Fascia(None, None, D(50)),), (Fascia(None, D(1), D(0), D(1)),)]),
)
edizioni = st.builds(
    Edizione,
    codice=st.just("e"),
    nome=st.just("E"),
    metodi=st.sampled_from(
        [MetodiPredefiniti(), MetodiPredefiniti(percentuale=Metodo.INTERPOLAZIONE)]
    ),
    decrescente=st.sampled_from(list(Decrescente)),
    minimo_parziale=st.sampled_from([None, D(60)]),
    tolleranza_mantenimento=st.sampled_from([D(0), D(2)]),
    tetto=st.sampled_from([D(100), D(120)]),
    mancanti=st.sampled_from(list(Politica)),
    non_valutabili=st.sampled_from(list(Politica)),
    sintesi_periodi=st.sampled_from(list(SintesiPeriodi)),
)


@settings(deadline=None)
@given(caso=casi, edizione=edizioni)
def test_qualunque_ingresso_finito_da_un_punteggio_nei_limiti_o_un_motivo(
    caso: Misura, edizione: Edizione
) -> None:
    giudizio = giudica(caso, edizione, ANNO)
    assert 0 <= giudizio.copertura <= 100
    assert json.dumps(spiega_giudizio(giudizio))
    if isinstance(giudizio.punteggio, Calcolato):
        assert edizione.tetto is not None
        assert 0 <= giudizio.punteggio.valore <= edizione.tetto
    else:
        assert giudizio.punteggio.frase


@settings(deadline=None)
@given(
    a=st.decimals(-1000, 1000, places=3), b=st.decimals(-1000, 1000, places=3),
    t=st.decimals(-1000, 1000, places=3),
    comparatore=st.sampled_from([GE, GT, LE, LT]), edizione=edizioni,
)  # fmt: skip
def test_un_risultato_migliore_non_prende_meno(
    a: Decimal, b: Decimal, t: Decimal, comparatore: Comparatore, edizione: Edizione
) -> None:
    peggio, meglio = sorted((a, b), reverse=comparatore in (LE, LT))
    mira = LetturaTarget("x", Tipo.SOGLIA, (Lettura(comparatore, t, unita="%"),))
    base = Base(valore=D(0))
    voti = [
        giudica(
            Misura("X", "X", mira, (Risultato(ANNO, valore=Numero(x)),), unita="%", base=base),
            edizione,
            ANNO,
        )
        for x in (peggio, meglio)
    ]
    primo, secondo = (uno.punteggio for uno in voti)
    assert isinstance(primo, Calcolato)
    assert isinstance(secondo, Calcolato)
    assert primo.valore <= secondo.valore
