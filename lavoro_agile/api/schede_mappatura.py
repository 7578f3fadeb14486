# SPDX-License-Identifier: AGPL-3.0-or-later
"""The forms of the units in a mapping: compiled, sent, acquired or given back."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from lavoro_agile.api.base import DellUnitaForma, Risorsa
from lavoro_agile.azioni.campagna import PERMESSO as APRE
from lavoro_agile.azioni.campagna import togli_unita
from lavoro_agile.azioni.mappatura import (
    ACQUISISCE,
    COMPILA,
    LUNGO,
    MOLTE_PERSONE,
    MOLTI,
    SCRITTI,
    Attivita,
    Profilo,
    acquisisci_mappatura,
    esigi_compila,
    riapri_mappatura,
    scrivi_mappatura,
    trasmetti_mappatura,
)
from lavoro_agile.azioni.passi import bloccata
from lavoro_agile.calcolo.controlli import RIGHE_AL_PIU
from lavoro_agile.models import (
    Area,
    AttivitaMappata,
    Livello,
    MappaturaAttivita,
    ProfiloMappato,
    Smartabile,
)
from lavoro_agile.models.visibilita import UFFICIO, con_ruolo, di_chi_guida
from piani.api.elenchi import Righe, annida, filtro
from piani.api.forme import Corpo, Forma
from piani.api.passi import SiToglie, un_passo
from piani.models import Utente


class NotaDiAcquisizione(Corpo):
    nota = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class NotaDiRiapertura(Corpo):
    nota = serializers.CharField(max_length=10_000, help_text="Che cosa correggere.")


class AttivitaForma(Forma):
    ordine = serializers.IntegerField()
    nome = serializers.CharField()
    delocalizzabile = serializers.BooleanField()
    autonomia = serializers.CharField(help_text="alto, medio o basso.")
    interdipendenza = serializers.CharField()
    misurabilita = serializers.CharField()
    smartabile = serializers.CharField(help_text="Secondo la regola: si, in_parte, no.")
    corretta_in = serializers.CharField(help_text="Secondo il responsabile, se diverso.")
    motivo = serializers.CharField(help_text="Perché il responsabile la giudica diversamente.")


class ProfiloForma(Forma):
    area = serializers.CharField()
    profilo = serializers.CharField()
    in_servizio = serializers.IntegerField()
    potenziali = serializers.IntegerField()


class SchedaMappaturaForma(DellUnitaForma):
    id = serializers.IntegerField()
    campagna = serializers.IntegerField(source="campagna_id")
    anno = serializers.IntegerField(source="campagna.anno")
    stato = serializers.CharField(
        help_text="da_compilare, in_compilazione, trasmessa o chiusa (acquisita)."
    )
    formazione = serializers.CharField()
    tecnologia = serializers.CharField()
    pc_da_fornire = serializers.IntegerField(allow_null=True)
    connessioni_da_fornire = serializers.IntegerField(allow_null=True)
    coworking = serializers.CharField()
    criticita = serializers.CharField()
    giorni_presenza = serializers.IntegerField(allow_null=True)
    trasmessa_il = serializers.DateTimeField(allow_null=True)
    attivita = AttivitaForma(many=True)
    profili = ProfiloForma(
        many=True, help_text="Solo per le risorse umane e per chi guida l'unità."
    )


class AttivitaCorpo(Corpo):
    nome = serializers.CharField(max_length=300)
    delocalizzabile = serializers.BooleanField(default=True)
    autonomia = serializers.ChoiceField(choices=Livello.choices)
    interdipendenza = serializers.ChoiceField(choices=Livello.choices)
    misurabilita = serializers.ChoiceField(choices=Livello.choices)
    corretta_in = serializers.ChoiceField(
        choices=Smartabile.choices, allow_blank=True, default="",
        help_text="Come la giudica il responsabile, se diversamente dalla regola.",
    )  # fmt: skip
    motivo = serializers.CharField(
        max_length=LUNGO, allow_blank=True, default="", help_text="Dovuto se c'è «corretta_in»."
    )


class ProfiloCorpo(Corpo):
    profilo = serializers.CharField(max_length=120)
    area = serializers.ChoiceField(choices=Area.choices)
    in_servizio = serializers.IntegerField(min_value=0, max_value=MOLTE_PERSONE)
    potenziali = serializers.IntegerField(min_value=0, max_value=MOLTE_PERSONE)


class CambiaScheda(Corpo):
    formazione = serializers.CharField(max_length=LUNGO, allow_blank=True, required=False)
    tecnologia = serializers.CharField(max_length=LUNGO, allow_blank=True, required=False)
    pc_da_fornire = serializers.IntegerField(
        min_value=0, max_value=MOLTI, allow_null=True, required=False
    )
    connessioni_da_fornire = serializers.IntegerField(
        min_value=0, max_value=MOLTI, allow_null=True, required=False
    )
    coworking = serializers.CharField(max_length=LUNGO, allow_blank=True, required=False)
    criticita = serializers.CharField(max_length=LUNGO, allow_blank=True, required=False)
    giorni_presenza = serializers.IntegerField(
        min_value=0, max_value=7, allow_null=True, required=False
    )
    attivita = AttivitaCorpo(
        many=True, max_length=RIGHE_AL_PIU, required=False, help_text="Tutte, in ordine."
    )
    profili = ProfiloCorpo(
        many=True, max_length=RIGHE_AL_PIU, required=False, help_text="Tutti, in ordine."
    )


def _trasmetti(scheda: MappaturaAttivita, *, da: Utente | None) -> None:
    trasmetti_mappatura(scheda, visto=str(scheda.modifiche), da=da)


class SchedaMappaturaRisorsa(SiToglie, Risorsa):
    """Le schede delle unità, con le attività; le persone per profilo le legge chi le tiene. Le
    scrive chi guida l'unità, o per suo conto le risorse umane."""

    raccolta = "schede-di-mappatura"
    modello = MappaturaAttivita
    serializer_class = SchedaMappaturaForma
    filterset_class = filtro(
        MappaturaAttivita, "unita__nome", azienda="campagna__azienda__codice",
        campagna="campagna", anno="campagna__anno", stato="stato",
    )  # fmt: skip
    ordini = {"trasmessa_il": "trasmessa_il"}
    ordine = ("campagna_id", "unita__ordine")
    collegati = ("campagna__azienda", "unita")
    condizionati = ("partial_update", "destroy")
    toglie = (APRE, togli_unita)
    trasmissione = un_passo("trasmissione", "Trasmetti alle risorse umane", COMPILA, _trasmetti)
    acquisizione = un_passo(
        "acquisizione", "Acquisisci", ACQUISISCE, acquisisci_mappatura, NotaDiAcquisizione
    )
    riapertura = un_passo(
        "riapertura", "Riapri perché sia corretta", ACQUISISCE, riapri_mappatura, NotaDiRiapertura
    )

    def completa(self, righe: Righe) -> None:
        attivita = AttivitaMappata.objects.order_by("ordine")
        annida(righe, "attivita", attivita, "mappatura", AttivitaForma)
        annida(righe, "profili", self._profili(), "mappatura", ProfiloForma)

    def esigi(self, permesso: str, oggetto: Any) -> None:
        """To compile is of two: who leads the unit, and the risorse umane on their behalf."""
        if permesso == COMPILA:
            esigi_compila(self.request.user, oggetto)
        else:
            super().esigi(permesso, oggetto)

    def blocca(self, riga: MappaturaAttivita) -> None:
        bloccata(riga.campagna)
        super().blocca(riga)

    @extend_schema(summary="Compila la bozza", request=CambiaScheda, responses=SchedaMappaturaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(COMPILA) as scheda:
            dati = _com_e(scheda) | self.letti(CambiaScheda)
            scrivi_mappatura(
                scheda,
                valori={nome: dati[nome] for nome in SCRITTI},
                attivita=[Attivita(**una) for una in dati["attivita"]],
                profili=[Profilo(**uno) for uno in dati["profili"]],
                visto=str(scheda.modifiche),
                da=request.user,
            )
        return self.risposta(self.una(pk=scheda.pk))

    def _profili(self) -> QuerySet[Any]:
        """Small groups as they are: of the office, and of who wrote them."""
        ufficio = con_ruolo(self.request.user, *UFFICIO, azienda="mappatura__campagna__azienda")
        miei = di_chi_guida(self.request.user, "mappatura__unita")
        return ProfiloMappato.objects.filter(ufficio | miei).order_by("ordine")


def _com_e(scheda: MappaturaAttivita) -> dict[str, Any]:
    """What the form says, as it is sent to change it."""
    return {nome: getattr(scheda, nome) for nome in SCRITTI} | {
        "attivita": list(scheda.attivita.order_by("ordine").values(*AttivitaCorpo().fields)),
        "profili": list(scheda.profili.order_by("ordine").values(*ProfiloCorpo().fields)),
    }
