# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the individual agreements."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
