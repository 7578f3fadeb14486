# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people of a round by unit and by profile; small groups silent.

In each table a group is parted in two, who could work so and who could not, so that no difference
gives a small one away. The two tables tell of the same totals: when one of these is silent, who
may not read small groups is told by unit only.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lavoro_agile.calcolo.celle import Tavola, tavola
from lavoro_agile.calcolo.quote import percento
from lavoro_agile.cifre.autorizzati import minimo
from lavoro_agile.models import Area, AttivitaMappata, CampagnaMappatura, ProfiloMappato, Smartabile
from lavoro_agile.models.visibilita import Chi

INVIATE = ("trasmessa", "chiusa")
POTENZIALI, ALTRI = "potenziali", "altri"


@dataclass(frozen=True)
class Gruppo:
    """The people of a unit or of a profile; None is silent."""

    nome: str
    in_servizio: int | None
    potenziali: int | None
    chiave: int | None = None

    @property
    def quota(self) -> Decimal | None:
        return percento(self.potenziali, self.in_servizio)


@dataclass(frozen=True)
class Totali:
    """What is shown of the people of a round."""

    unita: tuple[Gruppo, ...]
    profili: tuple[Gruppo, ...]
    totale: Gruppo
    tace: bool

    def di(self, mappatura: int) -> Gruppo | None:
        """The people of a form."""
        return next((uno for uno in self.unita if uno.chiave == mappatura), None)


def totali(campagna: CampagnaMappatura, *, intero: bool = False) -> Totali:
    """The people of the forms that were sent, in one query.

    :param intero: for the risorse umane, with the small groups.
    """
    profili = list(
        ProfiloMappato.objects.filter(mappatura__campagna=campagna, mappatura__stato__in=INVIATE)
        .select_related("mappatura__unita")
        .order_by("mappatura__unita__ordine", "mappatura_id", "ordine")
    )
    # One person is the least that can be counted: nothing is silent for who reads it whole.
    soglia = 1 if intero else minimo()
    per_unita = _tavola(profili, lambda uno: uno.mappatura_id, soglia)
    per_profilo = _tavola(profili, _profilo, soglia)
    nomi_unita = {uno.mappatura_id: uno.mappatura.nome_unita for uno in profili}
    nomi_profili = {_profilo(uno): _nome(uno) for uno in profili}
    insieme = not (_totali_taciuti(per_unita) or _totali_taciuti(per_profilo))
    return Totali(
        unita=tuple(_gruppo(per_unita, uno, nomi_unita[uno], uno) for uno in nomi_unita),
        profili=tuple(
            _gruppo(per_profilo, uno, nomi_profili[uno]) for uno in sorted(nomi_profili)
        ) if insieme else (),
        totale=_gruppo(per_unita, None, _("Totale")) if profili else Gruppo(_("Totale"), 0, 0),
        tace=per_unita.tace or per_profilo.tace,
    )  # fmt: skip


def _tavola(
    profili: Iterable[ProfiloMappato], chiave: Callable[[ProfiloMappato], Hashable], soglia: int
) -> Tavola:
    conteggi: dict[tuple[Hashable, Hashable], int] = {}
    for uno in profili:
        altri = uno.in_servizio - uno.potenziali
        for colonna, quanti in ((POTENZIALI, uno.potenziali), (ALTRI, altri)):
            dove = (chiave(uno), colonna)
            conteggi[dove] = conteggi.get(dove, 0) + quanti
    return tavola(conteggi, soglia)


def _gruppo(quadro: Tavola, riga: Hashable | None, nome: str, chiave: int | None = None) -> Gruppo:
    return Gruppo(nome, quadro.cella(riga, None), quadro.cella(riga, POTENZIALI), chiave)


def _totali_taciuti(quadro: Tavola) -> bool:
    return any(quadro.cella(None, colonna) is None for colonna in (POTENZIALI, ALTRI, None))


def _profilo(uno: ProfiloMappato) -> tuple[str, str]:
    """The same profile, however it is capitalised."""
    return (uno.area, " ".join(uno.profilo.casefold().split()))


def _nome(uno: ProfiloMappato) -> str:
    return f"{uno.profilo} ({Area(uno.area).label.lower()})"


def attivita_visibili(campagna: CampagnaMappatura, utente: Chi) -> Sequence[AttivitaMappata]:
    """The activities of the forms sent that the person sees, unit by unit; in one query."""
    tutte: Any = AttivitaMappata.objects
    return list(
        tutte.visibili_a(utente)
        .filter(mappatura__campagna=campagna, mappatura__stato__in=INVIATE)
        .select_related("mappatura__unita")
        .order_by("mappatura__unita__ordine", "mappatura_id", "ordine")
    )


def per_esito(attivita: Sequence[AttivitaMappata]) -> list[tuple[str, int]]:
    """How many activities can be done so, in part, not at all."""
    return [(str(esito.label), sum(una.esito == esito for una in attivita)) for esito in Smartabile]


def righe_csv(quadro: Totali) -> Iterator[list[object]]:
    """The people as they are shown to who may not see small groups."""
    yield [_("per"), _("nome"), _("in servizio"), _("coinvolgibili"), _("quota, %")]
    gruppi = (
        *((_("unità"), uno) for uno in quadro.unita),
        *((_("profilo"), uno) for uno in quadro.profili),
        (_("totale"), quadro.totale),
    )
    for che, uno in gruppi:
        quota = "" if uno.quota is None else uno.quota
        yield [che, uno.nome, _detto(uno.in_servizio), _detto(uno.potenziali), quota]


def righe_attivita(attivita: Iterable[AttivitaMappata]) -> Iterator[list[object]]:
    """What is done in each unit, and how it is judged: no people in it."""
    yield [
        _("unità"), _("attività"), _("si può fare fuori sede"), _("autonomia"),
        _("interdipendenza"), _("misurabilità"), _("secondo la regola"),
        _("secondo il responsabile"), _("perché"),
    ]  # fmt: skip
    for una in attivita:
        yield [
            una.mappatura.nome_unita, una.nome, _("sì") if una.delocalizzabile else _("no"),
            una.get_autonomia_display(), una.get_interdipendenza_display(),
            una.get_misurabilita_display(), una.get_smartabile_display(),
            una.get_corretta_in_display(), una.motivo,
        ]  # fmt: skip


def _detto(cifra: int | None) -> object:
    return _("non mostrato") if cifra is None else cifra
