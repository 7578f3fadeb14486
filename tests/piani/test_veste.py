# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the document is dressed: colours, cover, small multiples. Its words are in test_stampa."""

import re
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from piani.stampa import rende_html
from piani.stampa.andamenti import andamenti, andamento
from piani.stampa.capitoli import capitoli
from piani.stampa.disegno_copertina import ALTO, LARGO, chioma
from piani.stampa.disegno_multiplo import multiplo, scala
from piani.stampa.generi import senza_anni
from piani.stampa.pdf import stile_stampa
from piani.stampa.tinte import TINTE, risolto
from piani.tipografia.risorse import foglio
from tests.piani.fotografia import fotografia, indicatore, lettura
from tests.piani.test_grafici import luminanza, radice_di

FOGLI = ("documento.css", "stampa.css", "documento-schermo.css")
PIANO = {"anno_inizio": 2022, "anno_fine": 2024}
SU_CHIARO = ("carta", "velo", "fascia")
PNG = "iVBORw0KGgoAAAANSUhEUg=="


# --- colours ------------------------------------------------------------------------------------


def contrasto(uno: str, altro: str) -> Decimal:
    scura, chiara = sorted(luminanza(TINTE[nome]) for nome in (uno, altro))
    return (chiara + Decimal("0.05")) / (scura + Decimal("0.05"))


def coppie() -> set[tuple[str, str]]:
    """Text on ground, for every rule of the sheets: its own ground, or every one it may lie on."""
    trovate = set()
    for nome in FOGLI:
        css = re.sub(r"/\*.*?\*/", "", foglio(nome), flags=re.DOTALL)
        for selettore, corpo in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
            testo = re.search(r"(?<![\w-])color: var\(--(\w+)\)", corpo)
            fondo = re.search(r"background: var\(--(\w+)\)", corpo)
            su_scuro = "copertina-fondo" in selettore or "copertina-atto" in selettore
            fondi = [fondo[1]] if fondo else ["inchiostro"] if su_scuro else SU_CHIARO
            scritte = [testo[1]] if testo else ["inchiostro"] if fondo else []
            trovate |= set(product(scritte, fondi))
    return trovate - {("inchiostro", "inchiostro")}


@pytest.mark.parametrize(("testo", "fondo"), sorted(coppie()))
def test_ogni_scritta_ha_contrasto_sul_suo_fondo(testo: str, fondo: str) -> None:
    assert contrasto(testo, fondo) >= Decimal("4.5")


@pytest.mark.parametrize("testo", ["inchiostro", "scuro"])
def test_le_cifre_dei_multipli_si_leggono_anche_sul_campo(testo: str) -> None:
    assert contrasto(testo, "tenue") >= Decimal("4.5")


def test_i_fogli_prendono_i_colori_dall_elenco_della_casa() -> None:
    """What is written by hand would not follow; the ring of focus is Bootstrap Italia's."""
    scritti = {c for nome in FOGLI for c in re.findall(r"#[0-9a-f]{3,6}\b", foglio(nome))}
    assert scritti <= {"#ff9900"}
    assert "var(" not in stile_stampa()
    with pytest.raises(KeyError):
        risolto("a{color:var(--ignoto)}")


# --- cover --------------------------------------------------------------------------------------


def test_gli_anni_in_fondo_al_titolo_si_scrivono_in_grande() -> None:
    assert senza_anni("Piano della performance 2022-2024") == (
        "Piano della performance",
        "2022-2024",
    )
    assert senza_anni("Relazione sulla performance, 2022") == (
        "Relazione sulla performance",
        "2022",
    )
    assert senza_anni("Piano di zona") == ("Piano di zona", "")
    assert senza_anni("2022") == ("2022", "")


def test_la_copertina_ha_un_ramo_per_area_e_una_foglia_per_obiettivo() -> None:
    disegno = chioma("g", [3, 0, 40])
    assert disegno.count("<circle") == 3 + 1 + 40 + 3
    assert "3 aree e 43 obiettivi" in disegno
    assert disegno == chioma("g", [3, 0, 40])
    for cerchio in radice_di(disegno).iter("{http://www.w3.org/2000/svg}circle"):
        x, y, r = (Decimal(cerchio.get(nome, "")) for nome in ("cx", "cy", "r"))
        assert r <= x <= LARGO - r
        assert r <= y <= ALTO - r


def test_senza_aree_la_copertina_ha_il_suo_albero() -> None:
    assert "Un albero stilizzato." in chioma("g", [])


