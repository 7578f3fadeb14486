# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the network: bodies, requests, composition, territory; and those open to anybody."""
