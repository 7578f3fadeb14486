# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two source plans load whole, and the counts are those of the printed documents."""

import shutil
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Count

from obiettivi import azioni
from obiettivi.calcolo.letture import Tipo
from obiettivi.importa import leggi_tabella
from obiettivi.models import AreaStrategica, Misura, Obiettivo, Rilevazione, Target
from piani.models import (
    Azienda,
    CellaQuadro,
    Fase,
    Piano,
    Quadratura,
    QuadroDati,
    UnitaOrganizzativa,
)
from tests.conftest import RADICE

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
MILANO = RADICE / "fixtures" / "ats-milano-performance-2021-2023"
CREMONA = RADICE / "fixtures" / "asst-cremona-performance-2022-2024"
AREA, LINEA = AreaStrategica.Tipo.AREA, AreaStrategica.Tipo.LINEA


def conta(piano: Piano) -> dict[str, int]:
    aree = AreaStrategica.objects.filter(piano=piano)
    misure = Misura.objects.filter(obiettivo__area__piano=piano)
    target = Target.objects.filter(misura__in=misure)
    return {
        "aree": aree.filter(tipo=AREA).count(),
        "linee": aree.filter(tipo=LINEA).count(),
        "righe dell'albero": misure.filter(obiettivo__area__tipo=AREA).count(),
        "target dell'albero": target.filter(misura__obiettivo__area__tipo=AREA).count(),
        "basi": misure.exclude(base_stampata="").count(),
        "progetti": misure.filter(obiettivo__area__tipo=LINEA).count(),
        "traguardi": target.filter(misura__obiettivo__area__tipo=LINEA).count(),
        "quadri": QuadroDati.objects.filter(piano=piano).count(),
        "celle": CellaQuadro.objects.filter(quadro__piano=piano).exclude(stampato="").count(),
        "fasi": Fase.objects.filter(piano=piano).count(),
        "unità": UnitaOrganizzativa.objects.filter(organigramma__azienda=piano.azienda).count(),
    }


def test_il_piano_di_ats_milano_si_carica_intero() -> None:
    piano = azioni.carica(MILANO, da=None)
    assert conta(piano) == {
        "aree": 9,
        "linee": 0,
        "righe dell'albero": 45,
        "target dell'albero": 34 * 3 + 11,
        "basi": 0,
        "progetti": 0,
        "traguardi": 0,
        "quadri": 3,
        "celle": 71,
        "fasi": 7,
        "unità": 18,
    }
    covid = Target.objects.filter(misura__obiettivo__area__codice="9")
    assert set(covid.values_list("anno", flat=True)) == {2021}
    assert covid.count() == 11


def test_il_piano_di_asst_cremona_si_carica_intero() -> None:
    piano = azioni.carica(CREMONA, da=None)
    assert conta(piano) == {
        "aree": 5,
        "linee": 7,
        "righe dell'albero": 39,
        "target dell'albero": 39 * 3,
        "basi": 39,
        "progetti": 25,
        "traguardi": 75,
        "quadri": 12,
        "celle": 176,
        "fasi": 7,
        "unità": 45,
    }
    per_area = (
        AreaStrategica.objects.filter(piano=piano, tipo=AREA)
        .annotate(quante=Count("obiettivi__misure"))
        .values_list("codice", "quante")
    )
    assert dict(per_area) == {"A1": 4, "A2": 16, "A3": 10, "A4": 6, "A5": 3}


def test_le_etichette_unite_diventano_un_solo_obiettivo() -> None:
    azioni.carica(CREMONA, da=None)
    esiti = Obiettivo.objects.get(titolo="Miglioramento Esiti e efficacia clinica")
    assert [m.indicatore.codice for m in esiti.misure.select_related("indicatore")] == [
        f"CR-{n:02}" for n in range(5, 13)
    ]


