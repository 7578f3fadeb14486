# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs of many plans, asked together and done in blocks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi import tasks
from obiettivi.azioni.calcolo import controlla
from obiettivi.azioni.corsie import CORSIE
from obiettivi.azioni.punteggi_scheda import edizioni_con_schede
from obiettivi.blocco.colonne import in_elenco, tuple_di
from obiettivi.models import (
    AreaStrategica,
    Calcolo,
    EdizioneSMVP,
    Frazione,
    GiroDiCalcolo,
    Misura,
    Obiettivo,
    Prospettiva,
)
from piani.azioni import manda
from piani.azioni.evento import evento_di, registra_insieme
from piani.models import Azienda, Piano, Utente
from piani.rules import esigi

INDICATORI_PER_BLOCCO = 6_500
"""A job's worth: some tenths of a second, well above what sending it costs. More takes memory, and
gains no time."""


def avvia_giro(
    piani: Iterable[Piano],
    *,
    prospettiva: str,
    anno: int,
    frazioni: Sequence[str] = ("",),
    da: Utente | None,
) -> GiroDiCalcolo:
    """Ask for the runs of many plans and send them to the workers in blocks, the schede too.

    A plan that cannot be asked (another year, no rules for it, a run already open) is listed in
    ``scartati`` with its reason; the others go on.

    :raises PermissionDenied: the person does not govern the measurement of one of the aziende.
    :raises ValidationError: no plan is left to compute.
    """
    giro, calcoli = _avvia(piani, prospettiva, anno, frazioni, da)
    with transaction.atomic():
        for blocco in blocchi(calcoli):
            manda(tasks.calcola_blocco, blocco)
        for edizione in schede_da_rifare(giro, (uno.piano for uno in calcoli)):
            manda(tasks.calcola_schede, edizione.pk)
    return giro


def _avvia(
    piani: Iterable[Piano], prospettiva: str, anno: int, frazioni: Sequence[str], da: Utente | None
) -> tuple[GiroDiCalcolo, list[Calcolo]]:
    """Ask for the runs of many plans, and record it."""
    scelti = sorted(piani, key=lambda piano: piano.pk)  # as the runs lock them: no deadlock
    for azienda in {piano.azienda_id: piano for piano in scelti}.values():
        esigi(da, "obiettivi.calcola", azienda)
    with transaction.atomic():
        giro = GiroDiCalcolo.objects.create(
            prospettiva=prospettiva, anno=anno, frazioni=list(frazioni), da=da
        )
        calcoli = chiedi(giro, scelti, da)
        if not calcoli:
            raise nessuno(giro)
        giro.save(update_fields=["scartati"])
        registra_chiesti(giro, calcoli)
    return giro, calcoli


def nessuno(giro: GiroDiCalcolo) -> ValidationError:
    """Why none of the plans of a round can be computed."""
    return ValidationError([_("Nessun piano si può calcolare."), *motivi_di(giro.scartati)])


def schede_da_rifare(giro: GiroDiCalcolo, piani: Iterable[Piano]) -> list[EdizioneSMVP]:
    """The rules of the schede that go with a round of results: those of its aziende and year."""
    if giro.prospettiva != Prospettiva.CONSUNTIVO:
        return []
    return edizioni_con_schede({piano.azienda_id for piano in piani}, giro.anno)


def blocchi(calcoli: Iterable[Calcolo]) -> list[list[int]]:
    """The runs by the job: those of one plan together, some thousands of indicators each."""
    per_piano: dict[int, list[Calcolo]] = {}
    for uno in calcoli:
        per_piano.setdefault(uno.piano_id, []).append(uno)
    edizioni = {piano: suoi[0].edizione_id for piano, suoi in per_piano.items()}
    return [
        [uno.pk for piano in blocco for uno in per_piano[piano]]
        for blocco in blocchi_di_piani(edizioni)
    ]


def blocchi_di_piani(edizioni: Mapping[int, int]) -> list[list[int]]:
    """Plans by the job, from the rules of each.

    Plans with rules of the same name come one after the other, and so do those of an azienda: a
    block with fewer sets of rules is judged in fewer pieces. Blocks are about as large as each
    other and as many for each lane: with one more, a lane would wait for the other.
    """
    quanti = _misure_di(edizioni.keys())
    regole = dict(
        EdizioneSMVP.objects.filter(pk__in=set(edizioni.values())).values_list("pk", "nome")
    )
    mancano = sum(quanti.values())
    quante = max(ceil(mancano / INDICATORI_PER_BLOCCO), 1)
    if quante > 1:
        quante += -quante % CORSIE
    in_fila = sorted(edizioni, key=lambda una: (regole[edizioni[una]], edizioni[una], una))
    fatti: list[list[int]] = []
    for restano in range(quante, 0, -1):
        blocco = _togli_dalla_fila(in_fila, quanti, mancano / restano)
        mancano -= sum(quanti[piano] for piano in blocco)
        fatti.append(blocco)
    return [blocco for blocco in fatti if blocco]


def _misure_di(piani: Collection[int]) -> dict[int, int]:
    """How many measures each plan has: of many plans, in a plain statement."""
    obiettivo, area = (modello._meta.db_table for modello in (Obiettivo, AreaStrategica))
    contate = tuple_di(
        ("a.piano_id", "count(*)"),
        f"{Misura._meta.db_table} m JOIN {obiettivo} o ON o.id = m.obiettivo_id "
        f"JOIN {area} a ON a.id = o.area_id "
        f"WHERE {in_elenco('a.piano_id', piani)} GROUP BY a.piano_id",
    )
    return dict.fromkeys(piani, 0) | dict(contate)


