# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet shaped like the tables of a plan → its tree: ``letto`` what a row says, ``adesso`` what
the plan says, ``confronto`` what would change, ``scrittura`` the change, ``annullo`` the way back.
"""
