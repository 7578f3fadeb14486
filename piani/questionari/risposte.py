# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answering: one answer per link, and nothing that says whose or when it is.

No Evento is written, no author, no time: the link is spent by compare-and-set, and the answers go
in rows that know neither the link nor the day.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.models import Compilazione, Domanda, InvitoQuestionario, Questionario, Risposta
from piani.models.questionario import impronta_gettone, nuovo_gettone
from piani.questionari.azioni import indirizzo_di

log = logging.getLogger(__name__)


def invito_del(gettone: str) -> InvitoQuestionario:
    """The invitation that a link carries, if it can still be answered.

    :raises ValidationError: the link is not ours or its questionnaire is over, was used, or is
        not open yet; the sentence says which.
    """
    inviti = InvitoQuestionario.objects.select_related("questionario__azienda")
    invito = inviti.filter(impronta=impronta_gettone(gettone)).first()
    if invito is None:
        raise ValidationError(
            _("Il questionario è chiuso, o il collegamento non è intero: controlla di averlo "
              "copiato dall'inizio alla fine.")
        )  # fmt: skip
    if motivo := _perche_no(invito):
        raise ValidationError(motivo)
    return invito


def _perche_no(invito: InvitoQuestionario) -> str:
    questionario, oggi = invito.questionario, timezone.localdate()
    if invito.usato:
        return _("Con questo collegamento si è già risposto: ogni collegamento vale una volta.")
    if questionario.stato != Questionario.Stato.APERTO or oggi > questionario.chiude:
        return _("Il questionario è chiuso: grazie lo stesso.")
    if oggi < questionario.apre:
        return _("Il questionario si apre il %(giorno)s: torna allora su questa pagina.") % {
            "giorno": questionario.apre.strftime("%d/%m/%Y")
        }
    return ""


def rispondi(gettone: str, valori: Mapping[int, int | str | None]) -> None:
    """Keep the answers of who holds a link, by question; the link is spent.

    :raises ValidationError: the link does not work, or somebody answered with it meanwhile; a
        question that must be answered is not, or has an answer that it does not offer.
    """
    invito = invito_del(gettone)
    domande = list(invito.questionario.domande.all())
    compilazione = Compilazione(questionario=invito.questionario, gruppo=invito.gruppo)
    righe = []
    for domanda in domande:
        if detto := _detto(domanda, valori.get(domanda.pk)):
            righe.append(Risposta(compilazione=compilazione, domanda=domanda, **detto))
    if not righe:
        raise ValidationError(_("Rispondi almeno a una domanda."))
    with transaction.atomic():
        # Whoever closes the questionnaire waits, or has closed it already.
        aperto = Questionario.objects.aperti().select_for_update()
        if not aperto.filter(pk=invito.questionario_id).exists():
            raise ValidationError(_("Il questionario è chiuso: grazie lo stesso."))
        mio = InvitoQuestionario.objects.filter(pk=invito.pk, usato=False)
        if not mio.update(usato=True):
            invito.usato = True
            raise ValidationError(_perche_no(invito))
        compilazione.save(force_insert=True)
        Risposta.objects.bulk_create(righe)


def _detto(domanda: Domanda, valore: int | str | None) -> dict[str, Any]:
    """What a row keeps of an answer; nothing if there is none."""
    if valore in (None, ""):
        if domanda.obbligatoria:
            raise ValidationError({str(domanda.pk): _("A questa domanda serve una risposta.")})
        return {}
    if domanda.tipo == Domanda.Tipo.TESTO:
        return {"testo": str(valore).strip()}
    if valore not in dict(gradi(domanda)):
        raise ValidationError({str(domanda.pk): _("Scegli una delle risposte proposte.")})
    return {"valore": valore}


def gradi(domanda: Domanda) -> list[tuple[int, str]]:
    """The answers that a question offers, from the first to the last; none for a text."""
    if domanda.tipo == Domanda.Tipo.SCALA:
        return [(n, str(n)) for n in range(domanda.minimo, domanda.massimo + 1)]
    if domanda.tipo == Domanda.Tipo.SI_NO:
        return [(1, _("Sì")), (0, _("No"))]
    return list(enumerate(domanda.scelte))


def spedisci(attesa: str, indirizzo: str) -> bool:
    """Send one invitation; False if there was nothing to send.

    The link is made here, in the place of the one that waits: a job delivered twice sends one.
    :raises OSError: the mail server refused; the invitation waits again, as it was.
    """
    gettone = nuovo_gettone()
    mio = InvitoQuestionario.objects.filter(impronta=attesa, usato=False)
    if not mio.update(impronta=impronta_gettone(gettone)):
        return False
    invito = InvitoQuestionario.objects.select_related("questionario__azienda").get(
        impronta=impronta_gettone(gettone)
    )
    contesto = {"questionario": invito.questionario, "indirizzo": indirizzo_di(gettone)}
    messaggio = EmailMessage(
        subject=invito.questionario.titolo,
        body=render_to_string("piani/questionari/posta.txt", contesto),
        to=[indirizzo],
    )
    try:
        messaggio.send()
    except OSError:
        InvitoQuestionario.objects.filter(pk=invito.pk).update(impronta=attesa)
        raise
    return True


def scarta(attesa: str) -> None:
    """Forget an invitation that could never leave: nobody received it, it counts for no rate."""
    InvitoQuestionario.objects.filter(impronta=attesa, usato=False).delete()
