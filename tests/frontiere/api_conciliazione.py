# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the conciliation in the API, with the keys of an azienda's rows."""

from datetime import date
from typing import Any

from conciliazione.models import Comune, EdizioneConciliazione, Ente, Seggio, VoceBudget
from piani.models import Azienda
from tests.api.mondo_conciliazione import una_di_ogni
from tests.factories_conciliazione import EdizioneConciliazioneFactory

ALTRI = (
    ("adesioni", "accoglienza"), ("adesioni", "rifiuto"), ("composizioni", "approvazione"),
    ("piani-finanziari", "quadro"), ("progetti", "incassi"), ("semestri", "azioni-di-piano"),
    ("rilevazioni", "validazione"), ("rilevazioni", "rinvio"), ("rendiconti", "pagamenti"),
    ("pagamenti", "esecuzione"), ("pagamenti", "annullamento"), ("incassi", "annullamento"),
    ("questionari", "risultati"), ("referenti", "fine"),
)  # fmt: skip
PASSI = {
    "accordi": ("invio", "scioglimento"),
    "adesioni": ("conferma",),
    "azioni-di-piano": ("avanzamento",),
    "componenti": ("fine",),
    "manifestazioni": ("annullamento", "apertura", "graduatoria", "proroga", "pubblicazione"),
    "piani-finanziari": ("approvazione",),
    "progetti": ("avvio", "conclusione", "ripresa", "sospensione"),
    "proposte": ("ammissione", "coprogettazione", "esclusione"),
    "rendiconti": ("approvazione", "integrazione", "respingimento", "trasmissione"),
    "rilevazioni": ("trasmissione",),
    "riscontri": ("presa-atto",),
    "scenari": ("copia",),
    "sedute": ("annullamento", "apertura", "chiusura", "convocazione", "diserzione", "verbale"),
    "semestri": ("chiusura", "finestra", "riapertura"),
    "verbali": ("conclusione", "invio", "ripresa"),
    "votazioni": ("annullamento", "chiusura"),
}
DELL_EDIZIONE = ("", "/chiusura", "/in-vigore", "/riapertura")


PERSONA = {
    "nome": "Ada", "cognome": "Inventata", "email": "ada@ente.example", "dal": "2021-01-01",
}  # fmt: skip


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    righe = una_di_ogni(EdizioneConciliazioneFactory(azienda=azienda))
    edizione = righe.pop("edizioni")
    return {
        **{
            f"/conciliazione/edizioni/{{slug}}{passo}": {"slug": edizione.slug}
            for passo in DELL_EDIZIONE
        },
        **{
            f"/conciliazione/{nome}/{{id}}/{passo}": {"id": righe[nome].pk}
            for nome, passi in PASSI.items()
            for passo in passi
        },
        **{f"/conciliazione/{nome}/{{id}}": {"id": riga.pk} for nome, riga in righe.items()},
        **{f"/conciliazione/{nome}/{{id}}/{che}": {"id": righe[nome].pk} for nome, che in ALTRI},
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    edizione = EdizioneConciliazione.objects.filter(azienda=azienda).latest("pk")
    voce = VoceBudget.objects.filter(azione__progetto__edizione=edizione).latest("pk")
    progetto = voce.azione.progetto
    return {
        "/conciliazione/enti": {
            "azienda": azienda.codice,
            "nome": "Un ente nuovo",
            "tipo": Ente.objects.filter(azienda=azienda).first().tipo,
        },
        "/conciliazione/composizioni": {
            "edizione": edizione.slug,
            "anno": 2099,
            "semestre": 1,
            "al": date(2021, 6, 30).isoformat(),
        },
        "/conciliazione/rilevazioni-tempi": {
            "edizione": edizione.slug,
            "chiesta_il": "2021-01-10",
        },
        "/conciliazione/progetti-tempi": {
            "comune": Comune.objects.filter(azienda=azienda).latest("pk").pk,
            "titolo": "Un progetto nuovo",
        },
        "/conciliazione/referenti": {
            "ente": Ente.objects.filter(azienda=azienda).first().pk,
            **PERSONA,
        },
        "/conciliazione/componenti": {
            "seggio": Seggio.objects.filter(edizione=edizione).first().pk,
            "qualita": "supplente",
            **PERSONA,
        },
        "/conciliazione/sedute": {
            "edizione": edizione.slug,
            "organo": "comitato",
            "oggetto": "Riparto",
            "quando": "2021-05-01T10:00:00Z",
        },
        "/conciliazione/semestri": {
            "edizione": edizione.slug,
            "anno": 2022,
            "semestre": 1,
            "apre": "2022-07-01",
            "scade": "2022-07-31",
        },
        "/conciliazione/questionari": {
            "edizione": edizione.slug,
            "titolo": "Che cosa è cambiato",
            "rivolto": "beneficiari",
            "momento": "dopo",
        },
        "/conciliazione/spese": {
            "progetto": progetto.pk,
            "voce": voce.pk,
            "ente": progetto.capofila_id,
            "descrizione": "Educatori",
            "documento": "Fattura 99",
            "documento_del": "2021-07-31",
            "importo": 10,
        },
    }
