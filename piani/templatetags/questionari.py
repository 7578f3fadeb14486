# SPDX-License-Identifier: AGPL-3.0-or-later
"""Charts of the answers to a questionnaire; the table beside says the same figures."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from piani.questionari.confronto import Coppia
from piani.questionari.risultati import DiDomanda, Risultati
from piani.stampa import grafici
from piani.stampa.formati import numero_italiano

register = template.Library()


def _dato(valore: Decimal | None) -> grafici.Dato:
    testo = _("non mostrata") if valore is None else numero_italiano(valore, 2)
    return grafici.Dato(valore, testo)


@register.simple_tag
def grafico_dimensioni(risultati: Risultati) -> SafeString:
    """The means by dimension, as bars."""
    voci = [(una.nome, _dato(una.media)) for una in risultati.dimensioni]
    chiave = f"dimensioni-{risultati.questionario.pk}"
    return grafici.barre(chiave, _("Media di ogni dimensione"), voci)


@register.simple_tag
def grafico_domanda(letta: DiDomanda) -> SafeString:
    """How many gave each answer, as bars; those that stay silent have none."""
    voci = [
        (
            grado.nome,
            grafici.Dato(None, _("non mostrato"))
            if grado.quanti is None
            else grafici.Dato(Decimal(grado.quanti)),
        )
        for grado in letta.gradi
    ]
    return grafici.barre(f"domanda-{letta.domanda.pk}", letta.domanda.testo, voci)


@register.simple_tag
def grafico_confronto(chiave: str, coppie: Sequence[Coppia]) -> SafeString:
    """Before and after, dimension by dimension."""
    return grafici.barre_a_gruppi(
        chiave,
        _("Media di ogni dimensione, prima e dopo"),
        [una.nome for una in coppie],
        [
            grafici.Serie(_("Prima"), tuple(_dato(una.prima) for una in coppie)),
            grafici.Serie(_("Dopo"), tuple(_dato(una.dopo) for una in coppie)),
        ],
    )
