# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is missing or does not add up in a plan, one item at a time, with where to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from piani.models import Piano


@dataclass(frozen=True)
class Mancanza:
    """An item to complete: a sentence, and the page where it is seen ("" if none)."""

    testo: str
    url: str = ""


def raccogli(piano: Piano) -> list[Mancanza]:
    """Everything the apps find missing in the plan."""
    return [
        mancanza
        for percorso in settings.ALBERO_VERIFICHE_PIANO
        for mancanza in import_string(percorso)(piano)
    ]


def del_piano(piano: Piano) -> Iterator[Mancanza]:
    """What the ground floor looks at: act, narrative sections, figures that do not square."""
    if piano.stato in (Piano.Stato.ADOTTATO, Piano.Stato.PUBBLICATO) and not piano.atto_tipo:
        yield Mancanza(_("Manca l'atto che adotta il piano (tipo, numero, data)."))
    if not piano.sezioni.exists():
        yield Mancanza(_("Il piano non ha nessuna sezione narrativa."))
    storte = sum(1 for quadratura in piano.quadrature.all() if not quadratura.quadra)
    if storte:
        yield Mancanza(
            _("Totali stampati che non tornano: %(n)s. Il documento mostra le differenze.")
            % {"n": storte},
            url=f"{piano.get_absolute_url()}#quadrature",
        )
