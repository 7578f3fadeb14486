# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lavoro agile in the REST API. Why a person asks, or is protected, is in none of it."""
