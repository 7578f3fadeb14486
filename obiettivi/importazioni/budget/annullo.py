# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking back what a sheet wrote in the schede, last thing first, if nobody wrote over it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from obiettivi.azioni.scheda import (
    aggiungi_alla_scheda,
    elimina_scheda,
    modifica_nella_scheda,
    togli_dalla_scheda,
)
from obiettivi.importazioni.albero.adesso import Nodo
from obiettivi.importazioni.budget.adesso import MODELLI, Schede
from obiettivi.importazioni.budget.scrittura import con_decimali
from obiettivi.models import RigaScheda
from piani.models import Utente

Fatto = dict[str, Any]


def segni_dopo(fatti: list[Fatto], nodi: dict[str, Nodo]) -> dict[str, str]:
    """The marks of the rows that a sheet left, as it left them."""
    refs = {f"{uno['tipo']}:{uno['pk']}" for uno in fatti if uno["fatto"] != "tolta"}
    return {ref: nodi[ref].segno for ref in refs if ref in nodi}


def annulla(
    schede: Schede, fatti: list[Fatto], segni: dict[str, str], *, da: Utente | None
) -> None:
    """:raises ValidationError: rows that somebody changed or added, or schede that went on."""
    _controlla(schede.nodi, fatti, segni)
    for fatto in reversed(fatti):
        if fatto["fatto"] == "tolta":
            aggiungi_alla_scheda(RigaScheda(**con_decimali(fatto["valori"])), da=da)
            continue
        parte: Any = MODELLI[fatto["tipo"]].objects.get(pk=fatto["pk"])
        if fatto["fatto"] == "cambiata":
            modifica_nella_scheda(parte, con_decimali(fatto["prima"]), da=da)
        elif fatto["tipo"] == "scheda":
            elimina_scheda(parte, da=da)
        else:
            togli_dalla_scheda(parte, da=da)


def _controlla(nodi: dict[str, Nodo], fatti: list[Fatto], segni: dict[str, str]) -> None:
    aggiunte = {f"{uno['tipo']}:{uno['pk']}" for uno in fatti if uno["fatto"] == "aggiunta"}
    ostacoli = []
    for ref, segno in segni.items():
        if ref not in nodi:
            ostacoli.append(_("Una riga scritta da questo foglio è già stata tolta."))
        elif nodi[ref].segno != segno:
            ostacoli.append(_("«%(riga)s» è cambiata dopo.") % {"riga": _nome(nodi[ref])})
    for nodo in nodi.values():
        if nodo.ref not in aggiunte and nodo.sopra is not None and nodo.sopra.ref in aggiunte:
            ostacoli.append(_("«%(riga)s» è stata aggiunta dopo.") % {"riga": _nome(nodo)})
    if ostacoli:
        raise ValidationError([_("L'importazione non si annulla più."), *ostacoli])


def _nome(nodo: Nodo) -> str:
    return str(nodo.valori.get("obiettivo") or nodo.valori.get("nome") or _("Scheda"))
