# SPDX-License-Identifier: AGPL-3.0-or-later
"""The items that a new financial plan begins with, from the rules of its edition."""

from django.utils.translation import gettext as _

from conciliazione.finanziario.grandezze import RISERVA
from conciliazione.models import PianoFinanziario, VoceFinanziaria

Parte = VoceFinanziaria.Parte


def voci_proposte(piano: PianoFinanziario) -> list[VoceFinanziaria]:
    """Sources and uses to begin with. The code of an item begins with that of its father."""
    regole = piano.edizione.regole
    con_quote = regole.quota_sistema.valore is not None
    righe = [
        (Parte.FONTE, "regionali", _("Risorse regionali"), "dotazione"),
        (Parte.FONTE, "residui", _("Residui della programmazione precedente"), ""),
        (Parte.FONTE, "cofinanziamento", _("Cofinanziamento delle Alleanze"),
         "cofinanziamento_progetti"),
        (Parte.IMPIEGO, "alleanze", _("Progetti delle Alleanze"), ""),
        *_della_quota_alleanze(piano, con_quote=con_quote),
        (Parte.IMPIEGO, "alleanze-cofinanziamento", _("Cofinanziamento dei progetti"),
         "cofinanziamento_progetti"),
        (Parte.IMPIEGO, "sistema", _("Azioni di sistema e trasversali"),
         "quota_sistema" if con_quote else "rimanenza"),
        (Parte.IMPIEGO, "dirette", _("Azioni dirette"), "azioni_dirette"),
        (Parte.TOTALE, "costo-piano", _("Costo complessivo del Piano"), "totale_impieghi"),
    ]  # fmt: skip
    return [
        VoceFinanziaria(
            piano=piano, parte=parte, codice=codice, ordine=ordine, nome=nome, calcolo=calcolo
        )
        for ordine, (parte, codice, nome, calcolo) in enumerate(righe, start=1)
    ]


def _della_quota_alleanze(
    piano: PianoFinanziario, *, con_quote: bool
) -> list[tuple[str, str, str, str]]:
    """What goes to the Alleanze: by reserve where the edition keeps some, else as assigned."""
    if not con_quote:
        return [
            (Parte.IMPIEGO, "alleanze-contributo", _("Contributi assegnati"),
             "contributi_progetti"),
        ]  # fmt: skip
    riserve = [
        (Parte.IMPIEGO, f"alleanze-{RISERVA.strip('_')}{n}", _("Riserva: %(nome)s")
         % {"nome": una.nome}, f"{RISERVA}{una.codice}")
        for n, una in enumerate(piano.edizione.regole.riserve, start=1)
    ]  # fmt: skip
    return [*riserve, (Parte.IMPIEGO, "alleanze-resto", _("Senza riserva"), "quota_libera")]
