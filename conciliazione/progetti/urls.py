# SPDX-License-Identifier: AGPL-3.0-or-later
"""Projects, agreements, actions, and the documents of an edition; the public concessions."""

from django.urls import path

from conciliazione.views import (
    accordi,
    azioni_piano,
    azioni_progetto,
    concessioni,
    documenti_edizione,
    progetti,
    progetto_documenti,
    progetto_passi,
)

urlpatterns = [
    path("<slug:slug>/", progetti.elenco, name="conciliazione_progetti"),
    path("<slug:slug>/crea/", progetti.crea, name="progetto_crea"),
    path("p/<int:pk>/", progetti.progetto, name="progetto"),
    path("p/<int:pk>/modifica/", progetto_passi.modifica, name="progetto_modifica"),
    path("p/<int:pk>/passo/<slug:passo>/", progetto_passi.passo, name="progetto_passo"),
    # agreements
    path("p/<int:pk>/accordo/<slug:genere>/", accordi.scrivi, name="progetto_accordo"),
    path("accordi/<int:pk>/firma/", accordi.alla_firma, name="progetto_accordo_invia"),
    path("accordi/<int:pk>/bozza/", accordi.in_bozza, name="progetto_accordo_bozza"),
    path("accordi/<int:pk>/sciogli/", accordi.sciogli, name="progetto_accordo_sciogli"),
    path("firme/<int:pk>/", accordi.firma, name="progetto_firma"),
    # papers
    path("p/<int:pk>/documenti/", progetto_documenti.carica, name="progetto_documento_carica"),
    path("documenti/<int:pk>/", progetto_documenti.scarica, name="progetto_documento"),
    path("documenti/<int:pk>/togli/", progetto_documenti.togli, name="progetto_documento_togli"),
    # actions of a project
    path("azioni/<int:pk>/", azioni_progetto.azione, name="progetto_azione"),
    path("azioni/<int:pk>/stato/", azioni_progetto.avanza, name="progetto_azione_stato"),
    path("azioni/<int:pk>/attivita/", azioni_progetto.attivita, name="progetto_attivita"),
    path("attivita/<int:pk>/togli/", azioni_progetto.togli, name="progetto_attivita_togli"),
    path("azioni/<int:pk>/budget/", azioni_progetto.budget, name="progetto_budget"),
    # actions of the whole network
    path("<slug:slug>/azioni/nuova/", azioni_piano.nuova, name="azione_piano_nuova"),
    path("piano/<int:pk>/", azioni_piano.azione, name="azione_piano"),
    path("piano/<int:pk>/modifica/", azioni_piano.modifica, name="azione_piano_modifica"),
    path("piano/<int:pk>/togli/", azioni_piano.togli, name="azione_piano_togli"),
    path("piano/<int:pk>/stato/", azioni_piano.avanza, name="azione_piano_stato"),
    path("piano/<int:pk>/incontri/", azioni_piano.incontro, name="azione_piano_incontro"),
    path(
        "incontri/<int:pk>/togli/", azioni_piano.togli_incontro, name="azione_piano_incontro_togli"
    ),
    # the documents of the edition
    path("<slug:slug>/documenti/", documenti_edizione.documenti, name="progetto_documenti"),
    path(
        "<slug:slug>/documenti/<slug:quale>/apri/", documenti_edizione.apri,
        name="progetto_documenti_apri",
    ),
    path(
        "<slug:slug>/documenti/<slug:quale>/adotta/", documenti_edizione.adotta,
        name="progetto_documenti_adotta",
    ),
    # what anybody reads (artt. 26 and 27 D.Lgs. 33/2013)
    path("concessioni/<slug:azienda>/", concessioni.pagina, name="progetto_concessioni"),
    path(
        "concessioni/<slug:azienda>/concessioni.csv", concessioni.tabella,
        name="progetto_concessioni_csv",
    ),
    path(
        "concessioni/<slug:azienda>/concessioni.json", concessioni.dati,
        name="progetto_concessioni_json",
    ),
]  # fmt: skip
