# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the conciliation, one module per noun: they check shape, the action decides."""
