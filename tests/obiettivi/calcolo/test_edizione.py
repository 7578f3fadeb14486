# SPDX-License-Identifier: AGPL-3.0-or-later
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.edizione import (
    Classe,
    Decrescente,
    Edizione,
    EdizioneNonValida,
    GruppoAree,
    MetodiPredefiniti,
    Metodo,
    Politica,
    SintesiLivelli,
    classe_di,
    convalida,
    problemi,
)
from obiettivi.calcolo.edizione_dati import come_dati, da_dati
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.predefinite import (
    ASST_CREMONA,
    ATS_MILANO,
    ORDINARIA,
    PREDEFINITE,
    edizione_per,
)

D = Decimal
BASE = Edizione(codice="prova", nome="Prova")
RICCA = Edizione(
    codice="ricca",
    nome="Tutte le regole",
    fonte="delibera 12/2022",
    metodi=MetodiPredefiniti(percentuale=Metodo.FASCE, data=Metodo.SCOSTAMENTO_DATA),
    decrescente=Decrescente.IPERBOLICO,
    minimo_parziale=D("60.50"),
    fasce=(Fascia(D(0), D(60), D(0)), Fascia(D(60), D(100), D(50), D(100))),
    fasce_giorni=(Fascia(None, D(1), D(100)), Fascia(D(1), None, D(0))),
    tolleranza_mantenimento=D(2),
    tetto=D(120),
    arrotondamento=Arrotondamento(Modo.TRONCAMENTO, 3, (Livello.AREA, Livello.PIANO)),
    mancanti=Politica.ZERO,
    non_valutabili=Politica.BLOCCA,
    gruppi_aree=(GruppoAree("economica", ("A1",), D(30)), GruppoAree("altre", ("A2",), D(70))),
    classi=(Classe("Insufficiente", D(0), D(0)), Classe("Ottimo", D("95.5"), D(100))),
)


@pytest.mark.parametrize("edizione", [BASE, ORDINARIA, ATS_MILANO, ASST_CREMONA, RICCA])
def test_un_edizione_valida_va_e_torna_dal_json(edizione: Edizione) -> None:
    assert problemi(edizione) == []
    assert da_dati(json.loads(json.dumps(come_dati(edizione)))) == edizione


def test_i_decimali_si_scrivono_come_testo() -> None:
    dati = come_dati(RICCA)
    assert dati["schema"] == "albero/edizione/1"
    assert dati["minimo_parziale"] == "60.50"
    assert dati["fasce_giorni"][0] == {"da": None, "a": "1", "punti": "100", "punti_a": None}
    assert dati["arrotondamento"] == {
        "modo": "troncamento",
        "decimali": 3,
        "livelli": ["area", "piano"],
    }


def test_i_campi_assenti_prendono_il_valore_ordinario() -> None:
    assert da_dati({"codice": "prova", "nome": "Prova"}) == BASE


SBAGLIATE: list[tuple[Edizione, str]] = [
    (replace(BASE, nome=" "), "nome: non può essere vuoto."),
    (
        replace(BASE, metodi=MetodiPredefiniti(tendenza=Metodo.RAPPORTO)),
        "metodi.tendenza: il metodo «rapporto» non si applica a questo tipo di target.",
    ),
    (
        replace(BASE, metodi=MetodiPredefiniti(valore=Metodo.FASCE)),
        "fasce: serve almeno una fascia.",
    ),
    (
        replace(BASE, metodi=MetodiPredefiniti(data=Metodo.SCOSTAMENTO_DATA)),
        "fasce_giorni: serve almeno una fascia.",
    ),
    (
        replace(BASE, fasce=(Fascia(None, D(1), D(0)), Fascia(D(2), None, D(1)))),
        "fasce, fra le fasce 1 e 2: c'è un vuoto da 1 a 2.",
    ),
    (
        replace(BASE, decrescente=Decrescente.IPERBOLICO, tetto=None),
        "tetto: con il rapporto iperbolico serve un tetto, altrimenti un risultato pari a 0 non "
        "avrebbe punteggio.",
    ),
    (
        replace(BASE, pavimento=D(50), tetto=D(50)),
        "tetto: deve superare il pavimento.",
    ),
    (
        replace(BASE, tetto_se_mancato=D(100)),
        "tetto_se_mancato: deve stare fra il pavimento e 100, 100 escluso.",
    ),
    (replace(BASE, minimo_parziale=D(101)), "minimo_parziale: deve stare fra 0 e 100."),
    (
        replace(BASE, soglia_raggiunto=D(101)),
        "soglia_raggiunto: deve stare fra il pavimento (escluso) e il tetto.",
    ),
    (
        replace(BASE, tolleranza_intervallo=D(-1)),
        "tolleranza_intervallo: non può essere negativa.",
    ),
    (
        replace(BASE, arrotondamento=Arrotondamento(decimali=11)),
        "arrotondamento.decimali: deve stare fra 0 e 10.",
    ),
    (
        replace(BASE, arrotondamento=Arrotondamento(livelli=())),
        "arrotondamento.livelli: indicare a quale livello si arrotonda.",
    ),
    (
        replace(BASE, arrotondamento=Arrotondamento(Modo.NESSUNO)),
        "arrotondamento.livelli: senza arrotondamento non si indicano livelli.",
    ),
    (
        replace(BASE, arrotondamento=Arrotondamento(livelli=(Livello.AREA, Livello.AREA))),
        "arrotondamento.livelli: un livello è ripetuto.",
    ),
    (
        replace(BASE, gruppi_aree=(GruppoAree("sola", ("A1",), D(90)),)),
        "gruppi_aree: i pesi sommano a 90, non a 100.",
    ),
    (
        replace(
            BASE,
            gruppi_aree=(GruppoAree("a", ("A1",), D(30)), GruppoAree("b", ("A1",), D(70))),
        ),
        "gruppi_aree: l'area «A1» compare più di una volta.",
    ),
    (
        replace(BASE, gruppi_aree=(GruppoAree("vuoto", (), D(100)),)),
        "gruppi_aree: «vuoto» non elenca nessuna area.",
    ),
    (
        replace(BASE, classi=(Classe("A", D(0)), Classe("B", D(101)))),
        "classi: nessuno può raggiungere la classe «B» (da 101).",
    ),
    (
        replace(BASE, classi=(Classe("A", D(10)),)),
        "classi: sotto 10 non c'è nessuna classe; la prima deve cominciare dal pavimento (0).",
    ),
    (
        replace(BASE, classi=(Classe("A", D(0)), Classe("B", D(0)))),
        "classi: la classe «B» deve cominciare sopra «A».",
    ),
    (
        replace(BASE, classi=(Classe("A", D(0)), Classe("A", D(50)))),
        "classi: un'etichetta è ripetuta.",
    ),
    (
        replace(BASE, classi=(Classe("A", D(0), D(101)),)),
        "classi: il premio della classe «A» deve stare fra 0 e 100.",
    ),
    (replace(BASE, tetto=D("NaN")), "tetto: NaN non è un numero finito."),
    (
        replace(BASE, fasce=(Fascia(None, None, D("Infinity")),)),
        "fasce, fascia 1: Infinity non è un numero finito.",
    ),
]


