# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cycle of a year in one story, from January to June of the next, on ASST Cremona.

Each takes their steps with their own login and their own browser, starting from their own list of
things to do; a clock that all the product reads goes from one deadline to the next. What a page
says of a number is worked out by hand beside it.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from piani.models import Accesso, Utente
from tests.e2e import (
    atti_negoziazione,
    atti_persona,
    atti_relazione,
    atti_trimestri,
    atti_valutazione,
)
from tests.e2e.passi_pagina import apri, guarda
from tests.e2e.scena_ciclo import ANNA, ANNO, DARIO, GAIA, NINO, NORA, PAOLA, REMO, TULLIO, Scena

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_da_gennaio_al_giugno_dopo_dal_modello_alla_relazione_pubblicata(ciclo: Scena) -> None:
    a_gennaio_ciascuno_ha_le_sue_cose(ciclo)
    atti_negoziazione.proposta_dal_modello(ciclo)
    atti_negoziazione.inviata_in_negoziazione(ciclo)
    atti_negoziazione.negoziata(ciclo)
    atti_negoziazione.firmata_e_divulgata(ciclo)
    atti_persona.con_obiettivi(ciclo)
    atti_trimestri.primo_trimestre(ciclo)
    atti_trimestri.secondo_trimestre(ciclo)
    atti_trimestri.riveduta(ciclo)
    atti_trimestri.terzo_trimestre(ciclo)
    atti_trimestri.quarto_trimestre(ciclo)
    atti_relazione.rendicontato_il_piano(ciclo)
    atti_valutazione.valutata_e_chiusa(ciclo)
    atti_persona.valutata_la_responsabile(ciclo)
    atti_persona.conciliata(ciclo)
    atti_persona.chiuse(ciclo)
    atti_relazione.cominciata(ciclo)
    atti_relazione.scritta(ciclo)
    atti_relazione.approvata_una_volta(ciclo)
    atti_relazione.validata(ciclo)
    atti_relazione.pubblicata(ciclo)
    atti_relazione.letta_da_tutti(ciclo)
    resta_scritto_chi_ha_fatto_che_cosa(ciclo)


def a_gennaio_ciascuno_ha_le_sue_cose(scena: Scena) -> None:
    """Seventeen people; those who have nothing to do yet are told so."""
    attese = {
        ANNA: f"9 CdR senza scheda budget {ANNO}",
        DARIO: f"Firma la scheda budget: Economica Finanziaria {ANNO}",
        REMO: f"Firma la scheda budget: Economica Finanziaria {ANNO}",
        PAOLA: f"Autovalutati per il {ANNO}",
        TULLIO: "Assegna gli obiettivi a 1 persona",
    }
    assert Utente.objects.count() == 20
    for nome, cosa in attese.items():
        assert scena.deve(nome, cosa), (nome, scena.cose(nome))
    assert scena.cose(GAIA) == scena.cose(NORA) == scena.cose(NINO) == []
    pagina = apri(scena, GAIA, "/")
    expect(pagina.locator("main")).to_contain_text("Non c’è nulla che aspetti te.")
    guarda(scena, pagina)


def resta_scritto_chi_ha_fatto_che_cosa(scena: Scena) -> None:
    """The amministratore finds both names of a delegated signature; the Nucleo left its tracks."""
    filtro = f"?azienda={scena.azienda.codice}&tipo=scheda.firmata"
    pagina = apri(scena, NINO, f"{reverse('registro')}{filtro}")
    riga = pagina.locator("tr", has_text="Vera Vicaria")
    expect(riga).to_contain_text("per conto di Tullio Dipartimento (dimostrazione)")
    expect(riga).to_contain_text(f"09/02/{ANNO} 09:")
    guarda(scena, pagina)
    viste = Accesso.objects.filter(utente=scena.persona(NORA))
    assert viste.filter(indirizzo__startswith="/schede/").exists()
    assert not Accesso.objects.exclude(utente=scena.persona(NORA)).exists()
