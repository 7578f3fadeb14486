# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of a plan, as printed, into the tree of a draft and back."""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from obiettivi import azioni
from obiettivi.models import AreaStrategica, Indicatore, Misura, Obiettivo, Target
from piani import azioni as azioni_piani
from piani.models import Azienda, Piano, Utente
from tests.factories import (
    AreaFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
    UnitaFactory,
)
from tests.piani.importazioni.fogli import annulla, conferma, conti, csv_, errori, importa, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
CREMONA = settings.BASE / "fixtures" / "asst-cremona-performance-2022-2024"
TESTATA = (
    "Area Performance", "Obiettivi", "Indicatore", "Consuntivo 2021*", "Obiettivo 2022",
    "Obiettivo 2023", "Obiettivo 2024",
)  # fmt: skip


@pytest.fixture
def bozza(azienda: Azienda) -> Piano:
    return PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA, atto_tipo="")


def ambito(piano: Piano, **altro: Any) -> dict[str, Any]:
    return {"piano": piano.pk, **altro}


def righe(percorso: Path) -> list[dict[str, str]]:
    with percorso.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tabella_di_cremona() -> bytes:
    """The tables of chapter 5: area and objective in merged cells, the year in the headers."""
    aree = {riga["codice"]: riga["nome"] for riga in righe(CREMONA / "aree.csv")}
    corpo = [
        [aree[r["area"]], r["obiettivo"], r["indicatore"], r["base"], r["2022"], r["2023"],
         r["2024"]]
        for r in righe(CREMONA / "obiettivi.csv")
    ]  # fmt: skip
    return xlsx([TESTATA, *corpo], unite=_unite(corpo))


def _unite(corpo: list[list[str]]) -> list[str]:
    """The runs of the same area and of the same objective, merged as the plan prints them."""
    zone = []
    for colonna, lettera in enumerate("AB"):
        inizio = 0
        for posto in range(1, len(corpo) + 1):
            uguali = (
                posto < len(corpo) and corpo[posto][: colonna + 1] == corpo[inizio][: colonna + 1]
            )
            if not uguali:
                if posto - inizio > 1:
                    zone.append(f"{lettera}{inizio + 2}:{lettera}{posto + 1}")
                inizio = posto
    return zone


def detto(piano: Piano) -> set[tuple[Any, ...]]:
    """What the tree says: area, objective, indicator, starting point, targets."""
    misure = Misura.objects.filter(obiettivo__area__piano=piano).select_related(
        "obiettivo__area", "indicatore"
    )
    return {
        (
            una.obiettivo.area.nome, una.obiettivo.titolo, una.indicatore.nome,
            una.base_stampata, una.base_anno,
            tuple(una.target.order_by("anno").values_list("anno", "stampato")),
        )
        for una in misure.prefetch_related("target")
    }  # fmt: skip


def test_la_tabella_di_cremona_diventa_l_albero_che_e_nelle_fixture(
    bozza: Piano, controllo: Utente
) -> None:
    letto = importa(
        "piano", bozza.azienda, tabella_di_cremona(), ambito=ambito(bozza), da=controllo
    )
    assert (letto.errore, errori(letto), conti(letto)) == ("", {}, {"nuove": 39})
    assert not AreaStrategica.objects.exists()
    fatto = conferma(letto, da=controllo)
    assert (fatto.stato, fatto.errore) == ("confermata", "")
    assert fatto.effetti[0] == "39 indicatori sono nuovi nella biblioteca."
    trascritto = azioni.carica(CREMONA, da=None)
    solo_aree = {
        una for una in detto(trascritto) if Obiettivo.objects.filter(
            area__piano=trascritto, titolo=una[1], area__tipo="area"
        ).exists()
    }  # fmt: skip
    assert detto(bozza) == solo_aree
    assert Target.objects.filter(misura__obiettivo__area__piano=bozza).first().lettura is not None
    ancora = importa(
        "piano", bozza.azienda, tabella_di_cremona(), ambito=ambito(bozza), da=controllo
    )
    assert conti(ancora) == {"uguali": 39}


