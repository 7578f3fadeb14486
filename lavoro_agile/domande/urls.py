# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of calls and requests."""

from django.urls import path

from lavoro_agile.views import ammissioni, bandi, domande, pareri

urlpatterns = [
    path("bandi/<int:pk>/", bandi.bando, name="agile_bando"),
    path("bandi/<int:pk>/modifica/", bandi.modifica, name="agile_bando_modifica"),
    path("bandi/<int:pk>/tranche/", bandi.tranche, name="agile_bando_tranche"),
    path("bandi/<int:pk>/pubblica/", bandi.pubblica, name="agile_bando_pubblica"),
    path("bandi/<int:pk>/concludi/", bandi.concludi, name="agile_bando_concludi"),
    path("bandi/<int:pk>/riapri/", bandi.riapri, name="agile_bando_riapri"),
    path("bandi/<int:pk>/annulla/", bandi.annulla, name="agile_bando_annulla"),
    path("bandi/<int:pk>/cifre/", ammissioni.cifre, name="agile_bando_cifre"),
    path("bandi/<int:pk>/cifre/cifre.csv", ammissioni.cifre_csv, name="agile_bando_cifre_csv"),
    path("bandi/<int:pk>/ammissione/", ammissioni.ammissione, name="agile_bando_ammissione"),
    path("bandi/<int:pk>/chiedi/", domande.nuova, name="agile_domanda_nuova"),
    path("domanda/<int:pk>/", domande.domanda, name="agile_domanda"),
    path("domanda/<int:pk>/modifica/", domande.modifica, name="agile_domanda_modifica"),
    path("domanda/<int:pk>/presenta/", domande.presenta, name="agile_domanda_presenta"),
    path("domanda/<int:pk>/ritira/", domande.ritira, name="agile_domanda_ritira"),
    path("domanda/<int:pk>/colloquio/", pareri.colloquio, name="agile_domanda_colloquio"),
    path("domanda/<int:pk>/parere/", pareri.parere, name="agile_domanda_parere"),
    path("domanda/<int:pk>/riesame/", pareri.riesame, name="agile_domanda_riesame"),
    path("domanda/<int:pk>/decisione/", pareri.decisione, name="agile_domanda_decisione"),
    path("<slug:azienda>/", domande.casa, name="lavoro_agile_domande"),
    path("<slug:azienda>/bando/", bandi.nuovo, name="agile_bando_nuovo"),
]
