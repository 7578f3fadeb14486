# SPDX-License-Identifier: AGPL-3.0-or-later
"""The benches: each prints its figures, the median of several runs with minimum and maximum."""

import gc
import time
from collections.abc import Callable
from statistics import median

from django.db import connection
from django.test import Client

from obiettivi import azioni
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ORDINARIA
from obiettivi.espressioni import leggi
from obiettivi.models import (
    AreaStrategica,
    EdizioneSMVP,
    Indicatore,
    Misura,
    Obiettivo,
    Rilevazione,
    Target,
)
from piani.models import Azienda, Piano, Utente

GIRI = 7


def tempi(cosa: Callable[[], object], giri: int = GIRI) -> str:
    """Median, minimum and maximum of several runs after one to warm up, in milliseconds."""
    cosa()
    durate = []
    for _giro in range(giri):
        gc.collect()
        inizio = time.perf_counter()
        cosa()
        durate.append((time.perf_counter() - inizio) * 1000)
    return f"{median(durate):8.1f} ms (min {min(durate):.1f}, max {max(durate):.1f})"


def piano_grande(indicatori: int, *, per_obiettivo: int = 4, aree: int = 10) -> Piano:
    """A plan of that size, every indicator with three targets and one result."""
    azienda = Azienda.objects.create(codice=f"bench-{indicatori}", tipo="ASST", nome="Bench")
    piano = Piano.objects.create(
        azienda=azienda,
        slug=f"bench-{indicatori}",
        titolo=f"Piano di {indicatori} indicatori",
        anno_inizio=2022,
        anno_fine=2024,
        stato=Piano.Stato.ADOTTATO,
    )
    EdizioneSMVP.objects.create(
        azienda=azienda, anno=2022, nome="Ordinaria", parametri=come_dati(ORDINARIA)
    )
    rami = [
        AreaStrategica.objects.create(piano=piano, codice=str(n), ordine=n, nome=f"Area {n}")
        for n in range(aree)
    ]
    obiettivi = Obiettivo.objects.bulk_create(
        Obiettivo(area=rami[n % aree], codice=str(n), ordine=n, titolo=f"Obiettivo numero {n}")
        for n in range(indicatori // per_obiettivo)
    )
    libreria = Indicatore.objects.bulk_create(
        Indicatore(
            azienda=azienda, codice=f"I{n:05}", nome=f"Indicatore numero {n}", unita="%",
            verso="crescente",
        )
        for n in range(indicatori)
    )  # fmt: skip
    misure = Misura.objects.bulk_create(
        Misura(obiettivo=obiettivi[n // per_obiettivo], indicatore=indicatore, ordine=n)
        for n, indicatore in enumerate(libreria)
    )
    lettura = leggi("≥ 95%").come_dati()
    Target.objects.bulk_create(
        Target(misura=misura, anno=anno, stampato="≥ 95%", lettura=lettura)
        for misura in misure
        for anno in piano.anni
    )
    Rilevazione.objects.bulk_create(
        Rilevazione(indicatore=indicatore, anno=2022, valore=50 + n % 50)
        for n, indicatore in enumerate(libreria)
    )
    return piano


def calcola(piano: Piano) -> None:
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)


def contatore(query: list[str]) -> Callable[..., object]:
    """A wrapper of the database cursor that keeps the statements it executes."""

    def conta(esegui: Callable[..., object], sql: str, *resto: object) -> object:
        query.append(sql)
        return esegui(sql, *resto)

    return conta


def pagine() -> None:
    """The page of a plan by size: server time and number of queries."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(Utente.objects.create_superuser("bench", "bench@example.org"))
    for indicatori in (100, 500, 2000):
        piano = piano_grande(indicatori)
        calcola(piano)
        indirizzo = piano.get_absolute_url()
        query: list[str] = []
        with connection.execute_wrapper(contatore(query)):
            risposta = client.get(indirizzo)
        assert risposta.status_code == 200, risposta.status_code
        peso = len(risposta.content) // 1024
        print(
            f"  albero di {indicatori:5} indicatori: {tempi(lambda i=indirizzo: client.get(i))}, "
            f"{len(query)} query, {peso} kB"
        )
