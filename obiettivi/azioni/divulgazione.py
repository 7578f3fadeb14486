# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making a signed scheda known to the staff of the CdR, and saying that one has read it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.azioni.passi_scheda import annota_scheda, bloccata, passa
from obiettivi.models import PresaVisione, SchedaBudget
from obiettivi.schede.personale import divulgare_entro
from obiettivi.schede.versioni import divulgata, versione_in_vigore
from piani.models import Utente
from piani.rules import esigi

Stato = SchedaBudget.Stato


def divulga(scheda: SchedaBudget, *, da: Utente | None) -> int:
    """Make a signed scheda known to the staff: from now on its results are monitored.

    The regulation gives a month from the signature (Piano 2022-2024, 6.4): a later day is said
    and kept, it does not stop.

    :returns: how many days late, 0 in time.
    :raises PermissionDenied: the person leads neither the CdR nor a unit above it.
    :raises ValidationError: the scheda is not signed by all, or is made known already.
    """
    esigi(da, "obiettivi.guida_scheda", scheda)
    with transaction.atomic():
        adesso = bloccata(scheda)
        if adesso.stato in (Stato.PROPOSTA, Stato.IN_NEGOZIAZIONE):
            raise ValidationError(
                _("Si divulga una scheda sottoscritta: questa è «%(stato)s».")
                % {"stato": adesso.get_stato_display()}
            )
        entro = divulgare_entro(adesso)
        passa(adesso, Stato.SOTTOSCRITTA, Stato.IN_MONITORAGGIO, divulgata_il=timezone.now())
        ritardo = max((timezone.localdate() - entro).days, 0) if entro else 0
        detto = _("divulgata al personale")
        if ritardo:
            detto = ngettext(
                "divulgata al personale con %(n)s giorno di ritardo",
                "divulgata al personale con %(n)s giorni di ritardo",
                ritardo,
            ) % {"n": ritardo}
        annota_scheda("divulgata", adesso, detto, da=da, dati={"ritardo": ritardo})
    scheda.stato, scheda.divulgata_il = adesso.stato, adesso.divulgata_il
    return ritardo


def prendi_visione(scheda: SchedaBudget, *, da: Utente) -> PresaVisione:
    """A person of the CdR says that they have read the scheda made known.

    :raises PermissionDenied: the person is not of the staff of the CdR, or acts for another.
    :raises ValidationError: the scheda is not made known yet, or they said so already.
    """
    esigi(da, "obiettivi.prende_visione", scheda)
    if da.per_conto_di is not None:
        raise PermissionDenied(_("La presa visione è personale: non si dà per conto di altri."))
    with transaction.atomic():
        adesso = bloccata(scheda)
        versione = versione_in_vigore(adesso)
        if versione is None or not divulgata(adesso):
            raise ValidationError(
                _("La presa visione si dà quando la scheda è stata divulgata: ora è «%(stato)s».")
                % {"stato": adesso.get_stato_display()}
            )
        try:
            with transaction.atomic():
                presa = PresaVisione.objects.create(versione=versione, utente=da)
        except IntegrityError as errore:
            raise ValidationError(
                _("Hai già preso visione della versione %(n)s.") % {"n": versione.numero}
            ) from errore
        annota_scheda(
            "vista",
            adesso,
            _("presa visione della versione %(n)s") % {"n": versione.numero},
            da=da,
        )
    return presa
