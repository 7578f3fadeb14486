# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entrance of the conciliation and the page of an edition."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conciliazione.models import EdizioneConciliazione
from piani.models import Ruolo, Utente
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import EdizioneConciliazioneFactory, EnteFactory

pytestmark = pytest.mark.django_db
VOCE = 'href="/conciliazione/"'


@pytest.mark.parametrize("quante", [1, 3])
def test_l_elenco_delle_edizioni_fa_sempre_le_stesse_domande(
    entra: Callable[[Utente], Client],
    edizione: EdizioneConciliazione,
    ufficio: Utente,
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    for anno in range(2000, 2000 + quante - 1):
        EdizioneConciliazioneFactory(azienda=edizione.azienda, anno_inizio=anno, anno_fine=anno)
    client = entra(ufficio)
    with django_assert_num_queries(6):
        pagina = client.get(reverse("conciliazione"))
    assert len(pagina.context["edizioni"]) == quante
    assert edizione.get_absolute_url() in pagina.content.decode()


def test_chi_rappresenta_un_ente_trova_la_sua_ats_e_il_menu(
    entra: Callable[[Utente], Client],
    edizione: EdizioneConciliazione,
    referente_di: Callable[..., Utente],
) -> None:
    ente = EnteFactory(azienda=edizione.azienda)
    client = entra(referente_di(ente))
    testo = client.get(reverse("conciliazione")).content.decode()
    assert ente.nome in testo
    assert VOCE in testo
    assert client.get(edizione.get_absolute_url()).status_code == 200
    altra = EdizioneConciliazioneFactory()
    assert client.get(altra.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("ruolo", "tipo", "vede"),
    [
        (Ruolo.CAPOFILA, "ATS", True),
        (Ruolo.DIREZIONE, "ATS", True),
        (Ruolo.DIREZIONE, "ASST", False),
        (Ruolo.RESPONSABILE_CDR, "ATS", False),
    ],
)
def test_la_voce_del_menu_e_per_chi_riguarda(
    entra: Callable[[Utente], Client], ruolo: Ruolo, tipo: str, vede: bool
) -> None:
    utente = IncaricoFactory(ruolo=ruolo, azienda__tipo=tipo).utente
    pagina = entra(utente).get(reverse("conciliazione"))
    assert (VOCE in pagina.content.decode()) is vede
