# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register: what happened, to what, who did it."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from piani.api.elenchi import filtro
from piani.api.forme import Forma
from piani.api.risorse import Lettura
from piani.models import Evento


@extend_schema_field({"type": "object", "additionalProperties": {}})
class PrimaEDopo(serializers.JSONField):
    """What changed."""


class EventoForma(Forma):
    """One thing that happened."""

    id = serializers.IntegerField()
    quando = serializers.DateTimeField()
    tipo = serializers.CharField(help_text="Nome e verbo: «piano.pubblicato».")
    azienda = serializers.CharField(source="azienda.codice", allow_null=True)
    cognome = serializers.CharField(
        source="da.last_name", allow_null=True, help_text="Di chi: vuoto quando agisce il sistema."
    )
    nome = serializers.CharField(source="da.first_name", allow_null=True)
    per_conto_di = serializers.CharField(source="per_conto_di.last_name", allow_null=True)
    oggetto = serializers.CharField(help_text="Su che cosa: «piani.piano:12».")
    descrizione = serializers.CharField()
    dati = PrimaEDopo(help_text="Prima e dopo.")


class EventoRisorsa(Lettura):
    """Il registro di ciò che è stato fatto, per chi lo consulta nelle pagine."""

    ambito = "piani"
    raccolta = "eventi"
    modello = Evento
    serializer_class = EventoForma
    filterset_class = filtro(
        Evento, "descrizione", azienda="azienda__codice", tipo="tipo", oggetto="oggetto"
    )
    ordini = {"quando": "quando"}
    ordine = ("-quando",)
