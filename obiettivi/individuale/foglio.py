# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet as it is read: what each person may see of it at that moment, and its photograph.

The evaluator's draft is theirs until they sign; the self-evaluation is the person's until they
send it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from obiettivi.calcolo.arrotondamento import mostra, numero
from obiettivi.calcolo.individuale import Categoria, Comportamento, Conto, LivelloScala
from obiettivi.individuale.conto import conto_di, risultato_di, scheda_di
from obiettivi.models import (
    ComportamentoValutato,
    ObiettivoIndividuale,
    SchedaBudget,
    ValutazioneIndividuale,
)
from obiettivi.rules import di_persona
from piani.models import Utente

Stato = ValutazioneIndividuale.Stato
PRIMA_DELL_INVIO = (Stato.ASSEGNATA, Stato.IN_AUTOVALUTAZIONE)


@dataclass(frozen=True)
class VoceComportamento:
    """A behaviour with what was said of it; None where one may not look, or nothing was said."""

    regola: Comportamento
    dato: ComportamentoValutato | None
    livello: LivelloScala | None
    proprio: LivelloScala | None


@dataclass(frozen=True)
class Foglio:
    """What the page of a sheet shows. ``conto`` is None for who may not see the scores yet."""

    valutazione: ValutazioneIndividuale
    categoria: Categoria
    scala: Sequence[LivelloScala]
    obiettivi: Sequence[ObiettivoIndividuale]
    comportamenti: Sequence[VoceComportamento]
    scheda: SchedaBudget | None
    risultato_scheda: Decimal | None
    conto: Conto | None
    vede_valutazione: bool
    vede_autovalutazione: bool


def foglio_di(valutazione: ValutazioneIndividuale, utente: Utente) -> Foglio:
    """The sheet for a person who may see it (``visibili_a``)."""
    valuta = di_persona(utente, "obiettivi.valuta_persona", valutazione)
    propria = valutazione.persona_id == utente.pk
    firmata = valutazione.firmata_valutatore_il is not None
    inviata = valutazione.stato not in PRIMA_DELL_INVIO
    categoria = valutazione.regola_categoria
    scala = valutazione.regole.scala_di(categoria)
    scheda = valutazione.scheda if firmata else scheda_di(valutazione)
    risultato = risultato_di(valutazione, scheda)
    vede = firmata or valuta
    return Foglio(
        valutazione=valutazione,
        categoria=categoria,
        scala=scala,
        obiettivi=list(valutazione.obiettivi.select_related("riga")),
        comportamenti=_comportamenti(
            valutazione, categoria, scala, vede=vede, vede_proprio=propria or inviata
        ),
        scheda=scheda,
        risultato_scheda=risultato,
        conto=conto_di(valutazione, risultato) if vede else None,
        vede_valutazione=vede,
        vede_autovalutazione=propria or inviata,
    )


def _comportamenti(
    valutazione: ValutazioneIndividuale,
    categoria: Categoria,
    scala: Sequence[LivelloScala],
    *,
    vede: bool,
    vede_proprio: bool,
) -> list[VoceComportamento]:
    livelli = {uno.codice: uno for uno in scala}
    dati = {uno.codice: uno for uno in valutazione.comportamenti.all()}
    return [
        VoceComportamento(
            regola=regola,
            dato=dati.get(regola.codice),
            livello=_livello(dati, regola, livelli, "livello") if vede else None,
            proprio=_livello(dati, regola, livelli, "livello_proprio") if vede_proprio else None,
        )
        for regola in categoria.comportamenti
    ]


def _livello(
    dati: Mapping[str, ComportamentoValutato],
    regola: Comportamento,
    livelli: Mapping[str, LivelloScala],
    quale: str,
) -> LivelloScala | None:
    dato = dati.get(regola.codice)
    return livelli.get(getattr(dato, quale)) if dato is not None else None


def fotografia(
    valutazione: ValutazioneIndividuale, conto: Conto, risultato: Decimal | None
) -> dict[str, Any]:
    """What is being signed, as plain data: texts, levels, weights and the sum with its parts."""
    categoria = valutazione.regola_categoria
    scala = valutazione.regole.scala_di(categoria)
    voci = _comportamenti(valutazione, categoria, scala, vede=True, vede_proprio=True)
    return {
        "persona": str(valutazione.persona),
        "azienda": str(valutazione.azienda),
        "unita": str(valutazione.unita),
        "anno": valutazione.anno,
        "categoria": categoria.nome,
        "valutatore": str(valutazione.valutatore or ""),
        "mesi": numero(valutazione.mesi),
        "risultato_scheda": "" if risultato is None else mostra(risultato),
        "pesi": {
            "scheda": numero(categoria.scheda),
            "individuali": numero(categoria.individuali),
        },
        "obiettivi": [
            {
                "testo": uno.testo,
                "atteso": uno.atteso,
                "peso": numero(uno.peso),
                "raggiungimento": "" if uno.raggiungimento is None else numero(uno.raggiungimento),
                "nota": uno.nota,
            }
            for uno in valutazione.obiettivi.all()
        ],
        "comportamenti": [
            {
                "nome": voce.regola.nome,
                "peso": numero(voce.regola.peso),
                "livello": voce.livello.nome if voce.livello else "",
                "punti": numero(voce.livello.punti) if voce.livello else "",
                "autovalutazione": voce.proprio.nome if voce.proprio else "",
                "nota": voce.dato.nota if voce.dato else "",
            }
            for voce in voci
        ],
        "addendi": [
            {
                "nome": uno.nome,
                "peso": numero(uno.peso),
                "valore": "" if uno.valore is None else mostra(uno.valore),
                "punti": "" if uno.punti is None else mostra(uno.punti),
            }
            for uno in conto.addendi
        ],
        "punteggio": "" if conto.punteggio is None else mostra(conto.punteggio),
        "classe": conto.classe.etichetta if conto.classe else "",
        "nota": valutazione.nota_valutatore,
        "colloquio": valutazione.colloquio_il,
    }
