# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the figures."""

from django.urls import path

from lavoro_agile.views import cifre, giornate

urlpatterns = [
    path("rilevazioni/<int:pk>/", cifre.rilevazione, name="cifre_rilevazione"),
    path("rilevazioni/<int:pk>/autorizzati.csv", cifre.rilevazione_csv,
         name="cifre_rilevazione_csv"),
    path("rilevazioni/<int:pk>/togli/", cifre.rilevazione_togli, name="cifre_rilevazione_togli"),
    path("giornate/<int:pk>/togli/", giornate.togli, name="cifre_giornate_togli"),
    path("<slug:azienda>/", cifre.casa, name="lavoro_agile_cifre"),
    path("<slug:azienda>/rileva/", cifre.rileva, name="cifre_rileva"),
    path("<slug:azienda>/questionario/", cifre.questionario_nuovo, name="cifre_questionario_nuovo"),
    path("<slug:azienda>/giornate/", giornate.nuove, name="cifre_giornate_nuove"),
    path("<slug:azienda>/giornate/<int:anno>/", giornate.giornate, name="cifre_giornate"),
    path("<slug:azienda>/giornate/<int:anno>/giornate.csv", giornate.giornate_csv,
         name="cifre_giornate_csv"),
]  # fmt: skip
