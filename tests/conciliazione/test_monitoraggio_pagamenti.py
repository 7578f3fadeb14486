# SPDX-License-Identifier: AGPL-3.0-or-later
"""Instalments paid in pieces, and what comes back of what was paid too much: to the cent."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from conciliazione.azioni.pagamento import annulla_pagamento, disponi_rata, esegui_pagamento
from conciliazione.azioni.recupero import annulla_incasso, registra_incasso
from conciliazione.azioni.rendiconto import si_puo_chiedere
from conciliazione.models import EdizioneConciliazione, Incasso, Pagamento, Progetto, Rendiconto
from conciliazione.monitoraggio.bacheca import cose_da_fare
from conciliazione.monitoraggio.conto import situazioni, totali
from piani.models import Evento, Utente
from tests.factories_conciliazione import (
    PagamentoFactory,
    ProgettoFactory,
    ReferenteFactory,
    RendicontoFactory,
)

pytestmark = pytest.mark.django_db
D = Decimal
GIORNO = date(2021, 3, 1)


@pytest.fixture
def progetto(edizione: EdizioneConciliazione) -> Progetto:
    return ProgettoFactory(proposta__manifestazione__edizione=edizione)


@pytest.fixture
def rata(progetto: Progetto) -> Rendiconto:
    return RendicontoFactory(
        progetto=progetto, rata="anticipo", stato="approvato", richiesto="35000.00",
        riconosciuto="35000.00",
    )  # fmt: skip


@pytest.fixture
def oltre(progetto: Progetto, rata: Rendiconto) -> Progetto:
    """35.000,00 paid, 14.000,01 recognised at the end: 20.999,99 to recover."""
    PagamentoFactory(rendiconto=rata, importo="35000.00", stato="eseguito", eseguito_il=GIORNO)
    RendicontoFactory(
        progetto=progetto, rata="saldo", stato="approvato", richiesto="0.00", riconosciuto="0.00",
        verifiche={"finale": "14000.01", "limiti": [], "condizioni": [], "massimo": "0"},
    )  # fmt: skip
    return progetto


def paga(rata: Rendiconto, da: Utente, **altro: Any) -> Pagamento:
    return disponi_rata(rata, atto="Determina di prova", disposto_il=GIORNO, da=da, **altro)


def rifiuto(azione: Any, *args: Any, **kwargs: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as raccolto:
        azione(*args, **kwargs)
    errore = raccolto.value
    return errore.message_dict if hasattr(errore, "error_dict") else {"": errore.messages}


# An instalment in pieces ------------------------------------------------------------------------


def test_una_rata_si_paga_a_pezzi_fino_al_riconosciuto(rata: Rendiconto, ufficio: Utente) -> None:
    primo = paga(rata, ufficio, importo=D("20000.00"))
    esegui_pagamento(primo, eseguito_il=GIORNO, mandato="1", da=ufficio)
    assert rifiuto(paga, rata, ufficio, importo=D("15000.01")) == {
        "importo": ["Restano 15.000,00 € (35.000,00 € riconosciuti − 20.000,00 € già disposti): "
                    "15.000,01 € sono 0,01 € in più."]
    }  # fmt: skip
    assert rifiuto(paga, rata, ufficio, importo=D("0")) == {
        "importo": ["Un pagamento è maggiore di zero."]
    }
    # Half paid is not paid: the next instalment waits.
    assert si_puo_chiedere(rata.progetto) == ""
    secondo = paga(rata, ufficio)
    assert secondo.importo == D("15000.00")
    assert rifiuto(paga, rata, ufficio) == {
        "": ["Il rendiconto è già stato pagato: 35.000,00 € riconosciuti e disposti."]
    }
    annulla_pagamento(secondo, motivo="IBAN sbagliato", da=ufficio)
    terzo = paga(rata, ufficio, importo=D("15000.00"))
    assert si_puo_chiedere(rata.progetto) == ""
    esegui_pagamento(terzo, eseguito_il=GIORNO, mandato="2", da=ufficio)
    assert si_puo_chiedere(rata.progetto) == "intermedia"
    (una,) = situazioni([rata.progetto])
    assert (una.liquidato, una.da_liquidare) == (D("35000.00"), rata.progetto.contributo - 35000)


def test_la_bacheca_dice_quanto_resta_da_disporre(rata: Rendiconto, ufficio: Utente) -> None:
    paga(rata, ufficio, importo=D("20000.00"))
    (cosa,) = [una for una in cose_da_fare(ufficio) if una.titolo.startswith("Disponi")]
    assert cosa.testo == "Il rendiconto è approvato: restano da disporre 15.000,00 €."
    paga(rata, ufficio)
    assert not [una for una in cose_da_fare(ufficio) if una.titolo.startswith("Disponi")]


def test_dalla_pagina_si_dispone_una_parte_e_un_errore_non_perde_niente(
    client: Client, rata: Rendiconto, ufficio: Utente
) -> None:
    client.force_login(ufficio)
    indirizzo = reverse("pagamento_disponi", args=[rata.pk])
    dati = {"disponi-importo": "50.000,00", "disponi-atto": "Det. 7", "disponi-disposto_il": GIORNO}
    testo = client.post(indirizzo, dati).content.decode()
    assert "sono 15.000,00 € in più." in testo
    assert 'value="Det. 7"' in testo
    risposta = client.post(indirizzo, dati | {"disponi-importo": "20000,50"}, follow=True)
    testo = risposta.content.decode()
    assert "Restano da pagare 14.999,50 €" in testo
    assert 'value="14.999,50"' in testo


# What comes back --------------------------------------------------------------------------------


def test_un_recupero_si_incassa_a_pezzi_e_mai_oltre(oltre: Progetto, ufficio: Utente) -> None:
    primo = registra_incasso(
        oltre, importo=D("10000.00"), atto="Nota 12", incassato_il=GIORNO, reversale="88",
        da=ufficio,
    )  # fmt: skip
    (una,) = situazioni([oltre])
    assert (una.recuperato, una.da_recuperare) == (D("10000.00"), D("10999.99"))
    insieme = totali(oltre.edizione, [una])
    assert (insieme.recuperato, insieme.da_recuperare) == (D("10000.00"), D("10999.99"))
    dati = {"atto": "Nota 13", "incassato_il": GIORNO, "da": ufficio}
    assert rifiuto(registra_incasso, oltre, importo=D("11000.00"), **dati) == {
        "importo": ["Da recuperare restano 10.999,99 €: 11.000,00 € sono 0,01 € in più."]
    }
    assert rifiuto(
        registra_incasso, oltre, importo=D(-1), **(dati | {"incassato_il": date(2999, 1, 1)})
    ) == {
        "importo": ["Un incasso è maggiore di zero."],
        "incassato_il": ["È un giorno che deve ancora venire."],
    }
    registra_incasso(oltre, importo=D("10999.99"), **dati)
    assert situazioni([oltre])[0].da_recuperare == D(0)
    (detto,) = rifiuto(registra_incasso, oltre, importo=D(1), **dati)[""]
    assert detto.startswith("Non c'è nulla da recuperare")

    annulla_incasso(primo, motivo="Era di un altro progetto", da=ufficio)
    assert situazioni([oltre])[0].da_recuperare == D("10000.00")
    assert rifiuto(annulla_incasso, primo, motivo="x", da=ufficio) == {
        "": ["L'incasso è già annullato: ricarica la pagina."]
    }
    tipi = Evento.objects.filter(tipo__startswith="conc_incasso").order_by("pk")
    assert [(uno.tipo, uno.dati["atto"]) for uno in tipi] == [
        ("conc_incasso.registrato", "Nota 12"), ("conc_incasso.registrato", "Nota 13"),
        ("conc_incasso.annullato", "Nota 12"),
    ]  # fmt: skip


def test_prima_del_saldo_non_c_e_niente_da_recuperare(rata: Rendiconto, ufficio: Utente) -> None:
    PagamentoFactory(rendiconto=rata, importo="35000.00", stato="eseguito", eseguito_il=GIORNO)
    (detto,) = rifiuto(
        registra_incasso, rata.progetto, importo=D(1), atto="x", incassato_il=GIORNO, da=ufficio
    )[""]
    assert detto.startswith("Non c'è nulla da recuperare")


def test_gli_incassi_li_scrive_chi_paga_e_li_legge_chi_guida_il_progetto(
    client: Client, oltre: Progetto, ufficio: Utente
) -> None:
    capofila = ReferenteFactory(ente=oltre.capofila).utente
    estraneo = ReferenteFactory().utente
    incasso = registra_incasso(
        oltre, importo=D("1000.00"), atto="Nota 12", incassato_il=GIORNO, da=ufficio
    )
    for chi in (capofila, estraneo):
        with pytest.raises(PermissionDenied):
            registra_incasso(oltre, importo=D(1), atto="x", incassato_il=GIORNO, da=chi)
        with pytest.raises(PermissionDenied):
            annulla_incasso(incasso, motivo="x", da=chi)
    assert list(Incasso.objects.visibili_a(capofila)) == [incasso]
    assert list(Incasso.objects.visibili_a(ufficio)) == [incasso]
    assert not Incasso.objects.visibili_a(estraneo).exists()

    pagina = reverse("rendiconti_progetto", args=[oltre.pk])
    client.force_login(capofila)
    testo = client.get(pagina).content.decode()
    assert "35.000,00 € − 14.000,01 € − 1.000,00 € già rientrati" in testo
    assert "Nota 12" in testo
    assert "Registra un incasso" not in testo
    assert client.get(reverse("incasso_nuovo", args=[oltre.pk])).status_code == 403
    client.force_login(ufficio)
    assert "Registra un incasso" in client.get(pagina).content.decode()


def test_dalle_pagine_si_registra_e_si_annulla(
    client: Client, oltre: Progetto, ufficio: Utente
) -> None:
    client.force_login(ufficio)
    indirizzo = reverse("incasso_nuovo", args=[oltre.pk])
    assert 'value="20.999,99"' in client.get(indirizzo).content.decode()
    dati = {"importo": "mille", "atto": "Nota 5", "incassato_il": GIORNO, "reversale": ""}
    testo = client.post(indirizzo, dati).content.decode()
    assert 'value="Nota 5"' in testo
    assert not Incasso.objects.exists()
    client.post(indirizzo, dati | {"importo": "1.000,50"})
    incasso = Incasso.objects.get()
    assert (incasso.importo, incasso.registrato_da) == (D("1000.50"), ufficio)
    annulla = reverse("incasso_annulla", args=[incasso.pk])
    assert "1.000,50 € del 01/03/2021, Nota 5." in client.get(annulla).content.decode()
    client.post(annulla, {"motivo": "Doppio"})
    incasso.refresh_from_db()
    assert (incasso.annullato_il is not None, incasso.motivo) == (True, "Doppio")
