# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scheda on paper and in a sheet, and the archive of a year, with the scope of the screen."""

import hashlib
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from obiettivi import azioni, tasks
from obiettivi.models import ArchivioSchede, RisorsaScheda, SchedaBudget
from obiettivi.schede.stampa import da_stampare, nome_del_file, rende_pdf, rende_xlsx
from piani.models import Incarico, Ruolo
from piani.stampa import StampaNonDisponibile
from tests.factories import DelegaFactory, IncaricoFactory, UnitaFactory
from tests.obiettivi.schede.cdr import Cdr, crea_cdr, crea_scheda, persona

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = ArchivioSchede.Stato


@pytest.fixture
def cdr(db: None) -> Cdr:
    return crea_cdr()


def foto(cdr: Cdr) -> dict[str, Any]:
    RisorsaScheda.objects.create(
        scheda=cdr.scheda, ordine=1, fattore="Personale", budget="1250000.50", previsione="1200000"
    )
    versione = azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma("direzione")
    return da_stampare(cdr.scheda, versione)


def test_il_pdf_dice_versione_firme_e_impronta(cdr: Cdr) -> None:
    dati = foto(cdr)
    pdf = rende_pdf(dati)
    testo = "".join(
        pagina.extract_text() for pagina in PdfReader(BytesIO(pdf.contenuto)).pages
    ).replace("\n", " ")
    for detto in (
        "Scheda budget 2022", "Performance economica – peso 30,00 %", "Ridurre i tempi di attesa",
        "28,00 %", "1.250.000,50", "Direzione strategica", "Persona Inventata",
    ):  # fmt: skip
        assert detto in testo
    assert dati["impronta"] in testo.replace(" ", "")
    assert rende_pdf(dati).contenuto == pdf.contenuto


def test_la_proposta_si_stampa_come_proposta(cdr: Cdr) -> None:
    dati = da_stampare(cdr.scheda, None)
    assert (dati["versione"], dati["firme"]) == (None, [])
    assert nome_del_file(dati, "pdf").endswith("-proposta.pdf")


def test_il_foglio_ha_numeri_veri_e_nessuna_formula(cdr: Cdr) -> None:
    riga = cdr.scheda.aree.order_by("ordine").first().righe.get()  # type: ignore[union-attr]
    riga.obiettivo, riga.nota = "=HYPERLINK(A1)", "+39\x07"
    riga.save(update_fields=["obiettivo", "nota"])
    cartella = load_workbook(BytesIO(rende_xlsx([foto(cdr)])))
    obiettivi, risorse, firme = cartella.worksheets
    prima = {cella.value: obiettivi.cell(2, cella.column) for cella in obiettivi[1]}
    assert [prima[nome].value for nome in ("Anno", "Peso area %", "Peso sul totale %")] == [
        2022, 30, 30,
    ]  # fmt: skip
    assert prima["Peso area %"].data_type == "n"
    assert (prima["Obiettivo"].value, prima["Obiettivo"].data_type) == ("=HYPERLINK(A1)", "s")
    assert prima["Obiettivo"].quotePrefix is True
    assert prima["Nota"].value == "+39"
    assert [cella.value for cella in risorse[2]][4:7] == [1250000.5, 1200000, None]
    assert firme.max_row == 2
    tutte = [cella for foglio in cartella for riga in foglio.iter_rows() for cella in riga]
    assert {cella.data_type for cella in tutte} == {"s", "n"}


def test_le_pagine_danno_i_due_file_della_versione_chiesta(cdr: Cdr, client: Client) -> None:
    foto(cdr)
    client.force_login(cdr.responsabile)
    pdf = client.get(reverse("scheda_pdf", args=[cdr.scheda.pk]))
    assert pdf.status_code == 200
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"].endswith('-v1.pdf"')
    foglio = client.get(reverse("scheda_xlsx", args=[cdr.scheda.pk]), {"versione": "1"})
    assert foglio.content.startswith(b"PK")
    for sbagliata in ("2", "x", "9" * 30):
        chiesta = client.get(
            reverse("scheda_xlsx", args=[cdr.scheda.pk]), {"versione": sbagliata}
        )  # fmt: skip
        assert chiesta.status_code == 404


