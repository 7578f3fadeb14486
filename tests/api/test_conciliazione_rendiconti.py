# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests of instalments, revocations, payments of actions through the API: what they write, what
they refuse, and who may not.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from conciliazione.models import (
    ApportoCofinanziamento,
    Pagamento,
    Progetto,
    Rendiconto,
    RevocaContributo,
    Spesa,
)
from piani.models import Evento, Ruolo
from tests.api.passi import RADICE, cambia, campi, detto, fatta, leggi, manda
from tests.factories_conciliazione import (
    AzioneDiPianoFactory,
    PagamentoFactory,
    RendicontoFactory,
    SpesaFactory,
    VoceBudgetFactory,
)

pytestmark = pytest.mark.django_db
D = Decimal
QUI = "conciliazione"


# --- the requests of instalments


def test_il_capofila_chiede_una_rata_e_ne_sceglie_le_righe(
    progetto: Progetto, capofila: Client, partner: Client, ufficio: Client
) -> None:
    qui, corpo = f"{QUI}/rendiconti", {"progetto": progetto.pk, "rata": "anticipo"}
    for altro in (partner, ufficio):
        assert manda(altro, qui, corpo).status_code == 403
    sconosciuta = manda(capofila, qui, corpo | {"rata": "quarta"})
    assert campi(sconosciuta) == {"rata": "L'edizione non prevede questa rata."}
    nuovo = fatta(manda(capofila, qui, corpo))
    assert (nuovo["stato"], nuovo["spese"], nuovo["dal"]) == ("bozza", [], "2021-01-01")
    assert "già chiesta" in campi(manda(capofila, qui, corpo))["rata"]

    voce = VoceBudgetFactory(azione__progetto=progetto)
    una, due = (SpesaFactory(voce=voce) for _n in range(2))
    apporto = ApportoCofinanziamento.objects.create(
        progetto=progetto, ente=progetto.capofila, forma="denaro", importo=D(100)
    )
    dove = f"{qui}/{nuovo['id']}"
    assert manda(capofila, dove, {"richiesto": 1}, "patch").status_code == 428
    scritto = {"richiesto": 35000, "spese": [una.pk, due.pk], "apporti": [apporto.pk]}
    dopo = fatta(cambia(capofila, dove, scritto), 200)
    assert (dopo["richiesto"], dopo["spese"], dopo["apporti"]) == (
        35000,
        [una.pk, due.pk],
        [apporto.pk],
    )
    dopo = fatta(cambia(capofila, dove, {"relazione": "Come previsto", "spese": [due.pk]}), 200)
    assert (dopo["richiesto"], dopo["relazione"], dopo["spese"], dopo["apporti"]) == (
        35000,
        "Come previsto",
        [due.pk],
        [apporto.pk],
    )
    una.refresh_from_db()
    assert una.rendiconto is None

    assert "Fuori dal periodo" in campi(cambia(capofila, dove, {"al": "2021-02-01"}))["spese"]
    rovescio = cambia(capofila, dove, {"al": "2020-01-01", "spese": []})
    assert campi(rovescio) == {"al": "La fine viene prima dell'inizio."}
    altrove = SpesaFactory()
    assert "è di un altro rendiconto" in detto(cambia(capofila, dove, {"spese": [altrove.pk]}), 422)
    assert leggi(capofila, dove) == dopo
    assert cambia(capofila, dove, metodo="delete").status_code == 204
    assert not Rendiconto.objects.exists()
    assert set(Spesa.objects.values_list("rendiconto", flat=True)) == {None}


def test_chi_cambia_un_rendiconto_decide_sulle_righe_che_ha_letto(
    progetto: Progetto, capofila: Client
) -> None:
    rendiconto = RendicontoFactory(progetto=progetto)
    spesa = SpesaFactory(voce=VoceBudgetFactory(azione__progetto=progetto))
    dove = f"{QUI}/rendiconti/{rendiconto.pk}"
    letto = capofila.get(f"{RADICE}/{dove}")["ETag"]
    fatta(cambia(capofila, dove, {"spese": [spesa.pk]}), 200)
    tardi = manda(capofila, dove, {"richiesto": 5}, "patch", headers={"If-Match": letto})
    assert tardi.status_code == 412


def test_un_rendiconto_trasmesso_non_si_cambia_e_non_si_toglie(
    progetto: Progetto, capofila: Client, ufficio: Client
) -> None:
    rendiconto = RendicontoFactory(progetto=progetto, stato="trasmesso", richiesto=D(1))
    dove = f"{QUI}/rendiconti/{rendiconto.pk}"
    assert "non si cambia" in detto(cambia(capofila, dove, {"richiesto": 2}), 422)
    assert "solo quando è «Bozza»" in detto(cambia(capofila, dove, metodo="delete"), 422)
    for metodo in ("patch", "delete"):
        assert cambia(ufficio, dove, {"richiesto": 2}, metodo).status_code == 403
    rendiconto.refresh_from_db()
    assert rendiconto.richiesto == D("1.00")


