# SPDX-License-Identifier: AGPL-3.0-or-later
"""Quadrature: hand-made tables, and the two real plans."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piani.quadrature import (
    Quadratura,
    numero_stampato,
    quadrature,
    quadrature_generali,
    quadrature_quadro,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"


def _tabella(**altro):
    quadro = {
        "etichetta": "Tabella 9",
        "righe_fonte": "10-20",
        "colonne": ["Nord", "Sud", "Totale"],
        "righe": [
            {"gruppo": "A", "etichetta": "Medici", "celle": ["1.000", "20", "1.020"]},
            {"gruppo": "A", "etichetta": "Altri", "celle": ["5*", "", "5"], "righe": "12"},
            {"gruppo": "B", "etichetta": "Altri", "celle": ["7", "3", "10"]},
            {"gruppo": "", "etichetta": "Somma", "celle": ["1.012", "24", ""]},
        ],
    }
    return quadro | altro


def _del_piano(slug):
    return tomllib.loads((FIXTURES / slug / "quadri.toml").read_text(encoding="utf-8"))


# --- numero_stampato ---


@pytest.mark.parametrize(
    ("testo", "atteso"),
    [
        ("1.644.899", "1644899"),
        ("5.920*", "5920"),
        ("2500", "2500"),
        ("46,86", "46.86"),
        ("18,51%", "18.51"),
        ("18,51 %", "18.51"),
        ("€ 23.499.000", "23499000"),
        ("137.746.000€", "137746000"),
        ("€ -5", "-5"),
        ("-€ 5", "-5"),
        ("(1.205,3)", "-1205.3"),
        ("-1.205,3", "-1205.3"),
        ("-1554", "-1554"),
        ("− 461", "-461"),
        ("–26", "-26"),
        ("+48", "48"),
        ("1\u00a0644\u202f899", "1644899"),
        ("57.5", "57.5"),
        ("0.123", "0.123"),
        ("1234.567", "1234.567"),
        ("0", "0"),
    ],
)
def test_la_cifra_stampata_diventa_numero(testo, atteso):
    assert numero_stampato(testo) == Decimal(atteso)


@pytest.mark.parametrize(
    "testo",
    [
        "", " ", "-", "–", "N.D.", "n.d.", "*", "%", "Pre-requisito", "57,53 GG", "1,234.5",
        "1.23.456", "1.644.89", "1,2,3", "(18,4%)", "(-5)", "--5", "12 34", "1e5", "٣", "NaN",
        None, 5, 1.5, True,
    ],
)  # fmt: skip
def test_cio_che_non_e_una_cifra_non_diventa_numero(testo):
    assert numero_stampato(testo) is None


@given(st.text() | st.text(alphabet="0123456789.,-−()%€* \u00a0²"))
def test_nessun_testo_fa_cadere_il_lettore(testo):
    numero = numero_stampato(testo)
    assert numero is None or numero.is_finite()


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_le_migliaia_italiane_si_rileggono_esatte(intero, centesimi):
    stampato = f"{intero:,}".replace(",", ".") + f",{centesimi:02}"
    assert numero_stampato(stampato) == Decimal(f"{intero}.{centesimi:02}")


def test_tante_cifre_negative_non_si_arrotondano():
    assert numero_stampato("-" + "9" * 40) == Decimal("-" + "9" * 40)


# --- tabelle ---


def test_la_somma_delle_righe_mostra_la_differenza_e_il_posto():
    controllo = {
        "tipo": "somma_righe",
        "totale": "Somma",
        "addendi": ["Medici", "A / Altri", "B / Altri"],
        "nota": "Così nella fonte.",
    }
    assert quadrature_quadro(_tabella(controlli=[controllo])) == [
        Quadratura(
            "Tabella 9, colonna «Nord», riga «Somma»",
            "1.012", Decimal(1012), Decimal(0), True, "Così nella fonte.", "10-20",
        ),
        Quadratura(
            "Tabella 9, colonna «Sud», riga «Somma»",
            "24", Decimal(23), Decimal(1), False, "Così nella fonte.", "10-20",
        ),
    ]  # fmt: skip


def test_la_somma_delle_colonne_salta_il_totale_vuoto_e_l_addendo_assente():
    controllo = {"tipo": "somma_colonne", "totale": "Totale", "addendi": ["Nord", "Sud"]}
    esiti = quadrature_quadro(_tabella(controlli=[controllo]))
    assert [(e.dove, e.calcolato, e.riga_fonte) for e in esiti] == [
        ("Tabella 9, colonna «Totale», riga «Medici»", Decimal(1020), "10-20"),
        ("Tabella 9, colonna «Totale», riga «A / Altri»", Decimal(5), "12"),
        ("Tabella 9, colonna «Totale», riga «B / Altri»", Decimal(10), "10-20"),
    ]
    assert all(e.quadra for e in esiti)


def test_il_totale_senza_alcun_addendo_non_si_controlla():
    quadro = _tabella(righe=[{"gruppo": "", "etichetta": "età media", "celle": ["", "", "46,86"]}])
    controllo = {"tipo": "somma_colonne", "totale": "Totale", "addendi": ["Nord", "Sud"]}
    assert quadrature_quadro(quadro, [controllo]) == []


def test_lo_zero_stampato_e_un_addendo():
    quadro = _tabella(righe=[{"gruppo": "", "etichetta": "Tecnici", "celle": ["0", "", "4"]}])
    controllo = {"tipo": "somma_colonne", "totale": "Totale", "addendi": ["Nord", "Sud"]}
    assert [e.differenza for e in quadrature_quadro(quadro, [controllo])] == [Decimal(4)]


def test_il_controllo_si_limita_alle_righe_e_colonne_scelte():
    righe = {
        "tipo": "somma_righe",
        "totale": "Somma",
        "addendi": ["B / Altri"],
        "colonne": ["Nord"],
    }
    colonne = {
        "tipo": "somma_colonne",
        "totale": "Totale",
        "addendi": ["Nord", "Sud"],
        "righe": ["B / Altri"],
    }
    esiti = quadrature_quadro(_tabella(), [righe, colonne])
    assert [(e.dove, e.differenza) for e in esiti] == [
        ("Tabella 9, colonna «Nord», riga «Somma»", Decimal(1005)),
        ("Tabella 9, colonna «Totale», riga «B / Altri»", Decimal(0)),
    ]


def test_la_differenza_di_colonne_vuole_entrambe_le_cifre():
    quadro = _tabella(
        righe=[
            {"etichetta": "DRG", "celle": ["82.739", "93.049", "-10.310"]},
            {"etichetta": "AMB", "celle": ["47.320", "48.874", "1.554"]},
            {"etichetta": "NPI", "celle": ["", "3", "-3"]},
        ]
    )
    controllo = {"tipo": "differenza_colonne", "totale": "Totale", "addendi": ["Nord", "Sud"]}
    esiti = quadrature_quadro(quadro, [controllo])
    assert [(e.calcolato, e.differenza) for e in esiti] == [
        (Decimal(-10310), Decimal(0)),
        (Decimal(-1554), Decimal(3108)),
    ]


def test_le_celle_della_fotografia_valgono_come_quelle_del_toml():
    quadro = _tabella()
    controlli = [{"tipo": "somma_colonne", "totale": "Totale", "addendi": ["Nord", "Sud"]}]
    fotografia = quadro | {
        "righe": [
            riga | {"celle": [{"stampato": c, "valore": None} for c in riga["celle"]]}
            for riga in quadro["righe"]
        ]
    }
    assert quadrature_quadro(fotografia, controlli) == quadrature_quadro(quadro, controlli)


def test_il_totale_senza_gruppo_si_distingue_da_quelli_dei_gruppi():
    quadro = _tabella(
        righe=[
            {"gruppo": "A", "etichetta": "Totale", "celle": ["1", "2", "3"]},
            {"gruppo": "", "etichetta": "Totale", "celle": ["1", "2", "3"]},
        ]
    )
    controllo = {"tipo": "somma_righe", "totale": "Totale", "addendi": ["A / Totale"]}
    assert [e.dove for e in quadrature_quadro(quadro, [controllo])] == [
        "Tabella 9, colonna «Nord», riga «Totale»",
        "Tabella 9, colonna «Sud», riga «Totale»",
        "Tabella 9, colonna «Totale», riga «Totale»",
    ]


@pytest.mark.parametrize(
    ("controllo", "frase"),
    [
        (
            {"tipo": "somma_righe", "totale": "Manca", "addendi": []},
            "Tabella 9: un controllo nomina la riga «Manca», che non c'è.",
        ),
        (
            {"tipo": "somma_colonne", "totale": "Totale", "addendi": ["Est"]},
            "Tabella 9: un controllo nomina la colonna «Est», che non c'è.",
        ),
        (
            {"tipo": "somma_righe", "totale": "Somma", "addendi": ["Altri"]},
            "Tabella 9: la riga «Altri» di un controllo compare più volte.",
        ),
        (
            {"tipo": "somma_righe", "totale": "Somma", "addendi": [], "colonne": ["Ovest"]},
            "Tabella 9: un controllo nomina la colonna «Ovest», che non c'è.",
        ),
        (
            {"tipo": "media", "totale": "Somma", "addendi": []},
            "Tabella 9: il tipo di controllo «media» non esiste.",
        ),
        (
            {"tipo": "differenza_colonne", "totale": "Totale", "addendi": ["Nord"]},
            "Tabella 9: una differenza vuole due colonne, non altre.",
        ),
        ({"tipo": "somma_righe", "addendi": []}, "Tabella 9: al controllo manca «totale»."),
    ],
)
def test_il_controllo_sbagliato_si_ferma_con_una_frase(controllo, frase):
    with pytest.raises(ValueError) as errore:  # noqa: PT011 -- the sentence is compared below
        quadrature_quadro(_tabella(), [controllo])
    assert str(errore.value) == frase


def test_la_riga_con_celle_di_troppo_si_ferma_con_una_frase():
    quadro = _tabella(righe=[{"etichetta": "Medici", "celle": ["1", "2", "3", "4"]}])
    with pytest.raises(ValueError, match="Tabella 9: la riga «Medici» ha 4 celle per 3 colonne"):
        quadrature_quadro(quadro)


# --- affermazioni del testo ---


def _rapporto(**altro):
    return {
        "dove": "PL a Cremona",
        "tipo": "rapporto",
        "stampato": "81,45%",
        "numeratore": "448",
        "denominatore": "550",
        "decimali": 2,
        "percentuale": True,
        "righe": "530",
        "nota": "",
    } | altro


def test_la_percentuale_si_arrotonda_prima_di_confrontarla():
    assert quadrature_generali([_rapporto()]) == [
        Quadratura(
            "PL a Cremona", "81,45%", Decimal("81.45"), Decimal(0), True, "", "530"
        )
    ]  # fmt: skip


def test_il_mezzo_si_arrotonda_in_su_ai_decimali_stampati():
    controllo = _rapporto(stampato="12,5%", numeratore="1245", denominatore="10000")
    del controllo["decimali"], controllo["percentuale"]
    assert quadrature_generali([controllo])[0].calcolato == Decimal("12.5")


def test_il_rapporto_non_percentuale_mostra_la_differenza():
    densita = _rapporto(
        stampato="201", numeratore="352.242", denominatore="1.770", decimali=0, percentuale=False
    )
    esito = quadrature_generali([densita])[0]
    assert (esito.calcolato, esito.differenza, esito.quadra) == (Decimal(199), Decimal(2), False)


def test_il_conteggio_confronta_il_numero_con_l_elenco():
    controllo = {"dove": "Dipartimenti", "tipo": "conteggio", "stampato": "2", "elenco": ["a"] * 3}
    assert quadrature_generali([controllo]) == [
        Quadratura("Dipartimenti", "2", Decimal(3), Decimal(-1), False)
    ]


def test_la_somma_puo_essere_in_migliaia_e_arrotondata():
    euro = {
        "dove": "Ricavi",
        "tipo": "somma",
        "stampato": "137.746.000",
        "addendi": ["137.746"],
        "fattore": 1000,
    }
    attrazione = {
        "dove": "Attrazione",
        "tipo": "somma",
        "stampato": "15%",
        "addendi": ["7,71%", "7,64%"],
        "decimali": 0,
    }
    assert [e.quadra for e in quadrature_generali([euro, attrazione])] == [True, True]


@pytest.mark.parametrize(
    ("controllo", "frase"),
    [
        (_rapporto(denominatore="0"), "PL a Cremona: il denominatore è zero."),
        (_rapporto(numeratore="circa 400"), "PL a Cremona: «circa 400» non è una cifra."),
        (_rapporto(stampato="molti"), "PL a Cremona: «molti» non è una cifra."),
        (_rapporto(tipo="media"), "PL a Cremona: il tipo di controllo «media» non esiste."),
        ({"dove": "PL", "tipo": "somma", "stampato": "1"}, "PL: al controllo manca «addendi»."),
    ],
)
def test_l_affermazione_sbagliata_si_ferma_con_una_frase(controllo, frase):
    with pytest.raises(ValueError) as errore:  # noqa: PT011 -- the sentence is compared below
        quadrature_generali([controllo])
    assert str(errore.value) == frase


# --- i due piani ---


def test_cremona_ha_tre_figure_che_non_quadrano():
    esiti = quadrature(_del_piano("asst-cremona-performance-2022-2024"))
    assert {e.dove: (e.stampato, e.calcolato, e.differenza) for e in esiti if not e.quadra} == {
        "2.1 Territorio: densità, abitanti per kmq": ("201", Decimal(199), Decimal(2)),
        "2.2 Organizzazione: «8 Dipartimenti gestionali»": ("8", Decimal(9), Decimal(-1)),
        "2.3 Considerazioni: valorizzazione 2021 dei ricoveri in euro, dalla tabella 15": (
            "82.537.000", Decimal(82739000), Decimal(-202000),
        ),
    }  # fmt: skip


def test_di_cremona_si_controllano_tutti_i_totali():
    dati = _del_piano("asst-cremona-performance-2022-2024")
    per_quadro = {q["chiave"]: len(quadrature_quadro(q)) for q in dati["quadri"]}
    assert {chiave: quanti for chiave, quanti in per_quadro.items() if quanti} == {
        "tabella-1": 3 * 4 + 10,
        "tabella-2": 3 + 4,
        "tabella-15": 5 + 9 + 9,
    }
    assert len(quadrature(dati)) == 22 + 7 + 23 + len(dati["controlli"])


def test_l_eta_media_di_cremona_non_si_somma():
    dati = _del_piano("asst-cremona-performance-2022-2024")
    assert not [e.dove for e in quadrature(dati) if "età media" in e.dove]


def test_la_tabella_2_di_milano_mostra_le_differenze_della_fonte():
    dati = _del_piano("ats-milano-performance-2021-2023")
    tabella = next(q for q in dati["quadri"] if q["chiave"] == "tabella-2")
    esiti = [e for e in quadrature_quadro(tabella) if not e.quadra]
    assert [(e.dove, e.stampato, e.calcolato, e.differenza) for e in esiti] == [
        (
            "Tabella 2, colonna «Esenti Reddito», riga «ATS»",
            "1.644.899", Decimal(1757652), Decimal(-112753),
        ),
        (
            "Tabella 2, colonna «Esenti Patologia», riga «ATS»",
            "1.149.524", Decimal(1227683), Decimal(-78159),
        ),
        (
            "Tabella 2, colonna «Esenti Invalidità», riga «ATS»",
            "249.121", Decimal(266477), Decimal(-17356),
        ),
        (
            "Tabella 2, colonna «N. esenzioni attive», riga «RHODENSE»",
            "466.875", Decimal(466876), Decimal(-1),
        ),
        (
            "Tabella 2, colonna «N. esenzioni attive», riga «ATS»",
            "3.251.811", Decimal(3043544), Decimal(208267),
        ),
    ]  # fmt: skip


def test_lo_stesso_totale_controllato_due_volte_si_distingue_dalla_nota():
    colonne = {"dove": "Per riga", "tipo": "somma_colonne", "totale": "Totale", "addendi": ["Nord"]}
    righe = {
        "dove": "Per colonna",
        "tipo": "somma_righe",
        "totale": "Medici",
        "addendi": ["Medici"],
    }
    esiti = quadrature_quadro(_tabella(), [colonne | {"righe": ["Medici"]}, righe])
    angolo = "Tabella 9, colonna «Totale», riga «Medici»"
    assert [e.nota for e in esiti if e.dove == angolo] == ["Per riga", "Per colonna"]
