# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shapes: well formed, named, with their data in words, equal each time."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from decimal import Decimal

import pytest

from piani.stampa.disegno_albero import ALTO, Foglia, Ramo, albero
from piani.stampa.disegno_albero import LARGO as LARGO_ALBERO
from piani.stampa.formati import ancora, data_italiana, numero_italiano, percento
from piani.stampa.grafici import (
    TINTE,
    Dato,
    Serie,
    barra_punteggio,
    barre,
    barre_a_gruppi,
    barre_impilate,
)
from piani.stampa.linee import bersaglio, linea, passo_tondo
from piani.stampa.testi_svg import a_capo, larghezza
from piani.tipografia.simboli import SEGNI, carattere

SVG = "{http://www.w3.org/2000/svg}"
VOCI = [("Uomini & donne", Dato(Decimal("34"), "34")), ("<Altri>", Dato(None))]
DUE = [
    Serie("Primo", (Dato(Decimal(3)), Dato(Decimal(-1)))),
    Serie("Secondo", (Dato(None, "n.d."), Dato(Decimal(5)))),
]
FASCE = [("fuori", 1), ("b", 0), ("c", 2), ("d", 3), ("centro", 9)]
RAMI = [Ramo("A1", "Area prima", (Foglia("O1", "Un obiettivo"),))]
FORME: dict[str, Callable[[], str]] = {
    "barre": lambda: barre("g", "Titolo", VOCI),
    "gruppi": lambda: barre_a_gruppi("g", "Titolo", ["uno", "due"], DUE),
    "impilate": lambda: barre_impilate("g", "Titolo", ["uno", "due"], DUE),
    "linea": lambda: linea("g", "Titolo", ["2021", "2022"], DUE, obiettivo=Dato(Decimal(4), "4")),
    "bersaglio": lambda: bersaglio("g", "Titolo", FASCE),
    "punteggio": lambda: barra_punteggio("g", Decimal("87.5"), "87,50"),
    "albero": lambda: albero("g", "Curare bene", RAMI)[0][1],
}


def radice_di(disegno: str) -> ET.Element:
    """The drawing as XML: well formed, or the test fails."""
    return ET.fromstring(disegno)  # noqa: S314 -- our own drawings


@pytest.mark.parametrize("nome", FORME)
def test_ogni_forma_ha_nome_descrizione_e_ruolo(nome: str) -> None:
    radice = radice_di(FORME[nome]())
    titolo, descrizione = radice.find(f"{SVG}title"), radice.find(f"{SVG}desc")
    assert radice.get("role") == "img"
    assert titolo is not None
    assert descrizione is not None
    assert titolo.text
    assert descrizione.text
    assert radice.get("aria-labelledby") == f"{titolo.get('id')} {descrizione.get('id')}"


@pytest.mark.parametrize("nome", FORME)
def test_ogni_forma_e_la_stessa_due_volte_e_non_ha_script(nome: str) -> None:
    disegno = FORME[nome]()
    assert disegno == FORME[nome]()
    assert re.findall(r"<script|javascript:|opacity|style=|href", disegno) == []


def test_le_barre_dicono_i_dati_e_proteggono_i_testi() -> None:
    disegno = barre("g", "A < B", VOCI)
    assert '<title id="g-t">A &lt; B</title>' in disegno
    assert "Uomini &amp; donne 34, &lt;Altri&gt; n.d." in disegno


def test_la_barra_e_lunga_quanto_il_valore() -> None:
    voci = [("a", Dato(Decimal(10))), ("b", Dato(Decimal(5)))]
    larghi = [
        Decimal(w) for w in re.findall(r'width="([\d.]+)" height="16"', barre("g", "t", voci))
    ]
    assert len(larghi) == 2
    assert abs(larghi[0] - 2 * larghi[1]) <= Decimal("0.1")


def test_un_valore_negativo_sta_a_sinistra_dello_zero() -> None:
    disegno = barre("g", "t", [("su", Dato(Decimal(4))), ("giù", Dato(Decimal(-4)))])
    zero = Decimal(re.search(r'd="M([\d.]+) 0V', disegno)[1])  # type: ignore[index]
    sopra, sotto = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', disegno)
    assert Decimal(sopra[0]) == zero
    assert abs(Decimal(sotto[0]) + Decimal(sotto[1]) - zero) <= Decimal("0.1")


def test_una_serie_si_riconosce_anche_senza_colori() -> None:
    disegno = barre_impilate("g", "t", ["uno", "due"], DUE)
    assert 'fill="url(#g-m1)"' in disegno
    assert disegno.count('id="g-m1"') == 1
    assert ">Primo</text>" in disegno


