# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluation of the plan before, as the Documento di indirizzo prints it in its par. 1.5."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from conciliazione.impatto.lettura import STAMPATI
from conciliazione.impatto.modelli import domande_proposte
from conciliazione.models import EdizioneConciliazione, Progetto, Riscontro
from piani.importa import leggi_toml
from piani.models import Utente


def carica(edizione: EdizioneConciliazione, cartella: Path, *, da: Utente | None = None) -> None:
    """The printed results beside what can be computed; an edition whose documents print none, or
    that has them already, stays as it is.
    """
    file = cartella / "impatto.toml"
    gia = edizione.riscontri.filter(chiave__startswith=STAMPATI).exists()
    if gia or not file.exists():
        return
    dati = leggi_toml(file)
    calcolati = _calcolati(edizione, dati["indagine"]["piano"])
    ultimo = edizione.riscontri.aggregate(n=Max("ordine"))["n"] or 0
    Riscontro.objects.bulk_create(
        _riscontro(edizione, riga, ordine, calcolati)
        for ordine, riga in enumerate(dati["risultati"], start=ultimo + 1)
    )


def _riscontro(
    edizione: EdizioneConciliazione,
    riga: dict[str, Any],
    ordine: int,
    calcolati: dict[str, Decimal],
) -> Riscontro:
    codice = riga["codice"]
    return Riscontro(
        edizione=edizione,
        ordine=ordine,
        chiave=f"{STAMPATI}{codice}",
        dove=_("%(nome)s (paragrafo 1.5)") % {"nome": riga["nome"]},
        stampato=f"{riga['modo']} {riga['stampato']}" if "modo" in riga else riga["stampato"],
        valore_stampato=Decimal(riga["valore"]),
        calcolato=calcolati.get(codice),
        unita=riga["unita"],
        nota="" if codice in calcolati else _nota(codice),
        riga_fonte=str(riga.get("righe", riga["riga"])),
    )


def _nota(codice: str) -> str:
    """Why it is not computed, and what the other printed figures say of it."""
    if codice == "campione":
        return _("Le risposte non sono stampate: il 32% di oltre 4.000 beneficiari è oltre 1.280.")
    return _("Non si ricalcola: la fonte non stampa i dati da cui viene.")


def _calcolati(edizione: EdizioneConciliazione, piano: str) -> dict[str, Decimal]:
    """What our own rows say of the same things: the projects of that plan, if it is loaded, and
    the scale of the questions that the program proposes from the same dimensions.
    """
    trovati: dict[str, Decimal] = {}
    inizio, fine = (int(anno) for anno in piano.split("-"))
    progetti = Progetto.objects.filter(
        edizione__azienda=edizione.azienda,
        edizione__anno_inizio=inizio,
        edizione__anno_fine=fine,
    ).count()
    if progetti:
        trovati["alleanze-piano"] = Decimal(progetti)
    scale = [una for una in domande_proposte("beneficiari") if una["tipo"] == "scala"]
    trovati["scala-minimo"] = Decimal(min(una["minimo"] for una in scale))
    trovati["scala-massimo"] = Decimal(max(una["massimo"] for una in scale))
    return trovati
