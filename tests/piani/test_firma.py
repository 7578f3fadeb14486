# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signed PDF of a published document: what is taken, what is refused and why, who reads it."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import SimpleSigner

from piani import azioni, firma
from piani.firma.filo import in_un_filo
from piani.models import DocumentoPubblicato, Evento, PdfFirmato, Ruolo, Utente
from piani.stampa import da_html
from piani.stampa.dati import rende_json
from tests.factories import PianoFactory, SezioneFactory
from tests.piani.certificati import PAROLA, Autorita, autorita, firmato

pytestmark = pytest.mark.django_db
GIORNO = timezone.localdate()


@cache
def stampato() -> bytes:
    return da_html(
        '<html lang="it"><head><title>Piano</title></head><body><h1>Piano</h1><p>Testo.</p></body>'
    ).contenuto


@pytest.fixture
def documento(azienda: Any) -> DocumentoPubblicato:
    """Published: its printed file is in its folder, with the mark of its row."""
    from piani.documenti import fotografa

    piano = SezioneFactory(piano=PianoFactory(azienda=azienda, stato="pubblicato")).piano
    foto = fotografa(piano, versione=1, giorno=GIORNO)
    contenuto = rende_json(foto)
    uno = DocumentoPubblicato.objects.create(
        piano=piano, versione=1, stato="pronto", contenuto=contenuto.decode(),
        sha256_contenuto=hashlib.sha256(contenuto).hexdigest(), pagine=1, pubblicato_il=GIORNO,
        sha256_pdf=hashlib.sha256(stampato()).hexdigest(), generatore="Albero",
    )  # fmt: skip
    uno.cartella.mkdir(parents=True)
    (uno.cartella / "documento.pdf").write_bytes(stampato())
    return uno


@pytest.fixture
def rpct(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.PUBBLICATORE)


def allega(documento: DocumentoPubblicato, pdf: bytes, da: Utente | None) -> PdfFirmato:
    file = SimpleUploadedFile("firmato.pdf", pdf, "application/pdf")
    return azioni.allega_firmato(documento, file=file, da=da)


def rifiuto(documento: DocumentoPubblicato, pdf: bytes, da: Utente | None) -> str:
    with pytest.raises(ValidationError) as raccolto:
        allega(documento, pdf, da)
    assert not PdfFirmato.objects.exists()
    return " ".join(raccolto.value.messages)


def cambiato(pdf: bytes) -> bytes:
    """A revision that changes what is read on the first page."""
    penna = IncrementalPdfFileWriter(BytesIO(pdf))
    pagina = penna.root["/Pages"]["/Kids"][0]
    pagina["/Contents"] = penna.add_object(generic.StreamObject(stream_data=b"BT ET"))
    penna.update_container(pagina)
    uscita = BytesIO()
    penna.write(uscita)
    return uscita.getvalue()


# Attached ---------------------------------------------------------------------------------------


def test_un_pdf_firmato_altrove_si_verifica_e_si_conserva(
    documento: DocumentoPubblicato, rpct: Utente
) -> None:
    pdf = firmato(stampato())
    nuovo = allega(documento, pdf, rpct)
    with nuovo.file.open("rb") as aperto:
        assert aperto.read() == pdf
    assert nuovo.sha256 == hashlib.sha256(pdf).hexdigest()
    assert (nuovo.origine, nuovo.dimensione, nuovo.da) == ("caricato", len(pdf), rpct)
    assert nuovo.catena_verificata is False
    [una] = nuovo.firme
    assert (una["nome"], una["ente"], una["autorita"]) == (
        "Direzione di Prova", "ASST di Prova", "Autorità di prova",
    )  # fmt: skip
    assert (una["marca"], una["catena"]) == (False, False)
    assert nuovo.verbale[0]["quando"] <= timezone.now()
    evento = Evento.objects.get(tipo="documento.firmato")
    assert (evento.da, evento.dati["sha256"]) == (rpct, nuovo.sha256)
    assert "Direzione di Prova" in evento.descrizione


