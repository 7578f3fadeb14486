# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the bodies of an Alleanza really put in a project: money, or the work of their staff."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, salva
from conciliazione.azioni.spesa import (
    SI_RENDICONTA,
    enti_dell_alleanza,
    esigi_spesa,
    nel_periodo,
    non_inviata,
)
from conciliazione.calcolo.importi import in_centesimi
from conciliazione.calcolo.parole import cifra, euro
from conciliazione.models import ApportoCofinanziamento, AzioneProgetto, Ente, Progetto
from conciliazione.models.versione import Forma
from piani.models import Utente


def inserisci_apporto(
    progetto: Progetto,
    *,
    ente: Ente,
    forma: str,
    importo: Decimal | None = None,
    ore: Decimal | None = None,
    costo_orario: Decimal | None = None,
    azione: AzioneProgetto | None = None,
    dal: date | None = None,
    al: date | None = None,
    nota: str = "",
    da: Utente | None,
) -> ApportoCofinanziamento:
    """Write what a body gave: an amount of money, or hours of staff at their hourly cost.

    The amount of the staff is computed: hours × hourly cost, to the cent.

    :raises PermissionDenied: the author represents neither that body nor the capofila.
    :raises ValidationError: by field.
    """
    esigi_spesa(progetto, ente, da)
    personale = forma == Forma.PERSONALE
    _dettagli(personale, importo, ore, costo_orario)
    if personale and ore is not None and costo_orario is not None:
        importo = in_centesimi(ore * costo_orario)
    with transaction.atomic():
        adesso = bloccata(progetto)
        esigi_stato(adesso, *SI_RENDICONTA)
        _dell_alleanza(adesso, ente, azione, dal, al)
        nuovo = salva(
            ApportoCofinanziamento(
                progetto=adesso,
                ente=ente,
                forma=forma,
                pubblico=ente.natura == "pubblica",
                importo=importo,
                ore=ore if personale else None,
                costo_orario=costo_orario if personale else None,
                azione=azione,
                dal=dal,
                al=al,
                nota=nota.strip(),
                inserito_da=da,
            )
        )
        _annota("conc_apporto.inserito", nuovo, da)
    return nuovo


def togli_apporto(apporto: ApportoCofinanziamento, *, da: Utente | None) -> None:
    """Remove what was written by mistake, as long as its report is not in the hands of the ATS.

    :raises PermissionDenied: as `inserisci_apporto`.
    :raises ValidationError: the report was sent.
    """
    esigi_spesa(apporto.progetto, apporto.ente, da)
    with transaction.atomic():
        bloccata(apporto.progetto)
        adesso = bloccata(apporto)
        non_inviata(adesso.rendiconto)
        _annota("conc_apporto.tolto", adesso, da)
        adesso.delete()


def come_si_calcola(apporto: ApportoCofinanziamento) -> str:
    """The arithmetic of the amount of staff; "" for money."""
    if apporto.ore is None or apporto.costo_orario is None:
        return ""
    return _("%(ore)s ore × %(costo)s = %(importo)s") % {
        "ore": cifra(apporto.ore),
        "costo": euro(apporto.costo_orario),
        "importo": euro(apporto.importo),
    }


def _dettagli(
    personale: bool, importo: Decimal | None, ore: Decimal | None, costo_orario: Decimal | None
) -> None:
    errori = {}
    if personale:
        if not ore or ore <= 0:
            errori["ore"] = _("Scrivi quante ore, più di zero.")
        if not costo_orario or costo_orario <= 0:
            errori["costo_orario"] = _("Scrivi il costo di un'ora, più di zero.")
        if importo is not None:
            errori["importo"] = _("Del personale l'importo si calcola: lascialo vuoto.")
    else:
        if not importo or importo <= 0:
            errori["importo"] = _("Scrivi quanto denaro, più di zero.")
        if ore is not None or costo_orario is not None:
            errori["ore"] = _("Ore e costo orario sono del personale: del denaro no.")
    if errori:
        raise ValidationError(errori)


def _dell_alleanza(
    progetto: Progetto, ente: Ente, azione: AzioneProgetto | None, dal: date | None, al: date | None
) -> None:
    errori = {}
    if ente not in enti_dell_alleanza(progetto):
        errori["ente"] = _("%(ente)s non è né capofila né partner del progetto.") % {"ente": ente}
    if azione is not None and azione.progetto_id != progetto.pk:
        errori["azione"] = _("L'azione è di un altro progetto.")
    for campo, giorno in (("dal", dal), ("al", al)):
        if giorno and (frase := nel_periodo(progetto, giorno)):
            errori[campo] = frase
    if dal and al and al < dal:
        errori["al"] = _("La fine viene prima dell'inizio.")
    if errori:
        raise ValidationError(errori)


def _annota(tipo: str, apporto: ApportoCofinanziamento, da: Utente | None) -> None:
    annota(
        tipo,
        apporto,
        _("%(ente)s, %(forma)s: %(importo)s")
        % {
            "ente": apporto.ente,
            "forma": apporto.get_forma_display().lower(),
            "importo": euro(apporto.importo),
        },
        da=da,
        riguarda=[apporto.progetto],
    )
