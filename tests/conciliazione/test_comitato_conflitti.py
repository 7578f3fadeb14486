# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who proposed does not vote on the evaluation of the proposals, and is there all the same."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni import adunanza, votazione
from conciliazione.azioni import seduta as azioni
from conciliazione.azioni.presenze import Detta, segna_presenze
from conciliazione.comitato.miei import votazioni_di
from conciliazione.models import (
    Componente,
    DichiarazioneConflitto,
    EdizioneConciliazione,
    PuntoOrdine,
    Seduta,
    Seggio,
    Votazione,
)
from piani.models import Utente
from tests.factories_conciliazione import (
    ComponenteFactory,
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PartnerFactory,
    PropostaFactory,
    ReferenteFactory,
    SedutaFactory,
    SeggioFactory,
    ValutatoreFactory,
)

pytestmark = pytest.mark.django_db
NON_VOTA = "non vota: resta presente e conta per il numero legale."


@pytest.fixture
def seggi(edizione: EdizioneConciliazione) -> list[Seggio]:
    """Four seats, each with its titolare; the quorum is three."""
    tutti = [
        SeggioFactory(edizione=edizione, ordine=n, denominazione=f"Seggio {n}", capofila=n == 1)
        for n in range(1, 5)
    ]
    for uno in tutti:
        ComponenteFactory(seggio=uno)
    return tutti


def titolare(seggio: Seggio) -> Utente:
    return Componente.objects.get(seggio=seggio).utente


def si_vota(seggi: list[Seggio], ufficio: Utente, *, bando: Any) -> Votazione:
    """An open vote on an item that evaluates ``bando``, with all the seats present."""
    edizione = seggi[0].edizione
    seduta = SedutaFactory(edizione=edizione, sede="Sala grande", quando=timezone.now())
    Seduta.objects.filter(pk=seduta.pk).update(stato="bozza")
    azioni.aggiungi_punto(
        Seduta.objects.get(pk=seduta.pk), titolo="Graduatoria", genere="decisione",
        manifestazione=bando, da=ufficio,
    )  # fmt: skip
    Seduta.objects.filter(pk=seduta.pk).update(stato="convocata")
    segna_presenze(seduta, seggi={uno.pk: Detta(titolare=True) for uno in seggi}, da=ufficio)
    adunanza.apri_seduta(seduta, da=ufficio)
    punto = PuntoOrdine.objects.get(seduta=seduta)
    return votazione.apri_votazione(punto, quesito="Si approva la graduatoria?", da=ufficio)


