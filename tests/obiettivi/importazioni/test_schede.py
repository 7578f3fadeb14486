# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scheme of the schede as staff fill it in, into the schede of a year and back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from obiettivi import azioni
from obiettivi.models import AreaScheda, Indicatore, RigaScheda, SchedaBudget
from piani.models import Azienda, UnitaOrganizzativa, Utente
from tests.factories import (
    AreaSchedaFactory,
    IndicatoreFactory,
    OrganigrammaFactory,
    RigaSchedaFactory,
    SchedaFactory,
    UnitaFactory,
)
from tests.piani.importazioni.fogli import annulla, conferma, conti, errori, importa, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
# The scheme of ASST Cremona, Piano 2022-2024, 6.2, with the CdR in front.
TESTATA = (
    "CdR", "Area performance", "Peso Area", "Obiettivo", "Indicatore", "Peso obiettivo",
    "Storico 2020", "Dato 2021", "Valore atteso",
)  # fmt: skip
AMBITO = {"anno": 2022}


@pytest.fixture
def cardiologia(azienda: Azienda) -> UnitaOrganizzativa:
    carta = OrganigrammaFactory(azienda=azienda)
    return UnitaFactory(organigramma=carta, cdr=True, codice="CAR", nome="UOC Cardiologia")


def schema(*righe: Any, unite: tuple[str, ...] = ()) -> bytes:
    return xlsx([TESTATA, *righe], unite=unite)


def dette(scheda: SchedaBudget) -> set[tuple[Any, ...]]:
    return set(
        RigaScheda.objects.filter(area__scheda=scheda).values_list(
            "area__nome", "obiettivo", "indicatore__codice", "peso", "storico_anno", "storico",
            "dato_anno", "dato", "atteso",
        )
    )  # fmt: skip


def test_il_cdr_senza_scheda_la_riceve_come_proposta_e_annullando_non_ce_l_ha_piu(
    azienda: Azienda, cardiologia: UnitaOrganizzativa, controllo: Utente
) -> None:
    IndicatoreFactory(azienda=azienda, codice="CR-04", nome="Tempo medio di pagamento")
    foglio = schema(
        ("UOC Cardiologia", "Obiettivi istituzionali", "Pre-requisito", "Regole di sistema",
         "Piano anticorruzione", None, None, None, "100%"),
        ("UOC Cardiologia", "P. Economica", 30, "Pagare prima", "Tempo medio di pagamento", 100,
         "60 gg", "57,53 gg", "≤ 55 gg"),
        ("UOC Cardiologia", "Esito", 70, "Ridurre i ritorni", "Riammissioni", 100, None, "4%",
         "≤ 3%"),
        unite=("A2:A4",),
    )  # fmt: skip
    letto = importa("schede", azienda, foglio, ambito=AMBITO, da=controllo)
    assert (letto.errore, errori(letto), conti(letto)) == ("", {}, {"nuove": 3})
    fatto = conferma(letto, da=controllo)
    assert (fatto.stato, fatto.errore) == ("confermata", "")
    assert fatto.effetti == ["2 indicatori sono nuovi nella biblioteca."]
    scheda = SchedaBudget.objects.get(unita=cardiologia, anno=2022)
    assert scheda.stato == "proposta"
    assert list(scheda.aree.order_by("ordine").values_list("tipo", "nome", "peso")) == [
        ("istituzionale", "Obiettivi istituzionali", None),
        ("area", "P. Economica", Decimal(30)),
        ("area", "Esito", Decimal(70)),
    ]
    assert dette(scheda) == {
        ("Obiettivi istituzionali", "Regole di sistema", "IND-1", None, None, "", None, "",
         "100%"),
        ("P. Economica", "Pagare prima", "CR-04", Decimal(100), 2020, "60 gg", 2021, "57,53 gg",
         "≤ 55 gg"),
        ("Esito", "Ridurre i ritorni", "IND-2", Decimal(100), None, "", 2021, "4%", "≤ 3%"),
    }  # fmt: skip
    assert RigaScheda.objects.get(obiettivo="Pagare prima").letto is not None
    ancora = importa("schede", azienda, foglio, ambito=AMBITO, da=controllo)
    assert conti(ancora) == {"uguali": 3}
    assert annulla(fatto, da=controllo).errore == ""
    assert not SchedaBudget.objects.exists()


def una_riga(cardiologia: UnitaOrganizzativa) -> RigaScheda:
    azienda = cardiologia.organigramma.azienda
    scheda = SchedaFactory(azienda=azienda, anno=2022, unita=cardiologia)
    return RigaSchedaFactory(
        area=AreaSchedaFactory(scheda=scheda, nome="Processi", peso=40),
        obiettivo="Ridurre le attese",
        indicatore=IndicatoreFactory(azienda=azienda, codice="T1", nome="Attesa media"),
        peso=50,
    )


