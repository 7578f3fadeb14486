# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that staff use, brought in: read, matched to fields, compared, written, undone.

What can be imported is said by the floors above, one ``Genere`` each (``ALBERO_IMPORTAZIONI``).
"""
