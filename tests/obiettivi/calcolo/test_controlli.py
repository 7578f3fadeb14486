# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is refused in an edition, and the sentence that says it (the first rules: test_edizione)."""

import json
import re
from dataclasses import fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.edizione import (
    Cancelli,
    Cancello,
    Classe,
    Decrescente,
    Edizione,
    EdizioneNonValida,
    Effetto,
    FasceLivello,
    FasceUnita,
    GruppoAree,
    Insieme,
    Mesi,
    MetodiPredefiniti,
    Metodo,
    PariMerito,
    Pesi,
    Politica,
    PoliticaLivello,
    ProRata,
    Sintesi,
    SintesiLivelli,
    SintesiPeriodi,
    problemi,
)
from obiettivi.calcolo.edizione_dati import come_dati, da_dati
from obiettivi.calcolo.fasce import Fascia
from strumenti.voce import RADICE

D = Decimal
BASE = Edizione(codice="prova", nome="Prova")
DUE = (Fascia(None, D(60), D(0)), Fascia(D(60), None, D(100)))
VUOTO = (Fascia(None, D(1), D(0)), Fascia(D(2), None, D(1)))
SOPRA = (Fascia(None, D(2), D(0)), Fascia(D(1), None, D(1)))
A, B = Classe("A", D(0), D(0)), Classe("B", D(60), D(100))

COMPLETA = replace(
    BASE,
    fasce_unita=(FasceUnita("gg", DUE),),
    moltiplicatori=DUE,
    recupero_massimo=D("12.50"),
    politiche=(PoliticaLivello(Livello.AREA, Politica.ZERO, Politica.BLOCCA),
               PoliticaLivello(Livello.INDICATORE, None, Politica.ZERO)),
    sintesi=SintesiLivelli(area=Sintesi.CONTEGGIO),
    fasce_conteggio=DUE,
    fasce_livelli=(FasceLivello(Livello.SCHEDA, DUE),),
    migliore_con_superiore=(Livello.SCHEDA, Livello.AREA),
    prerequisiti=Cancelli(
        area=Cancello(Effetto.FATTORE, insieme=Insieme.MEDIA, fattori=DUE), scheda=Cancello()
    ),
    minimi=Cancelli(piano=Cancello(Effetto.LIMITA, D(60), limite=D("59.99"))),
    mesi=Mesi(ProRata.PREMIO, D(3)),
    classi=(A, replace(B, premio=D(50), premio_a=D(100), massimo_numero=5, massimo_quota=D(25))),
    pari_merito=PariMerito.ENTRANO,
)  # fmt: skip


def test_ogni_regola_va_e_torna_dal_json() -> None:
    assert problemi(COMPLETA) == []
    assert da_dati(json.loads(json.dumps(come_dati(COMPLETA)))) == COMPLETA


def test_la_prova_del_json_tocca_ogni_regola_nuova() -> None:
    nuove = [campo.name for campo in fields(Edizione)][-12:]
    assert nuove[0] == "classi"
    assert [nome for nome in nuove if getattr(COMPLETA, nome) == getattr(BASE, nome)] == []


def classi(*quali: Classe, **altro: Any) -> Edizione:
    return replace(BASE, classi=quali, **altro)


