# SPDX-License-Identifier: AGPL-3.0-or-later
"""One step of a computation, as data; ``spiegazione`` turns it into an Italian sentence."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .valori import Calcolato, Escluso, Punteggio

Dato = Decimal | str | bool


class Codice(StrEnum):
    """What a step is about; ``spiegazione.FRASI`` has one sentence for each."""

    # inputs
    RISULTATO = "risultato"
    RISULTATO_RAPPORTO = "risultato_rapporto"
    RISULTATO_AVANZAMENTO = "risultato_avanzamento"
    RISULTATO_DATA = "risultato_data"
    RISULTATO_TESTO = "risultato_testo"
    RISULTATO_MANCANTE = "risultato_mancante"
    DATO_DIMOSTRATIVO = "dato_dimostrativo"
    DATO_PROVVISORIO = "dato_provvisorio"
    TARGET = "target"
    LETTURA_DA_CONFERMARE = "lettura_da_confermare"
    BASE = "base"
    RIFERIMENTO = "riferimento"
    EDIZIONE = "edizione"
    METODO = "metodo"
    VERSO_DISCORDE = "verso_discorde"
    # methods
    CONFRONTO = "confronto"
    RAPPORTO_CRESCENTE = "rapporto_crescente"
    RAPPORTO_IPERBOLICO = "rapporto_iperbolico"
    RAPPORTO_SPECULARE = "rapporto_speculare"
    RAPPORTO_NON_DEFINITO = "rapporto_non_definito"
    RISULTATO_ZERO = "risultato_zero"
    MINIMO_PARZIALE = "minimo_parziale"
    TARGET_MANCATO = "target_mancato"
    INTERPOLAZIONE = "interpolazione"
    INTERPOLAZIONE_NON_DEFINITA = "interpolazione_non_definita"
    FASCIA = "fascia"
    FASCIA_LINEARE = "fascia_lineare"
    INTERVALLO_DENTRO = "intervallo_dentro"
    INTERVALLO_FUORI = "intervallo_fuori"
    UGUAGLIANZA = "uguaglianza"
    SCOSTAMENTO = "scostamento"
    AVANZAMENTO = "avanzamento"
    AVANZAMENTO_A_PASSI = "avanzamento_a_passi"
    TENDENZA = "tendenza"
    TENDENZA_ALLA_PARTENZA = "tendenza_alla_partenza"
    TENDENZA_QUANTIFICATA = "tendenza_quantificata"
    MANTENIMENTO = "mantenimento"
    QUOTA_DI_CASI = "quota_di_casi"
    SI_NO = "si_no"
    # after the method
    PAVIMENTO = "pavimento"
    TETTO = "tetto"
    ARROTONDATO = "arrotondato"
    # parts (quarters, sites)
    PARTE = "parte"
    PARTI_MEDIA = "parti_media"
    PARTI_ULTIMA = "parti_ultima"
    # missing and excluded
    NON_VALUTATO_ESCLUSO = "non_valutato_escluso"
    NON_VALUTATO_ZERO = "non_valutato_zero"
    NON_VALUTATO_BLOCCA = "non_valutato_blocca"
    ESCLUSO = "escluso"
    # roll-up
    PESI_UGUALI = "pesi_uguali"
    PESI_PARZIALI = "pesi_parziali"
    PESI_NON_CENTO = "pesi_non_cento"
    CONTRIBUTO = "contributo"
    MEDIA_PESATA = "media_pesata"
    MEDIA_PESI_MANTENUTI = "media_pesi_mantenuti"
    MEDIA_SEMPLICE = "media_semplice"
    SOMMA_PUNTI = "somma_punti"
    TUTTO_O_NIENTE = "tutto_o_niente"
    QUOTA_RAGGIUNTI = "quota_raggiunti"
    MINIMO = "minimo"
    COPERTURA = "copertura"
    AGGREGATO_DIMOSTRATIVO = "aggregato_dimostrativo"
    # outcome
    PUNTEGGIO = "punteggio"
    NON_CALCOLABILE = "non_calcolabile"
    FUORI = "fuori"


@dataclass(frozen=True)
class Passo:
    """A step with its numbers, in the order in which they were used."""

    codice: Codice
    valori: tuple[tuple[str, Dato], ...] = ()

    def __getitem__(self, chiave: str) -> Dato:
        """The number (or text) called ``chiave``; ``KeyError`` if the step has none."""
        return dict(self.valori)[chiave]


def passo(codice: Codice, **valori: Dato) -> Passo:
    """A step from keyword values."""
    return Passo(codice, tuple(valori.items()))


@dataclass(frozen=True)
class Esito:
    """What a method says: the score and the steps that led to it."""

    punteggio: Punteggio
    passi: tuple[Passo, ...] = ()


def esito_di(punteggio: Punteggio) -> Passo:
    """The closing step: the score, or the reason why there is none."""
    if isinstance(punteggio, Calcolato):
        return passo(Codice.PUNTEGGIO, punti=punteggio.valore)
    if isinstance(punteggio, Escluso):
        return passo(Codice.FUORI, motivo=punteggio.frase)
    return passo(Codice.NON_CALCOLABILE, motivo=punteggio.frase)
