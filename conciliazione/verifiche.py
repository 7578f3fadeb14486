# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is missing in a document of the conciliation: differences that nobody explained."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from conciliazione.calcolo.parole import euro
from conciliazione.filters_riscontri import CONDIZIONI
from conciliazione.finanziario.quadro import corrente, quadro_di
from conciliazione.models import EdizioneConciliazione
from piani.models import Piano
from piani.passaggi import Passo
from piani.verifiche import Mancanza


def del_piano(piano: Piano) -> Iterator[Mancanza]:
    """The printed figures that differ with nobody's note, a financial plan that does not square:
    to be seen before the document is published.
    """
    if piano.tipo != Piano.Tipo.CONCILIAZIONE:
        return
    edizione = EdizioneConciliazione.objects.filter(Q(piano=piano) | Q(indirizzo=piano)).first()
    if edizione is None:
        return
    yield from _riscontri(edizione)
    yield from _finanziario(edizione)


def _riscontri(edizione: EdizioneConciliazione) -> Iterator[Mancanza]:
    elenco = reverse("finanze_riscontri", args=[edizione.slug])
    for uno in edizione.riscontri.filter(CONDIZIONI["da_guardare"]).order_by("ordine"):
        yield Mancanza(
            _("%(dove)s: la fonte stampa %(stampato)s, il calcolo è un altro.")
            % {"dove": uno.dove, "stampato": uno.stampato},
            url=f"{elenco}?esito=da_guardare",
            rimedio=reverse("finanze_riscontro", args=[uno.pk]),
            gruppo=_("Cifre stampate che non tornano, da prendere in carico"),
            avverte_da=Passo.ADOZIONE,
        )


def _finanziario(edizione: EdizioneConciliazione) -> Iterator[Mancanza]:
    piano = corrente(edizione.pk)
    if piano is None:
        return
    quadro = quadro_di(piano)
    if not quadro.quadra:
        url = reverse("conciliazione_finanziario", args=[edizione.slug])
        yield Mancanza(
            _("Nel piano finanziario le fonti superano gli impieghi di %(saldo)s.")
            % {"saldo": euro(quadro.saldo)},
            url=url,
            rimedio=url,
            gruppo=_("Piano finanziario"),
            avverte_da=Passo.ADOZIONE,
        )