SBAGLIATE: list[tuple[Edizione, str]] = [
    # bands
    *(
        (replace(BASE, **{campo: bande}), f"{campo}, fra le fasce 1 e 2: c'è {che}.")
        for campo in ("fasce", "fasce_giorni", "moltiplicatori", "fasce_conteggio")
        for bande, che in ((VUOTO, "un vuoto da 1 a 2"), (SOPRA, "una sovrapposizione da 1 a 2"))
    ),
    (
        replace(BASE, fasce_unita=(FasceUnita("gg", VUOTO),)),
        "fasce_unita, «gg», fra le fasce 1 e 2: c'è un vuoto da 1 a 2.",
    ),
    (
        replace(BASE, fasce_unita=(FasceUnita("gg"),)),
        "fasce_unita, «gg»: serve almeno una fascia.",
    ),
    (
        replace(BASE, fasce_unita=(FasceUnita("gg", DUE), FasceUnita(" Giorni", DUE))),
        "fasce_unita: l'unità «gg» compare più di una volta.",
    ),
    (
        replace(BASE, fasce_livelli=(FasceLivello(Livello.SCHEDA),)),
        "fasce_livelli, scheda: serve almeno una fascia.",
    ),
    (
        replace(BASE, sintesi=SintesiLivelli(area=Sintesi.CONTEGGIO)),
        "fasce_conteggio: serve almeno una fascia.",
    ),
    # after the method
    (
        replace(BASE, moltiplicatori=(Fascia(None, None, D(101)),)),
        "moltiplicatori, fascia 1: sotto 100 si moltiplica per un numero fra 0 e 100, altrimenti "
        "un target mancato varrebbe come raggiunto.",
    ),
    (
        replace(BASE, moltiplicatori=(Fascia(None, D(100), D(1)), Fascia(D(100), None, D(-1)))),
        "moltiplicatori, fascia 2: non può essere negativa.",
    ),
    (replace(BASE, recupero_massimo=D(101)), "recupero_massimo: deve stare fra 0 e 100."),
    (replace(BASE, recupero_massimo=D(-1)), "recupero_massimo: deve stare fra 0 e 100."),
    # levels
    (
        replace(BASE, fasce_livelli=(FasceLivello(Livello.INDICATORE, DUE),)),
        "fasce_livelli: l'indicatore non ha un punteggio che viene da altri punteggi.",
    ),
    (
        replace(BASE, fasce_livelli=(FasceLivello(Livello.AREA, DUE),) * 2),
        "fasce_livelli: il livello «area» compare più di una volta.",
    ),
    (
        replace(BASE, migliore_con_superiore=(Livello.INDICATORE,)),
        "migliore_con_superiore: l'indicatore non ha un punteggio che viene da altri punteggi.",
    ),
    (
        replace(BASE, migliore_con_superiore=(Livello.AREA,) * 2),
        "migliore_con_superiore: il livello «area» compare più di una volta.",
    ),
    (
        replace(BASE, politiche=(PoliticaLivello(Livello.AREA),)),
        "politiche: per il livello «area» manca la politica.",
    ),
    (
        replace(BASE, politiche=(PoliticaLivello(Livello.AREA, Politica.ZERO),) * 2),
        "politiche: il livello «area» compare più di una volta.",
    ),
    # gates
    (
        replace(BASE, prerequisiti=Cancelli(scheda=Cancello(Effetto.FATTORE))),
        "prerequisiti.scheda.fattori: serve almeno una fascia.",
    ),
    (
        replace(BASE, prerequisiti=Cancelli(scheda=Cancello(Effetto.FATTORE, fattori=VUOTO))),
        "prerequisiti.scheda.fattori, fra le fasce 1 e 2: c'è un vuoto da 1 a 2.",
    ),
    (
        replace(
            BASE,
            prerequisiti=Cancelli(
                scheda=Cancello(Effetto.FATTORE, fattori=(Fascia(None, None, D(110)),))
            ),
        ),
        "prerequisiti.scheda.fattori: un fattore è una percentuale fra 0 e 100.",
    ),
    (
        replace(BASE, minimi=Cancelli(piano=Cancello(fattori=DUE))),
        "minimi.piano.fattori: servono solo con l'effetto «fattore».",
    ),
    (
        replace(BASE, minimi=Cancelli(piano=Cancello(soglia=D(0)))),
        "minimi.piano.soglia: deve stare fra il pavimento (escluso) e il tetto.",
    ),
    (
        replace(BASE, minimi=Cancelli(piano=Cancello(soglia=D(101)))),
        "minimi.piano.soglia: deve stare fra il pavimento (escluso) e il tetto.",
    ),
    (
        replace(BASE, minimi=Cancelli(piano=Cancello(Effetto.LIMITA))),
        "minimi.piano.limite: con l'effetto «limita» va indicato.",
    ),
    (
        replace(BASE, minimi=Cancelli(piano=Cancello(Effetto.LIMITA, limite=D(100)))),
        "minimi.piano.limite: deve stare fra il pavimento e il tetto, tetto escluso.",
    ),
    (
        replace(BASE, minimi=Cancelli(piano=Cancello(limite=D(50)))),
        "minimi.piano.limite: serve solo con l'effetto «limita».",
    ),
    # months
    (replace(BASE, mesi=Mesi(minimo=D(13))), "mesi.minimo: deve stare fra 0 e 12."),
    (
        replace(BASE, mesi=Mesi(ProRata.PREMIO)),
        "mesi.pro_rata: senza classi non c'è un premio da ridurre.",
    ),
    # classes
    (
        classi(A, replace(B, massimo_numero=0)),
        "classi: il numero massimo della classe «B» deve essere almeno 1.",
    ),
    *(
        (
            classi(A, replace(B, massimo_quota=D(quota))),
            "classi: la quota massima della classe «B» deve superare 0 e non 100.",
        )
        for quota in (0, 101)
    ),
    (
        classi(replace(A, massimo_numero=1), B),
        "classi: la classe «A» è la più bassa e non può avere un massimo.",
    ),
    (
        classi(A, Classe("B", D(60), None, D(50))),
        "classi: la classe «B» dice dove finisce il premio ma non dove comincia.",
    ),
    (
        classi(A, replace(B, premio_a=D(100)), tetto=None),
        "classi: il premio della classe «B» cresce fino al tetto, che non c'è.",
    ),
    (
        classi(replace(A, premio=D(50)), replace(B, premio=D(40))),
        "classi: il premio di «B» è più basso di quello di «A».",
    ),
    # numbers
    (
        replace(BASE, mesi=Mesi(minimo=D("NaN"))),
        "mesi.minimo: NaN non è un numero finito.",
    ),
    (
        replace(BASE, minimi=Cancelli(piano=Cancello(soglia=D("Infinity")))),
        "minimi.piano.soglia: Infinity non è un numero finito.",
    ),
    (
        classi(A, replace(B, massimo_quota=D("NaN"))),
        "classi, B: NaN non è un numero finito.",
    ),
]


