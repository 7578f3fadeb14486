# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same chapters in the order of the PIAO (art. 6 D.L. 80/2021; DM 132/2022).

The photograph keeps the arrangement (``piao``): which sections, what each one holds, which are
missing, which a small body does not owe. A PIAO frozen without it keeps the order it had.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .capitoli import Capitolo, capitoli, nota, previsti
from .tabelle import indicatori

Dati = dict[str, Any]
Grezzo = tuple[Any, ...]
MENO_DI = 50
"""Below so many employees the short form is due (art. 6 DM 132/2022)."""
NORMA_SEMPLIFICATA = "art. 6 DM 132/2022"


@dataclass(frozen=True)
class Sottosezione:
    """A section of the PIAO: its own content first, then the chapters that are part of it.

    ``dei_piccoli``: due also from a body with fewer than 50 employees.
    """

    numero: str
    titolo: Any
    propria: str = ""
    altre: tuple[str, ...] = ()
    dei_piccoli: bool = False
    gruppo: bool = False


STRUTTURA = (
    Sottosezione(
        "1", gettext_lazy("Scheda anagrafica dell’amministrazione"), "anagrafica",
        ("presentazione", "chi_siamo", "cifre"), dei_piccoli=True,
    ),
    Sottosezione(
        "2", gettext_lazy("Valore pubblico, performance e anticorruzione"),
        dei_piccoli=True, gruppo=True,
    ),
    Sottosezione(
        "2.1", gettext_lazy("Valore pubblico"), "valore_pubblico",
        ("mandato", "missione", "analisi_contesto"),
    ),
    Sottosezione(
        "2.2", gettext_lazy("Performance"), "performance",
        ("albero", "aree", "obiettivi", "andamenti", "progetti", "raggiungimento",
         "performance_organizzativa", "performance_individuale", "azioni_positive", "collegamenti"),
    ),
    Sottosezione(
        "2.3", gettext_lazy("Rischi corruttivi e trasparenza"), "trasparenza", dei_piccoli=True
    ),
    Sottosezione(
        "3", gettext_lazy("Organizzazione e capitale umano"), dei_piccoli=True, gruppo=True
    ),
    Sottosezione(
        "3.1", gettext_lazy("Struttura organizzativa"), "organigramma", dei_piccoli=True
    ),
    Sottosezione(
        "3.2", gettext_lazy("Organizzazione del lavoro agile"), "lavoro_agile",
        ("pola_attuazione", "pola_modalita", "pola_soggetti", "pola_programma"),
        dei_piccoli=True,
    ),
    Sottosezione(
        "3.3", gettext_lazy("Piano triennale dei fabbisogni di personale"), "fabbisogni",
        ("formazione",), dei_piccoli=True,
    ),
    Sottosezione("4", gettext_lazy("Monitoraggio"), "monitoraggio", ("ciclo",)),
)  # fmt: skip
SEMPRE = ("anagrafica",)
"""What needs nobody to write it."""


def piao(foto: Dati, *, semplificato: bool) -> Dati:
    """The arrangement of a photograph, to be kept in it."""
    pezzi = _pezzi(foto)
    sezioni = []
    for una in STRUTTURA:
        dovuta = una.dei_piccoli or not semplificato
        scritti = [
            chiave for chiave in (una.propria, *una.altre) if chiave in pezzi or chiave in SEMPRE
        ]
        sezioni.append(
            {
                "numero": una.numero,
                "titolo": str(una.titolo),
                "dovuta": dovuta,
                "manca": dovuta and not scritti and not una.gruppo,
                "contenuti": scritti if dovuta else [],
            }
        )
    return {"semplificato": semplificato, "norma": "DM 132/2022", "sezioni": sezioni}


def capitoli_del_piano(foto: Dati) -> list[Capitolo]:
    """The chapters of a plan: of a PIAO in the order of the DM 132/2022."""
    return list(_capitoli(foto)) if "piao" in foto else capitoli(foto)


def _capitoli(foto: Dati) -> Iterator[Capitolo]:
    pezzi = _pezzi(foto)
    propri = {una.numero: una.propria for una in STRUTTURA}
    for sezione in foto["piao"]["sezioni"]:
        if not sezione["dovuta"]:
            continue
        propria = propri[sezione["numero"]]
        yield _testata(foto, sezione, propria, pezzi)
        altri = [chiave for chiave in sezione["contenuti"] if chiave != propria]
        for posto, chiave in enumerate(altri, start=1):
            yield Capitolo(f"{sezione['numero']}.{posto}", *pezzi[chiave])
    ultimo = int(foto["piao"]["sezioni"][-1]["numero"]) + 1
    # Objectives that are not printed have no readings to confirm.
    letta = foto | {"aree": []} if foto["piao"]["semplificato"] else foto
    yield Capitolo(ultimo, *nota(letta))


def _testata(foto: Dati, sezione: Dati, propria: str, pezzi: dict[str, Grezzo]) -> Capitolo:
    """The heading of a section, with what is its own or, in words, what is missing."""
    numero, titolo = sezione["numero"], sezione["titolo"]
    if propria == "anagrafica":
        dati = {"azienda": foto["azienda"], "piano": foto["piano"]}
        return Capitolo(numero, propria, titolo, dati=dati, detto=_forma(foto))
    if propria == "performance" and not sezione["manca"]:
        return Capitolo(numero, propria, titolo, detto=_quanti(foto))
    if propria in pezzi:
        chiave, _suo, sezioni, dati, voci, orizzontale = pezzi[propria]
        return Capitolo(numero, chiave, titolo, sezioni, dati, voci, orizzontale)
    detto = _("Questa sottosezione non è ancora scritta.") if sezione["manca"] else ""
    return Capitolo(numero, propria or "gruppo", titolo, detto=detto)


def _forma(foto: Dati) -> str:
    """Which form the PIAO has and, once, what a small body leaves out of it."""
    if not foto["piao"]["semplificato"]:
        return ""
    fuori = [f"{s['numero']} {s['titolo']}" for s in foto["piao"]["sezioni"] if not s["dovuta"]]
    return _(
        "L’ente ha meno di %(n)s dipendenti e il PIAO è in forma semplificata (%(norma)s): non "
        "sono dovute, e qui non ci sono, le sezioni %(fuori)s."
    ) % {"n": MENO_DI, "norma": NORMA_SEMPLIFICATA, "fuori": "; ".join(fuori)}


def _quanti(foto: Dati) -> str:
    obiettivi = sum(len(area["obiettivi"]) for area in foto["aree"])
    return _(
        "Obiettivi: %(obiettivi)s. Indicatori: %(indicatori)s. Anni: %(primo)s-%(ultimo)s."
    ) % {
        "obiettivi": obiettivi,
        "indicatori": sum(1 for _uno in indicatori(foto)),
        "primo": foto["piano"]["anno_inizio"],
        "ultimo": foto["piano"]["anno_fine"],
    }


def _pezzi(foto: Dati) -> dict[str, Grezzo]:
    """The chapters by key, without the sections in which nobody wrote."""
    trovati = {}
    for chiave, titolo, sezioni, dati, voci, orizzontale in previsti(foto):
        scritte = tuple(s for s in sezioni if strip_tags(s["html"]).strip())
        if scritte or dati:
            trovati[chiave] = (chiave, titolo, scritte, dati, voci, orizzontale)
    return trovati
