# SPDX-License-Identifier: AGPL-3.0-or-later
"""The document of an edition of the past: its chapters, its figures of context, who does what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.text import slugify

from conciliazione.azioni.documento import INDIRIZZO, PIANO, apri_documento
from conciliazione.models import EdizioneConciliazione
from piani.models import CellaQuadro, Piano, QuadroDati, Sezione, Utente

Dati = dict[str, Any]
SOGGETTI = {
    "aderente": "Aderenti alla Rete",
    "comitato": "Comitato di programmazione, valutazione e monitoraggio",
    "capofila_rete": "Capofila di Rete (ATS)",
    "capofila_alleanza": "Capofila di Alleanza",
}
TEMI = {"demografia": "Popolazione", "occupazione": "Lavoro e cura", "servizi": "Servizi e aiuti"}


@dataclass(frozen=True)
class RigaQuadro:
    """A row of a table: its group, its name, the text printed and its number."""

    gruppo: str
    etichetta: str
    stampato: str
    valore: Decimal | None


def carica_documento(
    edizione: EdizioneConciliazione, file: Mapping[str, Dati], *, da: Utente | None
) -> None:
    """Open the document that the files are of, write its chapters and its tables."""
    testi = file.get("documento")
    if not testi:
        return
    quale = INDIRIZZO if testi["documento"]["quale"] == "indirizzo" else PIANO
    if getattr(edizione, f"{quale}_id"):
        return
    documento = apri_documento(edizione, quale=quale, da=None)
    _sezioni(documento, testi["sezioni"])
    posto = _contesto(documento, file.get("contesto", {}).get("dati", []))
    _compiti(documento, file.get("compiti", {}), posto)


def _sezioni(documento: Piano, testi: Iterable[Dati]) -> None:
    documento.sezioni.all().delete()
    Sezione.objects.bulk_create(
        Sezione(
            piano=documento,
            ordine=ordine,
            tipo=uno["tipo"],
            titolo=uno["titolo"],
            testo=uno["testo"].strip(),
            riga_fonte=str(uno.get("righe", "")),
        )
        for ordine, uno in enumerate(testi, start=1)
    )


def _contesto(documento: Piano, dati: list[Dati]) -> int:
    """One table for each theme; the figures of the first plan have none. The next free place."""
    posto = 1
    for tema, righe in groupby(dati, key=lambda una: una.get("tema", "")):
        chiave = slugify(f"contesto-{tema}-{posto}").strip("-")
        nome = TEMI.get(tema, tema.capitalize())
        _quadro(
            documento,
            posto,
            chiave=chiave,
            titolo=f"Il contesto: {nome[:1].lower()}{nome[1:]}"
            if nome
            else "Le cifre del contesto",
            colonna="Valore",
            righe=[_riga_di_contesto(una) for una in righe],
        )
        posto += 1
    return posto


def _riga_di_contesto(dato: Dati) -> RigaQuadro:
    dove = ", ".join(str(dato[k]) for k in ("territorio", "periodo", "anno") if dato.get(k))
    unita = dato.get("unita", "")
    stampato = dato["stampato"]
    if unita and unita not in stampato and unita != "%":
        stampato = f"{stampato} ({unita})"
    return RigaQuadro(
        gruppo="",
        etichetta=f"{dato['nome']} ({dove})" if dove else dato["nome"],
        stampato=" ".join(parte for parte in (dato.get("modo", ""), stampato) if parte),
        valore=Decimal(dato["valore"]) if dato.get("valore") else None,
    )


def _compiti(documento: Piano, dati: Dati, posto: int) -> None:
    righe = [
        RigaQuadro(
            gruppo=SOGGETTI[uno["soggetto"]],
            etichetta=uno["nome"],
            stampato=f"art. {uno['articolo']}",
            valore=None,
        )
        for uno in dati.get("compiti", [])
    ]
    if righe:
        _quadro(
            documento, posto, chiave="compiti", titolo="Chi fa che cosa nella Rete",
            colonna="Regolamento", righe=righe,
        )  # fmt: skip


def _quadro(
    documento: Piano, posto: int, *, chiave: str, titolo: str, colonna: str, righe: list[RigaQuadro]
) -> None:
    quadro = QuadroDati.objects.create(
        piano=documento, ordine=posto, chiave=chiave, titolo=titolo, colonne=[colonna]
    )
    CellaQuadro.objects.bulk_create(
        CellaQuadro(
            quadro=quadro,
            riga=n,
            colonna=1,
            gruppo=una.gruppo,
            etichetta=una.etichetta[:300],
            stampato=una.stampato,
            valore=una.valore,
        )
        for n, una in enumerate(righe, start=1)
    )
