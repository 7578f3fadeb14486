# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition begun, and its data and rules written while a draft, through the API."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from conciliazione.models import EdizioneConciliazione
from conciliazione.predefinite import dati_predefiniti
from piani.models import Azienda, Evento, Ruolo
from tests.api.chiede import RADICE, cambia, errori, letto, manda, visto
from tests.factories_conciliazione import AtsFactory, EdizioneConciliazioneFactory

pytestmark = pytest.mark.django_db
RATE_A_90 = [
    {"codice": "anticipo", "nome": "Anticipo", "quota": "50", "spesa": "0", "fonte": ""},
    {"codice": "saldo", "nome": "Saldo", "quota": "40", "spesa": "0", "fonte": ""},
]

RISERVA = {"codice": "r", "nome": "Riserva", "quota": "10", "categorie": ["a"], "fonte": "Art. 1"}


@pytest.fixture
def ats() -> Azienda:
    return AtsFactory(codice="ats-nuova")


@pytest.fixture
def ufficio(programma: Callable[..., Client], ats: Azienda) -> Client:
    return programma(Ruolo.CAPOFILA, ats)


@pytest.fixture
def bozza(ats: Azienda) -> EdizioneConciliazione:
    return EdizioneConciliazioneFactory(azienda=ats, stato="bozza")


def nuova(**altro: Any) -> dict[str, Any]:
    return {
        "azienda": "ats-nuova", "nome": "Piano 2025-2027", "anno_inizio": 2025, "anno_fine": 2027,
        "pronte": "2025-2027", **altro,
    }  # fmt: skip


def test_un_edizione_comincia_con_le_regole_pronte(ufficio: Client) -> None:
    fatta = manda(ufficio, "edizioni", nuova(dotazione=900000.5, atto="DGR 1", atto_data=None))
    assert fatta.status_code == 201, fatta.content
    assert fatta["Location"] == f"{RADICE}/edizioni/conciliazione-ats-nuova-2025-2027"
    scritta = EdizioneConciliazione.objects.get()
    assert (scritta.stato, scritta.dotazione) == ("bozza", Decimal("900000.50"))
    letta = letto(ufficio, "edizioni/conciliazione-ats-nuova-2025-2027")
    assert letta == fatta.json()
    assert letta["parametri"] == dati_predefiniti("2025-2027") | {"nome": "Piano 2025-2027"}
    assert Evento.objects.filter(tipo="conc_edizione.creata").count() == 1
    ancora = errori(manda(ufficio, "edizioni", nuova()))
    assert any("ha già un'edizione di quegli anni" in una for una in ancora.values())


def test_un_edizione_copia_le_regole_di_un_altra_che_si_legge(
    ufficio: Client, ats: Azienda
) -> None:
    vecchia = EdizioneConciliazioneFactory(azienda=ats)
    corpo = nuova(copia_da=vecchia.slug)
    del corpo["pronte"]
    fatta = manda(ufficio, "edizioni", corpo)
    assert fatta.status_code == 201, fatta.content
    assert fatta.json()["parametri"]["catalogo"] == vecchia.parametri["catalogo"]
    di_altri = EdizioneConciliazioneFactory()
    assert manda(ufficio, "edizioni", corpo | {"copia_da": di_altri.slug}).status_code == 404


@pytest.mark.parametrize(
    ("cambi", "stato", "campo", "detto"),
    [
        ({"copia_da": "altra"}, 400, "copia_da", "uno dei due"),
        ({"pronte": "2099"}, 400, "pronte", "2099"),
        ({"anno_inizio": 1999}, 400, "anno_inizio", "2000"),
        ({"anno_fine": 2024}, 422, "anno_fine", "L'ultimo anno viene prima del primo."),
        ({"dotazione": -1}, 400, "dotazione", "0"),
        ({"nome": ""}, 400, "nome", "omesso"),
        ({"colore": "blu"}, 400, "colore", "non esiste"),
    ],
)
def test_cio_che_non_va_e_detto_al_suo_campo(
    ufficio: Client, cambi: dict[str, Any], stato: int, campo: str, detto: str
) -> None:
    assert detto in errori(manda(ufficio, "edizioni", nuova(**cambi)), stato)[campo]
    assert not EdizioneConciliazione.objects.exists()


def test_senza_dire_da_dove_vengono_le_regole_non_si_comincia(ufficio: Client) -> None:
    corpo = nuova()
    del corpo["pronte"]
    assert "copia_da" in errori(manda(ufficio, "edizioni", corpo), 400)


