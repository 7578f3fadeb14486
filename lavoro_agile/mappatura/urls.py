# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the mapping of the activities."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
