# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the individual agreements."""

from django.urls import path

from lavoro_agile.views import accordi, accordi_fine, accordi_passi, comunicazione

urlpatterns = [
    path("accordo/<int:pk>/", accordi.accordo, name="agile_accordo"),
    path("accordo/<int:pk>/modifica/", accordi.modifica, name="agile_accordo_modifica"),
    path("accordo/<int:pk>/proponi/", accordi_passi.proponi, name="agile_accordo_proponi"),
    path("accordo/<int:pk>/riprendi/", accordi_passi.riprendi, name="agile_accordo_riprendi"),
    path("accordo/<int:pk>/annulla/", accordi_passi.annulla, name="agile_accordo_annulla"),
    path("accordo/<int:pk>/firma/", accordi_passi.firma, name="agile_accordo_firma"),
    path("accordo/<int:pk>/firma-azienda/", accordi_passi.firma_azienda,
         name="agile_accordo_firma_azienda"),
    path("accordo/<int:pk>/rinnova/", accordi_passi.rinnova, name="agile_accordo_rinnova"),
    path("accordo/<int:pk>/informativa/", accordi_passi.informativa,
         name="agile_accordo_informativa"),
    path("accordo/<int:pk>/verifica/", accordi_passi.verifica, name="agile_accordo_verifica"),
    path("accordo/<int:pk>/tutela/", accordi_passi.tutela, name="agile_accordo_tutela"),
    path("tutela/<int:pk>/togli/", accordi_passi.togli_tutela, name="agile_tutela_togli"),
    path("accordo/<int:pk>/recesso/", accordi_fine.recesso, name="agile_accordo_recesso"),
    path("accordo/<int:pk>/accordo.pdf", accordi_fine.pdf, name="agile_accordo_pdf"),
    path("domanda/<int:pk>/prepara/", accordi_passi.prepara_da_domanda,
         name="agile_domanda_accordo"),
    path("<slug:azienda>/", accordi.casa, name="lavoro_agile_accordi"),
    path("<slug:azienda>/nuovo/", accordi.nuovo, name="agile_accordo_nuovo"),
    path("<slug:azienda>/comunicazione/", comunicazione.comunicazione, name="agile_comunicazione"),
    path("<slug:azienda>/comunicazione/cessazioni/", comunicazione.fini,
         name="agile_comunicazione_fini"),
    path("<slug:azienda>/comunicazione/<str:giorno>/comunicati.csv",
         comunicazione.comunicazione_csv, name="agile_comunicazione_csv"),
]  # fmt: skip
