# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every list as a file: one declaration of columns, four formats, the rows of the screen.

A view that shows a list says :func:`chiesto` and, if a file is asked for,
gives back :func:`scarica` with the rows that it would have shown, all their
pages. The address is that of the page with ``formato=`` added, so that scope, filters and ordering
are the same by construction.
"""

from piani.esporta.foglio import Colonna, Foglio, di_celle
from piani.esporta.risposta import chiesto, scarica, tabella

__all__ = ["Colonna", "Foglio", "chiesto", "di_celle", "scarica", "tabella"]
