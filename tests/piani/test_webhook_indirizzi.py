# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which addresses are called, and how: nothing of one's own network, in time, without redirects."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from piani.webhook import indirizzi
from piani.webhook.indirizzi import Vietato, controlla, leggi, pubblico
from piani.webhook.invio import Esito, manda
from tests.piani.tls import certificato
from tests.ricevitore import Ricevitore, in_ascolto

Nomi = Callable[..., None]


@pytest.fixture
def ricevitore(settings: Any) -> Iterator[Ricevitore]:
    settings.WEBHOOK_HOST_INTERNI = ["127.0.0.1"]
    with in_ascolto() as questo:
        yield questo


@pytest.fixture
def nomi(monkeypatch: pytest.MonkeyPatch) -> Nomi:
    """What the names of hosts give, without asking anybody."""

    def metti(**tavola: list[str]) -> None:
        def cerca(host: str, porta: int, **_altro: Any) -> list[Any]:
            chiave = host.replace(".", "_").replace("-", "_")
            if chiave not in tavola:
                raise socket.gaierror
            return [(socket.AF_INET, 1, 6, "", (numero, porta)) for numero in tavola[chiave]]

        monkeypatch.setattr(indirizzi.socket, "getaddrinfo", cerca)

    return metti


@pytest.mark.parametrize(
    ("url", "perche"),
    [
        ("http://93.184.215.14/", "comincia con https"),
        ("ftp://93.184.215.14/", "comincia con https"),
        ("https:///senza-server", "Manca il nome"),
        ("https://nome:parola@93.184.215.14/", "nomi, password"),
        ("https://93.184.215.14/#pezzo", "nomi, password"),
        ("https://93.184.215.14:25/", "La porta"),
        ("https://93.184.215.14:99999/", "non è scritto bene"),
        ("https://[::1/", "non è scritto bene"),
        ("https://93.184.215.14/a b", "senza spazi"),
        ("https://è.it/", "senza spazi"),
        ("https://a.it\r\nHost: b", "senza spazi"),
        ("https://" + "a" * 600, "senza spazi"),
    ],
)
def test_un_indirizzo_scritto_male_si_rifiuta(url: str, perche: str) -> None:
    with pytest.raises(Vietato, match=perche):
        leggi(url)


@pytest.mark.parametrize(
    "numero",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",  # noqa: S104
        "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "2002:7f00:1::", "2001:0:7f00:1::", "non-un-numero",
    ],
)  # fmt: skip
def test_la_rete_di_casa_non_e_pubblica(numero: str) -> None:
    assert not pubblico(numero)


@pytest.mark.parametrize("numero", ["93.184.215.14", "8.8.8.8", "2a00:1450:4002:400::1"])
def test_un_server_di_tutti_e_pubblico(numero: str) -> None:
    assert pubblico(numero)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]",
             "10.0.0.8", "169.254.169.254", "[::ffff:127.0.0.1]"],
)  # fmt: skip
def test_nessun_modo_di_scriverlo_porta_in_casa(host: str) -> None:
    with pytest.raises(ValidationError) as rifiuto:
        controlla(f"https://{host}/avvisi")
    assert "non è un server pubblico" in rifiuto.value.message_dict["indirizzo"][0]


def test_basta_un_numero_di_casa_fra_quelli_del_nome(nomi: Nomi) -> None:
    nomi(buono_it=["93.184.215.14"], misto_it=["93.184.215.14", "10.0.0.1"])
    assert controlla(" https://buono.it/a ") == "https://buono.it/a"
    with pytest.raises(ValidationError, match="non è un server pubblico"):
        controlla("https://misto.it/")
    with pytest.raises(ValidationError, match="Nessun server ha il nome"):
        controlla("https://nessuno.it/")


def test_il_nome_si_giudica_di_nuovo_a_ogni_consegna(nomi: Nomi) -> None:
    nomi(cambia_it=["93.184.215.14"])
    assert controlla("https://cambia.it/") == "https://cambia.it/"
    nomi(cambia_it=["127.0.0.1"])
    esito = manda("https://cambia.it/", {}, b"{}")
    assert (esito.risposta, esito.errore) == (None, "«cambia.it» non è un server pubblico.")


def test_si_va_al_numero_giudicato_e_non_dove_dice_il_nome_dopo(
    nomi: Nomi, monkeypatch: pytest.MonkeyPatch
) -> None:
    nomi(buono_it=["93.184.215.14"])
    chiamati: list[Any] = []

    def chiama(dove: Any, **_altro: Any) -> socket.socket:
        chiamati.append(dove)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("piani.webhook.invio.socket.create_connection", chiama)
    esito = manda("https://buono.it:8443/", {}, b"{}")
    assert chiamati == [("93.184.215.14", 8443)]
    assert esito.errore == "Non si riesce a consegnare: Connection refused"


