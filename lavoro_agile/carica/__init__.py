# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the documents print of the lavoro agile, brought in part by part."""
