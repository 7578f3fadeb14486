# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of monitoring: who opens them, what they show, how many queries they ask."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from conciliazione.models import (
    EdizioneConciliazione,
    Pagamento,
    Progetto,
    Rendiconto,
    RilevazioneProgetto,
    SemestreMonitoraggio,
    Spesa,
)
from piani.models import Ruolo, Utente
from tests.factories_conciliazione import (
    AzioneDiPianoFactory,
    AzioneProgettoFactory,
    ComponenteFactory,
    PagamentoFactory,
    PartnerFactory,
    ProgettoFactory,
    ReferenteFactory,
    RendicontoFactory,
    SeggioFactory,
    SemestreFactory,
    SpesaFactory,
    VoceBudgetFactory,
)

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def progetto(edizione: EdizioneConciliazione) -> Progetto:
    return ProgettoFactory(proposta__manifestazione__edizione=edizione, titolo="Labor")


@pytest.fixture
def capofila(progetto: Progetto) -> Utente:
    return ReferenteFactory(ente=progetto.capofila).utente


def pieno(edizione: EdizioneConciliazione, numero: int) -> Progetto:
    """A project with everything that the pages show."""
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione, numero=numero)
    PartnerFactory(proposta=progetto.proposta)
    rendiconto = RendicontoFactory(
        progetto=progetto, stato="approvato", richiesto=D(35000), riconosciuto=D(35000)
    )
    voce = VoceBudgetFactory(azione=AzioneProgettoFactory(progetto=progetto))
    SpesaFactory(voce=voce, rendiconto=rendiconto)
    PagamentoFactory(rendiconto=rendiconto, stato="eseguito", eseguito_il=date(2021, 3, 2))
    AzioneDiPianoFactory(edizione=edizione, ordine=numero)
    return progetto


def entra(client: Client, chi: Utente) -> Client:
    client.force_login(chi)
    return client


def aperta(risposta: Any) -> str:
    assert risposta.status_code == 200
    return " ".join(risposta.content.decode().split())


@pytest.mark.parametrize("quanti", [1, 3])
@pytest.mark.parametrize(
    ("nome", "quante"),
    [("conciliazione_monitoraggio", 25), ("pagamenti", 14), ("monitoraggio_quadro_csv", 14)],
)
def test_le_pagine_dell_edizione_costano_sempre_uguale(
    edizione: EdizioneConciliazione, ufficio: Utente, client: Client,
    django_assert_max_num_queries: Any, quanti: int, nome: str, quante: int,
) -> None:  # fmt: skip
    for numero in range(quanti):
        pieno(edizione, numero)
    SemestreFactory(edizione=edizione)
    entra(client, ufficio)
    with django_assert_max_num_queries(quante):
        client.get(reverse(nome, args=[edizione.slug]))


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_pagina_del_semestre_costa_sempre_uguale(
    edizione: EdizioneConciliazione, ufficio: Utente, client: Client,
    django_assert_max_num_queries: Any, quanti: int,
) -> None:  # fmt: skip
    for numero in range(quanti):
        pieno(edizione, numero)
    semestre = SemestreFactory(edizione=edizione)
    entra(client, ufficio)
    with django_assert_max_num_queries(42):
        pagina = aperta(client.get(reverse("semestre", args=[semestre.pk])))
    assert "Soggetti aderenti alla Rete territoriale" in pagina


def test_ciascuno_vede_il_denaro_che_gli_spetta(
    edizione: EdizioneConciliazione, client: Client, ufficio: Utente
) -> None:
    progetto = pieno(edizione, 1)
    pieno(edizione, 2)
    indirizzo = reverse("conciliazione_monitoraggio", args=[edizione.slug])
    denaro = reverse("rendiconti_progetto", args=[progetto.pk])
    tutto = aperta(entra(client, ufficio).get(indirizzo))
    assert tutto.count("35.000,00 €") >= 4
    assert "Residui del piano" in tutto
    guida = ReferenteFactory(ente=progetto.capofila).utente
    suo = aperta(entra(client, guida).get(indirizzo))
    assert "Residui del piano" not in suo
    assert suo.count("Progetto di prova") == 1
    assert "Educatori" in aperta(client.get(denaro))
    partner = progetto.proposta.partner.get()
    del_partner = ReferenteFactory(ente=partner.ente).utente
    assert "35.000,00 €" not in aperta(entra(client, del_partner).get(indirizzo))
    assert "Educatori" not in aperta(client.get(denaro))  # le spese degli altri
    assert client.get(reverse("rendiconto", args=[progetto.rendiconti.get().pk])).status_code == 404
    comitato = ComponenteFactory(seggio=SeggioFactory(edizione=edizione)).utente
    assert "35.000,00 €" not in aperta(entra(client, comitato).get(indirizzo))
    estraneo = ReferenteFactory().utente
    assert entra(client, estraneo).get(indirizzo).status_code == 404
    assert client.get(denaro).status_code == 404


