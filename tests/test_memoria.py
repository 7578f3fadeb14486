# SPDX-License-Identifier: AGPL-3.0-or-later
import gc
import subprocess
import sys

import pytest

from config.memoria import un_solo_mucchio
from piani import memoria

FILI = """
import ctypes, threading
from config.memoria import un_solo_mucchio
{prima}
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
posti = []
fili = [threading.Thread(target=lambda: posti.append(libc.malloc(1000))) for _ in range(4)]
for filo in fili:
    filo.start(); filo.join()
posti.append(libc.malloc(1000))
print(max(posti) - min(posti) < 1 << 30)
"""

GRANDI = """
import ctypes
from config.memoria import un_solo_mucchio
{prima}
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
libc.free(libc.malloc(16 << 20))
print(libc.malloc(1 << 20) - libc.malloc(1000) > 1 << 30)
"""

LIBERI = """
import ctypes
from pathlib import Path
from piani.memoria import restituisci
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
def pagine():
    return int(Path("/proc/self/statm").read_text().split()[1])
posti = [libc.malloc(10_000) for _ in range(2000)]
for posto in posti:
    ctypes.memset(posto, 1, 10_000)
for posto in posti[:-1]:
    libc.free(posto)
prima = pagine()
{dopo}
print(prima - pagine() > 2000)
"""


def test_i_fili_prendono_la_memoria_dallo_stesso_mucchio() -> None:
    comando = [sys.executable, "-c", FILI.format(prima="un_solo_mucchio()")]
    detto = subprocess.run(comando, capture_output=True, text=True, check=True).stdout
    assert detto.strip() == "True"


def test_i_pezzi_grandi_stanno_fuori_dal_mucchio() -> None:
    comando = [sys.executable, "-c", GRANDI.format(prima="un_solo_mucchio()")]
    detto = subprocess.run(comando, capture_output=True, text=True, check=True).stdout
    assert detto.strip() == "True"


@pytest.mark.parametrize(("dopo", "meno"), [("restituisci()", "True"), ("", "False")])
def test_ciò_che_è_libero_in_mezzo_torna_al_sistema(dopo: str, meno: str) -> None:
    comando = [sys.executable, "-c", LIBERI.format(dopo=dopo)]
    detto = subprocess.run(comando, capture_output=True, text=True, check=True).stdout
    assert detto.strip() == meno


def test_una_libreria_senza_questa_regola_resta_com_è(monkeypatch) -> None:
    class Altra:
        pass

    monkeypatch.setattr("config.memoria.ctypes.CDLL", lambda _nome: Altra())
    un_solo_mucchio()


def test_una_libreria_che_non_restituisce_resta_com_è(monkeypatch) -> None:
    monkeypatch.setattr("piani.memoria.ctypes.CDLL", lambda _nome: object())
    assert memoria._libreria.__wrapped__() is None
    monkeypatch.setattr("piani.memoria._libreria", lambda: None)
    memoria.restituisci()


@pytest.mark.parametrize("si_cercava", [True, False])
def test_i_cicli_si_tornano_a_cercare_come_prima(si_cercava: bool) -> None:
    @memoria.senza_cercare_cicli()
    def sbaglia() -> None:
        assert not gc.isenabled()
        raise ValueError("apposta")

    era = gc.isenabled()
    (gc.enable if si_cercava else gc.disable)()
    try:
        for _volta in range(2):
            with pytest.raises(ValueError, match="apposta"):
                sbaglia()
            assert gc.isenabled() is si_cercava
    finally:
        (gc.enable if era else gc.disable)()
