# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures of people as the pages write them: silent ones say so."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lavoro_agile.cifre.autorizzati import minimo
from piani.stampa.formati import numero_italiano

register = template.Library()


@register.filter
def quota(valore: Decimal | str | None) -> str:
    """A share with two decimals: «3,01%»; a dash when there is none."""
    return "–" if valore in (None, "") else f"{numero_italiano(Decimal(valore or 0), 2)}%"


@register.filter
def cifra(valore: Decimal | int | str | None) -> str:
    """A number as Italians write it; a dash when there is none."""
    if valore is None or valore == "":
        return "–"
    return numero_italiano(Decimal(valore).normalize() + 0)


@register.filter
def persone(quante: int | None) -> str | SafeString:
    """A count of people; a silent one says that it is not shown, in words too."""
    if quante is not None:
        return numero_italiano(quante)
    detto = _("non mostrato: si potrebbe risalire a meno di %(quante)s persone") % {
        "quante": minimo()
    }
    return format_html(
        '<span aria-hidden="true">•</span><span class="visually-hidden">{}</span>', detto
    )
