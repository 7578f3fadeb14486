# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calendar of a person: what is in it, who can read it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from obiettivi.models import Finestra, Proroga
from piani import azioni
from piani.models import Azienda, Fase, Piano, Utente
from piani.scadenze import calendario
from tests.factories import (
    FinestraFactory,
    IncaricoFactory,
    OrganigrammaFactory,
    PianoFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def finestra(azienda: Azienda) -> Finestra:
    return FinestraFactory(
        azienda=azienda, anno=2030, apre=date(2030, 4, 1), scade=date(2030, 4, 20)
    )


def indirizzo(persona: Utente) -> str:
    return reverse("calendario", args=[azioni.preferenze_di(persona).chiave_calendario])


def eventi(client: Client, persona: Utente) -> list[Any]:
    risposta = client.get(indirizzo(persona))
    assert risposta["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(risposta.content).walk("VEVENT")


def test_il_calendario_ha_le_finestre_e_le_proroghe(
    finestra: Finestra, controllo: Utente, client: Client
) -> None:
    unita = UnitaFactory(
        organigramma=OrganigrammaFactory(azienda=finestra.azienda), nome="Chirurgia"
    )
    Proroga.objects.create(
        finestra=finestra, unita=unita, fino_al=date(2030, 5, 3), motivo="Trasloco"
    )
    trovati = [(str(e["summary"]), e.decoded("dtstart")) for e in eventi(client, controllo)]
    assert trovati == [
        ("Rendicontazione dei risultati, 1° trimestre 2030", date(2030, 4, 20)),
        ("Rendicontazione dei risultati, 1° trimestre 2030, proroga: Chirurgia", date(2030, 5, 3)),
    ]


def test_le_fasi_con_una_data_valgono_per_ogni_anno_del_piano(
    azienda: Azienda, controllo: Utente
) -> None:
    piano = PianoFactory(azienda=azienda, anno_inizio=2030, anno_fine=2031)
    Fase.objects.create(piano=piano, ordine=1, nome="Relazione", mese=6, giorno=31, anno_offset=1)
    Fase.objects.create(piano=piano, ordine=2, nome="Senza data", scadenza="in primavera")
    assert [(una.il, una.titolo, una.mia) for una in calendario(controllo)] == [
        (date(2031, 6, 30), "Relazione, ciclo 2030", False),
        (date(2032, 6, 30), "Relazione, ciclo 2031", False),
    ]
    Piano.objects.update(stato=Piano.Stato.SUPERATO)
    assert calendario(controllo) == []


def test_ogni_evento_tiene_il_suo_nome_finche_non_cambia_giorno(
    finestra: Finestra, controllo: Utente, client: Client
) -> None:
    (primo,), (secondo,) = eventi(client, controllo), eventi(client, controllo)
    assert primo["uid"] == secondo["uid"]
    Finestra.objects.update(scade=date(2030, 4, 30))
    (spostato,) = eventi(client, controllo)
    assert spostato["uid"] != primo["uid"]


def test_l_indirizzo_di_prima_smette_di_valere(
    finestra: Finestra, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    prima = indirizzo(controllo)
    client = entra(controllo)
    assert client.get(prima).status_code == 200
    assert client.post(reverse("calendario_rinnova")).url == reverse("scadenze")
    assert client.get(prima).status_code == 404
    assert Client().get(indirizzo(controllo)).status_code == 200


@pytest.mark.parametrize("chiave", ["a", "1:abc", "WzEsMV0:abcdef"])
def test_un_indirizzo_inventato_non_apre_niente(
    finestra: Finestra, controllo: Utente, client: Client, chiave: str
) -> None:
    assert client.get(reverse("calendario", args=[chiave])).status_code == 404


def test_chi_e_disattivato_non_ha_piu_calendario(
    finestra: Finestra, controllo: Utente, client: Client
) -> None:
    suo = indirizzo(controllo)
    Utente.objects.filter(pk=controllo.pk).update(is_active=False)
    assert client.get(suo).status_code == 404


def test_di_un_altra_azienda_non_si_vede_niente(finestra: Finestra, client: Client) -> None:
    assert eventi(client, IncaricoFactory().utente) == []


def test_il_calendario_ha_le_stesse_query_per_una_finestra_e_per_tre(
    azienda: Azienda, controllo: Utente
) -> None:
    quante = []
    for frazione in ("T1", "T2", "T3"):
        FinestraFactory(azienda=azienda, frazione=frazione)
        with CaptureQueriesContext(connection) as contate:
            calendario(Utente.objects.get(pk=controllo.pk))
        quante.append(len(contate))
    assert len(set(quante)) == 1
