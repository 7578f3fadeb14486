# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of the proposals and of what is under them: what is given and what is sent."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from conciliazione.api.base import CHIAVE_MASSIMA, Euro
from conciliazione.api.forme_bandi import MOLTI, Alcune
from conciliazione.api.forme_rete import DellAzienda
from conciliazione.azioni.proposta import LUNGO
from conciliazione.models import Ente, Proposta
from conciliazione.models.versione import Forma as FormaApporto
from piani.api.forme import Corpo, Forma, InBase64, Lista

QUANTI = 10_000_000
"""People, or companies, of an action: more than there can be."""


class PartnerForma(Forma):
    id = serializers.IntegerField()
    ente = serializers.IntegerField(source="ente_id")
    ente_nome = serializers.CharField(source="ente.nome")
    stato = serializers.CharField()
    ruolo = serializers.CharField()
    apporto = serializers.CharField()


class CostoForma(Forma):
    categoria = serializers.CharField()
    importo = Euro()


class AzionePropostaForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    titolo = serializers.CharField()
    intervento = serializers.CharField(help_text="Codice del catalogo dell'edizione.")
    descrizione = serializers.CharField()
    persone = serializers.IntegerField(allow_null=True)
    imprese = serializers.IntegerField(allow_null=True)
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    costi = CostoForma(many=True)


class CofinanziamentoForma(Forma):
    ente = serializers.IntegerField(source="ente_id", allow_null=True)
    forma = serializers.CharField(help_text="denaro o personale.")
    pubblico = serializers.BooleanField()
    importo = Euro()


class VersioneForma(Forma):
    id = serializers.IntegerField()
    numero = serializers.IntegerField()
    titolo = serializers.CharField()
    finalita = serializers.ListField(child=serializers.CharField())
    bisogni = serializers.CharField()
    descrizione = serializers.CharField()
    risultati = serializers.CharField()
    continuita = serializers.CharField()
    territorio = serializers.CharField()
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    contributo = Euro(allow_null=True)
    costo_dichiarato = Euro(allow_null=True)
    chiusa_il = serializers.DateTimeField(allow_null=True, help_text="Vuoto mentre si scrive.")
    modifiche = serializers.IntegerField(help_text="Quante volte è stata salvata.")
    sha256 = serializers.CharField(
        source="ammissibilita.sha256", allow_null=True,
        help_text="L'impronta della fotografia: c'è quando è chiusa.",
    )  # fmt: skip
    azioni = AzionePropostaForma(many=True)
    cofinanziamenti = CofinanziamentoForma(many=True)


class AllegatoForma(Forma):
    id = serializers.IntegerField()
    nome = serializers.CharField()
    tipo = serializers.CharField()
    dimensione = serializers.IntegerField(help_text="In byte.")
    sha256 = serializers.CharField()
    caricato_il = serializers.DateTimeField()


class PropostaForma(Forma):
    id = serializers.IntegerField()
    manifestazione = serializers.IntegerField(source="manifestazione_id")
    numero = serializers.IntegerField(allow_null=True)
    titolo = serializers.CharField()
    capofila = serializers.IntegerField(source="capofila_id")
    capofila_nome = serializers.CharField(source="capofila.nome")
    stato = serializers.CharField()
    aperta = serializers.BooleanField(help_text="L'Alleanza accoglie altri enti.")
    modalita_adesione = serializers.CharField(help_text="Come si aggiungono altri partner.")
    confluita_in = serializers.IntegerField(source="confluita_in_id", allow_null=True)
    presentata_il = serializers.DateTimeField(allow_null=True)
    motivo = serializers.CharField()
    partner = PartnerForma(many=True)
    versioni = VersioneForma(many=True)
    allegati = AllegatoForma(many=True)


class AzioneDiPropostaForma(AzionePropostaForma):
    """An action at its own address."""

    proposta = serializers.IntegerField(source="versione.proposta_id")
    versione = serializers.IntegerField(source="versione_id")


class PartnerDiPropostaForma(PartnerForma):
    """A partner at its own address."""

    calcolati = ("nota",)

    proposta = serializers.IntegerField(source="proposta_id")
    risposto_il = serializers.DateTimeField(allow_null=True)
    nota = serializers.CharField(help_text="La legge chi guida l'Alleanza e chi l'ha scritta.")


class AllegatoDiPropostaForma(AllegatoForma):
    """A paper at its own address."""

    proposta = serializers.IntegerField(source="proposta_id")


