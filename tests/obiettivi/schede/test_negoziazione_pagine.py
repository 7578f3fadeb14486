# SPDX-License-Identifier: AGPL-3.0-or-later
"""The negotiation on the pages, and in the inbox: each sees and does their part."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import Finestra, FirmaScheda, MessaggioScheda, Proroga, SchedaBudget
from obiettivi.schede.bacheca_negozia import cose_da_fare
from obiettivi.schede.negoziazione import pannello
from obiettivi.schede.personale import divulgare_entro
from piani.models import Ruolo, Utente
from tests.factories import FinestraFactory, IncaricoFactory, UnitaFactory
from tests.obiettivi.schede.cdr import Cdr, crea_cdr, crea_scheda, persona, pesa

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = SchedaBudget.Stato


@pytest.fixture
def cdr(db: None) -> Cdr:
    return crea_cdr()


def pagina(client: Client, chi: Utente, cdr: Cdr) -> str:
    client.force_login(chi)
    risposta = client.get(cdr.scheda.get_absolute_url())
    assert risposta.status_code == 200
    return re.sub(r"\s+", " ", risposta.content.decode())


def manda(client: Client, chi: Utente, nome: str, cdr: Cdr, **dati: Any) -> Any:
    client.force_login(chi)
    return client.post(reverse(nome, args=[cdr.scheda.pk]), dati)


def test_dal_primo_invio_alla_presa_visione_ciascuno_dalla_sua_pagina(
    cdr: Cdr, client: Client
) -> None:
    assert "Invia in negoziazione" in pagina(client, cdr.controllo, cdr)
    manda(client, cdr.controllo, "scheda_invia", cdr)
    assert "Firma la versione 1" not in pagina(client, cdr.controllo, cdr)
    for ruolo, chi in (
        ("direzione", cdr.direzione),
        ("dipartimento", cdr.direttore),
        ("responsabile", cdr.responsabile),
    ):
        assert pagina(client, chi, cdr).count("Firma la versione 1") == 1
        manda(client, chi, "scheda_firma", cdr, ruolo=ruolo, versione="1")
    assert "Divulga al personale" in pagina(client, cdr.responsabile, cdr)
    manda(client, cdr.responsabile, "scheda_divulga", cdr)
    assert "0 su 1 persona" in pagina(client, cdr.responsabile, cdr)
    assert "Ne ho preso visione" in pagina(client, cdr.dipendente, cdr)
    manda(client, cdr.dipendente, "scheda_presa_visione", cdr)
    assert "Hai preso visione della versione 1" in pagina(client, cdr.dipendente, cdr)
    assert "1 su 1 persona" in pagina(client, cdr.responsabile, cdr)
    assert SchedaBudget.objects.get().stato == Stato.IN_MONITORAGGIO


def test_il_personale_non_legge_messaggi_ne_versioni_mai_firmate(cdr: Cdr, client: Client) -> None:
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    azioni.scrivi_messaggio(cdr.scheda, testo="Detto fra noi", da=cdr.responsabile)
    pesa(cdr.scheda, 50, 50)
    azioni.invia_scheda(cdr.scheda, motivo="Pesi alla pari", da=cdr.controllo)
    cdr.firma()
    azioni.divulga(cdr.scheda, da=cdr.responsabile)
    vista = pagina(client, cdr.dipendente, cdr)
    assert "Versione 2" in vista.replace("</strong>", "")
    assert "Versione 1" not in vista
    assert "Detto fra noi" not in vista
    nucleo = persona(cdr.azienda, Ruolo.NUCLEO)
    assert "Detto fra noi" in pagina(client, nucleo, cdr)
    assert '<form method="post" action="/schede/' not in pagina(client, nucleo, cdr)


def test_un_rifiuto_si_legge_e_cio_che_era_scritto_resta(cdr: Cdr, client: Client) -> None:
    pesa(cdr.scheda, 1, 1)
    rifiuto = manda(client, cdr.controllo, "scheda_invia", cdr)
    assert rifiuto.status_code == 200
    assert "prima va rimediato" in rifiuto.content.decode()
    pesa(cdr.scheda, 40, 60)
    cdr.in_monitoraggio()
    dati = {"revisione-motivo": "Meno letti", "revisione-atto_tipo": "Decreto"}
    rifiuto = manda(client, cdr.controllo, "scheda_revisione", cdr, **dati)
    assert rifiuto.status_code == 200
    assert "Meno letti" in rifiuto.content.decode()
    assert SchedaBudget.objects.get().stato == Stato.IN_MONITORAGGIO
    dati |= {"revisione-atto_numero": "7", "revisione-atto_data": "01/07/2022"}
    manda(client, cdr.controllo, "scheda_revisione", cdr, **dati)
    assert SchedaBudget.objects.get().stato == Stato.IN_NEGOZIAZIONE
    manda(client, cdr.controllo, "scheda_revisione_abbandona", cdr, **{"abbandona-motivo": "No"})
    assert SchedaBudget.objects.get().stato == Stato.IN_MONITORAGGIO


def test_firmare_la_versione_vecchia_dalla_pagina_dice_di_leggere_la_nuova(
    cdr: Cdr, client: Client
) -> None:
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    pesa(cdr.scheda, 50, 50)
    azioni.invia_scheda(cdr.scheda, motivo="Pesi alla pari", da=cdr.controllo)
    manda(client, cdr.direzione, "scheda_firma", cdr, ruolo="direzione", versione="1")
    assert "nel frattempo è stata inviata la 2" in pagina(client, cdr.direzione, cdr)
    for sbagliata in ({}, {"ruolo": "x", "versione": "1"}, {"ruolo": "direzione"}):
        manda(client, cdr.direzione, "scheda_firma", cdr, **sbagliata)
    assert not FirmaScheda.objects.exists()


def test_il_confronto_mostra_pesi_prima_e_dopo(cdr: Cdr, client: Client) -> None:
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    indirizzo = reverse("scheda_confronto", args=[cdr.scheda.pk])
    client.force_login(cdr.responsabile)
    assert "Non ci sono due versioni" in client.get(indirizzo).content.decode()
    pesa(cdr.scheda, 50, 50)
    azioni.invia_scheda(cdr.scheda, motivo="Pesi alla pari", da=cdr.controllo)
    vista = client.get(indirizzo)
    assert [(uno.prima, uno.dopo) for uno in vista.context["confronto"].pesi] == [
        (28, 35),
        (42, 35),
    ]
    assert "Effetto sui pesi" in vista.content.decode()
    for sbagliato in ("?prima=9&dopo=1", "?prima=x", "?dopo=2"):
        assert client.get(f"{indirizzo}{sbagliato}").status_code == 200


def test_le_proposte_di_un_anno_partono_insieme(cdr: Cdr, client: Client) -> None:
    guasta = crea_scheda(cdr.azienda, UnitaFactory(organigramma=cdr.unita.organigramma, cdr=True))
    pesa(guasta, 1, 1)
    indirizzo = reverse("schede_invia", args=[cdr.azienda.codice, 2022])
    client.force_login(cdr.controllo)
    assert client.get(indirizzo).context["form"].initial["schede"] == [cdr.scheda.pk, guasta.pk]
    assert "Scegli almeno una scheda." in client.post(indirizzo).content.decode()
    esito = client.post(indirizzo, {"schede": [cdr.scheda.pk, guasta.pk]})
    assert "1 scheda non inviata" in esito.content.decode()
    assert esito.context["form"].initial["schede"] == [guasta.pk]
    pesa(guasta, 50, 50)
    assert client.post(indirizzo, {"schede": [guasta.pk]}).url == reverse("schede")


@pytest.mark.parametrize("quanti", [1, 3])
def test_il_pannello_chiede_lo_stesso_con_una_riga_e_con_tre(
    cdr: Cdr, quanti: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for volta in range(quanti):
        pesa(cdr.scheda, 10 + volta, 90 - volta)
        azioni.invia_scheda(cdr.scheda, motivo="Cambia", da=cdr.controllo)
        azioni.scrivi_messaggio(cdr.scheda, testo="Sì", da=cdr.responsabile)
        persona(cdr.azienda, Ruolo.DIPENDENTE, cdr.unita)
    cdr.firma()
    azioni.divulga(cdr.scheda, da=cdr.responsabile)
    scheda = SchedaBudget.objects.per_elenco().get()
    with django_assert_num_queries(33):
        suo = pannello(scheda, cdr.responsabile)
        assert suo is not None
        render_to_string(suo.template, {"p": suo.contesto})


# The inbox ---------------------------------------------------------------------------------------


def titoli(chi: Utente) -> list[tuple[str, date | None]]:
    chi = Utente.objects.get(pk=chi.pk)
    return [(cosa.titolo, cosa.scadenza) for cosa in cose_da_fare(chi)]


def test_ciascuno_trova_fra_le_cose_da_fare_il_suo_passo_e_il_termine(cdr: Cdr) -> None:
    scade = timezone.localdate() + timedelta(days=5)
    finestra = FinestraFactory(
        azienda=cdr.azienda, tipo=Finestra.Tipo.NEGOZIAZIONE, frazione="", scade=scade
    )
    assert titoli(cdr.controllo) == [("1 scheda budget 2022 da inviare in negoziazione", scade)]
    assert titoli(cdr.responsabile) == []
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    firma = f"Firma la scheda budget: {cdr.scheda}"
    for chi in (cdr.direzione, cdr.direttore, cdr.responsabile):
        assert titoli(chi) == [(firma, scade)]
    tardi = scade + timedelta(days=9)
    Proroga.objects.create(finestra=finestra, unita=cdr.unita, fino_al=tardi, motivo="Ferie")
    assert titoli(cdr.direzione) == [(firma, tardi)]
    azioni.scrivi_messaggio(cdr.scheda, testo="Troppo", da=cdr.responsabile)
    rispondi = f"Rispondi al messaggio sulla scheda budget: {cdr.scheda}"
    assert titoli(cdr.controllo) == [(rispondi, tardi)]
    azioni.scrivi_messaggio(cdr.scheda, testo="Vediamo", da=cdr.controllo)
    assert titoli(cdr.controllo) == []
    assert titoli(cdr.responsabile) == [(firma, tardi), (rispondi, tardi)]
    cdr.firma()
    entro = divulgare_entro(cdr.scheda)
    assert titoli(cdr.responsabile) == [(f"Divulga la scheda budget: {cdr.scheda}", entro)]
    assert titoli(cdr.direzione) == titoli(cdr.dipendente) == []
    azioni.divulga(cdr.scheda, da=cdr.responsabile)
    assert titoli(cdr.dipendente) == [
        (f"Prendi visione della scheda budget: {cdr.scheda}", None)
    ]  # fmt: skip
    azioni.prendi_visione(cdr.scheda, da=cdr.dipendente)
    assert titoli(cdr.dipendente) == []


def test_una_nuova_versione_risponde_al_messaggio(cdr: Cdr) -> None:
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    azioni.scrivi_messaggio(cdr.scheda, testo="Troppo", da=cdr.responsabile)
    assert len(titoli(cdr.controllo)) == 1
    pesa(cdr.scheda, 50, 50)
    azioni.invia_scheda(cdr.scheda, motivo="Meno", da=cdr.controllo)
    assert titoli(cdr.controllo) == []


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_cose_da_fare_chiedono_lo_stesso_per_una_scheda_e_per_tre(
    cdr: Cdr, quanti: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _volta in range(quanti - 1):
        unita = UnitaFactory(organigramma=cdr.unita.organigramma, parent=cdr.dipartimento)
        scheda = crea_scheda(cdr.azienda, unita)
        azioni.invia_scheda(scheda, da=cdr.controllo)
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    for scheda in SchedaBudget.objects.all():
        MessaggioScheda.objects.create(
            scheda=scheda, versione=1, testo="Sì", autore=cdr.responsabile
        )
    direzione = IncaricoFactory(azienda=cdr.azienda, ruolo=Ruolo.DIREZIONE).utente
    with django_assert_num_queries(14):
        assert len(list(cose_da_fare(direzione))) == quanti
