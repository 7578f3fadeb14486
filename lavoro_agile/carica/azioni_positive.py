# SPDX-License-Identifier: AGPL-3.0-or-later
"""A printed plan of the azioni positive: its areas and actions, with the fields that it prints."""

from pathlib import Path

from django.utils.translation import gettext as _

from lavoro_agile.carica.fogli import Dati, leggi, righe_di, unita_di
from piani.azioni.scritture import salva
from piani.models import AreaAzioniPositive, Azienda, AzionePositiva, Piano, Sezione


def carica(azienda: Azienda, cartella: Path) -> Piano | None:
    """Write the plan of azioni_positive.toml; None if the folder has none.

    A field that the source does not print stays empty.
    """
    dati = leggi(cartella, "azioni_positive")
    if not dati:
        return None
    detto = dati["piano"]
    piano = salva(
        Piano(
            azienda=azienda,
            slug=detto["codice"],
            tipo=Piano.Tipo.AZIONI_POSITIVE,
            titolo=detto["titolo"],
            anno_inizio=detto["anno_inizio"],
            anno_fine=detto["anno_fine"],
            stato=Piano.Stato.ADOTTATO,
            nota=detto.get("nota", ""),
        )
    )
    salva(
        Sezione(
            piano=piano,
            ordine=1,
            tipo=Sezione.Tipo.AZIONI_POSITIVE,
            titolo=detto["titolo"],
            testo=_premessa(dati),
            riga_fonte=righe_di(detto),
        )
    )
    unita = unita_di(azienda)
    for posto, una in enumerate(dati["aree"], start=1):
        area = salva(
            AreaAzioniPositive(
                piano=piano, ordine=posto, nome=una["nome"], riga_fonte=righe_di(una)
            )
        )
        for numero, azione in enumerate(una["azioni"], start=1):
            collabora = azione.get("collaborazione", "")
            salva(
                AzionePositiva(
                    area=area,
                    ordine=numero,
                    titolo=azione["nome"],
                    descrizione=_("In collaborazione con: %(chi)s") % {"chi": collabora}
                    if collabora
                    else "",
                    destinatari=azione.get("destinatari", una.get("destinatari", "")),
                    responsabile=unita.get(azione.get("responsabile", "")),
                    anno_inizio=piano.anno_inizio,
                    anno_fine=piano.anno_fine,
                    indicatore=azione.get("indicatore", ""),
                    atteso=azione.get("target", ""),
                    riga_fonte=righe_di(azione),
                )
            )
    return piano


def _premessa(dati: Dati) -> str:
    """What the plan sets itself, and what the CUG owes each year, in the order of the source."""
    voci = [voce["nome"] for voce in dati.get("obiettivi", dati.get("compiti_cug", ()))]
    inizio = (
        _("Il piano si propone:")
        if "obiettivi" in dati
        else _("I compiti del Comitato unico di garanzia:")
    )
    return "\n".join([inizio, "", *(f"- {voce}" for voce in voci)])
