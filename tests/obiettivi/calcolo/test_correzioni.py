# SPDX-License-Identifier: AGPL-3.0-or-later
from dataclasses import replace
from decimal import Decimal

import pytest

from obiettivi.calcolo.correzioni import moltiplica, recupera
from obiettivi.calcolo.edizione import Edizione, MetodiPredefiniti, Metodo
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Misura, Periodo, Risultato
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.spiegazione import frase, spiega
from obiettivi.calcolo.valori import Calcolato, Motivo, NonApplicabile, NonCalcolabile, Numero

D = Decimal
ANNO = Periodo(2022)
BASE = Edizione("prova", "Prova")
# < 60 → 0 % · from 60 to 80 → 50 % · from 80 to 100 → 80 % · from 100 → 100 %
GRADINI = (
    Fascia(None, D(60), D(0)),
    Fascia(D(60), D(80), D(50)),
    Fascia(D(80), D(100), D(80)),
    Fascia(D(100), None, D(100)),
)
PARZIALE = replace(BASE, moltiplicatori=GRADINI)


def voto(
    valore: str | None,
    edizione: Edizione,
    recupero: str | None = None,
    della_misura: str | None = None,
    target: str = "100",
) -> Giudizio:
    risultato = Risultato(
        ANNO,
        recupero=None if recupero is None else D(recupero),
        recupero_motivo="ordinanza regionale" if recupero else "",
    )
    if valore is not None:
        risultato = replace(risultato, valore=Numero(D(valore)))
    lettura = Lettura(Comparatore.MAGGIORE_UGUALE, D(target), unita="%")
    misura = Misura(
        "X",
        "X",
        LetturaTarget("x", Tipo.SOGLIA, (lettura,)),
        (risultato,),
        verso=Verso.CRESCENTE,
        unita="%",
        recupero=None if della_misura is None else D(della_misura),
    )
    return giudica(misura, edizione, ANNO)


def codici(giudizio: Giudizio) -> list[Codice]:
    return [uno.codice for uno in giudizio.passi]


@pytest.mark.parametrize(
    ("valore", "atteso"),
    [
        ("-10", "0"),  # −10 × 0 % = 0
        ("0", "0"),
        ("59.99", "0"),
        ("60", "30"),  # 60 × 50 % = 30
        ("79.99", "40"),  # 79,99 × 50 % = 39,995 → 40,00
        ("80", "64"),  # 80 × 80 % = 64
        ("99.999", "79.99"),  # at most 99,99 because it is missed; 99,99 × 80 % = 79,992
        ("100", "100"),
        ("130", "100"),  # 130 × 100 % = 130, then the cap
    ],
)
def test_i_moltiplicatori_ai_confini_delle_fasce(valore: str, atteso: str) -> None:
    assert voto(valore, PARZIALE).punteggio == Calcolato(D(atteso))


def test_un_moltiplicatore_lineare_va_in_proporzione() -> None:
    # from 50 to 100 the multiplier goes from 0 % to 100 %: at 75 it is 50 %, 75 × 50 % = 37,5
    linea = (Fascia(None, D(50), D(0)), Fascia(D(50), D(100), D(0), D(100)))
    assert voto("75", replace(BASE, moltiplicatori=linea)).punteggio == Calcolato(D("37.5"))


def test_un_moltiplicatore_puo_premiare_sopra_il_target_fino_al_tetto() -> None:
    bande = (Fascia(None, D(100), D(100)), Fascia(D(100), None, D(110)))
    larga = replace(BASE, moltiplicatori=bande, tetto=D(120))
    assert voto("100", larga).punteggio == Calcolato(D(110))
    assert voto("109", larga).punteggio == Calcolato(D("119.9"))
    assert voto("115", larga).punteggio == Calcolato(D(120))
    assert voto("115", replace(larga, tetto=None)).punteggio == Calcolato(D("126.5"))


def test_un_quoziente_periodico_sul_confine_cade_nella_fascia_alta() -> None:
    """100 × 2/3 × 9/10 is 60: the error of the division does not send it to the band below."""
    sessanta = D(100) * (D(2) / D(3)) * D("0.9")
    assert moltiplica(sessanta, PARZIALE)[0].quantize(D("1e-20")) == 30


def test_il_minimo_parziale_e_il_moltiplicatore_stanno_insieme() -> None:
    edizione = replace(PARZIALE, minimo_parziale=D(70))
    assert voto("69.99", edizione).punteggio == Calcolato(D(0))
    assert voto("70", edizione).punteggio == Calcolato(D(35))


@pytest.mark.parametrize(
    ("valore", "recupero", "atteso"),
    [
        ("80", None, "80"),
        ("80", "0", "80"),
        ("80", "50", "90"),  # 80 + 20 × 50 % = 90
        ("80", "100", "100"),
        ("0", "30", "30"),
        ("-20", "50", "40"),  # −20 + 120 × 50 % = 40
        ("99.999", "10", "99.99"),  # 99,99 + 0,01 × 10 % = 99,991
        ("100", "50", "100"),
        ("110", "50", "110"),  # over 100 nothing is missing
    ],
)
def test_il_recupero_per_cause_esterne(valore: str, recupero: str | None, atteso: str) -> None:
    edizione = replace(BASE, tetto=D(120))
    assert voto(valore, edizione, recupero).punteggio == Calcolato(D(atteso))


