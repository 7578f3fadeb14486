# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of the individual evaluation: made, changed until somebody signs, frozen."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.edizione import PRIMO_ANNO, ULTIMO_ANNO
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.calcolo.individuale import RegoleIndividuali
from obiettivi.calcolo.individuale_dati import come_dati, da_dati
from obiettivi.models import EdizioneIndividuale
from piani.azioni import registra
from piani.models import Azienda, Utente
from piani.rules import esigi

PERMESSO = "obiettivi.regola_individuale"


def crea_edizione_individuale(
    azienda: Azienda, anno: int, parametri: Mapping[str, Any], *, da: Utente | None
) -> EdizioneIndividuale:
    """The rules of a year, from those given: another year's, a preset's.

    :raises PermissionDenied: the person is not of the risorse umane of this azienda.
    :raises ValidationError: the rules cannot be used, the year is out of range or has its own.
    """
    esigi(da, PERMESSO, azienda)
    if not PRIMO_ANNO <= anno <= ULTIMO_ANNO:
        raise ValidationError(
            {"anno": _("L'anno va dal %(da)s al %(a)s.") % {"da": PRIMO_ANNO, "a": ULTIMO_ANNO}}
        )
    regole = _valide(parametri)
    try:
        with transaction.atomic():
            edizione = EdizioneIndividuale.objects.create(
                azienda=azienda, anno=anno, nome=regole.nome[:200], parametri=come_dati(regole)
            )
            _registra("creata", _("Create"), edizione, da, prima=None)
    except IntegrityError as errore:
        raise ValidationError(
            {"anno": _("Il %(anno)s ha già le sue regole.") % {"anno": anno}}
        ) from errore
    return edizione


def modifica_edizione_individuale(
    edizione: EdizioneIndividuale, parametri: Mapping[str, Any], *, da: Utente | None
) -> bool:
    """Change the rules, checked as a whole; whether anything changed.

    :raises PermissionDenied: the person is not of the risorse umane of this azienda.
    :raises ValidationError: the rules cannot be used, were frozen meanwhile, or leave a sheet
        without its category.
    """
    esigi(da, PERMESSO, edizione)
    regole = _valide(parametri)
    with transaction.atomic():
        adesso = EdizioneIndividuale.objects.select_for_update().get(pk=edizione.pk)
        if adesso.congelata_il is not None:
            raise ValidationError(perche_congelata(adesso))
        usate = set(adesso.valutazioni.order_by().values_list("categoria", flat=True))
        if orfane := sorted(usate - {una.codice for una in regole.categorie}):
            raise ValidationError(
                _("Queste categorie hanno già schede di valutazione e non si tolgono: %(quali)s.")
                % {"quali": ", ".join(orfane)}
            )
        prima, dopo = adesso.parametri, come_dati(regole)
        if prima == dopo:
            return False
        libera = EdizioneIndividuale.objects.filter(pk=edizione.pk, congelata_il__isnull=True)
        libera.update(nome=regole.nome[:200], parametri=dopo)
        adesso.parametri = dopo
        _registra("modificata", _("Cambiate"), adesso, da, prima=prima)
    return True


def congela_alla_firma(edizione: EdizioneIndividuale, *, da: Utente | None) -> None:
    """The first signature freezes the rules; a consequence of it, which has its own permission."""
    libera = EdizioneIndividuale.objects.filter(pk=edizione.pk, congelata_il__isnull=True)
    if libera.update(congelata_il=timezone.now()):
        _registra("congelata", _("Congelate"), edizione, da, prima=edizione.parametri)


def perche_congelata(edizione: EdizioneIndividuale) -> str:
    """Why the rules cannot be changed; "" if they can."""
    if edizione.congelata_il is None:
        return ""
    return _(
        "Le regole del %(anno)s sono congelate dal %(giorno)s: una valutazione è stata firmata. "
        "Per cambiarle si copiano in un altro anno."
    ) % {
        "anno": edizione.anno,
        "giorno": timezone.localtime(edizione.congelata_il).strftime("%d/%m/%Y"),
    }


def _valide(parametri: Mapping[str, Any]) -> RegoleIndividuali:
    try:
        return da_dati(parametri)
    except EdizioneNonValida as errore:
        raise ValidationError(list(errore.problemi)) from errore


def _registra(
    verbo: str, detto: str, edizione: EdizioneIndividuale, da: Utente | None, *, prima: Any
) -> None:
    registra(
        f"edizione_individuale.{verbo}",
        edizione,
        azienda=edizione.azienda,
        da=da,
        descrizione=_("%(fatto)s le regole della valutazione individuale del %(anno)s")
        % {"fatto": detto, "anno": edizione.anno},
        dati={"prima": prima, "dopo": edizione.parametri},
    )
