# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked of the chart: who descends from whom, who answers, what changed, what is wrong."""
