# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bulk run beside its rivals and beside the floor, on a base that grows."""

from statistics import median

from obiettivi.azioni.esecuzione import Resoconto
from obiettivi.models import Raggiungimento

from . import vivo
from .base import (
    ABBASTANZA,
    ANNO,
    CAMPIONE,
    FINESTRA,
    MEDIA,
    Base,
    Taglia,
    da_capo,
    dimentica,
    migliaia,
    ricalcola,
)
from .bersagli import PERIODI
from .esattezza import esattezza
from .giri import Cifra, Concorrente, Tabellone, a_giro, secondi, wal
from .rivali import Pavimento, in_blocco, riga_per_riga, svuota_punteggi

MEGA = 1024 * 1024


def calcolo(taglia: Taglia = MEDIA) -> list[Cifra]:
    """Every run of the bench; the figures that are worse than their mark by half."""
    tabellone = Tabellone()
    base = da_capo()
    base.cresci(1, CAMPIONE, uguali=True)
    base.cresci(1, FINESTRA, uguali=True)
    misure = vivo.Vivo(base, tabellone, taglia)
    al_risultato: list[float] = []
    confrontato = False
    for tappa, (piani, indicatori) in enumerate(taglia.tappe):
        base.cresci(piani, indicatori)
        print(f"\n  {base.pronta()}", flush=True)
        if not tappa:
            riga_contro_riga(base, tabellone, taglia)
        if base.risultati >= ABBASTANZA and not confrontato:
            blocco_contro_blocco(base, tabellone, taglia)
            esattezza(base, tabellone, taglia.giri)
            confrontato = True
        al_risultato.append(contro_pavimento(base, tabellone, taglia))
        misure.tappa()
    _crescita(tabellone, al_risultato)
    misure.alla_fine()
    if taglia.regione:
        _regione(tabellone, taglia)
    return tabellone.perse()


def _regione(tabellone: Tabellone, taglia: Taglia) -> None:
    """Forty aziende of 2 000 indicators, with the results of three years in the tables."""
    base = da_capo()
    base.cresci(40, 2000, uguali=True, anni=3)
    print(f"\n  Una regione: {base.pronta()}, altri due anni nelle tabelle", flush=True)
    contro_pavimento(base, tabellone, taglia)
    vivo.mappa(base, tabellone)


# --- beside the ORM -----------------------------------------------------------------------


def riga_contro_riga(base: Base, tabellone: Tabellone, taglia: Taglia) -> None:
    """The loop costs the same for each row: what it takes on a sample is scaled to the size."""
    uno, tanti = [base.campione], base.circa(10_000)
    frazioni = PERIODI[: taglia.frazioni_lente]
    misurati = CAMPIONE * len(frazioni)
    vie = [
        Concorrente("1 000 risultati", lambda: ricalcola(uno), lambda: dimentica(uno)),
        Concorrente("10 000 risultati", lambda: ricalcola(tanti), lambda: dimentica(tanti)),
        Concorrente(
            f"{migliaia(misurati)} risultati, riga per riga con l'ORM",
            lambda: riga_per_riga(uno, ANNO, frazioni),
            lambda: dimentica(uno),
        ),
    ]
    a_giro(vie, taglia.giri_lenti)
    al_risultato = vie[-1].mediana / misurati
    for via, piani, traguardo in ((vie[0], uno, 60), (vie[1], tanti, 300)):
        quanti = base.conta(piani)
        rapporto = al_risultato * quanti / via.mediana
        nome = f"{migliaia(quanti)} risultati, riga per riga (misurata su {misurati}) / noi"
        tabellone.segna(Cifra(nome, rapporto, traguardo, almeno=True))


def blocco_contro_blocco(base: Base, tabellone: Tabellone, taglia: Taglia) -> None:
    """Objects, Decimal and one upsert; the rows that it leaves must be those that we write."""
    tutti, alcuni = base.circa(ABBASTANZA), base.circa(taglia.in_blocco)
    quanti, misurati = base.conta(tutti), base.conta(alcuni)
    nostra = Concorrente(f"{migliaia(quanti)} risultati", lambda: ricalcola(tutti), svuota_punteggi)
    blocco = Concorrente(
        f"{migliaia(misurati)} risultati, oggetti e bulk_create",
        lambda: in_blocco(alcuni, ANNO, PERIODI),
        svuota_punteggi,
    )
    a_giro([nostra, blocco], taglia.giri_lenti)
    rapporto = blocco.mediana / misurati * quanti / nostra.mediana
    nome = f"{migliaia(quanti)} risultati, bulk_create (misurato su {migliaia(misurati)}) / noi"
    tabellone.segna(Cifra(nome, rapporto, 25, almeno=True))
    diverse = ricalcola(alcuni).scritti
    tabellone.segna(Cifra("righe diverse dalla via di riferimento", diverse, 0, ""))


