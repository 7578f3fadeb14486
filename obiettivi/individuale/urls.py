# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the individual evaluation."""

from django.urls import path

from obiettivi.views import valutazioni, valutazioni_azienda

urlpatterns = [
    path("valutazioni/", valutazioni.mie, name="mie_valutazioni"),
    path("valutazioni/da-fare/", valutazioni.da_valutare, name="da_valutare"),
    path("valutazioni/<int:pk>/", valutazioni.valutazione, name="valutazione"),
    path("valutazioni/<int:pk>/scheda.pdf", valutazioni.pdf, name="valutazione_pdf"),
    path("valutazioni/<int:pk>/<slug:passo>/", valutazioni.passo, name="valutazione_passo"),
    path(
        "aziende/<slug:azienda>/valutazioni/", valutazioni_azienda.anni, name="valutazioni_azienda"
    ),
    path(
        "aziende/<slug:azienda>/valutazioni/nuove/",
        valutazioni_azienda.crea,
        name="regole_individuali_crea",
    ),
    path(
        "aziende/<slug:azienda>/valutazioni/<int:anno>/",
        valutazioni_azienda.elenco,
        name="valutazioni_anno",
    ),
    path(
        "aziende/<slug:azienda>/valutazioni/<int:anno>/assegna/",
        valutazioni_azienda.assegna,
        name="valutazioni_assegna",
    ),
    path(
        "aziende/<slug:azienda>/valutazioni/<int:anno>/chiudi/",
        valutazioni_azienda.chiudi,
        name="valutazioni_chiudi",
    ),
    path(
        "aziende/<slug:azienda>/valutazioni/<int:anno>/regole/",
        valutazioni_azienda.regole,
        name="regole_individuali_anno",
    ),
    path(
        "aziende/<slug:azienda>/valutazioni/<int:anno>/regole/modifica/",
        valutazioni_azienda.modifica,
        name="regole_individuali_modifica",
    ),
    path(
        "aziende/<slug:azienda>/valutazioni/<int:anno>/aggregati/",
        valutazioni_azienda.figure,
        name="aggregati",
    ),
    path(
        "aziende/<slug:azienda>/valutazioni/<int:anno>/aggregati.csv",
        valutazioni_azienda.figure_csv,
        name="aggregati_csv",
    ),
]
