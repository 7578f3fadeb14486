# SPDX-License-Identifier: AGPL-3.0-or-later
"""Proposals written through the API: section by section, by who represents their capofila."""

import base64
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from conciliazione.azioni import proposta as azioni
from conciliazione.models import (
    AllegatoProposta,
    AzioneProposta,
    EdizioneConciliazione,
    Ente,
    ManifestazioneInteresse,
    Partner,
    Proposta,
)
from piani.models import Azienda, Evento, Ruolo
from tests.api.passi import cambia, detto, entrato, leggi, manda
from tests.conciliazione.scene_bando import membro, scritta
from tests.factories_conciliazione import (
    EdizioneConciliazioneFactory,
    EnteFactory,
    ManifestazioneFactory,
    PartnerFactory,
    PropostaFactory,
    ReferenteFactory,
    VersioneFactory,
)

pytestmark = pytest.mark.django_db
QUI = "conciliazione"
LETTERA = base64.b64encode(b"Lettera di partenariato").decode()


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    fatta: EdizioneConciliazione = EdizioneConciliazioneFactory(azienda=azienda)
    return fatta


@pytest.fixture
def bando(edizione: EdizioneConciliazione) -> ManifestazioneInteresse:
    fatto: ManifestazioneInteresse = ManifestazioneFactory(edizione=edizione)
    return fatto


@pytest.fixture
def comune(edizione: EdizioneConciliazione) -> Ente:
    return membro(edizione, nome="Comune di Prova Alta", ente_locale=True)


@pytest.fixture
def rita(comune: Ente) -> Client:
    """Who represents the comune, in her session."""
    return entrato(ReferenteFactory(ente=comune).utente)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


def intera(bando: ManifestazioneInteresse, ente: Ente, **cambi: Any) -> Proposta:
    """A whole proposal of a body, that respects the rules."""
    return scritta(bando, ente, ReferenteFactory(ente=ente).utente, **cambi)


def chiusa(bando: ManifestazioneInteresse) -> None:
    """The call has closed, and is being looked at."""
    ManifestazioneInteresse.objects.filter(pk=bando.pk).update(
        chiude_il=timezone.now() - timedelta(minutes=1), stato="in_valutazione"
    )


def vista(chi: Client, proposta: Proposta) -> dict[str, Any]:
    """What says that the proposal was just read."""
    return {"headers": {"If-Match": chi.get(f"/api/v1/{dove(proposta)}")["ETag"]}}


def dove(proposta: Proposta, resto: str = "") -> str:
    return f"{QUI}/proposte/{proposta.pk}{resto}"


def test_si_comincia_solo_per_il_proprio_ente_e_mentre_e_aperta(
    bando: ManifestazioneInteresse,
    edizione: EdizioneConciliazione,
    comune: Ente,
    rita: Client,
    ufficio: Client,
) -> None:
    corpo = {"manifestazione": bando.pk, "ente": comune.pk, "titolo": "Tempi felici"}
    nata = manda(rita, f"{QUI}/proposte", corpo)
    assert nata.status_code == 201, nata.content
    proposta = Proposta.objects.get()
    assert nata["Location"] == f"/api/v1/{dove(proposta)}"
    letta = leggi(rita, dove(proposta))
    assert (letta["stato"], letta["capofila"], letta["titolo"]) == (
        "bozza", comune.pk, "Tempi felici",
    )  # fmt: skip
    assert [una["modifiche"] for una in letta["versioni"]] == [0]
    assert Evento.objects.filter(tipo="conc_proposta.cominciata").count() == 1

    assert "Oggi non rappresenti" in detto(manda(ufficio, f"{QUI}/proposte", corpo), 403)
    altro = membro(edizione)
    detto(manda(rita, f"{QUI}/proposte", corpo | {"ente": altro.pk}), 403)
    assert ufficio.get(f"/api/v1/{dove(proposta)}").status_code == 404  # it is sealed
    chiusa(bando)
    assert "il termine è passato" in detto(manda(rita, f"{QUI}/proposte", corpo), 422)
    assert "titolo" in str(manda(rita, f"{QUI}/proposte", corpo | {"titolo": ""}).json())
    assert Proposta.objects.count() == 1


