# SPDX-License-Identifier: AGPL-3.0-or-later
"""The links that give a list as a file."""

from typing import Any

from django import template
from django.template import Context

from piani.esporta.risposta import FORMATI
from piani.templatetags.pagine import con_parametri

register = template.Library()


@register.inclusion_tag("_scarica.html", takes_context=True)
def scarica(context: Context, foglio: str = "", nome: str = "") -> dict[str, Any]:
    """«Scarica» with a link for each format, the filters and the ordering of this page.

    :param foglio: which list, on a page of many; ``nome`` says it to people.
    """
    return {
        "nome": nome,
        "formati": [
            (
                formato.etichetta,
                con_parametri(context, formato=chiave, foglio=foglio or None, pagina=None),
            )
            for chiave, formato in FORMATI.items()
        ],
    }
