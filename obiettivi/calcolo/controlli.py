# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checks on an edition, each giving the Italian sentences of what is wrong.

Bands without gaps or overlaps, limits in order, weights that make 100, gates that have what they
need, and (``controlli_classi``) final classes that somebody can reach. The field comes first in
every sentence.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .arrotondamento import CENTO, ZERO, Arrotondamento, Livello, Modo, numero
from .controlli_classi import problemi_classi
from .fasce import Fascia, problemi_fasce
from .regole import (
    METODI_AMMESSI,
    Cancello,
    Decrescente,
    Effetto,
    GruppoAree,
    Metodo,
    ProRata,
    Sintesi,
)
from .unita import unita_comune

if TYPE_CHECKING:
    from .edizione import Edizione

_FASCE_SEMPLICI = ("fasce", "fasce_giorni", "moltiplicatori", "fasce_conteggio")
_DODICI = Decimal(12)


def non_finiti(edizione: "Edizione") -> list[str]:
    """The Decimals that are not finite: nothing else can be said of such an edition."""
    return [
        f"{campo}: {valore} non è un numero finito."
        for campo, valore in _decimali(edizione)
        if not valore.is_finite()
    ]


def tutti(edizione: "Edizione") -> list[str]:
    """Everything that is wrong, on an edition whose Decimals are finite."""
    return [
        *_problemi_nome(edizione),
        *_problemi_metodi(edizione),
        *_problemi_fasce(edizione),
        *_problemi_limiti(edizione),
        *_problemi_dopo_metodo(edizione),
        *_problemi_arrotondamento(edizione.arrotondamento),
        *_problemi_livelli(edizione),
        *_problemi_cancelli(edizione),
        *_problemi_mesi(edizione),
        *_problemi_gruppi(edizione.gruppi_aree),
        *problemi_classi(edizione),
    ]


# --- where the numbers are ----------------------------------------------------------------


def _decimali(edizione: "Edizione") -> list[tuple[str, Decimal]]:
    fasce = [
        (f"{campo}, fascia {posto}", valore)
        for campo, bande in _bande(edizione)
        for posto, fascia in enumerate(bande, 1)
        for _, valore in _propri(fascia)
    ]
    cancelli = [
        (f"{campo}.{nome}", valore)
        for campo, cancello in _cancelli(edizione)
        for nome, valore in _propri(cancello)
    ]
    pesi = [(f"gruppi_aree, {gruppo.nome}", gruppo.peso) for gruppo in edizione.gruppi_aree]
    classi = [
        (f"classi, {classe.etichetta}", valore)
        for classe in edizione.classi
        for _, valore in _propri(classe)
    ]
    mesi = [("mesi.minimo", edizione.mesi.minimo)]
    return [*_propri(edizione), *fasce, *cancelli, *pesi, *classi, *mesi]


def _propri(oggetto: Any) -> list[tuple[str, Decimal]]:
    return [
        (campo, valore) for campo, valore in vars(oggetto).items() if isinstance(valore, Decimal)
    ]


def _bande(edizione: "Edizione") -> list[tuple[str, tuple[Fascia, ...]]]:
    """Every set of bands of the edition, with its field."""
    semplici = [(campo, getattr(edizione, campo)) for campo in _FASCE_SEMPLICI]
    unita = [(f"fasce_unita, «{una.unita}»", una.fasce) for una in edizione.fasce_unita]
    livelli = [(f"fasce_livelli, {una.livello.value}", una.fasce) for una in edizione.fasce_livelli]
    fattori = [
        (f"{campo}.fattori", cancello.fattori)
        for campo, cancello in _cancelli(edizione)
        if cancello.effetto is Effetto.FATTORE or cancello.fattori
    ]
    return [*semplici, *unita, *livelli, *fattori]


def _cancelli(edizione: "Edizione") -> list[tuple[str, Cancello]]:
    return [
        (f"{campo}.{livello}", cancello)
        for campo in ("prerequisiti", "minimi")
        for livello, cancello in getattr(edizione, campo).tutti()
    ]


# --- methods, bands, limits ---------------------------------------------------------------


def _problemi_nome(edizione: "Edizione") -> list[str]:
    return [
        f"{campo}: non può essere vuoto."
        for campo in ("codice", "nome")
        if not getattr(edizione, campo).strip()
    ]


