# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an edition as a page and as a form, made from the fields of the edition itself.

``campi`` finds the fields and their kinds, ``etichette`` says them in Italian, ``modulo`` reads a
form and shows it, ``parole`` tells the rules in words, ``esempi`` scores worked examples. A new
field of ``Edizione`` appears by itself.
"""