@pytest.mark.parametrize(("edizione", "frase"), SBAGLIATE)
def test_ogni_regola_sbagliata_ha_la_sua_frase(edizione: Edizione, frase: str) -> None:
    assert problemi(edizione) == [frase]


def test_tutti_i_problemi_escono_insieme() -> None:
    storta = replace(BASE, codice="", minimo_parziale=D(-1), tolleranza_mantenimento=D(-1))
    with pytest.raises(EdizioneNonValida) as errore:
        convalida(storta)
    assert errore.value.problemi == (
        "codice: non può essere vuoto.",
        "tolleranza_mantenimento: non può essere negativa.",
        "minimo_parziale: deve stare fra 0 e 100.",
    )


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({"tettto": "100"}, "tettto: campo sconosciuto."),
        ({"tetto": 99.5}, "tetto: «99.5» non va bene, serve un numero o niente."),
        ({"tetto": "cento"}, "tetto: «cento» non va bene, serve un numero o niente."),
        ({"pavimento": "NaN"}, "pavimento: «NaN» non va bene, serve un numero."),
        ({"pavimento": True}, "pavimento: «True» non va bene, serve un numero."),
        ({"mancanti": "boh"}, "mancanti: «boh» non va bene, serve uno fra escludi, zero, blocca."),
        (
            {"metodi": {"quando": "soglia"}},
            "metodi.quando: campo sconosciuto.",
        ),
        ({"metodi": "soglia"}, "metodi: serve un oggetto con dei campi."),
        ({"fasce": {}}, "fasce: «{}» non va bene, serve una lista."),
        ({"classi": [3]}, "classi[1]: serve un oggetto con dei campi."),
        (
            {"arrotondamento": {"decimali": "2"}},
            "arrotondamento.decimali: «2» non va bene, serve un numero intero.",
        ),
        ({"nome": 3}, "nome: «3» non va bene, serve un testo."),
        ({"schema": "altro/9"}, "schema: serve «albero/edizione/1»."),
    ],
)
def test_un_json_storto_dice_quale_campo(dati: dict[str, Any], frase: str) -> None:
    with pytest.raises(EdizioneNonValida) as errore:
        da_dati({"codice": "prova", "nome": "Prova"} | dati)
    assert errore.value.problemi == (frase,)


@pytest.mark.parametrize(
    ("punteggio", "etichetta"),
    [
        ("0", "Insufficiente"),
        ("95.49", "Insufficiente"),
        ("95.5", "Ottimo"),
        ("120", "Ottimo"),
    ],
)
def test_la_classe_finale_comincia_dal_suo_limite(punteggio: str, etichetta: str) -> None:
    classe = classe_di(D(punteggio), RICCA)
    assert classe is not None
    assert classe.etichetta == etichetta


def test_senza_classi_non_c_e_classe_finale() -> None:
    assert classe_di(D(100), BASE) is None


def test_le_due_aziende_di_esempio_hanno_le_loro_regole() -> None:
    assert sorted(PREDEFINITE) == ["asst-cremona", "ats-milano"]
    assert [(g.aree, g.peso) for g in ASST_CREMONA.gruppi_aree] == [
        (("A1",), D(30)),
        (("A2", "A3", "A4"), D(70)),
    ]
    assert da_dati(edizione_per("ats-milano")["parametri"]) == ATS_MILANO
    assert da_dati(edizione_per("un'altra")["parametri"]) == ORDINARIA


def test_l_indicatore_non_ha_sintesi() -> None:
    with pytest.raises(ValueError, match="non ha una sintesi"):
        SintesiLivelli().di(Livello.INDICATORE)