def test_il_recupero_del_risultato_vince_su_quello_della_misura() -> None:
    assert voto("80", BASE, None, "50").punteggio == Calcolato(D(90))
    assert voto("80", BASE, "25", "50").punteggio == Calcolato(D(85))
    assert voto("80", BASE, "0", "50").punteggio == Calcolato(D(80))


def test_il_recupero_si_ferma_al_massimo_delle_regole_e_lo_dice() -> None:
    giudizio = voto("80", replace(BASE, recupero_massimo=D(30)), "50")
    assert giudizio.punteggio == Calcolato(D(86))  # 80 + 20 × 30 %
    assert Codice.RECUPERO_LIMITATO in codici(giudizio)
    vietato = voto("80", replace(BASE, recupero_massimo=D(0)), "50")
    assert vietato.punteggio == Calcolato(D(80))
    assert Codice.RECUPERO_SENZA_EFFETTO in codici(vietato)


def test_il_recupero_viene_dopo_il_moltiplicatore_e_prima_dei_limiti() -> None:
    # 60 × 50 % = 30; 30 + 70 × 50 % = 65; cap 62
    giudizio = voto("60", replace(PARZIALE, tetto=D(62), soglia_raggiunto=D(60)), "50")
    assert giudizio.punteggio == Calcolato(D(62))
    ordine = [Codice.MOLTIPLICATORE, Codice.RECUPERO, Codice.TETTO]
    assert [uno for uno in codici(giudizio) if uno in ordine] == ordine


def test_chi_non_ha_punteggio_non_recupera() -> None:
    assert voto(None, BASE, "50").punteggio == NonCalcolabile(Motivo.NESSUN_VALORE)


def test_il_recupero_vale_trimestre_per_trimestre() -> None:
    letture = tuple(
        Lettura(Comparatore.MAGGIORE_UGUALE, D(100), unita="%", periodo=nome)
        for nome in ("T1", "T2")
    )
    risultati = (
        Risultato(Periodo(2022, "T1"), valore=Numero(D(60)), recupero=D(50)),
        Risultato(Periodo(2022, "T2"), valore=Numero(D(60))),
    )
    misura = Misura(
        "X",
        "X",
        LetturaTarget("x", Tipo.PER_PERIODO, letture),
        risultati,
        verso=Verso.CRESCENTE,
        unita="%",
    )
    # T1: 60 + 40 × 50 % = 80; T2: 60; mean 70
    assert giudica(misura, BASE, ANNO).punteggio == Calcolato(D(70))


@pytest.mark.parametrize("storto", ["-1", "100.01", "NaN"])
def test_un_recupero_impossibile_e_rifiutato(storto: str) -> None:
    with pytest.raises(ValueError, match="recupero"):
        Risultato(ANNO, recupero=D(storto))
    with pytest.raises(ValueError, match="recupero"):
        Misura("X", "X", None, recupero=D(storto))


def test_le_correzioni_si_spiegano_con_i_loro_numeri() -> None:
    assert spiega(voto("60", replace(PARZIALE, recupero_massimo=D(40)), "50"))[4:] == [
        "100 × 60 / 100 = 60.",
        "Confronto 60 ≥ 100: non raggiunto.",
        "Raggiungimento parziale: 60 × 50 / 100 = 30.",
        "Il recupero chiesto, 50 %, supera quello ammesso dalle regole: 40 %.",
        "Cause esterne (ordinanza regionale), recupero del 40 %: 30 + (100 − 30) × 40 / 100 = 58.",
        "Punteggio: 58,00.",
    ]


def test_senza_motivo_il_recupero_lo_dice() -> None:
    misura = Misura("X", "X", None, recupero=D(50))
    _, passi = recupera(D(80), misura, Risultato(ANNO), BASE)
    assert frase(passi[0]).startswith("Cause esterne (motivo non indicato)")


def test_un_non_applicabile_resta_escluso_anche_con_un_recupero() -> None:
    fuori = Risultato(ANNO, valore=NonApplicabile("rinviato"), recupero=D(50))
    lettura = Lettura(Comparatore.MAGGIORE_UGUALE, D(100), unita="%")
    misura = Misura("X", "X", LetturaTarget("x", Tipo.SOGLIA, (lettura,)), (fuori,))
    assert giudica(misura, BASE, ANNO).punteggio.stato == "escluso"


def test_le_fasce_per_unita_di_misura_prendono_il_posto_di_quelle_generali() -> None:
    from obiettivi.calcolo.edizione import FasceUnita

    generali = (Fascia(None, D(90), D(0)), Fascia(D(90), None, D(100)))
    nei_giorni = (Fascia(None, D(50), D(0)), Fascia(D(50), None, D(80)))
    edizione = replace(
        BASE,
        metodi=MetodiPredefiniti(percentuale=Metodo.FASCE, valore=Metodo.FASCE),
        fasce=generali,
        fasce_unita=(FasceUnita("giorni", nei_giorni),),
    )
    assert voto("60", edizione).punteggio == Calcolato(D(0))
    lettura = Lettura(Comparatore.MINORE_UGUALE, D(30), unita="gg.")
    risultato = Risultato(ANNO, valore=Numero(D(42)))  # 100 × (60 − 42) / 30 = 60
    in_giorni = Misura(
        "X", "X", LetturaTarget("x", Tipo.SOGLIA, (lettura,)), (risultato,), unita="gg"
    )
    assert giudica(in_giorni, edizione, ANNO).punteggio == Calcolato(D(80))
