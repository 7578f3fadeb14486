# SPDX-License-Identifier: AGPL-3.0-or-later
"""The communication to the Ministry: beginnings and early ends, each once, each by its day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lavoro_agile.accordi.bacheca import cose_da_fare
from lavoro_agile.accordi.comunicazioni import (
    da_comunicare,
    fine_comunicata_il,
    fini_comunicate,
    fini_da_comunicare,
    giorni_comunicati,
)
from lavoro_agile.azioni.accordo_fine import recedi
from lavoro_agile.azioni.comunicazione import comunica, comunica_fini
from lavoro_agile.calcolo.condizioni import entro_quando
from lavoro_agile.models import AccordoIndividuale, EdizioneLavoroAgile
from piani.models import Azienda, Evento, Utente
from tests.factories import UtenteFactory
from tests.factories_lavoro_agile import AccordoAgileFactory, RecessoFactory

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]
OGGI = timezone.localdate()
IERI = OGGI - timedelta(days=1)


def finito(edizione: EdizioneLavoroAgile, **altro: Any) -> AccordoIndividuale:
    """Communicated ten days ago, left since."""
    dati = {"stato": "cessato", "cessa_il": OGGI, "comunicato_il": OGGI - timedelta(days=10)}
    accordo = AccordoAgileFactory(edizione=edizione, **dati | altro)
    RecessoFactory(accordo=accordo, decorre_dal=OGGI)
    return accordo


def test_una_cessazione_si_comunica_una_volta(
    azienda: Azienda, edizione: EdizioneLavoroAgile, ufficio: Utente
) -> None:
    accordo = finito(edizione)
    AccordoAgileFactory(edizione=edizione, comunicato_il=IERI)
    assert list(fini_da_comunicare(azienda)) == [accordo]
    assert comunica_fini(azienda, accordi=[accordo], giorno=IERI, da=ufficio) == 1
    assert not fini_da_comunicare(azienda)
    assert fine_comunicata_il(accordo) == IERI
    assert list(fini_comunicate(azienda, IERI)) == [accordo]
    assert giorni_comunicati(azienda) == [IERI, OGGI - timedelta(days=10)]
    evento = Evento.objects.get()
    assert (evento.tipo, evento.dati) == (
        "agile_accordo.fine_comunicata", {"giorno": IERI.isoformat()},
    )  # fmt: skip
    assert accordo.chi not in evento.descrizione
    with pytest.raises(ValidationError, match="già segnato"):
        comunica_fini(azienda, accordi=[accordo], giorno=OGGI, da=ufficio)
    accordo.refresh_from_db()
    assert accordo.comunicato_il == OGGI - timedelta(days=10)  # when it began stays


def test_chi_e_cessato_prima_di_essere_comunicato_si_comunica_in_una_volta(
    azienda: Azienda, edizione: EdizioneLavoroAgile, ufficio: Utente
) -> None:
    accordo = finito(edizione, comunicato_il=None)
    assert list(da_comunicare(azienda)) == [accordo]
    assert not fini_da_comunicare(azienda)
    comunica(azienda, accordi=[accordo], giorno=OGGI, da=ufficio)
    assert not da_comunicare(azienda)
    assert not fini_da_comunicare(azienda)
    assert fine_comunicata_il(accordo) == OGGI


def test_un_recesso_arriva_fra_le_comunicazioni_con_il_suo_termine(
    azienda: Azienda, edizione: EdizioneLavoroAgile, dipendente: Utente, ufficio: Utente,
    entra: Entra,
) -> None:  # fmt: skip
    accordo = AccordoAgileFactory(
        edizione=edizione, persona=dipendente, al=None, comunicato_il=IERI
    )
    assert not [cosa for cosa in cose_da_fare(ufficio) if "cessazione" in cosa.titolo]
    recesso = recedi(accordo, giustificato=False, da=dipendente)
    [cosa] = [cosa for cosa in cose_da_fare(ufficio) if "cessazione" in cosa.titolo]
    assert cosa.titolo == "1 cessazione anticipata da comunicare al Ministero"
    assert cosa.scadenza == entro_quando(recesso.decorre_dal)
    pagina = entra(ufficio).get(reverse("agile_accordo", args=[accordo.pk])).content.decode()
    assert "Cessazione da comunicare al Ministero entro il" in pagina
    assert "da comunicare" not in entra(dipendente).get(
        reverse("agile_accordo", args=[accordo.pk])
    ).content.decode()  # fmt: skip


def test_il_termine_e_il_venti_del_mese_dopo() -> None:
    assert entro_quando(date(2026, 1, 31)) == date(2026, 2, 20)
    assert entro_quando(date(2026, 12, 1)) == date(2027, 1, 20)


def test_la_pagina_segna_le_cessazioni_e_il_foglio_le_porta(
    azienda: Azienda, edizione: EdizioneLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    accordo = finito(edizione, persona=UtenteFactory(last_name="=1+1", first_name="Ada"))
    nuovo = AccordoAgileFactory(edizione=edizione)
    client = entra(ufficio)
    pagina = reverse("agile_comunicazione", args=[azienda.codice])
    assert "Cessazioni anticipate da comunicare" in client.get(pagina).getvalue().decode()
    foglio = reverse("agile_comunicazione_csv", args=[azienda.codice, "da-comunicare"])
    _testa, inizio, fine = client.get(foglio).getvalue().decode().strip().split("\r\n")
    assert (inizio.split(";")[1], inizio.split(";")[-1]) == (str(nuovo.numero), "inizio")
    assert fine.split(";")[1:4] == [str(accordo.numero), "'=1+1", "Ada"]
    assert fine.split(";")[-2:] == [f"{OGGI:%d/%m/%Y}", "cessazione anticipata"]
    segna = reverse("agile_comunicazione_fini", args=[azienda.codice])
    senza = client.post(segna, {"giorno": OGGI.isoformat()}).getvalue().decode()
    assert "Scegli almeno un accordo." in senza
    dopo = (OGGI + timedelta(days=1)).isoformat()
    domani = client.post(segna, {"accordi": accordo.pk, "giorno": dopo}).getvalue().decode()
    assert "Il giorno deve ancora venire" in domani
    assert (
        client.post(segna, {"accordi": accordo.pk, "giorno": OGGI.isoformat()}).status_code == 302
    )
    quel_giorno = reverse("agile_comunicazione_csv", args=[azienda.codice, OGGI.isoformat()])
    assert "cessazione anticipata" in client.get(quel_giorno).getvalue().decode()
    assert "Nessuna cessazione da comunicare" in client.get(pagina).getvalue().decode()


def test_le_segnano_solo_le_risorse_umane_e_solo_della_loro_azienda(
    azienda: Azienda, edizione: EdizioneLavoroAgile, ufficio: Utente, capo: Utente
) -> None:
    accordo, altrui = finito(edizione), AccordoAgileFactory(
        stato="cessato", cessa_il=OGGI, comunicato_il=IERI
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        comunica_fini(azienda, accordi=[accordo], giorno=OGGI, da=capo)
    with pytest.raises(ValidationError, match="già segnato"):
        comunica_fini(azienda, accordi=[altrui], giorno=OGGI, da=ufficio)


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_pagina_costa_uguale(
    quanti: int, azienda: Azienda, edizione: EdizioneLavoroAgile, ufficio: Utente, entra: Entra,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for _volta in range(quanti):
        finito(edizione)
        AccordoAgileFactory(edizione=edizione)
    client = entra(ufficio)
    pagina = reverse("agile_comunicazione", args=[azienda.codice])
    client.get(pagina)
    with django_assert_num_queries(9):
        client.get(pagina)
