# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conciliation in the REST API: what the pages show, by the same rules, and the writings that
another system may do."""
