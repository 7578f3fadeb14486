# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two documents loaded: every printed figure of the financial plan beside ours, to the cent.

The numbers here are written by hand from the documents.
"""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from conciliazione.carica.progetti import carica
from conciliazione.finanziario.quadro import quadro_di
from conciliazione.models import AzioneDiPiano, EdizioneConciliazione, Riscontro
from tests.conciliazione.progetti_fonte import edizione_2017, edizione_2020
from tests.factories_conciliazione import EdizioneConciliazioneFactory

pytestmark = pytest.mark.django_db
F17 = Path(settings.BASE) / "fixtures" / "conciliazione_2017_2018"
F20 = Path(settings.BASE) / "fixtures" / "conciliazione_2020_2023"


@pytest.fixture
def del_2017() -> EdizioneConciliazione:
    edizione = edizione_2017()
    carica(edizione, F17)
    return edizione


def righe_di(edizione: EdizioneConciliazione) -> dict[str, tuple[str, str, str]]:
    """Printed, computed and difference of each item, as text; "" where there is none."""
    quadro = quadro_di(edizione.piani_finanziari.get())
    return {
        riga.voce.codice: tuple(
            "" if v is None else str(v)
            for v in (riga.voce.stampato, riga.calcolato, riga.differenza)
        )
        for riga in quadro.righe
    }


def test_i_sei_progetti_hanno_costo_e_contributo_della_tabella(
    del_2017: EdizioneConciliazione,
) -> None:
    assert list(del_2017.progetti.values_list("numero", "costo", "contributo")) == [
        (1, Decimal("60000.00"), Decimal("41328.00")),
        (2, Decimal("260000.00"), Decimal("157440.00")),
        (3, Decimal("270929.95"), Decimal("182040.00")),
        (4, Decimal("255713.00"), Decimal("176136.00")),
        (5, Decimal("287525.00"), Decimal("203097.60")),
        (6, Decimal("273600.00"), Decimal("174679.68")),
    ]
    assert [p.azioni.count() for p in del_2017.progetti.all()] == [2, 5, 3, 3, 6, 6]
    nonni = del_2017.progetti.get(numero=2).azioni.get(ordine=1)
    assert nonni.persone == 30


def test_il_piano_finanziario_del_2017_quadra_e_mostra_le_tre_differenze(
    del_2017: EdizioneConciliazione,
) -> None:
    quadro = quadro_di(del_2017.piani_finanziari.get())
    assert quadro.totale_fonti == Decimal("1586009.34")
    assert quadro.totale_impieghi == Decimal("1586009.34")
    assert quadro.quadra
    piano = del_2017.piani_finanziari.get()
    assert piano.stato == "approvato"
    assert piano.voci.get(codice="assegnato").nota == ""
    assert righe_di(del_2017) == {
        "regionali": ("1112962.67", "1112962.67", "0.00"),
        "regionali-dgr": ("872512.67", "872512.67", "0.00"),
        "regionali-aggiuntive": ("240450.00", "240450.00", "0.00"),
        "residui": ("", "", ""),
        "cofinanziamento": ("", "473046.67", ""),
        "alleanze": ("", "1407767.95", ""),
        "alleanze-contributo": ("934721.28", "934721.28", "0.00"),
        "alleanze-cofinanziamento": ("", "473046.67", ""),
        "sistema": ("178241.39", "178241.39", "0.00"),
        "dirette": ("", "", ""),
        "costo-piano": ("1586009.34", "1586009.34", "0.00"),
        "costo-progetti": ("1586009.34", "1407767.95", "178241.39"),
        "richiesto": ("963920.00", "963920.00", "0.00"),
        "assegnato": ("934721.28", "934721.28", "0.00"),
        "eccedenza": ("129199.00", "129206.75", "-7.75"),
        "eccedenza-percentuale": ("15.47", "15.48", "-0.01"),
    }
    assert all(
        del_2017.piani_finanziari.get().voci.get(codice=riga.voce.codice).nota
        for riga in quadro.differenze
    )


def test_l_indirizzo_2020_divide_le_risorse_come_stampato() -> None:
    edizione = edizione_2020()
    carica(edizione, F20)
    quadro = quadro_di(edizione.piani_finanziari.get())
    assert quadro.totale_fonti == quadro.totale_impieghi == Decimal("968676.00")
    assert righe_di(edizione) == {
        "dotazione-ats": ("968676.00", "968676.00", "0.00"),
        "anno-2020": ("311360.00", "311360.00", "0.00"),
        "anno-2021": ("311360.00", "311360.00", "0.00"),
        "anno-2022": ("345956.00", "345956.00", "0.00"),
        "residui": ("", "", ""),
        "cofinanziamento": ("", "", ""),
        "azioni-sistema": ("242169.00", "242169.00", "0.00"),
        "alleanze": ("726507.00", "726507.00", "0.00"),
        "consulenza": ("72650.70", "72650.70", "0.00"),
        "tempi-citta": ("72650.70", "72650.70", "0.00"),
        "alleanze-libere": ("", "581205.60", ""),
        "alleanze-cofinanziamento": ("", "", ""),
        "risorse-ats": ("968676.00", "968676.00", "0.00"),
    }


def test_le_cifre_del_2017_che_non_tornano_sono_otto(del_2017: EdizioneConciliazione) -> None:
    diverse = {
        uno.chiave: (uno.valore_stampato, uno.calcolato, uno.differenza)
        for uno in Riscontro.objects.filter(edizione=del_2017)
        if uno.differenza
    }
    assert diverse == {
        "costo-nove-proposte": (Decimal("2257172.86"), Decimal("2253172.86"), Decimal(4000)),
        "costo-sei-progetti": (
            Decimal("1586009.34"),
            Decimal("1407767.95"),
            Decimal("178241.39"),
        ),
        "richiesto-introduzione": (Decimal(1447000), Decimal(1447100), Decimal(-100)),
        "eccedenza-introduzione": (Decimal(42), Decimal("73.36"), Decimal("-31.36")),
        "eccedenza-importo": (Decimal(129199), Decimal("129206.75"), Decimal("-7.75")),
        "eccedenza-percentuale": (Decimal("15.47"), Decimal("15.48"), Decimal("-0.01")),
        "azioni-e-net": (Decimal(7), Decimal(6), Decimal(1)),
        "aderenti-area-riservata": (Decimal(300), Decimal(341), Decimal(-41)),
    }
    assert Riscontro.objects.filter(edizione=del_2017).count() == 32 + 50


def test_le_cifre_del_2020_che_non_tornano_sono_tre() -> None:
    edizione = edizione_2020()
    carica(edizione, F20)
    diverse = {uno.chiave: uno.differenza for uno in edizione.riscontri.all() if uno.differenza}
    assert diverse == {"piani-orari-lombardia": 10, "comuni-paullo": 1, "progetti-quinto-bando": 1}
    assert edizione.riscontri.count() == 33


def test_una_cifra_gia_presa_da_un_altra_parte_non_si_ripete() -> None:
    edizione = edizione_2020()
    edizione.riscontri.create(ordine=7, chiave="comuni-paullo", dove="Paullo", stampato="6")
    carica(edizione, F20)
    assert edizione.riscontri.count() == 33
    assert edizione.riscontri.exclude(chiave="comuni-paullo").order_by("ordine")[0].ordine == 8


def test_le_azioni_di_ats_e_il_documento_si_caricano(del_2017: EdizioneConciliazione) -> None:
    conti = {
        genere: AzioneDiPiano.objects.filter(edizione=del_2017, genere=genere).count()
        for genere in AzioneDiPiano.Genere.values
    }
    assert conti == {"sistema": 6, "trasversale": 5, "diretta": 3}
    assert del_2017.piano is not None
    assert [s.titolo for s in del_2017.piano.sezioni.all()][:2] == ["Introduzione", "Finalità"]
    assert [(q.chiave, q.celle.count()) for q in del_2017.piano.quadri.all()] == [
        ("contesto-1", 35),
        ("compiti", 33),
    ]


def test_caricare_due_volte_non_cambia_niente(del_2017: EdizioneConciliazione) -> None:
    prima = (del_2017.progetti.count(), del_2017.riscontri.count(),
             del_2017.azioni_di_piano.count())  # fmt: skip
    carica(EdizioneConciliazione.objects.get(pk=del_2017.pk), F17)
    assert prima == (del_2017.progetti.count(), del_2017.riscontri.count(),
                     del_2017.azioni_di_piano.count())  # fmt: skip


def test_senza_le_proposte_non_si_carica_niente() -> None:
    edizione = EdizioneConciliazioneFactory()
    with pytest.raises(ValidationError, match="viene dalla proposta 1, che non c'è"):
        carica(edizione, F17)
    assert not edizione.riscontri.exists()


def test_una_cartella_vuota_non_ha_niente_da_caricare(tmp_path: Path) -> None:
    edizione = EdizioneConciliazioneFactory()
    carica(edizione, tmp_path)
    assert not edizione.piani_finanziari.exists()
