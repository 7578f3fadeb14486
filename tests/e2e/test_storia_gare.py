# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two at once on the same scheda of the story: one winner, and a clear sentence for the other.

Two approvals of the same Relazione are in the story itself.
"""

import pytest
from playwright.sync_api import expect

from obiettivi.models import FirmaScheda, RigaScheda, SchedaBudget
from piani.models import Ruolo
from tests.e2e.passi_pagina import premi
from tests.e2e.scena_ciclo import ANNA, ANNO, DARIO, Scena
from tests.factories import PASSWORD, IncaricoFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARTA = "marta.controllo"


@pytest.fixture
def scheda(ciclo: Scena) -> SchedaBudget:
    """That of the Economica Finanziaria is being negotiated; two people prepare the schede."""
    IncaricoFactory(
        azienda=ciclo.azienda, ruolo=Ruolo.CONTROLLO_GESTIONE, utente__username=MARTA,
        utente__first_name="Marta", utente__last_name="Controllo (dimostrazione)",
    )  # fmt: skip
    ciclo.password[MARTA] = PASSWORD
    return SchedaBudget.objects.get(unita__codice="ECO-FIN", anno=ANNO)


def test_due_firme_dello_stesso_posto(ciclo: Scena, scheda: SchedaBudget) -> None:
    prima, seconda = ciclo.di(DARIO), ciclo.accedi(DARIO)
    for pagina in (prima, seconda):
        pagina.goto(f"{ciclo.sito}{scheda.get_absolute_url()}")
    firma = "Firma la versione 1 come direzione strategica"
    premi(prima, firma, "Firma registrata.")
    premi(
        seconda, firma,
        "Questa firma (Direzione strategica) c'è già: l'ha data Dario Direzione (dimostrazione)",
    )  # fmt: skip
    assert FirmaScheda.objects.get().utente.username == DARIO


def test_chi_salva_sopra_un_testo_piu_nuovo_lo_legge_e_non_perde_il_suo(
    ciclo: Scena, scheda: SchedaBudget
) -> None:
    anna, marta, dario = ciclo.di(ANNA), ciclo.di(MARTA), ciclo.di(DARIO)
    dario.goto(f"{ciclo.sito}{scheda.get_absolute_url()}")
    riga = RigaScheda.objects.get(area__scheda=scheda, indicatore__codice="DIM-05")
    for pagina, atteso in ((anna, "≥ 70%"), (marta, "≥ 75%")):
        pagina.goto(f"{ciclo.sito}/schede/parti/riga/{riga.pk}/modifica/")
        pagina.get_by_label("Valore atteso").fill(atteso)
    anna.get_by_role("button", name="Salva", exact=True).last.click()
    expect(anna).to_have_url(f"{ciclo.sito}/schede/{scheda.pk}/modifica/#area-{riga.area_id}")
    marta.get_by_role("button", name="Salva", exact=True).last.click()
    expect(marta.locator(".alert-danger")).to_contain_text(
        "Mentre scrivevi Anna Controllo (dimostrazione) ha salvato questa stessa riga"
    )
    expect(marta.get_by_label("Valore atteso")).to_have_value("≥ 75%")
    assert RigaScheda.objects.get(pk=riga.pk).atteso == "≥ 70%"

    # Who signs has read version 1; meanwhile the second one is sent.
    anna.goto(f"{ciclo.sito}{scheda.get_absolute_url()}")
    anna.get_by_label("Che cosa cambia").fill("Formazione: 70%")
    premi(anna, "Invia la nuova versione", "versione 2")
    premi(
        dario,
        "Firma la versione 1 come direzione strategica",
        "Hai letto la versione 1, e nel frattempo è stata inviata la 2",
    )
    assert not FirmaScheda.objects.exists()
