# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of a plan: opinions of the directors, what is not said yet of its act."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.passi import controlla_data, detto, in_attesa_di, non_futura
from piani.azioni.righe import con_riga_bloccata, in_parole
from piani.models import Parere, Piano, Utente
from piani.passaggi import ADOZIONE, oltre
from piani.rules import esigi

ATTO = ("atto_tipo", "atto_numero", "atto_data", "atto_organo")


def completa_atto(piano: Piano, *, da: Utente | None, **dati: Any) -> None:
    """Write what is not said yet of the act of an adopted plan; what is said does not change.

    :raises PermissionDenied: the person neither directs this azienda nor keeps its plans.
    :raises ValidationError: by field; the plan is not adopted; there is nothing to complete.
    """
    esigi(da, ADOZIONE.permesso, piano)
    with transaction.atomic():
        bloccato = con_riga_bloccata(piano)
        if not oltre(bloccato, Piano.Stato.ADOTTATO):
            raise ValidationError(_("L'atto si scrive adottando il piano."))
        nuovi = {
            campo: valore
            for campo in ATTO
            if (valore := dati.get(campo)) and not getattr(bloccato, campo)
        }
        if not nuovi:
            raise ValidationError(_("Dell'atto non manca niente di ciò che hai scritto."))
        if "atto_data" in nuovi:
            controlla_data(bloccato, nuovi["atto_data"])
        Piano.objects.filter(pk=piano.pk).update(**nuovi)
        registra(
            "piano.atto",
            bloccato,
            azienda=bloccato.azienda,
            da=da,
            descrizione=_("Completato l'atto di «%(piano)s»") % {"piano": bloccato},
            dati={
                "prima": dict.fromkeys(nuovi, ""),
                "dopo": {campo: in_parole(valore) for campo, valore in nuovi.items()},
            },
        )
    piano.refresh_from_db()


def esprimi_parere(
    piano: Piano, *, ruolo: str, esito: str, data: date, testo: str = "", da: Utente | None
) -> Parere:
    """Record the opinion of a director on a validated plan.

    :raises PermissionDenied: the person neither directs this azienda nor keeps its plans.
    :raises ValidationError: by field, what is wrong; the plan awaits no opinion; that director
        gave it already.
    """
    esigi(da, ADOZIONE.permesso, piano)
    non_futura("data", data)
    parere = Parere(
        piano=piano, ruolo=ruolo, esito=esito, data=data, testo=testo.strip(), registrato_da=da
    )
    parere.clean_fields(exclude=["piano", "registrato_da"])
    if esito == Parere.Esito.CONTRARIO and not parere.testo:
        raise ValidationError({"testo": _("Un parere contrario ha sempre una motivazione.")})
    with transaction.atomic():
        bloccato = in_attesa_di(piano, ADOZIONE)
        if bloccato.pareri.filter(ruolo=ruolo).exists():
            raise ValidationError(
                {"ruolo": _("Quel parere c'è già: per cambiarlo va prima tolto.")}
            )
        parere.save(force_insert=True)
        registra(
            "parere.espresso",
            parere,
            azienda=bloccato.azienda,
            da=da,
            descrizione=_("Parere del %(chi)s su «%(piano)s»: %(esito)s")
            % {
                "chi": parere.get_ruolo_display().lower(),
                "piano": bloccato,
                "esito": esito,
            },
            dati={"data": in_parole(data), "testo": parere.testo},
        )
    return parere


def togli_parere(parere: Parere, *, da: Utente | None) -> None:
    """Remove an opinion written by mistake, until the plan is adopted; the register keeps it.

    :raises PermissionDenied: the person neither directs this azienda nor keeps its plans.
    :raises ValidationError: the plan is adopted, or the opinion is no longer there.
    """
    piano = parere.piano
    esigi(da, ADOZIONE.permesso, piano)
    with transaction.atomic():
        in_attesa_di(piano, ADOZIONE)
        registra(
            "parere.tolto",
            parere,
            azienda=piano.azienda,
            da=da,
            descrizione=_("Tolto il parere del %(chi)s su «%(piano)s»")
            % {"chi": parere.get_ruolo_display().lower(), "piano": piano},
            dati={"prima": detto(parere)},
        )
        if not Parere.objects.filter(pk=parere.pk).delete()[0]:
            raise ValidationError(_("Quel parere è già stato tolto."))
