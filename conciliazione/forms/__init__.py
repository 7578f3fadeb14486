# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the conciliation: they check shape, the actions decide."""
