# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the bulk run is measured against: two ways through the ORM, and the floor below both."""

import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction

from obiettivi import raccolta
from obiettivi.azioni.calcolo import edizione_di, righe_di
from obiettivi.calcolo.misura import Periodo
from obiettivi.models import (
    Calcolo,
    EdizioneSMVP,
    Misura,
    Prospettiva,
    Raggiungimento,
    ValoreRiferimento,
)
from obiettivi.raccolta import Albero, Foglia
from obiettivi.valutazione import valuta
from piani.models import Piano

CHIAVE = ("piano", "prospettiva", "anno", "frazione", "livello", "oggetto")
LETTE = {
    "rilevazioni": """
        SELECT indicatore_id, frazione, sede, stato, valore, numeratore, denominatore,
               avanzamento, testo, dimostrativa
        FROM obiettivi_rilevazione
        WHERE anno = {anno} AND sostituita_il IS NULL AND unita_id IS NULL""",
    "misure": """
        SELECT m.id, m.obiettivo_id, m.indicatore_id, m.peso, m.base_anno, m.base_lettura,
               i.verso, i.unita, i.tipo_formula, i.aggregazione, i.cumulo, i.eredita_target
        FROM obiettivi_misura m JOIN obiettivi_indicatore i ON i.id = m.indicatore_id""",
    "target": """
        SELECT misura_id, lettura
        FROM obiettivi_target WHERE anno = {anno}""",
    "riferimenti": """
        SELECT indicatore_id, valore, dimostrativo
        FROM obiettivi_valoreriferimento WHERE anno = {anno} AND ambito = 'regionale'""",
}
"""Rows and columns that a run needs, of every plan in the tables."""


def riga_per_riga(piani: Sequence[int], anno: int, frazioni: Iterable[str]) -> int:
    """One query for each thing read and one for each score saved; how many leaves were scored."""
    fatte = 0
    for piano in Piano.objects.filter(pk__in=piani):
        edizione = edizione_di(EdizioneSMVP.objects.get(azienda=piano.azienda, anno=anno))
        for frazione in frazioni:
            albero = _albero(piano, anno, frazione)
            for riga in righe_di(_calcolo(piano, anno, frazione), valuta(albero, edizione)):
                _salva(riga)
            fatte += len(albero.foglie)
    return fatte


def _albero(piano: Piano, anno: int, frazione: str) -> Albero:
    aree = list(piano.aree.all())
    obiettivi = [uno for area in aree for uno in area.obiettivi.order_by("ordine")]
    foglie = [
        _foglia(misura, Periodo(anno, frazione))
        for obiettivo in obiettivi
        for misura in obiettivo.misure.order_by("ordine")
    ]
    return Albero(piano, aree, obiettivi, foglie)


def _foglia(misura: Misura, periodo: Periodo) -> Foglia:
    """Ordered by key: the order that the models have would join half the tables each time."""
    indicatore, anno = misura.indicatore, periodo.anno
    target = misura.target.filter(anno=anno).order_by("pk").first()
    regionali = indicatore.riferimenti.filter(ambito=ValoreRiferimento.Ambito.REGIONALE)
    riferimento = regionali.filter(anno=anno).order_by("pk").first()
    rilevazioni = indicatore.rilevazioni.correnti().filter(anno=anno, unita__isnull=True)
    risultati = [raccolta.risultato(una) for una in rilevazioni.order_by("frazione", "sede")]
    riferimenti = {indicatore.pk: riferimento} if riferimento else {}
    da_giudicare = raccolta._da_giudicare(misura, target, riferimenti, None)
    dimostrativo = bool(riferimento and riferimento.dimostrativo)
    return Foglia(
        chiave=misura.pk,
        obiettivo=misura.obiettivo_id,
        peso=misura.peso,
        da_giudicare=replace(da_giudicare, risultati=tuple(risultati)),
        periodo=periodo,
        riferimento_dimostrativo=dimostrativo,
    )


def _salva(nuova: Raggiungimento) -> None:
    chiavi = {campo: getattr(nuova, campo) for campo in ("piano_id", *CHIAVE[1:])}
    riga = Raggiungimento.objects.filter(**chiavi).order_by().first() or nuova
    for campo in Raggiungimento.ESITO:
        setattr(riga, campo, getattr(nuova, campo))
    riga.save()


def in_blocco(piani: Sequence[int], anno: int, frazioni: Iterable[str]) -> int:
    """Objects read a plan at a time, judged in Decimal, written in bulk; how many leaves."""
    fatte = 0
    for piano in Piano.objects.filter(pk__in=piani).select_related("azienda"):
        edizione = edizione_di(EdizioneSMVP.objects.get(azienda=piano.azienda, anno=anno))
        letto = raccolta.raccogli(piano, Prospettiva.CONSUNTIVO, anno)
        with transaction.atomic():
            for frazione in frazioni:
                periodo = Periodo(anno, frazione)
                foglie = [replace(foglia, periodo=periodo) for foglia in letto.foglie]
                valutazione = valuta(replace(letto, foglie=foglie), edizione)
                Raggiungimento.objects.bulk_create(
                    righe_di(_calcolo(piano, anno, frazione), valutazione),
                    batch_size=2000,
                    update_conflicts=True,
                    unique_fields=CHIAVE,
                    update_fields=Raggiungimento.ESITO,
                )
                fatte += len(foglie)
    return fatte


def _calcolo(piano: Piano, anno: int, frazione: str) -> Calcolo:
    return Calcolo(piano=piano, prospettiva=Prospettiva.CONSUNTIVO, anno=anno, frazione=frazione)


class Pavimento:
    """The least that any run does: the same rows out and in by binary COPY, and no computing.

    ``salva`` keeps the scores that are stored now: they are those that ``fai`` writes again.
    """

    TABELLA = Raggiungimento._meta.db_table

    def __init__(self, anno: int) -> None:
        self.anno = anno
        self.letture: list[float] = []
        self.scritture: list[float] = []
        self._salvati = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by __exit__

    def __enter__(self) -> "Pavimento":
        return self

    def __exit__(self, *_errore: object) -> None:
        self._salvati.close()

    def salva(self) -> None:
        self._salvati.seek(0)
        self._salvati.truncate()
        _copia(f"COPY {self.TABELLA} TO STDOUT (FORMAT binary)", self._salvati)

    def fai(self) -> None:
        inizio = time.perf_counter()
        with Path("/dev/null").open("wb") as nulla:
            for sql in LETTE.values():
                _copia(f"COPY ({sql.format(anno=self.anno)}) TO STDOUT (FORMAT binary)", nulla)
        lette = time.perf_counter()
        self.rimetti()
        self.letture.append(lette - inizio)
        self.scritture.append(time.perf_counter() - lette)

    def rimetti(self) -> None:
        """Empty the table, then fill it.

        Emptied in a transaction of its own: in the same one, the throw-away server would skip the
        write-ahead log, which a real one never does.
        """
        svuota_punteggi()
        self._salvati.seek(0)
        _copia(f"COPY {self.TABELLA} FROM STDIN (FORMAT binary)", self._salvati)


def _copia(sql: str, file: BinaryIO) -> None:
    with connection.cursor() as cursore:
        cursore.copy_expert(sql, file, size=1 << 20)


def svuota_punteggi() -> None:
    with connection.cursor() as cursore:
        cursore.execute(f"TRUNCATE {Raggiungimento._meta.db_table}")
