# SPDX-License-Identifier: AGPL-3.0-or-later
"""What makes the public pages quick to give and easy to find: answers that browsers and caches
keep, pages rendered once for each version, search, what other sites show of a link.
"""
