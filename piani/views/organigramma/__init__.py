# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the chart: as it is on a day, its versions, drafts, units, incarichi to mend."""
