# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede budget written through the API: prepared by a program, agreed on by people."""

import base64
from datetime import date

import pytest
from django.test import Client

from obiettivi.models import FirmaScheda, RigaScheda, Rilevazione, SchedaBudget
from piani.models import Azienda, Evento, Ruolo
from tests.api.passi import RADICE, cambia, detto, entrato, leggi, manda
from tests.factories import FinestraFactory, IndicatoreFactory, UnitaFactory
from tests.obiettivi.schede.cdr import Cdr, crea_cdr, persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def cdr(azienda: Azienda) -> Cdr:
    azienda.tipo = "ALTRO"
    azienda.save(update_fields=["tipo"])
    return crea_cdr(azienda)


def test_un_programma_propone_le_schede_di_un_anno_per_alcuni_cdr(api: Client, cdr: Cdr) -> None:
    altra = UnitaFactory(organigramma=cdr.unita.organigramma, cdr=True)
    chiesto = {"azienda": cdr.azienda.codice, "anno": 2023, "origine": "anno_prima"}
    rifiuto = manda(api, "schede-budget", chiesto | {"unita": [cdr.unita.pk, altra.pk]})
    assert f"{altra} non ha una scheda del 2022 da cui partire." in detto(rifiuto, 422)
    assert "anno_prima, modello, schema" in detto(
        manda(api, "schede-budget", chiesto | {"unita": [altra.pk], "origine": "niente"}), 422
    )
    fatte = manda(api, "schede-budget", chiesto | {"unita": [cdr.unita.pk]})
    assert fatte.status_code == 201, fatte.content
    (scheda,) = fatte.json()["schede"]
    assert (scheda["anno"], scheda["unita"], scheda["stato"]) == (2023, cdr.unita.pk, "proposta")
    nata = SchedaBudget.objects.get(pk=scheda["id"])
    assert nata.nata_da == cdr.scheda
    assert RigaScheda.objects.filter(area__scheda=nata).count() == 3

    modello = {"azienda": cdr.azienda.codice, "anno": 2023, "nome": "Per tutti"}
    modello["origine"] = f"scheda:{cdr.scheda.pk}"
    nuovo = manda(api, "modelli-scheda", modello).json()["id"]
    assert len(leggi(api, f"modelli-scheda/{nuovo}/contenuto")["aree"]) == 2
    chiesto |= {"unita": [altra.pk], "origine": f"modello:{nuovo}"}
    assert manda(api, "schede-budget", chiesto).status_code == 201
    assert cambia(api, f"modelli-scheda/{nuovo}", metodo="delete").status_code == 204


def test_un_programma_scrive_aree_righe_e_risorse_con_la_condizione(api: Client, cdr: Cdr) -> None:
    indicatore = IndicatoreFactory(azienda=cdr.azienda, codice="NUOVO")
    scheda = f"schede-budget/{cdr.scheda.pk}"
    area = manda(api, f"{scheda}/aree", {"nome": "Qualità"}).json()
    riga = {"obiettivo": "Cartelle chiuse", "indicatore": "NUOVO", "atteso": "≥ 90%", "peso": 10}
    creata = manda(api, f"aree-scheda/{area['id']}/righe", riga)
    assert creata.status_code == 201, creata.content
    dove = f"righe-scheda/{creata.json()['id']}"
    assert creata["Location"] == f"{RADICE}/{dove}"
    assert manda(api, dove, {"peso": 20}, "patch").status_code == 428
    letta = api.get(f"{RADICE}/{dove}")["ETag"]
    assert cambia(api, dove, {"peso": "20.50"}).json()["peso"] == 20.5
    superata = manda(api, dove, {"peso": 1}, "patch", headers={"If-Match": letta})
    assert superata.status_code == 412
    assert RigaScheda.objects.get(indicatore=indicatore).letto is not None
    assert manda(api, f"{dove}/spostamento", {"verso": "su"}).json()["ordine"] == 1
    assert manda(api, dove, {"indicatore": "ALTROVE"}, "patch").status_code == 428
    assert "ALTROVE" in detto(cambia(api, dove, {"indicatore": "ALTROVE"}), 400)
    risorsa = manda(api, f"{scheda}/risorse", {"fattore": "Farmaci", "budget": "1000.50"}).json()
    assert risorsa["budget"] == 1000.5
    assert cambia(api, dove, metodo="delete").status_code == 204
    contenuto = leggi(api, f"{scheda}/contenuto")
    assert [una["nome"] for una in contenuto["aree"]][-1] == "Qualità"
    assert contenuto["risorse"][0]["fattore"] == "Farmaci"
    assert Evento.objects.filter(tipo="riga_di_scheda.tolta").count() == 1


