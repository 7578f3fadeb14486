# SPDX-License-Identifier: AGPL-3.0-or-later
"""The arithmetic of the conciliation cycle: pure functions, with no database and no clock."""
