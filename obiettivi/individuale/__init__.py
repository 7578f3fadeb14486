# SPDX-License-Identifier: AGPL-3.0-or-later
"""The individual evaluation: what a sheet says and to whom, and the figures of all together."""
