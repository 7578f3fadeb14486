# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a print needs and documents share: style sheets already read, fonts already unpacked.

Reading the sheet and unpacking eight fonts costs a second, whatever the document; a worker does it
once. Each thread has its own, because Pango's map of the fonts is of one thread at a time.
"""

import atexit
import threading
from collections import OrderedDict
from functools import cache
from typing import Any

QUANTI = 4
"""Sheets kept by each thread: the document's, and those that add a few rules to it."""
PER_TUTTI = ("::footnote-", "::note-")
"""Rules of WeasyPrint's own sheet for pieces that every element might have, and ours never do."""
_mie = threading.local()
# Fonts let go once the interpreter is half taken apart would complain.
atexit.register(lambda: _mie.__dict__.clear())


def foglio_letto(stile: str, base: str, lettore: Any) -> tuple[Any, Any]:
    """The style sheet as WeasyPrint reads it, and the fonts that it names."""
    letti: OrderedDict[str, tuple[Any, Any]] = _mie.__dict__.setdefault("letti", OrderedDict())
    if stile not in letti:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        caratteri = FontConfiguration()
        letto = weasyprint.CSS(
            string=stile, base_url=base, url_fetcher=lettore, font_config=caratteri
        )
        letti[stile] = letto, caratteri
        while len(letti) > QUANTI:
            letti.popitem(last=False)
    letti.move_to_end(stile)
    return letti[stile]


@cache
def di_fabbrica() -> Any:
    """WeasyPrint's own style sheet, without what would give six more styles to every element.

    Markers are of list items only, and our documents have no footnotes: of 97 thousand styles
    computed for 112 pages, 83 thousand were never looked at.
    """
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.html import UA

    righe = (riga.strip() for riga in UA.splitlines())
    tenute = [riga for riga in righe if not riga.startswith(PER_TUTTI)]
    regole = [f"li{riga}" if riga.startswith("::marker") else riga for riga in tenute]
    return weasyprint.CSS(string="\n".join(regole), counter_style=CounterStyle())


def separa_stile(pagina: str) -> tuple[str, str]:
    """A page of ours without its style sheet, and the sheet."""
    prima, _apre, resto = pagina.partition("<style>")
    stile, _chiude, dopo = resto.partition("</style>")
    return prima + dopo, stile
