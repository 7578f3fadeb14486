# SPDX-License-Identifier: AGPL-3.0-or-later
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni import premi_dimostrativi
from piani.attestazione import dimostrazione
from piani.importa import leggi_toml
from piani.models import Azienda

DATI = settings.BASE / "fixtures" / "trasparenza_dimostrativa.toml"


class Command(BaseCommand):
    """Idempotent: what is there already stays as it is."""

    help = "Carica l'attestazione sugli obblighi e i premi inventati per la dimostrazione."

    def handle(self, **_opzioni: object) -> None:
        dati, oggi = leggi_toml(DATI), timezone.localdate()
        azienda = Azienda.objects.filter(codice=dati["azienda"]).first()
        if azienda is None:
            return
        try:
            fatti = (
                dimostrazione.carica(azienda, dati["attestazione"], oggi),
                premi_dimostrativi.carica(azienda, dati["premi"], oggi),
            )
        except ValidationError as errore:
            raise CommandError("\n".join(errore.messages)) from errore
        for fatto in filter(None, fatti):
            self.stdout.write(_("Per la dimostrazione: %(nuova)s") % {"nuova": fatto})
