# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a plan, from draft to adopted: checked, taken once, each with its Evento.

Every step locks the plan, compares its state, asks its checks and sets the next: of two people
who take it at once one does, the other reads who did.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.passi import (
    controlla,
    controlla_data,
    detto,
    in_attesa_di,
    non_futura,
    passa,
)
from piani.azioni.righe import con_riga_bloccata, in_parole
from piani.models import Piano, Utente, ValidazioneNucleo
from piani.passaggi import ADOZIONE, INVIO, VALIDAZIONE
from piani.rules import esigi
from piani.verifiche import fuori_termine

Stato = Piano.Stato


def invia(piano: Piano, *, avvertenze_viste: str = "", da: Utente | None) -> None:
    """Send a draft to the Nucleo: from now on its content is closed.

    :param avvertenze_viste: the mark of the warnings that the person has seen (``Cancello``).
    :raises PermissionDenied: the person does not fill in the plans of this azienda.
    :raises ValidationError: it is no longer a draft, something stops it, or there are warnings
        that were not seen.
    """
    esigi(da, INVIO.permesso, piano)
    with transaction.atomic():
        bloccato = in_attesa_di(piano, INVIO)
        controlla(bloccato, INVIO, avvertenze_viste, da)
        passa(bloccato, INVIO, da=da, descrizione=_("«%(piano)s» inviato al Nucleo"))
    piano.refresh_from_db()


def riporta_in_bozza(piano: Piano, *, motivo: str, da: Utente | None) -> None:
    """Take back a plan sent or validated, to change it; its opinions fall, and stay on record.

    :raises PermissionDenied: the person does not fill in the plans of this azienda.
    :raises ValidationError: no reason, or the plan is not in one of those states.
    """
    esigi(da, "piani.modifica", piano)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché il piano torna in bozza.")})
    with transaction.atomic():
        bloccato = con_riga_bloccata(piano)
        if bloccato.stato not in (Stato.IN_VALIDAZIONE, Stato.VALIDATO):
            raise ValidationError(
                _("Il piano è «%(stato)s»: torna in bozza solo se è in validazione o validato.")
                % {"stato": bloccato.get_stato_display()}
            )
        _in_bozza(
            bloccato,
            evento="piano.in_bozza",
            da=da,
            descrizione=_("«%(piano)s» riportato in bozza"),
            dati={"motivo": motivo.strip()},
        )
    piano.refresh_from_db()


def valida(
    piano: Piano,
    *,
    esito: str,
    data: date,
    motivazione: str,
    organo: str = "",
    avvertenze_viste: str = "",
    da: Utente | None,
) -> ValidazioneNucleo:
    """Record what the Nucleo says of a plan; a refusal sends it back to draft with the remarks.

    :raises PermissionDenied: the person is not of the Nucleo, or not for these years.
    :raises ValidationError: by field, what is wrong; the plan does not await validation; there
        are warnings that were not seen (a refusal does not ask for them).
    """
    esigi(da, VALIDAZIONE.permesso, piano)
    non_futura("data", data)
    if esito not in ValidazioneNucleo.Esito.values:
        raise ValidationError({"esito": _("Esito sconosciuto.")})
    if not motivazione.strip():
        raise ValidationError({"motivazione": _("La validazione ha sempre una motivazione.")})
    with transaction.atomic():
        bloccato = in_attesa_di(piano, VALIDAZIONE)
        detta = ValidazioneNucleo(
            piano=bloccato, esito=esito, data=data, motivazione=motivazione.strip(), da=da
        )
        dati = {
            "esito": str(detta.get_esito_display()),
            "data": in_parole(data),
            "motivazione": detta.motivazione,
        }
        if detta.positiva:
            controlla(bloccato, VALIDAZIONE, avvertenze_viste, da)
        detta.save(force_insert=True)
        if detta.positiva:
            passa(
                bloccato,
                VALIDAZIONE,
                da=da,
                descrizione=_("«%(piano)s» validato dal Nucleo"),
                dati=dati,
                nucleo_organo=organo.strip() or _("Nucleo di valutazione"),
                nucleo_data=data,
                nucleo_esito=f"{detta.get_esito_display()}. {detta.motivazione}",
            )
        else:
            _in_bozza(
                bloccato,
                evento="piano.respinto",
                da=da,
                descrizione=_("«%(piano)s» non validato: torna in bozza"),
                dati=dati,
            )
    piano.refresh_from_db()
    return detta


