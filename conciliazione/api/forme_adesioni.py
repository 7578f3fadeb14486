# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of how a body comes into the network and leaves it: what is given and what is sent."""

from rest_framework import serializers

from conciliazione.api.forme_rete import DellAzienda
from conciliazione.azioni.adesione import SENZA_INTERESSE
from conciliazione.models import Dimensione, Ente, Seduta, TipoEnte
from piani.api.forme import Corpo, Forma, MiaAzienda


class AdesioneForma(Forma):
    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    ente = serializers.IntegerField(source="ente_id", allow_null=True)
    denominazione = serializers.CharField()
    tipo = serializers.CharField()
    natura = serializers.CharField()
    dimensione = serializers.CharField()
    stato = serializers.CharField(help_text="richiesta, confermata, accolta, respinta o scaduta.")
    chiesta_il = serializers.DateTimeField()
    confermata_il = serializers.DateTimeField(allow_null=True)
    valutata_il = serializers.DateField(allow_null=True)
    seduta = serializers.IntegerField(source="seduta_id", allow_null=True)
    motivo = serializers.CharField()
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)


class _Esito(Corpo):
    valutata_il = serializers.DateField()
    seduta = DellAzienda(
        queryset=Seduta.objects.all(), allow_null=True, required=False, default=None
    )
    motivo = serializers.CharField(max_length=2000, allow_blank=True, default="")


class AccogliAdesione(_Esito):
    dal = serializers.DateField(help_text="Da quando è nella Rete.")
    ente = DellAzienda(
        queryset=Ente.objects.all(), allow_null=True, required=False, default=None,
        help_text="Se è già fra gli enti; altrimenti ne nasce uno.",
    )  # fmt: skip
    con_referente = serializers.BooleanField(default=True)


class RespingiAdesione(_Esito):
    motivo = serializers.CharField(max_length=2000)


class NuovaAdesione(Corpo):
    """The printed module, field by field, and the day when it came."""

    azienda = MiaAzienda()
    arrivata_il = serializers.DateField(help_text="Il giorno del protocollo.")
    rappresentante = serializers.CharField(max_length=120, help_text="Chi sottoscrive per l'ente.")
    denominazione = serializers.CharField(max_length=200)
    codice_fiscale = serializers.CharField(max_length=20)
    partita_iva = serializers.CharField(
        max_length=20, allow_blank=True, default="", help_text="Obbligatoria per le imprese."
    )
    tipo = serializers.ChoiceField(choices=TipoEnte.values)
    dimensione = serializers.ChoiceField(
        choices=Dimensione.values, allow_blank=True, default="",
        help_text="Obbligatoria per le imprese.",
    )  # fmt: skip
    comune = serializers.CharField(max_length=120, help_text="Della sede legale.")
    provincia = serializers.RegexField(r"^[A-Za-z]{2}$", help_text="La sigla: MI, LO, MB, …")
    via = serializers.CharField(max_length=170)
    civico = serializers.CharField(max_length=20)
    email = serializers.EmailField(max_length=254)
    telefono = serializers.CharField(max_length=30)
    sito = serializers.URLField(max_length=200, allow_blank=True, required=False)
    referente_nome = serializers.CharField(max_length=80)
    referente_cognome = serializers.CharField(max_length=80)
    referente_telefono = serializers.CharField(max_length=30)
    referente_email = serializers.EmailField(max_length=254)
    motivazione = serializers.CharField(max_length=2000, allow_blank=True, default="")
    interesse = serializers.BooleanField(help_text="Sempre vero: è la richiesta.")
    regolamento_visto = serializers.BooleanField(
        help_text="Sempre vero: l'ente ha letto il Regolamento e ne rispetta gli impegni."
    )

    def validate_interesse(self, interesse: bool) -> bool:
        if not interesse:
            raise serializers.ValidationError(SENZA_INTERESSE)
        return interesse


class RinunciaForma(Forma):
    id = serializers.IntegerField()
    azienda = serializers.CharField(source="adesione.azienda.codice")
    adesione = serializers.IntegerField(source="adesione_id")
    ente = serializers.IntegerField(source="adesione.ente_id", allow_null=True)
    denominazione = serializers.CharField(source="adesione.denominazione")
    motivo = serializers.CharField()
    presentata_il = serializers.DateField()
    decorre_dal = serializers.DateField(help_text="Da quel giorno l'ente è fuori dalla Rete.")
    presa_atto_il = serializers.DateField(allow_null=True)
    seduta = serializers.IntegerField(source="seduta_id", allow_null=True)


class NuovaRinuncia(Corpo):
    motivo = serializers.CharField(max_length=10_000)
    presentata_il = serializers.DateField()
    decorre_dal = serializers.DateField(help_text="Da quel giorno l'ente è fuori dalla Rete.")


class PresaDAtto(Corpo):
    presa_atto_il = serializers.DateField()
    seduta = DellAzienda(
        queryset=Seduta.objects.all(), allow_null=True, required=False, default=None,
        help_text="Del Comitato della stessa ATS, aperta o chiusa.",
    )  # fmt: skip
