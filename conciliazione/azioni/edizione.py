# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition: begun from ready rules or from another's, changed while a draft, in force, closed."""

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.calcolo.controlli import mancanze
from conciliazione.calcolo.edizione import Parametri, ParametriNonValidi
from conciliazione.calcolo.edizione_dati import come_dati, da_dati
from conciliazione.models import EdizioneConciliazione as Edizione
from piani.azioni.righe import Superata
from piani.models import Azienda, Utente
from piani.rules import esigi

PERMESSO = "conciliazione.modifica_edizione"
Stato = Edizione.Stato
PRIMO, ULTIMO = 2000, 2100
"""Between which years an edition may be."""
REGOLE = frozenset(una.name for una in fields(Parametri)) - {"nome", "fonte"}
"""What may be written of the rules: name and source came with them."""


def crea_edizione(
    azienda: Azienda,
    *,
    nome: str,
    anno_inizio: int,
    anno_fine: int,
    parametri: dict[str, Any],
    atto: str = "",
    atto_data: date | None = None,
    dotazione: Decimal | None = None,
    da: Utente | None,
) -> Edizione:
    """A draft with the rules given, under the name given.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the azienda has an edition of those years already.
    """
    esigi(da, PERMESSO, azienda)
    if azienda.tipo != Azienda.Tipo.ATS:
        raise ValidationError(_("Il Piano di conciliazione è delle ATS: questa azienda non lo è."))
    _anni_in_ordine(anno_inizio, anno_fine)
    with transaction.atomic():
        nuova = salva(
            Edizione(
                azienda=azienda,
                slug=slugify(f"conciliazione-{azienda.codice}-{anno_inizio}-{anno_fine}")[:80],
                nome=nome,
                anno_inizio=anno_inizio,
                anno_fine=anno_fine,
                atto=atto,
                atto_data=atto_data,
                dotazione=dotazione,
                parametri=_controllate(parametri | {"nome": nome}),
            )
        )
        annota(
            "conc_edizione.creata",
            nuova,
            _("Cominciata l'edizione %(edizione)s") % {"edizione": nuova},
            da=da,
        )
    return nuova


def modifica_dati(edizione: Edizione, *, da: Utente | None, **dati: Any) -> None:
    """Change name, years, act, resources of a draft.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; it is no longer a draft.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        esigi_stato(mia, Stato.BOZZA)
        prima = {nome: getattr(mia, nome) for nome in dati}
        for nome, valore in dati.items():
            setattr(mia, nome, valore)
        _anni_in_ordine(mia.anno_inizio, mia.anno_fine)
        salva(mia, *dati)
        cambiati = {n: [str(prima[n]), str(v)] for n, v in dati.items() if prima[n] != v}
        annota(
            "conc_edizione.modificata",
            mia,
            _("Cambiati i dati di %(edizione)s") % {"edizione": mia},
            da=da,
            dati=cambiati,
        )


def scrivi_regole(
    edizione: Edizione, parti: dict[str, Any], *, viste: dict[str, Any] | None, da: Utente | None
) -> Edizione:
    """Write some of the rules of a draft; the others stay as they are.

    :param viste: the same parts as they were when the page was opened.
    :raises PermissionDenied: the author does not lead the network.
    :raises Superata: somebody changed those parts in the meantime.
    :raises ValidationError: the rules contradict something, each problem with its field; or the
        edition is in force.
    """
    esigi(da, PERMESSO, edizione)
    if ignote := sorted(parti.keys() - REGOLE):
        raise ValidationError([_("%(campo)s: campo sconosciuto.") % {"campo": uno}
                               for uno in ignote])  # fmt: skip
    with transaction.atomic():
        mia = bloccata(edizione)
        esigi_stato(mia, Stato.BOZZA)
        adesso = come_dati(da_dati(mia.parametri))
        prima = {nome: adesso[nome] for nome in parti}
        if viste is not None and prima != viste:
            raise Superata(
                _("Qualcuno ha cambiato queste regole dopo che le hai aperte. Quello che hai "
                  "scritto è ancora qui: salvando di nuovo prende il posto del suo."),
                json.dumps(prima, sort_keys=True),
            )  # fmt: skip
        mia.parametri = _controllate(adesso | parti)
        salva(mia, "parametri")
        annota(
            "conc_edizione.regole",
            mia,
            _("Cambiate le regole di %(edizione)s: %(quali)s")
            % {"edizione": mia, "quali": ", ".join(parti)},
            da=da,
            dati={"prima": prima, "dopo": {nome: mia.parametri[nome] for nome in parti}},
        )
    return mia


def metti_in_vigore(edizione: Edizione, *, da: Utente | None) -> None:
    """From here on the network sees it and its rules do not change.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: one sentence for each thing that is missing.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        if mancano := mancanze(da_dati(mia.parametri)):
            raise ValidationError(mancano)
        passa(mia, Stato.IN_VIGORE, da_stati=[Stato.BOZZA])
        annota(
            "conc_edizione.in_vigore",
            mia,
            _("%(edizione)s è in vigore") % {"edizione": mia},
            da=da,
        )


def chiudi_edizione(edizione: Edizione, *, da: Utente | None) -> None:
    """Close an edition that has run its course.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it is not in force, or a call still takes proposals.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        if mia.manifestazioni.aperte().exists():
            raise ValidationError(
                _("C'è una manifestazione di interesse aperta: prima va chiusa o annullata.")
            )
        passa(mia, Stato.CHIUSA)
        annota("conc_edizione.chiusa", mia, _("Chiusa %(edizione)s") % {"edizione": mia}, da=da)


def riapri_edizione(edizione: Edizione, *, da: Utente | None) -> None:
    """Bring back in force an edition closed too early; its rules stay as they were.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it is not closed.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        passa(mia, Stato.IN_VIGORE, da_stati=[Stato.CHIUSA])
        annota("conc_edizione.riaperta", mia, _("Riaperta %(edizione)s") % {"edizione": mia}, da=da)


def _anni_in_ordine(primo: int, ultimo: int) -> None:
    if ultimo < primo:
        raise ValidationError({"anno_fine": _("L'ultimo anno viene prima del primo.")})


def _controllate(parametri: dict[str, Any]) -> dict[str, Any]:
    try:
        return come_dati(da_dati(parametri))
    except ParametriNonValidi as errore:
        raise ValidationError(errore.problemi) from errore
