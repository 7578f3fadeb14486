# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chapter of the lavoro agile: in the POLA's document, in the plan of which it is a section,
in the PIAO. The levels of ASST Cremona are copied by hand from the source (lines 4493-5031).
"""

import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from jsonschema import Draft202012Validator

from lavoro_agile.azioni.carica import carica_lavoro_agile
from lavoro_agile.models import Pola
from lavoro_agile.pola.quadro import programma
from piani.documenti import fotografa
from piani.models import Azienda, Piano
from piani.stampa import rende_csv, rende_html, rende_json
from piani.stampa.capitoli import Capitolo, capitoli
from tests.conftest import RADICE
from tests.factories import AziendaFactory, PianoFactory
from tests.factories_lavoro_agile import (
    AttivitaFactory,
    AutorizzatiFactory,
    CampagnaFactory,
    FaseSviluppoFactory,
    IndicatorePolaFactory,
    MappaturaFactory,
    PolaFactory,
    ProfiloFactory,
    RilevazioneAgileFactory,
)

pytestmark = pytest.mark.django_db
SCHEMA = RADICE / "static" / "schemi" / "documento-1.schema.json"
CREMONA = RADICE / "fixtures" / "lavoro_agile_asst_cremona_2022"
MILANO = RADICE / "fixtures" / "lavoro_agile_ats_milano_2021"
FORMATIVE = "Definizione/ implementazione attività formative"
QUOTA = (
    "Quota da definire nell’ambito dell’analisi/mappatura dotazioni informatiche per assicurare "
    "l’effettivo avvio della nuova regolamentazione"
)
# The 16 indicators of the enabling conditions: emergency, start, intermediate, advanced.
STAMPATI: dict[str, tuple[str, str, str, str]] = {
    "CR-AGILE-01": ("", *["Supporto UO Risorse Umane"] * 3),
    "CR-AGILE-02": ("", "Sì da parte dei singoli responsabili", "Sì", "Sì"),
    "CR-AGILE-03": (
        "", "Sì, assistenza telefonia da parte del SIA",
        "Sì valutazione possibili potenziament (e mail dedicata)",
        "Sì valutazione possibili potenziamenti",
    ),
    "CR-AGILE-04": ("", "Sì", "Sì", "Sì"),
    "CR-AGILE-05": (
        "",
        "Obiettivo partecipazione 70% dipendenti interessati (limitato ai sili dirigenti apicali)",
        "",
        "Obiettivo partecipazione 100% dipendenti interessati (diirgenti e po con incarichi "
        "gestionali)",
    ),
    "CR-AGILE-06": ("", FORMATIVE, FORMATIVE, FORMATIVE),
    "CR-AGILE-07": ("", FORMATIVE, FORMATIVE, FORMATIVE),
    "CR-AGILE-08": (
        "",
        *["Utilizzo risorse Budget formazione aziendale da definire nell’ambito "
          "dell’analisi/mappatura bisogni formativi"] * 3,
    ),
    "CR-AGILE-09": ("", QUOTA, QUOTA, QUOTA),
    "CR-AGILE-10": ("", QUOTA, QUOTA, QUOTA),
    "CR-AGILE-11": (
        "",
        *["progressiva sostituzione delle postazioni fisse con postazioni mobili dotate di pc "
          "portatili"] * 3,
    ),
    "CR-AGILE-12": ("", "sì", "", ""),
    "CR-AGILE-13": ("", "sì", "", ""),
    "CR-AGILE-14": ("", "Sì tramite Teams", "", ""),
    "CR-AGILE-15": ("", "100%", "100%", "100%"),
    "CR-AGILE-16": ("", "100%", "100%", "100%"),
    # How far it has gone: the only ones with the emergency phase.
    "CR-AGILE-17": (
        "83,56% ha svolto almeno 1 giorno in lavoro agile",
        "Dato disponibile dopo mappatura attività svolgibili in lavoro agile",
        "Mantenimento/Incremento della % raggiunta nella fase di avvio",
        "almeno il 60% delle attività svolgibili in lavoro agile",
    ),
    "CR-AGILE-18": (
        "Media 16%",
        *["Dato disponibile dopo definizione e applicazione nuova regolamentazione"] * 3,
    ),
    "CR-AGILE-19": (
        "", "-", "Definizione e somministrazione indagine",
        "Adozione questionario Analisi risultati",
    ),
}  # fmt: skip
# What the engine reads of them: kind, and figure where there is one.
LETTI: dict[str, tuple[str, ...]] = {
    "CR-AGILE-02": ("si_no 1",) * 3,
    "CR-AGILE-03": ("si_no 1",) * 3,
    "CR-AGILE-04": ("si_no 1",) * 3,
    "CR-AGILE-05": ("soglia 70", "soglia 100"),
    "CR-AGILE-12": ("si_no 1",),
    "CR-AGILE-13": ("si_no 1",),
    "CR-AGILE-14": ("si_no 1",),
    "CR-AGILE-15": ("soglia 100",) * 3,
    "CR-AGILE-16": ("soglia 100",) * 3,
}


def cremona() -> Pola:
    AziendaFactory(codice="asst-cremona", dipendenti=2500)
    pola = carica_lavoro_agile(CREMONA, da=None)
    assert pola is not None
    return pola


def milano() -> Pola:
    AziendaFactory(codice="ats-milano", dipendenti=1722)
    pola = carica_lavoro_agile(MILANO, da=None)
    assert pola is not None
    return pola


def allegata(pola: Pola, tipo: str = "performance", **altro: Any) -> Piano:
    """The plan of which the POLA is a section."""
    piano: Piano = PianoFactory(azienda=pola.azienda, tipo=tipo, **altro)
    pola.sezione_di = piano
    pola.save()
    return piano


def foto_di(piano: Piano) -> dict[str, Any]:
    return fotografa(piano, versione=1, giorno=date(2023, 1, 31))


def capitolo(piano: Piano, chiave: str = "lavoro_agile") -> Capitolo:
    return next(uno for uno in capitoli(foto_di(piano)) if uno.chiave == chiave)


def valida(foto: dict[str, Any]) -> None:
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert [e.message for e in schema.iter_errors(json.loads(rende_json(foto)))] == []


def test_i_sedici_indicatori_di_cremona_accanto_ai_nostri() -> None:
    quadro = programma(cremona())
    assert [una.nome for una in quadro.colonne] == [
        "Fase emergenziale 2020", "Fase di avvio 2021", "Fase di sviluppo intermedio 2022",
        "Fase di sviluppo avanzato 2023",
    ]  # fmt: skip
    assert [(uno.dimensione.value, len(uno.righe)) for uno in quadro.gruppi] == [
        ("organizzativa", 4), ("professionale", 3), ("economico_finanziaria", 3), ("digitale", 6),
        ("implementazione_quantita", 2), ("implementazione_qualita", 1),
    ]  # fmt: skip
    assert (quadro.abilitanti, quadro.attuazione) == (16, 3)
    assert {
        riga.indicatore.codice: tuple(uno.stampato if uno else "" for uno in riga.livelli)
        for riga in quadro.righe
    } == STAMPATI


def test_i_livelli_di_cremona_si_leggono_dove_si_puo() -> None:
    letti = {}
    for riga in programma(cremona()).righe:
        if riga.indicatore.codice in LETTI:
            letti[riga.indicatore.codice] = tuple(
                f"{uno.letto.tipo} {uno.letto.cifra or ''}".strip()
                for uno in riga.livelli
                if uno is not None and uno.letto is not None
            )
    assert letti == LETTI


def test_il_capitolo_di_cremona_ha_fasi_programma_e_le_due_quote() -> None:
    pola = cremona()
    detto = foto_di(allegata(pola))["lavoro_agile"]
    assert [(una["genere"], una["anno"]) for una in detto["fasi"]] == [
        ("emergenziale", 2020), ("avvio", 2021), ("intermedio", 2022), ("avanzato", 2023),
    ]  # fmt: skip
    stampati = {
        uno["codice"]: [livello["stampato"] for livello in uno["livelli"]]
        for gruppo in detto["programma"]["gruppi"]
        for uno in gruppo["indicatori"]
    }
    assert stampati == {c: [uno for uno in testi if uno] for c, testi in STAMPATI.items()}
    (contata,) = detto["rilevazioni"]
    assert (contata["giorno"], contata["autorizzati"]) == ("2021-04-30", 73)
    assert contata["per_genere"] == [
        {"genere": "Donne", "quanti": 60}, {"genere": "Uomini", "quanti": 13},
    ]  # fmt: skip
    assert (contata["dipendenti"], contata["potenziali"]) == (2426, 223)
    assert (contata["sui_dipendenti"], contata["sui_potenziali"], contata["effettivi"]) == (
        Decimal("3.01"), Decimal("32.74"), Decimal("83.56"),
    )  # fmt: skip
    assert [(una["codice"], una["percentuale"], una["dal"]) for una in detto["soglie"]] == [
        ("10", Decimal(10), "2015-08-28"), ("30", Decimal(30), "2020-07-19"),
        ("60", Decimal(60), "2020-07-19"), ("15", Decimal(15), "2021-04-30"),
        ("15-senza-pola", Decimal(15), "2021-04-30"),
    ]  # fmt: skip
    assert all(una["norma"].startswith("art. 14 c. 1 L. 124/2015") for una in detto["soglie"])


def test_il_capitolo_si_stampa_con_le_sue_tabelle() -> None:
    pola = cremona()
    uno = capitolo(allegata(pola))
    assert [voce.titolo for voce in uno.voci] == [
        "Livello di attuazione e di sviluppo", "Modalità attuative",
        "Soggetti, processi e strumenti", "Programma di sviluppo del lavoro agile",
        "Le cifre del lavoro agile", "Le soglie di legge", "Fasi e programma di sviluppo",
    ]  # fmt: skip
    testo = render_to_string(uno.modello, {"dati": uno.dati})
    assert '<td class="cifra">3,01%</td>' in testo
    assert '<td class="cifra">32,74%</td>' in testo
    assert "30 aprile 2021: 32,74%, raggiunta" in testo
    assert "30 aprile 2021: non si applica, il POLA è adottato" in testo
    assert "almeno il 60% delle attività svolgibili in lavoro agile" in testo
    assert "PIAO" not in testo


def test_nel_piao_e_la_sottosezione_3_2() -> None:
    uno = capitolo(allegata(cremona(), "piao"))
    assert uno.dati["sottosezione"] == "3.2"
    assert "Sottosezione 3.2 del PIAO" in render_to_string(uno.modello, {"dati": uno.dati})


def test_il_capitolo_di_milano_ha_parti_e_domande_senza_gruppi_piccoli() -> None:
    piano = allegata(milano())
    foto = foto_di(piano)
    valida(foto)
    detto = foto["lavoro_agile"]
    assert len(detto["parti"]) == 4
    assert (detto["programma"], detto["fasi"], detto["rilevazioni"]) == (None, [], [])
    (bando,) = detto["domande"]
    assert bando["aree"] == ["Comparto", "Dirigenza"]
    # 9 = 6 + 3: the 3 would be found by difference. Who was admitted when, the source does not say.
    assert bando["righe"] == [
        {"nome": "Domande presentate", "per_area": [97, 20], "totale": 117},
        {"nome": "Negate, o in riesame", "per_area": [None, None], "totale": 9},
    ]
    assert [una["posti"] for una in bando["tranche"]] == [40, 35, 35, 35, 35]
    assert bando["tace"] is True
    testo = rende_html(foto)
    assert "Domande presentate" in testo
    assert "non mostrato" in testo


def test_la_fotografia_e_del_suo_giorno() -> None:
    pola = cremona()
    piano = allegata(pola)
    prima = rende_json(foto_di(piano))
    pola.indicatori.first().misura.target.update(stampato="Un altro livello")
    dopo = foto_di(piano)
    assert "Un altro livello" in rende_json(dopo).decode()
    # The page is drawn from what was frozen, not from the tables as they are now.
    assert "Un altro livello" not in rende_html(json.loads(prima, parse_float=Decimal))


def test_il_documento_del_pola_ha_le_quattro_parti_una_volta_sola() -> None:
    pola = cremona()
    foto = foto_di(pola.piano)
    valida(foto)
    chiavi = [uno.chiave for uno in capitoli(foto)]
    assert [una for una in chiavi if una.startswith("pola_")] == [
        "pola_attuazione", "pola_modalita", "pola_soggetti", "pola_programma",
    ]  # fmt: skip
    assert "lavoro_agile" not in chiavi
    # The programme says them, phase by phase.
    assert not {"albero", "aree", "obiettivi"} & set(chiavi)
    testo = rende_html(foto)
    assert testo.count("Supporto UO Risorse Umane") == 3


def test_i_fogli_aperti_hanno_livelli_e_quote() -> None:
    fogli = rende_csv(foto_di(allegata(cremona())))
    livelli = list(csv.DictReader(StringIO(fogli["lavoro-agile-programma.csv"].decode())))
    # 16 indicators with 37 levels, as many cells as the phases they stand for, and 3 with 11.
    assert len(livelli) == sum(bool(testo) for testi in STAMPATI.values() for testo in testi)
    prima = livelli[0]
    assert (prima["codice"], prima["anno"], prima["fase"], prima["stampato"]) == (
        "CR-AGILE-01", "2021", "Fase di avvio", "Supporto UO Risorse Umane",
    )  # fmt: skip
    (cifre,) = csv.DictReader(StringIO(fogli["lavoro-agile-cifre.csv"].decode()))
    assert (cifre["autorizzati"], cifre["sui_dipendenti"], cifre["sui_potenziali"]) == (
        "73", "3.01", "32.74",
    )  # fmt: skip


def test_la_mappatura_entra_con_i_totali_e_tace_i_piccoli(azienda: Azienda) -> None:
    pola = PolaFactory(piano__azienda=azienda)
    campagna = CampagnaFactory(azienda=azienda, anno=2022)
    una = MappaturaFactory(campagna=campagna, stato="trasmessa", trasmessa_il="2022-05-01T10:00Z")
    MappaturaFactory(campagna=campagna, unita_stampata="Altra")
    AttivitaFactory(mappatura=una, smartabile="si")
    AttivitaFactory(mappatura=una, ordine=2, smartabile="no")
    ProfiloFactory(mappatura=una, in_servizio=40, potenziali=12)
    CampagnaFactory(azienda=azienda, anno=2026)
    (detta,) = foto_di(pola.piano)["lavoro_agile"]["mappature"]
    assert detta["attivita"] == [
        {"esito": "Sì", "quante": 1}, {"esito": "In parte", "quante": 0},
        {"esito": "No", "quante": 1},
    ]  # fmt: skip
    assert (detta["schede"], detta["trasmesse"]) == (2, 1)
    assert (detta["in_servizio"], detta["potenziali"], detta["quota"]) == (40, 12, Decimal(30))
    una.profili.update(potenziali=3)
    (detta,) = foto_di(pola.piano)["lavoro_agile"]["mappature"]
    assert (detta["potenziali"], detta["quota"]) == (None, None)


def test_pochi_autorizzati_non_si_dicono(azienda: Azienda) -> None:
    pola = PolaFactory(piano__azienda=azienda)
    contata = RilevazioneAgileFactory(azienda=azienda, giorno=date(2022, 4, 30), anno=2022)
    AutorizzatiFactory(rilevazione=contata, quanti=3)
    foto = foto_di(pola.piano)
    (detta,) = foto["lavoro_agile"]["rilevazioni"]
    assert (detta["autorizzati"], detta["sui_dipendenti"], detta["sui_potenziali"]) == (
        None, None, None,
    )  # fmt: skip
    valida(foto)
    foglio = rende_csv(foto)["lavoro-agile-cifre.csv"].decode()
    assert "non mostrato" in foglio
    uno = next(c for c in capitoli(foto) if c.chiave == "pola_attuazione")
    testo = render_to_string(uno.modello, {"dati": uno.dati})
    assert "non mostrato" in testo
    assert "non si può dire" in testo


@pytest.mark.parametrize("tipo", ["performance", "piao"])
def test_il_piano_riporta_il_pola_adottato_del_suo_primo_anno(azienda: Azienda, tipo: str) -> None:
    pola = PolaFactory(piano__azienda=azienda, piano__titolo="POLA di prova")
    FaseSviluppoFactory(pola=pola)
    IndicatorePolaFactory(pola=pola)
    altro = PianoFactory(azienda=azienda, tipo=tipo)
    assert foto_di(altro)["lavoro_agile"]["titolo"] == "POLA di prova"
    valida(foto_di(altro))
    pola.piano.stato = "bozza"
    pola.piano.save()
    assert "lavoro_agile" not in foto_di(altro)
    pola.sezione_di = altro
    pola.save()
    assert "lavoro_agile" not in foto_di(altro)


def test_un_piano_senza_pola_non_ne_parla(azienda: Azienda) -> None:
    PolaFactory()
    foto = foto_di(PianoFactory(azienda=azienda))
    assert "lavoro_agile" not in foto
    assert "lavoro-agile-cifre.csv" not in rende_csv(foto)
    assert "lavoro_agile" not in foto_di(PianoFactory(azienda=azienda, tipo="azioni_positive"))
