# SPDX-License-Identifier: AGPL-3.0-or-later
"""The resources of the objectives' floor: address, view, name."""

from typing import Any

ROTTE: list[tuple[str, Any, str]] = []
