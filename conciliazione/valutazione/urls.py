# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the evaluation, under /conciliazione/valutazione/."""

from django.urls import path

from conciliazione.views import graduatoria, valutazione

urlpatterns = [
    path("bandi/<int:pk>/", valutazione.bando, name="valutazione_bando"),
    path("bandi/<int:pk>/nomina/", valutazione.nomina, name="valutatori_nomina"),
    path("bandi/<int:pk>/graduatoria/", graduatoria.forma, name="graduatoria_forma"),
    path("valutatori/<int:pk>/conflitti/", valutazione.dichiara, name="valutatore_dichiara"),
    path("valutatori/<int:pk>/astieni/", valutazione.astieni, name="valutatore_astieni"),
    path(
        "valutatori/<int:pk>/proposte/<int:proposta>/", valutazione.valuta, name="valuta_proposta"
    ),
    path("proposte/<int:pk>/", valutazione.schede, name="valuta_schede"),
    path("graduatorie/<int:pk>/", graduatoria.graduatoria, name="graduatoria"),
    path("graduatorie/<int:pk>/csv/", graduatoria.graduatoria_csv, name="graduatoria_csv"),
    path("graduatorie/<int:pk>/pdf/", graduatoria.graduatoria_pdf, name="graduatoria_pdf"),
    path("graduatorie/<int:pk>/decisione/", graduatoria.decidi, name="graduatoria_decidi"),
    path("<slug:slug>/", valutazione.elenco, name="conciliazione_valutazione"),
]
