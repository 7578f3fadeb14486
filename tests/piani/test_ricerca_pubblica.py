# SPDX-License-Identifier: AGPL-3.0-or-later
"""The search within the public section: it finds what is published, as it was published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from obiettivi.models import Indicatore, Obiettivo
from piani import azioni
from piani.models import Azienda, DocumentoPubblicato, Piano, VoceRicerca
from piani.pubbliche.ricerca import indirizzo, parole_di
from tests.factories import AziendaFactory, piano_pronto
from tests.pagina import Elemento, leggi
from tests.piani.test_pubbliche import finito, pubblicato

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def cerca(client: Client, azienda: Azienda, **campi: str) -> Elemento:
    return leggi(client.get(reverse("at_cerca", args=[azienda.codice]), campi))


def trovati(pagina: Elemento) -> list[str]:
    return [uno.testo for uno in pagina.tutti("main ol a")]


def scrivi(piano: Piano, obiettivo: str, indicatore: str) -> None:
    Obiettivo.objects.filter(area__piano=piano).update(titolo=obiettivo)
    Indicatore.objects.filter(misure__obiettivo__area__piano=piano).update(nome=indicatore)


@pytest.fixture
def documento(azienda: Azienda) -> DocumentoPubblicato:
    piano = piano_pronto(azienda, titolo="Piano della qualità", slug="piano-uno")
    scrivi(piano, "Più attività di prevenzione", "Adesione 100% allo screening (liste d'attesa)")
    return pubblicato(piano)


@pytest.mark.parametrize(
    ("q", "che_cosa"),
    [
        ("PIU attivita", "Più attività di prevenzione"),
        ("più ATTIVITÀ", "Più attività di prevenzione"),
        ("screen", "Adesione 100% allo screening (liste d'attesa)"),
        ("d’attesa", "Adesione 100% allo screening (liste d'attesa)"),
        ("100%", "Adesione 100% allo screening (liste d'attesa)"),
        ("qualità", "Piano della qualità"),
    ],
)
def test_si_trova_senza_badare_a_maiuscole_accenti_e_segni(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client, q: str, che_cosa: str
) -> None:
    pagina = cerca(client, azienda, q=q)
    (trovato,) = [testo for testo in trovati(pagina) if testo.endswith(che_cosa)]
    assert trovato
    assert pagina.uno('input[name="q"]')["value"] == q


def test_con_piu_parole_servono_tutte(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    assert len(trovati(cerca(client, azienda, q="adesione screening"))) == 1
    niente = cerca(client, azienda, q="adesione ricoveri")
    assert trovati(niente) == []
    assert "Niente di ciò che è pubblicato contiene queste parole." in niente.uno("main").testo


@pytest.mark.parametrize("q", ["", "  ", "a", "%", "_", "\\", "'", "a b c"])
def test_senza_parole_si_dice_che_cosa_scrivere(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client, q: str
) -> None:
    pagina = cerca(client, azienda, q=q)
    assert trovati(pagina) == []
    atteso = "Servono almeno due lettere" if q.strip() else "Si cerca nei titoli"
    assert atteso in pagina.uno("main").testo


def test_valori_storti_non_fermano_la_pagina(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    for campi in ({"q": "x" * 500}, {"q": "screening", "genere": "altro"}, {"q": "a\x00b"},
                  {"q": "screening", "pagina": "ultima"}):  # fmt: skip
        assert client.get(reverse("at_cerca", args=[azienda.codice]), campi).status_code == 200
    assert client.get(reverse("at_cerca", args=["nessuna"])).status_code == 404


def test_cio_che_non_e_pubblicato_non_si_trova(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    scrivi(documento.piano, "Segreto fino a domani", "Indicatore segreto")
    bozza = piano_pronto(azienda, titolo="Piano segreto")
    azioni.crea_piano(
        azienda, tipo="performance", titolo="Segreto", anno_inizio=2030, anno_fine=2032, da=None
    )
    altra = AziendaFactory()
    pubblicato(piano_pronto(altra, titolo="Segreto di altri", slug="altri"))
    assert trovati(cerca(client, azienda, q="segreto")) == []
    assert trovati(cerca(client, altra, q="segreto")) == ["Segreto di altri"]
    assert bozza.documenti.count() == 0
    # What was printed but did not come out.
    DocumentoPubblicato.objects.filter(pk=documento.pk).update(pubblicato_il=None)
    pubblicato(piano_pronto(azienda, titolo="Altro piano", slug="altro"))
    assert trovati(cerca(client, azienda, q="screening")) == []


def test_si_trova_solo_la_versione_in_vigore_e_in_pubblicazione(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    scrivi(documento.piano, "Un obiettivo nuovo", "Un indicatore nuovo")
    nuovo = pubblicato(documento.piano, versione=2, motivo="Corretto")
    assert trovati(cerca(client, azienda, q="screening")) == []
    pagina = cerca(client, azienda, q="indicatore nuovo")
    (voce,) = pagina.tutti("main ol a")
    assert voce["href"].startswith(f"{nuovo.get_absolute_url()}#")
    finito(nuovo)
    assert trovati(cerca(client, azienda, q="indicatore nuovo")) == []


def test_si_restringe_per_genere(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    tutti = trovati(cerca(client, azienda, q="di"))
    soli = trovati(cerca(client, azienda, q="di", genere="obiettivo"))
    assert len(soli) == 1
    assert soli[0].endswith("Più attività di prevenzione")
    assert len(tutti) > len(soli)


def test_il_collegamento_porta_al_punto_della_pagina(
    documento: DocumentoPubblicato, client: Client
) -> None:
    pagina = leggi(client.get(documento.get_absolute_url()))
    nomi = {uno["id"] for uno in pagina.tutti("[id]")}
    for voce in documento.voci_ricerca.exclude(genere="documento"):
        assert voce.ancora in nomi, voce
    una = documento.voci_ricerca.get(genere="indicatore")
    assert indirizzo(una) == (
        f"{documento.get_absolute_url()}#{una.ancora}:~:text="
        "Adesione%20100%25%20allo%20screening%20%28liste%20d%27attesa%29"
    )


def test_pubblicare_di_nuovo_le_stesse_parole_non_le_raddoppia(
    documento: DocumentoPubblicato,
) -> None:
    quante = VoceRicerca.objects.count()
    assert azioni.indicizza(documento) == quante
    assert VoceRicerca.objects.count() == quante
    assert parole_di("l'ÀÈÌ  di  x " + "parola " * 20) == ["aei", "di", *["parola"] * 6]


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_interrogazioni_della_ricerca_non_crescono(
    documento: DocumentoPubblicato,
    azienda: Azienda,
    client: Client,
    quanti: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for n in range(1, quanti):
        pubblicato(piano_pronto(azienda, titolo=f"Piano {n}", slug=f"piano-{n}"))
    with django_assert_num_queries(4):
        client.get(reverse("at_cerca", args=[azienda.codice]), {"q": "piano"})