def test_la_rilevazione_si_scrive_si_trasmette_si_valida(
    edizione: EdizioneConciliazione, progetto: Progetto, capofila: Utente, ufficio: Utente,
    client: Client,
) -> None:  # fmt: skip
    azione = AzioneProgettoFactory(progetto=progetto)
    semestre = SemestreFactory(edizione=edizione)
    pagina = reverse("rilevazione_progetto", args=[semestre.pk, progetto.pk])
    salva = reverse("rilevazione_progetto_salva", args=[semestre.pk, progetto.pk])
    assert "Trasmetti" in aperta(entra(client, capofila).get(pagina))
    inviati = {
        "avanzamento": "Aperti due centri.", f"persone-{azione.pk}": "40", "visto": "",
        "fai": "trasmetti",
    }  # fmt: skip
    ancora = aperta(client.post(salva, inviati))
    assert "scrivi quante imprese ed enti ha raggiunto, anche 0" in ancora
    assert "Aperti due centri." in ancora  # niente si è perso
    negativo = aperta(client.post(salva, inviati | {"visto": "1", f"imprese-{azione.pk}": "-1"}))
    assert "maggiore o uguale a 0" in negativo
    client.post(salva, inviati | {"visto": "1", f"imprese-{azione.pk}": "0"})
    questa = RilevazioneProgetto.objects.get()
    assert questa.stato == "trasmessa"
    assert "Aperti due centri." in aperta(entra(client, ufficio).get(pagina))
    client.post(reverse("rilevazione_progetto_valida", args=[questa.pk]), {"valida-nota": ""})
    client.post(reverse("semestre_chiudi", args=[semestre.pk]))
    semestre.refresh_from_db()
    assert semestre.stato == SemestreMonitoraggio.Stato.CHIUSO
    csv = client.get(reverse("semestre_csv", args=[semestre.pk])).getvalue().decode()
    assert "1° semestre 2021;b2;Persone raggiunte sulle previste" in csv
    assert ";40;100;40,00 %;" in csv
    del_secondo = SemestreFactory(edizione=edizione, semestre=2)
    client.post(reverse("semestre_chiudi", args=[del_secondo.pk]))
    andamento = reverse("semestre_andamento", args=[edizione.slug])
    disegnato = aperta(client.get(andamento, {"che": f"b2_{progetto.pk}_{azione.pk}_"}))
    assert "<svg" in disegnato
    assert "40,00 %" in disegnato


def test_una_spesa_con_il_suo_documento_dalla_pagina(
    progetto: Progetto, capofila: Utente, ufficio: Utente, client: Client
) -> None:
    voce = VoceBudgetFactory(azione__progetto=progetto, importo=D("1000.00"))
    nuova = reverse("spesa_nuova", args=[progetto.pk])
    dati = {
        "voce": voce.pk, "ente": progetto.capofila_id, "descrizione": "Educatori",
        "documento": "Fattura 1", "documento_del": "2021-07-31", "importo": "1.000,01",
    }  # fmt: skip
    entra(client, capofila)
    assert "la superano di 0,01 €" in aperta(client.post(nuova, dati))
    for sbagliato in ("0,001", "-3", "abc", "1.000"):
        assert "errore" in aperta(client.post(nuova, dati | {"importo": sbagliato}))
    client.post(nuova, dati | {"importo": "999,99", "file": SimpleUploadedFile("f.txt", b"uno")})
    spesa = Spesa.objects.get()
    documento = spesa.giustificativi.get()
    scaricato = client.get(reverse("spesa_giustificativo", args=[documento.pk]))
    assert scaricato.getvalue() == b"uno"
    assert scaricato["Content-Disposition"].startswith("attachment")
    carica = reverse("spesa_carica", args=[spesa.pk])
    doppio = aperta(client.post(carica, {"file": SimpleUploadedFile("f.txt", b"uno")}))
    assert "questo documento c&#x27;è già" in doppio
    exe = aperta(client.post(carica, {"file": SimpleUploadedFile("f.exe", b"MZ\x00")}))
    assert "non si accettano documenti" in exe
    assert "0,01" in aperta(client.get(reverse("rendiconti_progetto", args=[progetto.pk])))
    # L'ATS non la vede finché non è trasmessa.
    assert entra(client, ufficio).get(reverse("spesa", args=[spesa.pk])).status_code == 404
    assert client.get(reverse("spesa_giustificativo", args=[documento.pk])).status_code == 404


