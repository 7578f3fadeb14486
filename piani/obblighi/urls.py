# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the register of obligations."""

from django.urls import path

from piani.obblighi import viste

urlpatterns = [
    path("", viste.scegli, name="obblighi"),
    path("altrove/<int:pk>/togli/", viste.altrove_togli, name="obbligo_altrove_togli"),
    path("<slug:azienda>/", viste.obblighi, name="obblighi_di"),
    path("<slug:azienda>/obblighi.csv", viste.foglio, name="obblighi_csv"),
    path("<slug:azienda>/<slug:codice>/", viste.obbligo, name="obbligo"),
    path("<slug:azienda>/<slug:codice>/affida/", viste.affida, name="obbligo_affida"),
    path(
        "<slug:azienda>/<slug:codice>/non-si-applica/",
        viste.non_applicabile,
        name="obbligo_non_applicabile",
    ),
    path("<slug:azienda>/<slug:codice>/si-applica/", viste.riprendi, name="obbligo_riprendi"),
    path("<slug:azienda>/<slug:codice>/altrove/", viste.altrove, name="obbligo_altrove"),
]
