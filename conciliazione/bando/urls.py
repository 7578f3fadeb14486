# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this part of the conciliation, under /conciliazione/bando/."""

from django.urls import URLPattern, path

from conciliazione.views import alleanza, bando, istruttoria, proposte, scrittura

urlpatterns: list[URLPattern] = [
    path("pubblici/", bando.pubblici, name="bando_pubblici"),
    path("pubblici/<int:pk>/", bando.pubblico, name="bando_pubblico"),
    path("pubblici/di/<slug:azienda>/", bando.pubblici, name="bando_pubblici_azienda"),
    path("avvisi/<int:pk>/", bando.bando, name="bando_avviso"),
    path("avvisi/<int:pk>/modifica/", bando.modifica, name="bando_modifica"),
    path("avvisi/<int:pk>/criteri/", bando.criteri, name="bando_criteri"),
    path("avvisi/<int:pk>/proroga/", bando.proroga, name="bando_proroga"),
    path("avvisi/<int:pk>/annulla/", bando.annulla, name="bando_annulla"),
    path("avvisi/<int:pk>/pubblica/", bando.pubblica, name="bando_pubblica"),
    path("avvisi/<int:pk>/apri/", bando.apri_buste, name="bando_apri"),
    path("avvisi/<int:pk>/fusione/", bando.fusione, name="bando_fusione"),
    path("avvisi/<int:pk>/proponi/", scrittura.nuova, name="proposta_nuova"),
    path("proposte/<int:pk>/", proposte.proposta, name="proposta"),
    path("proposte/<int:pk>/contenuto/", scrittura.contenuto, name="proposta_contenuto"),
    path("proposte/<int:pk>/azioni/nuova/", scrittura.azione_nuova, name="proposta_azione_nuova"),
    path("azioni/<int:pk>/", scrittura.azione, name="proposta_azione"),
    path("azioni/<int:pk>/togli/", scrittura.azione_togli, name="proposta_azione_togli"),
    path("proposte/<int:pk>/risorse/", scrittura.risorse, name="proposta_risorse"),
    path("proposte/<int:pk>/partner/", alleanza.partner, name="proposta_partner"),
    path("partner/<int:pk>/togli/", alleanza.partner_togli, name="proposta_partner_togli"),
    path("partner/<int:pk>/risposta/", alleanza.partner_risposta,
         name="proposta_partner_risposta"),
    path("proposte/<int:pk>/allegati/", alleanza.allega, name="proposta_allega"),
    path("allegati/<int:pk>/", proposte.allegato, name="proposta_allegato"),
    path("allegati/<int:pk>/togli/", alleanza.allegato_togli, name="proposta_allegato_togli"),
    path("proposte/<int:pk>/presenta/", alleanza.presenta, name="proposta_presenta"),
    path("proposte/<int:pk>/riprendi/", alleanza.riprendi, name="proposta_riprendi"),
    path("proposte/<int:pk>/ritira/", alleanza.ritira, name="proposta_ritira"),
    path("proposte/<int:pk>/ricevuta/", proposte.ricevuta, name="proposta_ricevuta"),
    path("proposte/<int:pk>/fotografia.json", proposte.fotografia, name="proposta_fotografia"),
    path("proposte/<int:pk>/versioni/", proposte.versioni, name="proposta_versioni"),
    path("proposte/<int:pk>/istruttoria/", istruttoria.istruisci, name="proposta_istruttoria"),
    path("proposte/<int:pk>/coprogettazione/", istruttoria.coprogetta,
         name="proposta_coprogetta"),
    path("<slug:slug>/nuova/", bando.nuovo, name="bando_nuovo"),
    path("<slug:slug>/", bando.elenco, name="conciliazione_bando"),
]  # fmt: skip