# --- beside the floor ---------------------------------------------------------------------


def contro_pavimento(base: Base, tabellone: Tabellone, taglia: Taglia) -> float:
    """A full rebuild, cheaper runs, and the floor; the seconds of a rebuild for each result."""
    resoconti: list[Resoconto] = []
    pieno = Concorrente(
        "tutto da scrivere", lambda: resoconti.append(ricalcola(base.piani)), svuota_punteggi
    )
    with Pavimento(ANNO) as pavimento, Pavimento(ANNO) as vecchie:
        _salva(base, pavimento, vecchie)
        cambiato = Concorrente("ogni riga cambiata", lambda: ricalcola(base.piani), vecchie.rimetti)
        fermo = Concorrente("niente di cambiato", lambda: ricalcola(base.piani), pavimento.rimetti)
        fondo = Concorrente("pavimento, le stesse righe con COPY", pavimento.fai)
        a_giro([pieno, cambiato, fermo, fondo], taglia.giri)
    _parti(resoconti, pavimento)
    rapporto = pieno.mediana / fondo.mediana
    if base.risultati < ABBASTANZA:
        print(f"    tutto da scrivere / pavimento: {rapporto:.2f}".replace(".", ","))
    else:
        nome = f"{migliaia(base.risultati)} risultati, tutto da scrivere / pavimento"
        tabellone.segna(Cifra(nome, rapporto, 1.5))
    _fermo(base, tabellone)
    _sporchi(base, tabellone, taglia, pieno.mediana)
    return pieno.mediana / base.risultati


def _salva(base: Base, pavimento: Pavimento, vecchie: Pavimento) -> None:
    """Keep aside the scores of the base: as they should be, and all different."""
    svuota_punteggi()
    ricalcola(base.piani)
    pavimento.salva()
    Raggiungimento.objects.update(motivo="diverso")
    vecchie.salva()


def _parti(resoconti: list[Resoconto], pavimento: Pavimento) -> None:
    """Read, compute, write: in seconds and shares of the run, and those of the floor."""
    parti = {
        "lettura": median(uno.lettura for uno in resoconti),
        "calcolo": median(uno.calcolo for uno in resoconti),
        "scrittura": median(uno.scrittura for uno in resoconti),
    }
    somma = sum(parti.values())
    voci = [f"{nome} {secondi(t)} ({100 * t / somma:.0f} %)" for nome, t in parti.items()]
    print(f"    di cui {', '.join(voci)}")
    lettura, scrittura = median(pavimento.letture), median(pavimento.scritture)
    print(f"    pavimento: lettura {secondi(lettura)}, scrittura {secondi(scrittura)}")


def _fermo(base: Base, tabellone: Tabellone) -> None:
    """With nothing changed: rows and log written, the middle of three runs."""
    righe, log = [], []
    for _ in range(3):
        prima = wal()
        righe.append(ricalcola(base.piani).scritti)
        log.append((wal() - prima) / MEGA)
    milioni = max(base.risultati / 1_000_000, 1)
    tabellone.segna(Cifra("niente di cambiato, righe scritte", max(righe), 0, ""))
    tabellone.segna(Cifra("niente di cambiato, WAL", median(log) / milioni, 1, "MiB"))


def _sporchi(base: Base, tabellone: Tabellone, taglia: Taglia, pieno: float) -> None:
    """One plan in a hundred, of middle size, whose results all change at every round."""
    quanti = len(base.piani) // 100
    if not quanti:
        return
    media = base.risultati / len(base.piani) / len(PERIODI)
    sporchi = sorted(base.piani, key=lambda piano: abs(base.indicatori[piano] - media))[:quanti]
    pochi = Concorrente(
        f"piani sporchi: {quanti} su {len(base.piani)}",
        lambda: ricalcola(sporchi),
        lambda: base.sposta(sporchi),
    )
    a_giro([pochi], taglia.giri)
    tabellone.segna(Cifra("1 % di piani sporchi / tutto", 100 * pochi.mediana / pieno, 5, "%"))


def _crescita(tabellone: Tabellone, al_risultato: list[float]) -> None:
    """Seconds for each result, against those of the first stage."""
    for tappa, tempo in enumerate(al_risultato[1:], start=1):
        nome = f"tempo al risultato, tappa {tappa + 1} / prima"
        tabellone.segna(Cifra(nome, tempo / al_risultato[0], 1.3 if tappa == 1 else 1.5))
