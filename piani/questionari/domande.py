# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions of a questionnaire while it is a draft: written, moved, removed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.models import Domanda, Questionario, Utente
from piani.rules import esigi

PERMESSO = "piani.prepara_questionario"
Tipo = Domanda.Tipo
SPOSTATA = 10_000
"""Where a question waits while two change place: no questionnaire is so long."""


def in_bozza(questionario: Questionario) -> Questionario:
    """The questionnaire, locked, while its questions may still change.

    :raises ValidationError: it was opened, or removed meanwhile.
    """
    adesso = Questionario.objects.select_for_update().filter(pk=questionario.pk).first()
    if adesso is None:
        raise ValidationError(_("Nel frattempo il questionario è stato tolto."))
    if adesso.stato != Questionario.Stato.BOZZA:
        raise ValidationError(
            _("Il questionario è «%(stato)s»: le domande si cambiano solo in bozza.")
            % {"stato": adesso.get_stato_display()}
        )
    return adesso


def scrivi_domanda(
    questionario: Questionario,
    *,
    valori: Mapping[str, Any],
    domanda: Domanda | None = None,
    da: Utente | None,
) -> Domanda:
    """Add a question at the end, or rewrite one.

    :raises PermissionDenied: the author prepares no questionnaires in that azienda.
    :raises ValidationError: by field; the questionnaire is no draft; the scale is not that of the
        other questions of the same dimension, whose mean would mean nothing.
    """
    esigi(da, PERMESSO, questionario)
    with transaction.atomic():
        bozza = in_bozza(questionario)
        riga = domanda or Domanda(questionario=bozza, ordine=_ultimo(bozza) + 1)
        for campo, valore in valori.items():
            setattr(riga, campo, valore)
        _controlla(riga)
        riga.full_clean()
        riga.save()
        _registra(bozza, _("Scritta la domanda «%(domanda)s»") % {"domanda": riga}, da)
    return riga


def togli_domanda(domanda: Domanda, *, da: Utente | None) -> None:
    """Remove a question of a draft; those after it close up.

    :raises PermissionDenied: the author prepares no questionnaires in that azienda.
    :raises ValidationError: the questionnaire is no draft.
    """
    esigi(da, PERMESSO, domanda.questionario)
    with transaction.atomic():
        bozza = in_bozza(domanda.questionario)
        testo, ordine = str(domanda), domanda.ordine
        domanda.delete()
        for dopo in bozza.domande.filter(ordine__gt=ordine).order_by("ordine"):
            Domanda.objects.filter(pk=dopo.pk).update(ordine=F("ordine") - 1)
        _registra(bozza, _("Tolta la domanda «%(domanda)s»") % {"domanda": testo}, da)


def sposta_domanda(domanda: Domanda, *, su: bool, da: Utente | None) -> None:
    """Exchange a question with the one before, or after; nothing at the ends.

    :raises PermissionDenied: the author prepares no questionnaires in that azienda.
    :raises ValidationError: the questionnaire is no draft.
    """
    esigi(da, PERMESSO, domanda.questionario)
    with transaction.atomic():
        bozza = in_bozza(domanda.questionario)
        questa = bozza.domande.get(pk=domanda.pk)
        if su:
            vicina = bozza.domande.filter(ordine__lt=questa.ordine).order_by("-ordine").first()
        else:
            vicina = bozza.domande.filter(ordine__gt=questa.ordine).order_by("ordine").first()
        if vicina is None:
            return
        for riga, posto in (
            (questa, SPOSTATA), (vicina, questa.ordine), (questa, vicina.ordine),
        ):  # fmt: skip
            Domanda.objects.filter(pk=riga.pk).update(ordine=posto)
        _registra(bozza, _("Spostata la domanda «%(domanda)s»") % {"domanda": questa}, da)


def metti_domande(questionario: Questionario, domande: Sequence[Mapping[str, Any]]) -> None:
    """The questions that a template proposes, in their order; inside the caller's transaction."""
    for ordine, valori in enumerate(domande, start=1):
        riga = Domanda(questionario=questionario, ordine=ordine, **valori)
        riga.full_clean()
        riga.save()


def _ultimo(questionario: Questionario) -> int:
    return questionario.domande.aggregate(n=Max("ordine"))["n"] or 0


def _controlla(riga: Domanda) -> None:
    if riga.tipo == Tipo.SCELTA and len(riga.scelte) < 2:
        raise ValidationError({"scelte": _("Scrivi almeno due scelte, una per riga.")})
    if riga.tipo != Tipo.SCELTA:
        riga.scelte = []
    if riga.tipo != Tipo.SCALA:
        return
    if riga.massimo - riga.minimo > 10:
        raise ValidationError({"massimo": _("La scala ha troppi gradi: al più undici.")})
    sorelle = riga.questionario.domande.filter(tipo=Tipo.SCALA, dimensione=riga.dimensione)
    altra = sorelle.exclude(pk=riga.pk).exclude(minimo=riga.minimo, massimo=riga.massimo).first()
    if riga.dimensione and altra:
        raise ValidationError(
            {"massimo": _("Le altre domande di «%(dimensione)s» vanno da %(da)d a %(a)d: per "
                          "farne la media serve la stessa scala.")
             % {"dimensione": riga.dimensione, "da": altra.minimo, "a": altra.massimo}}
        )  # fmt: skip


def _registra(questionario: Questionario, descrizione: str, da: Utente | None) -> None:
    registra(
        "questionario.domande",
        questionario,
        azienda=questionario.azienda,
        da=da,
        descrizione=descrizione,
    )
