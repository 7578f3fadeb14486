# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of whole numbers out of the database, in one piece or by the value of a text."""

from io import BytesIO

import numpy as np
import pytest
from django.db import connection

from obiettivi.blocco import colonne
from obiettivi.blocco.colonne import fra_quelli, intere, intere_per

_RIGHE = (
    "(SELECT 'uno' AS nome, 1 AS a, -2 AS b UNION ALL SELECT 'due', 3, 4 UNION ALL "
    "SELECT 'uno', 5, 6) righe"
)


@pytest.mark.django_db
@pytest.mark.due_banche
@pytest.mark.parametrize("per", ["", "nome", "a"])
def test_le_righe_sono_le_stesse_in_quanti_pezzi_arrivino(per: str) -> None:
    matrice = intere(("a", "b"), _RIGHE, (), per=per)
    assert matrice.dtype == np.int64
    assert sorted(map(tuple, matrice.tolist())) == [(1, -2), (3, 4), (5, 6)]


@pytest.mark.django_db
@pytest.mark.due_banche
def test_le_righe_di_ogni_testo() -> None:
    pezzi = {nome: sorted(righe.tolist()) for nome, righe in intere_per("nome", ("a",), _RIGHE, ())}
    assert pezzi == {"uno": [[1], [5]], "due": [[3]]}


@pytest.mark.django_db
@pytest.mark.due_banche
@pytest.mark.parametrize(
    ("domanda", "attese"),
    [
        ("SELECT 3 UNION ALL SELECT 5 UNION ALL SELECT 5", [3, 5]),
        ("SELECT a FROM (SELECT 1 AS a) nessuna WHERE a > 1", []),
    ],
)
def test_le_righe_fra_quelle_di_una_domanda(domanda: str, attese: list[int]) -> None:
    righe = intere(("a",), f"{_RIGHE} WHERE {fra_quelli('a', domanda)}", ())
    assert sorted(righe[:, 0].tolist()) == attese


@pytest.mark.django_db
@pytest.mark.due_banche
@pytest.mark.parametrize("per", ["", "nome"])
def test_nessuna_riga(per: str) -> None:
    assert intere(("a", "b"), f"{_RIGHE} WHERE a > %s", (9,), per=per).shape == (0, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("testata_con_la_riga", [True, False])
def test_la_testata_viene_prima_della_riga_o_con_lei(testata_con_la_riga: bool) -> None:
    tutto = BytesIO()
    with connection.cursor() as cursore:
        cursore.copy_expert("COPY (SELECT 'uno', '') TO STDOUT (FORMAT binary)", tutto)
    byte, testata = tutto.getvalue(), colonne._TESTATA
    messaggi = colonne._Messaggi()
    for pezzo in (
        (byte[:-2], byte[-2:])
        if testata_con_la_riga
        else (byte[:testata], byte[testata:-2], byte[-2:])
    ):
        messaggi.write(pezzo)
    assert [[bytes(campo) for campo in riga] for riga in messaggi.righe] == [[b"uno", b""]]
