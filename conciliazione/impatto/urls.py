# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this part of the conciliation, under /conciliazione/impatto/."""

from django.urls import path

from conciliazione.views import impatto, impatto_kpi, impatto_questionari

urlpatterns = [
    path("mappe/<slug:di>/<int:pk>/", impatto.mappa, name="impatto_mappa"),
    path(
        "mappe/<slug:di>/<int:pk>/modifica/", impatto.mappa_modifica, name="impatto_mappa_modifica"
    ),
    path("righe/<int:pk>/kpi/", impatto_kpi.kpi_nuovo, name="impatto_kpi_nuovo"),
    path("kpi/<int:pk>/", impatto_kpi.kpi, name="impatto_kpi"),
    path("kpi/<int:pk>/modifica/", impatto_kpi.kpi_modifica, name="impatto_kpi_modifica"),
    path("kpi/<int:pk>/togli/", impatto_kpi.kpi_togli, name="impatto_kpi_togli"),
    path("kpi/<int:pk>/valori/", impatto_kpi.valore, name="impatto_valore"),
    path("valori/<int:pk>/togli/", impatto_kpi.valore_togli, name="impatto_valore_togli"),
    path("questionari/<int:pk>/", impatto_questionari.questionario, name="impatto_questionario"),
    path(
        "questionari/<int:pk>/risultati.csv",
        impatto_questionari.csv,
        name="impatto_questionario_csv",
    ),
    path("<slug:slug>/", impatto.impatto, name="conciliazione_impatto"),
    path(
        "<slug:slug>/questionari/nuovo/",
        impatto_questionari.nuovo,
        name="impatto_questionario_nuovo",
    ),
]
