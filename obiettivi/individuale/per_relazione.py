# SPDX-License-Identifier: AGPL-3.0-or-later
"""The individual evaluation of a year as the Relazione tells it: by category and by class.

Not by unit nor by evaluator: those are for who governs the evaluation.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from obiettivi.calcolo.arrotondamento import Modo, arrotonda
from obiettivi.individuale.aggregati import Aggregati, aggregati
from obiettivi.models import EdizioneIndividuale
from obiettivi.relazione.individuale import Aggregato, Casella
from piani.models import Azienda


def tavole(azienda: Azienda, anno: int) -> list[Aggregato]:
    """The tables of the year once every sheet is closed; none before, or without rules."""
    edizione = EdizioneIndividuale.objects.filter(azienda=azienda, anno=anno).first()
    if edizione is None:
        return []
    dati = aggregati(edizione, provvisori=False, con_valutatori=False)
    if dati.aperte or dati.totale.taciuto:
        return []
    return [_per_categoria(dati), *_per_classe(dati)]


def _per_categoria(dati: Aggregati) -> Aggregato:
    righe = tuple(
        (uno.nome, (_casella(uno.quanti, uno.quanti), _casella(uno.media, uno.quanti)))
        for uno in dati.categorie
    )
    return Aggregato(
        titolo=_("Valutazioni per categoria"),
        intestazione=_("Categoria"),
        colonne=(_("Persone"), _("Punteggio medio")),
        righe=righe,
    )


def _per_classe(dati: Aggregati) -> list[Aggregato]:
    if not dati.classi:
        return []
    righe = tuple(
        (una.nome, (_casella(una.quanti, una.quanti), _casella(una.quota, una.quanti)))
        for una in dati.classi
    )
    return [
        Aggregato(
            titolo=_("Valutazioni per classe di punteggio"),
            intestazione=_("Classe"),
            colonne=(_("Persone"), _("Quota %")),
            righe=righe,
        )
    ]


def _casella(valore: Decimal | int | None, quanti: int | None) -> Casella:
    """A figure as it may be told; what is already silent counts as one person, and stays so."""
    if quanti is None:
        return Casella(None, 1)
    intero = valore is None or isinstance(valore, int)
    return Casella(valore if intero else arrotonda(valore, Modo.META_SU, 2), quanti)
