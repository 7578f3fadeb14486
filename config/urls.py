# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses: each app has its own, this file only puts them together."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# One way in, with its limits and its second factor: /gestione/ has no login of its own.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler500 = "piani.views.casa.errore"

urlpatterns = [
    # First, because a program asks often and all the others would be tried before it.
    path("api/v1/", include("config.api")),
    path("", include("piani.urls")),
    path("", include("obiettivi.urls")),
    path("", include("conciliazione.urls")),
    path("", include("lavoro_agile.urls")),
    path("gestione/", admin.site.urls),
]
