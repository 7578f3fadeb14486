# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of the rows of a plan's tree."""

from rest_framework import serializers

from obiettivi.api.forme import AttesoCorpo, PunteggioBreve, TargetForma
from obiettivi.models import AreaStrategica, Obiettivo
from piani.api.forme import Corpo, Forma, MiaUnita, Numero, Peso


class AreaForma(Forma):
    """An area, or a linea strategica."""

    id = serializers.IntegerField()
    piano = serializers.CharField(source="piano.slug")
    codice = serializers.CharField()
    tipo = serializers.ChoiceField(choices=AreaStrategica.Tipo.choices)
    ordine = serializers.IntegerField()
    nome = serializers.CharField()
    descrizione = serializers.CharField()
    peso = Numero(5, 2, allow_null=True)
    nota = serializers.CharField()


class CambiaArea(Corpo):
    codice = serializers.CharField(max_length=20, required=False)
    tipo = serializers.ChoiceField(choices=AreaStrategica.Tipo.choices, required=False)
    nome = serializers.CharField(max_length=200, required=False)
    descrizione = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    peso = Peso()
    nota = serializers.CharField(max_length=5000, allow_blank=True, required=False)


class NuovaArea(CambiaArea):
    codice = serializers.CharField(max_length=20)
    nome = serializers.CharField(max_length=200)


class NuovoObiettivo(Corpo):
    """An objective to add; ``sotto``: part of another of the same area."""

    codice = serializers.CharField(max_length=30)
    titolo = serializers.CharField(max_length=2000)
    descrizione = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    dimensione = serializers.ChoiceField(
        choices=Obiettivo.Dimensione.choices, allow_blank=True, required=False
    )
    sotto = serializers.PrimaryKeyRelatedField(
        source="parent", queryset=Obiettivo.objects.all(), required=False, allow_null=True
    )
    responsabile = MiaUnita(required=False, allow_null=True)
    peso = Peso()
    prerequisito = serializers.BooleanField(required=False)
    nota = serializers.CharField(max_length=5000, allow_blank=True, required=False)


class CambiaObiettivo(NuovoObiettivo):
    codice = serializers.CharField(max_length=30, required=False)
    titolo = serializers.CharField(max_length=2000, required=False)


class ObiettivoForma(Forma):
    """An objective."""

    id = serializers.IntegerField()
    piano = serializers.CharField(source="area.piano.slug")
    area = serializers.IntegerField(source="area_id")
    codice = serializers.CharField()
    ordine = serializers.IntegerField()
    titolo = serializers.CharField()
    descrizione = serializers.CharField()
    dimensione = serializers.ChoiceField(choices=Obiettivo.Dimensione.choices, allow_blank=True)
    sotto = serializers.IntegerField(source="parent_id", allow_null=True)
    responsabile = serializers.IntegerField(source="responsabile_id", allow_null=True)
    peso = Numero(5, 2, allow_null=True)
    prerequisito = serializers.BooleanField()
    nota = serializers.CharField()


class MisuraForma(Forma):
    """An indicator at the service of an objective."""

    id = serializers.IntegerField()
    piano = serializers.CharField(source="obiettivo.area.piano.slug")
    obiettivo = serializers.IntegerField(source="obiettivo_id")
    indicatore = serializers.CharField(source="indicatore.codice")
    indicatore_id = serializers.IntegerField()
    nome = serializers.CharField(source="indicatore.nome")
    ordine = serializers.IntegerField()
    peso = Numero(5, 2, allow_null=True)
    base_anno = serializers.IntegerField(allow_null=True)
    base_stampata = serializers.CharField()
    nota = serializers.CharField()
    target = TargetForma(many=True)


class CambiaMisura(Corpo):
    """What changes; the years not named keep their target."""

    attesi = AttesoCorpo(many=True, required=False)
    base = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    base_anno = serializers.IntegerField(
        min_value=1990, max_value=2105, required=False, allow_null=True
    )
    peso = Peso()
    nota = serializers.CharField(max_length=5000, allow_blank=True, required=False)


class NuovaMisura(CambiaMisura):
    indicatore = serializers.CharField(max_length=30, help_text="Codice, nella stessa azienda.")


class MisuraDellAlbero(Forma):
    """A misura inside the tree."""

    id = serializers.IntegerField()
    indicatore = serializers.CharField()
    nome = serializers.CharField()
    unita = serializers.CharField(help_text="Unità di misura.")
    peso = Numero(5, 2, allow_null=True)
    base_anno = serializers.IntegerField(allow_null=True)
    base_stampata = serializers.CharField()
    target = TargetForma(many=True)
    punteggi = PunteggioBreve(many=True)


class ObiettivoDellAlbero(Forma):
    """An objective inside the tree; ``sotto`` is the one that it is part of."""

    id = serializers.IntegerField()
    codice = serializers.CharField()
    titolo = serializers.CharField()
    dimensione = serializers.ChoiceField(choices=Obiettivo.Dimensione.choices, allow_blank=True)
    sotto = serializers.IntegerField(allow_null=True)
    responsabile = serializers.IntegerField(allow_null=True)
    peso = Numero(5, 2, allow_null=True)
    prerequisito = serializers.BooleanField()
    misure = MisuraDellAlbero(many=True)


class AreaDellAlbero(Forma):
    """An area inside the tree."""

    id = serializers.IntegerField()
    codice = serializers.CharField()
    tipo = serializers.ChoiceField(choices=AreaStrategica.Tipo.choices)
    nome = serializers.CharField()
    peso = Numero(5, 2, allow_null=True)
    obiettivi = ObiettivoDellAlbero(many=True)


class AlberoForma(Forma):
    """The whole tree of a plan."""

    piano = serializers.CharField()
    aree = AreaDellAlbero(many=True)
