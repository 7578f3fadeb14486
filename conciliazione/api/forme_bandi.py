# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of calls, evaluations and rankings."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from conciliazione.api.base import CHIAVE_MASSIMA, Euro
from conciliazione.api.forme_rete import DellAzienda
from conciliazione.models import Seduta, Seggio
from piani.api.forme import Corpo, Forma, Lista, Numero

MOLTI = 500
"""Rows of a list that is sent whole."""


class Alcune(Lista):
    """Rows of a table that who asks may read, by their keys: each once, in one query."""

    def __init__(self, modello: Any, **come: Any) -> None:
        chiave = serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA)
        super().__init__(**{"child": chiave, "max_length": MOLTI} | come)
        self.modello = modello

    def to_internal_value(self, data: Any) -> list[Any]:
        chiavi = dict.fromkeys(super().to_internal_value(data))
        visibili = self.modello.objects.visibili_a(self.context["request"].user)
        trovate = visibili.in_bulk(list(chiavi))
        if mancano := [str(una) for una in chiavi if una not in trovate]:
            raise serializers.ValidationError(
                _("Queste chiavi non ci sono: %(quali)s.") % {"quali": ", ".join(mancano)}
            )
        return [trovate[una] for una in chiavi]


class CriterioForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    codice = serializers.CharField()
    nome = serializers.CharField()
    punti = Numero(6, 2, help_text="Al massimo.")
    premiale = serializers.BooleanField()
    fonte = serializers.CharField()


class ValutatoreForma(Forma):
    id = serializers.IntegerField()
    seggio = serializers.IntegerField(source="seggio_id")
    ente_nome = serializers.CharField(source="seggio.ente.nome")
    stato = serializers.CharField(help_text="nominato, attivo o astenuto.")
    motivo = serializers.CharField(help_text="Perché si astiene.")


class ManifestazioneForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    numero = serializers.IntegerField()
    titolo = serializers.CharField()
    testo = serializers.CharField(help_text="In Markdown.")
    atto = serializers.CharField()
    dotazione = Euro()
    apre_il = serializers.DateTimeField()
    chiude_il = serializers.DateTimeField()
    stato = serializers.CharField()
    criteri = CriterioForma(many=True)
    valutatori = ValutatoreForma(
        many=True, help_text="Tutti per l'ATS; gli altri leggono solo i seggi che tengono."
    )


class PuntiForma(Forma):
    criterio = serializers.CharField(source="criterio.codice")
    punti = Numero(6, 2)
    nota = serializers.CharField()


class ValutazioneForma(Forma):
    id = serializers.IntegerField()
    proposta = serializers.IntegerField(source="proposta_id")
    seggio = serializers.IntegerField(source="valutatore.seggio_id")
    giudizio = serializers.CharField()
    consegnata_il = serializers.DateTimeField(allow_null=True)
    punteggi = PuntiForma(many=True)


class RigaGraduatoriaForma(Forma):
    proposta = serializers.IntegerField(source="proposta_id")
    titolo = serializers.CharField(source="proposta.titolo")
    posto = serializers.IntegerField(allow_null=True)
    punti = Numero(allow_null=True)
    premiali = Numero(allow_null=True)
    idonea = serializers.BooleanField()
    nota = serializers.CharField()
    dettaglio = serializers.ListField(
        child=serializers.DictField(), help_text="Le medie per criterio."
    )


class GraduatoriaForma(Forma):
    id = serializers.IntegerField()
    manifestazione = serializers.IntegerField(source="manifestazione_id")
    numero = serializers.IntegerField()
    seduta = serializers.IntegerField(source="seduta_id", allow_null=True)
    formata_il = serializers.DateTimeField()
    decisa_il = serializers.DateTimeField(allow_null=True)
    motivo = serializers.CharField()
    righe = RigaGraduatoriaForma(many=True)


class ProrogaDellAvviso(Corpo):
    chiude_il = serializers.DateTimeField()
    motivo = serializers.CharField(max_length=2000)


class MotivoFacoltativo(Corpo):
    motivo = serializers.CharField(max_length=2000, allow_blank=True, default="")


class CambiaManifestazione(Corpo):
    titolo = serializers.CharField(max_length=200, required=False)
    atto = serializers.CharField(max_length=200, allow_blank=True, required=False)
    dotazione = Euro(min_value=0, required=False)
    apre_il = serializers.DateTimeField(required=False)
    chiude_il = serializers.DateTimeField(required=False)
    testo = serializers.CharField(
        max_length=100_000, allow_blank=True, required=False, help_text="In Markdown."
    )


class NuovaManifestazione(CambiaManifestazione):
    edizione = serializers.SlugField(max_length=80)
    titolo = serializers.CharField(max_length=200)
    dotazione = Euro(min_value=0)
    apre_il = serializers.DateTimeField()
    chiude_il = serializers.DateTimeField()


class CriterioDaScrivere(Corpo):
    codice = serializers.SlugField(max_length=60)
    nome = serializers.CharField(max_length=300)
    punti = Numero(6, 2, min_value=0, help_text="Al massimo: più di zero.")
    premiale = serializers.BooleanField(default=False)
    fonte = serializers.CharField(max_length=300, allow_blank=True, default="")


class CriteriDellAvviso(Corpo):
    criteri = CriterioDaScrivere(
        many=True, max_length=MOLTI, help_text="Tutti, nel loro ordine: almeno uno."
    )


class NominaDeiValutatori(Corpo):
    seggi = Alcune(Seggio, help_text="Seggi in carica: almeno uno.")


class DecisioneDelComitato(Corpo):
    seduta = DellAzienda(
        queryset=Seduta.objects.all(), help_text="Del Comitato, aperta o già chiusa."
    )
    motivo = serializers.CharField(max_length=2000, allow_blank=True, default="")
