# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff by role and gender: who counts it writes the rows, the others read a table of it.

The table is made by the floor that keeps small groups silent (``ALBERO_PERSONALE_PER_GENERE``).
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.scritture import bloccata, salva
from piani.azioni_positive.azioni import PERMESSO
from piani.models import Azienda, PersonalePerGenere, Utente
from piani.rules import esigi


def tavola_di(azienda: Azienda, anno: int, *, intera: bool = False) -> dict[str, Any] | None:
    """The table of a year, plain data; None when nobody was counted."""
    tavola: dict[str, Any] | None = import_string(settings.ALBERO_PERSONALE_PER_GENERE)(
        azienda, anno, intera=intera
    )
    return tavola


def anni_contati(azienda: Azienda) -> list[int]:
    """The years whose staff was counted, the last first."""
    anni = PersonalePerGenere.objects.filter(azienda=azienda).order_by("-anno")
    return list(anni.values_list("anno", flat=True).distinct())


def righe_csv(azienda: Azienda) -> Iterator[list[object]]:
    """The tables of every year as a sheet; a silent count is a dot."""
    yield ["anno", "area", "ruolo", "donne", "uomini", "totale"]
    for anno in anni_contati(azienda):
        tavola = tavola_di(azienda, anno)
        if tavola is not None:
            for riga in [*tavola["righe"], {"area": "", "ruolo": _("Totale"), **tavola["somma"]}]:
                quanti = [riga[genere] for genere in ("femmine", "maschi", "totale")]
                detti = ["•" if uno is None else uno for uno in quanti]
                yield [anno, riga["area"], riga["ruolo"], *detti]


def conta(
    azienda: Azienda, *, anno: int, area: str, ruolo: str, femmine: int, maschi: int,
    da: Utente | None,
) -> PersonalePerGenere:  # fmt: skip
    """Write how many women and men are in a role at the end of a year.

    :raises PermissionDenied: the author is neither of the CUG nor of the risorse umane.
    :raises ValidationError: by field; the role is there already.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        quante = PersonalePerGenere.objects.filter(azienda=azienda, anno=anno).count()
        riga = salva(
            PersonalePerGenere(
                azienda=azienda, anno=anno, ordine=quante + 1, area=area, ruolo=ruolo.strip(),
                femmine=femmine, maschi=maschi,
            )
        )  # fmt: skip
        _annota("scritto", riga, _("Scritto il personale per genere: %(riga)s"), da)
    return riga


def togli(riga: PersonalePerGenere, *, da: Utente | None) -> None:
    """Take away a row, to write it again.

    :raises PermissionDenied: the author is neither of the CUG nor of the risorse umane.
    """
    esigi(da, PERMESSO, riga)
    with transaction.atomic():
        mia = bloccata(riga)
        _annota("tolto", mia, _("Tolto dal personale per genere: %(riga)s"), da)
        mia.delete()


def _annota(verbo: str, riga: PersonalePerGenere, frase: str, da: Utente | None) -> None:
    """With no figures: the register is read by who is not to see small groups."""
    registra(
        f"personale_genere.{verbo}",
        riga,
        azienda=riga.azienda,
        da=da,
        descrizione=frase % {"riga": riga},
    )
