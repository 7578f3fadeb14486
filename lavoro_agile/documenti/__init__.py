# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the lavoro agile gives to the photograph of a plan: the POLA with its phases and levels,
who could work so, who asked, who does, and what the law asks.

A POLA prints its own; a Piano della performance and a PIAO print the one that is a section of
theirs, or that adopted for their first year. A document is read by everybody: small groups are
silent in it, whoever publishes.
"""

from datetime import date
from typing import Any

from lavoro_agile.cifre.autorizzati import minimo
from lavoro_agile.documenti.cifre import domande, mappature, rilevazioni, soglie
from lavoro_agile.models import Pola
from lavoro_agile.pola.parti import parti_di
from lavoro_agile.pola.quadro import Livello, Programma, Riga, programma
from piani.models import Piano
from piani.testo import html_da_markdown

Dati = dict[str, Any]
RIPORTANO = (Piano.Tipo.PERFORMANCE, Piano.Tipo.PIAO)
VALGONO = (Piano.Stato.ADOTTATO, Piano.Stato.PUBBLICATO)
SOTTOSEZIONE = {Piano.Tipo.PIAO: "3.2"}
"""Where the lavoro agile stands in a PIAO (art. 4 c. 1 lett. b DM 132/2022)."""
ANNI_PRIMA = 3
"""A plan says how things stood: also the counts and the calls of the years just before it."""


def capitoli(piano: Piano) -> Dati:
    """The chapter of the lavoro agile; nothing for a plan that has none to print."""
    pola = _da_stampare(piano)
    if pola is None:
        return {}
    suo, quadro = pola.piano, programma(pola)
    proprio = suo.pk == piano.pk
    primo, ultimo = suo.anno_inizio, max(suo.anno_fine, piano.anno_fine)
    return {
        "lavoro_agile": {
            "titolo": suo.titolo,
            "slug": suo.slug,
            "anno_inizio": primo,
            "anno_fine": suo.anno_fine,
            "sottosezione": SOTTOSEZIONE.get(Piano.Tipo(piano.tipo), ""),
            # The document of the POLA prints its parts as its own sections.
            "parti": [] if proprio else _parti(suo),
            "fasi": [
                {
                    "genere": fase.genere,
                    "nome": fase.get_genere_display(),
                    "anno": fase.anno,
                    "descrizione": fase.descrizione,
                }
                for fase in quadro.fasi
            ],
            "programma": _programma(quadro),
            "mappature": mappature(suo.azienda, primo - ANNI_PRIMA, ultimo),
            "domande": domande(suo.azienda, primo - ANNI_PRIMA, ultimo),
            "rilevazioni": rilevazioni(suo.azienda, primo - ANNI_PRIMA, ultimo),
            "cella_minima": minimo(),
            "soglie": soglie(date(primo - 1, 1, 1), date(ultimo, 12, 31)),
        }
    }


def _da_stampare(piano: Piano) -> Pola | None:
    tutti = Pola.objects.select_related("piano__azienda")
    if piano.tipo == Piano.Tipo.POLA:
        return tutti.filter(piano=piano).first()
    if piano.tipo not in RIPORTANO:
        return None
    dell_azienda = tutti.filter(piano__azienda=piano.azienda_id).order_by(
        "-piano__anno_inizio", "-pk"
    )
    sua = dell_azienda.filter(sezione_di=piano, piano__stato__in=Piano.ADOTTATI).first()
    return (
        sua
        or dell_azienda.filter(
            piano__stato__in=VALGONO,
            piano__anno_inizio__lte=piano.anno_inizio,
            piano__anno_fine__gte=piano.anno_inizio,
        ).first()
    )


def _parti(piano: Piano) -> list[Dati]:
    return [
        {"numero": parte.numero, "titolo": parte.nome, "html": html_da_markdown(sezione.testo)}
        for parte in parti_di(piano)
        for sezione in parte.sezioni
        if sezione.testo.strip()
    ]


def _programma(quadro: Programma) -> Dati | None:
    """The table of the programme, its columns and its rows; None without indicators."""
    if not quadro.gruppi:
        return None
    return {
        "colonne": [{"anno": una.anno, "nome": una.nome} for una in quadro.colonne],
        "gruppi": [
            {
                "dimensione": gruppo.dimensione.value,
                "nome": str(gruppo.dimensione.label),
                "indicatori": [_indicatore(riga) for riga in gruppo.righe],
            }
            for gruppo in quadro.gruppi
        ],
    }


def _indicatore(riga: Riga) -> Dati:
    return {
        "codice": riga.indicatore.codice,
        "nome": riga.indicatore.nome,
        "natura": riga.pola.get_natura_display(),
        "unita": riga.indicatore.unita,
        "modello": riga.pola.modello,
        "livelli": [_livello(uno) for uno in riga.livelli if uno is not None],
        "nota": riga.pola.nota,
        "riga_fonte": riga.pola.riga_fonte,
    }


def _livello(livello: Livello) -> Dati:
    return {
        "anno": livello.anno,
        "stampato": livello.stampato,
        "lettura": livello.letto.come_dati() if livello.letto else None,
    }
