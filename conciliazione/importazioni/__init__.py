# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the conciliation reads from files."""
