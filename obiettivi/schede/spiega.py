# SPDX-License-Identifier: AGPL-3.0-or-later
"""«Perché questo punteggio» for a scheda: judged again by the same rules, and told.

The scores of a scheda that the Nucleo validated are told with the results and the rules as they
were known then.
"""

from typing import Any

from django.utils.translation import gettext as _

from obiettivi.azioni.calcolo import in_colonne
from obiettivi.azioni.punteggi_scheda import uguali
from obiettivi.calcolo import spiegazione
from obiettivi.calcolo.aggregazione import Aggregato
from obiettivi.calcolo.giudizio import Giudizio
from obiettivi.conoscenza import regole_al
from obiettivi.models import EdizioneSMVP, Frazione, PunteggioScheda, SchedaBudget
from obiettivi.schede.punteggio import ValutazioneScheda, valuta_scheda
from obiettivi.schede.raccolta import raccogli_schede
from obiettivi.schede.valutazione import validata_il
from obiettivi.spiega import parte_per_la_pagina
from obiettivi.voti import voto

Livello = PunteggioScheda.Livello


def spiega_scheda(scheda: SchedaBudget, salvato: PunteggioScheda) -> dict[str, Any]:
    """The explanation of a stored score, with the keys of :func:`obiettivi.spiega.spiega`.

    :raises KeyError: what was scored is no more in the scheda.
    :raises EdizioneSMVP.DoesNotExist: the year has no rules any more.
    :raises EdizioneNonValida: its rules cannot be used.
    """
    edizione = EdizioneSMVP.objects.get(azienda=scheda.azienda_id, anno=scheda.anno)
    al = validata_il(scheda)
    letta = raccogli_schede(scheda.azienda_id, scheda.anno, [scheda.pk], al=al)[0]
    valutazione = valuta_scheda(letta, regole_al(edizione, al), salvato.frazione)
    cosa, giudizio = _cosa(valutazione, salvato)
    adesso = PunteggioScheda(**in_colonne(cosa))
    dati = spiegazione.come_dati(cosa)
    passi = cosa.passi
    if giudizio is not None:
        dati["indicatore"] = spiegazione.come_dati(giudizio)
        passi = (*giudizio.passi, *passi)
    return {
        "titolo": cosa.nome,
        "sottotitolo": _periodo(scheda, salvato.frazione),
        "mostrato": dati["mostrato"],
        "motivo": dati["motivo"],
        "dimostrativo": cosa.dimostrativo,
        "frasi": spiegazione.frasi(passi),
        "parti": [
            parte_per_la_pagina(parte) for parte in dati.get("indicatore", {}).get("parti", ())
        ],
        "contributi": dati["contributi"] if giudizio is None else [],
        "voto": voto(*(getattr(adesso, campo) for campo in COLONNE)),
        "avviso": "" if uguali(adesso, salvato) else _avviso(salvato),
        "dati": dati,
    }


COLONNE = ("stato", "punteggio", "dimostrativo", "copertura", "motivo")
"""What makes a ``Voto``, in its order."""


def _periodo(scheda: SchedaBudget, frazione: str) -> str:
    return f"{scheda.anno}, {Frazione(frazione).label}" if frazione else str(scheda.anno)


def _cosa(
    valutazione: ValutazioneScheda, salvato: PunteggioScheda
) -> tuple[Aggregato, Giudizio | None]:
    """What was scored; of a row, the judgement of its indicator too."""
    if salvato.livello == Livello.SCHEDA:
        return valutazione.scheda, None
    if salvato.livello == Livello.AREA:
        return valutazione.aree[salvato.oggetto], None
    return valutazione.righe[salvato.oggetto], valutazione.giudizi[salvato.oggetto]


def _avviso(salvato: PunteggioScheda) -> str:
    return _(
        "Il punteggio salvato è %(salvato)s: da quando è stato calcolato sono cambiati i dati, la "
        "scheda o le regole."
    ) % {"salvato": salvato.mostrato or salvato.get_stato_display().lower()}