@pytest.mark.parametrize(("edizione", "frase"), SBAGLIATE)
def test_ogni_regola_sbagliata_ha_la_sua_frase(edizione: Edizione, frase: str) -> None:
    assert problemi(edizione) == [frase]


TUTTI_I_LIVELLI = tuple(FasceLivello(livello, DUE) for livello in (Livello.SCHEDA, Livello.PIANO))
SOLO_ESTREMI = SintesiLivelli(scheda=Sintesi.TUTTO_O_NIENTE, piano=Sintesi.TUTTO_O_NIENTE)
MEZZO = (A, Classe("B", D(30)), Classe("C", D(70)))


@pytest.mark.parametrize(
    ("regole", "raggiungibile"),
    [
        ({"fasce_livelli": TUTTI_I_LIVELLI}, False),
        ({"fasce_livelli": TUTTI_I_LIVELLI[:1]}, True),  # the plan has no bands
        ({"sintesi": SOLO_ESTREMI}, False),
        ({"sintesi": SOLO_ESTREMI, "mesi": Mesi(ProRata.PUNTEGGIO)}, True),
        ({"sintesi": SOLO_ESTREMI, "migliore_con_superiore": (Livello.SCHEDA,)}, True),
        (
            {
                "sintesi": SOLO_ESTREMI,
                "prerequisiti": Cancelli(piano=Cancello(Effetto.FATTORE, fattori=DUE)),
            },
            True,
        ),
        ({"sintesi": SOLO_ESTREMI, "prerequisiti": Cancelli(piano=Cancello())}, False),
        (
            {
                "sintesi": SintesiLivelli(scheda=Sintesi.CONTEGGIO, piano=Sintesi.CONTEGGIO),
                "fasce_conteggio": DUE,
            },
            False,
        ),
    ],
)
def test_una_classe_in_mezzo_a_gradini_che_la_saltano_non_e_raggiungibile(
    regole: dict[str, Any], raggiungibile: bool
) -> None:
    frase = "classi: nessuno può raggiungere la classe «B» (da 30)."
    assert problemi(replace(BASE, classi=MEZZO, **regole)) == ([] if raggiungibile else [frase])


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        (
            {"prerequisiti": {"scheda": {"sogla": 1}}},
            "prerequisiti.scheda.sogla: campo sconosciuto.",
        ),
        ({"prerequisiti": {"persona": {}}}, "prerequisiti.persona: campo sconosciuto."),
        (
            {"minimi": {"piano": {"effetto": "boh"}}},
            "minimi.piano.effetto: «boh» non va bene, serve uno fra azzera, limita, sbarra, "
            "fattore.",
        ),
        (
            {"politiche": [{"mancanti": "zero"}]},
            "politiche[1].livello: «» non va bene, serve uno fra indicatore, obiettivo, area, "
            "scheda, piano.",
        ),
        (
            {"politiche": [{"livello": "area", "mancanti": 0}]},
            "politiche[1].mancanti: «0» non va bene, serve uno fra escludi, zero, blocca, "
            "o niente.",
        ),
        (
            {"classi": [{"etichetta": "A", "da": 0, "massimo_numero": "1"}]},
            "classi[1].massimo_numero: «1» non va bene, serve un numero intero o niente.",
        ),
        (
            {"mesi": {"pro_rata": "sempre"}},
            "mesi.pro_rata: «sempre» non va bene, serve uno fra nessuno, punteggio, peso, premio.",
        ),
        ({"fasce_unita": {}}, "fasce_unita: «{}» non va bene, serve una lista."),
    ],
)
def test_un_json_storto_dice_quale_campo(dati: dict[str, Any], frase: str) -> None:
    with pytest.raises(EdizioneNonValida) as errore:
        da_dati({"codice": "prova", "nome": "Prova"} | dati)
    assert errore.value.problemi == (frase,)


