# SPDX-License-Identifier: AGPL-3.0-or-later
"""An HTML page of ours as PDF, in this process: tagged, PDF/UA-1 and PDF/A-2a.

WeasyPrint and Pango are loaded only here and only when needed: without them the pages still
start. While rendering there is no network and no disk but our static files and the shipped fonts.
"""

from base64 import b64decode
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .finitura import Finitura
from .memoria import memoria_ferma
from .risorse import STATICI, cartella_caratteri
from .simboli import carattere
from .stampatrice import di_fabbrica, foglio_letto, separa_stile

OSPITE = "risorse.albero.invalid"  # a name that no network can answer (RFC 6761)
RADICE = f"https://{OSPITE}/"
LOGO = "data:image/png;base64,iVBORw0KGgo"
"""How a PNG begins: the only picture that a photograph may hold."""


class StampaNonDisponibile(RuntimeError):
    """The libraries that draw the PDF are not installed on this machine."""


@dataclass(frozen=True)
class Pdf:
    """A printed document: its bytes and its number of pages."""

    contenuto: bytes
    pagine: int


def stampa_qui(testo: str) -> Pdf:
    """:raises StampaNonDisponibile: Pango is missing."""
    weasyprint = _weasyprint()
    with memoria_ferma():
        return _stampata(weasyprint, testo)


def _stampata(weasyprint: Any, testo: str) -> Pdf:
    from .fogli import cedono

    lettore = _lettore_di_risorse()
    testo, stile = separa_stile(testo)
    foglio_suo, caratteri = foglio_letto(stile, RADICE, lettore)

    class Pagina(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
        """A page read with the short style sheet of the browser that nobody uses."""

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [di_fabbrica()]

    pagina = Pagina(string=testo, base_url=RADICE, url_fetcher=lettore)
    impaginato = pagina.render(
        pdf_variant="pdf/a-2a", stylesheets=[foglio_suo], font_config=caratteri
    )
    cedono(impaginato.pages)
    contenuto = impaginato.write_pdf(
        pdf_variant="pdf/a-2a",
        finisher=Finitura(descrizioni_figure(pagina.etree_element)),
    )
    return Pdf(contenuto, len(impaginato.pages))


def descrizioni_figure(radice: Any) -> dict[str, str]:
    """For each drawing, its title → title and description: the full text alternative."""
    svg = "{http://www.w3.org/2000/svg}"
    testi = {}
    for disegno in radice.iter(f"{svg}svg"):
        titolo, descrizione = disegno.findtext(f"{svg}title"), disegno.findtext(f"{svg}desc")
        if titolo and descrizione:
            testi[titolo] = f"{titolo}. {descrizione}"
    return testi


def risorsa(indirizzo: str) -> tuple[bytes, str]:
    """Content and type of one of the allowed files; ``ValueError`` for anything else."""
    if indirizzo.startswith(LOGO):
        return b64decode(indirizzo.partition(",")[2], validate=True), "image/png"
    parti = urlsplit(indirizzo)
    if parti.scheme != "https" or parti.netloc != OSPITE:
        raise ValueError(f"Risorsa non ammessa nella stampa: {indirizzo}")
    cartella, _barra, nome = unquote(parti.path).lstrip("/").partition("/")
    if cartella == "simboli.ttf":
        return carattere(), "font/ttf"
    cartelle = {"caratteri": cartella_caratteri, "static": lambda: STATICI}
    if cartella not in cartelle:
        raise ValueError(f"Risorsa non ammessa nella stampa: {indirizzo}")
    return _leggi(cartelle[cartella](), nome, indirizzo)


def _leggi(radice: Path, nome: str, indirizzo: str) -> tuple[bytes, str]:
    percorso = (radice / nome).resolve()
    if not percorso.is_relative_to(radice.resolve()) or not percorso.is_file():
        raise ValueError(f"Risorsa non ammessa nella stampa: {indirizzo}")
    tipo = guess_type(percorso.name)[0] or "application/octet-stream"
    return percorso.read_bytes(), tipo


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as errore:
        raise StampaNonDisponibile(
            "Il PDF non si può preparare: mancano le librerie di Pango. "
            "Su Debian e Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0"
        ) from errore
    return weasyprint


def _lettore_di_risorse() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class LettoreDiRisorse(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Serves the allowed files and refuses every other address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            contenuto, tipo = risorsa(url)
            return URLFetcherResponse(url, contenuto, {"Content-Type": tipo})

    return LettoreDiRisorse()
