# SPDX-License-Identifier: AGPL-3.0-or-later
"""Retention: reasons and protections are deleted, names give way to codes, on their day.

The terms are the edition's (``regole.conservazione``), counted from the end of the call or of the
agreement (art. 5 par. 1 lett. e Reg. UE 2016/679).
"""

import secrets
from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.calcolo.conservazione import dopo_mesi
from lavoro_agile.models import (
    AccordoIndividuale,
    BandoLavoroAgile,
    ColloquioDomanda,
    DomandaLavoroAgile,
    MotivoDomanda,
    ParereDomanda,
    RecessoAccordo,
    SecondaIstanza,
    TutelaAccordo,
)
from piani.azioni import registra
from piani.models import Azienda

A_GRUPPI = 500
FINITE = ("respinta", "ritirata", "negata", "ammessa")
CANCELLATO = "[cancellato al termine della conservazione]"


def scadenza_motivi(bando: BandoLavoroAgile) -> date:
    """Until when the reasons of the requests of a call are kept."""
    return dopo_mesi(bando.chiude_il, bando.edizione.regole.conservazione.motivi)


def scadenza_tutela(accordo: AccordoIndividuale) -> date:
    """Until when a protection of an agreement is kept."""
    fine = accordo.cessa_il or accordo.al or timezone.localdate()
    return dopo_mesi(fine, accordo.edizione.regole.conservazione.motivi)


def cancella_scaduti(giorno: date | None = None) -> int:
    """Delete and make anonymous what is past its day (today if not said); how many rows.

    Each azienda has one audit line with the counts, and nothing else of them.
    """
    oggi = giorno or timezone.localdate()
    fissa_termini()
    quanti: Counter[Azienda] = Counter()
    with transaction.atomic():
        for azienda, tolte in (
            *_cancellati(_scaduti(MotivoDomanda, oggi, "domanda__bando__edizione__azienda")),
            *_cancellati(_tutele_scadute(oggi)),
            *_recessi_coperti(oggi),
            *_bozze_vecchie(oggi),
            *_anonimi(DomandaLavoroAgile.objects.filter(_da_coprire(oggi)), _copri_domanda),
            *_anonimi(AccordoIndividuale.objects.filter(_da_coprire(oggi)), _copri_accordo),
        ):
            quanti[azienda] += tolte
        for azienda, tolte in quanti.items():
            registra(
                "agile_conservazione.eseguita", azienda, azienda=azienda, da=None,
                descrizione=_("Lavoro agile: cancellati o resi anonimi %(quanti)s dati scaduti")
                % {"quanti": tolte},
                dati={"quanti": tolte},
            )  # fmt: skip
    return sum(quanti.values())


def fissa_termini() -> None:
    """Say until when a name is kept, of what has come to its end and does not say it yet."""
    accordi = AccordoIndividuale.objects.filter(conserva_fino_al=None, persona__isnull=False)
    for accordo in accordi.select_related("edizione").iterator(A_GRUPPI):
        fine = _fine_accordo(accordo)
        if fine is not None:
            _fissa(accordo, dopo_mesi(fine, accordo.edizione.regole.conservazione.nomi))
    domande = DomandaLavoroAgile.objects.filter(
        conserva_fino_al=None, persona__isnull=False, stato__in=FINITE
    )
    for domanda in domande.select_related("bando__edizione", "accordo").iterator(A_GRUPPI):
        suo: AccordoIndividuale | None = getattr(domanda, "accordo", None)
        fine = _fine_accordo(suo) if suo is not None else domanda.bando.chiude_il
        if fine is not None:
            mesi = domanda.bando.edizione.regole.conservazione.nomi
            _fissa(domanda, dopo_mesi(max(fine, domanda.bando.chiude_il), mesi))


def _fine_accordo(accordo: AccordoIndividuale) -> date | None:
    """The last day that counts; None while it goes on without a term."""
    if accordo.stato == AccordoIndividuale.Stato.ANNULLATO:
        return accordo.dal
    return accordo.cessa_il or accordo.al


