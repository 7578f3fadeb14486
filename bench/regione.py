# SPDX-License-Identifier: AGPL-3.0-or-later
"""An invented region: aziende, plans, targets of every kind and their results, for the benches.

The same seed makes the same region, but for the keys. People, bodies and figures are nobody's.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ORDINARIA, TUTTE
from obiettivi.models import (
    AreaStrategica,
    EdizioneSMVP,
    Indicatore,
    Misura,
    Obiettivo,
    Rilevazione,
    Target,
    ValoreRiferimento,
)
from piani.models import Azienda, Piano

from .bersagli import PERIODI, UNO, Bersaglio, Genere, italiano, lettura, mazzo
from .copia import Copia
from .risultati import Cifra, cifra, decimale

AZIENDE = 40
AREE = 11
PER_OBIETTIVO = 8
BASI = 0.05
RIFERIMENTI = 0.9
SOSTITUITE = 0.01
"""Results that replaced another one, which stays in the table."""

Aggregazione = Indicatore.Aggregazione
Cumulo = Indicatore.Cumulo
CAMPI = {
    Azienda: ("codice", "tipo", "nome"),
    EdizioneSMVP: ("azienda_id", "anno", "nome", "parametri"),
    Piano: ("azienda_id", "slug", "titolo", "anno_inizio", "anno_fine", "stato"),
    AreaStrategica: ("piano_id", "codice", "tipo", "ordine", "nome", "peso"),
    Obiettivo: ("area_id", "codice", "ordine", "titolo", "peso", "prerequisito"),
    Indicatore: (
        "azienda_id", "codice", "nome", "tipo_formula", "unita", "verso", "frequenza",
        "aggregazione", "cumulo",
    ),
    Misura: (
        "obiettivo_id", "indicatore_id", "ordine", "peso", "base_anno", "base_stampata",
        "base_lettura",
    ),
    Target: ("misura_id", "anno", "stampato", "lettura"),
    Rilevazione: (
        "indicatore_id", "anno", "frazione", "sede", "creata_il", "sostituita_il", "origine",
        "stato", "valore", "numeratore", "denominatore", "avanzamento", "testo",
    ),
    ValoreRiferimento: ("indicatore_id", "anno", "valore", "fonte"),
}  # fmt: skip


@dataclass
class Regione:
    """What was generated: the keys of aziende and plans, the rows by table."""

    anno: int
    aziende: list[int] = field(default_factory=list)
    piani: list[int] = field(default_factory=list)
    indicatori: dict[int, int] = field(default_factory=dict)
    righe: dict[str, int] = field(default_factory=dict)


def genera(
    piani: int,
    indicatori: int,
    *,
    aziende: Sequence[int] = (),
    anno: int = 2024,
    anni: int = 1,
    seme: int = 1,
    uguali: bool = False,
) -> Regione:
    """Write a region: plans of ``indicatori`` each (``uguali``), or as many in the mean.

    Each plan is of a new azienda until the region has forty, with the ``aziende`` that are in the
    tables already; then the aziende have a plan more each, in turn.
    Every indicator has a target a year and four quarterly results, for the ``anni`` years that
    end with ``anno``; the sizes of plans go from an eighth of the mean to more than its double.
    """
    caso = Random(seme)  # noqa: S311 -- figures for a bench, nothing to protect
    copia, regione = Copia(CAMPI), Regione(anno, [*aziende])
    misure = _grandezze(piani, indicatori, caso, uguali=uguali)
    quali, carte = range(anno - anni + 1, anno + 1), _carte(caso)
    for numero, quanti in enumerate(misure):
        if len(regione.aziende) < AZIENDE:
            regione.aziende.append(_azienda(copia, len(regione.aziende), quali))
            azienda = regione.aziende[-1]
        else:
            azienda = regione.aziende[numero % AZIENDE]
        piano = _Piano(copia, azienda, quali, carte, caso).scrivi(quanti)
        regione.piani.append(piano)
        regione.indicatori[piano] = quanti
        if copia.piena:
            copia.scrivi()
    copia.scrivi()
    regione.righe = {modello.__name__: quante for modello, quante in copia.quante.items()}
    return regione


def _carte(caso: Random) -> Iterator[Genere]:
    """One deck after the other."""
    while True:
        yield from mazzo(caso)


def _grandezze(quanti: int, media: int, caso: Random, *, uguali: bool) -> Iterator[int]:
    """The number of indicators of each plan: the total is always ``quanti`` times the mean."""
    if uguali:
        return iter([media] * quanti)
    pesate, totale = [caso.triangular(0.12, 2.4, 0.48) for _ in range(quanti)], media * quanti
    grandezze = [int(totale * una / sum(pesate)) for una in pesate]
    for posto in range(totale - sum(grandezze)):
        grandezze[posto] += 1
    return iter(grandezze)


def _azienda(copia: Copia, numero: int, anni: range) -> int:
    chiave = copia.prossima(Azienda)
    copia.aggiungi(Azienda, f"bench-{chiave}", "ASST", f"ASST inventata {chiave}")
    edizione = _edizione(numero)
    for anno in anni:
        parametri = json.dumps(come_dati(edizione))
        copia.aggiungi(EdizioneSMVP, chiave, anno, edizione.nome, parametri)
    return chiave


def _edizione(numero: int) -> Edizione:
    """The ordinary rules for seven aziende out of ten; the others take the ready-made in turn."""
    decina, unita = divmod(numero, 10)
    if unita < 7:
        return ORDINARIA
    altre = list(TUTTE.values())
    return altre[(decina * 3 + unita - 7) % len(altre)]


class _Piano:
    """A plan while it is written: where, for which years, from which deck of kinds."""

    def __init__(
        self, copia: Copia, azienda: int, anni: range, carte: Iterator[Genere], caso: Random
    ) -> None:
        self.copia, self.azienda, self.anni = copia, azienda, anni
        self.carte, self.caso = carte, caso

    def scrivi(self, indicatori: int) -> int:
        chiave = self.copia.prossima(Piano)
        titolo = f"Piano inventato {chiave}"
        anni = self.anni[0], self.anni[-1] + 2
        self.copia.aggiungi(
            Piano, self.azienda, f"bench-{chiave}", titolo, *anni, Piano.Stato.ADOTTATO
        )
        per_obiettivo = _spartisci(indicatori, PER_OBIETTIVO, self.caso)
        aree = min(AREE, len(per_obiettivo))
        per_area = [per_obiettivo[n::aree] for n in range(aree)]
        for ordine, (peso, obiettivi) in enumerate(
            zip(pesi(aree, self.caso), per_area, strict=True), start=1
        ):
            ultima = ordine == AREE
            tipo = AreaStrategica.Tipo.LINEA if ultima else AreaStrategica.Tipo.AREA
            area = self.copia.aggiungi(
                AreaStrategica, chiave, f"A{ordine}", tipo, ordine, f"Area {ordine}", peso
            )
            self._obiettivi(area, obiettivi)
        return chiave

    def _obiettivi(self, area: int, per_obiettivo: list[int]) -> None:
        for ordine, (peso, quante) in enumerate(
            zip(pesi(len(per_obiettivo), self.caso), per_obiettivo, strict=True), start=1
        ):
            prerequisito = self.caso.random() < 0.03
            titolo = f"Obiettivo inventato {ordine}"
            obiettivo = self.copia.aggiungi(
                Obiettivo, area, f"{area}.{ordine}", ordine, titolo, peso, prerequisito
            )
            for posto, peso_misura in enumerate(pesi(quante, self.caso), start=1):
                self._misura(obiettivo, posto, peso_misura)

    def _misura(self, obiettivo: int, ordine: int, peso: str | None) -> None:
        genere = next(self.carte)
        bersaglio = genere.stampa(self.caso)
        indicatore = self._indicatore(genere)
        base = self._base(genere, bersaglio)
        misura = self.copia.aggiungi(Misura, obiettivo, indicatore, ordine, peso, *base)
        for anno in self.anni:
            self.copia.aggiungi(Target, misura, anno, bersaglio.testo, lettura(bersaglio.testo))
            self._rilevazioni(indicatore, genere, bersaglio, anno)
            if genere.nome.startswith("riferimento") and self.caso.random() < RIFERIMENTI:
                medio = decimale(bersaglio.mira + self.caso.randrange(-UNO, UNO))
                self.copia.aggiungi(ValoreRiferimento, indicatore, anno, medio, "Inventata")

    def _indicatore(self, genere: Genere) -> int:
        chiave = self.copia.prossima(Indicatore)
        nome = f"{genere.nome.capitalize()} {chiave}"
        tempo = _tempo(genere, self.caso)
        trimestrale = Indicatore.Frequenza.TRIMESTRALE
        return self.copia.aggiungi(
            Indicatore, self.azienda, f"I{chiave}", nome, genere.formula, genere.unita,
            genere.verso, trimestrale, *tempo,
        )  # fmt: skip

    def _base(self, genere: Genere, bersaglio: Bersaglio) -> tuple[int | None, str, str | None]:
        senza = self.caso.random() >= (RIFERIMENTI if genere.base else BASI)
        if senza or not bersaglio.mira:
            return None, "", None
        unita = {"n": "", "": ""}.get(genere.unita, f" {genere.unita}")
        partenza = bersaglio.mira * self.caso.choice((75, 90, 100, 110)) // 100
        testo = italiano(partenza // (UNO // 2) * (UNO // 2))
        return self.anni[0] - 1, testo + unita, lettura(testo + unita)

    def _rilevazioni(
        self, indicatore: int, genere: Genere, bersaglio: Bersaglio, anno: int
    ) -> None:
        for numero, frazione in enumerate(PERIODI, start=1):
            quando = datetime(anno, 3 * numero, 28, tzinfo=UTC) + timedelta(days=20)
            for sede in genere.sedi:
                dove = (indicatore, anno, frazione, sede)
                nuova = cifra(genere, bersaglio.mira, self.caso)
                if self.caso.random() < SOSTITUITE:
                    vecchia = cifra(genere, bersaglio.mira, self.caso)
                    self._rilevazione(dove, quando - timedelta(days=9), quando, vecchia)
                self._rilevazione(dove, quando, None, nuova)

    def _rilevazione(
        self, dove: tuple[int, int, str, str], da: datetime, a: datetime | None, valori: Cifra
    ) -> None:
        self.copia.aggiungi(Rilevazione, *dove, da, a, "Flusso inventato", *valori)


def _tempo(genere: Genere, caso: Random) -> tuple[str, str]:
    """How the quarters make a longer period: mostly the last one counts."""
    dadi = caso.random()
    if genere.nome == "quante" and dadi < 0.6:
        cumuli = (Cumulo.NESSUNO, Cumulo.DA_INIZIO_ANNO, Cumulo.DA_SCORPORARE)
        return Aggregazione.SOMMA, caso.choice(cumuli)
    if genere.formula == Indicatore.Formula.RAPPORTO and dadi < 0.08:
        return Aggregazione.RAPPORTO, Cumulo.NESSUNO
    if genere.formula == Indicatore.Formula.DIRETTO and dadi < 0.06:
        return Aggregazione.MEDIA, Cumulo.NESSUNO
    return Aggregazione.ULTIMO, Cumulo.NESSUNO


def _spartisci(quanti: int, media: int, caso: Random) -> list[int]:
    """Groups that make ``quanti``, each from half the mean to one and a half."""
    gruppi = []
    while quanti > 0:
        gruppi.append(min(quanti, caso.randrange(media // 2, media + media // 2 + 1)))
        quanti -= gruppi[-1]
    return gruppi


def pesi(quanti: int, caso: Random) -> list[str | None]:
    """Weights of brothers: that make 100, none at all, or (one group in ten) that make less."""
    dadi = caso.random()
    if dadi < 0.35 or not quanti:
        return [None] * quanti
    totale = 9_500 if dadi < 0.45 else 10_000
    parti = [caso.randrange(1, 20) for _ in range(quanti)]
    centesimi = [totale * parte // sum(parti) for parte in parti]
    centesimi[-1] += totale - sum(centesimi)
    return [f"{uno // 100}.{uno % 100:02}" for uno in centesimi]
