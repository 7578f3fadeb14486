# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stored scores of the schede: they follow the data, by difference, until the Nucleo validates.

From then on they stay what was validated: a new result is written, the scheda says what it would
change, and only the Nucleo, sending it back with a reason, lets the scores move.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from obiettivi.azioni.calcolo import edizione_di, in_colonne
from obiettivi.calcolo.edizione import Edizione, EdizioneNonValida
from obiettivi.calcolo.periodi import contiene
from obiettivi.models import (
    AreaScheda,
    EdizioneSMVP,
    Indicatore,
    PunteggioScheda,
    RigaScheda,
    SchedaBudget,
)
from obiettivi.schede.punteggio import CALCOLATE, CONGELATE, SchedaLetta, valuta_scheda
from obiettivi.schede.raccolta import origini_di, raccogli_schede
from piani.azioni import registra
from piani.models import Azienda, UnitaOrganizzativa, Utente

log = logging.getLogger(__name__)
SCHEDE_PER_VOLTA = 25
"""Locked together: who brings a new result to one of them waits for no more than these."""
CHIAVE = ("scheda_id", "frazione", "livello", "oggetto")

# Plain SQL for what every new result asks: to compile a query costs more than to run it.
_CON_RIGHE = f"""SELECT DISTINCT a.scheda_id FROM {RigaScheda._meta.db_table} r
    JOIN {AreaScheda._meta.db_table} a ON a.id = r.area_id
    WHERE r.indicatore_id = %s AND r.aziendale = %s"""  # noqa: S608 -- names of tables


@dataclass
class SchedeAggiornate:
    """How many scores moved; by name, the schede validated already, whose scores stay, and those
    that did not follow because the rules cannot be used.
    """

    punteggi: int = 0
    ferme: list[str] = field(default_factory=list)
    non_aggiornate: list[str] = field(default_factory=list)


def aggiorna_schede(
    indicatore: Indicatore,
    *,
    anno: int,
    frazioni: Collection[str] | None,
    unita: UnitaOrganizzativa | None,
    da: Utente | None,
) -> SchedeAggiornate:
    """Bring up to date the schede that a new result touches, inside its transaction.

    Those of the unit (or of what it became) with a row on the indicator; without a unit, those
    judged on the result of the azienda. ``frazioni``: only the periods that touch these.
    """
    esito = SchedeAggiornate()
    toccate = _toccate(indicatore, anno, unita)
    for scheda in toccate:
        if scheda.stato in CONGELATE:
            esito.ferme.append(str(scheda))
            registra(
                "scheda.punteggi_fermi",
                scheda,
                azienda=scheda.azienda,
                da=da,
                descrizione=_(
                    "Nuovo risultato di %(codice)s: la scheda è «%(stato)s», i suoi punteggi "
                    "restano quelli validati"
                )
                % {"codice": indicatore.codice, "stato": scheda.get_stato_display()},
            )
    aperte = [scheda.pk for scheda in toccate if scheda.stato in CALCOLATE]
    if not aperte:
        return esito
    edizione = EdizioneSMVP.objects.filter(azienda=indicatore.azienda_id, anno=anno).first()
    if edizione is None:
        return esito
    try:
        regole = edizione_di(edizione)
    except EdizioneNonValida:
        esito.non_aggiornate += [str(scheda) for scheda in toccate if scheda.pk in aperte]
        return esito
    esito.punteggi = _riscrivi(indicatore.azienda_id, anno, aperte, regole, frazioni)
    return esito


def ricalcola_schede(azienda: Azienda, anno: int, *, schede: Collection[int] | None = None) -> int:
    """Do again the scores of the schede of a year (or of some of them), after a change of content
    or of rules; how many changed. Without rules for the year, none.

    :raises EdizioneNonValida: the rules of the year cannot be used.
    """
    edizione = EdizioneSMVP.objects.filter(azienda=azienda, anno=anno).first()
    if edizione is None:
        return 0
    regole = edizione_di(edizione)
    quali = SchedaBudget.objects.dei_cdr().filter(azienda=azienda, anno=anno, stato__in=CALCOLATE)
    if schede is not None:
        quali = quali.filter(pk__in=schede)
    chiavi = list(quali.order_by("pk").values_list("pk", flat=True))
    cambiati = 0
    for primo in range(0, len(chiavi), SCHEDE_PER_VOLTA):
        with transaction.atomic():
            gruppo = chiavi[primo : primo + SCHEDE_PER_VOLTA]
            cambiati += _riscrivi(azienda.pk, anno, gruppo, regole, None)
    return cambiati


def ricalcola_secondo(edizione: int) -> int:
    """Do again the scores of the schede that some rules judge; how many changed.

    Rules that cannot be used, or that are there no more, leave the scores as they are.
    """
    regole = EdizioneSMVP.objects.select_related("azienda").filter(pk=edizione).first()
    if regole is None:
        return 0
    try:
        return ricalcola_schede(regole.azienda, regole.anno)
    except EdizioneNonValida:
        log.exception("schede di %s %s non ricalcolate", regole.azienda, regole.anno)
        return 0


