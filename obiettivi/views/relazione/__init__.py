# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the Relazione sulla performance."""
