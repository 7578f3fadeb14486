# SPDX-License-Identifier: AGPL-3.0-or-later
"""A questionnaire on the lavoro agile: a draft with its questions, then as every questionnaire."""

from django.db import transaction
from django.utils.translation import gettext as _

from lavoro_agile.azioni.passi import annota, salva
from lavoro_agile.cifre.domande import domande_proposte
from lavoro_agile.models import EdizioneLavoroAgile, QuestionarioAgile
from piani.models import Utente
from piani.questionari.azioni import crea_questionario
from piani.rules import esigi

PERMESSO = "lavoro_agile.prepara_questionario"


def prepara(
    edizione: EdizioneLavoroAgile, *, titolo: str, rivolto: str, anno: int, da: Utente | None
) -> QuestionarioAgile:
    """A draft for one of the three profiles of the survey, with the questions for it.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: by field.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        questionario = crea_questionario(
            edizione.azienda,
            titolo=titolo,
            presentazione=_("È anonimo: niente dice chi ha risposto, né quando."),
            domande=domande_proposte(rivolto),
            da=da,
        )
        questo = salva(
            QuestionarioAgile(
                edizione=edizione, questionario=questionario, rivolto=rivolto, anno=anno
            )
        )
        annota(
            "agile_questionario.preparato", questo,
            _("Preparato il questionario sul lavoro agile «%(nome)s»") % {"nome": questo},
            da=da, riguarda=[edizione, questionario],
        )  # fmt: skip
    return questo
