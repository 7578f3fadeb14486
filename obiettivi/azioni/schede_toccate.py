# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede that many new results touch, brought up to date together."""

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _

from obiettivi.azioni.punteggi_scheda import SchedeAggiornate, ricalcola_schede
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.models import RigaScheda, SchedaBudget
from obiettivi.schede.punteggio import CONGELATE
from obiettivi.schede.raccolta import origini_di
from piani.azioni import registra
from piani.models import Azienda, Utente


def aggiorna_schede_insieme(
    azienda: Azienda,
    anno: int,
    *,
    aziendali: Collection[int],
    di_cdr: Collection[tuple[int, int]],
    da: Utente | None,
) -> SchedeAggiornate:
    """Do again the scores of the schede of a year that some new results touch.

    ``aziendali``: indicators with a result of the whole azienda; ``di_cdr``: indicator and unit.
    """
    esito = SchedeAggiornate()
    toccate = _toccate(azienda, anno, aziendali, di_cdr)
    for scheda in toccate:
        if scheda.stato in CONGELATE:
            esito.ferme.append(str(scheda))
            registra(
                "scheda.punteggi_fermi",
                scheda,
                azienda=azienda,
                da=da,
                descrizione=_(
                    "Nuovi risultati: la scheda è «%(stato)s», i suoi punteggi restano quelli "
                    "validati"
                )
                % {"stato": scheda.get_stato_display()},
            )
    try:
        esito.punteggi = ricalcola_schede(azienda, anno, schede=[una.pk for una in toccate])
    except EdizioneNonValida:
        esito.non_aggiornate += [str(una) for una in toccate if una.stato not in CONGELATE]
    return esito


def _toccate(
    azienda: Azienda,
    anno: int,
    aziendali: Collection[int],
    di_cdr: Collection[tuple[int, int]],
) -> list[SchedaBudget]:
    """Those with a row on one of the indicators, judged on that result."""
    indicatori = {*aziendali, *(indicatore for indicatore, _unita in di_cdr)}
    righe = RigaScheda.objects.filter(
        indicatore__in=indicatori, area__scheda__azienda=azienda, area__scheda__anno=anno
    ).values_list("area__scheda", "area__scheda__unita", "indicatore", "aziendale")
    trovate, proprie = set(), defaultdict(set)
    for scheda, unita, indicatore, aziendale in righe:
        if aziendale and indicatore in aziendali:
            trovate.add(scheda)
        elif not aziendale and unita is not None:
            proprie[unita].add((scheda, indicatore))
    if di_cdr and proprie:
        trovate |= _con_l_unita(azienda, proprie, set(di_cdr))
    schede = SchedaBudget.objects.dei_cdr().filter(pk__in=trovate)
    return list(schede.select_related("azienda", "unita").order_by("pk"))


def _con_l_unita(
    azienda: Azienda, proprie: dict[int, set[tuple[int, int]]], di_cdr: set[tuple[int, int]]
) -> set[int]:
    """The schede whose CdR, or what it was before, has a result among those."""
    origini = origini_di(azienda.pk, set(proprie))
    return {
        scheda
        for unita, righe in proprie.items()
        for scheda, indicatore in righe
        for generazione in origini.get(unita, ())
        if any((indicatore, una) in di_cdr for una in generazione)
    }
