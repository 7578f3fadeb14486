# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the objectives' floor puts in the calendar: the windows of the cycle, and who has longer."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from obiettivi.models import Finestra, Proroga
from piani.models import Utente
from piani.scadenze import Scadenza


def finestre(utente: Utente) -> Iterator[Scadenza]:
    """The windows of the person's aziende; the late exceptions of the units, after them."""
    visibili = Finestra.objects.visibili_a(utente).select_related("azienda")
    for una in visibili:
        yield Scadenza(una.scade, str(una), reverse("schede"), di=str(una.azienda), dal=una.apre)
    proroghe = Proroga.objects.filter(finestra__in=visibili)
    for proroga in proroghe.select_related("finestra__azienda", "unita"):
        yield Scadenza(
            proroga.fino_al,
            _("%(finestra)s, proroga: %(unita)s")
            % {"finestra": proroga.finestra, "unita": proroga.unita},
            reverse("schede"),
            di=str(proroga.finestra.azienda),
        )
