# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questionnaires of an edition: what they are about, and which one they are compared with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, salva
from conciliazione.impatto.modelli import domande_proposte
from conciliazione.models import EdizioneConciliazione, Progetto, QuestionarioImpatto
from piani.models import Utente
from piani.questionari.azioni import crea_questionario
from piani.rules import esigi

PERMESSO = "conciliazione.prepara_questionario"
COPIATI = ("tipo", "dimensione", "testo", "minimo", "massimo", "scelte", "obbligatoria")
"""What the questions of a later questionnaire take from those of the earlier one."""


def prepara(
    edizione: EdizioneConciliazione,
    *,
    titolo: str,
    rivolto: str,
    momento: str,
    progetto: Progetto | None = None,
    confronto: QuestionarioImpatto | None = None,
    con_domande: bool = True,
    da: Utente | None,
) -> QuestionarioImpatto:
    """A draft for beneficiaries or organisations, with the questions of its dimensions.

    Compared with an earlier one, it asks the same questions: a mean of others would not compare.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the earlier one is of another edition or of other people.
    """
    esigi(da, PERMESSO, edizione)
    _controlla(edizione, rivolto, progetto, confronto)
    with transaction.atomic():
        domande: list[dict[str, Any]] = []
        if confronto is not None:
            domande = [
                {c: getattr(una, c) for c in COPIATI}
                for una in confronto.questionario.domande.all()
            ]
        elif con_domande:
            domande = domande_proposte(rivolto)
        questionario = crea_questionario(
            edizione.azienda, titolo=titolo, presentazione=_presentazione(), domande=domande, da=da
        )
        questo = salva(
            QuestionarioImpatto(
                edizione=edizione, progetto=progetto, questionario=questionario, rivolto=rivolto,
                momento=momento, confronto=confronto,
            )
        )  # fmt: skip
        annota(
            "conc_questionario.preparato", questo,
            _("Preparato il questionario d'impatto «%(nome)s»") % {"nome": questo}, da=da,
            riguarda=[edizione, questionario],
        )  # fmt: skip
    return questo


def _presentazione() -> str:
    return _(
        "Bastano pochi minuti. Le risposte servono a capire che cosa è cambiato grazie alle azioni "
        "di conciliazione fra vita e lavoro, e a fare meglio le prossime."
    )


def _controlla(
    edizione: EdizioneConciliazione,
    rivolto: str,
    progetto: Progetto | None,
    confronto: QuestionarioImpatto | None,
) -> None:
    if progetto is not None and progetto.edizione_id != edizione.pk:
        raise ValidationError({"progetto": _("Il progetto è di un'altra edizione.")})
    if confronto is None:
        return
    if confronto.edizione.azienda_id != edizione.azienda_id:
        raise ValidationError({"confronto": _("Il questionario è di un'altra ATS.")})
    if confronto.rivolto != rivolto:
        raise ValidationError(
            {"confronto": _("Si confronta con uno per le stesse persone: quello è per %(chi)s.")
             % {"chi": confronto.get_rivolto_display().lower()}}
        )  # fmt: skip
