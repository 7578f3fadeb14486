# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a run, of a period and of the explanation of a score."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.models import Calcolo, Misura
from piani.models import Piano, Utente
from tests.factories import RilevazioneFactory
from tests.obiettivi.pagine.passi import calcola, codici

pytestmark = pytest.mark.django_db


# Runs and explanations ---------------------------------------------------------------------------


def test_calcola_avvia_il_calcolo_e_porta_al_suo_stato(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(controllo)
    risposta = client.post(
        f"/piani/{piano.slug}/calcola/", {"prospettiva": "consuntivo", "anno": "2022"}
    )
    calcolo = Calcolo.objects.get()
    assert calcolo.da == controllo
    assert risposta.url == calcolo.get_absolute_url()
    pagina = client.get(risposta.url).content.decode()
    assert 'hx-trigger="every 1s"' in pagina
    assert '<meta http-equiv="refresh"' in pagina


def test_a_calcolo_finito_la_pagina_conta_e_non_si_aggiorna_piu(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcolo = calcola(piano)
    risposta = entra(controllo).get(calcolo.get_absolute_url(), headers={"HX-Request": "true"})
    assert [quanti for _nome, quanti in risposta.context["esito"]["conti"]] == [2, 2, 0]
    pagina = risposta.content.decode()
    assert "4 di 4" in pagina
    assert "every 1s" not in pagina
    assert "<header" not in pagina


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({"prospettiva": "consuntivo", "anno": "1999"}, "Scegli che cosa calcolare"),
        ({"prospettiva": "inventata", "anno": "2022"}, "Scegli che cosa calcolare"),
        ({"prospettiva": "consuntivo", "anno": "2023"}, "Manca l&#x27;edizione"),
    ],
)
def test_un_calcolo_impossibile_dice_perche(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    dati: dict[str, str],
    frase: str,
) -> None:
    risposta = entra(controllo).post(f"/piani/{piano.slug}/calcola/", dati, follow=True)
    assert frase in risposta.content.decode()
    assert not Calcolo.objects.exists()


def test_perche_questo_punteggio_racconta_i_passaggi_anche_in_json(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    misura = Misura.objects.get(indicatore__codice="X-2")
    client = entra(controllo)
    indirizzo = reverse("spiegazione", args=[piano.slug, "I", misura.pk])
    domanda = "prospettiva=consuntivo&anno=2022&frazione="
    pagina = client.get(f"{indirizzo}?{domanda}").content.decode()
    assert "Target stampato «≥ 95%»" in pagina
    assert "10,53" in pagina
    json = reverse("spiegazione_json", args=[piano.slug, "I", misura.pk])
    assert client.get(f"{json}?{domanda}").json()["mostrato"] == "10,53"


@pytest.mark.parametrize("domanda", ["", "anno=duemila", "anno=2022&prospettiva=inventata"])
def test_un_punteggio_che_non_c_e_non_si_spiega(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client], domanda: str
) -> None:
    calcola(piano)
    indirizzo = reverse("spiegazione", args=[piano.slug, "P", piano.pk])
    assert entra(controllo).get(f"{indirizzo}?{domanda}").status_code == 404


# Periods, results as known, new results --------------------------------------------------------


def test_si_calcola_un_trimestre_dalla_pagina_e_si_guardano_i_suoi_punteggi(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    uno = Misura.objects.get(indicatore__codice="X-1").indicatore
    RilevazioneFactory(indicatore=uno, frazione="T1", valore=19)
    calcola(piano)
    client = entra(controllo)
    dati = {"prospettiva": "consuntivo", "anno": "2022", "frazione": "T1"}
    client.post(f"/piani/{piano.slug}/calcola/", dati)
    calcolo = Calcolo.objects.get(frazione="T1")
    azioni.esegui(calcolo.pk)
    indirizzo = f"{piano.get_absolute_url()}?punteggio=consuntivo-2022"
    anno, trimestre = client.get(indirizzo), client.get(f"{indirizzo}-T1")
    voti = [
        [m["voto"].cifra for m in risposta.context["albero"].aree[0]["obiettivi"][0]["misure"]]
        for risposta in (anno, trimestre)
    ]
    assert voti == [["100,00", "10,53", "–"], ["20,00", "–", "–"]]
    assert [riga["voto"].cifra for riga in trimestre.context["voti"] if riga["voto"]] == ["20,00"]
    pagina = trimestre.content.decode()
    assert "Risultati dell&#x27;anno 2022, 1° trimestre" in pagina
    assert "anno=2022&amp;frazione=T1" in pagina
    assert client.get(piano.get_absolute_url()).context["scelto"] == "Risultati dell'anno 2022"
    scelti = client.get(f"{indirizzo}-T1&stato=sotto_60")
    assert codici(scelti) == ["X-1"]


def test_la_spiegazione_a_una_data_lo_dice_e_tiene_la_scelta(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    indirizzo = reverse("spiegazione", args=[piano.slug, "P", piano.pk])
    dati = {"prospettiva": "consuntivo", "anno": "2022", "frazione": "", "al": "2022-03-01"}
    risposta = entra(controllo).get(indirizzo, dati)
    pagina = risposta.content.decode()
    assert "come si conoscevano al 1 marzo 2022" in pagina
    assert "Il punteggio salvato oggi è diverso: 55,27." in pagina
    assert risposta.context["voto"].parola == "Non calcolabile"
    assert '<input type="hidden" name="anno" value="2022">' in pagina
    assert client_json(entra(controllo), piano, dati)["mostrato"] == ""


def client_json(client: Client, piano: Piano, dati: dict[str, str]) -> dict[str, Any]:
    return client.get(reverse("spiegazione_json", args=[piano.slug, "P", piano.pk]), dati).json()
