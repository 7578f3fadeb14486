# SPDX-License-Identifier: AGPL-3.0-or-later
"""A printed figure that does not square: a person says why the difference stays."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, salva
from conciliazione.models import Riscontro
from piani.models import Utente
from piani.rules import esigi


def prendi_atto(riscontro: Riscontro, *, motivo: str, da: Utente | None) -> None:
    """Keep why the difference stays, with who says so and when. The figures do not change.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the figures are the same, or nothing computes ours.
    """
    esigi(da, "conciliazione.tiene_piano_finanziario", riscontro)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la differenza resta.")})
    with transaction.atomic():
        questo = bloccata(riscontro)
        if not questo.differenza:
            raise ValidationError(_("Qui non c'è una differenza di cui prendere atto."))
        questo.presa_atto, questo.presa_atto_da = motivo.strip(), da
        questo.presa_atto_il = timezone.now()
        salva(questo, "presa_atto", "presa_atto_da", "presa_atto_il")
        annota(
            "conc_riscontro.preso_atto",
            questo,
            _("%(riscontro)s: %(motivo)s") % {"riscontro": questo, "motivo": motivo.strip()},
            da=da,
            dati={"differenza": str(questo.differenza)},
        )
