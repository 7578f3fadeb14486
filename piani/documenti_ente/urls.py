# SPDX-License-Identifier: AGPL-3.0-or-later
"""Public addresses of the documents of the body."""

from django.urls import path

from piani.documenti_ente import viste

BASE = "amministrazione-trasparente/<slug:azienda>/documenti/<slug:serie>/"

urlpatterns = [
    path(BASE, viste.corrente, name="documento_ente_corrente"),
    path(f"{BASE}v<int:versione>/", viste.documento, name="documento_ente"),
    path(f"{BASE}v<int:versione>/<path:nome>", viste.file, name="documento_ente_file"),
]
