# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses: each app has its own, this file only puts them together."""

from django.contrib import admin
from django.urls import include, path

handler500 = "piani.views.casa.errore"

urlpatterns = [
    path("", include("piani.urls")),
    path("", include("obiettivi.urls")),
    path("gestione/", admin.site.urls),
]
