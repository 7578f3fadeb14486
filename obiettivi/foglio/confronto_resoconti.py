# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reports that come back with the sheet, beside the results: against what they said when it
left, and what there is now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from obiettivi.azioni.condizioni_rendicontazione import controlla_bozza, controlla_riga
from obiettivi.calcolo.arrotondamento import italiano
from obiettivi.foglio.chiavi import Chiave
from obiettivi.foglio.colonne import NO, SI
from obiettivi.foglio.resoconti import CAMPI, SCRITTI, Detto, detto_di, impronta_di
from obiettivi.foglio.testi import in_celle
from obiettivi.models import Rendicontazione, RigaScheda, SchedaBudget
from obiettivi.rules import schede_che_guida
from piani.importazioni.genere import Differenza, Esito, RigaLetta
from piani.models import Azienda, Utente

GRAVITA = (Esito.SBAGLIATA, Esito.SUPERATA, Esito.CAMBIATA, Esito.NUOVA, Esito.UGUALE)
"""What a row is, of what its two halves are: the first of them."""


@dataclass(frozen=True)
class Partito:
    """What the hidden cell says: of which row, which save, what it said."""

    riga: int
    visto: str
    impronta: str

    @classmethod
    def leggi(cls, testo: str) -> "Partito | None":
        pezzi = testo.strip().split("/")
        if len(pezzi) != 3 or not pezzi[0].isdecimal() or len(pezzi[0]) > 18:
            return None
        return cls(int(pezzi[0]), pezzi[1], pezzi[2])


@dataclass
class Resoconti:
    """What the database says of the reports of a sheet: three queries for all of them."""

    righe: Mapping[int, RigaScheda]
    guidate: set[int] | None
    correnti: Mapping[tuple[int, str], Rendicontazione]
    viste: set[int] = field(default_factory=set)

    @classmethod
    def di(cls, azienda: Azienda, righe: Sequence[RigaLetta], utente: Utente | None) -> "Resoconti":
        partiti = [_partito(riga) for riga in righe]
        chiavi = {uno.riga for uno in partiti if uno is not None}
        if not chiavi:
            return cls({}, set(), {})
        trovate = RigaScheda.objects.filter(area__scheda__azienda=azienda).select_related(
            "area__scheda"
        )
        guidate = SchedaBudget.objects.filter(azienda=azienda)
        bozze = Rendicontazione.objects.filter(riga__in=chiavi, riga__area__scheda__azienda=azienda)
        return cls(
            righe=trovate.in_bulk(chiavi),
            guidate=None if utente is None else set(
                guidate.filter(schede_che_guida(utente)).values_list("pk", flat=True)
            ),
            correnti={(una.riga_id, una.frazione): una for una in bozze},
        )  # fmt: skip

    def con(self, riga: RigaLetta, risultato: Differenza) -> Differenza:
        """The difference of a row with that of its report."""
        partito, chiave = _partito(riga), Chiave.leggi(riga.valori.get("chiave") or "")
        if partito is None or chiave is None or riga.errori:
            return risultato
        sua = self._differenza(riga, partito, chiave)
        if sua.esito == Esito.UGUALE:
            return risultato
        esito = min((risultato.esito, sua.esito), key=[str(uno) for uno in GRAVITA].index)
        si_scrive = esito in (Esito.NUOVA, Esito.CAMBIATA)
        return replace(
            risultato,
            esito=esito,
            celle={**risultato.celle, **sua.celle},
            prima={**risultato.prima, **sua.prima},
            errori={**risultato.errori, **sua.errori},
            dati={**risultato.dati, **sua.dati} if si_scrive else {},
        )

    def _differenza(self, letta: RigaLetta, partito: Partito, chiave: Chiave) -> Differenza:
        riga = self.righe.get(partito.riga)
        if riga is None or not _e_di(riga, chiave):
            frase = _("Il resoconto non è di questa riga: scarica di nuovo il foglio.")
            return Differenza(letta.numero, Esito.SBAGLIATA, errori={"resoconto": frase})
        if riga.pk in self.viste:
            frase = _("Questa riga c'è già, più in alto.")
            return Differenza(letta.numero, Esito.SBAGLIATA, errori={"resoconto": frase})
        self.viste.add(riga.pk)
        adesso = self.correnti.get((riga.pk, chiave.frazione))
        detto, ora = _detto(letta), detto_di(adesso)
        impronta = impronta_di(detto)
        if impronta in (partito.impronta, impronta_di(ora)):
            return Differenza(letta.numero, Esito.UGUALE)
        if errori := self._errori(riga, chiave.frazione, adesso):
            return Differenza(letta.numero, Esito.SBAGLIATA, errori=errori)
        diversi = [nome for nome in CAMPI if detto[nome] != ora[nome]]
        celle, prima = ({nome: _in_parole(uno[nome]) for nome in diversi} for uno in (detto, ora))
        piene = {nome: testo for nome, testo in celle.items() if testo}
        if partito.visto != (adesso.impronta if adesso else ""):
            return Differenza(letta.numero, Esito.SUPERATA, celle=piene, prima=prima)
        return Differenza(
            letta.numero,
            Esito.CAMBIATA if adesso else Esito.NUOVA,
            celle=piene,
            prima=prima if adesso else {},
            dati={"r": {"riga": riga.pk, "frazione": chiave.frazione, "visto": partito.visto,
                        "detto": detto}},
        )  # fmt: skip

    def _errori(
        self, riga: RigaScheda, frazione: str, adesso: Rendicontazione | None
    ) -> dict[str, str]:
        """By cell, why the report cannot be written: what saving it would refuse."""
        if self.guidate is not None and riga.area.scheda_id not in self.guidate:
            return {"": _("Ciò che si rendiconta lo scrive chi guida il centro di responsabilità.")}
        if riga.area.scheda.stato != SchedaBudget.Stato.IN_MONITORAGGIO:
            return {"": _("La scheda non è in monitoraggio: adesso non si rendiconta.")}
        try:
            controlla_riga(riga, frazione)
            if adesso is not None:
                controlla_bozza(adesso)
        except ValidationError as errore:
            return in_celle(errore, CAMPI)
        return {}


def con_resoconti(
    azienda: Azienda,
    righe: Sequence[RigaLetta],
    differenze: Iterator[Differenza],
    utente: Utente | None,
) -> Iterator[Differenza]:
    """The differences of the results, each with that of the report beside it."""
    resoconti = Resoconti.di(azienda, righe, utente)
    for riga, differenza in zip(righe, differenze, strict=True):
        yield resoconti.con(riga, differenza)


def _partito(riga: RigaLetta) -> Partito | None:
    return Partito.leggi(riga.valori.get("resoconto") or "")


def _e_di(riga: RigaScheda, chiave: Chiave) -> bool:
    scheda = riga.area.scheda
    suoi = (riga.indicatore_id, scheda.unita_id, scheda.anno)
    return suoi == (chiave.indicatore, chiave.unita, chiave.anno)


def _detto(riga: RigaLetta) -> Detto:
    return {
        **{nome: riga.valori.get(nome) or "" for nome in SCRITTI},
        "raggiungibile": riga.valori.get("raggiungibile"),
        "dichiarato": riga.valori.get("dichiarato"),
    }


def _in_parole(valore: Any) -> str:
    if isinstance(valore, bool):
        return SI if valore else NO
    if valore is None or isinstance(valore, str):
        return valore or ""
    return italiano(valore.normalize() + 0)
