# SPDX-License-Identifier: AGPL-3.0-or-later
"""The minutes of a meeting as plain data: the text proposed from what was kept, the photograph."""

import hashlib
import json
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from conciliazione.comitato.decisioni import decise
from conciliazione.models import (
    Presenza,
    PuntoOrdine,
    Seduta,
    ValidazioneVerbale,
    Verbale,
    Votazione,
)
from piani.stampa.formati import ancora
from piani.testo import html_da_markdown

Dati = dict[str, Any]


def testo_proposto(seduta: Seduta) -> str:
    """What the minutes may say, in Markdown: who was called and came, each item, the votes."""
    foto = contenuto(seduta)
    righe = [_apertura(foto), ""]
    for punto in foto["punti"]:
        righe += [f"### {punto['ordine']}. {punto['titolo']}", ""]
        righe += [punto["esito"] or _("(che cosa si è detto)"), ""]
        for una in punto["votazioni"]:
            righe += [f"**{una['quesito']}** {una['spiegazione']}", ""]
    if foto["decisioni"]:
        righe += [f"### {_('Decisioni')}", ""]
        righe += [f"- {_decisione(una)}" for una in foto["decisioni"]]
        righe.append("")
    righe.append(_chiusura(foto))
    return "\n".join(righe).strip() + "\n"


def contenuto(seduta: Seduta) -> Dati:
    """The meeting as it was: who was there, what was said, how it was voted."""
    presenze = list(
        seduta.presenze.select_related("seggio__ente", "ente", "utente").order_by(
            "consultiva", "seggio__ordine", "ente__nome", "pk"
        )
    )
    punti = seduta.punti.prefetch_related("votazioni__voti__seggio__ente").order_by("ordine")
    return {
        "azienda": str(seduta.azienda),
        "edizione": str(seduta.edizione),
        "organo": str(seduta.get_organo_display()),
        "comitato": seduta.organo == Seduta.Organo.COMITATO,
        "stato": seduta.stato,
        "oggetto": seduta.oggetto,
        "giorno": timezone.localdate(seduta.quando).isoformat(),
        "ora": _ora(seduta.quando),
        "aperta_alle": _ora(seduta.aperta_il),
        "chiusa_alle": _ora(seduta.chiusa_il),
        "sede": seduta.sede,
        "convocata_il": _giorno(seduta.convocata_il),
        "urgenza": seduta.motivo_urgenza,
        "componenti": seduta.componenti,
        "numero_legale": seduta.numero_legale,
        "presenti": sum(una.presente and not una.consultiva for una in presenze),
        "presenze": [_presenza(una) for una in presenze],
        "punti": [_punto(uno) for uno in punti],
        "decisioni": decise(seduta),
    }


def fotografa(verbale: Verbale) -> Dati:
    """What is sent: the meeting and the text of the minutes, with their fingerprint."""
    foto = contenuto(verbale.seduta)
    foto |= {
        "lingua": "it",
        "testo": verbale.testo,
        "html": html_da_markdown(verbale.testo),
        "data": timezone.localdate().isoformat(),
        "generatore": f"Albero {settings.ALBERO_VERSIONE}",
        "validazioni": [],
        "validato_il": "",
    }
    return foto | {"impronta": impronta_di(foto)}


def con_validazioni(foto: Dati, validazioni: list[ValidazioneVerbale], giorno: str) -> Dati:
    """What was sent, with what the members said of it; the fingerprint is still that sent."""
    return foto | {
        "validazioni": [
            {
                "seggio": str(una.seggio),
                "conforme": una.conforme,
                "osservazione": una.osservazione,
                "chi": str(una.data_da) if una.data_da else "",
                "quando": _giorno(una.data_il),
            }
            for una in validazioni
        ],
        "validato_il": giorno,
    }


def impronta_di(foto: Dati) -> str:
    """sha256 of the photograph as sent, whatever the order of its keys."""
    canonico = json.dumps(foto, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonico.encode()).hexdigest()


def nome_del_file(foto: Dati) -> str:
    """``verbale-comitato-2026-03-12.pdf``."""
    return f"{ancora('verbale', foto['organo'], foto['giorno'])}.pdf"


def _apertura(foto: Dati) -> str:
    giorno = date_format(date.fromisoformat(foto["giorno"]), "j F Y").lower()
    detti = foto | {"giorno": giorno, "ora": foto["aperta_alle"] or foto["ora"]}
    if foto["comitato"]:
        nome = _("il Comitato di programmazione, valutazione e monitoraggio")
    else:
        nome = _("la Rete territoriale di conciliazione")
    testo = _("Il %(giorno)s alle %(ora)s, presso %(sede)s, si riunisce ") % detti + nome + "."
    if foto["convocata_il"]:
        testo += " " + _("La convocazione è del %(quando)s.") % {
            "quando": _in_chiaro(foto["convocata_il"])
        }
    if not foto["comitato"]:
        return testo + " " + _("Sono presenti %(presenti)s enti.") % detti
    testo += " " + _(
        "Sono presenti %(presenti)s componenti su %(componenti)s; il numero legale è %(legale)s."
    ) % (detti | {"legale": foto["numero_legale"]})
    if foto["stato"] == Seduta.Stato.DESERTA:
        testo += " " + _("Manca il numero legale: la seduta è dichiarata deserta.")
    return testo


def _chiusura(foto: Dati) -> str:
    if not foto["chiusa_alle"]:
        return ""
    return _("La seduta si chiude alle %(ora)s.") % {"ora": foto["chiusa_alle"]}


def _decisione(una: Dati) -> str:
    esito = f" ({una['esito'].lower()})" if una["esito"] else ""
    return f"{una['genere']}: {una['che_cosa']}{esito}"


def _presenza(una: Presenza) -> Dati:
    chi = str(una.utente) if una.utente else una.nome
    return {
        "di_chi": str(una.seggio or una.ente),
        "tipologia": una.seggio.tipologia if una.seggio else "",
        "presente": una.presente,
        "chi": chi if una.presente else "",
        "come": _come(una),
    }


def _come(una: Presenza) -> str:
    if una.consultiva:
        return str(_("in forma consultiva"))
    if not una.presente:
        return str(_("assente"))
    if una.seggio is None or una.utente is None:
        return str(_("presente"))
    return str(_("supplente") if una.supplente else _("titolare"))


def _punto(uno: PuntoOrdine) -> Dati:
    return {
        "ordine": uno.ordine,
        "titolo": uno.titolo,
        "genere": str(uno.get_genere_display()),
        "esito": uno.esito,
        "votazioni": [_votazione(una) for una in uno.votazioni.all() if una.stato == "chiusa"],
    }


def _votazione(una: Votazione) -> Dati:
    conteggio = una.conteggio or {}
    return {
        "quesito": una.quesito,
        "esito": str(una.get_esito_display()),
        "spiegazione": conteggio.get("spiegazione", ""),
        "favorevoli": conteggio.get("favorevoli"),
        "contrari": conteggio.get("contrari"),
        "astenuti": conteggio.get("astenuti"),
        "voti": [
            {"seggio": str(voto.seggio), "voto": str(voto.get_valore_display())}
            for voto in una.voti.all()
        ],
    }


def _ora(momento: Any) -> str:
    return timezone.localtime(momento).strftime("%H:%M") if momento else ""


def _giorno(momento: Any) -> str:
    return timezone.localdate(momento).isoformat() if momento else ""


def _in_chiaro(giorno: str) -> str:
    anno, mese, numero = giorno.split("-")
    return f"{numero}/{mese}/{anno}"
