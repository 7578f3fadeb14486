# SPDX-License-Identifier: AGPL-3.0-or-later
"""A citizen reports an error, the office answers, what was written is forgotten in time."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from piani.models import Azienda, DocumentoPubblicato, Evento, Ruolo, Segnalazione, Utente
from piani.segnalazioni import azioni, bacheca
from piani.tasks import dimentica_segnalazioni, rispedisci_risposte, rispondi_a_segnalazione
from tests.factories import AziendaFactory, IncaricoFactory, PianoFactory
from tests.piani.test_obblighi import pubblicato

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
BUONA = {
    "testo": "Nella tabella 2 il totale è sbagliato.", "dove": "Tabella 2",
    "email": "cittadina@example.org", "informativa": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _conto_da_capo() -> None:
    cache.clear()


@pytest.fixture
def documento(azienda: Azienda) -> DocumentoPubblicato:
    return pubblicato(PianoFactory(azienda=azienda), timezone.localdate())


@pytest.fixture
def rpct(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.PUBBLICATORE)


@pytest.fixture
def arrivata(azienda: Azienda) -> Segnalazione:
    return azioni.ricevi(azienda, testo=BUONA["testo"], email=BUONA["email"])


def modulo(documento: DocumentoPubblicato) -> str:
    azienda = documento.piano.azienda
    return f"{reverse('segnala_in', args=[azienda.codice])}?documento={documento.pk}"


# --- chi segnala --------------------------------------------------------------------------------


def test_dal_documento_si_segnala_senza_entrare(
    documento: DocumentoPubblicato, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert str(documento) in client.get(modulo(documento)).content.decode()
    with caplog.at_level(logging.DEBUG):
        risposta = client.post(modulo(documento), BUONA)
    assert "Segnalazione ricevuta" in client.get(risposta.url).content.decode()
    arrivata = Segnalazione.objects.get()
    assert (arrivata.documento, arrivata.stato, arrivata.testo, arrivata.email) == (
        documento, "ricevuta", BUONA["testo"], BUONA["email"],
    )  # fmt: skip
    evento = Evento.objects.get(tipo="segnalazione.ricevuta")
    detto = f"{evento.descrizione} {evento.dati} {caplog.text}"
    assert BUONA["email"] not in detto
    assert BUONA["testo"] not in detto


def test_la_posta_e_facoltativa_il_testo_e_l_informativa_no(
    documento: DocumentoPubblicato, client: Client
) -> None:
    pagina = client.post(modulo(documento), {"dove": "Tabella 2"}).content.decode()
    assert "Prima di inviare leggi l&#x27;informativa" in pagina
    assert 'value="Tabella 2"' in pagina
    assert not Segnalazione.objects.exists()
    client.post(modulo(documento), BUONA | {"email": ""})
    assert Segnalazione.objects.get().email == ""


def test_un_robot_che_cade_nella_trappola_non_scrive_niente(
    documento: DocumentoPubblicato, client: Client
) -> None:
    risposta = client.post(modulo(documento), BUONA | {"fax": "02 1234"})
    assert risposta.url == reverse("segnala_grazie", args=[documento.piano.azienda.codice])
    assert not Segnalazione.objects.exists()


def test_oltre_il_limite_si_aspetta_e_non_si_perde_niente(
    documento: DocumentoPubblicato, client: Client, settings: Any
) -> None:
    settings.SEGNALAZIONI_PER_ORA = 1
    client.post(modulo(documento), BUONA)
    pagina = client.post(modulo(documento), BUONA).content.decode()
    assert "riprova più tardi" in pagina
    assert BUONA["testo"] in pagina
    assert Segnalazione.objects.count() == 1


@pytest.mark.parametrize("chiave", ["0", "x", "²", "9" * 30, "-1"])
def test_un_documento_che_non_c_e_non_ferma_la_segnalazione(
    documento: DocumentoPubblicato, client: Client, chiave: str
) -> None:
    indirizzo = reverse("segnala_in", args=[documento.piano.azienda.codice])
    client.post(f"{indirizzo}?documento={chiave}", BUONA)
    assert Segnalazione.objects.get().documento is None


def test_il_documento_di_un_altro_ente_non_si_aggancia(documento: DocumentoPubblicato) -> None:
    with pytest.raises(ValidationError, match="di un altro ente"):
        azioni.ricevi(AziendaFactory(), testo="Prova", documento=documento)


def test_ogni_pagina_pubblica_porta_al_modulo(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    atteso = reverse("segnala_in", args=[azienda.codice])
    for pagina in (
        reverse("at_azienda", args=[azienda.codice]),
        reverse("at_sezione", args=[azienda.codice, "piano-della-performance"]),
    ):
        assert f'href="{atteso}"' in client.get(pagina).content.decode()


# --- l'ufficio ----------------------------------------------------------------------------------


def test_l_ufficio_prende_in_carico_e_risponde_per_posta(
    arrivata: Segnalazione, rpct: Utente, entra: Entra, django_capture_on_commit_callbacks: Any
) -> None:
    client = entra(rpct)
    assert "Segnalazione n." in client.get(reverse("segnalazioni")).content.decode()
    client.post(reverse("segnalazione_prendi", args=[arrivata.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("segnalazione_chiudi", args=[arrivata.pk]), {"risposta": "Corretto, v2."}
        )
    rispondi_a_segnalazione(arrivata.pk)
    arrivata.refresh_from_db()
    assert (arrivata.stato, arrivata.presa_da, arrivata.chiusa_da) == ("chiusa", rpct, rpct)
    assert arrivata.spedita_il is not None
    (messaggio,) = mail.outbox
    assert messaggio.to == [BUONA["email"]]
    assert "Corretto, v2." in messaggio.body
    assert azioni.spedisci_risposta(arrivata) is False
    assert (
        "Corretto, v2." in client.get(reverse("segnalazione", args=[arrivata.pk])).content.decode()
    )
    assert "Nessuna segnalazione aperta." in client.get(reverse("segnalazioni")).content.decode()


def test_senza_indirizzo_non_parte_niente(
    azienda: Azienda, rpct: Utente, django_capture_on_commit_callbacks: Any
) -> None:
    muta = azioni.ricevi(azienda, testo="Un errore.")
    with django_capture_on_commit_callbacks(execute=True):
        azioni.chiudi(muta, risposta="Visto.", da=rpct)
    assert mail.outbox == []
    assert azioni.da_spedire() == []


def test_una_posta_che_rifiuta_si_riprova(
    arrivata: Segnalazione, rpct: Utente, monkeypatch: pytest.MonkeyPatch
) -> None:
    azioni.chiudi(arrivata, risposta="Visto.", da=rpct)

    def giu(self: object, *niente: object) -> int:
        raise OSError("server spento")

    with monkeypatch.context() as rotta:
        rotta.setattr("django.core.mail.EmailMessage.send", giu)
        assert azioni.spedisci_risposta(arrivata) is False
    Segnalazione.objects.update(chiusa_il=timezone.now() - timedelta(minutes=6))
    assert rispedisci_risposte() == 1
    rispondi_a_segnalazione(arrivata.pk)
    assert len(mail.outbox) == 1


def test_due_non_chiudono_la_stessa(arrivata: Segnalazione, rpct: Utente) -> None:
    stesso = Segnalazione.objects.get(pk=arrivata.pk)
    azioni.chiudi(arrivata, risposta="Visto.", da=rpct)
    with pytest.raises(ValidationError, match="adesso è «Chiusa»"):
        azioni.chiudi(stesso, risposta="Anch'io.", da=rpct)
    with pytest.raises(ValidationError, match="adesso è «Chiusa»"):
        azioni.prendi(stesso, da=rpct)


def test_senza_risposta_non_si_chiude(arrivata: Segnalazione, rpct: Utente, entra: Entra) -> None:
    with pytest.raises(ValidationError, match="che cosa si è fatto"):
        azioni.chiudi(arrivata, risposta="  ", da=rpct)
    indirizzo = reverse("segnalazione_chiudi", args=[arrivata.pk])
    assert "obbligatorio" in entra(rpct).post(indirizzo, {}).content.decode()


def test_la_legge_solo_chi_pubblica_per_quell_ente(
    arrivata: Segnalazione, rpct: Utente, incaricato: Persona, entra: Entra
) -> None:
    altrove = IncaricoFactory(ruolo=Ruolo.PUBBLICATORE).utente
    for estraneo in (altrove, incaricato(Ruolo.NUCLEO), incaricato(Ruolo.AMMINISTRATORE)):
        assert list(Segnalazione.objects.visibili_a(estraneo)) == []
        client = entra(estraneo)
        assert client.get(reverse("segnalazione", args=[arrivata.pk])).status_code == 404
        with pytest.raises(PermissionDenied):
            azioni.prendi(arrivata, da=estraneo)
    assert list(Segnalazione.objects.visibili_a(rpct)) == [arrivata]


def test_in_home_una_riga_per_azienda(
    arrivata: Segnalazione, rpct: Utente, incaricato: Persona, django_assert_num_queries: Any
) -> None:
    rpct.ha_ruolo()
    for quante in (1, 3):
        with django_assert_num_queries(1):
            (cosa,) = bacheca.cose_da_fare(rpct)
        assert cosa.titolo.startswith(str(quante))
        for _volta in range(2):
            azioni.ricevi(arrivata.azienda, testo="Un altro errore.")
    assert list(bacheca.cose_da_fare(incaricato(Ruolo.NUCLEO))) == []


def test_dopo_i_mesi_detti_testo_e_posta_si_cancellano(
    arrivata: Segnalazione, rpct: Utente, settings: Any
) -> None:
    settings.SEGNALAZIONI_MESI = 2
    azioni.chiudi(arrivata, risposta="Corretto.", da=rpct)
    assert dimentica_segnalazioni() == 0
    Segnalazione.objects.update(chiusa_il=timezone.now() - timedelta(days=61))
    assert dimentica_segnalazioni() == 1
    assert dimentica_segnalazioni() == 0
    arrivata.refresh_from_db()
    assert (arrivata.testo, arrivata.email, arrivata.risposta) == ("", "", "Corretto.")
    assert arrivata.cancellata_il is not None


# --- le versioni --------------------------------------------------------------------------------


def test_la_versione_superata_si_apre_e_lo_dice(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    nuovo = pubblicato(
        documento.piano, timezone.localdate(), versione=2, motivo="Errore nella tabella 2"
    )
    DocumentoPubblicato.objects.filter(pk=documento.pk).update(sostituito_da=nuovo)
    sezione = client.get(reverse("at_sezione", args=[azienda.codice, "piano-della-performance"]))
    testo = sezione.content.decode()
    assert f'<a href="{documento.get_absolute_url()}">Versione 1</a>' in testo
    assert "Errore nella tabella 2" in testo
