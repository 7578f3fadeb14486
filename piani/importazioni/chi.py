# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who asked for a job, with the rights they asked with: their own, or those of a lent incarico."""

from piani.models import Delega, Importazione, Utente


def chi_ha_chiesto(importazione: Importazione) -> Utente | None:
    """The person, acting for whom they acted for; None if it was the system.

    Read again: rights that ended meanwhile are not there any more.
    """
    if importazione.da_id is None:
        return None
    persona = Utente.objects.get(pk=importazione.da_id)
    if importazione.per_conto_di_id is not None:
        persona.delega = (
            Delega.objects.in_vigore()
            .filter(delegato=persona, incarico__azienda=importazione.azienda_id)
            .filter(incarico__utente=importazione.per_conto_di_id)
            .select_related("incarico__utente")
            .first()
        )
    return persona
