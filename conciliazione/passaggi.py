# SPDX-License-Identifier: AGPL-3.0-or-later
"""The states of each noun and where each leads. A step that is not here does not exist."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from conciliazione.models import (
    Accordo,
    Adesione,
    AzioneDiPiano,
    AzioneProgetto,
    ComposizioneRete,
    EdizioneConciliazione,
    ManifestazioneInteresse,
    Pagamento,
    Partner,
    PianoFinanziario,
    Progetto,
    Proposta,
    Rendiconto,
    RilevazioneProgetto,
    Seduta,
    SemestreMonitoraggio,
    Valutatore,
    Verbale,
    Votazione,
)
from piani.models import Questionario

DELLE_AZIONI = {
    "prevista": ("in_corso", "non_avviata"),
    "in_corso": ("conclusa",),
    "conclusa": (),
    "non_avviata": ("prevista",),
}

PASSAGGI: Mapping[type[Model], Mapping[str, tuple[str, ...]]] = {
    EdizioneConciliazione: {
        "bozza": ("in_vigore",),
        "in_vigore": ("chiusa",),
        "chiusa": ("in_vigore",),
    },
    Adesione: {
        "richiesta": ("confermata", "scaduta"),
        "confermata": ("accolta", "respinta"),
        "accolta": (),
        "respinta": (),
        "scaduta": (),
    },
    ComposizioneRete: {"bozza": ("approvata",), "approvata": ()},
    Seduta: {
        "bozza": ("convocata", "annullata"),
        "convocata": ("aperta", "deserta", "annullata"),
        "aperta": ("chiusa",),
        "chiusa": (),
        "deserta": (),
        "annullata": (),
    },
    Votazione: {"aperta": ("chiusa",), "chiusa": ()},
    Verbale: {"bozza": ("inviato",), "inviato": ("validato", "bozza"), "validato": ()},
    ManifestazioneInteresse: {
        "bozza": ("pubblicata",),
        "pubblicata": ("in_valutazione", "annullata"),
        "in_valutazione": ("conclusa", "annullata"),
        "conclusa": (),
        "annullata": (),
    },
    Proposta: {
        "bozza": ("presentata", "ritirata"),
        "presentata": ("bozza", "ammessa", "non_ammessa", "ritirata"),
        "ammessa": ("in_coprogettazione", "fusa", "finanziata", "non_finanziata", "ritirata"),
        "in_coprogettazione": ("ammessa", "fusa", "ritirata"),
        "non_ammessa": ("ammessa",),
        "non_finanziata": ("finanziata",),
        "finanziata": ("ritirata",),
        "fusa": (),
        "ritirata": (),
    },
    Partner: {
        "invitato": ("confermato", "rifiutato", "uscito"),
        "confermato": ("uscito",),
        "rifiutato": ("invitato",),
        "uscito": ("invitato",),
    },
    Valutatore: {"nominato": ("attivo", "astenuto"), "attivo": ("astenuto",), "astenuto": ()},
    PianoFinanziario: {"bozza": ("approvato",), "approvato": ()},
    Progetto: {
        "da_avviare": ("in_corso", "revocato"),
        "in_corso": ("sospeso", "concluso", "revocato"),
        "sospeso": ("in_corso", "revocato"),
        "concluso": (),
        "revocato": (),
    },
    Accordo: {
        "bozza": ("alla_firma",),
        "alla_firma": ("sottoscritto", "bozza"),
        "sottoscritto": ("sciolto",),
        "sciolto": (),
    },
    AzioneProgetto: DELLE_AZIONI,
    AzioneDiPiano: DELLE_AZIONI,
    SemestreMonitoraggio: {"aperto": ("chiuso",), "chiuso": ("aperto",)},
    RilevazioneProgetto: {
        "bozza": ("trasmessa",),
        "trasmessa": ("validata", "bozza"),
        "validata": (),
    },
    Rendiconto: {
        "bozza": ("trasmesso",),
        "trasmesso": ("approvato", "respinto", "da_integrare"),
        "da_integrare": ("trasmesso",),
        "approvato": (),
        "respinto": (),
    },
    Pagamento: {
        "disposto": ("eseguito", "annullato"),
        "eseguito": (),
        "annullato": (),
    },
    Questionario: {"bozza": ("aperto",), "aperto": ("chiuso",), "chiuso": ()},
}


def prossimi(riga: Any) -> tuple[str, ...]:
    """The states that a row may go to from the one it is in."""
    return PASSAGGI[type(riga)][riga.stato]


def provenienze(modello: type[Model], stato: str) -> list[str]:
    """The states from which one arrives there."""
    return [da for da, verso in PASSAGGI[modello].items() if stato in verso]
