# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of what programs read."""

from django.urls import path

from piani.aperti import viste

DELL_ENTE = "amministrazione-trasparente/<slug:azienda>/"

urlpatterns = [
    path("at_map.xml", viste.at_map_xml, name="at_map_xml"),
    path("at_map.json", viste.at_map_json, name="at_map_json"),
    path("sitemap.xml", viste.sitemap, name="sitemap"),
    path("robots.txt", viste.robots, name="robots"),
    path(f"{DELL_ENTE}at_map.xml", viste.at_map_xml, name="at_map_xml_ente"),
    path(f"{DELL_ENTE}at_map.json", viste.at_map_json, name="at_map_json_ente"),
    path(f"{DELL_ENTE}sezioni.json", viste.sezioni_json, name="at_sezioni_json"),
    path(f"{DELL_ENTE}dati-aperti/", viste.dati_aperti, name="dati_aperti"),
    path(f"{DELL_ENTE}atti-oiv/", viste.atti_oiv, name="atti_oiv"),
    path(f"{DELL_ENTE}atti-oiv.csv", viste.atti_oiv_csv, name="atti_oiv_csv"),
    path(f"{DELL_ENTE}atti-oiv.json", viste.atti_oiv_json, name="atti_oiv_json"),
    path(f"{DELL_ENTE}atti-oiv-anac-<int:anno>.json", viste.scheda_anac, name="scheda_anac"),
    path(f"{DELL_ENTE}dati-aperti/catalogo.jsonld", viste.catalogo, name="catalogo_dcat"),
]
