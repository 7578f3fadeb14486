# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ambiti with their municipalities and their answers; the projects of L.r. 28/2004."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from conciliazione.carica.riscontri import Quadrature
from conciliazione.models import (
    Ambito,
    Comune,
    EdizioneConciliazione,
    InterventoTempi,
    PianoDeiTempi,
    ProgettoTempi,
    RilevazioneTempi,
)
from piani.models import Azienda

Esito = RilevazioneTempi.Esito
ESITI = {
    "vigente": Esito.VIGENTE,
    "adottato_non_aggiornato": Esito.NON_AGGIORNATO,
    "non_adottato": Esito.NESSUNO,
    "negativo_parziale": Esito.IN_PARTE,
    "interventi_senza_piano": Esito.SENZA_PIANO,
    "non_pervenuto": Esito.NON_PERVENUTO,
}
BANDO = "5° bando, L.r. 28/2004"


def carica_ambiti(
    edizione: EdizioneConciliazione, dati: dict[str, Any], quadrature: Quadrature
) -> None:
    """ambiti.toml: the municipalities of each ambito, printed and listed, and what it answered."""
    ambiti = dati.get("ambiti", ())
    stampati = elencati = 0
    for ordine, uno in enumerate(ambiti, start=1):
        ambito, _nato = Ambito.objects.update_or_create(
            azienda=edizione.azienda, codice=uno["codice"],
            defaults={
                "nome": uno["nome_stampato"], "ordine": ordine, "riga_fonte": uno["righe"],
                "comuni_stampati": int(uno["numero_comuni"]["valore"]),
            },
        )  # fmt: skip
        comuni = {
            comune["nome"]: _comune(edizione.azienda, comune["nome"], ambito)
            for comune in uno["comuni"]
        }
        _risposta(edizione, ambito, uno, comuni)
        stampati += ambito.comuni_stampati or 0
        elencati += len(comuni)
        _conto_dei_comuni(ambito, uno, len(comuni), quadrature)
    if ambiti:
        senza = sum(1 for uno in ambiti if ESITI[uno["esito"]] == Esito.NON_PERVENUTO)
        quadrature.scrivi("comuni-stampati", Decimal(stampati))
        quadrature.scrivi("comuni-elencati", Decimal(elencati))
        quadrature.scrivi("ambiti-senza-risposta", Decimal(senza))


def _conto_dei_comuni(
    ambito: Ambito, uno: dict[str, Any], elencati: int, quadrature: Quadrature
) -> None:
    codice = f"comuni-{uno['codice']}"
    if codice in quadrature.righe:
        quadrature.scrivi(codice, Decimal(elencati))
        return
    quadrature.aggiungi(
        codice, dove=f"Capitolo 2, ambito {ambito}: numero di Comuni",
        stampato=uno["numero_comuni"]["stampato"], valore=Decimal(uno["numero_comuni"]["valore"]),
        calcolato=Decimal(elencati), unita="Comuni", riga=uno["riga_numero"],
        ordine=300 + ambito.ordine,
    )  # fmt: skip


def _comune(azienda: Azienda, nome: str, ambito: Ambito | None = None) -> Comune:
    comune, _nato = Comune.objects.get_or_create(azienda=azienda, nome=nome)
    if ambito is not None and comune.ambito_id != ambito.pk:
        comune.ambito = ambito
        comune.save(update_fields=["ambito"])
    return comune


def _risposta(
    edizione: EdizioneConciliazione, ambito: Ambito, uno: dict[str, Any], comuni: dict[str, Comune]
) -> None:
    """What the ambito answered, as printed; of a municipality, only if the answer names it."""
    esito = ESITI[uno["esito"]]
    riga, _nata = RilevazioneTempi.objects.update_or_create(
        edizione=edizione, ambito=ambito,
        defaults={
            "esito": esito, "testo": uno["riscontro_stampato"],
            "riga_fonte": str(uno["riga_riscontro"]),
        },
    )  # fmt: skip
    nominato = uno.get("comune_del_riscontro")
    if nominato:
        adottato = esito in (Esito.VIGENTE, Esito.NON_AGGIORNATO)
        PianoDeiTempi.objects.update_or_create(
            rilevazione=riga, comune=comuni[nominato],
            defaults={
                "adottato": adottato, "anno": uno.get("anno") if adottato else None,
                "vigente": esito == Esito.VIGENTE,
            },
        )  # fmt: skip


def carica_tempi(
    edizione: EdizioneConciliazione, dati: dict[str, Any], quadrature: Quadrature
) -> None:
    """tempi.toml: the projects and the actions of the fifth call, and the figures of the region."""
    azienda = edizione.azienda
    for uno in dati.get("progetti", ()):
        ProgettoTempi.objects.update_or_create(
            azienda=azienda, comune=_comune(azienda, uno["comune"]), titolo=uno["titolo"],
            defaults={
                "azioni": "\n".join(uno["azioni"]), "bando": BANDO, "riga_fonte": _righe(uno),
            },
        )  # fmt: skip
    for ordine, una in enumerate(dati.get("azioni_quinto_bando", ()), start=1):
        riga, _nata = InterventoTempi.objects.update_or_create(
            azienda=azienda, bando=BANDO, ordine=ordine,
            defaults={
                "priorita": una["ambito"], "descrizione": una["descrizione"],
                "riga_fonte": _righe(una),
            },
        )  # fmt: skip
        riga.comuni.set([_comune(azienda, nome) for nome in una["comuni"]])
    if dati:
        _conti_dei_tempi(azienda, dati, quadrature)


def _conti_dei_tempi(azienda: Azienda, dati: dict[str, Any], quadrature: Quadrature) -> None:
    cifre = {una["codice"]: Decimal(una["valore"]) for una in dati["cifre"]}
    per_classe = ("pto-capoluoghi", "pto-oltre-30", "pto-15-30", "pto-sotto-15")
    quadrature.scrivi("piani-orari-lombardia", sum((cifre[una] for una in per_classe), Decimal(0)))
    progetti = ProgettoTempi.objects.filter(azienda=azienda, bando=BANDO).count()
    quadrature.scrivi("progetti-quinto-bando", Decimal(progetti))
    elenchi = {uno["codice"]: uno["comuni"] for uno in dati["elenchi"]}
    quadrature.scrivi("piani-prima-2004", _quanti(elenchi["pto-prima-2004"]))
    quadrature.scrivi("ambiti-prioritari", _quanti(dati["ambiti_prioritari"]))


def _quanti(righe: Iterable[Any]) -> Decimal:
    return Decimal(len(list(righe)))


def _righe(riga: dict[str, Any]) -> str:
    return str(riga.get("righe") or riga["riga"])
