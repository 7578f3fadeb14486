# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two people on the same report at once: one does it, the other reads a clear sentence."""

import pytest

from obiettivi import azioni
from obiettivi.models import Rendicontazione, Rilevazione, SchedaBudget
from piani.models import Evento
from tests.factories import (
    AreaSchedaFactory,
    FinestraFactory,
    RendicontazioneFactory,
    RigaSchedaFactory,
    SchedaFactory,
)
from tests.test_gare import insieme

pytestmark = [pytest.mark.lunga, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bozza() -> Rendicontazione:
    scheda = SchedaFactory(stato=SchedaBudget.Stato.IN_MONITORAGGIO)
    FinestraFactory(azienda=scheda.azienda)
    return RendicontazioneFactory(riga=RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda)))


def test_due_trasmissioni(bozza: Rendicontazione) -> None:
    lette = [Rendicontazione.objects.get(pk=bozza.pk) for _n in range(2)]
    esiti = insieme(*(lambda r=r: azioni.trasmetti(r, da=None) for r in lette))
    assert esiti[0] == ""
    assert esiti[1].startswith("Questa rendicontazione è già stata trasmessa")
    assert Rilevazione.objects.count() == 1
    assert Evento.objects.filter(tipo="rendicontazione.trasmessa").count() == 1


def test_chi_trasmette_e_chi_manda_in_valutazione(bozza: Rendicontazione) -> None:
    """The scheda goes on: the report is in before, or is refused after."""

    def avanti() -> None:
        SchedaBudget.objects.filter(pk=bozza.riga.area.scheda_id).update(
            stato=SchedaBudget.Stato.IN_VALUTAZIONE
        )

    esiti = insieme(lambda: azioni.trasmetti(bozza, da=None), avanti)
    trasmessa = Rendicontazione.objects.get(pk=bozza.pk).trasmessa
    assert trasmessa == Rilevazione.objects.exists() == (esiti == ["", ""])


def test_due_prime_bozze_della_stessa_riga(bozza: Rendicontazione) -> None:
    riga = RigaSchedaFactory(area=bozza.riga.area)
    testi = ("Il capo", "Il vicario")
    esiti = insieme(
        *(
            lambda t=t: azioni.salva_rendicontazione(
                riga, frazione="T1", resoconto=azioni.Resoconto(azioni=t), da=None
            )
            for t in testi
        )
    )
    assert esiti[0] == ""
    assert "un'altra persona ha salvato questa bozza" in esiti[1]
    assert Rendicontazione.objects.filter(riga=riga).count() == 1
