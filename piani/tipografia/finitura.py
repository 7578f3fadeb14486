# SPDX-License-Identifier: AGPL-3.0-or-later
"""Last touches on the PDF that WeasyPrint 70 wrote, before its bytes are laid down.

1. The metadata also declare PDF/UA-1, beside PDF/A-2a, and stay readable (not compressed).
2. The headers of every table cell are computed again on the real grid: WeasyPrint assigns them
   wrongly when a heading has several rows or a group of rows has its own title.
3. Links are links also where the text inside changes its look.
4. Running headers and footers become artifacts: they are not part of the text.
5. Drawings speak: their alternative text is title and description.
6. Streams are compressed here, once: pydyf would do it for the file and again for its identifier.

Works on the objects of pydyf: upgrade WeasyPrint on purpose, with the tests of the PDF.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Elemento = dict[str, Any]

PDFUA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema\
</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/\
</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property>\
<rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal\
</pdfaProperty:category><pdfaProperty:description>Indicates, which part of ISO 14289 standard is \
followed</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>\
</pdfaExtension:schemas></rdf:Description>"""


class Finitura:
    """The finisher to hand to ``write_pdf``; ``descrizioni`` maps a drawing's title to its text."""

    def __init__(self, descrizioni: dict[str, str] | None = None) -> None:
        self.descrizioni = descrizioni or {}

    def __call__(self, documento: Any, pdf: Any) -> None:
        struttura = Struttura(pdf)
        dichiara_pdfua(pdf, struttura)
        for tabella in struttura.elementi("/Table"):
            intesta(Griglia.di(tabella, struttura))
        correggi_collegamenti(struttura)
        descrivi_figure(struttura, self.descrizioni)
        isola_margini(pdf, struttura)
        comprimi(pdf)


class Struttura:
    """The structure tree, by object number."""

    def __init__(self, pdf: Any) -> None:
        self.oggetti = {oggetto.number: oggetto for oggetto in pdf.objects}
        self.radice = self.da(pdf.catalog["StructTreeRoot"])

    def da(self, riferimento: bytes | str) -> Any:
        return self.oggetti.get(numero(riferimento))

    def elementi(self, genere: str) -> list[Elemento]:
        return [o for o in self.oggetti.values() if isinstance(o, dict) and o.get("S") == genere]

    def figli(self, elemento: Elemento, *generi: str) -> Iterator[Elemento]:
        for figlio in elemento.get("K", ()):
            if not isinstance(figlio, bytes | str):
                continue
            oggetto = self.da(figlio)
            if not isinstance(oggetto, dict) or oggetto.get("Type") != "/StructElem":
                continue
            if not generi or oggetto["S"] in generi:
                yield oggetto

    def raggiungibili(self) -> set[int]:
        """Numbers of the objects that hang from the root."""
        visti: set[int] = set()
        da_vedere = [self.radice]
        while da_vedere:
            for figlio in da_vedere.pop().get("K", ()):
                if isinstance(figlio, bytes | str) and numero(figlio) not in visti:
                    visti.add(numero(figlio))
                    oggetto = self.da(figlio)
                    if isinstance(oggetto, dict):
                        da_vedere.append(oggetto)
        return visti


def numero(riferimento: bytes | str) -> int:
    """The object number of a reference such as ``12 0 R``."""
    return int(riferimento.split()[0])


def dichiara_pdfua(pdf: Any, struttura: Struttura) -> None:
    """Add the PDF/UA identifier, with its extension schema, to the XMP metadata."""
    metadati = struttura.da(pdf.catalog["Metadata"])
    metadati.stream = [
        pezzo.replace(b"</rdf:RDF>", PDFUA + b"</rdf:RDF>") for pezzo in metadati.stream
    ]
    metadati.compress = False


@dataclass(frozen=True)
class Casella:
    """A cell on the grid: its element, first row and column, spans, and the part it is in."""

    elemento: Elemento
    riga: int
    colonna: int
    righe: int
    colonne: int
    parte: int  # 0 = heading of the table, then one number for each body
    in_testa: bool

    @property
    def titolo(self) -> bool:
        return bool(self.elemento["S"] == "/TH")


@dataclass(frozen=True)
class Griglia:
    """A table with its merged cells laid out."""

    caselle: tuple[Casella, ...]
    colonne: int

    @classmethod
    def di(cls, tabella: Elemento, struttura: Struttura) -> "Griglia":
        import pydyf

        caselle: list[Casella] = []
        occupate: set[tuple[int, int]] = set()
        righe = list(_righe(tabella, struttura))
        for i, (riga, parte, in_testa) in enumerate(righe):
            j = 0
            for elemento in struttura.figli(riga, "/TH", "/TD"):
                while (i, j) in occupate:
                    j += 1
                attributi = elemento.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
                alta = min(attributi.get("RowSpan", 1), len(righe) - i)
                larga = attributi.get("ColSpan", 1)
                occupate |= {(y, x) for y in range(i, i + alta) for x in range(j, j + larga)}
                caselle.append(Casella(elemento, i, j, alta, larga, parte, in_testa))
                j += larga
        return cls(tuple(caselle), 1 + max((x for _y, x in occupate), default=-1))