def luminanza(colore: str) -> Decimal:
    """Relative luminance of a colour, WCAG 2."""
    canali = [int(colore[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineari = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canali]
    return Decimal(sum(p * c for p, c in zip((0.2126, 0.7152, 0.0722), lineari, strict=True)))


@pytest.mark.parametrize(("tinta", "scritta"), TINTE)
def test_le_scritte_nelle_barre_hanno_contrasto(tinta: str, scritta: str) -> None:
    chiara, scura = sorted((luminanza(tinta), luminanza(scritta)), reverse=True)
    assert (chiara + Decimal("0.05")) / (scura + Decimal("0.05")) >= Decimal("4.5")


def test_un_dato_mancante_interrompe_la_linea() -> None:
    dati = (Dato(Decimal(1)), Dato(Decimal(2)), Dato(None), Dato(Decimal(3)))
    disegno = linea("g", "t", ["a", "b", "c", "d"], [Serie("s", dati)])
    percorso = re.search(r'd="([^"]+)" fill="none" stroke="#0066cc"', disegno)
    assert percorso is not None
    assert re.sub(r"[\d. ]+", "", percorso[1]) == "MLM"
    assert disegno.count("<circle") == 3


def test_una_linea_senza_valori_disegna_la_griglia_vuota() -> None:
    disegno = linea("g", "t", ["a"], [Serie("s", (Dato(None),))])
    assert "<circle" not in disegno


@pytest.mark.parametrize(
    ("ampiezza", "passo"),
    [("100", "25"), ("7", "2"), ("0.9", "0.25"), ("0", "1"), ("41000", "20000")],
)
def test_il_passo_della_griglia_e_tondo(ampiezza: str, passo: str) -> None:
    assert passo_tondo(Decimal(ampiezza)) == Decimal(passo)


def test_il_bersaglio_ha_cinque_fasce() -> None:
    assert bersaglio("g", "t", FASCE).count("<circle") == 5
    with pytest.raises(ValueError, match="cinque fasce"):
        bersaglio("g", "t", FASCE[:4])


@pytest.mark.parametrize(("valore", "larga"), [("150", "120"), ("50", "60"), ("0.5", "0.6")])
def test_la_barra_del_punteggio_non_esce_dalla_scala(valore: str, larga: str) -> None:
    disegno = barra_punteggio("g", Decimal(valore), valore)
    assert f'width="{larga}" height="10" fill="#0066cc"' in disegno


def test_un_punteggio_assente_non_e_zero() -> None:
    assert "non calcolabile" in barra_punteggio("g", None, "")
    assert "<path" in barra_punteggio("g", None, "")
    assert "<path" not in barra_punteggio("g", Decimal(0), "0,00")


# --- the tree -----------------------------------------------------------------------------------


def foresta(aree: int, foglie: int, parole: int = 12) -> list[Ramo]:
    nome = "obiettivo con un nome lungo " * parole
    return [
        Ramo(f"A{n}", f"Area numero {n}", tuple(Foglia(f"O{n}.{m}", nome) for m in range(foglie)))
        for n in range(aree)
    ]


def pagine(rami: list[Ramo]) -> list[str]:
    return [pagina for apertura in albero("a", "Missione", rami) for pagina in apertura]


@pytest.mark.parametrize(("aree", "foglie"), [(1, 0), (5, 3), (9, 11), (2, 60)])
def test_ogni_pagina_dell_albero_sta_in_una_pagina(aree: int, foglie: int) -> None:
    for pagina in pagine(foresta(aree, foglie)):
        assert Decimal(radice_di(pagina).get("height", "")) <= ALTO + 2


def test_nell_albero_c_e_ogni_obiettivo_una_volta_sola() -> None:
    rami = foresta(3, 60, parole=1)
    testi = [t.text for pagina in pagine(rami) for t in radice_di(pagina).iter(f"{SVG}text")]
    codici = [foglia.codice for ramo in rami for foglia in ramo.foglie]
    assert sorted(t for t in testi if t in set(codici)) == sorted(codici)
    assert "Area numero 0 (segue)" in testi


def test_nella_piega_le_linee_delle_due_pagine_si_incontrano() -> None:
    for sinistra, destra in albero("a", "Missione", foresta(5, 3, parole=1)):
        escono = re.findall(rf"M\d+ ([\d.]+)H{LARGO_ALBERO}\"", sinistra)
        entrano = dict.fromkeys(re.findall(r'd="M0 ([\d.]+)H', destra))
        assert len(escono) == 5
        assert escono == list(entrano)


def test_un_albero_che_ci_sta_e_un_apertura_sola() -> None:
    assert len(albero("a", "Missione", foresta(5, 4, parole=1))) == 1
    assert len(albero("a", "Missione", foresta(9, 11))) > 1


def test_le_aperture_hanno_titoli_diversi() -> None:
    """The full alternative text of a drawing is found by its title."""
    titoli = [radice_di(pagina).findtext(f"{SVG}title") for pagina in pagine(foresta(9, 11))]
    assert len(set(titoli)) == len(titoli)


def test_un_area_senza_obiettivi_lo_dice() -> None:
    [(_sinistra, destra)] = albero("a", "Missione", foresta(1, 0))
    assert "nessun obiettivo" in [t.text for t in radice_di(destra).iter(f"{SVG}text")]


# --- texts and figures --------------------------------------------------------------------------


def test_le_righe_spezzate_stanno_nella_misura_e_non_perdono_lettere() -> None:
    testo = "Miglioramento dell’appropriatezza " + "x" * 90
    righe = a_capo(testo, 12, 160)
    assert max(larghezza(riga, 12) for riga in righe) <= 160
    assert "".join(righe).replace(" ", "") == testo.replace(" ", "")


@pytest.mark.parametrize(
    ("valore", "decimali", "scritto"),
    [
        (Decimal("1205.30"), None, "1.205,30"),
        (Decimal("-1234567.5"), 0, "-1.234.568"),
        (Decimal("1E+3"), None, "1.000"),
        (7, 2, "7,00"),
        (None, None, ""),
    ],
)
def test_i_numeri_sono_scritti_all_italiana(
    valore: Decimal | int | None, decimali: int | None, scritto: str
) -> None:
    assert numero_italiano(valore, decimali) == scritto


def test_date_e_percentuali_in_parole() -> None:
    assert data_italiana("2022-05-01") == "1º maggio 2022"
    assert data_italiana("marzo 2022") == "marzo 2022"
    assert [percento(Decimal(x)) for x in ("62.4", "99.6", "100")] == ["62 %", "99 %", "100 %"]
    assert ancora("Tabella 1.2", "Àrea") == "tabella-1-2--rea"


def test_il_carattere_dei_segni_e_lo_stesso_ogni_volta() -> None:
    primo = carattere()
    carattere.cache_clear()
    assert carattere() == primo
    assert {"≥", "≤", "→"} <= set(SEGNI)
