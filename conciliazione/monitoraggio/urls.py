# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this part of the conciliation, under /conciliazione/monitoraggio/."""

from django.urls import path

from conciliazione.views import (
    monitoraggio,
    pagamenti,
    recuperi,
    rendiconti,
    rilevazioni,
    semestri,
    spese,
)

urlpatterns = [
    # Semesters and what is reported in them.
    path("semestri/<int:pk>/", semestri.semestre, name="semestre"),
    path("semestri/<int:pk>/finestra/", semestri.finestra, name="semestre_finestra"),
    path("semestri/<int:pk>/chiudi/", semestri.chiudi, name="semestre_chiudi"),
    path("semestri/<int:pk>/riapri/", semestri.riapri, name="semestre_riapri"),
    path("semestri/<int:pk>/azioni/", semestri.azioni_del_piano, name="semestre_azioni"),
    path("semestri/<int:pk>/indicatori.csv", semestri.indicatori_csv, name="semestre_csv"),
    path(
        "semestri/<int:pk>/progetti/<int:progetto>/",
        rilevazioni.rilevazione,
        name="rilevazione_progetto",
    ),
    path(
        "semestri/<int:pk>/progetti/<int:progetto>/salva/",
        rilevazioni.salva,
        name="rilevazione_progetto_salva",
    ),
    path("rilevazioni/<int:pk>/valida/", rilevazioni.valida, name="rilevazione_progetto_valida"),
    path("rilevazioni/<int:pk>/rimanda/", rilevazioni.rimanda, name="rilevazione_progetto_rimanda"),
    # The money of a project.
    path("progetti/<int:pk>/", rendiconti.del_progetto, name="rendiconti_progetto"),
    path("progetti/<int:pk>/spese/nuova/", spese.nuova, name="spesa_nuova"),
    path("spese/<int:pk>/", spese.spesa, name="spesa"),
    path("spese/<int:pk>/modifica/", spese.modifica, name="spesa_modifica"),
    path("spese/<int:pk>/togli/", spese.togli, name="spesa_togli"),
    path("spese/<int:pk>/documenti/", spese.carica, name="spesa_carica"),
    path("documenti/<int:pk>/", spese.giustificativo, name="spesa_giustificativo"),
    path("documenti/<int:pk>/togli/", spese.togli_documento, name="spesa_giustificativo_togli"),
    path("progetti/<int:pk>/apporti/nuovo/", spese.apporto_nuovo, name="apporto_nuovo"),
    path("apporti/<int:pk>/togli/", spese.apporto_togli, name="apporto_togli"),
    path("progetti/<int:pk>/chiedi/", rendiconti.apri, name="rendiconto_apri"),
    path("rendiconti/<int:pk>/", rendiconti.rendiconto, name="rendiconto"),
    path("rendiconti/<int:pk>/scrivi/", rendiconti.scrivi, name="rendiconto_scrivi"),
    path("rendiconti/<int:pk>/togli/", rendiconti.togli, name="rendiconto_togli"),
    path("rendiconti/<int:pk>/esamina/", rendiconti.esamina, name="rendiconto_esamina"),
    path("rendiconti/<int:pk>/approva/", rendiconti.approva, name="rendiconto_approva"),
    path("rendiconti/<int:pk>/integra/", rendiconti.integra, name="rendiconto_integra"),
    path("rendiconti/<int:pk>/respingi/", rendiconti.respingi, name="rendiconto_respingi"),
    path("rendiconti/<int:pk>/disponi/", pagamenti.disponi, name="pagamento_disponi"),
    path("pagamenti/<int:pk>/esegui/", pagamenti.esegui, name="pagamento_esegui"),
    path("pagamenti/<int:pk>/annulla/", pagamenti.annulla, name="pagamento_annulla"),
    path("progetti/<int:pk>/incassi/nuovo/", recuperi.nuovo, name="incasso_nuovo"),
    path("progetti/<int:pk>/revoca/", recuperi.revoca, name="revoca_scrivi"),
    path("incassi/<int:pk>/annulla/", recuperi.annulla, name="incasso_annulla"),
    # An edition: last, because its slug would take the words above.
    path("<slug:slug>/", monitoraggio.quadro, name="conciliazione_monitoraggio"),
    path("<slug:slug>/quadro.csv", monitoraggio.quadro_csv, name="monitoraggio_quadro_csv"),
    path("<slug:slug>/andamento/", monitoraggio.andamento, name="semestre_andamento"),
    path("<slug:slug>/andamento.csv", monitoraggio.andamento_csv, name="semestre_andamento_csv"),
    path("<slug:slug>/semestri/nuovo/", semestri.nuovo, name="semestre_nuovo"),
    path("<slug:slug>/pagamenti/", pagamenti.elenco, name="pagamenti"),
    path("<slug:slug>/pagamenti/azione/", pagamenti.per_azione, name="pagamento_azione"),
]
