# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conciliation read through the API: each reads what the pages show them, and no more."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import simplejson
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conciliazione.api.rotte import ROTTE
from conciliazione.models import (
    EdizioneConciliazione,
    ManifestazioneInteresse,
    Proposta,
    SchedaValutazione,
    Voto,
)
from piani.models import Azienda, Ruolo, Utente
from tests.api.mondo_conciliazione import una_di_ogni
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import (
    AdesioneFactory,
    ComponenteFactory,
    CriterioFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ManifestazioneFactory,
    PartnerFactory,
    ProgettoFactory,
    PropostaFactory,
    ReferenteFactory,
    SeggioFactory,
    SpesaFactory,
    ValutatoreFactory,
    VersioneFactory,
    VoceBudgetFactory,
    VotazioneFactory,
)

pytestmark = pytest.mark.django_db
RADICE = "/api/v1/conciliazione"
ELENCHI = [f"/api/v1/{percorso}" for percorso, _vista, _nome in ROTTE]


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    return EdizioneConciliazioneFactory(azienda=azienda)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    """A program of the office of the ATS."""
    return programma(Ruolo.CAPOFILA)


@pytest.fixture
def entra() -> Callable[[Utente], Client]:
    """A person in their session."""

    def con(utente: Utente) -> Client:
        client = Client()
        client.force_login(utente)
        return client

    return con


def letti(client: Client, nome: str, **filtri: Any) -> list[dict[str, Any]]:
    risposta = client.get(f"{RADICE}/{nome}", filtri)
    assert risposta.status_code == 200, risposta.content
    return list(simplejson.loads(risposta.content, use_decimal=True)["risultati"])


def chiavi(client: Client, nome: str, **filtri: Any) -> list[int]:
    return [riga["id"] for riga in letti(client, nome, **filtri)]


