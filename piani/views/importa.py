# SPDX-License-Identifier: AGPL-3.0-or-later
"""People from a sheet, at the address that the page has always had."""

from django.http import HttpRequest, HttpResponse

from piani.importazioni.persone import GENERE
from piani.importazioni.viste import nuova
from piani.views.moduli import legge_e_scrive
from piani.views.persone import azienda_di


@legge_e_scrive
def importa(request: HttpRequest, azienda: str) -> HttpResponse:
    """The page that takes the file, for who sees to the people of the azienda."""
    azienda_di(request, azienda)
    return nuova(request, azienda, GENERE.chiave)
