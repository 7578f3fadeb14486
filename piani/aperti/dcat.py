# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogue of the open data of an azienda, by the Italian profile of DCAT (DCAT-AP_IT), as
JSON-LD: publisher, periodicity, theme, licence, one dataset for each document in force.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from piani.aperti.descrittori import LICENZA, SUFFISSO
from piani.aperti.insiemi import Insieme, giorni_di
from piani.models import Azienda

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
FORMATI = {
    "json": ("JSON", "application/json"), "xlsx": ("XLSX", XLSX), "csv": ("CSV", "text/csv"),
}  # fmt: skip
Nodo = dict[str, Any]


def catalogo(azienda: Azienda, insiemi: Sequence[Insieme], sito: str) -> Nodo:
    """The whole graph: who publishes, the catalogue, the datasets, their files, the licence.

    :param sito: how every address begins.
    """
    radice = f"{sito}{reverse('dati_aperti', args=[azienda.codice])}"
    chi, giorni = f"{radice}#ente", giorni_di(insiemi)
    contatto = _contatto(azienda, radice)
    nodi = [_insieme(uno, sito, chi) | _chi_risponde(contatto) for uno in insiemi]
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
        "dcat:dataset": [{"@id": uno["@id"]} for uno in nodi],
    }  # fmt: skip
    if giorni:
        quadro |= {"dct:modified": _giorno(max(giorni)), "dct:issued": _giorno(min(giorni))}
    file = [nodo for uno in insiemi for nodo in _distribuzioni(uno, sito)]
    return {
        "@context": CONTESTO,
        "@graph": [_ente(azienda, chi), *contatto, quadro, *nodi, *file, _LICENZA],
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


def _insieme(uno: Insieme, sito: str, chi: str) -> Nodo:
    pagina = f"{sito}{uno.pagina}"
    return {
        "@id": f"{pagina}#dati",
        "@type": ["dcat:Dataset", "dcatapit:Dataset"],
        "dct:identifier": uno.codice,
        "dct:title": _testo(uno.nome),
        "dct:description": _testo(uno.descrizione),
        "dct:issued": _giorno(uno.pubblicato_il),
        "dct:modified": _giorno(uno.pubblicato_il),
        "dcat:theme": TEMA,
        "dct:language": ITALIANO,
        "dct:accrualPeriodicity": OGNI_ANNO,
        "dct:publisher": {"@id": chi},
        "dct:rightsHolder": {"@id": chi},
        "dct:temporal": {
            "@type": ["dct:PeriodOfTime", "dcatapit:PeriodOfTime"],
            "dcatapit:startDate": _giorno(f"{uno.primo_anno}-01-01"),
            "dcatapit:endDate": _giorno(f"{uno.ultimo_anno}-12-31"),
        },
        "dcat:landingPage": {"@id": pagina},
        "owl:versionInfo": str(uno.versione),
        "dcat:distribution": [{"@id": nodo["@id"]} for nodo in _distribuzioni(uno, sito)],
    }


def _distribuzioni(uno: Insieme, sito: str) -> Iterator[Nodo]:
    """A node for each file of open data, with the description of its columns."""
    pagina = f"{sito}{uno.pagina}"
    for nome in uno.file:
        yield _file(uno, pagina, nome, *FORMATI[nome.rpartition(".")[2]])
    for nome in uno.csv:
        nodo = _file(uno, pagina, f"csv/{nome}", *FORMATI["csv"])
        yield nodo | {"foaf:isPrimaryTopicOf": {"@id": f"{pagina}csv/{nome}{SUFFISSO}"}}


def _file(uno: Insieme, pagina: str, nome: str, formato: str, tipo: str) -> Nodo:
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
        "dct:modified": _giorno(uno.pubblicato_il),
    }


def _testo(testo: object) -> Nodo:
    return {"@language": "it", "@value": str(testo)}


def _giorno(giorno: object) -> Nodo:
    return {"@type": "xsd:date", "@value": str(giorno)}
