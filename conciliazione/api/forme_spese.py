# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of expenses, papers, cofinancing, requests: what is given and what is sent."""

from rest_framework import serializers

from conciliazione.api.base import Chiave, Euro
from conciliazione.api.forme_rete import DellAzienda
from conciliazione.models import AzioneProgetto, Ente, VoceBudget
from conciliazione.models.versione import Forma as InDenaroOPersonale
from piani.api.forme import Corpo, Forma, InBase64, Lista, Numero

SPESE = 500
"""Expenses of a load."""
RIGHE = 5000
"""Expenses, or contributions, of a request: more than there can be."""


class GiustificativoForma(Forma):
    id = serializers.IntegerField()
    nome = serializers.CharField()
    tipo = serializers.CharField()
    dimensione = serializers.IntegerField(help_text="In byte.")
    sha256 = serializers.CharField()


class GiustificativoDiSpesaForma(GiustificativoForma):
    spesa = serializers.IntegerField(source="spesa_id")
    caricato_il = serializers.DateTimeField()


class NuovoGiustificativo(Corpo):
    nome = serializers.CharField(max_length=200, help_text="Con la sua estensione.")
    contenuto = InBase64(help_text="Il documento, in base64.")


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
    progetto = Chiave()


class CaricoDiSpese(Corpo):
    progetto = Chiave()
    righe = Lista(child=CambiaSpesa(), min_length=1, max_length=SPESE)


class SpeseCaricateForma(Forma):
    inserite = serializers.IntegerField()
    spese = serializers.ListField(
        child=serializers.IntegerField(), help_text="Le loro chiavi, nell'ordine delle righe."
    )


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
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    nota = serializers.CharField()


class NuovoApporto(Corpo):
    progetto = Chiave()
    ente = DellAzienda(queryset=Ente.objects.all())
    forma = serializers.ChoiceField(choices=InDenaroOPersonale.choices)
    importo = Euro(
        min_value=0, allow_null=True, required=False,
        help_text="Del denaro; del personale si calcola, ore per costo orario.",
    )  # fmt: skip
    ore = Numero(8, 2, min_value=0, allow_null=True, required=False)
    costo_orario = Euro(min_value=0, allow_null=True, required=False)
    azione = DellAzienda(
        queryset=AzioneProgetto.objects.all(), allow_null=True, required=False,
        help_text="Senza, è di tutto il progetto.",
    )  # fmt: skip
    dal = serializers.DateField(allow_null=True, required=False)
    al = serializers.DateField(allow_null=True, required=False)
    nota = serializers.CharField(
        max_length=300, allow_blank=True, required=False, help_text="Da dove viene la cifra."
    )


class RendicontoForma(Forma):
    calcolati = ("spese", "apporti")
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
    spese = serializers.ListField(child=serializers.IntegerField(), help_text="Le spese che porta.")
    apporti = serializers.ListField(
        child=serializers.IntegerField(), help_text="Il cofinanziamento che porta."
    )


class NuovoRendiconto(Corpo):
    progetto = Chiave()
    rata = serializers.CharField(max_length=40, help_text="Codice della rata nell'edizione.")


class CambiaRendiconto(Corpo):
    dal = serializers.DateField(allow_null=True, required=False)
    al = serializers.DateField(allow_null=True, required=False)
    relazione = serializers.CharField(max_length=20_000, allow_blank=True, required=False)
    richiesto = Euro(min_value=0, allow_null=True, required=False)
    spese = Lista(
        child=Chiave(), max_length=RIGHE, required=False,
        help_text="Tutte quelle che porta: le altre del progetto tornano libere.",
    )  # fmt: skip
    apporti = Lista(
        child=Chiave(), max_length=RIGHE, required=False,
        help_text="Tutti quelli che porta: gli altri tornano liberi.",
    )  # fmt: skip


class AmmettiRiga(Corpo):
    """How much of a row is recognised."""

    ammesso = Euro(min_value=0)
    motivo = serializers.CharField(
        max_length=300, allow_blank=True, default="", help_text="Se non è tutto."
    )


class AmmettiSpesa(AmmettiRiga):
    spesa = Chiave()


class AmmettiApporto(AmmettiRiga):
    apporto = Chiave()


class EsameDelRendiconto(Corpo):
    spese = Lista(child=AmmettiSpesa(), max_length=RIGHE, required=False)
    apporti = Lista(child=AmmettiApporto(), max_length=RIGHE, required=False)
    resto = serializers.BooleanField(
        default=False, help_text="Ammetti per intero ciò che non è detto né già esaminato."
    )


class NotaDiVerifica(Corpo):
    nota = serializers.CharField(max_length=10_000, help_text="La legge chi ha rendicontato.")


class ApprovazioneDelRendiconto(Corpo):
    riconosciuto = Euro(min_value=0)
    nota = serializers.CharField(max_length=10_000, allow_blank=True, default="")
