# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tables of a Relazione say, taken from the plan and its results; and its photograph.

``genera`` is asked of the database and kept with the Relazione; ``fotografa`` puts beside it the
prose, the causes, the dates and the validation, which are written by people and kept.
"""

from datetime import date
from typing import Any

from django.utils import timezone

from obiettivi.documenti import capitoli
from obiettivi.models import Relazione, ValidazioneRelazione
from obiettivi.relazione.individuale import aggregati, dimostrativi
from obiettivi.relazione.momenti import momenti_di, prevista
from obiettivi.relazione.revisioni import revisioni
from obiettivi.relazione.scostamenti import misure_fuori_target
from obiettivi.relazione.strutture import risorse_di, schede_di
from obiettivi.relazione.termini import scadenza_di
from piani.documenti import azienda_in_dati, frontespizio, piano_in_dati
from piani.models import Piano
from piani.stampa import rende_json
from piani.stampa.relazione import testo_risultati
from piani.testo import html_da_markdown

SCHEMA = "albero/relazione/1"
Stato = Relazione.Stato
ESAMINATA = (Stato.VALIDATA, Stato.NON_VALIDATA, Stato.PUBBLICATA)
Dati = dict[str, Any]


def genera(piano: Piano, anno: int) -> Dati:
    """What the plan and its results say of a year today."""
    albero = capitoli(piano, anno)
    schede, individuale = schede_di(piano.azienda, anno), aggregati(piano.azienda, anno)
    invenzioni = albero["piano"]["dimostrativo"] or dimostrativi(individuale)
    return {
        "piano": piano_in_dati(piano) | albero["piano"] | {"dimostrativo": invenzioni},
        "aree": albero["aree"],
        "progetti": albero["progetti"],
        "scostamenti": _scostamenti(piano, anno, albero),
        "revisioni": revisioni(piano, anno),
        "schede": schede,
        "individuale": individuale,
        "risorse": risorse_di(piano.azienda, anno),
        "momenti": momenti_di(piano, anno),
    }


def in_testo(dati: Dati) -> str:
    """The generated data as they are kept: canonical, so that the same are the same text."""
    return rende_json(dati).decode()


def superati(relazione: Relazione) -> bool:
    """Whether the plan and its results say something else than when the tables were generated."""
    return in_testo(genera(relazione.piano, relazione.anno)) != relazione.dati


def _scostamenti(piano: Piano, anno: int, albero: Dati) -> list[Dati]:
    """Each indicator out of its target, with what the tree says of it."""
    detti = {
        (area["codice"], obiettivo["codice"], uno["codice"]): uno
        for area in albero["aree"]
        for obiettivo in area["obiettivi"]
        for uno in obiettivo["indicatori"]
    }
    progetti = {uno["codice"]: uno for uno in albero["progetti"]}
    righe = []
    for misura, punteggio in misure_fuori_target(piano, anno):
        obiettivo, indicatore = misura.obiettivo, misura.indicatore
        uno = detti.get((obiettivo.area.codice, obiettivo.codice, indicatore.codice))
        progetto = progetti.get(indicatore.codice, {})
        attesi = uno["target"] if uno else progetto.get("traguardi", [])
        risultati = uno["risultati"] if uno else progetto.get("risultati", [])
        righe.append(
            {
                "misura": misura.pk,
                "codice": indicatore.codice,
                "indicatore": indicatore.nome if uno else obiettivo.titolo,
                "obiettivo": obiettivo.titolo,
                "area": obiettivo.area.nome,
                "target": "; ".join(atteso["stampato"] for atteso in attesi),
                "risultato": testo_risultati(risultati),
                "stato": "calcolato" if punteggio.punteggio is not None else "non_calcolabile",
                "punteggio": None
                if punteggio.punteggio is None
                else punteggio.punteggio.normalize() + 0,
                "mostrato": punteggio.mostrato,
                "motivo": punteggio.motivo,
            }
        )
    return righe


def fotografa(relazione: Relazione, *, versione: int, giorno: date) -> Dati:
    """The whole content of the document of a Relazione on that day, as plain data."""
    generati = relazione.generati
    foto = frontespizio(SCHEMA, versione=versione, giorno=giorno) | {
        "azienda": azienda_in_dati(relazione.azienda),
        "relazione": di_se(relazione),
        "sezioni": [
            {"tipo": s.tipo, "titolo": s.get_tipo_display(), "html": html_da_markdown(s.testo)}
            for s in relazione.sezioni.all()
            if s.testo.strip()
        ],
        "fasi": _fasi(relazione),
        "validazione": validazione_in_dati(validazione_di(relazione)),
    }
    scritti = {uno.misura_id: uno for uno in relazione.scostamenti.all()}
    scostamenti = [_con_causa(riga, scritti) for riga in generati["scostamenti"]]
    return foto | generati | {"scostamenti": scostamenti}


def di_se(relazione: Relazione) -> Dati:
    """Its year, its state, its act, its deadline."""
    scadenza = scadenza_di(relazione.azienda, relazione.anno)
    return {
        "anno": relazione.anno,
        "titolo": str(relazione),
        "stato": relazione.stato,
        "stato_etichetta": relazione.get_stato_display(),
        "atto": {
            "tipo": relazione.atto_tipo,
            "numero": relazione.atto_numero,
            "data": relazione.atto_data.isoformat(),
            "organo": relazione.atto_organo,
        }
        if relazione.atto_data
        else None,
        "scadenza": scadenza.giorno.isoformat() if scadenza else "",
        "scadenza_norma": scadenza.norma if scadenza else "",
        "motivo_ritardo": relazione.motivo_ritardo,
        "generata_il": timezone.localdate(relazione.generata_il).isoformat()
        if relazione.generata_il
        else "",
    }


def _con_causa(riga: Dati, scritti: Dati) -> Dati:
    """A deviation with what was written of it; the key of the row stays out of the document."""
    scritto = scritti.get(riga["misura"])
    return {nome: valore for nome, valore in riga.items() if nome != "misura"} | {
        "causa": scritto.causa if scritto else "",
        "azione": scritto.azione if scritto else "",
    }


def _fasi(relazione: Relazione) -> list[Dati]:
    """The phases of the plan, when they were foreseen and when they really ended."""
    svolte = {una.fase_id: una for una in relazione.fasi.all()}
    return [
        {
            "ordine": fase.ordine,
            "nome": fase.nome,
            "scadenza": fase.scadenza,
            "prevista": giorno.isoformat() if (giorno := prevista(fase, relazione.anno)) else "",
            "conclusa": svolta.conclusa_il.isoformat()
            if (svolta := svolte.get(fase.pk)) and svolta.conclusa_il
            else "",
            "nota": svolta.nota if svolta else "",
        }
        for fase in relazione.piano.fasi.all()
    ]


def validazione_di(relazione: Relazione) -> ValidazioneRelazione | None:
    """What the Nucleo said of this content; what it said before it was taken up again is past."""
    if relazione.stato not in ESAMINATA:
        return None
    return relazione.validazioni.prefetch_related("criteri__criterio").first()


def validazione_in_dati(detta: ValidazioneRelazione | None) -> Dati | None:
    """What the Nucleo said, criterion by criterion; None before it says anything."""
    if detta is None:
        return None
    return {
        "organo": detta.organo,
        "data": detta.data.isoformat(),
        "esito": detta.esito,
        "esito_etichetta": detta.get_esito_display(),
        "motivazione": detta.motivazione,
        "criteri": [
            {
                "codice": uno.criterio.codice,
                "nome": uno.criterio.nome,
                "norma": uno.criterio.norma,
                "esito": uno.esito,
                "esito_etichetta": uno.get_esito_display(),
                "nota": uno.nota,
            }
            for uno in detta.criteri.all()
        ],
    }
