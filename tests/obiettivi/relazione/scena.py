# SPDX-License-Identifier: AGPL-3.0-or-later
"""A year to account for: a plan with one indicator reached and one not, and its Relazione."""

from datetime import date
from decimal import Decimal
from typing import Any

from obiettivi import azioni
from obiettivi.models import (
    CriterioValidazione,
    EsitoCriterio,
    Misura,
    Prospettiva,
    Relazione,
    SezioneRelazione,
)
from obiettivi.relazione.verifiche import cancello
from piani.models import Azienda, Fase, Piano
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
)

ATTO = {
    "atto_tipo": "deliberazione",
    "atto_numero": "12",
    "atto_data": date(2023, 6, 5),
    "atto_organo": "Direttore Generale",
}
TESTO = "Un testo di prova abbastanza lungo da dire qualcosa."


def piano_con_risultati(azienda: Azienda, valori: tuple[int, ...] = (96, 80)) -> Piano:
    """A plan with one indicator for each result of 2022, all with the target «≥ 95%»; computed."""
    piano = PianoFactory(azienda=azienda, titolo="Piano della performance 2022-2024")
    EdizioneFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano, codice="A1"), codice="O1")
    for n, valore in enumerate(valori, start=1):
        misura = MisuraFactory(
            obiettivo=obiettivo, indicatore__codice=f"IND-{n}", indicatore__azienda=azienda
        )
        TargetFactory(misura=misura)
        RilevazioneFactory(indicatore=misura.indicatore, valore=Decimal(valore))
    Fase.objects.create(
        piano=piano, ordine=1, nome="Relazione", scadenza="entro giugno", mese=6, giorno=30,
        anno_offset=1,
    )  # fmt: skip
    calcola(piano)
    return piano


def calcola(piano: Piano) -> None:
    giro = azioni.avvia_giro([piano], prospettiva=Prospettiva.CONSUNTIVO, anno=2022, da=None)
    azioni.esegui(giro.calcoli.get().pk)


def relazione_di(azienda: Azienda, **opzioni: Any) -> Relazione:
    return azioni.comincia_relazione(piano_con_risultati(azienda, **opzioni), anno=2022, da=None)


def misura_di(relazione: Relazione, codice: str) -> Misura:
    return Misura.objects.get(obiettivo__area__piano=relazione.piano, indicatore__codice=codice)


def scrivi_tutto(relazione: Relazione) -> Relazione:
    """What people write of a Relazione, so that nothing stops it."""
    for sezione in relazione.sezioni.filter(tipo__in=SezioneRelazione.DA_SCRIVERE):
        azioni.scrivi_sezione_relazione(sezione, testo=TESTO, da=None)
    scritti = {uno.misura_id: ("Causa di prova", "Azione") for uno in relazione.scostamenti.all()}
    azioni.spiega_scostamenti(relazione, scritti, da=None)
    fasi = {una.fase_id: (date(2023, 6, 20), "") for una in relazione.fasi.all()}
    azioni.segna_fasi(relazione, fasi, da=None)
    return relazione


def approvata(relazione: Relazione) -> Relazione:
    scrivi_tutto(relazione)
    azioni.approva_relazione(
        relazione, **ATTO, avvertenze_viste=cancello(relazione).impronta, da=None
    )
    return relazione


def in_validazione(relazione: Relazione) -> Relazione:
    azioni.invia_relazione(approvata(relazione), da=None)
    return relazione


def risposte(**diverse: tuple[str, str]) -> dict[int, tuple[str, str]]:
    """«Soddisfatto» to every criterion of 2022, but for those said otherwise by their letter."""
    criteri = CriterioValidazione.objects.per(2022)
    tutto_bene = (EsitoCriterio.Esito.SODDISFATTO.value, "")
    return {uno.pk: diverse.get(uno.codice, tutto_bene) for uno in criteri}


def validata(relazione: Relazione) -> Relazione:
    azioni.valida_relazione(
        in_validazione(relazione), esito="validata", data=date(2023, 6, 20),
        motivazione="Completa e chiara.", criteri=risposte(), da=None,
    )  # fmt: skip
    return relazione
