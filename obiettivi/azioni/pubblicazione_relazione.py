# SPDX-License-Identifier: AGPL-3.0-or-later
"""A validated Relazione in Amministrazione Trasparente, with the paper of its validation."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.cammino_relazione import in_attesa_di, passa
from obiettivi.models import Relazione
from obiettivi.relazione.dati import fotografa
from obiettivi.relazione.passaggi import PUBBLICAZIONE
from obiettivi.relazione.validazione import fotografa_validazione, titolo_validazione
from obiettivi.relazione.verifiche import fuori_termine
from piani import tasks
from piani.azioni.documento import congela
from piani.azioni.lavoro import manda
from piani.models import DocumentoPubblicato, Utente
from piani.rules import esigi
from piani.trasparenza import OIV


def pubblica_relazione(
    relazione: Relazione, *, motivo: str = "", motivo_ritardo: str = "", da: Utente | None
) -> DocumentoPubblicato:
    """Freeze a validated Relazione in a version of its document, with what the Nucleo said of it.

    Both are printed, and public when their files are ready.

    :param motivo: why this version takes the place of the one before, if there is one.
    :raises PermissionDenied: the person does not publish for this azienda.
    :raises ValidationError: by field; it is not validated; it is late and does not say why.
    """
    esigi(da, PUBBLICAZIONE.permesso, relazione)
    with transaction.atomic():
        bloccata = in_attesa_di(relazione, PUBBLICAZIONE)
        ultimo = bloccata.documenti.first()
        _controlla_pubblicazione(bloccata, ultimo, motivo, motivo_ritardo)
        versione = ultimo.versione + 1 if ultimo else 1
        ritardo = motivo_ritardo.strip() if fuori_termine(bloccata) else ""
        if ultimo is None:
            bloccata.motivo_ritardo = ritardo
        dati = {"versione": versione, "motivo": motivo.strip(), "motivo del ritardo": ritardo}
        passa(
            bloccata,
            PUBBLICAZIONE,
            _("Pubblicata la %(relazione)s"),
            da,
            {nome: valore for nome, valore in dati.items() if valore},
            motivo_ritardo=bloccata.motivo_ritardo,
        )
        documento = _congela_i_due(bloccata, versione, motivo.strip())
    relazione.refresh_from_db()
    return documento


def _controlla_pubblicazione(
    relazione: Relazione, ultimo: DocumentoPubblicato | None, motivo: str, motivo_ritardo: str
) -> None:
    if ultimo is not None and ultimo.stato == DocumentoPubblicato.Stato.IN_ATTESA:
        raise ValidationError(
            _("Una versione del documento è già in stampa: attendere che finisca.")
        )
    if ultimo is not None and not motivo.strip():
        raise ValidationError(
            {"motivo": _("Scrivi perché questa versione sostituisce la %(n)s.")
             % {"n": ultimo.versione}}
        )  # fmt: skip
    ritardo = "" if ultimo else fuori_termine(relazione)
    if ritardo and not motivo_ritardo.strip():
        raise ValidationError(
            {"motivo_ritardo": _("La pubblicazione è in ritardo, %(termine)s: scrivi il motivo.")
             % {"termine": ritardo}}
        )  # fmt: skip


def _congela_i_due(relazione: Relazione, versione: int, motivo: str) -> DocumentoPubblicato:
    """The Relazione and the paper of its validation, sent to print."""
    giorno = timezone.localdate()
    documento = congela(
        relazione.piano,
        fotografa(relazione, versione=versione, giorno=giorno),
        motivo=motivo,
        serie=relazione.serie,
        titolo=str(relazione),
        atto=relazione.atto,
        sezione_at="relazione-sulla-performance",
    )
    validazione = congela(
        relazione.piano,
        fotografa_validazione(relazione, versione=versione, giorno=giorno),
        motivo=motivo,
        serie=relazione.serie_validazione,
        titolo=titolo_validazione(relazione),
        sezione_at=OIV.slug,
    )
    for uno in (documento, validazione):
        manda(tasks.stampa_documento, uno.pk)
    return documento
