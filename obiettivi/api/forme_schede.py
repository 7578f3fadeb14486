# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of a scheda budget: itself, its content, what is sent to write it."""

from rest_framework import serializers

from obiettivi.models import AreaScheda, Indicatore, Misura, SchedaBudget
from piani.api.forme import Corpo, Forma, MiaAzienda, MiaUnita, Numero, Peso
from piani.models import Piano

ANNO = {"min_value": 2000, "max_value": 2100}
TESTO = {"max_length": 10_000, "allow_blank": True}


class SchedaForma(Forma):
    """A scheda, without its content."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    unita = serializers.IntegerField(source="unita_id")
    unita_codice = serializers.CharField(source="unita.codice")
    unita_nome = serializers.CharField(source="unita.nome")
    piano = serializers.CharField(source="piano.slug", allow_null=True)
    stato = serializers.ChoiceField(choices=SchedaBudget.Stato.choices)
    versione = serializers.IntegerField()
    nota = serializers.CharField()
    sottoscritta_il = serializers.DateTimeField(allow_null=True)
    divulgata_il = serializers.DateTimeField(allow_null=True)


class ModelloForma(Forma):
    """A template: a scheda of no CdR."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    nome = serializers.CharField()
    nota = serializers.CharField()


class ProponiSchede(Corpo):
    """The schede of a year to propose, for some CdR of the chart in force."""

    azienda = MiaAzienda()
    anno = serializers.IntegerField(**ANNO)
    unita = serializers.ListField(child=MiaUnita(), min_length=1, max_length=500)
    origine = serializers.CharField(
        max_length=80,
        help_text="«anno_prima»: la scheda dell'anno prima dello stesso CdR; «modello:…» con la "
        "chiave di un modello; «schema:…» con il codice di uno schema dell'anno.",
    )


class ProposteForma(Forma):
    schede = SchedaForma(many=True)


class NuovoModello(Corpo):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(**ANNO)
    nome = serializers.CharField(max_length=200)
    origine = serializers.CharField(
        max_length=80, help_text="«schema:…», «modello:…» oppure «scheda:…»."
    )


class IntestaScheda(Corpo):
    nota = serializers.CharField(**TESTO)


class IntestaModello(Corpo):
    nota = serializers.CharField(required=False, **TESTO)
    nome = serializers.CharField(max_length=200, required=False)


class RigaForma(Forma):
    """An objective of the CdR with its indicator."""

    id = serializers.IntegerField()
    obiettivo = serializers.CharField()
    indicatore = serializers.CharField(source="indicatore.codice")
    nome = serializers.CharField(source="indicatore.nome", help_text="Dell'indicatore.")
    misura = serializers.IntegerField(
        source="misura_id", allow_null=True, help_text="La stessa, nel piano."
    )
    aziendale = serializers.BooleanField()
    peso = Numero(5, 2, allow_null=True)
    storico_anno = serializers.IntegerField(allow_null=True)
    storico = serializers.CharField()
    dato_anno = serializers.IntegerField(allow_null=True)
    dato = serializers.CharField()
    atteso = serializers.CharField()


class RigaInteraForma(RigaForma):
    """The same at its own address."""

    scheda = serializers.IntegerField(source="area.scheda_id")
    area = serializers.IntegerField(source="area_id")
    ordine = serializers.IntegerField()
    nota = serializers.CharField()


class AreaDatiForma(Forma):
    id = serializers.IntegerField()
    tipo = serializers.ChoiceField(choices=AreaScheda.Tipo.choices)
    nome = serializers.CharField()
    peso = Numero(5, 2, allow_null=True)
    con_la_precedente = serializers.BooleanField()


class AreaSchedaForma(AreaDatiForma):
    """In the content of a scheda, with its rows."""

    righe = RigaForma(many=True)


class AreaInteraForma(AreaDatiForma):
    scheda = serializers.IntegerField(source="scheda_id")
    ordine = serializers.IntegerField()


