# SPDX-License-Identifier: AGPL-3.0-or-later
"""The consultations through the API: asked by who represents a body, brought to a meeting."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from conciliazione.models import (
    EdizioneConciliazione,
    Ente,
    FirmaRichiesta,
    RichiestaConsultazione,
    Seduta,
)
from piani.models import Azienda, Ruolo
from tests.api.chiede import RADICE, errori, in_sessione, letto, manda
from tests.factories_conciliazione import (
    AdesioneFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ReferenteFactory,
    SedutaFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    return EdizioneConciliazioneFactory(azienda=azienda)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


@pytest.fixture
def membri(edizione: EdizioneConciliazione) -> list[Ente]:
    """Five bodies of the network: a quarter of them are two."""
    enti = EnteFactory.create_batch(5, azienda=edizione.azienda)
    for ente in enti:
        AdesioneFactory(ente=ente)
    return enti


def chi_rappresenta(ente: Ente) -> Client:
    return in_sessione(ReferenteFactory(ente=ente).utente)


def della_rete(edizione: EdizioneConciliazione, **altro: Any) -> Seduta:
    return SedutaFactory(
        **{"edizione": edizione, "organo": "rete", "stato": "bozza", "convocata_il": None} | altro
    )


def richiesta(edizione: EdizioneConciliazione, *firme: Ente) -> RichiestaConsultazione:
    questa = RichiestaConsultazione.objects.create(
        edizione=edizione, oggetto="Orari dei nidi", testo="Un parere.", proposta_da=firme[0]
    )
    for ente in firme:
        FirmaRichiesta.objects.create(richiesta=questa, ente=ente)
    return questa


def test_la_chiede_chi_rappresenta_un_ente_della_rete_e_mai_un_programma(
    edizione: EdizioneConciliazione, membri: list[Ente], ufficio: Client
) -> None:
    corpo = {
        "edizione": edizione.slug, "ente": membri[0].pk, "oggetto": "Orari dei nidi",
        "testo": "Si chiede un parere.",
    }  # fmt: skip
    assert manda(ufficio, "consultazioni", corpo).status_code == 403
    assert manda(chi_rappresenta(membri[1]), "consultazioni", corpo).status_code == 403
    ente = chi_rappresenta(membri[0])
    assert "testo" in errori(manda(ente, "consultazioni", corpo | {"testo": " "}), 400)
    fatta = manda(ente, "consultazioni", corpo)
    assert fatta.status_code == 201, fatta.content
    scritta = RichiestaConsultazione.objects.get()
    assert fatta["Location"] == f"{RADICE}/consultazioni/{scritta.pk}"
    letta = letto(ufficio, f"consultazioni/{scritta.pk}")
    assert letta == fatta.json()
    assert (letta["ente"], letta["seduta"], letta["raggiunte_il"]) == (membri[0].pk, None, None)
    assert (letta["membri"], letta["servono"], letta["valide"]) == (5, 2, 1)
    assert [una["ente"] for una in letta["firme"]] == [membri[0].pk]


def test_non_la_chiede_chi_e_fuori_dalla_rete(edizione: EdizioneConciliazione) -> None:
    fuori = EnteFactory(azienda=edizione.azienda)
    corpo = {"edizione": edizione.slug, "ente": fuori.pk, "oggetto": "Orari", "testo": "Un parere"}
    rifiuto = errori(manda(chi_rappresenta(fuori), "consultazioni", corpo))
    assert rifiuto["ente"] == f"«{fuori}» oggi non fa parte della Rete."
    assert not RichiestaConsultazione.objects.exists()


def test_si_contano_le_firme_di_chi_oggi_e_nella_rete(
    edizione: EdizioneConciliazione, membri: list[Ente], ufficio: Client
) -> None:
    uscito = EnteFactory(azienda=edizione.azienda)
    una = richiesta(edizione, uscito, membri[0])
    altra = richiesta(edizione, *membri[:3])
    trovate = letto(ufficio, f"consultazioni?edizione={edizione.slug}")["risultati"]
    conti = {riga["id"]: (riga["valide"], riga["raggiunte_il"]) for riga in trovate}
    oggi = str(timezone.localdate())
    assert conti == {una.pk: (1, None), altra.pk: (3, oggi)}
    assert letto(ufficio, f"consultazioni?ente={uscito.pk}")["totale"] == 1


def test_quando_ha_le_firme_va_all_ordine_del_giorno_e_se_ne_stacca(
    edizione: EdizioneConciliazione, membri: list[Ente], ufficio: Client
) -> None:
    questa, seduta = richiesta(edizione, membri[0]), della_rete(edizione)
    dove = f"consultazioni/{questa.pk}"
    corpo = {"seduta": seduta.pk}
    assert "ne servono 2" in errori(manda(ufficio, f"{dove}/seduta", corpo))[""]
    FirmaRichiesta.objects.create(richiesta=questa, ente=membri[1])
    assert manda(chi_rappresenta(membri[0]), f"{dove}/seduta", corpo).status_code == 403
    del_comitato = della_rete(edizione, organo="comitato")
    altrove = errori(manda(ufficio, f"{dove}/seduta", {"seduta": del_comitato.pk}))
    assert altrove == {"seduta": "La consultazione è di una riunione della Rete."}

    portata = manda(ufficio, f"{dove}/seduta", corpo)
    assert portata.status_code == 200, portata.content
    assert portata.json()["seduta"] == seduta.pk
    punti = letto(ufficio, f"sedute/{seduta.pk}")["punti"]
    assert [(uno["titolo"], uno["genere"]) for uno in punti] == [("Orari dei nidi", "parere")]
    assert "già all'ordine del giorno" in errori(manda(ufficio, f"{dove}/seduta", corpo))[""]

    assert manda(chi_rappresenta(membri[1]), f"{dove}/distacco").status_code == 403
    assert manda(ufficio, f"{dove}/distacco").json()["seduta"] is None
    assert "ancora da convocare" in errori(manda(ufficio, f"{dove}/distacco"))[""]
    RichiestaConsultazione.objects.update(seduta=seduta)
    Seduta.objects.filter(pk=seduta.pk).update(stato="convocata", convocata_il=timezone.now())
    assert "ancora da convocare" in errori(manda(ufficio, f"{dove}/distacco"))[""]
    questa.refresh_from_db()
    assert questa.seduta == seduta
