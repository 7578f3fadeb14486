# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the tables to the pure data that ``calcolo`` judges: one read for a whole plan.

The same gathering serves the run, the explanation of a score and what-if questions, so that they
cannot disagree.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from obiettivi.calcolo.letture import Certezza, LetturaTarget, Verso
from obiettivi.calcolo.misura import Base, Periodo, Risultato, alla_partenza
from obiettivi.calcolo.misura import Misura as DaGiudicare
from obiettivi.calcolo.periodi import Aggregazione, Cumulo
from obiettivi.calcolo.valori import Mancante, NonApplicabile, Numero, Valore
from obiettivi.models import (
    AreaStrategica,
    Indicatore,
    Misura,
    Obiettivo,
    Prospettiva,
    Rilevazione,
    Target,
    ValoreRiferimento,
)
from obiettivi.models.indicatore import RilevazioneQuerySet
from piani.models import Piano

Formula = Indicatore.Formula


@dataclass(frozen=True)
class Foglia:
    """A misura of the plan, ready to be judged in its period.

    ``riferimento_dimostrativo`` says that its benchmark is invented: so is then its score.
    """

    chiave: int
    obiettivo: int
    peso: Decimal | None
    da_giudicare: DaGiudicare
    periodo: Periodo
    riferimento_dimostrativo: bool = False


@dataclass(frozen=True)
class Albero:
    """All that a run on a plan needs: leaves and the branches above them."""

    piano: Piano
    aree: list[AreaStrategica]
    obiettivi: list[Obiettivo]
    foglie: list[Foglia]


def raccogli(
    piano: Piano, prospettiva: str, anno: int, frazione: str = "", *, al: datetime | None = None
) -> Albero:
    """Read the tree of a plan and what is needed to judge it, in a fixed number of queries.

    ``partenza`` sets the printed consuntivo of the year before against the targets of ``anno``
    and reads nothing invented; ``consuntivo`` sets the results of ``anno``. Results and confirmed
    readings are those known now, or those known at the moment ``al``.
    """
    misure = list(
        Misura.objects.filter(obiettivo__area__piano=piano)
        .select_related("indicatore")
        .order_by("obiettivo__area__ordine", "obiettivo__ordine", "ordine", "pk")
    )
    target = {
        uno.misura_id: uno
        for uno in Target.objects.filter(misura__obiettivo__area__piano=piano, anno=anno)
    }
    dal_vero = prospettiva == Prospettiva.PARTENZA
    riferimenti = _riferimenti(piano, anno, solo_veri=dal_vero)
    risultati = {} if dal_vero else _risultati(piano, anno, al)
    foglie = []
    for misura in misure:
        questa = _da_giudicare(misura, target.get(misura.pk), riferimenti, al)
        if dal_vero:
            questa, periodo = alla_partenza(questa, anno - 1)
        else:
            suoi = tuple(risultati.get(misura.indicatore_id, ()))
            questa, periodo = replace(questa, risultati=suoi), Periodo(anno, frazione)
        riferimento = riferimenti.get(misura.indicatore_id)
        foglie.append(
            Foglia(
                chiave=misura.pk,
                obiettivo=misura.obiettivo_id,
                peso=misura.peso,
                da_giudicare=questa,
                periodo=periodo,
                riferimento_dimostrativo=bool(riferimento and riferimento.dimostrativo),
            )
        )
    return Albero(
        piano=piano,
        aree=list(AreaStrategica.objects.filter(piano=piano)),
        obiettivi=list(Obiettivo.objects.di_piano(piano)),
        foglie=foglie,
    )


def _da_giudicare(
    misura: Misura,
    target: Target | None,
    riferimenti: dict[int, ValoreRiferimento],
    al: datetime | None,
) -> DaGiudicare:
    return da_giudicare(
        misura.indicatore,
        target=_letto(target, al) if target else None,
        base=Base(lettura=misura.base, anno=misura.base_anno) if misura.base else None,
        riferimento=riferimenti.get(misura.indicatore_id),
    )


