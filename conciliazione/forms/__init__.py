# SPDX-License-Identifier: AGPL-3.0-or-later
"""The forms of the conciliation, one module per part."""
