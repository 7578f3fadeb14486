# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many results of an azienda written together: what ``rileva`` does, for thousands at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.azioni import tanti
from obiettivi.azioni.piani_toccati import Effetti, aggiorna_piano
from obiettivi.azioni.rilevazione import CAMPI, controlla_cifre, controlla_periodo
from obiettivi.azioni.schede_toccate import aggiorna_schede_insieme
from obiettivi.calcolo.periodi import genitori
from obiettivi.models import Frazione, Indicatore, Misura, PeriodoChiuso, Rilevazione
from piani.azioni.carico import Errore, RigheSbagliate, copia, errori_di, riconta
from piani.azioni.evento import evento_di, registra_insieme
from piani.azioni.fila import blocca
from piani.models import Azienda, Importazione, Piano, Utente
from piani.rules import esigi

COLONNE = (
    "indicatore_id", "unita_id", "anno", "frazione", "sede", "stato", "valore", "numeratore",
    "denominatore", "avanzamento", "data", "testo", "provvisoria", "dimostrativa", "origine",
    "importazione_id", "dichiarata_da_id", "creata_il", "sostituita_il",
)  # fmt: skip
TANTE = 5_000
"""From here on a load changes how the table is best read."""
INSIEME = 10_000
"""Rows written at a time: a load of any size is copied in as much memory."""
Chiave = tuple[int, int | None, int, str, str]


class RisultatiMossi(ValidationError):
    """Somebody wrote those results meanwhile: ``chiavi`` says which. Nothing was written."""

    def __init__(self, chiavi: set[Chiave]) -> None:
        super().__init__(_("Qualcuno ha scritto gli stessi risultati nel frattempo."))
        self.chiavi = chiavi


@dataclass(kw_only=True)
class Caricate(Effetti):
    """How many results were new, replaced another, said what was there already, or went away.

    ``istante``: the moment from which the new ones are known, None if nothing was written.
    """

    inserite: int = 0
    sostituite: int = 0
    uguali: int = 0
    ritirate: int = 0
    istante: datetime | None = None


def carica_rilevazioni(
    azienda: Azienda,
    nuove: Sequence[Rilevazione],
    *,
    tolte: Sequence[Rilevazione] = (),
    attese: Mapping[Chiave, int | None] | None = None,
    importazione: Importazione | None = None,
    da: Utente | None,
) -> Caricate:
    """Write results (not saved, with their indicator and unit), all or none, and bring plans and
    schede up to date. One Evento for each indicator tells what changed.

    ``tolte``: results that nothing replaces any more. ``attese``: the result that was current when
    who asks looked, for each of the keys. ``importazione``: the file that says each of them, so
    that the events only count.

    :raises PermissionDenied: the person does not take results here, or one is of a CdR that they
        do not lead.
    :raises RigheSbagliate: row by row, what ``rileva`` would refuse, or a row said twice.
    :raises RisultatiMossi: others are current now than those expected.
    """
    tutte = [*nuove, *tolte]
    _esigi_tutte(azienda, tutte, da)
    _controlla(azienda, nuove)
    with transaction.atomic():
        blocca(Indicatore, sorted({una.indicatore_id for una in tutte}))
        _controlla_aperti(azienda, tutte)
        vecchie = _correnti(tutte)
        _controlla_attese(vecchie, attese or {})
        diverse = [una for una in nuove if not _uguali(vecchie.get(chiave_di(una)), una)]
        esito = Caricate(uguali=len(nuove) - len(diverse), ritirate=len(tolte))
        if not diverse and not tolte:
            return esito
        cambi: Cambi = [(vecchie.get(chiave_di(una)), una) for una in diverse]
        esito.sostituite = sum(vecchia is not None for vecchia, _nuova in cambi)
        esito.inserite = len(cambi) - esito.sostituite
        cambi += [(vecchie.get(chiave_di(una)), None) for una in tolte]
        esito.istante = timezone.now()
        _scrivi(cambi, esito.istante)
        toccate = [*diverse, *tolte]
        piani = _piani_di(una.indicatore_id for una in toccate if una.unita_id is None)
        _registra(azienda, cambi, piani, importazione, da)
        _aggiorna(esito, azienda, toccate, piani, da)
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
    for vecchia in tanti.leggi(lette, indicatori, {}):
        trovate[chiave_di(vecchia)] = vecchia
    return trovate


def _controlla_attese(
    vecchie: Mapping[Chiave, Rilevazione], attese: Mapping[Chiave, int | None]
) -> None:
    mosse = {
        chiave
        for chiave, attesa in attese.items()
        if attesa != (vecchie[chiave].pk if chiave in vecchie else None)
    }
    if mosse:
        raise RisultatiMossi(mosse)


