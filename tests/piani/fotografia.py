# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small photograph made by hand, with everything that is hard to print."""

from decimal import Decimal
from typing import Any

Dati = dict[str, Any]
LUNGO = (
    "Tempo che passa fra la data della lettura in laboratorio e la data di invio dell’esito "
    "negativo alla persona, esclusi i referti che richiedono un percorso diverso e quelli resi "
    "in un periodo di sospensione del servizio"
)


def punteggio(
    stato: str = "calcolato",
    valore: str | None = None,
    *,
    copertura: str | None = None,
    motivo: str = "",
    dimostrativo: bool = False,
) -> Dati:
    """An R of the photograph, for 2022."""
    return {
        "periodo": "2022",
        "stato": stato,
        "punteggio": Decimal(valore) if valore else None,
        "mostrato": valore.replace(".", ",") if valore else "",
        "copertura": Decimal(copertura) if copertura else None,
        "motivo": motivo,
        "dimostrativo": dimostrativo,
    }


def lettura(testo: str, certezza: str = "alta", motivo: str = "") -> Dati:
    """A reading: a threshold when it is certain, a goal in words otherwise."""
    confronto = {
        "comparatore": ">=",
        "valore": Decimal("95.0"),
        "valore_max": None,
        "unita": "%",
        "periodo": "",
        "sede": "",
        "quota": None,
        "data": "",
        "riferimento": "",
    }
    certa = certezza == "alta"
    return {
        "testo": testo,
        "tipo": "soglia" if certa else "traguardo",
        "letture": [confronto] if certa else [],
        "verso": "crescente" if certa else None,
        "certezza": certezza,
        "motivo": motivo,
        "passi": [],
    }


def indicatore(numero: int, target: dict[str, Dati], **altro: Any) -> Dati:
    """An indicator with its targets by year; ``altro`` replaces any of the other keys."""
    letti = [
        {"periodo": anno, "stampato": voce["testo"], "lettura": voce}
        for anno, voce in target.items()
    ]
    return {
        "codice": f"PR-{numero:02d}",
        "nome": f"Indicatore numero {numero}",
        "formula": "",
        "unita": "%",
        "verso": "crescente",
        "fonte": "",
        "base": {"stampato": "", "anno": None, "lettura": None},
        "target": letti,
        "risultati": [],
        "raggiungimento": {"partenza": None, "consuntivo": None},
        "nota": "",
        "riga_fonte": f"{numero}",
    } | altro


def obiettivo(codice: str, nome: str, indicatori: list[Dati], **altro: Any) -> Dati:
    """An objective with its indicators."""
    return {
        "codice": codice,
        "nome": nome,
        "descrizione": "",
        "peso": None,
        "responsabile": "",
        "nota": "",
        "raggiungimento": {"partenza": None, "consuntivo": None},
        "indicatori": indicatori,
    } | altro


def _prima_area() -> Dati:
    certo, dubbio = lettura("≥ 95%"), lettura("Mantenimento", "media", "Manca il valore di base.")
    risultato = {
        "periodo": "2022",
        "sede": "",
        "stato": "numero",
        "stampato": "96,5%",
        "nota": "",
        "valore": Decimal("96.50"),
        "numeratore": None,
        "denominatore": None,
        "avanzamento": None,
        "dimostrativo": True,
        "provvisorio": False,
    }
    misurato = indicatore(
        1,
        {"2022": certo, "2023": lettura("≥95 %"), "2024": dubbio},
        nome=LUNGO,
        base={"stampato": "- 1,5 %", "anno": 2021, "lettura": None},
        risultati=[risultato],
        raggiungimento={
            "partenza": punteggio("non_calcolabile", motivo="Il valore di base è negativo."),
            "consuntivo": punteggio(valore="99.99", dimostrativo=True),
        },
        nota="Etichetta unita su due righe.",
    )
    senza = indicatore(
        2,
        {"2022": lettura("=SOMMA(A1) <b>100%</b>", "bassa", "Non si capisce.")},
        risultati=[risultato | {"stato": "mancante", "stampato": "mancante", "valore": None}],
        raggiungimento={
            "partenza": None,
            "consuntivo": punteggio(
                "non_calcolabile", motivo="Manca il risultato.", dimostrativo=True
            ),
        },
    )
    return {
        "codice": "A1",
        "nome": "Qualità & sicurezza",
        "descrizione": "Cure sicure, nei tempi giusti.",
        "peso": Decimal("60"),
        "nota": "",
        "riga_fonte": "1-2",
        "raggiungimento": {
            "partenza": punteggio("non_calcolabile", motivo="Nessun indicatore valutato."),
            "consuntivo": punteggio(valore="99.99", copertura="99.6", dimostrativo=True),
        },
        "obiettivi": [
            obiettivo("O-01", "Esiti negli screening", [misurato, senza], peso=Decimal("12.5"))
        ],
    }


def _seconda_area() -> Dati:
    """An objective whose rows do not fit a page: its merged cell must be cut."""
    righe = [
        indicatore(n, {"2022": lettura(f"≥ {n}%")}, nome=f"{LUNGO} (voce {n})")
        for n in range(3, 33)
    ]
    return {
        "codice": "A2",
        "nome": "Tempi di attesa",
        "descrizione": "",
        "peso": Decimal("40"),
        "nota": "",
        "riga_fonte": "3-4",
        "raggiungimento": {"partenza": None, "consuntivo": None},
        "obiettivi": [obiettivo("O-02", "Rispetto dei tempi massimi", righe)],
    }