def test_il_personale_stampa_solo_la_versione_in_vigore(cdr: Cdr, client: Client) -> None:
    cdr.in_monitoraggio()
    azioni.apri_revisione(
        cdr.scheda, motivo="x", atto_tipo="Decreto", atto_numero="1",
        atto_data=timezone.localdate(), da=cdr.controllo,
    )  # fmt: skip
    cdr.scheda.nota = "In discussione"
    cdr.scheda.save(update_fields=["nota"])
    azioni.invia_scheda(cdr.scheda, motivo="Nota", da=cdr.controllo)
    client.force_login(cdr.dipendente)
    indirizzo = reverse("scheda_xlsx", args=[cdr.scheda.pk])
    assert client.get(indirizzo)["Content-Disposition"].endswith('-v1.xlsx"')
    assert client.get(indirizzo, {"versione": "2"}).status_code == 404


# The archive -------------------------------------------------------------------------------------


@pytest.fixture
def due_cdr(cdr: Cdr) -> SchedaBudget:
    """Another CdR of the azienda, out of the dipartimento, with its scheda."""
    fuori = UnitaFactory(organigramma=cdr.unita.organigramma, cdr=True, nome="Fuori")
    return crea_scheda(cdr.azienda, fuori)


def nomi(archivio: ArchivioSchede) -> list[str]:
    with zipfile.ZipFile(archivio.percorso) as zip_:
        return sorted(zip_.namelist())


def test_l_archivio_ha_le_sole_schede_che_chi_lo_chiede_vede(
    cdr: Cdr, due_cdr: SchedaBudget
) -> None:
    """A fault of older programs: the export gave all, the screen a part."""
    suo = azioni.chiedi_archivio(cdr.azienda, anno=2022, da=cdr.direttore)
    tutto = azioni.chiedi_archivio(cdr.azienda, anno=2022, da=cdr.controllo)
    assert suo.schede == [cdr.scheda.pk]
    assert sorted(tutto.schede) == sorted([cdr.scheda.pk, due_cdr.pk])
    for archivio in (suo, tutto):
        tasks.prepara_archivio(archivio.pk)
        archivio.refresh_from_db()
        assert (archivio.stato, archivio.fatte) == (Stato.PRONTO, archivio.totale)
        assert archivio.impronta == hashlib.sha256(archivio.percorso.read_bytes()).hexdigest()
    base = nome_del_file(da_stampare(cdr.scheda, None), "pdf").removesuffix(".pdf")
    assert nomi(suo) == sorted([f"{base}.pdf", f"{base}.xlsx", "schede-2022.xlsx"])
    assert len(nomi(tutto)) == 5
    with zipfile.ZipFile(suo.percorso) as zip_:
        foglio = load_workbook(BytesIO(zip_.read("schede-2022.xlsx"))).worksheets[0]
    cdr_scritti = {riga[0].value for riga in foglio.iter_rows(min_row=2)}
    assert cdr_scritti == {cdr.unita.nome}


def test_chi_legge_soltanto_non_chiede_archivi(cdr: Cdr) -> None:
    for ruolo in (Ruolo.NUCLEO, Ruolo.REGIONE, Ruolo.DIPENDENTE):
        with pytest.raises(PermissionDenied):
            azioni.chiedi_archivio(cdr.azienda, anno=2022, da=persona(cdr.azienda, ruolo))
    with pytest.raises(ValidationError):
        azioni.chiedi_archivio(cdr.azienda, anno=2021, da=cdr.controllo)


def test_chi_lo_richiede_mentre_si_prepara_trova_lo_stesso(cdr: Cdr) -> None:
    primo = azioni.chiedi_archivio(cdr.azienda, anno=2022, da=cdr.controllo)
    assert azioni.chiedi_archivio(cdr.azienda, anno=2022, da=cdr.controllo) == primo
    assert azioni.prepara_archivio(primo.pk) is True
    assert azioni.prepara_archivio(primo.pk) is False
    assert azioni.chiedi_archivio(cdr.azienda, anno=2022, da=cdr.controllo) != primo