def test_del_contenuto_cambia_solo_cio_che_si_manda(
    bando: ManifestazioneInteresse, comune: Ente, rita: Client
) -> None:
    proposta = intera(bando, comune)
    prima = leggi(rita, dove(proposta))
    dopo = cambia(
        rita, dove(proposta), {"bisogni": "Orari lunghi", "aperta": True, "titolo": "Altri tempi"}
    )
    assert dopo.status_code == 200, dopo.content
    versione = prima["versioni"][0] | {
        "bisogni": "Orari lunghi", "titolo": "Altri tempi",
        "modifiche": prima["versioni"][0]["modifiche"] + 1,
    }  # fmt: skip
    assert dopo.json() == prima | {
        "titolo": "Altri tempi", "aperta": True, "versioni": [versione],
    }  # fmt: skip
    assert leggi(rita, dove(proposta)) == dopo.json()
    detto(manda(rita, dove(proposta), {"bisogni": "x"}, "patch"), 428)
    vecchio = {"headers": {"If-Match": '"0"'}}
    detto(manda(rita, dove(proposta), {"bisogni": "x"}, "patch", **vecchio), 412)


@pytest.mark.parametrize(
    ("corpo", "stato", "campo", "frase"),
    [
        ({"finalita": ["nessuna"]}, 422, "finalita", "L'edizione non ha queste finalità: nessuna."),
        ({"al": "2020-12-31"}, 422, "al", "Finisce prima di cominciare."),
        ({"titolo": ""}, 400, "titolo", ""),
        ({"colore": "blu"}, 400, "colore", "Questo campo non esiste."),
        ({"descrizione": "x" * 20_001}, 400, "descrizione", ""),
    ],
)
def test_cio_che_non_va_del_contenuto_e_detto_campo_per_campo(
    bando: ManifestazioneInteresse,
    comune: Ente,
    rita: Client,
    corpo: dict[str, Any],
    stato: int,
    campo: str,
    frase: str,
) -> None:
    proposta = intera(bando, comune)
    prima = leggi(rita, dove(proposta))
    rifiutato = cambia(rita, dove(proposta), corpo)
    assert rifiutato.status_code == stato, rifiutato.content
    (errore,) = rifiutato.json()["errori"]
    assert errore["campo"] == campo
    assert frase in errore["messaggio"]
    assert leggi(rita, dove(proposta)) == prima


def test_le_azioni_si_aggiungono_si_cambiano_e_si_tolgono_con_i_costi(
    bando: ManifestazioneInteresse, comune: Ente, rita: Client
) -> None:
    proposta = intera(bando, comune)
    corpo = {
        "titolo": "Pedibus", "intervento": "b2", "persone": 40,
        "costi": [{"categoria": "personale", "importo": 1000.5}],
    }  # fmt: skip
    nata = manda(rita, dove(proposta, "/azioni"), corpo)
    assert nata.status_code == 201, nata.content
    qui = nata["Location"].removeprefix("/api/v1/")
    assert leggi(rita, qui) == nata.json()
    assert nata.json()["costi"] == [{"categoria": "personale", "importo": 1000.5}]
    versione = leggi(rita, dove(proposta))["versioni"][0]
    assert [una["titolo"] for una in versione["azioni"]] == ["Centro estivo", "Pedibus"]

    solo_titolo = cambia(rita, qui, {"titolo": "Piedibus"})
    assert solo_titolo.json() == nata.json() | {"titolo": "Piedibus"}
    altri = cambia(rita, qui, {"costi": [{"categoria": "servizi", "importo": 10}]})
    assert altri.json()["costi"] == [{"categoria": "servizi", "importo": 10}]

    doppi = [{"categoria": "servizi", "importo": 1}] * 2
    for sbagliato, stato, campo in (
        ({"intervento": "b"}, 422, "intervento"),  # a category, not one of its interventions
        ({"costi": [{"categoria": "viaggi", "importo": 1}]}, 422, "costi"),
        ({"costi": doppi}, 400, "costi"),
        ({"costi": [{"categoria": "servizi", "importo": -1}]}, 400, "costi.0.importo"),
        ({"dal": "2021-05-01", "al": "2021-04-01"}, 422, "al"),
        ({"persone": -1}, 400, "persone"),
    ):
        rifiutato = cambia(rita, qui, sbagliato)
        assert rifiutato.status_code == stato, (sbagliato, rifiutato.content)
        assert [uno["campo"] for uno in rifiutato.json()["errori"]] == [campo]
    assert leggi(rita, qui) == altri.json()

    detto(manda(rita, qui, metodo="delete"), 428)
    assert cambia(rita, qui, metodo="delete").status_code == 204
    assert [una.titolo for una in AzioneProposta.objects.all()] == ["Centro estivo"]


