# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may, on the objectives' floor."""

import rules

from piani.models import Ruolo
from piani.rules import con_ruolo

# The controllo di gestione computes attainment and settles how a printed target is read.
governa_la_misurazione = con_ruolo(Ruolo.CONTROLLO_GESTIONE)

rules.add_perm("obiettivi.calcola", governa_la_misurazione)
rules.add_perm("obiettivi.conferma_lettura", governa_la_misurazione)
