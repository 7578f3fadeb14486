# SPDX-License-Identifier: AGPL-3.0-or-later
"""The windows of the yearly cycle: set, changed, removed; longer for a unit, with a reason."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.calcolo.periodi import mesi
from obiettivi.models import Finestra, Proroga
from obiettivi.schede.ciclo import TRIMESTRI, usuali
from piani.azioni import registra
from piani.models import Azienda, UnitaOrganizzativa, Utente
from piani.rules import esigi

Tipo = Finestra.Tipo
PERMESSO = "obiettivi.fissa_finestra"
PRIMO_ANNO = 2000


def fissa_finestra(
    azienda: Azienda,
    *,
    anno: int,
    tipo: str,
    frazione: str = "",
    apre: date,
    scade: date,
    da: Utente | None,
) -> Finestra:
    """Say from when to when something of a year is done.

    :raises PermissionDenied: the person does not keep the calendar of this azienda.
    :raises ValidationError: by field: it is there already, dates that cannot be, another
        quarter's window open on the same days.
    """
    esigi(da, PERMESSO, azienda)
    nuova = Finestra(
        azienda=azienda, anno=anno, tipo=tipo, frazione=frazione, apre=apre, scade=scade
    )
    with transaction.atomic():
        _in_fila(azienda)
        _controlla_che_cosa(nuova)
        _controlla_date(nuova)
        nuova.save(force_insert=True)
        _registra("finestra.fissata", nuova, da, {"dopo": _periodo(nuova)})
    return nuova


def cambia_finestra(finestra: Finestra, *, apre: date, scade: date, da: Utente | None) -> Finestra:
    """Move the ends of a window. The late exceptions stay.

    :raises PermissionDenied: the person does not keep the calendar of this azienda.
    :raises ValidationError: as for :func:`fissa_finestra`; or it was removed.
    """
    esigi(da, PERMESSO, finestra.azienda)
    with transaction.atomic():
        _in_fila(finestra.azienda)
        adesso = _adesso(finestra)
        prima = _periodo(adesso)
        adesso.apre, adesso.scade = apre, scade
        _controlla_date(adesso)
        if _periodo(adesso) != prima:
            adesso.save(update_fields=["apre", "scade"])
            _registra("finestra.cambiata", adesso, da, {"prima": prima, "dopo": _periodo(adesso)})
    return adesso


def togli_finestra(finestra: Finestra, *, da: Utente | None) -> None:
    """Remove a window with its late exceptions.

    :raises PermissionDenied: the person does not keep the calendar of this azienda.
    :raises ValidationError: it was removed already.
    """
    esigi(da, PERMESSO, finestra.azienda)
    with transaction.atomic():
        _in_fila(finestra.azienda)
        adesso = _adesso(finestra)
        proroghe = [f"{una.unita}: {una.fino_al:%d/%m/%Y}" for una in adesso.proroghe.all()]
        dati = {"prima": _periodo(adesso), "proroghe": proroghe}
        _registra("finestra.tolta", adesso, da, dati)
        adesso.delete()


def proponi_finestre(azienda: Azienda, *, anno: int, da: Utente | None) -> list[Finestra]:
    """Set the usual windows of a year that nobody has set yet; those that there are stay.

    :raises PermissionDenied: the person does not keep the calendar of this azienda.
    :raises ValidationError: the year cannot be, or there is nothing left to propose.
    """
    esigi(da, PERMESSO, azienda)
    _controlla_anno(anno)
    with transaction.atomic():
        _in_fila(azienda)
        gia = set(
            Finestra.objects.filter(azienda=azienda, anno=anno).values_list("tipo", "frazione")
        )
        nuove = [
            Finestra(
                azienda=azienda,
                anno=anno,
                tipo=una.tipo,
                frazione=una.frazione,
                apre=una.apre,
                scade=una.scade,
            )
            for una in usuali(azienda, anno)
            if (una.tipo, una.frazione) not in gia
        ]
        fatte = [una for una in nuove if _sovrapposta(una) is None]
        if not fatte:
            raise ValidationError(_("Le finestre solite di quell'anno ci sono già tutte."))
        for una in fatte:
            una.save(force_insert=True)
            _registra("finestra.fissata", una, da, {"dopo": _periodo(una)})
    return fatte


def proroga(
    finestra: Finestra, *, unita: UnitaOrganizzativa, fino_al: date, motivo: str, da: Utente | None
) -> Proroga:
    """Give a unit until a later day; a second one takes the place of the first.

    :raises PermissionDenied: the person does not keep the calendar of this azienda.
    :raises ValidationError: by field: a unit of others, a day that gives no more time, no reason.
    """
    esigi(da, PERMESSO, finestra.azienda)
    if unita.azienda.pk != finestra.azienda_id:
        raise ValidationError({"unita": _("L'unità è di un'altra azienda.")})
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la proroga è concessa.")})
    with transaction.atomic():
        _in_fila(finestra.azienda)
        adesso = _adesso(finestra)
        if not adesso.scade < fino_al <= date(adesso.anno + 2, 12, 31):
            raise ValidationError(
                {"fino_al": _("La finestra scade già il %(giorno)s: la proroga è per un giorno "
                              "dopo, entro il %(ultimo)s.")
                 % {"giorno": _detto(adesso.scade), "ultimo": f"31/12/{adesso.anno + 2}"}}
            )  # fmt: skip
        prima = adesso.proroghe.filter(unita=unita).first()
        data, _nuova = Proroga.objects.update_or_create(
            finestra=adesso,
            unita=unita,
            defaults={"fino_al": fino_al, "motivo": motivo.strip(), "concessa_da": da},
        )
        registra(
            "proroga.concessa",
            data,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("Proroga a %(unita)s fino al %(giorno)s: %(finestra)s")
            % {"unita": unita, "giorno": _detto(fino_al), "finestra": adesso},
            dati=({"prima": _detto(prima.fino_al)} if prima else {})
            | {"dopo": _detto(fino_al), "motivo": data.motivo},
            riguarda=(adesso, unita),
        )
    return data


def togli_proroga(data: Proroga, *, da: Utente | None) -> None:
    """Take a late exception back: the unit has the time of all the others again.

    :raises PermissionDenied: the person does not keep the calendar of this azienda.
    :raises ValidationError: it was taken back already.
    """
    finestra = data.finestra
    esigi(da, PERMESSO, finestra.azienda)
    with transaction.atomic():
        _in_fila(finestra.azienda)
        if not Proroga.objects.filter(pk=data.pk).exists():
            raise ValidationError(_("Questa proroga è già stata tolta."))
        registra(
            "proroga.tolta",
            data,
            azienda=finestra.azienda,
            da=da,
            descrizione=_("Tolta la proroga a %(unita)s: %(finestra)s")
            % {"unita": data.unita, "finestra": finestra},
            dati={"prima": _detto(data.fino_al)},
            riguarda=(finestra, data.unita),
        )
        data.delete()


def _in_fila(azienda: Azienda) -> None:
    """Who writes the calendar of the azienda at the same time waits here."""
    Azienda.objects.select_for_update().get(pk=azienda.pk)


def _adesso(finestra: Finestra) -> Finestra:
    adesso = Finestra.objects.select_related("azienda").filter(pk=finestra.pk).first()
    if adesso is None:
        raise ValidationError(_("Nel frattempo la finestra è stata tolta."))
    return adesso


def _controlla_anno(anno: int) -> None:
    ultimo = timezone.localdate().year + 2
    if not PRIMO_ANNO <= anno <= ultimo:
        raise ValidationError(
            {"anno": _("L'anno va dal %(da)s al %(a)s.") % {"da": PRIMO_ANNO, "a": ultimo}}
        )


def _controlla_che_cosa(una: Finestra) -> None:
    _controlla_anno(una.anno)
    if una.tipo not in Tipo.values:
        raise ValidationError({"tipo": _("Scegli che cosa si fa nella finestra.")})
    if una.tipo == Tipo.RENDICONTAZIONE and una.frazione not in TRIMESTRI:
        raise ValidationError({"frazione": _("Scegli il trimestre che si rendiconta.")})
    if una.tipo != Tipo.RENDICONTAZIONE and una.frazione:
        raise ValidationError({"frazione": _("Solo la rendicontazione è di un trimestre.")})
    gia = Finestra.objects.filter(
        azienda=una.azienda, anno=una.anno, tipo=una.tipo, frazione=una.frazione
    )
    if gia.exists():
        raise ValidationError({"tipo": _("Questa finestra c'è già: si cambiano le sue date.")})


def _controlla_date(una: Finestra) -> None:
    """The ends in order, in the years of the cycle, and not on another quarter's days."""
    if una.scade < una.apre:
        raise ValidationError({"scade": _("La finestra scade prima di aprirsi.")})
    inizio, fine = date(una.anno - 1, 7, 1), date(una.anno + 1, 12, 31)
    if una.tipo == Tipo.RENDICONTAZIONE:
        inizio = date(una.anno, mesi(una.frazione)[0], 1)
    for campo in ("apre", "scade"):
        if not inizio <= getattr(una, campo) <= fine:
            raise ValidationError(
                {campo: _("Per il %(anno)s la data va dal %(inizio)s al %(fine)s.")
                 % {"anno": una.anno, "inizio": _detto(inizio), "fine": _detto(fine)}}
            )  # fmt: skip
    if altra := _sovrapposta(una):
        campo = "apre" if altra.apre <= una.apre else "scade"
        raise ValidationError(
            {campo: _("In quei giorni è aperta un'altra rendicontazione: %(altra)s, %(periodo)s.")
             % {"altra": altra.get_frazione_display(), "periodo": _periodo(altra)}}
        )  # fmt: skip


def _sovrapposta(una: Finestra) -> Finestra | None:
    """Another quarter's reporting window of the year, open on some of the same days."""
    if una.tipo != Tipo.RENDICONTAZIONE:
        return None
    altre = Finestra.objects.filter(azienda=una.azienda, anno=una.anno, tipo=una.tipo)
    return (
        altre.exclude(frazione=una.frazione)
        .filter(apre__lte=una.scade, scade__gte=una.apre)
        .order_by("apre")
        .first()
    )


def _registra(tipo: str, una: Finestra, da: Utente | None, dati: dict[str, Any]) -> None:
    registra(
        tipo,
        una,
        azienda=una.azienda,
        da=da,
        descrizione=f"{una}: {_periodo(una)}",
        dati=dati,
    )


def _periodo(una: Finestra) -> str:
    return _("dal %(dal)s al %(al)s") % {"dal": _detto(una.apre), "al": _detto(una.scade)}


def _detto(giorno: date) -> str:
    return giorno.strftime("%d/%m/%Y")
