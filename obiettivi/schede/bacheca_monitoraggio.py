# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the quarterly monitoring puts in people's inbox: as many queries for one scheda as for
many.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.calcolo.periodi import genitori
from obiettivi.models import (
    Frazione,
    PeriodoChiuso,
    Rendicontazione,
    RigaScheda,
    Rilevazione,
    SchedaBudget,
)
from obiettivi.models.scheda import SchedaQuerySet
from obiettivi.rules import aziende_governate
from obiettivi.schede.ciclo import TRIMESTRI
from obiettivi.schede.finestre import Tempo
from obiettivi.schede.monitoraggio import affidate_a, calendari, rendicontate
from piani.bacheca import Cosa
from piani.models import Incarico, Ruolo, Utente
from piani.organigramma.ambito import unita_sotto


@dataclass(frozen=True)
class Dovuta:
    """What a scheda still owes of a quarter whose window has opened."""

    scheda: SchedaBudget
    frazione: str
    tempo: Tempo
    mancano: int
    dovute: int

    def in_ritardo(self, oggi: date) -> bool:
        return oggi > self.tempo.scade


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """Reports due, for who answers for a CdR; indicators to fill, for who takes their results; who
    is late, for the controllo di gestione; what was sent, for the Nucleo.
    """
    oggi = timezone.localdate()
    yield from _da_rendicontare(utente, oggi)
    yield from _da_rilevare(utente, oggi)
    yield from _in_ritardo(utente, oggi)
    yield from _da_guardare(utente)


def _da_guardare(utente: Utente) -> Iterator[Cosa]:
    """Reports that were sent and have no percentage of the Nucleo yet, quarter by quarter."""
    if not utente.ha_ruolo(Ruolo.NUCLEO):
        return
    in_corso = SchedaBudget.objects.visibili_a(utente).filter(
        stato=SchedaBudget.Stato.IN_MONITORAGGIO
    )
    trasmesse = Rendicontazione.objects.filter(
        riga__area__scheda__in=in_corso,
        stato=Rendicontazione.Stato.TRASMESSA,
        validato__isnull=True,
    )
    azienda, anno = "riga__area__scheda__azienda", "riga__area__scheda__anno"
    per_trimestre = trasmesse.order_by().values_list(
        f"{azienda}__codice", f"{azienda}__nome", anno, "frazione"
    )
    for codice, nome, quale, frazione, quante in per_trimestre.annotate(n=Count("pk")):
        scelta = urlencode({"azienda": codice, "anno": quale, "frazione": frazione})
        yield Cosa(
            titolo=ngettext(
                "Guarda %(n)s riga rendicontata: %(periodo)s %(anno)s",
                "Guarda %(n)s righe rendicontate: %(periodo)s %(anno)s",
                quante,
            )
            % {"n": quante, "periodo": Frazione(frazione).label, "anno": quale},
            testo=_("%(azienda)s: accanto al dichiarato puoi scrivere la percentuale validata.")
            % {"azienda": nome},
            url=f"{reverse('monitoraggio')}?{scelta}",
        )


def _da_rendicontare(utente: Utente, oggi: date) -> Iterator[Cosa]:
    if not utente.ha_ruolo(Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO):
        return
    for una in _dovute(affidate_a(utente), oggi):
        tardi = una.in_ritardo(oggi)
        yield Cosa(
            titolo=_("Rendiconta il %(periodo)s %(anno)s: %(unita)s")
            % {
                "periodo": Frazione(una.frazione).label,
                "anno": una.scheda.anno,
                "unita": una.scheda.unita,
            },
            testo=_quante(una)
            + (
                " " + _("Il termine è scaduto: una proroga la concede il controllo di gestione.")
                if tardi
                else ""
            ),
            url=f"{una.scheda.get_absolute_url()}#monitoraggio",
            scadenza=una.tempo.scade,
            urgente=tardi,
        )


def _quante(una: Dovuta) -> str:
    return ngettext(
        "Manca %(n)s riga su %(su)s.", "Mancano %(n)s righe su %(su)s.", una.mancano
    ) % {"n": una.mancano, "su": una.dovute}


def _in_ritardo(utente: Utente, oggi: date) -> Iterator[Cosa]:
    if not utente.ha_ruolo(Ruolo.CONTROLLO_GESTIONE):
        return
    governate = SchedaBudget.objects.filter(azienda__in=aziende_governate(utente))
    tardi = Counter(
        (una.scheda.azienda, una.scheda.anno, una.frazione)
        for una in _dovute(governate.dei_cdr(), oggi)
        if una.in_ritardo(oggi)
    )
    for (azienda, anno, frazione), quanti in tardi.items():
        scelta = urlencode({"azienda": azienda.codice, "anno": anno, "frazione": frazione})
        yield Cosa(
            titolo=ngettext(
                "%(n)s CdR in ritardo con la rendicontazione",
                "%(n)s CdR in ritardo con la rendicontazione",
                quanti,
            )
            % {"n": quanti},
            testo=_("%(azienda)s, %(periodo)s %(anno)s: il termine è scaduto.")
            % {"azienda": azienda, "periodo": Frazione(frazione).label, "anno": anno},
            url=f"{reverse('monitoraggio')}?{scelta}",
        )


