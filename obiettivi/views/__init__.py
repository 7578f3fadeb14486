# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the objectives' floor, one module per noun."""