def aggiorna_schede_con(indicatore: Indicatore) -> SchedeAggiornate:
    """Do again the scores of the schede that use an indicator, whatever the year: it behaves in
    another way now.
    """
    esito = SchedeAggiornate()
    per_anno: dict[int, list[int]] = defaultdict(list)
    usano = SchedaBudget.objects.dei_cdr().filter(aree__righe__indicatore=indicatore)
    for anno, chiave in usano.filter(stato__in=CALCOLATE).distinct().values_list("anno", "pk"):
        per_anno[anno].append(chiave)
    for anno, chiavi in sorted(per_anno.items()):
        try:
            esito.punteggi += ricalcola_schede(indicatore.azienda, anno, schede=chiavi)
        except EdizioneNonValida:
            esito.non_aggiornate.append(_("Schede budget %(anno)s") % {"anno": anno})
    return esito


def edizioni_con_schede(aziende: Iterable[int], anno: int) -> list[EdizioneSMVP]:
    """The rules of a year by which some scheda of those aziende is judged, one query."""
    schede = SchedaBudget.objects.dei_cdr().filter(
        azienda=OuterRef("azienda"), anno=anno, stato__in=CALCOLATE
    )
    edizioni = EdizioneSMVP.objects.filter(Exists(schede), azienda__in=aziende, anno=anno)
    return list(edizioni.select_related("azienda").order_by("pk"))


def _toccate(
    indicatore: Indicatore, anno: int, unita: UnitaOrganizzativa | None
) -> list[SchedaBudget]:
    """The schede with a row on the indicator, judged on that result."""
    with connection.cursor() as cursore:
        cursore.execute(_CON_RIGHE, [indicatore.pk, unita is None])
        con_righe = [chiave for (chiave,) in cursore.fetchall()]
    if not con_righe:
        return []
    schede = list(
        SchedaBudget.objects.dei_cdr()
        .filter(pk__in=con_righe, azienda=indicatore.azienda_id, anno=anno)
        .select_related("azienda", "unita")
        .order_by("pk")
    )
    if unita is None or not schede:
        return schede
    origini = origini_di(indicatore.azienda_id, {una.unita_id for una in schede if una.unita_id})
    arrivano = {
        una for una, generazioni in origini.items() if any(unita.pk in g for g in generazioni)
    }
    return [scheda for scheda in schede if scheda.unita_id in arrivano]


def _riscrivi(
    azienda: int,
    anno: int,
    chiavi: Iterable[int],
    regole: Edizione,
    frazioni: Collection[str] | None,
) -> int:
    """Read, judge and write what differs, with the schede locked before anything is read: who
    else would write their scores waits, and then sees these data.
    """
    mie = list(
        SchedaBudget.objects.filter(pk__in=chiavi, stato__in=CALCOLATE)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )
    nuove = {
        _chiave(una): una
        for letta in raccogli_schede(azienda, anno, mie)
        for frazione in letta.frazioni
        if _si_tocca(frazione, frazioni)
        for una in punteggi_di(letta, regole, frazione)
    }
    vecchie = {
        _chiave(una): una
        for una in PunteggioScheda.objects.filter(scheda__in=mie)
        if _si_tocca(una.frazione, frazioni)
    }
    return _scrivi(vecchie, nuove)


Righe = dict[tuple[object, ...], PunteggioScheda]


def _scrivi(vecchie: Righe, nuove: Righe) -> int:
    """Write the rows that differ; how many they are."""
    cambiate = [
        una
        for chiave, una in nuove.items()
        if chiave not in vecchie or not uguali(una, vecchie[chiave])
    ]
    tolte = [una.pk for chiave, una in vecchie.items() if chiave not in nuove]
    if cambiate:
        PunteggioScheda.objects.bulk_create(
            cambiate,
            update_conflicts=True,
            unique_fields=["scheda", "frazione", "livello", "oggetto"],
            update_fields=list(PunteggioScheda.ESITO),
        )
    if tolte:
        PunteggioScheda.objects.filter(pk__in=tolte).delete()
    return len(cambiate) + len(tolte)


def punteggi_di(letta: SchedaLetta, regole: Edizione, frazione: str) -> list[PunteggioScheda]:
    """The rows that store the scores of a scheda in a period; not saved."""
    return [
        PunteggioScheda(
            scheda_id=letta.chiave,
            frazione=frazione,
            livello=livello,
            oggetto=oggetto,
            **in_colonne(esito),
        )
        for livello, oggetto, esito in valuta_scheda(letta, regole, frazione).tutti()
    ]


def uguali(una: PunteggioScheda, altra: PunteggioScheda) -> bool:
    """Whether two scores say the same, apart from what they say it of."""
    return all(getattr(una, campo) == getattr(altra, campo) for campo in PunteggioScheda.ESITO)


def _chiave(una: PunteggioScheda) -> tuple[object, ...]:
    return tuple(getattr(una, campo) for campo in CHIAVE)


def _si_tocca(frazione: str, cambiate: Collection[str] | None) -> bool:
    """Whether a period is one of those, holds it or is in it."""
    return cambiate is None or any(
        frazione == una or contiene(frazione, una) or contiene(una, frazione) for una in cambiate
    )
