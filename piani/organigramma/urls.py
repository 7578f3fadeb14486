# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the chart, under the one of its azienda."""

from django.urls import path

from piani.views.organigramma import bozze, incarichi, lettura, scheda, unita

BOZZA = "bozze/<int:versione>/"
UNITA = "unita/<int:pk>/"

urlpatterns = [
    path("", lettura.organigramma, name="organigramma"),
    path("verifiche/", lettura.controlli, name="verifiche_organigramma"),
    path("versioni/", lettura.versioni, name="versioni_organigramma"),
    path("versioni/<int:versione>/foglio.csv", lettura.scarica, name="foglio_organigramma"),
    # drafts
    path("bozze/apri/", bozze.apri, name="bozza_apri"),
    path(BOZZA, bozze.bozza, name="bozza"),
    path(f"{BOZZA}modifica/", bozze.modifica, name="bozza_modifica"),
    path(f"{BOZZA}elimina/", bozze.elimina, name="bozza_elimina"),
    path(f"{BOZZA}importa/", bozze.importa, name="bozza_importa"),
    path(f"{BOZZA}aggiungi/", bozze.aggiungi, name="unita_aggiungi"),
    path(f"{BOZZA}in-vigore/", bozze.decorrenza, name="decorrenza_bozza"),
    path(f"{BOZZA}metti-in-vigore/", bozze.metti_in_vigore, name="bozza_in_vigore"),
    # units
    path(UNITA, scheda.unita, name="unita"),
    path(f"{UNITA}modifica/", unita.modifica, name="unita_modifica"),
    path(f"{UNITA}sposta/", unita.sposta, name="unita_sposta"),
    path(f"{UNITA}ordina/", unita.ordina, name="unita_ordina"),
    path(f"{UNITA}dividi/", unita.dividi, name="unita_dividi"),
    path(f"{UNITA}unisci/", unita.unisci, name="unita_unisci"),
    path(f"{UNITA}collega/", unita.collega, name="unita_collega"),
    path(f"{UNITA}elimina/", unita.elimina, name="unita_elimina"),
    path(f"{UNITA}nomina/", unita.nomina, name="unita_nomina"),
    # incarichi
    path("incarichi/", incarichi.da_sistemare, name="incarichi_da_sistemare"),
    path("incarichi/<int:pk>/riassegna/", incarichi.riassegna, name="incarico_riassegna"),
    path("incarichi/<int:pk>/termina/", incarichi.termina, name="incarico_termina"),
]
