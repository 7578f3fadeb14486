# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the REST API: each app gives its own resources, by the paths in ``ALBERO_API``."""

from django.conf import settings
from django.urls import path, re_path
from django.utils.module_loading import import_string
from rest_framework.routers import SimpleRouter

from piani.api.altrove import altrove
from piani.api.doc import documentazione, lettura, schema
from piani.api.gettoni import Gettoni, Revoca
from piani.api.stato import StatoRisorsa

app_name = "api"

router = SimpleRouter(trailing_slash=False, use_regex_path=True)
for percorso in settings.ALBERO_API:
    for prefisso, vista, nome in import_string(percorso):
        router.register(prefisso, vista, basename=nome)

urlpatterns = [
    path("token", Gettoni.as_view(), name="token"),
    path("token/revoca", Revoca.as_view(), name="token-revoca"),
    path("status", StatoRisorsa.as_view({"get": "mostra"}), name="status"),
    path("doc", documentazione, name="doc"),
    path("doc/redoc", lettura, name="redoc"),
    path("openapi.json", schema, name="schema"),
    *router.urls,
    re_path(r"^(?P<resto>(?s:.*))\Z", altrove, name="altrove"),
]
