# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet of results that comes back: brought in, and compared at once with what there is."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from piani.importazioni import azioni as importazioni
from piani.importazioni.genere import generi
from piani.importazioni.intestazioni import proponi
from piani.importazioni.lavoro import contesto_di
from piani.models import Azienda, Importazione, Utente

PROPRIE = {"chiave", "versione"}
"""The columns that only our sheet has."""


def ricarica_foglio(azienda: Azienda, *, file: UploadedFile, da: Utente) -> Importazione:
    """Bring in a sheet filled in; the preview says what each row would do.

    :raises PermissionDenied: the person takes no results here.
    :raises ValidationError: in ``file``: it cannot be read, or it is not a sheet of ours.
    """
    genere = generi()["foglio"]
    nuova = importazioni.carica(azienda, genere, file=file, ambito={}, da=da)
    nuova.da = da
    come = proponi(contesto_di(nuova), genere, importazioni.viste_di(nuova))
    if not come.campi >= PROPRIE:
        importazioni.scarta(nuova, da=da)
        raise ValidationError(
            {"file": _("Questo non è un foglio scaricato da qui: mancano le colonne nascoste "
                       "«Chiave» e «Versione». Un altro foglio si porta dalle importazioni.")}
        )  # fmt: skip
    importazioni.abbina(nuova, abbinamento=come, da=da)
    return nuova
