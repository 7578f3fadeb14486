# SPDX-License-Identifier: AGPL-3.0-or-later
"""The logo of an azienda: what is accepted, who puts it, where it ends."""

import base64
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFile, PngImagePlugin

from piani import azioni
from piani.documenti import azienda_in_dati
from piani.logo import RIQUADRO, leggi_logo
from piani.models import Azienda, Evento, LogoAzienda, Ruolo
from piani.models.logo import PESO_MASSIMO
from tests.factories import AziendaFactory, IncaricoFactory

pytestmark = pytest.mark.django_db


def png(larga: int = 600, alta: int = 200, modo: str = "RGBA", **opzioni: Any) -> bytes:
    uscita = BytesIO()
    Image.new(modo, (larga, alta), "#006655").save(uscita, "PNG", **opzioni)
    return uscita.getvalue()


def caricato(contenuto: bytes, nome: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, contenuto, content_type="image/png")


@pytest.fixture
def azienda() -> Azienda:
    return AziendaFactory()


@pytest.fixture
def amministra(client: Client, azienda: Azienda) -> Client:
    client.force_login(IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente)
    return client


# --- the picture --------------------------------------------------------------------------------


def test_il_logo_si_riscrive_senza_cio_che_non_si_vede() -> None:
    scritte = PngImagePlugin.PngInfo()
    scritte.add_text("Autore", "Persona Inventata")
    nostra = leggi_logo(png(2000, 1000, pnginfo=scritte) + b"<script>coda</script>")
    assert (nostra.larga, nostra.alta) == (640, 320)
    assert b"Persona" not in nostra.png
    assert b"script" not in nostra.png
    assert leggi_logo(png()).png == leggi_logo(png()).png
    assert Image.open(BytesIO(nostra.png)).mode == "RGBA"


def test_un_logo_pieno_di_colori_si_alleggerisce() -> None:
    sfumato = Image.linear_gradient("L").resize((1400, 600))
    uscita = BytesIO()
    Image.merge("RGB", (sfumato, sfumato.rotate(180), sfumato.rotate(90))).save(uscita, "PNG")
    nostra = leggi_logo(uscita.getvalue())
    assert len(nostra.png) <= PESO_MASSIMO
    assert nostra.larga <= RIQUADRO[0]


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "non è un PNG"),
        (b"\xff\xd8\xff\xe0 JFIF", "non è un PNG"),
        (b"", "non è un PNG"),
        (png()[:60], "rovinato"),
        (png()[:-30], "rovinato"),
        (png(40, 40), "40 × 40 pixel"),
        (png(6000, 70, "1"), "6000 × 70 pixel"),
        (png(2000, 70), "lungo e stretto"),
    ],
    ids=["svg", "jpeg", "vuoto", "inizio", "tronco", "piccolo", "grande", "stretto"],
)
@pytest.mark.parametrize("tronchi", [False, True])
def test_cio_che_non_va_in_copertina_si_rifiuta_con_la_sua_frase(
    contenuto: bytes, frase: str, tronchi: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # WeasyPrint sets it for the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", tronchi)
    with pytest.raises(ValueError, match=frase):
        leggi_logo(contenuto)


def test_un_png_animato_si_rifiuta() -> None:
    quadri = [Image.new("RGB", (200, 100), colore) for colore in ("red", "blue")]
    uscita = BytesIO()
    quadri[0].save(uscita, "PNG", save_all=True, append_images=quadri[1:])
    with pytest.raises(ValueError, match="animato"):
        leggi_logo(uscita.getvalue())


# --- the azienda --------------------------------------------------------------------------------


def test_il_logo_entra_nella_fotografia_e_la_fotografia_di_prima_resta(azienda: Azienda) -> None:
    prima = azienda_in_dati(azienda)
    logo = azioni.carica_logo(azienda, file=caricato(png()), alternativa=" Foglie ", da=None)
    dopo = azienda_in_dati(azienda)
    assert "logo" not in prima
    assert dopo == prima | {
        "logo": {"png": base64.b64encode(logo.png).decode(), "alternativa": "Foglie"}
    }
    assert Evento.objects.get().tipo == "azienda.logo"


def test_il_logo_si_cambia_e_si_toglie_una_volta_sola(azienda: Azienda) -> None:
    for alternativa in ("Uno", "Due"):
        azioni.carica_logo(azienda, file=caricato(png()), alternativa=alternativa, da=None)
    assert LogoAzienda.objects.get().alternativa == "Due"
    azioni.togli_logo(azienda, da=None)
    with pytest.raises(ValidationError, match="non ha un logo"):
        azioni.togli_logo(azienda, da=None)
    assert "logo" not in azienda_in_dati(azienda)


def test_un_file_grande_si_rifiuta_senza_leggerlo(azienda: Azienda) -> None:
    with pytest.raises(ValidationError) as rifiuto:
        azioni.carica_logo(
            azienda, file=caricato(png() + bytes(2_000_000)), alternativa="Logo", da=None
        )
    assert list(rifiuto.value.message_dict) == ["file"]


@pytest.mark.parametrize("ruolo", [Ruolo.CONTROLLO_GESTIONE, Ruolo.DIREZIONE, Ruolo.PUBBLICATORE])
def test_il_logo_lo_mette_solo_chi_amministra(azienda: Azienda, ruolo: str) -> None:
    chi = IncaricoFactory(azienda=azienda, ruolo=ruolo).utente
    with pytest.raises(PermissionDenied):
        azioni.carica_logo(azienda, file=caricato(png()), alternativa="Logo", da=chi)
    with pytest.raises(PermissionDenied):
        azioni.togli_logo(azienda, da=chi)


# --- the page -----------------------------------------------------------------------------------


def test_dalla_pagina_il_logo_si_carica_si_vede_e_si_toglie(
    amministra: Client, azienda: Azienda
) -> None:
    indirizzo = reverse("logo", args=[azienda.codice])
    assert "Non c’è ancora un logo" in amministra.get(indirizzo).content.decode()
    risposta = amministra.post(
        indirizzo, {"file": caricato(png()), "alternativa": "Due & tre"}, follow=True
    )
    pagina = risposta.content.decode()
    assert 'alt="Due &amp; tre" width="600" height="200"' in pagina
    assert "Logo caricato" in pagina
    amministra.post(reverse("logo_togli", args=[azienda.codice]))
    assert not LogoAzienda.objects.exists()


def test_l_errore_sta_accanto_al_file_e_il_testo_resta(
    amministra: Client, azienda: Azienda
) -> None:
    falso = caricato(b"<svg/>", "logo.png")
    pagina = amministra.post(
        reverse("logo", args=[azienda.codice]), {"file": falso, "alternativa": "Le foglie"}
    ).content.decode()
    assert "Il file non è un PNG." in pagina
    assert 'value="Le foglie"' in pagina
    assert not LogoAzienda.objects.exists()
