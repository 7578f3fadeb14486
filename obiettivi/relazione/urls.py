# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the Relazione sulla performance."""

from django.urls import path

from obiettivi.views.relazione import scrittura
from obiettivi.views.relazione import stato as relazione

urlpatterns = [
    path("piani/<slug:slug>/relazione/<int:anno>/", relazione.relazione, name="relazione"),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/comincia/",
        relazione.comincia,
        name="relazione_comincia",
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/rigenera/",
        relazione.rigenera,
        name="relazione_rigenera",
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/approva/",
        relazione.approva,
        name="relazione_approva",
    ),
    path("piani/<slug:slug>/relazione/<int:anno>/invia/", relazione.invia, name="relazione_invia"),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/valida/", relazione.valida, name="relazione_valida"
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/bozza/", relazione.riapri, name="relazione_riapri"
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/pubblica/",
        relazione.pubblica,
        name="relazione_pubblica",
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/ristampa/",
        relazione.ristampa,
        name="relazione_ristampa",
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/anteprima/",
        relazione.anteprima,
        name="relazione_anteprima",
    ),
    path("piani/<slug:slug>/relazione/<int:anno>/cause/", scrittura.cause, name="relazione_cause"),
    path("piani/<slug:slug>/relazione/<int:anno>/fasi/", scrittura.fasi, name="relazione_fasi"),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/<slug:tipo>/modifica/",
        scrittura.sezione,
        name="relazione_sezione",
    ),
]
