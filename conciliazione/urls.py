# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the conciliation: its entrance, an edition, and each part under its own name.

Names are flat, as in the rest of the house. The home of a part is ``conciliazione_<parte>`` with
the slug of the edition; the other names of a part begin with a noun of its own.
"""

from django.urls import include, path

from conciliazione.views import edizioni, regole

PARTI = (
    "rete", "comitato", "bando", "valutazione", "riparto", "finanziario", "progetti",
    "monitoraggio", "impatto",
)  # fmt: skip

urlpatterns = [
    path("conciliazione/", edizioni.elenco, name="conciliazione"),
    path("conciliazione/edizioni/<slug:slug>/", edizioni.edizione, name="conciliazione_edizione"),
    path("conciliazione/nuova/", regole.nuova, name="conciliazione_edizione_nuova"),
    path("conciliazione/edizioni/<slug:slug>/regole/", regole.regole, name="conciliazione_regole"),
    path("conciliazione/edizioni/<slug:slug>/regole.json", regole.regole_json,
         name="conciliazione_regole_json"),
    path("conciliazione/edizioni/<slug:slug>/regole/<slug:sezione>/", regole.modifica,
         name="conciliazione_regole_modifica"),
    path("conciliazione/edizioni/<slug:slug>/dati/", regole.dati,
         name="conciliazione_edizione_dati"),
    path("conciliazione/edizioni/<slug:slug>/in-vigore/", regole.in_vigore,
         name="conciliazione_edizione_in_vigore"),
    path("conciliazione/edizioni/<slug:slug>/chiudi/", regole.chiudi,
         name="conciliazione_edizione_chiudi"),
    path("conciliazione/edizioni/<slug:slug>/riapri/", regole.riapri,
         name="conciliazione_edizione_riapri"),
    *(path(f"conciliazione/{parte}/", include(f"conciliazione.{parte}.urls")) for parte in PARTI),
]  # fmt: skip
