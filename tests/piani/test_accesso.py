# SPDX-License-Identifier: AGPL-3.0-or-later
"""Getting in: password, its reset, limits, second factor, and what stands before the pages."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from piani.controlli import ruoli_del_secondo_fattore
from piani.models import Azienda, Evento, Utente
from tests.factories import PASSWORD, UtenteFactory

pytestmark = pytest.mark.django_db
SEGRETO = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NUOVA = "un'altra-frase-di-prova"


@pytest.fixture(autouse=True)
def _limiti_da_capo() -> Iterator[None]:
    """The limits count in the cache: each test begins with its own."""
    cache.clear()
    yield
    cache.clear()


def entra(client: Client, nome: str, password: str = PASSWORD, **altro: Any) -> Any:
    return client.post("/accedi/", {"login": nome, "password": password, **altro})


def codice_totp(segreto: str = SEGRETO) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(segreto, next(yield_hotp_counters_from_time())))


# Password ----------------------------------------------------------------------------------------


def test_si_entra_con_la_password_e_si_torna_dove_si_voleva(
    client: Client, controllo: Utente
) -> None:
    assert client.get("/piani/").url == "/accedi/?next=/piani/"
    assert entra(client, controllo.username, next="/piani/").url == "/piani/"


def test_si_entra_anche_con_la_posta_comunque_sia_scritta(
    client: Client, controllo: Utente
) -> None:
    assert entra(client, controllo.email.upper()).url == "/"


def test_non_si_torna_su_un_altro_sito(client: Client, controllo: Utente) -> None:
    assert entra(client, controllo.username, next="https://altrove.example.org/").url == "/"


@pytest.mark.parametrize("chi", ["persona0", "nessuno", "nessuno@example.org"])
def test_una_password_sbagliata_lo_dice_in_italiano_e_non_dice_se_la_persona_c_e(
    client: Client, controllo: Utente, chi: str
) -> None:
    risposta = entra(client, controllo.username if chi == "persona0" else chi, "sbagliata")
    assert risposta.status_code == 200
    assert "alert-danger" in risposta.content.decode()
    assert "non sono corretti" in risposta.content.decode()


def test_dopo_cinque_password_sbagliate_non_vale_nemmeno_quella_giusta(
    client: Client, controllo: Utente
) -> None:
    for _tentativo in range(5):
        entra(client, controllo.username, "sbagliata")
    risposta = entra(client, controllo.username)
    assert risposta.status_code == 200
    assert "Troppi tentativi" in risposta.content.decode()
    assert "_auth_user_id" not in client.session


def test_troppe_richieste_dallo_stesso_posto_si_fermano_con_una_pagina(
    client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}
    esiti = [entra(client, f"nessuno{n}", "no") for n in range(4)]
    assert [uno.status_code for uno in esiti] == [200, 200, 200, 429]
    assert "Troppi tentativi" in esiti[-1].content.decode()


def test_i_limiti_reggono_anche_con_la_cache_del_modo_incorporato(
    client: Client, controllo: Utente, settings: Any, tmp_path: Path
) -> None:
    su_disco = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": su_disco, "LOCATION": tmp_path / "cache"}}
    cache.clear()
    for _tentativo in range(5):
        entra(client, controllo.username, "sbagliata")
    assert "Troppi tentativi" in entra(client, controllo.username).content.decode()


def test_chi_e_disattivato_non_entra(client: Client, controllo: Utente) -> None:
    controllo.is_active = False
    controllo.save(update_fields=["is_active"])
    entra(client, controllo.username)
    assert "_auth_user_id" not in client.session


def test_si_esce_solo_con_un_bottone(controllo: Utente, entra: Callable[[Utente], Client]) -> None:
    client = entra(controllo)
    assert client.get("/esci/").status_code == 405
    assert client.post("/esci/").url == "/"
    assert "_auth_user_id" not in client.session


def test_nessuno_si_registra_da_solo(client: Client) -> None:
    for indirizzo in ("/signup/", "/accedi/signup/", "/registrati/"):
        assert client.get(indirizzo).status_code == 404
    assert "ci si registra" in client.get("/accedi/").content.decode()


def test_la_gestione_non_ha_un_accesso_suo(client: Client, db: None) -> None:
    risposta = client.get("/gestione/login/?next=/gestione/")
    assert risposta.url == "/accedi/?next=%2Fgestione%2F"
    assert client.get("/gestione/").url.startswith("/gestione/login/")


def test_si_cambia_la_password_e_resta_traccia(
    controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(controllo)
    dati = {"oldpassword": PASSWORD, "password1": NUOVA, "password2": NUOVA}
    assert client.post("/password/", dati).url == "/"
    controllo.refresh_from_db()
    assert controllo.check_password(NUOVA)
    assert Evento.objects.get().tipo == "utente.password"
    (messaggio,) = mail.outbox
    assert messaggio.to == [controllo.email]
    assert "rifai subito la password" in messaggio.body


@pytest.mark.parametrize("scarsa", ["corta", "123456789012345", "password1234"])
def test_la_password_nuova_deve_essere_buona(
    controllo: Utente, entra: Callable[[Utente], Client], scarsa: str
) -> None:
    dati = {"oldpassword": PASSWORD, "password1": scarsa, "password2": scarsa}
    assert "errore" in entra(controllo).post("/password/", dati).content.decode()
    controllo.refresh_from_db()
    assert controllo.check_password(PASSWORD)


def test_la_password_dimenticata_si_rifa_con_la_posta(client: Client, controllo: Utente) -> None:
    client.post("/password/dimenticata/", {"email": controllo.email})
    (messaggio,) = mail.outbox
    assert messaggio.subject == "Albero: scegli una nuova password"
    indirizzo = re.search(r"http://testserver(/password/nuova/\S+)", messaggio.body)
    assert indirizzo is not None
    pagina = client.get(indirizzo[1], follow=True)
    assert "Scegli la password" in pagina.content.decode()
    dati = {"password1": NUOVA, "password2": NUOVA}
    assert client.post(pagina.redirect_chain[-1][0], dati).url == "/password/rifatta/"
    assert client.login(username=controllo.username, password=NUOVA)
    assert "non più valido" in Client().get(indirizzo[1]).content.decode()


def test_la_posta_non_rivela_chi_e_registrato(client: Client, controllo: Utente) -> None:
    risposta = client.post("/password/dimenticata/", {"email": "nessuno@example.org"})
    assert risposta.url == "/password/richiesta/"
    assert mail.outbox == []


def test_chi_aspetta_l_invito_non_entra_rifacendo_la_password(client: Client) -> None:
    invitata = UtenteFactory()
    invitata.set_unusable_password()
    invitata.save()
    client.post("/password/dimenticata/", {"email": invitata.email})
    assert mail.outbox == []


# Second factor -----------------------------------------------------------------------------------


@pytest.fixture
def con_app(controllo: Utente) -> Utente:
    TOTP.activate(controllo, SEGRETO)
    RecoveryCodes.activate(controllo)
    return controllo


def test_chi_ha_l_app_entra_con_password_e_codice(client: Client, con_app: Utente) -> None:
    assert entra(client, con_app.username, next="/piani/").url == "/accedi/verifica/"
    assert "_auth_user_id" not in client.session
    assert client.get("/piani/").url == "/accedi/?next=/piani/"
    pagina = client.get("/accedi/verifica/").content.decode()
    assert "Conferma con il secondo fattore" in pagina
    assert client.post("/accedi/verifica/", {"code": codice_totp()}).url == "/piani/"
    assert client.get("/piani/").status_code == 200


def test_un_codice_sbagliato_non_fa_entrare(client: Client, con_app: Utente) -> None:
    entra(client, con_app.username)
    assert client.post("/accedi/verifica/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_un_codice_di_recupero_vale_una_volta(client: Client, con_app: Utente) -> None:
    riga = Authenticator.objects.get(user=con_app, type=Authenticator.Type.RECOVERY_CODES)
    codice = riga.wrap().get_unused_codes()[0]
    entra(client, con_app.username)
    assert client.post("/accedi/verifica/", {"code": codice}).url == "/"
    client.post("/esci/")
    entra(client, con_app.username)
    assert client.post("/accedi/verifica/", {"code": codice}).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)  # the message leaves on commit, within the request
def test_per_toccare_il_secondo_fattore_si_conferma_la_password(
    controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(controllo)
    assert client.get("/secondo-fattore/app/").url.startswith("/conferma/")
    conferma = client.post("/conferma/?next=/secondo-fattore/app/", {"password": PASSWORD})
    assert conferma.url == "/secondo-fattore/app/"
    pagina = client.get("/secondo-fattore/app/")
    assert "data:image/svg" in pagina.content.decode()
    codice = codice_totp(pagina.context["form"].secret)
    risposta = client.post("/secondo-fattore/app/", {"code": codice})
    assert risposta.url == "/secondo-fattore/codici/"
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert {messaggio.to[0] for messaggio in mail.outbox} == {controllo.email}
    assert len(client.get("/secondo-fattore/codici/").context["unused_codes"]) == 10
    assert "codici" in client.get("/secondo-fattore/").content.decode()


def test_la_posta_che_non_risponde_non_ferma_le_pagine(
    client: Client, controllo: Utente, settings: Any, caplog: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    risposta = client.post("/password/dimenticata/", {"email": controllo.email})
    assert risposta.url == "/password/richiesta/"
    assert "non spedito" in caplog.text


def test_l_amministratore_attiva_il_secondo_fattore_prima_di_tutto(
    amministratore: Utente, entra: Callable[[Utente], Client], settings: Any
) -> None:
    settings.SECONDO_FATTORE_PER = ["amministratore"]
    client = entra(amministratore)
    for indirizzo in ("/", "/piani/", "/persone/", "/profilo/"):
        assert client.get(indirizzo).url == "/secondo-fattore/", indirizzo
    for indirizzo in ("/secondo-fattore/", "/password/", "/privacy/", "/status"):
        assert client.get(indirizzo).status_code == 200, indirizzo
    TOTP.activate(amministratore, SEGRETO)
    assert client.get("/piani/").status_code == 200


def test_senza_l_impostazione_il_secondo_fattore_si_sceglie(
    amministratore: Utente, entra: Callable[[Utente], Client], settings: Any
) -> None:
    settings.SECONDO_FATTORE_PER = []
    assert entra(amministratore).get("/piani/").status_code == 200


def test_gli_altri_incarichi_non_sono_obbligati(
    controllo: Utente, entra: Callable[[Utente], Client], settings: Any
) -> None:
    settings.SECONDO_FATTORE_PER = ["amministratore"]
    assert entra(controllo).get("/piani/").status_code == 200


def test_anche_il_conto_di_emergenza_e_obbligato(
    entra: Callable[[Utente], Client], settings: Any
) -> None:
    settings.SECONDO_FATTORE_PER = ["amministratore"]
    client = entra(UtenteFactory(is_superuser=True, is_staff=True))
    assert client.get("/gestione/").url == "/secondo-fattore/"


def test_i_codici_di_recupero_da_soli_non_bastano(
    amministratore: Utente, entra: Callable[[Utente], Client], settings: Any
) -> None:
    settings.SECONDO_FATTORE_PER = ["amministratore"]
    RecoveryCodes.activate(amministratore)
    assert entra(amministratore).get("/piani/").url == "/secondo-fattore/"


# Pages -------------------------------------------------------------------------------------------


def test_le_pagine_pubbliche_non_dipendono_dalla_sessione(client: Client, azienda: Azienda) -> None:
    risposta = client.get("/amministrazione-trasparente/")
    assert risposta.status_code == 200
    assert not client.cookies


def test_le_pagine_di_accesso_tengono_la_politica_dei_contenuti(client: Client, db: None) -> None:
    politica = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    assert "unsafe" not in politica
    assert "form-action 'self';" in f"{politica};"


def test_un_ruolo_scritto_male_ferma_l_avvio(settings: Any) -> None:
    settings.SECONDO_FATTORE_PER = ["amministratore", "nessuno"]
    assert ruoli_del_secondo_fattore() == []
    settings.SECONDO_FATTORE_PER = ["amministratori"]
    (errore,) = ruoli_del_secondo_fattore()
    assert "«amministratori»" in errore.msg
