# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Italian names of the rules: one table for the fields, one for the choices.

A field that is not here shows its own name, so that a new rule is never hidden; a test asks for
the missing ones.
"""

from enum import StrEnum

# Classe.campo → (label, help).
CAMPI: dict[str, tuple[str, str]] = {
    "Edizione.codice": ("Codice", "Breve, senza spazi: compare nei file scaricati."),
    "Edizione.nome": ("Nome", "Come si chiamano queste regole nelle pagine."),
    "Edizione.fonte": ("Fonte", "L'atto che le approva, con la pagina."),
    "Edizione.metodi": ("Metodo per ogni tipo di target", ""),
    "Edizione.decrescente": (
        "Quando è meglio diminuire, il rapporto è",
        "Speculare: 100 × (2T − R) / T. Iperbolico: 100 × T / R. T è il target, R il risultato.",
    ),
    "Edizione.minimo_parziale": (
        "Minimo per un raggiungimento parziale",
        "Un target mancato che vale meno di così prende 0. Vuoto: conta qualunque parte.",
    ),
    "Edizione.tetto_se_mancato": (
        "Punteggio massimo di un target mancato",
        "Perché un target mancato per poco non sembri raggiunto.",
    ),
    "Edizione.fasce": (
        "Fasce sul raggiungimento",
        "Per il metodo a fasce. Da compreso, a escluso; l'ultima comprende la fine.",
    ),
    "Edizione.fasce_giorni": (
        "Fasce sui giorni di ritardo",
        "Per lo scostamento di data. I giorni di anticipo sono negativi.",
    ),
    "Edizione.tolleranza_intervallo": (
        "Tolleranza fuori da un intervallo, %",
        "Il punteggio scende in proporzione fino a 0 alla tolleranza.",
    ),
    "Edizione.tolleranza_uguaglianza": ("Tolleranza di un valore esatto, %", ""),
    "Edizione.tolleranza_mantenimento": (
        "Tolleranza di un mantenimento, %",
        "Quanto si può peggiorare rispetto alla partenza e averla mantenuta.",
    ),
    "Edizione.pavimento": ("Punteggio minimo", "Nessun punteggio scende sotto."),
    "Edizione.tetto": ("Punteggio massimo", "Nessun punteggio lo supera. Vuoto: nessun limite."),
    "Edizione.arrotondamento": ("Arrotondamento", ""),
    "Edizione.mancanti": ("Un risultato dovuto e non arrivato", ""),
    "Edizione.non_valutabili": ("Un elemento che non si può valutare", ""),
    "Edizione.sintesi": ("Come si mette insieme ogni livello", ""),
    "Edizione.sintesi_periodi": ("I trimestri fanno il punteggio dell'anno con", ""),
    "Edizione.pesi": ("Pesi", ""),
    "Edizione.soglia_raggiunto": (
        "Un elemento è raggiunto da",
        "Per contare i raggiunti, e per «tutto o niente».",
    ),
    "Edizione.gruppi_aree": (
        "Pesi delle aree",
        "Aree che si dividono un peso in parti uguali. In tutto, 100.",
    ),
    "Edizione.classi": (
        "Classi finali",
        "Ogni classe va dal suo inizio a quello della successiva.",
    ),
    "Edizione.fasce_unita": (
        "Fasce per unità di misura",
        "Al posto delle fasce sul raggiungimento, per i target in quell'unità.",
    ),
    "Edizione.moltiplicatori": (
        "Moltiplicatori del raggiungimento parziale",
        "Fasce sul punteggio del metodo: i punti sono la percentuale per cui si moltiplica.",
    ),
    "Edizione.recupero_massimo": (
        "Recupero massimo per cause esogene, %",
        "Quanta parte di ciò che manca si può rendere. 0: nessun recupero.",
    ),
    "Edizione.politiche": (
        "Eccezioni livello per livello su chi non ha punteggio",
        "Al posto delle due scelte generali.",
    ),
    "Edizione.fasce_conteggio": (
        "Fasce sul numero di raggiunti",
        "Per la sintesi a conteggio: da, a sono numeri di elementi raggiunti.",
    ),
    "Edizione.fasce_livelli": (
        "Fasce sul punteggio di un livello",
        "Dopo la sintesi, il punteggio diventa quello della fascia.",
    ),
    "Edizione.migliore_con_superiore": (
        "Vale il migliore fra il proprio punteggio e quello dell'unità superiore",
        "",
    ),
    "Edizione.prerequisiti": (
        "Cancelli dei prerequisiti",
        "Che cosa succede a un livello quando un suo prerequisito non è soddisfatto.",
    ),
    "Edizione.minimi": (
        "Cancelli sugli elementi ordinari",
        "Per esempio: ogni area almeno 60, altrimenti il piano è azzerato.",
    ),
    "Edizione.mesi": ("Mesi di servizio", ""),
    "Edizione.pari_merito": ("A pari merito, al limite di una classe con posti contati", ""),
    "MetodiPredefiniti.percentuale": ("Soglia in percentuale", "Come ≥ 95%."),
    "MetodiPredefiniti.valore": ("Soglia in un'altra unità", "Come ≤ 49 giorni."),
    "MetodiPredefiniti.data": ("Scadenza", "Come entro il 30/06."),
    "MetodiPredefiniti.intervallo": ("Intervallo", "Come tra 40 e 60."),
    "MetodiPredefiniti.quota_di_casi": ("Quota di casi", "Come ≤ 21 gg nel 90% dei casi."),
    "MetodiPredefiniti.riferimento": ("Valore di riferimento", "Come Benchmark regionale."),
    "MetodiPredefiniti.tendenza": ("Tendenza", "Come Riduzione."),
    "MetodiPredefiniti.traguardo": ("Traguardo a parole", "Come Avvio."),
    "MetodiPredefiniti.si_no": ("Sì o no", ""),
    "Fascia.da": ("Da", "Vuoto: senza limite."),
    "Fascia.a": ("A", "Vuoto: senza limite."),
    "Fascia.punti": ("Punti", ""),
    "Fascia.punti_a": ("Punti alla fine", "Se diversi, si va in proporzione."),
    "Arrotondamento.modo": ("Modo", ""),
    "Arrotondamento.decimali": ("Decimali", ""),
    "Arrotondamento.livelli": ("A quali livelli", ""),
    "SintesiLivelli.obiettivo": ("Obiettivo, dagli indicatori", ""),
    "SintesiLivelli.area": ("Area, dagli obiettivi", ""),
    "SintesiLivelli.scheda": ("Scheda, dalle aree", ""),
    "SintesiLivelli.piano": ("Piano, dalle aree", ""),
    "GruppoAree.nome": ("Nome", ""),
    "GruppoAree.aree": ("Codici delle aree", "Separati da virgole."),
    "GruppoAree.peso": ("Peso", ""),
    "Classe.etichetta": ("Classe", ""),
    "Classe.da": ("Da", ""),
    "Classe.premio": ("Premio, %", ""),
    "Classe.premio_a": ("Premio alla fine, %", ""),
    "Classe.massimo_numero": ("Posti", ""),
    "Classe.massimo_quota": ("Posti, %", ""),
    "Cancello.effetto": ("Effetto", ""),
    "Cancello.soglia": ("Soddisfatto da", ""),
    "Cancello.insieme": ("Di più condizioni vale", ""),
    "Cancello.fattori": ("Fattori", "Fasce sulla condizione: i punti sono il fattore in %."),
    "Cancello.limite": ("Limite", "Per l'effetto che limita."),
    "Cancelli.obiettivo": ("Obiettivo", ""),
    "Cancelli.area": ("Area", ""),
    "Cancelli.scheda": ("Scheda", ""),
    "Cancelli.piano": ("Piano", ""),
    "PoliticaLivello.livello": ("Livello", ""),
    "PoliticaLivello.mancanti": ("Risultato mancante", ""),
    "PoliticaLivello.non_valutabili": ("Non valutabile", ""),
    "FasceUnita.unita": ("Unità", "Come %, gg, €."),
    "FasceUnita.fasce": ("Fasce", ""),
    "FasceLivello.livello": ("Livello", ""),
    "FasceLivello.fasce": ("Fasce", ""),
    "Mesi.pro_rata": ("Si riduce ai mesi di servizio", ""),
    "Mesi.minimo": ("Mesi sotto i quali non si valuta", ""),
}

# Enum.valore → label.
SCELTE: dict[str, str] = {
    "Metodo.soglia": "Raggiunto o no (100 o 0)",
    "Metodo.rapporto": "In proporzione al target",
    "Metodo.interpolazione": "In proporzione al cammino dalla partenza",
    "Metodo.fasce": "A fasce",
    "Metodo.intervallo": "Dentro l'intervallo, con tolleranza",
    "Metodo.uguaglianza": "Solo se uguale",
    "Metodo.scostamento_data": "A fasce sui giorni di ritardo",
    "Metodo.avanzamento": "L'avanzamento dichiarato",
    "Metodo.tendenza": "Confronto con la partenza",
    "Metodo.si_no": "Sì o no",
    "Decrescente.speculare": "Speculare",
    "Decrescente.iperbolico": "Iperbolico",
    "Politica.escludi": "Resta fuori dal conto",
    "Politica.zero": "Conta zero",
    "Politica.blocca": "Ferma il calcolo",
    "Pesi.normalizzati": "Riportati a 100 su ciò che è valutato",
    "Pesi.mantenuti": "Come sono scritti",
    "Sintesi.media_pesata": "Media pesata",
    "Sintesi.media_semplice": "Media semplice",
    "Sintesi.somma_punti": "Punti presi su punti in palio",
    "Sintesi.tutto_o_niente": "Tutto o niente",
    "Sintesi.quota_raggiunti": "Quota di raggiunti",
    "Sintesi.quota_pesata": "Quota di peso dei raggiunti",
    "Sintesi.minimo": "Il punteggio più basso",
    "Sintesi.conteggio": "Fasce sul numero di raggiunti",
    "SintesiPeriodi.media": "La media",
    "SintesiPeriodi.ultimo": "L'ultimo valutato",
    "Modo.nessuno": "Non si arrotonda",
    "Modo.meta_su": "La metà sale",
    "Modo.meta_giu": "La metà scende",
    "Modo.meta_pari": "La metà va al pari",
    "Modo.troncamento": "Si tronca",
    "Livello.indicatore": "Indicatore",
    "Livello.obiettivo": "Obiettivo",
    "Livello.area": "Area",
    "Livello.scheda": "Scheda",
    "Livello.piano": "Piano",
    "PariMerito.entrano": "Entrano tutti",
    "PariMerito.scendono": "Scendono tutti",
    "Effetto.azzera": "Azzera il punteggio",
    "Effetto.limita": "Limita il punteggio",
    "Effetto.sbarra": "Toglie il punteggio",
    "Effetto.fattore": "Moltiplica per un fattore",
    "Insieme.minimo": "La peggiore",
    "Insieme.media": "La media pesata",
    "ProRata.nessuno": "Niente",
    "ProRata.punteggio": "Il punteggio",
    "ProRata.peso": "Il peso",
    "ProRata.premio": "Il premio",
}

# Title of the section → fields of the edition; what is in none goes in the last.
SEZIONI: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Nome e fonte", ("codice", "nome", "fonte")),
    (
        "Dal risultato al punteggio",
        (
            *("metodi", "decrescente", "minimo_parziale", "tetto_se_mancato", "moltiplicatori"),
            *("recupero_massimo", "pavimento", "tetto"),
        ),
    ),
    (
        "Fasce e tolleranze",
        (
            *("fasce", "fasce_unita", "fasce_giorni", "tolleranza_intervallo"),
            *("tolleranza_uguaglianza", "tolleranza_mantenimento"),
        ),
    ),
    ("Arrotondamento", ("arrotondamento",)),
    ("Chi non ha punteggio", ("mancanti", "non_valutabili", "politiche")),
    (
        "Dagli indicatori al piano",
        (
            *("sintesi", "sintesi_periodi", "pesi", "gruppi_aree", "soglia_raggiunto"),
            *("fasce_conteggio", "fasce_livelli", "migliore_con_superiore"),
        ),
    ),
    ("Condizioni", ("prerequisiti", "minimi")),
    ("Classi e premi", ("classi", "pari_merito", "mesi")),
)
ALTRE = "Altre regole"


def etichetta(chiave: str) -> str:
    """The name of a field; its own, spaced, if nobody gave it one."""
    return CAMPI[chiave][0] if chiave in CAMPI else _a_parole(chiave.partition(".")[2])


def aiuto(chiave: str) -> str:
    """What to know to fill it in; "" if it says itself."""
    return CAMPI.get(chiave, ("", ""))[1]


def etichetta_scelta(scelta: StrEnum) -> str:
    """The name of a choice; its own, spaced, if nobody gave it one."""
    chiave = f"{type(scelta).__name__}.{scelta.value}"
    return SCELTE.get(chiave) or _a_parole(scelta.value)


def _a_parole(nome: str) -> str:
    return nome.replace("_", " ").capitalize()
