# SPDX-License-Identifier: AGPL-3.0-or-later
"""The documents of the body: frozen, printed, published, superseded; page and files."""

import csv
import hashlib
import json
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from piani.aperti.descrittori import SUFFISSO
from piani.documenti_ente import azioni
from piani.documenti_ente.stampa import componi
from piani.models import Azienda, DocumentoEnte, Evento
from piani.obblighi.stato import Stato, quadro
from tests.factories import AziendaFactory, DocumentoEnteFactory

pytestmark = pytest.mark.django_db
SEZIONE = "attestazione-dell-oiv-sugli-obblighi-di-pubblicazione"


def pubblico(azienda: Azienda, **campi: object) -> DocumentoEnte:
    return azioni.rende_pubblico(DocumentoEnteFactory(azienda=azienda, **campi), da=None)


def file(documento: DocumentoEnte, nome: str) -> str:
    return f"{documento.get_absolute_url()}{nome}"


def test_finche_non_e_pubblicato_nessuno_lo_trova(azienda: Azienda, client: Client) -> None:
    fermo = DocumentoEnteFactory(azienda=azienda)
    assert client.get(fermo.get_absolute_url()).status_code == 404
    assert client.get(file(fermo, "documento.json")).status_code == 404
    assert not Azienda.objects.con_documenti().exists()


def test_pubblicato_si_legge_con_le_cifre_all_italiana(azienda: Azienda, client: Client) -> None:
    documento = pubblico(azienda)
    testo = client.get(documento.get_absolute_url()).content.decode()
    assert "1.205,30 €" in testo
    assert "Una frase." in testo
    assert "CC BY 4.0" in testo
    assert list(Azienda.objects.con_documenti()) == [azienda]
    assert Evento.objects.filter(tipo="documento_ente.pubblicato").count() == 1


def test_i_file_dicono_la_stessa_cosa(azienda: Azienda, client: Client) -> None:
    documento = pubblico(azienda)
    dati = json.loads(client.get(file(documento, "documento.json")).content)
    assert dati["parti"][0]["tabella"]["righe"] == [["=cattiva", 1205.30], ["Senza", None]]
    tabella = client.get(file(documento, "csv/cifre.csv"))
    righe = list(csv.reader(StringIO(tabella.content.decode())))
    assert righe == [["nome", "euro"], ["'=cattiva", "1205.30"], ["Senza", ""]]
    foglio = load_workbook(BytesIO(client.get(file(documento, "documento.xlsx")).content))
    celle = [[cella.value for cella in riga] for riga in foglio["Cifre di prova"].rows]
    assert celle == [["Nome", "Importo"], ["=cattiva", 1205.3], ["Senza", None]]
    assert foglio["Cifre di prova"]["A2"].data_type == "s"
    detto = json.loads(client.get(file(documento, f"csv/cifre.csv{SUFFISSO}")).content)
    colonne = [(una["name"], una["datatype"]) for una in detto["tableSchema"]["columns"]]
    assert colonne == [("nome", "string"), ("euro", "decimal")]


@pytest.mark.parametrize("nome", ["csv/altra.csv", "cifre.csv", "../documento.json", "x.pdf"])
def test_un_file_che_non_c_e_non_si_trova(azienda: Azienda, client: Client, nome: str) -> None:
    assert client.get(file(pubblico(azienda), nome)).status_code == 404


def test_chi_ha_gia_il_file_non_lo_riprende(azienda: Azienda, client: Client) -> None:
    indirizzo = file(pubblico(azienda), "documento.json")
    prima = client.get(indirizzo)
    dopo = client.get(indirizzo, headers={"If-None-Match": prima["ETag"]})
    assert (prima.status_code, dopo.status_code) == (200, 304)


def test_la_versione_nuova_supera_quella_di_prima_che_lo_dice(
    azienda: Azienda, client: Client
) -> None:
    prima = pubblico(azienda)
    dopo = pubblico(azienda, versione=2, motivo="Un punteggio sbagliato")
    prima.refresh_from_db()
    assert prima.sostituito_da == dopo
    testo = client.get(prima.get_absolute_url()).content.decode()
    assert "superata" in testo
    assert "Un punteggio sbagliato" in testo
    stabile = reverse("documento_ente_corrente", args=[azienda.codice, prima.serie])
    assert client.get(stabile)["Location"] == dopo.get_absolute_url()


