# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the allocation, under /conciliazione/riparto/."""

from django.urls import path

from conciliazione.views import riparto, risultati

urlpatterns = [
    path("bandi/<int:pk>/", riparto.bando, name="riparto_bando"),
    path("bandi/<int:pk>/scenari/nuovo/", riparto.nuovo, name="scenario_nuovo"),
    path("scenari/<int:pk>/", riparto.scenario, name="scenario"),
    path("scenari/<int:pk>/csv/", riparto.scenario_csv, name="scenario_csv"),
    path("scenari/<int:pk>/modifica/", riparto.modifica, name="scenario_modifica"),
    path("scenari/<int:pk>/copia/", riparto.copia, name="scenario_copia"),
    path("scenari/<int:pk>/elimina/", riparto.elimina, name="scenario_elimina"),
    path("scenari/<int:pk>/scegli/", riparto.scegli, name="scenario_scegli"),
    path("scenari/<int:pk>/scorri/", riparto.scorri, name="scenario_scorri"),
    path("esiti/<slug:slug>/<int:numero>/", risultati.risultati, name="riparto_risultati"),
    path(
        "esiti/<slug:slug>/<int:numero>/csv/", risultati.risultati_csv,
        name="riparto_risultati_csv",
    ),
    path("<slug:slug>/", riparto.elenco, name="conciliazione_riparto"),
]  # fmt: skip
