# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the webhooks, inside an azienda."""

from django.urls import path

from piani.webhook import viste

urlpatterns = [
    path("programmi/<int:cliente>/webhook/", viste.del_programma, name="webhook_del_programma"),
    path("webhook/<int:pk>/", viste.webhook, name="webhook"),
    path("webhook/<int:pk>/modifica/", viste.modifica, name="webhook_modifica"),
    path("webhook/<int:pk>/segreto/", viste.segreto, name="webhook_segreto"),
    path("webhook/<int:pk>/prova/", viste.prova, name="webhook_prova"),
    path("webhook/<int:pk>/sospendi/", viste.sospendi, name="webhook_sospendi"),
    path("webhook/<int:pk>/riattiva/", viste.riattiva, name="webhook_riattiva"),
    path("webhook/<int:pk>/chiudi/", viste.chiudi, name="webhook_chiudi"),
    path("webhook/consegne/<int:pk>/rimanda/", viste.rimanda, name="webhook_rimanda"),
]
