# SPDX-License-Identifier: AGPL-3.0-or-later
"""An invented grid of a past year, published, and one of this year, still open."""

from collections.abc import Mapping
from datetime import date
from itertools import cycle
from typing import Any

from django.db import transaction

from piani.attestazione import azioni
from piani.models import Azienda, PunteggioObbligo, RilevazioneObblighi, Utente

RIFERIMENTO = (5, 31)
"""A day like those that A.N.AC. says."""


def carica(azienda: Azienda, dati: Mapping[str, Any], oggi: date) -> RilevazioneObblighi | None:
    """Write the two grids through the actions that people take; None if there is one already.

    The system alone does it, signed by invented people.
    """
    if azienda.rilevazioni_obblighi.exists():
        return None
    with transaction.atomic():
        chiusa = _compilata(azienda, dati, date(dati["anno"], *RIFERIMENTO), dati["chiusa_da"])
        azioni.chiudi(chiusa, da=_persona(dati["chiusa_da"]))
        azioni.pubblica(chiusa, da=_persona(dati["pubblica"]))
        del_maggio = date(oggi.year, *RIFERIMENTO)
        azioni.apri(
            azienda, anno=oggi.year, riferimento=min(del_maggio, oggi),
            organismo=dati["organismo"], dimostrativa=True, da=_persona(dati["aperta_da"]),
        )  # fmt: skip
    return chiusa


def _compilata(
    azienda: Azienda, dati: Mapping[str, Any], riferimento: date, chi: str
) -> RilevazioneObblighi:
    nucleo = _persona(chi)
    griglia = azioni.apri(
        azienda, anno=riferimento.year, riferimento=riferimento, organismo=dati["organismo"],
        dimostrativa=True, da=nucleo,
    )  # fmt: skip
    chiavi = griglia.punteggi.values_list("pk", flat=True)
    righe = {
        chiave: _riga(punti) | {"nota": dati["nota"]}
        for chiave, punti in zip(chiavi, cycle(dati["punteggi"]), strict=False)
    }
    scritta = azioni.scrivi_punteggi(griglia, righe=righe, visto=0, da=nucleo)
    return azioni.scrivi_scheda(
        scritta, visto=scritta.modifiche, da=nucleo, inizio=riferimento.replace(day=20),
        fine=riferimento, flussi=True, responsabili=True, senza_filtri=True,
        **{campo: dati[campo] for campo in ("estensione", "modalita", "criticita")},
    )  # fmt: skip


def _riga(punti: list[int]) -> dict[str, Any]:
    detti = dict(zip(PunteggioObbligo.MASSIMI, punti, strict=True))
    senza = detti["uffici"] < 0
    return {**detti, "uffici": None if senza else detti["uffici"], "senza_uffici": senza}


def _persona(nome: str) -> Utente | None:
    """An invented person; the system itself where they were not loaded."""
    return Utente.objects.filter(username=nome).first()
