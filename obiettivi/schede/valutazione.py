# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions on the evaluation of the schede: what is not reported yet, what the scores would be
with the data of today, which evaluation a person is looking at. Nothing here writes.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count
from django.utils.translation import ngettext

from obiettivi.azioni.calcolo import edizione_di
from obiettivi.azioni.punteggi_scheda import punteggi_di, uguali
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.confronto import Cambiamento, con_segno, in_parole
from obiettivi.models import (
    Controdeduzione,
    EdizioneSMVP,
    Finestra,
    Frazione,
    PunteggioScheda,
    Rendicontazione,
    SchedaBudget,
    ValidazioneScheda,
)
from obiettivi.schede.monitoraggio import rendicontate
from obiettivi.schede.punteggio import CONGELATE, SchedaLetta
from obiettivi.schede.raccolta import raccogli_schede
from piani.models import Azienda

Stato = SchedaBudget.Stato
SI_VALUTA = (Stato.IN_VALUTAZIONE, Stato.CONTRODEDOTTA)
"""While the evaluation is discussed."""
TRIMESTRI = (Frazione.T1, Frazione.T2, Frazione.T3, Frazione.T4)
DAL_TOTALE = (
    PunteggioScheda.Livello.SCHEDA,
    PunteggioScheda.Livello.AREA,
    PunteggioScheda.Livello.RIGA,
)


def non_rendicontati(
    azienda: Azienda, anno: int, schede: Collection[SchedaBudget]
) -> dict[int, list[str]]:
    """By scheda, the periods that are not all reported, with how many rows miss: «2° trimestre
    (3 righe)». The periods are those of the reporting windows, the four quarters if there are none.
    Three queries for any number of schede.
    """
    chieste = set(
        Finestra.objects.filter(
            azienda=azienda, anno=anno, tipo=Finestra.Tipo.RENDICONTAZIONE
        ).values_list("frazione", flat=True)
    ) or set(TRIMESTRI)
    righe = dict(
        rendicontate()
        .filter(area__scheda__in=schede)
        .order_by()
        .values_list("area__scheda")
        .annotate(quante=Count("pk"))
    )
    trasmesse: dict[int, Counter[str]] = defaultdict(Counter)
    for scheda, frazione, quante in (
        Rendicontazione.objects.filter(
            riga__in=rendicontate(),
            riga__area__scheda__in=schede,
            stato=Rendicontazione.Stato.TRASMESSA,
        )
        .order_by()
        .values_list("riga__area__scheda", "frazione")
        .annotate(quante=Count("pk"))
    ):
        trasmesse[scheda][frazione] = quante
    return {
        scheda.pk: [
            _manca(frazione, manca)
            for frazione in Frazione
            if frazione in chieste
            and (manca := righe.get(scheda.pk, 0) - trasmesse[scheda.pk][frazione]) > 0
        ]
        for scheda in schede
    }


def _manca(frazione: Frazione, quante: int) -> str:
    return ngettext("%(periodo)s (%(n)s riga)", "%(periodo)s (%(n)s righe)", quante) % {
        "periodo": str(frazione.label).lower(),
        "n": quante,
    }


def differenze_da_oggi(scheda: SchedaBudget) -> list[Cambiamento]:
    """What the yearly scores of a scheda that the Nucleo validated would be today: what differs,
    the scheda first. None for a scheda whose scores follow the data, or without usable rules.
    """
    edizione = EdizioneSMVP.objects.filter(azienda=scheda.azienda_id, anno=scheda.anno).first()
    if scheda.stato not in CONGELATE or edizione is None:
        return []
    try:
        regole = edizione_di(edizione)
    except EdizioneNonValida:
        return []
    letta = raccogli_schede(scheda.azienda_id, scheda.anno, [scheda.pk])[0]
    salvati = PunteggioScheda.objects.filter(scheda=scheda, frazione=Frazione.ANNO)
    vecchi = {(uno.livello, uno.oggetto): uno for uno in salvati}
    nuovi = {(uno.livello, uno.oggetto): uno for uno in punteggi_di(letta, regole, Frazione.ANNO)}
    nomi = nomi_di(letta)
    return [
        _cambiamento(nomi.get(chiave, ""), vecchi.get(chiave), nuovi.get(chiave))
        for chiave in sorted(
            vecchi.keys() | nuovi.keys(), key=lambda una: (DAL_TOTALE.index(una[0]), una[1])
        )
        if not _stesso(vecchi.get(chiave), nuovi.get(chiave))
    ]


def nomi_di(letta: SchedaLetta) -> dict[tuple[str, int], str]:
    """What each scored row is called."""
    Livello = PunteggioScheda.Livello
    nomi: dict[tuple[str, int], str] = {(Livello.SCHEDA.value, letta.chiave): letta.nome}
    for area in letta.aree:
        nomi[Livello.AREA.value, area.chiave] = area.nome
        nomi |= {(Livello.RIGA.value, riga.chiave): riga.nome for riga in area.righe}
    return nomi


def _stesso(una: PunteggioScheda | None, altra: PunteggioScheda | None) -> bool:
    return una is not None and altra is not None and uguali(una, altra)


def _cambiamento(
    nome: str, prima: PunteggioScheda | None, dopo: PunteggioScheda | None
) -> Cambiamento:
    differenza = ""
    if prima and dopo and prima.punteggio is not None and dopo.punteggio is not None:
        differenza = con_segno(dopo.punteggio - prima.punteggio)
    una = prima or dopo
    return Cambiamento(
        livello=una.get_livello_display() if una else "",
        nome=nome,
        prima=in_parole(prima),
        dopo=in_parole(dopo),
        differenza=differenza,
    )


def punteggio_annuo(scheda: SchedaBudget) -> PunteggioScheda | None:
    """The stored score of the scheda for the whole year."""
    return PunteggioScheda.objects.filter(
        scheda=scheda, livello=PunteggioScheda.Livello.SCHEDA, frazione=Frazione.ANNO
    ).first()


def validata_il(scheda: SchedaBudget) -> datetime | None:
    """When the scores of a scheda were validated, if they are; they were right with what was
    known then.
    """
    if scheda.stato not in CONGELATE:
        return None
    validazioni = scheda.validazioni.filter(esito=ValidazioneScheda.Esito.VALIDATA)
    return validazioni.values_list("creata_il", flat=True).first()


def impronta_valutazione(scheda: SchedaBudget) -> str:
    """The mark of an evaluation as a person sees it: state, scores, objections, what the Nucleo
    said. Who validates says which one was before the eyes.
    """
    punteggi = PunteggioScheda.objects.filter(scheda=scheda).order_by(
        "frazione", "livello", "oggetto"
    )
    obiezioni: Sequence[object] = list(
        Controdeduzione.objects.filter(scheda=scheda).order_by("pk").values_list("pk", "esito")
    )
    visto = (
        SchedaBudget.objects.filter(pk=scheda.pk).values_list("stato", flat=True).first(),
        list(punteggi.values_list("frazione", "livello", "oggetto", *PunteggioScheda.ESITO)),
        obiezioni,
        scheda.validazioni.count(),
    )
    return hashlib.sha256(repr(visto).encode()).hexdigest()[:16]
