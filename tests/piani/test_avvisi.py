# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reminders and digests: at the right distance, once, to who wants them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from piani import azioni, tasks
from piani.models import (
    Avviso,
    Azienda,
    Evento,
    Piano,
    PreferenzeAvvisi,
    Ruolo,
    TermineAdozione,
    Utente,
)
from tests.factories import DelegaFactory, PianoFactory, UtenteFactory
from tests.pagina import leggi

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
ANNO = 2031
TERMINE = date(ANNO, 1, 31)
"""By when the draft of the tests is to be adopted: the only deadline of its people."""


@pytest.fixture
def bozza(azienda: Azienda) -> Piano:
    TermineAdozione.objects.all().delete()
    TermineAdozione.objects.create(
        tipo=Piano.Tipo.PERFORMANCE, anno_dal=2020, mese=1, giorno=31, norma="art. di prova"
    )
    return PianoFactory(
        azienda=azienda, anno_inizio=ANNO, anno_fine=ANNO + 2, stato=Piano.Stato.BOZZA, titolo="P"
    )


@pytest.fixture
def solo_promemoria(controllo: Utente) -> Utente:
    PreferenzeAvvisi.objects.create(utente=controllo, riepilogo="nessuno")
    return controllo


def tra(giorni: int) -> date:
    """The day on which the deadline is that far."""
    return TERMINE - timedelta(days=giorni)


@pytest.mark.parametrize(
    ("giorni", "partono"), [(8, 0), (7, 1), (3, 1), (1, 1), (0, 1), (-1, 1), (-30, 1), (-31, 0)]
)
def test_il_promemoria_parte_alla_distanza_giusta(
    bozza: Piano, solo_promemoria: Utente, giorni: int, partono: int
) -> None:
    assert azioni.avvisa(solo_promemoria, tra(giorni)) == partono
    assert len(mail.outbox) == partono


def test_ogni_tappa_una_volta_e_mai_due(bozza: Piano, solo_promemoria: Utente) -> None:
    partiti = {
        giorni: quanti
        for giorni in range(10, -12, -1)
        if (quanti := azioni.avvisa(solo_promemoria, tra(giorni)))
    }
    assert partiti == {7: 1, 1: 1, -1: 1}
    assert len(mail.outbox) == 3
    assert azioni.avvisa(solo_promemoria, tra(1)) == 0


def test_un_giorno_saltato_si_recupera_con_la_tappa_piu_vicina(
    bozza: Piano, solo_promemoria: Utente
) -> None:
    assert azioni.avvisa(solo_promemoria, tra(1)) == 1
    assert azioni.avvisa(solo_promemoria, tra(1)) == 0
    assert Avviso.objects.count() == 1


def test_una_scadenza_spostata_e_un_altra_scadenza(bozza: Piano, solo_promemoria: Utente) -> None:
    azioni.avvisa(solo_promemoria, tra(1))
    TermineAdozione.objects.update(giorno=30)
    assert azioni.avvisa(solo_promemoria, tra(2)) == 1


def test_il_messaggio_dice_che_cosa_entro_quando_e_dove(
    bozza: Piano, solo_promemoria: Utente, settings: Any
) -> None:
    settings.INDIRIZZO_SITO = "https://albero.example.org"
    azioni.avvisa(solo_promemoria, tra(7))
    (messaggio,) = mail.outbox
    assert messaggio.subject == "Albero: 1 scadenza"
    assert messaggio.to == [solo_promemoria.email]
    assert "Invia al Nucleo di valutazione: «P»" in messaggio.body
    assert "entro il 31 gennaio 2031" in messaggio.body
    indirizzo = reverse("stato_piano", args=[bozza.slug])
    assert f"https://albero.example.org{indirizzo}" in messaggio.body
    assert messaggio.extra_headers["Auto-Submitted"] == "auto-generated"


def test_il_riepilogo_parte_una_volta_la_settimana(bozza: Piano, controllo: Utente) -> None:
    lunedi = date(2030, 9, 2)
    partiti = [azioni.avvisa(controllo, lunedi + timedelta(days=n)) for n in range(8)]
    assert partiti == [1, 0, 0, 0, 0, 0, 0, 1]
    assert mail.outbox[0].subject == "Albero: 1 cosa da fare"
    assert "Invia al Nucleo di valutazione: «P»" in mail.outbox[0].body