def test_la_negoziazione_la_porta_il_programma_e_le_firme_le_persone(api: Client, cdr: Cdr) -> None:
    scheda = f"schede-budget/{cdr.scheda.pk}"
    assert manda(api, f"{scheda}/invio").json()["stato"] == "in_negoziazione"
    assert "Il contenuto è lo stesso" in detto(manda(api, f"{scheda}/invio"), 422)
    scritto = manda(api, f"{scheda}/messaggi", {"testo": "Pesi da rivedere"})
    assert (scritto.status_code, scritto.json()["versione"]) == (201, 1)
    firma = {"ruolo": "direzione", "versione_vista": 1}
    assert "spetta a un'altra persona" in detto(manda(api, f"{scheda}/firma", firma), 403)
    assert not FirmaScheda.objects.exists()
    for ruolo in ("direzione", "dipartimento", "responsabile"):
        suo = entrato(cdr.di(ruolo))
        firmata = manda(suo, f"{scheda}/firma", firma | {"ruolo": ruolo})
        assert firmata.status_code == 200, firmata.content
    assert firmata.json()["stato"] == "sottoscritta"
    assert "Il tuo incarico non consente" in detto(manda(api, f"{scheda}/divulgazione"), 403)
    capo = entrato(cdr.responsabile)
    assert manda(capo, f"{scheda}/divulgazione").json()["stato"] == "in_monitoraggio"
    assert manda(entrato(cdr.dipendente), f"{scheda}/presa-visione").status_code == 200
    letta = leggi(api, f"{scheda}/negoziazione")
    assert [len(una["firme"]) for una in letta["versioni"]] == [3]
    assert letta["versioni"][0]["prese_visione"] == 1
    assert letta["messaggi"][0]["testo"] == "Pesi da rivedere"
    assert entrato(cdr.dipendente).get(f"{RADICE}/{scheda}/negoziazione").status_code == 404

    atto = {"atto_tipo": "delibera", "atto_numero": "7", "atto_data": "2022-06-30"}
    rivista = manda(api, f"{scheda}/revisione", atto | {"motivo": "Posti letto ridotti"})
    assert rivista.json()["stato"] == "in_negoziazione"
    abbandono = manda(api, f"{scheda}/revisione/abbandono", {"motivo": "Non serve più"})
    assert abbandono.json()["stato"] == "in_monitoraggio"


def test_cio_che_si_negozia_non_lo_legge_chi_lavora_nel_cdr(cdr: Cdr) -> None:
    riga = RigaScheda.objects.filter(area__scheda=cdr.scheda).first()
    assert riga is not None
    capo, dipendente = entrato(cdr.responsabile), entrato(cdr.dipendente)
    assert leggi(capo, f"righe-scheda?scheda={cdr.scheda.pk}")["totale"] == 3
    assert leggi(dipendente, f"righe-scheda?scheda={cdr.scheda.pk}")["totale"] == 0
    cdr.in_monitoraggio()
    assert leggi(dipendente, f"righe-scheda/{riga.pk}")["obiettivo"] == riga.obiettivo
    SchedaBudget.objects.filter(pk=cdr.scheda.pk).update(stato="in_negoziazione")
    assert dipendente.get(f"{RADICE}/righe-scheda/{riga.pk}").status_code == 404


def test_una_rendicontazione_dalla_bozza_alla_validazione(api: Client, cdr: Cdr) -> None:
    cdr.in_monitoraggio()
    FinestraFactory(azienda=cdr.azienda)
    riga = RigaScheda.objects.filter(area__scheda=cdr.scheda).first()
    assert riga is not None
    capo = entrato(cdr.responsabile)
    bozza = {"riga": riga.pk, "frazione": "T1", "cifre": {"valore": "96.25"}, "dichiarato": 80}
    assert manda(api, "rendicontazioni", bozza).status_code == 403
    creata = manda(capo, "rendicontazioni", bozza)
    assert creata.status_code == 201, creata.content
    dove = f"rendicontazioni/{creata.json()['id']}"
    assert api.get(f"{RADICE}/{dove}").status_code == 404  # a draft is of who writes it
    assert "Scrivi che cosa è stato fatto" in detto(manda(capo, f"{dove}/trasmissione"), 422)
    scritto = cambia(capo, dove, {"azioni": "Due sedute in più", "raggiungibile": True}).json()
    assert (scritto["cifre"], scritto["dichiarato"]) == ({"valore": "96.2500"}, 80)

    verbale = {"nome": "verbale.txt", "contenuto": "non base64!"}
    assert "in base64" in detto(manda(capo, f"{dove}/prove", verbale), 400)
    verbale["contenuto"] = base64.b64encode(b"Un verbale inventato.").decode()
    prova = manda(capo, f"{dove}/prove", verbale).json()
    assert base64.b64decode(prova["contenuto"]) == b"Un verbale inventato."

    trasmessa = manda(capo, f"{dove}/trasmissione").json()
    risultato = Rilevazione.objects.get(pk=trasmessa["rilevazione"])
    assert (risultato.unita, str(risultato.valore)) == (cdr.unita, "96.2500")
    assert [una["nome"] for una in leggi(api, dove)["prove"]] == ["verbale.txt"]
    assert cambia(capo, f"prove/{prova['id']}", metodo="delete").status_code == 422
    nucleo = entrato(persona(cdr.azienda, Ruolo.NUCLEO))
    assert manda(api, f"{dove}/validazione", {"validato": 75}).status_code == 403
    perche = detto(manda(nucleo, f"{dove}/validazione", {"validato": 75}), 422)
    assert "È diversa da quella dichiarata: scrivi perché." in perche
    validata = manda(nucleo, f"{dove}/validazione", {"validato": 75, "nota": "Mancano i verbali"})
    assert validata.json()["validato"] == 75
    assert "Scrivi perché" in detto(manda(api, f"{dove}/riapertura"), 422)
    assert manda(api, f"{dove}/riapertura", {"motivo": "Un refuso"}).status_code == 204
    assert leggi(capo, dove)["stato"] == "bozza"


