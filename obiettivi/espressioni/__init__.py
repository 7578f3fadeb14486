# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reader of printed targets: ``leggi("≥ 95%")`` says what the text asks for.

A plan prints targets as people write them (see the kinds in ``docs/manuale/target.md``). The
reading is total: any text gives a reading, or ``non_interpretabile`` with an Italian reason; it
never raises and takes a time that grows with the length. The printed text is kept as it is.

How sure a reading is:

* *alta*: the words say it all; a person need not confirm.
* *media*: the figure is read, something was assumed or left unread; the reason says what.
* *bassa*: more readings are as likely; the reason says which choice was made.

A bare number (``60%``, ``57,53 GG``) has comparator ``=`` and certainty *media*: whether it is a
least, a most or an exact value is for a person to say. A bare ``100%`` alone is *alta* and
``crescente``: for a share, reaching it all and being equal to it are the same thing.
"""

from .lettore import LUNGHEZZA_MASSIMA, leggi

__all__ = ["LUNGHEZZA_MASSIMA", "leggi"]
