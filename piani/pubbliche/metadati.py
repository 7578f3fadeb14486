# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a public page says of itself to search engines (schema.org), beside what people read."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from piani.aperti.descrittori import LICENZA
from piani.models import Azienda, DocumentoPubblicato

CONTESTO = "https://schema.org"
Dati = dict[str, Any]


def di_documento(
    documento: DocumentoPubblicato, corrente: DocumentoPubblicato, request: HttpRequest
) -> Dati:
    """A published version with its files."""
    piano = documento.piano
    pagina = request.build_absolute_uri(documento.get_absolute_url())
    dati: Dati = {
        "@context": CONTESTO,
        "@type": "Report",
        "@id": pagina,
        "url": pagina,
        "name": documento.nome,
        "inLanguage": "it",
        "datePublished": f"{documento.pubblicato_il}",
        "version": f"{documento.versione}",
        "temporalCoverage": f"{piano.anno_inizio}/{piano.anno_fine}",
        "license": LICENZA,
        "isAccessibleForFree": True,
        "publisher": ente(piano.azienda, request),
        "encoding": [
            _file(f"{pagina}documento.pdf", "application/pdf", documento.sha256_pdf),
            _file(f"{pagina}documento.json", "application/json", documento.sha256_contenuto),
        ],
    }
    if documento.pagine:
        dati["numberOfPages"] = documento.pagine
    if documento != corrente:
        dati["creativeWorkStatus"] = "Superseded"
    return dati


def di_sezione(azienda: Azienda, nome: str, request: HttpRequest) -> Dati:
    """A page of Amministrazione Trasparente."""
    pagina = request.build_absolute_uri(request.path)
    return {
        "@context": CONTESTO,
        "@type": "CollectionPage",
        "@id": pagina,
        "url": pagina,
        "name": nome,
        "inLanguage": "it",
        "publisher": ente(azienda, request),
    }


def ente(azienda: Azienda, request: HttpRequest) -> Dati:
    """Who publishes."""
    pagina = request.build_absolute_uri(reverse("at_azienda", args=[azienda.codice]))
    dati: Dati = {"@type": "GovernmentOrganization", "name": azienda.nome, "url": pagina}
    if azienda.codice_ipa:
        dati["identifier"] = azienda.codice_ipa
    if azienda.email:
        dati["email"] = azienda.email
    return dati


def _file(url: str, tipo: str, impronta: str) -> Dati:
    return {
        "@type": "MediaObject", "contentUrl": url, "encodingFormat": tipo, "sha256": impronta,
    }  # fmt: skip
