# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tags that only pages need."""

from collections.abc import Iterable
from typing import Any

import simplejson
from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def con_parametri(context: Context, **nuovi: Any) -> str:
    """The query string of this page with some parameters changed; ``None`` removes one."""
    parametri = context["request"].GET.copy()
    for nome, valore in nuovi.items():
        if valore is None:
            parametri.pop(nome, None)
        else:
            parametri[nome] = valore
    return f"?{parametri.urlencode()}"


@register.filter
def ultimi(punteggi: Iterable[Any]) -> dict[str, Any]:
    """Of scores that come newest year first, the latest of each prospettiva."""
    primi: dict[str, Any] = {}
    for riga in punteggi:
        primi.setdefault(riga.prospettiva, riga)
    return primi


@register.inclusion_tag("_intestazione.html", takes_context=True)
def ordinabile(context: Context, campo: str, etichetta: str) -> dict[str, Any]:
    """A column heading that sorts the list, and says how it is sorted now."""
    adesso = context["request"].GET.get("ordina", "")
    crescente, decrescente = adesso == campo, adesso == f"-{campo}"
    return {
        "etichetta": etichetta,
        "ordine": "ascending" if crescente else "descending" if decrescente else "",
        "indirizzo": con_parametri(
            context, ordina=f"-{campo}" if crescente else campo, pagina=None
        ),
    }


@register.filter
def voce(dizionario: dict[str, Any], chiave: str) -> Any:
    """What a dictionary holds at a key that the template has in a variable; "" if nothing."""
    return dizionario.get(chiave, "")


@register.simple_tag
def dati_strutturati(dati: dict[str, Any]) -> SafeString:
    """Data for search engines inside the page: no browser runs them, and no policy stops them."""
    testo = simplejson.dumps(dati, ensure_ascii=False, for_json=False)
    for segno in "<>&":
        testo = testo.replace(segno, f"\\u{ord(segno):04X}")
    return mark_safe(f'<script type="application/ld+json">{testo}</script>')  # noqa: S308 -- escaped
