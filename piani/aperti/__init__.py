# SPDX-License-Identifier: AGPL-3.0-or-later
"""What programs read of the public section: maps of its links, metadata of the open data."""
