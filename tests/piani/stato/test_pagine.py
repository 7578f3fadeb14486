# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of the steps, and the step that each one finds among the things to do."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from piani import azioni
from piani.bacheca import cose_da_fare
from piani.models import Azienda, Piano, Utente
from tests.factories import SezioneFactory, piano_pronto
from tests.piani.stato.passi import ATTO, valida, validato

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def test_la_pagina_dice_il_prossimo_passo_chi_lo_fa_e_che_cosa_lo_ferma(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    SezioneFactory(piano=piano, titolo="Mandato", testo="")
    client = entra(controllo)
    pagina = client.get(reverse("stato_piano", args=[piano.slug])).content.decode()
    for atteso in (
        "Il prossimo passo: Invia al Nucleo di valutazione",
        "1 cosa ferma il passo",
        "La sezione «Mandato» è vuota.",
        "31 gennaio 2022",
    ):
        assert atteso in pagina
    assert reverse("sezione_modifica", args=[piano.sezioni.get(titolo="Mandato").pk]) in pagina
    assert f'action="{reverse("invia", args=[piano.slug])}"' not in pagina


def test_il_modulo_rifiutato_torna_con_cio_che_c_era_scritto(
    piano: Piano, direzione: Utente, entra: Callable[[Utente], Client]
) -> None:
    validato(piano)
    risposta = entra(direzione).post(
        reverse("adotta", args=[piano.slug]),
        ATTO | {"atto_data": "31/03/2022", "atto_numero": "77/2022"},
    )
    pagina = risposta.content.decode()
    assert risposta.status_code == 200
    assert "scrivi il motivo" in pagina
    assert 'value="77/2022"' in pagina


def test_chi_arriva_secondo_dalla_pagina_legge_la_frase_e_non_il_modulo(
    piano: Piano, controllo: Utente, direzione: Utente, entra: Callable[[Utente], Client]
) -> None:
    validato(piano)
    azioni.adotta(piano, **ATTO, da=controllo)
    risposta = entra(direzione).post(reverse("adotta", args=[piano.slug]), ATTO, follow=True)
    assert f"Il piano è già «Adottato»: lo ha fatto {controllo}" in risposta.content.decode()


@pytest.mark.parametrize("quante", [1, 3])
def test_la_pagina_dello_stato_costa_sempre_le_stesse_interrogazioni(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    for _volta in range(quante):
        SezioneFactory(piano=piano, testo="")
        azioni.invia(piano_pronto(piano.azienda), da=None)
        azioni.modifica_piano(piano, titolo=f"Titolo {quante} {_volta}", nota="", da=controllo)
    client = entra(controllo)
    with django_assert_num_queries(26):
        client.get(reverse("stato_piano", args=[piano.slug]))


def test_ognuno_trova_fra_le_cose_da_fare_il_passo_che_gli_tocca(
    piano: Piano, controllo: Utente, nucleo: Utente, direzione: Utente
) -> None:
    def titoli(utente: Utente) -> list[tuple[str, date | None]]:
        return [(cosa.titolo, cosa.scadenza) for cosa in cose_da_fare(utente)]

    termine = date(2022, 1, 31)
    invia, valida_, adotta = (
        (f"{passo}: «{piano}»", termine)
        for passo in ("Invia al Nucleo di valutazione", "Valida il piano", "Adotta il piano")
    )
    assert (titoli(controllo), titoli(nucleo), titoli(direzione)) == ([invia], [], [])
    azioni.invia(piano, da=None)
    assert (titoli(controllo), titoli(nucleo), titoli(direzione)) == ([], [valida_], [])
    valida(piano, nucleo, esito="non_validato", motivazione="Manca l'impatto.")
    assert [cosa.testo for cosa in cose_da_fare(controllo)] == [
        "Il Nucleo non l'ha validato: Manca l'impatto."
    ]
    azioni.invia(piano, da=None)
    valida(piano, nucleo)
    assert (titoli(controllo), titoli(nucleo), titoli(direzione)) == ([adotta], [], [adotta])


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_cose_da_fare_costano_lo_stesso_con_piu_piani(
    azienda: Azienda, controllo: Utente, quanti: int, django_assert_num_queries: Any
) -> None:
    for _volta in range(quanti):
        piano_pronto(azienda)
    with django_assert_num_queries(8):
        assert len(list(cose_da_fare(controllo))) == quanti
