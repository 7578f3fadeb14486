# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the questionnaires of the impact put in the inbox of the office."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from conciliazione.impatto.bacheca import cose_da_fare
from conciliazione.models import EdizioneConciliazione, Progetto
from piani.models import Questionario, Ruolo, Utente
from tests.factories_conciliazione import (
    InvitoQuestionarioFactory,
    ProgettoFactory,
    QuestionarioImpattoFactory,
    ReferenteFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def concluso(edizione: EdizioneConciliazione) -> Progetto:
    EdizioneConciliazione.objects.filter(pk=edizione.pk).update(stato="in_vigore")
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    Progetto.objects.filter(pk=progetto.pk).update(
        stato="concluso", concluso_il=timezone.localdate()
    )
    return progetto


def dette(utente: Utente) -> list[tuple[str, str]]:
    return [(una.titolo, una.testo) for una in cose_da_fare(utente)]


def stato(questionario: Questionario, quale: str, fra: int) -> None:
    oggi = timezone.localdate()
    Questionario.objects.filter(pk=questionario.pk).update(
        stato=quale, apre=oggi - timedelta(days=1), chiude=oggi + timedelta(days=fra)
    )


def test_a_progetti_conclusi_si_prepara_un_questionario(
    concluso: Progetto, ufficio: Utente
) -> None:
    assert dette(ufficio) == [
        (f"Prepara il questionario d'impatto: {concluso.edizione}",
         "1 progetto concluso: nessun questionario chiede che cosa è cambiato."),
    ]  # fmt: skip
    (cosa,) = cose_da_fare(ufficio)
    assert cosa.url == reverse("conciliazione_impatto", args=[concluso.edizione.slug])


def test_dalla_bozza_alla_chiusura_dice_il_passo_che_manca(
    concluso: Progetto, ufficio: Utente
) -> None:
    uno = QuestionarioImpattoFactory(edizione=concluso.edizione, progetto=concluso, momento="dopo")
    questionario = uno.questionario
    nome = f"«{questionario.titolo}»"
    Questionario.objects.filter(pk=questionario.pk).update(stato="bozza")
    assert dette(ufficio) == [
        (f"Apri il questionario: {nome}", "È una bozza: rivedi le domande e aprilo.")
    ]
    stato(questionario, "aperto", 30)
    assert dette(ufficio) == [
        (f"Manda il questionario: {nome}",
         "È aperto e nessuno ha ancora il collegamento per rispondere."),
    ]  # fmt: skip
    for usato in (True, False, False):
        InvitoQuestionarioFactory(questionario=questionario, usato=usato)
    assert dette(ufficio) == []
    stato(questionario, "aperto", 7)
    (cosa,) = cose_da_fare(ufficio)
    assert (cosa.titolo, cosa.testo) == (
        f"Sta per chiudersi: {nome}",
        "Hanno risposto in 1 su 3: ricordalo a chi manca, o chiudilo.",
    )
    assert cosa.scadenza == timezone.localdate() + timedelta(days=7)
    stato(questionario, "chiuso", 7)
    assert dette(ufficio) == []


def test_agli_altri_non_dice_niente_e_non_chiede_niente(
    concluso: Progetto, con_incarico: Any, django_assert_num_queries: Any
) -> None:
    direzione = con_incarico(Ruolo.DIREZIONE)
    capofila = ReferenteFactory(ente=concluso.capofila).utente
    for chi in (direzione, capofila):
        chi.ha_ruolo(Ruolo.CAPOFILA)
        with django_assert_num_queries(0):
            assert dette(chi) == []


@pytest.mark.parametrize("quanti", [1, 3])
def test_costa_uguale_con_un_questionario_e_con_tre(
    concluso: Progetto, ufficio: Utente, quanti: int, django_assert_num_queries: Any
) -> None:
    for _n in range(quanti):
        uno = QuestionarioImpattoFactory(edizione=concluso.edizione, progetto=None, momento="prima")
        Questionario.objects.filter(pk=uno.questionario_id).update(stato="bozza")
    ufficio.ha_ruolo(Ruolo.CAPOFILA)
    with django_assert_num_queries(3):
        assert len(dette(ufficio)) == quanti + 1
