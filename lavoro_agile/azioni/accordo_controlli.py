# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said and done beside the text of an agreement: conditions that a person verifies, the
safety notice, the protections.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.accordi.contenuto import condizioni_di
from lavoro_agile.azioni.accordo import PREPARA
from lavoro_agile.azioni.conservazione import scadenza_tutela
from lavoro_agile.azioni.passi import annota, bloccata, esigi_stato, salva
from lavoro_agile.models import (
    AccordoIndividuale,
    CondizioneDiLegge,
    TutelaAccordo,
    VerificaAccordo,
)
from lavoro_agile.rules import esigi_di_persona
from piani.models import Utente
from piani.rules import esigi

LEGGE_MOTIVI = "lavoro_agile.legge_motivi"
Stato = AccordoIndividuale.Stato
APERTI = (Stato.BOZZA, Stato.ALLA_FIRMA, Stato.SOTTOSCRITTO)


def verifica_a_mano(
    accordo: AccordoIndividuale, *, condizione: CondizioneDiLegge, esito: str, nota: str,
    da: Utente | None,
) -> VerificaAccordo:  # fmt: skip
    """Say how a condition stands, where the program cannot; what was said before is replaced.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    :raises ValidationError: by field; the program says that condition by itself.
    """
    esigi(da, PREPARA, accordo)
    if not nota.strip():
        raise ValidationError({"nota": _("Scrivi in breve come lo si è verificato.")})
    with transaction.atomic():
        mio = bloccata(accordo)
        esigi_stato(mio, *APERTI)
        a_mano = {una.condizione.pk for una in condizioni_di(mio) if una.verifica.a_mano}
        if condizione.pk not in a_mano:
            raise ValidationError(
                {"condizione": _("Quella condizione la controlla il programma: correggi il testo.")}
            )
        prima = VerificaAccordo.objects.filter(accordo=mio, condizione=condizione).first()
        verifica = prima or VerificaAccordo(accordo=mio, condizione=condizione)
        verifica.esito, verifica.nota, verifica.verificata_da = esito, nota.strip(), da
        salva(verifica)
        annota(
            "agile_accordo.verificato", mio,
            _("Verificata una condizione dell'accordo n. %(numero)s: %(codice)s")
            % {"numero": mio.numero, "codice": condizione.codice}, da=da,
            dati={"condizione": condizione.codice, "esito": esito},
        )  # fmt: skip
    return verifica


def consegna_informativa(
    accordo: AccordoIndividuale, *, informativa_il: date, da: Utente | None
) -> None:
    """Write when the safety notice was handed over, the first time or of a later year.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    :raises ValidationError: the day is still to come; the agreement is over.
    """
    esigi(da, PREPARA, accordo)
    if informativa_il > timezone.localdate():
        raise ValidationError(
            {"informativa_il": _("Il giorno deve ancora venire: scrivilo dopo la consegna.")}
        )
    with transaction.atomic():
        mio = bloccata(accordo)
        esigi_stato(mio, *APERTI)
        mio.informativa_il = informativa_il
        salva(mio, "informativa_il")
        annota(
            "agile_accordo.informativa", mio,
            _("Consegnata l'informativa sulla sicurezza dell'accordo n. %(numero)s")
            % {"numero": mio.numero}, da=da,
        )  # fmt: skip


def tutela(
    accordo: AccordoIndividuale, *, tipo: str, dal: date, al: date | None = None,
    giorni_mese: int | None = None, da: Utente | None,
) -> TutelaAccordo:  # fmt: skip
    """Write why a person is protected. The event says only that the agreement was written.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    :raises ValidationError: by field; that protection is there already.
    """
    _esigi_riservato(accordo, da)
    with transaction.atomic():
        mio = bloccata(accordo)
        esigi_stato(mio, *APERTI)
        nuova = salva(
            TutelaAccordo(
                accordo=mio, tipo=tipo, dal=dal, al=al, giorni_mese=giorni_mese,
                conserva_fino_al=scadenza_tutela(mio),
            )
        )  # fmt: skip
        _annota_scritto(mio, da)
    return nuova


def togli_tutela(questa: TutelaAccordo, *, da: Utente | None) -> None:
    """Take away a protection that holds no longer, or was written by mistake.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    """
    _esigi_riservato(questa.accordo, da)
    with transaction.atomic():
        bloccata(questa).delete()
        _annota_scritto(questa.accordo, da)


def _esigi_riservato(accordo: AccordoIndividuale, da: Utente | None) -> None:
    esigi(da, PREPARA, accordo)
    esigi_di_persona(da, LEGGE_MOTIVI, accordo)


def _annota_scritto(accordo: AccordoIndividuale, da: Utente | None) -> None:
    """The same event as for any change: whether there are protections is not said."""
    annota(
        "agile_accordo.scritto", accordo,
        _("Scritto l'accordo n. %(numero)s") % {"numero": accordo.numero}, da=da,
    )  # fmt: skip
