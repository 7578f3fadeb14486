# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why this score ("perché questo punteggio"): the steps as Italian sentences and as plain data.

Every number that a computation used is in its steps; here each step becomes one sentence, with
Italian figures. ``come_dati`` is the JSON of the API: the exact numbers as text beside the
sentence.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from .aggregazione import Aggregato
from .arrotondamento import mostra, numero
from .giudizio import Giudizio, Parziale
from .parole import con_unita, data_italiana
from .passi import Codice, Dato, Passo
from .sintesi import Contributo
from .valori import Punteggio, motivo_di, valore_di

FRASI: dict[Codice, str] = {
    Codice.EDIZIONE: "Regole: {nome}.",
    Codice.TARGET: "Target stampato «{testo}», letto come: {letto}.",
    Codice.LETTURA_DA_CONFERMARE: "La lettura del target è da confermare: {motivo}.",
    Codice.RISULTATO: "Risultato {dove}: {valore} (origine: {origine}).",
    Codice.RISULTATO_RAPPORTO: (
        "Risultato {dove}: {numeratore} / {denominatore} × {fattore} = {valore} "
        "(origine: {origine})."
    ),
    Codice.RISULTATO_AVANZAMENTO: "Avanzamento {dove}: {valore} (origine: {origine}).",
    Codice.RISULTATO_DATA: "Data del risultato {dove}: {data} (origine: {origine}).",
    Codice.RISULTATO_TESTO: "Risultato {dove}: «{testo}» (origine: {origine}).",
    Codice.RISULTATO_MANCANTE: "Risultato {dove}: manca{dettaglio}.",
    Codice.DATO_DIMOSTRATIVO: "Il risultato è un dato dimostrativo, inventato.",
    Codice.DATO_PROVVISORIO: "Il risultato è provvisorio.",
    Codice.BASE: "Valore di partenza{anno}: {valore}.",
    Codice.RIFERIMENTO: "Valore di riferimento: {valore} ({fonte}).",
    Codice.PERIODI_SOMMA: "Somma dei {parti}: {addendi} = {valore}{mancano}.",
    Codice.PERIODI_MEDIA: "Media dei {parti}: ({addendi}) / {quanti} = {valore}{mancano}.",
    Codice.PERIODI_MEDIA_MESI: (
        "Media dei {parti}, pesata sui mesi: ({addendi}) / {quanti} = {valore}{mancano}."
    ),
    Codice.PERIODI_RAPPORTO: (
        "Rapporto delle somme dei {parti}: numeratori {numeratori} = {numeratore}, "
        "denominatori {denominatori} = {denominatore}{mancano}."
    ),
    Codice.PERIODI_ULTIMO: "Vale l’ultimo dei {parti}, {parte}{mancano}.",
    Codice.PERIODI_CUMULO: (
        "I risultati sono cumulati da inizio anno: vale quello a fine {mese}{mancano}."
    ),
    Codice.PERIODI_SCORPORO: (
        "I risultati sono cumulati da inizio anno: a fine {mese} {dopo}, meno {prima} a fine "
        "{mese_prima}, fa {valore}{mancano}."
    ),
    Codice.PERIODI_SCORPORO_RAPPORTO: (
        "I risultati sono cumulati da inizio anno: fra fine {mese_prima} e fine {mese} il "
        "numeratore cresce di {numeratore}, il denominatore di {denominatore}{mancano}."
    ),
    Codice.PERIODI_INCOMPLETI: (
        "È coperto il {copertura} % del periodo: le regole fanno giudicare con ciò che c’è."
    ),
    Codice.PERIODI_INCOMPLETI_FERMI: (
        "È coperto il {copertura} % del periodo: per le regole un risultato incompleto manca."
    ),
    Codice.PERIODO_ESCLUSO: "Risultato {dove}: escluso dal conto ({motivo}).",
    Codice.PERIODO_PIU_LUNGO: (
        "Per {periodo} non c’è un risultato: c’è solo quello {lungo}, che non si divide."
    ),
    Codice.TARGET_EREDITATO: "Per {periodo} non c’è un target: vale quello {lungo}.",
    Codice.METODO: "Metodo: {metodo}.",
    Codice.VERSO_DISCORDE: (
        "Attenzione: l’indicatore è {indicatore} ma il target è scritto con «{target}»; "
        "vale il target."
    ),
    Codice.CONFRONTO: "Confronto {a} {comparatore} {t}: {raggiunto}.",
    Codice.RAPPORTO_CRESCENTE: "100 × {a} / {t} = {punti}.",
    Codice.RAPPORTO_IPERBOLICO: "100 × {t} / {a} = {punti}.",
    Codice.RAPPORTO_SPECULARE: "100 × (2 × {t} − {a}) / {t} = {punti}.",
    Codice.RAPPORTO_NON_DEFINITO: (
        "Con il target {t} un rapporto non ha senso: si guarda solo se il target è raggiunto."
    ),
    Codice.RISULTATO_ZERO: (
        "Il risultato {a} è migliore di qualunque rapporto con il target: {punti}."
    ),
    Codice.MINIMO_PARZIALE: (
        "Il target è mancato e {punti} è sotto il minimo {minimo} per un raggiungimento "
        "parziale: 0."
    ),
    Codice.TARGET_MANCATO: "Il target è mancato: al massimo {limite} (il calcolo darebbe {punti}).",
    Codice.INTERPOLAZIONE: "100 × ({a} − {b}) / ({t} − {b}) = {punti}.",
    Codice.INTERPOLAZIONE_NON_DEFINITA: (
        "Il target {t} non è migliore della partenza {b}: si guarda solo se è raggiunto."
    ),
    Codice.FASCIA: "{x} cade nella fascia {da} – {a}: {punti} punti.",
    Codice.FASCIA_LINEARE: "{x} cade nella fascia {da} – {a}, in proporzione: {punti} punti.",
    Codice.INTERVALLO_DENTRO: "{a} è fra {minimo} e {massimo}: 100.",
    Codice.INTERVALLO_FUORI: (
        "{a} dista {distanza} dal limite {limite}, tolleranza {ampiezza}: {punti}."
    ),
    Codice.UGUAGLIANZA: "{a} dista {scarto} da {t}, scarto ammesso {ammesso}: {punti}.",
    Codice.SCOSTAMENTO: "Fatto il {fatto}, scadenza {entro}: giorni di ritardo {giorni}.",
    Codice.AVANZAMENTO: "Il punteggio è l’avanzamento: {punti}.",
    Codice.AVANZAMENTO_A_PASSI: (
        "Passi completati {completati} su {passi}: 100 × {somma} / {totale} = {punti}."
    ),
    Codice.TENDENZA: "{a} − {b} = {differenza}, verso richiesto {verso}: {punti}.",
    Codice.TENDENZA_ALLA_PARTENZA: (
        "{a} − {b} = 0: il valore è ancora quello di partenza, il miglioramento chiesto non "
        "c’è ancora: 0."
    ),
    Codice.TENDENZA_QUANTIFICATA: "Da {b}, una variazione di {quanto} porta a {t}.",
    Codice.MANTENIMENTO: (
        "Mantenimento: {a} rispetto a {b}, peggioramento ammesso {ammesso}: {punti}."
    ),
    Codice.QUOTA_DI_CASI: "Casi entro il limite{limite}: {quota} %, richiesti {richiesta} %.",
    Codice.SI_NO: "Risposta {fatto}, attesa {atteso}: {punti}.",
    Codice.MOLTIPLICATORE: "Raggiungimento parziale: {da} × {fattore} / 100 = {punti}.",
    Codice.RECUPERO: (
        "Cause esterne ({motivo}), recupero del {quota} %: "
        "{da} + (100 − {da}) × {quota} / 100 = {punti}."
    ),
    Codice.RECUPERO_LIMITATO: (
        "Il recupero chiesto, {chiesta} %, supera quello ammesso dalle regole: {massimo} %."
    ),
    Codice.RECUPERO_SENZA_EFFETTO: (
        "Il recupero per cause esterne non cambia il punteggio: {punti}."
    ),
    Codice.PAVIMENTO: "{punti} è sotto il pavimento: {limite}.",
    Codice.TETTO: "{punti} supera il tetto: {limite}.",
    Codice.ARROTONDATO: "Arrotondamento ({modo}): da {da} a {a}.",
    Codice.PARTE: "{nome}: {punti}.",
    Codice.PARTI_MEDIA: "Media delle parti: {somma} / {quanti} = {punti}.",
    Codice.PARTI_ULTIMA: "Vale l’ultima parte valutata, {nome}: {punti}.",
    Codice.NON_VALUTATO_ESCLUSO: "{nome}: senza punteggio ({motivo}); resta fuori dal conto.",
    Codice.NON_VALUTATO_ZERO: "{nome}: senza punteggio ({motivo}); le regole lo contano 0.",
    Codice.NON_VALUTATO_BLOCCA: (
        "{nome}: senza punteggio ({motivo}); le regole fermano il calcolo finché manca."
    ),
    Codice.ESCLUSO: "{nome}: escluso dalla valutazione ({motivo}).",
    Codice.PESI_UGUALI: "Il piano non indica pesi: {quanti} elementi di uguale peso.",
    Codice.PESI_PARZIALI: (
        "I pesi scritti sommano a {somma}; i {senza} elementi senza peso ricevono {resto} ciascuno."
    ),
    Codice.PESI_NON_CENTO: "Attenzione: i pesi sommano a {somma}, non a 100.",
    Codice.CONTRIBUTO: "{nome}: punteggio {punti}, peso {peso} ({quota} % del conto).",
    Codice.MEDIA_PESATA: "Media pesata: {somma} / {pesi} = {punti}.",
    Codice.MEDIA_PESI_MANTENUTI: "Somma pesata su 100, pesi come scritti: {somma} / 100 = {punti}.",
    Codice.MEDIA_SEMPLICE: "Media semplice: {somma} / {quanti} = {punti}.",
    Codice.SOMMA_PUNTI: "Punti {presi} su {massimo}: {punti}.",
    Codice.TUTTO_O_NIENTE: "Raggiunti {raggiunti} su {quanti}, servono tutti: {punti}.",
    Codice.QUOTA_RAGGIUNTI: "Raggiunti {raggiunti} su {quanti}: {punti}.",
    Codice.QUOTA_PESATA: "Peso dei raggiunti {presi} su {pesi}: {punti}.",
    Codice.CONTEGGIO: "Raggiunti {raggiunti} su {quanti}: le regole danno {punti} punti.",
    Codice.MINIMO: "Vale il punteggio più basso, {nome}: {punti}.",
    Codice.FASCIA_DEL_LIVELLO: "{da} cade nella fascia {inizio} – {fine} del livello: {punti}.",
    Codice.SUPERIORE_MIGLIORE: (
        "Vale il punteggio di «{nome}», {punti}, migliore di quello proprio, {da}."
    ),
    Codice.SUPERIORE_NON_MIGLIORE: (
        "Vale il punteggio proprio, {punti}: quello di «{nome}», {suo}, non è migliore."
    ),
    Codice.SUPERIORE_SENZA_PUNTEGGIO: "«{nome}» non ha un punteggio: vale quello proprio.",
    Codice.PREREQUISITO: "Prerequisito «{nome}»: punteggio {punti}.",
    Codice.PREREQUISITO_SENZA_REGOLA: (
        "Prerequisito «{nome}»: non entra nel conto, e le regole non gli danno altri effetti."
    ),
    Codice.CONDIZIONI_MEDIA: "Media delle condizioni: {somma} / {pesi} = {punti}.",
    Codice.CANCELLO_SUPERATO: "{nome}: {x}, almeno {soglia} come richiesto.",
    Codice.CANCELLO_AZZERA: (
        "{nome}: {x}, sotto i {soglia} punti richiesti: il punteggio, {da}, diventa 0."
    ),
    Codice.CANCELLO_LIMITA: (
        "{nome}: {x}, sotto i {soglia} punti richiesti: il punteggio è al massimo {limite} "
        "(era {da}, diventa {punti})."
    ),
    Codice.CANCELLO_SBARRA: (
        "{nome}: {x}, sotto i {soglia} punti richiesti: niente punteggio (sarebbe {da})."
    ),
    Codice.CANCELLO_FATTORE: "{nome}: {x}, fattore {fattore} %: {da} × {fattore} / 100 = {punti}.",
    Codice.PRO_RATA_PESO: "{nome}: {mesi} mesi su 12, il peso da {da} diventa {peso}.",
    Codice.PRO_RATA_PUNTEGGIO: "In proporzione ai mesi: {da} × {mesi} / 12 = {punti}.",
    Codice.CLASSE_PIENA: (
        "Con {punti} punti la classe sarebbe {spettava}, ma i posti sono finiti: si scende."
    ),
    Codice.PREMIO_PRO_RATA: "Premio in proporzione ai mesi: {da} × {mesi} / 12 = {quota} %.",
    Codice.CLASSE: "Classe finale: {etichetta} (da {da} punti){premio}.",
    Codice.COPERTURA: "Copertura: {copertura} % del peso dovuto è stato valutato.",
    Codice.AGGREGATO_DIMOSTRATIVO: "Comprende dati dimostrativi, inventati.",
    Codice.PUNTEGGIO: "Punteggio: {punti}.",
    Codice.NON_CALCOLABILE: "Punteggio non calcolabile: {motivo}.",
    Codice.FUORI: "Escluso dalla valutazione: {motivo}.",
}

