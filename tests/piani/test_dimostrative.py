# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented people: one for each ruolo, declared such, made once."""

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from piani import azioni
from piani.azioni.dimostrazione import SEGNO
from piani.importa import leggi_toml
from piani.models import Evento, Incarico, Ruolo, Utente
from tests.factories import AziendaFactory, OrganigrammaFactory, UnitaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def persone() -> list[dict[str, Any]]:
    for codice in ("ats-milano", "asst-cremona"):
        organigramma = OrganigrammaFactory(azienda=AziendaFactory(codice=codice))
        for unita in ("DIP-CHIR", "DIP-DIA", "DIP-TEC", "FORMAZIONE", "UFF-TEC", "ECO-FIN"):
            UnitaFactory(organigramma=organigramma, codice=unita)
    lette: list[dict[str, Any]] = leggi_toml(settings.BASE / "fixtures/utenti_dimostrativi.toml")[
        "utenti"
    ]
    return lette


def test_ce_n_e_una_per_ogni_ruolo_e_lo_dichiara(persone: list[dict[str, Any]]) -> None:
    nati = azioni.crea_dimostrative(persone)
    assert [nome for nome, _password in nati] == [persona["username"] for persona in persone]
    assert set(Incarico.objects.values_list("ruolo", flat=True)) == set(Ruolo.values)
    assert all(str(persona).endswith(SEGNO) for persona in Utente.objects.all())
    assert Utente.objects.filter(is_superuser=True).count() == 0
    assert set(Evento.objects.values_list("da", flat=True)) == {None}


def test_la_password_nasce_ogni_volta_e_funziona(persone: list[dict[str, Any]]) -> None:
    nati = dict(azioni.crea_dimostrative(persone))
    assert len(set(nati.values())) == len(nati)
    assert Utente.objects.get(username="carla.nucleo").check_password(nati["carla.nucleo"])


def test_una_seconda_volta_non_fa_niente(persone: list[dict[str, Any]]) -> None:
    azioni.crea_dimostrative(persone)
    assert azioni.crea_dimostrative(persone) == []


@pytest.mark.parametrize(
    ("cambia", "frase"),
    [
        ({"cognome": "Vero"}, "persona inventata"),
        ({"incarichi": [{"azienda": "altrove", "ruolo": "cug"}]}, "altrove"),
        ({"incarichi": [{"azienda": "ats-milano", "ruolo": "cug", "unita": "X"}]}, "«X»"),
    ],
)
def test_cio_che_non_torna_non_scrive_niente(
    persone: list[dict[str, Any]], cambia: dict[str, Any], frase: str
) -> None:
    with pytest.raises(ValidationError, match=frase):
        azioni.crea_dimostrative([persone[0], persone[1] | cambia])
    assert Utente.objects.count() == 0
