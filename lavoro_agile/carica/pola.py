# SPDX-License-Identifier: AGPL-3.0-or-later
"""A printed POLA: its four parts, its phases, its development programme as printed and as read."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lavoro_agile.carica.fogli import Dati, leggi, righe_di
from lavoro_agile.models import Dimensione, FaseSviluppo, IndicatorePola, Pola
from lavoro_agile.pola.linee_guida import modelli
from obiettivi.azioni.carica import edizioni_del_piano
from obiettivi.espressioni import leggi as leggi_target
from obiettivi.models import AreaStrategica, Indicatore, Misura, Obiettivo, Target
from piani.azioni.scritture import salva
from piani.models import Azienda, Piano, Sezione

SEZIONI = {
    "attuazione": Sezione.Tipo.POLA_ATTUAZIONE,
    "modalita": Sezione.Tipo.POLA_MODALITA,
    "soggetti": Sezione.Tipo.POLA_SOGGETTI,
    "programma": Sezione.Tipo.POLA_PROGRAMMA,
}
TITOLI = dict(Sezione.Tipo.choices)
QUALITATIVI = (Dimensione.QUALITA,)


def carica(azienda: Azienda, cartella: Path) -> Pola:
    """Write the plan of the POLA with its sections, phases, indicators and levels.

    :raises KeyError: a file lacks what it should say.
    """
    dati = leggi(cartella, "pola")
    detto = dati["pola"]
    piano = salva(
        Piano(
            azienda=azienda,
            slug=detto["codice"],
            tipo=Piano.Tipo.POLA,
            titolo=detto["titolo"],
            anno_inizio=detto["anno_inizio"],
            anno_fine=detto["anno_fine"],
            stato=Piano.Stato.ADOTTATO,
            nota=detto["nota"],
        )
    )
    for parte in dati["parti"]:
        tipo = SEZIONI[parte["codice"]]
        salva(
            Sezione(
                piano=piano,
                ordine=parte["numero"],
                tipo=tipo,
                titolo=str(TITOLI[tipo]),
                testo=parte["testo"],
                riga_fonte=righe_di(parte),
            )
        )
    pola = salva(
        Pola(
            piano=piano,
            sezione_di=Piano.objects.filter(slug=detto["piano"]).first(),
            riga_fonte=righe_di(detto),
        )
    )
    _programma(pola, leggi(cartella, "fasi").get("fasi", []), leggi(cartella, "programma"))
    return pola


def _programma(pola: Pola, fasi: list[Dati], programma: Dati) -> None:
    for fase in fasi:
        salva(
            FaseSviluppo(
                pola=pola,
                genere=fase["codice"],
                anno=fase["anno"],
                descrizione=fase.get("nota", ""),
                riga_fonte=righe_di(fase),
            )
        )
    if not programma:
        return
    anni = {fase["codice"]: fase["anno"] for fase in fasi}
    aree = {
        una["codice"]: salva(
            AreaStrategica(
                piano=pola.piano,
                codice=f"D{posto}",
                ordine=posto,
                nome=una["nome"],
                riga_fonte=righe_di(una),
            )
        )
        for posto, una in enumerate(programma["dimensioni"], start=1)
    }
    for posto, riga in enumerate(programma["indicatori"], start=1):
        _indicatore(pola, posto, riga, aree[riga["dimensione"]], anni)
    edizioni_del_piano(pola.piano)


def _indicatore(
    pola: Pola, posto: int, riga: Dati, area: AreaStrategica, anni: dict[str, int]
) -> None:
    """An indicator with the starting point of the phase before the plan and a target a year."""
    livelli = {anni[fase]: livello for livello in riga["livelli"] for fase in livello["fasi"]}
    partenza = [(anno, uno) for anno, uno in livelli.items() if anno not in pola.piano.anni]
    misura = salva(
        Misura(
            obiettivo=_obiettivo(area),
            indicatore=salva(
                Indicatore(
                    azienda=pola.azienda,
                    codice=riga["codice"],
                    nome=riga["stampato"],
                    tipo_formula=riga["tipo_formula"],
                    unita=riga.get("unita", ""),
                    verso=riga.get("verso", ""),
                )
            ),
            ordine=posto,
            riga_fonte=righe_di(riga),
            **_base(partenza),
        )
    )
    Target.objects.bulk_create(
        Target(misura=misura, anno=anno, stampato=uno["stampato"], lettura=_letto(uno))
        for anno, uno in livelli.items()
        if anno in pola.piano.anni
    )
    salva(
        IndicatorePola(
            pola=pola,
            misura=misura,
            ordine=posto,
            dimensione=riga["dimensione"],
            natura=_natura(riga),
            modello=riga.get("modello", ""),
            nota=_nota(riga["livelli"]),
            riga_fonte=righe_di(riga),
        )
    )


def _natura(riga: Dati) -> str:
    """That of the guideline's indicator which it follows, or of its dimension."""
    if riga.get("modello"):
        return modelli()[riga["modello"]].natura
    if riga["dimensione"] in QUALITATIVI:
        return IndicatorePola.Natura.QUALITATIVO
    return IndicatorePola.Natura.QUANTITATIVO


def _obiettivo(area: AreaStrategica) -> Obiettivo:
    """Each dimension is one objective: the source has none in between."""
    obiettivo = area.obiettivi.first()
    return obiettivo or salva(
        Obiettivo(
            area=area,
            codice=f"{area.codice}.1",
            titolo=area.nome,
            ordine=1,
            riga_fonte=area.riga_fonte,
        )
    )


def _base(partenza: list[tuple[int, Dati]]) -> dict[str, Any]:
    """The level of the phase before the plan; a dash says that there was none."""
    for anno, livello in partenza:
        if livello["stampato"] != "-":
            return {
                "base_anno": anno,
                "base_stampata": livello["stampato"],
                "base_lettura": _letto(livello),
            }
    return {}


def _letto(livello: Dati) -> dict[str, Any]:
    """A level as read: by the words that the transcription chose, or by those printed."""
    return leggi_target(livello.get("lettura", livello["stampato"])).come_dati()


def _nota(livelli: list[Dati]) -> str:
    """Where the transcription had to choose a column, it says so."""
    incerti = [uno["nota"] for uno in livelli if "nota" in uno]
    if any(uno.get("collocazione") == "incerta" for uno in livelli):
        return _("Colonna incerta nella fonte. %(note)s") % {"note": " ".join(incerti)}
    return " ".join(incerti)
