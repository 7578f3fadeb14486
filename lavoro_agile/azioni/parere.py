# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said of a request: the talk, the head's opinion, the second instance to the Direzione."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.azioni.domanda import entro_i_limiti
from lavoro_agile.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from lavoro_agile.models import (
    ColloquioDomanda,
    DomandaLavoroAgile,
    ParereDomanda,
    SecondaIstanza,
)
from lavoro_agile.rules import esigi_di_persona
from piani.models import Utente

ESPRIME = "lavoro_agile.esprime_parere"
CHIEDE_RIESAME = "lavoro_agile.chiede_riesame"
DECIDE = "lavoro_agile.decide_riesame"
Stato = DomandaLavoroAgile.Stato
Esito = ParereDomanda.Esito


def serve_colloquio(domanda: DomandaLavoroAgile) -> bool:
    """Whether the edition wants a talk before the opinion, for the area of the request."""
    area = domanda.bando.edizione.regole.area(domanda.area)
    return area is not None and area.colloquio


def registra_colloquio(
    domanda: DomandaLavoroAgile, *, giorno: date, sintesi: str, da: Utente | None
) -> None:
    """Write when the talk was and what was agreed; again, until the opinion is given.

    :raises PermissionDenied: the author does not lead the unit, or it is their own request.
    :raises ValidationError: on ``giorno``; the opinion is given; that area has no talk.
    """
    esigi_di_persona(da, ESPRIME, domanda)
    with transaction.atomic():
        mia = bloccata(domanda)
        _esigi_in_attesa(mia)
        if not serve_colloquio(mia):
            raise ValidationError(_("Per quest'area il regolamento non chiede il colloquio."))
        if giorno > timezone.localdate():
            raise ValidationError({"giorno": _("Il giorno deve ancora venire: scrivilo dopo.")})
        colloquio = ColloquioDomanda.objects.filter(domanda=mia).first()
        colloquio = colloquio or ColloquioDomanda(domanda=mia)
        colloquio.giorno, colloquio.sintesi, colloquio.con = giorno, sintesi, da
        salva(colloquio)
        _annota("colloquio", mia, _("%(domanda)s: fatto il colloquio"), da=da)


def esprimi_parere(
    domanda: DomandaLavoroAgile, *, esito: str, motivazione: str, causa: str = "",
    giorni: int | None = None, da: Utente | None,
) -> None:  # fmt: skip
    """The head's opinion, once, with why: favourable with the days a month, contrary with a cause
    of the edition.

    :raises PermissionDenied: the author does not lead the unit, or it is their own request.
    :raises ValidationError: by field; it was given already; the talk is missing.
    """
    esigi_di_persona(da, ESPRIME, domanda)
    with transaction.atomic():
        mia = bloccata(domanda)
        _esigi_in_attesa(mia)
        if serve_colloquio(mia) and not ColloquioDomanda.objects.filter(domanda=mia).exists():
            raise ValidationError(
                _("Per quest'area prima del parere c'è il colloquio: scrivi quando si è tenuto.")
            )
        favorevole = esito == Esito.FAVOREVOLE
        if favorevole:
            _esigi_giorni(mia, giorni, "giorni")
        else:
            _esigi_causa(mia, causa)
        salva(
            ParereDomanda(
                domanda=mia, esito=esito, motivazione=motivazione, dato_da=da,
                causa=causa, giorni=giorni, dato_il=timezone.localdate(),
            )
        )  # fmt: skip
        if favorevole:
            passa(domanda, Stato.FAVOREVOLE, da_stati=[Stato.PRESENTATA], giorni_concessi=giorni)
        else:
            passa(domanda, Stato.NEGATA)
        _annota("parere", domanda, _("%(domanda)s: espresso il parere"), da=da)


def termine_riesame(domanda: DomandaLavoroAgile) -> date | None:
    """The last day to ask again; None when the edition sets none."""
    giorni = domanda.bando.edizione.regole.termini.seconda_istanza
    if giorni is None or domanda.parere.dato_il is None:
        return None
    return domanda.parere.dato_il + timedelta(days=giorni)


