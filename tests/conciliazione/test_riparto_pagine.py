# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the evaluation and of the allocation, as each person finds them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni.scelta_scenario import scegli_scenario
from conciliazione.azioni.scenario import crea_scenario
from conciliazione.calcolo.metodo import Metodo
from conciliazione.models import (
    EdizioneConciliazione,
    ManifestazioneInteresse,
    Scenario,
    SchedaValutazione,
    Valutatore,
)
from conciliazione.valutazione.stampa import componi, fotografa
from piani.models import Ruolo, Utente
from tests.factories_conciliazione import (
    ComponenteFactory,
    CriterioFactory,
    ManifestazioneFactory,
    PartnerFactory,
    PropostaFactory,
    SedutaFactory,
    SeggioFactory,
    ValutatoreFactory,
    VersioneFactory,
)
from tests.pagina import leggi, modulo

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]
D = Decimal


@pytest.fixture
def bando(edizione: EdizioneConciliazione) -> ManifestazioneInteresse:
    bando = ManifestazioneFactory(
        edizione=edizione, chiusa=True, dotazione=D("150.00"), titolo="Alleanze locali"
    )
    CriterioFactory(manifestazione=bando, codice="coerenza", nome="Coerenza", punti=20)
    _proposta(bando, 1)
    return bando


