# SPDX-License-Identifier: AGPL-3.0-or-later
"""The requests of a call counted by area and by how they ended, tranche by tranche.

It is one table, so that what is silent in it cannot be found from another one: who is not of the
risorse umane reads no other count of the same requests by area.
"""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from lavoro_agile.calcolo.celle import tavola
from lavoro_agile.cifre.autorizzati import minimo
from lavoro_agile.cifre.motivi import conteggi_motivi
from lavoro_agile.models import Area, BandoLavoroAgile, ParereDomanda, SecondaIstanza

NEGATE = ("negata", "in_riesame", "respinta")
Chiave = str | int


@dataclass(frozen=True)
class Riga:
    """How many in each area, and in all; None is silent. ``posti`` are those of a tranche."""

    nome: str
    per_area: list[int | None]
    totale: int | None
    posti: int | None = None


@dataclass(frozen=True)
class Quadro:
    """The table of a call, with the totals as its last row."""

    aree: list[str]
    righe: list[Riga]
    totali: Riga
    tace: bool


def quadro(bando: BandoLavoroAgile, *, intero: bool = False) -> Quadro:
    """The requests of a call by outcome and area, in two queries.

    :param intero: for the risorse umane, with the small groups.
    """
    aree = _aree(bando)
    voci = list(_voci(bando))
    contati = _contati(bando)
    celle: dict[tuple[Hashable, Hashable], int] = {
        (chiave, area): contati[chiave, area] for chiave, _n, _p in voci for area in aree
    }
    soglia = 1 if intero else max(minimo(), bando.edizione.regole.cella_minima)
    fatta = tavola(celle, soglia)

    def riga(chiave: Chiave | None, nome: str, posti: int | None = None) -> Riga:
        per_area = [fatta.cella(chiave, area) for area in aree]
        return Riga(nome, per_area, fatta.cella(chiave, None), posti)

    return Quadro(
        aree=[str(Area(area).label) for area in aree],
        righe=[riga(*voce) for voce in voci],
        totali=riga(None, _("Domande presentate")),
        tace=fatta.tace,
    )


def righe_csv(bando: BandoLavoroAgile) -> Iterator[list[object]]:
    """The figures of a call as a file, which leaves the program: small groups are silent in it for
    everybody, and refusals are not there.
    """
    fatto = quadro(bando)
    yield [_("esito"), _("posti"), *(area.lower() for area in fatto.aree), _("totale")]
    for riga in (*fatto.righe, fatto.totali):
        posti = "" if riga.posti is None else riga.posti
        yield [riga.nome, posti, *(_detto(uno) for uno in (*riga.per_area, riga.totale))]
    yield []
    yield [_("motivo"), _("domande che lo danno")]
    for motivo in conteggi_motivi(bando):
        yield [motivo.nome, _detto(motivo.quanti)]


def _detto(quanti: int | None) -> object:
    return _("non mostrato") if quanti is None else quanti


def dinieghi(bando: BandoLavoroAgile) -> list[Riga]:
    """The contrary opinions by cause and area: for the risorse umane alone, nothing is silent."""
    aree = _aree(bando)
    contrari = ParereDomanda.objects.filter(
        domanda__in=bando.domande.presentate(), esito=ParereDomanda.Esito.CONTRARIO
    )
    contati = Counter(contrari.order_by().values_list("causa", "domanda__area"))
    nomi = {uno.codice: uno.nome for uno in bando.edizione.regole.dinieghi}
    nomi |= {causa: causa or _("Non detto") for causa, _area in contati if causa not in nomi}
    righe = []
    for causa, nome in nomi.items():
        per_area: list[int | None] = [contati[causa, area] for area in aree]
        righe.append(Riga(nome, per_area, sum(contati[causa, area] for area in aree)))
    return righe


def istanze(bando: BandoLavoroAgile) -> int:
    """How many asked again: for the risorse umane alone."""
    return SecondaIstanza.objects.filter(domanda__in=bando.domande.presentate()).count()


def _aree(bando: BandoLavoroAgile) -> list[str]:
    """The areas of the edition, then the others that somebody asked from."""
    previste = [una.area.value for una in bando.edizione.regole.aree]
    return previste or [area for area, _nome in Area.choices]


def _voci(bando: BandoLavoroAgile) -> Iterator[tuple[Chiave, str, int | None]]:
    yield "presentata", _("In attesa del parere"), None
    yield "favorevole", _("Con parere favorevole, da ammettere"), None
    yield "negate", _("Negate, o in riesame"), None
    for una in bando.tranche.all():
        yield una.pk, _("Ammesse nella %(tranche)s") % {"tranche": una}, una.posti
    yield "ammessa", _("Ammesse senza tranche"), None


def _contati(bando: BandoLavoroAgile) -> Counter[tuple[Chiave, str]]:
    contati: Counter[tuple[Chiave, str]] = Counter()
    gruppi = bando.domande.presentate().order_by().values("stato", "tranche", "area")
    for gruppo in gruppi.annotate(quante=Count("pk")):
        stato = "negate" if gruppo["stato"] in NEGATE else gruppo["stato"]
        contati[gruppo["tranche"] or stato, gruppo["area"]] += gruppo["quante"]
    return contati