_VICINI = 20
"""Plans further on in the row that may come before their turn, to fill a block."""


def _togli_dalla_fila(in_fila: list[int], quanti: Mapping[int, int], posto: float) -> list[int]:
    """The plans of a block with room for that many indicators.

    The next ones as they come; when one has no room, the largest that has among those near it. A
    plan larger than a block has one of its own.
    """
    presi: list[int] = []
    while in_fila:
        dentro = [piano for piano in in_fila[:_VICINI] if quanti[piano] <= posto]
        if not dentro and presi:
            break
        prossimo = in_fila[0]
        if presi and prossimo != dentro[0]:
            prossimo = max(dentro, key=lambda piano: quanti[piano])
        in_fila.remove(prossimo)
        presi.append(prossimo)
        posto -= quanti[prossimo]
    return presi


def chiedi(
    giro: GiroDiCalcolo,
    piani: list[Piano],
    da: Utente | None,
    presi_il: datetime | None = None,
) -> list[Calcolo]:
    """Ask for the runs of a round that can be asked; the others go among the ``scartati``.

    ``presi_il``: they are under way since that moment already.
    """
    edizioni = dict(
        EdizioneSMVP.objects.filter(
            azienda__in={piano.azienda_id for piano in piani}, anno=giro.anno
        ).values_list("azienda_id", "pk")
    )
    buoni = []
    for piano in piani:
        try:
            for frazione in giro.frazioni:
                controlla(piano, giro.prospettiva, giro.anno, frazione)
            if piano.azienda_id not in edizioni:
                raise ValidationError(
                    _("Mancano le regole di misurazione del %(anno)s.") % {"anno": giro.anno}
                )
            buoni.append(piano)
        except ValidationError as errore:
            _scarta(giro, piano, " ".join(errore.messages))
    calcoli = [
        Calcolo(
            piano=piano,
            prospettiva=giro.prospettiva,
            anno=giro.anno,
            frazione=frazione,
            edizione_id=edizioni[piano.azienda_id],
            giro=giro,
            stato=Calcolo.Stato.IN_CORSO if presi_il else Calcolo.Stato.IN_ATTESA,
            iniziato_il=presi_il,
            da=da,
            per_conto_di=da.per_conto_di if da else None,
        )
        for piano in buoni
        for frazione in giro.frazioni
    ]
    creati = _crea(giro, calcoli)
    chiesti = {(uno.piano_id, uno.frazione) for uno in creati}
    for piano in buoni:
        aperti = [f for f in giro.frazioni if (piano.pk, f) not in chiesti]
        if aperti:
            nomi = ", ".join(str(Frazione(una).label).lower() for una in aperti)
            _scarta(giro, piano, _("Un calcolo è già in corso: %(periodi)s.") % {"periodi": nomi})
    return creati


def _crea(giro: GiroDiCalcolo, calcoli: list[Calcolo]) -> list[Calcolo]:
    """Put the runs of a round in the table, but those of which one is open already.

    To say from the start that some may be costs more than to try: they seldom are.
    """
    try:
        with transaction.atomic():
            return Calcolo.objects.bulk_create(calcoli)
    except IntegrityError:
        Calcolo.objects.bulk_create(calcoli, ignore_conflicts=True)
    suoi = giro.calcoli.filter(piano__in={uno.piano_id for uno in calcoli})
    nati = {
        (piano, frazione): chiave
        for chiave, piano, frazione in suoi.values_list("pk", "piano", "frazione")
    }
    creati = [uno for uno in calcoli if (uno.piano_id, uno.frazione) in nati]
    for uno in creati:
        uno.pk = nati[uno.piano_id, uno.frazione]
    return creati


def _scarta(giro: GiroDiCalcolo, piano: Piano, motivo: str) -> None:
    giro.scartati.append(
        {"piano": piano.pk, "nome": f"{piano} ({piano.azienda})", "motivo": motivo}
    )


def motivi_di(scartati: Iterable[dict[str, Any]]) -> list[str]:
    """Each reason once, with the plans that it stops."""
    per_motivo: dict[str, list[str]] = {}
    for uno in scartati:
        per_motivo.setdefault(uno["motivo"], []).append(uno["nome"])
    return [f"{motivo} {'; '.join(nomi)}." for motivo, nomi in per_motivo.items()]


def registra_chiesti(giro: GiroDiCalcolo, calcoli: list[Calcolo]) -> None:
    """One line for each azienda, that counts its own plans."""
    per_azienda: dict[Azienda, set[int]] = {}
    for uno in calcoli:
        per_azienda.setdefault(uno.piano.azienda, set()).add(uno.piano_id)
    registra_insieme(
        evento_di(
            "giro.chiesto",
            giro,
            azienda=azienda,
            da=giro.da,
            descrizione=ngettext(
                "Chiesto il calcolo di %(n)s piano: %(prospettiva)s %(anno)s",
                "Chiesto il calcolo di %(n)s piani: %(prospettiva)s %(anno)s",
                len(suoi),
            )
            % {
                "n": len(suoi),
                "prospettiva": giro.get_prospettiva_display(),
                "anno": giro.anno,
            },
        )
        for azienda, suoi in per_azienda.items()
    )