def test_con_le_autorita_di_fiducia_la_catena_e_verificata(
    documento: DocumentoPubblicato, rpct: Utente, settings: Any, tmp_path: Path
) -> None:
    settings.FIRMA_AUTORITA = autorita().pem(tmp_path)
    sconosciuta = Autorita.nuova("Autorità sconosciuta").p12("Chi Non Si Sa")
    assert "non risale a un'autorità fra quelle di fiducia" in rifiuto(
        documento, firmato(stampato(), sconosciuta), rpct
    )
    assert allega(documento, firmato(stampato()), rpct).catena_verificata is True


def test_due_firme_una_dopo_l_altra_valgono_tutte_e_due(
    documento: DocumentoPubblicato, rpct: Utente
) -> None:
    prima = firmato(stampato(), autorita().p12("Prima Firma"))
    tutte = firmato(prima, autorita().p12("Seconda Firma"), campo="Firma2")
    nuovo = allega(documento, tutte, rpct)
    assert [una["nome"] for una in nuovo.firme] == ["Prima Firma", "Seconda Firma"]


def test_ogni_file_sbagliato_si_rifiuta_dicendo_che_cosa_fare(
    documento: DocumentoPubblicato, rpct: Utente
) -> None:
    pdf = firmato(stampato())
    a_meta = len(stampato()) // 2
    guasto = stampato()[:a_meta] + b"X" + pdf[a_meta + 1 :]
    altro = firmato(da_html("<html lang=it><title>Altro</title><h1>Altro</h1>").contenuto)
    scritto = pdf[:-40] + pdf[-40:].replace(b"startxref", b"startxrif")
    for contenuto, frase in (
        (stampato(), "È il documento pubblicato, senza firma"),
        (b"\x30\x82\x01\x00" + b"0" * 40, "È una busta CAdES (.p7m)"),
        (b"PK\x03\x04", "Non è un PDF"),
        (guasto, "Non è il documento pubblicato"),
        (altro, "Non è il documento pubblicato"),
        (cambiato(stampato()), "Nel PDF non c'è nessuna firma"),
        (cambiato(pdf), "La firma non copre tutto il file"),
        (firmato(cambiato(stampato())), "è stato cambiato il documento"),
        (scritto, "Il PDF è rovinato"),
        (stampato() + b"\n%%EOF", "Il PDF è rovinato"),
        (stampato() + b"0" * 5_000_001, "Il file è troppo grande"),
    ):
        assert frase in rifiuto(documento, contenuto, rpct), frase


def test_una_firma_guasta_non_e_integra(documento: DocumentoPubblicato, rpct: Utente) -> None:
    pdf = bytearray(firmato(stampato()))
    dove = pdf.index(b"/Firma1") if b"/Firma1" in pdf else pdf.index(b"(Firma1)", len(stampato()))
    pdf[dove + 2 : dove + 7] = b"FIRMA"
    assert "non è integra: il file è stato cambiato dopo la firma" in rifiuto(
        documento, bytes(pdf), rpct
    )


def test_un_certificato_scaduto_o_del_futuro_non_vale(
    documento: DocumentoPubblicato, rpct: Utente
) -> None:
    adesso = timezone.now()
    for dal in (adesso - timedelta(days=60), adesso + timedelta(days=30)):
        p12 = autorita().p12("Fuori Tempo", dal=dal, durata=timedelta(days=20))
        detto = rifiuto(documento, firmato(stampato(), p12), rpct)
        assert f"Il certificato di Fuori Tempo non era valido il {GIORNO:%d/%m/%Y}" in detto


def test_allega_solo_chi_pubblica_e_una_volta_sola(
    documento: DocumentoPubblicato, rpct: Utente, incaricato: Callable[..., Utente]
) -> None:
    pdf = firmato(stampato())
    for ruolo in (Ruolo.NUCLEO, Ruolo.DIPENDENTE, Ruolo.REGIONE):
        with pytest.raises(PermissionDenied):
            allega(documento, pdf, incaricato(ruolo))
    allega(documento, pdf, rpct)
    with pytest.raises(ValidationError, match="ha già il suo PDF firmato"):
        allega(documento, pdf, rpct)