def test_ogni_elenco_costa_uguale_con_una_riga_e_con_tre(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    def conta() -> dict[str, int]:
        costi = {}
        for indirizzo in ELENCHI:
            cache.clear()
            with CaptureQueriesContext(
                connection,
            ) as domande:
                risposta = ufficio.get(indirizzo)
            assert risposta.status_code == 200, indirizzo
            assert risposta.json()["totale"] > 0, indirizzo
            costi[indirizzo] = len(domande)
        return costi

    una_di_ogni(edizione)
    ufficio.get(ELENCHI[0])  # what is read once for all
    con_una = conta()
    for anno in (2030, 2031):
        una_di_ogni(
            EdizioneConciliazioneFactory(azienda=edizione.azienda, anno_inizio=anno, anno_fine=anno)
        )
    assert conta() == con_una


def test_cio_che_pende_da_una_riga_sta_dentro_di_lei(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    righe = una_di_ogni(edizione)
    (proposta,) = [p for p in letti(ufficio, "proposte") if p["id"] == righe["proposte"].pk]
    (versione,) = proposta["versioni"]
    assert versione["azioni"][0]["costi"] == [{"categoria": "servizi", "importo": Decimal("10.00")}]
    assert versione["cofinanziamenti"][0]["importo"] == Decimal("3.00")
    assert len(proposta["partner"]) == 1
    (mappa,) = letti(ufficio, "mappe-di-impatto")
    assert mappa["righe"][0]["kpi"][0]["valori"][0]["valore"] == Decimal(12)
    (progetto,) = letti(ufficio, "progetti", stato="in_corso")
    assert progetto["azioni"][0]["budget"][0]["categoria"] == "servizi"
    assert progetto["azioni"][0]["attivita"] == [
        {
            "id": righe["attivita-di-progetto"].pk,
            "nome": "Avvio",
            "dal": "2021-01-01",
            "al": "2021-02-01",
        }
    ]
    (semestre,) = letti(ufficio, "semestri")
    assert semestre["azioni_di_piano"][0]["persone"] == 2
    bandi = {una["id"]: una for una in letti(ufficio, "manifestazioni", q="prova")}
    bando = bandi[righe["manifestazioni"].pk]
    assert bando["criteri"][0]["punti"] == Decimal("20.00")


def test_i_filtri_restringono_e_quelli_sconosciuti_si_rifiutano(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    uno = ProgettoFactory(proposta__manifestazione__edizione=edizione, titolo="Tempo di cura")
    altra = EdizioneConciliazioneFactory(azienda=edizione.azienda, anno_inizio=2030, anno_fine=2031)
    ProgettoFactory(proposta__manifestazione__edizione=altra)
    assert chiavi(ufficio, "progetti", edizione=edizione.slug) == [uno.pk]
    assert chiavi(ufficio, "progetti", q="di CURA") == [uno.pk]
    assert chiavi(ufficio, "progetti", capofila=uno.capofila_id) == [uno.pk]
    for filtri in ({"stato": "boh"}, {"capofila": "x"}, {"colore": "rosso"}, {"ordering": "x"}):
        risposta = ufficio.get(f"{RADICE}/progetti", filtri)
        assert risposta.status_code == 400, filtri


def test_le_proposte_restano_sigillate_fino_alla_chiusura(
    ufficio: Client, edizione: EdizioneConciliazione, entra: Callable[[Utente], Client]
) -> None:
    bando = ManifestazioneFactory(edizione=edizione)
    proposta = PropostaFactory(manifestazione=bando, presentata=True)
    versione = VersioneFactory(proposta=proposta, contributo=Decimal(70000))
    capofila = entra(ReferenteFactory(ente=proposta.capofila).utente)
    altro = entra(ReferenteFactory(ente=EnteFactory(azienda=edizione.azienda)).utente)
    dove = f"{RADICE}/proposte/{proposta.pk}"
    assert capofila.get(dove).json()["versioni"][0]["contributo"] == 70000
    for chi in (ufficio, altro):
        assert chi.get(dove).status_code == 404
        assert chiavi(chi, "proposte") == []
    ManifestazioneInteresse.objects.filter(pk=bando.pk).update(
        chiude_il=timezone.now() - timedelta(days=1), stato="in_valutazione"
    )
    assert altro.get(dove).status_code == 404
    # Unsealed, but the version that is still being written is of who writes it.
    assert ufficio.get(dove).json()["versioni"] == []
    versione.chiusa_il = timezone.now()
    versione.save()
    assert len(ufficio.get(dove).json()["versioni"]) == 1
    Proposta.objects.filter(pk=proposta.pk).update(stato="bozza", presentata_il=None)
    assert ufficio.get(dove).status_code == 404


def test_ciascun_ente_legge_solo_il_suo_denaro(
    ufficio: Client, edizione: EdizioneConciliazione, entra: Callable[[Utente], Client]
) -> None:
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    voce = VoceBudgetFactory(azione__progetto=progetto)
    ente = PartnerFactory(proposta=progetto.proposta).ente
    del_capofila, del_partner = SpesaFactory(voce=voce), SpesaFactory(voce=voce, ente=ente)
    capofila = entra(ReferenteFactory(ente=progetto.capofila).utente)
    partner = entra(ReferenteFactory(ente=ente).utente)
    straniero = entra(ReferenteFactory(ente=EnteFactory(azienda=edizione.azienda)).utente)
    assert chiavi(capofila, "spese") == [del_capofila.pk, del_partner.pk]
    assert chiavi(partner, "spese") == [del_partner.pk]
    assert partner.get(f"{RADICE}/spese/{del_capofila.pk}").status_code == 404
    assert chiavi(straniero, "spese") == []
    assert chiavi(ufficio, "spese") == []  # finché il rendiconto non è trasmesso
    assert chiavi(straniero, "progetti") == []
    assert chiavi(partner, "progetti") == [progetto.pk]
    assert chiavi(partner, "rendiconti") == []
    assert chiavi(partner, "pagamenti") == []


def test_i_recapiti_di_un_ente_non_sono_dei_colleghi(
    ufficio: Client, edizione: EdizioneConciliazione, entra: Callable[[Utente], Client]
) -> None:
    mio = EnteFactory(azienda=edizione.azienda, email="mio@ente.example")
    collega = EnteFactory(azienda=edizione.azienda, email="altro@ente.example", pec="a@pec.example")
    AdesioneFactory(ente=collega)
    referente = entra(ReferenteFactory(ente=mio).utente)
    visti = {riga["id"]: riga for riga in letti(referente, "enti")}
    assert visti[mio.pk]["email"] == "mio@ente.example"
    assert (visti[collega.pk]["email"], visti[collega.pk]["pec"]) == (None, None)
    assert visti[collega.pk]["nella_rete"] is True
    assert visti[mio.pk]["nella_rete"] is False
    assert ufficio.get(f"{RADICE}/enti/{collega.pk}").json()["email"] == "altro@ente.example"
    assert chiavi(referente, "adesioni") == []


def test_le_schede_restano_coperte_e_i_voti_segreti_fino_alla_fine(
    ufficio: Client, edizione: EdizioneConciliazione, entra: Callable[[Utente], Client]
) -> None:
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    CriterioFactory(manifestazione=bando)
    proposta = PropostaFactory(manifestazione=bando, presentata=True, stato="ammessa")
    primo, secondo = (
        ValutatoreFactory(manifestazione=bando, seggio=SeggioFactory(edizione=edizione))
        for _n in range(2)
    )
    mia = SchedaValutazione.objects.create(
        valutatore=primo, proposta=proposta, consegnata_il=timezone.now()
    )
    sua = SchedaValutazione.objects.create(valutatore=secondo, proposta=proposta)
    uno, altro = (entra(ComponenteFactory(seggio=v.seggio).utente) for v in (primo, secondo))
    assert chiavi(uno, "valutazioni") == [mia.pk]
    assert chiavi(altro, "valutazioni") == [sua.pk]
    assert chiavi(ufficio, "valutazioni") == []
    SchedaValutazione.objects.filter(pk=sua.pk).update(consegnata_il=timezone.now())
    assert sorted(chiavi(uno, "valutazioni")) == sorted([mia.pk, sua.pk])
    assert sorted(chiavi(ufficio, "valutazioni")) == sorted([mia.pk, sua.pk])

    votazione = VotazioneFactory(punto__seduta__edizione=edizione)
    Voto.objects.create(votazione=votazione, seggio=primo.seggio, valore="contrario")
    dove = f"{RADICE}/votazioni/{votazione.pk}"
    assert uno.get(dove).json()["voti"] == [{"seggio": primo.seggio_id, "valore": "contrario"}]
    assert altro.get(dove).json()["voti"] == []
    assert ufficio.get(dove).json()["voti"] == []
    type(votazione).objects.filter(pk=votazione.pk).update(stato="chiusa", esito="respinta")
    assert len(ufficio.get(dove).json()["voti"]) == 1


def test_il_nucleo_legge_solo_gli_anni_che_gli_sono_affidati(
    azienda: Azienda, entra: Callable[[Utente], Client]
) -> None:
    dentro = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2020, anno_fine=2023)
    fuori = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2017, anno_fine=2018)
    progetti = [ProgettoFactory(proposta__manifestazione__edizione=e) for e in (dentro, fuori)]
    nucleo = entra(
        IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2020, anno_a=2023).utente
    )
    assert chiavi(nucleo, "edizioni") == [dentro.pk]
    assert chiavi(nucleo, "progetti") == [progetti[0].pk]
    assert nucleo.get(f"{RADICE}/edizioni/{fuori.slug}").status_code == 404