class RisorsaForma(Forma):
    id = serializers.IntegerField()
    fattore = serializers.CharField()
    unita_misura = serializers.CharField()
    budget = Numero(15, 2, allow_null=True)
    previsione = Numero(15, 2, allow_null=True)
    consuntivo = Numero(15, 2, allow_null=True)
    commento = serializers.CharField()


class RisorsaInteraForma(RisorsaForma):
    scheda = serializers.IntegerField(source="scheda_id")
    ordine = serializers.IntegerField()


class PunteggioSchedaForma(Forma):
    frazione = serializers.CharField()
    livello = serializers.CharField()
    oggetto = serializers.IntegerField()
    stato = serializers.CharField()
    punteggio = Numero(30, 8, allow_null=True)
    copertura = Numero(7, 4)
    motivo = serializers.CharField()


class ContenutoForma(Forma):
    """What a scheda asks, with what, and the scores so far."""

    aree = AreaSchedaForma(many=True)
    risorse = RisorsaForma(many=True)
    punteggi = PunteggioSchedaForma(many=True)


class CambiaAreaScheda(Corpo):
    tipo = serializers.ChoiceField(choices=AreaScheda.Tipo.choices, required=False)
    nome = serializers.CharField(max_length=200, required=False)
    peso = Peso()
    con_la_precedente = serializers.BooleanField(required=False)


class NuovaAreaScheda(CambiaAreaScheda):
    nome = serializers.CharField(max_length=200)


class MioIndicatore(serializers.SlugRelatedField):
    """An indicator of the azienda of the scheda (``context["azienda"]``), by its code."""

    def __init__(self, **come: object) -> None:
        super().__init__(slug_field="codice", queryset=Indicatore.objects.all(), **come)

    def get_queryset(self) -> object:
        return Indicatore.objects.filter(azienda=self.context.get("azienda"))


class MiaMisura(serializers.PrimaryKeyRelatedField):
    """A misura of a plan of who asks."""

    def __init__(self, **come: object) -> None:
        super().__init__(queryset=Misura.objects.all(), **come)

    def get_queryset(self) -> object:
        visibili = Piano.objects.visibili_a(self.context["request"].user)
        return Misura.objects.filter(obiettivo__area__piano__in=visibili).select_related(
            "indicatore", "obiettivo__area__piano"
        )


class CambiaRiga(Corpo):
    obiettivo = serializers.CharField(max_length=2000, required=False)
    indicatore = MioIndicatore(required=False, help_text="Il suo codice.")
    misura = MiaMisura(required=False, allow_null=True, help_text="La stessa, nel piano.")
    aziendale = serializers.BooleanField(required=False)
    peso = Peso()
    storico_anno = serializers.IntegerField(required=False, allow_null=True, **ANNO)
    storico = serializers.CharField(max_length=200, allow_blank=True, required=False)
    dato_anno = serializers.IntegerField(required=False, allow_null=True, **ANNO)
    dato = serializers.CharField(max_length=200, allow_blank=True, required=False)
    atteso = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    nota = serializers.CharField(required=False, **TESTO)
    confermato = serializers.BooleanField(
        default=False, help_text="Chi scrive ha visto come si legge il valore atteso, e va bene."
    )


class NuovaRiga(CambiaRiga):
    obiettivo = serializers.CharField(max_length=2000)
    indicatore = MioIndicatore(help_text="Il suo codice.")


class CambiaRisorsa(Corpo):
    """Once the scheda is signed, only what becomes known in the year: ``previsione``,
    ``consuntivo``, ``commento``."""

    fattore = serializers.CharField(max_length=200, required=False)
    unita_misura = serializers.CharField(max_length=30, required=False)
    budget = Numero(15, 2, required=False, allow_null=True)
    previsione = Numero(15, 2, required=False, allow_null=True)
    consuntivo = Numero(15, 2, required=False, allow_null=True)
    commento = serializers.CharField(required=False, **TESTO)


class NuovaRisorsa(CambiaRisorsa):
    fattore = serializers.CharField(max_length=200)
