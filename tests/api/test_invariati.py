# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who sends an ETag back is answered without reading the data, as long as nobody wrote anything."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from piani.api.invariati import istantanea
from piani.models import Azienda, Piano
from tests.api.passi import RADICE
from tests.factories import PianoFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite non lo dice")
def test_chi_ha_gia_la_risposta_non_fa_leggere_i_dati_finche_nessuno_scrive(
    azienda: Azienda, programma: Callable[..., Client]
) -> None:
    piano = PianoFactory(azienda=azienda, stato="bozza")
    api, altro = programma(), programma()
    for dove in ("piani", f"piani/{piano.slug}"):
        letta, ancora, domande = _due_volte(api, dove)
        assert (ancora.status_code, ancora["ETag"], ancora.content) == (304, letta["ETag"], b"")
        assert [una for una in domande if "piani_piano" in una] == []
        diverso, domande = _con(api, dove, '"un-altro"')
        assert (diverso.status_code, diverso.content) == (200, letta.content)
        primo, domande = _con(altro, dove, letta["ETag"])  # it never asked: its rights are read
        assert (primo.status_code, any("piani_piano" in una for una in domande)) == (304, True)

        Piano.objects.filter(pk=piano.pk).update(titolo=f"Cambiato {dove}")
        cambiata, _domande = _con(api, dove, letta["ETag"])
        assert cambiata.status_code == 200
        assert f"Cambiato {dove}" in cambiata.content.decode()

    letta = api.get(f"{RADICE}/piani")
    azienda.incarichi.update(dal="2020-01-01", al="2020-12-31")
    finito, _domande = _con(api, "piani", letta["ETag"])
    assert finito.json()["totale"] == 0


def _due_volte(client: Client, dove: str) -> tuple[Any, Any, list[str]]:
    """An answer, the one to who has it already, and what that one asked.

    Who tries something else on the same server writes too: again, until nobody did meanwhile.
    """
    for _volta in range(100):
        prima = istantanea()
        letta = client.get(f"{RADICE}/{dove}")
        ancora, domande = _con(client, dove, letta["ETag"])
        if istantanea() == prima:
            return letta, ancora, domande
    raise AssertionError("sul server c'è sempre qualcuno che scrive")


def _con(client: Client, dove: str, etag: str) -> tuple[Any, list[str]]:
    with CaptureQueriesContext(connection) as chieste:
        risposta = client.get(f"{RADICE}/{dove}", headers={"If-None-Match": etag})
    return risposta, [una["sql"] for una in chieste]
