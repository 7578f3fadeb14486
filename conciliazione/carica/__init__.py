# SPDX-License-Identifier: AGPL-3.0-or-later
"""The documents of the past plans brought in, part by part."""
