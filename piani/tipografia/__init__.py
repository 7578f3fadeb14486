# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a page of ours to its PDF. It knows neither Django nor plans: a small process can do it."""
