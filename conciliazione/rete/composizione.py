# SPDX-License-Identifier: AGPL-3.0-or-later
"""A composition as pages and files show it: printed beside counted, kind by kind, and the chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conciliazione.models import ComposizioneRete, TipoEnte
from conciliazione.rete.membri import membri_per_tipo
from piani.models import Azienda
from piani.stampa.grafici import Dato, Serie, barre, barre_a_gruppi

INTESTAZIONE = ("tipologia", "stampati", "contati", "differenza")


@dataclass(frozen=True)
class Voce:
    """A kind of body, or the total: what is printed and what is counted; None is not known."""

    nome: str
    stampato: int | None
    contato: int | None

    @property
    def numero(self) -> int | None:
        """The one to show where there is room for one: ours, or the printed one."""
        return self.stampato if self.contato is None else self.contato

    @property
    def differenza(self) -> int | None:
        """Printed minus counted."""
        if self.stampato is None or self.contato is None:
            return None
        return self.stampato - self.contato


@dataclass(frozen=True)
class Prospetto:
    """All the kinds; ``totale`` has the printed total beside ours, ``somma_stampata`` is what the
    printed rows make.
    """

    voci: list[Voce]
    totale: Voce
    somma_stampata: int | None

    @property
    def stampato(self) -> bool:
        return self.somma_stampata is not None or self.totale.stampato is not None

    @property
    def contato(self) -> bool:
        return self.totale.contato is not None

    @property
    def scarto_interno(self) -> int | None:
        """The printed total minus the sum of the printed rows."""
        if self.totale.stampato is None or self.somma_stampata is None:
            return None
        return self.totale.stampato - self.somma_stampata

    def righe(self) -> Iterable[tuple[str, int | None, int | None, int | None]]:
        """For the file."""
        for voce in (*self.voci, self.totale):
            yield voce.nome, voce.stampato, voce.contato, voce.differenza


def prospetto(riga: ComposizioneRete) -> Prospetto:
    """A composition: counted now while it is a draft, as it was frozen afterwards."""
    righe = {una.tipo: una for una in riga.righe.all()}
    contati: dict[str, int | None] = {tipo: una.calcolato for tipo, una in righe.items()}
    if riga.stato == ComposizioneRete.Stato.BOZZA:
        contati = dict(membri_per_tipo(riga.azienda, riga.al))
    stampati = {tipo: una.stampato for tipo, una in righe.items()}
    voci = [
        Voce(str(tipo.label), stampati.get(tipo.value), contati.get(tipo.value))
        for tipo in TipoEnte
    ]
    noti = [voce.stampato for voce in voci if voce.stampato is not None]
    nostri = [voce.contato for voce in voci if voce.contato is not None]
    return Prospetto(
        voci=voci,
        totale=Voce(_("Totale"), riga.totale_stampato, sum(nostri) if nostri else None),
        somma_stampata=sum(noti) if noti else None,
    )


def di_oggi(contati: dict[str, int]) -> Prospetto:
    """What the adhesions say, with nothing printed."""
    voci = [Voce(str(tipo.label), None, contati[tipo.value]) for tipo in TipoEnte]
    return Prospetto(voci, Voce(_("Totale"), None, sum(contati.values())), None)


def conosciuta(azienda: Azienda) -> tuple[Prospetto, date]:
    """What anybody may know of a network, and of which day: the adhesions of today; where there
    are none, as for the years of which only the document is left, the last approved composition.
    """
    oggi = di_oggi(membri_per_tipo(azienda))
    approvate = ComposizioneRete.objects.filter(
        edizione__azienda=azienda, stato=ComposizioneRete.Stato.APPROVATA
    ).exclude(edizione__stato="bozza")
    ultima = approvate.order_by("-al").prefetch_related("righe", "edizione__azienda").first()
    if oggi.totale.contato or ultima is None:
        return oggi, timezone.localdate()
    return prospetto(ultima), ultima.al


def grafico(chiave: str, quadro: Prospetto) -> SafeString:
    """Bars by kind: printed and counted, or the one that there is."""
    titolo = _("Enti della Rete per tipologia")
    nomi = [voce.nome for voce in quadro.voci]
    stampati = tuple(_dato(voce.stampato) for voce in quadro.voci)
    contati = tuple(_dato(voce.contato) for voce in quadro.voci)
    if quadro.somma_stampata is not None and quadro.contato:
        serie = [Serie(_("stampati"), stampati), Serie(_("contati"), contati)]
        return barre_a_gruppi(chiave, titolo, nomi, serie)
    dati = contati if quadro.contato else stampati
    return barre(chiave, titolo, list(zip(nomi, dati, strict=True)))


def _dato(numero: int | None) -> Dato:
    return Dato(None if numero is None else Decimal(numero))
