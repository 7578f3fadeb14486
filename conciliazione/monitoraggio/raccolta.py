# SPDX-License-Identifier: AGPL-3.0-or-later
"""What monitoring knows at the end of a semester, read in as many queries for one project as for
many; and the indicators that come of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from conciliazione.calcolo import indicatori as calcolo
from conciliazione.calcolo.importi import ZERO
from conciliazione.conti import Costi, costi_delle, versione_di
from conciliazione.models import (
    ApportoCofinanziamento,
    AzioneDiPiano,
    Ente,
    IncontroAzione,
    Pagamento,
    Partner,
    Progetto,
    Rendiconto,
    RilevazioneAzione,
    RilevazioneAzionePiano,
    RilevazioneProgetto,
    SemestreMonitoraggio,
    ValoreIndicatore,
)

CONTANO = (RilevazioneProgetto.Stato.TRASMESSA, RilevazioneProgetto.Stato.VALIDATA)
MOTIVO_MASSIMO = 300
Somme = dict[int, tuple[int | None, int | None]]


def valori_di(semestre: SemestreMonitoraggio) -> list[ValoreIndicatore]:
    """The indicators of the edition as they are now at the end of a semester; not saved."""
    regole = semestre.edizione.regole
    return [
        ValoreIndicatore(
            semestre=semestre,
            codice=uno.codice,
            progetto_id=uno.progetto,
            azione_id=uno.azione,
            dettaglio=uno.dettaglio,
            numeratore=uno.numeratore,
            denominatore=uno.denominatore,
            motivo=uno.motivo[:MOTIVO_MASSIMO],
            nota=uno.nota,
        )
        for uno in calcolo.calcola(regole.indicatori, situazione(semestre))
    ]


def situazione(semestre: SemestreMonitoraggio) -> calcolo.Situazione:
    """The whole plan at the end of the semester: of reports and money, only what was sent."""
    enti = Ente.objects.filter(azienda=semestre.edizione.azienda_id).membri(semestre.fine)
    return calcolo.Situazione(
        enti=dict(enti.order_by("tipo").values_list("tipo").annotate(Count("pk"))),
        progetti=tuple(_progetti(semestre)),
        rete=tuple(_rete(semestre)),
    )


def dettaglio_di(azione: AzioneDiPiano) -> str:
    """How the value of an action of the network is told from the others'."""
    return f"{azione.genere}-{azione.ordine}"


def _progetti(semestre: SemestreMonitoraggio) -> list[calcolo.Progetto]:
    progetti = list(
        Progetto.objects.filter(edizione=semestre.edizione_id)
        .select_related("proposta", "capofila")
        .prefetch_related("azioni", "proposta__versioni")
    )
    raggiunti = _raggiunti(semestre)
    liquidati = _liquidati(semestre, "rendiconto__progetto")
    resi = _resi(semestre)
    enti = _enti(progetti)
    impegni = _impegni(progetti)
    return [
        calcolo.Progetto(
            chiave=uno.pk,
            nome=uno.titolo,
            concluso=_concluso(uno, semestre),
            enti=enti[uno.pk],
            azioni=tuple(_azione(azione, raggiunti.get(azione.pk)) for azione in uno.azioni.all()),
            costo=uno.costo,
            contributo=uno.contributo,
            liquidato=liquidati.get(uno.pk, ZERO),
            reso=resi.get(uno.pk, ZERO),
            **_cofinanziamento(uno, impegni.get(uno.pk)),
        )
        for uno in progetti
    ]


def _azione(azione: Any, raggiunti: tuple[int | None, int | None] | None) -> calcolo.Azione:
    persone, imprese = raggiunti or (None, None)
    return calcolo.Azione(
        chiave=azione.pk,
        nome=azione.titolo,
        persone_previste=azione.persone,
        persone_raggiunte=persone,
        imprese_previste=azione.imprese,
        imprese_raggiunte=imprese,
    )


def _concluso(progetto: Progetto, semestre: SemestreMonitoraggio) -> bool:
    quando = progetto.concluso_il
    return progetto.stato == Progetto.Stato.CONCLUSO and (quando is None or quando <= semestre.fine)


