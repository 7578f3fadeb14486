# SPDX-License-Identifier: AGPL-3.0-or-later
"""The financial plan of an edition, and every printed figure beside ours."""

from django.urls import path

from conciliazione.views import finanziario, riscontri

urlpatterns = [
    path("<slug:slug>/", finanziario.piano, name="conciliazione_finanziario"),
    path("<slug:slug>/apri/", finanziario.apri, name="finanze_apri"),
    path("piani/<int:pk>/approva/", finanziario.approva, name="finanze_approva"),
    path("piani/<int:pk>/voci/nuova/", finanziario.voce_nuova, name="finanze_voce_nuova"),
    path("voci/<int:pk>/", finanziario.voce, name="finanze_voce"),
    path("voci/<int:pk>/togli/", finanziario.voce_togli, name="finanze_voce_togli"),
    path("<slug:slug>/stampato/", riscontri.elenco, name="finanze_riscontri"),
    path("<slug:slug>/stampato.csv", riscontri.tabella, name="finanze_riscontri_csv"),
    path("riscontri/<int:pk>/", riscontri.prendi_atto, name="finanze_riscontro"),
]