def _da_rilevare(utente: Utente, oggi: date) -> Iterator[Cosa]:
    """The indicators certified by the person's units that some CdR still lacks, as long as the
    window of the quarter is open.
    """
    miei = Incarico.objects.che_valgono_per(utente).filter(
        ruolo=Ruolo.RILEVATORE, unita__isnull=False
    )
    unita = unita_sotto(set(miei.values_list("unita", flat=True)), figlie=False)
    if not unita:
        return
    righe = list(
        RigaScheda.objects.filter(
            aziendale=False,
            indicatore__rilevatore__in=unita,
            area__scheda__unita__isnull=False,
            area__scheda__stato=SchedaBudget.Stato.IN_MONITORAGGIO,
        ).select_related("indicatore__azienda", "area__scheda")
    )
    aperte = _finestre_aperte([riga.area.scheda for riga in righe], oggi)
    rilevati = set(
        Rilevazione.objects.correnti()
        .filter(indicatore__in={riga.indicatore_id for riga in righe}, unita__isnull=False)
        .values_list("indicatore", "unita", "anno", "frazione")
    )
    mancano: dict[tuple[int, int, str], set[int]] = defaultdict(set)
    for riga in righe:
        scheda = riga.area.scheda
        for frazione in aperte.get((scheda.azienda_id, scheda.anno), {}):
            chiave = (riga.indicatore_id, scheda.unita_id, scheda.anno, frazione)
            if chiave not in rilevati and scheda.unita_id is not None:
                mancano[riga.indicatore_id, scheda.anno, frazione].add(scheda.unita_id)
    indicatori = {riga.indicatore_id: riga.indicatore for riga in righe}
    for (chi, anno, frazione), cdr in mancano.items():
        indicatore = indicatori[chi]
        indirizzo = reverse("griglia", args=[indicatore.azienda.codice, indicatore.codice])
        yield Cosa(
            titolo=_("Rileva %(codice)s, %(periodo)s %(anno)s")
            % {
                "codice": indicatore.codice,
                "periodo": Frazione(frazione).label,
                "anno": anno,
            },
            testo=ngettext(
                "«%(nome)s»: manca per %(n)s CdR.", "«%(nome)s»: manca per %(n)s CdR.", len(cdr)
            )
            % {"nome": indicatore, "n": len(cdr)},
            url=f"{indirizzo}?{urlencode({'anno': anno, 'frazione': frazione})}",
            scadenza=aperte[indicatore.azienda_id, anno][frazione],
        )


def _finestre_aperte(
    schede: Sequence[SchedaBudget], oggi: date
) -> dict[tuple[int, int], dict[str, date]]:
    """The quarters whose window is open, with everybody's deadline, by azienda and year."""
    coppie = {(una.azienda_id, una.anno) for una in schede}
    return {
        chiave: {
            frazione: finestra.scade
            for frazione, finestra in calendario.finestre.items()
            if finestra.apre <= oggi <= finestra.scade
        }
        for chiave, calendario in calendari(coppie).items()
    }


def _dovute(quali: SchedaQuerySet, oggi: date) -> Iterator[Dovuta]:
    """What the schede being monitored owe, of the quarters that have opened and are not closed."""
    schede = list(quali.filter(stato=SchedaBudget.Stato.IN_MONITORAGGIO).per_elenco())
    if not schede:
        return
    coppie = {(una.azienda_id, una.anno) for una in schede}
    tempi = calendari(coppie)
    chiusi = _chiusi(coppie)
    dovute = dict(
        rendicontate()
        .filter(area__scheda__in=schede)
        .order_by()
        .values_list("area__scheda")
        .annotate(quante=Count("pk"))
    )
    trasmesse = Counter(
        Rendicontazione.objects.filter(
            riga__in=rendicontate(),
            riga__area__scheda__in=schede,
            stato=Rendicontazione.Stato.TRASMESSA,
        ).values_list("riga__area__scheda", "frazione")
    )
    for scheda in schede:
        calendario = tempi.get((scheda.azienda_id, scheda.anno))
        for frazione in TRIMESTRI if calendario else ():
            tempo = calendario.tempo(frazione, scheda.unita_id) if calendario else None
            mancano = dovute.get(scheda.pk, 0) - trasmesse[scheda.pk, frazione]
            chiuso = (scheda.azienda_id, scheda.anno, frazione) in chiusi
            if tempo and mancano and not chiuso and oggi >= tempo.finestra.apre:
                yield Dovuta(scheda, frazione, tempo, mancano, dovute[scheda.pk])


def _chiusi(coppie: set[tuple[int, int]]) -> set[tuple[int, int, str]]:
    """The quarters closed to new results, by themselves or inside a longer period."""
    chiusi = set(
        PeriodoChiuso.objects.filter(
            azienda__in={azienda for azienda, _anno in coppie}
        ).values_list("azienda", "anno", "frazione")
    )
    return {
        (azienda, anno, frazione)
        for azienda, anno in coppie
        for frazione in TRIMESTRI
        if any((azienda, anno, f) in chiusi for f in (frazione, *genitori(frazione)))
    }
