# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the reports of errors."""

from django.urls import path

from piani.segnalazioni import viste

urlpatterns = [
    path("amministrazione-trasparente/<slug:azienda>/segnala/", viste.segnala, name="segnala_in"),
    path(
        "amministrazione-trasparente/<slug:azienda>/segnala/ricevuta/",
        viste.grazie,
        name="segnala_grazie",
    ),
    path("segnalazioni/", viste.elenco, name="segnalazioni"),
    path("segnalazioni/<int:pk>/", viste.segnalazione, name="segnalazione"),
    path("segnalazioni/<int:pk>/prendi/", viste.prendi, name="segnalazione_prendi"),
    path("segnalazioni/<int:pk>/chiudi/", viste.chiudi, name="segnalazione_chiudi"),
]
