# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stored scores of a plan that are known to be right, so that only the others are read."""

from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection

from obiettivi.blocco import scrittura
from obiettivi.blocco.righe import FRAZIONE, LIVELLI, LIVELLO, OGGETTO, Dati, Righe
from obiettivi.blocco.scrittura import Differenze
from obiettivi.blocco.versioni import chiave_di, scomponi
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Prospettiva, Raggiungimento

POCHI = 100
"""Scores to compare up to which they are read by key."""
_CAMPI = (
    "piano_id", "frazione", "livello", "oggetto",
    "stato", "punteggio", "copertura", "motivo", "dimostrativo",
)  # fmt: skip
_PER_CHIAVE = f"""SELECT {", ".join(f"p.{campo}" for campo in _CAMPI)}
    FROM unnest(%s::text[], %s::text[], %s::bigint[]) AS q(frazione, livello, oggetto)
    CROSS JOIN LATERAL (
        SELECT * FROM {Raggiungimento._meta.db_table} p
        WHERE p.piano_id = %s AND p.prospettiva = %s AND p.anno = %s
        AND p.frazione = q.frazione AND p.livello = q.livello AND p.oggetto = q.oggetto
        LIMIT 1
    ) p"""  # noqa: S608 -- name of a table


class Confermati:
    """The stored scores of a plan and year that say what it was last worth, by their versions.

    A row with another version, a score that changed and one never seen are compared again.
    """

    def __init__(self, piano: int, anno: int) -> None:
        self.piano, self.anno = piano, anno
        self._versioni: dict[bytes, bytes] = {}

    def dimentica(self, chiavi: Iterable[bytes]) -> None:
        """These scores are worth something else now."""
        for chiave in chiavi:
            self._versioni.pop(chiave, None)

    def differenze(
        self,
        nuove: Righe,
        chiavi: Sequence[bytes],
        frazioni: Sequence[str],
        lette: dict[bytes, bytes],
    ) -> Differenze:
        """What of the stored scores of some periods differs from the new ones.

        ``chiavi`` are those of the new ones, ``lette`` the versions of those stored.
        """
        certe = {chiave for chiave, _versione in self._versioni.items() & lette.items()}
        incerti = [posto for posto, chiave in enumerate(chiavi) if chiave not in certe]
        da_leggere = lette.keys() - certe
        if len(da_leggere) > POCHI:
            vecchie = scrittura.salvate([self.piano], Prospettiva.CONSUNTIVO, self.anno, frazioni)
            differenze = Differenze(vecchie, nuove)
        else:
            vecchie = self._salvate(da_leggere)
            differenze = Differenze(
                vecchie, nuove.scelte(np.array(incerti, np.int64)), parziali=True
            )
        uguali = np.ones(len(vecchie), np.bool_)
        uguali[differenze.da_togliere] = False
        confermate = chiavi_di(vecchie.dati[uguali])
        self._versioni.update({chiave: lette[chiave] for chiave in confermate if chiave in lette})
        return differenze

    def _salvate(self, chiavi: Iterable[bytes]) -> Righe:
        """The stored scores with these keys."""
        tre = [scomponi(chiave) for chiave in chiavi]
        if not tre:
            return Righe.da_raggiungimenti([])
        frazioni, livelli, oggetti = (list(colonna) for colonna in zip(*tre, strict=True))
        dove = [self.piano, Prospettiva.CONSUNTIVO.value, self.anno]
        with connection.cursor() as cursore:
            cursore.execute(_PER_CHIAVE, [frazioni, livelli, oggetti, *dove])
            trovate = cursore.fetchall()
        return Righe.da_raggiungimenti(
            Raggiungimento(**dict(zip(_CAMPI, riga, strict=True))) for riga in trovate
        )


def chiavi_di(righe: Dati) -> list[bytes]:
    """The keys of some rows."""
    return [
        chiave_di(FRAZIONI[frazione], LIVELLI[livello], oggetto)
        for frazione, livello, oggetto in righe[[FRAZIONE, LIVELLO, OGGETTO]].tolist()
    ]
