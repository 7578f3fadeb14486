# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each way of putting periods together does, on small invented figures.

The figures go through the same computation as the real ones, so that the page cannot promise what
the scores do not keep.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.arrotondamento import CENTO, Modo, arrotonda
from obiettivi.calcolo.misura import Misura, Periodo, Risultato
from obiettivi.calcolo.parole import con_unita
from obiettivi.calcolo.periodi import Aggregazione, Cumulo
from obiettivi.calcolo.predefinite import ORDINARIA
from obiettivi.calcolo.spiegazione import frasi
from obiettivi.calcolo.tempo import nel_periodo
from obiettivi.calcolo.valori import Numero

ANNO = 2025
TRIMESTRI = ("T1", "T2", "T3", "T4")
Testo = str | Promise
Cifra = int | tuple[int, int]


@dataclass(frozen=True)
class Esempio:
    """A choice with when it serves, the quarters of an example, what comes out and how."""

    scelta: Testo
    quando: Testo
    indicatore: Testo
    trimestri: tuple[str, ...]
    periodo: Testo
    esito: str
    come: str


def esempi_aggregazione() -> list[Esempio]:
    """The four ways in which quarters make the year."""
    return [
        _esempio(
            _("Somma dei periodi"),
            _("Ciò che si conta: prestazioni, persone, euro."),
            _("Prestazioni erogate"),
            (120, 130, 90, 140),
            Misura("", "", None, aggregazione=Aggregazione.SOMMA),
        ),
        _esempio(
            _("Ultimo periodo"),
            _("Ciò che c’è in un momento: posti letto, liste, stato di un progetto."),
            _("Posti letto attivi"),
            (52, 52, 54, 56),
            Misura("", "", None, aggregazione=Aggregazione.ULTIMO),
        ),
        _esempio(
            _("Media dei periodi"),
            _("Ciò che si misura ogni volta da capo: tempi, punteggi di un questionario."),
            _("Giorni di attesa"),
            (40, 44, 36, 32),
            Misura("", "", None, aggregazione=Aggregazione.MEDIA, unita="gg"),
        ),
        _esempio(
            _("Rapporto delle somme"),
            _("Le percentuali con numeratore e denominatore: i trimestri con più casi pesano "
              "di più."),
            _("Accessi entro i tempi"),
            ((45, 50), (160, 200), (60, 80), (36, 40)),
            Misura("", "", None, aggregazione=Aggregazione.RAPPORTO, unita="%"),
        ),
    ]  # fmt: skip


def esempi_cumulo() -> list[Esempio]:
    """What changes when each result is the total since January: the year, and a quarter."""
    cifre = (120, 250, 340, 480)
    return [
        _esempio(
            _("Ogni risultato parla solo del suo periodo"),
            _("Il trimestre si somma, o si combina, con gli altri."),
            _("Prestazioni erogate"),
            (120, 130, 90, 140),
            Misura("", "", None, aggregazione=Aggregazione.SOMMA),
        ),
        _esempio(
            _("Risultati e target cumulati da inizio anno"),
            _("Il risultato e il target del trimestre sono il totale da gennaio."),
            _("Prestazioni da gennaio"),
            cifre,
            Misura("", "", None, cumulo=Cumulo.DA_INIZIO_ANNO),
        ),
        _esempio(
            _("Risultati cumulati, target del solo periodo"),
            _("Il risultato è il totale da gennaio, ma il target è del solo trimestre."),
            _("Prestazioni da gennaio"),
            cifre,
            Misura("", "", None, cumulo=Cumulo.DA_SCORPORARE),
            "T2",
        ),
    ]


def _esempio(
    scelta: Testo,
    quando: Testo,
    indicatore: Testo,
    cifre: Sequence[Cifra],
    misura: Misura,
    frazione: str = "",
) -> Esempio:
    risultati = [_risultato(*uno) for uno in zip(TRIMESTRI, cifre, strict=True)]
    composto = nel_periodo(misura, risultati, Periodo(ANNO, frazione), ORDINARIA)
    return Esempio(
        scelta=scelta,
        quando=quando,
        indicatore=indicatore,
        trimestri=tuple(_scritta(cifra) for cifra in cifre),
        periodo=_("2° trimestre") if frazione else _("Anno"),
        esito=con_unita(_valore(composto.risultato), misura.unita),
        come=frasi(composto.passi)[-1],
    )


def _risultato(frazione: str, cifra: Cifra) -> Risultato:
    vuoto = Risultato(Periodo(ANNO, frazione))
    if isinstance(cifra, tuple):
        return replace(vuoto, numeratore=Decimal(cifra[0]), denominatore=Decimal(cifra[1]))
    return replace(vuoto, valore=Numero(Decimal(cifra)))


def _scritta(cifra: Cifra) -> str:
    return " / ".join(map(str, cifra)) if isinstance(cifra, tuple) else str(cifra)


def _valore(risultato: Risultato) -> Decimal:
    if risultato.numeratore is not None and risultato.denominatore:
        quota = CENTO * risultato.numeratore / risultato.denominatore
        return arrotonda(quota, Modo.META_SU, 2)
    return risultato.valore.valore
