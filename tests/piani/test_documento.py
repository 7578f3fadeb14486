# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the adopted plan to the public document, and back when something goes wrong."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from piani import azioni, stampa
from piani.models import DocumentoPubblicato, Evento, Piano, Ruolo, Utente
from piani.tasks import riprendi_stampe, stampa_documento
from tests.factories import PianoFactory, SezioneFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = DocumentoPubblicato.Stato


@pytest.fixture
def piano(azienda: Any) -> Piano:
    return SezioneFactory(piano=PianoFactory(azienda=azienda)).piano


@pytest.fixture
def rpct(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.PUBBLICATORE)


def test_pubblicare_congela_stampa_e_rende_pubblico(
    piano: Piano, rpct: Utente, settings: Any, tmp_path: Path
) -> None:
    documento = azioni.pubblica(piano, da=rpct)
    assert list(DocumentoPubblicato.objects.pubblicati()) == []
    stampa_documento(documento.pk)
    documento.refresh_from_db()
    assert list(DocumentoPubblicato.objects.pubblicati()) == [documento]
    pdf = (documento.cartella / "documento.pdf").read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == documento.sha256_pdf
    assert documento.pagine == pdf_pagine(pdf)
    scritto = (Path(settings.DOCUMENTI) / piano.slug / "documento.json").read_text()
    assert scritto == documento.contenuto
    assert json.loads(scritto)["piano"]["slug"] == piano.slug
    piano.refresh_from_db()
    assert piano.stato == Piano.Stato.PUBBLICATO
    assert set(Evento.objects.values_list("tipo", flat=True)) == {
        "piano.pubblicato",
        "documento.pronto",
    }


def pdf_pagine(pdf: bytes) -> int:
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def test_si_pubblica_solo_un_piano_adottato(azienda: Any, rpct: Utente) -> None:
    bozza = PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA)
    with pytest.raises(ValidationError, match="solo un piano adottato: questo è «Bozza»"):
        azioni.pubblica(bozza, da=rpct)
    assert not bozza.documenti.exists()


def test_pubblicare_due_volte_chiede_il_motivo(piano: Piano, rpct: Utente) -> None:
    primo = azioni.pubblica(piano, da=rpct)
    with pytest.raises(ValidationError, match="già in stampa"):
        azioni.pubblica(piano, da=rpct, motivo="Fretta")
    stampa_documento(primo.pk)
    with pytest.raises(ValidationError, match=r"già pubblicato \(versione 1\)"):
        azioni.pubblica(piano, da=rpct, motivo="  ")
    assert piano.documenti.count() == 1


def test_la_nuova_versione_supera_la_vecchia_che_resta(piano: Piano, rpct: Utente) -> None:
    primo = azioni.pubblica(piano, da=rpct)
    stampa_documento(primo.pk)
    secondo = azioni.pubblica(piano, da=rpct, motivo="Errore nella tabella 2")
    stampa_documento(secondo.pk)
    primo.refresh_from_db()
    secondo.refresh_from_db()
    assert (secondo.versione, secondo.motivo) == (2, "Errore nella tabella 2")
    assert primo.sostituito_da == secondo
    assert list(DocumentoPubblicato.objects.pubblicati().correnti()) == [secondo]
    assert (primo.cartella / "documento.pdf").exists()


def test_un_lavoro_consegnato_due_volte_stampa_una_volta(piano: Piano, rpct: Utente) -> None:
    documento = azioni.pubblica(piano, da=rpct)
    stampa_documento(documento.pk)
    stampa_documento(documento.pk)
    assert Evento.objects.filter(tipo="documento.pronto").count() == 1


def test_una_stampa_fallita_si_vede_e_si_ripete(
    piano: Piano, rpct: Utente, monkeypatch: pytest.MonkeyPatch
) -> None:
    documento = azioni.pubblica(piano, da=rpct)

    def senza_pango(foto: object) -> None:
        raise stampa.StampaNonDisponibile("Mancano le librerie di Pango.")

    with monkeypatch.context() as rotto:
        rotto.setattr(stampa, "rende_pdf", senza_pango)
        stampa_documento(documento.pk)
    documento.refresh_from_db()
    assert (documento.stato, documento.errore) == (Stato.FALLITO, "Mancano le librerie di Pango.")
    assert list(DocumentoPubblicato.objects.pubblicati()) == []
    assert azioni.ristampa(piano, da=rpct) == documento
    stampa_documento(documento.pk)
    documento.refresh_from_db()
    assert (documento.stato, documento.errore) == (Stato.PRONTO, "")


def test_una_cartella_non_scrivibile_si_dice(
    piano: Piano, rpct: Utente, settings: Any, tmp_path: Path
) -> None:
    documento = azioni.pubblica(piano, da=rpct)
    (tmp_path / "occupato").write_text("")
    settings.DOCUMENTI = tmp_path / "occupato"
    stampa_documento(documento.pk)
    documento.refresh_from_db()
    assert documento.stato == Stato.FALLITO
    assert "occupato" in documento.errore


def test_ristampare_un_documento_pronto_non_si_puo(piano: Piano, rpct: Utente) -> None:
    documento = azioni.pubblica(piano, da=rpct)
    stampa_documento(documento.pk)
    with pytest.raises(ValidationError, match="non ha stampe da ripetere"):
        azioni.ristampa(piano, da=rpct)


def test_le_stampe_rimaste_indietro_si_rimandano(
    piano: Piano, rpct: Utente, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    documento = azioni.pubblica(piano, da=rpct)
    mandate: list[int] = []
    monkeypatch.setattr(stampa_documento, "delay", mandate.append)
    assert riprendi_stampe() == 0
    vecchio = timezone.now() - timedelta(minutes=11)
    DocumentoPubblicato.objects.filter(pk=documento.pk).update(creato_il=vecchio)
    assert riprendi_stampe() == 1
    assert mandate == [documento.pk]


def test_un_errore_che_nessuno_prevedeva_si_dice_con_un_riferimento(
    piano: Piano, rpct: Utente, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def rotta(foto: object) -> None:
        raise KeyError("titolo")

    monkeypatch.setattr(stampa, "rende_pdf", rotta)
    documento = azioni.pubblica(piano, da=rpct)
    stampa_documento(documento.pk)
    documento.refresh_from_db()
    assert "KeyError" not in documento.errore
    (riferimento,) = re.findall("cercando «([0-9a-f]{8})»", documento.errore)
    (nel_log,) = [uno for uno in caplog.records if riferimento in uno.getMessage()]
    assert nel_log.getMessage().startswith(f"stampa del documento {documento.pk}")
    assert (nel_log.exc_info or [None])[0] is KeyError
