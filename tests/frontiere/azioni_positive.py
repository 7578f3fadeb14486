# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the azioni positive."""

from datetime import date
from typing import Any

from piani.azioni_positive.trasmissione import trasmetti
from piani.models import Azienda, Piano, RelazioneCUG
from tests.factories_lavoro_agile import (
    AreaPositivaFactory,
    AzionePositivaFactory,
    MonitoraggioAzioneFactory,
    PersonaleGenereFactory,
    PianoPositivoFactory,
    RelazioneCUGFactory,
)

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = {"azioni_positive", "positive_nuovo", "cug_nuova"}
SCRITTURE: set[str] = {
    "positive_area_sposta", "positive_azione_sposta", "positive_personale_togli",
}  # fmt: skip
MODULI: set[str] = {
    "positive_area_nuova", "positive_area_modifica", "positive_area_togli",
    "positive_azione_nuova", "positive_azione_modifica", "positive_azione_togli",
    "positive_monitora", "positive_conta", "cug_scrivi", "cug_trasmetti", "cug_dipartimento",
    "cug_correggi",
}  # fmt: skip
# The rows of the staff are of who counts it, a report as it will be of who prepares it.
NASCOSTE: set[str] = {"positive_personale_togli", "cug_anteprima"}


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    piano = PianoPositivoFactory(azienda=azienda, stato=Piano.Stato.ADOTTATO)
    azione = AzionePositivaFactory(area=AreaPositivaFactory(piano=piano))
    MonitoraggioAzioneFactory(azione=azione)
    del_piano, area, dell_azione = {"slug": piano.slug}, {"pk": azione.area_id}, {"pk": azione.pk}
    delle_aree = (
        "positive_area_modifica", "positive_area_togli", "positive_area_sposta",
        "positive_azione_nuova",
    )  # fmt: skip
    delle_azioni = ("positive_azione_modifica", "positive_azione_togli", "positive_azione_sposta")
    personale = PersonaleGenereFactory(azienda=azienda)
    relazione = RelazioneCUGFactory(
        azienda=azienda, stato="trasmessa", trasmessa_il=date(2023, 3, 1)
    )
    documento = trasmessa(azienda, piano)
    versione = {"pk": documento.pk, "numero": 1}
    della_relazione = (
        "cug_relazione", "cug_scrivi", "cug_trasmetti", "cug_dipartimento", "cug_correggi",
        "cug_anteprima",
    )  # fmt: skip
    ente = {"azienda": azienda.codice}
    return {
        **{key: {"pk": relazione.pk} for key in della_relazione},
        **dict.fromkeys(("positive_personale", "positive_personale_csv", "positive_conta"), ente),
        "cug_versione": versione,
        "cug_file": versione | {"nome": "documento.json"},
        "positive_personale_togli": {"pk": personale.pk},
        **dict.fromkeys(("positive_piano", "positive_csv", "positive_area_nuova"), del_piano),
        **dict.fromkeys(delle_aree, area),
        **dict.fromkeys(delle_azioni, dell_azione),
        "positive_anno": del_piano | {"anno": 2022},
        "positive_monitora": dell_azione | {"anno": 2022},
    }


def trasmessa(azienda: Azienda, piano: Piano) -> RelazioneCUG:
    """A report sent with the document of its first version."""
    testi = dict.fromkeys(RelazioneCUG.PARTI, "Scritto per la prova.")
    relazione = RelazioneCUGFactory(azienda=azienda, piano=piano, anno=2021, **testi)
    trasmetti(relazione, da=None)
    relazione.refresh_from_db()
    return relazione
