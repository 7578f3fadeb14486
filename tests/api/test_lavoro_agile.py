# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lavoro agile through the API: what the pages give, never why a person asks."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lavoro_agile.api.rotte import ROTTE
from lavoro_agile.models import (
    AccordoIndividuale,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    GiornateAgili,
    RilevazioneAgile,
)
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.api.mondo_lavoro_agile import SEGRETO, una_di_ogni
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    AutorizzatiFactory,
    BandoAgileFactory,
    DomandaAgileFactory,
    EdizioneAgileFactory,
    RilevazioneAgileFactory,
    TrancheFactory,
)

pytestmark = pytest.mark.django_db
RADICE = "/api/v1/lavoro-agile"
ELENCHI = [f"/api/v1/{percorso}" for percorso, _vista, _nome in ROTTE]
OGGI = timezone.localdate()


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneLavoroAgile:
    return EdizioneAgileFactory(azienda=azienda)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    """A program of the risorse umane."""
    return programma(Ruolo.RISORSE_UMANE)


def entra(utente: Utente) -> Client:
    """A person in their session."""
    client = Client()
    client.force_login(utente)
    return client


def invia(client: Client, dove: str, corpo: Any) -> Any:
    return client.post(
        f"{RADICE}/{dove}", json.dumps(corpo), content_type="application/json",
        headers={"Idempotency-Key": f"{dove}-{Evento.objects.count()}"},
    )  # fmt: skip


def chiavi(client: Client, nome: str, **filtri: Any) -> list[int]:
    risposta = client.get(f"{RADICE}/{nome}", filtri)
    assert risposta.status_code == 200, risposta.content
    return [riga["id"] for riga in risposta.json()["risultati"]]


def test_ogni_elenco_costa_uguale_con_una_riga_e_con_tre(
    ufficio: Client, edizione: EdizioneLavoroAgile
) -> None:
    def conta() -> dict[str, int]:
        costi = {}
        for indirizzo in ELENCHI:
            cache.clear()
            with CaptureQueriesContext(connection) as domande:
                risposta = ufficio.get(indirizzo)
            assert risposta.status_code == 200, indirizzo
            assert risposta.json()["totale"] > 0, indirizzo
            costi[indirizzo] = len(domande)
        return costi

    una_di_ogni(edizione)
    ufficio.get(ELENCHI[0])  # what is read once for all
    con_una = conta()
    for _volta in range(2):
        una_di_ogni(EdizioneAgileFactory(azienda=edizione.azienda, stato="chiusa"))
    assert conta() == con_una


def test_motivi_e_tutele_non_escono_da_nessun_indirizzo(
    ufficio: Client, edizione: EdizioneLavoroAgile, azienda: Azienda
) -> None:
    righe = una_di_ogni(edizione)
    indirizzi = [*ELENCHI, f"{RADICE}/edizioni/{righe.pop('edizioni').slug}"]
    indirizzi += [f"{RADICE}/{nome}/{riga.pk}" for nome, riga in righe.items()]
    lettori = [ufficio, *(
        entra(IncaricoFactory(azienda=azienda, ruolo=ruolo).utente)
        for ruolo in (Ruolo.RISORSE_UMANE, Ruolo.DIREZIONE, Ruolo.CUG)
    )]  # fmt: skip
    for client in lettori:
        for indirizzo in indirizzi:
            risposta = client.get(indirizzo)
            detto = risposta.content.decode()
            assert risposta.status_code in (200, 404), indirizzo
            assert SEGRETO not in detto, indirizzo
            assert "disabile" not in detto.replace("recesso_disabili", ""), indirizzo
            if "edizioni" not in indirizzo:
                assert "motivi" not in detto, indirizzo


def test_domande_e_accordi_li_trova_solo_chi_deve(
    ufficio: Client, edizione: EdizioneLavoroAgile, azienda: Azienda
) -> None:
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda, valido_dal="2020-01-01"))
    persona = IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIPENDENTE, unita=unita).utente
    domanda = DomandaAgileFactory(bando__edizione=edizione, persona=persona, unita=unita)
    accordo = AccordoAgileFactory(edizione=edizione, persona=persona, unita=unita)
    altra = DomandaAgileFactory(bando=domanda.bando)
    capo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=unita).utente
    for chi in (entra(persona), entra(capo)):
        assert chiavi(chi, "domande") == [domanda.pk]
        assert chiavi(chi, "accordi") == [accordo.pk]
        assert chi.get(f"{RADICE}/domande/{altra.pk}").status_code == 404
    assert sorted(chiavi(ufficio, "domande")) == [domanda.pk, altra.pk]
    for ruolo in (Ruolo.CUG, Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE):
        client = entra(IncaricoFactory(azienda=azienda, ruolo=ruolo).utente)
        assert chiavi(client, "domande") == chiavi(client, "accordi") == []
    letta = ufficio.get(f"{RADICE}/domande/{domanda.pk}").json()
    assert (letta["cognome"], letta["unita"], letta["pareri"]) == (persona.last_name, unita.pk, [])
    assert chiavi(ufficio, "accordi", unita=unita.pk, stato="sottoscritto") == [accordo.pk]


