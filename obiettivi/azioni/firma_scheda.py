# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing a scheda: each on the version that they read, in their own place."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.negoziazione import esigi_in_tempo
from obiettivi.azioni.passi_scheda import annota_scheda, bloccata, passa, perche_no
from obiettivi.models import FirmaScheda, SchedaBudget, VersioneScheda
from obiettivi.schede.firme import Firmatari, Posto
from obiettivi.schede.versioni import cambiato, mancano, revisione_aperta, ultima_versione
from piani.models import Utente

Stato = SchedaBudget.Stato


def firma(scheda: SchedaBudget, *, ruolo: str, versione_vista: int, da: Utente) -> FirmaScheda:
    """Sign the version of a scheda that the person read; the last signature due closes it.

    :param versione_vista: the number of the version that the page showed.
    :raises PermissionDenied: that place is somebody else's.
    :raises ValidationError: the scheda is not in negotiation, out of its window; the version is no
        longer the last, or the content is being changed; the signature is given already, or is not
        due.
    """
    if ruolo not in FirmaScheda.Ruolo.values:
        raise ValidationError({"ruolo": _("Scegli in quale veste firmi.")})
    with transaction.atomic():
        adesso = bloccata(scheda)
        posti = Firmatari(adesso.azienda).posti(adesso)
        posto = next(uno for uno in posti if uno.ruolo == ruolo)
        _esigi_posto(posto, adesso, da)
        versione = _da_firmare(adesso, versione_vista)
        nuova = _scrivi(versione, posto, da)
        annota_scheda(
            "firmata",
            adesso,
            _("firmata la versione %(n)s, %(ruolo)s")
            % {"n": versione.numero, "ruolo": posto.ruolo.label},
            da=da,
            dati={"sha256": versione.impronta, "ruolo": ruolo},
        )
        if not mancano(posti, versione.firme.all()):
            _sottoscrivi(adesso, versione, da)
    scheda.stato, scheda.sottoscritta_il = adesso.stato, adesso.sottoscritta_il
    return nuova


def _esigi_posto(posto: Posto, scheda: SchedaBudget, da: Utente) -> None:
    """A signature is personal: not even who can do everything gives that of another."""
    if not posto.dovuta:
        raise ValidationError({"ruolo": posto.perche})
    if not posto.spetta_a(da, scheda.azienda_id):
        raise PermissionDenied(
            _("Questa firma (%(ruolo)s) spetta a un'altra persona. %(perche)s")
            % {"ruolo": posto.ruolo.label, "perche": posto.perche}
        )


def _da_firmare(scheda: SchedaBudget, vista: int) -> VersioneScheda:
    """The version to sign, if it is the one that the person saw."""
    versione = ultima_versione(scheda)
    if scheda.stato != Stato.IN_NEGOZIAZIONE or versione is None:
        raise ValidationError(perche_no(scheda, [Stato.IN_NEGOZIAZIONE]))
    if versione.numero != vista:
        raise ValidationError(
            _("Hai letto la versione %(vista)s, e nel frattempo è stata inviata la %(ultima)s: "
              "leggila prima di firmare.")
            % {"vista": vista, "ultima": versione.numero}
        )  # fmt: skip
    aperta = revisione_aperta(scheda)
    if aperta is not None and aperta.dalla_id == versione.pk:
        raise ValidationError(
            _("La scheda è in revisione e la nuova versione non è ancora stata inviata.")
        )
    esigi_in_tempo(scheda)
    if cambiato(scheda, versione):
        raise ValidationError(
            _("Il controllo di gestione sta cambiando la scheda dopo la versione %(n)s: si firma "
              "quando avrà inviato la prossima.")
            % {"n": versione.numero}
        )  # fmt: skip
    return versione


def _scrivi(versione: VersioneScheda, posto: Posto, da: Utente) -> FirmaScheda:
    gia = versione.firme.filter(ruolo=posto.ruolo).select_related("utente").first()
    if gia is not None:
        raise ValidationError(_gia_data(gia))
    try:
        with transaction.atomic():
            return FirmaScheda.objects.create(
                versione=versione, ruolo=posto.ruolo, utente=da, per_conto_di=da.per_conto_di
            )
    except IntegrityError as errore:
        raise ValidationError(_gia_data(versione.firme.get(ruolo=posto.ruolo))) from errore


def _gia_data(firma: FirmaScheda) -> str:
    return _("Questa firma (%(ruolo)s) c'è già: l'ha data %(chi)s il %(quando)s.") % {
        "ruolo": firma.get_ruolo_display(),
        "chi": firma.utente,
        "quando": timezone.localtime(firma.firmata_il).strftime("%d/%m/%Y alle %H:%M"),
    }


def _sottoscrivi(scheda: SchedaBudget, versione: VersioneScheda, da: Utente) -> None:
    passa(
        scheda, Stato.IN_NEGOZIAZIONE, Stato.SOTTOSCRITTA, sottoscritta_il=timezone.now()
    )  # fmt: skip
    scheda.revisioni.filter(alla__isnull=True).update(alla=versione)
    annota_scheda(
        "sottoscritta",
        scheda,
        _("sottoscritta la versione %(n)s: ci sono tutte le firme dovute")
        % {"n": versione.numero},
        da=da,
        dati={"sha256": versione.impronta},
    )  # fmt: skip
