# SPDX-License-Identifier: AGPL-3.0-or-later
"""So many rows of each kind in an azienda, for the tests that count queries."""

from obiettivi import azioni
from piani.models import Azienda
from tests.factories import (
    FinestraFactory,
    OrganigrammaFactory,
    ProvaFactory,
    RendicontazioneFactory,
    RigaSchedaFactory,
    SezioneFactory,
    UnitaFactory,
)
from tests.factories_lavoro_agile import MonitoraggioAzioneFactory
from tests.obiettivi.relazione.scena import piano_con_risultati

_anni = iter(range(2030, 2100))


def una_di_ogni(azienda: Azienda, quante: int) -> None:
    carta = azienda.organigrammi.first() or OrganigrammaFactory(azienda=azienda)
    for _volta in range(quante):
        unita = UnitaFactory(organigramma=carta, cdr=True)
        riga = RigaSchedaFactory(area__scheda__azienda=azienda, area__scheda__unita=unita)
        ProvaFactory(rendicontazione=RendicontazioneFactory(riga=riga, stato="trasmessa"))
        FinestraFactory(azienda=azienda, anno=next(_anni))
        MonitoraggioAzioneFactory(azione__area__piano__azienda=azienda)
        SezioneFactory(piano__azienda=azienda)
    if not azienda.piani.filter(relazioni__isnull=False).exists():
        azioni.comincia_relazione(piano_con_risultati(azienda), anno=2022, da=None)
