# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way without root: system packages unpacked into ``.cache/sistema``, found by environment."""

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from strumenti.voce import RADICE, Guasto, esegui, nota

CACHE = RADICE / ".cache"
SCOMPATTATI = CACHE / "sistema"
FONTCONFIG = SCOMPATTATI / "albero-fonts.conf"
LIBRERIE = ("usr/lib/*-linux-gnu*", "lib/*-linux-gnu*", "usr/lib/*-linux-gnu*/pulseaudio")
DEL_SISTEMA = {"libc6", "libc-bin"}
"""Never unpacked: a second C library beside the running one breaks every program."""

CARATTERI = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{radice}/usr/share/fonts</dir><cachedir>{radice}/cache</cachedir></fontconfig>
"""


def variabili() -> dict[str, str]:
    """The environment for the programs to be started: what was unpacked is found."""
    env = {nome: valore for nome, valore in os.environ.items() if nome != "PYTHONPATH"}
    cartelle = [str(c) for dove in LIBRERIE for c in SCOMPATTATI.glob(dove)]
    if cartelle:
        env["LD_LIBRARY_PATH"] = ":".join(filter(None, [*cartelle, env.get("LD_LIBRARY_PATH")]))
        env["PATH"] = f"{env['PATH']}:{SCOMPATTATI / 'usr/bin'}"
    if FONTCONFIG.exists() and not Path("/etc/fonts/fonts.conf").exists():
        env["FONTCONFIG_FILE"] = str(FONTCONFIG)
    return env


def ruota_pip() -> Path | None:
    """The wheel of pip that Debian packages, once unpacked."""
    return next(SCOMPATTATI.glob("usr/share/python-wheels/pip-*.whl"), None)


def scompatta(pacchetti: Sequence[str]) -> None:
    """Download the packages with all they need and unpack them; nothing is installed."""
    nota(f"senza root: scarico e scompatto in {SCOMPATTATI} {', '.join(pacchetti)}.")
    SCOMPATTATI.mkdir(parents=True, exist_ok=True)
    try:
        _scarica(pacchetti, opzioni=[])
    except Guasto:  # no package lists, or old ones: read them afresh, for ourselves
        _scarica(pacchetti, opzioni=_elenchi_nostri())
    FONTCONFIG.write_text(CARATTERI.format(radice=SCOMPATTATI), encoding="utf-8")


def _scarica(pacchetti: Sequence[str], opzioni: Sequence[str]) -> None:
    simulata = esegui(
        ["apt-get", *opzioni, "install", "-s", "--no-install-recommends", *pacchetti],
        se_fallisce="apt-get non trova i pacchetti",
    )
    nomi = sorted(set(re.findall(r"^Inst (\S+)", simulata, re.MULTILINE)) - DEL_SISTEMA)
    with tempfile.TemporaryDirectory(dir=CACHE) as cartella:
        arrivo = Path(cartella)
        esegui(
            ["apt-get", *opzioni, "download", "-q", *nomi],
            cwd=arrivo,
            se_fallisce="apt-get non riesce a scaricare i pacchetti",
        )
        for deb in sorted(arrivo.glob("*.deb")):
            esegui(
                ["dpkg-deb", "-x", deb, SCOMPATTATI],
                se_fallisce=f"non riesco a scompattare {deb.name}",
            )


def _elenchi_nostri() -> list[str]:
    """Options that make apt read and keep its lists in our folder, after having read them."""
    apt = CACHE / "apt"
    shutil.rmtree(apt, ignore_errors=True)
    (apt / "lists" / "partial").mkdir(parents=True)
    (apt / "archives" / "partial").mkdir(parents=True)
    opzioni = ["-o", f"Dir::State::Lists={apt / 'lists'}", "-o", f"Dir::Cache={apt}"]
    esegui(
        ["apt-get", *opzioni, "-q", "update"],
        se_fallisce="apt-get non riesce a leggere gli elenchi dei pacchetti",
    )
    return opzioni