def test_le_risorse_si_scrivono_tutte_insieme(
    bando: ManifestazioneInteresse, edizione: EdizioneConciliazione, comune: Ente, rita: Client
) -> None:
    proposta = intera(bando, comune)
    partner = PartnerFactory(proposta=proposta, ente=membro(edizione)).ente
    estraneo = membro(edizione)
    corpo = {
        "contributo": 100, "costo_dichiarato": 150.5,
        "apporti": [
            {"ente": comune.pk, "forma": "denaro", "importo": 30},
            {"ente": partner.pk, "forma": "personale", "importo": 20.5},
            {"ente": partner.pk, "forma": "denaro", "importo": 0},
        ],
    }  # fmt: skip
    scritte = manda(rita, dove(proposta, "/risorse"), corpo, "put", **vista(rita, proposta))
    assert scritte.status_code == 200, scritte.content
    (versione,) = leggi(rita, dove(proposta))["versioni"]
    assert (versione["contributo"], versione["costo_dichiarato"]) == (100, 150.5)
    assert [(uno["ente"], uno["forma"], uno["importo"]) for uno in versione["cofinanziamenti"]] == [
        (comune.pk, "denaro", 30), (partner.pk, "personale", 20.5),
    ]  # fmt: skip
    visto = vista(rita, proposta)
    fuori = corpo | {"apporti": [{"ente": estraneo.pk, "forma": "denaro", "importo": 1}]}
    rifiutate = manda(rita, dove(proposta, "/risorse"), fuori, "put", **visto)
    assert "non è nell'Alleanza: prima va invitato." in detto(rifiutate, 422)
    assert rifiutate.json()["errori"][0]["campo"] == "apporti"
    doppio = corpo | {"apporti": [corpo["apporti"][0]] * 2}
    assert "già un cofinanziamento di quella forma" in detto(
        manda(rita, dove(proposta, "/risorse"), doppio, "put", **visto), 422
    )
    detto(manda(rita, dove(proposta, "/risorse"), corpo, "put"), 428)
    assert leggi(rita, dove(proposta))["versioni"] == [versione]