def test_la_copertina_porta_il_logo_con_il_suo_testo_o_il_solo_nome() -> None:
    foto = fotografia()
    assert "<img" not in rende_html(foto)
    foto["azienda"]["logo"] = {"png": PNG, "alternativa": "Tre foglie & un cerchio"}
    pagina = rende_html(foto)
    assert f'src="data:image/png;base64,{PNG}" alt="Tre foglie &amp; un cerchio"' in pagina
    assert '<p class="copertina-azienda">ASST di Prova</p>' in pagina


# --- small multiples ----------------------------------------------------------------------------


def soglia(testo: str, valore: str, **altro: Any) -> dict[str, Any]:
    letta = lettura(testo)
    letta["letture"] = [letta["letture"][0] | {"valore": Decimal(valore)} | altro]
    return letta


def con_target(*valori: str, **altro: Any) -> dict[str, Any]:
    target = {
        str(2022 + n): soglia(f">= {valore}", valore, **altro) for n, valore in enumerate(valori)
    }
    return indicatore(1, target)


def test_le_percentuali_vanno_sempre_da_zero_a_cento() -> None:
    uno = andamento(con_target("3", "5", "7"), PIANO)
    assert uno is not None
    assert scala(uno) == 100
    assert uno.verso == "su"


@pytest.mark.parametrize(("massimo", "cima"), [("7", "10"), ("43", "50"), ("0.4", "0.4")])
def test_le_altre_unita_vanno_a_un_numero_tondo(massimo: str, cima: str) -> None:
    uno = andamento(con_target("0.1", massimo, unita="gg"), PIANO)
    assert uno is not None
    assert scala(uno) == Decimal(cima)


def test_il_disegno_dice_le_sue_cifre_in_parole() -> None:
    con_base = con_target("80", "90") | {
        "base": {"stampato": "75%", "anno": 2021, "lettura": soglia("75%", "75", comparatore="=")}
    }
    uno = andamento(con_base, PIANO)
    assert uno is not None
    assert uno.anni == ("2021", "2022", "2023", "2024")
    descrizione = radice_di(multiplo("g", uno)).findtext("{http://www.w3.org/2000/svg}desc")
    assert descrizione == (
        "Indicatore numero 1. Consuntivo: 2021 75%. Target: 2022 >= 80, 2023 >= 90."
    )


@pytest.mark.parametrize(
    "letta",
    [
        lettura("Mantenimento", "media", "Manca il valore di base."),
        soglia("entro 30 gg nel 90% dei casi", "30", quota=Decimal(90)),
        soglia("Nord: 80", "80", sede="Nord"),
    ],
)
def test_cio_che_non_e_una_cifra_sola_resta_nelle_tabelle(letta: dict[str, Any]) -> None:
    assert andamento(indicatore(1, {"2022": letta, "2023": letta}), PIANO) is None


def test_un_risultato_dimostrativo_e_un_punto_vuoto() -> None:
    risultato = {
        "periodo": "2022", "sede": "", "stampato": "85%", "valore": Decimal(85),
        "dimostrativo": True,
    }  # fmt: skip
    uno = andamento(con_target("80", "90") | {"risultati": [risultato]}, PIANO)
    assert uno is not None
    assert f'r="3" fill="{TINTE["carta"]}"' in multiplo("g", uno)
    assert "2022 85% (dimostrativo)" in multiplo("g", uno)


def test_si_disegna_cio_che_si_muove_o_fu_misurato_e_non_troppo_insieme() -> None:
    foto = fotografia()
    fermi = [con_target("80", "80") for _ in range(5)]
    foto["aree"][0]["obiettivi"][0]["indicatori"] = [*fermi, con_target("80", "90")]
    (area,) = andamenti(foto)
    assert len(area.andamenti) == 1
    assert area.senza == 5
    foto["aree"][0]["obiettivi"][0]["indicatori"] = [con_target("80", "90") for _ in range(241)]
    assert andamenti(foto) == []


def test_senza_andamenti_il_capitolo_non_c_e() -> None:
    foto = fotografia()
    foto["aree"] = foto["aree"][1:]
    assert "andamenti" not in [uno.chiave for uno in capitoli(foto)]
    foto["aree"][0]["obiettivi"][0]["indicatori"].append(con_target("80", "90"))
    assert "andamenti" in [uno.chiave for uno in capitoli(foto)]
