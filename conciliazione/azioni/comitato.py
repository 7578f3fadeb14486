# SPDX-License-Identifier: AGPL-3.0-or-later
"""The seats of the Comitato: added, corrected, ended; who holds them, until when."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, salva
from conciliazione.models import Componente, EdizioneConciliazione, Ente, Seggio
from piani.models import Utente
from piani.rules import esigi

COMPONE = "conciliazione.compone_comitato"
CAMPI = ("tipologia", "ente", "denominazione", "capofila", "dal", "al")


def aggiungi_seggio(
    edizione: EdizioneConciliazione,
    *,
    ente: Ente,
    tipologia: str,
    denominazione: str = "",
    capofila: bool = False,
    dal: date | None = None,
    al: date | None = None,
    ordine: int | None = None,
    riga_fonte: str = "",
    da: Utente | None,
) -> Seggio:
    """Another seat, after the last one unless its place is said.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the body is of another azienda; there is a capofila already.
    """
    esigi(da, COMPONE, edizione)
    with transaction.atomic():
        bloccata(edizione)
        _della_stessa_azienda(edizione, ente)
        ultimo = edizione.seggi.aggregate(ultimo=Max("ordine"))["ultimo"] or 0
        seggio = salva(
            Seggio(
                edizione=edizione,
                ordine=ordine or ultimo + 1,
                ente=ente,
                tipologia=tipologia,
                denominazione=denominazione,
                capofila=capofila,
                dal=dal,
                al=al,
                riga_fonte=riga_fonte,
            )
        )
        annota(
            "conc_seggio.aggiunto",
            seggio,
            _("Aggiunto il seggio di %(seggio)s") % {"seggio": seggio},
            da=da,
            riguarda=[edizione],
        )
    return seggio


def modifica_seggio(seggio: Seggio, *, da: Utente | None, **valori: Any) -> Seggio:
    """Correct a seat; with ``al`` it ends.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field.
    """
    esigi(da, COMPONE, seggio)
    if estranei := valori.keys() - set(CAMPI):
        raise TypeError(estranei)
    with transaction.atomic():
        adesso = bloccata(seggio)
        _della_stessa_azienda(adesso.edizione, valori.get("ente", adesso.ente))
        prima = {campo: str(getattr(adesso, campo)) for campo in valori}
        for campo, valore in valori.items():
            setattr(adesso, campo, valore)
        dopo = {campo: str(getattr(adesso, campo)) for campo in valori}
        cambiati = [campo for campo in valori if prima[campo] != dopo[campo]]
        if not cambiati:
            return adesso
        salva(adesso, *cambiati)
        annota(
            "conc_seggio.modificato",
            adesso,
            _("Corretto il seggio di %(seggio)s") % {"seggio": adesso},
            da=da,
            dati={"prima": prima, "dopo": dopo},
            riguarda=[adesso.edizione],
        )
    return adesso


def fine_componente(componente: Componente, *, al: date, da: Utente | None) -> None:
    """The person holds the seat until that day.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the day comes before the first, or it was ended already.
    """
    esigi(da, COMPONE, componente)
    if al < componente.dal:
        raise ValidationError({"al": _("La fine viene prima dell'inizio.")})
    with transaction.atomic():
        if not Componente.objects.filter(pk=componente.pk, al__isnull=True).update(al=al):
            raise ValidationError(_("La persona ha già lasciato il seggio."))
        componente.al = al
        annota(
            "conc_componente.finito",
            componente,
            _("%(persona)s lascia il seggio di %(seggio)s")
            % {"persona": componente.utente, "seggio": componente.seggio},
            da=da,
            riguarda=[componente.seggio],
        )


def _della_stessa_azienda(edizione: EdizioneConciliazione, ente: Ente) -> None:
    if ente.azienda_id != edizione.azienda_id:
        raise ValidationError({"ente": _("L'ente è di un'altra azienda.")})
