# SPDX-License-Identifier: AGPL-3.0-or-later
"""The only files that the document may use: the project's static files and the shipped fonts."""

import base64
import importlib.util
from functools import cache
from pathlib import Path

STATICI = Path(__file__).resolve().parents[2] / "static"
# (family, weight, style, file), under fonts of the Bootstrap Italia package; licence OFL.
CARATTERI = (
    ("Titillium Web", "300", "normal", "Titillium_Web/titillium-web-v10-latin-ext_latin-300.woff2"),
    (
        "Titillium Web", "400", "normal",
        "Titillium_Web/titillium-web-v10-latin-ext_latin-regular.woff2",
    ),
    (
        "Titillium Web", "400", "italic",
        "Titillium_Web/titillium-web-v10-latin-ext_latin-italic.woff2",
    ),
    ("Titillium Web", "600", "normal", "Titillium_Web/titillium-web-v10-latin-ext_latin-600.woff2"),
    ("Titillium Web", "700", "normal", "Titillium_Web/titillium-web-v10-latin-ext_latin-700.woff2"),
    ("Lora", "400", "normal", "Lora/lora-v20-latin-ext_latin-regular.woff2"),
    ("Lora", "400", "italic", "Lora/lora-v20-latin-ext_latin-italic.woff2"),
    ("Lora", "700", "normal", "Lora/lora-v20-latin-ext_latin-700.woff2"),
)  # fmt: skip


@cache
def cartella_caratteri() -> Path:
    """Where the installed Bootstrap Italia package keeps Titillium Web and Lora."""
    spec = importlib.util.find_spec("bootstrap_italia_template")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("Manca il pacchetto design-django-theme, che porta i caratteri.")
    return Path(spec.origin).parent / "static" / "fonts"


@cache
def foglio(nome: str) -> str:
    """The text of one of our style sheets in ``static/css``."""
    return (STATICI / "css" / nome).read_text(encoding="utf-8")


@cache
def caratteri_incorporati() -> str:
    """``@font-face`` rules with the fonts inside, for the page that asks nothing of the network."""
    return "".join(
        _regola(famiglia, peso, stile, f"data:font/woff2;base64,{_base64(nome)}")
        for famiglia, peso, stile, nome in CARATTERI
    )


def caratteri_per_nome(radice: str) -> str:
    """``@font-face`` rules that ask for the fonts under the given address."""
    return "".join(_regola(*quale, f"{radice}{nome}") for *quale, nome in CARATTERI)


def larghezze_di_colonna() -> str:
    """Classes ``l1`` … ``l100``: column widths without inline styles, which a CSP may refuse."""
    return "".join(f".l{n}{{width:{n}%}}" for n in range(1, 101))


def _regola(famiglia: str, peso: str, stile: str, indirizzo: str) -> str:
    return (
        f"@font-face{{font-family:'{famiglia}';font-weight:{peso};font-style:{stile};"
        f"src:url({indirizzo}) format('woff2');font-display:swap}}"
    )


def _base64(nome: str) -> str:
    return base64.b64encode((cartella_caratteri() / nome).read_bytes()).decode("ascii")
