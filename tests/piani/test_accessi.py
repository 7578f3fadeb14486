# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Nucleo opens is written down, shown to who governs, and thrown away in time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from piani import azioni, tasks
from piani.models import Accesso, Azienda, Evento, Ruolo, Utente
from tests.factories import AziendaFactory, DelegaFactory, IncaricoFactory, PianoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def nucleo(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.NUCLEO)


def segnati() -> list[tuple[str, int]]:
    return list(Accesso.objects.order_by("pk").values_list("indirizzo", "esito"))


def test_ogni_pagina_che_il_nucleo_apre_e_segnata_una_volta(
    azienda: Azienda, nucleo: Utente, entra: Callable[[Utente], Client]
) -> None:
    piano = PianoFactory(azienda=azienda)
    client = entra(nucleo)
    client.get("/")
    client.get(f"/piani/{piano.slug}/?q=salute")
    client.get("/piani/non-c-e/")
    client.head("/piani/")
    client.post(f"/piani/{piano.slug}/pubblica/")
    assert segnati() == [
        ("/", 200),
        (f"/piani/{piano.slug}/?q=salute", 200),
        ("/piani/non-c-e/", 404),
    ]
    assert {(a.utente, a.azienda) for a in Accesso.objects.all()} == {(nucleo, azienda)}


@pytest.mark.parametrize("ruolo", [r for r in Ruolo if r != Ruolo.NUCLEO])
def test_degli_altri_non_si_segna_niente(
    incaricato: Callable[..., Utente], entra: Callable[[Utente], Client], ruolo: Ruolo
) -> None:
    entra(incaricato(ruolo)).get("/")
    assert segnati() == []


def test_nemmeno_di_chi_ha_anche_un_altro_incarico_o_di_chi_non_entra(
    azienda: Azienda, nucleo: Utente, client: Client
) -> None:
    client.get("/")
    IncaricoFactory(utente=nucleo)
    client.force_login(nucleo)
    client.get("/")
    assert segnati() == []


def test_finito_l_altro_incarico_si_segna(
    azienda: Azienda, nucleo: Utente, entra: Callable[[Utente], Client]
) -> None:
    IncaricoFactory(utente=nucleo, al=timezone.localdate() - timedelta(days=1))
    entra(nucleo).get("/")
    assert segnati() == [("/", 200)]


