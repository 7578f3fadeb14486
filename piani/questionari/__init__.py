# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questionnaires: prepared, handed out as anonymous links, answered, read as figures of many.

Whoever is above (the conciliation, the agile work) makes its own questionnaires with
``piani.questionari.azioni`` and shows their results with ``piani.questionari.risultati``.
"""
