# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan as it was known on a day: what is rebuilt, what is as it is today, told exactly.

Rebuilt: the results, the readings confirmed by then, the rules of the measurement, the state and
the document of the plan. As today: the tree with its weights and targets, which do not change once
the plan has left the draft (if they changed since, it is told), and the benchmarks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.azioni.calcolo import righe_di
from obiettivi.calcolo.edizione import Edizione, EdizioneNonValida
from obiettivi.calcolo.edizione_dati import da_dati
from obiettivi.filters import Scelto
from obiettivi.models import Calcolo, EdizioneSMVP, Misura, Raggiungimento
from obiettivi.raccolta import raccogli
from obiettivi.valutazione import valuta
from piani.models import DocumentoPubblicato, Evento, Piano
from piani.models.evento import chiave_di
from piani.passaggi import ARRIVI

DELL_ALBERO = ("area.", "obiettivo.", "misura.", "pesi.")


@dataclass(frozen=True)
class Conosciuto:
    """What was known of a plan: its scores, and the sentences that say what one is looking at."""

    righe: list[Raggiungimento]
    frasi: list[str]
    documento: DocumentoPubblicato | None


def conosciuto(piano: Piano, scelto: Scelto | None, al: datetime) -> Conosciuto:
    """The scores of a period as they would have been computed at a moment, none if not asked."""
    documento = (
        piano.documenti.del_piano()
        .filter(pubblicato_il__lte=timezone.localtime(al).date())
        .order_by("-versione")
        .first()
    )
    frasi = [_stato(piano, al)]
    righe: list[Raggiungimento] = []
    if scelto is not None:
        righe, detto = _punteggi(piano, scelto, al)
        frasi.append(detto)
    frasi += _cambiamenti(piano, al)
    return Conosciuto(righe, frasi, documento)


def _stato(piano: Piano, al: datetime) -> str:
    """Where the plan was: the last step before that moment."""
    passi = Evento.objects.filter(oggetto=chiave_di(piano), tipo__in=ARRIVI).order_by("-quando")
    ultimo = passi.filter(quando__lte=al).first()
    if ultimo is not None:
        return _("Il piano era «%(stato)s».") % {"stato": ARRIVI[ultimo.tipo].label}
    primo = passi.last()
    if primo is None:
        return _("Il registro non dice in che stato era il piano.")
    return _("Quel giorno il piano non era ancora in Albero: c'è dal %(giorno)s.") % {
        "giorno": timezone.localtime(primo.quando).strftime("%d/%m/%Y")
    }


def _punteggi(piano: Piano, scelto: Scelto, al: datetime) -> tuple[list[Raggiungimento], str]:
    prospettiva, anno, frazione = scelto
    edizione = EdizioneSMVP.objects.filter(azienda=piano.azienda_id, anno=anno).first()
    if edizione is None:
        return [], _("Mancano le regole del %(anno)s: i punteggi non si ricostruiscono.") % {
            "anno": anno
        }
    albero = raccogli(piano, prospettiva, anno, frazione, al=al)
    calcolo = Calcolo(
        piano=piano, prospettiva=prospettiva, anno=anno, frazione=frazione, edizione=edizione
    )
    try:
        regole = regole_al(edizione, al)
    except EdizioneNonValida:
        return [], _("Le regole di quel giorno non si possono usare: i punteggi non si "
                     "ricostruiscono.")  # fmt: skip
    return list(righe_di(calcolo, valuta(albero, regole))), _(
        "I punteggi sono ricalcolati con i risultati, le letture confermate e le regole di quel "
        "giorno; i valori di riferimento esterni sono quelli di oggi."
    )


def regole_al(edizione: EdizioneSMVP, al: datetime | None) -> Edizione:
    """The rules of an edition as they were at a moment; those it was born with, if it came later.

    The register keeps them before and after each change.
    """
    dopo = (
        Evento.objects.filter(
            oggetto=chiave_di(edizione),
            tipo__in=("edizione.creata", "edizione.modificata"),
            quando__gt=al,
        )
        .order_by("quando", "pk")
        .first()
        if al
        else None
    )
    parametri: Any = edizione.parametri
    if dopo is not None:
        parametri = dopo.dati.get("prima") or dopo.dati["dopo"]
    return da_dati(parametri)


def _cambiamenti(piano: Piano, al: datetime) -> Iterable[str]:
    """Whether the tree shown is the one of that day: what was changed of it since."""
    indicatori = Misura.objects.filter(obiettivo__area__piano=piano).values_list(
        "indicatore", flat=True
    )
    dell_albero = Q()
    for inizio in DELL_ALBERO:
        dell_albero |= Q(tipo__startswith=inizio)
    toccati = Evento.objects.che_riguardano(piano).filter(dell_albero, quando__gt=al).count()
    toccati += Evento.objects.filter(
        tipo="indicatore.modificato",
        quando__gt=al,
        oggetto__in=[f"obiettivi.indicatore:{pk}" for pk in indicatori],
    ).count()
    if not toccati:
        yield _("L'albero, i pesi e i target non sono cambiati da allora.")
        return
    yield ngettext(
        "L'albero, i pesi e i target si vedono come sono oggi: da allora hanno avuto %(n)s "
        "cambiamento, che la storia del piano racconta.",
        "L'albero, i pesi e i target si vedono come sono oggi: da allora hanno avuto %(n)s "
        "cambiamenti, che la storia del piano racconta.",
        toccati,
    ) % {"n": toccati}
