# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of the scenarios of an allocation: what is given and what is sent."""

from typing import Any

from rest_framework import serializers

from conciliazione.api.base import CHIAVE_MASSIMA, Euro
from conciliazione.api.forme_bandi import MOLTI
from conciliazione.api.forme_rete import DellAzienda
from conciliazione.azioni.scenario import Scorrimento
from conciliazione.calcolo.metodo import Regola
from conciliazione.models import Seduta
from piani.api.forme import Corpo, Forma, Numero

REGOLE = [(una.value, una.value) for una in Regola]


class Percento(Numero):
    """A percentage, with as many decimals as it needs."""

    def __init__(self, **come: Any) -> None:
        super().__init__(9, 6, **come)


class FonteForma(Forma):
    ordine = serializers.IntegerField()
    descrizione = serializers.CharField()
    importo = Euro()


class RigaRipartoForma(Forma):
    proposta = serializers.IntegerField(source="proposta_id")
    titolo = serializers.CharField(source="proposta.titolo")
    ordine = serializers.IntegerField()
    costo = Euro(allow_null=True)
    richiesto = Euro()
    assegnato = Euro()
    passi = serializers.ListField(child=serializers.CharField(), help_text="Il conto, in frasi.")
    nota = serializers.CharField()


class DelProgettoForma(Forma):
    """An amount of one proposal."""

    proposta = serializers.IntegerField()
    importo = Euro()


class TaglioForma(DelProgettoForma):
    motivo = serializers.CharField()


class MetodoForma(Forma):
    regola = serializers.ChoiceField(choices=REGOLE)
    aliquota = Percento(allow_null=True)
    parziale = serializers.BooleanField()
    tetto = Euro(allow_null=True)
    tetto_quota = Percento(allow_null=True)
    minimo_quota = Percento(allow_null=True)
    riserve = serializers.BooleanField()
    riserve_tornano = serializers.BooleanField()
    tagli = TaglioForma(many=True)
    minimi = DelProgettoForma(many=True)
    importi = DelProgettoForma(many=True)
    garantiti = DelProgettoForma(
        many=True, help_text="Di uno scorrimento: ciò che tiene chi resta."
    )


class ScenarioForma(Forma):
    calcolati = ("metodo",)

    id = serializers.IntegerField()
    manifestazione = serializers.IntegerField(source="manifestazione_id")
    nome = serializers.CharField()
    deriva_da = serializers.IntegerField(source="deriva_da_id", allow_null=True)
    dotazione = Euro()
    residuo = Euro(allow_null=True)
    in_vigore = serializers.BooleanField()
    scelto_il = serializers.DateTimeField(allow_null=True)
    motivo = serializers.CharField()
    passi = serializers.ListField(child=serializers.CharField(), help_text="Il conto, in frasi.")
    metodo = MetodoForma()
    fonti = FonteForma(many=True)
    righe = RigaRipartoForma(many=True)


class FonteScritta(Corpo):
    descrizione = serializers.CharField(max_length=300, help_text="Da dove viene.")
    importo = Euro(min_value=0)


class DelProgetto(Corpo):
    proposta = serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA)
    importo = Euro(min_value=0)


class Taglio(DelProgetto):
    motivo = serializers.CharField(max_length=200, allow_blank=True, default="")


def una_percentuale(detto: str) -> Percento:
    return Percento(min_value=0, max_value=100, allow_null=True, required=False, help_text=detto)


class MetodoScritto(Corpo):
    """What is not named stays as it is; in a new scenario, as the page proposes it."""

    regola = serializers.ChoiceField(
        choices=REGOLE, required=False,
        help_text="In proporzione al richiesto, in ordine di graduatoria, la stessa percentuale "
        "per tutti, un importo a mano per ognuno.",
    )  # fmt: skip
    aliquota = una_percentuale("Solo con la regola «aliquota».")
    parziale = serializers.BooleanField(
        required=False,
        help_text="In ordine di graduatoria, il primo che non ci sta riceve ciò che resta.",
    )
    tetto = Euro(min_value=0, allow_null=True, required=False, help_text="Per progetto, in euro.")
    tetto_quota = una_percentuale("Il tetto per progetto, in percentuale del costo.")
    minimo_quota = una_percentuale("In percentuale del richiesto: chi avrebbe meno si ritira.")
    riserve = serializers.BooleanField(
        required=False, help_text="Si applicano le riserve dell'edizione."
    )
    riserve_tornano = serializers.BooleanField(
        required=False, help_text="Ciò che una riserva non usa torna agli altri."
    )
    tagli = Taglio(many=True, max_length=MOLTI, required=False, help_text="Tutti.")
    minimi = DelProgetto(many=True, max_length=MOLTI, required=False, help_text="Tutti.")
    importi = DelProgetto(
        many=True, max_length=MOLTI, required=False, help_text="Tutti quelli scritti a mano."
    )


class CambiaScenario(Corpo):
    nome = serializers.CharField(max_length=120, required=False)
    fonti = FonteScritta(many=True, max_length=MOLTI, required=False, help_text="Tutte.")
    metodo = MetodoScritto(required=False)


class NuovoScenario(Corpo):
    manifestazione = serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA)
    nome = serializers.CharField(max_length=120)
    fonti = FonteScritta(
        many=True, max_length=MOLTI, required=False,
        help_text="Se non si dicono, la dotazione della manifestazione.",
    )  # fmt: skip
    metodo = MetodoScritto(required=False)


class SceltaDelloScenario(Corpo):
    motivo = serializers.CharField(max_length=2000)
    seduta = DellAzienda(
        queryset=Seduta.objects.all(), allow_null=True, default=None,
        help_text="Del Comitato, aperta o già chiusa.",
    )  # fmt: skip


class ScorrimentoChiesto(Corpo):
    come = serializers.ChoiceField(choices=Scorrimento.choices)
