# SPDX-License-Identifier: AGPL-3.0-or-later
"""Times of the main jobs at real size, on a throw-away PostgreSQL: ``python -m bench``."""
