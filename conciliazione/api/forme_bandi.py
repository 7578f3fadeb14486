# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of calls, proposals, evaluations and allocations."""

from rest_framework import serializers

from conciliazione.api.base import Euro
from piani.api.forme import Corpo, Forma, Numero


class CriterioForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    codice = serializers.CharField()
    nome = serializers.CharField()
    punti = Numero(6, 2, help_text="Al massimo.")
    premiale = serializers.BooleanField()
    fonte = serializers.CharField()


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


class PartnerForma(Forma):
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
    azioni = AzionePropostaForma(many=True)
    cofinanziamenti = CofinanziamentoForma(many=True)


class PropostaForma(Forma):
    id = serializers.IntegerField()
    manifestazione = serializers.IntegerField(source="manifestazione_id")
    numero = serializers.IntegerField(allow_null=True)
    titolo = serializers.CharField()
    capofila = serializers.IntegerField(source="capofila_id")
    capofila_nome = serializers.CharField(source="capofila.nome")
    stato = serializers.CharField()
    aperta = serializers.BooleanField(help_text="L'Alleanza accoglie altri enti.")
    confluita_in = serializers.IntegerField(source="confluita_in_id", allow_null=True)
    presentata_il = serializers.DateTimeField(allow_null=True)
    motivo = serializers.CharField()
    partner = PartnerForma(many=True)
    versioni = VersioneForma(many=True)


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


class ScenarioForma(Forma):
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
    fonti = FonteForma(many=True)
    righe = RigaRipartoForma(many=True)


class ProrogaDellAvviso(Corpo):
    chiude_il = serializers.DateTimeField()
    motivo = serializers.CharField(max_length=2000)


class MotivoFacoltativo(Corpo):
    motivo = serializers.CharField(max_length=2000, allow_blank=True, default="")
