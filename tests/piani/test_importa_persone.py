# SPDX-License-Identifier: AGPL-3.0-or-later
"""People from a sheet: every wrong cell named, and all or nothing."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from piani import azioni
from piani.importa_persone import COLONNE, RigaPersona, controllate
from piani.models import Azienda, Evento, Importazione, Incarico, Invito, Ruolo, Utente
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory, UtenteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
TESTA = "nome;cognome;email;ruolo;unita;dal;al\n"
BUONE = TESTA + (
    "Ada;Prova;ada@example.org;responsabile_cdr;CHIR;01/01/2026;\n"
    "Ada;Prova;ada@example.org;Rilevatore (UO certificatrice);chirurgia;2026-01-01;31/12/2026\n"
    "Bea;Finta;bea@example.org;CUG;;01/02/2026;\n"
)


@pytest.fixture
def chirurgia(azienda: Azienda) -> Any:
    organigramma = OrganigrammaFactory(azienda=azienda)
    return UnitaFactory(organigramma=organigramma, codice="CHIR", nome="Chirurgia")


def leggi(foglio: str) -> list[RigaPersona]:
    """The rows of a sheet written in the test, checked."""
    lettore = csv.DictReader(StringIO(foglio), delimiter=";")
    righe = [
        RigaPersona(numero, {nome: riga[nome] or "" for nome in COLONNE})
        for numero, riga in enumerate(lettore, 2)
    ]
    return controllate(righe)


def errori(righe: list[RigaPersona]) -> list[dict[str, str]]:
    return [riga.errori for riga in righe]


def test_si_leggono_ruoli_e_date_come_li_scrivono_le_persone() -> None:
    righe = leggi(BUONE)
    assert errori(righe) == [{}, {}, {}]
    assert [(r.numero, r.ruolo, r.dal, r.al) for r in righe] == [
        (2, "responsabile_cdr", date(2026, 1, 1), None),
        (3, "rilevatore", date(2026, 1, 1), date(2026, 12, 31)),
        (4, "cug", date(2026, 2, 1), None),
    ]


@pytest.mark.parametrize(
    ("riga", "colonne"),
    [
        (";;;;;;x", {"nome", "cognome", "email", "ruolo", "dal", "al"}),
        ("A;B;non posta;cug;;01/01/2026;", {"email"}),
        ("A;B;a@example.org;papa;;01/01/2026;", {"ruolo"}),
        ("A;B;a@example.org;cug;;32/01/2026;", {"dal"}),
        ("A;B;a@example.org;cug;;01/02/2026;01/01/2026", {"al"}),
        (f"{'A' * 151};B;a@example.org;cug;;01/01/2026;", {"nome"}),
        ("A;B;a@example.org;cug", {"dal"}),
    ],
)
def test_ogni_cella_sbagliata_ha_il_suo_errore(riga: str, colonne: set[str]) -> None:
    (letta,) = leggi(f"{TESTA}{riga}\n")
    assert set(letta.errori) == colonne


def test_le_righe_della_stessa_persona_si_confrontano() -> None:
    righe = leggi(
        TESTA + "Ada;Prova;a@example.org;cug;;01/01/2026;\n"
        "Ada;Altra;A@example.org;rilevatore;;01/01/2026;\n"
        "ada;prova;a@example.org;CUG;;01/01/2026;\n"
    )
    assert errori(righe) == [
        {},
        {"cognome": "Alla riga 2 la stessa posta ha un altro nome."},
        {"email": "È già alla riga 2."},
    ]


def test_si_scrivono_persone_incarichi_e_inviti(
    azienda: Azienda, amministratore: Utente, chirurgia: Any
) -> None:
    esito = azioni.importa_persone(azienda, leggi(BUONE), spedisci=True, da=amministratore)
    assert (esito.persone, esito.incarichi) == (2, 3)
    ada = Utente.objects.get(username="ada.prova")
    assert [(i.ruolo, i.unita) for i in ada.incarichi.order_by("ruolo")] == [
        ("responsabile_cdr", chirurgia),
        ("rilevatore", chirurgia),
    ]
    assert Invito.objects.count() == 2
    tipi = list(Evento.objects.order_by("pk").values_list("tipo", flat=True))
    assert tipi.count("utente.creato") == 2
    assert tipi.count("incarico.assegnato") == 3
    assert tipi[-1] == "persone.importate"
    assert set(Evento.objects.values_list("da", flat=True)) == {amministratore.pk}


def test_una_cella_sbagliata_e_non_si_scrive_niente(
    azienda: Azienda, amministratore: Utente
) -> None:
    quante = Utente.objects.count()
    righe = leggi(BUONE)  # the unit is of no chart
    with pytest.raises(ValidationError, match="righe 2, 3"):
        azioni.importa_persone(azienda, righe, spedisci=True, da=amministratore)
    assert [set(riga.errori) for riga in righe] == [{"unita"}, {"unita"}, set()]
    assert (Utente.objects.count(), Evento.objects.count()) == (quante, 0)


def test_cio_che_solo_la_banca_dati_rifiuta_disfa_tutto(
    azienda: Azienda, amministratore: Utente
) -> None:
    foglio = TESTA + (
        "Ada;Prova;ada@example.org;cug;;01/01/2026;30/06/2026\n"
        "Ada;Prova;ada@example.org;cug;;01/06/2026;\n"
    )
    with pytest.raises(ValidationError, match="Riga 3: La persona ha già questo incarico"):
        azioni.importa_persone(azienda, leggi(foglio), spedisci=True, da=amministratore)
    assert not Utente.objects.filter(email="ada@example.org").exists()
    assert Evento.objects.count() == 0


def test_chi_c_e_gia_si_confronta_con_il_foglio(azienda: Azienda, amministratore: Utente) -> None:
    IncaricoFactory(
        azienda=azienda,
        ruolo=Ruolo.CUG,
        utente=UtenteFactory(email="Ada@example.org", last_name="Prova"),
    )
    UtenteFactory(email="bea@example.org", last_name="Diversa")
    UtenteFactory(email="carla@example.org", last_name="Spenta", is_active=False)
    righe = leggi(
        TESTA + "Ada;Prova;ada@example.org;cug;;01/01/2026;\n"
        "Ada;Prova;ada@example.org;rilevatore;;01/01/2026;\n"
        "Bea;Finta;bea@example.org;cug;;01/01/2026;\n"
        "Carla;Spenta;carla@example.org;cug;;01/01/2026;\n"
    )
    azioni.prova_importazione(azienda, righe, da=amministratore)
    assert [set(riga.errori) for riga in righe] == [{"dal"}, set(), {"cognome"}, {"email"}]


def test_a_chi_c_e_gia_si_aggiunge_solo_l_incarico(
    azienda: Azienda, amministratore: Utente
) -> None:
    ada = UtenteFactory(email="ada@example.org", last_name="Prova")
    foglio = TESTA + "Ada;Prova;ada@example.org;cug;;01/01/2026;\n"
    esito = azioni.importa_persone(azienda, leggi(foglio), spedisci=True, da=amministratore)
    assert (esito.persone, esito.incarichi) == (0, 1)
    assert Incarico.objects.get(utente=ada).azienda == azienda
    assert Invito.objects.count() == 0


@pytest.mark.parametrize("quante", [1, 3])
def test_l_anteprima_costa_sempre_le_stesse_interrogazioni(
    azienda: Azienda, amministratore: Utente, django_assert_num_queries: Any, quante: int
) -> None:
    for n in range(quante):
        IncaricoFactory(azienda=azienda, utente=UtenteFactory(email=f"p{n}@example.org"))
    foglio = TESTA + "".join(
        f"P;Inventata;p{n}@example.org;cug;;01/01/2026;\n" for n in range(quante)
    )
    righe = leggi(foglio)
    with django_assert_num_queries(4):
        azioni.prova_importazione(azienda, righe, da=amministratore)


# Pages -------------------------------------------------------------------------------------------


def test_la_pagina_di_sempre_porta_il_foglio_fra_le_importazioni(
    azienda: Azienda, amministratore: Utente, entra: Callable[[Utente], Client]
) -> None:
    client, indirizzo = entra(amministratore), f"/aziende/{azienda.codice}/persone/importa/"
    assert "Persone e incarichi" in client.get(indirizzo).content.decode()
    file = SimpleUploadedFile("persone.csv", BUONE.encode())
    risposta = client.post(indirizzo, {"file": file, "spedisci": "on"})
    nuova = Importazione.objects.get()
    assert risposta.url == nuova.get_absolute_url()
    assert (nuova.genere, nuova.ambito) == ("persone", {"spedisci": True})
    assert not Utente.objects.filter(username="ada.prova").exists()
