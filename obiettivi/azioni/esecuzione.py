# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs done: one block of plans read, judged and written at a time.

A block is one transaction for all its plans, each of which is written whole or not at all; if one
breaks it, the block is done again plan by plan, and only the bad one fails.
"""

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from weakref import WeakValueDictionary

import simplejson
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni import congelamento
from obiettivi.azioni.annunci import PunteggiCambiati, punteggi_cambiati
from obiettivi.azioni.calcolo import edizione_di, righe_di, salvate
from obiettivi.azioni.congelamento import da_trattenere, in_attesa_di_motivo, trattieni
from obiettivi.azioni.presa import prendi
from obiettivi.blocco import scrittura, tenuti
from obiettivi.blocco.lettura import leggi
from obiettivi.blocco.regolario import Regolario, sfoltisci, uno_alla_volta
from obiettivi.blocco.righe import Righe, vuota
from obiettivi.blocco.scrittura import Differenze
from obiettivi.blocco.valutazione import giudica_insieme
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.confronto import Cambiamento, confronta, nomi_di
from obiettivi.models import Calcolo, EdizioneSMVP, Prospettiva
from obiettivi.raccolta import raccogli
from obiettivi.valutazione import valuta
from piani import memoria
from piani.azioni.evento import evento_di, registra_insieme
from piani.azioni.fila import blocca
from piani.azioni.imprevisto import imprevisto
from piani.models import Evento, Piano, Utente

log = logging.getLogger(__name__)
Stato = Calcolo.Stato
EDIZIONI_TENUTE = 4
"""Editions whose compiled rules are kept from a block to the next, even if nobody uses them. A
round takes the plans by their rules: those of a block are in the one before it, or in no other."""


@dataclass
class Resoconto:
    """What a run did: seconds by phase, leaves judged, scores that changed, who failed."""

    lettura: float = 0.0
    calcolo: float = 0.0
    scrittura: float = 0.0
    risultati: int = 0
    scritti: int = 0
    falliti: list[tuple[str, str]] = field(default_factory=list)

    def aggiungi(self, altro: "Resoconto") -> None:
        """Add what another did."""
        for nome in ("lettura", "calcolo", "scrittura", "risultati", "scritti"):
            setattr(self, nome, getattr(self, nome) + getattr(altro, nome))
        self.falliti += altro.falliti


def esegui(chiave: int) -> None:
    """Do a waiting run; one that waits no more is left alone (a job may be delivered twice)."""
    esegui_blocco([chiave])


def esegui_blocco(chiavi: Sequence[int], presi_il: datetime | None = None) -> Resoconto:
    """Do the runs that still wait among these, together; what fails is kept on its row.

    ``presi_il``: when they were taken, if it was as they were asked.
    """
    resoconto = Resoconto()
    for gruppo in _gruppi(prendi(chiavi, presi_il)):
        _esegui(gruppo, resoconto)
        memoria.restituisci()
    return resoconto


def _gruppi(calcoli: Iterable[Calcolo]) -> list[list[Calcolo]]:
    """The runs that can go together: those of the same year."""
    gruppi: dict[tuple[str, int], list[Calcolo]] = {}
    for uno in calcoli:
        gruppi.setdefault((uno.prospettiva, uno.anno), []).append(uno)
    return list(gruppi.values())


def _esegui(gruppo: list[Calcolo], resoconto: Resoconto) -> None:
    try:
        if gruppo[0].prospettiva == Prospettiva.PARTENZA:
            resoconto.aggiungi(_alla_partenza(gruppo))
        else:
            resoconto.aggiungi(_in_blocco(gruppo))
    except Exception as errore:
        piani = {uno.piano_id for uno in gruppo}
        if len(piani) > 1:
            for piano in sorted(piani):
                _esegui([uno for uno in gruppo if uno.piano_id == piano], resoconto)
            return
        frase = _sentenza(errore, gruppo[0].piano)
        resoconto.falliti.append((str(gruppo[0].piano), frase))
        Calcolo.objects.filter(
            pk__in=[uno.pk for uno in gruppo],
            stato=Stato.IN_CORSO,
            iniziato_il=gruppo[0].iniziato_il,
        ).update(stato=Stato.FALLITO, finito_il=timezone.now(), errore=frase)


def _sentenza(errore: Exception, piano: Piano) -> str:
    """Why a run failed, for who asked for it; what it takes to mend the program is in the log."""
    if isinstance(errore, ValidationError):
        frase = " ".join(errore.messages)
    elif isinstance(errore, EdizioneNonValida):
        frase = _("Le regole di misurazione non si possono usare: %(errore)s") % {"errore": errore}
    else:
        return imprevisto(log, f"calcolo di {piano}")
    log.warning("calcolo di %s non riuscito: %s", piano, frase)
    return frase


# --- rules kept between blocks ------------------------------------------------------------


_regolari: WeakValueDictionary[str, Regolario] = WeakValueDictionary()
_ultimi: deque[Regolario] = deque(maxlen=EDIZIONI_TENUTE)


def testo_di(edizione: EdizioneSMVP) -> str:
    """The rules of an edition as text: equal rules are equal texts."""
    return simplejson.dumps(edizione.parametri, sort_keys=True)


@uno_alla_volta
def regolario_di(edizione: EdizioneSMVP) -> Regolario:
    """The compiled rules of an edition: aziende with the same rules share them.

    They last as long as a plan is kept that uses them (``tenuti``), or are among the last asked
    for: a round takes the plans by their rules. When too much is known of the targets, all is
    forgotten.
    """
    testo = testo_di(edizione)
    if sfoltisci():
        _regolari.clear()
        _ultimi.clear()
    regolario = _regolari.get(testo)
    if regolario is None:
        regolario = _regolari[testo] = Regolario(edizione_di(edizione))
    if regolario in _ultimi:
        _ultimi.remove(regolario)
    _ultimi.append(regolario)
    return regolario


# --- a block ------------------------------------------------------------------------------


def _in_blocco(gruppo: list[Calcolo]) -> Resoconto:
    inizio = perf_counter()
    anno, prospettiva = gruppo[0].anno, gruppo[0].prospettiva
    frazioni = [una for una in FRAZIONI if una in {uno.frazione for uno in gruppo}]
    regolari = _regolari_di(gruppo)
    blocco = leggi(sorted({uno.piano_id for uno in gruppo}), anno)
    letto = perf_counter()
    nuove = giudica_insieme(blocco, regolari, frazioni)
    giudicato = perf_counter()
    piani, foglie = blocco.piani, dict(blocco.foglie_per_piano)
    del blocco  # what was read is not needed while the other lane reads its own
    with transaction.atomic():
        _blocca(piani)
        ancora = _ancora_miei(gruppo)
        chiusi, cambiati = list[Calcolo](), dict[tuple[int, int], int]()
        annunci = PunteggiCambiati({uno.piano_id: uno.piano for uno in gruppo})
        for frazione in frazioni:
            suoi = [uno for uno in ancora if uno.frazione == frazione]
            fatti, differenze = _scrivi(suoi, nuove.pop(0))
            chiusi += fatti
            cambiati |= differenze.per_periodo
            annunci.aggiungi(differenze)
            del differenze  # a period at a time, each let go when it is done
        annunci.annuncia(prospettiva, anno)
        _chiudi(chiusi, cambiati, foglie)
    scritto = perf_counter()
    return Resoconto(
        lettura=letto - inizio,
        calcolo=giudicato - letto,
        scrittura=scritto - giudicato,
        risultati=sum(foglie[uno.piano_id] for uno in chiusi),
        scritti=sum(cambiati.values()),
    )


def _scrivi(calcoli: list[Calcolo], nuove: Righe) -> tuple[list[Calcolo], Differenze]:
    """Write the scores of some runs of one period; those that are done, and what they changed."""
    if not calcoli:
        return [], Differenze(Righe(vuota()), Righe(vuota()))
    uno = calcoli[0]
    piani = [uno.piano_id for uno in calcoli]
    vecchie = scrittura.salvate(piani, uno.prospettiva, uno.anno, [uno.frazione])
    differenze = Differenze(vecchie, _solo(nuove, _periodi_di(calcoli)))
    fatti = _trattieni(calcoli, differenze)
    if len(fatti) < len(calcoli):
        restano = _periodi_di(fatti)
        differenze = Differenze(_solo(vecchie, restano), _solo(nuove, restano))
    scrittura.scrivi(differenze, uno.prospettiva, uno.anno)
    return fatti, differenze


def _periodi_di(calcoli: Iterable[Calcolo]) -> set[tuple[int, int]]:
    """The plans and places of the periods of some runs."""
    return {(uno.piano_id, FRAZIONI.index(uno.frazione)) for uno in calcoli}


def _regolari_di(gruppo: list[Calcolo]) -> dict[int, Regolario]:
    """The rules of each plan."""
    per_edizione = {uno.edizione_id: uno.edizione for uno in gruppo}
    regolari = {chiave: regolario_di(una) for chiave, una in per_edizione.items()}
    return {uno.piano_id: regolari[uno.edizione_id] for uno in gruppo}


def _blocca(piani: Sequence[int]) -> None:
    """Nobody else writes the scores of these plans until the end; always in the same order."""
    blocca(Piano, piani, chiave=False)


def _ancora_miei(gruppo: list[Calcolo]) -> list[Calcolo]:
    """The runs that nobody took back: a new result sends those under way to wait again."""
    miei = set(
        Calcolo.objects.select_for_update()
        .filter(
            pk__in=[uno.pk for uno in gruppo],
            stato=Stato.IN_CORSO,
            iniziato_il=gruppo[0].iniziato_il,
        )
        .values_list("pk", flat=True)
    )
    return [uno for uno in gruppo if uno.pk in miei]


def _solo(righe: Righe, quali: set[tuple[int, int]]) -> Righe:
    """The rows of some plans in some periods."""
    presenti = righe.periodi()
    if presenti <= quali:
        return righe
    return righe.senza(presenti - quali)


def _trattieni(calcoli: list[Calcolo], differenze: Differenze) -> list[Calcolo]:
    """Hold the runs that would change published scores; the others come back."""
    cambiano = differenze.per_periodo
    pubblicati = congelamento.con_documento({piano for piano, _frazione in cambiano})
    liberi = []
    for uno in calcoli:
        chiave = (uno.piano_id, FRAZIONI.index(uno.frazione))
        if uno.piano_id in pubblicati and chiave in cambiano:
            cambiamenti = _cambiamenti(uno)
            if da_trattenere(uno, cambiamenti):
                trattieni(uno, cambiamenti)
                continue
        liberi.append(uno)
    return liberi


def _cambiamenti(calcolo: Calcolo) -> list[Cambiamento]:
    """What a run would change, in words, by the reference."""
    albero = raccogli(calcolo.piano, calcolo.prospettiva, calcolo.anno, calcolo.frazione)
    valutazione = valuta(albero, edizione_di(calcolo.edizione))
    return confronta(salvate(calcolo), righe_di(calcolo, valutazione), nomi_di(valutazione))


def _chiudi(
    calcoli: list[Calcolo], cambiati: dict[tuple[int, int], int], foglie: dict[int, int]
) -> None:
    """Close the runs, and record what they changed.

    A round said what it would compute when it was asked (``giro.chiesto``): of its runs, those
    that changed nothing leave only their row.
    """
    adesso, eventi = timezone.now(), []
    for uno in calcoli:
        uno.stato, uno.finito_il = Stato.FATTO, adesso
        uno.totale = uno.fatti = foglie[uno.piano_id]
        uno.scritti = cambiati.get((uno.piano_id, FRAZIONI.index(uno.frazione)), 0)
        if uno.scritti or uno.giro_id is None:
            eventi.append(_evento(uno))
    _salva_chiusi(calcoli, adesso)
    registra_insieme(eventi)


def _salva_chiusi(calcoli: list[Calcolo], quando: datetime) -> None:
    """All of them in a plain statement: ``bulk_update`` builds a long CASE."""
    uguali = [str(Stato.FATTO), connection.ops.adapt_datetimefield_value(quando)]
    righe = [(uno.totale, uno.scritti, uno.pk) for uno in calcoli]
    insieme = f"UPDATE {Calcolo._meta.db_table} SET stato = %s, finito_il = %s, "  # noqa: S608 -- constants
    if not righe:
        return
    with connection.cursor() as cursore:
        if connection.vendor == "postgresql":
            cursore.execute(
                insieme + "totale = n.totale, fatti = n.totale, scritti = n.scritti FROM "
                "unnest(%s::int[], %s::int[], %s::bigint[]) AS n(totale, scritti, chiave) "
                "WHERE id = n.chiave",
                [*uguali, *(list(colonna) for colonna in zip(*righe, strict=True))],
            )
            return
        cursore.executemany(
            insieme + "totale = %s, fatti = %s, scritti = %s WHERE id = %s",
            [(*uguali, riga[0], *riga) for riga in righe],
        )


def _evento(calcolo: Calcolo) -> Evento:
    return evento_di(
        "calcolo.fatto",
        calcolo,
        azienda=calcolo.piano.azienda,
        da=calcolo.da,
        per_conto_di=calcolo.per_conto_di,
        descrizione=_("Calcolato «%(piano)s»: %(n)s punteggi cambiati")
        % {"piano": calcolo.piano, "n": calcolo.scritti},
    )


# --- the starting point -------------------------------------------------------------------


def _alla_partenza(gruppo: list[Calcolo]) -> Resoconto:
    """The printed baselines against the targets, plan by plan, by the reference."""
    tutto = Resoconto()
    for uno in gruppo:
        inizio = perf_counter()
        albero = raccogli(uno.piano, uno.prospettiva, uno.anno, uno.frazione)
        letto = perf_counter()
        valutazione = valuta(albero, edizione_di(uno.edizione))
        nuove = Righe.da_raggiungimenti(righe_di(uno, valutazione))
        giudicato = perf_counter()
        with transaction.atomic():
            _blocca([uno.piano_id])
            miei = _ancora_miei([uno])
            vecchie = scrittura.salvate([uno.piano_id], uno.prospettiva, uno.anno, [uno.frazione])
            differenze = Differenze(vecchie, nuove)
            if chiusi := _trattieni(miei, differenze):
                scrittura.scrivi(differenze, uno.prospettiva, uno.anno)
                punteggi_cambiati(uno.piano, differenze, uno.prospettiva, uno.anno)
                _chiudi(chiusi, differenze.per_periodo, {uno.piano_id: len(albero.foglie)})
        tutto.aggiungi(
            Resoconto(
                letto - inizio,
                giudicato - letto,
                perf_counter() - giudicato,
                len(albero.foglie),
                differenze.quante if chiusi else 0,
            )
        )
    return tutto


# --- at once ------------------------------------------------------------------------------


def aggiorna(
    piano: Piano, edizione: EdizioneSMVP, anno: int, frazioni: Sequence[str], *, da: Utente | None
) -> tuple[int, list[str]]:
    """Bring the scores of some periods up to date at once, with no run.

    How many changed, and the periods whose scores are shown by the document in force: a run that
    waits for a reason keeps what would change there. Called inside the transaction of what
    changed the data: who else would write the scores of the plan waits for it, and sees its data.
    """
    _blocca([piano.pk])
    differenze = tenuti.differenze(piano.pk, anno, regolario_di(edizione), frazioni)
    trattenuti = _trattenuti(piano, edizione, anno, da, differenze)
    if trattenuti:
        quali = {(piano.pk, FRAZIONI.index(una)) for una in frazioni if una not in trattenuti}
        differenze = Differenze(
            _solo(differenze.vecchie, quali),
            _solo(differenze.nuove, quali),
            parziali=differenze.parziali,
        )
    scritti = scrittura.scrivi(differenze, Prospettiva.CONSUNTIVO, anno)
    punteggi_cambiati(piano, differenze, Prospettiva.CONSUNTIVO, anno)
    return scritti, trattenuti


def _trattenuti(
    piano: Piano, edizione: EdizioneSMVP, anno: int, da: Utente | None, differenze: Differenze
) -> list[str]:
    """The periods that change and may not without a reason; a run of each waits for it."""
    cambiano = [FRAZIONI[frazione] for _piano, frazione in differenze.per_periodo]
    if not cambiano or not congelamento.con_documento([piano.pk]):
        return []
    trattenuti = []
    for frazione in cambiano:
        periodo = Calcolo(
            piano=piano,
            prospettiva=Prospettiva.CONSUNTIVO,
            anno=anno,
            frazione=frazione,
            edizione=edizione,
            da=da,
            per_conto_di=da.per_conto_di if da else None,
        )
        cambiamenti = _cambiamenti(periodo)
        if da_trattenere(periodo, cambiamenti):
            trattieni(in_attesa_di_motivo(periodo), cambiamenti)
            trattenuti.append(frazione)
    return trattenuti
