# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF of an agreement: tagged, with the machinery and the style of the plan's document."""

import unicodedata
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from lavoro_agile.accordi.contenuto import condizioni_di, deroga_di, solo_giustificato
from lavoro_agile.models import AccordoIndividuale
from piani import stampa
from piani.stampa.formati import ancora
from piani.tipografia.risorse import foglio

MODELLO = "lavoro_agile/accordi/stampa/accordo.html"
TESTI = ("obiettivi", "misurazione", "modalita", "rotazione", "disconnessione", "strumenti",
         "riservatezza", "controllo", "arretrato")  # fmt: skip
Stato = AccordoIndividuale.Stato


def rende_pdf(accordo: AccordoIndividuale) -> stampa.Pdf:
    """The agreement as it is written; neither reasons nor protections.

    :raises StampaNonDisponibile: the libraries that draw the PDF are not installed.
    """
    return stampa.da_html(componi(fotografa(accordo)))


def componi(foto: dict[str, Any]) -> str:
    """The page that is printed."""
    stile = stampa.stile_stampa() + foglio("accordo-stampa.css")
    with translation.override("it"):
        contesto = {"foto": foto, "stile": mark_safe(stile)}  # noqa: S308 -- our own files
        return unicodedata.normalize("NFC", render_to_string(MODELLO, contesto))


def fotografa(accordo: AccordoIndividuale) -> dict[str, Any]:
    """What is printed of an agreement, as plain data."""
    return {
        "azienda": str(accordo.azienda),
        "edizione": str(accordo.edizione),
        "atto": accordo.edizione.atto,
        "numero": accordo.numero,
        "stato": accordo.stato,
        "chi": accordo.chi,
        "unita": accordo.nome_unita,
        "area": str(accordo.get_area_display()),
        "profilo": accordo.profilo,
        "dal": _giorno(accordo.dal),
        "al": _giorno(accordo.al),
        "cessa_il": _giorno(accordo.cessa_il),
        "rinnova": accordo.rinnova.numero if accordo.rinnova else None,
        "giorni": in_parole(accordo),
        "luogo": str(accordo.get_luogo_display()),
        "strumenti_aziendali": accordo.strumenti_aziendali,
        "contatto": contatto_di(accordo),
        "informativa_il": _giorno(accordo.informativa_il),
        "recesso": recesso_in_parole(accordo),
        "testi": testi_di(accordo),
        "condizioni": [
            {
                "testo": una.condizione.testo,
                "norma": una.condizione.norma,
                "esito": una.nome_esito,
            }
            for una in condizioni_di(accordo)
            if una.condizione.controllo not in ("firme", "comunicazione")
        ],
        "firma_persona": _momento(accordo.firma_persona_il),
        "firma_azienda": _momento(accordo.firma_azienda_il),
        "firma_azienda_da": str(accordo.firma_azienda_da or ""),
        "data": _giorno(accordo.sottoscritto_il or accordo.proposto_il or accordo.dal),
        "generatore": f"Albero {settings.ALBERO_VERSIONE}",
    }


def testi_di(accordo: AccordoIndividuale) -> list[tuple[str, str]]:
    """The texts of an agreement with their name, those that are written."""
    scritti = [(accordo._meta.get_field(campo), getattr(accordo, campo)) for campo in TESTI]
    return [
        (str(getattr(campo, "verbose_name", "")).capitalize(), testo)
        for campo, testo in scritti
        if testo.strip()
    ]


def in_parole(accordo: AccordoIndividuale) -> str:
    """How many days, and over which time the presence prevails, unless more days were allowed."""
    pezzi = []
    if accordo.giorni_mese is not None:
        pezzi.append(_("%(n)s giorni al mese") % {"n": accordo.giorni_mese})
    if accordo.giorni_settimana is not None:
        pezzi.append(_("al massimo %(n)s alla settimana") % {"n": accordo.giorni_settimana})
    if deroga_di(accordo) is not None:
        return ", ".join(pezzi)
    tempo = str(accordo.get_prevalenza_display()).lower()
    if accordo.mesi_prevalenza > 1:
        tempo = _("in %(n)s mesi") % {"n": accordo.mesi_prevalenza}
    pezzi.append(_("la presenza prevale %(tempo)s") % {"tempo": tempo})
    return ", ".join(pezzi)


def recesso_in_parole(accordo: AccordoIndividuale) -> str:
    """How the parties may leave the agreement: the same for all, whoever is protected."""
    if solo_giustificato(accordo):
        return _("L'accordo è a termine: prima che finisca ciascuna delle parti può recedere solo "
                 "per giustificato motivo, senza preavviso (art. 19 c. 2 L. 81/2017).")  # fmt: skip
    termini = accordo.edizione.regole.termini
    return _("Ciascuna delle parti può recedere con un preavviso di %(giorni)s giorni, oppure "
             "senza preavviso per giustificato motivo. Se recede l'azienda e la persona è "
             "disabile, il preavviso è di %(disabili)s giorni (art. 19 c. 2 L. 81/2017).") % {
        "giorni": termini.recesso, "disabili": termini.recesso_disabili,
    }  # fmt: skip


def contatto_di(accordo: AccordoIndividuale) -> str:
    """The contact bands in words, "" if there are none."""
    fascia = ""
    if accordo.contatto_dalle and accordo.contatto_alle:
        fascia = _("dalle %(dalle)s alle %(alle)s") % {
            "dalle": _ora(accordo.contatto_dalle), "alle": _ora(accordo.contatto_alle),
        }  # fmt: skip
    return "; ".join(filter(None, (fascia, accordo.contatto_nota)))


def nome_del_file(accordo: AccordoIndividuale) -> str:
    """``accordo-12.pdf``: no name of a person in it."""
    return f"{ancora('accordo', accordo.edizione.slug, str(accordo.numero))}.pdf"


def _giorno(giorno: date | None) -> str:
    return giorno.isoformat() if giorno else ""


def _ora(ora: time) -> str:
    return f"{ora:%H:%M}"


def _momento(quando: datetime | None) -> str:
    return f"{timezone.localtime(quando):%d/%m/%Y %H:%M}" if quando else ""
