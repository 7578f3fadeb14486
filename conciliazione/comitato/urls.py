# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this part of the conciliation, under /conciliazione/comitato/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
