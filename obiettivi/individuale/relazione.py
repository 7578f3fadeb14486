# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Relazione says of the individual evaluation: groups by category and final classes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from obiettivi.individuale.aggregati import Aggregati, aggregati
from obiettivi.models import EdizioneIndividuale
from obiettivi.relazione.individuale import Aggregato, Casella
from piani.models import Azienda

TACIUTA = Casella(None, persone=1)
"""A cell that is not told: too few people, or it would give away another."""


def tavole(azienda: Azienda, anno: int) -> Iterator[Aggregato]:
    """The figures of a year whose sheets are all closed; none before."""
    edizione = EdizioneIndividuale.objects.filter(azienda=azienda, anno=anno).first()
    if edizione is None:
        return
    figure = aggregati(edizione, provvisori=False, con_valutatori=False)
    if figure.totale.taciuto:
        return
    yield _per_categoria(figure)
    if figure.classi:
        yield _per_classe(figure)


def _per_categoria(figure: Aggregati) -> Aggregato:
    return Aggregato(
        titolo=_("Valutazione individuale per categoria"),
        intestazione=_("Categoria"),
        colonne=(_("Persone"), _("Media")),
        righe=tuple(
            (gruppo.nome, (TACIUTA, TACIUTA))
            if gruppo.quanti is None
            else (
                gruppo.nome,
                (Casella(gruppo.quanti, gruppo.quanti), Casella(gruppo.media, gruppo.quanti)),
            )
            for gruppo in figure.categorie
        ),
    )


def _per_classe(figure: Aggregati) -> Aggregato:
    return Aggregato(
        titolo=_("Valutazione individuale per classe di merito"),
        intestazione=_("Classe"),
        colonne=(_("Persone"),),
        righe=tuple(
            (una.nome, (TACIUTA if una.quanti is None else Casella(una.quanti, una.quanti),))
            for una in figure.classi
        ),
    )
