# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the register of obligations, and of what programs read."""

from datetime import date
from typing import Any

from piani.models import Azienda, PubblicazioneAltrove, Segnalazione

PUBBLICHE: set[str] = {
    "at_map_xml", "at_map_json", "sitemap", "robots", "at_map_xml_ente", "at_map_json_ente",
    "at_sezioni_json", "dati_aperti", "catalogo_dcat", "segnala_in", "segnala_grazie",
}  # fmt: skip
PERSONALI: set[str] = {"obblighi", "segnalazioni"}
SCRITTURE: set[str] = {"segnalazione_prendi"}
MODULI: set[str] = {
    "obbligo_affida", "obbligo_non_applicabile", "obbligo_riprendi", "obbligo_altrove",
    "obbligo_altrove_togli", "segnalazione_chiudi",
}  # fmt: skip
# Who wrote may have left an address: only who publishes reads it.
NASCOSTE: set[str] = {"segnalazione", "segnalazione_prendi", "segnalazione_chiudi"}


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    ente = {"azienda": azienda.codice}
    altrove = PubblicazioneAltrove.objects.create(
        azienda=azienda, codice="smvp", titolo="Sistema di prova", anno=2022,
        indirizzo="https://example.org/smvp.pdf", pubblicato_il=date(2022, 2, 1),
    )  # fmt: skip
    arrivata = Segnalazione.objects.create(azienda=azienda, testo="Un errore di prova.")
    dell_obbligo = (
        "obbligo", "obbligo_affida", "obbligo_non_applicabile", "obbligo_riprendi",
        "obbligo_altrove",
    )  # fmt: skip
    return {
        "obblighi_di": ente,
        "obblighi_csv": ente,
        **dict.fromkeys(dell_obbligo, ente | {"codice": "smvp"}),
        "obbligo_altrove_togli": {"pk": altrove.pk},
        **{key: {"pk": arrivata.pk} for key in NASCOSTE},
    }