def test_un_partner_si_invita_risponde_per_se_ed_esce(
    bando: ManifestazioneInteresse, edizione: EdizioneConciliazione, comune: Ente, rita: Client
) -> None:
    proposta = intera(bando, comune)
    bottega, fabbrica = membro(edizione), membro(edizione)
    anna, bruno = (entrato(ReferenteFactory(ente=uno).utente) for uno in (bottega, fabbrica))
    invitata = manda(rita, dove(proposta, "/partner"), {"ente": bottega.pk, "ruolo": "Orari"})
    assert invitata.status_code == 201, invitata.content
    qui = invitata["Location"].removeprefix("/api/v1/")
    assert (invitata.json()["stato"], invitata.json()["ruolo"]) == ("invitato", "Orari")
    ancora = manda(rita, dove(proposta, "/partner"), {"ente": bottega.pk})
    assert "è già invitato" in detto(ancora, 422)
    di_fuori = EnteFactory(azienda=edizione.azienda)
    detto(manda(rita, dove(proposta, "/partner"), {"ente": di_fuori.pk}), 400)

    assert leggi(anna, dove(proposta))["partner"][0]["ente"] == bottega.pk
    detto(manda(anna, dove(proposta, "/partner"), {"ente": fabbrica.pk}), 403)
    detto(manda(rita, f"{qui}/risposta", {"accetta": True}), 403)
    detto(manda(bruno, f"{qui}/risposta", {"accetta": True}), 404)
    detta = manda(anna, f"{qui}/risposta", {"accetta": True, "nota": "Volentieri"})
    assert (detta.json()["stato"], detta.json()["nota"]) == ("confermato", "Volentieri")
    assert "adesso è «Confermato»" in detto(manda(anna, f"{qui}/risposta", {"accetta": True}), 422)
    assert leggi(rita, qui)["nota"] == "Volentieri"

    seconda = manda(rita, dove(proposta, "/partner"), {"ente": fabbrica.pk}).json()["id"]
    no = manda(bruno, f"{QUI}/partner/{seconda}/risposta", {"accetta": False, "nota": "No"})
    assert (no.status_code, no.json()["stato"]) == (200, "rifiutato")
    assert bruno.get(f"/api/v1/{dove(proposta)}").status_code == 404
    assert bruno.get(f"/api/v1/{QUI}/partner/{seconda}").status_code == 404
    # The note is for who leads: the other partners do not read it.
    assert leggi(anna, f"{QUI}/partner/{seconda}")["nota"] == ""

    detto(manda(anna, f"{qui}/uscita"), 403)
    assert manda(rita, f"{qui}/uscita").json()["stato"] == "uscito"
    assert anna.get(f"/api/v1/{qui}").status_code == 404
    stati = Partner.objects.order_by("pk").values_list("stato", flat=True)
    assert list(stati) == ["uscito", "rifiutato"]


def test_non_si_invita_chi_non_e_nella_rete(
    bando: ManifestazioneInteresse, edizione: EdizioneConciliazione, comune: Ente
) -> None:
    """Whoever leads two bodies sees the one that is not a member, and is told so."""
    proposta = intera(bando, comune)
    di_fuori = EnteFactory(azienda=edizione.azienda, nome="Di fuori")
    chi = ReferenteFactory(ente=comune).utente
    ReferenteFactory(ente=di_fuori, utente=chi)
    rifiutato = manda(entrato(chi), dove(proposta, "/partner"), {"ente": di_fuori.pk})
    assert "Di fuori non è nella Rete." in detto(rifiutato, 422)
    assert rifiutato.json()["errori"][0]["campo"] == "ente"


def test_gli_allegati_si_caricano_si_scaricano_e_si_tolgono(
    bando: ManifestazioneInteresse, comune: Ente, rita: Client, ufficio: Client
) -> None:
    proposta = intera(bando, comune)
    corpo = {"nome": "Lettera è «mia».txt", "contenuto": LETTERA}
    nato = manda(rita, dove(proposta, "/allegati"), corpo)
    assert nato.status_code == 201, nato.content
    qui = nato["Location"].removeprefix("/api/v1/")
    assert nato.json()["dimensione"] == len("Lettera di partenariato")
    assert [uno["id"] for uno in leggi(rita, dove(proposta))["allegati"]] == [nato.json()["id"]]
    scaricato = rita.get(f"/api/v1/{qui}/file")
    assert scaricato.content == b"Lettera di partenariato"
    assert scaricato["Content-Type"].startswith("text/plain")
    assert scaricato["Content-Disposition"].startswith("attachment; filename*=utf-8''Lettera")
    gia = rita.get(f"/api/v1/{qui}/file", headers={"If-None-Match": scaricato["ETag"]})
    assert gia.status_code == 304

    assert "questo documento c'è già" in detto(manda(rita, dove(proposta, "/allegati"), corpo), 422)
    programma = base64.b64encode(b"MZ\x90\x00programma").decode()
    di_altro_tipo = manda(
        rita, dove(proposta, "/allegati"), {"nome": "a.exe", "contenuto": programma}
    )
    assert "a.exe" in detto(di_altro_tipo, 422)
    assert "base64" in detto(
        manda(rita, dove(proposta, "/allegati"), corpo | {"contenuto": "è"}), 400
    )
    for indirizzo in (qui, f"{qui}/file"):  # sealed
        assert ufficio.get(f"/api/v1/{indirizzo}").status_code == 404
    assert cambia(rita, qui, metodo="delete").status_code == 204
    assert not AllegatoProposta.objects.exists()


