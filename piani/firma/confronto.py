# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a signed PDF changes of the printed one: nothing may, but signatures and what they need.

A signature covers whatever stands in the file when it is put: without this comparison who signs
could also replace a page, and the signature would hold. An object of the printed file may be
written again only if it stays as it was, or is one of these: the catalog, for the list of the
signatures and for what proves their certificates; the metadata; a page, for the place of a
signature on it.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

STAMPATA = 0  # the first revision of the file
DEL_CATALOGO = {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Perms", "/Version"}
DEI_CAMPI = {"/Fields", "/SigFlags", "/DA", "/DR"}


def cambia_solo_le_firme(lettore: Any, stampato: bytes) -> bool:
    """Whether the file adds to the printed one only signatures.

    :raises PdfError: the file is broken.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    prima = PdfFileReader(BytesIO(stampato))
    return (
        lettore.xrefs.get_startxref_for_revision(STAMPATA) == prima.last_startxref
        and lettore.root_ref.idnum == prima.root_ref.idnum
        and not lettore.encrypted
        and _catalogo(lettore)
        and all(_pagina(lettore, pagina) for pagina in _pagine(lettore, STAMPATA))
        and all(_come_prima(lettore, uno) for uno in _riscritti(lettore) - _ammessi(lettore))
    )


def _riscritti(lettore: Any) -> set[Any]:
    """The objects of the printed file that a later revision writes again or throws away."""
    riscritti: set[Any] = set()
    for revisione in range(STAMPATA + 1, lettore.xrefs.total_revisions):
        riscritti |= lettore.xrefs.explicit_refs_in_revision(revisione)
        riscritti |= lettore.xrefs.refs_freed_in_revision(revisione)
    return {uno for uno in riscritti if lettore.xrefs.get_historical_ref(uno, STAMPATA) is not None}


def _ammessi(lettore: Any) -> set[Any]:
    """Those that are compared apart, and those that nobody reads: title and dates of the file."""
    catalogo = lettore.get_historical_root(STAMPATA)
    ammessi = {lettore.root_ref, *_riferimento(catalogo, "/Metadata")}
    ammessi.update(_riferimento(lettore.trailer, "/Info"))
    for pagina in _pagine(lettore, STAMPATA):
        ammessi.update((pagina, *_riferimento(_oggetto(lettore, pagina, STAMPATA), "/Annots")))
    return ammessi


def _catalogo(lettore: Any) -> bool:
    """It lists signatures and no other field: a field shows what it likes over the page."""
    prima, dopo = lettore.get_historical_root(STAMPATA), lettore.root
    if not _uguali_salvo(prima, dopo, DEL_CATALOGO):
        return False
    if "/AcroForm" not in dopo:
        return True
    campi = dopo["/AcroForm"]
    elenco = campi["/Fields"] if "/Fields" in campi else ()  # noqa: SIM401 -- get() gives a reference
    return set(campi) <= DEI_CAMPI and all(_e_firma(campo) for campo in elenco)


def _pagina(lettore: Any, riferimento: Any) -> bool:
    """It is as it was, with some signature more among its annotations."""
    prima, dopo = (_oggetto(lettore, riferimento, quale) for quale in (STAMPATA, None))
    if not _uguali_salvo(prima, dopo, {"/Annots"}):
        return False
    erano = [_scritto(una) for una in _annotazioni(lettore, prima, STAMPATA)]
    sono = list(_annotazioni(lettore, dopo, None))
    nuove = [una for una in sono if _scritto(una) not in erano]
    return len(sono) - len(nuove) == len(erano) and all(_e_firma(una) for una in nuove)


def _e_firma(campo: Any) -> bool:
    """A field of signature, or the place on the page of one."""
    oggetto = campo.get_object()
    return bool(
        oggetto.get("/FT") == "/Sig"
        or ("/Parent" in oggetto and oggetto["/Parent"].get("/FT") == "/Sig")
    )


def _pagine(lettore: Any, revisione: int) -> Iterator[Any]:
    """References of the pages of a revision, in order."""
    da_vedere = [lettore.get_historical_root(revisione).raw_get("/Pages").reference]
    while da_vedere:
        nodo = da_vedere.pop(0)
        oggetto = _oggetto(lettore, nodo, revisione)
        if "/Kids" in oggetto:
            figli = lettore.get_object(nodo, revision=revisione)["/Kids"]
            da_vedere[:0] = [figli.raw_get(n).reference for n in range(len(figli))]
        else:
            yield nodo


def _annotazioni(lettore: Any, pagina: Any, revisione: int | None) -> Iterator[Any]:
    """As they are written in the page, or in the list that it points to."""
    if "/Annots" not in pagina:
        return
    elenco = pagina.raw_get("/Annots")
    if hasattr(elenco, "reference"):
        elenco = _oggetto(lettore, elenco.reference, revisione)
    for n in range(len(elenco)):
        yield elenco.raw_get(n)


def _come_prima(lettore: Any, riferimento: Any) -> bool:
    prima, dopo = (_oggetto(lettore, riferimento, quale) for quale in (STAMPATA, None))
    return _scritto(prima) == _scritto(dopo)


def _uguali_salvo(prima: Any, dopo: Any, chiavi: set[str]) -> bool:
    restano = set(prima) - chiavi
    return restano == set(dopo) - chiavi and all(
        _scritto(prima.raw_get(una)) == _scritto(dopo.raw_get(una)) for una in restano
    )


def _oggetto(lettore: Any, riferimento: Any, revisione: int | None) -> Any:
    """An object as it was in a revision; as it is now with ``None``."""
    return lettore.get_object(riferimento, revision=revisione)


def _riferimento(oggetto: Any, chiave: str) -> tuple[Any, ...]:
    grezzo = oggetto.raw_get(chiave) if chiave in oggetto else None
    return (grezzo.reference,) if hasattr(grezzo, "reference") else ()


def _scritto(oggetto: Any) -> bytes:
    """An object as it stands in a file."""
    uscita = BytesIO()
    oggetto.write_to_stream(uscita, None)
    return uscita.getvalue()
