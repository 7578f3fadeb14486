# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two documents of an edition: opened, adopted, published; the public table of the grants."""

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator

from conciliazione.azioni.documento import adotta_documento, apri_documento
from conciliazione.carica.progetti import carica
from conciliazione.models import EdizioneConciliazione
from piani import azioni as azioni_piani
from piani import stampa
from piani.documenti import fotografa
from piani.models import Piano, Ruolo, Utente
from piani.stampa.generi import contesto_di
from piani.tasks import stampa_documento
from piani.verifiche import cancello
from tests.conciliazione.progetti_fonte import edizione_2017, edizione_2020
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import ManifestazioneFactory, ProgettoFactory, PropostaFactory

pytestmark = pytest.mark.django_db
BASE = Path(settings.BASE)
ATTO = {"atto_tipo": "Deliberazione", "atto_numero": "1", "atto_organo": "Direttore generale"}
GIORNO = date(2021, 1, 15)


def con_le_fonti(anno: int) -> EdizioneConciliazione:
    edizione = edizione_2017() if anno == 2017 else edizione_2020()
    nome = "conciliazione_2017_2018" if anno == 2017 else "conciliazione_2020_2023"
    carica(edizione, BASE / "fixtures" / nome)
    return EdizioneConciliazione.objects.get(pk=edizione.pk)


def foto_di(piano: Piano) -> dict[str, object]:
    return fotografa(piano, versione=1, giorno=GIORNO)


def test_la_fotografia_e_quella_dello_schema_pubblicato() -> None:
    schema = json.loads((BASE / "static/schemi/conciliazione-1.schema.json").read_text())
    del_2017, del_2020 = con_le_fonti(2017), con_le_fonti(2020)
    for piano in (del_2017.piano, del_2020.indirizzo):
        foto = json.loads(stampa.rende_json(foto_di(piano)))
        errori = list(Draft202012Validator(schema).iter_errors(foto))
        assert [e.message for e in errori] == []
    assert foto["conciliazione"]["documento"] == "indirizzo"


def test_i_capitoli_del_piano_2017_hanno_progetti_risorse_e_differenze() -> None:
    foto = foto_di(con_le_fonti(2017).piano)
    capitoli = contesto_di(foto)["capitoli"]
    assert [(c.numero, c.chiave) for c in capitoli] == [
        (1, "conc_introduzione"),
        (2, "conc_finalita"),
        (3, "conc_contesto"),
        (4, "conc_rete"),
        (5, "conc_progetti"),
        (6, "conc_finanziario"),
        (7, "conc_monitoraggio"),
        (8, "conc_riscontri"),
        (9, "conc_nota"),
    ]
    finanziario, riscontri = capitoli[5].dati, capitoli[7].dati
    assert finanziario["piano"]["totale_fonti"] == Decimal("1586009.34")
    assert [r["codice"] for r in finanziario["diverse"]] == [
        "costo-progetti",
        "eccedenza",
        "eccedenza-percentuale",
    ]
    assert (riscontri["tutte"], riscontri["confrontate"], len(riscontri["diverse"])) == (82, 32, 8)
    assert capitoli[4].dati["somme"]["costo"] == Decimal("1407767.95")


def test_le_tabelle_aperte_sono_quelle_della_fotografia() -> None:
    file = stampa.rende_csv(foto_di(con_le_fonti(2017).piano))
    progetti = list(csv.DictReader(io.StringIO(file["progetti.csv"].decode())))
    assert [(r["numero"], r["contributo"]) for r in progetti][-1] == ("6", "174679.68")
    voci = list(csv.DictReader(io.StringIO(file["piano-finanziario.csv"].decode())))
    eccedenza = next(r for r in voci if r["codice"] == "eccedenza")
    assert (eccedenza["parte"], eccedenza["differenza"]) == ("totali", "-7.75")
    assert len(list(csv.reader(io.StringIO(file["stampato-e-calcolato.csv"].decode())))) == 83
    assert "quadri-contesto-1.csv" in file


