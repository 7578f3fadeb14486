# SPDX-License-Identifier: AGPL-3.0-or-later
"""The REST API of the objectives' floor; its vocabulary is ``piani.api``'s."""
