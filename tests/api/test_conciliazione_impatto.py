# SPDX-License-Identifier: AGPL-3.0-or-later
"""Impact maps, their KPI and the values of these written through the API."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from conciliazione.models import Kpi, MappaImpatto, Progetto, RigaMappa, ValoreKpi
from piani.models import Evento
from tests.api.passi import RADICE, cambia, campi, detto, fatta, leggi, manda
from tests.factories_conciliazione import AzioneDiPianoFactory, MappaImpattoFactory

pytestmark = pytest.mark.django_db
MAPPE, KPI, VALORI = (f"conciliazione/{nome}" for nome in ("mappe-di-impatto", "kpi", "valori-kpi"))


@pytest.fixture
def riga(progetto: Progetto) -> RigaMappa:
    mappa = MappaImpattoFactory(progetto=progetto)
    return RigaMappa.objects.create(mappa=mappa, ordine=1, obiettivo="Più tempo per sé")


def test_la_mappa_di_un_progetto_si_comincia_e_si_riscrive_tutta(
    progetto: Progetto, capofila: Client, partner: Client, ufficio: Client
) -> None:
    corpo = {
        "progetto": progetto.pk, "premessa": "Perché",
        "righe": [{"obiettivo": "Meno viaggi", "prodotti": "Navetta"}, {"obiettivo": "Più tempo"}],
    }  # fmt: skip
    assert manda(partner, MAPPE, corpo).status_code == 403
    nuova = fatta(manda(capofila, MAPPE, corpo))
    viaggi, tempo = nuova["righe"]
    assert (viaggi["prodotti"], viaggi["ordine"], tempo["prodotti"]) == ("Navetta", 1, "")
    assert "c'è già" in detto(manda(ufficio, MAPPE, corpo), 422)

    dove = f"{MAPPE}/{nuova['id']}"
    assert manda(ufficio, dove, {"premessa": "Altro"}, "patch").status_code == 428
    assert cambia(partner, dove, {"premessa": "Altro"}).status_code == 403
    sola = fatta(cambia(ufficio, dove, {"premessa": "Altro"}), 200)
    assert (sola["premessa"], sola["righe"]) == ("Altro", nuova["righe"])
    righe = [{"obiettivo": "Meno fatica"}, {"id": tempo["id"], "obiettivo": "Tempo per sé"}]
    dopo = fatta(cambia(capofila, dove, {"righe": righe}), 200)
    assert [(una["id"], una["obiettivo"]) for una in dopo["righe"]] == [
        (tempo["id"], "Tempo per sé"),
        (dopo["righe"][1]["id"], "Meno fatica"),
    ]
    assert not RigaMappa.objects.filter(pk=viaggi["id"]).exists()
    assert Evento.objects.filter(tipo="conc_mappa.scritta").count() == 3


def test_della_mappa_si_rifiuta_cio_che_non_va_e_resta_com_era(
    riga: RigaMappa, ufficio: Client, progetto: Progetto
) -> None:
    ValoreKpi.objects.create(
        kpi=Kpi.objects.create(riga=riga, ordine=1, nome="Ore"), giorno=date(2022, 1, 1), valore=1
    )
    di_altri = RigaMappa.objects.create(mappa=MappaImpattoFactory(), ordine=1, obiettivo="Altra")
    dove = f"{MAPPE}/{riga.mappa_id}"
    prima = leggi(ufficio, dove)
    assert "togli prima quelli" in detto(cambia(ufficio, dove, {"righe": []}), 422)
    estranea = cambia(ufficio, dove, {"righe": [{"id": di_altri.pk, "obiettivo": "Mia"}]})
    assert "non è di questa mappa" in campi(estranea)["righe.0.id"]
    mia = {"id": riga.pk, "obiettivo": "Mia"}
    assert "due volte" in campi(cambia(ufficio, dove, {"righe": [mia, mia]}))["righe.1.id"]
    vuota = cambia(ufficio, dove, {"righe": [{"id": riga.pk, "obiettivo": " "}]})
    assert list(campi(vuota, 400)) == ["righe.0.obiettivo"]
    assert leggi(ufficio, dove) == prima
    assert list(campi(manda(ufficio, MAPPE, {"premessa": "Di chi?"}), 400)) == ["progetto"]
    azione = AzioneDiPianoFactory(edizione=progetto.edizione)
    entrambi = {"progetto": progetto.pk, "azione": azione.pk}
    assert list(campi(manda(ufficio, MAPPE, entrambi), 400)) == ["progetto"]


def test_la_mappa_di_un_azione_del_piano_e_dell_ats(
    progetto: Progetto, ufficio: Client, capofila: Client
) -> None:
    azione = AzioneDiPianoFactory(edizione=progetto.edizione)
    assert manda(capofila, MAPPE, {"azione": azione.pk}).status_code == 403
    nuova = fatta(manda(ufficio, MAPPE, {"azione": azione.pk}))
    assert (nuova["progetto"], nuova["azione"], nuova["righe"]) == (None, azione.pk, [])
    dopo = fatta(cambia(ufficio, f"{MAPPE}/{nuova['id']}", {"righe": [{"obiettivo": "Reti"}]}), 200)
    assert dopo["righe"][0]["obiettivo"] == "Reti"
    assert MappaImpatto.objects.get().azione == azione


def test_un_kpi_si_aggiunge_si_cambia_e_si_toglie(
    riga: RigaMappa, capofila: Client, partner: Client, ufficio: Client
) -> None:
    corpo = {"riga": riga.pk, "nome": "Ore risparmiate", "unita": "ore", "base": 10}
    assert manda(partner, KPI, corpo).status_code == 403
    senza_giorno = manda(capofila, KPI, corpo)
    assert campi(senza_giorno) == {"base_il": "Di quale giorno è il valore di partenza?"}
    nuovo = fatta(manda(capofila, KPI, corpo | {"base_il": "2021-01-01", "atteso": 12.5}))
    assert (nuovo["verso"], nuovo["ordine"], nuovo["mappa"]) == ("cresce", 1, riga.mappa_id)
    dove = f"{KPI}/{nuovo['id']}"
    assert [uno["id"] for uno in leggi(ufficio, f"{KPI}?mappa={riga.mappa_id}")["risultati"]] == [
        nuovo["id"]
    ]
    assert manda(ufficio, dove, {"nome": "X"}, "patch").status_code == 428
    verso = cambia(ufficio, dove, {"verso": "diminuisce"})
    assert "dalla parte sbagliata" in campi(verso)["atteso"]
    cambiato = fatta(cambia(ufficio, dove, {"verso": "diminuisce", "atteso": 9.25}), 200)
    assert cambiato == nuovo | {"verso": "diminuisce", "atteso": 9.25}
    assert Kpi.objects.get().atteso == Decimal("9.2500")
    assert cambia(partner, dove, metodo="delete").status_code == 403
    assert cambia(capofila, dove, metodo="delete").status_code == 204
    assert not Kpi.objects.exists()
    assert Evento.objects.filter(tipo="conc_kpi.tolto").count() == 1


def test_i_valori_di_un_kpi_si_registrano_si_sostituiscono_e_si_tolgono(
    riga: RigaMappa, capofila: Client, partner: Client
) -> None:
    kpi = Kpi.objects.create(riga=riga, ordine=1, nome="Iscritti", base=1, base_il=date(2021, 1, 1))
    qui = f"{KPI}/{kpi.pk}/valori"
    corpo = {"giorno": "2022-01-01", "valore": 12.5, "nota": "Registro"}
    assert manda(partner, qui, corpo).status_code == 403
    risposta = manda(capofila, qui, corpo)
    nuovo = fatta(risposta)
    dove = f"{VALORI}/{nuovo['id']}"
    assert risposta["Location"] == f"{RADICE}/{dove}"
    assert (nuovo["kpi"], nuovo["valore"], nuovo["nota"]) == (kpi.pk, 12.5, "Registro")
    poi = fatta(manda(capofila, qui, corpo | {"valore": 13}), 200)
    assert poi == nuovo | {"valore": 13}
    assert [uno["valore"] for uno in leggi(capofila, f"{KPI}/{kpi.pk}")["valori"]] == [13]
    prima = manda(capofila, qui, corpo | {"giorno": "2020-12-31"})
    assert campi(prima) == {"giorno": "Viene prima della partenza, del 01/01/2021."}
    domani = manda(capofila, qui, corpo | {"giorno": "2999-01-01"})
    assert campi(domani) == {"giorno": "La data è nel futuro."}
    assert manda(capofila, dove, metodo="delete").status_code == 428
    assert cambia(partner, dove, metodo="delete").status_code == 403
    assert cambia(capofila, dove, metodo="delete").status_code == 204
    assert not ValoreKpi.objects.exists()
