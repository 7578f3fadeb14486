# SPDX-License-Identifier: AGPL-3.0-or-later
"""The transcribed plans of the conciliation, from files to rows: each part loads its own."""
