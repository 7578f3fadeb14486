# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many plans at once: one read, one judgement, one write for each block of plans.

``lettura`` tables → columns · ``valutazione`` columns → scores of every level · ``scrittura`` the
scores that differ → table. ``colonne`` is how columns travel between NumPy and the two databases.
The same path serves a run on one plan, a run on a region and a single new result: for the last,
``tenuti`` keeps the plan as it was judged and does again only the branch that changed, and
``versioni`` of the rows say which it is.
"""