def test_senza_il_pdf_di_allora_non_si_firma(documento: DocumentoPubblicato, rpct: Utente) -> None:
    (documento.cartella / "documento.pdf").write_bytes(b"%PDF-1.7 un altro")
    assert "o non è quello di allora" in rifiuto(documento, firmato(stampato()), rpct)
    DocumentoPubblicato.objects.update(stato="in_attesa", pubblicato_il=None)
    documento.refresh_from_db()
    assert "non è ancora stampato" in rifiuto(documento, firmato(stampato()), rpct)


def test_si_toglie_con_un_motivo_e_resta_nel_registro(
    documento: DocumentoPubblicato, rpct: Utente, incaricato: Callable[..., Utente],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    tolto = allega(documento, firmato(stampato()), rpct)
    percorso = Path(tolto.file.path)
    with pytest.raises(PermissionDenied):
        azioni.togli_firmato(documento, motivo="x", da=incaricato(Ruolo.NUCLEO))
    with pytest.raises(ValidationError, match="Scrivere il motivo"):
        azioni.togli_firmato(documento, motivo=" ", da=rpct)
    with django_capture_on_commit_callbacks(execute=True):
        azioni.togli_firmato(documento, motivo="Mancava una firma", da=rpct)
    assert not percorso.exists()
    evento = Evento.objects.get(tipo="documento.firma_tolta")
    assert (evento.dati["motivo"], evento.dati["sha256"]) == ("Mancava una firma", tolto.sha256)
    with pytest.raises(ValidationError, match="forse è già stato tolto"):
        azioni.togli_firmato(documento, motivo="Di nuovo", da=rpct)


# With the seal ----------------------------------------------------------------------------------


@pytest.fixture
def con_sigillo(settings: Any, tmp_path: Path, documento: DocumentoPubblicato) -> Path:
    cartella = tmp_path / "segreti"
    cartella.mkdir()
    (cartella / "sigillo.p12").write_bytes(autorita().p12("ASST di Prova - sigillo"))
    (cartella / "parola").write_text(f"{PAROLA}\n")
    settings.FIRMA_P12 = str(cartella / "sigillo.p12")
    settings.FIRMA_P12_PAROLA = str(cartella / "parola")
    settings.FIRMA_AZIENDA = documento.piano.azienda.codice
    settings.FIRMA_AUTORITA = autorita().pem(cartella)
    return cartella


def test_il_sigillo_firma_il_pdf_pubblicato(
    documento: DocumentoPubblicato, rpct: Utente, con_sigillo: Path
) -> None:
    nuovo = azioni.apponi_sigillo(documento, da=rpct)
    assert (nuovo.origine, nuovo.catena_verificata) == ("apposto", True)
    assert nuovo.firme[0]["nome"] == "ASST di Prova - sigillo"
    contenuto = Path(nuovo.file.path).read_bytes()
    assert contenuto.startswith(stampato())
    assert len(contenuto) - len(stampato()) < 40_000


def test_si_firma_e_si_verifica_anche_dove_gira_gia_un_ciclo_di_eventi() -> None:
    chi = SimpleSigner.load_pkcs12_data(
        autorita().p12("Sigillo"), other_certs=[], passphrase=PAROLA.encode()
    )

    async def dentro() -> list[str]:
        pdf = firma.appone(stampato(), firma.Sigillo(chi, "Sigillo"), motivo="Prova")
        return [una.nome for una in firma.verifica(pdf, stampato(), [])]

    assert in_un_filo(lambda: asyncio.run(dentro())) == ["Sigillo"]


def test_il_sigillo_lo_mette_chi_ne_ha_il_permesso_e_per_la_sua_azienda(
    documento: DocumentoPubblicato, con_sigillo: Path, incaricato: Callable[..., Utente],
    settings: Any,
) -> None:  # fmt: skip
    with pytest.raises(PermissionDenied):
        azioni.apponi_sigillo(documento, da=incaricato(Ruolo.CONTROLLO_GESTIONE))
    settings.FIRMA_AZIENDA = "un-altra"
    with pytest.raises(ValidationError, match="non è configurato un sigillo"):
        azioni.apponi_sigillo(documento, da=incaricato(Ruolo.DIREZIONE))


def test_un_sigillo_che_non_si_apre_dice_che_cosa_controllare(
    documento: DocumentoPubblicato, rpct: Utente, con_sigillo: Path, settings: Any
) -> None:
    (con_sigillo / "parola").write_text("un'altra")
    with pytest.raises(ValidationError, match="Il sigillo non si apre"):
        azioni.apponi_sigillo(documento, da=rpct)
    settings.FIRMA_P12_PAROLA = str(con_sigillo / "manca")
    with pytest.raises(ValidationError, match=r"non si legge \(manca\)"):
        azioni.apponi_sigillo(documento, da=rpct)
    settings.FIRMA_P12_PAROLA = str(con_sigillo / "parola")
    (con_sigillo / "parola").write_text(PAROLA)
    (con_sigillo / "autorita.pem").write_text("non è un certificato")
    with pytest.raises(ValidationError, match="far controllare FIRMA_AUTORITA"):
        azioni.apponi_sigillo(documento, da=rpct)
    assert firma.sigillo(documento.piano.azienda) is not None


# Pages ------------------------------------------------------------------------------------------


def test_dalla_pagina_si_carica_si_legge_il_verbale_e_si_toglie(
    documento: DocumentoPubblicato, rpct: Utente, entra: Callable[[Utente], Client],
    client: Client,
) -> None:  # fmt: skip
    pagina = reverse("documento_firma", args=[documento.pk])
    entra(rpct)
    assert "pubblicato senza firma" in client.get(pagina).content.decode()
    stato = client.get(reverse("stato_piano", args=[documento.piano.slug])).content.decode()
    assert pagina in stato
    assert "senza PDF firmato" in stato
    manda = reverse("firma_allega", args=[documento.pk])
    sbagliato = SimpleUploadedFile("a.pdf", stampato())
    assert "senza firma: firmarlo" in client.post(manda, {"file": sbagliato}).content.decode()
    assert client.post(manda, {}).status_code == 200
    giusto = SimpleUploadedFile("a.pdf", firmato(stampato()))
    assert client.post(manda, {"file": giusto}).url == pagina
    verbale = client.get(pagina).content.decode()
    assert "Direzione di Prova, ASST di Prova" in verbale
    assert "Catena non verificata" in verbale
    tolto = client.post(reverse("firma_togli", args=[documento.pk]), {"motivo": "Sbagliato"})
    assert tolto.url == pagina
    assert not PdfFirmato.objects.exists()


def test_il_cittadino_ha_i_due_pdf_e_la_verifica(
    documento: DocumentoPubblicato, rpct: Utente, client: Client
) -> None:
    senza = client.get(documento.get_absolute_url()).content.decode()
    assert "documento-firmato.pdf" not in senza
    indirizzo = f"{documento.get_absolute_url()}documento-firmato.pdf"
    assert client.get(indirizzo).status_code == 404
    pdf = firmato(stampato())
    nuovo = allega(documento, pdf, rpct)
    pubblica = client.get(documento.get_absolute_url()).content.decode()
    assert indirizzo in pubblica
    assert "Il contenuto firmato è il documento pubblicato, byte per byte" in pubblica
    risposta = client.get(indirizzo)
    assert b"".join(risposta.streaming_content) == pdf
    assert risposta["Content-Type"] == "application/pdf"
    assert risposta["ETag"] == f'"{nuovo.sha256}"'
    assert f"{documento.piano.slug}-v1-firmato.pdf" in risposta["Content-Disposition"]
    assert client.get(indirizzo, headers={"if-none-match": risposta["ETag"]}).status_code == 304
    Path(nuovo.file.path).unlink()
    assert client.get(indirizzo).status_code == 404


def test_il_sigillo_dalla_pagina(
    documento: DocumentoPubblicato, con_sigillo: Path, client: Client,
    incaricato: Callable[..., Utente],
) -> None:  # fmt: skip
    client.force_login(incaricato(Ruolo.DIREZIONE))
    pagina = reverse("documento_firma", args=[documento.pk])
    assert "Firma con il sigillo" in client.get(pagina).content.decode()
    apponi = reverse("firma_apponi", args=[documento.pk])
    assert "firmato con il sigillo" in client.post(apponi, follow=True).content.decode()
    assert "ha già il suo PDF firmato" in client.post(apponi, follow=True).content.decode().replace(
        "&#x27;", "'"
    )
    assert PdfFirmato.objects.get().catena_verificata
