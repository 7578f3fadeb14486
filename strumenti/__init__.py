# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ``./avvia`` and ``./prova`` are made of. Standard library only: it runs before pip does."""
