# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person confirms how a printed target was read."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import Target
from piani.azioni import registra
from piani.models import Utente
from piani.rules import esigi


def conferma_lettura(target: Target, *, da: Utente) -> None:
    """Record that the reading is what the plan means.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: the text has no reading, or somebody confirmed it already.
    """
    piano = target.misura.obiettivo.area.piano
    esigi(da, "obiettivi.conferma_lettura", piano)
    if not target.letto.letture and target.letto.motivo:
        raise ValidationError(
            _("«%(testo)s» non è stato interpretato: %(motivo)s")
            % {"testo": target.stampato, "motivo": target.letto.motivo}
        )
    with transaction.atomic():
        libero = Target.objects.filter(pk=target.pk, confermato_il__isnull=True)
        if not libero.update(confermato_da=da, confermato_il=timezone.now()):
            raise ValidationError(_("La lettura è già stata confermata."))
        registra(
            "target.confermato",
            target,
            azienda=piano.azienda,
            da=da,
            descrizione=_("Confermata la lettura di «%(testo)s» (%(anno)s)")
            % {"testo": target.stampato, "anno": target.anno},
            dati={"lettura": target.lettura},
            riguarda=(piano, target.misura, *target.misura.parte_di),
        )