def test_cio_che_non_si_puo_segnare_non_si_mostra(
    nucleo: Utente, entra: Callable[[Utente], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def guasto(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError("il registro non si scrive")

    monkeypatch.setattr(Accesso.objects, "create", guasto)
    client = entra(nucleo)
    client.raise_request_exception = False
    risposta = client.get("/piani/")
    assert risposta.status_code == 500
    assert "Piani" not in risposta.content.decode()


def test_un_indirizzo_lunghissimo_si_segna_fin_dove_ci_sta(
    nucleo: Utente, entra: Callable[[Utente], Client]
) -> None:
    entra(nucleo).get("/piani/", {"q": "x" * 900})
    assert len(Accesso.objects.get().indirizzo) == 500


def test_chi_valuta_due_aziende_si_segna_in_quella_giusta(
    azienda: Azienda, nucleo: Utente, entra: Callable[[Utente], Client]
) -> None:
    altra = AziendaFactory()
    IncaricoFactory(utente=nucleo, azienda=altra, ruolo=Ruolo.NUCLEO)
    piano = PianoFactory(azienda=altra)
    client = entra(nucleo)
    client.get(f"/aziende/{azienda.codice}/organigramma/")
    client.get(f"/piani/{piano.slug}/")
    client.get("/piani/")
    assert [a.azienda for a in Accesso.objects.order_by("pk")] == [azienda, altra, None]
    assert [a.indirizzo for a in Accesso.objects.di(azienda)] == [
        "/piani/",
        f"/aziende/{azienda.codice}/organigramma/",
    ]
    assert [a.indirizzo for a in Accesso.objects.di(altra)] == ["/piani/", f"/piani/{piano.slug}/"]
    assert list(Accesso.objects.di(AziendaFactory())) == []


def test_si_segna_anche_un_file(
    azienda: Azienda, nucleo: Utente, entra: Callable[[Utente], Client]
) -> None:
    entra(nucleo).get("/simulatore/esito.csv")
    assert segnati() == [("/simulatore/esito.csv", 405)]


# The page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ruolo", [Ruolo.AMMINISTRATORE, Ruolo.DIREZIONE])
def test_chi_governa_li_consulta_con_i_filtri(
    azienda: Azienda,
    nucleo: Utente,
    incaricato: Callable[..., Utente],
    entra: Callable[[Utente], Client],
    ruolo: Ruolo,
) -> None:
    altro = incaricato(Ruolo.NUCLEO)
    for chi, indirizzo in [(nucleo, "/piani/"), (altro, "/piani/uno/"), (nucleo, "/piani/due/")]:
        azioni.segna_accesso(chi, indirizzo=indirizzo, parti={}, esito=200)
    azioni.segna_accesso(
        IncaricoFactory(ruolo=Ruolo.NUCLEO).utente, indirizzo="/altrui/", parti={}, esito=200
    )
    client, pagina = entra(incaricato(ruolo)), f"/aziende/{azienda.codice}/accessi/"

    def mostrati(filtro: str) -> list[str]:
        return [a.indirizzo for a in client.get(f"{pagina}?{filtro}").context["pagina"]]

    assert mostrati("") == ["/piani/due/", "/piani/uno/", "/piani/"]
    assert mostrati(f"chi={altro.pk}") == ["/piani/uno/"]
    assert mostrati("q=DUE") == ["/piani/due/"]
    assert mostrati("dal=2090-01-01") == []
    assert len(mostrati("al=2090-01-01")) == 3
    assert len(mostrati("chi=non-un-numero")) == 3


def test_il_csv_ha_le_stesse_righe_della_pagina_e_nessuna_formula(
    azienda: Azienda,
    nucleo: Utente,
    incaricato: Callable[..., Utente],
    entra: Callable[[Utente], Client],
) -> None:
    nucleo.last_name = "=1+1"
    nucleo.first_name = ""
    nucleo.save()
    for indirizzo in ("/piani/", "/piani/uno/"):
        azioni.segna_accesso(nucleo, indirizzo=indirizzo, parti={}, esito=200)
    client = entra(incaricato(Ruolo.DIREZIONE))
    risposta = client.get(f"/aziende/{azienda.codice}/accessi.csv?q=uno")
    assert risposta.headers["Content-Disposition"].startswith("attachment")
    testo = b"".join(risposta.streaming_content).decode("utf-8-sig")
    testata, riga = testo.splitlines()
    assert testata == "quando;persona;nome utente;indirizzo;risposta"
    assert riga.split(";")[1:] == ["'=1+1", nucleo.username, "/piani/uno/", "200"]


@pytest.mark.parametrize("quanti", [1, 3])
def test_l_elenco_costa_sempre_le_stesse_interrogazioni(
    azienda: Azienda,
    incaricato: Callable[..., Utente],
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quanti: int,
) -> None:
    for _uno in range(quanti):
        azioni.segna_accesso(incaricato(Ruolo.NUCLEO), indirizzo="/", parti={}, esito=200)
    client = entra(incaricato(Ruolo.DIREZIONE))
    with django_assert_num_queries(8):
        client.get(f"/aziende/{azienda.codice}/accessi/")


# Retention ---------------------------------------------------------------------------------------


def test_gli_accessi_vecchi_si_cancellano_e_ne_resta_traccia(
    azienda: Azienda, nucleo: Utente, settings: Any
) -> None:
    settings.ACCESSI_MESI = 12
    for giorni in (10, 364, 366, 900):
        accesso = azioni.segna_accesso(nucleo, indirizzo=f"/{giorni}/", parti={}, esito=200)
        quando = timezone.now() - timedelta(days=giorni)
        Accesso.objects.filter(pk=accesso.pk).update(quando=quando)
    assert tasks.cancella_accessi() == 2
    assert sorted(indirizzo for indirizzo, _esito in segnati()) == ["/10/", "/364/"]
    evento = Evento.objects.get()
    assert (evento.tipo, evento.azienda, evento.da) == ("accesso.cancellati", azienda, None)
    assert evento.dati["quanti"] == 2
    assert tasks.cancella_accessi() == 0
    assert Evento.objects.count() == 1


def test_chi_agisce_per_un_altro_non_e_il_nucleo(
    azienda: Azienda, nucleo: Utente, entra: Callable[[Utente], Client]
) -> None:
    """A delega older than the incarico in the Nucleo: what is done with it has its own trail."""
    delega = DelegaFactory(delegato=nucleo, incarico__azienda=azienda)
    client = entra(nucleo)
    client.post("/profilo/agisci/", {"delega": delega.pk})
    client.get("/")
    assert segnati() == []
