# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of calls and requests."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
