# SPDX-License-Identifier: AGPL-3.0-or-later
"""The inbox of who governs the measurement."""

from typing import Any

import pytest

from obiettivi.bacheca import cose_da_fare
from obiettivi.models import Calcolo, GiroDiCalcolo, Rilevazione
from piani.models import Azienda, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IncaricoFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
MANCANTE = Rilevazione.Stato.MANCANTE


def piano_da_seguire(azienda: Azienda) -> None:
    """A doubtful reading, a missing result of its years and one of another, a failed run."""
    piano = PianoFactory(azienda=azienda)
    misura = MisuraFactory(obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)))
    TargetFactory(misura=misura, stampato="57,53 GG")
    for anno in (2022, 2030):
        RilevazioneFactory(indicatore=misura.indicatore, anno=anno, valore=None, stato=MANCANTE)
    edizione = azienda.edizioni_smvp.first() or EdizioneFactory(azienda=azienda)
    for stato in (Calcolo.Stato.FATTO, Calcolo.Stato.FALLITO):
        Calcolo.objects.create(
            piano=piano, prospettiva="consuntivo", anno=2022, edizione=edizione, stato=stato
        )


def test_chi_governa_la_misurazione_trova_tutto_ciò_che_aspetta(
    azienda: Azienda, controllo: Utente
) -> None:
    piano_da_seguire(azienda)
    piano_da_seguire(IncaricoFactory().azienda)
    assert [(cosa.titolo, cosa.urgente) for cosa in cose_da_fare(controllo)] == [
        ("Conferma 1 lettura di target", False),
        ("1 risultato è mancante", False),
        ("Calcolo non riuscito: Risultati dell'anno 2022", True),
    ]


def test_chi_legge_soltanto_non_trova_niente(azienda: Azienda) -> None:
    piano_da_seguire(azienda)
    lettore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.REGIONE).utente
    assert list(cose_da_fare(lettore)) == []


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_non_crescono_con_i_piani(
    azienda: Azienda, controllo: Utente, quanti: int, django_assert_num_queries: Any
) -> None:
    for _volta in range(quanti):
        piano_da_seguire(azienda)
    with django_assert_num_queries(6):
        assert len(list(cose_da_fare(controllo))) == 3 * quanti


def test_i_calcoli_falliti_insieme_sono_una_cosa_sola(azienda: Azienda, controllo: Utente) -> None:
    edizione = EdizioneFactory(azienda=azienda)
    giro = GiroDiCalcolo.objects.create(prospettiva="consuntivo", anno=2022, frazioni=["", "T1"])
    for _volta in range(2):
        piano = PianoFactory(azienda=azienda)
        for frazione in giro.frazioni:
            Calcolo.objects.create(
                piano=piano, prospettiva="consuntivo", anno=2022, frazione=frazione, giro=giro,
                edizione=edizione, stato=Calcolo.Stato.FALLITO,
            )  # fmt: skip
    # Computed again since, and done: it waits no more.
    Calcolo.objects.create(
        piano=piano, prospettiva="consuntivo", anno=2022, edizione=edizione, stato="fatto"
    )
    assert [(cosa.titolo, cosa.url, cosa.urgente) for cosa in cose_da_fare(controllo)] == [
        ("3 calcoli non riusciti", giro.get_absolute_url(), True)
    ]


def test_un_periodo_da_accettare_non_si_nasconde_dietro_a_un_altro(
    azienda: Azienda, controllo: Utente
) -> None:
    edizione, piano = EdizioneFactory(azienda=azienda), PianoFactory(azienda=azienda)
    for frazione, stato in (("", Calcolo.Stato.DA_ACCETTARE), ("T1", Calcolo.Stato.FATTO)):
        Calcolo.objects.create(
            piano=piano, prospettiva="consuntivo", anno=2022, frazione=frazione,
            edizione=edizione, stato=stato,
        )  # fmt: skip
    assert [cosa.titolo for cosa in cose_da_fare(controllo)] == [
        "Punteggi pubblicati che cambierebbero: Risultati dell'anno 2022"
    ]