def _uguali(vecchia: Rilevazione | None, nuova: Rilevazione) -> bool:
    campi = (*CAMPI, "provvisoria", "dimostrativa")
    return vecchia is not None and all(
        getattr(vecchia, campo) == getattr(nuova, campo) for campo in campi
    )


Cambi = list[tuple[Rilevazione | None, Rilevazione | None]]
"""What was current, and what is now: at least one of them."""


def _scrivi(cambi: Cambi, adesso: datetime) -> None:
    """The old ones were known until the very moment when the new ones came."""
    tolte = [vecchia.pk for vecchia, _nuova in cambi if vecchia is not None]
    for inizio in range(0, len(tolte), INSIEME):
        alcune = Rilevazione.objects.filter(pk__in=tolte[inizio : inizio + INSIEME])
        alcune.update(sostituita_il=adesso)
    nuove = [nuova for _vecchia, nuova in cambi if nuova is not None]
    for nuova in nuove:
        nuova.creata_il = adesso
    for inizio in range(0, len(nuove), INSIEME):
        righe = nuove[inizio : inizio + INSIEME]
        copia(
            Rilevazione, COLONNE, (tuple(getattr(una, nome) for nome in COLONNE) for una in righe)
        )
    if len(nuove) >= TANTE:
        riconta(Rilevazione)


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
    azienda: Azienda,
    cambi: Cambi,
    piani: dict[int, list[Piano]],
    importazione: Importazione | None,
    da: Utente | None,
) -> None:
    indicatori: dict[int, Indicatore] = {}
    per_indicatore: dict[int, Cambi] = defaultdict(list)
    for vecchia, nuova in cambi:
        una = nuova or vecchia
        if una is not None:
            indicatori[una.indicatore_id] = una.indicatore
            per_indicatore[una.indicatore_id].append((vecchia, nuova))
    registra_insieme(
        evento_di(
            "rilevazioni.caricate",
            indicatori[indicatore],
            azienda=azienda,
            da=da,
            descrizione=ngettext(
                "Caricato %(n)s risultato di %(codice)s",
                "Caricati %(n)s risultati di %(codice)s",
                len(suoi),
            )
            % {"n": len(suoi), "codice": indicatori[indicatore].codice},
            dati={"importazione": importazione.pk, "risultati": len(suoi)}
            if importazione is not None
            else {"risultati": [_detto(vecchia, nuova) for vecchia, nuova in suoi]},
            riguarda=piani.get(indicatore, ()),
        )
        for indicatore, suoi in per_indicatore.items()
    )


@cache
def _nome_di(frazione: str) -> str:
    """Said thousands of times in a load."""
    return str(Frazione(frazione).label)


def _detto(vecchia: Rilevazione | None, nuova: Rilevazione | None) -> dict[str, str]:
    """A result as the register tells it."""
    una = nuova or vecchia
    assert una is not None  # noqa: S101 -- a change has at least one of them
    periodo = f"{una.anno} {_nome_di(una.frazione)} {una.sede}".strip()
    detto = {"periodo": periodo, "dopo": nuova.mostrata if nuova is not None else ""}
    if nuova is not None and nuova.unita is not None:
        detto["unita"] = str(nuova.unita)
    return detto | ({"prima": vecchia.mostrata} if vecchia is not None else {})


def _aggiorna(
    esito: Caricate,
    azienda: Azienda,
    toccate: Sequence[Rilevazione],
    piani: dict[int, list[Piano]],
    da: Utente | None,
) -> None:
    """Bring every plan and scheda up to date once, in the order in which all lock them."""
    interessati = {
        (piano.pk, una.anno): piano
        for una in toccate
        if una.unita_id is None
        for piano in piani.get(una.indicatore_id, ())
        if una.anno in piano.anni
    }
    for (_chiave, anno), piano in sorted(interessati.items(), key=lambda uno: uno[0]):
        piano.azienda = azienda
        aggiorna_piano(esito, piano, anno, da)
    for anno in sorted({una.anno for una in toccate}):
        dell_anno = [una for una in toccate if una.anno == anno]
        aziendali = {una.indicatore_id for una in dell_anno if una.unita_id is None}
        di_cdr = {
            (una.indicatore_id, una.unita_id) for una in dell_anno if una.unita_id is not None
        }
        esito.aggiungi(
            aggiorna_schede_insieme(azienda, anno, aziendali=aziendali, di_cdr=di_cdr, da=da)
        )
