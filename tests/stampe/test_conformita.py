# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every kind of document before two checkers that are not ours: PDF/UA-1 and PDF/A-2a, no failure.

The quick one is in every run; veraPDF, which asks for Java, and the source plans, long to load, in
the whole one.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from pyhanko.sign.signers import SimpleSigner

from piani.firma import Sigillo, appone
from tests.piani.certificati import PAROLA, autorita
from tests.stampe import documenti
from tests.stampe.elenco import STAMPE, Stampa, generi_del_prodotto
from tests.stampe.veloce import fallimenti, pagine
from tests.stampe.verapdf import VeraPdf, verapdf

pytestmark = pytest.mark.django_db
# A known false alarm: the quick one wants a Form tag also for a field that is not drawn; veraPDF,
# that reads "hidden" in the standard, does not.
DEL_CAMPO_NASCOSTO = frozenset({"PDFUA1-WIDGET-FORM-TAG-001"})
TUTTE = [
    pytest.param(una, id=nome, marks=pytest.mark.lunga if una.fonte else ())
    for nome, una in STAMPE.items()
]


@pytest.fixture(scope="module")
def riferimento() -> Iterator[VeraPdf]:
    with verapdf() as al_lavoro:
        yield al_lavoro


def test_ogni_genere_di_documento_ha_la_sua_prova() -> None:
    assert {una.genere for una in STAMPE.values()} == generi_del_prodotto()


@pytest.mark.parametrize("una", TUTTE)
def test_il_documento_e_conforme_per_il_verificatore_veloce(una: Stampa) -> None:
    assert fallimenti(una.rende()) == {"ua1": set(), "2a": set()}


@pytest.mark.lunga
@pytest.mark.parametrize("una", TUTTE)
def test_il_documento_e_conforme_per_verapdf(
    una: Stampa, riferimento: VeraPdf, tmp_path: Path
) -> None:
    file = tmp_path / "documento.pdf"
    file.write_bytes(una.rende())
    assert riferimento.giudica(file) == {"ua1": {}, "2a": {}}


# Signed -----------------------------------------------------------------------------------------


@cache
def firmato() -> bytes:
    """The document with the seal of the body, as Albero puts it."""
    chi = SimpleSigner.load_pkcs12_data(
        autorita().p12("Sigillo di prova"), other_certs=[], passphrase=PAROLA.encode()
    )
    return appone(documenti.piano(), Sigillo(chi, "Sigillo di prova"), motivo="Pubblicazione")


def test_il_documento_con_il_nostro_sigillo_resta_conforme() -> None:
    assert fallimenti(firmato(), anche=DEL_CAMPO_NASCOSTO) == {"ua1": set(), "2a": set()}


@pytest.mark.lunga
def test_il_documento_con_il_nostro_sigillo_resta_conforme_per_verapdf(
    riferimento: VeraPdf, tmp_path: Path
) -> None:
    file = tmp_path / "firmato.pdf"
    file.write_bytes(firmato())
    assert riferimento.giudica(file) == {"ua1": {}, "2a": {}}


# The checkers themselves ------------------------------------------------------------------------


def rotto() -> bytes:
    """A document that declares standards that do not exist."""
    falso = documenti.piano().replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>7<")
    return falso.replace(b'pdfaid:part="2"', b'pdfaid:part="9"')


def test_il_verificatore_veloce_vede_chi_non_e_conforme() -> None:
    """A checker that never finds anything would pass every test above."""
    assert all(fallimenti(rotto()).values())


@pytest.mark.lunga
def test_verapdf_vede_chi_non_e_conforme(riferimento: VeraPdf, tmp_path: Path) -> None:
    file = tmp_path / "rotto.pdf"
    file.write_bytes(rotto())
    trovati = riferimento.giudica(file)
    assert {profilo: set(regole) for profilo, regole in trovati.items()} == {
        "ua1": {"5-2"}, "2a": {"6.6.4-2"},
    }  # fmt: skip


@pytest.mark.lunga
def test_il_verificatore_veloce_sta_nel_suo_tempo() -> None:
    """Three seconds for a hundred pages, on a long document."""
    pdf = documenti.piano_di_cremona()
    inizio = process_time()
    fallimenti(pdf)
    assert process_time() - inizio < 3 * pagine(pdf) / 100