def test_lo_scarica_solo_chi_lo_ha_chiesto_e_finche_vede_tutto(
    cdr: Cdr, due_cdr: SchedaBudget, client: Client
) -> None:
    archivio = azioni.chiedi_archivio(cdr.azienda, anno=2022, da=cdr.direttore)
    indirizzo = reverse("schede_archivio_zip", args=[archivio.pk])
    client.force_login(cdr.direttore)
    assert client.get(indirizzo).status_code == 404
    tasks.prepara_archivio(archivio.pk)
    risposta = client.get(indirizzo)
    assert risposta.status_code == 200
    assert b"".join(risposta.streaming_content).startswith(b"PK")
    client.force_login(cdr.controllo)
    assert client.get(indirizzo).status_code == 404
    client.force_login(cdr.direttore)
    incarico = Incarico.objects.get(utente=cdr.direttore)
    altra = UnitaFactory(organigramma=cdr.unita.organigramma)
    Incarico.objects.filter(pk=incarico.pk).update(unita=altra)
    assert client.get(indirizzo).status_code == 404


def test_chi_agisce_per_un_altro_ha_le_schede_dell_incarico_prestato(
    cdr: Cdr, due_cdr: SchedaBudget
) -> None:
    chi = IncaricoFactory(azienda=cdr.azienda, ruolo=Ruolo.CONTROLLO_GESTIONE).utente
    chi.delega = DelegaFactory(
        incarico=Incarico.objects.get(utente=cdr.direttore), delegato=chi
    )  # fmt: skip
    archivio = azioni.chiedi_archivio(cdr.azienda, anno=2022, da=chi)
    assert (archivio.schede, archivio.per_conto_di) == ([cdr.scheda.pk], cdr.direttore)
    chi.delega = None
    assert not ArchivioSchede.objects.visibili_a(chi).exists()
    tasks.prepara_archivio(archivio.pk)
    assert len(nomi(archivio)) == 3


def test_una_stampa_che_non_riesce_dice_perche(cdr: Cdr, monkeypatch: pytest.MonkeyPatch) -> None:
    def manca_pango(foto: dict[str, Any]) -> None:
        raise StampaNonDisponibile("Mancano le librerie di Pango.")

    monkeypatch.setattr("obiettivi.azioni.archivio_schede.rende_pdf", manca_pango)
    archivio = azioni.chiedi_archivio(cdr.azienda, anno=2022, da=cdr.controllo)
    tasks.prepara_archivio(archivio.pk)
    archivio.refresh_from_db()
    assert (archivio.stato, archivio.errore) == (Stato.FALLITO, "Mancano le librerie di Pango.")
    assert list(archivio.percorso.parent.iterdir()) == []


def test_gli_archivi_fermi_ripartono_e_quelli_vecchi_si_tolgono(cdr: Cdr) -> None:
    archivio = azioni.chiedi_archivio(cdr.azienda, anno=2022, da=cdr.controllo)
    mio = ArchivioSchede.objects.filter(pk=archivio.pk)
    assert tasks.riprendi_archivi() == 0
    un_ora_fa = timezone.now() - timedelta(hours=1)
    mio.update(stato=Stato.IN_CORSO, mosso_il=un_ora_fa, chiesto_il=un_ora_fa)
    from obiettivi.azioni.archivio_schede import rimetti_in_attesa

    assert rimetti_in_attesa() == [archivio.pk]
    tasks.prepara_archivio(archivio.pk)
    assert tasks.togli_archivi() == 0
    mio.update(finito_il=timezone.now() - timedelta(days=8))
    assert tasks.togli_archivi() == 1
    archivio.refresh_from_db()
    assert archivio.stato == Stato.SCADUTO
    assert not archivio.percorso.exists()


def test_la_pagina_lo_chiede_e_ne_segue_il_progresso(cdr: Cdr, client: Client) -> None:
    client.force_login(cdr.controllo)
    risposta = client.post("/schede/archivi/", {"azienda": cdr.azienda.pk, "anno": "2022"})
    archivio = ArchivioSchede.objects.get()
    assert risposta.url == archivio.get_absolute_url()
    ArchivioSchede.objects.update(stato=Stato.IN_ATTESA)
    assert "0 di 1" in client.get(archivio.get_absolute_url()).content.decode()
    tasks.prepara_archivio(archivio.pk)
    assert "Scarica lo ZIP" in client.get(archivio.get_absolute_url()).content.decode()
    for sbagliato in ({"azienda": "x", "anno": "2022"}, {"azienda": cdr.azienda.pk, "anno": "1"}):
        assert client.post("/schede/archivi/", sbagliato).status_code == 200
    assert ArchivioSchede.objects.count() == 1
