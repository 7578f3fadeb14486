# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many results of an azienda written together: what ``rileva`` does, for thousands at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.azioni.piani_toccati import Effetti, aggiorna_piano
from obiettivi.azioni.rilevazione import CAMPI, controlla_cifre, controlla_periodo
from obiettivi.azioni.schede_toccate import aggiorna_schede_insieme
from obiettivi.calcolo.periodi import genitori
from obiettivi.models import Frazione, Indicatore, Misura, PeriodoChiuso, Rilevazione
from piani.azioni.carico import Errore, RigheSbagliate, copia, errori_di
from piani.azioni.evento import evento_di, registra_insieme
from piani.azioni.fila import blocca
from piani.models import Azienda, Piano, Utente
from piani.rules import esigi

COLONNE = (
    "indicatore_id", "unita_id", "anno", "frazione", "sede", "stato", "valore", "numeratore",
    "denominatore", "avanzamento", "testo", "provvisoria", "dimostrativa", "origine",
    "dichiarata_da_id", "creata_il", "sostituita_il",
)  # fmt: skip
Chiave = tuple[int, int | None, int, str, str]


@dataclass(kw_only=True)
class Caricate(Effetti):
    """How many results were new, replaced another, or said what was there already."""

    inserite: int = 0
    sostituite: int = 0
    uguali: int = 0


def carica_rilevazioni(
    azienda: Azienda, nuove: Sequence[Rilevazione], *, da: Utente | None
) -> Caricate:
    """Write results (not saved, with their indicator and unit), all or none, and bring plans and
    schede up to date. One Evento for each indicator tells what changed.

    :raises PermissionDenied: the person does not take results here, or one is of a CdR that they
        do not lead.
    :raises RigheSbagliate: row by row, what ``rileva`` would refuse, or a row said twice.
    """
    _esigi_tutte(azienda, nuove, da)
    _controlla(azienda, nuove)
    with transaction.atomic():
        blocca(Indicatore, sorted({una.indicatore_id for una in nuove}))
        _controlla_aperti(azienda, nuove)
        vecchie = _correnti(nuove)
        diverse = [una for una in nuove if not _uguali(vecchie.get(chiave_di(una)), una)]
        esito = Caricate(uguali=len(nuove) - len(diverse))
        if not diverse:
            return esito
        cambi = [(vecchie.get(chiave_di(una)), una) for una in diverse]
        esito.sostituite = sum(vecchia is not None for vecchia, _nuova in cambi)
        esito.inserite = len(cambi) - esito.sostituite
        _scrivi(cambi, timezone.now())
        piani = _piani_di(una.indicatore_id for una in diverse if una.unita_id is None)
        _registra(azienda, cambi, piani, da)
        _aggiorna(esito, azienda, diverse, piani, da)
    return esito


def chiave_di(una: Rilevazione) -> Chiave:
    """What two results of the same thing have in common."""
    return (una.indicatore_id, una.unita_id, una.anno, una.frazione, una.sede)


def _esigi_tutte(azienda: Azienda, nuove: Sequence[Rilevazione], da: Utente | None) -> None:
    """Asked once for the azienda; for who does not govern it, once for each CdR and indicator."""
    if any(una.unita_id is None for una in nuove):
        esigi(da, "obiettivi.rileva", azienda)
    if da is None or da.has_perm("obiettivi.calcola", azienda):
        return
    di_cdr = {
        (una.indicatore_id, una.unita_id, una.anno): una
        for una in nuove
        if una.unita_id is not None
    }
    for una in di_cdr.values():
        esigi(da, "obiettivi.rileva_per_cdr", una)


def _controlla(azienda: Azienda, nuove: Sequence[Rilevazione]) -> None:
    """What each row must be by itself; sets ``provvisoria``."""
    oggi, viste = timezone.localdate(), set()
    in_corso = cache(lambda anno, frazione: controlla_periodo(anno, frazione, oggi))
    sbagliate: list[Errore] = []
    for posto, una in enumerate(nuove, start=1):
        try:
            una.provvisoria = in_corso(una.anno, una.frazione)
            if una.unita is not None and una.unita.organigramma.azienda_id != azienda.pk:
                raise ValidationError({"unita": _("L'unità è di un'altra azienda.")})
            controlla_cifre(una)
            if chiave_di(una) in viste:
                raise ValidationError(_("Questo risultato c'è già in un'altra riga."))
            viste.add(chiave_di(una))
        except ValidationError as errore:
            sbagliate += errori_di(posto, errore)
    if sbagliate:
        raise RigheSbagliate(sbagliate)


def _controlla_aperti(azienda: Azienda, nuove: Sequence[Rilevazione]) -> None:
    chiusi = set(PeriodoChiuso.objects.filter(azienda=azienda).values_list("anno", "frazione"))
    sbagliate = [
        (posto, "frazione", _("Il periodo è chiuso ai nuovi risultati."))
        for posto, una in enumerate(nuove, start=1)
        if any((una.anno, fuori) in chiusi for fuori in (una.frazione, *genitori(una.frazione)))
    ]
    if sbagliate:
        raise RigheSbagliate(sbagliate)