def _proposta(bando: ManifestazioneInteresse, numero: int) -> None:
    proposta = PropostaFactory(
        manifestazione=bando, presentata=True, stato="ammessa", numero=numero,
        titolo=f"Progetto {numero}",
    )  # fmt: skip
    VersioneFactory(
        proposta=proposta, contributo=D(numero * 100), costo_dichiarato=D(numero * 200),
        chiusa_il=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def valutatore(bando: ManifestazioneInteresse) -> Valutatore:
    return ValutatoreFactory(manifestazione=bando, stato="nominato")


@pytest.fixture
def chi(valutatore: Valutatore) -> Utente:
    return ComponenteFactory(seggio=valutatore.seggio).utente


def test_dalla_nomina_alla_graduatoria_decisa(
    entra: Entra, bando: ManifestazioneInteresse, valutatore: Valutatore, chi: Utente,
    ufficio: Utente,
) -> None:  # fmt: skip
    pagina = f"/conciliazione/valutazione/bandi/{bando.pk}/"
    client = entra(ufficio)
    seggio = SeggioFactory(edizione=bando.edizione, ente=bando.proposte.get().capofila)
    nomina = leggi(client.get(f"{pagina}nomina/"))
    assert f"si astiene: {seggio.ente} guida la proposta «Progetto 1»." in nomina.testo
    client.post(f"{pagina}nomina/", {"seggi": [seggio.pk]})
    assert "Astenuto" in leggi(client.get(pagina)).testo
    risposta = client.post(f"{pagina}graduatoria/", follow=True)
    assert f"{valutatore} non ha ancora dichiarato i conflitti." in leggi(risposta).testo

    client = entra(chi)
    assert "Dichiara i conflitti di interessi" in leggi(client.get(pagina)).testo
    client.post(reverse("valutatore_dichiara", args=[valutatore.pk]), {"in_conflitto": "no"})
    proposta = bando.proposte.get()
    scheda = reverse("valuta_proposta", args=[valutatore.pk, proposta.pk])
    assert scheda in client.get(pagina).getvalue().decode()
    scritta = {"punti_coerenza": "21", "nota_coerenza": "Molto", "giudizio": "Buona.",
               "passo": "consegna"}  # fmt: skip
    sbagliata = leggi(client.post(scheda, scritta))
    assert "Da 0 a 20 punti: 21 non va bene." in sbagliata.testo
    assert modulo(sbagliata)["giudizio"].strip() == "Buona."
    risposta = client.post(scheda, scritta | {"punti_coerenza": "17,5"}, follow=True)
    assert "Scheda consegnata." in leggi(risposta).testo
    assert SchedaValutazione.objects.get().punteggi.get().punti == D("17.5")
    assert client.get(scheda).url == reverse("valuta_schede", args=[proposta.pk])
    assert (
        "17,50 su 20,00"
        in leggi(client.get(f"/conciliazione/valutazione/proposte/{proposta.pk}/")).testo
    )

    client = entra(ufficio)
    risposta = client.post(f"{pagina}graduatoria/", follow=True)
    assert "Formata e non ancora decisa" in leggi(risposta).testo
    graduatoria = bando.graduatorie.get()
    seduta = SedutaFactory(edizione=bando.edizione, stato="chiusa", componenti=30, numero_legale=16)
    decisione = reverse("graduatoria_decidi", args=[graduatoria.pk])
    client.post(decisione, {"seduta": seduta.pk, "motivo": "All'unanimità."})
    letta = leggi(entra(chi).get(reverse("graduatoria", args=[graduatoria.pk]))).testo
    assert "All'unanimità." in letta
    assert "Coerenza: 17,5, su 20" in letta
    tabella = client.get(reverse("graduatoria_csv", args=[graduatoria.pk])).getvalue().decode()
    assert tabella.splitlines()[1].startswith("1;1;Progetto 1;")
    stampata = client.get(reverse("graduatoria_pdf", args=[graduatoria.pk]))
    assert stampata["Content-Type"] == "application/pdf"
    assert stampata.getvalue()[:5] == b"%PDF-"
    graduatoria.refresh_from_db()
    foglio = componi(fotografa(graduatoria))
    assert "All&#x27;unanimità." in foglio
    assert "non è la graduatoria definitiva" not in foglio
    assert "17,5, su 20" in foglio


def test_chi_finisce_in_conflitto_mentre_scrive_non_perde_le_parole(
    entra: Entra, bando: ManifestazioneInteresse, valutatore: Valutatore, chi: Utente
) -> None:
    Valutatore.objects.filter(pk=valutatore.pk).update(stato="attivo")
    proposta = bando.proposte.get()
    scheda = reverse("valuta_proposta", args=[valutatore.pk, proposta.pk])
    client = entra(chi)
    assert client.get(scheda).status_code == 200
    PartnerFactory(proposta=proposta, ente=valutatore.seggio.ente)
    risposta = leggi(client.post(scheda, {"giudizio": "Parole mie.", "passo": "bozza"}))
    assert "si astiene dalla valutazione" in risposta.testo
    assert modulo(risposta)["giudizio"].strip() == "Parole mie."
    valutatore.refresh_from_db()
    assert valutatore.stato == "astenuto"
    risposta = client.get(scheda, follow=True)
    assert f"{valutatore.seggio.ente} è partner della proposta" in leggi(risposta).testo


def test_chi_consulta_non_vede_i_punti_finche_le_schede_non_sono_tutte(
    entra: Entra, bando: ManifestazioneInteresse, con_incarico: Any
) -> None:
    for stato in ("attivo", "attivo"):
        ValutatoreFactory(manifestazione=bando, stato=stato)
    primo = bando.valutatori.first()
    scheda = SchedaValutazione.objects.create(
        valutatore=primo, proposta=bando.proposte.get(), giudizio="Segreto.",
        consegnata_il=timezone.now(),
    )  # fmt: skip
    client = entra(con_incarico(Ruolo.NUCLEO))
    pagina = leggi(client.get(reverse("valutazione_bando", args=[bando.pk]))).testo
    assert "1 / 1" in pagina
    assert "0 / 1" in pagina
    letta = leggi(client.get(reverse("valuta_schede", args=[scheda.proposta_id]))).testo
    assert "Segreto." not in letta
    assert "Nessuna scheda si può ancora leggere." in letta


def test_chi_propone_non_trova_ne_schede_ne_scenari(
    entra: Entra, bando: ManifestazioneInteresse, referente_di: Any, ufficio: Utente
) -> None:
    proposta = bando.proposte.get()
    scenario = crea_scenario(
        bando, nome="Riservato", fonti=[("Dotazione", D(150))], metodo=Metodo(), da=ufficio
    )
    client = entra(referente_di(proposta.capofila))
    assert client.get(reverse("valuta_schede", args=[proposta.pk])).status_code == 403
    assert client.get(reverse("scenario", args=[scenario.pk])).status_code == 404
    pagina = leggi(client.get(reverse("riparto_bando", args=[bando.pk]))).testo
    assert "Riservato" not in pagina
    assert "Nessuno scenario." in pagina
    assert (
        "Chi valuta" not in leggi(client.get(reverse("valutazione_bando", args=[bando.pk]))).testo
    )


def test_uno_scenario_si_scrive_si_copia_si_confronta_e_si_sceglie(
    entra: Entra, bando: ManifestazioneInteresse, ufficio: Utente, client: Client
) -> None:
    _proposta(bando, 2)
    dentro = entra(ufficio)
    nuovo = reverse("scenario_nuovo", args=[bando.pk])
    form = modulo(leggi(dentro.get(nuovo)), "form.modulo")
    assert (form["fonte_1"], form["fonte_1_importo"]) == (
        "Dotazione della manifestazione", "150,00",
    )  # fmt: skip
    secondo = bando.proposte.get(numero=2).pk
    sbagliato = leggi(
        dentro.post(nuovo, form | {"nome": "Primo", f"taglio_{secondo}": "1.000",
                                   "fonte_2": "Residui"})
    )  # fmt: skip
    assert "Scrivi quanto viene da questa fonte." in sbagliato.testo
    sbagliato = leggi(dentro.post(nuovo, form | {"nome": "Primo", f"taglio_{secondo}": "1.000"}))
    assert "Il taglio di «Progetto 2» è 1.000,00 €, più dei 200,00 € richiesti." in sbagliato.testo
    assert modulo(sbagliato)[f"taglio_{secondo}"] == "1.000"
    dentro.post(nuovo, form | {"nome": "Primo"})
    primo = Scenario.objects.get()
    assert list(primo.righe.values_list("assegnato", flat=True)) == [D(50), D(100)]
    pagina = leggi(dentro.get(reverse("scenario", args=[primo.pk])))
    assert "In proporzione: 150,00 : 300,00 = 50 %." in pagina.testo

    copia = dentro.post(reverse("scenario_copia", args=[primo.pk]))
    form = modulo(leggi(dentro.get(copia.url)))
    dentro.post(copia.url, form | {"nome": "Col taglio", f"taglio_{secondo}": "50",
                                   f"motivo_{secondo}": "azioni ripetute"})  # fmt: skip
    altro = Scenario.objects.get(nome="Col taglio")
    confronto = leggi(dentro.get(reverse("riparto_bando", args=[bando.pk]))).testo
    assert "60,00 60,00 % · +10,00" in confronto
    assert "90,00 45,00 % · -10,00" in confronto
    scegli = reverse("scenario_scegli", args=[altro.pk])
    dentro.post(scegli, {"motivo": "Le azioni ripetute si tolgono."})
    altro.refresh_from_db()
    assert altro.in_vigore
    assert dentro.get(reverse("scenario_modifica", args=[altro.pk])).status_code == 302
    dentro.post(reverse("scenario_elimina", args=[primo.pk]))
    assert Scenario.objects.get() == altro


def test_gli_esiti_li_legge_chiunque_ma_solo_quando_sono_decisi(
    client: Client, bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    indirizzo = reverse("riparto_risultati", args=[bando.edizione.slug, bando.numero])
    assert client.get(indirizzo).status_code == 404
    scenario = crea_scenario(
        bando, nome="Unico", fonti=[("Dotazione", D(80))], metodo=Metodo(), da=ufficio
    )
    assert client.get(indirizzo).status_code == 404
    scegli_scenario(scenario, motivo="Per realizzarli tutti.", da=ufficio)
    pagina = leggi(client.get(indirizzo)).testo
    assert "Per realizzarli tutti." in pagina
    assert "100,00 × 80 % = 80,00 €." in pagina
    tabella = client.get(f"{indirizzo}csv/").getvalue().decode()
    assert "1;Progetto 1;" in tabella
    assert ";200,00;100,00;80,00;80,00;" in tabella


def test_un_progetto_ritirato_si_vede_e_si_scorre(
    entra: Entra, bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    _proposta(bando, 2)
    scenario = crea_scenario(
        bando, nome="Primo", fonti=[("Dotazione", D(150))], metodo=Metodo(), da=ufficio
    )
    scegli_scenario(scenario, motivo="Per tutti.", da=ufficio)
    bando.proposte.filter(numero=2).update(stato="ritirata")
    client = entra(ufficio)
    pagina = leggi(client.get(reverse("riparto_bando", args=[bando.pk]))).testo
    assert "Un progetto finanziato si è ritirato: «Progetto 2» (100,00 €)." in pagina
    client.post(reverse("scenario_scorri", args=[scenario.pk]), {"come": "proporzionale"})
    dopo = Scenario.objects.get(deriva_da=scenario)
    assert list(dopo.righe.values_list("assegnato", flat=True)) == [D(100)]
    assert dopo.residuo == D(50)


@pytest.mark.parametrize("quante", [1, 3])
def test_le_pagine_costano_lo_stesso_con_una_proposta_e_con_tre(
    entra: Entra, bando: ManifestazioneInteresse, ufficio: Utente, quante: int
) -> None:
    for numero in range(2, quante + 1):
        _proposta(bando, numero)
    for nome in ("Uno", "Due"):
        scenario = crea_scenario(
            bando, nome=nome, fonti=[("Dotazione", D(150))], metodo=Metodo(), da=ufficio
        )
    for _n in range(quante):
        ValutatoreFactory(manifestazione=bando)
    scegli_scenario(scenario, motivo="Per tutti.", da=ufficio)
    client = entra(ufficio)
    client.get(reverse("conciliazione"))
    conti = []
    for nome in ("valutazione_bando", "riparto_bando"):
        conti.append(_query(client, reverse(nome, args=[bando.pk])))
    conti.append(_query(client, reverse("scenario", args=[scenario.pk])))
    esiti = reverse("riparto_risultati", args=[bando.edizione.slug, bando.numero])
    conti.append(_query(client, esiti))
    assert conti == [13, 10, 7, 7]


def _query(client: Client, indirizzo: str) -> int:
    with CaptureQueriesContext(connection) as lette:
        assert client.get(indirizzo).status_code == 200
    return len(lette)
