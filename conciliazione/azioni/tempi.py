# SPDX-License-Identifier: AGPL-3.0-or-later
"""The survey of the Piani dei Tempi: asked of every ambito, answered for its municipalities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, salva
from conciliazione.models import (
    Ambito,
    Comune,
    EdizioneConciliazione,
    PianoDeiTempi,
    RilevazioneTempi,
)
from piani.azioni.righe import Superata, differenze, impronta, istantanea
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "conciliazione.rileva_tempi"
Esito = RilevazioneTempi.Esito


@dataclass(frozen=True)
class DelComune:
    """What an answer says of one municipality."""

    adottato: bool
    anno: int | None = None
    vigente: bool = False
    nota: str = ""

    @property
    def vuoto(self) -> bool:
        """Nothing is said of it: not even that it has none."""
        return not (self.adottato or self.anno or self.vigente or self.nota)


def chiedi_tempi(
    edizione: EdizioneConciliazione, *, chiesta_il: date, da: Utente | None
) -> list[RilevazioneTempi]:
    """Begin the survey: one row, still without an answer, for each ambito that has none.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: there are no ambiti, or all have their row already.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        bloccata(edizione)
        gia = edizione.rilevazioni_tempi.values("ambito")
        mancano = Ambito.objects.filter(azienda=edizione.azienda_id).exclude(pk__in=gia)
        nuove = [
            RilevazioneTempi(edizione=edizione, ambito=ambito, chiesta_il=chiesta_il)
            for ambito in mancano
        ]
        if not nuove:
            raise ValidationError(_("Non ci sono altri ambiti a cui chiedere: aggiungine uno."))
        RilevazioneTempi.objects.bulk_create(nuove)
        annota(
            "conc_tempi.chiesti", edizione,
            _("Chiesto a %(quanti)s ambiti come stanno i Piani dei Tempi") % {"quanti": len(nuove)},
            da=da,
        )  # fmt: skip
    return nuove


def rispondi_tempi(
    riga: RilevazioneTempi,
    valori: Mapping[str, Any],
    comuni: Mapping[int, DelComune],
    *,
    visto: str | None = None,
    da: Utente | None,
) -> None:
    """Write what an ambito answers: as a whole, and of each municipality of which it says
    something (by key); of the others nothing is known.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the outcome and the municipalities do not agree; somebody
        wrote it meanwhile.
    """
    esigi(da, PERMESSO, riga)
    detti = {chiave: uno for chiave, uno in comuni.items() if not uno.vuoto}
    _concordi(valori["esito"], detti)
    with transaction.atomic():
        adesso = bloccata(riga)
        if visto is not None and visto != impronta(adesso):
            raise Superata(
                _("Mentre scrivevi qualcun altro ha salvato questa risposta: la tua è qui sotto, "
                  "salvando di nuovo la sostituisci alla sua."), impronta(adesso),
            )  # fmt: skip
        prima = istantanea(adesso, adesso.SCRITTI)
        for campo, valore in valori.items():
            setattr(adesso, campo, valore)
        adesso.risposta_da = da
        salva(adesso, *valori, "risposta_da")
        _scrivi_comuni(adesso, detti)
        annota(
            "conc_tempi.risposta", adesso, _("Piano dei Tempi, %(riga)s") % {"riga": adesso}, da=da,
            dati=differenze(prima, istantanea(adesso, adesso.SCRITTI)),
            riguarda=[adesso.edizione, adesso.ambito],
        )  # fmt: skip


def _concordi(esito: str, detti: Mapping[int, DelComune]) -> None:
    """A whole answer does not say the opposite of its municipalities."""
    adottati = [uno for uno in detti.values() if uno.adottato]
    vigenti = [uno for uno in adottati if uno.vigente]
    if esito in (Esito.NESSUNO, Esito.NON_PERVENUTO, Esito.SENZA_PIANO) and adottati:
        raise ValidationError({"esito": _("Fra i comuni ce n'è uno che ha adottato il Piano: la "
                                          "risposta non può essere questa.")})  # fmt: skip
    if esito == Esito.VIGENTE and detti and not vigenti:
        raise ValidationError({"esito": _("Nessuno dei comuni qui sotto ha un Piano vigente.")})
    if esito == Esito.NON_AGGIORNATO and vigenti:
        raise ValidationError({"esito": _("Fra i comuni ce n'è uno con il Piano vigente: la "
                                          "risposta è «Adottato e vigente».")})  # fmt: skip


def _scrivi_comuni(riga: RilevazioneTempi, detti: Mapping[int, DelComune]) -> None:
    riga.piani_dei_tempi.exclude(comune__in=detti).delete()
    suoi = Comune.objects.in_bulk(list(detti))
    for chiave, uno in detti.items():
        comune = suoi.get(chiave)
        if comune is None or comune.ambito_id != riga.ambito_id:
            raise ValidationError(_("Uno dei comuni non è più di questo ambito: riapri la pagina."))
        gia = PianoDeiTempi.objects.filter(rilevazione=riga, comune=comune).first()
        piano = gia or PianoDeiTempi(rilevazione=riga, comune=comune)
        piano.adottato, piano.anno = uno.adottato, uno.anno
        piano.vigente, piano.nota = uno.vigente, uno.nota.strip()
        salva(piano)
