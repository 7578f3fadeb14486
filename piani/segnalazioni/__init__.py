# SPDX-License-Identifier: AGPL-3.0-or-later
"""Errors that citizens find in the public pages: the form, the inbox of the office, the answer."""
