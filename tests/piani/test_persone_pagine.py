# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the people and of their incarichi: filters, errors where they belong, costs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from piani.models import Azienda, Incarico, Piano, Ruolo, Utente
from tests.factories import (
    DelegaFactory,
    IncaricoFactory,
    InvitoFactory,
    OrganigrammaFactory,
    PianoFactory,
    UnitaFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def nuova_persona(**altro: str) -> dict[str, str]:
    return {
        "nome": "Ada",
        "cognome": "Prova",
        "email": "ada@example.org",
        "ruolo": "rilevatore",
        "dal": "2026-01-01",
        "spedisci": "on",
    } | altro


def test_dalla_pagina_si_aggiunge_una_persona_e_l_invito_parte(
    azienda: Azienda,
    amministratore: Utente,
    entra: Callable[[Utente], Client],
    django_capture_on_commit_callbacks: Any,
    settings: Any,
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    client = entra(amministratore)
    with django_capture_on_commit_callbacks(execute=True):
        risposta = client.post(f"/aziende/{azienda.codice}/persone/nuova/", nuova_persona())
    ada = Utente.objects.get(username="ada.prova")
    assert risposta.url == f"/aziende/{azienda.codice}/persone/{ada.pk}/"
    pagina = client.get(risposta.url).content.decode()
    assert "Rilevatore (UO certificatrice)" in pagina
    assert "invitata" in pagina


@pytest.mark.parametrize(
    ("campi", "frase"),
    [
        ({"email": "persona0"}, "indirizzo email valido"),
        ({"nome": ""}, "obbligatorio"),
        ({"dal": "ieri"}, "data valida"),
        ({"ruolo": "papa"}, "Scegli un"),
        ({"al": "2025-01-01"}, "finisce prima di cominciare"),
        ({"anno_da": "2022"}, "solo per il Nucleo"),
        ({"registrata": "on"}, "Nessuna persona attiva"),
    ],
)
def test_gli_errori_stanno_al_loro_posto_e_cio_che_si_e_scritto_resta(
    azienda: Azienda,
    amministratore: Utente,
    entra: Callable[[Utente], Client],
    campi: dict[str, str],
    frase: str,
) -> None:
    dati = nuova_persona(**campi)
    risposta = entra(amministratore).post(f"/aziende/{azienda.codice}/persone/nuova/", dati)
    assert risposta.status_code == 200
    assert frase in risposta.content.decode()
    assert 'value="Prova"' in risposta.content.decode()
    assert not Utente.objects.filter(last_name="Prova").exists()


def test_dalla_pagina_si_cambia_e_si_chiude_un_incarico(
    azienda: Azienda, amministratore: Utente, entra: Callable[[Utente], Client]
) -> None:
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG)
    client, base = entra(amministratore), f"/aziende/{azienda.codice}/incarichi/{incarico.pk}/"
    visto = client.get(base).context["form"]["visto"].value()
    dati = {"dal": "2021-02-03", "visto": visto, "unita": "", "al": ""}
    persona = f"/aziende/{azienda.codice}/persone/{incarico.utente_id}/"
    assert client.post(base, dati).url == persona
    incarico.refresh_from_db()
    assert incarico.dal == date(2021, 2, 3)
    assert "Qualcun altro" in client.post(base, dati | {"dal": "2020-01-01"}).content.decode()
    assert client.post(f"{base}chiudi/", {"al": "2026-03-31"}).url == persona
    incarico.refresh_from_db()
    assert incarico.al == date(2026, 3, 31)


def test_l_unita_di_un_organigramma_passato_resta_fra_le_scelte(
    azienda: Azienda, amministratore: Utente, entra: Callable[[Utente], Client]
) -> None:
    vecchio = OrganigrammaFactory(
        azienda=azienda, valido_dal=date(2018, 1, 1), valido_al=date(2019, 12, 31)
    )
    unita = UnitaFactory(organigramma=vecchio, nome="Vecchia unità")
    incarico = IncaricoFactory(azienda=azienda, unita=unita)
    pagina = entra(amministratore).get(f"/aziende/{azienda.codice}/incarichi/{incarico.pk}/")
    assert f'<option value="{unita.pk}" selected>' in pagina.content.decode()


@pytest.mark.parametrize(
    ("filtro", "attesi"),
    [
        ("", {"anna", "bruno", "carla", "dina"}),
        ("q=BRU", {"bruno"}),
        ("q=anna+example", {"anna"}),
        ("ruolo=cug", {"bruno"}),
        ("ruolo=cug&quando=in_vigore", set()),
        ("quando=finiti", {"bruno"}),
        ("quando=futuri", {"carla"}),
        ("stato=disattivate", {"dina"}),
        ("stato=invitate", {"carla"}),
        ("stato=attive", {"anna", "bruno"}),
        ("ruolo=papa", {"anna", "bruno", "carla", "dina"}),
    ],
)
def test_i_filtri_delle_persone(
    azienda: Azienda, entra: Callable[[Utente], Client], filtro: str, attesi: set[str]
) -> None:
    anna = UtenteFactory(username="anna")
    IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE, utente=anna)
    IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG, utente__username="bruno", al=date(2021, 1, 1))
    carla = IncaricoFactory(azienda=azienda, utente__username="carla", dal=date(2090, 1, 1)).utente
    InvitoFactory(azienda=azienda, utente=carla)
    IncaricoFactory(azienda=azienda, utente__username="dina", utente__is_active=False)
    IncaricoFactory(utente__username="altrove")
    risposta = entra(anna).get(f"/aziende/{azienda.codice}/persone/?{filtro}")
    assert {persona.username for persona in risposta.context["pagina"]} == attesi


