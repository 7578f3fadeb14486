# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the POLA."""

from django.urls import path

from lavoro_agile.views import pola, pola_programma, pola_scrittura

urlpatterns = [
    path("piano/<slug:slug>/", pola.piano, name="pola_piano"),
    path("piano/<slug:slug>/andamento/", pola.andamento, name="pola_andamento"),
    path("piano/<slug:slug>/programma.csv", pola.programma_csv, name="pola_csv"),
    path("piano/<slug:slug>/apri/", pola_scrittura.apri, name="pola_apri"),
    path("piano/<slug:slug>/fasi/", pola_scrittura.fasi, name="pola_fasi"),
    path("piano/<slug:slug>/linee-guida/", pola_programma.linee_guida, name="pola_linee_guida"),
    path("piano/<slug:slug>/indicatore/", pola_programma.indicatore_nuovo,
         name="pola_indicatore_nuovo"),
    path("indicatori/<int:pk>/", pola_programma.livelli, name="pola_livelli"),
    path("indicatori/<int:pk>/togli/", pola_programma.togli, name="pola_indicatore_togli"),
    path("<slug:azienda>/", pola.casa, name="lavoro_agile_pola"),
    path("<slug:azienda>/nuovo/", pola_scrittura.nuovo, name="pola_nuovo"),
]  # fmt: skip
