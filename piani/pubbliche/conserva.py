# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that come from the photograph of a version and can always be made again: made once, kept
in a folder beside those that are published.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.utils.translation import gettext as _

from piani import stampa as stamperia
from piani.models import DocumentoPubblicato
from piani.pubbliche import impronte
from piani.stampa.formati import data_italiana
from piani.stampa.portale import CAMPI, in_dati, titoli

CARTELLA = "derivati"
PAGINA = "pagina.html"
FOGLIO = "documento.xlsx"
PORTALE_CSV, PORTALE_FOGLIO, PORTALE_DATI = (
    f"portale-piao.{tipo}" for tipo in ("csv", "xlsx", "json")
)
log = logging.getLogger(__name__)


def pagina_di(documento: DocumentoPubblicato) -> str:
    """The frozen part of the page of a version: cover, index, chapters."""
    return conservato(
        documento, PAGINA, lambda: stamperia.rende_pagina(documento.fotografia).encode()
    ).decode()


def da_rifare(documento: DocumentoPubblicato) -> bool:
    """Whether nobody has made its page with the program as it is now."""
    return not _dove(documento, PAGINA).exists()


def da_scaricare(documento: DocumentoPubblicato, nome: str) -> bytes:
    """A file made on demand from the photograph.

    :raises KeyError: there is none of that name, or this document has none.
    """
    produci = FATTI_QUI[nome]
    if nome != FOGLIO and "piao" not in documento.fotografia:
        raise KeyError(nome)
    return conservato(documento, nome, lambda: produci(documento))


def conservato(documento: DocumentoPubblicato, nome: str, produci: Callable[[], bytes]) -> bytes:
    """A derived file, from its folder or made now. Made with other files of the program, it is
    made again.
    """
    percorso = _dove(documento, nome)
    with suppress(FileNotFoundError):
        return percorso.read_bytes()
    dati = produci()
    try:
        _dimentica_gli_altri(percorso.parent)
        scrivi_intero(percorso, dati)
    except OSError as errore:  # a folder that cannot be written does not close the page
        log.warning("Non si conserva %s: %s", percorso, errore)
    return dati


def _dove(documento: DocumentoPubblicato, nome: str) -> Path:
    return documento.cartella / CARTELLA / impronte.della_stampa() / nome


def scrivi_intero(destinazione: Path, dati: bytes) -> None:
    """A file that appears whole: who reads, or writes the same, never meets half of it."""
    destinazione.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=destinazione.parent, delete=False) as provvisorio:
        provvisorio.write(dati)
    percorso = Path(provvisorio.name)
    percorso.chmod(0o644)
    percorso.replace(destinazione)


def _dimentica_gli_altri(cartella: Path) -> None:
    """What an earlier version of the program had made."""
    for altra in cartella.parent.glob("*"):
        if altra != cartella:
            shutil.rmtree(altra, ignore_errors=True)


def _foglio(documento: DocumentoPubblicato) -> bytes:
    """Every table of the document in one workbook."""
    tabelle = stamperia.rende_csv(documento.fotografia)
    return stamperia.rende_xlsx(tabelle, _leggimi(documento))


def _foglio_del_portale(documento: DocumentoPubblicato) -> bytes:
    """The rows for the Portale PIAO, with headings for people."""
    tabella = stamperia.rende_csv(documento.fotografia)[PORTALE_CSV].decode()
    righe = tabella.removeprefix(",".join(CAMPI))
    intestazione = ",".join(titoli())
    return stamperia.rende_xlsx(
        {"Obiettivi.csv": f"{intestazione}{righe}".encode()}, _leggimi(documento)
    )


def _dati_del_portale(documento: DocumentoPubblicato) -> bytes:
    return stamperia.rende_json(in_dati(documento.fotografia))


FATTI_QUI: dict[str, Callable[[DocumentoPubblicato], bytes]] = {
    FOGLIO: _foglio,
    PORTALE_FOGLIO: _foglio_del_portale,
    PORTALE_DATI: _dati_del_portale,
}


def _leggimi(documento: DocumentoPubblicato) -> Iterator[tuple[str, str]]:
    """What a workbook says of itself, so that a copy far from its page is still understood."""
    foto = documento.fotografia
    yield _("Documento"), documento.nome
    yield _("Ente"), foto["azienda"]["nome"]
    yield _("Versione"), str(documento.versione)
    yield _("Fotografia del"), data_italiana(foto["data"])
    yield _("Impronta della fotografia (SHA-256)"), documento.sha256_contenuto
    yield _("Licenza"), "CC BY 4.0"
    yield _("Celle vuote"), _("Il documento non dice quel valore.")
