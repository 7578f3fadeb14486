# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the negotiation puts in people's inbox: as many queries for one scheda as for many."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.models import (
    Finestra,
    FirmaScheda,
    MessaggioScheda,
    PresaVisione,
    Proroga,
    RevisioneScheda,
    SchedaBudget,
    VersioneScheda,
)
from obiettivi.rules import aziende_governate
from obiettivi.schede.firme import Firmatari, Posto
from obiettivi.schede.personale import divulgare_entro
from piani.bacheca import Cosa
from piani.models import Azienda, Incarico, Ruolo, Utente
from piani.organigramma.ambito import unita_sotto

Stato = SchedaBudget.Stato
Schede = list[SchedaBudget]
DI_CHI_NEGOZIA = (Ruolo.CONTROLLO_GESTIONE, Ruolo.DIREZIONE, Ruolo.RESPONSABILE_CDR)


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """Proposals to send, schede to sign, messages to answer, schede to make known, and to read."""
    if utente.ha_ruolo(*DI_CHI_NEGOZIA):
        yield from _da_negoziare(utente)
    if utente.ha_ruolo(Ruolo.DIPENDENTE) and utente.per_conto_di is None:
        yield from _da_leggere(utente)


def _da_negoziare(utente: Utente) -> Iterator[Cosa]:
    visibili = SchedaBudget.objects.visibili_a(utente).dei_cdr().per_elenco()
    aperte = list(
        visibili.filter(stato__in=(Stato.PROPOSTA, Stato.IN_NEGOZIAZIONE, Stato.SOTTOSCRITTA))
    )
    if not aperte:
        return
    per_azienda: dict[Azienda, Schede] = defaultdict(list)
    for scheda in aperte:
        per_azienda[scheda.azienda].append(scheda)
    governate = set(aziende_governate(utente).values_list("pk", flat=True))
    termini, firmate = _Termini(list(per_azienda), aperte), _firme_date(aperte)
    ultimi = _ultimi_messaggi(aperte)
    for azienda, schede in per_azienda.items():
        governa, firmatari = azienda.pk in governate, Firmatari(azienda)
        if governa:
            yield from _da_inviare(azienda, schede, termini)
        for scheda in schede:
            titolare = firmatari.responsabile(scheda)
            mia = titolare is not None and _vale_per(utente, titolare)
            if scheda.stato == Stato.SOTTOSCRITTA and mia:
                yield _da_divulgare(scheda)
            elif scheda.stato == Stato.IN_NEGOZIAZIONE:
                posti = [uno for uno in firmatari.posti(scheda) if uno.dovuta]
                mancano = [uno for uno in posti if uno.ruolo not in firmate[scheda.pk]]
                yield from _da_firmare(utente, scheda, mancano, termini)
                ultimo = ultimi.get(scheda.pk)
                if ultimo and _aspetta(ultimo, utente, governa=governa, mia=mia):
                    yield _da_rispondere(scheda, termini)


def _vale_per(utente: Utente, incarico: Incarico) -> bool:
    return any(uno.pk == incarico.pk for uno in utente.incarichi_di_oggi)


def _da_inviare(azienda: Azienda, schede: Schede, termini: "_Termini") -> Iterator[Cosa]:
    per_anno: dict[int, Schede] = defaultdict(list)
    for scheda in schede:
        if scheda.stato == Stato.PROPOSTA:
            per_anno[scheda.anno].append(scheda)
    for anno, proposte in per_anno.items():
        yield Cosa(
            titolo=ngettext(
                "%(n)s scheda budget %(anno)s da inviare in negoziazione",
                "%(n)s schede budget %(anno)s da inviare in negoziazione",
                len(proposte),
            )
            % {"n": len(proposte), "anno": anno},
            testo=str(azienda),
            url=reverse("schede_invia", args=[azienda.codice, anno]),
            scadenza=termini.dell_anno(azienda, anno),
        )


def _da_divulgare(scheda: SchedaBudget) -> Cosa:
    entro = divulgare_entro(scheda)
    return Cosa(
        titolo=_("Divulga la scheda budget: %(scheda)s") % {"scheda": scheda},
        testo=_("È sottoscritta: il personale la deve conoscere entro un mese."),
        url=_dove(scheda),
        scadenza=entro,
        urgente=entro is not None and entro < timezone.localdate(),
    )


def _da_firmare(
    utente: Utente, scheda: SchedaBudget, mancano: list[Posto], termini: "_Termini"
) -> Iterator[Cosa]:
    for posto in mancano:
        if posto.spetta_a(utente, scheda.azienda_id):
            yield Cosa(
                titolo=_("Firma la scheda budget: %(scheda)s") % {"scheda": scheda},
                testo=_("Versione %(n)s, come %(ruolo)s.")
                % {"n": scheda.versione, "ruolo": posto.ruolo.label},
                url=_dove(scheda),
                scadenza=termini.di(scheda),
            )


