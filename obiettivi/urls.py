# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the objectives' floor. The page of a plan is here: its tree hangs from it."""

from django.urls import path

from obiettivi.views import calcolo, indicatore, ipotesi, piano

urlpatterns = [
    path("piani/<slug:slug>/", piano.piano, name="piano"),
    path("piani/<slug:slug>/che-cosa-manca/", piano.da_completare, name="da_completare"),
    path("piani/<slug:slug>/ipotesi/", ipotesi.ipotesi, name="ipotesi"),
    path("piani/<slug:slug>/calcola/", calcolo.calcola, name="calcola"),
    path(
        "piani/<slug:slug>/perche/<str:livello>/<int:oggetto>/",
        calcolo.spiegazione,
        name="spiegazione",
    ),
    path(
        "piani/<slug:slug>/perche/<str:livello>/<int:oggetto>.json",
        calcolo.spiegazione_json,
        name="spiegazione_json",
    ),
    path("calcoli/<int:pk>/accetta/", calcolo.accetta_calcolo, name="accetta_calcolo"),
    path("calcoli/<int:pk>/", calcolo.calcolo, name="calcolo"),
    path("obiettivi/<int:pk>/", indicatore.obiettivo, name="obiettivo"),
    path(
        "aziende/<slug:azienda>/indicatori/<path:codice>/",
        indicatore.indicatore,
        name="indicatore",
    ),
    path("target/<int:pk>/conferma/", indicatore.conferma_lettura, name="conferma_lettura"),
]
