# SPDX-License-Identifier: AGPL-3.0-or-later
"""A call of the past: its rules, its tranches, and requests that give back the printed totals.

The source prints totals and no request. The rows are rebuilt from them: each has a code, no
person, and its pairing of reasons, area and outcome is nobody's.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from django.utils.translation import gettext as _

from lavoro_agile.carica.fogli import Dati, intero, leggi, righe_di
from lavoro_agile.models import (
    BandoLavoroAgile,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    MotivoDomanda,
    ParereDomanda,
    Tranche,
)
from lavoro_agile.predefinite import dati_predefiniti
from piani.azioni.scritture import salva
from piani.models import Azienda

REGOLE = {"ats-milano": "ats-milano-2018", "asst-cremona": "asst-cremona-2021"}
DI_NESSUNO = date(9999, 12, 31)
"""These reasons have no person: there is nothing to delete on schedule."""
Stato = DomandaLavoroAgile.Stato


def carica(azienda: Azienda, cartella: Path) -> BandoLavoroAgile | None:
    """Write the edition, the call and the requests of domande.toml; None if there is none.

    :raises KeyError: the file lacks what it should say.
    """
    dati = leggi(cartella, "domande")
    if not dati:
        return None
    detto = dati["bando"]
    regole = dati_predefiniti(REGOLE[azienda.codice])
    edizione = salva(
        EdizioneLavoroAgile(
            azienda=azienda,
            slug=f"lavoro-agile-{azienda.codice}-{detto['codice']}",
            nome=regole["nome"],
            anno_inizio=detto["anno"],
            anno_fine=dati["obiettivo"]["entro"].year,
            atto=detto["regolamento"],
            atto_data=detto["regolamento_data"],
            # Its years are over: it is there to be read.
            stato=EdizioneLavoroAgile.Stato.CHIUSA,
            parametri=regole,
            riga_fonte=righe_di(detto),
        )
    )
    bando = salva(
        BandoLavoroAgile(
            edizione=edizione,
            numero=1,
            titolo=detto["titolo"],
            testo=detto["nota"],
            atto=detto["regolamento"],
            apre_il=detto["regolamento_data"],
            chiude_il=detto["chiude_il"],
            stato=BandoLavoroAgile.Stato.CONCLUSO,
            riga_fonte=righe_di(detto),
        )
    )
    tranche = [_tranche(bando, tappa) for tappa in dati["tappe"]]
    _domande(bando, dati, tranche)
    return bando


def _tranche(bando: BandoLavoroAgile, tappa: Dati) -> Tranche:
    return salva(
        Tranche(
            bando=bando,
            ordine=tappa["ordine"],
            entro=tappa["entro"],
            entro_stampato=tappa["entro_stampato"],
            posti=intero(tappa),
            riga_fonte=righe_di(tappa),
        )
    )


def _domande(bando: BandoLavoroAgile, dati: Dati, tranche: list[Tranche]) -> None:
    """The requests of each group, in order; who was admitted fills the tranches in order."""
    prefisso, nota = dati["ricostruzione"]["prefisso"], dati["ricostruzione"]["nota"]
    posti, numeri = _posti(tranche), count(1)
    domande, motivi, pareri = [], [], []
    for gruppo in dati["gruppi"]:
        for numero in (next(numeri) for _volta in range(gruppo["numero"])):
            accolta = gruppo["esito"] == "accolta"
            dove = next(posti) if accolta else None
            domanda = DomandaLavoroAgile(
                bando=bando,
                numero=numero,
                codice=f"{prefisso}-{numero:03d}",
                unita_stampata=_("Non stampata"),
                area=gruppo["area"],
                stato=Stato.AMMESSA if accolta else Stato.NEGATA,
                attivita=nota,
                presentata_il=bando.chiude_il,
                tranche=dove,
                ammessa_il=dove.entro if dove else None,
                riga_fonte=_("%(righe)s, ricostruita") % {"righe": dati["ricostruzione"]["righe"]},
            )
            domande.append(domanda)
            pareri.append(_parere(domanda, accolta, dati["pareri_negativi"]))
            motivi += [
                MotivoDomanda(domanda=domanda, codice=codice, conserva_fino_al=DI_NESSUNO)
                for codice in gruppo["motivi"]
            ]
    DomandaLavoroAgile.objects.bulk_create(domande)
    ParereDomanda.objects.bulk_create(pareri)
    MotivoDomanda.objects.bulk_create(motivi)


def _posti(tranche: list[Tranche]) -> Iterator[Tranche]:
    for una in tranche:
        yield from [una] * una.posti


def _parere(domanda: DomandaLavoroAgile, accolta: bool, negativi: Dati) -> ParereDomanda:
    if accolta:
        return ParereDomanda(
            domanda=domanda,
            esito=ParereDomanda.Esito.FAVOREVOLE,
            motivazione=_("Ricostruito: la fonte stampa il solo numero delle domande."),
        )
    return ParereDomanda(
        domanda=domanda,
        esito=ParereDomanda.Esito.CONTRARIO,
        motivazione=_("Ricostruito. Motivo principale stampato: %(motivo)s.")
        % {"motivo": negativi["motivazione"]},
        causa=negativi["causa"],
        riga_fonte=str(negativi["motivazione_riga"]),
    )
