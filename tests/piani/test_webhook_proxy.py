# SPDX-License-Identifier: AGPL-3.0-or-later
"""Webhooks that go out through the proxy of one's own network: a real one, on this machine."""

import base64
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.webhook import proxy_letto
from piani.webhook import indirizzi
from piani.webhook.indirizzi import Vietato, leggi, risolvi
from piani.webhook.invio import manda
from tests.piani.tls import certificato
from tests.ricevitore import in_ascolto

FUORI = "93.184.215.14"


@dataclass
class ProxyDiProva:
    """What it was asked, and what it answers; behind it, whatever the number, a server with a
    certificate and its key.
    """

    certificato: tuple[Path, Path]
    stato: str = "200 Connection established"
    chieste: list[str] = field(default_factory=list)
    arrivate: list[bytes] = field(default_factory=list)
    porta: int = 0

    def servi(self, presa: socket.socket) -> None:
        try:
            altro, _chi = presa.accept()
            with altro:
                self._rispondi(altro)
        except OSError:
            return

    def _rispondi(self, altro: socket.socket) -> None:
        self.chieste.append(_fino_a(altro, b"\r\n\r\n").decode())
        altro.sendall(f"HTTP/1.1 {self.stato}\r\nVia: prova\r\n\r\n".encode())
        if not self.stato.startswith("200"):
            return
        contesto = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contesto.load_cert_chain(*self.certificato)
        with contesto.wrap_socket(altro, server_side=True) as dentro:
            self.arrivate.append(_fino_a(dentro, b"{}"))
            dentro.sendall(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")


def _fino_a(presa: socket.socket, fine: bytes) -> bytes:
    letto = b""
    while not letto.endswith(fine):
        pezzo = presa.recv(4096)
        if not pezzo:
            raise ConnectionResetError
        letto += pezzo
    return letto


@pytest.fixture
def proxy(settings: Any, tmp_path: Path) -> Iterator[ProxyDiProva]:
    questo = ProxyDiProva(certificato(tmp_path, "buono.it"))
    settings.WEBHOOK_AUTORITA = str(questo.certificato[0])
    with socket.create_server(("127.0.0.1", 0)) as presa:
        questo.porta = presa.getsockname()[1]
        settings.WEBHOOK_PROXY = f"http://127.0.0.1:{questo.porta}"
        filo = threading.Thread(target=questo.servi, args=(presa,), daemon=True)
        filo.start()
        yield questo
        presa.shutdown(socket.SHUT_RDWR)
    filo.join(5)


@pytest.fixture
def nomi(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    """What the names of hosts give here; the numbers give themselves."""

    def metti(tavola: dict[str, str]) -> None:
        def cerca(host: str, porta: int, *_resto: Any, **_altro: Any) -> list[Any]:
            numero = host if host[0].isdigit() else tavola.get(host)
            if numero is None:
                raise socket.gaierror
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (numero, porta))]

        monkeypatch.setattr(indirizzi.socket, "getaddrinfo", cerca)

    return metti


def test_al_proxy_si_chiede_il_numero_giudicato_e_il_certificato_e_del_nome(
    proxy: ProxyDiProva, nomi: Callable[..., None], settings: Any
) -> None:
    nomi({"buono.it": FUORI})
    settings.WEBHOOK_PROXY = f"http://nome:p%40rola@127.0.0.1:{proxy.porta}"
    esito = manda("https://buono.it/avvisi", {"webhook-id": "uno"}, b"{}")
    assert (esito.risposta, esito.errore) == (202, "")
    chiesta = proxy.chieste[0].split("\r\n")
    assert chiesta[0] == f"CONNECT {FUORI}:443 HTTP/1.1"
    chi = base64.b64encode(b"nome:p@rola").decode()
    assert f"Proxy-Authorization: Basic {chi}" in chiesta
    testa = proxy.arrivate[0].decode()
    assert testa.startswith("POST /avvisi HTTP/1.1\r\n")
    assert "\r\nHost: buono.it\r\n" in testa
    assert "Proxy-Authorization" not in testa


