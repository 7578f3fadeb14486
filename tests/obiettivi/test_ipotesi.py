# SPDX-License-Identifier: AGPL-3.0-or-later
"""What would change if a result were another: shown, never written."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi.ipotesi import Ipotesi, ipotizza
from obiettivi.models import Raggiungimento, Rilevazione
from piani.models import Azienda, Evento, Piano, Utente
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    """Two areas, one indicator each: 80 reached, 40 out of 80 not."""
    piano = PianoFactory(azienda=azienda, titolo="Il piano")
    EdizioneFactory(azienda=azienda)
    for codice, valore in (("A-1", 80), ("B-1", 40)):
        indicatore = IndicatoreFactory(azienda=azienda, codice=codice, nome=f"Quota {codice}")
        obiettivo = ObiettivoFactory(
            area=AreaFactory(piano=piano, nome=f"Area {codice}"), titolo=f"Fare {codice}"
        )
        misura = MisuraFactory(obiettivo=obiettivo, indicatore=indicatore)
        TargetFactory(misura=misura, stampato="≥ 80%")
        RilevazioneFactory(indicatore=indicatore, valore=valore)
    return piano


def test_l_ipotesi_dice_che_cosa_cambia_dal_piano_all_indicatore(piano: Piano) -> None:
    cambiamenti = ipotizza(piano, Ipotesi("B-1", 2022, valore=Decimal(60)))
    assert [(c.livello, c.nome, c.prima, c.dopo, c.differenza) for c in cambiamenti] == [
        ("Piano", "Il piano", "75,00", "87,50", "+12,50"),
        ("Area", "Area B-1", "50,00", "75,00", "+25,00"),
        ("Obiettivo", "Fare B-1", "50,00", "75,00", "+25,00"),
        ("Indicatore", "B-1 Quota B-1", "50,00", "75,00", "+25,00"),
    ]


def test_l_ipotesi_non_scrive_niente(piano: Piano) -> None:
    ipotizza(piano, Ipotesi("B-1", 2022, valore=Decimal(60)))
    assert not Raggiungimento.objects.exists()
    assert Rilevazione.objects.count() == 2
    assert not Evento.objects.exists()


def test_un_ipotesi_uguale_ai_dati_non_cambia_niente(piano: Piano) -> None:
    assert ipotizza(piano, Ipotesi("B-1", 2022, valore=Decimal(40))) == []


def test_un_indicatore_che_non_c_è_si_dice(piano: Piano) -> None:
    with pytest.raises(ValidationError, match="non ha l'indicatore «Z-9»"):
        ipotizza(piano, Ipotesi("Z-9", 2022, valore=Decimal(1)))


def test_un_anno_senza_regole_si_dice(piano: Piano) -> None:
    with pytest.raises(ValidationError, match="per il 2023"):
        ipotizza(piano, Ipotesi("B-1", 2023, valore=Decimal(1)))


def test_la_pagina_legge_la_virgola_e_mostra_le_differenze(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    pagina = entra(controllo).get(
        reverse("ipotesi", args=[piano.slug]),
        {"codice": "B-1", "anno": "2022", "frazione": "", "valore": "60,0"},
    )
    testo = pagina.content.decode()
    assert "+12,50" in testo
    assert "B-1 Quota B-1" in testo


@pytest.mark.parametrize(
    ("valori", "frase"),
    [
        ({"valore": ""}, "Scrivi il valore da supporre"),
        ({"valore": "molto"}, "Inserisci un numero"),
        ({"valore": "60", "codice": "Z-9"}, "non ha l&#x27;indicatore «Z-9»"),
        ({"valore": "60", "anno": "1999"}, "1999"),
        ({"valore": "", "avanzamento": "130"}, "100"),
    ],
)
def test_un_ipotesi_sbagliata_ha_la_sua_frase(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    valori: dict[str, str],
    frase: str,
) -> None:
    pagina = entra(controllo).get(
        reverse("ipotesi", args=[piano.slug]),
        {"codice": "B-1", "anno": "2022", "frazione": ""} | valori,
    )
    assert pagina.status_code == 200
    assert frase in pagina.content.decode()
    assert "Che cosa cambierebbe" not in pagina.content.decode()