def _problemi_metodi(edizione: "Edizione") -> list[str]:
    scelti: dict[str, Metodo] = dict(vars(edizione.metodi))
    trovati = [
        f"metodi.{caso}: il metodo «{metodo.value}» non si applica a questo tipo di target."
        for caso, metodo in scelti.items()
        if metodo not in METODI_AMMESSI[caso]
    ]
    if edizione.decrescente is Decrescente.IPERBOLICO and edizione.tetto is None:
        trovati.append(
            "tetto: con il rapporto iperbolico serve un tetto, altrimenti un risultato pari a 0 "
            "non avrebbe punteggio."
        )
    return trovati


def _problemi_fasce(edizione: "Edizione") -> list[str]:
    """Gaps and overlaps of every set of bands; the ones that a rule uses must be there."""
    metodi, sintesi = vars(edizione.metodi).values(), vars(edizione.sintesi).values()
    servono = {
        "fasce": Metodo.FASCE in metodi,
        "fasce_giorni": Metodo.SCOSTAMENTO_DATA in metodi,
        "fasce_conteggio": Sintesi.CONTEGGIO in sintesi,
        "moltiplicatori": False,
    }
    trovati = [
        problema
        for campo, bande in _bande(edizione)
        if bande or servono.get(campo, True)
        for problema in problemi_fasce(bande, campo)
    ]
    unita = [unita_comune(una.unita) for una in edizione.fasce_unita]
    return [*trovati, *_ripetuti("fasce_unita", "l'unità", unita)]


def _problemi_limiti(edizione: "Edizione") -> list[str]:
    trovati = [
        f"{campo}: non può essere negativa."
        for campo in ("tolleranza_intervallo", "tolleranza_uguaglianza", "tolleranza_mantenimento")
        if getattr(edizione, campo) < 0
    ]
    minimo = edizione.minimo_parziale
    if minimo is not None and not ZERO <= minimo <= CENTO:
        trovati.append("minimo_parziale: deve stare fra 0 e 100.")
    if edizione.tetto is not None and edizione.tetto <= edizione.pavimento:
        return [*trovati, "tetto: deve superare il pavimento."]
    if not edizione.pavimento <= edizione.tetto_se_mancato < CENTO:
        trovati.append("tetto_se_mancato: deve stare fra il pavimento e 100, 100 escluso.")
    if not _raggiungibile(edizione.soglia_raggiunto, edizione):
        trovati.append("soglia_raggiunto: deve stare fra il pavimento (escluso) e il tetto.")
    return trovati


def _raggiungibile(valore: Decimal, edizione: "Edizione") -> bool:
    """Above the floor and within the cap: a threshold there separates something."""
    return valore > edizione.pavimento and (edizione.tetto is None or valore <= edizione.tetto)


def _problemi_dopo_metodo(edizione: "Edizione") -> list[str]:
    trovati = [
        f"moltiplicatori, fascia {posto}: sotto 100 si moltiplica per un numero fra 0 e 100, "
        "altrimenti un target mancato varrebbe come raggiunto."
        for posto, fascia in enumerate(edizione.moltiplicatori, 1)
        if (fascia.da is None or fascia.da < CENTO) and not _fra_zero_e_cento(fascia)
    ]
    trovati += [
        f"moltiplicatori, fascia {posto}: non può essere negativa."
        for posto, fascia in enumerate(edizione.moltiplicatori, 1)
        if fascia.da is not None and fascia.da >= CENTO and min(_punti(fascia)) < 0
    ]
    if not ZERO <= edizione.recupero_massimo <= CENTO:
        trovati.append("recupero_massimo: deve stare fra 0 e 100.")
    return trovati


def _punti(fascia: Fascia) -> list[Decimal]:
    return [punti for punti in (fascia.punti, fascia.punti_a) if punti is not None]


def _fra_zero_e_cento(fascia: Fascia) -> bool:
    return all(ZERO <= punti <= CENTO for punti in _punti(fascia))


def _problemi_arrotondamento(regola: Arrotondamento) -> list[str]:
    trovati = []
    if not 0 <= regola.decimali <= 10:
        trovati.append("arrotondamento.decimali: deve stare fra 0 e 10.")
    if len(set(regola.livelli)) != len(regola.livelli):
        trovati.append("arrotondamento.livelli: un livello è ripetuto.")
    if regola.modo is not Modo.NESSUNO and not regola.livelli:
        trovati.append("arrotondamento.livelli: indicare a quale livello si arrotonda.")
    if regola.modo is Modo.NESSUNO and regola.livelli:
        trovati.append("arrotondamento.livelli: senza arrotondamento non si indicano livelli.")
    return trovati