def test_il_certificato_di_un_altro_non_si_crede_nemmeno_dietro_il_proxy(
    proxy: ProxyDiProva, nomi: Callable[..., None]
) -> None:
    nomi({"altro.it": FUORI})
    esito = manda("https://altro.it/", {}, b"{}")
    assert (esito.risposta, "certificato" in esito.errore) == (None, True)
    assert proxy.arrivate == []


@pytest.mark.parametrize("nomi_dal_proxy", [False, True])
@pytest.mark.parametrize("numero", ["10.0.0.8", "127.0.0.1", "169.254.169.254"])
def test_cio_che_e_della_rete_di_casa_non_arriva_al_proxy(
    proxy: ProxyDiProva,
    nomi: Callable[..., None],
    settings: Any,
    numero: str,
    nomi_dal_proxy: bool,
) -> None:
    settings.WEBHOOK_PROXY_NOMI = nomi_dal_proxy
    nomi({"di-casa.it": numero})
    for host in ("di-casa.it", numero):
        esito = manda(f"https://{host}/", {}, b"{}")
        assert esito.errore == f"«{host}» non è un server pubblico."
    assert proxy.chieste == []


def test_un_server_di_casa_ammesso_si_chiama_senza_proxy(
    proxy: ProxyDiProva, settings: Any
) -> None:
    settings.WEBHOOK_HOST_INTERNI = ["127.0.0.1"]
    with in_ascolto() as ricevitore:
        assert manda(ricevitore.indirizzo, {}, b"{}").risposta == 204
    assert proxy.chieste == []


@pytest.mark.parametrize("stato", ["407 Proxy Authentication Required", "403 Forbidden"])
def test_un_proxy_che_rifiuta_si_racconta(
    proxy: ProxyDiProva, nomi: Callable[..., None], stato: str
) -> None:
    nomi({"buono.it": FUORI})
    proxy.stato = stato
    esito = manda("https://buono.it/", {}, b"{}")
    assert (esito.risposta, esito.errore) == (None, f"Il proxy ha risposto {stato[:3]}.")


def test_un_proxy_che_tace_non_trattiene_nessuno(nomi: Callable[..., None], settings: Any) -> None:
    nomi({"buono.it": FUORI})
    with socket.create_server(("127.0.0.1", 0)) as presa:
        settings.WEBHOOK_PROXY = f"http://127.0.0.1:{presa.getsockname()[1]}"
        settings.WEBHOOK_SECONDI = 0.3
        esito = manda("https://buono.it/", {}, b"{}")
    assert (esito.errore, esito.durata_ms < 3000) == ("Nessuna risposta entro 0.3 secondi.", True)


def test_i_nomi_di_fuori_li_puo_cercare_il_proxy(
    proxy: ProxyDiProva, nomi: Callable[..., None], settings: Any
) -> None:
    nomi({})
    with pytest.raises(Vietato, match="Nessun server ha il nome"):
        risolvi(leggi("https://buono.it/"))
    settings.WEBHOOK_PROXY_NOMI = True
    assert manda("https://buono.it/", {}, b"{}").risposta == 202
    assert proxy.chieste[0].startswith("CONNECT buono.it:443 HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "host", ["cruscotto", "stampante.local", "server.lan", "[fe80::1]", "a.corp", "a.lan."]
)
def test_i_nomi_di_casa_non_si_chiedono_al_proxy(
    nomi: Callable[..., None], settings: Any, host: str
) -> None:
    settings.WEBHOOK_PROXY, settings.WEBHOOK_PROXY_NOMI = "http://127.0.0.1:9", True
    nomi({})
    with pytest.raises(Vietato, match="Nessun server ha il nome"):
        risolvi(leggi(f"https://{host}/"))


@pytest.mark.parametrize(
    "url",
    ["proxy:3128", "https://proxy:3128", "http://", "http://p:99999", "http://p/x", "http://["],
)
def test_un_proxy_scritto_male_ferma_la_partenza(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="WEBHOOK_PROXY non è un indirizzo"):
        proxy_letto(url)


def test_un_proxy_scritto_bene_si_tiene() -> None:
    for url in ("", "http://proxy.ente.it:3128", "http://nome:parola@proxy.ente.it/"):
        assert proxy_letto(url) == url