def test_comincia_un_edizione_chi_guida_la_rete_di_un_ats(
    programma: Callable[..., Client], ats: Azienda, azienda: Azienda
) -> None:
    assert manda(programma(Ruolo.CONTROLLO_GESTIONE, ats), "edizioni", nuova()).status_code == 403
    asst = programma(Ruolo.CAPOFILA)
    rifiuto = manda(asst, "edizioni", nuova(azienda=azienda.codice))
    assert "è delle ATS" in errori(rifiuto)[""]


def test_di_una_bozza_si_cambiano_dati_e_regole_insieme(
    ufficio: Client, bozza: EdizioneConciliazione
) -> None:
    dove = f"edizioni/{bozza.slug}"
    quota = {"valore": "60", "fonte": "Art. 1"}
    corpo = {"nome": "Piano corretto", "dotazione": None, "parametri": {"quota_massima": quota}}
    cambiata = cambia(ufficio, dove, corpo)
    assert cambiata.status_code == 200, cambiata.content
    letta = letto(ufficio, dove)
    assert (letta["nome"], letta["anno_fine"]) == ("Piano corretto", bozza.anno_fine)
    assert letta["parametri"]["quota_massima"] == quota
    assert letta["parametri"]["rate"] == bozza.parametri["rate"]
    tipi = Evento.objects.filter(tipo__startswith="conc_").order_by("pk")
    assert list(tipi.values_list("tipo", flat=True)) == [
        "conc_edizione.modificata",
        "conc_edizione.regole",
    ]


@pytest.mark.parametrize(
    ("regole", "detto"),
    [
        ({"rate": RATE_A_90}, "rate: le quote fanno 90, non 100."),
        ({"quota_massima": {"valore": 120, "fonte": "x"}}, "quota_massima.valore: va da 0 a 100."),
        ({"contributo_massimo": {"valore": "1e99999", "fonte": "x"}}, "serve un numero"),
        ({"contributo_massimo": {"valore": "1", "fonte": "a\0b"}}, "serve un testo"),
        ({"rate": None}, "rate: «None» non va bene, serve una lista."),
        ({"riserve": [RISERVA | {"codice": ""}]}, "riserve: ogni riserva ha codice e nome."),
        ({"colore": "blu"}, "colore: campo sconosciuto."),
        ({"nome": "Altro"}, "nome: campo sconosciuto."),
        ({"schema": "altro"}, "schema: campo sconosciuto."),
    ],
)
def test_regole_che_non_tornano_non_cambiano_niente(
    ufficio: Client, bozza: EdizioneConciliazione, regole: dict[str, Any], detto: str
) -> None:
    dove = f"edizioni/{bozza.slug}"
    prima = letto(ufficio, dove)
    rifiuto = cambia(ufficio, dove, {"nome": "Nome nuovo", "parametri": regole})
    assert rifiuto.status_code == 422, rifiuto.content
    assert any(detto in uno["messaggio"] for uno in rifiuto.json()["errori"])
    assert letto(ufficio, dove) == prima


def test_mezzo_carattere_non_e_json(ufficio: Client, bozza: EdizioneConciliazione) -> None:
    dove = f"edizioni/{bozza.slug}"
    for corpo in (r'{"\ud800": 1}', r'{"parametri": {"\udc00": 1}}'):
        rotta = manda(ufficio, dove, corpo, "patch", **visto(ufficio, dove))
        assert rotta.status_code == 400, corpo
    intero = cambia(ufficio, dove, r'{"nome": "Piano \ud83c\udf33"}')
    assert intero.json()["nome"] == "Piano 🌳"


def test_le_regole_si_cambiano_su_cio_che_si_e_letto(
    ufficio: Client, bozza: EdizioneConciliazione
) -> None:
    dove, corpo = f"edizioni/{bozza.slug}", {"atto": "DGR 2"}
    assert manda(ufficio, dove, corpo, "patch").status_code == 428
    di_prima = visto(ufficio, dove)
    assert manda(ufficio, dove, corpo, "patch", **di_prima).status_code == 200
    assert manda(ufficio, dove, {"atto": "DGR 3"}, "patch", **di_prima).status_code == 412
    assert letto(ufficio, dove)["atto"] == "DGR 2"
    assert "anno_fine" in errori(cambia(ufficio, dove, {"anno_fine": 2019}))


def test_un_edizione_in_vigore_non_cambia_e_chi_legge_non_scrive(
    ufficio: Client, programma: Callable[..., Client], bozza: EdizioneConciliazione, ats: Azienda
) -> None:
    dove = f"edizioni/{bozza.slug}"
    lettore = programma(Ruolo.REGIONE, ats)
    assert cambia(lettore, dove, {"nome": "Altro"}).status_code == 403
    EdizioneConciliazione.objects.update(stato="in_vigore")
    for corpo in ({"nome": "Altro"}, {"parametri": {"riserve": []}}):
        assert "si può fare solo quando è «Bozza»" in errori(cambia(ufficio, dove, corpo))[""]