# --- levels, gates, months ----------------------------------------------------------------


def _problemi_livelli(edizione: "Edizione") -> list[str]:
    per_livello = {
        "politiche": [una.livello for una in edizione.politiche],
        "fasce_livelli": [una.livello for una in edizione.fasce_livelli],
        "migliore_con_superiore": list(edizione.migliore_con_superiore),
    }
    trovati = [
        frase
        for campo, livelli in per_livello.items()
        for frase in _ripetuti(campo, "il livello", [livello.value for livello in livelli])
    ]
    trovati += [
        f"{campo}: l'indicatore non ha un punteggio che viene da altri punteggi."
        for campo in ("fasce_livelli", "migliore_con_superiore")
        if Livello.INDICATORE in per_livello[campo]
    ]
    trovati += [
        f"politiche: per il livello «{una.livello.value}» manca la politica."
        for una in edizione.politiche
        if una.mancanti is None and una.non_valutabili is None
    ]
    return trovati


def _ripetuti(campo: str, cosa: str, valori: Iterable[str]) -> list[str]:
    elenco = list(valori)
    return [
        f"{campo}: {cosa} «{valore}» compare più di una volta."
        for valore in sorted({uno for uno in elenco if elenco.count(uno) > 1})
    ]


def _problemi_cancelli(edizione: "Edizione") -> list[str]:
    return [
        problema
        for campo, cancello in _cancelli(edizione)
        for problema in _problemi_cancello(cancello, campo, edizione)
    ]


def _problemi_cancello(cancello: Cancello, campo: str, edizione: "Edizione") -> list[str]:
    trovati = []
    if cancello.effetto is Effetto.FATTORE:
        if not all(_fra_zero_e_cento(fascia) for fascia in cancello.fattori):
            trovati.append(f"{campo}.fattori: un fattore è una percentuale fra 0 e 100.")
    elif cancello.fattori:
        trovati.append(f"{campo}.fattori: servono solo con l'effetto «fattore».")
    elif not _raggiungibile(cancello.soglia, edizione):
        trovati.append(f"{campo}.soglia: deve stare fra il pavimento (escluso) e il tetto.")
    return [*trovati, *_problemi_limite(cancello, campo, edizione)]


def _problemi_limite(cancello: Cancello, campo: str, edizione: "Edizione") -> list[str]:
    limite = cancello.limite
    if cancello.effetto is not Effetto.LIMITA:
        return [f"{campo}.limite: serve solo con l'effetto «limita»."] if limite is not None else []
    if limite is None:
        return [f"{campo}.limite: con l'effetto «limita» va indicato."]
    sotto = edizione.tetto is None or limite < edizione.tetto
    if not (edizione.pavimento <= limite and sotto):
        return [f"{campo}.limite: deve stare fra il pavimento e il tetto, tetto escluso."]
    return []


def _problemi_mesi(edizione: "Edizione") -> list[str]:
    trovati = []
    if not ZERO <= edizione.mesi.minimo <= _DODICI:
        trovati.append("mesi.minimo: deve stare fra 0 e 12.")
    if edizione.mesi.pro_rata is ProRata.PREMIO and not edizione.classi:
        trovati.append("mesi.pro_rata: senza classi non c'è un premio da ridurre.")
    return trovati


def _problemi_gruppi(gruppi: tuple[GruppoAree, ...]) -> list[str]:
    if not gruppi:
        return []
    aree = [area for gruppo in gruppi for area in gruppo.aree]
    somma = sum((gruppo.peso for gruppo in gruppi), ZERO)
    trovati = [f"gruppi_aree: «{g.nome}» non elenca nessuna area." for g in gruppi if not g.aree]
    trovati += [f"gruppi_aree: il peso di «{g.nome}» è negativo." for g in gruppi if g.peso < 0]
    trovati += _ripetuti("gruppi_aree", "l'area", aree)
    if somma != CENTO:
        trovati.append(f"gruppi_aree: i pesi sommano a {numero(somma)}, non a 100.")
    return trovati
