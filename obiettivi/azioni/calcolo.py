# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main job: from the results to the scores, once, with its status on its own row."""

import logging
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi import tasks
from obiettivi.azioni.congelamento import da_trattenere, in_attesa_di_motivo, trattieni
from obiettivi.calcolo.aggregazione import Aggregato
from obiettivi.calcolo.arrotondamento import Modo, arrotonda
from obiettivi.calcolo.edizione import Edizione, EdizioneNonValida
from obiettivi.calcolo.edizione_dati import da_dati
from obiettivi.calcolo.giudizio import Giudizio
from obiettivi.calcolo.valori import Calcolato, Escluso, Punteggio, motivo_di
from obiettivi.confronto import confronta, nomi_di
from obiettivi.models import (
    Calcolo,
    EdizioneSMVP,
    Frazione,
    Misura,
    Prospettiva,
    Raggiungimento,
)
from obiettivi.raccolta import raccogli
from obiettivi.valutazione import Valutazione, valuta
from piani.azioni import manda, registra
from piani.models import Piano, Utente
from piani.rules import esigi

log = logging.getLogger(__name__)
Stato = Calcolo.Stato
Livello = Raggiungimento.Livello
OGNI = 200  # leaves between two updates of the progress that people see


def avvia_calcolo(
    piano: Piano,
    *,
    prospettiva: str,
    anno: int,
    frazione: str = "",
    da: Utente | None,
    in_coda: bool = True,
) -> Calcolo:
    """Ask for a run on a plan and send it to the workers (``in_coda=False``: the caller runs it).

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: the year is out of the plan, no edition of the SMVP holds for it, or
        the same run is already open.
    """
    esigi(da, "obiettivi.calcola", piano)
    _controlla(piano, prospettiva, anno, frazione)
    edizione = EdizioneSMVP.objects.filter(azienda=piano.azienda, anno=anno).first()
    if edizione is None:
        raise ValidationError(
            _("Manca l'edizione del Sistema di misurazione e valutazione per il %(anno)s: senza "
              "le sue regole non si calcola.") % {"anno": anno}
        )  # fmt: skip
    try:
        with transaction.atomic():
            calcolo = Calcolo.objects.create(
                piano=piano,
                prospettiva=prospettiva,
                anno=anno,
                frazione=frazione,
                edizione=edizione,
                da=da,
                per_conto_di=da.per_conto_di if da else None,
            )
            registra(
                "calcolo.chiesto",
                calcolo,
                azienda=piano.azienda,
                da=da,
                descrizione=_("Chiesto il calcolo di «%(piano)s»: %(calcolo)s")
                % {"piano": piano, "calcolo": calcolo},
            )
            if in_coda:
                manda(tasks.calcola, calcolo.pk)
    except IntegrityError as errore:
        raise ValidationError(
            _("Questo calcolo è già in corso: attendere che finisca.")
        ) from errore
    return calcolo


def _controlla(piano: Piano, prospettiva: str, anno: int, frazione: str) -> None:
    if prospettiva not in Prospettiva.values:
        raise ValidationError({"prospettiva": _("Prospettiva sconosciuta.")})
    if frazione not in Frazione.values:
        raise ValidationError({"frazione": _("Periodo sconosciuto.")})
    if prospettiva == Prospettiva.PARTENZA and not _ha_basi(piano):
        raise ValidationError(
            {"prospettiva": _("Il piano non stampa valori di partenza da confrontare.")}
        )
    if prospettiva == Prospettiva.PARTENZA and frazione:
        raise ValidationError(
            {"frazione": _("La posizione di partenza si calcola solo sull'anno intero.")}
        )
    if anno not in piano.anni:
        raise ValidationError(
            {"anno": _("Il piano va dal %(da)s al %(a)s: il %(anno)s ne è fuori.")
             % {"da": piano.anno_inizio, "a": piano.anno_fine, "anno": anno}}
        )  # fmt: skip


def prospettive_di(piano: Piano) -> list[Prospettiva]:
    """Those that the plan can be seen from: the starting point only if it prints one."""
    return [p for p in Prospettiva if p != Prospettiva.PARTENZA or _ha_basi(piano)]


