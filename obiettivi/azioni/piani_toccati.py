# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plans that a change touches: their scores follow it, inside the transaction that makes it."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import connection

from obiettivi import tasks
from obiettivi.azioni.calcolo import avvia_calcolo
from obiettivi.azioni.esecuzione import aggiorna
from obiettivi.azioni.punteggi_scheda import SchedeAggiornate
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.calcolo.periodi import contiene
from obiettivi.models import (
    AreaStrategica,
    Calcolo,
    EdizioneSMVP,
    Frazione,
    Indicatore,
    Misura,
    Obiettivo,
    Prospettiva,
    Raggiungimento,
)
from piani.models import Piano, Utente

# Plain SQL for what every new result asks: to compile a query costs more than to run it.
_AREA, _OBIETTIVO, _MISURA, _PIANO, _EDIZIONI, _PUNTEGGI, _CALCOLI = (
    modello._meta.db_table
    for modello in (
        AreaStrategica, Obiettivo, Misura, Piano, EdizioneSMVP, Raggiungimento, Calcolo,
    )
)  # fmt: skip
_PIANI = f"""SELECT * FROM {_PIANO} WHERE id IN (
        SELECT a.piano_id FROM {_MISURA} m
        JOIN {_OBIETTIVO} o ON o.id = m.obiettivo_id
        JOIN {_AREA} a ON a.id = o.area_id
        WHERE m.indicatore_id = %s)
    ORDER BY id"""  # noqa: S608 -- names of tables
_EDIZIONE = f"SELECT * FROM {_EDIZIONI} WHERE azienda_id = %s AND anno = %s"  # noqa: S608 -- name of a table
_FRAZIONI = f"""SELECT frazione FROM {_PUNTEGGI}
    WHERE piano_id = %s AND prospettiva = %s AND anno = %s AND livello = 'P' AND oggetto = %s
    AND frazione IN ({", ".join(["%s"] * len(Frazione))})"""  # noqa: S608 -- name of a table
_IN_CORSO = f"""SELECT id FROM {_CALCOLI}
    WHERE piano_id = %s AND prospettiva = %s AND anno = %s AND stato = %s"""  # noqa: S608 -- name of a table


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
    return list(Piano.objects.raw(_PIANI, [indicatore.pk]))


def aggiorna_piano(
    effetti: Effetti, piano: Piano, anno: int, da: Utente | None, *, frazione: str | None = None
) -> None:
    """Bring the results of a year up to date: the year, and its parts that have scores already.

    ``frazione``: only the periods that a result of that part of the year can touch.
    """
    edizione = next(iter(EdizioneSMVP.objects.raw(_EDIZIONE, [piano.azienda_id, anno])), None)
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
    with connection.cursor() as cursore:
        cursore.execute(
            _FRAZIONI, [piano.pk, Prospettiva.CONSUNTIVO.value, anno, piano.pk, *Frazione.values]
        )
        return sorted({"", *(frazione for (frazione,) in cursore.fetchall())})


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
    with connection.cursor() as cursore:
        cursore.execute(_IN_CORSO, [piano.pk, prospettiva, anno, Calcolo.Stato.IN_CORSO.value])
        chiavi = [chiave for (chiave,) in cursore.fetchall()]
    for chiave in chiavi:
        if in_corso.filter(pk=chiave).update(stato=Calcolo.Stato.IN_ATTESA, iniziato_il=None):
            tasks.calcola.delay_on_commit(chiave)