def test_le_finestre_le_proroghe_e_i_periodi_chiusi(api: Client, cdr: Cdr) -> None:
    dell_anno = {"azienda": cdr.azienda.codice, "anno": 2022}
    solite = manda(api, "finestre/solite", dell_anno)
    assert solite.status_code == 201, solite.content
    finestra = solite.json()["finestre"][0]
    assert "ci sono già tutte" in detto(manda(api, "finestre/solite", dell_anno), 422)
    dove = f"finestre/{finestra['id']}"
    spostata = cambia(api, dove, {"scade": date.fromisoformat(finestra["scade"]).replace(day=28)})
    assert spostata.json()["apre"] == finestra["apre"]
    proroga = {"unita": cdr.unita.pk, "fino_al": "2023-12-31", "motivo": "Un trasloco"}
    data = manda(api, f"{dove}/proroghe", proroga).json()
    assert [una["id"] for una in leggi(api, dove)["proroghe"]] == [data["id"]]
    assert cambia(api, f"proroghe/{data['id']}", metodo="delete").status_code == 204

    chiuso = manda(api, "periodi-chiusi", dell_anno | {"frazione": "T1"})
    assert chiuso.status_code == 201, chiuso.content
    indicatore = RigaScheda.objects.filter(area__scheda=cdr.scheda).first().indicatore.codice
    risultato = dell_anno | {"indicatore": indicatore, "frazione": "T1", "valore": 1}
    assert "chiuso" in detto(manda(api, "rilevazioni", risultato), 422)
    riapri = f"periodi-chiusi/{chiuso.json()['id']}/riapertura"
    assert manda(api, riapri).status_code == 400
    assert manda(api, riapri, {"motivo": "Un dato arrivato tardi"}).status_code == 204
    assert manda(api, "rilevazioni", risultato).status_code == 201


def test_una_controdeduzione_la_presenta_il_cdr_e_la_accoglie_il_programma(
    api: Client, cdr: Cdr
) -> None:
    SchedaBudget.objects.filter(pk=cdr.scheda.pk).update(stato="in_valutazione")
    riga = RigaScheda.objects.filter(area__scheda=cdr.scheda).first()
    assert riga is not None
    scheda = f"schede-budget/{cdr.scheda.pk}"
    testo = {"riga": riga.pk, "testo": "Il dato non conta le urgenze"}
    assert manda(api, f"{scheda}/controdeduzioni", testo).status_code == 403
    una = manda(entrato(cdr.responsabile), f"{scheda}/controdeduzioni", testo)
    assert una.status_code == 201, una.content
    risposta = {
        "esito": "accolta",
        "risposta": "Ricontate",
        "risultato": {"frazione": "", "valore": "97.5"},
    }
    accolta = manda(api, f"controdeduzioni/{una.json()['id']}/risposta", risposta)
    assert (accolta.status_code, accolta.json()["esito"]) == (200, "accolta"), accolta.content
    corretto = Rilevazione.objects.correnti().get(indicatore=riga.indicatore, unita=cdr.unita)
    assert str(corretto.valore) == "97.5000"
    assert leggi(api, scheda)["stato"] == "controdedotta"
    validata = {"esito": "validata", "motivazione": "Sì"}
    assert manda(api, f"{scheda}/validazione", validata).status_code == 403
    assert "prima deve essere «Validata dal Nucleo»" in detto(manda(api, f"{scheda}/chiusura"), 422)
