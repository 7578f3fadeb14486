# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program of others, from outside: token, list, load, run, result, through a real server."""

from decimal import Decimal
from typing import Any
from urllib.error import HTTPError

import pytest

from piani import azioni
from piani.models import Ruolo
from tests.api.cliente import Albero, Rifiutata
from tests.factories import (
    AreaFactory,
    AziendaFactory,
    EdizioneFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_un_programma_fa_il_suo_giro(live_server: Any, settings: Any) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    azienda = AziendaFactory()
    piano = PianoFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    EdizioneFactory(azienda=azienda)
    for _n in range(5):
        misura = MisuraFactory(obiettivo=obiettivo, indicatore__azienda=azienda)
        TargetFactory(misura=misura, stampato="≥ 80%")
    cliente, segreto = azioni.crea_cliente(
        azienda,
        nome="Cruscotto",
        ruolo=Ruolo.CONTROLLO_GESTIONE,
        ambiti=["obiettivi:leggi", "obiettivi:scrivi"],
        da=None,
    )
    albero = Albero(f"{live_server.url}/api/v1", cliente.client_id, segreto)
    albero.entra()
    indicatori = list(albero.indicatori(piano=piano.slug))
    assert len(indicatori) == 5
    assert {uno.target[2022] for uno in indicatori} == {"≥ 80%"}

    assert albero.punteggio(piano.slug, 2022) is None
    valori = {(uno.codice, 2022): Decimal("80.5") for uno in indicatori}
    assert albero.carica(azienda.codice, valori)["inserite"] == 5
    calcolo = albero.calcola(piano.slug, 2022)
    assert (calcolo.stato, calcolo.percentuale) == ("fatto", 100)
    assert albero.punteggio(piano.slug, 2022) == Decimal(100)

    cambiato = albero.cambia(f"/indicatori/{misura.indicatore_id}", decimali=1)
    assert cambiato["decimali"] == 1
    with pytest.raises(Rifiutata, match="righe sono da correggere") as rifiuto:
        albero.carica(azienda.codice, {("NON-C-E", 2022): Decimal(1)})
    assert (rifiuto.value.stato, rifiuto.value.errori[0]["riga"]) == (422, 1)
    with pytest.raises(Rifiutata, match="ambito «piani:leggi»"):
        albero._chiedi("GET", "/piani")

    # The secret changes: for a time both open, then only the new one; revoked, neither.
    nuovo = azioni.rinnova_segreto(cliente, giorni=7, da=None)
    albero.entra()
    cliente.refresh_from_db()
    Albero(albero.indirizzo, cliente.client_id, nuovo).entra()
    ancora = azioni.rinnova_segreto(cliente, giorni=0, da=None)
    for vecchio in (segreto, nuovo):
        with pytest.raises(HTTPError, match="401"):
            Albero(albero.indirizzo, cliente.client_id, vecchio).entra()
    Albero(albero.indirizzo, cliente.client_id, ancora).entra("obiettivi:leggi")
    azioni.revoca_cliente(cliente, da=None)
    with pytest.raises(Rifiutata, match="Il gettone non vale"):
        albero.punteggio(piano.slug, 2022)
    with pytest.raises(HTTPError, match="401"):
        Albero(albero.indirizzo, cliente.client_id, ancora).entra()
