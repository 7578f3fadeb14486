# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a bench fails: a figure worse than its mark by half."""

from argparse import Namespace
from collections.abc import Sequence

import pytest

from bench import __main__ as principale
from bench.giri import Cifra, Tabellone


@pytest.mark.parametrize(
    ("valore", "traguardo", "almeno", "raggiunta", "persa"),
    [
        (60, 60, True, True, False),
        (59.9, 60, True, False, False),
        (30, 60, True, False, False),
        (29.9, 60, True, False, True),
        (1.5, 1.5, False, True, False),
        (3, 1.5, False, False, False),
        (3.01, 1.5, False, False, True),
        (0, 0, False, True, False),
        (1, 0, False, False, True),
    ],
)
def test_una_cifra_è_persa_se_è_peggio_della_metà(
    valore: float, traguardo: float, almeno: bool, raggiunta: bool, persa: bool
) -> None:
    cifra = Cifra("cifra", valore, traguardo, almeno=almeno)
    assert (cifra.raggiunta, cifra.persa) == (raggiunta, persa)


def test_il_tabellone_dice_le_perse(capsys: pytest.CaptureFixture[str]) -> None:
    tabellone = Tabellone()
    persa = Cifra("punteggi storti", 1, 0, "")
    for cifra in (Cifra("memoria", 70, 64, "MB"), persa):
        tabellone.segna(cifra)
    assert tabellone.perse() == [persa]
    assert capsys.readouterr().out.splitlines() == [
        "  ✗ memoria: 70 MB (traguardo ≤ 64 MB)",
        "  ✗ punteggi storti: 1 (traguardo ≤ 0)",
    ]


@pytest.mark.parametrize("perse", [[], [Cifra("1 000 risultati / noi", 20, 60, almeno=True)]])
def test_il_bench_del_calcolo_finisce_male_se_una_cifra_è_persa(
    perse: Sequence[Cifra], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    taglie = []
    monkeypatch.setattr("django.core.management.call_command", lambda *_args, **_altri: None)
    monkeypatch.setattr("bench.calcolo.calcolo", lambda taglia: taglie.append(taglia) or perse)
    chiesto = Namespace(prove=["calcolo"], piccolo=True, grande=False)
    assert principale._prova(chiesto) == len(perse)
    assert [taglia.giri for taglia in taglie] == [3]
    detto = capsys.readouterr().err
    assert detto == "".join(f"Perso di più della metà: {una}.\n" for una in perse)
