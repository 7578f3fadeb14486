# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invitations: sent once, used once, for some days, by who is invited."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from piani import azioni, tasks
from piani.azioni.invito import indirizzo_di
from piani.bacheca import cose_da_fare
from piani.models import Azienda, Evento, Invito, Ruolo, Utente
from tests.factories import IncaricoFactory, InvitoFactory, UtenteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
NUOVA = "una-frase-scelta-da-me"


@pytest.fixture
def nuova(azienda: Azienda) -> Utente:
    """A person of the azienda who has no password yet."""
    persona = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RILEVATORE).utente
    persona.set_unusable_password()
    persona.save(update_fields=["password"])
    return persona


@pytest.fixture
def invito(azienda: Azienda, nuova: Utente) -> Invito:
    return InvitoFactory(azienda=azienda, utente=nuova)


def test_l_invito_parte_per_posta_e_resta_nel_registro(
    azienda: Azienda, amministratore: Utente, nuova: Utente, settings: Any
) -> None:
    settings.INVITO_GIORNI = 3
    invito = azioni.invita(nuova, azienda, da=amministratore)
    assert azioni.spedisci_invito(invito) is True
    (messaggio,) = mail.outbox
    assert messaggio.to == [nuova.email]
    assert indirizzo_di(invito) in messaggio.body
    assert nuova.username in messaggio.body
    assert timedelta(days=2, hours=23) < invito.scade_il - timezone.now() < timedelta(days=3)
    evento = Evento.objects.get()
    assert (evento.tipo, evento.da, evento.azienda) == ("invito.fatto", amministratore, azienda)


def test_lo_stesso_invito_non_parte_due_volte(invito: Invito) -> None:
    assert [azioni.spedisci_invito(invito) for _volta in range(2)] == [True, False]
    assert len(mail.outbox) == 1


def test_se_la_posta_non_risponde_l_invito_riparte_piu_tardi(invito: Invito, settings: Any) -> None:
    buono = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert azioni.spedisci_invito(invito) is False
    invito.refresh_from_db()
    assert (invito.spedito_il, invito.stato) == (None, "non ancora partito")
    assert invito.errore
    settings.EMAIL_BACKEND = buono
    Invito.objects.update(creato_il=timezone.now() - timedelta(hours=1))
    tasks.spedisci_invito(invito.pk)
    invito.refresh_from_db()
    assert (invito.stato, invito.errore) == ("spedito", "")


