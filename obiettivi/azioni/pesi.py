# SPDX-License-Identifier: AGPL-3.0-or-later
"""The weights of a draft, written together like a sheet."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.models import AreaStrategica, Misura, Obiettivo
from piani.azioni import registra
from piani.azioni.righe import Superata, in_bozza, in_parole
from piani.models import Piano, Utente

Nodo = AreaStrategica | Obiettivo | Misura
Chiave = tuple[str, int]
"""A row of the tree: kind (``area``, ``obiettivo``, ``misura``) and key."""


def nodi_di(piano: Piano) -> dict[Chiave, Nodo]:
    """Every row of the tree that may have a weight, in order, in three queries."""
    aree = AreaStrategica.objects.filter(piano=piano).order_by("tipo", "ordine", "pk")
    obiettivi = Obiettivo.objects.di_piano(piano).select_related("area")
    misure = Misura.objects.filter(obiettivo__area__piano=piano).select_related(
        "indicatore", "obiettivo__area"
    )
    righe: dict[Chiave, Nodo] = {("area", una.pk): una for una in aree}
    righe |= {("obiettivo", uno.pk): uno for uno in obiettivi.order_by("area", "ordine", "pk")}
    righe |= {("misura", una.pk): una for una in misure.order_by("obiettivo", "ordine", "pk")}
    return righe


def impronta_pesi(nodi: Mapping[Chiave, Nodo]) -> str:
    """The mark of the weights of a tree, to know whether somebody changed them since."""
    testo = ";".join(
        f"{tipo}{pk}={in_parole(nodo.peso)}" for (tipo, pk), nodo in sorted(nodi.items(), key=str)
    )
    return hashlib.sha256(testo.encode()).hexdigest()[:16]


def pesa(
    piano: Piano,
    pesi: Mapping[Chiave, Decimal | None],
    *,
    visto: str | None = None,
    da: Utente | None,
) -> int:
    """Write the weights of a tree together; how many changed.

    They need not make 100 yet: what does not is told, and stops the plan when it is sent.

    :param visto: the mark of the weights as they were read (:func:`impronta_pesi`).
    :raises Superata: somebody changed a weight, or the rows, in the meantime.
    :raises ValidationError: by row (``area-12``), a weight that is not one.
    """
    with in_bozza(piano, da=da) as bloccato:
        nodi = nodi_di(bloccato)
        attuale = impronta_pesi(nodi)
        if visto is not None and visto != attuale:
            raise Superata(
                _("Mentre scrivevi qualcuno ha cambiato i pesi o le righe dell'albero. I tuoi "
                  "numeri sono qui sotto: salvando di nuovo valgono questi."), attuale,
            )  # fmt: skip
        sbagliati = {
            f"{tipo}-{pk}": _("Il peso va da 0 a 100, con due decimali al massimo.")
            for (tipo, pk), peso in pesi.items()
            if peso is not None and not (0 <= peso <= 100 and peso == round(peso, 2))
        }
        if sbagliati:
            raise ValidationError(sbagliati)
        cambiati = [
            (nodi[chiave], peso)
            for chiave, peso in pesi.items()
            if chiave in nodi and nodi[chiave].peso != peso
        ]
        if cambiati:
            _registra(bloccato, cambiati, da=da)
        for nodo, peso in cambiati:
            modello: Any = type(nodo)
            modello.objects.filter(pk=nodo.pk).update(peso=peso)
    return len(cambiati)


def _registra(
    piano: Piano, cambiati: list[tuple[Nodo, Decimal | None]], *, da: Utente | None
) -> None:
    registra(
        "pesi.modificati",
        piano,
        azienda=piano.azienda,
        da=da,
        descrizione=ngettext(
            "Cambiato %(n)s peso di «%(piano)s»",
            "Cambiati %(n)s pesi di «%(piano)s»",
            len(cambiati),
        )
        % {"n": len(cambiati), "piano": piano},
        dati={
            "prima": {nome_di(nodo): in_parole(nodo.peso) for nodo, _peso in cambiati},
            "dopo": {nome_di(nodo): in_parole(peso) for nodo, peso in cambiati},
        },
        riguarda=[nodo for nodo, _peso in cambiati],
    )


def nome_di(nodo: Nodo) -> str:
    """What a row of the tree is called, unlike any other of its plan."""
    if isinstance(nodo, Misura):
        return f"{nodo.obiettivo.area.codice} {nodo.obiettivo.codice} {nodo.indicatore.codice}"
    if isinstance(nodo, Obiettivo):
        return f"{nodo.area.codice} {nodo.codice}"
    return str(nodo.codice)
