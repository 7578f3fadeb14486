# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the azioni positive and of the CUG's report."""

from django.urls import path

from piani.azioni_positive import viste

urlpatterns = [
    path("", viste.ingresso, name="azioni_positive"),
]
