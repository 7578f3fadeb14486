# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a period: out with what is known and locked keys, filled, in again.

``righe`` reads what is to be reported, ``scrittura`` makes the file, ``celle`` and ``confronto``
read it when it comes back, against what was there when it left and what is there now.
"""