_ETICHETTE = {
    "scostamento_data": "scostamento di data",
    "si_no": "sì/no",
    "meta_su": "la metà sale",
    "meta_giu": "la metà scende",
    "meta_pari": "la metà al pari",
}
_COMPARATORI = {">=": "≥", "<=": "≤"}
_APERTURA = (Codice.EDIZIONE, Codice.TARGET, Codice.LETTURA_DA_CONFERMARE)
_DATE = frozenset({"data", "fatto", "entro"})
_CON_UNITA = frozenset({"valore", "quanto"})
_PUNTEGGI = frozenset({Codice.PUNTEGGIO, Codice.PARTE, Codice.CONTRIBUTO, Codice.PREREQUISITO})
_CON_LIMITI = frozenset({Codice.FASCIA, Codice.FASCIA_LINEARE, Codice.FASCIA_DEL_LIVELLO})


def frase(uno: Passo) -> str:
    """One step as an Italian sentence."""
    valori = {chiave: _in_testo(uno, chiave, dato) for chiave, dato in uno.valori}
    return FRASI[uno.codice].format_map(valori)


def frasi(passi: Sequence[Passo]) -> list[str]:
    """Steps as sentences, in their order."""
    return [frase(uno) for uno in passi]


def spiega(cosa: Giudizio | Parziale | Aggregato) -> list[str]:
    """The whole explanation; rules and target first, then each part with its name, then the end."""
    apertura = [uno for uno in cosa.passi if uno.codice in _APERTURA]
    resto = [uno for uno in cosa.passi if uno.codice not in _APERTURA]
    return [*frasi(apertura), *_delle_parti(cosa), *frasi(resto)]


