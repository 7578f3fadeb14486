# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the objectives' floor."""

from obiettivi.azioni.albero import aggiungi_misura, modifica_misura
from obiettivi.azioni.archivio_schede import (
    chiedi_archivio,
    prepara_archivio,
    si_scarica,
    togli_archivi,
)
from obiettivi.azioni.biblioteca import crea_indicatore
from obiettivi.azioni.calcolo import avvia_calcolo, prospettive_di
from obiettivi.azioni.carica import carica, carica_dimostrazione, carica_fonti
from obiettivi.azioni.carico import Caricate, carica_rilevazioni
from obiettivi.azioni.congelamento import accetta_calcolo
from obiettivi.azioni.controdeduzione import controdeduci, rispondi_controdeduzione
from obiettivi.azioni.divulgazione import divulga, prendi_visione
from obiettivi.azioni.edizione import congela_edizione, crea_edizione, modifica_edizione
from obiettivi.azioni.esecuzione import esegui, esegui_blocco
from obiettivi.azioni.finestra import (
    cambia_finestra,
    fissa_finestra,
    proponi_finestre,
    proroga,
    togli_finestra,
    togli_proroga,
)
from obiettivi.azioni.firma_scheda import firma
from obiettivi.azioni.foglio import ricarica_foglio
from obiettivi.azioni.griglia import rileva_griglia
from obiettivi.azioni.indicatore import modifica_indicatore
from obiettivi.azioni.individuale.assegna import assegna_valutazioni, correggi_assegnazione
from obiettivi.azioni.individuale.conciliazione import (
    chiedi_conciliazione,
    decidi_conciliazione,
    rispondi_conciliazione,
)
from obiettivi.azioni.individuale.contenuto import (
    assegna_obiettivi,
    autovaluta,
    avvia_senza_autovalutazione,
    registra_colloquio,
    valuta_persona,
)
from obiettivi.azioni.individuale.edizione import (
    crea_edizione_individuale,
    modifica_edizione_individuale,
)
from obiettivi.azioni.individuale.firme import (
    chiudi_concluse,
    chiudi_valutazione,
    firma_valutato,
    firma_valutatore,
)
from obiettivi.azioni.massivo import avvia_giro
from obiettivi.azioni.matrice_schede import pesa_schede
from obiettivi.azioni.negoziazione import invia_scheda, invia_schede, scrivi_messaggio
from obiettivi.azioni.osservazione import chiudi_osservazione, osserva, rispondi
from obiettivi.azioni.passi_relazione import (
    approva_relazione,
    invia_relazione,
    riapri_relazione,
    valida_relazione,
)
from obiettivi.azioni.periodo import chiudi_periodo, riapri_periodo
from obiettivi.azioni.pesi import pesa
from obiettivi.azioni.proposta_scheda import AnnoPrima, crea_modello, proponi
from obiettivi.azioni.prova import carica_prova, togli_prova
from obiettivi.azioni.pubblicazione_relazione import pubblica_relazione
from obiettivi.azioni.punteggi_scheda import ricalcola_schede
from obiettivi.azioni.relazione import (
    comincia_relazione,
    rigenera_relazione,
    scrivi_sezione_relazione,
    segna_fasi,
    spiega_scostamenti,
)
from obiettivi.azioni.rendicontazione import (
    Resoconto,
    riapri_rendicontazione,
    salva_rendicontazione,
    trasmetti,
    valida_rendicontazione,
)
from obiettivi.azioni.revisione_scheda import abbandona_revisione, apri_revisione
from obiettivi.azioni.rilevazione import rileva
from obiettivi.azioni.scheda import (
    aggiorna_risorsa,
    aggiungi_alla_scheda,
    elimina_scheda,
    intesta_scheda,
    modifica_nella_scheda,
    sposta_nella_scheda,
    togli_dalla_scheda,
)
from obiettivi.azioni.scorrimento import scorri
from obiettivi.azioni.svolgimento import Svolgimento
from obiettivi.azioni.target import conferma_lettura
from obiettivi.azioni.valutazione_scheda import (
    avvia_valutazione,
    avvia_valutazioni,
    chiudi_scheda,
    chiudi_schede,
    valida_scheda,
)

__all__ = [
    "AnnoPrima",
    "Caricate",
    "Resoconto",
    "Svolgimento",
    "abbandona_revisione",
    "accetta_calcolo",
    "aggiorna_risorsa",
    "aggiungi_alla_scheda",
    "aggiungi_misura",
    "approva_relazione",
    "apri_revisione",
    "assegna_obiettivi",
    "assegna_valutazioni",
    "autovaluta",
    "avvia_calcolo",
    "avvia_giro",
    "avvia_senza_autovalutazione",
    "avvia_valutazione",
    "avvia_valutazioni",
    "cambia_finestra",
    "carica",
    "carica_dimostrazione",
    "carica_fonti",
    "carica_prova",
    "carica_rilevazioni",
    "chiedi_archivio",
    "chiedi_conciliazione",
    "chiudi_concluse",
    "chiudi_osservazione",
    "chiudi_periodo",
    "chiudi_scheda",
    "chiudi_schede",
    "chiudi_valutazione",
    "comincia_relazione",
    "conferma_lettura",
    "congela_edizione",
    "controdeduci",
    "correggi_assegnazione",
    "crea_edizione",
    "crea_edizione_individuale",
    "crea_indicatore",
    "crea_modello",
    "decidi_conciliazione",
    "divulga",
    "elimina_scheda",
    "esegui",
    "esegui_blocco",
    "firma",
    "firma_valutato",
    "firma_valutatore",
    "fissa_finestra",
    "intesta_scheda",
    "invia_relazione",
    "invia_scheda",
    "invia_schede",
    "modifica_edizione",
    "modifica_edizione_individuale",
    "modifica_indicatore",
    "modifica_misura",
    "modifica_nella_scheda",
    "osserva",
    "pesa",
    "pesa_schede",
    "prendi_visione",
    "prepara_archivio",
    "proponi",
    "proponi_finestre",
    "proroga",
    "prospettive_di",
    "pubblica_relazione",
    "registra_colloquio",
    "riapri_periodo",
    "riapri_relazione",
    "riapri_rendicontazione",
    "ricalcola_schede",
    "ricarica_foglio",
    "rigenera_relazione",
    "rileva",
    "rileva_griglia",
    "rispondi",
    "rispondi_conciliazione",
    "rispondi_controdeduzione",
    "salva_rendicontazione",
    "scorri",
    "scrivi_messaggio",
    "scrivi_sezione_relazione",
    "segna_fasi",
    "si_scarica",
    "spiega_scostamenti",
    "sposta_nella_scheda",
    "togli_archivi",
    "togli_dalla_scheda",
    "togli_finestra",
    "togli_proroga",
    "togli_prova",
    "trasmetti",
    "valida_relazione",
    "valida_rendicontazione",
    "valida_scheda",
    "valuta_persona",
]