def chiedi_riesame(domanda: DomandaLavoroAgile, *, motivazione: str, da: Utente | None) -> None:
    """Ask again, to the Direzione, after a contrary opinion.

    :raises PermissionDenied: it is somebody else's.
    :raises ValidationError: the edition has no second instance; too late; nothing was refused.
    """
    esigi_di_persona(da, CHIEDE_RIESAME, domanda)
    with transaction.atomic():
        mia = bloccata(domanda)
        esigi_stato(mia, Stato.NEGATA)
        if not mia.bando.edizione.regole.seconda_istanza.valore:
            raise ValidationError(_("Il regolamento non prevede una seconda istanza."))
        termine = termine_riesame(mia)
        oggi = timezone.localdate()
        if termine is not None and oggi > termine:
            raise ValidationError(
                _("La seconda istanza si poteva chiedere fino al %(giorno)s.")
                % {"giorno": f"{termine:%d/%m/%Y}"}
            )
        salva(SecondaIstanza(domanda=mia, motivazione=motivazione, chiesta_il=oggi))
        passa(domanda, Stato.IN_RIESAME)
        _annota("riesame_chiesto", domanda, _("%(domanda)s: chiesta la seconda istanza"), da=da)


def decidi_riesame(
    domanda: DomandaLavoroAgile, *, esito: str, decisione: str, giorni: int | None = None,
    da: Utente | None,
) -> None:  # fmt: skip
    """The Direzione says again, with why: accepted with the days a month, or refused for good.

    :raises PermissionDenied: the author is not of the Direzione, or it is their own request.
    :raises ValidationError: by field; it was decided already.
    """
    esigi_di_persona(da, DECIDE, domanda)
    with transaction.atomic():
        mia = bloccata(domanda)
        esigi_stato(mia, Stato.IN_RIESAME)
        accolta = esito == SecondaIstanza.Esito.ACCOLTA
        if accolta:
            _esigi_giorni(mia, giorni, "giorni")
        istanza = bloccata(mia.seconda_istanza)
        istanza.esito, istanza.decisione = esito, decisione
        istanza.decisa_da, istanza.decisa_il = da, timezone.localdate()
        salva(istanza, "esito", "decisione", "decisa_da", "decisa_il")
        if accolta:
            passa(domanda, Stato.FAVOREVOLE, da_stati=[Stato.IN_RIESAME], giorni_concessi=giorni)
        else:
            passa(domanda, Stato.RESPINTA)
        _annota("riesame_deciso", domanda, _("%(domanda)s: decisa la seconda istanza"), da=da)


def _esigi_in_attesa(domanda: DomandaLavoroAgile) -> None:
    if domanda.stato != Stato.PRESENTATA and ParereDomanda.objects.filter(domanda=domanda).exists():
        raise ValidationError(_("Il parere su questa domanda c'è già, e non si cambia."))
    esigi_stato(domanda, Stato.PRESENTATA)


def _esigi_giorni(domanda: DomandaLavoroAgile, giorni: int | None, campo: str) -> None:
    """Granted days are said, within the edition and not more than those asked."""
    if giorni is None:
        raise ValidationError({campo: _("Scrivi quanti giorni al mese si concedono.")})
    entro_i_limiti(campo, giorni, domanda.bando.edizione.regole.giorni_mese.valore)
    if domanda.giorni_chiesti and giorni > domanda.giorni_chiesti:
        raise ValidationError(
            {
                campo: _("Ne sono stati chiesti %(chiesti)s: non se ne concedono di più.")
                % {"chiesti": domanda.giorni_chiesti}
            }
        )


def _esigi_causa(domanda: DomandaLavoroAgile, causa: str) -> None:
    codici = [uno.codice for uno in domanda.bando.edizione.regole.dinieghi]
    if codici and causa not in codici:
        raise ValidationError(
            {"causa": _("Scegli il motivo del diniego fra quelli del regolamento.")}
        )


def _annota(che: str, domanda: DomandaLavoroAgile, frase: str, *, da: Utente | None) -> None:
    annota(
        f"agile_domanda.{che}", domanda, frase % {"domanda": domanda}, da=da,
        riguarda=[domanda.bando],
    )  # fmt: skip
