# SPDX-License-Identifier: AGPL-3.0-or-later
"""Static files where nobody gathered and compressed them before (embedded mode): each one is
compressed the first time that a browser asks for it, and kept among the data.
"""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from piani.pubbliche import impronte
from piani.pubbliche.conserva import scrivi_intero
from piani.pubbliche.risposta import COMPRESSIONI

CARTELLA = "statici"
log = logging.getLogger(__name__)


class FileStatici(WhiteNoiseMiddleware):
    """As WhiteNoise; a file that is served where it is has its compressed copies too."""

    files: dict[str, Any]

    def __init__(self, *argomenti: Any, **altri: Any) -> None:
        super().__init__(*argomenti, **altri)
        self._da_guardare = set(self.files) if self.use_finders else set()
        self._si_comprime = Compressor(quiet=True).should_compress

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info in self._da_guardare:
            self._da_guardare.discard(request.path_info)
            self._comprimi(request.path_info)
        return super().__call__(request)

    def _comprimi(self, url: str) -> None:
        file = self.files[url]
        if not isinstance(file, StaticFile) or not self._si_comprime(url):
            return
        _tutto, percorso, testate = file.alternatives[-1]
        try:
            copie = _copie(Path(percorso))
        except OSError as errore:  # it is served as it is
            log.warning("Non si conserva compresso %s: %s", percorso, errore)
            return
        # Its length and its marks are said again, of each copy.
        detto = [(nome, valore) for nome, valore in testate if nome in DA_TENERE]
        self.files[url] = StaticFile(percorso, detto, encodings=copie)


DA_TENERE = ("Content-Type", "Cache-Control", "Access-Control-Allow-Origin")


def _copie(percorso: Path) -> dict[str, str]:
    """The compressed copies of a file as it is now, by encoding."""
    stato = percorso.stat()
    impronta = impronte.di(str(percorso), stato.st_mtime_ns, stato.st_size)
    copie = {}
    for come, comprimi in COMPRESSIONI.items():
        copia = settings.DATI / CARTELLA / f"{impronta}.{come}"
        if not copia.exists():
            scrivi_intero(copia, comprimi(percorso.read_bytes()))
        copie[come] = str(copia)
    return copie
