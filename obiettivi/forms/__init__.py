# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the objectives' floor: they check shape, the action decides."""

from obiettivi.forms.calcolo import CalcolaForm, IpotesiForm
from obiettivi.forms.edizione import NuovaEdizioneForm, SimulatoreForm
from obiettivi.forms.osservazione import OsservaForm, RispondiForm
from obiettivi.forms.periodo import PeriodoForm
from obiettivi.forms.rilevazione import NumeroItaliano, RilevaForm

__all__ = [
    "CalcolaForm",
    "IpotesiForm",
    "NumeroItaliano",
    "NuovaEdizioneForm",
    "OsservaForm",
    "PeriodoForm",
    "RilevaForm",
    "RispondiForm",
    "SimulatoreForm",
]