def test_si_presenta_si_riprende_e_si_ritira(
    bando: ManifestazioneInteresse, comune: Ente, rita: Client
) -> None:
    proposta = intera(bando, comune)
    salvataggi = leggi(rita, dove(proposta))["versioni"][0]["modifiche"]
    tardi = manda(rita, dove(proposta, "/presentazione"), {"visto": salvataggi - 1})
    assert "Qualcuno ha salvato la proposta" in detto(tardi, 422)
    presentata = manda(rita, dove(proposta, "/presentazione"), {"visto": salvataggi})
    assert presentata.status_code == 200, presentata.content
    assert (presentata.json()["stato"], presentata.json()["numero"]) == ("presentata", 1)
    (versione,) = presentata.json()["versioni"]
    inviata = proposta.versioni.get()
    assert versione["sha256"] == inviata.ammissibilita["sha256"]
    assert len(versione["sha256"]) == 64
    assert "non si scrive più" in detto(cambia(rita, dove(proposta), {"titolo": "Altro"}), 422)
    assert "non si scrive più" in detto(
        manda(rita, dove(proposta, "/azioni"), {"titolo": "A"}), 422
    )
    azione = AzioneProposta.objects.get()
    detto(cambia(rita, f"{QUI}/azioni-di-proposta/{azione.pk}", {"titolo": "A"}), 422)

    ripresa = manda(rita, dove(proposta, "/ripresa"))
    assert [una["chiusa_il"] is None for una in ripresa.json()["versioni"]] == [False, True]
    assert ripresa.json()["stato"] == "bozza"
    detto(manda(rita, dove(proposta, "/ripresa")), 422)
    assert "motivo" in str(manda(rita, dove(proposta, "/ritiro"), {}).json())
    ritirata = manda(rita, dove(proposta, "/ritiro"), {"motivo": "Cambiano i tempi"})
    assert (ritirata.json()["stato"], ritirata.json()["motivo"]) == ("ritirata", "Cambiano i tempi")
    detto(manda(rita, dove(proposta, "/ritiro"), {"motivo": "Ancora"}), 422)


def test_chi_non_rispetta_le_regole_le_legge_tutte(
    bando: ManifestazioneInteresse, comune: Ente, rita: Client
) -> None:
    proposta = intera(bando, comune, contributo=Decimal(120000), costo_dichiarato=Decimal(140000))
    rifiutata = manda(rita, dove(proposta, "/presentazione"))
    assert rifiutata.status_code == 422
    assert len(rifiutata.json()["errori"]) >= 2
    proposta.refresh_from_db()
    assert proposta.stato == "bozza"


def test_nessuno_scrive_la_proposta_di_un_altro(
    bando: ManifestazioneInteresse,
    edizione: EdizioneConciliazione,
    comune: Ente,
    rita: Client,
    ufficio: Client,
) -> None:
    """Sealed, it is not there; unsealed, who reads it is not who writes it."""
    altra = intera(bando, membro(edizione))
    azione = AzioneProposta.objects.get(versione__proposta=altra)
    partner = PartnerFactory(proposta=altra)
    scritture = [
        ("patch", dove(altra)), ("put", dove(altra, "/risorse")), ("post", dove(altra, "/azioni")),
        ("post", dove(altra, "/partner")), ("post", dove(altra, "/allegati")),
        ("post", dove(altra, "/presentazione")), ("post", dove(altra, "/consegna")),
        ("post", dove(altra, "/ripresa")), ("post", dove(altra, "/ritiro")),
        ("post", f"{QUI}/partner/{partner.pk}/uscita"),
        ("post", f"{QUI}/partner/{partner.pk}/risposta"),
    ]  # fmt: skip
    dell_azione = [
        (metodo, f"{QUI}/azioni-di-proposta/{azione.pk}") for metodo in ("patch", "delete")
    ]
    for chi in (rita, ufficio):
        for metodo, indirizzo in scritture + dell_azione:
            assert manda(chi, indirizzo, {}, metodo).status_code == 404, (metodo, indirizzo)
    chiusa(bando)
    Proposta.objects.filter(pk=altra.pk).update(
        stato="in_coprogettazione", presentata_il=timezone.now()
    )
    for metodo, indirizzo in scritture:
        assert manda(ufficio, indirizzo, {}, metodo).status_code == 403, (metodo, indirizzo)
        assert manda(rita, indirizzo, {}, metodo).status_code == 404, (metodo, indirizzo)
    for metodo, indirizzo in dell_azione:  # of a version still being written
        assert manda(ufficio, indirizzo, {}, metodo).status_code == 404, (metodo, indirizzo)
    assert ufficio.get(f"/api/v1/{QUI}/azioni-di-proposta").json()["totale"] == 0


