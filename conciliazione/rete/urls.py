# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this part of the conciliation, under /conciliazione/rete/."""

from django.urls import path

from conciliazione.views.rete import (
    adesioni,
    ambiti,
    casa,
    composizioni,
    enti,
    pubbliche,
    referenti,
    rinunce,
    tempi,
)

urlpatterns = [
    # open to anybody
    path("pubblica/<slug:azienda>/", pubbliche.rete, name="rete_pubblica"),
    path("pubblica/<slug:azienda>/rete.csv", pubbliche.rete_csv, name="rete_pubblica_csv"),
    path("aderisci/<slug:azienda>/", pubbliche.chiedi, name="adesione_chiedi"),
    path("aderisci/<slug:azienda>/inviata/", pubbliche.chiesta, name="adesione_chiesta"),
    path("conferma/<str:gettone>/", pubbliche.conferma, name="adesione_conferma"),
    # of an edition
    path("<slug:slug>/", casa.casa, name="conciliazione_rete"),
    path("<slug:slug>/enti/", enti.enti, name="rete_enti"),
    path("<slug:slug>/enti.csv", enti.enti_csv, name="rete_enti_csv"),
    path("<slug:slug>/enti/nuovo/", enti.ente_nuovo, name="rete_ente_nuovo"),
    path("<slug:slug>/enti/<int:pk>/", enti.ente, name="rete_ente"),
    path("<slug:slug>/enti/<int:pk>/modifica/", enti.ente_modifica, name="rete_ente_modifica"),
    path("<slug:slug>/enti/<int:pk>/unisci/", enti.ente_unisci, name="rete_ente_unisci"),
    path("<slug:slug>/enti/<int:pk>/referente/", referenti.nuovo, name="rete_referente_nuovo"),
    path("<slug:slug>/referenti/<int:pk>/fine/", referenti.fine, name="rete_referente_fine"),
    path("<slug:slug>/adesioni/", adesioni.adesioni, name="rete_adesioni"),
    path("<slug:slug>/adesioni/nuova/", adesioni.nuova, name="rete_adesione_nuova"),
    path("<slug:slug>/adesioni/<int:pk>/", adesioni.adesione, name="rete_adesione"),
    path("<slug:slug>/adesioni/<int:pk>/accogli/", adesioni.accogli, name="adesione_accogli"),
    path("<slug:slug>/adesioni/<int:pk>/respingi/", adesioni.respingi, name="adesione_respingi"),
    path(
        "<slug:slug>/adesioni/<int:pk>/conferma/", adesioni.conferma,
        name="adesione_conferma_ufficio",
    ),
    path("<slug:slug>/adesioni/<int:pk>/rinuncia/", rinunce.rinuncia, name="adesione_rinuncia"),
    path("<slug:slug>/rinunce/<int:pk>/atto/", rinunce.presa_d_atto, name="rinuncia_presa_d_atto"),
    path("<slug:slug>/rinunce/<int:pk>/ritira/", rinunce.ritira, name="rinuncia_ritira"),
    path("<slug:slug>/composizione/", composizioni.composizioni, name="composizioni"),
    path("<slug:slug>/composizione/nuova/", composizioni.nuova, name="composizione_nuova"),
    path("<slug:slug>/composizione/<int:pk>/", composizioni.composizione, name="composizione"),
    path(
        "<slug:slug>/composizione/<int:pk>/composizione.csv", composizioni.composizione_csv,
        name="composizione_csv",
    ),
    path(
        "<slug:slug>/composizione/<int:pk>/correggi/", composizioni.modifica,
        name="composizione_modifica",
    ),
    path(
        "<slug:slug>/composizione/<int:pk>/approva/", composizioni.approva,
        name="composizione_approva",
    ),
    path("<slug:slug>/composizione/<int:pk>/togli/", composizioni.togli,
         name="composizione_togli"),
    path("<slug:slug>/ambiti/", ambiti.ambiti, name="rete_ambiti"),
    path("<slug:slug>/ambiti.csv", ambiti.ambiti_csv, name="rete_ambiti_csv"),
    path("<slug:slug>/ambiti/nuovo/", ambiti.ambito_nuovo, name="rete_ambito_nuovo"),
    path("<slug:slug>/ambiti/tempi/", ambiti.tempi_chiedi, name="rete_tempi_chiedi"),
    path("<slug:slug>/ambiti/<int:pk>/", ambiti.ambito, name="rete_ambito"),
    path("<slug:slug>/ambiti/<int:pk>/modifica/", ambiti.ambito_modifica,
         name="rete_ambito_modifica"),
    path("<slug:slug>/ambiti/<int:pk>/comune/", ambiti.comune_nuovo, name="rete_comune_nuovo"),
    path("<slug:slug>/comuni/<int:pk>/", ambiti.comune_modifica, name="rete_comune_modifica"),
    path("<slug:slug>/tempi/<int:pk>/", ambiti.tempi_rispondi, name="rete_tempi_rispondi"),
    path("<slug:slug>/tempi/", tempi.tempi, name="rete_tempi"),
    path("<slug:slug>/tempi/progetti/nuovo/", tempi.progetto_nuovo,
         name="rete_progetto_tempi_nuovo"),
    path("<slug:slug>/tempi/progetti/<int:pk>/", tempi.progetto_modifica,
         name="rete_progetto_tempi_modifica"),
]  # fmt: skip