def un_albero(bozza: Piano) -> Misura:
    area = AreaFactory(piano=bozza, codice="A1", nome="Processi", ordine=1)
    obiettivo = ObiettivoFactory(
        area=area, codice="A1.1", titolo="Ridurre le attese", ordine=1, descrizione="Molto.",
        responsabile=UnitaFactory(organigramma__azienda=bozza.azienda),
    )  # fmt: skip
    misura = MisuraFactory(
        obiettivo=obiettivo,
        peso=40,
        indicatore=IndicatoreFactory(azienda=bozza.azienda, codice="T1", nome="Attesa media"),
    )
    for anno in (2022, 2023):
        TargetFactory(misura=misura, anno=anno)
    return misura


INTESTATE = (
    "Area", "Codice obiettivo", "Obiettivo", "Livello", "Peso obiettivo", "Codice indicatore",
    "Indicatore", "Peso", "Anno", "Target",
)  # fmt: skip


def test_nuovo_cambiato_uguale_e_tolto_e_poi_com_era(bozza: Piano, controllo: Utente) -> None:
    misura = un_albero(bozza)
    MisuraFactory(obiettivo=ObiettivoFactory(area=misura.obiettivo.area, codice="A1.9"))
    prima = detto(bozza)
    Target.objects.filter(misura=misura, anno=2022).update(confermato_il="2022-02-01T00:00Z")
    foglio = csv_([
        INTESTATE,
        ("Processi", "A1.1", "Ridurre le attese", 1, 60, "T1", "", 40, 2022, "≥ 97%"),
        ("Processi", "A1.1.1", "Agende uniche", 2, "", "T2", "Agende aperte", "", 2023, "100%"),
        ("processi", "A1.1", "", "", "", "T1", "Attesa  media", "", 2022, "≥ 97%"),
    ])  # fmt: skip
    letto = importa(
        "piano", bozza.azienda, foglio, nome="p.csv", ambito=ambito(bozza, togli=True),
        da=controllo,
    )  # fmt: skip
    assert errori(letto) == {
        4: {"codice": "L'indicatore misura già questo obiettivo, più in alto."}
    }
    foglio = b"\n".join(foglio.splitlines()[:3])
    letto = importa(
        "piano", bozza.azienda, foglio, nome="p.csv", ambito=ambito(bozza, togli=True),
        da=controllo,
    )  # fmt: skip
    assert conti(letto) == {"nuove": 1, "cambiate": 1, "tolte": 2}
    cambiata = letto.righe.get(esito="cambiata")
    assert cambiata.prima == {"obiettivo_peso": "–", "target": "2022: ≥ 95%"}
    assert conferma(letto, da=controllo).errore == ""
    obiettivi = {uno.codice: uno for uno in Obiettivo.objects.di_piano(bozza)}
    assert set(obiettivi) == {"A1.1", "A1.1.1"}
    assert obiettivi["A1.1.1"].parent == obiettivi["A1.1"]
    assert obiettivi["A1.1"].peso == Decimal(60)
    assert Target.objects.get(misura=misura, anno=2022).stampato == "≥ 97%"
    assert annulla(letto, da=controllo).errore == ""
    assert detto(bozza) == prima
    assert Target.objects.get(misura=misura, anno=2022).confermato_il is not None
    assert set(Obiettivo.objects.di_piano(bozza).values_list("codice", "peso")) == {
        ("A1.1", None), ("A1.9", None),
    }  # fmt: skip


def test_l_annullo_si_ferma_su_cio_che_e_cambiato_dopo(bozza: Piano, controllo: Utente) -> None:
    foglio = csv_([("Area", "Obiettivo", "Indicatore", "Target 2022"),
                   ("Processi", "Attese", "Attesa media", "≥ 95%")])  # fmt: skip
    letto = importa(
        "piano", bozza.azienda, foglio, nome="p.csv", ambito=ambito(bozza), da=controllo
    )
    conferma(letto, da=controllo)
    obiettivo = Obiettivo.objects.get(area__piano=bozza)
    azioni_piani.modifica(obiettivo, {"titolo": "Altro"}, da=controllo)
    fermo = annulla(letto, da=controllo)
    assert fermo.stato == "confermata"
    assert fermo.errore == "L'importazione non si annulla più.\n«A1.1 Altro» è cambiata dopo."
    assert detto(bozza) == {("Processi", "Altro", "Attesa media", "", None, ((2022, "≥ 95%"),))}


