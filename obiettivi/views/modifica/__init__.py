# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that write the tree of a draft, one module per noun."""