def _ha_basi(piano: Piano) -> bool:
    misure = Misura.objects.filter(obiettivo__area__piano=piano)
    return misure.exclude(base_stampata="").exists()


def esegui(chiave: int) -> None:
    """Do a waiting run; one that waits no more is left alone (a job may be delivered twice).

    The judgement happens outside any transaction and only its progress is seen; the scores and
    the end of the run are written together, with the plan locked. What fails is kept on the row.
    """
    mio = Calcolo.objects.filter(pk=chiave, stato=Stato.IN_ATTESA)
    if not mio.update(stato=Stato.IN_CORSO, iniziato_il=timezone.now(), fatti=0, errore=""):
        return
    calcolo = Calcolo.objects.select_related("piano__azienda", "edizione").get(pk=chiave)
    try:
        valutazione = _giudica(calcolo)
        righe = list(righe_di(calcolo, valutazione))
        cambiamenti = confronta(salvate(calcolo), righe, nomi_di(valutazione))
        if da_trattenere(calcolo, cambiamenti):
            trattieni(calcolo, cambiamenti)
        else:
            _scrivi(calcolo, righe)
    except Exception as errore:
        log.exception("calcolo %s non riuscito", chiave)
        Calcolo.objects.filter(
            pk=chiave, stato=Stato.IN_CORSO, iniziato_il=calcolo.iniziato_il
        ).update(stato=Stato.FALLITO, finito_il=timezone.now(), errore=_sentenza(errore))


def _sentenza(errore: Exception) -> str:
    if isinstance(errore, ValidationError):
        return " ".join(errore.messages)
    if isinstance(errore, EdizioneNonValida):
        return _("Le regole di misurazione non si possono usare: %(errore)s") % {"errore": errore}
    return _("Errore imprevisto (%(tipo)s): %(errore)s") % {
        "tipo": type(errore).__name__,
        "errore": errore,
    }


def edizione_di(calcolo_o_edizione: EdizioneSMVP) -> Edizione:
    """The rules of a stored edition."""
    return da_dati(calcolo_o_edizione.parametri)


def _giudica(calcolo: Calcolo) -> Valutazione:
    albero = raccogli(calcolo.piano, calcolo.prospettiva, calcolo.anno, calcolo.frazione)
    _avanzamento(calcolo, 0, totale=len(albero.foglie))
    valutazione = valuta(albero, edizione_di(calcolo.edizione), _contatore(calcolo))
    _avanzamento(calcolo, len(albero.foglie))
    return valutazione


def aggiorna(
    piano: Piano, edizione: EdizioneSMVP, anno: int, frazione: str, *, da: Utente | None
) -> int | None:
    """Bring the scores of a period up to date at once, with no run; how many rows changed.

    ``None`` when the document in force shows those scores: a run that waits for a reason keeps
    what would change. Called inside the transaction of what changed the data: who else would
    write the scores of the plan waits for it, and sees its data.
    """
    Piano.objects.select_for_update().get(pk=piano.pk)
    periodo = Calcolo(
        piano=piano,
        prospettiva=Prospettiva.CONSUNTIVO,
        anno=anno,
        frazione=frazione,
        edizione=edizione,
        da=da,
        per_conto_di=da.per_conto_di if da else None,
    )
    albero = raccogli(piano, periodo.prospettiva, anno, frazione)
    valutazione = valuta(albero, edizione_di(edizione))
    righe = list(righe_di(periodo, valutazione))
    cambiamenti = confronta(salvate(periodo), righe, nomi_di(valutazione))
    if not da_trattenere(periodo, cambiamenti):
        return scrivi_differenze(periodo, righe)
    trattieni(in_attesa_di_motivo(periodo), cambiamenti)
    return None


def _contatore(calcolo: Calcolo) -> Callable[[int], None]:
    def avanza(fatti: int) -> None:
        if fatti % OGNI == 0:
            _avanzamento(calcolo, fatti)

    return avanza


def _avanzamento(calcolo: Calcolo, fatti: int, **altro: int) -> None:
    Calcolo.objects.filter(pk=calcolo.pk).update(fatti=fatti, **altro)


