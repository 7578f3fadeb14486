# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the ground floor, one module per noun."""
