# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Relazione sulla performance: what it says, what it lacks, by when. Nothing here writes."""
