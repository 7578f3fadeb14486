# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of this part of the conciliation."""

from datetime import date
from typing import Any

from conciliazione.models import ComposizioneRete, ProgettoTempi, RilevazioneTempi, Rinuncia
from piani.models import Azienda
from tests.factories_conciliazione import (
    AdesioneFactory,
    AmbitoFactory,
    ComuneFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ReferenteFactory,
)

PUBBLICHE: set[str] = {
    "rete_pubblica", "rete_pubblica_csv", "adesione_chiedi", "adesione_chiesta",
    "adesione_conferma",
}  # fmt: skip
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"rinuncia_ritira", "composizione_approva", "composizione_togli"}
MODULI: set[str] = {
    "rete_ente_nuovo", "rete_ente_modifica", "rete_ente_unisci", "rete_referente_nuovo",
    "rete_referente_fine",
    "rete_adesione_nuova", "adesione_accogli", "adesione_respingi", "adesione_conferma_ufficio",
    "adesione_rinuncia", "rinuncia_presa_d_atto", "composizione_nuova", "composizione_modifica",
    "rete_ambito_nuovo", "rete_ambito_modifica", "rete_comune_nuovo", "rete_comune_modifica",
    "rete_tempi_chiedi", "rete_tempi_rispondi", "rete_progetto_tempi_nuovo",
    "rete_progetto_tempi_modifica",
}  # fmt: skip
NASCOSTE: set[str] = set()

DELL_EDIZIONE = (
    "conciliazione_rete", "rete_enti", "rete_enti_csv", "rete_ente_nuovo", "rete_adesioni",
    "rete_adesione_nuova", "composizioni", "composizione_nuova", "rete_ambiti", "rete_ambiti_csv",
    "rete_ambito_nuovo", "rete_tempi_chiedi", "rete_tempi", "rete_progetto_tempi_nuovo",
)  # fmt: skip


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2010, anno_fine=2011)
    referente = ReferenteFactory(ente=EnteFactory(azienda=azienda))
    adesione = AdesioneFactory(ente=referente.ente)
    rinuncia = Rinuncia.objects.create(
        adesione=adesione, motivo="Altre priorità.", presentata_il=date(2021, 1, 10),
        decorre_dal=date(2021, 2, 1),
    )  # fmt: skip
    composizione = ComposizioneRete.objects.create(
        edizione=edizione, anno=2010, semestre=1, al=date(2010, 6, 30)
    )
    comune = ComuneFactory(ambito=AmbitoFactory(azienda=azienda))
    risposta = RilevazioneTempi.objects.create(edizione=edizione, ambito=comune.ambito)
    progetto = ProgettoTempi.objects.create(azienda=azienda, comune=comune, titolo="Pedibus")
    slug = {"slug": edizione.slug}
    righe = (
        (referente.ente, ("rete_ente", "rete_ente_modifica", "rete_ente_unisci",
                         "rete_referente_nuovo")),
        (referente, ("rete_referente_fine",)),
        (adesione, ("rete_adesione", "adesione_accogli", "adesione_respingi",
                    "adesione_conferma_ufficio", "adesione_rinuncia")),
        (rinuncia, ("rinuncia_presa_d_atto", "rinuncia_ritira")),
        (composizione, ("composizione", "composizione_csv", "composizione_modifica",
                        "composizione_approva", "composizione_togli")),
        (comune.ambito, ("rete_ambito", "rete_ambito_modifica", "rete_comune_nuovo")),
        (comune, ("rete_comune_modifica",)),
        (risposta, ("rete_tempi_rispondi",)),
        (progetto, ("rete_progetto_tempi_modifica",)),
    )  # fmt: skip
    di_riga = {nome: slug | {"pk": riga.pk} for riga, nomi in righe for nome in nomi}
    return dict.fromkeys(DELL_EDIZIONE, slug) | di_riga
