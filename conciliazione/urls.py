# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the conciliation: its entrance, an edition, and each part under its own name.

Names are flat, as in the rest of the house. The home of a part is ``conciliazione_<parte>`` with
the slug of the edition; the other names of a part begin with a noun of its own.
"""

from django.urls import include, path

from conciliazione.views import edizioni

PARTI = (
    "rete", "comitato", "bando", "valutazione", "riparto", "finanziario", "progetti",
    "monitoraggio", "impatto",
)  # fmt: skip

urlpatterns = [
    path("conciliazione/", edizioni.elenco, name="conciliazione"),
    path("conciliazione/edizioni/<slug:slug>/", edizioni.edizione, name="conciliazione_edizione"),
    *(path(f"conciliazione/{parte}/", include(f"conciliazione.{parte}.urls")) for parte in PARTI),
]
