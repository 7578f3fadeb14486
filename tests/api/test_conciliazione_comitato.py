# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Comitato through the API: seats, agenda, who is present, votes, what was decided."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from conciliazione.models import (
    Componente,
    EdizioneConciliazione,
    Presenza,
    PuntoOrdine,
    Seduta,
    Seggio,
    Voto,
)
from piani.models import Azienda, Evento, Ruolo
from tests.api.chiede import RADICE, cambia, errori, in_sessione, letto, manda, visto
from tests.factories_conciliazione import (
    AdesioneFactory,
    ComponenteFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ManifestazioneFactory,
    ProgettoFactory,
    PuntoOrdineFactory,
    SedutaFactory,
    SeggioFactory,
    VerbaleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    return EdizioneConciliazioneFactory(azienda=azienda)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


@pytest.fixture
def lettore(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.REGIONE)


@pytest.fixture
def seggi(edizione: EdizioneConciliazione) -> list[Seggio]:
    """Four, each with its titolare; the first with a supplente too."""
    quattro = [SeggioFactory(edizione=edizione, ordine=n) for n in range(1, 5)]
    for seggio in quattro:
        ComponenteFactory(seggio=seggio)
    ComponenteFactory(seggio=quattro[0], qualita=Componente.Qualita.SUPPLENTE)
    return quattro


@pytest.fixture
def seduta(edizione: EdizioneConciliazione, seggi: list[Seggio]) -> Seduta:
    """Of the Comitato: called, of today, with an item."""
    questa = SedutaFactory(edizione=edizione, quando=timezone.now())
    PuntoOrdineFactory(seduta=questa, ordine=1)
    return questa


def titolari(*seggi: Seggio) -> dict[str, Any]:
    return {"seggi": [{"seggio": uno.pk, "siede": "titolare"} for uno in seggi]}


# Seats ------------------------------------------------------------------------------------------


def test_un_seggio_si_aggiunge_si_corregge_e_finisce(
    edizione: EdizioneConciliazione, ufficio: Client, lettore: Client
) -> None:
    ente = EnteFactory(azienda=edizione.azienda)
    corpo = {
        "edizione": edizione.slug, "ente": ente.pk, "tipologia": "OO.SS.", "capofila": True
    }  # fmt: skip
    fatto = manda(ufficio, "seggi", corpo)
    assert fatto.status_code == 201, fatto.content
    dove = f"seggi/{fatto.json()['id']}"
    assert fatto["Location"] == f"{RADICE}/{dove}"
    assert (fatto.json()["ordine"], fatto.json()["ente_nome"]) == (1, ente.nome)
    assert "è uno solo" in " ".join(errori(manda(ufficio, "seggi", corpo)).values())
    secondo = manda(ufficio, "seggi", corpo | {"capofila": False, "dal": "2021-01-01"}).json()
    assert secondo["ordine"] == 2

    finito = cambia(ufficio, dove, {"al": "2021-12-31", "denominazione": "CISL"})
    assert finito.status_code == 200, finito.content
    assert (letto(ufficio, dove)["al"], letto(ufficio, dove)["tipologia"]) == (
        "2021-12-31", "OO.SS.",
    )  # fmt: skip
    assert not Seggio.objects.in_carica().filter(pk=fatto.json()["id"]).exists()
    rovescio = cambia(ufficio, f"seggi/{secondo['id']}", {"al": "2020-01-01"})
    assert rovescio.status_code == 422
    assert cambia(lettore, dove, {"al": None}).status_code == 403
    assert manda(lettore, "seggi", corpo).status_code == 403
    di_altri = errori(manda(ufficio, "seggi", corpo | {"ente": EnteFactory().pk}), 400)
    assert "ente" in di_altri


# Agenda -----------------------------------------------------------------------------------------


def test_l_ordine_del_giorno_si_scrive_finche_la_seduta_non_e_convocata(
    edizione: EdizioneConciliazione, ufficio: Client, lettore: Client
) -> None:
    seduta = SedutaFactory(edizione=edizione, stato="bozza", convocata_il=None)
    dove = f"sedute/{seduta.pk}/punti"
    bando = ManifestazioneFactory(edizione=edizione)
    corpo = {"titolo": "Graduatoria", "genere": "decisione", "manifestazione": bando.pk}
    primo = manda(ufficio, dove, corpo)
    assert primo.status_code == 201, primo.content
    punto = f"punti/{primo.json()['id']}"
    assert primo["Location"] == f"{RADICE}/{punto}"
    assert letto(ufficio, punto) == primo.json()
    manda(ufficio, dove, {"titolo": "Varie"})
    punti = letto(ufficio, f"sedute/{seduta.pk}")["punti"]
    assert [(uno["ordine"], uno["genere"]) for uno in punti] == [
        (1, "decisione"), (2, "discussione"),
    ]  # fmt: skip
    altrove = ManifestazioneFactory(
        edizione=EdizioneConciliazioneFactory(azienda=edizione.azienda, anno_inizio=2030,
                                              anno_fine=2031)
    )  # fmt: skip
    di_altra = errori(manda(ufficio, dove, corpo | {"manifestazione": altrove.pk}))
    assert "il Comitato della stessa edizione" in di_altra["manifestazione"]
    assert "genere" in errori(manda(ufficio, dove, corpo | {"genere": "altro"}), 400)
    assert manda(lettore, dove, corpo).status_code == 403
    assert cambia(lettore, punto, metodo="delete").status_code == 403

    assert manda(ufficio, punto, {}, "delete").status_code == 428
    assert cambia(ufficio, punto, metodo="delete").status_code == 204
    (rimasto,) = PuntoOrdine.objects.all()
    assert (rimasto.titolo, rimasto.ordine) == ("Varie", 1)
    Seduta.objects.update(stato="convocata", convocata_il=timezone.now())
    assert "In preparazione" in errori(manda(ufficio, dove, corpo))[""]
    tolto = cambia(ufficio, f"punti/{rimasto.pk}", metodo="delete")
    assert "In preparazione" in errori(tolto)[""]


def test_l_esito_di_un_punto_si_scrive_fino_al_verbale(
    seduta: Seduta, ufficio: Client, lettore: Client
) -> None:
    punto = seduta.punti.get()
    dove = f"punti/{punto.pk}"
    assert "quando è «Aperta" in errori(cambia(ufficio, dove, {"esito": "Sì"}))[""]
    Seduta.objects.update(stato="aperta", componenti=4, numero_legale=3)
    visti = visto(ufficio, dove)
    scritto = manda(ufficio, dove, {"esito": " Si approva. "}, "patch", **visti)
    assert scritto.json()["esito"] == "Si approva."
    assert manda(ufficio, dove, {"esito": "No"}, "patch", **visti).status_code == 412
    assert cambia(lettore, dove, {"esito": "No"}).status_code == 403
    assert letto(ufficio, f"sedute/{seduta.pk}")["punti"][0]["esito"] == "Si approva."
    VerbaleFactory(seduta=seduta, stato="inviato", inviato_il=timezone.now(), fotografia={})
    assert "Il verbale è già inviato" in errori(cambia(ufficio, dove, {"esito": "No"}))[""]


# Presences --------------------------------------------------------------------------------------


def test_il_foglio_delle_presenze_prende_il_posto_di_quello_di_prima(
    seduta: Seduta, seggi: list[Seggio], ufficio: Client, lettore: Client
) -> None:
    dove = f"sedute/{seduta.pk}/presenze"
    capofila = ProgettoFactory(proposta__manifestazione__edizione=seduta.edizione).capofila
    foglio = {
        "seggi": [
            {"seggio": seggi[0].pk, "siede": "supplente"},
            {"seggio": seggi[1].pk, "siede": "titolare"},
            {"seggio": seggi[2].pk, "siede": "altri", "nome": "Ida Prova"},
        ],
        "enti": [{"ente": capofila.pk, "nome": "Ugo Prova"}],
    }
    segnate = cambia(ufficio, dove, foglio, "put")
    assert segnate.status_code == 200, segnate.content
    assert segnate.json() == letto(ufficio, f"sedute/{seduta.pk}")
    presenze = segnate.json()["presenze"]
    assert [(p["seggio"], p["presente"], p["supplente"], p["consultiva"]) for p in presenze] == [
        (seggi[0].pk, True, True, False),
        (seggi[1].pk, True, False, False),
        (seggi[2].pk, True, False, False),
        (seggi[3].pk, False, False, False),
        (None, True, False, True),
    ]
    assert Presenza.objects.get(seggio=seggi[2]).nome == "Ida Prova"
    assert "Ida Prova" not in segnate.content.decode()
    assert cambia(ufficio, dove, titolari(*seggi[:2]), "put").status_code == 200
    assert Presenza.objects.filter(seduta=seduta, presente=True).count() == 2
    assert cambia(lettore, dove, titolari(), "put").status_code == 403
    assert manda(ufficio, dove, titolari(), "put").status_code == 428
    visti = visto(ufficio, f"sedute/{seduta.pk}")
    assert manda(ufficio, dove, titolari(seggi[0]), "put", **visti).status_code == 200
    assert manda(ufficio, dove, titolari(), "put", **visti).status_code == 412


def test_un_foglio_sbagliato_non_cambia_le_presenze(
    seduta: Seduta, seggi: list[Seggio], ufficio: Client
) -> None:
    dove, secondo = f"sedute/{seduta.pk}/presenze", seggi[1]
    cambia(ufficio, dove, titolari(*seggi), "put")
    altrove = SeggioFactory(
        edizione=EdizioneConciliazioneFactory(azienda=seduta.azienda, anno_inizio=2030,
                                              anno_fine=2031)
    )  # fmt: skip
    for foglio, stato, campo, detto in (
        ({"seggi": [{"seggio": secondo.pk, "siede": "supplente"}]}, 422, f"seggio-{secondo.pk}",
         "non ha un supplente nominato"),
        ({"seggi": [{"seggio": secondo.pk, "siede": "altri"}]}, 400, "seggi.0.nome", "«altri»"),
        ({"seggi": [{"seggio": secondo.pk, "siede": "titolare", "nome": "Ida"}]}, 400,
         "seggi.0.nome", "solo con «altri»"),
        ({"seggi": [{"seggio": secondo.pk, "siede": "in piedi"}]}, 400, "seggi.0.siede", "piedi"),
        (titolari(secondo, secondo), 400, "seggi", "una volta sola"),
        (titolari(altrove), 422, "", "non è in carica"),
        ({"enti": [{"ente": EnteFactory(azienda=seduta.azienda).pk}]}, 422, "",
         "solo i capofila delle Alleanze"),
    ):  # fmt: skip
        rifiuto = errori(cambia(ufficio, dove, foglio, "put"), stato)
        assert detto in rifiuto[campo], foglio
    assert Presenza.objects.filter(seduta=seduta, presente=True).count() == 4


def test_alla_rete_partecipano_gli_enti(
    edizione: EdizioneConciliazione, seggi: list[Seggio], ufficio: Client
) -> None:
    seduta = SedutaFactory(edizione=edizione, organo="rete", quando=timezone.now())
    membro = AdesioneFactory(ente=EnteFactory(azienda=edizione.azienda)).ente
    dove = f"sedute/{seduta.pk}/presenze"
    fuori = {"enti": [{"ente": EnteFactory(azienda=edizione.azienda).pk}]}
    assert "non fa parte della Rete" in errori(cambia(ufficio, dove, fuori, "put"))[""]
    coi_seggi = errori(cambia(ufficio, dove, titolari(seggi[0]), "put"))
    assert coi_seggi == {"seggi": "Alla Rete partecipano gli enti, non i seggi."}
    segnate = cambia(ufficio, dove, {"enti": [{"ente": membro.pk, "nome": "Ida Prova"}]}, "put")
    assert [una["ente"] for una in segnate.json()["presenze"]] == [membro.pk]


# Votes ------------------------------------------------------------------------------------------


def voti(*dati: tuple[Seggio, str]) -> dict[str, Any]:
    return {"voti": [{"seggio": seggio.pk, "valore": valore} for seggio, valore in dati]}


def test_si_vota_un_quesito_e_si_raccolgono_i_voti_dati_in_sala(
    seduta: Seduta, seggi: list[Seggio], ufficio: Client, lettore: Client
) -> None:
    punto = f"punti/{seduta.punti.get().pk}/votazioni"
    quesito = {"quesito": "Si approva?"}
    assert "«Aperta»" in errori(manda(ufficio, punto, quesito))[""]
    cambia(ufficio, f"sedute/{seduta.pk}/presenze", titolari(*seggi[:3]), "put")
    assert manda(ufficio, f"sedute/{seduta.pk}/apertura").json()["numero_legale"] == 3
    assert manda(lettore, punto, quesito).status_code == 403
    assert "quesito" in errori(manda(ufficio, punto, {"quesito": ""}), 400)
    aperta = manda(ufficio, punto, quesito)
    assert aperta.status_code == 201, aperta.content
    votazione = f"votazioni/{aperta.json()['id']}"
    assert aperta["Location"] == f"{RADICE}/{votazione}"
    assert (aperta.json()["stato"], aperta.json()["punto"]) == ("aperta", seduta.punti.get().pk)

    dove = f"{votazione}/voti"
    assert manda(lettore, dove, voti((seggi[0], "astenuto"))).status_code == 403
    assente = errori(manda(ufficio, dove, voti((seggi[0], "favorevole"), (seggi[3], "astenuto"))))
    assert f"Non è presente alla seduta: {seggi[3]}." == assente[""]
    doppio = voti((seggi[0], "favorevole"), (seggi[0], "contrario"))
    assert "una volta sola" in errori(manda(ufficio, dove, doppio), 400)["voti"]
    assert "voti" in errori(manda(ufficio, dove, {"voti": []}), 400)
    assert not Voto.objects.exists()
    raccolti = manda(ufficio, dove, voti((seggi[0], "favorevole"), (seggi[1], "contrario")))
    assert raccolti.status_code == 200, raccolti.content
    assert raccolti.json()["voti"] == []  # until it is closed, each reads one's own
    assert "ha già votato" in errori(manda(ufficio, dove, voti((seggi[1], "favorevole"))))[""]
    manda(ufficio, dove, voti((seggi[2], "favorevole")))

    chiusa = manda(ufficio, f"{votazione}/chiusura").json()
    assert (chiusa["esito"], len(chiusa["voti"])) == ("approvata", 3)
    assert "Aperta" in errori(manda(ufficio, dove, voti((seggi[3], "astenuto"))))[""]
    assert Evento.objects.filter(tipo="conc_votazione.raccolta").count() == 2


def test_il_voto_raccolto_lo_legge_il_suo_seggio(
    seduta: Seduta, seggi: list[Seggio], ufficio: Client
) -> None:
    cambia(ufficio, f"sedute/{seduta.pk}/presenze", titolari(*seggi), "put")
    manda(ufficio, f"sedute/{seduta.pk}/apertura")
    punto = f"punti/{seduta.punti.get().pk}/votazioni"
    votazione = manda(ufficio, punto, {"quesito": "Si approva?"}).json()["id"]
    tutti = voti((seggi[0], "favorevole"), (seggi[1], "contrario"))
    manda(ufficio, f"votazioni/{votazione}/voti", tutti)
    titolare = in_sessione(Componente.objects.get(seggio=seggi[1]).utente)
    assert letto(titolare, f"votazioni/{votazione}")["voti"] == [
        {"seggio": seggi[1].pk, "valore": "contrario"}
    ]
    assert manda(titolare, f"votazioni/{votazione}/voti", voti((seggi[2], "astenuto"))
                 ).status_code == 403  # fmt: skip


# Decisions --------------------------------------------------------------------------------------


def test_una_decisione_dice_in_quale_seduta_fu_presa(
    seduta: Seduta, ufficio: Client, lettore: Client
) -> None:
    adesione = AdesioneFactory(ente=EnteFactory(azienda=seduta.azienda))
    dove = f"sedute/{seduta.pk}/decisioni"
    corpo = {"genere": "adesione", "chiave": adesione.pk}
    assert "«Aperta»" in errori(manda(ufficio, dove, corpo))[""]
    Seduta.objects.update(stato="chiusa", componenti=4, numero_legale=3)
    assert manda(lettore, dove, corpo).status_code == 403
    assert "genere" in errori(manda(ufficio, dove, corpo | {"genere": "progetto"}), 400)
    collegata = manda(ufficio, dove, corpo)
    assert collegata.status_code == 200, collegata.content
    assert letto(ufficio, f"adesioni/{adesione.pk}")["seduta"] == seduta.pk
    assert "già collegata" in errori(manda(ufficio, dove, corpo))[""]
    di_altri = corpo | {"chiave": AdesioneFactory().pk}
    assert "non c'è più" in errori(manda(ufficio, dove, di_altri))[""]
