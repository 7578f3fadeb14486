# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public page of a large published plan: made once, read cold, read again, not changed; and
the search in its words.
"""

import gzip
import time
from datetime import date
from random import Random

import brotli
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings

from obiettivi.models import Indicatore, Obiettivo
from piani import azioni, stampa
from piani.azioni.documento import congela
from piani.documenti import fotografa
from piani.models import DocumentoPubblicato
from piani.pubbliche import conserva

from .prove import contatore, piano_grande, tempi

INDICATORI = 2000
PAROLE = (
    "percentuale", "tempo", "medio", "attesa", "ricoveri", "ordinari", "prestazioni", "urgenti",
    "screening", "mammografico", "adesione", "residenti", "fascia", "vaccinale", "copertura",
    "ispezioni", "cantieri", "agricoltura", "controlli", "alimenti", "allevamenti", "sicurezza",
    "lavoratori", "formazione", "dipendenti", "personale", "dirigente", "comparto", "spesa",
    "farmaceutica", "dispositivi", "acquisti", "centralizzati", "fatture", "pagamento", "bilancio",
    "consultori", "famiglie", "minori", "disabili", "anziani", "domiciliare", "cure", "palliative",
    "dimissioni", "protette", "presa", "carico", "cronici", "territorio", "distretto", "digitale",
    "fascicolo", "elettronico", "telemedicina", "referti", "laboratorio", "radiologia", "sangue",
    "trasfusionale", "trapianti", "donatori", "emergenza", "pronto", "soccorso", "accessi",
    "codice", "sepsi", "infezioni", "ospedaliere", "lavaggio", "mani", "cadute", "rischio",
    "clinico",
)  # fmt: skip


def pubbliche() -> None:
    """Times of the server, from Django's test client; the bytes that travel."""
    documento = _pubblicato()
    indirizzo = documento.get_absolute_url()
    inizio = time.perf_counter()
    corpo = conserva.pagina_di(documento)
    print(f"  fatta una volta sola, alla stampa: {(time.perf_counter() - inizio) * 1000:.0f} ms")
    client = Client(SERVER_NAME="localhost", headers={"Accept-Encoding": "br, gzip"})
    query: list[str] = []
    with connection.execute_wrapper(contatore(query)):
        risposta = client.get(indirizzo)
    assert risposta.status_code == 200, risposta.status_code
    print(
        f"  pagina di {INDICATORI} indicatori: {len(corpo) // 1024} kB, "
        f"{len(risposta.content) / 1024:.0f} kB con brotli, "
        f"{len(gzip.compress(brotli.decompress(risposta.content), 6)) / 1024:.0f} con gzip; "
        f"{len(query)} query"
    )

    def a_freddo() -> None:
        caches["pagine"].clear()
        assert client.get(indirizzo).status_code == 200

    print(f"  a freddo, niente di conservato:     {tempi(a_freddo, 11)}")
    for secondi, come in ((0, "chiedendo ogni volta"), (10, "guardata da poco")):
        with override_settings(PAGINE_SECONDI=secondi):
            _tiepida(client, indirizzo, come)
    cerca = f"/amministrazione-trasparente/{documento.piano.azienda.codice}/cerca/?q="
    for parole in ("tempo+attesa", "a+indicatore", "niente+di+simile"):
        quanto = tempi(lambda p=parole: client.get(f"{cerca}{p}"), 11)
        print(f"  cerca «{parole}»: {quanto}")


def _tiepida(client: Client, indirizzo: str, come: str) -> None:
    """What one who comes again waits."""
    risposta = client.get(indirizzo)

    def uguale(nome: str, valore: str) -> None:
        assert client.get(indirizzo, headers={nome: valore}).status_code == 304

    impronta = tempi(lambda: uguale("If-None-Match", risposta["ETag"]), 41)
    dal = tempi(lambda: uguale("If-Modified-Since", risposta["Last-Modified"]), 41)
    print(f"  {come}: la pagina {tempi(lambda: client.get(indirizzo), 21)}")
    print(f"  {come}: 304 per ETag {impronta}")
    print(f"  {come}: 304 per data {dal}")


def _pubblicato() -> DocumentoPubblicato:
    """A plan with words that differ, published without the PDF, which has a bench of its own."""
    piano, caso = piano_grande(INDICATORI), Random(7)  # noqa: S311 -- invented texts

    def frase(quante: int) -> str:
        return " ".join(caso.choices(PAROLE, k=quante)).capitalize()

    indicatori = list(piano.azienda.indicatori.all())
    for uno in indicatori:
        uno.nome = frase(12)
    Indicatore.objects.bulk_update(indicatori, ["nome"])
    obiettivi = list(Obiettivo.objects.filter(area__piano=piano))
    for obiettivo in obiettivi:
        obiettivo.titolo = frase(9)
    Obiettivo.objects.bulk_update(obiettivi, ["titolo"])
    foto = fotografa(piano, versione=1, giorno=date(2026, 1, 1))
    documento = congela(piano, foto, motivo="")
    for nome, dati in stampa.rende_csv(foto).items():
        conserva.scrivi_intero(documento.cartella / "csv" / nome, dati)
    DocumentoPubblicato.objects.filter(pk=documento.pk).update(
        stato="pronto",
        sha256_pdf="0" * 64,
        pubblicato_il=date.today(),  # noqa: DTZ011
    )
    azioni.indicizza(documento)
    return DocumentoPubblicato.objects.pubblicati().get(pk=documento.pk)
