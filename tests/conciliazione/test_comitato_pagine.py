# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the Comitato: what each person finds there, and what they can send."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni.verbale import invia_verbale, proponi_verbale
from conciliazione.comitato.bacheca import cose_da_fare
from conciliazione.models import Presenza, Seduta, Seggio, Voto
from piani.models import Ruolo, Utente
from tests.factories import UtenteFactory
from tests.factories_conciliazione import (
    AdesioneFactory,
    ComponenteFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    PuntoOrdineFactory,
    SedutaFactory,
    SeggioFactory,
    VerbaleFactory,
    VotazioneFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def seggio(edizione: Any) -> Seggio:
    return SeggioFactory(edizione=edizione, denominazione="Sindacato di prova", capofila=True)


@pytest.fixture
def membro(seggio: Seggio) -> Utente:
    return ComponenteFactory(seggio=seggio).utente


@pytest.fixture
def aperta(seggio: Seggio, membro: Utente) -> Seduta:
    """Open, with the member in their seat and a question put to the vote."""
    seduta = SedutaFactory(
        edizione=seggio.edizione, stato="aperta", componenti=1, numero_legale=1,
        quando=timezone.now(),
    )  # fmt: skip
    Presenza.objects.create(seduta=seduta, seggio=seggio, utente=membro)
    VotazioneFactory(punto=PuntoOrdineFactory(seduta=seduta, ordine=1))
    return seduta


def pagina(client: Client, nome: str, *chiavi: Any) -> str:
    risposta = client.get(reverse(nome, args=chiavi))
    assert risposta.status_code == 200
    return risposta.content.decode()


def test_chi_siede_trova_convocazioni_voti_e_verbali(
    entra: Callable[[Utente], Client], membro: Utente, aperta: Seduta, edizione: Any
) -> None:
    futura = SedutaFactory(edizione=edizione, oggetto="La prossima")
    bozza = SedutaFactory(edizione=edizione, oggetto="Segreta", stato="bozza", convocata_il=None)
    altrove = SedutaFactory(oggetto="Di un'altra ATS")
    testo = pagina(entra(membro), "mie_sedute")
    assert futura.oggetto in testo
    assert "Si approva la graduatoria?" in testo
    assert bozza.oggetto not in testo
    assert "Di un&#x27;altra ATS" not in testo
    for seduta in (bozza, altrove):
        assert entra(membro).get(reverse("seduta", args=[seduta.pk])).status_code == 404


def test_il_membro_vota_dalla_pagina_e_il_secondo_voto_e_rifiutato(
    entra: Callable[[Utente], Client], membro: Utente, aperta: Seduta
) -> None:
    client, votazione = entra(membro), aperta.punti.get().votazioni.get()
    assert "il voto è tuo" in pagina(client, "seduta", aperta.pk)
    vota = reverse("votazione_vota", args=[votazione.pk])
    risposta = client.post(vota, {"valore": "forse"})
    assert risposta.status_code == 200
    assert "forse" in risposta.content.decode()
    assert client.post(vota, {"valore": "favorevole"}).status_code == 302
    secondo = client.post(vota, {"valore": "contrario"})
    assert "il voto è uno per seggio e non si cambia" in secondo.content.decode()
    assert Voto.objects.get().valore == "favorevole"
    assert "Hai votato: favorevole." in pagina(client, "seduta", aperta.pk)


def test_i_voti_degli_altri_si_vedono_solo_alla_fine(
    entra: Callable[[Utente], Client], ufficio: Utente, aperta: Seduta, seggio: Seggio
) -> None:
    votazione = aperta.punti.get().votazioni.get()
    Voto.objects.create(votazione=votazione, seggio=seggio, valore="contrario")
    client = entra(ufficio)
    testo = pagina(client, "seduta", aperta.pk)
    assert "Ha votato 1 seggio" in testo
    assert "Sindacato di prova: contrario" not in testo
    client.post(reverse("votazione_chiudi", args=[votazione.pk]))
    assert "Sindacato di prova: contrario" in pagina(client, "seduta", aperta.pk)


def test_chi_non_siede_non_vota_e_non_trova_niente(
    entra: Callable[[Utente], Client],
    aperta: Seduta,
    con_incarico: Callable[..., Utente],
    referente_di: Callable[..., Utente],
) -> None:
    vota = reverse("votazione_vota", args=[aperta.punti.get().votazioni.get().pk])
    referente = referente_di(EnteFactory(azienda=aperta.azienda))
    for estraneo in (UtenteFactory(), referente, ComponenteFactory().utente):
        assert entra(estraneo).get(reverse("seduta", args=[aperta.pk])).status_code == 404
        assert entra(estraneo).post(vota, {"valore": "favorevole"}).status_code == 404
    for lettore in (con_incarico(Ruolo.NUCLEO), con_incarico(), UtenteFactory(is_superuser=True)):
        assert entra(lettore).get(reverse("seduta", args=[aperta.pk])).status_code == 200
        assert entra(lettore).post(vota, {"valore": "favorevole"}).status_code == 403
    assert not Voto.objects.exists()


def test_il_percorso_dell_ufficio_dalle_pagine(
    entra: Callable[[Utente], Client], ufficio: Utente, edizione: Any, seggio: Seggio
) -> None:
    client = entra(ufficio)
    quando = timezone.localtime() + timedelta(days=2)
    dati = {"organo": "comitato", "oggetto": "Adesioni", "quando": f"{quando:%Y-%m-%dT%H:%M}",
            "sede": "Sala"}  # fmt: skip
    nuova = client.post(reverse("seduta_nuova", args=[edizione.slug]), dati)
    seduta = Seduta.objects.get()
    assert nuova.url == reverse("seduta", args=[seduta.pk])
    client.post(
        reverse("seduta_punto", args=[seduta.pk]),
        {"titolo": "Nuove adesioni", "genere": "decisione"},
    )
    convoca = reverse("seduta_convoca", args=[seduta.pk])
    assert "La convocazione parte troppo tardi" in client.post(convoca, {}).content.decode()
    dati["quando"] = f"{quando + timedelta(days=5):%Y-%m-%dT%H:%M}"
    client.post(reverse("seduta_modifica", args=[seduta.pk]), dati)
    assert client.post(convoca, {}).status_code == 302
    Seduta.objects.update(quando=timezone.now())
    presenze = reverse("seduta_presenze", args=[seduta.pk])
    sbaglio = client.post(presenze, {f"t-{seggio.pk}": "on", f"n-{seggio.pk}": "Ida Prova"})
    assert "non ha un titolare nominato" in sbaglio.content.decode()
    assert 'value="Ida Prova"' in sbaglio.content.decode()
    client.post(reverse("seduta_apri", args=[seduta.pk]))
    assert "Manca il numero legale" in pagina(client, "seduta", seduta.pk)
    client.post(presenze, {f"n-{seggio.pk}": "Ida Prova"})
    client.post(reverse("seduta_apri", args=[seduta.pk]))
    punto = seduta.punti.get()
    client.post(reverse("votazione_apri", args=[punto.pk]), {"quesito": "Si accolgono?"})
    votazione = punto.votazioni.get()
    raccogli = reverse("votazione_raccogli", args=[votazione.pk])
    assert "Segna almeno un voto." in client.post(raccogli, {}).content.decode()
    client.post(raccogli, {f"v-{seggio.pk}": "favorevole"})
    client.post(reverse("votazione_chiudi", args=[votazione.pk]))
    client.post(reverse("punto_esito", args=[punto.pk]), {"esito": "Accolte."})
    client.post(reverse("seduta_chiudi", args=[seduta.pk]))
    assert client.post(reverse("verbale_proponi", args=[seduta.pk])).status_code == 302
    assert "Accolte." in pagina(client, "verbale", seduta.pk)
    client.post(reverse("verbale_invia", args=[seduta.pk]))
    assert "PDF, copia per la validazione" in pagina(client, "verbale", seduta.pk)


def test_il_membro_valida_e_la_bozza_non_la_vede(
    entra: Callable[[Utente], Client], membro: Utente, ufficio: Utente, edizione: Any
) -> None:
    seduta = SedutaFactory(edizione=edizione, stato="chiusa", componenti=1, numero_legale=1)
    verbale = proponi_verbale(seduta, da=ufficio)
    client = entra(membro)
    assert client.get(reverse("verbale", args=[seduta.pk])).status_code == 404
    invia_verbale(verbale, da=ufficio)
    assert "Verbali da validare" in pagina(client, "mie_sedute")
    valida = reverse("verbale_valida", args=[seduta.pk])
    senza = client.post(valida, {"conforme": "no"})
    assert "Scrivi che cosa va corretto." in senza.content.decode()
    assert client.post(valida, {"conforme": "si"}).status_code == 302
    assert "Hai già risposto per il tuo seggio." in pagina(client, "verbale", seduta.pk)
    assert client.post(reverse("verbale_concludi", args=[seduta.pk])).status_code == 403


def test_un_ente_della_rete_chiede_e_un_altro_firma(
    entra: Callable[[Utente], Client], edizione: Any, referente_di: Callable[..., Utente]
) -> None:
    enti = EnteFactory.create_batch(2, azienda=edizione.azienda)
    for ente in enti:
        AdesioneFactory(ente=ente)
    primo, secondo = (referente_di(ente) for ente in enti)
    nuova = reverse("consultazione_nuova", args=[edizione.slug])
    dati = {"ente": enti[1].pk, "oggetto": "Orari", "testo": "Un parere."}
    assert entra(primo).post(nuova, dati).status_code == 200  # not of a body that is not one's own
    risposta = entra(primo).post(nuova, dati | {"ente": enti[0].pk})
    assert "1 firme; ne servono 1" in entra(secondo).get(risposta.url).content.decode()
    firma = risposta.url + "firma/"
    assert entra(secondo).post(firma, {"ente": enti[1].pk}).status_code == 302
    assert "2 firme" in entra(primo).get(risposta.url).content.decode()


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_domande_non_crescono_con_le_righe(
    entra: Callable[[Utente], Client],
    ufficio: Utente,
    edizione: Any,
    quanti: int,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(quanti):
        seggio = SeggioFactory(edizione=edizione, ordine=n + 1)
        ComponenteFactory(seggio=seggio)
        seduta = SedutaFactory(edizione=edizione)
        VerbaleFactory(seduta=seduta)
    for seggio in edizione.seggi.all():
        Presenza.objects.create(seduta=seduta, seggio=seggio)
        votazione = VotazioneFactory(punto=PuntoOrdineFactory(seduta=seduta))
        Voto.objects.create(votazione=votazione, seggio=seggio, valore="favorevole")
    client = entra(ufficio)
    for nome, chiave, massimo in (
        ("conciliazione_comitato", edizione.slug, DOMANDE["casa"]),
        ("seggi", edizione.slug, DOMANDE["seggi"]),
        ("seduta", seduta.pk, DOMANDE["seduta"]),
        ("seduta_presenze", seduta.pk, DOMANDE["presenze"]),
    ):
        with django_assert_max_num_queries(massimo):
            pagina(client, nome, chiave)


DOMANDE = {"casa": 14, "seggi": 12, "seduta": 32, "presenze": 14}


def test_la_bacheca_dice_a_ciascuno_il_suo(
    ufficio: Utente, membro: Utente, aperta: Seduta, edizione: Any
) -> None:
    SedutaFactory(edizione=edizione, oggetto="Da chiamare", stato="bozza", convocata_il=None)
    SedutaFactory(edizione=edizione, oggetto="Da scrivere", stato="chiusa", componenti=1,
                  numero_legale=1)  # fmt: skip
    SedutaFactory(oggetto="Altrove", stato="bozza", convocata_il=None)
    dell_ufficio = sorted(cosa.titolo for cosa in cose_da_fare(ufficio))
    assert dell_ufficio == [
        "Da convocare: Da chiamare",
        "In corso: Valutazione dei progetti",
        "Verbale da inviare: Da scrivere",
    ]
    assert [cosa.titolo for cosa in cose_da_fare(membro)] == [
        "Da votare: Si approva la graduatoria?",
        "Convocazione: Valutazione dei progetti",
    ]
    assert list(cose_da_fare(UtenteFactory())) == []


def test_la_nomina_dalla_pagina_del_seggio(
    entra: Callable[[Utente], Client], ufficio: Utente, seggio: Seggio
) -> None:
    client = entra(ufficio)
    nomina = reverse("seggio_nomina", args=[seggio.pk])
    dati = {"qualita": "supplente", "nome": "Ida", "cognome": "Prova", "email": "ida", "dal": ""}
    assert "Inserisci un indirizzo email valido" in client.post(nomina, dati).content.decode()
    dati |= {"email": "ida@example.org", "dal": "2026-01-01"}
    assert client.post(nomina, dati).status_code == 302
    assert "Ida Prova" in pagina(client, "seggio", seggio.pk)


def test_un_altro_posto_capofila_e_rifiutato_dal_modulo(
    entra: Callable[[Utente], Client], ufficio: Utente, seggio: Seggio
) -> None:
    dati = {"tipologia": "OO.SS.", "ente": seggio.ente_id, "capofila": "on"}
    risposta = entra(ufficio).post(reverse("seggio_nuovo", args=[seggio.edizione.slug]), dati)
    assert "Il capofila di Rete è uno solo." in risposta.content.decode()
    dati["ente"] = EdizioneConciliazioneFactory().pk
    risposta = entra(ufficio).post(reverse("seggio_nuovo", args=[seggio.edizione.slug]), dati)
    assert risposta.status_code == 200
    assert Seggio.objects.filter(edizione=seggio.edizione).count() == 1
