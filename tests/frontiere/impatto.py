# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the impact and of the questionnaires."""

from datetime import date
from typing import Any

from conciliazione.models import Kpi, RigaMappa, ValoreKpi
from piani.models import Azienda
from tests.factories_conciliazione import (
    DomandaFactory,
    EdizioneConciliazioneFactory,
    MappaImpattoFactory,
    ProgettoFactory,
    QuestionarioImpattoFactory,
)

PUBBLICHE: set[str] = {"questionario_rispondi", "questionario_fatto"}
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {
    "questionario_domanda_sposta", "impatto_valore", "impatto_valore_togli",
}  # fmt: skip
MODULI: set[str] = {
    "questionario_modifica", "questionario_domanda_nuova", "questionario_domanda_modifica",
    "questionario_domanda_togli", "questionario_apri", "questionario_chiudi",
    "questionario_inviti", "impatto_mappa_modifica", "impatto_kpi_nuovo", "impatto_kpi_modifica",
    "impatto_kpi_togli", "impatto_questionario_nuovo",
}  # fmt: skip
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = azienda.edizioni_conciliazione.first() or EdizioneConciliazioneFactory(
        azienda=azienda
    )
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    mappa = MappaImpattoFactory(progetto=progetto)
    riga = RigaMappa.objects.create(mappa=mappa, ordine=1, obiettivo="Più tempo per sé")
    kpi = Kpi.objects.create(riga=riga, ordine=1, nome="Ore risparmiate")
    valore = ValoreKpi.objects.create(kpi=kpi, giorno=date(2022, 1, 1), valore=1)
    impatto = QuestionarioImpattoFactory(progetto=progetto)
    domanda = DomandaFactory(questionario=impatto.questionario, ordine=1)
    slug, di = {"slug": edizione.slug}, {"di": "progetto", "pk": progetto.pk}
    dell_impatto, sua = {"pk": impatto.pk}, {"pk": domanda.pk}
    del_kpi, del_questionario = {"pk": kpi.pk}, {"pk": impatto.questionario_id}
    della_domanda = (
        "questionario_domanda_modifica", "questionario_domanda_togli",
        "questionario_domanda_sposta",
    )  # fmt: skip
    dei_questionari = (
        "questionario", "questionario_modifica", "questionario_domanda_nuova", "questionario_apri",
        "questionario_chiudi", "questionario_inviti", "questionario_csv",
    )  # fmt: skip
    return {
        **dict.fromkeys(("conciliazione_impatto", "impatto_questionario_nuovo"), slug),
        **dict.fromkeys(("impatto_mappa", "impatto_mappa_modifica"), di),
        "impatto_kpi_nuovo": {"pk": riga.pk},
        **dict.fromkeys(
            ("impatto_kpi", "impatto_kpi_modifica", "impatto_kpi_togli", "impatto_valore"), del_kpi
        ),
        "impatto_valore_togli": {"pk": valore.pk},
        **dict.fromkeys(("impatto_questionario", "impatto_questionario_csv"), dell_impatto),
        **dict.fromkeys(dei_questionari, del_questionario),
        **dict.fromkeys(della_domanda, sua),
    }
