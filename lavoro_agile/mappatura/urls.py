# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the mapping of the activities."""

from django.urls import path

from lavoro_agile.views import mappatura, mappatura_schede

urlpatterns = [
    path("campagne/<int:pk>/", mappatura.campagna, name="campagna"),
    path("campagne/<int:pk>/modifica/", mappatura.modifica, name="campagna_modifica"),
    path("campagne/<int:pk>/unita/", mappatura.unita, name="campagna_unita"),
    path("campagne/<int:pk>/chiudi/", mappatura.chiudi, name="campagna_chiudi"),
    path("campagne/<int:pk>/riapri/", mappatura.riapri, name="campagna_riapri"),
    path("campagne/<int:pk>/persone.csv", mappatura.persone_csv, name="campagna_persone_csv"),
    path("campagne/<int:pk>/attivita.csv", mappatura.attivita_csv, name="campagna_attivita_csv"),
    path("schede/<int:pk>/", mappatura_schede.scheda, name="mappatura_scheda"),
    path("schede/<int:pk>/compila/", mappatura_schede.compila, name="mappatura_compila"),
    path("schede/<int:pk>/acquisisci/", mappatura_schede.acquisisci, name="mappatura_acquisisci"),
    path("schede/<int:pk>/riapri/", mappatura_schede.riapri, name="mappatura_riapri"),
    path("schede/<int:pk>/togli/", mappatura_schede.togli, name="mappatura_togli"),
    path("<slug:azienda>/", mappatura.casa, name="lavoro_agile_mappatura"),
    path("<slug:azienda>/campagna/", mappatura.nuova, name="campagna_nuova"),
]
