# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede budget: questions on them, and what their page shows. Nothing here writes."""