def test_l_ats_esamina_le_righe_una_a_una_tutte_o_nessuna(
    progetto: Progetto, ufficio: Client, capofila: Client
) -> None:
    rendiconto = RendicontoFactory(progetto=progetto, stato="trasmesso", richiesto=D(1))
    voce = VoceBudgetFactory(azione__progetto=progetto)
    una, due, tre = (SpesaFactory(voce=voce, rendiconto=rendiconto) for _n in range(3))
    apporto = ApportoCofinanziamento.objects.create(
        progetto=progetto, ente=progetto.capofila, forma="denaro", importo=D(100),
        rendiconto=rendiconto,
    )  # fmt: skip
    qui = f"{QUI}/rendiconti/{rendiconto.pk}/esame"
    tagliata = {"spesa": una.pk, "ammesso": 10, "motivo": "Buffet"}
    assert manda(capofila, qui, {"spese": [tagliata]}).status_code == 403
    sbagliate = {
        "spese": [tagliata, {"spesa": due.pk, "ammesso": 5}],
        "apporti": [{"apporto": apporto.pk, "ammesso": 100.01}],
    }
    assert campi(manda(ufficio, qui, sbagliate)) == {
        f"spesa-{due.pk}": "Scrivi perché si ammettono 5,00 € su 1.000,00 €.",
        f"apporto-{apporto.pk}": "Si ammette da zero a 100,00 €.",
    }
    due_volte = {"spese": [dict(tagliata), dict(tagliata)]}
    assert "detta due volte" in campi(manda(ufficio, qui, due_volte))["spese"]
    assert not Spesa.objects.filter(ammesso__isnull=False).exists()

    fatta(manda(ufficio, qui, {"spese": [tagliata]}), 200)
    fatta(manda(ufficio, qui, {"spese": [{"spesa": due.pk, "ammesso": 1000}], "resto": True}), 200)
    ammessi = dict(Spesa.objects.values_list("pk", "ammesso"))
    assert ammessi == {una.pk: D("10.00"), due.pk: D("1000.00"), tre.pk: D("1000.00")}
    apporto.refresh_from_db()
    assert apporto.ammesso == D("100.00")
    assert leggi(ufficio, f"{QUI}/spese/{una.pk}")["motivo"] == "Buffet"
    Rendiconto.objects.update(stato="approvato", riconosciuto=D(1))
    assert "si può fare solo quando" in detto(manda(ufficio, qui, {"resto": True}), 422)


# --- revocations and payments


def test_la_revoca_si_scrive_una_volta_e_poi_si_corregge(
    progetto: Progetto, ufficio: Client, capofila: Client
) -> None:
    rata = RendicontoFactory(
        progetto=progetto, stato="approvato", richiesto=D(35000), riconosciuto=D(35000)
    )
    PagamentoFactory(
        rendiconto=rata, importo=D(35000), stato="eseguito", eseguito_il=date(2021, 5, 1)
    )
    qui = f"{QUI}/revoche"
    corpo = {"progetto": progetto.pk, "atto": "Decreto 1", "atto_del": "2022-01-10"}
    assert "si può fare solo quando è «" in detto(manda(ufficio, qui, corpo), 422)
    Progetto.objects.update(stato="revocato", motivo="Rinuncia")
    assert manda(capofila, qui, corpo).status_code == 403
    assert "Scrivi entro quando" in campi(manda(ufficio, qui, corpo))["entro"]
    nuova = fatta(manda(ufficio, qui, corpo | {"entro": "2022-03-31"}))
    assert (nuova["trattenuto"], nuova["da_recuperare"]) == (0, 35000)
    ancora = manda(ufficio, qui, corpo | {"entro": "2022-04-30"})
    assert "è già scritto" in detto(ancora, 422)

    dove = f"{qui}/{nuova['id']}"
    corretta = fatta(cambia(ufficio, dove, {"trattenuto": 5000}), 200)
    assert (corretta["entro"], corretta["da_recuperare"]) == ("2022-03-31", 30000)
    troppo = cambia(ufficio, dove, {"trattenuto": 35000.01})
    assert "non può restargli di più" in campi(troppo)["trattenuto"]
    assert cambia(capofila, dove, {"trattenuto": 1}).status_code == 403
    riga = RevocaContributo.objects.get()
    assert (riga.trattenuto, riga.entro) == (D("5000.00"), date(2022, 3, 31))
    assert Evento.objects.filter(tipo="conc_revoca.scritta").count() == 2


def test_si_paga_un_azione_del_piano_entro_le_sue_risorse(
    progetto: Progetto, ufficio: Client, programma: Callable[..., Client]
) -> None:
    azione = AzioneDiPianoFactory(edizione=progetto.edizione, importo=D("1000.00"))
    corpo = {
        "azione": azione.pk, "beneficiario": "Agenzia inventata", "atto": "D1",
        "disposto_il": "2021-03-01", "importo": 600,
    }  # fmt: skip
    qui = f"{QUI}/pagamenti"
    assert manda(programma(Ruolo.REGIONE), qui, corpo).status_code == 403
    nuovo = fatta(manda(ufficio, qui, corpo))
    assert (nuovo["azione"], nuovo["stato"], nuovo["rendiconto"]) == (azione.pk, "disposto", None)
    oltre = campi(manda(ufficio, qui, corpo))["importo"]
    assert "restano 400,00 € (1.000,00 € − 600,00 € già disposti)" in oltre
    domani = manda(ufficio, qui, corpo | {"importo": 1, "disposto_il": "2999-01-01"})
    assert campi(domani) == {"disposto_il": "È un giorno che deve ancora venire."}
    assert Pagamento.objects.count() == 1
