# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that would hurt: each refused or made harmless, with a sentence that says what to do."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from piani.importazioni import lettura
from piani.importazioni.lettura import Foglio, esamina
from tests.piani.importazioni.fogli import csv_, ods, xlsx

FOGLIO = "xl/worksheets/sheet1.xml"


def zip_(voci: dict[str, bytes]) -> bytes:
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio:
        for nome, contenuto in voci.items():
            archivio.writestr(nome, contenuto)
    return uscita.getvalue()


def con(contenuto: bytes, **altre: bytes) -> bytes:
    """A workbook with some of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(contenuto)) as archivio:
        voci = {nome: archivio.read(nome) for nome in archivio.namelist()}
    return zip_(voci | altre)


def letto(cartella: Path, contenuto: bytes, nome: str = "prova.xlsx") -> list[Foglio]:
    percorso = cartella / "foglio"
    percorso.write_bytes(contenuto)
    return esamina(percorso, nome)


BUONO = xlsx([["Codice", "Valore"], ["A", 1]])
CELLA_LONTANA = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    b'main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
    b'<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
RIFIUTATI: dict[str, tuple[str, bytes, str]] = {
    "vuoto": ("a.xlsx", b"", "Il file è vuoto."),
    "macro": ("a.xlsx", con(BUONO, **{"xl/vbaProject.bin": b"x"}), "macro"),
    "xlsm": ("a.xlsm", BUONO, "macro"),
    "vecchio Excel": ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 600, "vecchio formato"),
    "protetto": ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "protetto da password"),
    "pdf": ("a.pdf", b"%PDF-1.7", "È un PDF"),
    "eseguibile": ("a.exe", b"MZ", "xlsx, ods e csv"),
    "zip qualsiasi": ("a.zip", zip_({"a.txt": b"ciao"}), "archivio compresso"),
    "documento di testo": (
        "a.odt",
        zip_({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        "non un foglio di calcolo",
    ),
    "tagliato": ("a.xlsx", BUONO[: len(BUONO) // 2], "rovinato"),
    "xml rotto": ("a.xlsx", con(BUONO, **{FOGLIO: b"<worksheet><sheetData><row"}), "rovinato"),
    "bomba": ("a.xlsx", con(BUONO, **{FOGLIO: b" " * 50_000_000}), "diventa enorme"),
    "cella lontana": ("a.xlsx", con(BUONO, **{FOGLIO: CELLA_LONTANA}), "troppa memoria"),
    "tutto unito": (
        "a.xlsx",
        xlsx([["a"] * 6 for _riga in range(6)], unite=["A1:F6"]),
        "unite fra loro",
    ),
    "troppe colonne": ("a.xlsx", xlsx([["a"] * 401]), "401 colonne"),
    "virgolette aperte": ("a.csv", b'a;b\n"' + b"x" * 200_000, "virgolette"),
    "binario": ("a.csv", b"a;b\n\0\0\0", "caratteri che un testo non ha"),
    "senza celle": ("a.xlsx", xlsx([]), "nessuna cella"),
}


@pytest.mark.parametrize("nome", RIFIUTATI)
def test_un_file_pericoloso_si_rifiuta_con_una_frase(tmp_path: Path, nome: str) -> None:
    chiamato, contenuto, frase = RIFIUTATI[nome]
    with pytest.raises(ValidationError) as errore:
        letto(tmp_path, contenuto, chiamato)
    (detto,) = errore.value.message_dict["file"]
    assert frase in detto


def test_un_lettore_che_chiede_troppa_memoria_si_ferma(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    righe = [[f"testo {riga} {colonna}" for colonna in range(40)] for riga in range(500)]
    assert letto(tmp_path, xlsx(righe))[0].righe == 500
    monkeypatch.setattr(lettura, "MEMORIA", 16 * 1024 * 1024)
    with pytest.raises(ValidationError):
        letto(tmp_path, xlsx(righe))


def test_un_file_troppo_grande_si_rifiuta(tmp_path: Path, settings: Any) -> None:
    settings.IMPORTAZIONE_MASSIMA_MB = 0
    with pytest.raises(ValidationError, match="supera 0 MB"):
        letto(tmp_path, BUONO)


def test_i_caratteri_che_non_si_vedono_e_i_testi_enormi_diventano_innocui(tmp_path: Path) -> None:
    (foglio,) = letto(tmp_path, csv_([["a\x01b", "x" * 50_000]]), "a.csv")
    assert foglio.cima[0][0] == "a\ufffdb"
    assert len(str(foglio.cima[0][1])) == 10_001


@pytest.mark.parametrize("codifica", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separatore", [";", ",", "\t"])
def test_un_csv_si_legge_come_lo_scrivono_i_fogli_di_calcolo(
    tmp_path: Path, codifica: str, separatore: str
) -> None:
    righe = [["Unità", "Valore"], ["Città più", "1,5"], ["È", "2"]]
    (foglio,) = letto(tmp_path, csv_(righe, separatore=separatore, codifica=codifica), "a.csv")
    assert foglio.cima == righe
    assert (foglio.righe, foglio.colonne) == (3, 2)


def test_un_ods_si_legge_e_i_numeri_sono_esatti(tmp_path: Path) -> None:
    (foglio,) = letto(tmp_path, ods([["a", None, "b"], [0.1, 2, "007"]]), "a.ods")
    assert [[str(cella) for cella in riga] for riga in foglio.cima] == [
        ["a", "None", "b"], ["0.1", "2.0", "007"],
    ]  # fmt: skip


def test_il_valore_di_una_formula_e_quello_salvato(tmp_path: Path) -> None:
    (foglio,) = letto(tmp_path, xlsx([["=1+1", "testo"]]))
    assert foglio.cima == [[None, "testo"]]
