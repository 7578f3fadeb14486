# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes and Italian forms for the templates of the printed document and of the pages."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString

from piani.stampa import formati, grafici, linee, tabelle

register = template.Library()

STATI = {"non_calcolabile": "non calcolabile", "escluso": "escluso", "calcolato": "calcolato"}
LICENZE = {"CC-BY-4.0": "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)"}


@register.filter
def numero(valore: Decimal | int | None, decimali: int | None = None) -> str:
    """``1205.3`` → ``1.205,3``; with an argument, that many decimals."""
    return formati.numero_italiano(valore, decimali)


@register.filter
def percento(valore: Decimal | None) -> str:
    """A percentage without decimals: ``87.5`` → ``88 %``."""
    return formati.percento(valore)


@register.filter
def data_in_parole(valore: str | date | None) -> str:
    """``2022-03-31`` → ``31 marzo 2022``."""
    return formati.data_italiana(valore)


@register.filter
def risultato(valore: dict[str, Any]) -> str:
    """The text of a result of the photograph."""
    return tabelle.testo_risultato(valore)


@register.filter
def cifra(valore: Any) -> str:
    """A figure the Italian way; text that is already written stays as it is."""
    return (
        formati.numero_italiano(valore) if isinstance(valore, Decimal | int) else str(valore or "")
    )


@register.filter
def stato(valore: str) -> str:
    """The state of a score, in words."""
    return STATI.get(valore, valore)


@register.filter
def licenza(sigla: str) -> str:
    """The name of a licence from its SPDX code."""
    return LICENZE.get(sigla, sigla)


@register.filter
def identifica(posto: int, riga: int) -> str:
    """The key of a score bar: row and perspective."""
    return f"barra-{riga}-{posto}"


@register.filter
def dimostrativo(raggiungimento: dict[str, Any] | None) -> bool:
    """True when some score inside comes from demonstration data."""
    return any(r["dimostrativo"] for r in (raggiungimento or {}).values() if r)


@register.simple_tag
def barra_punteggio(chiave: str, punteggio: Decimal | None, mostrato: str = "") -> SafeString:
    """A short bar from 0 to 100."""
    return grafici.barra_punteggio(chiave, punteggio, mostrato)


@register.simple_tag
def barre(chiave: str, titolo: str, voci: Sequence[tuple[str, grafici.Dato]]) -> SafeString:
    """Horizontal bars."""
    return grafici.barre(chiave, titolo, voci)


@register.simple_tag
def barre_impilate(
    chiave: str, titolo: str, categorie: Sequence[str], serie: Sequence[grafici.Serie]
) -> SafeString:
    """Stacked horizontal bars."""
    return grafici.barre_impilate(chiave, titolo, categorie, serie)


@register.simple_tag
def linea(
    chiave: str,
    titolo: str,
    ascisse: Sequence[str],
    serie: Sequence[grafici.Serie],
    obiettivo: grafici.Dato | None = None,
) -> SafeString:
    """Lines over time, with an optional target."""
    return linee.linea(chiave, titolo, ascisse, serie, obiettivo=obiettivo)


@register.simple_tag
def bersaglio(chiave: str, titolo: str, fasce: Sequence[tuple[str, int]]) -> SafeString:
    """The five bands."""
    return linee.bersaglio(chiave, titolo, fasce)
