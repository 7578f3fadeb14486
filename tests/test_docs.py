# SPDX-License-Identifier: AGPL-3.0-or-later
"""The documentation does not rot: links resolve, and what it lists is what the code has."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps

from config.versione import VERSIONE
from strumenti.voce import RADICE

DOCS = RADICE / "docs"
PAGINE = [RADICE / "README.md", *sorted(DOCS.rglob("*.md"))]
DECISIONI = sorted((DOCS / "decisioni").glob("[0-9]*.md"))

RECINTO = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
IN_LINEA = re.compile(r"`[^`\n]*`")
COLLEGAMENTO = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)>\s]+)>?[^)]*\)")
TITOLO = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
ESTERNO = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)

NOSTRE_APP = ("piani", "obiettivi", "conciliazione", "lavoro_agile")


def prosa(pagina: Path) -> str:
    """The page without its code, where brackets are not links."""
    return RECINTO.sub("", pagina.read_text(encoding="utf-8"))


def collegamenti(pagina: Path) -> Iterator[str]:
    """The relative addresses of links and images."""
    for trovato in COLLEGAMENTO.findall(IN_LINEA.sub("", prosa(pagina))):
        if not ESTERNO.match(trovato):
            yield trovato


def ancore(pagina: Path) -> set[str]:
    """The fragments of a page's headings, made as repositories show them."""
    titoli = (titolo.lower() for titolo in TITOLO.findall(prosa(pagina)))
    return {re.sub(r"[^\w\- ]", "", titolo).replace(" ", "-") for titolo in titoli}


def rotti(pagina: Path, radice: Path = RADICE) -> list[str]:
    """The relative addresses that lead nowhere, out of the project, or to no heading."""
    return [indirizzo for indirizzo in collegamenti(pagina) if not porta(pagina, indirizzo, radice)]


def porta(pagina: Path, indirizzo: str, radice: Path) -> bool:
    percorso, _cancelletto, frammento = unquote(indirizzo).partition("#")
    meta = (pagina.parent / percorso).resolve() if percorso else pagina
    if not meta.is_relative_to(radice) or not meta.exists():
        return False
    return not (frammento and meta.suffix == ".md") or frammento in ancore(meta)


@pytest.mark.parametrize("pagina", PAGINE, ids=lambda p: str(p.relative_to(RADICE)))
def test_ogni_collegamento_porta_da_qualche_parte(pagina: Path) -> None:
    assert rotti(pagina) == []


def test_un_collegamento_rotto_si_vede(tmp_path: Path) -> None:
    (tmp_path / "fuori.md").touch()
    pagina = tmp_path / "docs" / "finta.md"
    pagina.parent.mkdir()
    pagina.write_text(
        "# Un titolo\n[c'è](finta.md) [qui](#un-titolo) [rete](https://x.it) `[no](no.md)`\n"
        "[no](#altro) ![no](immagini/manca.png) [fuori](../fuori.md)\n```\n[no](no.md)\n```\n",
        encoding="utf-8",
    )
    attesi = ["#altro", "immagini/manca.png", "../fuori.md"]
    assert list(collegamenti(pagina)) == ["finta.md", "#un-titolo", *attesi]
    assert rotti(pagina, radice=pagina.parent) == attesi


@pytest.mark.parametrize("pagina", PAGINE, ids=lambda p: str(p.relative_to(RADICE)))
def test_ogni_pagina_comincia_con_un_titolo_e_ne_ha_uno_solo(pagina: Path) -> None:
    righe = prosa(pagina).splitlines()
    primi = [riga for riga in righe if riga.startswith("# ")]
    assert primi == [righe[0]]


@pytest.mark.parametrize("decisione", DECISIONI, ids=lambda p: p.stem)
def test_ogni_decisione_ha_contesto_decisione_e_conseguenze(decisione: Path) -> None:
    intestazioni = re.findall(r"^## (.+)$", prosa(decisione), re.MULTILINE)
    assert intestazioni == ["Contesto", "Decisione", "Conseguenze"]
    assert prosa(decisione).startswith(f"# {decisione.stem[:4]} · ")


def test_le_decisioni_sono_numerate_di_fila_e_tutte_nell_indice() -> None:
    numeri = [int(decisione.stem[:4]) for decisione in DECISIONI]
    assert numeri == list(range(1, len(DECISIONI) + 1))
    assert len(DECISIONI) >= 15
    elencate = collegamenti(DOCS / "decisioni" / "indice.md")
    assert list(elencate) == [decisione.name for decisione in DECISIONI]


def test_il_manuale_elenca_tutte_le_sue_pagine() -> None:
    indice = DOCS / "manuale" / "indice.md"
    pagine = {pagina.name for pagina in indice.parent.glob("*.md")} - {indice.name}
    elencate = {nome for nome in collegamenti(indice) if "/" not in nome}
    assert elencate == pagine


def test_ogni_immagine_del_manuale_e_usata() -> None:
    usate = {
        (pagina.parent / nome).resolve()
        for pagina in PAGINE
        for nome in collegamenti(pagina)
        if nome.endswith(".png")
    }
    assert set((DOCS / "manuale" / "immagini").glob("*.png")) <= usate


def test_il_glossario_dice_ogni_tabella() -> None:
    dette = set(re.findall(r"\w+", (DOCS / "glossario.md").read_text(encoding="utf-8")))
    tabelle = {
        modello.__name__
        for nome in NOSTRE_APP
        for modello in apps.get_app_config(nome).get_models()
    }
    assert len(tabelle) >= 20
    assert tabelle - dette == set()


def test_esercizio_dice_ogni_variabile_delle_impostazioni() -> None:
    file = (RADICE / "config" / "settings").glob("*.py")
    impostazioni = "".join(uno.read_text(encoding="utf-8") for uno in file)
    lette = set(re.findall(r'(?:env\.\w+|obbligatoria)\(\s*"([A-Z0-9_]+)"', impostazioni))
    pagina = (DOCS / "esercizio.md").read_text(encoding="utf-8")
    dette = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", pagina, re.MULTILINE))
    assert {"SECRET_KEY", "DATABASE_URL", "SSL_REDIRECT"} <= lette
    assert dette == lette


def test_le_novita_e_il_changelog_dicono_la_stessa_versione() -> None:
    novita = (DOCS / "novita.md").read_text(encoding="utf-8")
    registro = (RADICE / "CHANGELOG.md").read_text(encoding="utf-8")
    versioni = re.findall(r"^## (\d+\.\d+\.\d+) ", novita, re.MULTILINE)
    assert versioni == re.findall(r"^## \[(\d+\.\d+\.\d+)\]", registro, re.MULTILINE)
    assert versioni[0] == VERSIONE
