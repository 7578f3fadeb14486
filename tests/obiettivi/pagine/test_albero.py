# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of a plan: its tree, filtered, opened an area at a time; scores in words."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from obiettivi.models import Obiettivo, Raggiungimento
from obiettivi.views import albero as modulo_albero
from obiettivi.voti import percentuale, voto
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
)
from tests.obiettivi.pagine.passi import calcola, codici

pytestmark = pytest.mark.django_db


# The tree ----------------------------------------------------------------------------------------


def test_l_albero_va_dalla_missione_agli_indicatori_con_i_target_come_stampati(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    risposta = entra(controllo).get(piano.get_absolute_url())
    assert codici(risposta) == ["X-1", "X-2", "X-3", "Y-1"]
    pagina = risposta.content.decode()
    for atteso in ("<strong>prova</strong>", "Prevenzione", "Invitare allo screening", "≥ 95%"):
        assert atteso in pagina
    assert "Da calcolare" in pagina
    assert 'class="dubbio">da confermare' in pagina
    assert "2.022" not in pagina


def test_i_punteggi_hanno_cifra_parola_e_segno_dei_dati_dimostrativi(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    risposta = entra(controllo).get(piano.get_absolute_url())
    obiettivo = risposta.context["albero"].aree[0]["obiettivi"][0]
    voti = [misura["voto"] for misura in obiettivo["misure"]]
    assert [(v.cifra, v.parola, v.dimostrativo) for v in voti] == [
        ("100,00", "Raggiunto", True),
        ("10,53", "Sotto 60", True),
        ("–", "Non calcolabile", False),
    ]
    assert "dati dimostrativi" in risposta.content.decode()
    assert "Perché questo punteggio" in risposta.content.decode()


@pytest.mark.parametrize(
    ("filtro", "atteso"),
    [
        ("", ["X-1", "X-2", "X-3", "Y-1"]),
        ("area=A2", ["Y-1"]),
        ("q=screening", ["X-1", "X-2", "X-3"]),
        ("q=x-2", ["X-2"]),
        ("stato=calcolato", ["X-1", "X-2"]),
        ("stato=sotto_60", ["X-2"]),
        ("stato=non_calcolabile", ["X-3", "Y-1"]),
        ("stato=da_confermare", ["Y-1"]),
        ("stato=sotto_60&area=A2", []),
        ("stato=sotto_60&punteggio=consuntivo-2022", ["X-2"]),
    ],
)
def test_l_albero_si_filtra_per_area_testo_e_situazione(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    filtro: str,
    atteso: list[str],
) -> None:
    calcola(piano)
    risposta = entra(controllo).get(f"{piano.get_absolute_url()}?{filtro}")
    assert codici(risposta) == atteso
    assert risposta.context["albero"].quante == len(atteso)
    assert ("Nessun indicatore corrisponde." in risposta.content.decode()) is (atteso == [])


def test_con_htmx_arriva_solo_l_albero(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    risposta = entra(controllo).get(
        f"{piano.get_absolute_url()}?q=screening", headers={"HX-Request": "true"}
    )
    assert codici(risposta) == ["X-1", "X-2", "X-3"]
    assert "<header" not in risposta.content.decode()
    assert "HX-Request" in risposta["Vary"]


def test_tornando_indietro_la_pagina_e_intera(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    intestazioni = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    risposta = entra(controllo).get(piano.get_absolute_url(), headers=intestazioni)
    assert "<header" in risposta.content.decode()


def test_un_albero_grande_arriva_chiuso_e_si_apre_un_area_alla_volta(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(modulo_albero, "TANTE", 2)
    client = entra(controllo)
    intero = client.get(piano.get_absolute_url())
    assert codici(intero) == []
    assert [area["quante"] for area in intero.context["albero"].aree] == [3, 1]
    assert 'href="?area=A1#area-' in intero.content.decode()
    assert codici(client.get(f"{piano.get_absolute_url()}?area=A1")) == ["X-1", "X-2", "X-3"]


def test_gli_obiettivi_operativi_stanno_sotto_il_loro_strategico(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    strategico = Obiettivo.objects.get(codice="A1.1")
    ObiettivoFactory(area=strategico.area, codice="A1.9", ordine=strategico.ordine + 50)
    ObiettivoFactory(
        area=strategico.area, codice="A1.1.1", ordine=strategico.ordine + 90, parent=strategico
    )
    risposta = entra(controllo).get(piano.get_absolute_url())
    righe = [(o["codice"], o["livello"]) for o in risposta.context["albero"].aree[0]["obiettivi"]]
    assert righe == [("A1.1", 0), ("A1.1.1", 1), ("A1.9", 0)]


@pytest.mark.parametrize("quante", [1, 3])
def test_la_pagina_del_piano_costa_sempre_le_stesse_interrogazioni(
    azienda: Azienda,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    piano = PianoFactory(azienda=azienda)
    EdizioneFactory(azienda=azienda)
    for _una in range(quante):
        area = AreaFactory(piano=piano)
        for obiettivo in ObiettivoFactory.create_batch(quante, area=area):
            for misura in MisuraFactory.create_batch(quante, obiettivo=obiettivo):
                TargetFactory(misura=misura)
                RilevazioneFactory(indicatore=misura.indicatore)
    calcola(piano)
    client = entra(controllo)
    with django_assert_num_queries(21):
        client.get(piano.get_absolute_url())


def test_i_bottoni_si_vedono_solo_se_si_possono_usare(
    piano: Piano, azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    assert "/calcola/" in entra(controllo).get(piano.get_absolute_url()).content.decode()
    lettore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente
    pagina = entra(lettore).get(piano.get_absolute_url()).content.decode()
    assert "/calcola/" not in pagina
    assert "/pubblica/" not in pagina


def test_che_cosa_manca_elenca_una_cosa_alla_volta(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    MisuraFactory(
        obiettivo=Obiettivo.objects.get(codice="A1.1"),
        indicatore=IndicatoreFactory(azienda=piano.azienda, codice="Z-9"),
    )
    pagina = entra(controllo).get(f"/piani/{piano.slug}/che-cosa-manca/").content.decode()
    assert "L&#x27;indicatore Z-9 non ha target." in pagina


# Scores in words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stato", "punteggio", "atteso"),
    [
        ("C", Decimal(100), ("100,00", "Raggiunto", "verde")),
        ("C", Decimal("99.99999999"), ("99,99", "In parte", "giallo")),
        ("C", Decimal(60), ("60,00", "In parte", "giallo")),
        ("C", Decimal("59.99"), ("59,99", "Sotto 60", "rosso")),
        ("N", None, ("–", "Non calcolabile", "senza")),
        ("E", None, ("–", "Escluso", "escluso")),
    ],
)
def test_il_semaforo_ha_sempre_una_parola(
    stato: str, punteggio: Decimal | None, atteso: tuple[str, str, str]
) -> None:
    suo = voto(Raggiungimento.Stato(stato), punteggio)
    assert (suo.cifra, suo.parola, suo.colore) == atteso


@pytest.mark.parametrize(
    ("quota", "atteso"),
    [("100", "100%"), ("99.9999", "99,9%"), ("31.45", "31,5%"), ("80", "80%"), ("0", "0%")],
)
def test_una_copertura_incompleta_non_sembra_intera(quota: str, atteso: str) -> None:
    assert percentuale(Decimal(quota)) == atteso