def _correnti(nuove: Sequence[Rilevazione]) -> dict[Chiave, Rilevazione]:
    """The results that the new ones may replace: one query."""
    indicatori = {una.indicatore_id: una.indicatore for una in nuove}
    lette = Rilevazione.objects.correnti().filter(
        indicatore__in=list(indicatori), anno__in={una.anno for una in nuove}
    )
    trovate = {}
    for vecchia in lette:
        vecchia.indicatore = indicatori[vecchia.indicatore_id]
        trovate[chiave_di(vecchia)] = vecchia
    return trovate


def _uguali(vecchia: Rilevazione | None, nuova: Rilevazione) -> bool:
    campi = (*CAMPI, "provvisoria", "dimostrativa")
    return vecchia is not None and all(
        getattr(vecchia, campo) == getattr(nuova, campo) for campo in campi
    )


Cambi = list[tuple[Rilevazione | None, Rilevazione]]


def _scrivi(cambi: Cambi, adesso: datetime) -> None:
    """The old ones were known until the very moment when the new ones came."""
    tolte = [vecchia.pk for vecchia, _nuova in cambi if vecchia is not None]
    if tolte:
        Rilevazione.objects.filter(pk__in=tolte).update(sostituita_il=adesso)
    for _vecchia, nuova in cambi:
        nuova.creata_il = adesso
    copia(
        Rilevazione,
        COLONNE,
        (tuple(getattr(nuova, nome) for nome in COLONNE) for _vecchia, nuova in cambi),
    )


def _piani_di(indicatori: Any) -> dict[int, list[Piano]]:
    """The plans that use each indicator, one query for both."""
    coppie = list(
        Misura.objects.filter(indicatore__in=set(indicatori))
        .values_list("indicatore", "obiettivo__area__piano")
        .distinct()
    )
    piani = Piano.objects.in_bulk({piano for _indicatore, piano in coppie})
    per_indicatore: dict[int, list[Piano]] = defaultdict(list)
    for indicatore, piano in sorted(coppie):
        per_indicatore[indicatore].append(piani[piano])
    return per_indicatore


def _registra(
    azienda: Azienda, cambi: Cambi, piani: dict[int, list[Piano]], da: Utente | None
) -> None:
    per_indicatore: dict[int, Cambi] = defaultdict(list)
    for vecchia, nuova in cambi:
        per_indicatore[nuova.indicatore_id].append((vecchia, nuova))
    registra_insieme(
        evento_di(
            "rilevazioni.caricate",
            suoi[0][1].indicatore,
            azienda=azienda,
            da=da,
            descrizione=ngettext(
                "Caricato %(n)s risultato di %(codice)s",
                "Caricati %(n)s risultati di %(codice)s",
                len(suoi),
            )
            % {"n": len(suoi), "codice": suoi[0][1].indicatore.codice},
            dati={"risultati": [_detto(vecchia, nuova) for vecchia, nuova in suoi]},
            riguarda=piani.get(indicatore, ()),
        )
        for indicatore, suoi in per_indicatore.items()
    )


@cache
def _nome_di(frazione: str) -> str:
    """Said thousands of times in a load."""
    return str(Frazione(frazione).label)


def _detto(vecchia: Rilevazione | None, nuova: Rilevazione) -> dict[str, str]:
    """A result as the register tells it."""
    periodo = f"{nuova.anno} {_nome_di(nuova.frazione)} {nuova.sede}".strip()
    detto = {"periodo": periodo, "dopo": nuova.mostrata}
    if nuova.unita is not None:
        detto["unita"] = str(nuova.unita)
    return detto | ({"prima": vecchia.mostrata} if vecchia is not None else {})


def _aggiorna(
    esito: Caricate,
    azienda: Azienda,
    diverse: Sequence[Rilevazione],
    piani: dict[int, list[Piano]],
    da: Utente | None,
) -> None:
    """Bring every plan and scheda up to date once, in the order in which all lock them."""
    toccati = {
        (piano.pk, una.anno): piano
        for una in diverse
        if una.unita_id is None
        for piano in piani.get(una.indicatore_id, ())
        if una.anno in piano.anni
    }
    for (_chiave, anno), piano in sorted(toccati.items(), key=lambda uno: uno[0]):
        piano.azienda = azienda
        aggiorna_piano(esito, piano, anno, da)
    for anno in sorted({una.anno for una in diverse}):
        dell_anno = [una for una in diverse if una.anno == anno]
        aziendali = {una.indicatore_id for una in dell_anno if una.unita_id is None}
        di_cdr = {
            (una.indicatore_id, una.unita_id) for una in dell_anno if una.unita_id is not None
        }
        esito.aggiungi(
            aggiorna_schede_insieme(azienda, anno, aziendali=aziendali, di_cdr=di_cdr, da=da)
        )