def test_dall_anticipo_al_pagamento_dalle_pagine(
    progetto: Progetto, capofila: Utente, ufficio: Utente, con_incarico: Any, client: Client
) -> None:
    entra(client, capofila)
    client.post(reverse("rendiconto_apri", args=[progetto.pk]), {"rata": "anticipo"})
    rendiconto = Rendiconto.objects.get()
    scrivi = reverse("rendiconto_scrivi", args=[rendiconto.pk])
    oltre = aperta(client.post(scrivi, {"richiesto": "35000,01", "fai": "trasmetti"}))
    assert "50 % di 70.000,00 € = 35.000,00 €" in oltre
    client.post(scrivi, {"richiesto": "35000,00", "fai": "trasmetti"})
    pagina = reverse("rendiconto", args=[rendiconto.pk])
    assert "Approva il rendiconto" in aperta(entra(client, ufficio).get(pagina))
    approva = reverse("rendiconto_approva", args=[rendiconto.pk])
    meno = aperta(client.post(approva, {"approva-riconosciuto": "1,00", "approva-nota": ""}))
    assert "Scrivi perché si riconoscono 1,00 € su 35.000,00 €." in meno
    client.post(approva, {"approva-riconosciuto": "35000,00", "approva-nota": ""})
    direzione = con_incarico(Ruolo.DIREZIONE)
    disponi = {
        "disponi-importo": "35000,00", "disponi-atto": "Determina 1",
        "disponi-disposto_il": "2021-03-01",
    }  # fmt: skip
    entra(client, direzione).post(reverse("pagamento_disponi", args=[rendiconto.pk]), disponi)
    pagamento = Pagamento.objects.get()
    esegui = reverse("pagamento_esegui", args=[pagamento.pk])
    prima = {f"esegui-{pagamento.pk}-eseguito_il": "2021-02-28"}
    assert "Viene prima del giorno in cui è disposto" in aperta(client.post(esegui, prima))
    client.post(esegui, {f"esegui-{pagamento.pk}-eseguito_il": "2021-03-02"})
    pagamento.refresh_from_db()
    assert (pagamento.stato, pagamento.importo) == ("eseguito", D("35000.00"))
    quadro = aperta(
        client.get(reverse("conciliazione_monitoraggio", args=[progetto.edizione.slug]))
    )
    assert quadro.count("35.000,00 €") == 5  # riconosciuto, liquidato, da liquidare; due totali


def test_l_esame_delle_spese_dice_accanto_a_ciascuna_che_cosa_non_va(
    progetto: Progetto, ufficio: Utente, client: Client
) -> None:
    rendiconto = RendicontoFactory(progetto=progetto, stato="trasmesso", richiesto=D(1))
    voce = VoceBudgetFactory(azione__progetto=progetto)
    una, due = (SpesaFactory(voce=voce, rendiconto=rendiconto) for _volta in range(2))
    esamina = reverse("rendiconto_esamina", args=[rendiconto.pk])
    entra(client, ufficio)
    senza_motivo = aperta(client.post(esamina, {f"spesa-{una.pk}": "10,00"}))
    assert "Scrivi perché si ammettono 10,00 € su 1.000,00 €." in senza_motivo
    troppo = aperta(client.post(esamina, {f"spesa-{una.pk}": "1000,01"}))
    assert "Si ammette da zero a 1.000,00 €." in troppo
    client.post(
        esamina, {f"spesa-{una.pk}": "10,00", f"spesa-{una.pk}-motivo": "Buffet", "resto": "on"}
    )
    ammessi = dict(Spesa.objects.values_list("pk", "ammesso"))
    assert ammessi == {una.pk: D("10.00"), due.pk: D("1000.00")}


def test_si_paga_un_azione_del_piano_entro_le_sue_risorse(
    edizione: EdizioneConciliazione, ufficio: Utente, client: Client
) -> None:
    azione = AzioneDiPianoFactory(edizione=edizione, importo=D("1000.00"))
    indirizzo = reverse("pagamento_azione", args=[edizione.slug])
    dati = {
        "azione": azione.pk, "beneficiario": "Agenzia inventata", "atto": "D1",
        "disposto_il": "2021-03-01", "importo": "600,00",
    }  # fmt: skip
    entra(client, ufficio).post(indirizzo, dati)
    oltre = aperta(client.post(indirizzo, dati))
    assert "restano 400,00 € (1.000,00 € − 600,00 € già disposti)" in oltre
    assert Pagamento.objects.count() == 1


def test_il_personale_si_conta_in_ore_per_costo_orario(
    progetto: Progetto, capofila: Utente, client: Client
) -> None:
    indirizzo = reverse("apporto_nuovo", args=[progetto.pk])
    dati = {"ente": progetto.capofila_id, "forma": "personale", "ore": "10,5"}
    entra(client, capofila)
    assert "Scrivi il costo di un&#x27;ora" in aperta(client.post(indirizzo, dati))
    client.post(indirizzo, dati | {"costo_orario": "20,33"})
    pagina = aperta(client.get(reverse("rendiconti_progetto", args=[progetto.pk])))
    assert "10,5 ore × 20,33 € = 213,47 €" in pagina  # 213,465


def test_l_ufficio_rileva_le_azioni_del_piano(
    edizione: EdizioneConciliazione, ufficio: Utente, client: Client
) -> None:
    azione = AzioneDiPianoFactory(edizione=edizione, persone=200)
    semestre = SemestreFactory(edizione=edizione)
    indirizzo = reverse("semestre_azioni", args=[semestre.pk])
    assert "Comunicazione" in aperta(entra(client, ufficio).get(indirizzo))
    client.post(indirizzo, {f"persone-{azione.pk}": "50", f"avviata-{azione.pk}": "on"})
    pagina = aperta(client.get(reverse("semestre", args=[semestre.pk])))
    assert "25,00 %" in pagina  # a3: 50 su 200