def _aspetta(ultimo: "_Ultimo", utente: Utente, *, governa: bool, mia: bool) -> bool:
    """The controllo di gestione answers the others, and who answers for the CdR answers it."""
    if ultimo.autore == utente.pk:
        return False
    return mia if ultimo.controllo else governa


def _da_rispondere(scheda: SchedaBudget, termini: "_Termini") -> Cosa:
    return Cosa(
        titolo=_("Rispondi al messaggio sulla scheda budget: %(scheda)s") % {"scheda": scheda},
        testo=_("L'ultimo messaggio della negoziazione aspetta una risposta."),
        url=_dove(scheda),
        scadenza=termini.di(scheda),
    )


def _dove(scheda: SchedaBudget) -> str:
    return f"{scheda.get_absolute_url()}#negoziazione"


def _da_leggere(utente: Utente) -> Iterator[Cosa]:
    versioni = VersioneScheda.objects.filter(scheda=OuterRef("pk"), numero=OuterRef("versione"))
    viste = PresaVisione.objects.filter(
        utente=utente, versione__scheda=OuterRef("pk"), versione__numero=OuterRef("versione")
    )
    schede = SchedaBudget.objects.visibili_a(utente).dei_cdr().per_elenco()
    da_leggere = schede.exclude(
        stato__in=(Stato.PROPOSTA, Stato.IN_NEGOZIAZIONE, Stato.SOTTOSCRITTA, Stato.CHIUSA)
    ).filter(Exists(versioni), ~Exists(viste))
    proprie: set[int] | None = None
    for scheda in da_leggere:
        if proprie is None:
            proprie = _unita_in_cui_lavora(utente)
        if scheda.unita_id in proprie:
            yield Cosa(
                titolo=_("Prendi visione della scheda budget: %(scheda)s") % {"scheda": scheda},
                testo=_("Gli obiettivi del tuo centro di responsabilità sono stati divulgati."),
                url=_dove(scheda),
            )


def _unita_in_cui_lavora(utente: Utente) -> set[int]:
    miei = Incarico.objects.che_valgono_per(utente).filter(ruolo=Ruolo.DIPENDENTE)
    unita = miei.filter(unita__isnull=False).values_list("unita", flat=True)
    return unita_sotto(set(unita), figlie=False)


@dataclass(frozen=True)
class _Ultimo:
    """Who wrote the last message of a scheda, and whether they are the controllo di gestione."""

    autore: int
    controllo: bool


def _ultimi_messaggi(schede: Schede) -> dict[int, _Ultimo]:
    """By scheda; those without messages are not there. A new version answers those before it."""
    messaggi = MessaggioScheda.objects.filter(
        scheda__in=schede, versione=F("scheda__versione")
    ).order_by("scritto_il", "pk")
    detti = messaggi.values_list("scheda", "scheda__azienda", "autore")
    ultimi = {scheda: (azienda, autore) for scheda, azienda, autore in detti}
    incarichi = Incarico.objects.in_vigore().filter(ruolo=Ruolo.CONTROLLO_GESTIONE)
    autori = {autore for _azienda, autore in ultimi.values()}
    controllo = set(incarichi.filter(utente__in=autori).values_list("azienda", "utente"))
    return {
        scheda: _Ultimo(autore, (azienda, autore) in controllo)
        for scheda, (azienda, autore) in ultimi.items()
    }


def _firme_date(schede: Schede) -> dict[int, set[str]]:
    """By scheda, the places signed on the version that it stands at."""
    date_: dict[int, set[str]] = defaultdict(set)
    correnti = FirmaScheda.objects.filter(
        versione__scheda__in=schede, versione__numero=F("versione__scheda__versione")
    )
    for scheda, ruolo in correnti.values_list("versione__scheda", "ruolo"):
        date_[scheda].add(ruolo)
    return date_


class _Termini:
    """By when each scheda is agreed on, late exceptions counted; a revision has no window."""

    def __init__(self, aziende: list[Azienda], schede: Schede) -> None:
        finestre = Finestra.objects.filter(azienda__in=aziende, tipo=Finestra.Tipo.NEGOZIAZIONE)
        self.finestre = {(una.azienda_id, una.anno): una for una in finestre}
        proroghe = Proroga.objects.filter(finestra__in=self.finestre.values())
        self.proroghe = {(una.finestra_id, una.unita_id): una.fino_al for una in proroghe}
        aperte = RevisioneScheda.objects.filter(scheda__in=schede, alla__isnull=True)
        self.in_revisione = set(aperte.values_list("scheda", flat=True))

    def di(self, scheda: SchedaBudget) -> date | None:
        finestra = self.finestre.get((scheda.azienda_id, scheda.anno))
        if finestra is None or scheda.pk in self.in_revisione:
            return None
        prorogata = self.proroghe.get((finestra.pk, scheda.unita_id or 0))
        return max(finestra.scade, prorogata) if prorogata else finestra.scade

    def dell_anno(self, azienda: Azienda, anno: int) -> date | None:
        finestra = self.finestre.get((azienda.pk, anno))
        return finestra.scade if finestra else None
