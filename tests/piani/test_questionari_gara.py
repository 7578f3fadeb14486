# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same link sent twice at the same moment, on the real database."""

import pytest

from piani.models import Compilazione, InvitoQuestionario, Risposta
from piani.questionari.risposte import rispondi
from tests.factories_conciliazione import DomandaFactory, InvitoQuestionarioFactory
from tests.test_gare import insieme

pytestmark = [pytest.mark.lunga, pytest.mark.django_db(transaction=True)]


def test_lo_stesso_collegamento_due_volte_insieme() -> None:
    from piani.models.questionario import impronta_gettone

    domanda = DomandaFactory()
    InvitoQuestionarioFactory(
        questionario=domanda.questionario, impronta=impronta_gettone("uno-solo")
    )
    esiti = insieme(
        lambda: rispondi("uno-solo", {domanda.pk: 5}),
        lambda: rispondi("uno-solo", {domanda.pk: 1}),
    )
    assert esiti[0] == ""
    assert "si è già risposto" in esiti[1]
    assert Compilazione.objects.count() == 1
    assert Risposta.objects.count() == 1
    assert InvitoQuestionario.objects.get().usato
