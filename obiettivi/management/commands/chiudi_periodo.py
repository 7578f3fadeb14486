# SPDX-License-Identifier: AGPL-3.0-or-later
from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from obiettivi import azioni
from obiettivi.models import Frazione
from piani.models import Azienda


class Command(BaseCommand):
    help = "Chiude un periodo di un'azienda ai nuovi risultati, o lo riapre con un motivo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("azienda", help="codice dell'azienda")
        parser.add_argument("anno", type=int)
        parser.add_argument(
            "--frazione",
            choices=[una for una in Frazione.values if una],
            default="",
            help="un trimestre o un semestre; senza, l'anno intero",
        )
        parser.add_argument("--riapri", metavar="MOTIVO", help="riapre il periodo: perché")

    def handle(
        self, *, azienda: str, anno: int, frazione: str, riapri: str | None, **_opzioni: object
    ) -> None:
        ente = Azienda.objects.filter(codice=azienda).first()
        if ente is None:
            raise CommandError(_("Non c'è questa azienda: %(codice)s") % {"codice": azienda})
        periodo = {"anno": anno, "frazione": frazione, "da": None}
        try:
            if riapri is None:
                azioni.chiudi_periodo(ente, **periodo)
            else:
                azioni.riapri_periodo(ente, **periodo, motivo=riapri)
        except ValidationError as errore:
            raise CommandError(" ".join(errore.messages)) from errore
        detto = _("Periodo chiuso.") if riapri is None else _("Periodo riaperto.")
        self.stdout.write(detto)
