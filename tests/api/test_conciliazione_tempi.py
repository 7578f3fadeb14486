# SPDX-License-Identifier: AGPL-3.0-or-later
"""Through the API: the times of the cities, who represents a body and who sits, the revocations."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import simplejson
from django.test import Client

from conciliazione.models import (
    Comune,
    EdizioneConciliazione,
    PianoDeiTempi,
    ProgettoTempi,
    Referente,
    RilevazioneTempi,
)
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.api.mondo_conciliazione import una_di_ogni
from tests.factories import AziendaFactory, IncaricoFactory
from tests.factories_conciliazione import (
    AmbitoFactory,
    ComponenteFactory,
    ComuneFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ReferenteFactory,
    SeggioFactory,
)

pytestmark = pytest.mark.django_db
RADICE = "/api/v1/conciliazione"
PERSONA = {"nome": "Ada", "cognome": "Inventata", "email": "ada@ente.example", "dal": "2021-01-01"}


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    return EdizioneConciliazioneFactory(azienda=azienda)


@pytest.fixture
def comune(edizione: EdizioneConciliazione) -> Comune:
    ambito = AmbitoFactory(azienda=edizione.azienda)
    return ComuneFactory(ambito=ambito, nome="Borgo inventato", abitanti=42000)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


def con(utente: Utente) -> Client:
    """A person in their session."""
    client = Client()
    client.force_login(utente)
    return client


def letti(client: Client, nome: str, **filtri: Any) -> list[dict[str, Any]]:
    risposta = client.get(f"{RADICE}/{nome}", filtri)
    assert risposta.status_code == 200, risposta.content
    return list(simplejson.loads(risposta.content, use_decimal=True)["risultati"])


def chiavi(client: Client, nome: str, **filtri: Any) -> list[int]:
    return [riga["id"] for riga in letti(client, nome, **filtri)]


def manda(client: Client, dove: str, corpo: Any, metodo: str = "post", **come: Any) -> Any:
    return getattr(client, metodo)(
        f"{RADICE}/{dove}", json.dumps(corpo), content_type="application/json", **come
    )


def etag(client: Client, dove: str) -> dict[str, Any]:
    return {"headers": {"If-Match": client.get(f"{RADICE}/{dove}")["ETag"]}}


# --- i tempi delle città ------------------------------------------------------------------------


def test_la_rilevazione_si_comincia_si_risponde_e_si_legge(
    ufficio: Client, edizione: EdizioneConciliazione, comune: Comune
) -> None:
    risposta = manda(
        ufficio, "rilevazioni-tempi", {"edizione": edizione.slug, "chiesta_il": "2021-01-10"}
    )
    assert risposta.status_code == 201, risposta.content
    riga = RilevazioneTempi.objects.get()
    detta = risposta.json()
    assert (detta["esito"], detta["comuni"]) == ("non_pervenuto", [])
    dove = f"rilevazioni-tempi/{riga.pk}"
    corpo = {
        "esito": "vigente",
        "risposta_il": "2021-03-01",
        "comuni": [{"comune": comune.pk, "adottato": True, "anno": 2009, "vigente": True}],
    }
    assert manda(ufficio, dove, corpo, "patch").status_code == 428
    visto = etag(ufficio, dove)
    scritta = manda(ufficio, dove, corpo, "patch", **visto)
    assert scritta.json()["comuni"] == [
        {"comune": comune.pk, "comune_nome": "Borgo inventato", "abitanti": 42000,
         "adottato": True, "anno": 2009, "vigente": True, "nota": ""},
    ]  # fmt: skip
    assert manda(ufficio, dove, corpo, "patch", **visto).status_code == 412
    assert chiavi(ufficio, "rilevazioni-tempi", esito="vigente", edizione=edizione.slug) == [
        riga.pk
    ]
    assert chiavi(ufficio, "rilevazioni-tempi", esito="nessuno") == []
    assert Evento.objects.filter(tipo="conc_tempi.risposta").count() == 1


def test_una_risposta_che_si_contraddice_e_rifiutata_intera(
    ufficio: Client, edizione: EdizioneConciliazione, comune: Comune
) -> None:
    riga = RilevazioneTempi.objects.create(edizione=edizione, ambito=comune.ambito)
    dove = f"rilevazioni-tempi/{riga.pk}"
    visto = etag(ufficio, dove)
    corpo = {"esito": "nessuno", "comuni": [{"comune": comune.pk, "adottato": True}]}
    risposta = manda(ufficio, dove, corpo, "patch", **visto)
    assert risposta.status_code == 422
    assert "ce n'è uno che ha adottato il Piano" in risposta.json()["errori"][0]["messaggio"]
    altrove = ComuneFactory(ambito=AmbitoFactory(azienda=edizione.azienda))
    corpo = {"esito": "in_parte", "comuni": [{"comune": altrove.pk, "adottato": True}]}
    assert manda(ufficio, dove, corpo, "patch", **visto).status_code == 422
    straniero = ComuneFactory(ambito=AmbitoFactory(azienda=AziendaFactory()))
    corpo = {"esito": "in_parte", "comuni": [{"comune": straniero.pk, "adottato": True}]}
    assert manda(ufficio, dove, corpo, "patch", **visto).status_code == 400
    assert not PianoDeiTempi.objects.exists()


def test_un_progetto_dei_tempi_si_aggiunge_e_si_cambia(ufficio: Client, comune: Comune) -> None:
    corpo = {"comune": comune.pk, "titolo": "Orari dei servizi", "bando": "Bando 2010"}
    nuovo = manda(ufficio, "progetti-tempi", corpo)
    assert nuovo.status_code == 201, nuovo.content
    progetto = ProgettoTempi.objects.get()
    assert nuovo["Location"] == f"{RADICE}/progetti-tempi/{progetto.pk}"
    assert manda(ufficio, "progetti-tempi", corpo).status_code == 422
    dove = f"progetti-tempi/{progetto.pk}"
    cambiato = manda(ufficio, dove, {"concluso": False}, "patch", **etag(ufficio, dove))
    assert (cambiato.json()["concluso"], cambiato.json()["bando"]) == (False, "Bando 2010")


def test_ciascun_ambito_legge_la_sua_risposta_e_il_territorio_di_tutti(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    mondo = una_di_ogni(edizione)
    rilevazione = mondo["rilevazioni-tempi"]
    dell_ambito = EnteFactory(azienda=edizione.azienda, ambito=rilevazione.ambito)
    suo = con(ReferenteFactory(ente=dell_ambito).utente)
    altro = con(ReferenteFactory(ente=EnteFactory(azienda=edizione.azienda)).utente)
    estraneo = con(ReferenteFactory().utente)
    assert chiavi(suo, "rilevazioni-tempi") == [rilevazione.pk]
    assert chiavi(altro, "rilevazioni-tempi") == []
    assert altro.get(f"{RADICE}/rilevazioni-tempi/{rilevazione.pk}").status_code == 404
    for nome in ("progetti-tempi", "interventi-tempi"):
        assert chiavi(altro, nome) == [mondo[nome].pk]
        assert chiavi(estraneo, nome) == []
    (intervento,) = letti(ufficio, "interventi-tempi")
    assert len(intervento["comuni"]) == 1
    corpo = {"esito": "nessuno"}
    dove = f"rilevazioni-tempi/{rilevazione.pk}"
    assert manda(suo, dove, corpo, "patch", **etag(suo, dove)).status_code == 403


# --- le persone ---------------------------------------------------------------------------------


def test_i_nomi_li_legge_chi_li_vede_sulle_pagine(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    mio = ReferenteFactory(ente=EnteFactory(azienda=edizione.azienda), telefono="02 1")
    altro = ReferenteFactory(ente=EnteFactory(azienda=edizione.azienda))
    siede = ComponenteFactory(seggio=SeggioFactory(edizione=edizione))
    di_altri = ComponenteFactory()
    nucleo = con(
        IncaricoFactory(
            azienda=edizione.azienda, ruolo=Ruolo.NUCLEO, anno_da=2000, anno_a=2100
        ).utente
    )
    for chi in (ufficio, nucleo):
        assert sorted(chiavi(chi, "referenti")) == [mio.pk, altro.pk]
        assert chiavi(chi, "componenti") == [siede.pk]
    assert chiavi(con(mio.utente), "referenti") == [mio.pk]
    assert con(mio.utente).get(f"{RADICE}/referenti/{altro.pk}").status_code == 404
    assert chiavi(con(mio.utente), "componenti") == []
    assert chiavi(con(siede.utente), "componenti") == [siede.pk]
    assert chiavi(con(di_altri.utente), "componenti") == [di_altri.pk]
    (riga,) = letti(con(mio.utente), "referenti")
    assert riga == {
        "id": mio.pk, "ente": mio.ente_id, "ente_nome": mio.ente.nome,
        "nome": mio.utente.first_name, "cognome": mio.utente.last_name, "legale": mio.legale,
        "dal": mio.dal.isoformat(), "al": None,
    }  # fmt: skip


def test_chi_lavora_altrove_non_legge_nessun_nome(edizione: EdizioneConciliazione) -> None:
    ReferenteFactory(ente=EnteFactory(azienda=edizione.azienda))
    ComponenteFactory(seggio=SeggioFactory(edizione=edizione))
    lontano = IncaricoFactory(azienda=AziendaFactory(), ruolo=Ruolo.CAPOFILA).utente
    dipendente = IncaricoFactory(azienda=edizione.azienda, ruolo=Ruolo.DIPENDENTE).utente
    for chi in (lontano, dipendente):
        assert chiavi(con(chi), "referenti") == []
        assert chiavi(con(chi), "componenti") == []


def test_l_ufficio_nomina_e_chiude_un_referente(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    ente = EnteFactory(azienda=edizione.azienda)
    nuovo = manda(ufficio, "referenti", {"ente": ente.pk, **PERSONA})
    assert nuovo.status_code == 201, nuovo.content
    assert (nuovo.json()["nome"], nuovo.json()["cognome"]) == ("Ada", "Inventata")
    assert "ada@ente.example" not in nuovo.content.decode()
    riga = Referente.objects.get()
    assert manda(ufficio, f"referenti/{riga.pk}/fine", {"al": "2020-01-01"}).status_code == 422
    finito = manda(ufficio, f"referenti/{riga.pk}/fine", {"al": "2021-12-31"})
    assert finito.json()["al"] == "2021-12-31"
    assert manda(ufficio, f"referenti/{riga.pk}/fine", {"al": "2021-12-31"}).status_code == 422
    altrui = EnteFactory(azienda=AziendaFactory())
    assert manda(ufficio, "referenti", {"ente": altrui.pk, **PERSONA}).status_code == 400
    suo = con(ReferenteFactory(ente=ente).utente)
    assert manda(suo, "referenti", {"ente": ente.pk, **PERSONA}).status_code == 403


def test_l_ufficio_da_un_seggio(ufficio: Client, edizione: EdizioneConciliazione) -> None:
    seggio = SeggioFactory(edizione=edizione)
    corpo = {"seggio": seggio.pk, "qualita": "titolare", **PERSONA}
    nuovo = manda(ufficio, "componenti", corpo)
    assert nuovo.status_code == 201, nuovo.content
    assert (nuovo.json()["qualita"], nuovo.json()["al"]) == ("titolare", None)
    assert manda(ufficio, "componenti", corpo | {"seggio": 10**17}).status_code == 404
    assert manda(ufficio, "componenti", corpo | {"qualita": "ospite"}).status_code == 400


# --- le revoche ---------------------------------------------------------------------------------


def test_della_revoca_si_legge_quanto_deve_ancora_rientrare(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    riga = una_di_ogni(edizione)["revoche"]
    (letta,) = letti(ufficio, "revoche", progetto=riga.progetto_id)
    assert {nome: letta[nome] for nome in ("trattenuto", "liquidato", "da_recuperare")} == {
        "trattenuto": Decimal("5000.00"),
        "liquidato": Decimal("35000.00"),
        "da_recuperare": Decimal("30000.00"),
    }
    capofila = con(ReferenteFactory(ente=riga.progetto.capofila).utente)
    assert chiavi(capofila, "revoche") == [riga.pk]
    assert chiavi(con(ReferenteFactory().utente), "revoche") == []