def rifiuto(azione: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(ValidationError) as raccolto:
        azione(*args, **kwargs)
    return " ".join(raccolto.value.messages)


def test_chi_guida_o_e_partner_di_una_proposta_non_vota_sulla_graduatoria(
    seggi: list[Seggio], ufficio: Utente
) -> None:
    bando = ManifestazioneFactory(edizione=seggi[0].edizione, chiusa=True)
    proposta = PropostaFactory(
        manifestazione=bando, capofila=seggi[1].ente, titolo="Tempo di cura", presentata=True
    )
    PartnerFactory(proposta=proposta, ente=seggi[2].ente, stato="confermato")
    questa = si_vota(seggi, ufficio, bando=bando)

    for seggio, perche in ((seggi[1], "guida la"), (seggi[2], "è partner della")):
        detto = rifiuto(
            votazione.vota, questa, seggio=seggio, valore="favorevole", da=titolare(seggio)
        )
        assert detto == (
            f"{seggio.ente} {perche} proposta «Tempo di cura». Sulla valutazione di «{bando}» "
            f"{seggio} {NON_VOTA}"
        )
    # Nor does the office write their votes for them: one that is refused stops them all.
    voti = {seggi[0].pk: "favorevole", seggi[1].pk: "favorevole"}
    assert NON_VOTA in rifiuto(votazione.raccogli_voti, questa, voti=voti, da=ufficio)
    assert questa.voti.count() == 0

    voti = {seggi[0].pk: "favorevole", seggi[3].pk: "favorevole"}
    votazione.raccogli_voti(questa, voti=voti, da=ufficio)
    votazione.chiudi_votazione(questa, da=ufficio)
    questa.refresh_from_db()
    # Four are present, two without a vote: the majority is still of those present.
    assert questa.conteggio["presenti"] == 4
    assert questa.esito == "respinta"
    assert questa.conteggio["spiegazione"].startswith(
        "Su 4 presenti: 2 favorevoli, 0 contrari, 0 astenuti, 2 senza voto. "
        "La maggioranza di 4 presenti è 3."
    )


def test_sugli_altri_punti_chi_ha_proposto_vota(seggi: list[Seggio], ufficio: Utente) -> None:
    bando = ManifestazioneFactory(edizione=seggi[0].edizione, chiusa=True)
    PropostaFactory(manifestazione=bando, capofila=seggi[1].ente, presentata=True)
    questa = si_vota(seggi, ufficio, bando=None)
    votazione.vota(questa, seggio=seggi[1], valore="contrario", da=titolare(seggi[1]))
    assert questa.voti.count() == 1


def test_chi_ha_dichiarato_un_conflitto_o_rappresenta_chi_propone_non_vota(
    seggi: list[Seggio], ufficio: Utente
) -> None:
    bando = ManifestazioneFactory(edizione=seggi[0].edizione, chiusa=True)
    proposta = PropostaFactory(manifestazione=bando, presentata=True)
    valutatore = ValutatoreFactory(manifestazione=bando, seggio=seggi[1])
    DichiarazioneConflitto.objects.create(
        valutatore=valutatore, in_conflitto=True, motivo="Parente del referente"
    )
    ReferenteFactory(ente=proposta.capofila, utente=titolare(seggi[2]))
    questa = si_vota(seggi, ufficio, bando=bando)
    detto = rifiuto(
        votazione.vota, questa, seggio=seggi[1], valore="favorevole", da=titolare(seggi[1])
    )
    assert detto.startswith("Ha dichiarato un conflitto: Parente del referente Sulla valutazione")
    detto = rifiuto(
        votazione.vota, questa, seggio=seggi[2], valore="favorevole", da=titolare(seggi[2])
    )
    assert detto.startswith(f"{proposta.capofila} guida la proposta")
    da_votare = {uno.pk: len(votazioni_di(titolare(uno))) for uno in seggi}
    assert da_votare == {seggi[0].pk: 1, seggi[1].pk: 0, seggi[2].pk: 0, seggi[3].pk: 1}


def test_la_pagina_dice_a_chi_non_vota_perche(
    client: Client, seggi: list[Seggio], ufficio: Utente
) -> None:
    bando = ManifestazioneFactory(edizione=seggi[0].edizione, chiusa=True)
    PropostaFactory(manifestazione=bando, capofila=seggi[1].ente, titolo="Cura", presentata=True)
    questa = si_vota(seggi, ufficio, bando=bando)
    indirizzo = reverse("seduta", args=[questa.punto.seduta_id])

    client.force_login(titolare(seggi[1]))
    testo = client.get(indirizzo).content.decode()
    assert "Su questo punto non voti; resti presente e conti per il numero legale." in testo
    assert "1 seggio presente non vota su questo punto" in testo
    assert reverse("votazione_vota", args=[questa.pk]) not in testo
    risposta = client.post(reverse("votazione_vota", args=[questa.pk]), {"valore": "favorevole"})
    assert NON_VOTA in risposta.content.decode()

    client.force_login(titolare(seggi[0]))
    assert reverse("votazione_vota", args=[questa.pk]) in client.get(indirizzo).content.decode()

    client.force_login(ufficio)
    in_sala = client.get(reverse("votazione_raccogli", args=[questa.pk])).content.decode()
    assert "Non votano su questo punto, perché in conflitto: Seggio 2." in in_sala
    assert f'name="v-{seggi[1].pk}"' not in in_sala
    assert f'name="v-{seggi[0].pk}"' in in_sala


def test_si_valutano_solo_le_proposte_di_una_manifestazione_chiusa_della_stessa_edizione(
    seggi: list[Seggio], ufficio: Utente
) -> None:
    aperta = ManifestazioneFactory(edizione=seggi[0].edizione)
    seduta = SedutaFactory(edizione=seggi[0].edizione, stato="bozza")
    detto = rifiuto(
        azioni.aggiungi_punto, seduta, titolo="Graduatoria", genere="decisione",
        manifestazione=ManifestazioneFactory(edizione=EdizioneConciliazioneFactory()), da=ufficio,
    )  # fmt: skip
    assert detto.startswith("Le proposte le valuta il Comitato della stessa edizione")
    with pytest.raises(ValidationError, match="è ancora aperta: le proposte si valutano quando"):
        si_vota(seggi, ufficio, bando=aperta)


@pytest.mark.parametrize("quante", [1, 3])
def test_la_pagina_della_seduta_costa_uguale_con_piu_punti_senza_bando(
    client: Client, seggi: list[Seggio], ufficio: Utente, quante: int,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    bando = ManifestazioneFactory(edizione=seggi[0].edizione, chiusa=True)
    for _n in range(quante):
        PropostaFactory(manifestazione=bando, capofila=seggi[1].ente, presentata=True)
    questa = si_vota(seggi, ufficio, bando=bando)
    client.force_login(titolare(seggi[0]))
    with django_assert_max_num_queries(45):
        client.get(reverse("seduta", args=[questa.punto.seduta_id]))