def test_chi_rappresenta_un_ente_di_un_altra_ats_non_trova_niente(
    edizione: EdizioneConciliazione, entra: Callable[[Utente], Client]
) -> None:
    una_di_ogni(edizione)
    estraneo = entra(ReferenteFactory().utente)
    trovati = {
        indirizzo: estraneo.get(indirizzo).json()["totale"]
        for indirizzo in ELENCHI
        if not indirizzo.endswith(("/enti", "/referenti"))
    }
    assert trovati == dict.fromkeys(trovati, 0)
    assert len(chiavi(estraneo, "enti")) == 1  # il suo
    assert len(chiavi(estraneo, "referenti")) == 1  # lui


def test_la_quadratura_e_gli_aggregati_si_leggono_al_loro_indirizzo(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    righe = una_di_ogni(edizione)
    piano, questo = righe["piani-finanziari"], righe["questionari"]
    quadro = ufficio.get(f"{RADICE}/piani-finanziari/{piano.pk}/quadro").json()
    assert (quadro["totale_fonti"], quadro["totale_impieghi"], quadro["quadra"]) == (100, 100, True)
    assert quadro["fonti"][0]["calcolato"] == 100
    risultati = ufficio.get(f"{RADICE}/questionari/{questo.pk}/risultati").json()
    assert risultati["colonne"][0] == "che cosa"
    assert ufficio.get(f"{RADICE}/questionari/{questo.pk}/risultati?x=1").status_code == 400
