# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules and figures of the lavoro agile, pure: no Django, no database, no clock."""
