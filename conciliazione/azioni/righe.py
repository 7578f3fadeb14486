# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plain row written from a form: new, or changed as long as nobody changed it meanwhile."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, salva
from piani.azioni.righe import differenze, istantanea, rileggi
from piani.models import Utente
from piani.rules import esigi


def scrivi_riga(
    riga: Any,
    valori: Mapping[str, Any],
    *,
    permesso: str,
    tipo: str,
    visto: str | None = None,
    riguarda: Iterable[Model] = (),
    da: Utente | None,
) -> bool:
    """Save a new row, or some fields of one that is there; whether anything changed.

    ``tipo`` begins its events: ``conc_ambito`` makes ``conc_ambito.scritto``. The row says in
    ``SCRITTI`` what people write of it.

    :param visto: the mark of the row as it was read (piani.azioni.righe.impronta).
    :raises PermissionDenied: the author has not the permission on the row.
    :raises ValidationError: by field; it names something of another azienda; or somebody saved the
        row meanwhile (Superata).
    """
    esigi(da, permesso, riga)
    _della_stessa_azienda(riga, valori)
    molti = {nome for nome in valori if riga._meta.get_field(nome).many_to_many}
    with transaction.atomic():
        nuova = riga.pk is None
        adesso = riga if nuova else rileggi(bloccata(riga), visto)
        prima = {} if nuova else istantanea(adesso, adesso.SCRITTI)
        propri = [nome for nome in valori if nome not in molti]
        for nome in propri:
            setattr(adesso, nome, valori[nome])
        salva(adesso, *([] if nuova else propri))
        for nome in molti:
            getattr(adesso, nome).set(valori[nome])
        dopo = istantanea(adesso, adesso.SCRITTI)
        if prima == dopo:
            return False
        annota(
            f"{tipo}.scritto", adesso, f"{adesso._meta.verbose_name.capitalize()} «{adesso}»",
            da=da, dati=differenze(prima, dopo), riguarda=riguarda,
        )  # fmt: skip
    return True


def _della_stessa_azienda(riga: Any, valori: Mapping[str, Any]) -> None:
    sua = riga.azienda.pk
    estranei = [
        nome for nome, valore in valori.items() if getattr(valore, "azienda_id", sua) != sua
    ]
    if estranei:
        raise ValidationError(dict.fromkeys(estranei, _("È di un'altra azienda.")))
