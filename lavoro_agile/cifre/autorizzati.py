# SPDX-License-Identifier: AGPL-3.0-or-later
"""The authorised of a day as a table by unit and gender, with the two shares; small groups silent.

The raw cells are read whole only for the risorse umane, and never in a file that goes out.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lavoro_agile.calcolo.celle import Tavola, tavola
from lavoro_agile.calcolo.quote import DoppiaQuota, percento
from lavoro_agile.models import AutorizzatiUnita, Genere, RilevazioneAgile
from obiettivi.calcolo.riservatezza import cella_piccola
from piani.stampa import grafici
from piani.stampa.formati import numero_italiano


@dataclass(frozen=True)
class RigaUnita:
    """A unit with a figure for each gender and its total; None is silent."""

    nome: str
    per_genere: tuple[int | None, ...]
    totale: int | None


@dataclass(frozen=True)
class Prospetto:
    """What is shown of a count of the authorised."""

    rilevazione: RilevazioneAgile
    generi: tuple[str, ...]
    righe: tuple[RigaUnita, ...]
    per_genere: tuple[int | None, ...]
    totale: int | None
    tace: bool
    intero: bool

    @property
    def quota(self) -> DoppiaQuota | None:
        """The two shares, always together; None when the total is silent."""
        if self.totale is None:
            return None
        return DoppiaQuota(self.totale, self.rilevazione.dipendenti, self.rilevazione.potenziali)

    @property
    def quota_effettivi(self) -> Decimal | None:
        """Of the authorised, how many worked so at least a day; None when it would tell of few."""
        effettivi = self.rilevazione.effettivi
        if self.totale is None or effettivi is None or effettivi > self.totale:
            return None
        pochi = any(cella_piccola(n, minimo()) for n in (effettivi, self.totale - effettivi))
        if pochi and not self.intero:
            return None
        return percento(effettivi, self.totale)


def minimo() -> int:
    """The size under which a group of people is not shown."""
    return settings.CELLA_MINIMA


def prospetti(rilevazioni: Sequence[RilevazioneAgile], *, intere: bool = False) -> list[Prospetto]:
    """The tables of those counts, in one query.

    :param intere: for the risorse umane, with the small groups.
    """
    celle: dict[int, list[AutorizzatiUnita]] = {una.pk: [] for una in rilevazioni}
    for cella in AutorizzatiUnita.objects.filter(rilevazione__in=celle).select_related("unita"):
        celle[cella.rilevazione_id].append(cella)
    return [_prospetto(una, celle[una.pk], intere=intere) for una in rilevazioni]


def prospetto(rilevazione: RilevazioneAgile, *, intera: bool = False) -> Prospetto:
    return prospetti([rilevazione], intere=intera)[0]


def _prospetto(
    rilevazione: RilevazioneAgile, celle: Iterable[AutorizzatiUnita], *, intere: bool
) -> Prospetto:
    celle = list(celle)
    generi = [uno for uno in (*Genere.values, "") if any(c.genere == uno for c in celle)]
    nomi = {cella.ordine: cella.nome_unita for cella in celle}
    conteggi: dict[tuple[Hashable, Hashable], int] = {
        (ordine, genere): 0 for ordine in nomi for genere in generi
    }
    for cella in celle:
        conteggi[cella.ordine, cella.genere] += cella.quanti
    # One person is the least that can be counted: nothing is silent for who reads it whole.
    quadro: Tavola = tavola(conteggi, 1 if intere else minimo())
    righe = tuple(
        RigaUnita(nome, tuple(quadro.cella(o, g) for g in generi), quadro.cella(o, None))
        for o, nome in nomi.items()
    )
    return Prospetto(
        rilevazione,
        tuple(_nome(genere) for genere in generi),
        righe,
        tuple(quadro.cella(None, genere) for genere in generi),
        quadro.cella(None, None) if celle else 0,
        tace=quadro.tace,
        intero=intere,
    )


def _nome(genere: str) -> str:
    return str(Genere(genere).label) if genere else _("Non detto")


def righe_csv(quadro: Prospetto) -> Iterator[list[object]]:
    """The table as it is shown to who may not see small groups."""
    yield [_("unità"), *(genere.lower() for genere in quadro.generi), _("totale")]
    for riga in (*quadro.righe, RigaUnita(_("totale"), quadro.per_genere, quadro.totale)):
        yield [riga.nome, *(_detto(cifra) for cifra in (*riga.per_genere, riga.totale))]
    quota = quadro.quota
    if quota is not None:
        yield [_("dipendenti"), quota.dipendenti or ""]
        yield [_("quota sui dipendenti, %"), quota.sui_dipendenti or ""]
        yield [_("potenziali"), quota.potenziali or ""]
        yield [_("quota sui potenziali, %"), quota.sui_potenziali or ""]


def quote_csv(quadri: Iterable[Prospetto]) -> Iterator[list[object]]:
    """The shares of each count, as they are shown to who may not see small groups."""
    yield [
        _("giorno"),
        _("autorizzati"),
        _("quota sui dipendenti, %"),
        _("quota sui potenziali, %"),
    ]
    for quadro in quadri:
        quota = quadro.quota
        yield [
            quadro.rilevazione.giorno, _detto(quadro.totale),
            quota.sui_dipendenti if quota else None, quota.sui_potenziali if quota else None,
        ]  # fmt: skip


def _detto(cifra: int | None) -> object:
    return _("non mostrato") if cifra is None else cifra


def grafico_unita(quadro: Prospetto) -> SafeString:
    """Who is authorised, unit by unit, women and men apart."""
    serie = [
        grafici.Serie(genere, tuple(_dato(riga.per_genere[posto]) for riga in quadro.righe))
        for posto, genere in enumerate(quadro.generi)
    ]
    return grafici.barre_a_gruppi(
        f"autorizzati-{quadro.rilevazione.pk}",
        _("Autorizzati per unità e genere"),
        [riga.nome for riga in quadro.righe],
        serie,
    )


def grafico_quote(quadri: Sequence[Prospetto]) -> SafeString:
    """The two shares, day after day."""
    quote = [quadro.quota for quadro in quadri]
    serie = [
        grafici.Serie(_("Su tutti i dipendenti"),
                      tuple(_quota(una.sui_dipendenti if una else None) for una in quote)),
        grafici.Serie(_("Su chi potrebbe"),
                      tuple(_quota(una.sui_potenziali if una else None) for una in quote)),
    ]  # fmt: skip
    giorni = [f"{quadro.rilevazione.giorno:%d/%m/%Y}" for quadro in quadri]
    return grafici.barre_a_gruppi(
        "quote-agile", _("Quota di autorizzati, sui due totali"), giorni, serie
    )


def _dato(cifra: int | None) -> grafici.Dato:
    if cifra is None:
        return grafici.Dato(None, _("non mostrato"))
    return grafici.Dato(Decimal(cifra))


def _quota(valore: Decimal | None) -> grafici.Dato:
    testo = "n.d." if valore is None else f"{numero_italiano(valore, 2)}%"
    return grafici.Dato(valore, testo)
