# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every resource of the API does the same: errors, pages, ETag, limits, state."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from piani import battito
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import AreaFactory, IncaricoFactory, PianoFactory

pytestmark = pytest.mark.django_db
PIANI = "/api/v1/piani"


def problema(risposta: Any, stato: int) -> dict[str, Any]:
    assert risposta.status_code == stato, risposta.content
    assert risposta["Content-Type"] == "application/problem+json"
    dati: dict[str, Any] = risposta.json()
    assert dati["type"] == "about:blank"
    assert dati["status"] == stato
    return dati


def test_senza_gettone_si_chiede_di_entrare(client: Client, db: None) -> None:
    risposta = client.get(PIANI)
    dati = problema(risposta, 401)
    assert risposta["WWW-Authenticate"].startswith("Bearer")
    assert dati["detail"] == "Serve un gettone valido, oppure accedere dalle pagine."


def test_un_gettone_inventato_non_apre(client: Client, db: None) -> None:
    for finto in ("inventato", "", "à\u00e8"):
        risposta = client.get(PIANI, headers={"Authorization": f"Bearer {finto}"})
        assert problema(risposta, 401)["detail"].startswith("Il gettone non vale")


def test_ogni_carattere_di_un_indirizzo_si_legge(api: Client) -> None:
    assert api.get(f"{PIANI}?q=[a|b]%C3%A8%zz<>").status_code == 200
    problema(api.get(f"{PIANI}?q=%00"), 400)


def test_un_elenco_e_un_oggetto_con_le_sue_pagine(api: Client, azienda: Azienda) -> None:
    for anno in (2020, 2021, 2022):
        PianoFactory(azienda=azienda, anno_inizio=anno, anno_fine=anno)
    dati = api.get(f"{PIANI}?per_pagina=2&ordering=anno_inizio").json()
    assert [uno["anno_inizio"] for uno in dati["risultati"]] == [2020, 2021]
    assert (dati["totale"], dati["precedente"]) == (3, None)
    seconda = api.get(dati["successiva"]).json()
    assert [uno["anno_inizio"] for uno in seconda["risultati"]] == [2022]
    assert seconda["successiva"] is None


@pytest.mark.parametrize(
    ("parametri", "campo"),
    [
        ("pagina=0", "pagina"),
        ("pagina=due", "pagina"),
        ("per_pagina=501", "per_pagina"),
        ("ordering=slug", "ordering"),
        ("colore=rosso", "colore"),
        ("anno=abc", "anno"),
        ("stato=inventato", "stato"),
        ("azienda=di-altri", "azienda"),
    ],
)
def test_un_parametro_sbagliato_e_detto_con_il_suo_nome(
    api: Client, parametri: str, campo: str
) -> None:
    dati = problema(api.get(f"{PIANI}?{parametri}"), 400)
    assert [uno["campo"] for uno in dati["errori"]] == [campo]


@pytest.mark.parametrize(
    ("quale", "campo", "frase"),
    [
        ("incarichi?unita=1.5", "unita", "Si scrive un numero intero."),
        ("incarichi?unita=1&unita=2", "unita", "Si scrive una volta sola."),
        ("piani?ordering=,", "ordering", "Si ordina per: "),
    ],
)
def test_cio_che_un_filtro_prenderebbe_per_altro_si_rifiuta(
    api: Client, quale: str, campo: str, frase: str
) -> None:
    (errore,) = problema(api.get(f"/api/v1/{quale}"), 400)["errori"]
    assert errore["campo"] == campo
    assert errore["messaggio"].startswith(frase)


def test_chi_ha_gia_visto_riceve_304(api: Client, azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda)
    prima = api.get(f"{PIANI}/{piano.slug}")
    assert prima["Cache-Control"] == "private, no-cache"
    poi = api.get(f"{PIANI}/{piano.slug}", headers={"If-None-Match": prima["ETag"]})
    assert (poi.status_code, poi.content) == (304, b"")


def test_si_cambia_solo_cio_che_si_e_letto(api: Client, azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA)
    indirizzo = f"{PIANI}/{piano.slug}"
    letto = api.get(indirizzo)["ETag"]
    nuovo = {"titolo": "Un altro titolo"}
    cambia = {"path": indirizzo, "data": nuovo, "content_type": "application/json"}
    problema(api.patch(**cambia), 428)
    problema(api.patch(**cambia, headers={"If-Match": '"vecchio"'}), 412)
    risposta = api.patch(**cambia, headers={"If-Match": letto})
    assert (risposta.status_code, risposta.json()["titolo"]) == (200, "Un altro titolo")
    assert risposta["ETag"] == api.get(indirizzo)["ETag"] != letto
    problema(api.patch(**cambia, headers={"If-Match": letto}), 412)


def test_l_azione_rifiuta_con_la_sua_frase(api: Client, azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda)  # adopted: it is changed no more
    etag = api.get(f"{PIANI}/{piano.slug}")["ETag"]
    risposta = api.patch(
        f"{PIANI}/{piano.slug}",
        {"titolo": "x"},
        content_type="application/json",
        headers={"If-Match": etag},
    )
    assert problema(risposta, 422)["detail"].startswith("Il piano è «Adottato» e non si modifica")


