# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pieces of a step of a Relazione: its row locked, its state compared and set, the event."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.relazione import relazione_bloccata
from obiettivi.models import Relazione
from obiettivi.relazione.passaggi import ARRIVI, Passaggio
from piani.azioni.evento import registra
from piani.models import Evento, Utente
from piani.models.evento import chiave_di


def in_attesa_di(relazione: Relazione, passaggio: Passaggio) -> Relazione:
    """The Relazione, locked, in the state from which the step is taken."""
    bloccata = relazione_bloccata(relazione)
    if bloccata.stato != passaggio.da:
        raise ValidationError(dove_e(bloccata))
    return bloccata


def dove_e(relazione: Relazione) -> str:
    """In which state it is, and who brought it there."""
    ultimo = (
        Evento.objects.filter(oggetto=chiave_di(relazione), tipo__in=ARRIVI)
        .order_by("-quando", "-pk")
        .first()
    )
    if ultimo is None:
        return _("La relazione è «%(stato)s»: ricarica la pagina per vederla com'è.") % {
            "stato": relazione.get_stato_display()
        }
    return _("La relazione è «%(stato)s»: ce l'ha portata %(chi)s il %(quando)s.") % {
        "stato": relazione.get_stato_display(),
        "chi": ultimo.da or _("il sistema"),
        "quando": timezone.localtime(ultimo.quando).strftime("%d/%m/%Y alle %H:%M"),
    }


def passa(
    relazione: Relazione,
    passaggio: Passaggio,
    frase: str,
    da: Utente | None,
    dati: dict[str, Any] | None = None,
    **campi: Any,
) -> None:
    """Set the next state, by compare-and-set, and record it."""
    imposta(relazione, passaggio.a, **campi)
    annota_passo(passaggio.evento, relazione, frase, da, dati)


def imposta(relazione: Relazione, stato: Relazione.Stato, **campi: Any) -> None:
    """Set a state, if it is still the one that was read; who lost the race reads who won."""
    ancora = Relazione.objects.filter(pk=relazione.pk, stato=relazione.stato)
    if not ancora.update(stato=stato, **campi):
        relazione.refresh_from_db()
        raise ValidationError(dove_e(relazione))
    relazione.stato = stato
    for nome, valore in campi.items():
        setattr(relazione, nome, valore)


def annota_passo(
    tipo: str, relazione: Relazione, frase: str, da: Utente | None, dati: dict[str, Any] | None
) -> None:
    """Record a step of a Relazione."""
    registra(
        tipo,
        relazione,
        azienda=relazione.azienda,
        da=da,
        descrizione=frase % {"relazione": relazione},
        dati=dati,
    )
