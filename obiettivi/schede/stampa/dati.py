# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is printed of a scheda, as plain data: the content of a version, with who signed it."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import AreaScheda, FirmaScheda, SchedaBudget, VersioneScheda
from obiettivi.schede.confronto import quote
from obiettivi.schede.contenuto import fotografia_scheda, impronta_di
from piani.stampa.formati import ancora

Dati = dict[str, Any]


def da_stampare(scheda: SchedaBudget, versione: VersioneScheda | None) -> Dati:
    """A version with its signatures; without one, the content of today, not sent yet.

    What is known of the resources during the year is that of today.
    """
    contenuto = versione.contenuto if versione else fotografia_scheda(scheda)
    cdr = contenuto["cdr"] or {"codice": "", "nome": scheda.nome}
    return {
        "lingua": "it",
        "azienda": contenuto["azienda"],
        "cdr": cdr["nome"],
        "codice": cdr["codice"],
        "anno": contenuto["anno"],
        "piano": contenuto["piano"] or "",
        "nota": contenuto["nota"],
        "stato": scheda.get_stato_display(),
        "versione": versione.numero if versione else None,
        "motivo": versione.motivo if versione else "",
        "impronta": versione.impronta if versione else impronta_di(contenuto),
        "data": timezone.localdate().isoformat(),
        "inviata_il": _giorno(versione.inviata_il) if versione else "",
        "generatore": f"Albero {settings.ALBERO_VERSIONE}",
        "aree": _aree(contenuto),
        "anni": _anni(contenuto),
        "risorse": _risorse(contenuto, scheda),
        "firme": [_firma(una) for una in _firme(versione)] if versione else [],
    }


def nome_del_file(foto: Dati, tipo: str) -> str:
    """``scheda-2026-cardiologia-v2.pdf``."""
    versione = f"v{foto['versione']}" if foto["versione"] else "proposta"
    return f"{ancora('scheda', foto['anno'], foto['cdr'][:60], versione)}.{tipo}"


def _aree(contenuto: Dati) -> list[Dati]:
    """Each with its rows; one that shares a weight says with which."""
    sul_totale = quote(contenuto)
    aree: list[Dati] = []
    for area in contenuto["aree"]:
        comune = aree[-1]["nome"] if area["con_la_precedente"] and aree else ""
        aree.append(
            {
                "tipo": area["tipo"],
                "etichetta": str(AreaScheda.Tipo(area["tipo"]).label),
                "nome": area["nome"],
                "peso": _cifra(area["peso"]),
                "in_comune_con": comune,
                "righe": [_riga(una, sul_totale) for una in area["righe"]],
            }
        )
    return aree


def _riga(riga: Dati, sul_totale: dict[int, Decimal]) -> Dati:
    return {
        **{campo: riga[campo] for campo in ("obiettivo", "atteso", "nota", "aziendale")},
        **{campo: riga[campo] for campo in ("storico", "storico_anno", "dato", "dato_anno")},
        "codice": riga["indicatore"]["codice"],
        "indicatore": riga["indicatore"]["nome"],
        "unita": riga["indicatore"]["unita"],
        "peso": _cifra(riga["peso"]),
        "sul_totale": sul_totale.get(riga["riga"]),
    }


def _anni(contenuto: Dati) -> Dati:
    """The year of all the past figures of a column, if it is one: the heading says it."""
    righe = [riga for area in contenuto["aree"] for riga in area["righe"]]
    anni = {}
    for colonna in ("storico", "dato"):
        detti = {riga[f"{colonna}_anno"] for riga in righe if riga[colonna]}
        anni[colonna] = detti.pop() if len(detti) == 1 else None
    return anni


def _risorse(contenuto: Dati, scheda: SchedaBudget) -> list[Dati]:
    note = {una.fattore: una for una in scheda.risorse.all()}
    risorse = []
    for una in contenuto["risorse"]:
        oggi = note.get(una["fattore"])
        risorse.append(
            {
                "fattore": una["fattore"],
                "unita_misura": una["unita_misura"],
                "budget": _cifra(una["budget"]),
                "previsione": oggi.previsione if oggi else None,
                "consuntivo": oggi.consuntivo if oggi else None,
                "commento": oggi.commento if oggi else "",
            }
        )
    return risorse


def _firme(versione: VersioneScheda) -> list[FirmaScheda]:
    return list(versione.firme.select_related("utente", "per_conto_di").order_by("firmata_il"))


def _firma(firma: FirmaScheda) -> Dati:
    chi = str(firma.utente)
    if firma.per_conto_di:
        chi = _("%(chi)s, per conto di %(altro)s") % {"chi": chi, "altro": firma.per_conto_di}
    return {
        "ruolo": str(firma.get_ruolo_display()),
        "chi": chi,
        "quando": timezone.localtime(firma.firmata_il).strftime("%d/%m/%Y %H:%M"),
    }


def _giorno(momento: Any) -> str:
    return timezone.localdate(momento).isoformat()


def _cifra(testo: str | None) -> Decimal | None:
    return None if testo is None else Decimal(testo)
