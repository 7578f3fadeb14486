# SPDX-License-Identifier: AGPL-3.0-or-later
from decimal import Decimal

import pytest
from django.test import Client

from obiettivi import azioni
from obiettivi.models import FonteDati, ValoreRiferimento
from piani.models import Evento
from tests.factories import IndicatoreFactory, UtenteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def test_il_catalogo_delle_fonti_si_carica_una_volta() -> None:
    assert azioni.carica_fonti() == 29
    assert azioni.carica_fonti() == 0
    per_categoria = FonteDati.objects.filter(categoria__startswith="nsis")
    assert per_categoria.count() == 6 + 11 + 5


def test_un_riferimento_scritto_in_gestione_lascia_il_suo_evento(client: Client) -> None:
    indicatore = IndicatoreFactory()
    client.force_login(UtenteFactory(is_superuser=True, is_staff=True))
    risposta = client.post(
        "/gestione/obiettivi/valoreriferimento/add/",
        {"indicatore": indicatore.pk, "anno": 2022, "ambito": "regionale", "valore": "87,5"},
    )
    assert risposta.status_code == 302, risposta.context["errors"]
    assert ValoreRiferimento.objects.get().valore == Decimal("87.5")
    evento = Evento.objects.get()
    assert (evento.tipo, evento.azienda) == ("valoreriferimento.creato", indicatore.azienda)


@pytest.mark.parametrize(
    "pagina",
    [
        "piani/utente",
        "piani/incarico",
        "piani/azienda",
        "piani/evento",
        "obiettivi/fontedati",
        "obiettivi/indicatore",
        "obiettivi/valoreriferimento",
    ],
)
def test_le_pagine_di_gestione_si_aprono(client: Client, pagina: str) -> None:
    IndicatoreFactory()
    client.force_login(UtenteFactory(is_superuser=True, is_staff=True))
    assert client.get(f"/gestione/{pagina}/").status_code == 200
    if pagina != "piani/evento":
        assert client.get(f"/gestione/{pagina}/add/").status_code == 200


def test_una_modifica_in_gestione_dice_prima_e_dopo(client: Client) -> None:
    indicatore = IndicatoreFactory()
    fonte = FonteDati.objects.create(codice="sdo", nome="Flusso SDO")
    client.force_login(UtenteFactory(is_superuser=True, is_staff=True))
    pagina = client.get(f"/gestione/obiettivi/indicatore/{indicatore.pk}/change/")
    dati = {
        nome: "" if valore is None else valore
        for nome, valore in pagina.context["adminform"].form.initial.items()
    }
    dati["fonte"] = fonte.pk
    risposta = client.post(f"/gestione/obiettivi/indicatore/{indicatore.pk}/change/", dati)
    assert risposta.status_code == 302, risposta.context["errors"]
    evento = Evento.objects.get()
    assert evento.dati == {
        "prima": {"Fonte": ""},
        "dopo": {"Fonte": "Flusso SDO"},
    }
    assert evento in Evento.objects.che_riguardano(indicatore)
