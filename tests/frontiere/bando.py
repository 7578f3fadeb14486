# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the editions, of their calls and of the proposals."""

from typing import Any

from django.core.files.base import ContentFile

from conciliazione.models import AllegatoProposta
from piani.models import Azienda
from tests.factories_conciliazione import (
    AzionePropostaFactory,
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PartnerFactory,
    PropostaFactory,
    VersioneFactory,
    fa,
)

PUBBLICHE: set[str] = {"bando_pubblici", "bando_pubblici_azienda", "bando_pubblico"}
PERSONALI: set[str] = {"conciliazione_edizione_nuova"}
SCRITTURE: set[str] = {
    "conciliazione_edizione_in_vigore", "conciliazione_edizione_chiudi",
    "conciliazione_edizione_riapri", "bando_pubblica", "bando_apri", "proposta_azione_togli",
    "proposta_partner_togli", "proposta_partner_risposta", "proposta_allegato_togli",
    "proposta_presenta", "proposta_riprendi",
}  # fmt: skip
MODULI: set[str] = {
    "conciliazione_edizione_dati", "conciliazione_regole_modifica", "bando_nuovo",
    "bando_modifica", "bando_criteri", "bando_proroga", "bando_annulla", "bando_fusione",
    "proposta_nuova", "proposta_contenuto", "proposta_azione_nuova", "proposta_azione",
    "proposta_risorse", "proposta_partner", "proposta_allega", "proposta_ritira",
    "proposta_istruttoria", "proposta_coprogetta",
}  # fmt: skip
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2022, anno_fine=2022)
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    proposta = PropostaFactory(manifestazione=bando, presentata=True, numero=1)
    versione = VersioneFactory(proposta=proposta, chiusa_il=fa(days=2))
    allegato = AllegatoProposta(
        proposta=proposta, nome="lettera.txt", tipo="text/plain", dimensione=6, sha256="0" * 64
    )
    allegato.file.save("lettera.txt", ContentFile(b"Lettera"), save=True)
    dell_edizione = (
        "conciliazione_regole", "conciliazione_regole_json", "conciliazione_edizione_dati",
        "conciliazione_edizione_in_vigore", "conciliazione_edizione_chiudi",
        "conciliazione_edizione_riapri", "bando_nuovo", "conciliazione_bando",
    )  # fmt: skip
    del_bando = (
        "bando_avviso", "bando_modifica", "bando_criteri", "bando_proroga", "bando_annulla",
        "bando_pubblica", "bando_apri", "bando_fusione", "proposta_nuova",
    )  # fmt: skip
    della_proposta = (
        "proposta", "proposta_contenuto", "proposta_azione_nuova", "proposta_risorse",
        "proposta_partner", "proposta_allega", "proposta_presenta", "proposta_riprendi",
        "proposta_ritira", "proposta_ricevuta", "proposta_fotografia", "proposta_versioni",
        "proposta_istruttoria", "proposta_coprogetta",
    )  # fmt: skip
    azione, partner = AzionePropostaFactory(versione=versione), PartnerFactory(proposta=proposta)
    slug, questo, sua = {"slug": edizione.slug}, {"pk": bando.pk}, {"pk": proposta.pk}
    dell_azione, del_partner, del_file = (
        {"pk": uno.pk} for uno in (azione, partner, allegato)
    )  # fmt: skip
    return {
        **dict.fromkeys(dell_edizione, slug),
        "conciliazione_regole_modifica": slug | {"sezione": "limiti"},
        **dict.fromkeys(del_bando, questo),
        **dict.fromkeys(della_proposta, sua),
        **dict.fromkeys(("proposta_azione", "proposta_azione_togli"), dell_azione),
        **dict.fromkeys(("proposta_partner_togli", "proposta_partner_risposta"), del_partner),
        **dict.fromkeys(("proposta_allegato", "proposta_allegato_togli"), del_file),
    }
