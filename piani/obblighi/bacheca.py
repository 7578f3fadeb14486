# SPDX-License-Identifier: AGPL-3.0-or-later
"""The obligations of publication among the things to do, and in the calendar."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.bacheca import Cosa
from piani.models import Azienda, Incarico, Ruolo, Utente
from piani.obblighi.moduli import SENZA_OBBLIGHI
from piani.obblighi.stato import Stato, Voce, quadro
from piani.scadenze import Scadenza

VEDONO_TUTTO = (Ruolo.PUBBLICATORE,)
LONTANI = 365
"""Days after which what is late stays in the register only: it is not news."""


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """What is due or late, for who publishes and for who sees to it."""
    for voce in _mie(utente):
        if voce.stato not in (Stato.IN_RITARDO, Stato.IN_SCADENZA) or voce.prossima is None:
            continue
        if (voce.oggi - voce.prossima).days > LONTANI:
            continue
        yield Cosa(
            titolo=_("Da pubblicare: %(obbligo)s") % {"obbligo": voce.obbligo},
            testo=f"{voce.azienda}. {voce.obbligo.norma_termine}",
            url=_pagina(voce),
            scadenza=voce.prossima,
            urgente=voce.stato == Stato.IN_RITARDO,
        )


def scadenze(utente: Utente) -> Iterator[Scadenza]:
    """The next term of each obligation, for who publishes and for who sees to it."""
    for voce in _mie(utente):
        if voce.stato == Stato.A_POSTO and voce.prossima is not None:
            yield Scadenza(
                voce.prossima,
                _("Da pubblicare: %(obbligo)s") % {"obbligo": voce.obbligo},
                _pagina(voce),
                di=str(voce.azienda),
            )


def _mie(utente: Utente) -> Iterator[Voce]:
    """The obligations of the aziende that have published something: in the others nobody keeps
    the register yet.
    """
    incarichi = [uno for uno in utente.incarichi_di_oggi if uno.ruolo not in SENZA_OBBLIGHI]
    if not incarichi:
        return
    dove = {uno.azienda_id for uno in incarichi}
    aziende = list(Azienda.objects.con_documenti().filter(pk__in=dove))
    if not aziende:
        return
    for voci in quadro(aziende, timezone.localdate()).values():
        yield from (voce for voce in voci if any(_tocca(voce, uno) for uno in incarichi))


def _tocca(voce: Voce, incarico: Incarico) -> bool:
    """Whether who holds the incarico publishes, or sees to the obligation: in the unit, if the
    azienda says one.
    """
    if incarico.azienda_id != voce.azienda.pk:
        return False
    unita = voce.cura.unita_id if voce.cura else None
    sua = incarico.ruolo == voce.ruolo and unita in (None, incarico.unita_id)
    return sua or incarico.ruolo in VEDONO_TUTTO


def _pagina(voce: Voce) -> str:
    return reverse("obbligo", args=[voce.azienda.codice, voce.obbligo.codice])
