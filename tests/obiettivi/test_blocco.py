# SPDX-License-Identifier: AGPL-3.0-or-later
"""The path of the runs writes, row by row, what the reference would."""

import random
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from obiettivi.azioni import esecuzione
from obiettivi.azioni.calcolo import righe_di
from obiettivi.blocco import regolario
from obiettivi.calcolo.edizione_dati import come_dati, da_dati
from obiettivi.calcolo.misura import Misura
from obiettivi.calcolo.predefinite import ORDINARIA, TUTTE
from obiettivi.espressioni import leggi
from obiettivi.models import Calcolo, Raggiungimento
from obiettivi.raccolta import raccogli
from obiettivi.valutazione import valuta
from piani.models import Piano
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
)
from tests.ricalcolo import ricalcola

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
D = Decimal
STAMPATI = (
    "≥ 95%", "100%", "≤ 49", "57,53 GG", "tra 40 e 60", "≤ 21 gg. da calendario nel 90% dei casi",
    "1° trim: 80% 2° trim: 85% 3° trim: 85% 4° trim: 90%", "Riduzione", "Benchmark regionale",
    "Da definire secondo indicazioni Regionali", "Sì", "Consolidamento", "boh ≥≥", "< 20%",
    "87,29% Cremona 55,18% Oglio Po", "Mantenimento", "entro il 31/12/2022",
    "entro il 30/06/2022",
)  # fmt: skip


def rilevazioni(caso: random.Random, indicatore: object) -> None:
    for frazione in caso.choice((("",), ("T1", "T2", "T3", "T4"), ("T1", "T2"), ("S1", "S2"), ())):
        quale = caso.random()
        dati: dict[str, object] = {"valore": None}
        if quale < 0.4:
            dati["valore"] = D(caso.choice((95, 50, 20, 49, 100, 0, caso.randint(0, 2000)))) / 1
        elif quale < 0.8:
            dati["numeratore"] = D(caso.randint(0, 60))
            dati["denominatore"] = D(caso.choice((0, 20, 60, 60, 77)))
        elif quale < 0.85:
            dati["avanzamento"] = D(caso.randint(0, 100))
        elif quale < 0.9:
            dati["data"] = date(2022, caso.choice((5, 6, 7, 12)), caso.choice((1, 15, 30)))
        elif quale < 0.95:
            dati |= {"stato": "non_applicabile", "testo": "reparto chiuso"}
        else:
            dati["stato"] = "mancante"
        sede = caso.choice(("", "", "", "", "Cremona"))
        RilevazioneFactory(
            indicatore=indicatore, frazione=frazione, sede=sede,
            dimostrativa=caso.random() < 0.1, **dati,
        )  # fmt: skip


def piano_a_caso(caso: random.Random, parametri: dict[str, object]) -> Piano:
    piano = PianoFactory()
    EdizioneFactory(azienda=piano.azienda, parametri=parametri)
    for numero in range(3):
        area = AreaFactory(piano=piano, tipo="linea" if numero == 2 else "area")
        for _ in range(caso.randint(0, 3)):
            obiettivo = ObiettivoFactory(
                area=area, prerequisito=caso.random() < 0.1, peso=caso.choice((None, 20, 50))
            )
            for _ in range(caso.randint(0, 4)):
                indicatore = IndicatoreFactory(
                    azienda=piano.azienda,
                    unita=caso.choice(("%", "%", "gg", "€", "")),
                    verso=caso.choice(("crescente", "crescente", "decrescente", "")),
                    tipo_formula=caso.choice(("diretto", "rapporto", "si_no", "data")),
                    aggregazione=caso.choice(("ultimo", "somma", "media", "rapporto_delle_somme")),
                )
                misura = MisuraFactory(
                    obiettivo=obiettivo, indicatore=indicatore, peso=caso.choice((None, None, 30))
                )
                if caso.random() < 0.95:
                    TargetFactory(misura=misura, stampato=caso.choice(STAMPATI))
                rilevazioni(caso, indicatore)
    return piano