def _fissa(riga: Any, giorno: date) -> None:
    type(riga)._default_manager.filter(pk=riga.pk).update(conserva_fino_al=giorno)


def _scaduti(modello: Any, oggi: date, azienda: str) -> Any:
    """The rows past their day, with the azienda that they are of."""
    return modello._default_manager.filter(conserva_fino_al__lt=oggi).select_related(azienda)


def _cancellati(righe: Any) -> list[tuple[Azienda, int]]:
    """Delete the rows; one by azienda and count."""
    trovate = list(righe)
    di = Counter(riga.azienda for riga in trovate)
    righe.model._default_manager.filter(pk__in=[riga.pk for riga in trovate]).delete()
    return list(di.items())


def _tutele_scadute(oggi: date) -> Any:
    """Past their day; while the agreement is in force a protection stays, and with it its notice
    (art. 19 c. 2 L. 81/2017).
    """
    scadute = _scaduti(TutelaAccordo, oggi, "accordo__edizione__azienda")
    return scadute.exclude(accordo__in=AccordoIndividuale.objects.in_vigore(oggi))


def _recessi_coperti(oggi: date) -> list[tuple[Azienda, int]]:
    """Why somebody left may tell of their health: it goes when protections go."""
    scritti = RecessoAccordo.objects.exclude(motivo__in=("", CANCELLATO))
    vecchi = [
        uno
        for uno in scritti.filter(decorre_dal__lt=oggi).select_related("accordo__edizione__azienda")
        if scadenza_tutela(uno.accordo) < oggi
    ]
    RecessoAccordo.objects.filter(pk__in=[uno.pk for uno in vecchi]).update(motivo=CANCELLATO)
    return list(Counter(uno.azienda for uno in vecchi).items())


def _bozze_vecchie(oggi: date) -> list[tuple[Azienda, int]]:
    """Requests begun and never sent, as old as the reasons that are deleted."""
    bozze = DomandaLavoroAgile.objects.filter(stato="bozza", bando__chiude_il__lt=oggi)
    vecchie = [
        bozza.pk
        for bozza in bozze.select_related("bando__edizione")
        if scadenza_motivi(bozza.bando) < oggi
    ]
    scelte = DomandaLavoroAgile.objects.filter(pk__in=vecchie)
    return _cancellati(scelte.select_related("bando__edizione__azienda"))


def _da_coprire(oggi: date) -> Q:
    return Q(conserva_fino_al__lt=oggi, persona__isnull=False)


def _anonimi(righe: Any, copri: Any) -> list[tuple[Azienda, int]]:
    """Put a code in the place of each name, and take away the words that could say whose it is."""
    di: Counter[Azienda] = Counter()
    for riga in righe.select_for_update():
        di[riga.azienda] += 1
        copri(riga)
        riga.persona, riga.codice = None, f"anonimo-{secrets.token_hex(6)}"
        riga.save()
    return list(di.items())


def _copri_domanda(domanda: DomandaLavoroAgile) -> None:
    domanda.attivita = domanda.strumenti = domanda.profilo = ""
    ColloquioDomanda.objects.filter(domanda=domanda).update(sintesi="")
    ParereDomanda.objects.filter(domanda=domanda).update(motivazione=CANCELLATO)
    SecondaIstanza.objects.filter(domanda=domanda).update(motivazione=CANCELLATO)
    SecondaIstanza.objects.filter(domanda=domanda).exclude(decisione="").update(
        decisione=CANCELLATO
    )
    MotivoDomanda.objects.filter(domanda=domanda).delete()


def _copri_accordo(accordo: AccordoIndividuale) -> None:
    accordo.profilo = accordo.contatto_nota = accordo.rotazione = accordo.obiettivi = ""
    RecessoAccordo.objects.filter(accordo=accordo).exclude(motivo="").update(motivo=CANCELLATO)
    RecessoAccordo.objects.filter(accordo=accordo, da=F("accordo__persona")).update(da=None)
    TutelaAccordo.objects.filter(accordo=accordo).delete()
