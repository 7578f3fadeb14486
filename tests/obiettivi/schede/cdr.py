# SPDX-License-Identifier: AGPL-3.0-or-later
"""A CdR under a dipartimento, with its people and a scheda that lacks nothing. All invented."""

from dataclasses import dataclass
from typing import Any

from obiettivi import azioni
from obiettivi.models import SchedaBudget
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import (
    AreaSchedaFactory,
    AziendaFactory,
    FonteFactory,
    IncaricoFactory,
    IndicatoreFactory,
    OrganigrammaFactory,
    RigaSchedaFactory,
    SchedaFactory,
    UnitaFactory,
)

TUTTI = ("direzione", "dipartimento", "responsabile")


@dataclass
class Cdr:
    """Who has to do with the scheda of a CdR."""

    azienda: Azienda
    dipartimento: UnitaOrganizzativa
    unita: UnitaOrganizzativa
    scheda: SchedaBudget
    controllo: Utente
    direzione: Utente
    direttore: Utente
    responsabile: Utente
    dipendente: Utente

    def di(self, ruolo: str) -> Utente:
        """Who signs in that place."""
        chi = {"direzione": self.direzione, "dipartimento": self.direttore}
        return chi.get(ruolo, self.responsabile)

    def firma(self, *ruoli: str) -> None:
        """Each signs the version that the scheda stands at."""
        for ruolo in ruoli or TUTTI:
            azioni.firma(
                self.scheda,
                ruolo=ruolo,
                versione_vista=self.scheda.versione,
                da=self.di(ruolo),
            )

    def in_monitoraggio(self) -> "Cdr":
        azioni.invia_scheda(self.scheda, da=self.controllo)
        self.firma()
        azioni.divulga(self.scheda, da=self.responsabile)
        return self


def crea_cdr(azienda: Azienda | None = None, **campi: Any) -> Cdr:
    azienda = azienda or AziendaFactory(tipo="ALTRO")
    carta = azienda.organigrammi.first() or OrganigrammaFactory(azienda=azienda)
    dipartimento = UnitaFactory(organigramma=carta, tipo="dipartimento", nome="Dipartimento")
    unita = UnitaFactory(organigramma=carta, parent=dipartimento, cdr=True)
    return Cdr(
        azienda=azienda,
        dipartimento=dipartimento,
        unita=unita,
        scheda=crea_scheda(azienda, unita, **campi),
        controllo=persona(azienda, Ruolo.CONTROLLO_GESTIONE),
        direzione=persona(azienda, Ruolo.DIREZIONE),
        direttore=persona(azienda, Ruolo.RESPONSABILE_CDR, dipartimento),
        responsabile=persona(azienda, Ruolo.RESPONSABILE_CDR, unita),
        dipendente=persona(azienda, Ruolo.DIPENDENTE, unita),
    )


def crea_scheda(azienda: Azienda, unita: UnitaOrganizzativa, **campi: Any) -> SchedaBudget:
    """Two areas, 30 and 70; in the second two rows, 40 and 60."""
    scheda = SchedaFactory(azienda=azienda, unita=unita, **campi)
    fonte = FonteFactory()
    economica = AreaSchedaFactory(scheda=scheda, nome="Performance economica", peso=30)
    processi = AreaSchedaFactory(scheda=scheda, nome="Processi ed efficienza", peso=70)
    for area, peso, obiettivo in (
        (economica, 100, "Contenere i costi"),
        (processi, 40, "Ridurre i tempi di attesa"),
        (processi, 60, "Completare le cartelle"),
    ):
        indicatore = IndicatoreFactory(azienda=azienda, fonte=fonte)
        RigaSchedaFactory(area=area, peso=peso, obiettivo=obiettivo, indicatore=indicatore)
    return scheda


def persona(azienda: Azienda, ruolo: Ruolo, unita: UnitaOrganizzativa | None = None) -> Utente:
    return IncaricoFactory(azienda=azienda, ruolo=ruolo, unita=unita).utente


def pesa(scheda: SchedaBudget, *pesi: int) -> None:
    """Other weights for the rows of the second area."""
    righe = scheda.aree.order_by("ordine").last().righe.order_by("ordine")  # type: ignore[union-attr]
    for riga, peso in zip(righe, pesi, strict=True):
        riga.peso = peso
        riga.save(update_fields=["peso"])