def test_le_persone_per_profilo_le_legge_chi_le_tiene(
    ufficio: Client, edizione: EdizioneLavoroAgile, programma: Callable[..., Client]
) -> None:
    scheda = una_di_ogni(edizione)["schede-di-mappatura"]
    dove = f"{RADICE}/schede-di-mappatura/{scheda.pk}"
    dell_ufficio, del_controllo = ufficio.get(dove).json(), programma().get(dove).json()
    assert dell_ufficio["profili"][0]["in_servizio"] == 10
    assert del_controllo["profili"] == []
    assert del_controllo["attivita"] == dell_ufficio["attivita"]
    assert len(del_controllo["attivita"]) == 1


def test_i_totali_della_mappatura_tacciono_i_gruppi_piccoli(
    ufficio: Client, edizione: EdizioneLavoroAgile
) -> None:
    campagna = una_di_ogni(edizione)["mappature"]
    detti = ufficio.get(f"{RADICE}/mappature/{campagna.pk}/totali").json()
    # 10 people: 6 could work so, so the other 4 are few.
    assert detti["tace"] is True
    assert detti["totale"]["potenziali"] is None or detti["totale"]["in_servizio"] is None
    assert detti["attivita"][0] == {"esito": "Sì", "attivita": 1}
    assert ufficio.get(f"{RADICE}/mappature/{campagna.pk}/totali?x=1").status_code == 400


def test_le_cifre_di_un_bando_tacciono_i_gruppi_piccoli(
    ufficio: Client, edizione: EdizioneLavoroAgile, azienda: Azienda
) -> None:
    bando = BandoAgileFactory(edizione=edizione)
    DomandaAgileFactory.create_batch(6, bando=bando)
    DomandaAgileFactory.create_batch(2, bando=bando, area="dirigenza")
    dove = f"{RADICE}/bandi/{bando.pk}/cifre"
    detti = ufficio.get(dove).json()
    assert [una["quanti"] for una in detti["presentate"]["per_area"]].count(6) == 0
    assert all(uno["quanti"] in (0, None) for uno in detti["motivi"])
    dipendente = IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIPENDENTE).utente
    assert entra(dipendente).get(dove).status_code == 403


def test_di_una_rilevazione_le_due_quote_stanno_insieme_e_i_piccoli_tacciono(
    ufficio: Client, azienda: Azienda
) -> None:
    rilevazione = RilevazioneAgileFactory(azienda=azienda)
    for quanti in (60, 13):
        AutorizzatiFactory(rilevazione=rilevazione, quanti=quanti)
    letta = ufficio.get(f"{RADICE}/rilevazioni/{rilevazione.pk}").json()
    assert (letta["totale"], letta["quota_dipendenti"], letta["quota_potenziali"]) == (
        73, 3.01, 32.74,
    )  # fmt: skip
    AutorizzatiFactory(rilevazione=rilevazione, quanti=2)
    letta = ufficio.get(f"{RADICE}/rilevazioni/{rilevazione.pk}").json()
    assert letta["tace"] is True
    assert [una["totale"] for una in letta["per_unita"]].count(None) >= 2
    assert "effettivi" not in letta


def test_si_ammettono_domande_in_una_tranche(
    ufficio: Client, edizione: EdizioneLavoroAgile, programma: Callable[..., Client]
) -> None:
    bando = BandoAgileFactory(edizione=edizione)
    tranche = TrancheFactory(bando=bando, posti=1)
    una, altra = DomandaAgileFactory.create_batch(2, bando=bando, stato="favorevole")
    dove, corpo = f"bandi/{bando.pk}/ammissioni", {"tranche": tranche.pk, "domande": [una.pk]}
    assert invia(programma(), dove, corpo).status_code == 403
    assert invia(ufficio, dove, corpo).status_code == 200
    assert DomandaLavoroAgile.objects.get(pk=una.pk).stato == "ammessa"
    piena = invia(ufficio, dove, corpo | {"domande": [altra.pk]})
    assert piena.status_code == 422
    assert "ha ancora 0 posti" in piena.json()["errori"][0]["messaggio"]
    ignota = invia(ufficio, dove, corpo | {"domande": [altra.pk, 999_999]})
    assert ignota.json()["errori"] == [
        {"campo": "domande", "messaggio": "Nel bando non c'è: 999999."}
    ]