def come_dati(cosa: Giudizio | Parziale | Aggregato) -> dict[str, Any]:
    """The explanation as plain JSON data; numbers as exact text.

    ``{stato, punteggio, mostrato, motivo, copertura, dimostrativo, passi: [{codice, valori,
    frase}], parti: [...]}``; an aggregate has ``contributi`` with the weights, and ``classe``.
    """
    dati: dict[str, Any] = {
        **_punteggio(cosa.punteggio),
        "copertura": cifre_esatte(cosa.copertura),
        "dimostrativo": cosa.dimostrativo,
        "passi": [_passo(uno) for uno in cosa.passi],
    }
    if isinstance(cosa, Aggregato):
        return dati | {
            "somma_pesi": None if cosa.somma_pesi is None else cifre_esatte(cosa.somma_pesi),
            "contributi": [_contributo(voce) for voce in cosa.contributi],
            "classe": None if cosa.classe is None else cosa.classe.etichetta,
        }
    return dati | {"parti": [{"nome": una.nome} | come_dati(una) for una in cosa.parziali]}


def spiega_giudizio(giudizio: Giudizio) -> dict[str, Any]:
    """The explanation of an indicator: ``come_dati`` with its name, period and sentences."""
    return {
        "codice": giudizio.codice,
        "nome": giudizio.nome,
        "livello": "indicatore",
        "periodo": str(giudizio.periodo),
        "edizione": giudizio.edizione,
        **come_dati(giudizio),
        "frasi": spiega(giudizio),
    }


