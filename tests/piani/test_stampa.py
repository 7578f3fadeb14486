# SPDX-License-Identifier: AGPL-3.0-or-later
"""The printed document: what is inside, and that it is always the same.

What the checkers say of it, and of every other kind, is in ``tests/stampe``.
"""

import builtins
import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NumberObject

from piani import stampa
from piani.stampa.capitoli import capitoli
from piani.stampa.tabelle import indicatori
from piani.tipografia.composizione import risorsa
from tests.piani.fotografia import fotografia


@pytest.fixture(scope="module")
def pdf() -> stampa.pdf.Pdf:
    return stampa.rende_pdf(fotografia())


@pytest.fixture(scope="module")
def letto(pdf: stampa.pdf.Pdf) -> PdfReader:
    return PdfReader(BytesIO(pdf.contenuto))


@pytest.fixture(scope="module")
def testi(letto: PdfReader) -> list[str]:
    return [pagina.extract_text() for pagina in letto.pages]


def senza_spazi(testo: str) -> str:
    return re.sub(r"\s+", "", testo)


def elementi(letto: PdfReader, *generi: str) -> Iterator[DictionaryObject]:
    """The structure elements of those kinds, in reading order."""
    da_vedere = [letto.trailer["/Root"]["/StructTreeRoot"]]
    while da_vedere:
        elemento = da_vedere.pop()
        if elemento.get("/S") in generi:
            yield elemento
        figli = elemento.get("/K", [])
        figli = figli if isinstance(figli, list) else [figli]
        oggetti = [f.get_object() for f in figli if not isinstance(f, NumberObject)]
        da_vedere += [o for o in reversed(oggetti) if isinstance(o, DictionaryObject)]


# --- PDF ----------------------------------------------------------------------------------------


def test_il_pdf_dichiara_i_due_standard(pdf: stampa.pdf.Pdf) -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.contenuto
    assert b'pdfaid:part="2" pdfaid:conformance="A"' in pdf.contenuto


def test_la_stessa_fotografia_da_gli_stessi_byte(pdf: stampa.pdf.Pdf) -> None:
    assert stampa.rende_pdf(fotografia()).contenuto == pdf.contenuto


