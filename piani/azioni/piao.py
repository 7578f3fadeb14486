# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PIAO sent to the Portale: its receipt is recorded."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.passi import non_futura
from piani.azioni.righe import con_riga_bloccata, in_parole
from piani.models import DocumentoPubblicato, Piano, RicevutaPortale, Utente
from piani.rules import esigi


def registra_ricevuta(
    piano: Piano, *, data: date, protocollo: str, da: Utente | None
) -> RicevutaPortale:
    """Record that the published document of a PIAO was sent to the Portale PIAO.

    :raises PermissionDenied: the person does not publish the plans of this azienda.
    :raises ValidationError: by field; the plan is no published PIAO; the receipt is there already.
    """
    esigi(da, "piani.pubblica", piano)
    non_futura("data", data)
    with transaction.atomic():
        bloccato = con_riga_bloccata(piano)
        if bloccato.tipo != Piano.Tipo.PIAO or bloccato.stato != Piano.Stato.PUBBLICATO:
            raise ValidationError(_("Sul Portale si carica un PIAO pubblicato."))
        documento = _in_vigore(bloccato)
        if documento.pubblicato_il and data < documento.pubblicato_il:
            raise ValidationError(
                {"data": _("La versione %(n)s è stata pubblicata il %(giorno)s: indica il giorno "
                           "del suo caricamento.")
                 % {"n": documento.versione, "giorno": in_parole(documento.pubblicato_il)}}
            )  # fmt: skip
        ricevuta = RicevutaPortale(
            piano=bloccato, data=data, protocollo=protocollo.strip(),
            versione=documento.versione, registrata_da=da,
        )  # fmt: skip
        ricevuta.full_clean(exclude=["registrata_da"])
        ricevuta.save(force_insert=True)
        registra(
            "piano.portale",
            bloccato,
            azienda=bloccato.azienda,
            da=da,
            descrizione=_("Caricata sul Portale PIAO la versione %(n)s: ricevuta %(protocollo)s")
            % {"n": ricevuta.versione, "protocollo": ricevuta.protocollo},
            dati={"dopo": {"data": in_parole(data), "protocollo": ricevuta.protocollo}},
        )
    return ricevuta


def _in_vigore(piano: Piano) -> DocumentoPubblicato:
    documento = (
        DocumentoPubblicato.objects.pubblicati().correnti().del_piano().filter(piano=piano).first()
    )
    if documento is None:
        raise ValidationError(_("Il documento non è ancora stampato: aspetta che sia pronto."))
    return documento
