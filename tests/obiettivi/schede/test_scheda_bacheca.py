# SPDX-License-Identifier: AGPL-3.0-or-later
"""The inbox of who prepares the schede: the CdR of today that want one."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from obiettivi.models import Finestra
from obiettivi.schede.bacheca_scheda import cose_da_fare
from piani.models import Azienda, Organigramma, Ruolo, Utente
from tests.factories import FinestraFactory, OrganigrammaFactory, SchedaFactory, UnitaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
NEGOZIAZIONE = {"tipo": Finestra.Tipo.NEGOZIAZIONE, "frazione": ""}


@pytest.fixture
def organigramma(azienda: Azienda) -> Organigramma:
    return OrganigrammaFactory(azienda=azienda)


def test_i_cdr_senza_scheda_hanno_la_scadenza_della_negoziazione(
    azienda: Azienda, organigramma: Organigramma, controllo: Utente
) -> None:
    scade = timezone.localdate() + timedelta(days=30)
    FinestraFactory(azienda=azienda, anno=2027, scade=scade, **NEGOZIAZIONE)
    vecchio = OrganigrammaFactory(
        azienda=azienda, valido_dal=date(2018, 1, 1), valido_al=date(2019, 12, 31)
    )
    uno, due, tre = UnitaFactory.create_batch(3, organigramma=organigramma, cdr=True)
    UnitaFactory(organigramma=organigramma)
    (cosa,) = cose_da_fare(controllo)
    assert (cosa.titolo, cosa.scadenza) == ("3 CdR senza scheda budget 2027", scade)
    assert cosa.url == f"/schede/proponi/?azienda={azienda.codice}&anno=2027"
    prima = UnitaFactory(organigramma=vecchio, cdr=True)
    due.precedenti.add(prima)
    for unita in (uno, prima):
        SchedaFactory(azienda=azienda, unita=unita, anno=2027)
    (cosa,) = cose_da_fare(controllo)
    assert cosa.titolo == "1 CdR senza scheda budget 2027"
    SchedaFactory(azienda=azienda, unita=tre, anno=2027)
    assert list(cose_da_fare(controllo)) == []


def test_senza_finestra_o_a_finestra_scaduta_non_c_e_niente_da_fare(
    azienda: Azienda, organigramma: Organigramma, controllo: Utente
) -> None:
    UnitaFactory(organigramma=organigramma, cdr=True)
    assert list(cose_da_fare(controllo)) == []
    ieri = timezone.localdate() - timedelta(days=1)
    FinestraFactory(azienda=azienda, scade=ieri, **NEGOZIAZIONE)
    assert list(cose_da_fare(controllo)) == []


def test_solo_chi_prepara_le_schede_lo_legge(
    azienda: Azienda, organigramma: Organigramma, incaricato: Callable[..., Utente]
) -> None:
    UnitaFactory(organigramma=organigramma, cdr=True)
    FinestraFactory(azienda=azienda, **NEGOZIAZIONE)
    assert list(cose_da_fare(incaricato(Ruolo.DIREZIONE))) == []
    altrove = incaricato(dove=SchedaFactory().azienda)
    assert list(cose_da_fare(altrove)) == []


@pytest.mark.parametrize("quante", [1, 3])
def test_costa_uguale_per_un_azienda_o_per_tre(
    controllo: Utente,
    azienda: Azienda,
    quante: int,
    incaricato: Callable[..., Utente],
    django_assert_num_queries: Any,
) -> None:
    for anno in range(2027, 2027 + quante):
        FinestraFactory(azienda=azienda, anno=anno, **NEGOZIAZIONE)
    UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda), cdr=True)
    assert controllo.incarichi_di_oggi
    with django_assert_num_queries(4):
        assert len(list(cose_da_fare(controllo))) == quante
