# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the azioni positive give to the photograph of a plan: areas, actions, how each year went.

A plan of the azioni positive prints its own; a Piano della performance and a PIAO those of the
plan adopted for their first year, the last to begin if they are more than one.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from piani.azioni_positive.quadro import QuadroAnno, aree_di, quadro_anno
from piani.models import AreaAzioniPositive, Piano

Dati = dict[str, Any]
RIPORTANO = (Piano.Tipo.PERFORMANCE, Piano.Tipo.PIAO)
SOTTOSEZIONE: dict[str, str] = {Piano.Tipo.PIAO: "2.2"}
"""Where the equal opportunities stand in a PIAO (art. 3 c. 1 lett. b DM 132/2022)."""


def capitoli(piano: Piano) -> Dati:
    """The chapter of the azioni positive; nothing for a plan that has none to print."""
    positivo = _da_stampare(piano)
    aree = [] if positivo is None else aree_di(positivo)
    if positivo is None or not aree:
        return {}
    anni = [quadro_anno(aree, anno) for anno in positivo.anni]
    return {
        "azioni_positive": {
            "sottosezione": SOTTOSEZIONE.get(piano.tipo, ""),
            "titolo": positivo.titolo,
            "anno_inizio": positivo.anno_inizio,
            "anno_fine": positivo.anno_fine,
            "aree": [_area(area) for area in aree],
            "anni": [_anno(uno) for uno in anni if any(voce.scritta for voce in uno.voci)],
        }
    }


def _da_stampare(piano: Piano) -> Piano | None:
    if piano.tipo == Piano.Tipo.AZIONI_POSITIVE:
        return piano
    if piano.tipo not in RIPORTANO:
        return None
    dell_azienda = Piano.objects.filter(
        azienda=piano.azienda_id, tipo=Piano.Tipo.AZIONI_POSITIVE, stato__in=Piano.ADOTTATI,
        anno_inizio__lte=piano.anno_inizio, anno_fine__gte=piano.anno_inizio,
    )  # fmt: skip
    return dell_azienda.order_by("-anno_inizio", "-pk").first()


def _area(area: AreaAzioniPositive) -> Dati:
    return {
        "numero": area.ordine,
        "nome": area.nome,
        "descrizione": area.descrizione,
        "azioni": [
            {
                "codice": f"{area.ordine}.{azione.ordine}",
                "titolo": azione.titolo,
                "descrizione": azione.descrizione,
                "destinatari": azione.destinatari,
                "responsabile": azione.chi_risponde,
                "anno_inizio": azione.anno_inizio,
                "anno_fine": azione.anno_fine,
                "indicatore": azione.indicatore,
                "atteso": azione.atteso,
            }
            for azione in area.azioni.all()
        ],
    }


def _anno(quadro: QuadroAnno) -> Dati:
    quota = quadro.quota
    return {
        "anno": quadro.anno,
        "previste": quadro.dovute,
        "realizzate": quadro.realizzate,
        "quota": None if quota is None else quota.quantize(Decimal("0.01"), ROUND_HALF_UP),
    }