def test_si_segna_la_comunicazione_al_ministero(
    ufficio: Client, edizione: EdizioneLavoroAgile
) -> None:
    accordo = AccordoAgileFactory(edizione=edizione)
    corpo = {"giorno": OGGI.isoformat()}
    fatta = invia(ufficio, f"accordi/{accordo.pk}/comunicazione", corpo)
    assert fatta.json()["comunicato_il"] == OGGI.isoformat()
    assert invia(ufficio, f"accordi/{accordo.pk}/comunicazione", corpo).status_code == 422
    assert invia(ufficio, f"accordi/{accordo.pk}/cessazione", corpo).status_code == 422
    AccordoIndividuale.objects.update(stato="cessato", cessa_il=OGGI)
    assert invia(ufficio, f"accordi/{accordo.pk}/cessazione", corpo).status_code == 200
    assert invia(ufficio, f"accordi/{accordo.pk}/cessazione", corpo).status_code == 422
    domani = {"giorno": (OGGI + timedelta(days=1)).isoformat()}
    assert invia(ufficio, f"accordi/{accordo.pk}/cessazione", domani).status_code == 422


def test_si_scrivono_giornate_e_rilevazioni(ufficio: Client, azienda: Azienda) -> None:
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    corpo = {"azienda": azienda.codice, "unita": unita.pk, "anno": 2024, "mese": 3, "persone": 8,
             "giorni": 40.5}  # fmt: skip
    nata = invia(ufficio, "giornate", corpo)
    assert nata.status_code == 201
    giornate = GiornateAgili.objects.get()
    assert nata["Location"] == f"{RADICE}/giornate/{giornate.pk}"
    assert (str(giornate.giorni), giornate.unita) == ("40.50", unita)
    assert invia(ufficio, "giornate", corpo).status_code == 422  # that month is there
    fatta = invia(ufficio, "rilevazioni", {
        "azienda": azienda.codice, "giorno": OGGI.isoformat(), "titolo": "Oggi", "dipendenti": 10,
    })  # fmt: skip
    assert (fatta.status_code, fatta.json()["totale"]) == (201, 0)
    assert RilevazioneAgile.objects.get().azienda == azienda


def test_le_giornate_di_un_unita_di_un_altra_azienda_si_rifiutano(azienda: Azienda) -> None:
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RISORSE_UMANE)
    altrui = UnitaFactory(organigramma=OrganigrammaFactory())
    IncaricoFactory(
        utente=incarico.utente, azienda=altrui.organigramma.azienda, ruolo=Ruolo.RISORSE_UMANE
    )
    client = entra(incarico.utente)
    risposta = invia(client, "giornate", {
        "azienda": azienda.codice, "unita": altrui.pk, "anno": 2024, "mese": 3, "persone": 8,
    })  # fmt: skip
    assert risposta.status_code == 422
    assert risposta.json()["errori"][0]["campo"] == "unita"


def test_il_programma_del_pola_ha_fasi_indicatori_e_livelli(
    ufficio: Client, edizione: EdizioneLavoroAgile
) -> None:
    una_di_ogni(edizione)
    (pola,) = ufficio.get(f"{RADICE}/pola").json()["risultati"]
    assert pola["fasi"] == [{"genere": "avvio", "anno": 2021, "descrizione": ""}]
    (indicatore,) = pola["indicatori"]
    assert indicatore["dimensione"] == "digitale"
    assert indicatore["livelli"] == [{"anno": 2021, "stampato": "≥ 60%"}]


def test_i_filtri_restringono_e_quelli_sconosciuti_si_rifiutano(
    ufficio: Client, edizione: EdizioneLavoroAgile
) -> None:
    una = DomandaAgileFactory(bando__edizione=edizione, stato="ammessa", ammessa_il=OGGI)
    DomandaAgileFactory(bando=una.bando)
    assert chiavi(ufficio, "domande", stato="ammessa") == [una.pk]
    assert chiavi(ufficio, "domande", edizione=edizione.slug, bando=una.bando_id, stato="ammessa")
    for filtri in ({"stato": "boh"}, {"bando": "x"}, {"motivo": "salute"}, {"ordering": "x"}):
        assert ufficio.get(f"{RADICE}/domande", filtri).status_code == 400, filtri
