# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the individual agreements."""

from typing import Any

from piani.models import Azienda
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    BandoAgileFactory,
    DomandaAgileFactory,
    TutelaFactory,
)
from tests.frontiere.agile import edizione_di

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
DI_UN_ACCORDO = (
    "agile_accordo", "agile_accordo_modifica", "agile_accordo_proponi", "agile_accordo_riprendi",
    "agile_accordo_annulla", "agile_accordo_firma", "agile_accordo_firma_azienda",
    "agile_accordo_rinnova", "agile_accordo_informativa", "agile_accordo_verifica",
    "agile_accordo_tutela", "agile_accordo_recesso", "agile_accordo_pdf",
)  # fmt: skip
SCRITTURE: set[str] = {
    "agile_accordo_proponi", "agile_accordo_riprendi", "agile_accordo_annulla",
    "agile_accordo_firma", "agile_accordo_firma_azienda", "agile_accordo_rinnova",
    "agile_accordo_informativa", "agile_accordo_verifica", "agile_accordo_tutela",
    "agile_tutela_togli", "agile_domanda_accordo",
}  # fmt: skip
MODULI: set[str] = {
    "agile_accordo_modifica", "agile_accordo_recesso", "agile_accordo_nuovo", "agile_comunicazione",
    "agile_comunicazione_fini",
}  # fmt: skip
# An agreement is of its parties: who reads the azienda does not find it, nor the sheets of names.
NASCOSTE: set[str] = {
    *DI_UN_ACCORDO, "agile_tutela_togli", "agile_domanda_accordo", "agile_comunicazione_csv",
}  # fmt: skip


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = edizione_di(azienda)
    tutela = TutelaFactory(accordo=AccordoAgileFactory(edizione=edizione))
    accordo = {"pk": tutela.accordo_id}
    domanda = DomandaAgileFactory(
        bando=BandoAgileFactory(edizione=edizione), stato="ammessa", ammessa_il="2022-03-10"
    )
    ente = {"azienda": azienda.codice}
    return {
        **dict.fromkeys(DI_UN_ACCORDO, accordo),
        "agile_tutela_togli": {"pk": tutela.pk},
        "agile_domanda_accordo": {"pk": domanda.pk},
        **dict.fromkeys(
            (
                "lavoro_agile_accordi",
                "agile_accordo_nuovo",
                "agile_comunicazione",
                "agile_comunicazione_fini",
            ),
            ente,
        ),
        "agile_comunicazione_csv": ente | {"giorno": "da-comunicare"},
    }
