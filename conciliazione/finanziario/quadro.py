# SPDX-License-Identifier: AGPL-3.0-or-later
"""The financial plan of an edition as it comes out today: its items, computed and compared."""

from conciliazione.calcolo.quadratura import Quadro, Voce, quadra
from conciliazione.finanziario.grandezze import Importi, importi_di
from conciliazione.models import PianoFinanziario, VoceFinanziaria


def quadro_di(piano: PianoFinanziario) -> Quadro:
    """The tree of the plan with what each item comes to, in a fixed number of queries."""
    voci = list(piano.voci.select_related("padre").order_by("ordine", "pk"))
    importi: Importi = importi_di(piano.edizione)
    return quadra([_in_calcolo(una, importi) for una in voci])


def _in_calcolo(voce: VoceFinanziaria, importi: Importi) -> Voce:
    return Voce(
        codice=voce.codice,
        parte=voce.parte,
        nome=voce.nome,
        padre=voce.padre.codice if voce.padre else "",
        importo=importi.get(voce.calcolo) if voce.calcolo else voce.importo,
        stampato=voce.importo_stampato,
        calcolo=voce.calcolo,
        chiave=voce.pk,
    )


def corrente(edizione_pk: int) -> PianoFinanziario | None:
    """The plan that counts: the last approved, else the draft."""
    piani = list(
        PianoFinanziario.objects.filter(edizione=edizione_pk).select_related("edizione__azienda")
    )
    approvati = [uno for uno in piani if uno.stato == PianoFinanziario.Stato.APPROVATO]
    return (approvati or piani or [None])[0]
