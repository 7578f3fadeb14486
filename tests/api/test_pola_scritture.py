# SPDX-License-Identifier: AGPL-3.0-or-later
"""A POLA written by programs: begun, its phases, its indicators and their levels."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lavoro_agile.models import IndicatorePola, Pola
from obiettivi.models import Indicatore, Target
from piani.models import Azienda, Piano, Ruolo
from tests.api.passi import cambia, detto, entrato, leggi, manda
from tests.factories import IncaricoFactory, PianoFactory
from tests.factories_lavoro_agile import PolaFactory

pytestmark = pytest.mark.django_db
QUI = "lavoro-agile/pola"


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.RISORSE_UMANE)


@pytest.fixture
def cug(azienda: Azienda) -> Client:
    """Who reads the POLA, and does not keep it."""
    return entrato(IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG).utente)


@pytest.fixture
def pola(ufficio: Client, azienda: Azienda) -> Pola:
    nato = manda(ufficio, QUI, {
        "azienda": azienda.codice, "titolo": "POLA", "anno_inizio": 2025, "anno_fine": 2027,
    })  # fmt: skip
    assert nato.status_code == 201, nato.content
    fatto = Pola.objects.get()
    assert nato["Location"] == f"/api/v1/{QUI}/{fatto.pk}"
    return fatto


def campi(risposta: Any) -> list[str]:
    return [uno["campo"] for uno in risposta.json()["errori"]]


def test_un_pola_comincia_in_bozza_con_le_sue_fasi(
    ufficio: Client, cug: Client, azienda: Azienda, pola: Pola
) -> None:
    letto = leggi(ufficio, f"{QUI}/{pola.pk}")
    assert (letto["stato"], letto["titolo"], letto["sezione_di"]) == ("bozza", "POLA", None)
    assert [(una["genere"], una["anno"]) for una in letto["fasi"]] == [
        ("avvio", 2025), ("intermedio", 2026), ("avanzato", 2027),
    ]  # fmt: skip
    corpo = {"azienda": azienda.codice, "titolo": "Altro", "anno_inizio": 2027, "anno_fine": 2025}
    detto(manda(ufficio, QUI, corpo), 422)
    detto(manda(cug, QUI, corpo), 403)
    assert Pola.objects.count() == 1


def test_il_programma_di_un_pola_gia_fra_i_piani_si_apre_una_volta(
    ufficio: Client, cug: Client, azienda: Azienda
) -> None:
    piano = PianoFactory(azienda=azienda, tipo=Piano.Tipo.POLA, stato="bozza")
    detto(manda(cug, f"{QUI}/apertura", {"piano": piano.slug}), 403)
    aperto = manda(ufficio, f"{QUI}/apertura", {"piano": piano.slug})
    assert aperto.status_code == 201, aperto.content
    assert aperto.json()["piano"] == piano.slug
    assert Pola.objects.get().piano == piano
    assert "già aperto" in detto(manda(ufficio, f"{QUI}/apertura", {"piano": piano.slug}), 422)
    for altro in (PianoFactory(azienda=azienda, stato="bozza"), PianoFactory(tipo="pola")):
        assert manda(ufficio, f"{QUI}/apertura", {"piano": altro.slug}).status_code == 404


def test_le_fasi_si_scrivono_insieme_e_in_ordine(
    ufficio: Client, cug: Client, azienda: Azienda, pola: Pola
) -> None:
    qui = f"{QUI}/{pola.pk}"
    piao = PianoFactory(azienda=azienda, tipo=Piano.Tipo.PIAO)
    fasi = [
        {"genere": "emergenziale", "anno": 2024, "descrizione": "Tutti a casa"},
        {"genere": "avvio", "anno": 2025},
    ]
    fatto = cambia(ufficio, qui, {"fasi": fasi, "sezione_di": piao.slug})
    assert fatto.status_code == 200, fatto.content
    assert fatto.json()["fasi"] == [fasi[0], fasi[1] | {"descrizione": ""}]
    pola.refresh_from_db()
    assert (pola.sezione_di, pola.fasi.count()) == (piao, 2)
    # what is not named stays
    assert cambia(ufficio, qui, {"sezione_di": None}).json()["fasi"] == fatto.json()["fasi"]
    fuori = cambia(ufficio, qui, {"fasi": [{"genere": "avvio", "anno": 2031}]})
    assert "Il piano va dal 2025 al 2027." in detto(fuori, 422)
    assert campi(fuori) == ["anno_avvio"]
    assert "due volte" in detto(cambia(ufficio, qui, {"fasi": [fasi[1], fasi[1]]}), 400)
    per_se = cambia(ufficio, qui, {"sezione_di": pola.piano.slug})
    assert campi(per_se) == ["sezione_di"]
    altrui = cambia(ufficio, qui, {"sezione_di": PianoFactory().slug})
    assert (altrui.status_code, campi(altrui)) == (400, ["sezione_di"])
    detto(cambia(cug, qui, {"sezione_di": None}), 403)
    assert pola.fasi.count() == 2


def test_gli_indicatori_si_prendono_dalla_linea_guida(
    ufficio: Client, cug: Client, pola: Pola
) -> None:
    qui = f"{QUI}/{pola.pk}/linee-guida"
    offerti = leggi(ufficio, qui)["indicatori"]
    assert (len(offerti), {uno["preso"] for uno in offerti}) == (40, {False})
    scelti = [offerti[0]["codice"], offerti[-1]["codice"]]
    detto(manda(cug, qui, {"codici": scelti}), 403)
    fatto = manda(ufficio, qui, {"codici": scelti})
    assert [uno["modello"] for uno in fatto.json()["indicatori"]] == scelti
    presi = [uno["codice"] for uno in leggi(ufficio, qui)["indicatori"] if uno["preso"]]
    assert sorted(presi) == sorted(scelti)
    gia = manda(ufficio, qui, {"codici": [scelti[0], offerti[1]["codice"]]})
    assert "Sono già nel programma" in detto(gia, 422)
    ignoto = manda(ufficio, qui, {"codici": ["boh"]})
    assert (campi(ignoto), IndicatorePola.objects.count()) == (["codici"], 2)


def test_un_indicatore_vostro_ha_i_suoi_livelli_e_si_toglie(
    ufficio: Client, cug: Client, pola: Pola
) -> None:
    corpo = {"dimensione": "digitale", "natura": "quantitativo", "codice": "X1",
             "nome": "Servizi digitali", "tipo_formula": "diretto", "unita": "%"}  # fmt: skip
    detto(manda(cug, f"{QUI}/{pola.pk}/indicatori", corpo), 403)
    nato = manda(ufficio, f"{QUI}/{pola.pk}/indicatori", corpo)
    assert nato.status_code == 201, nato.content
    indicatore = IndicatorePola.objects.get()
    qui = f"lavoro-agile/indicatori-pola/{indicatore.pk}"
    assert nato["Location"] == f"/api/v1/{qui}"
    assert campi(manda(ufficio, f"{QUI}/{pola.pk}/indicatori", corpo)) != []  # the code is taken
    livelli = [{"anno": 2025, "stampato": "≥ 60%"}, {"anno": 2026, "stampato": "≥ 70%"}]
    scritto = cambia(ufficio, qui, {"livelli": livelli, "base": "50%", "base_anno": 2024})
    assert scritto.status_code == 200, scritto.content
    assert (scritto.json()["livelli"], scritto.json()["base"]) == (livelli, "50%")
    assert [uno.stampato for uno in Target.objects.order_by("anno")] == ["≥ 60%", "≥ 70%"]
    tolto = cambia(ufficio, qui, {"livelli": [{"anno": 2025, "stampato": ""}], "nota": "Poi"})
    assert (tolto.json()["livelli"], tolto.json()["nota"]) == (livelli[1:], "Poi")
    assert tolto.json()["base_anno"] == 2024
    fuori = cambia(ufficio, qui, {"livelli": [{"anno": 2031, "stampato": "1"}]})
    assert "fuori dal piano" in detto(fuori, 422)
    assert campi(cambia(ufficio, qui, {"base_anno": None})) == ["base_anno"]
    detto(cambia(cug, qui, {"nota": "X"}), 403)
    assert manda(ufficio, qui, metodo="delete").status_code == 428
    assert cambia(ufficio, qui, metodo="delete").status_code == 204
    assert not IndicatorePola.objects.exists()
    assert Indicatore.objects.filter(codice="X1").exists()  # the library keeps it


def test_un_pola_adottato_non_si_scrive(ufficio: Client, azienda: Azienda) -> None:
    pola = PolaFactory(piano__azienda=azienda, piano__stato="adottato")
    qui = f"{QUI}/{pola.pk}"
    detto(cambia(ufficio, qui, {"fasi": []}), 422)
    codice = leggi(ufficio, f"{qui}/linee-guida")["indicatori"][0]["codice"]
    detto(manda(ufficio, f"{qui}/linee-guida", {"codici": [codice]}), 422)
