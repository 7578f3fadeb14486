# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented azioni positive of the demonstration: plan, monitoring, staff, report to prepare."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from piani.azioni.scritture import salva
from piani.models import (
    AreaAzioniPositive,
    Azienda,
    AzionePositiva,
    MonitoraggioAzione,
    PersonalePerGenere,
    Piano,
    RelazioneCUG,
    UnitaOrganizzativa,
)
from piani.models.relazione_cug import termine_relazione


def scrivi(
    azienda: Azienda,
    dati: Mapping[str, Any],
    unita: Mapping[str, UnitaOrganizzativa],
    anno: int,
) -> Piano:
    """The plan of the three years that begin now, what was done this year, the staff of the last,
    and the draft of the report on this year.
    """
    detto = dati["azioni_positive"]
    piano = salva(
        Piano(
            azienda=azienda,
            slug=f"azioni-positive-{azienda.codice}-{anno}",
            tipo=Piano.Tipo.AZIONI_POSITIVE,
            titolo=detto["titolo"],
            anno_inizio=anno,
            anno_fine=anno + 2,
            stato=Piano.Stato.ADOTTATO,
            nota=detto["nota"],
        )
    )
    for ordine, una in enumerate(detto["aree"], start=1):
        area = salva(AreaAzioniPositive(piano=piano, ordine=ordine, nome=una["nome"]))
        for posto, riga in enumerate(una["azioni"], start=1):
            azione = salva(
                AzionePositiva(
                    area=area,
                    ordine=posto,
                    titolo=riga["titolo"],
                    destinatari=riga["destinatari"],
                    responsabile=unita[riga["responsabile"]],
                    anno_inizio=anno,
                    anno_fine=anno + 2,
                    indicatore=riga["indicatore"],
                    atteso=riga["atteso"],
                )
            )
            salva(
                MonitoraggioAzione(
                    azione=azione,
                    anno=anno,
                    stato=riga["stato"],
                    percentuale=Decimal(riga["percentuale"]) if "percentuale" in riga else None,
                    fatto=riga["fatto"],
                )
            )
    for ordine, riga in enumerate(dati["personale"], start=1):
        salva(
            PersonalePerGenere(
                azienda=azienda, anno=anno - 1, ordine=ordine, dimostrativo=True, **riga
            )
        )
    salva(RelazioneCUG(azienda=azienda, anno=anno, piano=piano, scade_il=termine_relazione(anno)))
    return piano
