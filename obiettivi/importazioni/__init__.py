# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the staff brings in from files on the objectives' floor: one kind per module."""