@pytest.mark.parametrize("quante", [1, 3])
def test_l_elenco_costa_sempre_le_stesse_interrogazioni(
    azienda: Azienda,
    amministratore: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    for _persona in range(quante):
        InvitoFactory(azienda=azienda, utente=IncaricoFactory(azienda=azienda).utente)
    client = entra(amministratore)
    with django_assert_num_queries(9):
        client.get(f"/aziende/{azienda.codice}/persone/")


@pytest.mark.parametrize("quante", [1, 3])
def test_la_pagina_di_una_persona_costa_sempre_le_stesse_interrogazioni(
    azienda: Azienda,
    amministratore: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    incarichi = IncaricoFactory.create_batch(quante, azienda=azienda, utente=amministratore)
    for incarico in incarichi:
        DelegaFactory(incarico=incarico)
    client = entra(amministratore)
    with django_assert_num_queries(11):
        client.get(f"/aziende/{azienda.codice}/persone/{amministratore.pk}/")


def test_dal_menu_si_arriva_alla_propria_azienda(
    azienda: Azienda, amministratore: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(amministratore)
    assert client.get("/persone/").url == f"/aziende/{azienda.codice}/persone/"
    assert client.get("/accessi/").url == f"/aziende/{azienda.codice}/accessi/"
    IncaricoFactory(utente=amministratore, ruolo=Ruolo.AMMINISTRATORE)
    assert client.get("/persone/").context["aziende"]
    assert client.get("/persone/").status_code == 200


@pytest.mark.parametrize(
    ("ruolo", "voci"),
    [
        (Ruolo.AMMINISTRATORE, ["Persone", "Accessi del Nucleo"]),
        (Ruolo.DIREZIONE, ["Accessi del Nucleo"]),
        (Ruolo.NUCLEO, []),
    ],
)
def test_il_menu_e_di_chi_lo_guarda(
    incaricato: Callable[..., Utente],
    entra: Callable[[Utente], Client],
    ruolo: Ruolo,
    voci: list[str],
) -> None:
    menu = [voce.nome for voce in entra(incaricato(ruolo)).get("/").context["testata"].menu]
    assert [nome for nome in menu if nome in ("Persone", "Accessi del Nucleo")] == voci


def test_il_profilo_dice_i_propri_incarichi(
    azienda: Azienda, entra: Callable[[Utente], Client]
) -> None:
    io = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2024, anno_a=2026).utente
    pagina = entra(io).get("/profilo/").content.decode()
    assert "2024–2026" in pagina
    assert "Delega questo incarico" not in pagina


def test_chi_ha_le_unita_del_piano_lo_vede_ancora(azienda: Azienda, amministratore: Utente) -> None:
    piano = PianoFactory(azienda=azienda)
    for ruolo in Ruolo:
        lettore = IncaricoFactory(azienda=azienda, ruolo=ruolo).utente
        assert list(Piano.objects.visibili_a(lettore)) == [piano], ruolo
    assert mail.outbox == []
    assert Incarico.objects.filter(azienda=azienda).count() == len(Ruolo) + 1
