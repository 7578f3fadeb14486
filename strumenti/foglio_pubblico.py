# SPDX-License-Identifier: AGPL-3.0-or-later
"""``python -m strumenti.foglio_pubblico``: the part of Bootstrap Italia that public pages use.

The whole sheet is six hundred kilobytes, of which those pages use a few dozen: what they load is
taken from it, rule by rule, when the words of their templates name every class, id and element of
a selector. A test says when it is to be made again.
"""

import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

RADICE = Path(__file__).resolve().parent.parent
MODELLI = RADICE / "templates"
USCITA = RADICE / "static" / "css" / "pubblico.css"
BASE = '{% extends "pubblica.html" %}'
DI_CHI_STAMPA = ("stampa", "piani/firma")
"""Folders whose templates public pages include by a name that is computed."""
PAROLA = re.compile(r"[A-Za-z][\w-]*")
INCLUSO = re.compile(r'{% (?:include|extends) "([^"]+)"')
NOME = re.compile(r"([.#]?)(-?[A-Za-z_][\w-]*)")
DA_IGNORARE = re.compile(r"::?[\w-]+(\([^()]*(\([^()]*\)[^()]*)*\))?|\[[^\]]*\]|\\.")
VARIABILE = re.compile(r"var\(\s*(--[\w-]+)")
SEMPRE = frozenset({"html", "body", "root"})
CON_REGOLE = ("@media", "@supports", "@container")


@dataclass(frozen=True)
class Blocco:
    """A rule or an at-rule: what stands before the brace, and what it holds."""

    testa: str
    corpo: str


def foglio() -> str:
    """The text of ``static/css/pubblico.css``."""
    intero = _bootstrap_italia().read_text(encoding="utf-8-sig")
    licenza, _fine, regole = intero.partition("*/")
    scelte = list(_che_servono(_blocchi(regole), parole()))
    return f"{licenza.strip()}\n */\n" + "".join(
        f"{uno.testa}{{{uno.corpo}}}\n" for uno in _senza_avanzi(scelte)
    )


def parole() -> frozenset[str]:
    """Every word of the templates of the public pages, and of the script they load."""
    da_leggere = [
        *(uno for uno in MODELLI.rglob("*.html") if BASE in uno.read_text(encoding="utf-8")),
        *(uno for parte in DI_CHI_STAMPA for uno in (MODELLI / parte).glob("*.html")),
        MODELLI / "pubblica.html",
    ]
    letti: set[Path] = set()
    trovate: set[str] = set(SEMPRE)
    while da_leggere:
        modello = da_leggere.pop()
        if modello in letti:
            continue
        letti.add(modello)
        testo = modello.read_text(encoding="utf-8")
        trovate |= set(PAROLA.findall(testo))
        da_leggere += [MODELLI / nome for nome in INCLUSO.findall(testo)]
    trovate |= set(PAROLA.findall((RADICE / "static/js/albero.js").read_text(encoding="utf-8")))
    return frozenset(trovate)


def _bootstrap_italia() -> Path:
    spec = importlib.util.find_spec("bootstrap_italia_template")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("Manca design-django-theme: pip install -r requirements.txt")
    return Path(spec.origin).parent / "static" / "css" / "bootstrap-italia.min.css"


def _blocchi(css: str) -> Iterator[Blocco]:
    """The blocks of a minified sheet, in order; what has no braces (``@charset``) is left out."""
    inizio = aperta = livello = 0
    for posto, segno in enumerate(css):
        if segno == "{":
            aperta = posto if livello == 0 else aperta
            livello += 1
        elif segno == "}":
            livello -= 1
            if livello == 0:
                testa = css[inizio:aperta].rpartition(";")[2].strip()
                yield Blocco(testa, css[aperta + 1 : posto])
                inizio = posto + 1


def _che_servono(blocchi: Iterable[Blocco], usate: frozenset[str]) -> Iterator[Blocco]:
    for uno in blocchi:
        if uno.testa.startswith(CON_REGOLE):
            dentro = "".join(
                f"{altro.testa}{{{altro.corpo}}}"
                for altro in _che_servono(_blocchi(uno.corpo), usate)
            )
            if dentro:
                yield Blocco(uno.testa, dentro)
        elif uno.testa.startswith("@"):
            yield uno
        elif selettori := [s for s in _divisi(uno.testa) if _serve(s, usate)]:
            yield Blocco(",".join(selettori), uno.corpo)


def _serve(selettore: str, usate: frozenset[str]) -> bool:
    return all(nome in usate for _segno, nome in NOME.findall(DA_IGNORARE.sub("", selettore)))


def _divisi(testa: str) -> list[str]:
    """The selectors of a list; a comma inside brackets divides nothing."""
    return re.split(r",(?![^()]*\))", testa)


def _senza_avanzi(blocchi: list[Blocco]) -> Iterator[Blocco]:
    """Without variables, animations and fonts that nothing names any more."""
    regole = "".join(b.corpo for b in blocchi if not b.testa.startswith("@font-face"))
    usate: set[str] = set()
    radici = "".join(b.corpo for b in blocchi if ":root" in b.testa)
    altre = "".join(b.corpo for b in blocchi if ":root" not in b.testa)
    nuove = set(VARIABILE.findall(altre))
    while nuove:
        usate |= nuove
        valori = (v for n, v in re.findall(r"(--[\w-]+):([^;]*)", radici) if n in nuove)
        nuove = {nome for valore in valori for nome in VARIABILE.findall(valore)} - usate
    for uno in blocchi:
        if uno.testa.startswith("@keyframes"):
            nome = uno.testa.split()[-1]
            if re.search(rf"animation[\w-]*:[^;}}]*\b{re.escape(nome)}\b", regole):
                yield uno
        elif uno.testa.startswith("@font-face"):
            continue  # ours are in albero.css
        elif ":root" in uno.testa:
            righe = [r for r in uno.corpo.split(";") if r.partition(":")[0].strip() in usate]
            if righe:
                yield Blocco(uno.testa, ";".join(righe))
        else:
            yield uno


if __name__ == "__main__":
    testo = foglio()
    USCITA.write_text(testo, encoding="utf-8")
    print(f"{USCITA.relative_to(RADICE)}: {len(testo.encode()) // 1024} kB")