def test_il_corpo_sbagliato_e_detto_campo_per_campo(api: Client, azienda: Azienda) -> None:
    risposta = api.post(
        PIANI,
        {"azienda": azienda.codice, "tipo": "romanzo", "colore": "rosso"},
        content_type="application/json",
    )
    errori = {uno["campo"] for uno in problema(risposta, 400)["errori"]}
    assert errori == {"tipo", "titolo", "anno_inizio", "anno_fine"}
    intero = {
        "azienda": azienda.codice,
        "tipo": "performance",
        "titolo": "Piano",
        "anno_inizio": 2026,
        "anno_fine": 2028,
    }
    ignoto = api.post(PIANI, intero | {"colore": "rosso"}, content_type="application/json")
    assert problema(ignoto, 400)["errori"] == [
        {"campo": "colore", "messaggio": "Questo campo non esiste."}
    ]
    cifra = api.post(PIANI, intero | {"meno_di_50": 0.0}, content_type="application/json")
    assert problema(cifra, 400)["errori"][0]["campo"] == "meno_di_50"
    fatto = api.post(PIANI, intero, content_type="application/json")
    assert fatto.status_code == 201
    assert fatto["Location"] == f"/api/v1/piani/{fatto.json()['slug']}"
    assert Piano.objects.get().titolo == "Piano"


def test_cio_che_non_e_json_e_rifiutato(api: Client) -> None:
    rotto = api.post(PIANI, b'{"a": ', content_type="application/json")
    assert problema(rotto, 400)["detail"] == "Il corpo della richiesta non è JSON valido."
    problema(api.post(PIANI, b"\xff\xfe", content_type="application/json"), 400)
    problema(api.post(PIANI, {"a": "b"}), 415)


def test_metodo_e_indirizzo_sbagliati_sono_problemi_anche_loro(api: Client) -> None:
    assert "GET" in api.put("/api/v1/aziende")["Allow"]
    problema(api.put("/api/v1/aziende"), 405)
    problema(api.get("/api/v1/piani/che-non-esiste"), 404)
    problema(api.get("/api/v1/non-esiste"), 404)


def test_anche_con_un_a_capo_l_indirizzo_di_nessuno_e_un_problema(api: Client) -> None:
    for quale in ("altro/%0A", "piani/%0Aaltro", "%0D%0A"):
        problema(api.get(f"/api/v1/{quale}"), 404)


def test_il_gettone_vale_per_i_suoi_ambiti(
    programma: Callable[..., Client], azienda: Azienda
) -> None:
    legge = programma(Ruolo.CONTROLLO_GESTIONE, None, "piani:leggi")
    assert legge.get(PIANI).status_code == 200
    detto = problema(legge.post(PIANI, {}, content_type="application/json"), 403)["detail"]
    assert detto == "Il gettone non ha l'ambito «piani:scrivi»."
    problema(legge.get("/api/v1/indicatori"), 403)


def test_dopo_troppe_richieste_si_aspetta(api: Client, settings: Any) -> None:
    settings.API_AL_MINUTO = 2
    prima = api.get(PIANI)
    assert (prima["RateLimit-Limit"], prima["RateLimit-Remaining"]) == ("2", "1")
    assert 1 <= int(prima["RateLimit-Reset"]) <= 60
    api.get(PIANI)
    risposta = api.get(PIANI)
    problema(risposta, 429)
    assert 1 <= int(risposta["Retry-After"]) <= 60
    assert risposta["RateLimit-Remaining"] == "0"


def test_la_sessione_legge_e_scrive_con_la_prova_delle_pagine(
    azienda: Azienda, controllo: Utente
) -> None:
    piano = PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA)
    client = Client(enforce_csrf_checks=True)
    client.force_login(controllo)
    assert client.get(PIANI).json()["totale"] == 1
    nuova = {"codice": "A1", "nome": "Cure"}
    aree = f"{PIANI}/{piano.slug}/aree"
    senza = client.post(aree, nuova, content_type="application/json")
    assert "X-CSRFToken" in problema(senza, 403)["detail"]
    client.get("/api/v1/doc")
    prova = client.cookies["csrftoken"].value
    con = client.post(aree, nuova, content_type="application/json", headers={"X-CSRFToken": prova})
    assert con.status_code == 201, con.content
    assert piano.aree.get().nome == "Cure"


def test_senza_secondo_fattore_la_sessione_non_entra(
    client: Client, azienda: Azienda, settings: Any
) -> None:
    settings.SECONDO_FATTORE_PER = ["amministratore"]
    client.force_login(IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente)
    assert "secondo fattore" in problema(client.get(PIANI), 403)["detail"]


def test_lo_stato_dice_che_cosa_non_va(client: Client) -> None:
    assert "lavori periodici" in problema(client.get("/api/v1/status"), 503)["detail"]
    battito.segna_battito()
    risposta = client.get("/api/v1/status", headers={"Origin": "https://altrove.example"})
    assert risposta.status_code == 200
    assert risposta.json()["controlli"] == dict.fromkeys(
        ("banca_dati", "coda", "lavori_periodici"), "ok"
    )
    assert risposta["Cache-Control"] == "no-store"
    assert risposta["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("quanti", [1, 3])
def test_l_elenco_dei_piani_costa_sempre_uguale(
    api: Client, azienda: Azienda, quanti: int, django_assert_num_queries: Any
) -> None:
    for anno in range(2020, 2020 + quanti):
        AreaFactory(piano=PianoFactory(azienda=azienda, anno_inizio=anno, anno_fine=anno))
    with django_assert_num_queries(3):  # token, how many, which
        assert api.get(PIANI).json()["totale"] == quanti
