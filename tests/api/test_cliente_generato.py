# SPDX-License-Identifier: AGPL-3.0-or-later
"""A client made by a generator from the committed description, as others make theirs: what it
says of itself is enough to enter, list, read, change, load, and to read a refusal.
"""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from piani import azioni
from piani.models import Azienda, Ruolo
from tests.factories import (
    AreaFactory,
    AziendaFactory,
    EdizioneFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
)

FILE = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"
RACCOLTE = {"indicatori", "rilevazioni", "webhook"}
"""The parts of the API that this program uses: a generator of all of it takes far longer."""
NOME = "cliente_generato"


def solo_cio_che_usa(descrizione: dict[str, Any]) -> dict[str, Any]:
    """The description without the addresses of other parts, and the shapes that only they name."""
    descrizione["paths"] = {
        percorso: metodi
        for percorso, metodi in descrizione["paths"].items()
        if RACCOLTE & {tag for operazione in metodi.values() for tag in operazione["tags"]}
    }
    forme = descrizione["components"]["schemas"]
    servono: set[str] = set()
    da_guardare = [json.dumps(descrizione["paths"])]
    while da_guardare:
        testo = da_guardare.pop()
        nuove = {nome for nome in forme if f'/schemas/{nome}"' in testo} - servono
        servono |= nuove
        da_guardare += [json.dumps(forme[nome]) for nome in nuove]
    descrizione["components"]["schemas"] = {nome: forme[nome] for nome in sorted(servono)}
    return descrizione


@pytest.fixture(scope="module")
def generato(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The package, made now and thrown away."""
    cartella = tmp_path_factory.mktemp("generato")
    sorgente = cartella / "openapi.json"
    sorgente.write_text(json.dumps(solo_cio_che_usa(json.loads(FILE.read_text()))))
    errori = generate(
        config=Config.from_sources(
            config_file=ConfigFile(post_hooks=[]),
            meta_type=MetaType.NONE,
            document_source=sorgente,
            file_encoding="utf-8",
            overwrite=False,
            output_path=cartella / NOME,
        )
    )
    assert [f"{uno.header} {uno.detail}" for uno in errori] == []
    sys.path.insert(0, str(cartella))
    yield cartella / NOME
    sys.path.remove(str(cartella))
    for nome in [uno for uno in sys.modules if uno.partition(".")[0] == NOME]:
        del sys.modules[nome]


def parte(nome: str) -> Any:
    return importlib.import_module(f"{NOME}.{nome}")


def mondo() -> tuple[Azienda, list[str]]:
    """An azienda with a plan of three measures."""
    azienda = AziendaFactory()
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=PianoFactory(azienda=azienda)))
    EdizioneFactory(azienda=azienda)
    misure = [MisuraFactory(obiettivo=obiettivo, indicatore__azienda=azienda) for _n in range(3)]
    for misura in misure:
        TargetFactory(misura=misura, stampato="≥ 80%")
    return azienda, [misura.indicatore.codice for misura in misure]


def entra(radice: str, azienda: Azienda) -> Any:
    """A client with its token, asked as RFC 6749 says."""
    cliente, segreto = azioni.crea_cliente(
        azienda, nome="Gestionale", ruolo=Ruolo.CONTROLLO_GESTIONE, da=None,
        ambiti=["piani:leggi", "piani:scrivi", "obiettivi:leggi", "obiettivi:scrivi"],
    )  # fmt: skip
    risposta = httpx.post(
        f"{radice}/token",
        data={"grant_type": "client_credentials"},
        auth=(cliente.client_id, segreto),
        timeout=30,
    )
    gettone = risposta.json()["access_token"]
    autenticato = parte("client").AuthenticatedClient(radice, token=gettone)
    return autenticato.with_timeout(httpx.Timeout(30))


@pytest.mark.django_db(transaction=True)
def test_un_cliente_generato_fa_il_suo_giro(generato: Path, live_server: Any) -> None:
    azienda, codici = mondo()
    with entra(f"{live_server.url}/api/v1", azienda) as client:
        il_giro(client, azienda, codici)


def il_giro(client: Any, azienda: Azienda, codici: list[str]) -> None:
    """List, read, change, load, be refused, list another resource."""
    modelli = parte("models")

    elenco = parte("api.indicatori.indicatori_list").sync(client=client, azienda=azienda.codice)
    assert sorted(uno.codice for uno in elenco.risultati) == sorted(codici)
    assert elenco.risultati[0].misure[0].target[0].stampato == "≥ 80%"

    chiave = str(elenco.risultati[0].id)
    letto = parte("api.indicatori.indicatori_retrieve").sync_detailed(chiave, client=client)
    cambia = parte("api.indicatori.indicatori_partial_update").sync_detailed
    corpo = modelli.PatchedCambiaIndicatoreRequest(decimali=1)
    etag = letto.headers["ETag"]
    cambiato = cambia(chiave, client=client, body=corpo, if_match=etag)
    assert (cambiato.status_code, cambiato.parsed.decimali) == (200, 1)
    superato = cambia(chiave, client=client, body=corpo, if_match=etag)
    assert superato.status_code == 412
    assert isinstance(superato.parsed, modelli.Problema)
    assert superato.parsed.title == "Cambiato nel frattempo"

    carica = parte("api.rilevazioni.rilevazioni_carico_create").sync
    righe = [
        modelli.RigaCaricoRequest(indicatore=codice, anno=2022, valore=80.5) for codice in codici
    ]
    intero = modelli.CaricoCorpoRequest(azienda=azienda.codice, righe=righe)
    fatto = carica(client=client, body=intero, idempotency_key="una")
    assert fatto.inserite == 3
    assert carica(client=client, body=intero, idempotency_key="una") == fatto
    righe[1].indicatore = "NON-C-E"
    rifiuto = carica(client=client, body=intero, idempotency_key="due")
    assert (rifiuto.status, rifiuto.errori[0].riga) == (422, 2)
    assert rifiuto.errori[0].campo == "indicatore"

    vuoto = parte("api.webhook.webhook_list").sync(client=client)
    assert (vuoto.totale, vuoto.risultati) == (0, [])
