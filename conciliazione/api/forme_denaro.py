# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of requests, expenses, payments: what is given and what is sent."""

from rest_framework import serializers

from conciliazione.api.base import CHIAVE_MASSIMA, Euro
from conciliazione.api.forme_rete import DellAzienda
from conciliazione.models import Ente, VoceBudget
from piani.api.forme import Corpo, Forma, Numero


class RendicontoForma(Forma):
    id = serializers.IntegerField()
    progetto = serializers.IntegerField(source="progetto_id")
    rata = serializers.CharField(help_text="Codice della rata nell'edizione.")
    stato = serializers.CharField()
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    relazione = serializers.CharField()
    richiesto = Euro(allow_null=True)
    riconosciuto = Euro(allow_null=True)
    verifiche = serializers.DictField(
        allow_null=True, help_text="I tetti come sono risultati all'approvazione."
    )
    trasmesso_il = serializers.DateTimeField(allow_null=True)
    verificato_il = serializers.DateTimeField(allow_null=True)
    nota = serializers.CharField()


class GiustificativoForma(Forma):
    nome = serializers.CharField()
    tipo = serializers.CharField()
    dimensione = serializers.IntegerField()
    sha256 = serializers.CharField()


class SpesaForma(Forma):
    id = serializers.IntegerField()
    progetto = serializers.IntegerField(source="progetto_id")
    voce = serializers.IntegerField(source="voce_id", help_text="Voce di budget dell'azione.")
    categoria = serializers.CharField(source="voce.categoria")
    ente = serializers.IntegerField(source="ente_id")
    rendiconto = serializers.IntegerField(source="rendiconto_id", allow_null=True)
    descrizione = serializers.CharField()
    fornitore = serializers.CharField()
    documento = serializers.CharField()
    documento_del = serializers.DateField()
    pagata_il = serializers.DateField(allow_null=True)
    importo = Euro()
    ammesso = Euro(allow_null=True)
    motivo = serializers.CharField(help_text="Perché non è ammessa per intero.")
    giustificativi = GiustificativoForma(many=True)


class CambiaSpesa(Corpo):
    voce = DellAzienda(queryset=VoceBudget.objects.all())
    ente = DellAzienda(queryset=Ente.objects.all())
    descrizione = serializers.CharField(max_length=300)
    documento = serializers.CharField(max_length=100)
    documento_del = serializers.DateField()
    importo = Euro(min_value=0)
    fornitore = serializers.CharField(max_length=200, allow_blank=True, required=False)
    pagata_il = serializers.DateField(allow_null=True, required=False)


class NuovaSpesa(CambiaSpesa):
    progetto = serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA)


class ApportoForma(Forma):
    id = serializers.IntegerField()
    progetto = serializers.IntegerField(source="progetto_id")
    azione = serializers.IntegerField(source="azione_id", allow_null=True)
    ente = serializers.IntegerField(source="ente_id")
    rendiconto = serializers.IntegerField(source="rendiconto_id", allow_null=True)
    forma = serializers.CharField(help_text="denaro o personale.")
    pubblico = serializers.BooleanField()
    ore = Numero(10, 2, allow_null=True)
    costo_orario = Euro(allow_null=True)
    importo = Euro()
    ammesso = Euro(allow_null=True)
    motivo = serializers.CharField()
    nota = serializers.CharField()


class PagamentoForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    rendiconto = serializers.IntegerField(source="rendiconto_id", allow_null=True)
    azione = serializers.IntegerField(source="azione_id", allow_null=True)
    beneficiario = serializers.CharField()
    importo = Euro()
    stato = serializers.CharField(help_text="disposto, eseguito o annullato.")
    atto = serializers.CharField()
    mandato = serializers.CharField()
    disposto_il = serializers.DateField()
    eseguito_il = serializers.DateField(allow_null=True)
    motivo = serializers.CharField()


class NuovoPagamento(Corpo):
    atto = serializers.CharField(max_length=200)
    disposto_il = serializers.DateField()
    importo = Euro(
        required=False, allow_null=True, default=None, help_text="Vuoto: tutto ciò che resta."
    )


class EseguiPagamento(Corpo):
    eseguito_il = serializers.DateField()
    mandato = serializers.CharField(max_length=60, allow_blank=True, default="")


class AnnullaMovimento(Corpo):
    motivo = serializers.CharField(max_length=300)


class RevocaForma(Forma):
    calcolati = ("liquidato", "da_restituire", "recuperato", "da_recuperare")
    id = serializers.IntegerField()
    progetto = serializers.IntegerField(source="progetto_id")
    atto = serializers.CharField()
    atto_del = serializers.DateField()
    trattenuto = Euro(help_text="Quanto resta al capofila di ciò che gli è stato pagato.")
    entro = serializers.DateField(allow_null=True, help_text="L'ultimo giorno per restituire.")
    liquidato = Euro(help_text="Pagato al capofila.")
    da_restituire = Euro()
    recuperato = Euro(help_text="Già rientrato.")
    da_recuperare = Euro(help_text="Manca ancora.")


class IncassoForma(Forma):
    id = serializers.IntegerField()
    progetto = serializers.IntegerField(source="progetto_id")
    importo = Euro()
    atto = serializers.CharField()
    reversale = serializers.CharField()
    incassato_il = serializers.DateField()
    annullato_il = serializers.DateTimeField(allow_null=True)
    motivo = serializers.CharField()


class NuovoIncasso(Corpo):
    importo = Euro()
    atto = serializers.CharField(max_length=200)
    incassato_il = serializers.DateField()
    reversale = serializers.CharField(max_length=60, allow_blank=True, default="")


class NotaDiVerifica(Corpo):
    nota = serializers.CharField(max_length=10_000, help_text="La legge chi ha rendicontato.")


class ApprovazioneDelRendiconto(Corpo):
    riconosciuto = Euro(min_value=0)
    nota = serializers.CharField(max_length=10_000, allow_blank=True, default="")
