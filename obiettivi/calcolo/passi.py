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
    # time
    PERIODI_SOMMA = "periodi_somma"
    PERIODI_MEDIA = "periodi_media"
    PERIODI_MEDIA_MESI = "periodi_media_mesi"
    PERIODI_RAPPORTO = "periodi_rapporto"
    PERIODI_ULTIMO = "periodi_ultimo"
    PERIODI_CUMULO = "periodi_cumulo"
    PERIODI_SCORPORO = "periodi_scorporo"
    PERIODI_SCORPORO_RAPPORTO = "periodi_scorporo_rapporto"
    PERIODI_INCOMPLETI = "periodi_incompleti"
    PERIODI_INCOMPLETI_FERMI = "periodi_incompleti_fermi"
    PERIODO_ESCLUSO = "periodo_escluso"
    PERIODO_PIU_LUNGO = "periodo_piu_lungo"
    TARGET_EREDITATO = "target_ereditato"
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
    MOLTIPLICATORE = "moltiplicatore"
    RECUPERO = "recupero"
    RECUPERO_LIMITATO = "recupero_limitato"
    RECUPERO_SENZA_EFFETTO = "recupero_senza_effetto"
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
    QUOTA_PESATA = "quota_pesata"
    CONTEGGIO = "conteggio"
    MINIMO = "minimo"
    # after the roll-up
    FASCIA_DEL_LIVELLO = "fascia_del_livello"
    SUPERIORE_MIGLIORE = "superiore_migliore"
    SUPERIORE_NON_MIGLIORE = "superiore_non_migliore"
    SUPERIORE_SENZA_PUNTEGGIO = "superiore_senza_punteggio"
    PREREQUISITO = "prerequisito"
    PREREQUISITO_SENZA_REGOLA = "prerequisito_senza_regola"
    CONDIZIONI_MEDIA = "condizioni_media"
    CANCELLO_SUPERATO = "cancello_superato"
    CANCELLO_AZZERA = "cancello_azzera"
    CANCELLO_LIMITA = "cancello_limita"
    CANCELLO_SBARRA = "cancello_sbarra"
    CANCELLO_FATTORE = "cancello_fattore"
    PRO_RATA_PESO = "pro_rata_peso"
    PRO_RATA_PUNTEGGIO = "pro_rata_punteggio"
    CLASSE = "classe"
    CLASSE_PIENA = "classe_piena"
    PREMIO_PRO_RATA = "premio_pro_rata"
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
