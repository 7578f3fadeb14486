# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the azioni positive and of the CUG's report."""

from django.urls import path

from piani.azioni_positive import scrittura, viste, viste_cug, viste_versione

urlpatterns = [
    path("", viste.ingresso, name="azioni_positive"),
    path("nuovo/", scrittura.nuovo, name="positive_nuovo"),
    path("piano/<slug:slug>/", viste.piano, name="positive_piano"),
    path("piano/<slug:slug>/azioni.csv", viste.foglio, name="positive_csv"),
    path("piano/<slug:slug>/area/", scrittura.area_nuova, name="positive_area_nuova"),
    path("piano/<slug:slug>/<int:anno>/", viste.anno, name="positive_anno"),
    path("area/<int:pk>/", scrittura.area_modifica, name="positive_area_modifica"),
    path("area/<int:pk>/togli/", scrittura.area_togli, name="positive_area_togli"),
    path("area/<int:pk>/sposta/", scrittura.area_sposta, name="positive_area_sposta"),
    path("area/<int:pk>/azione/", scrittura.azione_nuova, name="positive_azione_nuova"),
    path("azione/<int:pk>/", scrittura.azione_modifica, name="positive_azione_modifica"),
    path("azione/<int:pk>/togli/", scrittura.azione_togli, name="positive_azione_togli"),
    path("azione/<int:pk>/sposta/", scrittura.azione_sposta, name="positive_azione_sposta"),
    path("azione/<int:pk>/<int:anno>/", scrittura.monitora, name="positive_monitora"),
    path("personale/<slug:azienda>/", viste_cug.staff, name="positive_personale"),
    path("personale/<slug:azienda>/foglio.csv", viste_cug.staff_csv, name="positive_personale_csv"),
    path("personale/<slug:azienda>/scrivi/", viste_cug.conta, name="positive_conta"),
    path("personale/riga/<int:pk>/togli/", viste_cug.togli, name="positive_personale_togli"),
    path("relazione/", viste_cug.nuova, name="cug_nuova"),
    path("relazione/<int:pk>/", viste_cug.leggi, name="cug_relazione"),
    path("relazione/<int:pk>/scrivi/", viste_cug.scrivi, name="cug_scrivi"),
    path("relazione/<int:pk>/trasmetti/", viste_cug.trasmetti, name="cug_trasmetti"),
    path("relazione/<int:pk>/dipartimento/", viste_cug.al_dipartimento, name="cug_dipartimento"),
    path("relazione/<int:pk>/anteprima/", viste_versione.anteprima, name="cug_anteprima"),
    path("relazione/<int:pk>/correggi/", viste_versione.correggi, name="cug_correggi"),
    path("relazione/<int:pk>/v<int:numero>/", viste_versione.versione, name="cug_versione"),
    path("relazione/<int:pk>/v<int:numero>/<path:nome>", viste_versione.file, name="cug_file"),
]
