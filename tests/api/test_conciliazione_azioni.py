# SPDX-License-Identifier: AGPL-3.0-or-later
"""Through the API: the actions of the network, the financial plan, the edition's two documents."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from conciliazione.azioni.documento import apri_documento
from conciliazione.models import (
    AzioneDiPiano,
    EdizioneConciliazione,
    IncontroAzione,
    PianoFinanziario,
    VoceFinanziaria,
)
from piani.models import Azienda, Evento, Piano, Ruolo
from tests.api.passi import RADICE, cambia, detto, leggi, manda
from tests.factories_conciliazione import (
    AzioneDiPianoFactory,
    EdizioneConciliazioneFactory,
    PianoFinanziarioFactory,
    ProgettoFactory,
)

pytestmark = pytest.mark.django_db
ATTO = {
    "atto_tipo": "Deliberazione", "atto_numero": "12", "atto_data": "2021-03-01",
    "atto_organo": "Direttore generale",
}  # fmt: skip


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    fatta: EdizioneConciliazione = EdizioneConciliazioneFactory(
        azienda=azienda, dotazione=Decimal("968676.00")
    )
    return fatta


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


@pytest.fixture
def lettore(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.REGIONE)


def campi(risposta: Any) -> list[str]:
    """The fields that a refusal names."""
    return [uno["campo"] for uno in risposta.json()["errori"]]


# --- le azioni della rete -----------------------------------------------------------------------


def test_un_azione_del_piano_si_aggiunge_e_si_cambia(
    ufficio: Client, lettore: Client, edizione: EdizioneConciliazione
) -> None:
    progetti = [ProgettoFactory(proposta__manifestazione__edizione=edizione) for _n in range(2)]
    corpo = {
        "edizione": edizione.slug, "genere": "trasversale", "titolo": "Smart working",
        "importo": "1500.50", "progetti": [uno.pk for uno in progetti],
    }  # fmt: skip
    detto(manda(lettore, "conciliazione/azioni-di-piano", corpo), 403)
    nuova = manda(ufficio, "conciliazione/azioni-di-piano", corpo)
    assert nuova.status_code == 201, nuova.content
    azione = AzioneDiPiano.objects.get()
    qui = f"conciliazione/azioni-di-piano/{azione.pk}"
    assert nuova["Location"] == f"{RADICE}/{qui}"
    assert (azione.ordine, azione.importo) == (1, Decimal("1500.50"))
    dopo = cambia(ufficio, qui, {"responsabile": "ATS", "importo": None})
    assert dopo.json() == nuova.json() | {"responsabile": "ATS", "importo": None}
    assert dopo.json()["progetti"] == [uno.pk for uno in progetti]
    cambia(ufficio, qui, {"progetti": [progetti[1].pk]})
    assert list(azione.progetti.all()) == [progetti[1]]
    assert campi(cambia(ufficio, qui, {"genere": "diretta"})) == ["genere"]
    assert campi(cambia(ufficio, qui, {"dal": "2022-01-01", "al": "2021-01-01"})) == [""]
    assert Evento.objects.filter(tipo="conc_azione_piano.scritta").count() == 3


def test_i_progetti_di_un_azione_sono_della_sua_edizione(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    azione = AzioneDiPianoFactory(edizione=edizione)
    qui = f"conciliazione/azioni-di-piano/{azione.pk}"
    altra = EdizioneConciliazioneFactory(azienda=edizione.azienda, anno_inizio=2030, anno_fine=2031)
    vicino = ProgettoFactory(proposta__manifestazione__edizione=altra)
    no = cambia(ufficio, qui, {"progetti": [vicino.pk]})
    assert campi(no) == ["progetti"]
    assert "sono di un'altra edizione" in detto(no, 422)
    straniero = ProgettoFactory()
    no = cambia(ufficio, qui, {"progetti": [straniero.pk]})
    assert f"il progetto {straniero.pk}" in detto(no, 400)
    assert not azione.progetti.exists()


def test_un_incontro_si_registra_dopo_che_c_e_stato_e_si_toglie(
    ufficio: Client, lettore: Client, edizione: EdizioneConciliazione
) -> None:
    azione = AzioneDiPianoFactory(edizione=edizione)
    qui = f"conciliazione/azioni-di-piano/{azione.pk}"
    corpo = {"giorno": "2021-03-01", "tema": "Primo tavolo", "partecipanti": 12}
    detto(manda(lettore, f"{qui}/incontri", corpo), 403)
    nuovo = manda(ufficio, f"{qui}/incontri", corpo)
    assert nuovo.status_code == 201, nuovo.content
    suo = f"conciliazione/incontri/{nuovo.json()['id']}"
    assert nuovo["Location"] == f"{RADICE}/{suo}"
    detti = corpo | {"id": nuovo.json()["id"], "esito": ""}
    assert leggi(ufficio, qui)["incontri"] == [detti]
    assert leggi(ufficio, suo) == detti | {"azione": azione.pk}
    no = manda(ufficio, f"{qui}/incontri", corpo | {"giorno": "2999-01-01"})
    assert campi(no) == ["giorno"]
    assert "dopo che c'è stato" in detto(no, 422)
    detto(manda(lettore, suo, metodo="delete"), 403)
    assert cambia(ufficio, suo, metodo="delete").status_code == 204
    assert not IncontroAzione.objects.exists()
    assert Evento.objects.filter(tipo="conc_incontro.tolto").count() == 1


# --- il piano finanziario -----------------------------------------------------------------------


def test_un_piano_finanziario_si_apre_una_volta_sola(
    ufficio: Client, lettore: Client, edizione: EdizioneConciliazione
) -> None:
    corpo = {"edizione": edizione.slug, "nome": "Primo"}
    detto(manda(lettore, "conciliazione/piani-finanziari", corpo), 403)
    nuovo = manda(ufficio, "conciliazione/piani-finanziari", corpo)
    assert nuovo.status_code == 201, nuovo.content
    qui = f"conciliazione/piani-finanziari/{nuovo.json()['id']}"
    assert nuovo["Location"] == f"{RADICE}/{qui}"
    letto = leggi(ufficio, qui)
    assert (letto["numero"], letto["stato"]) == (1, "bozza")
    assert "regionali" in {voce["codice"] for voce in letto["voci"]}
    no = manda(ufficio, "conciliazione/piani-finanziari", corpo)
    assert "si continua quello" in detto(no, 422)
    altra = manda(ufficio, "conciliazione/piani-finanziari", corpo | {"edizione": "non-c-e"})
    detto(altra, 404)
    assert PianoFinanziario.objects.count() == 1


def test_una_voce_si_aggiunge_si_cambia_e_si_toglie_con_quelle_sotto(
    ufficio: Client, lettore: Client, edizione: EdizioneConciliazione
) -> None:
    piano = PianoFinanziarioFactory(edizione=edizione)
    qui = f"conciliazione/piani-finanziari/{piano.pk}"
    corpo = {"parte": "fonte", "nome": "Risorse di àltri"}
    detto(manda(lettore, f"{qui}/voci", corpo), 403)
    madre = manda(ufficio, f"{qui}/voci", corpo)
    assert madre.status_code == 201, madre.content
    sua = f"conciliazione/voci-finanziarie/{madre.json()['id']}"
    assert madre["Location"] == f"{RADICE}/{sua}"
    assert (madre.json()["codice"], madre.json()["ordine"]) == ("risorse-di-altri", 1)
    figlia = manda(
        ufficio, f"{qui}/voci",
        {"parte": "fonte", "nome": "Comuni", "importo": "10.50", "padre": madre.json()["id"]},
    )  # fmt: skip
    assert (figlia.json()["ordine"], figlia.json()["padre"]) == (2, madre.json()["id"])
    dopo = cambia(ufficio, sua, {"stampato": "€ 10,50", "importo_stampato": "10.50"})
    assert dopo.json() == madre.json() | {"stampato": "€ 10,50", "importo_stampato": 10.5}
    quadro = leggi(ufficio, f"{qui}/quadro")
    assert (quadro["fonti"][0]["calcolato"], quadro["fonti"][0]["differenza"]) == (10.5, 0)
    detto(manda(lettore, sua, metodo="delete"), 403)
    detto(manda(ufficio, sua, metodo="delete"), 428)
    assert cambia(ufficio, sua, metodo="delete").status_code == 204
    assert not piano.voci.exists()


@pytest.mark.parametrize(
    ("cambia_in", "stato", "campo", "frase"),
    [
        ({"calcolo": "inventato"}, 422, "calcolo", "Questo calcolo non esiste"),
        ({"calcolo": "dotazione"}, 422, "", "scritta a mano o calcolata"),
        ({"codice": "altra"}, 422, "", "ha già una voce con quel codice"),
        ({"codice": "con spazi"}, 400, "codice", ""),
        ({"nome": ""}, 400, "nome", ""),
        ({"importo": "-1"}, 400, "importo", "maggiore o uguale"),
        ({"piano": 3}, 400, "piano", "Questo campo non esiste."),
    ],
)
def test_una_voce_che_non_va_dice_il_suo_campo(
    ufficio: Client,
    edizione: EdizioneConciliazione,
    cambia_in: dict[str, Any],
    stato: int,
    campo: str,
    frase: str,
) -> None:
    piano = PianoFinanziarioFactory(edizione=edizione)
    for codice in ("voce", "altra"):
        VoceFinanziaria.objects.create(
            piano=piano, parte="fonte", codice=codice, ordine=1, nome=codice, importo=1
        )
    voce = piano.voci.get(codice="voce")
    no = cambia(ufficio, f"conciliazione/voci-finanziarie/{voce.pk}", cambia_in)
    assert frase in detto(no, stato)
    assert campi(no) == [campo]
    voce.refresh_from_db()
    assert (voce.codice, voce.nome, voce.importo, voce.calcolo) == ("voce", "voce", 1, "")


def test_il_padre_e_del_piano_e_chi_e_approvato_non_si_tocca(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    piano, altro = (PianoFinanziarioFactory(edizione=edizione) for _n in range(2))
    voce, di_altri = (
        VoceFinanziaria.objects.create(
            piano=uno, parte="fonte", codice="a", ordine=1, nome="A", importo=1
        )
        for uno in (piano, altro)
    )
    qui = f"conciliazione/voci-finanziarie/{voce.pk}"
    assert campi(cambia(ufficio, qui, {"padre": di_altri.pk})) == ["padre"]
    assert "sotto se stessa" in detto(cambia(ufficio, qui, {"padre": voce.pk}), 422)
    straniera = VoceFinanziaria.objects.create(
        piano=PianoFinanziarioFactory(), parte="fonte", codice="a", ordine=1, nome="A"
    )
    detto(cambia(ufficio, qui, {"padre": straniera.pk}), 400)
    PianoFinanziario.objects.update(stato="approvato", approvato_il=timezone.now())
    assert "Bozza" in detto(cambia(ufficio, qui, {"nome": "B"}), 422)
    assert "Bozza" in detto(cambia(ufficio, qui, metodo="delete"), 422)
    nuova = {"parte": "fonte", "nome": "B"}
    nuove = manda(ufficio, f"conciliazione/piani-finanziari/{piano.pk}/voci", nuova)
    assert "Bozza" in detto(nuove, 422)
    assert VoceFinanziaria.objects.filter(nome="A").count() == 3


# --- i documenti dell'edizione ------------------------------------------------------------------


def test_un_documento_si_apre_fra_i_piani(
    ufficio: Client, lettore: Client, edizione: EdizioneConciliazione
) -> None:
    qui = f"conciliazione/edizioni/{edizione.slug}/documenti"
    assert leggi(lettore, qui)["indirizzo"] == {
        "quale": "indirizzo",
        "titolo": "Documento territoriale di indirizzo sulla conciliazione 2020-2023",
        "documento": None,
        "stato": None,
        "versione": None,
        "pubblicato_il": None,
    }
    detto(manda(lettore, qui, {"quale": "piano"}), 403)
    assert campi(manda(ufficio, qui, {"quale": "bilancio"})) == ["quale"]
    nuovo = manda(ufficio, qui, {"quale": "piano"})
    assert nuovo.status_code == 201, nuovo.content
    documento = Piano.objects.get()
    assert nuovo["Location"] == f"{RADICE}/piani/{documento.slug}"
    assert ufficio.get(nuovo["Location"]).json()["tipo"] == "conciliazione"
    assert leggi(ufficio, qui)["piano"] == nuovo.json()
    assert (nuovo.json()["documento"], nuovo.json()["stato"]) == (documento.slug, "bozza")
    assert "ha già questo documento" in detto(manda(ufficio, qui, {"quale": "piano"}), 422)


def test_un_documento_si_adotta_quando_non_manca_niente(
    ufficio: Client, lettore: Client, edizione: EdizioneConciliazione
) -> None:
    documento = apri_documento(edizione, quale="indirizzo", da=None)
    qui = f"conciliazione/edizioni/{edizione.slug}/documenti/indirizzo/adozione"
    detto(manda(lettore, qui, ATTO), 403)
    assert "Il contesto e i bisogni" in detto(manda(ufficio, qui, ATTO), 422)
    documento.sezioni.update(testo="Un testo lungo abbastanza per dire qualcosa.")
    domani = manda(ufficio, qui, ATTO | {"atto_data": "2999-01-01"})
    assert campi(domani) == ["atto_data"]
    assert campi(manda(ufficio, qui, {"atto_tipo": "Decreto"})) == [
        "atto_numero", "atto_data", "atto_organo",
    ]  # fmt: skip
    adottato = manda(ufficio, qui, ATTO)
    assert adottato.status_code == 200, adottato.content
    assert adottato.json()["stato"] == "adottato"
    documento.refresh_from_db()
    assert (documento.stato, documento.atto_numero) == ("adottato", "12")
    assert "Si adotta una bozza" in detto(manda(ufficio, qui, ATTO), 422)


@pytest.mark.parametrize("quale", ["piano", "bilancio"])
def test_non_si_adotta_cio_che_non_c_e(
    ufficio: Client, edizione: EdizioneConciliazione, quale: str
) -> None:
    qui = f"conciliazione/edizioni/{edizione.slug}/documenti/{quale}/adozione"
    detto(manda(ufficio, qui, ATTO), 404)
