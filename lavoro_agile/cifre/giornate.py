# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days and hours in agile work, summed by unit and by month; groups of few people silent.

Who is few is said by the people of the group: the same groups are silent in the days and in the
hours, so that totals do not give them away.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lavoro_agile.calcolo.celle import tavola
from lavoro_agile.calcolo.quote import percento
from lavoro_agile.cifre.autorizzati import minimo
from lavoro_agile.models import GiornateAgili
from lavoro_agile.models.visibilita import Chi, lette
from piani.models import Azienda
from piani.stampa import grafici
from piani.stampa.formati import MESI, numero_italiano

ZERO = Decimal(0)


@dataclass
class Somma:
    """Days and hours of a group, with what could have been worked."""

    nome: str = ""
    persone: int = 0
    giorni: Decimal = ZERO
    giorni_lavorabili: Decimal = ZERO
    ore: Decimal = ZERO
    ore_lavorabili: Decimal = ZERO
    accordi: set[int] = field(default_factory=set)
    tace: bool = False

    def aggiungi(self, riga: GiornateAgili) -> None:
        for campo in ("giorni", "giorni_lavorabili", "ore", "ore_lavorabili"):
            setattr(self, campo, getattr(self, campo) + (getattr(riga, campo) or ZERO))
        if riga.accordo_id is None:
            self.persone = max(self.persone, riga.persone or 0)
        else:
            self.accordi.add(riga.accordo_id)

    @property
    def quante(self) -> int:
        return self.persone + len(self.accordi)

    @property
    def quota_giorni(self) -> Decimal | None:
        return percento(self.giorni, self.giorni_lavorabili)

    @property
    def quota_ore(self) -> Decimal | None:
        return percento(self.ore, self.ore_lavorabili)


@dataclass(frozen=True)
class AnnoAgile:
    """A year of an azienda, by unit and by month, with its total."""

    anno: int
    per_unita: tuple[Somma, ...]
    per_mese: tuple[Somma, ...]
    totale: Somma

    @property
    def tace(self) -> bool:
        return any(una.tace for una in (*self.per_unita, *self.per_mese, self.totale))


def anni_con_giornate(azienda: Azienda, utente: "Chi") -> list[int]:
    """The years of which the person may read the sums, the last first."""
    righe = GiornateAgili.objects.filter(lette(utente), azienda=azienda).order_by("-anno")
    return list(righe.values_list("anno", flat=True).distinct())


def anno_agile(azienda: Azienda, anno: int, utente: "Chi", *, intero: bool = False) -> AnnoAgile:
    """The sums of a year that the person may read, in one query.

    :param intero: for the risorse umane, with the small groups.
    """
    righe = list(
        GiornateAgili.objects.filter(lette(utente), azienda=azienda, anno=anno).select_related(
            "unita", "accordo__unita"
        )
    )
    unita: dict[Hashable, Somma] = {}
    mesi: dict[Hashable, Somma] = {}
    nel_mese: dict[Hashable, dict[str, Somma]] = {}
    totale = Somma(_("Tutta l'azienda"))
    for riga in righe:
        nome = _nome_unita(riga)
        unita.setdefault(nome, Somma(nome)).aggiungi(riga)
        mesi.setdefault(riga.mese, Somma(_nome_mese(riga.mese))).aggiungi(riga)
        nel_mese.setdefault(riga.mese, {}).setdefault(nome, Somma()).aggiungi(riga)
        totale.aggiungi(riga)
    # Of a month the people are those of its units together: one unit's would be too few.
    for mese, somma in mesi.items():
        somma.persone = sum(una.quante for una in nel_mese[mese].values())
        somma.accordi = set()
    totale.persone, totale.accordi = sum(una.quante for una in unita.values()), set()
    if not intero:
        _taci(unita)
        _taci(mesi)
        totale.tace = 0 < totale.quante < minimo() or not totale.quante
    in_ordine = sorted(mesi.items(), key=lambda coppia: int(str(coppia[0])))
    return AnnoAgile(
        anno, tuple(unita.values()), tuple(somma for _mese, somma in in_ordine), totale
    )


def _taci(somme: Mapping[Hashable, Somma]) -> None:
    """Silence the groups of few, and those that with the total would give them away. A group of
    which the people are not known is taken for small.
    """
    quadro = tavola({(chi, ""): somma.quante or 1 for chi, somma in somme.items()}, minimo())
    for chi, somma in somme.items():
        somma.tace = quadro.cella(chi, "") is None


def _nome_unita(riga: GiornateAgili) -> str:
    if riga.accordo is None:
        return riga.nome_unita
    return riga.accordo.nome_unita


def _nome_mese(mese: int) -> str:
    return MESI[mese - 1] if mese else _("tutto l'anno")


def righe_csv(quadro: AnnoAgile) -> Iterator[list[object]]:
    """The sums as they are shown to who may not see small groups."""
    yield [
        _("gruppo"), _("nome"), _("persone"), _("giorni agili"), _("giorni lavorabili"),
        _("% giorni"), _("ore agili"), _("ore lavorabili"), _("% ore"),
    ]  # fmt: skip
    for gruppo, somme in _gruppi(quadro):
        for una in somme:
            yield [gruppo, una.nome, *_cifre(una)]


def _gruppi(quadro: AnnoAgile) -> Iterable[tuple[str, Iterable[Somma]]]:
    yield _("unità"), quadro.per_unita
    yield _("mese"), quadro.per_mese
    yield _("totale"), [quadro.totale]


def _cifre(una: Somma) -> list[object]:
    if una.tace:
        return [_("non mostrato"), *[""] * 6]
    return [
        una.quante, una.giorni, una.giorni_lavorabili, una.quota_giorni or "", una.ore,
        una.ore_lavorabili, una.quota_ore or "",
    ]  # fmt: skip


def grafico_mesi(quadro: AnnoAgile) -> SafeString:
    """The share of days in agile work, month by month."""
    voci = []
    for una in quadro.per_mese:
        quota = None if una.tace else una.quota_giorni
        testo = _("non mostrato") if una.tace else f"{numero_italiano(quota, 2)}%"
        voci.append(
            (una.nome, grafici.Dato(quota, "n.d." if quota is None and not una.tace else testo))
        )
    return grafici.barre(f"giornate-{quadro.anno}", _("Giorni in modalità agile, in %"), voci)