def test_il_lavoro_periodico_riprende_solo_gli_inviti_fermi(
    azienda: Azienda, invito: Invito, settings: Any
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    assert tasks.rispedisci_inviti() == 0
    Invito.objects.update(creato_il=timezone.now() - timedelta(hours=1))
    scaduto = InvitoFactory(azienda=azienda, scade_il=timezone.now() - timedelta(minutes=1))
    Invito.objects.filter(pk=scaduto.pk).update(creato_il=timezone.now() - timedelta(hours=1))
    assert list(Invito.objects.da_spedire()) == [invito]


def test_chi_e_invitato_sceglie_la_password_ed_entra(client: Client, invito: Invito) -> None:
    indirizzo = re.sub("^https?://[^/]+", "", indirizzo_di(invito))
    assert invito.utente.username in client.get(indirizzo).content.decode()
    risposta = client.post(indirizzo, {"password": NUOVA, "ripetuta": NUOVA})
    assert risposta.url == "/accedi/"
    assert client.login(username=invito.utente.username, password=NUOVA)
    invito.refresh_from_db()
    assert invito.stato == "accettato"
    evento = Evento.objects.get()
    assert (evento.tipo, evento.da) == ("invito.accettato", invito.utente)


def test_un_invito_usato_non_vale_piu(client: Client, invito: Invito) -> None:
    azioni.accetta_invito(invito.chiave, NUOVA)
    with pytest.raises(ValidationError, match="già stato usato"):
        azioni.accetta_invito(invito.chiave, "un'altra-frase-scelta")
    invito.utente.refresh_from_db()
    assert invito.utente.check_password(NUOVA)
    risposta = client.get(f"/invito/{invito.chiave}/")
    assert risposta.status_code == 410
    assert "già stato usato" in risposta.content.decode()


def test_un_invito_scaduto_non_vale_piu(invito: Invito) -> None:
    Invito.objects.update(scade_il=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ValidationError, match="scaduto"):
        azioni.accetta_invito(invito.chiave, NUOVA)
    invito.utente.refresh_from_db()
    assert not invito.utente.has_usable_password()
    assert Evento.objects.count() == 0


def test_un_invito_revocato_non_vale_piu(amministratore: Utente, invito: Invito) -> None:
    azioni.revoca_invito(invito, da=amministratore)
    with pytest.raises(ValidationError, match="ritirato"):
        azioni.accetta_invito(invito.chiave, NUOVA)
    with pytest.raises(ValidationError, match="già revocato"):
        azioni.revoca_invito(invito, da=amministratore)


def test_un_invito_accettato_non_si_revoca(amministratore: Utente, invito: Invito) -> None:
    azioni.accetta_invito(invito.chiave, NUOVA)
    with pytest.raises(ValidationError, match="già accettato"):
        azioni.revoca_invito(invito, da=amministratore)


def test_il_secondo_invito_ritira_il_primo(
    azienda: Azienda, amministratore: Utente, nuova: Utente
) -> None:
    primo = azioni.invita(nuova, azienda, da=amministratore)
    secondo = azioni.invita(nuova, azienda, da=amministratore)
    with pytest.raises(ValidationError, match="ritirato"):
        azioni.invito_da(primo.chiave)
    assert azioni.invito_da(secondo.chiave) == secondo
    assert [evento.tipo for evento in Evento.objects.all()] == ["invito.rifatto", "invito.fatto"]


@pytest.mark.parametrize(
    "rovina", [lambda c: c[:-1], lambda c: f"{c}x", lambda c: "1", lambda c: "x:y"]
)
def test_un_collegamento_rovinato_lo_dice(
    client: Client, invito: Invito, rovina: Callable[[str], str]
) -> None:
    risposta = client.get(f"/invito/{rovina(invito.chiave)}/")
    assert risposta.status_code == 410
    assert "non è intero" in risposta.content.decode()


@pytest.mark.parametrize(
    ("password", "ripetuta", "frase"),
    [
        (NUOVA, "un'altra-frase", "Le due password non sono uguali."),
        ("corta", "corta", "troppo corta"),
        ("123456789012", "123456789012", "numeri"),
        ("", "", "obbligatorio"),
    ],
)
def test_una_password_che_non_va_lascia_l_invito_com_era(
    client: Client, invito: Invito, password: str, ripetuta: str, frase: str
) -> None:
    dati = {"password": password, "ripetuta": ripetuta}
    assert frase in client.post(f"/invito/{invito.chiave}/", dati).content.decode()
    invito.refresh_from_db()
    assert invito.aperto


def test_chi_ha_una_password_non_si_invita(azienda: Azienda, amministratore: Utente) -> None:
    with pytest.raises(ValidationError, match="ha già una password"):
        azioni.invita(IncaricoFactory(azienda=azienda).utente, azienda, da=amministratore)


def test_non_si_invita_chi_non_e_dell_azienda(azienda: Azienda, amministratore: Utente) -> None:
    with pytest.raises(ValidationError, match="non ha incarichi"):
        azioni.invita(UtenteFactory(), azienda, da=amministratore)


def test_non_si_invita_chi_e_disattivato(
    azienda: Azienda, amministratore: Utente, nuova: Utente
) -> None:
    nuova.is_active = False
    nuova.save(update_fields=["is_active"])
    with pytest.raises(ValidationError, match="disattivata"):
        azioni.invita(nuova, azienda, da=amministratore)


@pytest.mark.parametrize("ruolo", [r for r in Ruolo if r != Ruolo.AMMINISTRATORE])
def test_solo_l_amministratore_invita_e_revoca(
    azienda: Azienda, incaricato: Callable[..., Utente], invito: Invito, ruolo: Ruolo
) -> None:
    altro = incaricato(ruolo)
    with pytest.raises(PermissionDenied):
        azioni.invita(invito.utente, azienda, da=altro)
    with pytest.raises(PermissionDenied):
        azioni.revoca_invito(invito, da=altro)
    assert Evento.objects.count() == 0
    invito.refresh_from_db()
    assert invito.aperto


def test_l_amministratore_di_un_altra_azienda_non_revoca(
    incaricato: Callable[..., Utente], invito: Invito
) -> None:
    altrove = IncaricoFactory(ruolo=Ruolo.AMMINISTRATORE).utente
    with pytest.raises(PermissionDenied):
        azioni.revoca_invito(invito, da=altrove)


def test_dove_la_posta_non_esce_l_amministratore_consegna_il_collegamento(
    azienda: Azienda,
    amministratore: Utente,
    invito: Invito,
    entra: Callable[[Utente], Client],
    settings: Any,
) -> None:
    pagina = f"/aziende/{azienda.codice}/persone/{invito.utente_id}/"
    settings.POSTA_IN_USCITA = False
    client = entra(amministratore)
    assert indirizzo_di(invito) in client.get(pagina).content.decode()
    settings.POSTA_IN_USCITA = True
    assert invito.chiave not in client.get(pagina).content.decode()


def test_gli_inviti_fermi_sono_fra_le_cose_da_fare_dell_amministratore(
    azienda: Azienda, amministratore: Utente, invito: Invito, incaricato: Callable[..., Utente]
) -> None:
    InvitoFactory(scade_il=timezone.now() - timedelta(days=1))
    assert list(cose_da_fare(amministratore)) == []
    Invito.objects.filter(pk=invito.pk).update(scade_il=timezone.now() - timedelta(days=1))
    InvitoFactory(azienda=azienda, errore="la posta non risponde")
    (cosa,) = cose_da_fare(amministratore)
    assert cosa.titolo == "2 inviti sono scaduti o non sono partiti"
    assert cosa.url == f"/aziende/{azienda.codice}/persone/?stato=invitate"
    assert list(cose_da_fare(incaricato(Ruolo.DIREZIONE))) == []


def test_il_collegamento_di_chi_lavora_anche_altrove_non_si_consegna(
    azienda: Azienda,
    amministratore: Utente,
    invito: Invito,
    entra: Callable[[Utente], Client],
    settings: Any,
) -> None:
    settings.POSTA_IN_USCITA = False
    IncaricoFactory(utente=invito.utente)
    pagina = entra(amministratore).get(f"/aziende/{azienda.codice}/persone/{invito.utente_id}/")
    assert invito.chiave not in pagina.content.decode()
