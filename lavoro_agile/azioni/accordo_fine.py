# SPDX-License-Identifier: AGPL-3.0-or-later
"""How an agreement ends or goes on: the withdrawal of a party, the renewal."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.accordi.contenuto import solo_giustificato, vale
from lavoro_agile.azioni.accordo import PREPARA, prossimo_numero
from lavoro_agile.azioni.conservazione import scadenza_tutela
from lavoro_agile.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from lavoro_agile.calcolo.conservazione import dopo_mesi
from lavoro_agile.calcolo.recesso import preavviso, primo_giorno
from lavoro_agile.models import (
    AccordoIndividuale,
    EdizioneLavoroAgile,
    RecessoAccordo,
    TutelaAccordo,
)
from lavoro_agile.rules import esigi_di_persona
from piani.models import Utente
from piani.rules import esigi

RECEDE = "lavoro_agile.recede"
RECEDE_AZIENDA = "lavoro_agile.recede_per_azienda"
LEGGE_MOTIVI = "lavoro_agile.legge_motivi"
Stato = AccordoIndividuale.Stato
Parte = RecessoAccordo.Parte
NON_SI_COPIA = {
    "id", "edizione", "domanda", "rinnova", "numero", "stato", "dal", "al", "cessa_il",
    "informativa_il", "proposto_il", "firma_persona_il", "firma_azienda_il", "firma_azienda_da",
    "sottoscritto_il", "comunicato_il", "modifiche", "conserva_fino_al", "riga_fonte",
}  # fmt: skip


def recedi(
    accordo: AccordoIndividuale, *, giustificato: bool, motivo: str = "",
    decorre_dal: date | None = None, da: Utente | None,
) -> RecessoAccordo:  # fmt: skip
    """The person leaves the agreement, with the notice of the rules or for a justified reason.

    :raises PermissionDenied: it is not their agreement, or they act by delega.
    :raises ValidationError: by field; it is not signed, has a term that only a justified reason
        brings forward, or ends before the notice is over.
    """
    esigi_di_persona(da, RECEDE, accordo)
    return _recedi(accordo, Parte.PERSONA, giustificato, motivo, decorre_dal, da=da)


def recedi_per_azienda(
    accordo: AccordoIndividuale, *, giustificato: bool, motivo: str = "",
    decorre_dal: date | None = None, da: Utente | None,
) -> RecessoAccordo:  # fmt: skip
    """The azienda leaves the agreement. The notice depends on what only the risorse umane read:
    so they do it.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    :raises ValidationError: by field; it is not signed, or ends before the notice is over.
    """
    esigi(da, RECEDE_AZIENDA, accordo)
    esigi_di_persona(da, LEGGE_MOTIVI, accordo)
    return _recedi(accordo, Parte.AZIENDA, giustificato, motivo, decorre_dal, da=da)


def decorrenza_minima(accordo: AccordoIndividuale, parte: str, *, giustificato: bool) -> date:
    """The first day without the agreement, for who withdraws today."""
    oggi = timezone.localdate()
    disabile = TutelaAccordo.objects.filter(accordo=accordo, tipo=TutelaAccordo.Tipo.DISABILE)
    giorni = preavviso(
        accordo.edizione.regole.termini,
        dell_azienda=parte == Parte.AZIENDA,
        disabile=any(vale(una, oggi) for una in disabile),
        giustificato=giustificato,
    )
    return primo_giorno(oggi, giorni)


def _recedi(
    accordo: AccordoIndividuale, parte: RecessoAccordo.Parte, giustificato: bool, motivo: str,
    decorre_dal: date | None, *, da: Utente | None,
) -> RecessoAccordo:  # fmt: skip
    with transaction.atomic():
        mio = bloccata(accordo)
        esigi_stato(mio, Stato.SOTTOSCRITTO)
        if solo_giustificato(mio) and not giustificato:
            raise ValidationError(
                {"giustificato": _("L'accordo è a termine: prima che finisca si recede solo per "
                                   "giustificato motivo (art. 19 c. 2 L. 81/2017).")}
            )  # fmt: skip
        minima = decorrenza_minima(mio, parte, giustificato=giustificato)
        decorre = decorre_dal or minima
        if decorre < minima:
            raise ValidationError(
                {"decorre_dal": _("Il preavviso porta almeno al %(giorno)s: scrivi quello o un "
                                  "giorno dopo.") % {"giorno": f"{minima:%d/%m/%Y}"}}
            )  # fmt: skip
        if mio.al is not None and decorre > mio.al:
            raise ValidationError(
                {"decorre_dal": _("L'accordo finisce da sé il %(giorno)s, prima del recesso.")
                 % {"giorno": f"{mio.al:%d/%m/%Y}"}}
            )  # fmt: skip
        recesso = salva(
            RecessoAccordo(
                accordo=mio, parte=parte, giustificato=giustificato, motivo=motivo.strip(),
                comunicato_il=timezone.localdate(), decorre_dal=decorre, da=da,
            )
        )  # fmt: skip
        passa(accordo, Stato.CESSATO, cessa_il=max(decorre, mio.dal))
        fino_al = scadenza_tutela(accordo)
        TutelaAccordo.objects.filter(accordo=accordo).update(conserva_fino_al=fino_al)
        annota(
            "agile_accordo.receduto", accordo,
            _("Recesso dall'accordo n. %(numero)s: %(parte)s")
            % {"numero": mio.numero, "parte": parte.label}, da=da,
        )  # fmt: skip
    return recesso


def rinnova(accordo: AccordoIndividuale, *, da: Utente | None) -> AccordoIndividuale:
    """A draft that carries on an agreement with a term: same contents, from the day after, for as
    long; with the protections that still hold then.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    :raises ValidationError: it is not signed, has no term, or its renewal is there already.
    """
    esigi(da, PREPARA, accordo)
    with transaction.atomic():
        mio = bloccata(accordo)
        esigi_stato(mio, Stato.SOTTOSCRITTO)
        if mio.al is None:
            raise ValidationError(_("L'accordo non ha un termine: non c'è niente da rinnovare."))
        if AccordoIndividuale.objects.filter(rinnova=mio).exists():
            raise ValidationError(_("Il rinnovo c'è già: apri quello."))
        nuovo = _copia(mio, mio.al)
        salva(nuovo)
        for tutela in TutelaAccordo.objects.filter(accordo=mio):
            if vale(tutela, nuovo.dal):
                salva(
                    TutelaAccordo(
                        accordo=nuovo, tipo=tutela.tipo, dal=tutela.dal, al=tutela.al,
                        giorni_mese=tutela.giorni_mese, conserva_fino_al=scadenza_tutela(nuovo),
                    )
                )  # fmt: skip
        annota(
            "agile_accordo.rinnovato", nuovo,
            _("Preparato l'accordo n. %(nuovo)s, che rinnova il n. %(numero)s")
            % {"nuovo": nuovo.numero, "numero": mio.numero}, da=da, riguarda=[mio],
        )  # fmt: skip
    return nuovo


def _copia(mio: AccordoIndividuale, al: date) -> AccordoIndividuale:
    """The same contents, under the regulation in force now."""
    in_vigore = EdizioneLavoroAgile.objects.in_vigore().filter(azienda=mio.edizione.azienda_id)
    edizione = bloccata(in_vigore.first() or mio.edizione)
    dal = max(al + timedelta(days=1), timezone.localdate())
    durata = edizione.regole.durata_mesi.valore
    fine = dal + (al - mio.dal) if durata is None else dopo_mesi(dal, durata) - timedelta(days=1)
    campi: dict[str, Any] = {
        campo.name: getattr(mio, campo.name)
        for campo in mio._meta.concrete_fields
        if campo.name not in NON_SI_COPIA
    }
    numero = prossimo_numero(edizione)
    return AccordoIndividuale(
        edizione=edizione, numero=numero, rinnova=mio, dal=dal, al=fine, **campi
    )
