# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a period: out with what is known and locked keys, filled, in again.

``righe`` reads what is to be reported, ``resoconti`` what a CdR says of it in a quarter,
``scrittura`` makes the file; ``confronto`` and ``confronto_resoconti`` read it when it comes back,
against what was there when it left and what is there now.
"""