def test_si_manda_e_si_legge_lo_stato(ricevitore: Ricevitore) -> None:
    esito = manda(ricevitore.indirizzo, {"webhook-id": "uno"}, b'{"a":1}')
    assert (esito.risposta, esito.errore, esito.riuscito) == (204, "", True)
    avuta = ricevitore.ricevute[0]
    assert (avuta.percorso, avuta.corpo, avuta.codice) == ("/avvisi?da=albero", b'{"a":1}', "uno")
    assert avuta.intestazioni["host"] == f"127.0.0.1:{ricevitore.porta}"
    assert avuta.intestazioni["content-type"] == "application/json"
    assert avuta.intestazioni["user-agent"].startswith("Albero/")


def test_un_rinvio_non_si_segue(ricevitore: Ricevitore) -> None:
    ricevitore.stati, ricevitore.intestazioni = [302], {"Location": ricevitore.indirizzo}
    esito = manda(ricevitore.indirizzo, {}, b"{}")
    assert (esito.risposta, esito.riuscito) == (302, False)
    assert esito.errore == "Ha risposto con un rinvio (302), che non si segue."
    assert len(ricevitore.ricevute) == 1


def test_un_errore_e_un_silenzio_si_raccontano(ricevitore: Ricevitore, settings: Any) -> None:
    ricevitore.stati = [500]
    assert manda(ricevitore.indirizzo, {}, b"{}").errore == "Ha risposto 500."
    settings.WEBHOOK_SECONDI, ricevitore.ferma = 0.3, True
    esito = manda(ricevitore.indirizzo, {}, b"{}")
    assert (esito.risposta, esito.errore) == (None, "Nessuna risposta entro 0.3 secondi.")
    assert 290 <= esito.durata_ms < 3000


def _goccia_a_goccia(presa: socket.socket) -> None:
    """An answer that never ends: a byte every twentieth of a second."""
    altro, _chi = presa.accept()
    with altro:
        altro.recv(4096)
        try:
            altro.sendall(b"HTTP/1.1 200 OK\r\nX-Lenta: ")
            for _n in range(200):
                altro.sendall(b"a")
                time.sleep(0.05)
        except OSError:
            return


def test_chi_risponde_goccia_a_goccia_non_trattiene_nessuno(settings: Any) -> None:
    settings.WEBHOOK_HOST_INTERNI, settings.WEBHOOK_SECONDI = ["127.0.0.1"], 0.5
    with socket.create_server(("127.0.0.1", 0)) as presa:
        filo = threading.Thread(target=_goccia_a_goccia, args=(presa,), daemon=True)
        filo.start()
        inizio = time.monotonic()
        esito = manda(f"http://127.0.0.1:{presa.getsockname()[1]}/", {}, b"{}")
        assert time.monotonic() - inizio < 3
        assert esito.errore == "Nessuna risposta entro 0.5 secondi."
        filo.join(5)


def test_chi_chiude_senza_rispondere_e_una_consegna_fallita(settings: Any) -> None:
    settings.WEBHOOK_HOST_INTERNI = ["127.0.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as presa:
        filo = threading.Thread(target=lambda: presa.accept()[0].close(), daemon=True)
        filo.start()
        esito = manda(f"http://127.0.0.1:{presa.getsockname()[1]}/", {}, b"{}")
        assert "Non si riesce a consegnare" in esito.errore
        filo.join(5)


def _con_tls(pem: Path, privata: Path) -> Esito:
    """Send to a server on this machine with that certificate."""
    contesto = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    contesto.load_cert_chain(pem, privata)
    with socket.create_server(("127.0.0.1", 0)) as presa:

        def rispondi() -> None:
            try:
                with contesto.wrap_socket(presa.accept()[0], server_side=True) as altro:
                    letto = b""
                    while not letto.endswith(b"{}"):  # closing before would reset the connection
                        letto += altro.recv(4096)
                    altro.sendall(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
            except OSError:
                return

        filo = threading.Thread(target=rispondi, daemon=True)
        filo.start()
        esito = manda(f"https://127.0.0.1:{presa.getsockname()[1]}/", {}, b"{}")
        filo.join(5)
    return esito


def test_il_certificato_deve_essere_creduto_e_del_nome(settings: Any, tmp_path: Path) -> None:
    settings.WEBHOOK_HOST_INTERNI = ["127.0.0.1"]
    suo, di_altri = certificato(tmp_path, "127.0.0.1"), certificato(tmp_path, "altro.it")
    sconosciuto = _con_tls(*suo)
    assert sconosciuto.risposta is None
    assert "Il certificato o la connessione sicura non vanno" in sconosciuto.errore
    settings.WEBHOOK_AUTORITA = str(suo[0])
    creduto = _con_tls(*suo)
    assert (creduto.risposta, creduto.errore) == (202, "")
    settings.WEBHOOK_AUTORITA = str(di_altri[0])
    assert "certificato" in _con_tls(*di_altri).errore
