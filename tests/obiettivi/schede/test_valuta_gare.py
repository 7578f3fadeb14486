# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two persons at once on the evaluation of a scheda: one counts, the other is told."""

from decimal import Decimal

import pytest

from obiettivi import azioni
from obiettivi.models import Controdeduzione, PunteggioScheda, SchedaBudget, ValidazioneScheda
from obiettivi.schede.valutazione import impronta_valutazione
from tests.factories import UtenteFactory
from tests.obiettivi.schede.cremona import PUNTEGGIO, D, righe_di
from tests.obiettivi.schede.valutata import pronta, valida
from tests.test_gare import insieme

pytestmark = pytest.mark.django_db


def mia(scheda: SchedaBudget) -> SchedaBudget:
    return SchedaBudget.objects.select_related("azienda", "unita").get(pk=scheda.pk)


@pytest.mark.django_db(transaction=True)
def test_due_validazioni_insieme() -> None:
    scheda = pronta()
    lette = mia(scheda), mia(scheda)
    esiti = insieme(*(lambda s=una: valida(s) for una in lette))
    assert esiti[0] == ""
    assert esiti[1].startswith("La scheda è già «Validata dal Nucleo»: lo ha fatto il sistema il ")
    assert ValidazioneScheda.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_chi_valida_e_chi_rinvia_la_stessa_valutazione() -> None:
    scheda = pronta()
    visto = impronta_valutazione(scheda)
    esiti = insieme(
        *(
            lambda e=esito: valida(mia(scheda), esito=e, visto=visto)
            for esito in ("validata", "rinviata")
        )
    )
    assert esiti[0] == ""
    assert "Mentre guardavi la scheda sono cambiati" in esiti[1]
    assert ValidazioneScheda.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_due_risposte_alla_stessa_controdeduzione() -> None:
    scheda = pronta()
    una = azioni.controdeduci(
        scheda, riga=righe_di(scheda)[0], testo="Erano 72.", da=UtenteFactory(is_superuser=True)
    )
    lette = [
        Controdeduzione.objects.select_related("scheda__azienda", "riga__indicatore").get(pk=una.pk)
        for _una in "ab"
    ]
    esiti = insieme(
        *(
            lambda c=letta, v=valore: azioni.rispondi_controdeduzione(
                c, esito="accolta", risposta="Sì", risultato={"valore": D(v)}, da=None
            )
            for letta, valore in zip(lette, (70, 72), strict=True)
        )
    )
    assert esiti[0] == ""
    assert "La controdeduzione ha già una risposta" in esiti[1]
    # The loser's result went with its answer.
    assert lette[0].riga.indicatore.rilevazioni.count() == 2


@pytest.mark.django_db(transaction=True)
def test_una_validazione_e_un_risultato_nuovo_insieme() -> None:
    """Either the result comes first and is validated, or it is too late: the two scores agree."""
    scheda = pronta()
    riga = righe_di(scheda)[0]
    esiti = insieme(
        lambda: valida(mia(scheda)),
        lambda: azioni.rileva(
            riga.indicatore, anno=2022, unita=scheda.unita, valore=D(72), da=None
        ),
    )
    assert esiti == ["", ""]
    detta: Decimal | None = ValidazioneScheda.objects.get().punteggio
    assert detta == PunteggioScheda.objects.get(livello="S", frazione="").punteggio
    assert detta in (PUNTEGGIO, D("76.5"))
