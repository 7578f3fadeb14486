# SPDX-License-Identifier: AGPL-3.0-or-later
"""What keeps a score from being computed, each with its reason; what is only doubtful."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest

from obiettivi.calcolo.edizione import Politica
from obiettivi.calcolo.giudizio import giudica
from obiettivi.calcolo.letture import Certezza, Lettura, Tipo
from obiettivi.calcolo.misura import Base, Misura, Risultato, risultati_da_lettura, unita_comune
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.predefinite import ASST_CREMONA
from obiettivi.calcolo.valori import (
    Calcolato,
    Escluso,
    Motivo,
    NonApplicabile,
    NonCalcolabile,
    Numero,
    Punteggio,
)
from tests.obiettivi.calcolo.misure import (
    ANNO,
    CRESCENTE,
    DECRESCENTE,
    EQ,
    GE,
    LE,
    TRIMESTRI,
    codici,
    misura,
    numero,
    rapporto,
    soglia,
    target,
    tendenza,
    trimestre,
    voto,
)

D = Decimal


@pytest.mark.parametrize(
    ("caso", "atteso"),
    [
        (misura(None, numero("1")), NonCalcolabile(Motivo.NESSUN_TARGET)),
        (
            misura(target(Tipo.DA_DEFINIRE, testo="Da definire"), numero("1")),
            NonCalcolabile(Motivo.TARGET_DA_DEFINIRE, "«Da definire»"),
        ),
        (
            misura(target(Tipo.NON_INTERPRETABILE, motivo="non è una frase nota"), numero("1")),
            NonCalcolabile(Motivo.TARGET_NON_INTERPRETABILE, "non è una frase nota"),
        ),
        (
            misura(target(Tipo.NON_DISPONIBILE, testo="-"), numero("1")),
            NonCalcolabile(Motivo.NESSUN_TARGET, "«-»"),
        ),
        (misura(soglia(GE, "90")), NonCalcolabile(Motivo.NESSUN_VALORE)),
        (
            misura(soglia(GE, "90"), rapporto("3", "0")),
            NonCalcolabile(Motivo.DENOMINATORE_ZERO),
        ),
        (
            misura(soglia(LE, "48", "ore"), numero("2", unita="giorni"), unita=""),
            NonCalcolabile(Motivo.UNITA_DIVERSA, "risultato in gg, target in ore"),
        ),
        (
            misura(soglia(EQ, "100"), numero("100"), verso=None),
            NonCalcolabile(Motivo.VERSO_SCONOSCIUTO),
        ),
        (
            misura(tendenza(None), numero("3"), verso=None, base=Base(valore=D(2))),
            NonCalcolabile(Motivo.VERSO_SCONOSCIUTO),
        ),
        (misura(tendenza(None), numero("3")), NonCalcolabile(Motivo.BASE_MANCANTE)),
        (
            misura(target(Tipo.SOGLIA, Lettura(GE)), numero("3")),
            NonCalcolabile(Motivo.TARGET_NON_INTERPRETABILE, "nel target non c'è un numero"),
        ),
        (
            misura(soglia(GE, "NaN"), numero("3")),
            NonCalcolabile(Motivo.TARGET_NON_INTERPRETABILE, "nel target non c'è un numero"),
        ),
        (
            misura(soglia(GE, "90"), Risultato(ANNO, esito="quasi tutto")),
            NonCalcolabile(Motivo.VALORE_NON_NUMERICO, "«quasi tutto»"),
        ),
        (
            misura(soglia(GE, "90"), Risultato(ANNO, valore=NonApplicabile("rinviato"))),
            Escluso("rinviato"),
        ),
    ],
)
def test_ogni_ostacolo_ha_il_suo_motivo(caso: Misura, atteso: Punteggio) -> None:
    giudizio = giudica(caso, ASST_CREMONA, ANNO)
    assert giudizio.punteggio == atteso
    assert giudizio.copertura == 0
    assert giudizio.foglia().punteggio == atteso


@pytest.mark.parametrize(
    ("politica", "codice"),
    [
        (Politica.ESCLUDI, Codice.NON_VALUTATO_ESCLUSO),
        (Politica.ZERO, Codice.NON_VALUTATO_ZERO),
        (Politica.BLOCCA, Codice.NON_VALUTATO_BLOCCA),
    ],
)
def test_il_mancante_non_diventa_zero_ma_si_dice_che_fine_fara(
    politica: Politica, codice: Codice
) -> None:
    edizione = replace(ASST_CREMONA, mancanti=politica)
    giudizio = giudica(misura(soglia(GE, "90")), edizione, ANNO)
    assert giudizio.punteggio == NonCalcolabile(Motivo.NESSUN_VALORE)
    assert codice in codici(giudizio)


def test_il_dato_dimostrativo_segna_il_giudizio() -> None:
    finto = numero("90", dimostrativo=True)
    giudizio = giudica(misura(soglia(GE, "90"), finto), ASST_CREMONA, ANNO)
    assert giudizio.dimostrativo
    assert giudizio.foglia(D(30)).dimostrativo
    assert giudizio.foglia(D(30)).peso == 30
    assert Codice.DATO_DIMOSTRATIVO in codici(giudizio)
    meta = giudica(
        misura(TRIMESTRI, trimestre(1, "80"), trimestre(2, "85", dimostrativo=True)),
        ASST_CREMONA,
        ANNO,
    )
    assert meta.dimostrativo


def test_una_lettura_incerta_si_giudica_ma_chiede_conferma() -> None:
    incerta = replace(soglia(GE, "90"), certezza=Certezza.MEDIA, motivo="valore approssimato")
    giudizio = giudica(misura(incerta, numero("90")), ASST_CREMONA, ANNO)
    assert giudizio.punteggio == Calcolato(D(100))
    assert Codice.LETTURA_DA_CONFERMARE in codici(giudizio)


def test_il_verso_scritto_nel_target_vince_e_la_discordanza_si_vede() -> None:
    giudizio = giudica(misura(soglia(LE, "20"), numero("10")), ASST_CREMONA, ANNO)
    assert giudizio.punteggio == Calcolato(D(100))
    assert Codice.VERSO_DISCORDE in codici(giudizio)


def test_un_numero_nudo_segue_il_verso_dell_indicatore() -> None:
    proposto = replace(soglia(EQ, "20"), verso=CRESCENTE)
    assert voto(misura(proposto, numero("15"), verso=DECRESCENTE)) == Calcolato(D(100))


def test_il_contesto_decimale_di_chi_chiama_non_conta() -> None:
    caso = misura(soglia(GE, "95"), rapporto("14402", "15310"))
    with localcontext() as contesto:
        contesto.prec = 3
        assert voto(caso) == Calcolato(D("99.02"))


def test_risultati_stampati_per_trimestre() -> None:
    letti = risultati_da_lettura(TRIMESTRI, ANNO)
    assert [(str(uno.periodo), uno.valore) for uno in letti][:2] == [
        ("2022-T1", Numero(D(80))),
        ("2022-T2", Numero(D(85))),
    ]


@pytest.mark.parametrize(
    ("scritta", "comune"),
    [("GG", "gg"), ("giorni", "gg"), ("n.", ""), ("h", "ore"), ("Euro", "€"), (" % ", "%"),
     ("ml/gg degenza", "ml/gg degenza")],
)  # fmt: skip
def test_le_unita_hanno_una_sola_grafia(scritta: str, comune: str) -> None:
    assert unita_comune(scritta) == comune


@pytest.mark.parametrize("storto", [D("NaN"), D("Infinity")])
def test_un_numero_non_finito_e_rifiutato_all_ingresso(storto: Decimal) -> None:
    with pytest.raises(ValueError, match="non è un numero finito"):
        Risultato(ANNO, avanzamento=storto)
    with pytest.raises(ValueError, match="non è un numero finito"):
        Base(valore=storto)
    with pytest.raises(ValueError, match="non è un numero finito"):
        misura(None, riferimento=storto)
