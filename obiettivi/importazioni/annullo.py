# SPDX-License-Identifier: AGPL-3.0-or-later
"""An import of results taken back: what it had replaced is written again, the rest goes away.

Nothing is deleted: what was known while the import stood stays readable.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from obiettivi.azioni.carico import Chiave, RisultatiMossi, carica_rilevazioni, chiave_di
from obiettivi.azioni.tanti import risultato
from obiettivi.importazioni.scrittura import Cose, frasi_di
from obiettivi.models import Rilevazione
from piani.importazioni.genere import Contesto

COPIATI = (
    "anno", "frazione", "sede", "stato", "valore", "numeratore",
    "denominatore", "avanzamento", "data", "testo", "dimostrativa", "origine", "importazione_id",
    "dichiarata_da_id",
)  # fmt: skip
NOMINATI = 10


def annulla(contesto: Contesto) -> list[str]:
    """Put back the results that were current before.

    :raises ValidationError: some have been written again since, or their period is closed.
    """
    istante = datetime.fromisoformat(contesto.importazione.annullo["istante"])
    risultati = Rilevazione.objects.filter(indicatore__azienda=contesto.azienda)
    cose = Cose(contesto)
    scritte = risultati.filter(importazione=contesto.importazione, creata_il=istante)
    per_chiave = {chiave_di(una): una for una in cose.leggi(scritte)}
    prima = risultati.filter(sostituita_il=istante)
    vecchie = {chiave_di(una): una for una in cose.leggi(prima)}
    nuove = [_di_nuovo(una, cose) for una in vecchie.values()]
    tolte = [una for chiave, una in per_chiave.items() if chiave not in vecchie]
    attese: dict[Chiave, int | None] = dict.fromkeys(vecchie)
    attese |= {chiave: una.pk for chiave, una in per_chiave.items()}
    try:
        esito = carica_rilevazioni(
            contesto.azienda,
            nuove,
            tolte=tolte,
            attese=attese,
            importazione=contesto.importazione,
            da=contesto.da,
        )
    except RisultatiMossi as errore:
        raise ValidationError(_cambiati({**vecchie, **per_chiave}, errore.chiavi)) from errore
    return frasi_di(esito)


def _di_nuovo(una: Rilevazione, cose: Cose) -> Rilevazione:
    """The same result, to be written again."""
    unita = cose.unita[una.unita_id] if una.unita_id else None
    return risultato(una.indicatore, unita, **{nome: getattr(una, nome) for nome in COPIATI})


def _cambiati(per_chiave: dict[Chiave, Rilevazione], chiavi: set[Chiave]) -> list[str]:
    """Which results stand in the way."""
    nomi = sorted(f"{per_chiave[una].indicatore.codice}, {per_chiave[una]}" for una in chiavi)
    elenco = "; ".join(nomi[:NOMINATI])
    if len(nomi) > NOMINATI:
        elenco += _("; e altri %(n)s") % {"n": len(nomi) - NOMINATI}
    return [
        _("Non si annulla niente: dopo l'importazione qualcuno ha scritto gli stessi risultati "
          "(%(elenco)s).") % {"elenco": elenco}
    ]  # fmt: skip