def test_la_pagina_di_un_piano_senza_dati_non_mostra_capitoli_vuoti(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    piano = apri_documento(edizione, quale="piano", da=ufficio)
    chiavi = [c.chiave for c in contesto_di(foto_di(piano))["capitoli"]]
    assert chiavi == ["conc_finalita", "conc_monitoraggio", "conc_nota"]
    assert piano.sezioni.get(ordine=1).titolo == "Introduzione"
    with pytest.raises(ValidationError, match="ha già questo documento"):
        apri_documento(edizione, quale="piano", da=ufficio)


def test_il_documento_si_adotta_pubblica_e_stampa(ufficio: Utente, client: Client) -> None:
    edizione = con_le_fonti(2017)
    capofila = IncaricoFactory(ruolo=Ruolo.CAPOFILA, azienda=edizione.azienda).utente
    piano = edizione.piano
    assert piano is not None
    with pytest.raises(PermissionDenied):
        adotta_documento(piano, atto_data=GIORNO, da=ufficio, **ATTO)
    adotta_documento(piano, atto_data=GIORNO, da=capofila, **ATTO)
    with pytest.raises(ValidationError, match="Si adotta una bozza"):
        adotta_documento(piano, atto_data=GIORNO, da=capofila, **ATTO)
    documento = azioni_piani.pubblica(piano, da=capofila)
    assert documento.sezione_at == "documenti-di-programmazione-strategico-gestionale"
    stampa_documento(documento.pk)
    documento.refresh_from_db()
    assert documento.stato == "pronto"
    assert (documento.cartella / "documento.pdf").read_bytes().startswith(b"%PDF-1.7")
    pagina = client.get(documento.get_absolute_url()).content.decode()
    assert "LABOR - Reti, tempi lavorativi, valori condivisi" in pagina
    assert 'id="progetto-6"' in pagina
    sezione = client.get(
        reverse("at_sezione", args=[edizione.azienda.codice, documento.sezione_at])
    )
    assert documento.nome in sezione.content.decode()


def test_le_differenze_senza_nota_avvertono_prima_di_pubblicare() -> None:
    piano = con_le_fonti(2017).piano
    assert piano is not None
    avvisi = [una for una in cancello(piano, 3).avvertono if "la fonte stampa" in una.testo]
    assert len(avvisi) == 8


def test_la_pagina_dei_documenti_dice_il_passo_di_ciascuno(
    edizione: EdizioneConciliazione, ufficio: Utente, client: Client
) -> None:
    client.force_login(ufficio)
    dove = reverse("progetto_documenti", args=[edizione.slug])
    assert client.get(dove).content.decode().count("Apri il documento") == 2
    client.post(reverse("progetto_documenti_apri", args=[edizione.slug, "piano"]))
    pagina = client.get(dove).content.decode()
    assert "La sezione «Introduzione» è vuota." in pagina
    adotta = reverse("progetto_documenti_adotta", args=[edizione.slug, "piano"])
    dati = {**ATTO, "atto_data": "2021-01-15"}
    assert "è vuota" in client.post(adotta, dati).content.decode()
    edizione.refresh_from_db()
    edizione.piano.sezioni.update(testo="Un testo lungo abbastanza per dire qualcosa.")
    assert client.post(adotta, dati).status_code == 302
    assert ">Pubblica</button>" in client.get(dove).content.decode()
    nessuno = reverse("progetto_documenti_apri", args=[edizione.slug, "altro"])
    assert client.post(nessuno).status_code == 404


def test_l_ufficio_scrive_i_capitoli_dei_suoi_documenti_e_non_gli_altri_piani(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    piano = apri_documento(edizione, quale="indirizzo", da=ufficio)
    altro = Piano.objects.create(
        azienda=edizione.azienda, slug="performance", titolo="Performance", anno_inizio=2020,
        anno_fine=2022,
    )  # fmt: skip
    for permesso in ("piani.modifica", "piani.adotta", "piani.pubblica"):
        assert ufficio.has_perm(permesso, piano)
        assert not ufficio.has_perm(permesso, altro)


def concesso(edizione: EdizioneConciliazione, **altro: object) -> object:
    bando = ManifestazioneFactory(
        edizione=edizione, chiusa=True, titolo="Manifestazione 1", atto="Decreto n. 3"
    )
    proposta = PropostaFactory(manifestazione=bando, presentata=True, stato="finanziata")
    return ProgettoFactory(
        proposta=proposta, **{"atto_concessione": "Deliberazione n. 9 del 2021", **altro}
    )


def test_l_elenco_delle_concessioni_e_pubblico_e_dice_tutto(client: Client) -> None:
    edizione = edizione_2020()
    progetto = concesso(edizione)
    concesso(edizione, atto_concessione="")
    concesso(edizione, contributo=Decimal("1000.00"))
    codice = edizione.azienda.codice
    pagina = client.get(reverse("progetto_concessioni", args=[codice])).content.decode()
    assert pagina.count("70.000,00 €") == 1
    assert "Sovvenzioni, contributi, sussidi, vantaggi economici" in pagina
    dati = client.get(reverse("progetto_concessioni_json", args=[codice])).json()
    assert dati["concessioni"] == [
        {
            "anno": 2021,
            "beneficiario": str(progetto.capofila),
            "codice_fiscale": "",
            "importo": 70000.0,
            "norma": edizione.atto,
            "atto": "Deliberazione n. 9 del 2021",
            "ufficio": edizione.azienda.nome,
            "modalita": "Manifestazione 1 (Decreto n. 3)",
            "progetto": "Progetto di prova",
            "cup": "",
            "stato": "In corso",
            "link": "",
        }
    ]
    risposta = client.get(reverse("progetto_concessioni_csv", args=[codice]))
    righe = list(csv.DictReader(io.StringIO(risposta.content.decode())))
    assert [r["importo"] for r in righe] == ["70000.00"]


def test_le_concessioni_di_una_bozza_o_inventate_non_si_pubblicano(client: Client) -> None:
    edizione = edizione_2020()
    concesso(edizione)
    EdizioneConciliazione.objects.filter(pk=edizione.pk).update(dimostrativa=True)
    dove = reverse("progetto_concessioni", args=[edizione.azienda.codice])
    assert "non ha ancora concesso" in client.get(dove).content.decode()
    EdizioneConciliazione.objects.filter(pk=edizione.pk).update(stato="bozza")
    assert client.get(dove).status_code == 404


def test_la_data_dell_atto_non_e_nel_futuro(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    piano = apri_documento(edizione, quale="piano", da=ufficio)
    domani = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="nel futuro"):
        adotta_documento(piano, atto_data=domani, da=ufficio, **ATTO)


def test_il_calendario_delle_azioni_si_disegna_dalle_loro_date() -> None:
    edizione = con_le_fonti(2017)
    progetto = edizione.progetti.get(numero=1)
    prima, seconda = progetto.azioni.order_by("ordine")
    senza_date = contesto_di(foto_di(edizione.piano))["capitoli"][4].dati["progetti"][0]
    assert senza_date["calendario"] == ""
    prima.dal, prima.al = date(2017, 9, 1), date(2018, 2, 28)
    prima.save()
    foto = foto_di(edizione.piano)
    disegno = contesto_di(foto)["capitoli"][4].dati["progetti"][0]["calendario"]
    assert f"{prima.titolo}: dal 1º settembre 2017 al 28 febbraio 2018." in unescape(disegno)
    assert seconda.titolo not in unescape(disegno)
    # Six months, four of them in 2017: 410 units over six.
    assert 'x="230" y="' in disegno
    assert 'width="410"' in disegno
    pagina = stampa.rende_html(foto)
    assert "Calendario delle azioni, mese per mese" in pagina
    assert "dal 1º settembre 2017 al 28 febbraio 2018" in pagina
