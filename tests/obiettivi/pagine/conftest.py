# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plan that the pages show."""

import pytest

from piani.models import Azienda, Piano
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    SezioneFactory,
    TargetFactory,
)


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    """Two areas; in the first a met, a missed and an unmeasured indicator."""
    piano = PianoFactory(azienda=azienda, slug="piano-uno")
    SezioneFactory(piano=piano)
    EdizioneFactory(azienda=azienda)
    prima = AreaFactory(piano=piano, codice="A1", nome="Prevenzione")
    obiettivo = ObiettivoFactory(area=prima, codice="A1.1", titolo="Invitare allo screening")
    for codice, valore in (("X-1", 97), ("X-2", 10), ("X-3", None)):
        misura = MisuraFactory(
            obiettivo=obiettivo,
            indicatore=IndicatoreFactory(azienda=azienda, codice=codice, nome=f"Inviti {codice}"),
        )
        TargetFactory(misura=misura)
        if valore is not None:
            RilevazioneFactory(indicatore=misura.indicatore, valore=valore, dimostrativa=True)
    seconda = AreaFactory(piano=piano, codice="A2", nome="Bilancio")
    altra = MisuraFactory(
        obiettivo=ObiettivoFactory(area=seconda, titolo="Pagare in tempo"),
        indicatore=IndicatoreFactory(azienda=azienda, codice="Y-1", nome="Tempo di pagamento"),
    )
    TargetFactory(misura=altra, stampato="Tendenziale recupero dei livelli pre-covid")
    return piano
