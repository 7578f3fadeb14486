# SPDX-License-Identifier: AGPL-3.0-or-later
"""The panel «monitoraggio» of a scheda: its rows by quarter, at a glance."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import (
    AreaScheda,
    Frazione,
    Rendicontazione,
    RigaScheda,
    Rilevazione,
    SchedaBudget,
)
from obiettivi.schede.ciclo import TRIMESTRI
from obiettivi.schede.finestre import Tempo
from obiettivi.schede.monitoraggio import DIVULGATE, Calendario
from obiettivi.schede.pannelli import Pannello
from piani.models import Utente

Stato = SchedaBudget.Stato


@dataclass(frozen=True)
class Trimestre:
    """A quarter of the scheda: its window, how many of the rows due were sent."""

    frazione: str
    tempo: Tempo | None
    trasmesse: int
    dovute: int

    @property
    def nome(self) -> str:
        return str(Frazione(self.frazione).label)

    @property
    def quando(self) -> str:
        """The window in words, as it is for the unit."""
        if self.tempo is None:
            return _("finestra non fissata")
        giorni = {
            "apre": self.tempo.finestra.apre.strftime("%d/%m/%Y"),
            "scade": self.tempo.scade.strftime("%d/%m/%Y"),
        }
        detto = _("dal %(apre)s al %(scade)s") % giorni
        return _("%(periodo)s, prorogata") % {"periodo": detto} if self.tempo.prorogata else detto


@dataclass(frozen=True)
class Cella:
    """A row in a quarter: how it is in a word and in its kind, its report and its figure."""

    frazione: str
    parola: str
    genere: str
    rendicontazione: Rendicontazione | None = None
    risultato: Rilevazione | None = None
    apribile: bool = True


def pannello(scheda: SchedaBudget, utente: Utente) -> Pannello | None:
    """None before the scheda is made known: nobody reports it yet. The same number of queries for
    one row as for many.
    """
    if scheda.modello or scheda.stato not in DIVULGATE:
        return None
    return Pannello(
        ancora="monitoraggio",
        titolo=_("Monitoraggio"),
        template="obiettivi/schede/_monitoraggio.html",
        contesto=_contesto(scheda, utente),
    )


def _contesto(scheda: SchedaBudget, utente: Utente) -> dict[str, Any]:
    righe = list(
        RigaScheda.objects.filter(area__scheda=scheda)
        .select_related("area", "indicatore")
        .order_by("area__ordine", "area__pk", "ordine", "pk")
    )
    calendario = Calendario.di(scheda.azienda, scheda.anno)
    tempi = {uno: calendario.tempo(uno, scheda.unita_id) for uno in TRIMESTRI}
    fatte = {
        (una.riga_id, una.frazione): una
        for una in Rendicontazione.objects.visibili_a(utente)
        .filter(riga__area__scheda=scheda)
        .select_related("rilevazione__indicatore")
    }
    aziendali = _risultati_aziendali(scheda, righe)
    oggi = timezone.localdate()
    return {
        "scheda": scheda,
        "trimestri": [_trimestre(uno, tempi[uno], righe, fatte) for uno in TRIMESTRI],
        "righe": [
            (riga, [_cella(riga, f, tempi[f], fatte, aziendali, oggi) for f in TRIMESTRI])
            for riga in righe
        ],
        "guida": utente.has_perm("obiettivi.guida_scheda", scheda),
    }


def _trimestre(
    frazione: str,
    tempo: Tempo | None,
    righe: list[RigaScheda],
    fatte: dict[tuple[int, str], Rendicontazione],
) -> Trimestre:
    dovute = [riga.pk for riga in righe if _si_rendiconta(riga)]
    trasmesse = sum(1 for chiave in dovute if (f := fatte.get((chiave, frazione))) and f.trasmessa)
    return Trimestre(frazione, tempo, trasmesse, len(dovute))


def _si_rendiconta(riga: RigaScheda) -> bool:
    return not riga.aziendale and riga.area.tipo != AreaScheda.Tipo.ADEMPIMENTI


def _risultati_aziendali(
    scheda: SchedaBudget, righe: list[RigaScheda]
) -> dict[tuple[int, str], Rilevazione]:
    """The azienda's own results, for the rows that are judged on them."""
    note = (
        Rilevazione.objects.correnti()
        .filter(
            indicatore__in={riga.indicatore_id for riga in righe if riga.aziendale},
            unita__isnull=True,
            anno=scheda.anno,
            frazione__in=TRIMESTRI,
            sede="",
        )
        .select_related("indicatore")
    )
    return {(una.indicatore_id, una.frazione): una for una in note}


def _cella(
    riga: RigaScheda,
    frazione: str,
    tempo: Tempo | None,
    fatte: dict[tuple[int, str], Rendicontazione],
    aziendali: dict[tuple[int, str], Rilevazione],
    oggi: date,
) -> Cella:
    if riga.aziendale:
        risultato = aziendali.get((riga.indicatore_id, frazione))
        return Cella(frazione, _("dell'azienda"), "senza", risultato=risultato, apribile=False)
    if not _si_rendiconta(riga):
        return Cella(frazione, _("a fine anno"), "senza", apribile=False)
    fatta = fatte.get((riga.pk, frazione))
    if fatta is not None and fatta.trasmessa:
        return Cella(frazione, _("trasmessa"), "verde", fatta, fatta.rilevazione)
    parola, genere = _mancante(tempo, oggi)
    if fatta is not None:
        return Cella(frazione, _("bozza, %(come)s") % {"come": parola}, genere, fatta)
    return Cella(frazione, parola, genere)


def _mancante(tempo: Tempo | None, oggi: date) -> tuple[str, str]:
    if tempo is None:
        return _("finestra non fissata"), "senza"
    if oggi < tempo.finestra.apre:
        return _("non ancora aperta"), "senza"
    if oggi > tempo.scade:
        return _("in ritardo"), "rosso"
    return _("da trasmettere"), "giallo"
