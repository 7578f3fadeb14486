# SPDX-License-Identifier: AGPL-3.0-or-later
"""The editions of the SMVP: made, changed until a plan that uses them is adopted, frozen."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi import tasks
from obiettivi.calcolo.edizione import Edizione, EdizioneNonValida
from obiettivi.calcolo.edizione_dati import come_dati, da_dati
from obiettivi.edizioni.etichette import etichetta
from obiettivi.models import EdizioneSMVP, Misura
from piani.azioni import manda, registra
from piani.azioni.righe import in_parole
from piani.models import Azienda, Piano, Utente
from piani.rules import esigi

PRIMO_ANNO = 2009  # D.Lgs. 150/2009
ULTIMO_ANNO = 2100


def crea_edizione(
    azienda: Azienda, anno: int, parametri: Mapping[str, Any], *, da: Utente | None
) -> EdizioneSMVP:
    """A new edition from the rules given (those of another year, of a preset, of a file).

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: the rules cannot be used, the year is out of range, or it has its
        edition already.
    """
    esigi(da, "obiettivi.modifica_edizione", azienda)
    if not PRIMO_ANNO <= anno <= ULTIMO_ANNO:
        raise ValidationError(
            _("L'anno va dal %(da)s al %(a)s.") % {"da": PRIMO_ANNO, "a": ULTIMO_ANNO}
        )
    regole = _valide(parametri)
    try:
        with transaction.atomic():
            edizione = EdizioneSMVP.objects.create(
                azienda=azienda, anno=anno, nome=regole.nome[:200], parametri=come_dati(regole)
            )
            registra(
                "edizione.creata",
                edizione,
                azienda=azienda,
                da=da,
                descrizione=_("Create le regole del %(anno)s: %(nome)s")
                % {"anno": anno, "nome": regole.nome},
                dati={"prima": None, "dopo": edizione.parametri},
            )
            manda(tasks.calcola_schede, edizione.pk)
    except IntegrityError as errore:
        raise ValidationError(
            _("Il %(anno)s ha già le sue regole: per ogni anno ce n'è una sola edizione.")
            % {"anno": anno}
        ) from errore
    return edizione


def modifica_edizione(
    edizione: EdizioneSMVP, parametri: Mapping[str, Any], *, da: Utente | None
) -> bool:
    """Change the rules, checked as a whole; whether anything changed.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: the rules cannot be used, or were frozen meanwhile.
    """
    esigi(da, "obiettivi.modifica_edizione", edizione)
    regole = _valide(parametri)
    with transaction.atomic():
        adesso = EdizioneSMVP.objects.select_for_update().get(pk=edizione.pk)
        prima, dopo = adesso.parametri, come_dati(regole)
        libera = EdizioneSMVP.objects.filter(pk=edizione.pk, congelata_il__isnull=True)
        if not libera.update(nome=regole.nome[:200], parametri=dopo):
            raise ValidationError(perche_congelata(adesso))
        if prima == dopo:
            return False
        registra(
            "edizione.modificata",
            edizione,
            azienda=edizione.azienda,
            da=da,
            descrizione=_("Cambiate le regole del %(anno)s: %(campi)s")
            % {"anno": edizione.anno, "campi": ", ".join(_cambiati(prima, dopo))},
            dati={"prima": prima, "dopo": dopo},
        )
        manda(tasks.calcola_schede, edizione.pk)
    return True


def congela_edizione(edizione: EdizioneSMVP, *, da: Utente | None) -> None:
    """Freeze the rules: a plan that uses them is adopted, they change no more.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: they are frozen already.
    """
    esigi(da, "obiettivi.modifica_edizione", edizione)
    if not _congela(edizione, da=da):
        edizione.refresh_from_db(fields=["congelata_il"])
        raise ValidationError(perche_congelata(edizione))


def congela_per_adozione(piano: Piano, *, da: Utente | None) -> None:
    """Freeze the rules of the first year of a plan that is being adopted, if they are not yet.

    Those of its later years are updated each year (art. 7 c. 1 D.Lgs. 150/2009), and freeze with
    the plan that begins then. A consequence of the adoption, which has its own permission.
    """
    libere = EdizioneSMVP.objects.select_related("azienda").filter(congelata_il__isnull=True)
    edizione = libere.filter(azienda=piano.azienda_id, anno=piano.anno_inizio).first()
    if edizione is not None and Misura.objects.filter(obiettivo__area__piano=piano).exists():
        _congela(edizione, da=da, piano=piano)


def _congela(edizione: EdizioneSMVP, *, da: Utente | None, piano: Piano | None = None) -> bool:
    """Freeze by compare-and-set; False if somebody did already."""
    adesso = timezone.now()
    with transaction.atomic():
        libera = EdizioneSMVP.objects.filter(pk=edizione.pk, congelata_il__isnull=True)
        if not libera.update(congelata_il=adesso):
            return False
        registra(
            "edizione.congelata",
            edizione,
            azienda=edizione.azienda,
            da=da,
            descrizione=_("Congelate le regole del %(anno)s") % {"anno": edizione.anno},
            dati={"prima": None, "dopo": in_parole(adesso)},
            riguarda=[piano] if piano else [],
        )
    return True


def perche_congelata(edizione: EdizioneSMVP) -> str:
    """Why an edition cannot be changed; "" if it can."""
    if edizione.congelata_il is None:
        return ""
    return _(
        "Le regole del %(anno)s sono congelate dal %(giorno)s: il piano che le usa è adottato. Per "
        "cambiarle si copiano in un altro anno."
    ) % {
        "anno": edizione.anno,
        "giorno": timezone.localtime(edizione.congelata_il).strftime("%d/%m/%Y"),
    }


def _valide(parametri: Mapping[str, Any]) -> Edizione:
    try:
        return da_dati(parametri)
    except EdizioneNonValida as errore:
        raise ValidationError(list(errore.problemi)) from errore


def _cambiati(prima: Mapping[str, Any], dopo: Mapping[str, Any]) -> list[str]:
    """The names of the rules that changed, in Italian."""
    cambiati = [campo for campo, valore in dopo.items() if prima.get(campo) != valore]
    return [etichetta(f"Edizione.{campo}") for campo in cambiati]
