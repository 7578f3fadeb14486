# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the objectives' floor. The page of a plan is here: its tree hangs from it."""

from django.urls import path

from obiettivi.views import (
    calcolo,
    cruscotto,
    edizioni,
    giro,
    indicatore,
    ipotesi,
    modifica_indicatore,
    osservazioni,
    periodi,
    piano,
    revisione,
    simulatore,
)
from obiettivi.views.modifica import misura, pesi, righe
from obiettivi.views.relazione import scrittura
from obiettivi.views.relazione import stato as relazione
from obiettivi.views.schede import scheda

urlpatterns = [
    path("piani/<slug:slug>/", piano.piano, name="piano"),
    path("piani/<slug:slug>/che-cosa-manca/", piano.da_completare, name="da_completare"),
    path("piani/<slug:slug>/scorri/", revisione.scorri, name="scorri"),
    path("piani/<slug:slug>/revisione/", revisione.revisione, name="revisione"),
    path("piani/<slug:slug>/albero/", righe.albero, name="albero_modifica"),
    path("piani/<slug:slug>/albero/pesi/", pesi.pesi, name="pesi"),
    path("piani/<slug:slug>/albero/area/", righe.area_nuova, name="area_nuova"),
    path("aree/<int:pk>/modifica/", righe.area_modifica, name="area_modifica"),
    path("aree/<int:pk>/obiettivo/", righe.obiettivo_nuovo, name="obiettivo_nuovo"),
    path("obiettivi/<int:pk>/modifica/", righe.obiettivo_modifica, name="obiettivo_modifica"),
    path("obiettivi/<int:pk>/indicatore/", misura.misura_nuova, name="misura_nuova"),
    path("misure/<int:pk>/modifica/", misura.misura_modifica, name="misura_modifica"),
    path("albero/<str:tipo>/<int:pk>/togli/", righe.togli, name="riga_togli"),
    path("albero/<str:tipo>/<int:pk>/sposta/", righe.muovi, name="riga_sposta"),
    path("lettura/", misura.lettura, name="lettura"),
    path("piani/<slug:slug>/osservazioni/", osservazioni.osservazioni, name="osservazioni"),
    path("piani/<slug:slug>/osservazioni/nuova/", osservazioni.nuova, name="osservazione_nuova"),
    path("osservazioni/<int:pk>/rispondi/", osservazioni.rispondi, name="osservazione_rispondi"),
    path("osservazioni/<int:pk>/chiudi/", osservazioni.chiudi, name="osservazione_chiudi"),
    path("piani/<slug:slug>/ipotesi/", ipotesi.ipotesi, name="ipotesi"),
    path("piani/<slug:slug>/calcola/", calcolo.calcola, name="calcola"),
    path(
        "piani/<slug:slug>/perche/<str:livello>/<int:oggetto>/",
        calcolo.spiegazione,
        name="spiegazione",
    ),
    path(
        "piani/<slug:slug>/perche/<str:livello>/<int:oggetto>.json",
        calcolo.spiegazione_json,
        name="spiegazione_json",
    ),
    path("calcoli/<int:pk>/accetta/", calcolo.accetta_calcolo, name="accetta_calcolo"),
    path("calcoli/<int:pk>/", calcolo.calcolo, name="calcolo"),
    path("calcoli/giri/", giro.giri, name="giri"),
    path("calcoli/giri/<int:pk>/", giro.giro, name="giro"),
    path("obiettivi/<int:pk>/", indicatore.obiettivo, name="obiettivo"),
    path(
        "aziende/<slug:azienda>/indicatori/<path:codice>/rileva/",
        indicatore.rileva,
        name="rileva",
    ),
    path(
        "aziende/<slug:azienda>/indicatori/<path:codice>/modifica/",
        modifica_indicatore.modifica,
        name="indicatore_modifica",
    ),
    path(
        "aziende/<slug:azienda>/indicatori/<path:codice>/salva/",
        modifica_indicatore.salva,
        name="indicatore_salva",
    ),
    path(
        "aziende/<slug:azienda>/indicatori/<path:codice>/",
        indicatore.indicatore,
        name="indicatore",
    ),
    path("aziende/<slug:azienda>/periodi/", periodi.periodi, name="periodi"),
    path("aziende/<slug:azienda>/periodi/chiudi/", periodi.chiudi, name="periodo_chiudi"),
    path("aziende/<slug:azienda>/periodi/riapri/", periodi.riapri, name="periodo_riapri"),
    path("aziende/<slug:azienda>/regole/", edizioni.edizioni, name="edizioni"),
    path("aziende/<slug:azienda>/regole/nuova/", edizioni.crea, name="edizione_crea"),
    path("aziende/<slug:azienda>/regole/<int:anno>/", edizioni.edizione, name="edizione"),
    path(
        "aziende/<slug:azienda>/regole/<int:anno>/edizione.json",
        edizioni.edizione_json,
        name="edizione_json",
    ),
    path(
        "aziende/<slug:azienda>/regole/<int:anno>/modifica/",
        edizioni.modifica,
        name="edizione_modifica",
    ),
    path("aziende/<slug:azienda>/regole/<int:anno>/prova/", edizioni.prova, name="edizione_prova"),
    path("aziende/<slug:azienda>/regole/<int:anno>/salva/", edizioni.salva, name="edizione_salva"),
    path(
        "aziende/<slug:azienda>/regole/<int:anno>/congela/",
        edizioni.congela,
        name="edizione_congela",
    ),
    path("schede/", scheda.elenco, name="schede"),
    path("schede/<int:pk>/", scheda.scheda, name="scheda"),
    path("piani/<slug:slug>/relazione/<int:anno>/", relazione.relazione, name="relazione"),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/comincia/",
        relazione.comincia,
        name="relazione_comincia",
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/rigenera/",
        relazione.rigenera,
        name="relazione_rigenera",
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/approva/",
        relazione.approva,
        name="relazione_approva",
    ),
    path("piani/<slug:slug>/relazione/<int:anno>/invia/", relazione.invia, name="relazione_invia"),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/valida/", relazione.valida, name="relazione_valida"
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/bozza/", relazione.riapri, name="relazione_riapri"
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/pubblica/",
        relazione.pubblica,
        name="relazione_pubblica",
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/ristampa/",
        relazione.ristampa,
        name="relazione_ristampa",
    ),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/anteprima/",
        relazione.anteprima,
        name="relazione_anteprima",
    ),
    path("piani/<slug:slug>/relazione/<int:anno>/cause/", scrittura.cause, name="relazione_cause"),
    path("piani/<slug:slug>/relazione/<int:anno>/fasi/", scrittura.fasi, name="relazione_fasi"),
    path(
        "piani/<slug:slug>/relazione/<int:anno>/<slug:tipo>/modifica/",
        scrittura.sezione,
        name="relazione_sezione",
    ),
    path("confronto/", cruscotto.confronto, name="confronto"),
    path("confronto/punteggi.csv", cruscotto.confronto_csv, name="confronto_csv"),
    path("simulatore/", simulatore.simulatore, name="simulatore"),
    path("simulatore/esito.csv", simulatore.scarica, name="simulatore_csv"),
    path("target/<int:pk>/conferma/", indicatore.conferma_lettura, name="conferma_lettura"),
]
