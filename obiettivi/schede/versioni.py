# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which version of a scheda counts, and which ones a person may read."""

from collections.abc import Iterable

from django.db.models import QuerySet

from obiettivi.models import FirmaScheda, RevisioneScheda, SchedaBudget, VersioneScheda
from obiettivi.schede.contenuto import fotografia_scheda, impronta_di
from obiettivi.schede.firme import Posto
from piani.models import Utente

Stato = SchedaBudget.Stato
APERTE = (Stato.PROPOSTA, Stato.IN_NEGOZIAZIONE)
"""The states in which the content may still change."""


def ultima_versione(scheda: SchedaBudget) -> VersioneScheda | None:
    """The version that the scheda stands at: the last sent, or the signed one."""
    return scheda.versioni.filter(numero=scheda.versione).first()


def revisione_aperta(scheda: SchedaBudget) -> RevisioneScheda | None:
    """The revision under way, if there is one."""
    aperte = scheda.revisioni.filter(alla__isnull=True)
    return aperte.select_related("dalla", "aperta_da").first()


def versione_in_vigore(scheda: SchedaBudget) -> VersioneScheda | None:
    """The version signed by all; during a revision it is still the one before."""
    if scheda.stato not in APERTE:
        return ultima_versione(scheda)
    aperta = revisione_aperta(scheda)
    return aperta.dalla if aperta else None


def divulgata(scheda: SchedaBudget) -> bool:
    """Whether the version in force is known to the staff."""
    return scheda.stato not in (*APERTE, Stato.SOTTOSCRITTA)


def versioni_leggibili(scheda: SchedaBudget, utente: Utente) -> QuerySet[VersioneScheda]:
    """All of them for who negotiates or governs; the one in force for the others."""
    tutte = scheda.versioni.all()
    if utente.has_perm("obiettivi.legge_negoziazione", scheda):
        return tutte
    in_vigore = versione_in_vigore(scheda)
    return tutte.filter(pk=in_vigore.pk) if in_vigore else tutte.none()


def cambiato(scheda: SchedaBudget, versione: VersioneScheda) -> bool:
    """Whether the content is no longer the one of that version."""
    return impronta_di(fotografia_scheda(scheda)) != versione.impronta


def mancano(posti: Iterable[Posto], firme: Iterable[FirmaScheda]) -> list[Posto]:
    """The signatures due and not given yet."""
    date = {firma.ruolo for firma in firme}
    return [posto for posto in posti if posto.dovuta and posto.ruolo not in date]
