# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closing a period to new results, and opening it again with a reason."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from obiettivi.models import Frazione, PeriodoChiuso
from piani.azioni import registra
from piani.models import Azienda, Utente
from piani.rules import esigi


def chiudi_periodo(
    azienda: Azienda, *, anno: int, frazione: str = "", da: Utente | None
) -> PeriodoChiuso:
    """From now on no result of the period, or of its parts, is taken.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: the period does not exist, or is closed already.
    """
    esigi(da, "obiettivi.calcola", azienda)
    if frazione not in Frazione.values:
        raise ValidationError({"frazione": _("Periodo sconosciuto.")})
    try:
        with transaction.atomic():
            chiuso = PeriodoChiuso.objects.create(
                azienda=azienda, anno=anno, frazione=frazione, chiuso_da=da
            )
            registra(
                "periodo.chiuso",
                chiuso,
                azienda=azienda,
                da=da,
                descrizione=_("Chiuso ai risultati: %(periodo)s") % {"periodo": chiuso},
            )
    except IntegrityError as errore:
        raise ValidationError({"frazione": _("Quel periodo è già chiuso.")}) from errore
    return chiuso


def riapri_periodo(
    azienda: Azienda, *, anno: int, frazione: str = "", motivo: str, da: Utente | None
) -> None:
    """Results of the period are taken again; the reason stays in the register.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: no reason, or the period is not closed.
    """
    esigi(da, "obiettivi.calcola", azienda)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivere perché il periodo si riapre.")})
    with transaction.atomic():
        chiuso = PeriodoChiuso.objects.filter(azienda=azienda, anno=anno, frazione=frazione).first()
        if chiuso is None:
            raise ValidationError({"frazione": _("Quel periodo non è chiuso.")})
        registra(
            "periodo.riaperto",
            chiuso,
            azienda=azienda,
            da=da,
            descrizione=_("Riaperto ai risultati: %(periodo)s") % {"periodo": chiuso},
            dati={"motivo": motivo.strip()},
        )
        chiuso.delete()
