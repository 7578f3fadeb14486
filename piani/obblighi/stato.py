# SPDX-License-Identifier: AGPL-3.0-or-later
"""How each obligation of publication stands in each azienda: read from what is published."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from piani import trasparenza as at
from piani.models import (
    Azienda,
    CuraObbligo,
    DocumentoEnte,
    DocumentoPubblicato,
    ObbligoDiPubblicazione,
    Piano,
    PubblicazioneAltrove,
    Ruolo,
)

VICINO = timedelta(days=30)
PIANI_DELLA_PERFORMANCE = (Piano.Tipo.PERFORMANCE, Piano.Tipo.PIAO)
SEZIONE_DEL_PIANO = "piano-della-performance"
ANNO_DELLA_SERIE = re.compile(r"(\d{4})$")


class Stato(TextChoices):
    """In the order in which the office wants to see them."""

    IN_RITARDO = "in_ritardo", _("In ritardo")
    MAI = "mai", _("Mai pubblicato")
    IN_SCADENZA = "in_scadenza", _("In scadenza")
    A_POSTO = "a_posto", _("A posto")
    NON_APPLICABILE = "non_applicabile", _("Non si applica")


ORDINE = {stato: posto for posto, stato in enumerate(Stato)}


@dataclass(frozen=True)
class Uscita:
    """Something published that fulfils an obligation. Without a day, it is a table that Albero
    keeps up to date by itself.
    """

    titolo: str
    url: str
    il: date | None = None
    anno: int | None = None
    scade_il: date | None = None
    altrove: PubblicazioneAltrove | None = None


@dataclass(frozen=True)
class Voce:
    """An obligation in an azienda: who sees to it, what is published, what is due."""

    azienda: Azienda
    obbligo: ObbligoDiPubblicazione
    cura: CuraObbligo | None
    uscite: tuple[Uscita, ...]
    oggi: date

    @property
    def non_applicabile(self) -> bool:
        return self.cura is not None and self.cura.non_applicabile

    @property
    def ruolo(self) -> str:
        """Who sees to it: as the azienda says, or the usual one."""
        return (self.cura.ruolo if self.cura else "") or self.obbligo.ruolo

    @property
    def chi(self) -> str:
        """The role, and the unit if the azienda says one."""
        unita = self.cura.unita if self.cura else None
        ruolo = str(Ruolo(self.ruolo).label)
        return f"{ruolo}, {unita}" if unita else ruolo

    @property
    def ultima(self) -> Uscita | None:
        """What was published last; a table kept up to date comes before all."""
        return max(self.uscite, key=lambda una: una.il or date.max, default=None)

    @property
    def prossima(self) -> date | None:
        """By when the next is due: that of the year after the last one published; the term that
        falls in this year, if nothing is. None where the law says no day.
        """
        if self.non_applicabile or self.obbligo.mese is None:
            return None
        anni = [una.anno for una in self.uscite if una.anno is not None]
        anno = max(anni) + 1 if anni else self.oggi.year - self.obbligo.anni_dopo
        return self.obbligo.termine(anno)

    @property
    def stato(self) -> Stato:
        if self.non_applicabile:
            return Stato.NON_APPLICABILE
        if self.prossima is not None and self.prossima < self.oggi:
            return Stato.IN_RITARDO
        if not self.uscite:
            return Stato.MAI
        if self.prossima is not None and self.prossima <= self.oggi + VICINO:
            return Stato.IN_SCADENZA
        return Stato.A_POSTO


def quadro(
    aziende: Collection[Azienda],
    oggi: date,
    *,
    con_tabelle: bool = False,
    come_allora: bool = False,
) -> dict[int, list[Voce]]:
    """The obligations in force in each azienda, by its key; the due and the late first.

    Five queries however many the aziende.

    :param con_tabelle: also the public tables that are kept up to date by themselves, which are
        asked azienda by azienda.
    :param come_allora: what was published by that day, superseded since or not; without it, what
        is in force.
    """
    obblighi = list(ObbligoDiPubblicazione.objects.in_vigore(oggi))
    cure = {
        (una.azienda_id, una.codice): una
        for una in CuraObbligo.objects.filter(azienda__in=aziende).select_related("unita")
    }
    uscite = _uscite(aziende, obblighi, oggi, come_allora=come_allora)
    for azienda in aziende if con_tabelle else ():
        _tabelle(azienda, obblighi, uscite)
    return {
        azienda.pk: sorted(
            (
                Voce(
                    azienda, obbligo, cure.get((azienda.pk, obbligo.codice)),
                    tuple(uscite[azienda.pk, obbligo.codice]), oggi,
                )
                for obbligo in obblighi
            ),
            key=lambda voce: (ORDINE[voce.stato], voce.prossima or date.max, voce.obbligo.ordine),
        )
        for azienda in aziende
    }  # fmt: skip


Uscite = dict[tuple[int, str], list[Uscita]]


def _uscite(
    aziende: Collection[Azienda],
    obblighi: Iterable[ObbligoDiPubblicazione],
    oggi: date,
    *,
    come_allora: bool,
) -> Uscite:
    """What is published and shown today, newest first: with Albero and out of it."""
    codici = {uno.sezione: uno.codice for uno in obblighi if uno.sezione}
    trovate: Uscite = defaultdict(list)
    allora = Q(pubblicato_il__lte=oggi) if come_allora else Q()
    documenti = DocumentoPubblicato.objects.in_mostra(oggi).filter(allora).defer("contenuto")
    dell_ente = DocumentoEnte.objects.in_mostra(oggi).filter(allora).defer("contenuto")
    if not come_allora:
        documenti, dell_ente = documenti.correnti(), dell_ente.correnti()
    for uno in documenti.filter(piano__azienda__in=aziende, sezione_at__in=codici):
        piano = uno.piano
        altro_piano = piano.tipo not in PIANI_DELLA_PERFORMANCE
        if uno.sezione_at == SEZIONE_DEL_PIANO and altro_piano:
            continue
        trovate[piano.azienda_id, codici[uno.sezione_at]].append(
            Uscita(
                uno.nome, uno.get_absolute_url(), uno.pubblicato_il,
                anno_di(uno), uno.scade_il,
            )
        )  # fmt: skip
    for atto in dell_ente.filter(azienda__in=aziende, sezione_at__in=codici):
        trovate[atto.azienda_id, codici[atto.sezione_at]].append(
            Uscita(
                atto.titolo, atto.get_absolute_url(), atto.pubblicato_il, atto.anno, atto.scade_il
            )
        )
    altrove = PubblicazioneAltrove.objects.in_mostra(oggi).filter(allora, azienda__in=aziende)
    for riga in altrove:
        trovate[riga.azienda_id, riga.codice].append(
            Uscita(riga.titolo, riga.indirizzo, riga.pubblicato_il, riga.anno, riga.scade_il, riga)
        )
    for lista in trovate.values():
        lista.sort(key=lambda una: una.il or date.max, reverse=True)
    return trovate


def anno_di(documento: DocumentoPubblicato) -> int:
    """The year that a document speaks of: the one in the name of its series, or the first of the
    plan.
    """
    detto = ANNO_DELLA_SERIE.search(documento.serie)
    return int(detto[1]) if detto else documento.piano.anno_inizio


def _tabelle(azienda: Azienda, obblighi: Iterable[ObbligoDiPubblicazione], uscite: Uscite) -> None:
    codici = {(uno.macro, uno.etichetta): uno.codice for uno in obblighi}
    for voce in at.voci_di(azienda):
        codice = codici.get((voce.macro, voce.etichetta))
        if codice:
            uscite[azienda.pk, codice].insert(0, Uscita(voce.nome, voce.url))
