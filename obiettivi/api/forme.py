# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes that more than one resource of this floor gives."""

from rest_framework import serializers

from obiettivi.calcolo.letture import Certezza
from obiettivi.models import Prospettiva, Raggiungimento
from piani.api.forme import Corpo, Forma, Numero


class TargetForma(Forma):
    """What is asked of a misura in a year."""

    id = serializers.IntegerField()
    anno = serializers.IntegerField()
    stampato = serializers.CharField()
    certezza = serializers.ChoiceField(
        choices=[str(una) for una in Certezza], help_text="Di come il testo è stato letto."
    )
    confermato_il = serializers.DateTimeField(allow_null=True)


class PunteggioBreve(Forma):
    """A score of a year."""

    prospettiva = serializers.ChoiceField(choices=Prospettiva.choices)
    anno = serializers.IntegerField()
    stato = serializers.ChoiceField(choices=Raggiungimento.Stato.choices)
    punteggio = Numero(30, 8, allow_null=True)
    copertura = Numero(7, 4)
    motivo = serializers.CharField()
    dimostrativo = serializers.BooleanField()


class ConMotivo(Corpo):
    """Why something is done, where the state of things asks for it."""

    motivo = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class AttesoCorpo(Corpo):
    """What is asked in a year; an empty text takes it away."""

    anno = serializers.IntegerField(min_value=2000, max_value=2105)
    stampato = serializers.CharField(allow_blank=True, max_length=1000)
    confermato = serializers.BooleanField(
        required=False, default=False, help_text="Chi scrive ha visto come si legge, e va bene."
    )
