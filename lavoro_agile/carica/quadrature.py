# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every printed figure of the lavoro agile beside the one that our rows give.

A group smaller than the minimum is not told again, though the source prints it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from django.db.models import Sum
from django.utils.translation import gettext as _

from lavoro_agile.carica.fogli import Dati, leggi
from lavoro_agile.models import (
    BandoLavoroAgile,
    DomandaLavoroAgile,
    Genere,
    MotivoDomanda,
    Pola,
    RilevazioneAgile,
)
from piani.models import Quadratura

Stato = DomandaLavoroAgile.Stato


@dataclass(frozen=True)
class Figura:
    """A printed figure, with ours."""

    dove: str
    stampata: Dati
    calcolata: Decimal
    nota: str = ""


def scrivi(
    pola: Pola,
    cartella: Path,
    *,
    bando: BandoLavoroAgile | None,
    rilevazione: RilevazioneAgile | None,
) -> None:
    """Write them as quadrature of the plan of the POLA, in the order of the files."""
    figure = [
        *(_delle_domande(bando, leggi(cartella, "domande")) if bando else ()),
        *(_degli_autorizzati(rilevazione, leggi(cartella, "autorizzati")) if rilevazione else ()),
        *_dei_file(pola, rilevazione, leggi(cartella, "quadrature")),
    ]
    Quadratura.objects.bulk_create(
        Quadratura(
            piano=pola.piano,
            ordine=ordine,
            dove=una.dove,
            stampato=una.stampata["stampato"],
            calcolato=una.calcolata,
            differenza=Decimal(una.stampata["valore"]) - una.calcolata,
            nota=una.nota,
            riga_fonte=str(una.stampata["riga"]),
        )
        for ordine, una in enumerate(figure, start=1)
    )


def _delle_domande(bando: BandoLavoroAgile, dati: Dati) -> Iterator[Figura]:
    domande = bando.domande.presentate()
    minimo = bando.edizione.regole.cella_minima
    tutte = dati["domande"]
    ricostruite = _("Contate sulle domande ricostruite dai totali stampati.")
    yield Figura(_("Domande presentate"), tutte["totale"], Decimal(domande.count()), ricostruite)
    for area, nome in DomandaLavoroAgile._meta.get_field("area").flatchoices:
        yield Figura(
            _("Domande presentate: %(area)s") % {"area": nome.lower()},
            tutte[area],
            Decimal(domande.filter(area=area).count()),
            ricostruite,
        )
    negative = domande.filter(stato__in=(Stato.NEGATA, Stato.RESPINTA))
    yield Figura(
        _("Domande con parere contrario"),
        dati["pareri_negativi"]["totale"],
        Decimal(negative.count()),
        ricostruite,
    )
    yield Figura(
        _("Persone da ammettere, somma delle tranche"),
        dati["obiettivo"]["persone"],
        Decimal(bando.tranche.aggregate(n=Sum("posti"))["n"]),
    )
    for motivo in dati["motivazioni"]:
        if Decimal(motivo["valore"]) >= minimo:
            quanti = MotivoDomanda.objects.filter(domanda__in=domande, codice=motivo["codice"])
            yield Figura(
                _("Motivi presentati: %(motivo)s") % {"motivo": motivo["nome"].lower()},
                motivo,
                Decimal(quanti.count()),
                ricostruite,
            )


def _degli_autorizzati(rilevazione: RilevazioneAgile, dati: Dati) -> Iterator[Figura]:
    totali = dati["totali"]
    tutti = _somma(rilevazione)
    yield Figura(_("Autorizzati, somma per unità e genere"), totali["autorizzati"], tutti)
    yield Figura(_("Richieste, somma per unità e genere"), totali["richieste"], tutti)
    yield Figura(
        _("Autorizzati di genere maschile"),
        totali["maschi"],
        _somma(rilevazione, genere=Genere.M),
    )
    basi = {"dipendenti": rilevazione.dipendenti, "potenziali": rilevazione.potenziali or 0}
    for quota in dati["quote"]:
        yield Figura(
            _("Quota degli autorizzati: %(base)s") % {"base": quota["nome"].lower()},
            quota["quota"],
            _percento(tutti, basi[quota["codice"]]),
            _("Il denominatore stampato è «%(testo)s».")
            % {"testo": quota["denominatore"]["stampato"]},
        )


def _dei_file(pola: Pola, rilevazione: RilevazioneAgile | None, dati: Dati) -> Iterator[Figura]:
    """Those of quadrature.toml that a row of ours can answer."""
    dipendenti = pola.azienda.dipendenti
    for riga in dati.get("quadrature", ()):
        if riga["codice"] == "dipendenti" and dipendenti:
            yield Figura(riga["dove"], riga, Decimal(dipendenti), riga["nota"])
        if riga["codice"] == "quota-180-due-decimali" and dipendenti:
            yield Figura(riga["dove"], riga, _percento(Decimal(180), dipendenti), riga["nota"])
        if rilevazione is not None and riga["codice"] in EFFETTIVI:
            parte, tutto = EFFETTIVI[riga["codice"]](rilevazione)
            yield Figura(riga["dove"], riga, _percento(parte, tutto), riga["nota"])


def _dei_73(rilevazione: RilevazioneAgile) -> tuple[Decimal, Decimal]:
    """Who worked so at least a day, of the authorised."""
    return Decimal(rilevazione.effettivi or 0), _somma(rilevazione)


def _dei_potenziali(rilevazione: RilevazioneAgile) -> tuple[Decimal, Decimal]:
    """The authorised, of those who could."""
    return _somma(rilevazione), Decimal(rilevazione.potenziali or 0)


EFFETTIVI = {"effettivi-su-potenziali": _dei_73, "effettivi-su-223": _dei_potenziali}


def _somma(rilevazione: RilevazioneAgile, **filtri: str) -> Decimal:
    righe = rilevazione.autorizzati.filter(**filtri)
    return Decimal(righe.aggregate(n=Sum("quanti"))["n"] or 0)


def _percento(parte: Decimal, tutto: Decimal | int) -> Decimal:
    """Per cent with two decimals, as the sources print it."""
    quota = 100 * parte / Decimal(tutto)
    return quota.quantize(Decimal("0.01"), ROUND_HALF_UP)
