# SPDX-License-Identifier: AGPL-3.0-or-later
"""How people get in: allauth's adapters, forms and addresses, and what stands before each page."""
