# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents of the body that belong to no plan: sentences and tables, one photograph, five forms
(page, PDF, JSON, CSV, xlsx).
"""