def test_in_coprogettazione_si_riscrive_e_si_consegna(
    bando: ManifestazioneInteresse, comune: Ente, rita: Client, ufficio: Client
) -> None:
    proposta = intera(bando, comune)
    assert manda(rita, dove(proposta, "/presentazione")).status_code == 200
    chiusa(bando)
    assert manda(ufficio, dove(proposta, "/ammissione")).json()["stato"] == "ammessa"
    detto(manda(rita, dove(proposta, "/consegna")), 422)
    chiesta = manda(ufficio, dove(proposta, "/coprogettazione"), {"motivo": "Insieme"})
    assert chiesta.json()["stato"] == "in_coprogettazione"
    assert cambia(rita, dove(proposta), {"titolo": "Tempi migliori"}).status_code == 200
    consegnata = manda(rita, dove(proposta, "/consegna"))
    assert consegnata.json()["stato"] == "ammessa", consegnata.content
    assert [una["titolo"] for una in consegnata.json()["versioni"]] == [
        "Tempi felici", "Tempi migliori",
    ]  # fmt: skip


def test_piu_proposte_si_fondono_in_una(
    bando: ManifestazioneInteresse, edizione: EdizioneConciliazione, ufficio: Client
) -> None:
    chiusa(bando)
    prima, seconda = (
        PropostaFactory(
            manifestazione=bando, presentata=True, stato="ammessa", numero=n,
            capofila=membro(edizione),
        )
        for n in (1, 2)
    )  # fmt: skip
    for una in (prima, seconda):
        VersioneFactory(proposta=una, contributo=Decimal(100), chiusa_il=timezone.now())
    corpo = {"altre": [seconda.pk], "motivo": "Le stesse famiglie", "titolo": "Una sola"}
    lettrice = entrato(ReferenteFactory(ente=prima.capofila).utente)
    detto(manda(lettrice, dove(prima, "/fusione"), corpo), 403)
    stessa = manda(ufficio, dove(prima, "/fusione"), corpo | {"altre": [prima.pk]})
    assert stessa.json()["errori"][0]["campo"] == "altre"
    assert stessa.status_code == 422
    fusa = manda(ufficio, dove(prima, "/fusione"), corpo)
    assert fusa.status_code == 200, fusa.content
    assert (fusa.json()["stato"], fusa.json()["titolo"]) == ("in_coprogettazione", "Una sola")
    assert leggi(ufficio, dove(seconda))["confluita_in"] == prima.pk
    assert prima.versioni.get(chiusa_il__isnull=True).contributo == 200
    assert [uno.ente for uno in prima.partner.all()] == [seconda.capofila]
    detto(manda(ufficio, dove(prima, "/fusione"), corpo), 422)


def test_l_apporto_tolto_con_il_partner_non_resta(
    bando: ManifestazioneInteresse, edizione: EdizioneConciliazione, comune: Ente, rita: Client
) -> None:
    proposta = intera(bando, comune)
    suo = PartnerFactory(proposta=proposta, ente=membro(edizione))
    azioni.scrivi_risorse(
        proposta.versioni.get(), contributo=Decimal(1), costo_dichiarato=Decimal(2), visto=None,
        apporti=[azioni.Apporto(suo.ente, "denaro", Decimal(1))], da=None,
    )  # fmt: skip
    assert manda(rita, f"{QUI}/partner/{suo.pk}/uscita").status_code == 200
    assert leggi(rita, dove(proposta))["versioni"][0]["cofinanziamenti"] == []
