# SPDX-License-Identifier: AGPL-3.0-or-later
"""By when the Relazione of a year is due: what the azienda decided, otherwise what the law says."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from obiettivi.models import Finestra, TermineRelazione
from piani.models import Azienda


@dataclass(frozen=True)
class Scadenza:
    """The last day, and where it comes from."""

    giorno: date
    norma: str

    def superata(self, giorno: date) -> bool:
        return giorno > self.giorno


def scadenza_di(azienda: Azienda, anno: int) -> Scadenza | None:
    """The window of the azienda if it set one; the term of the law; None for older years."""
    finestra = Finestra.objects.filter(
        azienda=azienda, anno=anno, tipo=Finestra.Tipo.RELAZIONE
    ).first()
    return scelta(finestra, TermineRelazione.objects.all().per(anno), anno)


def scelta(
    finestra: Finestra | None, termine: TermineRelazione | None, anno: int
) -> Scadenza | None:
    """Between a window and a term, both already read."""
    if finestra is not None:
        return Scadenza(finestra.scade, _("finestra fissata dal controllo di gestione"))
    return Scadenza(termine.di(anno), termine.norma) if termine else None