def _righe(tabella: Elemento, struttura: Struttura) -> Iterator[tuple[Elemento, int, bool]]:
    parte = 0
    for figlio in struttura.figli(tabella):
        if figlio["S"] == "/TR":
            yield figlio, 1, False
        elif figlio["S"] in ("/THead", "/TBody", "/TFoot"):
            in_testa = figlio["S"] == "/THead"
            parte += not in_testa
            for riga in struttura.figli(figlio, "/TR"):
                yield riga, 0 if in_testa else parte, in_testa


def intesta(griglia: Griglia) -> None:
    """Give each heading its Scope and ID, and each data cell the list of its headings.

    A heading of the table rules the whole column; the title of a group (a heading as wide as the
    table) rules the rows of its own body; any other heading in the body rules its rows.
    """
    import pydyf

    titoli = [casella for casella in griglia.caselle if casella.titolo]
    for casella in titoli:
        elemento = casella.elemento
        elemento.setdefault("ID", pydyf.String(f"th{elemento.number}"))
        elemento["A"]["Scope"] = "/Column" if _di_colonna(casella, griglia) else "/Row"
        elemento["A"].pop("Headers", None)
    for casella in griglia.caselle:
        if casella.titolo:
            continue
        voci = [t.elemento["ID"] for t in titoli if _governa(t, casella, griglia)]
        if voci:
            casella.elemento["A"]["Headers"] = pydyf.Array(voci)
        else:
            casella.elemento["A"].pop("Headers", None)


def _di_colonna(titolo: Casella, griglia: Griglia) -> bool:
    return titolo.in_testa or titolo.colonne == griglia.colonne


def _governa(titolo: Casella, casella: Casella, griglia: Griglia) -> bool:
    if _di_colonna(titolo, griglia):
        stessa_parte = titolo.in_testa or titolo.parte == casella.parte
        return (
            stessa_parte
            and titolo.riga < casella.riga
            and _si_toccano(titolo.colonna, titolo.colonne, casella.colonna, casella.colonne)
        )
    return _si_toccano(titolo.riga, titolo.righe, casella.riga, casella.righe)


def _si_toccano(inizio: int, quanti: int, altro: int, quanti_altri: int) -> bool:
    return inizio < altro + quanti_altri and altro < inizio + quanti


def correggi_collegamenti(struttura: Struttura) -> None:
    """Tag as links the inline pieces of a link: WeasyPrint gives each its own annotation."""
    for genere in ("/Span", "/NonStruct"):
        for elemento in struttura.elementi(genere):
            if any(_e_collegamento(figlio, struttura) for figlio in elemento.get("K", ())):
                elemento["S"] = "/Link"


def _e_collegamento(figlio: Any, struttura: Struttura) -> bool:
    oggetto = struttura.da(figlio) if isinstance(figlio, bytes | str) else None
    if not isinstance(oggetto, dict) or oggetto.get("Type") != "/OBJR":
        return False
    return bool(struttura.da(oggetto["Obj"]).get("Subtype") == "/Link")


def descrivi_figure(struttura: Struttura, descrizioni: dict[str, str]) -> None:
    """Replace the alternative text of a drawing (its title) with title and description."""
    import pydyf

    for figura in struttura.elementi("/Figure"):
        alternativa = figura.get("Alt")
        testo = descrizioni.get(getattr(alternativa, "string", ""))
        if testo:
            figura["Alt"] = pydyf.String(testo)


def isola_margini(pdf: Any, struttura: Struttura) -> None:
    """Mark as artifacts the texts that hang from nothing: running headers and footers."""
    vivi = struttura.raggiungibili()
    numeri = struttura.da(struttura.radice["ParentTree"])["Nums"]
    di_pagina = dict(zip(numeri[::2], numeri[1::2], strict=True))
    for pagina in struttura.oggetti.values():
        if not isinstance(pagina, dict) or pagina.get("Type") != "/Page":
            continue
        elenco = di_pagina.get(pagina.get("StructParents"))
        if isinstance(elenco, list):
            morti = {i for i, voce in enumerate(elenco) if numero(voce) not in vivi}
            _artefatti(struttura.da(pagina["Contents"]).stream, morti)
            for i in morti:
                elenco[i] = "null"


def _artefatti(flusso: list[Any], morti: set[int]) -> None:
    import pydyf

    for i, pezzo in enumerate(flusso):
        if pezzo != b"BDC" or i < 2 or not isinstance(flusso[i - 1], dict):
            continue
        if flusso[i - 1].get("MCID") in morti:
            flusso[i - 2 : i] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def comprimi(pdf: Any) -> None:
    """Compress every stream as pydyf would, and let go of what it was made from."""
    import pydyf

    for oggetto in pdf.objects:
        if isinstance(oggetto, pydyf.Stream) and oggetto.compress:
            intero = b"\n".join(pydyf._to_bytes(pezzo) for pezzo in oggetto.stream)
            oggetto.stream = [zlib.compress(intero, 9)]
            oggetto.extra["Filter"] = "/FlateDecode"
            oggetto.compress = False