def _quadri() -> list[Dati]:
    def cella(testo: str, valore: str | None) -> Dati:
        return {"stampato": testo, "valore": Decimal(valore) if valore else None}

    def riga(gruppo: str, nome: str, *celle: Dati, totale: bool = False) -> Dati:
        return {"gruppo": gruppo, "etichetta": nome, "totale": totale, "celle": list(celle)}

    ordinari, nove, tutti = cella("1.419", "1419"), cella("9", "9"), cella("1.425", "1425")
    comune = {
        "unita": "posti letto",
        "fonte": "Gestione operativa",
        "data": "2021-12-31",
        "riga_fonte": "5",
    }
    primo = comune | {
        "chiave": "tabella-1",
        "etichetta": "Tabella 1",
        "titolo": "Posti letto",
        "nota": "La cella vuota è vuota anche nella fonte.",
        "intestazione_righe": "Tipo di posto",
        "grafico": "barre_impilate",
        "grafico_colonne": ["Primo presidio", "Secondo presidio"],
        "colonne": ["Primo presidio", "Secondo presidio", "Totale"],
        "righe": [
            riga("Acuti", "Ordinari", ordinari, cella("", None), ordinari),
            riga("Acuti", "Diurni", cella("-3", "-3"), nove, cella("6", "6")),
            riga("Altri", "Totale", cella("1.416", "1416"), nove, tutti, totale=True),
        ],
    }
    ricoveri = [cella(f"{n}0,5", f"{n}0.5") for n in range(1, 9)]
    anni = [str(anno) for anno in range(2013, 2022)]
    secondo = comune | {
        "chiave": "andamento",
        "etichetta": "",
        "titolo": "Andamento dei ricoveri",
        "nota": "",
        "intestazione_righe": "",
        "grafico": "linea",
        "grafico_colonne": anni,
        "colonne": anni,
        "righe": [
            riga("", "Ricoveri", *ricoveri, cella("n.d.", None)),
        ],
    }
    return [primo, secondo]


def fotografia() -> Dati:
    """A new copy each time, so that a test may change it."""
    return {
        "schema": "albero/documento/1",
        "generatore": {"nome": "Albero", "versione": "0.1.0"},
        "versione": 1,
        "data": "2026-11-22",
        "lingua": "it",
        "licenza": "CC-BY-4.0",
        "azienda": {
            "codice": "asst-prova",
            "tipo": "ASST",
            "nome": "ASST di Prova",
            "sede": "Città di Prova",
            "vertice": "Direttore Generale",
            "dipendenti": 1205,
        },
        "piano": {
            "slug": "asst-prova-performance-2022-2024",
            "tipo": "performance",
            "tipo_etichetta": "Piano della performance",
            "titolo": "Piano della performance 2022-2024",
            "anno_inizio": 2022,
            "anno_fine": 2024,
            "stato": "adottato",
            "stato_etichetta": "Adottato",
            "atto": {"tipo": "decreto", "numero": "", "data": "", "organo": "Direttore Generale"},
            "pareri": [
                {"ruolo": "DS", "ruolo_etichetta": "Direttore Sanitario", "esito": "favorevole"}
            ],
            "validazione": None,
            "nota": "",
            "raggiungimento": {
                "partenza": punteggio("non_calcolabile", motivo="Nessuna area valutata."),
                "consuntivo": punteggio(valore="99.99", copertura="60", dimostrativo=True),
            },
            "dimostrativo": True,
        },
        "sezioni": [
            {"tipo": "presentazione", "titolo": "Presentazione", "html": "<p>Prima.</p>"},
            {
                "tipo": "missione",
                "titolo": "Missione",
                "html": '<p>Curare <a href="https://example.org/"><strong>tutti</strong> bene</a>. '
                "Sempre.</p><h3>Valori</h3><p>Equità.</p>",
            },
            {"tipo": "ignota", "titolo": "Altro ancora", "html": "<p>In fondo.</p>"},
        ],
        "aree": [_prima_area(), _seconda_area()],
        "progetti": [
            {
                "codice": "P-01",
                "linea": "Il nuovo ospedale",
                "linea_codice": "L1",
                "progetto": "Progettazione",
                "traguardi": [
                    {"anno": 2022, "stampato": "Avvio"},
                    {"anno": 2023, "stampato": "Prosecuzione"},
                ],
                "nota": "",
                "riga_fonte": "10-12",
            }
        ],
        "quadri": _quadri(),
        "quadrature": [
            {
                "dove": "Tabella 1, Totale",
                "stampato": "1.425",
                "calcolato": Decimal("1426"),
                "differenza": Decimal("-1"),
                "quadra": False,
                "nota": "",
                "riga_fonte": "20",
            },
            {
                "dove": "Tabella 1, Diurni",
                "stampato": "6",
                "calcolato": Decimal("6"),
                "differenza": Decimal("0"),
                "quadra": True,
                "nota": "",
                "riga_fonte": "21",
            },
        ],
        "fasi": [
            {"ordine": 1, "nome": "Budget", "descrizione": "", "scadenza": "Entro marzo"},
        ],
        "organigramma": {
            "nome": "Organizzazione",
            "valido_dal": "2021-08-02",
            "unita": [
                _unita("DG", "Direzione Generale", "direzione", 0, ""),
                _unita("DS", "Direzione Sanitaria", "direzione", 1, "DG"),
                _unita("CARD", "Cardiologia", "uoc", 2, "DS", cdr=True),
            ],
        },
    }


def _unita(
    codice: str, nome: str, tipo: str, livello: int, padre: str, *, cdr: bool = False
) -> Dati:
    return {
        "codice": codice,
        "nome": nome,
        "tipo": tipo,
        "tipo_etichetta": "UOC" if tipo == "uoc" else "Direzione",
        "livello": livello,
        "padre": padre,
        "cdr": cdr,
    }
