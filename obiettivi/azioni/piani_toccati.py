# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plans that a change touches: their scores follow it, inside the transaction that makes it."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from obiettivi import tasks
from obiettivi.azioni.calcolo import avvia_calcolo
from obiettivi.azioni.esecuzione import aggiorna
from obiettivi.azioni.punteggi_scheda import SchedeAggiornate
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.calcolo.periodi import contiene
from obiettivi.models import Calcolo, EdizioneSMVP, Indicatore, Prospettiva, Raggiungimento
from piani.models import Piano, Utente


@dataclass(kw_only=True)
class Effetti:
    """How many scores moved, and the plans, by name, whose scores did not follow at once.

    ``trattenuti``: they are published, and wait for a reason. ``non_aggiornati``: the rules cannot
    be used. ``in_coda``: a run of their starting point was asked for. ``ferme``: the schede that
    the Nucleo validated already, whose scores stay.
    """

    punteggi: int = 0
    trattenuti: list[str] = field(default_factory=list)
    non_aggiornati: list[str] = field(default_factory=list)
    in_coda: list[str] = field(default_factory=list)
    ferme: list[str] = field(default_factory=list)

    def aggiungi(self, schede: SchedeAggiornate) -> None:
        """Add what happened to the schede."""
        self.punteggi += schede.punteggi
        self.ferme += schede.ferme
        self.non_aggiornati += schede.non_aggiornate


def piani_con(indicatore: Indicatore) -> list[Piano]:
    """The plans that use an indicator, always in the same order: no deadlock."""
    piani = Piano.objects.filter(aree__obiettivi__misure__indicatore=indicatore)
    return list(piani.select_related("azienda").distinct().order_by("pk"))


def aggiorna_piano(
    effetti: Effetti, piano: Piano, anno: int, da: Utente | None, *, frazione: str | None = None
) -> None:
    """Bring the results of a year up to date: the year, and its parts that have scores already.

    ``frazione``: only the periods that a result of that part of the year can touch.
    """
    edizione = EdizioneSMVP.objects.filter(azienda=piano.azienda_id, anno=anno).first()
    if edizione is None:
        return
    try:
        frazioni = [
            una
            for una in _frazioni_calcolate(piano, anno)
            if frazione is None or _si_toccano(una, frazione)
        ]
        cambiati, trattenuti = aggiorna(piano, edizione, anno, frazioni, da=da)
    except EdizioneNonValida:
        _annota(effetti.non_aggiornati, piano)
        return
    effetti.punteggi += cambiati
    if trattenuti:
        _annota(effetti.trattenuti, piano)
    _ripeti_i_calcoli_in_corso(piano, Prospettiva.CONSUNTIVO, anno)


def aggiorna_tutto(effetti: Effetti, piano: Piano, da: Utente | None) -> None:
    """Bring up to date every year of the plan that has scores, and ask again for the start."""
    for anno in _anni_calcolati(piano, Prospettiva.CONSUNTIVO):
        aggiorna_piano(effetti, piano, anno, da)
    for anno in _anni_calcolati(piano, Prospettiva.PARTENZA):
        _ricalcola_partenza(effetti, piano, anno, da)


def _annota(nomi: list[str], piano: Piano) -> None:
    if str(piano) not in nomi:
        nomi.append(str(piano))


def _frazioni_calcolate(piano: Piano, anno: int) -> list[str]:
    fatte = Raggiungimento.objects.filter(
        piano=piano, prospettiva=Prospettiva.CONSUNTIVO, anno=anno, livello="P"
    ).values_list("frazione", flat=True)
    return sorted({"", *fatte})


def _si_toccano(una: str, altra: str) -> bool:
    """The same period, or one inside the other: a quarter makes the year, the year says why a
    quarter has no result of its own."""
    return una == altra or contiene(una, altra) or contiene(altra, una)


def _anni_calcolati(piano: Piano, prospettiva: str) -> list[int]:
    anni = Raggiungimento.objects.filter(
        piano=piano, prospettiva=prospettiva, livello="P", anno__in=piano.anni
    )
    return sorted(set(anni.values_list("anno", flat=True)))


def _ricalcola_partenza(effetti: Effetti, piano: Piano, anno: int, da: Utente | None) -> None:
    """A run does it: the starting point has no other way. One that is open already will do."""
    _ripeti_i_calcoli_in_corso(piano, Prospettiva.PARTENZA, anno)
    aperti = Calcolo.objects.aperti().filter(
        piano=piano, prospettiva=Prospettiva.PARTENZA, anno=anno
    )
    if not aperti.exists():
        try:
            avvia_calcolo(piano, prospettiva=Prospettiva.PARTENZA, anno=anno, da=da)
        except ValidationError:
            _annota(effetti.non_aggiornati, piano)
            return
    _annota(effetti.in_coda, piano)


def _ripeti_i_calcoli_in_corso(piano: Piano, prospettiva: str, anno: int) -> None:
    """A run that is under way may have read the old data: it goes back to wait its turn."""
    in_corso = Calcolo.objects.filter(
        piano=piano, prospettiva=prospettiva, anno=anno, stato=Calcolo.Stato.IN_CORSO
    )
    for chiave in list(in_corso.values_list("pk", flat=True)):
        if in_corso.filter(pk=chiave).update(stato=Calcolo.Stato.IN_ATTESA, iniziato_il=None):
            tasks.calcola.delay_on_commit(chiave)
