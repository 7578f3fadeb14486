# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lavoro agile of an azienda as its documents print it: all of it, or nothing."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lavoro_agile.carica import azioni_positive, cifre, domande, pola, quadrature
from lavoro_agile.models import Pola
from piani.azioni import registra
from piani.importa import leggi_toml
from piani.models import Azienda, Piano, Utente
from piani.rules import esigi

FONTI = settings.BASE / "fixtures"


def carica_lavoro_agile(cartella: Path, *, da: Utente | None) -> Pola | None:
    """Load a POLA and all that its document prints; ``None`` if it is there already.

    :raises PermissionDenied: the author does not run the lavoro agile of that azienda.
    :raises ValidationError: the azienda is not there, or a file says what cannot be.
    """
    detto = leggi_toml(cartella / "pola.toml")["pola"]
    azienda = Azienda.objects.filter(codice=detto["azienda"]).first()
    if azienda is None:
        raise ValidationError(
            _("Manca l'azienda «%(codice)s»: caricarla prima del lavoro agile.")
            % {"codice": detto["azienda"]}
        )
    esigi(da, "lavoro_agile.tiene_pola", azienda)
    with transaction.atomic():
        azienda = Azienda.objects.select_for_update(no_key=True).get(pk=azienda.pk)
        if Piano.objects.filter(slug=detto["codice"]).exists():
            return None
        nuovo = pola.carica(azienda, cartella)
        quadrature.scrivi(
            nuovo,
            cartella,
            bando=domande.carica(azienda, cartella),
            rilevazione=cifre.carica(azienda, cartella),
        )
        positivo = azioni_positive.carica(azienda, cartella)
        for piano in filter(None, (nuovo.piano, positivo)):
            registra(
                "piano.caricato",
                piano,
                azienda=azienda,
                da=da,
                descrizione=_("Caricato «%(piano)s»") % {"piano": piano},
            )
    return nuovo