def _cofinanziamento(progetto: Progetto, costi: Costi | None) -> dict[str, Decimal | None]:
    """What the bodies of the Alleanza pledged; where the plan prints only the total, that is the
    cost minus the contribution and its parts are not known.
    """
    if costi is None or not costi.cofinanziamento:
        return {
            "cofinanziamento": progetto.costo - progetto.contributo,
            "monetario": None,
            "privato": None,
        }
    return {
        "cofinanziamento": costi.cofinanziamento,
        "monetario": costi.denaro,
        "privato": costi.privato,
    }


def _impegni(progetti: Iterable[Progetto]) -> dict[int, Costi]:
    versioni = {uno.pk: versione_di(uno.proposta) for uno in progetti}
    costi = costi_delle([una for una in versioni.values() if una is not None])
    return {chiave: costi[una.pk] for chiave, una in versioni.items() if una is not None}


def _enti(progetti: Iterable[Progetto]) -> dict[int, dict[str, int]]:
    """The bodies of each Alleanza by kind: its capofila, and its partners of now."""
    per_proposta: dict[int, dict[int, str]] = defaultdict(dict)
    partner = Partner.objects.attuali().filter(proposta__in=[uno.proposta_id for uno in progetti])
    for proposta, ente, tipo in partner.values_list("proposta", "ente", "ente__tipo"):
        per_proposta[proposta][ente] = tipo
    return {
        uno.pk: dict(
            Counter((per_proposta[uno.proposta_id] | {uno.capofila_id: uno.capofila.tipo}).values())
        )
        for uno in progetti
    }


def _raggiunti(semestre: SemestreMonitoraggio) -> Somme:
    fino_a = SemestreMonitoraggio.objects.fino_a(semestre)
    righe = RilevazioneAzione.objects.filter(
        rilevazione__semestre__in=fino_a, rilevazione__stato__in=CONTANO
    )
    return _somme(righe)


def _somme(righe: Any) -> Somme:
    """People and companies by action: the sum of what was said, None where nobody did."""
    sommate = righe.order_by().values_list("azione").annotate(Sum("persone"), Sum("imprese"))
    return {azione: (persone, imprese) for azione, persone, imprese in sommate}


def _liquidati(semestre: SemestreMonitoraggio, di: str) -> dict[int, Decimal]:
    pagati = Pagamento.objects.validi().filter(
        edizione=semestre.edizione_id, eseguito_il__lte=semestre.fine, **{f"{di}__isnull": False}
    )
    return dict(pagati.order_by().values_list(di).annotate(Sum("importo")))


def _resi(semestre: SemestreMonitoraggio) -> dict[int, Decimal]:
    """The cofinancing of requests that were sent: as recognised, where it was looked at."""
    apporti = (
        ApportoCofinanziamento.objects.filter(
            Q(al__isnull=True) | Q(al__lte=semestre.fine),
            progetto__edizione=semestre.edizione_id,
            rendiconto__isnull=False,
        )
        .exclude(rendiconto__stato=Rendiconto.Stato.BOZZA)
        .values_list("progetto", "importo", "ammesso")
    )
    resi: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for progetto, importo, ammesso in apporti:
        resi[progetto] += importo if ammesso is None else ammesso
    return resi


def _rete(semestre: SemestreMonitoraggio) -> list[calcolo.AzioneDiRete]:
    rilevate = RilevazioneAzionePiano.objects.filter(
        semestre__in=SemestreMonitoraggio.objects.fino_a(semestre)
    )
    raggiunti = _somme(rilevate)
    avviate = set(rilevate.filter(avviata=True).values_list("azione", flat=True))
    incontri = _incontri(semestre)
    liquidati = _liquidati(semestre, "azione")
    azioni = AzioneDiPiano.objects.filter(edizione=semestre.edizione_id)
    return [
        calcolo.AzioneDiRete(
            **vars(_azione(una, raggiunti.get(una.pk))),
            genere=una.genere,
            dettaglio=dettaglio_di(una),
            avviata=una.pk in avviate
            or (una.avviata_il is not None and una.avviata_il <= semestre.fine),
            incontri=incontri.get(una.pk, 0),
            risorse=una.importo,
            liquidato=liquidati.get(una.pk, ZERO),
        )
        for una in azioni
    ]


def _incontri(semestre: SemestreMonitoraggio) -> Mapping[int, int]:
    tenuti = IncontroAzione.objects.filter(
        azione__edizione=semestre.edizione_id, giorno__lte=semestre.fine
    )
    return dict(tenuti.order_by().values_list("azione").annotate(Count("pk")))
