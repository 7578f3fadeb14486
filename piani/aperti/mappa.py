# SPDX-License-Identifier: AGPL-3.0-or-later
"""The maps of the public section: the links by the keys that ANAC gives to the sub-sections, the
labels as people read them, the addresses for search engines.

Format of the map of the links: guida-servizi.anticorruzione.it, «La mappa dei link della sezione
AT»; one category, that of the public bodies (art. 2-bis c. 1 D.Lgs. 33/2013).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.db.models import Max
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from piani import trasparenza as at
from piani.aperti import atti_oiv
from piani.models import Azienda, DocumentoEnte, DocumentoPubblicato, ObbligoDiPubblicazione

SPAZIO = "https://guida-servizi.anticorruzione.it/trasparenza"
CATEGORIA = "at_art2_bis_c1"
RADICE = "amministrazione_trasparente"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Sub-sections of the first level: the key, and where they begin in the page of the azienda.
MACRO = {
    at.GENERALI: ("disposizioni_generali", "#generali"),
    "Performance": ("performance", "#performance"),
    "Sovvenzioni, contributi, sussidi, vantaggi economici": ("sovvenzioni", ""),
    at.CONTROLLI: ("controlli_e_rilievi", "#controlli"),
    "Altri contenuti": ("altri_contenuti", ""),
}


@dataclass(frozen=True)
class Link:
    """A link of the section. ``chiave`` is empty where ANAC gives none; ``insieme`` is where the
    sub-sections with the same key stand together.
    """

    chiave: str
    percorso: str
    etichetta: str
    norma: str
    url: str
    insieme: str = ""


def link_di(azienda: Azienda, oggi: date) -> list[Link]:
    """Every sub-section that the azienda has here, from the rows of the law."""
    casa = reverse("at_azienda", args=[azienda.codice])
    tavole = {(voce.macro, voce.etichetta): voce.url for voce in at.voci_di(azienda)}
    trovati = [Link(RADICE, "", "Amministrazione Trasparente", "", casa)]
    macro_viste: set[str] = set()
    for obbligo in ObbligoDiPubblicazione.objects.in_vigore(oggi):
        if obbligo.sezione:
            url = reverse("at_sezione", args=[azienda.codice, obbligo.sezione])
        elif (obbligo.macro, obbligo.etichetta) in tavole:
            url = tavole[obbligo.macro, obbligo.etichetta]
        else:
            continue
        chiave, ancora = MACRO.get(obbligo.macro, ("", ""))
        if obbligo.macro not in macro_viste:
            macro_viste.add(obbligo.macro)
            trovati.append(Link(chiave, "", obbligo.macro, "", f"{casa}{ancora}"))
        trovati.append(
            Link(
                obbligo.chiave,
                obbligo.percorso,
                obbligo.etichetta,
                obbligo.norma,
                url,
                f"{casa}{ancora}",
            )
        )
    atti = reverse("atti_oiv", args=[azienda.codice])
    percorso = f"{at.CONTROLLI} › {at.ORGANISMI}"
    trovati.append(Link("", percorso, atti_oiv.TITOLO, atti_oiv.NORMA, atti))
    return trovati


def ultima_modifica(aziende: Iterable[Azienda]) -> date | None:
    """When something was published last."""
    pubblicati = DocumentoPubblicato.objects.pubblicati().filter(piano__azienda__in=aziende)
    dell_ente = DocumentoEnte.objects.pubblicati().filter(azienda__in=aziende)
    giorni = [
        uno.aggregate(ultima=Max("pubblicato_il"))["ultima"] for uno in (pubblicati, dell_ente)
    ]
    return max(filter(None, giorni), default=None)


def mappa(link: Iterable[Link], modificata: date | None, sito: str) -> dict[str, object]:
    """The map as ANAC wants it: each key once, with a whole address. Of a sub-section divided in
    more pages, where they stand together.
    """
    chiavi: dict[str, str] = {}
    for uno in link:
        if uno.chiave:
            url = uno.insieme if uno.chiave in chiavi else uno.url
            chiavi[uno.chiave] = f"{sito}{url}"
    return {"data_ultima_modifica": f"{modificata or '':%d/%m/%Y}", CATEGORIA: chiavi}


def in_xml(dati: dict[str, object]) -> str:
    """The same map as XML."""
    uscita = StringIO()
    xml = SimplerXMLGenerator(uscita, "utf-8")
    xml.startDocument()
    xml.startElement(RADICE, {"xmlns": SPAZIO})
    xml.addQuickElement("data_ultima_modifica", str(dati["data_ultima_modifica"]))
    xml.startElement("map", {})
    xml.startElement(CATEGORIA, {})
    chiavi = dati[CATEGORIA]
    for chiave, url in chiavi.items() if isinstance(chiavi, dict) else ():
        xml.addQuickElement(chiave, url)
    for nome in (CATEGORIA, "map", RADICE):
        xml.endElement(nome)
    xml.endDocument()
    return uscita.getvalue()


def sitemap(pagine: Iterable[tuple[str, date | None]]) -> str:
    """The addresses for search engines, each with the day of its last change if it has one."""
    uscita = StringIO()
    xml = SimplerXMLGenerator(uscita, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", {"xmlns": SITEMAP})
    for url, giorno in pagine:
        xml.startElement("url", {})
        xml.addQuickElement("loc", url)
        if giorno is not None:
            xml.addQuickElement("lastmod", giorno.isoformat())
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return uscita.getvalue()
