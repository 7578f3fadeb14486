# SPDX-License-Identifier: AGPL-3.0-or-later
"""The state of the service, for who watches it.

Said as a problem even when there is none: the Italian guidelines on interoperability ask it, so
that who watches reads ``status`` in one way only.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from piani.api.errori import TIPO, problema
from piani.api.filtri import controlla_parametri
from piani.api.forme import Forma
from piani.api.risorse import Vista
from piani.battito import ultimo_battito
from piani.views.casa import PROVE

TROPPO = timedelta(minutes=10)


def _guasto_battito() -> str:
    """The embedded mode has no clock: its jobs are done when asked for."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return ""
    ultimo = ultimo_battito()
    if ultimo is None or timezone.now() - ultimo > TROPPO:
        return _("i lavori periodici sono fermi")
    return ""


CONTROLLI = {**PROVE, "lavori_periodici": _guasto_battito}


class Stato(Forma):
    """How the service is."""

    status = serializers.IntegerField(help_text="Sempre 200: se qualcosa è fermo è un problema.")
    title = serializers.CharField()
    detail = serializers.CharField()
    stato = serializers.ChoiceField(choices=["ok"])
    versione = serializers.CharField()
    ultimo_battito = serializers.DateTimeField(allow_null=True)
    controlli = serializers.DictField(child=serializers.CharField())


class StatoRisorsa(Vista):
    """Se banca dati, coda e lavori periodici rispondono; non conta nei limiti."""

    ambito = "piani"
    raccolta = "status"
    aperta = True
    conservazione = "no-store"
    throttle_classes = ()
    serializer_class = Stato
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        summary="Stato del servizio", operation_id="status", responses={(200, TIPO): Stato}
    )
    def mostra(self, request: Request) -> Any:
        controlla_parametri(request, ())
        guasti = {nome: guasto for nome, prova in CONTROLLI.items() if (guasto := prova())}
        if guasti:
            return problema(503, "; ".join(guasti.values()).capitalize() + ".")
        dati = {
            "status": 200,
            "title": _("Tutto bene"),
            "detail": _("Rispondono banca dati, coda e lavori periodici."),
            "stato": "ok",
            "versione": settings.ALBERO_VERSIONE,
            "ultimo_battito": ultimo_battito(),
            "controlli": dict.fromkeys(CONTROLLI, "ok"),
        }
        return self.risposta(dati, Content_Type=TIPO)
