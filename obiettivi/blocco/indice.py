# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers by key, for keys of 128 bits: columns in order, a quarter of the memory of a ``dict``."""

import numpy as np

from obiettivi.blocco.colonne import Interi

IGNOTO = -1


class Indice:
    """The number of each key; a key is a row of two whole numbers, chosen as if at random.

    The rows are kept in the order of the first number. If two keys had the same one, the last
    that was put hides the other, which is not found: to be put again is all that it takes.
    """

    def __init__(self) -> None:
        self._chiavi: Interi = np.zeros((0, 2), np.int64)
        self._numeri = np.zeros(0, np.int32)

    def cerca(self, chiavi: Interi) -> Interi:
        """The number of each key; ``IGNOTO`` for those that are not there."""
        if not len(self._numeri):
            return np.full(len(chiavi), IGNOTO)
        posti = np.searchsorted(self._chiavi[:, 0], chiavi[:, 0])
        posti = np.minimum(posti, len(self._numeri) - 1)
        trovate = (self._chiavi[posti] == chiavi).all(axis=1)
        return np.where(trovate, self._numeri[posti], np.int64(IGNOTO))

    def metti(self, chiavi: Interi, numeri: Interi) -> None:
        """Add some keys that are not there, each once."""
        in_ordine = np.argsort(chiavi[:, 0], kind="stable")
        nuove = chiavi[in_ordine]
        posti = np.searchsorted(self._chiavi[:, 0], nuove[:, 0])
        self._chiavi = np.insert(self._chiavi, posti, nuove, axis=0)
        self._numeri = np.insert(self._numeri, posti, numeri[in_ordine])

    def rinumera(self, nuovi: Interi) -> None:
        """Change each number to the one in its place in ``nuovi``; ``IGNOTO`` forgets the key."""
        numeri = nuovi[self._numeri]
        restano = numeri != IGNOTO
        self._chiavi = self._chiavi[restano]
        self._numeri = numeri[restano].astype(np.int32)
