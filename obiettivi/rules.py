# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may, on the objectives' floor."""

import rules

from piani.models import Ruolo
from piani.rules import con_ruolo

# The controllo di gestione computes attainment, settles how a printed target is read and keeps the
# rules of the SMVP.
governa_la_misurazione = con_ruolo(Ruolo.CONTROLLO_GESTIONE)

# The results come from the controllo di gestione and from the units that certify them.
rileva_i_risultati = con_ruolo(Ruolo.CONTROLLO_GESTIONE, Ruolo.RILEVATORE)

rules.add_perm("obiettivi.rileva", rileva_i_risultati)
rules.add_perm("obiettivi.calcola", governa_la_misurazione)
rules.add_perm("obiettivi.conferma_lettura", governa_la_misurazione)
rules.add_perm("obiettivi.modifica_edizione", governa_la_misurazione)
rules.add_perm("obiettivi.modifica_indicatore", governa_la_misurazione)
