# SPDX-License-Identifier: AGPL-3.0-or-later
"""A picture sent as a logo becomes one that can be printed: checked by content, written again.

Only PNG: an SVG may carry scripts and addresses to fetch, a JPEG spoils flat colours.
"""

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image

from piani.models.logo import PESO_MASSIMO

FIRMA_PNG = b"\x89PNG\r\n\x1a\n"
FILE_MASSIMO = 2_000_000
LATO_MINIMO, LATO_MASSIMO = 60, 5000
PROPORZIONE_MASSIMA = 8
RIQUADRO = (720, 320)
"""Pixels of the frame on the cover, at the resolution of a printer."""


@dataclass(frozen=True)
class Immagine:
    """A PNG of ours, with its sides in pixels."""

    png: bytes
    larga: int
    alta: int


def leggi_logo(contenuto: bytes) -> Immagine:
    """The picture of a file, made as small as the cover needs; metadata are left behind.

    Raises ``ValueError`` with the sentence for who sent it: it is not a PNG, it moves, it is
    broken, or its size does not suit a cover.
    """
    if not contenuto.startswith(FIRMA_PNG):
        raise ValueError(
            _(
                "Il file non è un PNG. Un logo in SVG, JPEG o PDF si esporta in PNG, con lo "
                "sfondo bianco o trasparente, largo almeno 600 pixel."
            )
        )
    try:
        with Image.open(BytesIO(contenuto), formats=["PNG"]) as aperta:
            _controlla_misure(aperta)
            # WeasyPrint tells Pillow, once for all, to take what is cut short.
            aperta.verify()
        with Image.open(BytesIO(contenuto), formats=["PNG"]) as aperta:
            nostra = _ridisegnata(aperta)
    except (OSError, SyntaxError, Image.DecompressionBombError) as errore:
        raise ValueError(_("Il PNG è rovinato: esportarlo di nuovo.")) from errore
    return nostra


def _controlla_misure(aperta: Image.Image) -> None:
    """Read from the heading, before the picture is opened: a bomb is refused closed."""
    if getattr(aperta, "n_frames", 1) > 1:
        raise ValueError(_("Il PNG è animato: serve un'immagine ferma."))
    corto, lungo = sorted(aperta.size)
    if corto < LATO_MINIMO or lungo > LATO_MASSIMO:
        frase = _("Il logo è di %(w)s × %(h)s pixel: servono lati fra %(minimo)s e %(massimo)s.")
        misure = {"w": aperta.width, "h": aperta.height}
        raise ValueError(frase % (misure | {"minimo": LATO_MINIMO, "massimo": LATO_MASSIMO}))
    if lungo > corto * PROPORZIONE_MASSIMA:
        raise ValueError(
            _("Il logo è troppo lungo e stretto: un lato è più di %(n)s volte l'altro.")
            % {"n": PROPORZIONE_MASSIMA}
        )


def _ridisegnata(aperta: Image.Image) -> Immagine:
    trasparente = "A" in aperta.getbands() or "transparency" in aperta.info
    colori = aperta.convert("RGBA" if trasparente else "RGB")
    colori.thumbnail(RIQUADRO, Image.Resampling.LANCZOS)
    png = _scritta(colori)
    if len(png) > PESO_MASSIMO:
        png = _scritta(colori.quantize(256, method=Image.Quantize.FASTOCTREE))
    if len(png) > PESO_MASSIMO:
        raise ValueError(_("Il logo ha troppi dettagli: ne serve uno più semplice."))
    return Immagine(png, *colori.size)


def _scritta(immagine: Image.Image) -> bytes:
    """The bytes of the picture alone: a new one has no comments, dates or profiles."""
    immagine.info.clear()
    uscita = BytesIO()
    immagine.save(uscita, "PNG", optimize=True)
    return uscita.getvalue()
