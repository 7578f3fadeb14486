# SPDX-License-Identifier: AGPL-3.0-or-later
"""Other programs told of what happens: subscriptions, what is told, its signed delivery."""
