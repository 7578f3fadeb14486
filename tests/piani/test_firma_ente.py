# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signed PDF of a document of the body: as that of a plan, by who keeps the obligations."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from piani import azioni
from piani.documenti_ente.azioni import rende_pubblico, stampa
from piani.models import Azienda, DocumentoEnte, Evento, PdfFirmato, Ruolo, Utente
from tests.factories import DocumentoEnteFactory
from tests.piani.certificati import PAROLA, autorita, firmato

pytestmark = pytest.mark.django_db


@pytest.fixture
def documento(azienda: Azienda) -> DocumentoEnte:
    """An attestation, printed and public."""
    uno = DocumentoEnteFactory(azienda=azienda)
    stampa(uno)
    rende_pubblico(uno, da=None)
    return DocumentoEnte.objects.pubblicati().get()


@pytest.fixture
def rpct(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.PUBBLICATORE)


def stampato(documento: DocumentoEnte) -> bytes:
    return Path(documento.file.path).read_bytes()


def test_lo_allega_chi_tiene_gli_obblighi(
    documento: DocumentoEnte, rpct: Utente, incaricato: Callable[..., Utente]
) -> None:
    pdf = firmato(stampato(documento))
    for ruolo in (Ruolo.NUCLEO, Ruolo.REGIONE, Ruolo.DIPENDENTE):
        with pytest.raises(PermissionDenied):
            azioni.allega_firmato(
                documento, file=SimpleUploadedFile("a.pdf", pdf), da=incaricato(ruolo)
            )
    nuovo = azioni.allega_firmato(documento, file=SimpleUploadedFile("a.pdf", pdf), da=rpct)
    assert (nuovo.firmabile, nuovo.documento, nuovo.origine) == (documento, None, "caricato")
    evento = Evento.objects.get(tipo="documento.firmato")
    assert (evento.azienda, evento.dati["sha256"]) == (documento.azienda, nuovo.sha256)
    with pytest.raises(ValidationError, match="ha già il suo PDF firmato"):
        azioni.allega_firmato(documento, file=SimpleUploadedFile("a.pdf", pdf), da=rpct)
    azioni.togli_firmato(documento, motivo="Mancava una firma", da=rpct)
    assert not PdfFirmato.objects.exists()


def test_si_firma_solo_ciò_che_è_pubblico_e_stampato(azienda: Azienda, rpct: Utente) -> None:
    uno = DocumentoEnteFactory(azienda=azienda)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    with pytest.raises(ValidationError, match="non è ancora stampato"):
        azioni.allega_firmato(uno, file=file, da=rpct)
    stampa(uno)
    pubblico = rende_pubblico(uno, da=None)
    Path(DocumentoEnte.objects.get().file.path).unlink()
    with pytest.raises(ValidationError, match="o non è quello di allora"):
        azioni.allega_firmato(DocumentoEnte.objects.get(pk=pubblico.pk), file=file, da=rpct)


def test_col_sigillo_dell_ente(
    documento: DocumentoEnte, rpct: Utente, settings: Any, tmp_path: Path,
    incaricato: Callable[..., Utente],
) -> None:  # fmt: skip
    (tmp_path / "sigillo.p12").write_bytes(autorita().p12("ASST di Prova - sigillo"))
    (tmp_path / "parola").write_text(PAROLA)
    settings.FIRMA_P12 = str(tmp_path / "sigillo.p12")
    settings.FIRMA_P12_PAROLA = str(tmp_path / "parola")
    settings.FIRMA_AZIENDA = documento.azienda.codice
    with pytest.raises(PermissionDenied):
        azioni.apponi_sigillo(documento, da=incaricato(Ruolo.NUCLEO))
    nuovo = azioni.apponi_sigillo(documento, da=rpct)
    assert nuovo.firme[0]["nome"] == "ASST di Prova - sigillo"
    assert Path(nuovo.file.path).read_bytes().startswith(stampato(documento))


def test_dalla_pagina_al_cittadino(
    documento: DocumentoEnte, rpct: Utente, entra: Callable[[Utente], Client], client: Client
) -> None:
    pdf = firmato(stampato(documento))
    indirizzo = f"{documento.get_absolute_url()}documento-firmato.pdf"
    assert client.get(indirizzo).status_code == 404
    entra(rpct)
    pagina = reverse("ente_documento_firma", args=[documento.pk])
    testo = client.get(pagina).content.decode()
    assert "pubblicato senza firma" in testo
    assert documento.get_absolute_url() in testo
    manda = reverse("ente_firma_allega", args=[documento.pk])
    sbagliato = client.post(manda, {"file": SimpleUploadedFile("a.pdf", stampato(documento))})
    assert "senza firma: firmarlo" in sbagliato.content.decode()
    assert client.post(manda, {"file": SimpleUploadedFile("a.pdf", pdf)}).url == pagina
    assert "Direzione di Prova" in client.get(pagina).content.decode()
    client.logout()
    pubblica = client.get(documento.get_absolute_url()).content.decode()
    assert "documento-firmato.pdf" in pubblica
    assert "byte per byte" in pubblica
    risposta = client.get(indirizzo)
    assert risposta.content == pdf
    assert risposta["ETag"] == f'"{PdfFirmato.objects.get().sha256}"'
    assert "-firmato.pdf" in risposta["Content-Disposition"]
    Path(PdfFirmato.objects.get().file.path).unlink()
    assert client.get(indirizzo).status_code == 404
    entra(rpct)
    assert client.post(
        reverse("ente_firma_togli", args=[documento.pk]), {"motivo": "Prova"}
    ).url == pagina  # fmt: skip
    assert not PdfFirmato.objects.exists()


def test_un_pdf_firmato_è_di_un_documento_solo(documento: DocumentoEnte) -> None:
    with pytest.raises(IntegrityError, match="pdf_firmato_di_un_documento"), transaction.atomic():
        PdfFirmato.objects.create(
            origine="caricato", file="a.pdf", sha256="0", dimensione=1, firme=[{}],
            catena_verificata=False,
        )  # fmt: skip
