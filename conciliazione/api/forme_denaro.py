# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of payments, revocations, recoveries: what is given and what is sent."""

from rest_framework import serializers

from conciliazione.api.base import Chiave, Euro
from piani.api.forme import Corpo, Forma


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


class PagamentoDiAzione(Corpo):
    azione = Chiave(help_text="L'azione del piano che si paga.")
    beneficiario = serializers.CharField(max_length=200)
    importo = Euro(min_value=0)
    atto = serializers.CharField(max_length=200)
    disposto_il = serializers.DateField()


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


class CambiaRevoca(Corpo):
    atto = serializers.CharField(max_length=200, required=False)
    atto_del = serializers.DateField(required=False)
    trattenuto = Euro(
        min_value=0, required=False,
        help_text="Quanto resta al capofila, fra zero e ciò che gli è stato pagato.",
    )  # fmt: skip
    entro = serializers.DateField(
        required=False, allow_null=True,
        help_text="L'ultimo giorno per restituire; si dice se c'è qualcosa da restituire.",
    )  # fmt: skip


class NuovaRevoca(CambiaRevoca):
    progetto = Chiave(help_text="Un progetto già revocato.")
    atto = serializers.CharField(max_length=200)
    atto_del = serializers.DateField()


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
