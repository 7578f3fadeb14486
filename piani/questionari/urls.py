# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the questionnaires: the public one is short, it is printed on paper."""

from django.urls import path

from piani.questionari import pagine, viste

urlpatterns = [
    path("q/fatto/", pagine.fatto, name="questionario_fatto"),
    path("q/<str:gettone>/", pagine.compila, name="questionario_rispondi"),
    path("questionari/<int:pk>/", viste.questionario, name="questionario"),
    path("questionari/<int:pk>/modifica/", viste.modifica, name="questionario_modifica"),
    path(
        "questionari/<int:pk>/domande/nuova/",
        viste.domanda_nuova,
        name="questionario_domanda_nuova",
    ),
    path(
        "questionari/domande/<int:pk>/modifica/",
        viste.domanda_modifica,
        name="questionario_domanda_modifica",
    ),
    path(
        "questionari/domande/<int:pk>/togli/",
        viste.domanda_togli,
        name="questionario_domanda_togli",
    ),
    path(
        "questionari/domande/<int:pk>/sposta/",
        viste.domanda_sposta,
        name="questionario_domanda_sposta",
    ),
    path("questionari/<int:pk>/apri/", viste.apri, name="questionario_apri"),
    path("questionari/<int:pk>/chiudi/", viste.chiudi, name="questionario_chiudi"),
    path("questionari/<int:pk>/inviti/", viste.inviti, name="questionario_inviti"),
    path("questionari/<int:pk>/risultati.csv", viste.csv, name="questionario_csv"),
]
