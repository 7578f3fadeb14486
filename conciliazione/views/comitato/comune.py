# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages of the Comitato share: rows that one sees, where one is, what was refused."""

from collections.abc import Callable, Container, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from conciliazione.models import EdizioneConciliazione, Seduta, Seggio
from conciliazione.models.visibilita import seggi_di
from conciliazione.views.edizioni import di_edizione

PARTE = "comitato"


def seduta_visibile(request: HttpRequest, pk: int) -> Seduta:
    """The meeting among those that the person sees, or 404."""
    visibili = Seduta.objects.visibili_a(request.user).select_related("edizione__azienda")
    return get_object_or_404(visibili, pk=pk)


def mio_seggio(request: HttpRequest, edizione_id: int) -> Seggio | None:
    """The seat of that Comitato that the person holds today."""
    miei = Seggio.objects.filter(pk__in=seggi_di(request.user), edizione=edizione_id)
    return miei.select_related("ente").first()


def contesto(edizione: EdizioneConciliazione, *dopo: tuple[str, str], **altro: Any) -> dict:
    """The context of a page of this part, with its breadcrumbs: ``dopo`` those after its home."""
    casa = reverse("conciliazione_comitato", args=[edizione.slug]) if dopo else ""
    briciole = [
        (_("Conciliazione"), reverse("conciliazione")),
        (edizione.nome, edizione.get_absolute_url()),
        (_("Comitato"), casa),
        *dopo,
    ]
    return di_edizione(edizione, PARTE, briciole=briciole, **altro)


def della_seduta(seduta: Seduta, nome: str = "", **altro: Any) -> dict:
    """The context of a page of a meeting; ``nome`` if it is not its own."""
    dopo = [(seduta.oggetto, reverse("seduta", args=[seduta.pk]) if nome else "")]
    if nome:
        dopo.append((nome, ""))
    return contesto(seduta.edizione, *dopo, seduta=seduta, **altro)


def rimasti(scritti: Mapping[str, BaseForm], mostrati: Container[str]) -> list[str]:
    """What was refused of forms that the page does not show any more: said on top of it."""
    return [
        str(errore)
        for nome, form in scritti.items()
        if nome not in mostrati
        for errori in form.errors.values()
        for errore in errori
    ]


def prova(request: HttpRequest, azione: Callable[[], object], fatto: str) -> bool:
    """Do an action that asks nothing more; what it refuses is said on the page one goes back to."""
    try:
        azione()
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return False
    messages.success(request, fatto)
    return True