def test_lingua_titolo_date_e_segnalibri(letto: PdfReader) -> None:
    catalogo = letto.trailer["/Root"]
    assert catalogo["/Lang"] == "it"
    assert catalogo["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 -- a PDF boolean
    assert letto.metadata is not None
    assert letto.metadata.title == "Piano della performance 2022-2024 – ASST di Prova"
    assert letto.metadata["/CreationDate"] == "D:20261122"
    titoli = [voce["/Title"] for voce in letto.outline if not isinstance(voce, list)]
    attesi = [f"{c.numero} {c.titolo}" for c in capitoli(fotografia())]
    assert titoli == ["Indice", *attesi]


def test_le_pagine_sono_quelle_dette(pdf: stampa.pdf.Pdf, letto: PdfReader) -> None:
    assert pdf.pagine == len(letto.pages)
    assert f"Pagina {pdf.pagine} di {pdf.pagine}" in letto.pages[-1].extract_text()


def test_l_indice_porta_alla_pagina_giusta(letto: PdfReader, testi: list[str]) -> None:
    indice = " ".join(testi[1].split())
    for capitolo in capitoli(fotografia()):
        arrivo = letto.named_destinations[capitolo.ancora]
        numero = letto.get_destination_page_number(arrivo) + 1
        riga = rf"{capitolo.numero} {re.escape(capitolo.titolo)} ?[. ]+ {numero}\b"
        assert re.search(riga, indice), (capitolo.titolo, numero)
        assert capitolo.titolo in " ".join(testi[numero - 1].split())


def test_ogni_testo_stampato_del_piano_e_nel_pdf(testi: list[str]) -> None:
    tutto = senza_spazi("".join(testi))
    stampati = [t["stampato"] for _a, _o, uno in indicatori(fotografia()) for t in uno["target"]]
    stampati += [
        c["stampato"] for q in fotografia()["quadri"] for r in q["righe"] for c in r["celle"]
    ]
    assert [testo for testo in stampati if senza_spazi(testo) not in tutto] == []


def test_ogni_intestazione_di_tabella_dice_che_cosa_governa(letto: PdfReader) -> None:
    titoli = list(elementi(letto, "/TH"))
    assert titoli
    assert {titolo["/A"]["/Scope"] for titolo in titoli} == {"/Column", "/Row"}
    celle = list(elementi(letto, "/TD"))
    assert [cella for cella in celle if not cella["/A"].get("/Headers")] == []


def test_il_titolo_di_un_gruppo_vale_solo_per_le_sue_righe(letto: PdfReader) -> None:
    tabella = next(t for t in elementi(letto, "/Table") if "Totale" in _parole(letto, t))
    gruppi = [titolo for titolo in _sotto(tabella, "/TH") if titolo["/A"].get("/ColSpan") == 4]
    righe = [[c["/A"]["/Headers"] for c in _sotto(riga, "/TD")] for riga in _sotto(tabella, "/TR")]
    di_dati = [riga for riga in righe if riga]
    identita = [str(titolo["/ID"]) for titolo in gruppi]
    trovati = [[n for n in identita if n in map(str, riga[0])] for riga in di_dati]
    assert trovati == [identita[:1], identita[:1], identita[1:]]


def _sotto(elemento: DictionaryObject, genere: str) -> list[DictionaryObject]:
    figli = [f.get_object() for f in elemento.get("/K", []) if not isinstance(f, NumberObject)]
    figli = [f for f in figli if isinstance(f, DictionaryObject)]
    trovati = [f for f in figli if f.get("/S") == genere]
    return trovati + [nipote for f in figli for nipote in _sotto(f, genere)]


def _parole(letto: PdfReader, tabella: DictionaryObject) -> str:
    """Enough to know the table of the beds: it has groups as wide as its four columns."""
    larghi = [t for t in _sotto(tabella, "/TH") if t["/A"].get("/ColSpan") == 4]
    return "Totale" if len(larghi) == 2 else ""


def test_le_figure_dicono_titolo_e_dati(letto: PdfReader) -> None:
    alternative = [str(figura["/Alt"]) for figura in elementi(letto, "/Figure")]
    assert "Grafico: Posti letto. Primo presidio: Acuti / Ordinari 1.419" in " ".join(alternative)
    assert any(testo.startswith("Albero della performance") for testo in alternative)


def test_i_dati_dimostrativi_si_vedono_in_ogni_pagina(testi: list[str]) -> None:
    assert all("Dati dimostrativi" in testo for testo in testi)


def test_senza_dati_dimostrativi_nessuna_pagina_li_nomina() -> None:
    foto = fotografia()
    foto["piano"]["dimostrativo"] = False
    for nodo in (foto["piano"], *foto["aree"]):
        nodo["raggiungimento"] = {"partenza": None, "consuntivo": None}
    for _area, _obiettivo, uno in indicatori(foto):
        uno["raggiungimento"] = {"partenza": None, "consuntivo": None}
    pagina = stampa.rende_html(foto)
    assert "dati dimostrativi" not in pagina.casefold()
    assert "inventati" not in pagina


def test_nessuna_riga_e_tagliata_fra_due_pagine(testi: list[str]) -> None:
    """A long cell and its code stay together, so the code appears just before its whole text."""
    for numero in range(3, 33):
        pagine = [t for t in testi if f"PR-{numero:02d}" in t and f"(voce {numero})" in t]
        assert pagine, numero


def test_un_gruppo_piu_alto_di_una_pagina_continua_con_segue(testi: list[str]) -> None:
    con_titolo = [t for t in testi if "Area: Tempi di attesa" in t]
    assert len(con_titolo) > 1
    assert all("O-02" in t for t in con_titolo)
    assert "(segue)" in con_titolo[-1]


# --- what the renderer may reach ----------------------------------------------------------------


@pytest.mark.parametrize(
    "indirizzo",
    [
        "https://example.org/foto.png",
        "file:///etc/passwd",
        "data:text/plain,ciao",
        "https://risorse.albero.invalid/static/../piani/models.py",
        "https://risorse.albero.invalid/static/%2e%2e/config/wsgi.py",
        "https://risorse.albero.invalid/etc/passwd",
        "https://risorse.albero.invalid/caratteri/",
    ],
)
def test_la_stampa_rifiuta_ogni_risorsa_che_non_e_sua(indirizzo: str) -> None:
    with pytest.raises(ValueError, match="Risorsa non ammessa"):
        risorsa(indirizzo)


def test_la_stampa_legge_i_suoi_fogli_e_i_suoi_caratteri() -> None:
    assert risorsa("https://risorse.albero.invalid/static/css/stampa.css")[1] == "text/css"
    assert risorsa("https://risorse.albero.invalid/simboli.ttf")[0][:4] == b"\x00\x01\x00\x00"


def test_senza_pango_si_dice_che_cosa_installare(monkeypatch: pytest.MonkeyPatch) -> None:
    vero = builtins.__import__

    def senza_pango(nome: str, *resto: Any, **altri: Any) -> Any:
        if nome == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return vero(nome, *resto, **altri)

    monkeypatch.setattr(builtins, "__import__", senza_pango)
    with pytest.raises(stampa.StampaNonDisponibile, match=r"apt-get install libpango-1\.0-0"):
        stampa.rende_pdf(fotografia())


# --- HTML ---------------------------------------------------------------------------------------


def test_la_pagina_non_chiede_niente_alla_rete() -> None:
    pagina = stampa.rende_html(fotografia())
    assert re.findall(r"<(?:script|link|img|iframe|object)\b", pagina) == []
    assert {u[:10] for u in re.findall(r"url\(['\"]?([^)]+)", pagina)} == {
        "data:font/",
        "#grafico-t",
    }
    assert re.findall(r"\sstyle=", pagina) == []


def test_la_pagina_protegge_i_testi_del_piano() -> None:
    pagina = stampa.rende_html(fotografia())
    assert "=SOMMA(A1) &lt;b&gt;100%&lt;/b&gt;" in pagina
    assert "Qualità &amp; sicurezza" in pagina


def test_i_titoli_della_pagina_non_saltano_livelli() -> None:
    livelli = [int(n) for n in re.findall(r"<h([1-6])", stampa.rende_html(fotografia()))]
    assert livelli[0] == 1
    assert livelli.count(1) == 1
    assert [b for a, b in pairwise(livelli) if b > a + 1] == []


def test_gli_identificatori_sono_unici() -> None:
    nomi = re.findall(r'\sid="([^"]+)"', stampa.rende_html(fotografia()))
    assert sorted(nomi) == sorted(set(nomi))


def test_la_lettura_da_confermare_porta_il_segno_e_il_motivo() -> None:
    pagina = stampa.rende_html(fotografia())
    assert 'title="Lettura da confermare: Manca il valore di base.">†</span>' in pagina
    assert "<td>Manca il valore di base.</td><td>PR-01</td>" in pagina


def test_un_piano_senza_dati_stampa_i_soli_capitoli_che_ha() -> None:
    foto = fotografia()
    vuoti = ("sezioni", "aree", "progetti", "quadri", "quadrature", "fasi")
    foto |= {chiave: [] for chiave in vuoti} | {"organigramma": None}
    foto["piano"]["raggiungimento"] = {"partenza": None, "consuntivo": None}
    assert [c.titolo for c in capitoli(foto)] == ["Nota metodologica"]
    assert stampa.rende_pdf(foto).pagine == 2  # no index of one chapter


def test_una_riga_di_lunghezza_sbagliata_si_rifiuta_con_il_suo_nome() -> None:
    foto = fotografia()
    foto["quadri"][0]["righe"][0]["celle"].pop()
    with pytest.raises(ValueError, match=r"tabella-1: la riga «Ordinari» ha 2 celle"):
        stampa.rende_html(foto)


def test_un_punteggio_sotto_cento_non_mostra_copertura_cento() -> None:
    assert "99 %" in stampa.rende_html(fotografia())
    foto = fotografia()
    foto["aree"][0]["raggiungimento"]["consuntivo"]["copertura"] = Decimal("99.99")
    assert ">100 %<" not in stampa.rende_html(foto)