def del_riferimento(piano: Piano, frazione: str) -> dict[tuple[str, int], Raggiungimento]:
    edizione = piano.azienda.edizioni_smvp.get()
    calcolo = Calcolo(piano=piano, prospettiva="consuntivo", anno=2022, frazione=frazione)
    valutazione = valuta(raccogli(piano, "consuntivo", 2022, frazione), da_dati(edizione.parametri))
    return {(riga.livello, riga.oggetto): riga for riga in righe_di(calcolo, valutazione)}


def esiti(riga: Raggiungimento) -> tuple[object, ...]:
    return tuple(getattr(riga, campo) for campo in Raggiungimento.ESITO)


@pytest.mark.parametrize("posto", range(len(TUTTE)))
def test_i_punteggi_salvati_sono_quelli_del_riferimento(posto: int) -> None:
    caso = random.Random(posto)  # noqa: S311 -- cases, not secrets
    piani = [piano_a_caso(caso, come_dati(tuple(TUTTE.values())[posto])) for _ in range(3)]
    frazioni = ["", "T1", "T4", "S1"]
    resoconto = ricalcola(
        [piano.pk for piano in piani], prospettiva="consuntivo", anno=2022, frazioni=frazioni
    )
    assert resoconto.falliti == []
    for piano in piani:
        for frazione in frazioni:
            salvate = Raggiungimento.objects.filter(piano=piano, frazione=frazione)
            avute = {(riga.livello, riga.oggetto): esiti(riga) for riga in salvate}
            attese = del_riferimento(piano, frazione)
            assert avute == {chiave: esiti(riga) for chiave, riga in attese.items()}
    ancora = ricalcola(
        [piano.pk for piano in piani], prospettiva="consuntivo", anno=2022, frazioni=frazioni
    )
    assert ancora.scritti == 0


@pytest.mark.parametrize("limite", ["VOCI_TENUTE", "FORME_TENUTE"])
def test_ciò_che_si_dimentica_dei_target_si_rilegge(
    limite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caso = random.Random(11)  # noqa: S311 -- cases, not secrets
    piani = [piano_a_caso(caso, come_dati(ORDINARIA)) for _ in range(4)]
    conosciute = []
    for _giro in range(2):
        monkeypatch.setattr(regolario, "_vocabolari", regolario._Vocabolari())
        monkeypatch.setattr(esecuzione, "_regolari", {})
        for piano in piani:
            ricalcola([piano.pk], prospettiva="consuntivo", anno=2022, frazioni=[""])
            salvate = Raggiungimento.objects.filter(piano=piano, frazione="")
            avute = {(riga.livello, riga.oggetto): esiti(riga) for riga in salvate}
            attese = del_riferimento(piano, "")
            assert avute == {chiave: esiti(riga) for chiave, riga in attese.items()}
            salvate.delete()
        conosciute.append(sum(len(uno.voci) for uno in regolario._vocabolari.noti.values()))
        monkeypatch.setattr(regolario, limite, 4)
    assert conosciute[1] < conosciute[0]


def test_si_dimentica_ciò_che_si_usa_meno(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regolario, "VOCI_TENUTE", 10)
    vocabolario = regolario._Vocabolari()
    suo = vocabolario.dammi(2022, fisse=False)
    misure = [Misura("", "", leggi(f"≥ {soglia}")) for soglia in range(1, 13)]
    coppie = [((7 * k, k), una) for k, una in enumerate(misure)]
    assert suo._numera(coppie).tolist() == list(range(12))
    suo._usi = np.array([1, 9, 1, 1, 200, 1, 1, 1, 1, 1, 1, 2], np.uint16)
    assert not vocabolario.sfoltisci()
    assert suo._usi.tolist() == [1, 5, 1, 1, 100, 1, 1, 1, 1]
    trovate = suo._note.cerca(np.array([chiave for chiave, _misura in coppie]))
    assert trovate.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, -1, -1, -1, 8]