def adotta(
    piano: Piano,
    *,
    atto_tipo: str,
    atto_numero: str,
    atto_data: date,
    atto_organo: str,
    motivo_ritardo: str = "",
    avvertenze_viste: str = "",
    da: Utente | None,
) -> None:
    """Record the act that adopts a validated plan. A late one is not stopped: it says why.

    The other apps take note (``settings.ALBERO_ALL_ADOZIONE``): the rules of measurement freeze.

    :raises PermissionDenied: the person neither directs this azienda nor keeps its plans.
    :raises ValidationError: by field, what is wrong; the plan is not validated, or was adopted
        already; something stops it; there are warnings that were not seen.
    """
    esigi(da, ADOZIONE.permesso, piano)
    atto = _atto_intero(
        atto_tipo=atto_tipo, atto_numero=atto_numero, atto_data=atto_data, atto_organo=atto_organo
    )
    with transaction.atomic():
        bloccato = in_attesa_di(piano, ADOZIONE)
        controlla_data(bloccato, atto_data)
        ritardo = fuori_termine(bloccato, atto_data)
        if ritardo and not motivo_ritardo.strip():
            raise ValidationError(
                {"motivo_ritardo": _("L'adozione è in ritardo, %(termine)s: scrivi il motivo.")
                 % {"termine": ritardo}}
            )  # fmt: skip
        controlla(bloccato, ADOZIONE, avvertenze_viste, da)
        passa(
            bloccato,
            ADOZIONE,
            da=da,
            descrizione=_("«%(piano)s» adottato"),
            dati={nome.removeprefix("atto_"): in_parole(valore) for nome, valore in atto.items()}
            | ({"ritardo": ritardo, "motivo": motivo_ritardo.strip()} if ritardo else {}),
            **atto,
            motivo_ritardo=motivo_ritardo.strip() if ritardo else "",
        )
        for percorso in settings.ALBERO_ALL_ADOZIONE:
            import_string(percorso)(bloccato, da=da)
    piano.refresh_from_db()


def supera(piano: Piano | None, nuovo: Piano, *, da: Utente | None) -> None:
    """Mark as superseded a plan, and those it rolled on from, now that the new one is published."""
    while piano is not None:
        in_vigore = Piano.objects.filter(pk=piano.pk, stato__in=(Stato.ADOTTATO, Stato.PUBBLICATO))
        if in_vigore.update(stato=Stato.SUPERATO):
            registra(
                "piano.superato",
                piano,
                azienda=piano.azienda,
                da=da,
                descrizione=_("«%(piano)s» superato da «%(nuovo)s»")
                % {"piano": piano, "nuovo": nuovo},
                riguarda=(nuovo,),
            )
        piano = piano.scorrimento_di


def _in_bozza(
    piano: Piano, *, evento: str, da: Utente | None, descrizione: str, dati: dict[str, Any]
) -> None:
    """Back to draft: what was said of the content that changes now does not hold any more."""
    pareri = list(piano.pareri.all())
    if pareri:
        dati = dati | {"pareri decaduti": "; ".join(map(detto, pareri))}
        piano.pareri.all().delete()
    ancora = Piano.objects.filter(pk=piano.pk, stato=piano.stato)
    ancora.update(stato=Stato.BOZZA, nucleo_organo="", nucleo_data=None, nucleo_esito="")
    registra(
        evento,
        piano,
        azienda=piano.azienda,
        da=da,
        descrizione=descrizione % {"piano": piano},
        dati=dati,
    )


def _atto_intero(**atto: Any) -> dict[str, Any]:
    """The act with all it needs; each missing piece beside its field."""
    puliti = {
        campo: valore.strip() if isinstance(valore, str) else valore
        for campo, valore in atto.items()
    }
    mancano = {campo: _("Manca.") for campo, valore in puliti.items() if not valore}
    if mancano:
        raise ValidationError(mancano)
    return puliti
