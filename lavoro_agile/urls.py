# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the lavoro agile: its entrance, an azienda, an edition, each part under its name.

Names are flat, as in the rest of the house. The home of a part is ``lavoro_agile_<parte>`` with
the codice of the azienda; the other names of a part begin with a noun of its own.
"""

from django.urls import include, path

from lavoro_agile.views import edizioni, ingresso, regole

PARTI = ("mappatura", "domande", "accordi", "pola", "cifre")

urlpatterns = [
    path("lavoro-agile/", ingresso.ingresso, name="lavoro_agile"),
    path("lavoro-agile/azienda/<slug:azienda>/", ingresso.azienda, name="lavoro_agile_azienda"),
    path("lavoro-agile/azienda/<slug:azienda>/edizione/", edizioni.nuova,
         name="lavoro_agile_edizione_nuova"),
    path("lavoro-agile/edizioni/<slug:slug>/", edizioni.edizione, name="lavoro_agile_edizione"),
    path("lavoro-agile/edizioni/<slug:slug>/dati/", regole.dati,
         name="lavoro_agile_edizione_dati"),
    path("lavoro-agile/edizioni/<slug:slug>/regole/<slug:sezione>/", regole.modifica,
         name="lavoro_agile_regole"),
    path("lavoro-agile/edizioni/<slug:slug>/in-vigore/", edizioni.in_vigore,
         name="lavoro_agile_edizione_in_vigore"),
    path("lavoro-agile/edizioni/<slug:slug>/chiudi/", edizioni.chiudi,
         name="lavoro_agile_edizione_chiudi"),
    *(path(f"lavoro-agile/{parte}/", include(f"lavoro_agile.{parte}.urls")) for parte in PARTI),
]  # fmt: skip
