# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run asked for, and the rows that store what it gives."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from obiettivi import tasks
from obiettivi.calcolo.aggregazione import Aggregato
from obiettivi.calcolo.arrotondamento import Modo, arrotonda
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.edizione_dati import da_dati
from obiettivi.calcolo.giudizio import Giudizio
from obiettivi.calcolo.valori import Calcolato, Escluso, Punteggio, motivo_di
from obiettivi.models import (
    Calcolo,
    EdizioneSMVP,
    Frazione,
    Misura,
    Prospettiva,
    Raggiungimento,
)
from obiettivi.valutazione import Valutazione
from piani.azioni import manda, registra
from piani.models import Piano, Utente
from piani.rules import esigi

Stato = Calcolo.Stato
Livello = Raggiungimento.Livello


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
    controlla(piano, prospettiva, anno, frazione)
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


def controlla(piano: Piano, prospettiva: str, anno: int, frazione: str) -> None:
    """Refuse by field what cannot be computed of a plan."""
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


def edizione_di(calcolo_o_edizione: EdizioneSMVP) -> Edizione:
    """The rules of a stored edition."""
    return da_dati(calcolo_o_edizione.parametri)


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
        **in_colonne(esito),
    )


def in_colonne(esito: Giudizio | Aggregato) -> dict[str, Any]:
    """An outcome as the columns of a stored score hold it."""
    fatto = esito.punteggio
    return {
        "stato": _stato(fatto),
        "punteggio": _tronca(fatto.valore, 8) if isinstance(fatto, Calcolato) else None,
        "copertura": _tronca(esito.copertura, 4),
        "motivo": motivo_di(fatto)[:300],
        "dimostrativo": esito.dimostrativo,
    }


def _stato(punteggio: Punteggio) -> str:
    if isinstance(punteggio, Calcolato):
        return Raggiungimento.Stato.CALCOLATO
    if isinstance(punteggio, Escluso):
        return Raggiungimento.Stato.ESCLUSO
    return Raggiungimento.Stato.NON_CALCOLABILE


def _tronca(valore: Decimal, decimali: int) -> Decimal:
    """What the column holds: cut, never rounded up, so that a miss stays below 100."""
    return arrotonda(valore, Modo.TRONCAMENTO, decimali)


def salvate(calcolo: Calcolo) -> QuerySet[Raggiungimento]:
    """The stored scores of the run's period."""
    return Raggiungimento.objects.filter(
        piano_id=calcolo.piano_id,
        prospettiva=calcolo.prospettiva,
        anno=calcolo.anno,
        frazione=calcolo.frazione,
    )
