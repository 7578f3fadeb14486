# SPDX-License-Identifier: AGPL-3.0-or-later
"""The version, said once: pages, documents and packages read it here."""

VERSIONE = "0.1.0"
