# SPDX-License-Identifier: AGPL-3.0-or-later
"""A contribution taken back: what was paid comes back, but for what the act leaves."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni.pagamento import annulla_pagamento, disponi_rata
from conciliazione.azioni.recupero import annulla_incasso, registra_incasso
from conciliazione.azioni.revoca import revoca_progetto, scrivi_revoca
from conciliazione.models import (
    EdizioneConciliazione,
    Progetto,
    Rendiconto,
    RevocaContributo,
)
from conciliazione.monitoraggio import bacheca
from conciliazione.monitoraggio.conto import situazioni, totali
from piani.models import Evento, Ruolo, Utente
from tests.factories_conciliazione import (
    PagamentoFactory,
    ProgettoFactory,
    ReferenteFactory,
    RendicontoFactory,
)

pytestmark = pytest.mark.django_db
D = Decimal
GIORNO = date(2021, 3, 1)
ATTO = {"atto": "Decreto n. 7", "atto_del": date(2022, 1, 10)}
ENTRO = date(2022, 3, 31)


@pytest.fixture
def rata(edizione: EdizioneConciliazione) -> Rendiconto:
    """35.000,00 paid in advance to a project under way, and no balance."""
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione, stato="in_corso")
    rata = RendicontoFactory(
        progetto=progetto, rata="anticipo", stato="approvato", richiesto="35000.00",
        riconosciuto="35000.00",
    )  # fmt: skip
    PagamentoFactory(rendiconto=rata, importo="35000.00", stato="eseguito", eseguito_il=GIORNO)
    return rata


@pytest.fixture
def progetto(rata: Rendiconto) -> Progetto:
    return rata.progetto


def revoca(progetto: Progetto, da: Utente | None, **altro: Any) -> None:
    revoca_progetto(progetto, **{"motivo": "Rinuncia", **ATTO, "entro": ENTRO, "da": da} | altro)


def incassa(progetto: Progetto, quanto: str, da: Utente) -> Any:
    return registra_incasso(
        progetto, importo=D(quanto), atto="Nota 12", incassato_il=date(2022, 2, 1), da=da
    )


def rifiuto(azione: Callable[..., object], *args: Any, **kwargs: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as errore:
        azione(*args, **kwargs)
    if hasattr(errore.value, "message_dict"):
        return dict(errore.value.message_dict)
    return {"": errore.value.messages}


def test_tutto_cio_che_e_pagato_e_da_recuperare(progetto: Progetto, ufficio: Utente) -> None:
    revoca(progetto, ufficio)
    una = situazioni([progetto])[0]
    assert (progetto.stato, una.finale, una.liquidato) == ("revocato", D(0), D(35000))
    assert (una.da_restituire, una.da_recuperare, una.da_liquidare) == (D(35000), D(35000), D(0))
    assert una.residuo == progetto.contributo
    riga = RevocaContributo.objects.get()
    assert (riga.atto, riga.atto_del, riga.entro, riga.scritta_da) == (
        "Decreto n. 7", date(2022, 1, 10), ENTRO, ufficio,
    )  # fmt: skip
    evento = Evento.objects.get(tipo="conc_progetto.revocato")
    assert evento.dati["atto"] == "Decreto n. 7"
    assert evento.dati["trattenuto"] == "0"


def test_cio_che_l_atto_lascia_non_si_recupera(progetto: Progetto, ufficio: Utente) -> None:
    """35.000,00 − 14.000,01 = 20.999,99; 10.000,00 collected: 10.999,99."""
    revoca(progetto, ufficio, trattenuto=D("14000.01"))
    incasso = incassa(progetto, "10000.00", ufficio)
    una = situazioni([progetto])[0]
    assert (una.da_restituire, una.recuperato, una.da_recuperare) == (
        D("20999.99"), D("10000.00"), D("10999.99"),
    )  # fmt: skip
    insieme = totali(progetto.edizione, [una])
    assert (insieme.recuperato, insieme.da_recuperare) == (D("10000.00"), D("10999.99"))
    assert rifiuto(incassa, progetto, "11000.00", ufficio) == {
        "importo": ["Da recuperare restano 10.999,99 €: 11.000,00 € sono 0,01 € in più."]
    }
    annulla_incasso(incasso, motivo="Era di un altro", da=ufficio)
    assert situazioni([progetto])[0].da_recuperare == D("20999.99")


def test_la_revoca_vale_piu_di_un_saldo(progetto: Progetto, ufficio: Utente) -> None:
    """What a balance had recognised falls with the contribution."""
    RendicontoFactory(
        progetto=progetto, rata="saldo", stato="approvato", richiesto="0.00", riconosciuto="0.00",
        verifiche={"finale": "30000.00", "limiti": [], "condizioni": [], "massimo": "0"},
    )  # fmt: skip
    assert situazioni([progetto])[0].da_recuperare == D(5000)
    revoca(progetto, ufficio)
    assert situazioni([progetto])[0].da_recuperare == D(35000)


@pytest.mark.parametrize(
    ("come", "attesi"),
    [
        ({"atto": " "}, {"atto": ["Scrivi l'atto che revoca il contributo."]}),
        ({"motivo": ""}, {"motivo": ["Scrivi il motivo."]}),
        ({"entro": None}, {"entro": ["Scrivi entro quando il capofila restituisce 35.000,00 €."]}),
        ({"entro": date(2022, 1, 9)},
         {"entro": ["Il termine per restituire viene prima dell'atto."]}),
        ({"trattenuto": D("35000.01")},
         {"trattenuto": ["Al capofila sono stati pagati 35.000,00 €: non può restargli di più."]}),
        ({"atto_del": date(2999, 1, 1), "entro": date(2999, 2, 1)},
         {"atto_del": ["È un giorno che deve ancora venire."]}),
    ],
)  # fmt: skip
def test_cio_che_non_torna_si_dice_e_niente_cambia(
    progetto: Progetto, ufficio: Utente, come: dict[str, Any], attesi: dict[str, list[str]]
) -> None:
    assert rifiuto(revoca, progetto, ufficio, **come) == attesi
    progetto.refresh_from_db()
    assert progetto.stato == "in_corso"
    assert not RevocaContributo.objects.exists()


def test_se_non_resta_niente_da_restituire_il_termine_non_serve(
    progetto: Progetto, ufficio: Utente
) -> None:
    revoca(progetto, ufficio, trattenuto=D(35000), entro=None)
    assert situazioni([progetto])[0].da_recuperare == D(0)


def test_prima_di_revocare_non_c_e_niente_di_disposto_e_dopo_non_si_paga(
    rata: Rendiconto, ufficio: Utente
) -> None:
    altra = RendicontoFactory(
        progetto=rata.progetto, rata="intermedia", stato="approvato", richiesto="9000.00",
        riconosciuto="9000.00",
    )  # fmt: skip
    disposto = disponi_rata(altra, atto="Determina 3", disposto_il=GIORNO, da=ufficio)
    (detto,) = rifiuto(revoca, rata.progetto, ufficio)[""]
    assert detto.startswith("C'è un pagamento disposto e non eseguito")
    annulla_pagamento(disposto, motivo="Si revoca", da=ufficio)
    revoca(rata.progetto, ufficio)
    assert rifiuto(disponi_rata, altra, atto="D", disposto_il=GIORNO, da=ufficio) == {
        "": ["Il contributo è revocato: non si paga più."]
    }


def test_la_revoca_si_completa_e_si_proroga_ma_non_sotto_cio_che_e_rientrato(
    progetto: Progetto, ufficio: Utente
) -> None:
    """A project revoked before the product kept the act: all of it is to be recovered."""
    with pytest.raises(ValidationError, match="solo quando è «Revocato»"):
        scrivi_revoca(progetto, **ATTO, entro=ENTRO, da=ufficio)
    Progetto.objects.filter(pk=progetto.pk).update(stato="revocato", motivo="Rinuncia (D. 1)")
    progetto.refresh_from_db()
    assert situazioni([progetto])[0].da_recuperare == D(35000)
    scrivi_revoca(progetto, **ATTO, entro=ENTRO, da=ufficio)
    incassa(progetto, "30000.00", ufficio)
    assert rifiuto(
        scrivi_revoca, progetto, **ATTO, trattenuto=D(6000), entro=ENTRO, da=ufficio
    ) == {
        "trattenuto": [
            "Sono già rientrati 30.000,00 €: al capofila ne possono restare al massimo 5.000,00 €."
        ]
    }
    scrivi_revoca(progetto, **ATTO, trattenuto=D(5000), entro=date(2022, 12, 31), da=ufficio)
    assert RevocaContributo.objects.get().entro == date(2022, 12, 31)
    assert situazioni([progetto])[0].da_recuperare == D(0)
    assert Evento.objects.filter(tipo="conc_revoca.scritta").count() == 2


def test_chi_non_conduce_i_progetti_non_revoca(
    progetto: Progetto, con_incarico: Callable[..., Utente]
) -> None:
    capofila = ReferenteFactory(ente=progetto.capofila).utente
    for chi in (con_incarico(Ruolo.NUCLEO), con_incarico(Ruolo.DIREZIONE), capofila):
        with pytest.raises(PermissionDenied):
            revoca(progetto, chi)
        with pytest.raises(PermissionDenied):
            scrivi_revoca(progetto, **ATTO, entro=ENTRO, da=chi)


def test_dalla_pagina_si_revoca_si_legge_e_si_incassa(
    client: Client, progetto: Progetto, ufficio: Utente
) -> None:
    client.force_login(ufficio)
    dove = reverse("progetto_passo", args=[progetto.pk, "revoca"])
    dati = {
        "motivo": "Il capofila rinuncia", "atto": "Decreto n. 7", "atto_del": "2022-01-10",
        "trattenuto": "14.000,01", "entro": "",
    }  # fmt: skip
    testo = client.post(dove, dati).content.decode()
    assert "Scrivi entro quando il capofila restituisce 20.999,99 €." in testo
    assert "14.000,01" in testo
    client.post(dove, dati | {"entro": "2022-03-31"})
    pagina = reverse("rendiconti_progetto", args=[progetto.pk])
    letto = client.get(pagina).content.decode()
    for frase in (
        "La revoca del contributo", "Decreto n. 7, 10/01/2022", "20.999,99 € entro il 31/03/2022",
        "Termine passato", "Registra un incasso", "Modifica la revoca",
    ):  # fmt: skip
        assert frase in letto, frase
    assert "Contributo riconosciuto al saldo" not in letto
    incasso = reverse("incasso_nuovo", args=[progetto.pk])
    assert 'value="20.999,99"' in client.get(incasso).content.decode()
    client.post(incasso, {"importo": "20.999,99", "atto": "Nota 1", "incassato_il": "2022-04-02"})
    assert "Termine passato" not in client.get(pagina).content.decode()
    modifica = reverse("revoca_scrivi", args=[progetto.pk])
    assert 'value="14.000,01"' in client.get(modifica).content.decode()
    client.post(modifica, {"atto": "Decreto n. 9", "atto_del": "2022-02-01", "trattenuto": "",
                           "entro": "2022-05-31"})  # fmt: skip
    assert RevocaContributo.objects.get().trattenuto == D(0)


def test_di_un_progetto_non_revocato_non_si_scrive_la_revoca(
    client: Client, progetto: Progetto, ufficio: Utente
) -> None:
    client.force_login(ufficio)
    risposta = client.get(reverse("revoca_scrivi", args=[progetto.pk]), follow=True)
    assert "Il contributo non è revocato" in risposta.content.decode()


def test_il_capofila_legge_che_cosa_restituisce_un_altro_ente_no(
    client: Client, progetto: Progetto, ufficio: Utente, con_incarico: Callable[..., Utente]
) -> None:
    revoca(progetto, ufficio)
    riga = RevocaContributo.objects.get()
    capofila = ReferenteFactory(ente=progetto.capofila).utente
    estraneo = ReferenteFactory().utente
    nucleo = con_incarico(Ruolo.NUCLEO)
    visti = {chi: list(RevocaContributo.objects.visibili_a(chi)) for chi in (capofila, nucleo)}
    assert visti == {capofila: [riga], nucleo: [riga]}
    assert not RevocaContributo.objects.visibili_a(estraneo).exists()
    pagina = reverse("rendiconti_progetto", args=[progetto.pk])
    client.force_login(capofila)
    letto = client.get(pagina).content.decode()
    assert "35.000,00 € entro il 31/03/2022" in letto
    assert "Modifica la revoca" not in letto
    assert client.get(reverse("revoca_scrivi", args=[progetto.pk])).status_code == 403
    client.force_login(estraneo)
    assert client.get(pagina).status_code == 404


def test_il_recupero_sta_fra_le_cose_da_fare_finche_non_rientra(
    progetto: Progetto, ufficio: Utente
) -> None:
    domani = timezone.localdate() + timedelta(days=1)
    revoca(progetto, ufficio, entro=domani)
    capofila = ReferenteFactory(ente=progetto.capofila).utente
    attesa = f"Da recuperare 35.000,00 €: «{progetto}»"
    (cosa,) = [una for una in bacheca.cose_da_fare(ufficio) if una.titolo == attesa]
    assert (cosa.scadenza, cosa.urgente) == (domani, False)
    mie = [una.titolo for una in bacheca.cose_da_fare(capofila)]
    assert f"Restituisci 35.000,00 €: «{progetto}»" in mie
    RevocaContributo.objects.update(atto_del=date(2022, 1, 1), entro=date(2022, 2, 1))
    assert next(c for c in bacheca.cose_da_fare(ufficio) if c.titolo == attesa).urgente
    incassa(progetto, "35000.00", ufficio)
    assert attesa not in [una.titolo for una in bacheca.cose_da_fare(ufficio)]


def test_le_letture_non_crescono_con_i_progetti_revocati(
    edizione: EdizioneConciliazione, rata: Rendiconto, ufficio: Utente
) -> None:
    def conta() -> int:
        with CaptureQueriesContext(connection) as lette:
            list(bacheca.cose_da_fare(ufficio))
        return len(lette)

    revoca(rata.progetto, ufficio)
    conta()
    con_una = conta()
    for _n in range(2):
        altra = RendicontoFactory(
            progetto=ProgettoFactory(
                proposta__manifestazione__edizione=edizione, stato="in_corso"
            ),
            rata="anticipo", stato="approvato", richiesto="100.00", riconosciuto="100.00",
        )  # fmt: skip
        PagamentoFactory(rendiconto=altra, importo="100.00", stato="eseguito", eseguito_il=GIORNO)
        revoca(altra.progetto, ufficio)
    assert conta() == con_una
