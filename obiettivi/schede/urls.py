# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the schede budget, from the proposal to their closing."""

from django.urls import path

from obiettivi.views.schede import (
    finestre,
    matrice,
    monitoraggio,
    negozia,
    proposte,
    quadro,
    rendicontazione,
    righe,
    scheda,
    stampe,
    valutazione,
)

urlpatterns = [
    path("schede/", scheda.elenco, name="schede"),
    path("schede/<int:pk>/", scheda.scheda, name="scheda"),
    # what they say
    path("schede/proponi/", proposte.proponi, name="schede_proponi"),
    path("schede/modelli/", proposte.modelli, name="schede_modelli"),
    path("schede/modelli/nuovo/", proposte.modello_nuovo, name="modello_nuovo"),
    path("schede/matrice/", matrice.matrice, name="schede_matrice"),
    path("schede/<int:pk>/modifica/", righe.scheda_modifica, name="scheda_modifica"),
    path("schede/<int:pk>/intestazione/", righe.intestazione, name="scheda_intestazione"),
    path("schede/<int:pk>/togli/", righe.elimina, name="scheda_togli"),
    path("schede/<int:pk>/area/", righe.area_nuova, name="scheda_area_nuova"),
    path("schede/<int:pk>/risorsa/", righe.risorsa_nuova, name="scheda_risorsa_nuova"),
    path("schede/aree/<int:pk>/riga/", righe.riga_nuova, name="scheda_riga_nuova"),
    path(
        "schede/parti/<str:tipo>/<int:pk>/modifica/",
        righe.modifica,
        name="scheda_parte_modifica",
    ),
    path("schede/parti/<str:tipo>/<int:pk>/togli/", righe.togli, name="scheda_parte_togli"),
    path("schede/parti/<str:tipo>/<int:pk>/sposta/", righe.muovi, name="scheda_parte_sposta"),
    # how they are agreed on
    path("schede/<int:pk>/invia/", negozia.invia, name="scheda_invia"),
    path("schede/<int:pk>/messaggio/", negozia.messaggio, name="scheda_messaggio"),
    path("schede/<int:pk>/firma/", negozia.firma, name="scheda_firma"),
    path("schede/<int:pk>/divulga/", negozia.divulga, name="scheda_divulga"),
    path("schede/<int:pk>/presa-visione/", negozia.prendi_visione, name="scheda_presa_visione"),
    path("schede/<int:pk>/revisione/", negozia.apri_revisione, name="scheda_revisione"),
    path(
        "schede/<int:pk>/revisione/abbandona/",
        negozia.abbandona_revisione,
        name="scheda_revisione_abbandona",
    ),
    path("schede/<int:pk>/versioni/", stampe.confronto, name="scheda_confronto"),
    path("schede/<int:pk>/scheda.pdf", stampe.pdf, name="scheda_pdf"),
    path("schede/<int:pk>/scheda.xlsx", stampe.xlsx, name="scheda_xlsx"),
    path("schede/archivi/", stampe.archivi, name="schede_archivi"),
    path("schede/archivi/<int:pk>/", stampe.archivio, name="schede_archivio"),
    path("schede/archivi/<int:pk>/schede.zip", stampe.archivio_zip, name="schede_archivio_zip"),
    path(
        "aziende/<slug:azienda>/schede/<int:anno>/invia/",
        negozia.invia_molte,
        name="schede_invia",
    ),
    # how they are reported on, and when
    path("schede/monitoraggio/", monitoraggio.monitoraggio, name="monitoraggio"),
    path("schede/monitoraggio.csv", monitoraggio.monitoraggio_csv, name="monitoraggio_csv"),
    path(
        "schede/righe/<int:pk>/<str:frazione>/",
        rendicontazione.rendicontazione,
        name="rendicontazione",
    ),
    path(
        "schede/righe/<int:pk>/<str:frazione>/salva/",
        rendicontazione.salva,
        name="rendicontazione_salva",
    ),
    path("rendicontazioni/<int:pk>/riapri/", rendicontazione.riapri, name="rendicontazione_riapri"),
    path("rendicontazioni/<int:pk>/valida/", rendicontazione.valida, name="rendicontazione_valida"),
    path("prove/<int:pk>/", rendicontazione.prova, name="prova"),
    path("prove/<int:pk>/togli/", rendicontazione.togli_prova, name="prova_togli"),
    path("aziende/<slug:azienda>/finestre/", finestre.finestre, name="finestre"),
    path("aziende/<slug:azienda>/finestre/fissa/", finestre.fissa, name="finestra_fissa"),
    path("aziende/<slug:azienda>/finestre/proponi/", finestre.proponi, name="finestre_proponi"),
    path(
        "aziende/<slug:azienda>/finestre/<int:pk>/cambia/", finestre.cambia, name="finestra_cambia"
    ),
    path("aziende/<slug:azienda>/finestre/<int:pk>/togli/", finestre.togli, name="finestra_togli"),
    path("aziende/<slug:azienda>/finestre/<int:pk>/proroga/", finestre.proroga, name="proroga"),
    path(
        "aziende/<slug:azienda>/proroghe/<int:pk>/togli/",
        finestre.togli_proroga,
        name="proroga_togli",
    ),
    # how they are judged
    path("schede/valutazione/", quadro.quadro_schede, name="schede_valutazione"),
    path("schede/valutazione/schede.csv", quadro.quadro_csv, name="schede_valutazione_csv"),
    path("schede/valutazione/avvia/", quadro.avvia_tutte, name="schede_valuta"),
    path("schede/valutazione/chiudi/", quadro.chiudi_tutte, name="schede_chiudi"),
    path("schede/<int:pk>/valuta/", valutazione.avvia, name="scheda_valuta"),
    path("schede/<int:pk>/controdeduci/", valutazione.controdeduci, name="scheda_controdeduci"),
    path("schede/<int:pk>/valida/", valutazione.valida, name="scheda_valida"),
    path("schede/<int:pk>/chiudi/", valutazione.chiudi, name="scheda_chiudi"),
    path(
        "schede/<int:pk>/perche/<str:livello>/<int:oggetto>/",
        valutazione.spiegazione,
        name="scheda_perche",
    ),
    path(
        "schede/<int:pk>/perche/<str:livello>/<int:oggetto>.json",
        valutazione.spiegazione_json,
        name="scheda_perche_json",
    ),
    path(
        "controdeduzioni/<int:pk>/rispondi/", valutazione.rispondi, name="controdeduzione_rispondi"
    ),
]
