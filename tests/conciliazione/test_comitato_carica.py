# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Comitato of 2017-2018 as it is printed: thirty seats, and the rules of its Regolamento."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from conciliazione.calcolo.edizione import RegoleComitato
from conciliazione.calcolo.edizione_dati import come_dati
from conciliazione.carica.comitato import carica
from conciliazione.models import EdizioneConciliazione, Ente, Riscontro
from conciliazione.predefinite import predefinita
from tests.factories_conciliazione import EdizioneConciliazioneFactory, EnteFactory

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
DEL_2017 = FIXTURES / "conciliazione_2017_2018"


@pytest.fixture
def del_2017() -> EdizioneConciliazione:
    """With a notice that is not the printed one: the loader puts it right."""
    regole = predefinita("2017-2018")
    sbagliate = replace(regole, comitato=replace(regole.comitato, preavviso=3))
    return EdizioneConciliazioneFactory(parametri=come_dati(sbagliate))


def test_i_trenta_seggi_con_la_riga_della_fonte(del_2017: EdizioneConciliazione) -> None:
    comune = EnteFactory(azienda=del_2017.azienda, nome="Comune di Milano")
    carica(del_2017, DEL_2017)
    seggi = del_2017.seggi.select_related("ente")
    assert seggi.count() == 30
    assert [(uno.ordine, str(uno)) for uno in seggi.filter(capofila=True)] == [
        (1, "ATS della Città Metropolitana di Milano")
    ]
    milano = seggi.get(ordine=24)
    assert (milano.ente, milano.tipologia, milano.riga_fonte) == (comune, "COMUNE DI MILANO", "693")
    lodi = seggi.get(ordine=4)
    assert (str(lodi), lodi.ente.nome, lodi.riga_fonte) == ("Sede Lodi", "UTR Sede Lodi", "673")
    per_tipo = {
        tipo: Ente.objects.filter(seggi__edizione=del_2017, tipo=tipo).count()
        for tipo in ("pubblico", "ambito", "datoriale", "sindacato", "non_profit")
    }
    assert per_tipo == {
        "pubblico": 12, "ambito": 4, "datoriale": 9, "sindacato": 3, "non_profit": 2,
    }  # fmt: skip


def test_le_regole_sono_quelle_stampate_e_si_vedono_accanto(
    del_2017: EdizioneConciliazione,
) -> None:
    carica(del_2017, DEL_2017)
    salvata = EdizioneConciliazione.objects.get(pk=del_2017.pk)
    assert salvata.regole.comitato == replace(
        RegoleComitato(), fonte=predefinita("2017-2018").comitato.fonte
    )
    assert salvata.regole.comitato.preavviso == 5
    riscontri = {uno.chiave: uno for uno in Riscontro.objects.filter(edizione=del_2017)}
    preavviso = riscontri["regolamento-rete-preavviso"]
    assert (preavviso.stampato, preavviso.calcolato, preavviso.riga_fonte) == (
        "almeno dieci giorni", Decimal(10), "769",
    )  # fmt: skip
    quota = riscontri["regolamento-consultazione-quota"]
    assert (quota.stampato, quota.valore_stampato) == ("almeno 1/4 dei componenti", Decimal(25))
    stampati = [uno for uno in riscontri.values() if uno.valore_stampato is not None]
    assert len(stampati) == 7
    assert all(uno.quadra for uno in stampati)
    assert riscontri["seggi-comitato"].calcolato == 30
    assert riscontri["numero-legale"].calcolato == 16


def test_ricaricare_non_cambia_niente(del_2017: EdizioneConciliazione) -> None:
    for _volta in range(2):
        carica(del_2017, DEL_2017)
    assert del_2017.seggi.count() == 30
    assert del_2017.riscontri.count() == 9


def test_il_2020_non_stampa_seggi(edizione: EdizioneConciliazione) -> None:
    carica(edizione, FIXTURES / "conciliazione_2020_2023")
    assert not edizione.seggi.exists()
    assert not edizione.riscontri.exists()