def righe_di(calcolo: Calcolo, valutazione: Valutazione) -> Iterable[Raggiungimento]:
    """The rows that store a whole outcome; not saved."""
    for chiave, giudizio in valutazione.giudizi.items():
        yield riga_di(calcolo, Livello.INDICATORE, chiave, giudizio)
    for chiave, aggregato in valutazione.obiettivi.items():
        yield riga_di(calcolo, Livello.OBIETTIVO, chiave, aggregato)
    for chiave, aggregato in valutazione.aree.items():
        yield riga_di(calcolo, Livello.AREA, chiave, aggregato)
    yield riga_di(calcolo, Livello.PIANO, calcolo.piano_id, valutazione.piano)


def riga_di(
    calcolo: Calcolo, livello: str, oggetto: int, esito: Giudizio | Aggregato
) -> Raggiungimento:
    """The row that stores an outcome; not saved."""
    return Raggiungimento(
        piano_id=calcolo.piano_id,
        prospettiva=calcolo.prospettiva,
        anno=calcolo.anno,
        frazione=calcolo.frazione,
        livello=livello,
        oggetto=oggetto,
        stato=_stato(esito.punteggio),
        punteggio=_tronca(esito.punteggio.valore, 8)
        if isinstance(esito.punteggio, Calcolato)
        else None,
        copertura=_tronca(esito.copertura, 4),
        motivo=motivo_di(esito.punteggio)[:300],
        dimostrativo=esito.dimostrativo,
    )


def _stato(punteggio: Punteggio) -> str:
    if isinstance(punteggio, Calcolato):
        return Raggiungimento.Stato.CALCOLATO
    if isinstance(punteggio, Escluso):
        return Raggiungimento.Stato.ESCLUSO
    return Raggiungimento.Stato.NON_CALCOLABILE


def _tronca(valore: Decimal, decimali: int) -> Decimal:
    """What the column holds: cut, never rounded up, so that a miss stays below 100."""
    return arrotonda(valore, Modo.TRONCAMENTO, decimali)


def _scrivi(calcolo: Calcolo, righe: list[Raggiungimento]) -> None:
    """Write only what changed, and close the run, in one transaction on the locked plan."""
    with transaction.atomic():
        Piano.objects.select_for_update().get(pk=calcolo.piano_id)
        scritti = scrivi_differenze(calcolo, righe)
        mio = Calcolo.objects.filter(
            pk=calcolo.pk, stato=Stato.IN_CORSO, iniziato_il=calcolo.iniziato_il
        )
        chiuso = mio.update(stato=Stato.FATTO, finito_il=timezone.now(), scritti=scritti)
        if not chiuso:
            raise ValidationError(_("Il calcolo è stato ripreso da un altro lavoro."))
        registra(
            "calcolo.fatto",
            calcolo,
            azienda=calcolo.piano.azienda,
            da=calcolo.da,
            per_conto_di=calcolo.per_conto_di,
            descrizione=_("Calcolato «%(piano)s»: %(n)s punteggi cambiati")
            % {"piano": calcolo.piano, "n": scritti},
        )


def salvate(calcolo: Calcolo) -> QuerySet[Raggiungimento]:
    """The stored scores of the run's period."""
    return Raggiungimento.objects.filter(
        piano_id=calcolo.piano_id,
        prospettiva=calcolo.prospettiva,
        anno=calcolo.anno,
        frazione=calcolo.frazione,
    )


def scrivi_differenze(calcolo: Calcolo, righe: list[Raggiungimento]) -> int:
    """Insert, update and delete what differs from the stored scores of the run's period; how many.

    Running twice on the same data writes nothing the second time.
    """
    vecchie = {(riga.livello, riga.oggetto): riga for riga in salvate(calcolo)}
    nuove = [riga for riga in righe if (riga.livello, riga.oggetto) not in vecchie]
    cambiate = [
        riga
        for riga in righe
        if (vecchia := vecchie.pop((riga.livello, riga.oggetto), None)) is not None
        and not riga.uguale_a(vecchia)
    ]
    for riga in vecchie.values():
        riga.delete()
    Raggiungimento.objects.bulk_create(nuove, batch_size=1000)
    Raggiungimento.objects.bulk_update(cambiate, Raggiungimento.ESITO, batch_size=200)
    return len(nuove) + len(cambiate) + len(vecchie)
