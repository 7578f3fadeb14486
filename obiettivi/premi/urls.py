# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the prizes."""

from django.urls import path

from obiettivi.views import premi

urlpatterns = [
    path("aziende/<slug:azienda>/premi/", premi.elenco, name="premi_di"),
    path("aziende/<slug:azienda>/premi/nuovi/", premi.nuovi, name="premi_nuovi"),
    path("premi/<int:pk>/", premi.premi, name="premi"),
    path("premi/<int:pk>/criteri/", premi.criteri, name="premi_criteri"),
    path("premi/<int:pk>/voce/", premi.voce_nuova, name="premi_voce_nuova"),
    path("premi/voci/<int:pk>/", premi.voce_modifica, name="premi_voce"),
    path("premi/voci/<int:pk>/togli/", premi.voce_togli, name="premi_voce_togli"),
    path("premi/<int:pk>/<slug:quale>/anteprima/", premi.anteprima, name="premi_anteprima"),
    path("premi/<int:pk>/<slug:quale>/pubblica/", premi.pubblica, name="premi_pubblica"),
]