def da_giudicare(
    indicatore: Indicatore,
    *,
    target: LetturaTarget | None,
    base: Base | None,
    riferimento: ValoreRiferimento | None,
    risultati: tuple[Risultato, ...] = (),
) -> DaGiudicare:
    """An indicator as ``calcolo`` wants it, with what is asked of it."""
    return DaGiudicare(
        codice=indicatore.codice,
        nome=indicatore.nome,
        target=target,
        risultati=risultati,
        verso=Verso(indicatore.verso) if indicatore.verso else None,
        unita=indicatore.unita,
        decimali=indicatore.decimali,
        base=base,
        riferimento=riferimento.valore if riferimento else None,
        riferimento_fonte=riferimento.fonte if riferimento else "",
        aggregazione=Aggregazione(indicatore.aggregazione),
        cumulo=Cumulo(indicatore.cumulo),
        eredita_target=indicatore.eredita_target,
    )


def _letto(target: Target, al: datetime | None) -> LetturaTarget:
    """The reading of a target; once a person confirmed it, it is certain."""
    if target.confermato_il is None or (al is not None and target.confermato_il > al):
        return target.letto
    return replace(target.letto, certezza=Certezza.ALTA)


def _riferimenti(piano: Piano, anno: int, *, solo_veri: bool) -> dict[int, ValoreRiferimento]:
    """The regional benchmark of each indicator; the starting point takes no invented one."""
    righe = ValoreRiferimento.objects.filter(
        indicatore__misure__obiettivo__area__piano=piano,
        anno=anno,
        ambito=ValoreRiferimento.Ambito.REGIONALE,
    )
    if solo_veri:
        righe = righe.filter(dimostrativo=False)
    return {riga.indicatore_id: riga for riga in righe}


def _risultati(piano: Piano, anno: int, al: datetime | None) -> dict[int, list[Risultato]]:
    note = Rilevazione.objects.conosciute_al(al) if al else Rilevazione.objects.correnti()
    del_piano = Misura.objects.filter(obiettivo__area__piano=piano).values("indicatore")
    return risultati_di(note, del_piano, anno)


def risultati_di(
    note: RilevazioneQuerySet, indicatori: QuerySet[Misura] | Iterable[int], anno: int
) -> dict[int, list[Risultato]]:
    """The results of the azienda among those known, by key of the indicator."""
    per_indicatore: dict[int, list[Risultato]] = defaultdict(list)
    rilevazioni = (
        note.filter(indicatore__in=indicatori, anno=anno, unita__isnull=True)
        .select_related("indicatore")
        .order_by("indicatore", "frazione", "sede")
    )
    for rilevazione in rilevazioni:
        per_indicatore[rilevazione.indicatore_id].append(risultato(rilevazione))
    return per_indicatore


def risultato(rilevazione: Rilevazione) -> Risultato:
    """A stored result as ``calcolo`` wants it."""
    return Risultato(
        periodo=Periodo(rilevazione.anno, rilevazione.frazione),
        sede=rilevazione.sede,
        valore=_valore(rilevazione),
        numeratore=rilevazione.numeratore,
        denominatore=rilevazione.denominatore,
        avanzamento=rilevazione.avanzamento,
        data=rilevazione.data,
        esito=rilevazione.testo if rilevazione.indicatore.tipo_formula == Formula.SI_NO else "",
        origine=rilevazione.origine,
        dimostrativo=rilevazione.dimostrativa,
        provvisorio=rilevazione.provvisoria,
    )


def _valore(rilevazione: Rilevazione) -> Valore:
    if rilevazione.stato == Rilevazione.Stato.NON_APPLICABILE:
        return NonApplicabile(rilevazione.testo or "non applicabile")
    if rilevazione.stato == Rilevazione.Stato.MANCANTE or rilevazione.valore is None:
        return Mancante()
    return Numero(rilevazione.valore)
