# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is missing in a POLA beside what every plan is asked: its parts, its programme."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from lavoro_agile.models import Pola
from lavoro_agile.pola.parti import parti_di
from piani.models import Piano
from piani.verifiche import Mancanza


def del_piano(piano: Piano) -> Iterator[Mancanza]:
    """A part of the guideline that is not there, a programme with no indicators or no phases: to be
    seen, since the guideline lets a body begin with less.
    """
    if piano.tipo != Piano.Tipo.POLA:
        return
    in_bozza = piano.stato == Piano.Stato.BOZZA
    sezioni = reverse("sezioni", args=[piano.slug])
    for parte in parti_di(piano):
        if not parte.sezioni:
            yield Mancanza(
                _("Manca la parte %(n)s della linea guida: «%(nome)s».")
                % {"n": parte.numero, "nome": parte.nome},
                url=sezioni,
                rimedio=sezioni if in_bozza else "",
                gruppo=_("Parti del POLA"),
            )
    yield from _programma(piano, in_bozza)


def _programma(piano: Piano, in_bozza: bool) -> Iterator[Mancanza]:
    gruppo = _("Programma di sviluppo del POLA")
    pola = Pola.objects.filter(piano=piano).first()
    if pola is None:
        casa = reverse("lavoro_agile_pola", args=[piano.azienda.codice])
        yield Mancanza(
            _("Il programma di sviluppo non è stato aperto."),
            url=casa, rimedio=casa if in_bozza else "", gruppo=gruppo,
        )  # fmt: skip
        return
    pagina = reverse("pola_piano", args=[piano.slug])
    if not pola.fasi.exists():
        fasi = reverse("pola_fasi", args=[piano.slug])
        yield Mancanza(
            _("Il POLA non ha fasi di sviluppo."),
            url=pagina, rimedio=fasi if in_bozza else "", gruppo=gruppo,
        )  # fmt: skip
    if not pola.indicatori.exists():
        scelta = reverse("pola_linee_guida", args=[piano.slug])
        yield Mancanza(
            _("Il programma di sviluppo non ha indicatori."),
            url=pagina, rimedio=scelta if in_bozza else "", gruppo=gruppo,
        )  # fmt: skip