def spiega_aggregato(aggregato: Aggregato) -> dict[str, Any]:
    """The explanation of an objective, an area or a plan, with the weights of its children."""
    return {
        "codice": aggregato.codice,
        "nome": aggregato.nome,
        "livello": aggregato.livello.value,
        **come_dati(aggregato),
        "frasi": spiega(aggregato),
    }


def cifre_esatte(valore: Decimal) -> str:
    """A Decimal as text, no idle zeros (``100``, ``87.5``); scientific only when enormous."""
    if not valore:
        return "0"
    testo = format(valore, "f") if -40 < valore.adjusted() < 40 else str(valore)
    return testo.rstrip("0").rstrip(".") if "." in testo and "E" not in testo else testo


def _delle_parti(cosa: Giudizio | Parziale | Aggregato) -> list[str]:
    if isinstance(cosa, Aggregato):
        return []
    return [f"{parte.nome} · {riga}" for parte in cosa.parziali for riga in spiega(parte)]


def _in_testo(uno: Passo, chiave: str, dato: Dato) -> str:
    if isinstance(dato, bool):
        return _booleano(chiave, dato)
    if isinstance(dato, Decimal):
        return _cifra(uno, chiave, dato)
    return _parola(uno.codice, chiave, dato)


def _booleano(chiave: str, dato: bool) -> str:
    if chiave == "raggiunto":
        return "raggiunto" if dato else "non raggiunto"
    return "sì" if dato else "no"


