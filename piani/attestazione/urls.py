# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the grid of the obligations."""

from django.urls import path

from piani.attestazione import viste

urlpatterns = [
    path("", viste.elenco, name="attestazioni"),
    path("nuova/", viste.nuova, name="attestazione_nuova"),
    path("<int:pk>/", viste.attestazione, name="attestazione"),
    path("<int:pk>/punteggi/", viste.punteggi, name="attestazione_punteggi"),
    path("<int:pk>/scheda/", viste.scheda, name="attestazione_scheda"),
    path("<int:pk>/elenco/", viste.allinea, name="attestazione_allinea"),
    path("<int:pk>/chiudi/", viste.chiudi, name="attestazione_chiudi"),
    path("<int:pk>/correggi/", viste.correggi, name="attestazione_correggi"),
    path("<int:pk>/pubblica/", viste.pubblica, name="attestazione_pubblica"),
    path("<int:pk>/anteprima/", viste.anteprima, name="attestazione_anteprima"),
    path("<int:pk>/v<int:numero>/", viste.versione, name="attestazione_versione"),
    path("<int:pk>/v<int:numero>/<path:nome>", viste.file, name="attestazione_file"),
]