def test_nuova_cambiata_e_tolta_e_poi_com_era(
    azienda: Azienda, cardiologia: UnitaOrganizzativa, controllo: Utente
) -> None:
    riga = una_riga(cardiologia)
    scheda = riga.area.scheda
    RigaSchedaFactory(area=riga.area, obiettivo="Da togliere", peso=50)
    prima = dette(scheda)
    foglio = schema(
        ("CAR", "processi", 100, "Ridurre le attese", "Attesa media", 60, None, None, "≤ 10 gg"),
        ("CAR", "Processi", None, "Aprire le agende", "Agende aperte", 40, None, None, "100%"),
    )
    letto = importa("schede", azienda, foglio, ambito={**AMBITO, "togli": True}, da=controllo)
    assert (errori(letto), conti(letto)) == ({}, {"nuove": 1, "cambiate": 1, "tolte": 1})
    cambiata = letto.righe.get(esito="cambiata")
    assert cambiata.prima == {"area_peso": "40", "peso": "50", "atteso": "≥ 95%"}
    assert conferma(letto, da=controllo).errore == ""
    assert AreaScheda.objects.get().peso == Decimal(100)
    assert {(una[1], una[3]) for una in dette(scheda)} == {
        ("Ridurre le attese", Decimal(60)),
        ("Aprire le agende", Decimal(40)),
    }
    assert annulla(letto, da=controllo).errore == ""
    assert dette(scheda) == prima
    assert AreaScheda.objects.get().peso == Decimal(40)


def test_gli_errori_sono_accanto_alla_loro_cella(
    azienda: Azienda, cardiologia: UnitaOrganizzativa, controllo: Utente
) -> None:
    chiusa = UnitaFactory(organigramma=cardiologia.organigramma, cdr=True, nome="UOC Chiusa")
    SchedaFactory(azienda=azienda, anno=2022, unita=chiusa, stato="sottoscritta")
    una_riga(cardiologia)
    riga = ("Processi", None, "Ridurre le attese", "Attesa media", 60, None, None, "≤ 10 gg")
    foglio = schema(
        ("UOC Ignota", *riga),
        ("UOC Chiusa", *riga),
        ("CAR", *riga),
        ("CAR", *riga),
        ("CAR", None, *riga[1:]),
    )
    letto = importa("schede", azienda, foglio, ambito=AMBITO, da=controllo)
    assert errori(letto) == {
        2: {"cdr": "Nessun centro di responsabilità dell'organigramma in vigore si chiama così."},
        3: {"cdr": "La scheda è «Sottoscritta» e non si modifica: per cambiarla serve una "
                   "revisione, che la riporta in negoziazione."},
        5: {"obiettivo": "Questa riga della scheda c'è già, più in alto."},
        6: {"area": "In quale area della scheda?"},
    }  # fmt: skip
    assert not Indicatore.objects.filter(codice__startswith="IND-1").exists()


def test_chi_cambia_una_riga_dopo_ferma_la_conferma_e_l_annullo(
    azienda: Azienda, cardiologia: UnitaOrganizzativa, controllo: Utente
) -> None:
    riga = una_riga(cardiologia)
    dati = ("CAR", "Processi", None, "Ridurre le attese", "Attesa media", 60, None, None, "≤ 9 gg")
    letto = importa("schede", azienda, schema(dati), ambito=AMBITO, da=controllo)
    azioni.modifica_nella_scheda(riga, {"peso": Decimal(45)}, da=controllo)
    fermo = conferma(letto, da=controllo)
    assert (fermo.stato, conti(fermo)) == ("letta", {"superate": 1})
    letto = importa("schede", azienda, schema(dati), ambito=AMBITO, da=controllo)
    assert conferma(letto, da=controllo).stato == "confermata"
    azioni.modifica_nella_scheda(riga, {"peso": Decimal(45)}, da=controllo)
    fermo = annulla(letto, da=controllo)
    assert fermo.errore == (
        "L'importazione non si annulla più.\n«Ridurre le attese» è cambiata dopo."
    )


@pytest.mark.parametrize("quante", [1, 3])
def test_il_confronto_costa_lo_stesso_con_una_riga_e_con_tre(
    azienda: Azienda,
    cardiologia: UnitaOrganizzativa,
    controllo: Utente,
    quante: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    righe = [
        ("CAR", f"Area {n}", 10, "Attese", "Attesa", 100, None, None, "1") for n in range(quante)
    ]
    foglio = schema(*righe)
    with django_assert_num_queries(31):
        importa("schede", azienda, foglio, ambito=AMBITO, da=controllo)