def test_un_cancello_nullo_e_come_se_non_ci_fosse() -> None:
    dati = {"codice": "prova", "nome": "Prova", "prerequisiti": {"scheda": None}}
    assert da_dati(dati) == BASE


def _parole(tipo: Any) -> set[str]:
    """The names of the fields of a dataclass, or the values of a choice."""
    if isinstance(tipo, type) and issubclass(tipo, StrEnum):
        return {uno.value for uno in tipo}
    return {campo.name for campo in fields(tipo)}


@pytest.mark.parametrize(
    "tipo",
    [
        Edizione, MetodiPredefiniti, Fascia, FasceUnita, FasceLivello, Arrotondamento, GruppoAree,
        Classe, Cancello, Mesi, PoliticaLivello, Metodo, Decrescente, Politica, Pesi, Sintesi,
        SintesiPeriodi, Modo, Livello, Effetto, Insieme, ProRata, PariMerito,
    ],
)  # fmt: skip
def test_il_manuale_dice_ogni_parametro_e_ogni_valore(tipo: Any) -> None:
    pagina = (RADICE / "docs" / "manuale" / "edizione.md").read_text(encoding="utf-8")
    dette = set(re.findall(r'[`"]([a-z_]+)[`"]', pagina))
    assert _parole(tipo) - dette == set()


def test_gli_esempi_del_manuale_sono_edizioni_valide() -> None:
    pagina = (RADICE / "docs" / "manuale" / "edizione.md").read_text(encoding="utf-8")
    esempi = re.findall(r"^```json\n(.*?)^```", pagina, re.MULTILINE | re.DOTALL)
    assert len(esempi) == 6
    for esempio in esempi:
        if esempio.startswith("["):
            dati = {"fasce": json.loads(esempio)}
        elif esempio.startswith("{"):
            dati = json.loads(esempio)
        else:
            dati = json.loads("{" + esempio + "}")
        letta = da_dati({"codice": "prova", "nome": "Prova"} | dati)
        assert letta != BASE
