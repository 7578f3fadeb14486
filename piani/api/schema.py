# SPDX-License-Identifier: AGPL-3.0-or-later
"""The description of the API (OpenAPI 3): what the framework finds, and our errors and headers."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from piani.api.errori import TIPO, Problema
from piani.api.formato import LettoreDiModifiche

ERRORI = {
    "400": "Richiesta non valida",
    "401": "Accesso richiesto",
    "403": "Non consentito",
    "404": "Non trovato",
    "429": "Troppe richieste",
    "default": "Ogni altro errore",
}
CON_CONDIZIONE = {
    "412": "Cambiato nel frattempo",
    "428": "Manca If-Match",
}
RIFIUTO = {"422": "Compreso, ma non accettabile adesso"}
SOMMARI = {
    "list": "Elenco",
    "retrieve": "Leggi",
    "create": "Aggiungi",
    "partial_update": "Cambia",
    "destroy": "Togli",
}
LIMITI = {
    nome: {"schema": {"type": "integer", "format": "int32"}, "description": detto}
    for nome, detto in (
        ("RateLimit-Limit", "Quante richieste al minuto."),
        ("RateLimit-Remaining", "Quante ne restano."),
        ("RateLimit-Reset", "Fra quanti secondi si ricomincia."),
    )
}
SENZA = "no-store"
CONSERVAZIONI = {
    "no-store": "Sempre %s: non si conserva.",
    "private": "Sempre %s: la tiene solo chi la chiede, e ogni volta richiede con l'ETag.",
    "public": "Sempre %s: la può tenere chiunque, per quei secondi.",
}
ETAG = {"schema": {"type": "string"}, "description": "Da rimandare in If-None-Match o If-Match."}


class Schema(AutoSchema):
    """Knobs on the view: ``condizionati`` names the actions that want If-Match."""

    def get_override_parameters(self) -> list[Any]:
        azione = getattr(self.view, "action", "")
        if self.method == "GET":
            return [
                OpenApiParameter(
                    "If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER,
                    description="ETag di ciò che si ha già: se è uguale la risposta è 304.",
                )
            ]  # fmt: skip
        if azione in getattr(self.view, "condizionati", ()):
            return [
                OpenApiParameter(
                    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True,
                    description="ETag di ciò che si è letto e si vuole cambiare.",
                )
            ]  # fmt: skip
        return []

    def get_summary(self) -> str | None:
        return super().get_summary() or SOMMARI.get(getattr(self.view, "action", ""))

    def get_auth(self) -> list[dict[str, Any]]:
        """A token with the scope of the view, or the session of the pages."""
        if getattr(self.view, "aperta", False) and self.method == "GET":
            return [{}]
        verbo = "leggi" if self.method == "GET" else "scrivi"
        return [{"oauth2": [f"{self.view.ambito}:{verbo}"]}, {"cookieAuth": []}]

    def map_parsers(self) -> list[str]:
        """A change is sent as such (RFC 7396), everything else as plain JSON."""
        modifiche, cambia = LettoreDiModifiche.media_type, self.method == "PATCH"
        return [uno for uno in super().map_parsers() if (uno == modifiche) is cambia]

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "raccolta", self.view.ambito)]

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        corpi: dict[str, Any] = super()._get_response_bodies(direction)
        for stato, risposta in corpi.items():
            if stato.startswith("2"):
                intestazioni = dict(LIMITI)
                if stato != "204":
                    intestazioni["ETag"] = ETAG
                intestazioni["Cache-Control"] = self._conservazione()
                risposta.setdefault("headers", {}).update(intestazioni)
        if self.method == "GET":
            corpi["304"] = {"description": "Non è cambiato nulla."}
        for stato, detto in self._errori().items():
            corpi[stato] = self._errore(detto)
            if stato == "429":
                corpi[stato]["headers"] = LIMITI | {
                    "Retry-After": {
                        "schema": {"type": "integer", "format": "int32"},
                        "description": "Fra quanti secondi riprovare.",
                    }
                }
        return corpi

    def _conservazione(self) -> dict[str, Any]:
        """How long an answer may be kept, and by whom."""
        valore = getattr(self.view, "conservazione", SENZA) if self.method == "GET" else SENZA
        return {
            "schema": {"type": "string", "enum": [valore]},
            "description": CONSERVAZIONI[valore.split(",")[0]] % valore,
        }

    def _errori(self) -> dict[str, str]:
        errori = dict(ERRORI)
        if self.method != "GET":
            errori |= RIFIUTO
        if getattr(self.view, "action", "") in getattr(self.view, "condizionati", ()):
            errori |= CON_CONDIZIONE
        return dict(sorted(errori.items()))

    def _errore(self, detto: str) -> dict[str, Any]:
        problema = self.resolve_serializer(Problema, "response")
        return {"description": detto, "content": {TIPO: {"schema": problema.ref}}}


class SchemaGettone(OpenApiAuthenticationExtension):
    """A token of a client, with today's scopes."""

    target_class = "piani.api.credenziali.Gettone"
    name = "oauth2"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        from piani.models.cliente import ambiti

        return {
            "type": "oauth2",
            "description": "Un cliente creato dall'amministratore dell'azienda.",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/api/v1/token",
                    "scopes": {nome: str(detto) for nome, detto in ambiti().items()},
                }
            },
        }


class SchemaSessione(OpenApiAuthenticationExtension):
    """The session of who came in from the pages."""

    target_class = "piani.api.credenziali.Sessione"
    name = "cookieAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "La sessione di chi è entrato dalle pagine; per scrivere, X-CSRFToken.",
        }


def con_raccolte(result: dict[str, Any], **_altro: Any) -> dict[str, Any]:
    """A hook at the end: the tags, each said once; what the shapes tell programmers is not for
    who reads the description.
    """
    for forma in result["components"]["schemas"].values():
        forma.pop("description", None)
    usate = sorted({
        tag
        for percorso in result["paths"].values()
        for operazione in percorso.values()
        for tag in operazione.get("tags", ())
    })  # fmt: skip
    result["tags"] = [{"name": nome} for nome in usate]
    return result


def con_formati(result: dict[str, Any], **_altro: Any) -> dict[str, Any]:
    """A hook at the end: every number says how wide it is, every change that it has a body, the
    version is a version, and who may ask is described, not only named.
    """
    result["components"]["securitySchemes"] = {
        una.name: una(None).get_security_definition(None) for una in (SchemaGettone, SchemaSessione)
    }
    result["info"]["version"] = settings.SPECTACULAR_SETTINGS["VERSION"]
    for operazioni in result["paths"].values():
        if "patch" in operazioni:
            operazioni["patch"]["requestBody"]["required"] = True
    _segna_formati(result)
    return result


def _segna_formati(parte: Any) -> None:
    if isinstance(parte, dict):
        if parte.get("type") == "integer":
            parte.setdefault("format", "int64")
        elif parte.get("type") == "number":
            parte.setdefault("format", "double")
        parte = list(parte.values())
    if isinstance(parte, list):
        for una in parte:
            _segna_formati(una)