def _cifra(uno: Passo, chiave: str, dato: Decimal) -> str:
    if chiave == "punti" and uno.codice in _PUNTEGGI:
        return mostra(dato)
    if uno.codice is Codice.QUOTA_DI_CASI and chiave == "limite":
        return f" ({con_unita(dato, str(uno['unita']))})"
    if chiave == "premio":
        return f", premio {numero(dato)} %"
    if chiave in _CON_UNITA and "unita" in dict(uno.valori):
        return con_unita(dato, str(uno["unita"]))
    return numero(dato)


def _parola(codice: Codice, chiave: str, dato: str) -> str:
    if chiave in _DATE:
        return data_italiana(dato)
    if codice is Codice.RISULTATO_MANCANTE and chiave == "dettaglio":
        return f" («{dato}»)" if dato else ""
    if codice is Codice.BASE and chiave == "anno":
        return f" {dato}" if dato else ""
    if codice in _CON_LIMITI and not dato:
        return "…"
    if chiave == "comparatore" or codice is Codice.VERSO_DISCORDE:
        return _COMPARATORI.get(dato, dato)
    if chiave in ("metodo", "modo"):
        return _ETICHETTE.get(dato, dato)
    return dato.removesuffix(".") if chiave == "motivo" else dato


def _passo(uno: Passo) -> dict[str, Any]:
    valori = {
        chiave: cifre_esatte(dato) if isinstance(dato, Decimal) else dato
        for chiave, dato in uno.valori
    }
    return {"codice": uno.codice.value, "valori": valori, "frase": frase(uno)}


def _punteggio(punteggio: Punteggio) -> dict[str, Any]:
    valore = valore_di(punteggio)
    return {
        "stato": punteggio.stato,
        "punteggio": None if valore is None else cifre_esatte(valore),
        "mostrato": mostra(punteggio),
        "motivo": motivo_di(punteggio),
    }


def _contributo(voce: Contributo) -> dict[str, Any]:
    return {
        "codice": voce.codice,
        "nome": voce.nome,
        **_punteggio(voce.punteggio),
        "peso": cifre_esatte(voce.peso),
        "contato": None if voce.contato is None else cifre_esatte(voce.contato),
        "quota": cifre_esatte(voce.quota),
    }
