# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closing a period to new results, and opening it again with a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.calcolo.periodi import mesi
from obiettivi.models import Frazione, PeriodoChiuso
from obiettivi.schede.monitoraggio import mancanti
from piani.azioni import registra
from piani.models import Azienda, Utente
from piani.rules import esigi

PRIMO_ANNO = 2000


def chiudi_periodo(
    azienda: Azienda, *, anno: int, frazione: str = "", da: Utente | None
) -> PeriodoChiuso:
    """From now on no result of the period, or of its parts, is taken.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: the period does not exist, has not begun, or is closed already.
    """
    esigi(da, "obiettivi.chiudi_periodo", azienda)
    _controlla(anno, frazione, timezone.localdate())
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
                dati=_rendicontazioni_mancanti(chiuso),
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
    esigi(da, "obiettivi.chiudi_periodo", azienda)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivere perché il periodo si riapre.")})
    with transaction.atomic():
        # Who opens it at the same time waits here, and then finds it open.
        chiusi = PeriodoChiuso.objects.select_for_update().filter(azienda=azienda, anno=anno)
        chiuso = chiusi.filter(frazione=frazione).first()
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


def cominciato(anno: int, frazione: str, oggi: date) -> bool:
    """Whether a period has begun: there is nothing to close before."""
    return date(anno, mesi(frazione)[0], 1) <= oggi


def _rendicontazioni_mancanti(chiuso: PeriodoChiuso) -> dict[str, int]:
    """How many reports of the schede the closure leaves out, when it leaves some."""
    quante = mancanti(chiuso.azienda, chiuso.anno, chiuso.frazione)
    return {"rendicontazioni_mancanti": quante} if quante else {}


def _controlla(anno: int, frazione: str, oggi: date) -> None:
    if frazione not in Frazione.values:
        raise ValidationError({"frazione": _("Periodo sconosciuto.")})
    if not PRIMO_ANNO <= anno <= oggi.year:
        raise ValidationError(
            {"anno": _("L'anno va dal %(da)s al %(oggi)s.") % {"da": PRIMO_ANNO, "oggi": oggi.year}}
        )
    if not cominciato(anno, frazione, oggi):
        raise ValidationError(
            {"frazione": _("Questo periodo non è ancora cominciato: non c'è niente da chiudere.")}
        )
