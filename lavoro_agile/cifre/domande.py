# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions proposed for the satisfaction survey, by who answers (three profiles, as in the
survey of ATS Milano of 2019-2020).
"""

from typing import Any

from django.utils.translation import gettext as _

from lavoro_agile.models import QuestionarioAgile

Rivolto = QuestionarioAgile.Rivolto


def domande_proposte(rivolto: str) -> list[dict[str, Any]]:
    """Scales from 1 to 5 by dimension, a yes or no, and a free one at the end."""
    scale = [
        {
            "tipo": "scala", "minimo": 1, "massimo": 5, "dimensione": dimensione, "testo": testo,
            "obbligatoria": True,
        }
        for dimensione, testo in _scale()[rivolto]
    ]  # fmt: skip
    proseguire = {
        "tipo": "si_no",
        "testo": _("Vorresti che il lavoro agile continuasse?"),
        "obbligatoria": True,
    }
    libera = {
        "tipo": "testo",
        "testo": _("C'è qualcosa che miglioreresti?"),
        "obbligatoria": False,
    }
    return [*scale, proseguire, libera]


def _scale() -> dict[str, list[tuple[str, str]]]:
    soddisfazione, lavoro = _("Soddisfazione"), _("Lavoro")
    return {
        Rivolto.LAVORATORI: [
            (soddisfazione, _("Quanto sei soddisfatto del lavoro agile?")),
            (_("Vita e lavoro"), _("Quanto ti aiuta a conciliare vita e lavoro?")),
            (lavoro, _("Quanto riesci a raggiungere gli obiettivi concordati?")),
            (_("Strumenti"), _("Quanto sono adatti gli strumenti che usi a distanza?")),
            (_("Relazioni"), _("Quanto resti in contatto con i colleghi e con il responsabile?")),
        ],
        Rivolto.RESPONSABILI: [
            (soddisfazione, _("Quanto sei soddisfatto del lavoro agile nella tua unità?")),
            (lavoro, _("Quanto sono raggiunti gli obiettivi di chi lavora così?")),
            (_("Organizzazione"), _("Quanto è facile organizzare chi è in sede e chi non lo è?")),
            (_("Servizi"), _("Quanto si mantiene la qualità dei servizi?")),
        ],
        Rivolto.COLLEGHI: [
            (soddisfazione, _("Quanto sei soddisfatto di come funziona il lavoro agile?")),
            (_("Relazioni"), _("Quanto è facile lavorare con chi è in modalità agile?")),
            (
                _("Organizzazione"),
                _("Quanto resta equilibrato il carico di lavoro di chi è in sede?"),
            ),
        ],
    }
