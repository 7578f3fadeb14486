# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small chart: Direzione → Dipartimento → Cardiologia, Pneumologia; and a draft of it."""

from collections.abc import Callable
from datetime import date

import pytest

from piani import azioni
from piani.models import Azienda, Organigramma, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import OrganigrammaFactory, UnitaFactory
from tests.piani.organigramma.struttura import Struttura

Tipo = UnitaOrganizzativa.Tipo


@pytest.fixture
def struttura(azienda: Azienda) -> Struttura:
    versione = OrganigrammaFactory(azienda=azienda, nome="POAS 2020", valido_dal=date(2020, 1, 1))
    cima = UnitaFactory(
        organigramma=versione, codice="DG", nome="Direzione Generale", tipo=Tipo.DIREZIONE, ordine=1
    )
    dipartimento = UnitaFactory(
        organigramma=versione,
        parent=cima,
        codice="DIP",
        nome="Dipartimento Medico",
        tipo=Tipo.DIPARTIMENTO,
        ordine=1,
    )
    for ordine, (codice, nome) in enumerate(
        [("CAR", "Cardiologia"), ("PNE", "Pneumologia")], start=1
    ):
        UnitaFactory(
            organigramma=versione,
            parent=dipartimento,
            codice=codice,
            nome=nome,
            cdr=True,
            ordine=ordine,
        )
    return Struttura(azienda, versione)


@pytest.fixture
def bozza(struttura: Struttura) -> Organigramma:
    return azioni.apri_bozza(
        struttura.azienda, nome="POAS 2025", origine=struttura.versione, da=None
    )


@pytest.fixture
def lettore(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.DIREZIONE)


@pytest.fixture
def base(azienda: Azienda) -> str:
    return f"/aziende/{azienda.codice}/organigramma/"
