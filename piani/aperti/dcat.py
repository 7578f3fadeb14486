# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogue of the open data of an azienda, by the Italian profile of DCAT (DCAT-AP_IT), as
JSON-LD: publisher, periodicity, theme, licence, one dataset for each document in force.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from piani.aperti.descrittori import LICENZA, SUFFISSO
from piani.models import Azienda, DocumentoPubblicato
from piani.pubbliche.conserva import FOGLIO
from piani.views.trasparenza import nomi_csv

CONTESTO = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatapit": "http://dati.gov.it/onto/dcatapit#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTORITA = "http://publications.europa.eu/resource/authority"
ITALIANO = {"@id": f"{AUTORITA}/language/ITA"}
TEMA = {"@id": f"{AUTORITA}/data-theme/GOVE"}  # government and public sector
OGNI_ANNO = {"@id": f"{AUTORITA}/frequency/ANNUAL"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Nodo = dict[str, Any]


def catalogo(azienda: Azienda, documenti: Iterable[DocumentoPubblicato], sito: str) -> Nodo:
    """The whole graph: who publishes, the catalogue, the datasets, their files, the licence.

    :param documenti: those in force, with their plan.
    :param sito: how every address begins.
    """
    radice = f"{sito}{reverse('dati_aperti', args=[azienda.codice])}"
    chi, documenti = f"{radice}#ente", list(documenti)
    giorni = [uno.pubblicato_il for uno in documenti if uno.pubblicato_il]
    contatto = _contatto(azienda, radice)
    insiemi = [_insieme(uno, sito, chi) | _chi_risponde(contatto) for uno in documenti]
    quadro = {
        "@id": f"{radice}#catalogo",
        "@type": ["dcat:Catalog", "dcatapit:Catalog"],
        "dct:title": _testo(_("Dati aperti sulla performance: %(ente)s") % {"ente": azienda}),
        "dct:description": _testo(
            _("I documenti e le tabelle sul ciclo della performance che l'ente pubblica in "
              "Amministrazione Trasparente.")
        ),
        "dct:publisher": {"@id": chi},
        "dct:language": ITALIANO,
        "dcat:themeTaxonomy": {"@id": f"{AUTORITA}/data-theme"},
        "foaf:homepage": {"@id": radice},
        "dcat:dataset": [{"@id": uno["@id"]} for uno in insiemi],
    }  # fmt: skip
    if giorni:
        quadro |= {"dct:modified": _giorno(max(giorni)), "dct:issued": _giorno(min(giorni))}
    file = [nodo for uno in documenti for nodo in _distribuzioni(uno, sito)]
    return {
        "@context": CONTESTO,
        "@graph": [_ente(azienda, chi), *contatto, quadro, *insiemi, *file, _LICENZA],
    }


_LICENZA: Nodo = {
    "@id": LICENZA,
    "@type": ["dct:LicenseDocument", "dcatapit:LicenseDocument"],
    "dct:type": {"@id": "http://purl.org/adms/licencetype/Attribution"},
    "foaf:name": "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)",
    "owl:versionInfo": "4.0",
}


def _ente(azienda: Azienda, chi: str) -> Nodo:
    return {
        "@id": chi,
        "@type": ["foaf:Agent", "dcatapit:Agent"],
        "dct:identifier": azienda.codice_ipa or azienda.codice_fiscale or azienda.codice,
        "foaf:name": _testo(azienda.nome),
    }


def _contatto(azienda: Azienda, radice: str) -> list[Nodo]:
    """The office that answers for the data; none where the azienda has not said its address."""
    if not azienda.email:
        return []
    return [
        {
            "@id": f"{radice}#contatto",
            "@type": ["vcard:Kind", "vcard:Organization", "dcatapit:Organization"],
            "vcard:fn": _testo(azienda.nome),
            "vcard:hasEmail": {"@id": f"mailto:{azienda.email}"},
            "vcard:hasURL": {"@id": radice},
        }
    ]


def _chi_risponde(contatto: list[Nodo]) -> Nodo:
    return {"dcat:contactPoint": {"@id": contatto[0]["@id"]}} if contatto else {}


def _insieme(documento: DocumentoPubblicato, sito: str, chi: str) -> Nodo:
    piano, pagina = documento.piano, f"{sito}{documento.get_absolute_url()}"
    serie = f"/{documento.serie}" if documento.serie else ""
    return {
        "@id": f"{pagina}#dati",
        "@type": ["dcat:Dataset", "dcatapit:Dataset"],
        "dct:identifier": f"{piano.azienda.codice}:{piano.slug}{serie}",
        "dct:title": _testo(documento.nome),
        "dct:description": _testo(
            _("%(nome)s di %(ente)s, anni %(da)s-%(a)s: obiettivi, indicatori, risultati e ogni "
              "altra tabella del documento pubblicato.")
            % {
                "nome": documento.nome, "ente": piano.azienda.nome, "da": piano.anno_inizio,
                "a": piano.anno_fine,
            }
        ),
        "dct:issued": _giorno(documento.pubblicato_il),
        "dct:modified": _giorno(documento.pubblicato_il),
        "dcat:theme": TEMA,
        "dct:language": ITALIANO,
        "dct:accrualPeriodicity": OGNI_ANNO,
        "dct:publisher": {"@id": chi},
        "dct:rightsHolder": {"@id": chi},
        "dct:temporal": {
            "@type": ["dct:PeriodOfTime", "dcatapit:PeriodOfTime"],
            "dcatapit:startDate": _giorno(f"{piano.anno_inizio}-01-01"),
            "dcatapit:endDate": _giorno(f"{piano.anno_fine}-12-31"),
        },
        "dcat:landingPage": {"@id": pagina},
        "owl:versionInfo": str(documento.versione),
        "dcat:distribution": [{"@id": uno["@id"]} for uno in _distribuzioni(documento, sito)],
    }  # fmt: skip


def _distribuzioni(documento: DocumentoPubblicato, sito: str) -> Iterator[Nodo]:
    """A node for each file of open data, with the description of its columns."""
    pagina = f"{sito}{documento.get_absolute_url()}"
    yield _file(documento, pagina, "documento.json", "JSON", "application/json")
    yield _file(documento, pagina, FOGLIO, "XLSX", XLSX)
    for nome in nomi_csv(documento):
        nodo = _file(documento, pagina, f"csv/{nome}", "CSV", "text/csv")
        yield nodo | {"foaf:isPrimaryTopicOf": {"@id": f"{pagina}csv/{nome}{SUFFISSO}"}}


def _file(documento: DocumentoPubblicato, pagina: str, nome: str, formato: str, tipo: str) -> Nodo:
    url = f"{pagina}{nome}"
    return {
        "@id": url,
        "@type": ["dcat:Distribution", "dcatapit:Distribution"],
        "dct:title": _testo(nome.removeprefix("csv/")),
        "dct:format": {"@id": f"{AUTORITA}/file-type/{formato}"},
        "dcat:mediaType": tipo,
        "dct:license": {"@id": LICENZA},
        "dcat:accessURL": {"@id": pagina},
        "dcat:downloadURL": {"@id": url},
        "dct:modified": _giorno(documento.pubblicato_il),
    }


def _testo(testo: object) -> Nodo:
    return {"@language": "it", "@value": str(testo)}


def _giorno(giorno: object) -> Nodo:
    return {"@type": "xsd:date", "@value": str(giorno)}
