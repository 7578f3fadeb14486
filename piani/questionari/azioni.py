# SPDX-License-Identifier: AGPL-3.0-or-later
"""The life of a questionnaire: made, opened, handed out, closed. Answering is in ``risposte``."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.models import Azienda, InvitoQuestionario, Questionario, Utente
from piani.models.questionario import impronta_gettone, nuovo_gettone
from piani.questionari.domande import PERMESSO, in_bozza, metti_domande
from piani.rules import esigi

Stato = Questionario.Stato
PER_VOLTA = 1000
"""Links made at a time: they are shown once, on a page or in a file."""


def crea_questionario(
    azienda: Azienda,
    *,
    titolo: str,
    presentazione: str = "",
    domande: Sequence[Mapping[str, Any]] = (),
    da: Utente | None,
) -> Questionario:
    """A draft, with the questions that a template proposes.

    :raises PermissionDenied: the author prepares no questionnaires in that azienda.
    :raises ValidationError: by field.
    """
    esigi(da, PERMESSO, azienda)
    questionario = Questionario(
        azienda=azienda,
        titolo=titolo,
        presentazione=presentazione,
        soglia=settings.CELLA_MINIMA,
    )
    questionario.full_clean()
    with transaction.atomic():
        questionario.save()
        metti_domande(questionario, domande)
        _registra("creato", questionario, _("Preparato il questionario «%(nome)s»"), da)
    return questionario


def modifica_questionario(
    questionario: Questionario, *, valori: Mapping[str, Any], da: Utente | None
) -> None:
    """Rewrite the title, the words before the questions and the threshold of a draft.

    :raises PermissionDenied: the author prepares no questionnaires in that azienda.
    :raises ValidationError: by field; it is no draft; the threshold is under that of the house.
    """
    esigi(da, PERMESSO, questionario)
    with transaction.atomic():
        bozza = in_bozza(questionario)
        for campo, valore in valori.items():
            setattr(bozza, campo, valore)
        if bozza.soglia < settings.CELLA_MINIMA:
            raise ValidationError(
                {"soglia": _("Non meno di %(n)d: è la soglia di tutto il programma.")
                 % {"n": settings.CELLA_MINIMA}}
            )  # fmt: skip
        bozza.full_clean()
        bozza.save(update_fields=list(valori))
        _registra("modificato", bozza, _("Modificato il questionario «%(nome)s»"), da)


def apri(questionario: Questionario, *, apre: date, chiude: date, da: Utente | None) -> None:
    """From here the questions stay as they are, and links can be handed out.

    :raises PermissionDenied: the author prepares no questionnaires in that azienda.
    :raises ValidationError: it has no questions, is over before it begins, or was opened already.
    """
    esigi(da, PERMESSO, questionario)
    if chiude < apre:
        raise ValidationError({"chiude": _("Il questionario si chiude prima di aprirsi.")})
    if chiude < timezone.localdate():
        raise ValidationError({"chiude": _("Questo giorno è già passato.")})
    with transaction.atomic():
        bozza = in_bozza(questionario)
        if not bozza.domande.exists():
            raise ValidationError(_("Il questionario non ha domande: scrivine almeno una."))
        mio = Questionario.objects.filter(pk=bozza.pk, stato=Stato.BOZZA)
        if not mio.update(stato=Stato.APERTO, apre=apre, chiude=chiude):
            raise ValidationError(_("Il questionario è già stato aperto."))
        _registra("aperto", bozza, _("Aperto il questionario «%(nome)s»"), da)


def chiudi(questionario: Questionario, *, da: Utente | None) -> None:
    """End it: nobody answers any more, the links are deleted. Of them only how many they were,
    by group, stays in the register: the response rate is made of it.

    :raises PermissionDenied: the author prepares no questionnaires in that azienda.
    :raises ValidationError: it is not open.
    """
    esigi(da, PERMESSO, questionario)
    with transaction.atomic():
        mio = Questionario.objects.filter(pk=questionario.pk, stato=Stato.APERTO)
        if not mio.update(stato=Stato.CHIUSO):
            raise ValidationError(_("Si chiude un questionario aperto: questo non lo è."))
        questionario.refresh_from_db()
        inviti = Counter(questionario.inviti.values_list("gruppo", flat=True))
        questionario.inviti.all().delete()
        _registra(
            "chiuso", questionario, _("Chiuso il questionario «%(nome)s»"), da,
            {"inviti": dict(inviti)},
        )  # fmt: skip


def chiudi_scaduti() -> int:
    """Close the questionnaires whose last day has passed; how many."""
    scaduti = Questionario.objects.filter(stato=Stato.APERTO, chiude__lt=timezone.localdate())
    for questionario in scaduti:
        chiudi(questionario, da=None)
    return len(scaduti)


def prepara_collegamenti(
    questionario: Questionario, *, quanti: int, gruppo: str = "", da: Utente | None
) -> list[str]:
    """Make links to hand out, each good for one answer. They are returned here and nowhere kept.

    :param gruppo: what the response rate is told by (a partner, a kind of service): no person.
    :raises PermissionDenied: the author prepares no questionnaires in that azienda.
    :raises ValidationError: it is not open, or they are too many or none.
    """
    esigi(da, PERMESSO, questionario)
    if not 1 <= quanti <= PER_VOLTA:
        raise ValidationError({"quanti": _("Da 1 a %(n)d per volta.") % {"n": PER_VOLTA}})
    gettoni = [nuovo_gettone() for _uno in range(quanti)]
    with transaction.atomic():
        aperto = _aperto(questionario)
        _crea_inviti(aperto, [impronta_gettone(uno) for uno in gettoni], gruppo)
        _registra(
            "invitato", aperto,
            _("Preparati %(n)d collegamenti per «%(nome)s»") % {"n": quanti, "nome": aperto}, da,
        )  # fmt: skip
    return [indirizzo_di(uno) for uno in gettoni]


def invita_per_posta(
    questionario: Questionario, *, indirizzi: Iterable[str], gruppo: str = "", da: Utente | None
) -> int:
    """Send each address a link of its own. The addresses are kept nowhere: no row says who was
    invited, or whose link was used; the link is made by the job that sends it. How many.

    :raises PermissionDenied: the author prepares no questionnaires in that azienda.
    :raises ValidationError: by field, an address is not one; the questionnaire is not open.
    """
    from piani.tasks import spedisci_questionario

    esigi(da, PERMESSO, questionario)
    puliti = list(dict.fromkeys(uno.strip().lower() for uno in indirizzi if uno.strip()))
    _controlla_indirizzi(puliti)
    attese = [impronta_gettone(nuovo_gettone()) for _uno in puliti]
    with transaction.atomic():
        aperto = _aperto(questionario)
        _crea_inviti(aperto, attese, gruppo)
        _registra(
            "invitato", aperto,
            _("Invitate per posta %(n)d persone a «%(nome)s»") % {"n": len(puliti), "nome": aperto},
            da,
        )  # fmt: skip
        for attesa, indirizzo in zip(attese, puliti, strict=True):
            transaction.on_commit(
                lambda a=attesa, i=indirizzo: spedisci_questionario.delay(a, i),  # type: ignore[misc]
                robust=True,
            )
    return len(puliti)


def indirizzo_di(gettone: str) -> str:
    """The public link of a token."""
    return settings.INDIRIZZO_SITO + reverse("questionario_rispondi", args=[gettone])


def _controlla_indirizzi(indirizzi: Sequence[str]) -> None:
    if not indirizzi:
        raise ValidationError({"indirizzi": _("Scrivi almeno un indirizzo, uno per riga.")})
    if len(indirizzi) > PER_VOLTA:
        raise ValidationError({"indirizzi": _("Al più %(n)d per volta.") % {"n": PER_VOLTA}})
    for uno in indirizzi:
        try:
            validate_email(uno)
        except ValidationError as errore:
            raise ValidationError(
                {"indirizzi": _("«%(uno)s» non è un indirizzo di posta.") % {"uno": uno}}
            ) from errore


def _crea_inviti(questionario: Questionario, impronte: Sequence[str], gruppo: str) -> None:
    InvitoQuestionario.objects.bulk_create(
        InvitoQuestionario(questionario=questionario, impronta=una, gruppo=gruppo.strip())
        for una in impronte
    )


def _aperto(questionario: Questionario) -> Questionario:
    adesso = Questionario.objects.select_for_update().get(pk=questionario.pk)
    if adesso.stato != Stato.APERTO:
        raise ValidationError(_("I collegamenti si danno quando il questionario è aperto."))
    return adesso


def _registra(
    che_cosa: str,
    questionario: Questionario,
    descrizione: str,
    da: Utente | None,
    dati: dict[str, Any] | None = None,
) -> None:
    registra(
        f"questionario.{che_cosa}",
        questionario,
        azienda=questionario.azienda,
        da=da,
        descrizione=descrizione % {"nome": questionario} if "%(" in descrizione else descrizione,
        dati=dati,
    )
