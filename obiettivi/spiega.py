# SPDX-License-Identifier: AGPL-3.0-or-later
"""«Perché questo punteggio»: the judgement done again by the reference path, and told.

The stored score and the told one are compared: if the data changed after the last run, the
explanation says so instead of explaining a figure that is no longer there.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from obiettivi.azioni.calcolo import riga_di
from obiettivi.calcolo import spiegazione
from obiettivi.calcolo.aggregazione import Aggregato
from obiettivi.calcolo.giudizio import Giudizio
from obiettivi.conoscenza import regole_al
from obiettivi.models import Calcolo, EdizioneSMVP, Prospettiva, Raggiungimento
from obiettivi.raccolta import raccogli
from obiettivi.valutazione import Valutazione, valuta
from obiettivi.voti import voto_di
from piani.models import Piano

Livello = Raggiungimento.Livello


def spiega(
    piano: Piano,
    *,
    prospettiva: str,
    anno: int,
    frazione: str,
    livello: str,
    oggetto: int,
    al: datetime | None = None,
) -> dict[str, Any]:
    """The explanation of a stored score, as sentences and as data.

    With ``al`` the score is that of the results, confirmed readings and rules as they were at that
    moment, on today's tree.

    Keys: ``titolo``, ``sottotitolo``, ``mostrato``, ``dimostrativo``, ``frasi`` (Italian, in
    order), ``parti`` (quarters and sites, each with its ``nome``, ``mostrato`` and ``frasi``),
    ``contributi`` (what each child brought, for aggregates), ``avviso`` ("" or that the data
    changed since), ``voto`` (the explained score, ready for the page),
    ``dati`` (the same as plain JSON data).

    :raises KeyError: no row of that level has that key in the plan.
    """
    edizione = EdizioneSMVP.objects.get(azienda=piano.azienda, anno=anno)
    albero = raccogli(piano, prospettiva, anno, frazione, al=al)
    cosa = _cosa(valuta(albero, regole_al(edizione, al)), livello, oggetto)
    chiave = {"piano_id": piano.pk, "prospettiva": prospettiva, "anno": anno, "frazione": frazione}
    salvata = Raggiungimento.objects.get(**chiave, livello=livello, oggetto=oggetto)
    adesso = riga_di(Calcolo(edizione=edizione, **chiave), livello, oggetto, cosa)
    dati = spiegazione.come_dati(cosa)
    uguale = adesso.uguale_a(salvata)
    return {
        "titolo": cosa.nome,
        "sottotitolo": f"{Prospettiva(prospettiva).label}, {anno} {frazione}".strip(),
        "mostrato": dati["mostrato"],
        "motivo": dati["motivo"],
        "dimostrativo": cosa.dimostrativo,
        "frasi": spiegazione.frasi(cosa.passi),
        "parti": [parte_per_la_pagina(parte) for parte in dati.get("parti", ())],
        "contributi": dati.get("contributi", []),
        "voto": voto_di(adesso),
        "avviso": "" if uguale else _avviso(salvata, allora=al is not None),
        "dati": dati,
    }


def _cosa(valutazione: Valutazione, livello: str, oggetto: int) -> Giudizio | Aggregato:
    if livello == Livello.PIANO:
        return valutazione.piano
    return {
        Livello.INDICATORE: valutazione.giudizi,
        Livello.OBIETTIVO: valutazione.obiettivi,
        Livello.AREA: valutazione.aree,
    }[livello][oggetto]


def parte_per_la_pagina(parte: dict[str, Any]) -> dict[str, Any]:
    """A quarter or a site of a judgement, as the page tells it."""
    return {
        "nome": parte["nome"],
        "mostrato": parte["mostrato"],
        "motivo": parte["motivo"],
        "frasi": [passo["frase"] for passo in parte["passi"]],
        "parti": [parte_per_la_pagina(una) for una in parte.get("parti", ())],
    }


def _avviso(salvata: Raggiungimento, *, allora: bool) -> str:
    oggi = salvata.mostrato or salvata.get_stato_display().lower()
    if allora:
        return _("Il punteggio salvato oggi è diverso: %(salvato)s.") % {"salvato": oggi}
    return _(
        "I dati o le regole sono cambiati dopo l'ultimo calcolo: il punteggio salvato è "
        "%(salvato)s. Ripetere il calcolo per aggiornarlo."
    ) % {"salvato": oggi}
