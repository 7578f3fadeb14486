# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet of the schede budget of a year: ``letto`` what a row says, ``adesso`` what the schede
say, ``confronto`` what would change, ``scrittura`` the change, ``annullo`` the way back.
"""
