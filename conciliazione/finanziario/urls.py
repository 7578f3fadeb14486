# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this part of the conciliation, under /conciliazione/finanziario/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