def test_il_riepilogo_quotidiano_parte_ogni_giorno(bozza: Piano, controllo: Utente) -> None:
    azioni.scegli_avvisi(controllo, promemoria=False, riepilogo="quotidiano")
    assert [azioni.avvisa(controllo, tra(n)) for n in (7, 7, 6)] == [1, 0, 1]


def test_chi_non_ha_niente_da_fare_non_riceve_niente(azienda: Azienda, controllo: Utente) -> None:
    assert azioni.avvisa(controllo) == 0
    assert not Avviso.objects.exists()


def test_chi_non_vuole_avvisi_non_ne_riceve(bozza: Piano, controllo: Utente) -> None:
    azioni.scegli_avvisi(controllo, promemoria=False, riepilogo="nessuno")
    assert azioni.avvisa(controllo, tra(1)) == 0
    assert mail.outbox == []


def test_se_la_posta_non_risponde_si_riprova_e_parte_una_volta(
    bozza: Piano, solo_promemoria: Utente, settings: Any
) -> None:
    buono = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert azioni.avvisa(solo_promemoria, tra(1)) == 0
    avviso = Avviso.objects.get()
    assert avviso.spedito_il is None
    assert avviso.errore
    settings.EMAIL_BACKEND = buono
    assert tasks.rispedisci_avvisi() == 1
    assert tasks.rispedisci_avvisi() == 0
    avviso.refresh_from_db()
    assert avviso.errore == ""
    assert len(mail.outbox) == 1


def test_il_comando_avvisa_chi_lavora_qui_oggi(
    bozza: Piano, controllo: Utente, incaricato: Callable[..., Utente], capsys: Any
) -> None:
    ferma = incaricato(Ruolo.CONTROLLO_GESTIONE)
    Utente.objects.filter(pk=ferma.pk).update(is_active=False)
    UtenteFactory()
    call_command("manda_avvisi")
    assert capsys.readouterr().out == "Avvisata 1 persona.\n"
    assert [messaggio.to for messaggio in mail.outbox] == [[controllo.email]]


def test_gli_avvisi_li_sceglie_la_persona_e_non_chi_agisce_per_lei(controllo: Utente) -> None:
    controllo.delega = DelegaFactory(delegato=controllo)
    with pytest.raises(ValidationError, match="torna ad agire per te"):
        azioni.scegli_avvisi(controllo, promemoria=True, riepilogo="nessuno")
    with pytest.raises(ValidationError, match="torna ad agire per te"):
        azioni.rinnova_calendario(controllo)
    assert not PreferenzeAvvisi.objects.exists()


def test_la_pagina_registra_la_scelta(controllo: Utente, entra: Callable[[Utente], Client]) -> None:
    client = entra(controllo)
    risposta = client.post(reverse("avvisi_scegli"), {"riepilogo": "quotidiano"})
    assert risposta.url == reverse("scadenze")
    scelte = azioni.preferenze_di(controllo)
    assert (scelte.promemoria, scelte.riepilogo) == (False, "quotidiano")
    assert Evento.objects.filter(tipo="avvisi.scelti", da=controllo).count() == 1
    sbagliata = client.post(reverse("avvisi_scegli"), {"riepilogo": "ogni ora"})
    assert sbagliata.status_code == 200
    assert "ogni ora" in leggi(sbagliata).uno(".campo-errato .errore").testo


def test_la_pagina_mostra_le_mie_scadenze_e_quelle_passate(
    bozza: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    vecchia = timezone.localdate().year - 2
    PianoFactory(
        azienda=bozza.azienda, titolo="Vecchio", stato=Piano.Stato.BOZZA,
        anno_inizio=vecchia, anno_fine=vecchia + 2,
    )  # fmt: skip
    pagina = entra(controllo).get(reverse("scadenze"))
    testo = pagina.content.decode()
    assert [una.titolo for una in pagina.context["in_ritardo"]] == [
        "Invia al Nucleo di valutazione: «Vecchio»"
    ]
    assert f"era entro il 31 gennaio {vecchia}" in testo
    assert [str(mese) for mese, _sue in pagina.context["mesi"]] == ["2031-01-01"]
    assert "aspetta te" in testo
    assert not PreferenzeAvvisi.objects.exists()
