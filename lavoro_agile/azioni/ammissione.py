# SPDX-License-Identifier: AGPL-3.0-or-later
"""The risorse umane admit requests, in a tranche and within its places."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lavoro_agile.azioni.passi import annota, bloccata, passa
from lavoro_agile.models import DomandaLavoroAgile, Tranche
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "lavoro_agile.ammette"
Stato = DomandaLavoroAgile.Stato


def ammetti(domande: Sequence[DomandaLavoroAgile], *, tranche: Tranche, da: Utente | None) -> None:
    """Admit all of those, or none.

    :raises PermissionDenied: the author is not of the risorse umane, or one is their own.
    :raises ValidationError: on ``domande``; more than the places; one is not to be admitted.
    """
    for una in domande:
        esigi(da, PERMESSO, una)
    with transaction.atomic():
        mia = bloccata(tranche)
        if not domande:
            raise ValidationError({"domande": _("Scegli almeno una domanda.")})
        if any(una.bando_id != mia.bando_id for una in domande):
            raise ValidationError({"domande": _("Una domanda scelta è di un altro bando.")})
        _esigi_posto(mia, len(domande))
        oggi = timezone.localdate()
        for una in domande:
            passa(una, Stato.AMMESSA, tranche=mia, ammessa_il=oggi)
            annota(
                "agile_domanda.ammessa", una,
                _("%(domanda)s ammessa nella %(tranche)s") % {"domanda": una, "tranche": mia},
                da=da, riguarda=[una.bando],
            )  # fmt: skip


def _esigi_posto(tranche: Tranche, scelte: int) -> None:
    liberi = tranche.posti - tranche.domande.filter(stato=Stato.AMMESSA).count()
    if scelte > liberi:
        raise ValidationError(
            {
                "domande": ngettext(
                    "La %(ordine)sª tranche ha ancora %(liberi)s posto e ne hai scelte %(scelte)s.",
                    "La %(ordine)sª tranche ha ancora %(liberi)s posti e ne hai scelte %(scelte)s.",
                    liberi,
                )
                % {"ordine": tranche.ordine, "liberi": liberi, "scelte": scelte}
            }
        )