class NuovaProposta(Corpo):
    manifestazione = serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA)
    ente = DellAzienda(
        queryset=Ente.objects.all(), help_text="Il capofila: lo rappresenta chi propone."
    )
    titolo = serializers.CharField(max_length=200)


def testo_lungo() -> serializers.CharField:
    return serializers.CharField(max_length=LUNGO, allow_blank=True, required=False)


class CambiaProposta(Corpo):
    titolo = serializers.CharField(max_length=200, required=False)
    finalita = Lista(
        child=serializers.CharField(max_length=60), max_length=MOLTI, required=False,
        help_text="Codici dell'edizione: tutte quelle della proposta.",
    )  # fmt: skip
    bisogni = testo_lungo()
    descrizione = testo_lungo()
    risultati = testo_lungo()
    continuita = testo_lungo()
    territorio = serializers.CharField(max_length=300, allow_blank=True, required=False)
    dal = serializers.DateField(allow_null=True, required=False)
    al = serializers.DateField(allow_null=True, required=False)
    aperta = serializers.BooleanField(required=False, help_text="L'Alleanza accoglie altri enti.")
    modalita_adesione = testo_lungo()


class CostoScritto(Corpo):
    categoria = serializers.CharField(max_length=60, help_text="Codice dell'edizione.")
    importo = Euro(min_value=0)


class CambiaAzione(Corpo):
    titolo = serializers.CharField(max_length=200, required=False)
    intervento = serializers.CharField(
        max_length=60, allow_blank=True, required=False,
        help_text="Codice del catalogo dell'edizione.",
    )  # fmt: skip
    descrizione = testo_lungo()
    persone = serializers.IntegerField(
        min_value=0, max_value=QUANTI, allow_null=True, required=False
    )
    imprese = serializers.IntegerField(
        min_value=0, max_value=QUANTI, allow_null=True, required=False
    )
    dal = serializers.DateField(allow_null=True, required=False)
    al = serializers.DateField(allow_null=True, required=False)
    costi = CostoScritto(
        many=True, max_length=MOLTI, required=False,
        help_text="Tutti quelli dell'azione: chi non è nell'elenco si toglie.",
    )  # fmt: skip

    def validate_costi(self, costi: list[dict[str, Any]]) -> dict[str, Decimal]:
        """By heading, each once."""
        per_categoria = {uno["categoria"]: uno["importo"] for uno in costi}
        if len(per_categoria) < len(costi):
            raise serializers.ValidationError(_("Ogni categoria di costo si scrive una volta."))
        return per_categoria


class NuovaAzione(CambiaAzione):
    titolo = serializers.CharField(max_length=200)


class ApportoScritto(Corpo):
    ente = DellAzienda(queryset=Ente.objects.all(), help_text="Il capofila, o un partner.")
    forma = serializers.ChoiceField(choices=FormaApporto.choices)
    importo = Euro(min_value=0)


class RisorseDellaProposta(Corpo):
    contributo = Euro(min_value=0, allow_null=True)
    costo_dichiarato = Euro(
        min_value=0, allow_null=True, help_text="La somma dei costi delle azioni."
    )
    apporti = ApportoScritto(
        many=True, max_length=MOLTI, help_text="Tutto ciò che mettono gli enti dell'Alleanza."
    )


class InvitoDelPartner(Corpo):
    ente = DellAzienda(queryset=Ente.objects.all(), help_text="Un ente della Rete.")
    ruolo = serializers.CharField(max_length=200, allow_blank=True, default="")
    apporto = serializers.CharField(max_length=LUNGO, allow_blank=True, default="")


class RispostaDelPartner(Corpo):
    accetta = serializers.BooleanField()
    nota = serializers.CharField(
        max_length=2000, allow_blank=True, default="", help_text="La legge il capofila."
    )


class NuovoAllegato(Corpo):
    nome = serializers.CharField(max_length=200, help_text="Con la sua estensione.")
    contenuto = InBase64(help_text="Il documento, in base64.")


class VersioneVista(Corpo):
    visto = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, allow_null=True, default=None,
        help_text="Le «modifiche» della versione che si è letta: se intanto qualcuno ha salvato, "
        "non si presenta.",
    )  # fmt: skip


class FusioneDiProposte(Corpo):
    altre = Alcune(Proposta, min_length=1, help_text="Le proposte che confluiscono in questa.")
    titolo = serializers.CharField(
        max_length=200, allow_blank=True, default="", help_text="Vuoto: resta quello di questa."
    )
    motivo = serializers.CharField(max_length=300)
