# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of the Relazione sulla performance."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from obiettivi.models import EsitoCriterio, Relazione, SezioneRelazione, ValidazioneRelazione
from piani.api.forme import Corpo, Forma
from piani.api.piani import Viste

TESTO = {"max_length": 10_000, "allow_blank": True}
CHIAVE = {"min_value": 0, "max_value": 10**18}


class CapitoloForma(Forma):
    id = serializers.IntegerField()
    tipo = serializers.ChoiceField(choices=SezioneRelazione.Tipo.choices)
    testo = serializers.CharField()


class CapitoloInteroForma(CapitoloForma):
    relazione = serializers.IntegerField(source="relazione_id")


class CambiaCapitolo(Corpo):
    testo = serializers.CharField(max_length=200_000, allow_blank=True, help_text="Markdown.")


class ScostamentoForma(Forma):
    misura = serializers.IntegerField(source="misura_id")
    indicatore = serializers.CharField(source="misura.indicatore.codice")
    causa = serializers.CharField()
    azione = serializers.CharField(help_text="Correttiva.")


class FaseSvoltaForma(Forma):
    fase = serializers.IntegerField(source="fase_id")
    nome = serializers.CharField(source="fase.nome")
    conclusa_il = serializers.DateField(allow_null=True)
    nota = serializers.CharField()


class RelazioneForma(Forma):
    """The Relazione of a year of a plan."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="piano.azienda.codice")
    piano = serializers.CharField(source="piano.slug")
    anno = serializers.IntegerField()
    stato = serializers.ChoiceField(choices=Relazione.Stato.choices)
    generata_il = serializers.DateTimeField(allow_null=True)
    atto_tipo = serializers.CharField()
    atto_numero = serializers.CharField()
    atto_data = serializers.DateField(allow_null=True)
    atto_organo = serializers.CharField()
    motivo_ritardo = serializers.CharField()
    sezioni = CapitoloForma(many=True)
    scostamenti = ScostamentoForma(many=True)
    fasi = FaseSvoltaForma(many=True)


@extend_schema_field({"type": "object", "additionalProperties": {}})
class Dati(serializers.DictField):
    """What the tables say."""


class DatiForma(Forma):
    dati = Dati(help_text="Come nel documento leggibile dalle macchine.")


class NuovaRelazione(Corpo):
    piano = serializers.SlugField(max_length=80)
    anno = serializers.IntegerField(min_value=2000, max_value=2105)


class ScostamentoCorpo(Corpo):
    misura = serializers.IntegerField(**CHIAVE)
    causa = serializers.CharField(**TESTO)
    azione = serializers.CharField(**TESTO)


class Scostamenti(Corpo):
    scostamenti = ScostamentoCorpo(many=True, max_length=5000)


class FaseCorpo(Corpo):
    fase = serializers.IntegerField(**CHIAVE)
    conclusa_il = serializers.DateField(allow_null=True, default=None)
    nota = serializers.CharField(max_length=300, allow_blank=True, default="")


class Fasi(Corpo):
    fasi = FaseCorpo(many=True, max_length=500)


class ApprovaRelazione(Viste):
    """The act that approves the Relazione."""

    atto_tipo = serializers.CharField(max_length=60)
    atto_numero = serializers.CharField(max_length=30)
    atto_data = serializers.DateField()
    atto_organo = serializers.CharField(max_length=100)


class CriterioCorpo(Corpo):
    criterio = serializers.IntegerField(**CHIAVE)
    esito = serializers.ChoiceField(choices=EsitoCriterio.Esito.choices)
    nota = serializers.CharField(default="", **TESTO)


class ValidaRelazione(Corpo):
    esito = serializers.ChoiceField(choices=ValidazioneRelazione.Esito.choices)
    data = serializers.DateField()
    motivazione = serializers.CharField(max_length=10_000)
    organo = serializers.CharField(max_length=100, allow_blank=True, default="")
    criteri = CriterioCorpo(many=True, max_length=100)


class PubblicaRelazione(Corpo):
    motivo = serializers.CharField(default="", **TESTO)
    motivo_ritardo = serializers.CharField(default="", **TESTO)
