# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fast path: many indicators at once, with the same digits as the reference.

The reference (``giudizio``, ``aggregazione``) judges one indicator in Decimal and tells every step.
Here nothing is told and nothing is approximate. A rule is compiled once (``compila``): up to three
zones of the result, in each of which the grade is a ratio of two linear functions of the result,
then a broken line (``spezzate``) that holds all that the edition does after the method. Results
are whole numbers (tenths of thousandths), so grades are ratios of whole numbers: ``nucleo`` works
on NumPy ``int64`` where every product fits, on Python integers where it would not. What is not
expressible this way (a target by site, bands of multipliers in a line, a date) is given back to
the reference, one indicator at a time. ``risalita`` rolls up with the reference's arithmetic and
without its steps.
"""
