# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people authorised as a document lists them, by unit and gender, with its two denominators."""

from pathlib import Path

from lavoro_agile.carica.fogli import intero, leggi, righe_di, unita_di
from lavoro_agile.models import AutorizzatiUnita, Genere, RilevazioneAgile
from piani.azioni.scritture import salva
from piani.models import Azienda


def carica(azienda: Azienda, cartella: Path) -> RilevazioneAgile | None:
    """Write the list of autorizzati.toml; None if the folder has none."""
    dati = leggi(cartella, "autorizzati")
    if not dati:
        return None
    elenco = dati["elenco"]
    quote = {una["codice"]: una for una in dati["quote"]}
    rilevazione = salva(
        RilevazioneAgile(
            azienda=azienda,
            anno=elenco["al"].year,
            giorno=elenco["al"],
            titolo=elenco["titolo"],
            stampata=True,
            dipendenti=intero(quote["dipendenti"]["denominatore"]),
            potenziali=intero(quote["potenziali"]["denominatore"]),
            effettivi=intero(dati["effettivi"]),
            nota=dati["effettivi"]["nota"],
            riga_fonte=righe_di(elenco),
        )
    )
    unita = unita_di(azienda)
    AutorizzatiUnita.objects.bulk_create(
        AutorizzatiUnita(
            rilevazione=rilevazione,
            ordine=posto,
            unita=unita.get(riga["unita"]),
            unita_stampata=riga["stampato"],
            genere=genere,
            quanti=quanti,
            riga_fonte=righe_di(riga),
        )
        for posto, riga in enumerate(dati["autorizzati"], start=1)
        for genere, quanti in ((Genere.F, riga["f"]), (Genere.M, riga["m"]))
        if quanti
    )
    return rilevazione
