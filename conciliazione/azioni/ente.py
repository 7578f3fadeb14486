# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bodies: entered and corrected by the office; each keeps its own addresses and size."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata
from conciliazione.azioni.righe import scrivi_riga
from conciliazione.calcolo.codici import codice_fiscale_valido, compatto, partita_iva_valida
from conciliazione.models import Ente, Natura, TipoEnte
from piani.models import Utente
from piani.rules import esigi

# Each kind has one legal form (constraint ente_natura_del_tipo).
NATURA_DEL_TIPO = {
    TipoEnte.PUBBLICO: Natura.PUBBLICA,
    TipoEnte.AMBITO: Natura.PUBBLICA,
    TipoEnte.DATORIALE: Natura.NON_PROFIT,
    TipoEnte.NON_PROFIT: Natura.NON_PROFIT,
    TipoEnte.PROFIT: Natura.PROFIT,
    TipoEnte.SINDACATO: Natura.NON_PROFIT,
}
# What a body says of itself without the office: not who it is.
DELL_ENTE = ("dimensione", "addetti", "sede", "email", "pec", "telefono", "sito")


def scrivi_ente(
    ente: Ente, valori: Mapping[str, Any], *, visto: str | None = None, da: Utente | None
) -> bool:
    """Enter a body, or change some of what is written of it; whether anything changed. The legal
    form follows from the kind. Who represents the body writes only DELL_ENTE.

    :raises PermissionDenied: the author neither leads the network nor represents the body; or
        represents it, and would change who it is.
    :raises ValidationError: by field; or somebody saved it meanwhile.
    """
    valori = dict(valori)
    if "tipo" in valori:
        valori["natura"] = NATURA_DEL_TIPO[TipoEnte(valori["tipo"])]
    for campo in ("codice_fiscale", "partita_iva"):
        if campo in valori:
            valori[campo] = compatto(valori[campo])
    controlla_codici(valori)
    suoi = ente.pk is not None and valori.keys() <= set(DELL_ENTE)
    permesso = "conciliazione.aggiorna_ente" if suoi else "conciliazione.gestisce_rete"
    return scrivi_riga(ente, valori, permesso=permesso, tipo="conc_ente", visto=visto, da=da)


def controlla_codici(valori: Mapping[str, Any]) -> None:
    """Stop if a code is there and is not written right.

    :raises ValidationError: by field.
    """
    errori = {}
    fiscale, iva = valori.get("codice_fiscale", ""), valori.get("partita_iva", "")
    if fiscale and not codice_fiscale_valido(fiscale):
        errori["codice_fiscale"] = _(
            "Il codice fiscale non è giusto: di solito un ente ha 11 cifre, una persona 16 "
            "caratteri. Ricontrolla che non ne manchi nessuno."
        )
    if iva and not partita_iva_valida(iva):
        errori["partita_iva"] = _("La partita IVA non è giusta: sono 11 cifre. Ricontrollala.")
    if errori:
        raise ValidationError(errori)


def togli_ente(ente: Ente, *, da: Utente | None) -> None:
    """Take away a body that nothing names, such as one entered by mistake.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: somebody represents it, or something is its own already.
    """
    esigi(da, "conciliazione.gestisce_rete", ente)
    with transaction.atomic():
        questo = bloccata(ente)
        if questo.referenti.exists():
            raise ValidationError(_("«%(ente)s» ha già un referente.") % {"ente": questo})
        annota("conc_ente.tolto", questo, _("Tolto l'ente «%(ente)s»") % {"ente": questo}, da=da)
        try:
            questo.delete()
        except ProtectedError as errore:
            raise ValidationError(
                _("«%(ente)s» non si toglie: ha già adesioni, seggi o progetti.") % {"ente": questo}
            ) from errore