def test_una_versione_non_si_pubblica_due_volte_ne_dopo_una_piu_nuova(azienda: Azienda) -> None:
    prima = DocumentoEnteFactory(azienda=azienda)
    dopo = pubblico(azienda, versione=2, motivo="Correzione")
    with pytest.raises(ValidationError, match="più nuova"):
        azioni.rende_pubblico(prima, da=None)
    with pytest.raises(ValidationError, match="già pubblicata"):
        azioni.rende_pubblico(dopo, da=None)


def test_una_versione_nuova_chiede_il_motivo(azienda: Azienda) -> None:
    foto = DocumentoEnteFactory(azienda=azienda).fotografia | {"versione": 2}
    with pytest.raises(ValidationError, match="Scrivi perché"):
        azioni.congela(azienda, foto, sezione_at=SEZIONE, da=None)


def test_si_stampa_una_volta_sola_con_la_sua_impronta(azienda: Azienda, client: Client) -> None:
    documento = pubblico(azienda)
    assert azioni.stampa(documento)
    documento.refresh_from_db()
    contenuto = client.get(file(documento, "documento.pdf")).content
    assert documento.sha256_pdf == hashlib.sha256(contenuto).hexdigest()
    assert documento.pagine == len(PdfReader(BytesIO(contenuto)).pages)
    assert not azioni.stampa(documento)


def test_il_pdf_ha_le_frasi_e_le_tabelle_della_fotografia(azienda: Azienda) -> None:
    pagina = componi(DocumentoEnteFactory(azienda=azienda).fotografia)
    assert "<caption>Cifre di prova</caption>" in pagina
    assert "1.205,30 €" in pagina


def test_la_sotto_sezione_lo_elenca_e_il_registro_lo_conta(
    azienda: Azienda, client: Client
) -> None:
    documento = pubblico(azienda)
    sezione = client.get(reverse("at_sezione", args=[azienda.codice, SEZIONE])).content.decode()
    assert documento.get_absolute_url() in sezione
    assert "Nessun documento" not in sezione
    pagina = client.get(reverse("at_azienda", args=[azienda.codice])).content.decode()
    assert "1 documento in vigore." in pagina
    oggi = timezone.localdate()
    voce = next(
        una
        for una in quadro([azienda], oggi)[azienda.pk]
        if una.obbligo.codice == "oiv-attestazione"
    )
    assert [una.titolo for una in voce.uscite] == ["Attestazione di prova"]
    assert voce.stato == Stato.IN_RITARDO  # it speaks of 2022


def test_come_allora_conta_anche_cio_che_poi_e_stato_superato(azienda: Azienda) -> None:
    prima = pubblico(azienda)
    DocumentoEnte.objects.filter(pk=prima.pk).update(pubblicato_il=date(2022, 6, 30))
    pubblico(azienda, versione=2, motivo="Correzione")
    allora = quadro([azienda], date(2022, 7, 1), come_allora=True)[azienda.pk]
    voce = next(una for una in allora if una.obbligo.codice == "oiv-attestazione")
    assert [una.il for una in voce.uscite] == [date(2022, 6, 30)]
    presto = quadro([azienda], date(2022, 6, 1), come_allora=True)[azienda.pk]
    assert all(not una.uscite for una in presto)


def test_finiti_i_cinque_anni_resta_il_nome(azienda: Azienda, client: Client) -> None:
    vecchio = pubblico(azienda)
    lontano = timezone.localdate() - timedelta(days=366 * 7)
    DocumentoEnte.objects.filter(pk=vecchio.pk).update(pubblicato_il=lontano)
    assert client.get(vecchio.get_absolute_url()).status_code == 404
    sezione = client.get(reverse("at_sezione", args=[azienda.codice, SEZIONE])).content.decode()
    assert "Non più in pubblicazione" in sezione
    assert "Attestazione di prova" in sezione


def test_le_mappe_lo_conoscono(azienda: Azienda, client: Client) -> None:
    documento = pubblico(azienda)
    assert documento.get_absolute_url() in client.get(reverse("sitemap")).content.decode()
    mappa = json.loads(client.get(reverse("at_map_json_ente", args=[azienda.codice])).content)
    assert mappa["data_ultima_modifica"] == f"{timezone.localdate():%d/%m/%Y}"


def test_l_azienda_di_un_altro_non_lo_apre(azienda: Azienda, client: Client) -> None:
    documento = pubblico(azienda)
    altra = AziendaFactory()
    indirizzo = reverse("documento_ente", args=[altra.codice, documento.serie, 1])
    assert client.get(indirizzo).status_code == 404