def test_chi_cambia_l_albero_dopo_l_anteprima_ferma_la_conferma(
    bozza: Piano, controllo: Utente
) -> None:
    misura = un_albero(bozza)
    foglio = csv_([INTESTATE, ("Processi", "A1.1", "", "", 60, "T1", "", "", 2022, "≥ 97%")])
    letto = importa(
        "piano", bozza.azienda, foglio, nome="p.csv", ambito=ambito(bozza), da=controllo
    )
    azioni_piani.modifica(misura.obiettivo, {"peso": Decimal(30)}, da=controllo)
    fermo = conferma(letto, da=controllo)
    assert (fermo.stato, conti(fermo)) == ("letta", {"superate": 1})
    assert Target.objects.get(misura=misura, anno=2022).stampato == "≥ 95%"


def test_gli_errori_sono_accanto_alla_loro_cella(bozza: Piano, controllo: Utente) -> None:
    un_albero(bozza)
    foglio = csv_([
        INTESTATE,
        ("", "", "Senza area", "", "", "", "", "", "", ""),
        ("Processi", "A1.1", "", "", "120", "T1", "", "", 2022, "≥ 97%"),
        ("Processi", "A1.1", "", "", "", "T1", "Un altro nome", "", 2022, "≥ 97%"),
        ("Processi", "A1.1", "", "", "", "T9", "", "", 2022, "≥ 97%"),
        ("Processi", "A1.1", "", "", "", "T1", "", "", 2030, "≥ 97%"),
        ("Processi", "X.1.1", "Figlio", 3, "", "", "", "", "", ""),
        ("Processi", "A1.1", "", "", "", "T1", "", "", "", "≥ 97%"),
    ])  # fmt: skip
    letto = importa(
        "piano", bozza.azienda, foglio, nome="p.csv", ambito=ambito(bozza), da=controllo
    )
    assert errori(letto) == {
        2: {"area": "Di quale area? Nel piano questa non c'è."},
        3: {"obiettivo_peso": "Va da 0 a 100."},
        4: {"indicatore": "Nella biblioteca il codice T1 è di «Attesa media»: correggi il codice o "
                          "il nome."},
        5: {"indicatore": "Il codice è nuovo: scrivi che cosa misura l'indicatore."},
        6: {"target": "Il piano è 2022-2024: il 2030 è fuori."},
        7: {"livello": "Prima di questa riga manca un obiettivo del livello sopra."},
        8: {"target": "Di che anno è il target? Manca la colonna dell'anno."},
    }  # fmt: skip


def test_un_piano_adottato_non_si_importa_e_chi_legge_nemmeno(
    bozza: Piano, controllo: Utente
) -> None:
    foglio = csv_([("Area", "Obiettivo"), ("Processi", "Attese")])
    letto = importa(
        "piano", bozza.azienda, foglio, nome="p.csv", ambito=ambito(bozza), da=controllo
    )
    assert conti(letto) == {"nuove": 1}
    Piano.objects.filter(pk=bozza.pk).update(stato=Piano.Stato.ADOTTATO)
    fermo = conferma(letto, da=controllo)
    assert fermo.stato == "letta"
    assert "non si modifica" in fermo.errore


def test_i_pesi_come_frazioni_e_le_righe_senza_target(bozza: Piano, controllo: Utente) -> None:
    foglio = xlsx([
        ("Area", "Peso area", "Obiettivo", "Indicatore", "Target 2022", "Target 2023"),
        ("Processi", 0.3, "Attese", "Attesa media", None, None),
    ])  # fmt: skip
    letto = importa(
        "piano", bozza.azienda, foglio, ambito=ambito(bozza, pesi_frazione=True), da=controllo
    )
    assert (conti(letto), errori(letto)) == ({"nuove": 1}, {})
    conferma(letto, da=controllo)
    assert AreaStrategica.objects.get(piano=bozza).peso == Decimal(30)
    assert Indicatore.objects.get(azienda=bozza.azienda).codice == "A1.1-1"


@pytest.mark.parametrize("quante", [1, 3])
def test_il_confronto_costa_lo_stesso_con_una_riga_e_con_tre(
    bozza: Piano, controllo: Utente, quante: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for numero in range(quante):
        MisuraFactory(obiettivo=ObiettivoFactory(area=AreaFactory(piano=bozza, nome=f"A {numero}")))
    foglio = csv_([("Area", "Obiettivo"), *((f"A {n}", "Attese") for n in range(quante))])
    with django_assert_num_queries(29):
        importa("piano", bozza.azienda, foglio, nome="p.csv", ambito=ambito(bozza), da=controllo)
