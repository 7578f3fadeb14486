# SPDX-License-Identifier: AGPL-3.0-or-later
"""The network and the territory of the two printed plans: every printed figure beside ours.

The numbers are copied by hand from the two documents (lines of the sources in the fixtures).
"""

import tomllib
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from conciliazione.carica.rete import carica
from conciliazione.forms.adesione import DI_ALLEGATO_1, ModuloForm
from conciliazione.models import (
    Ambito,
    ComposizioneRete,
    Comune,
    EdizioneConciliazione,
    InterventoTempi,
    PianoDeiTempi,
    ProgettoTempi,
    RilevazioneTempi,
    Riscontro,
)
from conciliazione.rete.composizione import prospetto
from tests.conftest import RADICE
from tests.factories_conciliazione import EdizioneConciliazioneFactory

pytestmark = pytest.mark.django_db
DEL_2017 = RADICE / "fixtures" / "conciliazione_2017_2018"
DEL_2020 = RADICE / "fixtures" / "conciliazione_2020_2023"


@pytest.fixture
def del_2017() -> EdizioneConciliazione:
    edizione = EdizioneConciliazioneFactory(anno_inizio=2017, anno_fine=2018)
    carica(edizione, DEL_2017)
    return edizione


@pytest.fixture
def del_2020() -> EdizioneConciliazione:
    edizione = EdizioneConciliazioneFactory()
    carica(edizione, DEL_2020)
    return edizione


def riscontri(edizione: EdizioneConciliazione) -> dict[str, tuple[Decimal | None, ...]]:
    return {
        uno.chiave: (uno.valore_stampato, uno.calcolato, uno.differenza)
        for uno in Riscontro.objects.filter(edizione=edizione)
    }


def test_la_composizione_del_2017_e_trecentoquarantuno(
    del_2017: EdizioneConciliazione, client: Client
) -> None:
    quadro = prospetto(ComposizioneRete.objects.get())
    assert [voce.stampato for voce in quadro.voci] == [27, 17, 23, 159, 103, 12]
    assert (quadro.totale.stampato, quadro.somma_stampata, quadro.scarto_interno) == (341, 341, 0)
    assert quadro.totale.contato is None  # the source does not list the bodies
    assert riscontri(del_2017) == {
        "composizione-rete": (341, 341, 0),
        "aderenti-area-riservata": (300, 341, -41),
        "rete-costituzione": (329, None, None),
        "modulo-campi": (16, 16, 0),
    }
    pubblica = reverse("rete_pubblica", args=[del_2017.azienda.codice])
    assert "31 maggio 2017: 341 enti" in client.get(pubblica).content.decode()


def test_caricare_due_volte_non_cambia_niente(del_2020: EdizioneConciliazione) -> None:
    quanti = [modello.objects.count() for modello in (Ambito, Comune, RilevazioneTempi,
                                                      PianoDeiTempi, ProgettoTempi,
                                                      InterventoTempi, Riscontro)]  # fmt: skip
    carica(del_2020, DEL_2020)
    assert quanti == [modello.objects.count() for modello in (
        Ambito, Comune, RilevazioneTempi, PianoDeiTempi, ProgettoTempi, InterventoTempi, Riscontro,
    )]  # fmt: skip


def test_i_diciotto_ambiti_e_il_comune_che_manca_a_paullo(del_2020: EdizioneConciliazione) -> None:
    stampati = [15, 61, 11, 11, 9, 6, 1, 2, 4, 8, 11, 13, 8, 6, 4, 9, 9, 7]
    ambiti = list(Ambito.objects.all())
    assert [uno.comuni_stampati for uno in ambiti] == stampati
    elencati = {uno.codice: uno.comuni.count() for uno in ambiti}
    diversi = [uno.codice for uno in ambiti if uno.comuni_stampati != elencati[uno.codice]]
    assert (diversi, elencati["paullo"]) == (["paullo"], 5)
    avuti = riscontri(del_2020)
    assert avuti["comuni-paullo"] == (6, 5, 1)
    assert avuti["comuni-stampati"] == (None, 195, None)
    assert avuti["comuni-elencati"] == (None, 194, None)
    assert avuti["ambiti-senza-risposta"] == (None, 11, None)
    assert avuti["piani-orari-lombardia"] == (139, 129, 10)
    assert avuti["progetti-quinto-bando"] == (7, 6, 1)
    assert avuti["piani-prima-2004"] == (5, 5, 0)
    assert avuti["ambiti-prioritari"] == (3, 3, 0)
    assert len(avuti) == 18 + 7


def test_le_risposte_sul_piano_dei_tempi(del_2020: EdizioneConciliazione) -> None:
    quante = dict.fromkeys(RilevazioneTempi.Esito.values, 0)
    for una in RilevazioneTempi.objects.filter(edizione=del_2020):
        quante[una.esito] += 1
    assert quante == {
        "non_pervenuto": 11, "nessuno": 2, "in_parte": 1, "non_aggiornato": 2, "vigente": 1,
        "senza_piano": 1,
    }  # fmt: skip
    abbiategrasso = PianoDeiTempi.objects.get(comune__nome="Abbiategrasso")
    assert (abbiategrasso.adottato, abbiategrasso.anno, abbiategrasso.vigente) == (
        True, 2010, False,
    )  # fmt: skip
    assert not PianoDeiTempi.objects.get(comune__nome="Pero").adottato


def test_i_progetti_della_legge_28(del_2020: EdizioneConciliazione) -> None:
    assert list(ProgettoTempi.objects.values_list("comune__nome", flat=True)) == [
        "Bresso", "Cinisello Balsamo", "Cormano", "Gorgonzola", "Legnano", "Rho",
    ]  # fmt: skip
    pedibus = InterventoTempi.objects.get(ordine=6)
    assert [str(uno) for uno in pedibus.comuni.all()] == [
        "Bresso", "Cormano", "Gorgonzola", "Legnano",
    ]  # fmt: skip


def test_il_nostro_modulo_chiede_ogni_campo_di_quello_stampato() -> None:
    stampato = tomllib.loads((DEL_2017 / "adesione.toml").read_text(encoding="utf-8"))
    nostri = ModuloForm.base_fields
    for campo in stampato["campi"]:
        nome = DI_ALLEGATO_1[campo["codice"]]
        if campo["codice"] == "firma":
            assert nome == ""
        elif nome != "partita_iva":  # who has none is not kept out: companies must say it
            assert nostri[nome].required is campo["obbligatorio"], nome
    ordine = [uno for campo in stampato["campi"] if (uno := DI_ALLEGATO_1[campo["codice"]])]
    assert [nome for nome in nostri if nome in ordine] == ordine
    dichiarate = {"interesse": "interesse", "regolamento": "regolamento_visto"}
    for una in stampato["dichiarazioni"]:
        assert nostri[dichiarate[una["codice"]]].required
