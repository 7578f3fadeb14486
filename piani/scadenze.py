# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calendar of a person: their own deadlines, and those of the cycle of their aziende."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from piani import bacheca
from piani.models import Fase, Piano, Utente

IN_VIGORE = (Piano.Stato.ADOTTATO, Piano.Stato.PUBBLICATO)


@dataclass(frozen=True)
class Scadenza:
    """A day of the calendar: by when, what, whose; ``mia`` awaits the person, the others are of
    the cycle. ``dal`` is when its window opens, if it has one.
    """

    il: date
    titolo: str
    url: str
    di: str = ""
    dal: date | None = None
    mia: bool = False

    @property
    def chiave(self) -> str:
        """What it is the deadline of, whatever the words: a moved deadline is another one."""
        return f"{self.url}|{self.il.isoformat()}"


def mie(cose: Iterable[bacheca.Cosa]) -> list[Scadenza]:
    """The deadlines of the things to do, the nearest first; of two of the same page and day one."""
    trovate: dict[str, Scadenza] = {}
    for cosa in cose:
        if cosa.scadenza is not None:
            una = Scadenza(cosa.scadenza, cosa.titolo, cosa.url, mia=True)
            trovate.setdefault(una.chiave, una)
    return sorted(trovate.values(), key=lambda una: (una.il, una.titolo))


def calendario(utente: Utente) -> list[Scadenza]:
    """Everything with a day that concerns the person, in order of day, the person's own first."""
    del_ciclo = [
        una for percorso in settings.ALBERO_SCADENZE for una in import_string(percorso)(utente)
    ]
    tutte = [*mie(bacheca.raccogli(utente)), *del_ciclo]
    return sorted(tutte, key=lambda una: (una.il, not una.mia, una.titolo))


def fasi_dei_piani(utente: Utente) -> Iterator[Scadenza]:
    """The phases with a date of the plans in force, for each of their years."""
    piani = Piano.objects.visibili_a(utente).filter(stato__in=IN_VIGORE)
    fasi = Fase.objects.filter(piano__in=piani, mese__isnull=False)
    for fase in fasi.select_related("piano__azienda"):
        for anno in fase.piano.anni:
            giorno = _giorno(anno + fase.anno_offset, fase.mese, fase.giorno)
            yield Scadenza(
                giorno,
                _("%(fase)s, ciclo %(anno)s") % {"fase": fase.nome, "anno": anno},
                fase.piano.get_absolute_url(),
                di=str(fase.piano.azienda),
            )


def _giorno(anno: int, mese: int | None, giorno: int | None) -> date:
    """The day of a phase in a year; a 29, 30 or 31 that the month has not is its last day."""
    for ultimo in (giorno or 1, 30, 29):
        try:
            return date(anno, mese or 1, ultimo)
        except ValueError:
            continue
    return date(anno, mese or 1, 28)
