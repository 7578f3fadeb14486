# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the imports."""

from django.urls import path

from piani.importazioni import viste

_DI = "aziende/<slug:azienda>/importazioni/"

urlpatterns = [
    path("importazioni/", viste.scegli, name="importazioni_di"),
    path(_DI, viste.importazioni, name="importazioni"),
    path(f"{_DI}nuova/<slug:genere>/", viste.nuova, name="importazione_nuova"),
    path(f"{_DI}nuova/<slug:genere>/esempio.csv", viste.esempio, name="importazione_esempio"),
    path(f"{_DI}<int:pk>/", viste.importazione, name="importazione"),
    path(f"{_DI}<int:pk>/abbina/", viste.abbina, name="importazione_abbina"),
    path(f"{_DI}<int:pk>/conferma/", viste.conferma, name="importazione_conferma"),
    path(f"{_DI}<int:pk>/annulla/", viste.annulla, name="importazione_annulla"),
    path(f"{_DI}<int:pk>/scarta/", viste.scarta, name="importazione_scarta"),
]
