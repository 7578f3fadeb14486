# SPDX-License-Identifier: AGPL-3.0-or-later
"""Revising a scheda during the year, by an act."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.passi_scheda import annota_scheda, bloccata, passa, perche_no
from obiettivi.models import RevisioneScheda, SchedaBudget
from obiettivi.schede.versioni import cambiato, revisione_aperta, versione_in_vigore
from piani.models import Utente
from piani.rules import esigi

Stato = SchedaBudget.Stato


def apri_revisione(
    scheda: SchedaBudget,
    *,
    motivo: str,
    atto_tipo: str,
    atto_numero: str,
    atto_data: date,
    da: Utente | None,
) -> RevisioneScheda:
    """Open a monitored scheda to changes again: it goes back to negotiation.

    The signed version stays the one in force until the next has all its signatures.

    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises ValidationError: by field, what is wrong; or the scheda is not being monitored.
    """
    esigi(da, "obiettivi.prepara_scheda", scheda)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi il motivo della revisione.")})
    if atto_data > timezone.localdate():
        raise ValidationError({"atto_data": _("L'atto non può avere una data futura.")})
    with transaction.atomic():
        adesso = bloccata(scheda)
        firmata = versione_in_vigore(adesso)
        if adesso.stato != Stato.IN_MONITORAGGIO:
            raise ValidationError(
                _("Si rivede una scheda in monitoraggio. %(com_e)s")
                % {"com_e": perche_no(adesso, [Stato.IN_MONITORAGGIO])}
            )
        if firmata is None:
            raise ValidationError(_("La scheda non ha una versione sottoscritta da rivedere."))
        passa(adesso, Stato.IN_MONITORAGGIO, Stato.IN_NEGOZIAZIONE)
        revisione = RevisioneScheda(
            scheda=adesso,
            dalla=firmata,
            motivo=motivo.strip(),
            atto_tipo=atto_tipo.strip(),
            atto_numero=atto_numero.strip(),
            atto_data=atto_data,
            aperta_da=da,
        )
        revisione.full_clean()
        revisione.save(force_insert=True)
        annota_scheda(
            "in_revisione",
            adesso,
            _("aperta la revisione, %(tipo)s n. %(numero)s")
            % {"tipo": revisione.atto_tipo, "numero": revisione.atto_numero},
            da=da,
            dati={"motivo": revisione.motivo, "atto_data": atto_data.isoformat()},
        )
    scheda.stato = adesso.stato
    return revisione


def abbandona_revisione(scheda: SchedaBudget, *, motivo: str, da: Utente | None) -> None:
    """Give up a revision: the signed version goes on, with the signatures it has.

    Nothing is put back in silence: the content must be again the one that was signed.

    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises ValidationError: no reason, no revision is open, or the content is not the signed one.
    """
    esigi(da, "obiettivi.prepara_scheda", scheda)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la revisione si abbandona.")})
    with transaction.atomic():
        adesso = bloccata(scheda)
        aperta = revisione_aperta(adesso)
        if adesso.stato != Stato.IN_NEGOZIAZIONE or aperta is None:
            raise ValidationError(_("Nessuna revisione di questa scheda è aperta."))
        if cambiato(adesso, aperta.dalla):
            raise ValidationError(
                _("Il contenuto non è più quello della versione %(n)s: riportalo com'era (il "
                  "confronto dice che cosa è cambiato), oppure invia la nuova versione.")
                % {"n": aperta.dalla.numero}
            )  # fmt: skip
        RevisioneScheda.objects.filter(pk=aperta.pk).update(alla=aperta.dalla)
        passa(
            adesso, Stato.IN_NEGOZIAZIONE, Stato.IN_MONITORAGGIO, versione=aperta.dalla.numero
        )  # fmt: skip
        annota_scheda(
            "revisione_abbandonata",
            adesso,
            _("abbandonata la revisione: resta in vigore la versione %(n)s")
            % {"n": aperta.dalla.numero},
            da=da,
            dati={"motivo": motivo.strip()},
        )
    scheda.stato, scheda.versione = adesso.stato, adesso.versione
