# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every refusal as problem+json (RFC 9457): what happened, in a sentence, and field by field."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    SuspiciousOperation,
    ValidationError,
)
from django.db import OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler, set_rollback

from piani.azioni.carico import RigheSbagliate

TIPO = "application/problem+json"
TITOLI = {
    400: gettext_lazy("Richiesta non valida"),
    401: gettext_lazy("Accesso richiesto"),
    403: gettext_lazy("Non consentito"),
    404: gettext_lazy("Non trovato"),
    405: gettext_lazy("Metodo non ammesso"),
    406: gettext_lazy("Formato non disponibile"),
    409: gettext_lazy("Conflitto"),
    412: gettext_lazy("Cambiato nel frattempo"),
    413: gettext_lazy("Troppo grande"),
    415: gettext_lazy("Formato non accettato"),
    422: gettext_lazy("Non accettabile"),
    428: gettext_lazy("Manca If-Match"),
    429: gettext_lazy("Troppe richieste"),
    500: gettext_lazy("Errore imprevisto"),
    503: gettext_lazy("Servizio non disponibile"),
}
FRASI = {
    401: gettext_lazy("Serve un gettone valido, oppure accedere dalle pagine."),
    404: gettext_lazy("Qui non c'è niente che si possa leggere con questo accesso."),
    405: gettext_lazy("Questo indirizzo non accetta il metodo usato."),
    406: gettext_lazy("Le risposte sono solo application/json."),
    415: gettext_lazy("Il corpo della richiesta si manda come application/json."),
}
GENERICI = (NON_FIELD_ERRORS, api_settings.NON_FIELD_ERRORS_KEY)


class Superato(exceptions.APIException):
    """What is written over is no longer what was read."""

    status_code = 412
    default_code = "cambiato"
    default_detail = gettext_lazy(
        "Nel frattempo è cambiato: rileggerlo e mandare il suo nuovo ETag in If-Match."
    )


class SenzaCondizione(exceptions.APIException):
    """A change that does not say what it was decided on."""

    status_code = 428
    default_code = "manca_if_match"
    default_detail = gettext_lazy("Mandare in If-Match l'ETag di ciò che si è letto.")


class ErroreDiCampo(serializers.Serializer):
    """One thing to correct."""

    riga = serializers.IntegerField(
        required=False, help_text="Posto della riga nella richiesta, da 1: solo nei carichi."
    )
    campo = serializers.CharField(help_text="Nome del campo; vuoto se riguarda l'insieme.")
    messaggio = serializers.CharField()


class Problema(serializers.Serializer):
    """An error as sent, for the description of the API."""

    type = serializers.CharField(help_text="Sempre «about:blank».")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="Che cosa è successo e che cosa fare.")
    errori = ErroreDiCampo(many=True, required=False)


def dati_del_problema(
    stato: int, dettaglio: str, errori: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """What is said of an error."""
    dati: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITOLI.get(stato, TITOLI[400])),
        "status": stato,
        "detail": dettaglio,
    }
    if errori:
        dati["errori"] = errori
    return dati


def problema(
    stato: int, dettaglio: str, errori: list[dict[str, Any]] | None = None, **intestazioni: str
) -> Response:
    """An error as it is sent."""
    dati = dati_del_problema(stato, dettaglio, errori)
    risposta = Response(dati, status=stato, content_type=TIPO, headers=intestazioni)
    risposta["Cache-Control"] = "no-store"
    return risposta


def gestisci(errore: Exception, contesto: dict[str, Any]) -> Response | None:
    """The handler of the framework: also for what the actions raise."""
    if isinstance(errore, RigheSbagliate):
        return problema(422, errore.messages[0], _delle_righe(errore))
    if isinstance(errore, ValidationError):
        set_rollback()
        trovati = list(dell_azione(errore))
        return problema(422, _insieme(trovati), trovati)
    if isinstance(errore, OperationalError):
        return problema(503, _("La banca dati non risponde: riprovare fra poco."))
    if isinstance(errore, SuspiciousOperation):
        return problema(400, _("La richiesta non è scritta bene."))
    if isinstance(errore, Http404):
        return problema(404, str(FRASI[404]))
    base = exception_handler(errore, contesto)
    if base is None:
        return None
    intestazioni = {nome: base[nome] for nome in ("WWW-Authenticate", "Retry-After", "Allow")
                    if nome in base}  # fmt: skip
    if isinstance(errore, exceptions.ValidationError):
        trovati = list(della_forma(errore.detail))
        return problema(400, _insieme(trovati), trovati, **intestazioni)
    return problema(base.status_code, _frase(errore, base.status_code), **intestazioni)


def _frase(errore: Exception, stato: int) -> str:
    if stato in FRASI and not isinstance(errore, exceptions.AuthenticationFailed):
        return str(FRASI[stato])
    if isinstance(errore, exceptions.Throttled):
        return _("Troppe richieste: riprovare fra %(n)s secondi.") % {"n": int(errore.wait or 1)}
    if isinstance(errore, PermissionDenied):
        return str(errore) or _("Il tuo incarico non consente questa operazione.")
    return str(getattr(errore, "detail", errore))


def _insieme(trovati: list[dict[str, Any]]) -> str:
    """One sentence for all: the only message, or that there are more."""
    if len(trovati) == 1 and not trovati[0]["campo"]:
        return str(trovati[0]["messaggio"])
    return (
        _("Ci sono %(n)s cose da correggere.") % {"n": len(trovati)}
        if len(trovati) > 1
        else (_("C'è una cosa da correggere."))
    )


MASSIMI = 1000
"""Errors of rows that are sent: who has more corrects these first."""


def _delle_righe(errore: RigheSbagliate) -> list[dict[str, Any]]:
    return [
        {"riga": riga, "campo": "" if campo in GENERICI else campo, "messaggio": messaggio}
        for riga, campo, messaggio in errore.righe[:MASSIMI]
    ]


def dell_azione(errore: ValidationError) -> Iterator[dict[str, Any]]:
    """What an action refused, field by field."""
    per_campo = errore.message_dict if hasattr(errore, "error_dict") else {"": errore.messages}
    for campo, messaggi in per_campo.items():
        for messaggio in messaggi:
            yield {"campo": "" if campo in GENERICI else campo, "messaggio": messaggio}


def della_forma(dettaglio: Any, campo: str = "") -> Iterator[dict[str, Any]]:
    """What a serializer or a filter refused; the parts of a field with a dot between."""
    if isinstance(dettaglio, Mapping):
        for nome, parte in dettaglio.items():
            dentro = "" if nome in GENERICI else str(nome)
            yield from della_forma(parte, ".".join(filter(None, (campo, dentro))))
    elif isinstance(dettaglio, list):
        for posto, parte in enumerate(dettaglio):
            innestata = isinstance(parte, Mapping | list)
            yield from della_forma(parte, f"{campo}.{posto}" if innestata else campo)
    else:
        yield {"campo": campo, "messaggio": str(dettaglio)}
