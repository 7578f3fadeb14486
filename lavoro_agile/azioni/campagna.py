# SPDX-License-Identifier: AGPL-3.0-or-later
"""A round of the mapping: begun, sent to the units, closed. The forms: `azioni.mappatura`."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lavoro_agile.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from lavoro_agile.models import CampagnaMappatura, MappaturaAttivita
from piani.azioni.righe import differenze, istantanea, rileggi
from piani.models import Azienda, UnitaOrganizzativa, Utente
from piani.rules import esigi

PERMESSO = "lavoro_agile.apre_campagna"
Stato = CampagnaMappatura.Stato


def crea_campagna(
    azienda: Azienda, *, anno: int, titolo: str, istruzioni: str = "", apre_il: date,
    chiude_il: date, da: Utente | None,
) -> CampagnaMappatura:  # fmt: skip
    """A draft, that no head sees yet.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: by field; the azienda has a mapping of that year.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        nuova = salva(
            CampagnaMappatura(
                azienda=azienda, anno=anno, titolo=titolo, istruzioni=istruzioni,
                apre_il=apre_il, chiude_il=chiude_il,
            )
        )  # fmt: skip
        _annota("creata", nuova, _("Preparata la mappatura «%s»") % nuova, da)
    return nuova


def modifica_campagna(
    campagna: CampagnaMappatura, *, titolo: str, istruzioni: str, apre_il: date, chiude_il: date,
    visto: str | None = None, da: Utente | None,
) -> None:  # fmt: skip
    """Change the words and the days of a round that is not closed; the term is moved so too.

    :param visto: the mark of the row as it was read (piani.azioni.righe.impronta).
    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: by field; it is closed; somebody saved it meanwhile (Superata).
    """
    esigi(da, PERMESSO, campagna)
    with transaction.atomic():
        adesso = rileggi(bloccata(campagna), visto)
        esigi_stato(adesso, Stato.BOZZA, Stato.APERTA)
        prima = istantanea(adesso, adesso.SCRITTI)
        adesso.titolo, adesso.istruzioni = titolo, istruzioni
        adesso.apre_il, adesso.chiude_il = apre_il, chiude_il
        salva(adesso, *adesso.SCRITTI)
        dati = differenze(prima, istantanea(adesso, adesso.SCRITTI))
        annota(
            "agile_campagna.modificata", adesso,
            _("Modificata la mappatura «%s»") % adesso, da=da, dati=dati,
        )  # fmt: skip


def apri_campagna(
    campagna: CampagnaMappatura, *, unita: Collection[int], da: Utente | None
) -> None:
    """Give a form to each of those units and let their heads see it.

    :param unita: keys of units of the chart in force.
    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: no unit, or one that is not of today's chart; the term has passed.
    """
    esigi(da, PERMESSO, campagna)
    with transaction.atomic():
        adesso = bloccata(campagna)
        esigi_stato(adesso, Stato.BOZZA)
        if adesso.chiude_il is None or adesso.chiude_il < timezone.localdate():
            raise ValidationError(
                _("Il termine «da compilare entro» è già passato: spostalo prima di aprire.")
            )
        quante = _chiedi_a(adesso, unita)
        passa(campagna, Stato.APERTA)
        _annota(
            "aperta", campagna,
            _("Aperta la mappatura «%(campagna)s», %(n)s unità")
            % {"campagna": campagna, "n": quante}, da,
        )  # fmt: skip


def aggiungi_unita(
    campagna: CampagnaMappatura, *, unita: Collection[int], da: Utente | None
) -> None:
    """Give a form to other units, once the round is open.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: it is not open; no unit, or one that has its form.
    """
    esigi(da, PERMESSO, campagna)
    with transaction.atomic():
        adesso = bloccata(campagna)
        esigi_stato(adesso, Stato.APERTA)
        quante = _chiedi_a(adesso, unita)
        _annota(
            "ampliata", adesso,
            ngettext(
                "Aggiunta %(n)s unità alla mappatura «%(campagna)s»",
                "Aggiunte %(n)s unità alla mappatura «%(campagna)s»", quante,
            ) % {"campagna": adesso, "n": quante}, da,
        )  # fmt: skip


def togli_unita(mappatura: MappaturaAttivita, *, da: Utente | None) -> None:
    """Take back the form of a unit that had not to be asked, as long as nobody wrote in it.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: somebody wrote in it.
    """
    esigi(da, PERMESSO, mappatura)
    with transaction.atomic():
        campagna = bloccata(mappatura.campagna)
        mia = bloccata(mappatura)
        esigi_stato(mia, MappaturaAttivita.Stato.DA_COMPILARE)
        _annota("ridotta", campagna, _("Tolta dalla mappatura l'unità «%s»") % mia.nome_unita, da)
        mia.delete()


def chiudi_campagna(campagna: CampagnaMappatura, *, da: Utente | None) -> None:
    """Nobody writes any longer; who did not answer stays so.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: it is not open.
    """
    esigi(da, PERMESSO, campagna)
    with transaction.atomic():
        passa(campagna, Stato.CHIUSA)
        _annota("chiusa", campagna, _("Chiusa la mappatura «%s»") % campagna, da)


def riapri_campagna(campagna: CampagnaMappatura, *, da: Utente | None) -> None:
    """Heads write again.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: it is not closed.
    """
    esigi(da, PERMESSO, campagna)
    with transaction.atomic():
        passa(campagna, Stato.APERTA, da_stati=[Stato.CHIUSA])
        _annota("riaperta", campagna, _("Riaperta la mappatura «%s»") % campagna, da)


def _chiedi_a(campagna: CampagnaMappatura, unita: Collection[int]) -> int:
    """A form for each unit, in the order of the chart; how many. The round is locked."""
    oggi = timezone.localdate()
    di_oggi = UnitaOrganizzativa.objects.alla_data(campagna.azienda, oggi)
    chieste = [una for una in di_oggi if una.pk in set(unita)]
    if not chieste or len(chieste) < len(set(unita)):
        raise ValidationError(
            {"unita": _("Scegli una o più unità dell'organigramma in vigore oggi.")}
        )
    if campagna.mappature.filter(unita__in=chieste).exists():
        raise ValidationError({"unita": _("Un'unità ha già la sua scheda: ricarica la pagina.")})
    MappaturaAttivita.objects.bulk_create(
        MappaturaAttivita(campagna=campagna, unita=una) for una in chieste
    )
    return len(chieste)


def _annota(che: str, campagna: CampagnaMappatura, descrizione: str, da: Utente | None) -> None:
    annota(f"agile_campagna.{che}", campagna, descrizione, da=da)
