# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file of a hundred thousand results: preview, writing with the scores, undoing; in the process
that a job would run in, with the memory it takes.
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from obiettivi.models import Indicatore
from piani.models import Organigramma, UnitaOrganizzativa

from .figlio import Figlio
from .giri import sql
from .prove import calcola, piano_grande

RIGHE = 100_000
INDICATORI = 2_500
UNITA = 50
TRIMESTRI = ("1° trimestre", "2° trimestre", "3° trimestre", "4° trimestre")


def importazioni() -> None:
    """Seconds and memory of an import of ``RIGHE`` results of ``INDICATORI`` indicators."""
    piano = piano_grande(INDICATORI)
    calcola(piano)
    chart = Organigramma.objects.create(
        azienda=piano.azienda, nome="Bench", valido_dal=date(2020, 1, 1)
    )
    UnitaOrganizzativa.objects.bulk_create(
        UnitaOrganizzativa(
            organigramma=chart, codice=f"CDR{n}", nome=f"Struttura {n}", tipo="uoc", ordine=n
        )
        for n in range(UNITA)
    )
    sql("VACUUM (ANALYZE)")
    with TemporaryDirectory() as cartella:
        for nome, scarto in (("la prima volta", 0), ("dopo averli annullati", 1)):
            percorso = Path(cartella) / f"risultati-{scarto}.xlsx"
            _scrivi(piano.azienda_id, percorso, scarto)
            dati = Figlio("importa", azienda=piano.azienda_id, percorso=str(percorso)).risposta()
            print(
                f"  {RIGHE} risultati, {nome} ({dati['byte'] // 1024} kB): caricamento "
                f"{dati['carica']:.1f} s, anteprima {dati['leggi']:.1f} s ({dati['conti']}), "
                f"scrittura {dati['scrivi']:.1f} s, annullamento {dati['annulla']:.1f} s; "
                f"memoria massima dopo ognuno {dati['leggi_mb']:.0f}, {dati['scrivi_mb']:.0f} e "
                f"{dati['annulla_mb']:.0f} MB, del lettore {dati['lettore']:.0f} MB; "
                f"processore {dati['cpu']:.1f} s in tutto"
            )


def _scrivi(azienda: int, percorso: Path, scarto: int) -> None:
    """A sheet with a row for each result: of the azienda first, then of its CdR."""
    codici = list(
        Indicatore.objects.filter(azienda=azienda)
        .order_by("codice")
        .values_list("codice", flat=True)
    )
    cartella = Workbook(write_only=True)
    foglio = cartella.create_sheet("Dati")
    foglio.append(["Codice indicatore", "CdR", "Anno", "Periodo", "Consuntivo", "Note"])
    righe = 0
    for unita in ("", *(f"CDR{n}" for n in range(UNITA))):
        for n, codice in enumerate(codici):
            for trimestre in TRIMESTRI:
                if righe == RIGHE:
                    cartella.save(percorso)
                    return
                righe += 1
                valore = (n * 7 + righe + scarto) % 1000 / 10
                foglio.append([codice, unita, 2022, trimestre, valore, ""])
    cartella.save(percorso)
