# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is kept of rules from a block of plans to the next, and a block judged in pieces."""

import gc
import random
from weakref import ref

import pytest

from obiettivi.azioni import esecuzione
from obiettivi.azioni.esecuzione import EDIZIONI_TENUTE, regolario_di
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ORDINARIA, TUTTE
from obiettivi.calcolo.veloce import foglie
from obiettivi.models import EdizioneSMVP, Raggiungimento
from tests.obiettivi.test_blocco import del_riferimento, esiti, piano_a_caso
from tests.ricalcolo import ricalcola


def edizione(nome: str) -> EdizioneSMVP:
    return EdizioneSMVP(nome=nome, parametri=come_dati(ORDINARIA) | {"nome": nome})


@pytest.fixture(autouse=True)
def _nessuna_regola() -> None:
    esecuzione._regolari.clear()
    esecuzione._ultimi.clear()


def test_regole_uguali_sono_le_stesse() -> None:
    assert regolario_di(edizione("una")) is regolario_di(edizione("una"))
    assert regolario_di(edizione("una")) is not regolario_di(edizione("altra"))
    assert [uno.edizione.nome for uno in esecuzione._ultimi] == ["una", "altra"]


def test_le_regole_che_nessuno_usa_si_dimenticano() -> None:
    prime = [ref(regolario_di(edizione(f"prima {n}"))) for n in range(EDIZIONI_TENUTE)]
    ancora = regolario_di(edizione("prima 0"))
    for n in range(EDIZIONI_TENUTE):
        regolario_di(edizione(f"dopo {n}"))
    gc.collect()
    assert prime[0]() is ancora
    assert [una() for una in prime[1:]] == [None] * (EDIZIONI_TENUTE - 1)
    assert regolario_di(edizione("prima 0")) is ancora
    assert len(esecuzione._ultimi) == EDIZIONI_TENUTE


@pytest.mark.django_db
@pytest.mark.parametrize("nome", TUTTE)
def test_un_blocco_giudicato_a_pezzi_dà_i_punteggi_del_riferimento(
    nome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foglie, "_INSIEME", 3)
    piano = piano_a_caso(random.Random(nome), come_dati(TUTTE[nome]))  # noqa: S311 -- cases
    frazioni = ["", "T1", "S1"]
    ricalcola([piano.pk], prospettiva="consuntivo", anno=2022, frazioni=frazioni)
    for frazione in frazioni:
        salvate = Raggiungimento.objects.filter(piano=piano, frazione=frazione)
        avute = {(riga.livello, riga.oggetto): esiti(riga) for riga in salvate}
        attese = del_riferimento(piano, frazione)
        assert avute == {chiave: esiti(riga) for chiave, riga in attese.items()}
