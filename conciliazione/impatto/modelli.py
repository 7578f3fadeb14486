# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions proposed for a questionnaire: one per dimension that the Documento 2020-2023 names
in its paragraph 1.5, where it tells the evaluation of the plan before.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from piani.importa import leggi_toml

FONTE = settings.BASE / "fixtures" / "conciliazione_2020_2023" / "impatto.toml"
SCALA = {"tipo": "scala", "minimo": 1, "massimo": 5}


@cache
def dimensioni() -> tuple[dict[str, Any], ...]:
    """The dimensions of the source, each with the questionnaire that it is of."""
    return tuple(leggi_toml(FONTE)["dimensioni"])


def domande_proposte(rivolto: str) -> list[dict[str, Any]]:
    """The questions for ``beneficiari`` or ``organizzazioni``, in the order of the source; last, a
    free one.
    """
    proposte = [
        {**_domanda(una), "dimensione": una["nome"], "obbligatoria": True}
        for una in dimensioni()
        if una["questionario"] == rivolto
    ]
    libera = {
        "tipo": "testo",
        "testo": _("C'è qualcosa che vuoi aggiungere?"),
        "obbligatoria": False,
    }
    return [*proposte, libera]


def _domanda(dimensione: dict[str, Any]) -> dict[str, Any]:
    if dimensione["codice"] == "passaparola":
        return {"tipo": "si_no", "testo": _("Consiglieresti ad altri questo servizio?")}
    if "scelte" in dimensione:
        scelte = [una[0].upper() + una[1:] for una in dimensione["scelte"]]
        testo = _("Quale di queste azioni ritenete più utile attivare?")
        return {"tipo": "scelta", "testo": testo, "scelte": scelte}
    if dimensione["codice"] == "utilita":
        return {**SCALA, "testo": _("Quanto ti è stato utile il servizio?")}
    nome = dimensione["nome"][0].lower() + dimensione["nome"][1:]
    return {**SCALA, "testo": _domanda_di(dimensione["questionario"]) % {"nome": nome}}


def _domanda_di(rivolto: str) -> str:
    if rivolto == "organizzazioni":
        return _("Quanto le azioni del progetto hanno giovato a: %(nome)s?")
    return _("Quanto il servizio ha cambiato in meglio: %(nome)s?")
