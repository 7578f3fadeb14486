# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the conciliation, one module per noun."""
