# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of django-oauth-toolkit at the pinned version, as ``makemigrations`` writes them."""
