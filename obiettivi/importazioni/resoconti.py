# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reports of a sheet kept as drafts, through the action of the page; and taken back."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.azioni.rendicontazione import Resoconto, salva_rendicontazione
from obiettivi.foglio.resoconti import CAMPI
from obiettivi.foglio.testi import in_celle
from obiettivi.models import Rendicontazione, RigaScheda
from piani.azioni.carico import RigheSbagliate
from piani.azioni.righe import Superata
from piani.importazioni.genere import Contesto, Differenza, Scritto, Superate

Fatto = dict[str, Any]
"""A report as it was written: its row, its quarter, what it said before, its mark after."""


def scrivi_resoconti(contesto: Contesto, differenze: Sequence[Differenza]) -> Scritto:
    """Keep the reports that the preview showed.

    :raises PermissionDenied: who confirms does not lead a CdR.
    :raises Superate: reports that somebody saved meanwhile.
    :raises RigheSbagliate: what is refused now, by row of the file.
    """
    fatti: list[Fatto] = []
    superate: dict[int, str] = {}
    sbagliate = []
    righe = _righe([una.dati["r"]["riga"] for una in differenze])
    for una in differenze:
        detto = una.dati["r"]
        try:
            if detto["riga"] not in righe:
                raise ValidationError(_("La riga non è più nella scheda."))
            fatti.append(_salva(righe[detto["riga"]], detto, contesto))
        except Superata as errore:
            superate[una.posto] = " ".join(errore.messages)
        except ValidationError as errore:
            sbagliate += [(una.riga or 0, *uno) for uno in in_celle(errore, CAMPI).items()]
    if superate:
        raise Superate(superate)
    if sbagliate:
        raise RigheSbagliate(sbagliate)
    frase = ngettext(
        "%(n)s rendicontazione salvata in bozza: si trasmette dalla sua pagina.",
        "%(n)s rendicontazioni salvate in bozza: si trasmettono dalle loro pagine.",
        len(fatti),
    ) % {"n": len(fatti)}
    return Scritto({"resoconti": fatti}, [frase])


def annulla_resoconti(contesto: Contesto, fatti: Sequence[Fatto]) -> list[str]:
    """Put back what the reports said; one that was not there is left empty.

    :raises ValidationError: one was saved or sent since.
    """
    righe = _righe([uno["riga"] for uno in fatti])
    for uno in fatti:
        try:
            _scrivi(righe[uno["riga"]], uno["frazione"], uno["prima"], uno["dopo"], contesto)
        except (KeyError, ValidationError) as errore:
            raise ValidationError(
                _("Non si annulla niente: dopo l'importazione una rendicontazione è stata cambiata "
                  "o trasmessa.")
            ) from errore  # fmt: skip
    return [_("Le rendicontazioni in bozza sono tornate com'erano.")]


def _salva(riga: RigaScheda, detto: dict[str, Any], contesto: Contesto) -> Fatto:
    frazione = detto["frazione"]
    adesso = Rendicontazione.objects.filter(riga=riga, frazione=frazione).first()
    prima = {nome: getattr(adesso, nome) for nome in CAMPI} if adesso else {}
    dopo = _scrivi(riga, frazione, detto["detto"], detto["visto"], contesto)
    return {"riga": riga.pk, "frazione": frazione, "prima": prima, "dopo": dopo.impronta}


def _scrivi(
    riga: RigaScheda, frazione: str, detto: dict[str, Any], visto: str, contesto: Contesto
) -> Rendicontazione:
    """Save a draft; its figures stay as they are."""
    adesso = Rendicontazione.objects.filter(riga=riga, frazione=frazione).first()
    dichiarato = detto.get("dichiarato")
    resoconto = Resoconto(
        cifre=adesso.cifre if adesso else {},
        **detto | {"dichiarato": None if dichiarato is None else Decimal(dichiarato)},
    )
    return salva_rendicontazione(
        riga, frazione=frazione, resoconto=resoconto, visto=visto, da=contesto.da
    )


def _righe(chiavi: Sequence[int]) -> dict[int, RigaScheda]:
    """The rows of the schede, as the action wants them: one query."""
    lette = RigaScheda.objects.select_related(
        "indicatore__azienda", "area__scheda__azienda", "area__scheda__unita"
    )
    return lette.in_bulk(set(chiavi))
