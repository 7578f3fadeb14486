# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the chart, as people get them: read on a day, draft, unit, versions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from piani.models import Azienda, Ruolo, Utente
from piani.organigramma.albero import Ramo, altezza, annida, discendenti, in_fila, livello
from piani.stampa.disegno_organigramma import Casella
from piani.stampa.disegno_organigramma import organigramma as disegna
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.piani.organigramma.pagine import scritto
from tests.piani.organigramma.struttura import Struttura

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]


# On a day ----------------------------------------------------------------------------------------


def test_l_organigramma_e_quello_in_vigore_alla_data_chiesta(
    azienda: Azienda, controllo: Utente, entra: Entra, base: str
) -> None:
    vecchio = OrganigrammaFactory(
        azienda=azienda, valido_dal=date(2020, 1, 1), valido_al=date(2021, 12, 31)
    )
    nuovo = OrganigrammaFactory(azienda=azienda, valido_dal=date(2022, 1, 1))
    UnitaFactory(organigramma=vecchio, nome="Direzione di una volta")
    padre = UnitaFactory(organigramma=nuovo, nome="Direzione di oggi")
    UnitaFactory(organigramma=nuovo, nome="Ufficio di oggi", parent=padre)
    UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda, valido_dal=None), nome="Bozza")
    client = entra(controllo)
    prima = scritto(client.get(f"{base}?data=2021-06-30"))
    assert "Direzione di una volta" in prima
    assert "dal 1 gennaio 2020 al 31 dicembre 2021" in prima
    assert "Direzione di oggi" not in prima
    risposta = client.get(base)
    assert [ramo.unita.nome for ramo in risposta.context["rami"]] == ["Direzione di oggi"]
    assert "Ufficio di oggi" in scritto(risposta)
    assert "Bozza</a>" not in scritto(risposta)
    assert "non risulta nessun organigramma" in scritto(client.get(f"{base}?data=1999-01-01"))


def test_una_data_impossibile_lo_dice_accanto_al_campo(
    controllo: Utente, entra: Entra, base: str
) -> None:
    for pagina in (base, f"{base}verifiche/"):
        assert 'class="errore"' in scritto(entra(controllo).get(f"{pagina}?data=ieri"))


def test_la_pagina_dice_chi_risponde(
    struttura: Struttura, lettore: Utente, entra: Entra, base: str
) -> None:
    struttura.incarico("DG", utente__first_name="Livia", utente__last_name="Alta")
    struttura.incarico("PNE", utente__first_name="Piero", utente__last_name="Proprio")
    struttura.incarico(
        "PNE", ruolo=Ruolo.VICARIO, utente__first_name="Vera", utente__last_name="Vice"
    )
    pagina = scritto(entra(lettore).get(base))
    assert "Responsabile: Piero Proprio" in pagina
    assert "vicario: Vera Vice" in pagina
    assert "risponde Livia Alta (Direzione Generale)" in pagina


@pytest.mark.parametrize("quante", [1, 3])
@pytest.mark.parametrize("vista", ["", "?vista=disegno"])
def test_le_query_della_pagina_non_crescono_con_le_unita(
    azienda: Azienda,
    lettore: Utente,
    entra: Entra,
    base: str,
    quante: int,
    vista: str,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    versione = OrganigrammaFactory(azienda=azienda)
    for una in UnitaFactory.create_batch(quante, organigramma=versione, cdr=True):
        IncaricoFactory(azienda=azienda, unita=una, ruolo=Ruolo.RESPONSABILE_CDR)
    client = entra(lettore)
    with django_assert_num_queries(7):
        client.get(f"{base}{vista}")


def test_il_menu_porta_all_organigramma_di_chi_ha_una_sola_azienda(
    azienda: Azienda, lettore: Utente, entra: Entra, base: str
) -> None:
    client = entra(lettore)
    menu = client.get(base).context["testata"].menu
    assert [(voce.nome, voce.attiva) for voce in menu] == [
        ("Home", False),
        ("Piani", False),
        ("Schede budget", False),
        ("Valutazioni", False),
        ("Scadenze", False),
        ("Organigramma", True),
        ("Lavoro agile", False),
        ("Accessi del Nucleo", False),
        ("Registro", False),
        ("Amministrazione Trasparente", False),
    ]
    IncaricoFactory(utente=lettore)
    menu = client.get(base).context["testata"].menu
    assert [(voce.nome, voce.attiva) for voce in menu][1:] == [
        ("Piani", True),
        ("Schede budget", False),
        ("Valutazioni", False),
        ("Scadenze", False),
        ("Confronto", False),
        ("Lavoro agile", False),
        ("Importazioni", False),
        ("Accessi del Nucleo", False),
        ("Obblighi di pubblicazione", False),
        ("Registro", False),
        ("Amministrazione Trasparente", False),
    ]


def test_il_foglio_si_scarica(
    struttura: Struttura, lettore: Utente, entra: Entra, base: str
) -> None:
    risposta = entra(lettore).get(f"{base}versioni/{struttura.versione.pk}/foglio.csv")
    contenuto = risposta.getvalue()
    righe = contenuto.decode("utf-8-sig").splitlines()
    assert (righe[0], len(righe)) == ("codice;nome;tipo;codice_superiore;cdr;ordine", 5)
    assert contenuto.startswith(b"\xef\xbb\xbf")
    assert "attachment" in risposta["Content-Disposition"]


# Branches and drawing ----------------------------------------------------------------------------


def test_i_rami_si_annidano_sotto_il_loro_padre() -> None:
    padre = UnitaFactory()
    prima, seconda = UnitaFactory.create_batch(2, organigramma=padre.organigramma, parent=padre)
    (ramo,) = annida([padre, prima, seconda])
    assert ramo == Ramo(padre, rami=[Ramo(prima, ultimo=False), Ramo(seconda, primo=False)])
    assert [uno.unita for uno in in_fila([ramo])] == [padre, prima, seconda]


def test_livelli_e_discendenti_si_contano_dai_padri() -> None:
    padri = {1: None, 2: 1, 3: 2, 4: 1, 5: None}
    assert [livello(una, padri) for una in (None, 1, 2, 3)] == [0, 1, 2, 3]
    assert discendenti(1, padri) == {2, 3, 4}
    assert [altezza(una, padri) for una in (1, 2, 5)] == [3, 2, 1]


def test_il_disegno_dice_tutto_anche_a_parole() -> None:
    radice = Casella(
        "Direzione",
        "Direzione",
        figlie=(Casella("Cardiologia & UTIC", "UOC · CdR", piena=True), Casella("B" * 80, "UOS")),
    )
    svg = disegna("prova", "Organigramma di prova", [radice, Casella("Altra", "Altro")])
    assert "<title" in svg
    assert "Direzione: Cardiologia &amp; UTIC; " + "B" * 80 + "." in svg
    assert svg.count("<rect") == 4
    assert svg.count("<path") == 2
    assert 'viewBox="0 0 478 ' in svg
    assert disegna("prova", "Vuoto", []).count("<rect") == 0
    assert svg == disegna("prova", "Organigramma di prova", [radice, Casella("Altra", "Altro")])