def test_il_testo_stampato_resta_com_era() -> None:
    azioni.carica(CREMONA, da=None)
    chirurgici = Target.objects.get(misura__indicatore__codice="CR-14", anno=2022)
    assert chirurgici.stampato == "1° trim: 80% 2° trim: 85% 3° trim: 85% 4° trim: 90%"
    assert chirurgici.letto.tipo is Tipo.PER_PERIODO
    misura = Misura.objects.get(indicatore__codice="CR-24")
    assert misura.base_stampata == "87,29% Cremona 55,18% Oglio Po"
    assert misura.base is not None
    assert misura.base.tipo is Tipo.PER_SEDE


def test_le_differenze_della_fonte_si_vedono() -> None:
    piano = azioni.carica(MILANO, da=None)
    tabella_2 = Quadratura.objects.filter(piano=piano, dove__startswith="Tabella 2")
    storte = {(q.stampato, int(q.calcolato), int(q.differenza)) for q in tabella_2 if not q.quadra}
    assert storte == {
        ("1.644.899", 1_757_652, -112_753),
        ("1.149.524", 1_227_683, -78_159),
        ("249.121", 266_477, -17_356),
        ("3.251.811", 3_043_544, 208_267),
        ("466.875", 466_876, -1),
    }


def test_un_piano_gia_caricato_non_si_tocca() -> None:
    piano = azioni.carica(MILANO, da=None)
    with pytest.raises(ValidationError, match="già caricato"):
        azioni.carica(MILANO, da=None)
    assert list(Piano.objects.all()) == [piano]


def test_una_riga_sbagliata_non_lascia_niente(tmp_path: Path) -> None:
    cartella = tmp_path / "piano"
    shutil.copytree(CREMONA, cartella)
    obiettivi = cartella / "obiettivi.csv"
    obiettivi.write_text(obiettivi.read_text().replace("CR-39,A5,", "CR-39,A9,"))
    with pytest.raises(ValidationError, match=r"CR-39: l'area «A9» non è in aree\.csv"):
        azioni.carica(cartella, da=None)
    assert not Azienda.objects.exists()


def test_un_tipo_sconosciuto_dentro_la_scrittura_annulla_tutto(tmp_path: Path) -> None:
    cartella = tmp_path / "piano"
    shutil.copytree(CREMONA, cartella)
    piano = cartella / "piano.toml"
    piano.write_text(piano.read_text().replace('tipo = "performance"', 'tipo = "romanzo"'))
    with pytest.raises(ValidationError, match="romanzo"):
        azioni.carica(cartella, da=None)
    assert not Azienda.objects.exists()


@pytest.mark.parametrize(
    ("nome", "contenuto", "frase"),
    [
        ("piano.toml", "[azienda", "piano.toml non si legge"),
        ("piano.toml", "x = 1", r"manca la parte \[azienda\]"),
        ("aree.csv", "codice,nome\n", "aree.csv: mancano le colonne"),
        ("quadri.toml", "[[controlli]]\ndove='Qui'\n", "quadri.toml: Qui"),
    ],
)
def test_un_file_rotto_si_dice_quale(tmp_path: Path, nome: str, contenuto: str, frase: str) -> None:
    cartella = tmp_path / "piano"
    shutil.copytree(MILANO, cartella)
    (cartella / nome).write_text(contenuto)
    with pytest.raises(ValidationError, match=frase):
        azioni.carica(cartella, da=None)


def test_un_file_che_manca_si_dice_quale(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"Manca il file .*piano\.toml"):
        azioni.carica(tmp_path, da=None)


def test_una_cella_in_piu_dice_la_riga(tmp_path: Path) -> None:
    tabella = tmp_path / "aree.csv"
    tabella.write_text("codice,tipo,ordine,nome,descrizione,righe,nota\n1,area,1,A,,,,,x\n")
    with pytest.raises(ValidationError, match=r"aree\.csv, riga 2"):
        leggi_tabella(tabella)


def test_i_risultati_inventati_sono_segnati_e_si_caricano_una_volta() -> None:
    piano = azioni.carica(CREMONA, da=None)
    quanti = azioni.carica_dimostrazione(piano, CREMONA, da=None)
    assert quanti == 66
    assert azioni.carica_dimostrazione(piano, CREMONA, da=None) == 0
    assert (
        Rilevazione.objects.count() == Rilevazione.objects.filter(dimostrativa=True).count() == 66
    )
