# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pieces of a step of a plan: its row locked, its checks asked, its state compared and set."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.righe import con_riga_bloccata, in_parole
from piani.models import Evento, Parere, Piano, Utente
from piani.passaggi import Passaggio, oltre
from piani.verifiche import cancello

DEI_PASSAGGI = (
    "piano.inviato", "piano.validato", "piano.respinto", "piano.in_bozza", "piano.adottato",
    "piano.pubblicato", "piano.superato",
)  # fmt: skip


def in_attesa_di(piano: Piano, passaggio: Passaggio) -> Piano:
    """The plan, locked, in the state from which the step is taken."""
    bloccato = con_riga_bloccata(piano)
    if bloccato.stato != passaggio.da:
        raise ValidationError(perche_no(bloccato, passaggio))
    return bloccato


def perche_no(piano: Piano, passaggio: Passaggio) -> str:
    """Who took the step already, or which comes first."""
    if not oltre(piano, passaggio.a):
        return _("Il piano è «%(stato)s»: prima deve essere «%(prima)s».") % {
            "stato": piano.get_stato_display(),
            "prima": passaggio.da.label,
        }
    ultimo = Evento.objects.che_riguardano(piano).filter(tipo__in=DEI_PASSAGGI).first()
    if ultimo is None:
        return _("Il piano è già «%(stato)s».") % {"stato": piano.get_stato_display()}
    return _("Il piano è già «%(stato)s»: lo ha fatto %(chi)s il %(quando)s.") % {
        "stato": piano.get_stato_display(),
        "chi": ultimo.da or _("il sistema"),
        "quando": timezone.localtime(ultimo.quando).strftime("%d/%m/%Y alle %H:%M"),
    }


def controlla(piano: Piano, passaggio: Passaggio, viste: str, da: Utente | None) -> None:
    """Stop at what stops the step, and at warnings that a person has not seen as they are now."""
    trovato = cancello(piano, passaggio.passo)
    if trovato.bloccano:
        raise ValidationError(
            [_("Non ancora: prima va rimediato a quanto segue.")]
            + [una.testo for una in trovato.bloccano]
        )
    esigi_viste(trovato.impronta, viste, da)


def esigi_viste(impronta: str, viste: str, da: Utente | None) -> None:
    """Stop unless the person has seen these very warnings; the system sees none.

    :raises ValidationError: they were not seen, or changed since.
    """
    if da is None or viste == impronta:
        return
    if viste:
        raise ValidationError(
            _("Le avvertenze sono cambiate da quando le hai viste: riguardale e conferma di nuovo.")
        )
    raise ValidationError(
        _("Ci sono avvertenze: guardale, e conferma di averle viste per andare avanti.")
    )


def passa(
    piano: Piano,
    passaggio: Passaggio,
    *,
    da: Utente | None,
    descrizione: str,
    dati: dict[str, Any] | None = None,
    **campi: Any,
) -> None:
    """Set the next state, by compare-and-set, and record it."""
    ancora = Piano.objects.filter(pk=piano.pk, stato=passaggio.da)
    if not ancora.update(stato=passaggio.a, **campi):
        piano.refresh_from_db()
        raise ValidationError(perche_no(piano, passaggio))
    registra(
        passaggio.evento,
        piano,
        azienda=piano.azienda,
        da=da,
        descrizione=descrizione % {"piano": piano},
        dati=dati,
    )


def detto(parere: Parere) -> str:
    """An opinion in a line, as the register keeps it."""
    return f"{parere}, {in_parole(parere.data)} {parere.testo}".strip()


def non_futura(campo: str, giorno: date) -> None:
    """Stop at a day that has not come yet."""
    if giorno > timezone.localdate():
        raise ValidationError({campo: _("La data è nel futuro.")})


def controlla_data(piano: Piano, giorno: date) -> None:
    """Stop at an act of tomorrow, or older than the validation it follows."""
    non_futura("atto_data", giorno)
    if piano.nucleo_data and giorno < piano.nucleo_data:
        raise ValidationError(
            {"atto_data": _("L'atto viene prima della validazione del Nucleo, del %(giorno)s.")
             % {"giorno": in_parole(piano.nucleo_data)}}
        )  # fmt: skip
