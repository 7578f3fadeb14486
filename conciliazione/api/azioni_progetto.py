# SPDX-License-Identifier: AGPL-3.0-or-later
"""The actions of the projects: their period and state, the pieces of the gantt, the budget."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import TANTI, Euro, Righe, annida, filtro
from conciliazione.api.del_progetto import DelProgetto
from conciliazione.azioni.azione_progetto import (
    GESTISCE,
    aggiungi_attivita,
    avanza_azione,
    modifica_azione,
    scrivi_voci_di_budget,
    togli_attivita,
)
from conciliazione.azioni.azione_progetto import PERMESSO as DOCUMENTA
from conciliazione.models import AttivitaAzione, AzioneProgetto, Progetto, VoceBudget
from conciliazione.models.azioni import StatoAzione
from piani.api.forme import Corpo, Forma
from piani.api.passi import SiToglie, un_passo


class BudgetForma(Forma):
    id = serializers.IntegerField()
    categoria = serializers.CharField()
    importo = Euro()


class AttivitaDiAzioneForma(Forma):
    id = serializers.IntegerField()
    nome = serializers.CharField()
    dal = serializers.DateField()
    al = serializers.DateField()


class AttivitaDiProgettoInteraForma(AttivitaDiAzioneForma):
    """A piece with the action that it is part of."""

    azione = serializers.IntegerField(source="azione_id")
    ordine = serializers.IntegerField()


class AzioneDiProgettoForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    titolo = serializers.CharField()
    intervento = serializers.CharField(help_text="Codice del catalogo dell'edizione.")
    descrizione = serializers.CharField()
    stato = serializers.CharField()
    persone = serializers.IntegerField(allow_null=True, help_text="Previste.")
    imprese = serializers.IntegerField(allow_null=True, help_text="Imprese ed enti previsti.")
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    budget = BudgetForma(many=True)
    attivita = AttivitaDiAzioneForma(many=True)


class AzioneDiProgettoInteraForma(AzioneDiProgettoForma):
    """An action with the project that it is part of."""

    progetto = serializers.IntegerField(source="progetto_id")


class AvanzamentoDellAzione(Corpo):
    stato = serializers.ChoiceField(choices=StatoAzione.choices)


class CambiaAzioneDiProgetto(Corpo):
    descrizione = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    dal = serializers.DateField(
        allow_null=True, required=False, help_text="Non prima del progetto."
    )
    al = serializers.DateField(
        allow_null=True, required=False, help_text="Non dopo la fine del progetto."
    )
    persone = serializers.IntegerField(
        min_value=0, max_value=TANTI, allow_null=True, required=False
    )
    imprese = serializers.IntegerField(
        min_value=0, max_value=TANTI, allow_null=True, required=False
    )


class NuovaAttivitaDiAzione(Corpo):
    nome = serializers.CharField(max_length=200)
    dal = serializers.DateField()
    al = serializers.DateField()


class ImportoDiBudget(Corpo):
    categoria = serializers.CharField(max_length=60, help_text="Codice fra quelli dell'edizione.")
    importo = Euro(min_value=0)


class CambiaBudgetDellAzione(Corpo):
    budget = ImportoDiBudget(many=True, allow_empty=False, max_length=100)

    def validate_budget(self, righe: list[dict[str, Any]]) -> list[dict[str, Any]]:
        viste: set[str] = set()
        for riga in righe:
            if riga["categoria"] in viste:
                raise serializers.ValidationError(
                    _("«%(c)s» è scritta due volte.") % {"c": riga["categoria"]}
                )
            viste.add(riga["categoria"])
        return righe


def con_budget_e_attivita(azioni: Righe) -> None:
    """Put in each action its lines of budget and its pieces, in a query each."""
    annida(azioni, "budget", VoceBudget.objects.order_by("pk"), "azione", BudgetForma)
    pezzi = AttivitaAzione.objects.order_by("ordine", "pk")
    annida(azioni, "attivita", pezzi, "azione", AttivitaDiAzioneForma)


class AttivitaRisorsa(SiToglie, DelProgetto):
    """Le attività delle azioni dei progetti: i pezzi del calendario."""

    raccolta = "azioni-di-progetto"
    modello = AttivitaAzione
    serializer_class = AttivitaDiProgettoInteraForma
    filterset_class = filtro(
        AttivitaAzione, "nome", edizione="azione__progetto__edizione",
        progetto="azione__progetto", azione="azione",
    )  # fmt: skip
    ordini = {"ordine": "ordine", "dal": "dal"}
    ordine = ("azione_id", "ordine")
    collegati = ("azione__progetto__edizione__azienda", "azione__progetto__capofila")
    condizionati = ("destroy",)
    toglie = (DOCUMENTA, togli_attivita)

    def progetto_di(self, riga: Any) -> Progetto:
        return riga.azione.progetto  # type: ignore[no-any-return]


class AzioneDiProgettoRisorsa(DelProgetto):
    """Le azioni dei progetti, con il budget e le attività: le scrive il capofila dell'Alleanza con
    la sua sessione, o l'ATS; il budget, solo l'ATS."""

    raccolta = "azioni-di-progetto"
    modello = AzioneProgetto
    serializer_class = AzioneDiProgettoInteraForma
    filterset_class = filtro(
        AzioneProgetto, "titolo", edizione="progetto__edizione", progetto="progetto",
        intervento="intervento", stato="stato",
    )  # fmt: skip
    ordini = {"ordine": "ordine", "titolo": "titolo", "dal": "dal"}
    ordine = ("progetto_id", "ordine")
    condizionati = ("partial_update", "budget")
    avanzamento = un_passo(
        "avanzamento", "Porta avanti", DOCUMENTA, avanza_azione, AvanzamentoDellAzione,
        descrizione="Finché il progetto è in corso.",
    )  # fmt: skip

    def completa(self, righe: Righe) -> None:
        con_budget_e_attivita(righe)

    @extend_schema(request=CambiaAzioneDiProgetto, responses=AzioneDiProgettoInteraForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(DOCUMENTA) as azione:
            adesso = {nome: getattr(azione, nome) for nome in CambiaAzioneDiProgetto().fields}
            modifica_azione(azione, **adesso | self.letti(CambiaAzioneDiProgetto), da=request.user)
        return self.risposta(self.una(pk=azione.pk))

    @extend_schema(
        summary="Scrivi il budget",
        description="Gli importi delle categorie che si mandano, tutti o nessuno; le altre restano "
        "come sono. L'ETag è quello dell'azione. Il budget di tutte le azioni sta nel costo del "
        "progetto, e un importo non scende sotto le spese già inserite.",
        request=CambiaBudgetDellAzione,
        responses=AzioneDiProgettoInteraForma,
    )
    @action(detail=True, methods=["patch"])
    def budget(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GESTISCE) as azione:
            righe = self.letti(CambiaBudgetDellAzione)["budget"]
            importi = {una["categoria"]: una["importo"] for una in righe}
            scrivi_voci_di_budget(azione, importi, da=request.user)
        return self.risposta(self.una(pk=azione.pk))

    @extend_schema(
        summary="Aggiungi un'attività",
        description="Un pezzo del calendario, nel periodo dell'azione.",
        request=NuovaAttivitaDiAzione,
        responses={201: AttivitaDiProgettoInteraForma},
    )
    @action(detail=True, methods=["post"])
    def attivita(self, request: Request, pk: str) -> HttpResponse:
        azione = self.oggetto()
        self.esigi(DOCUMENTA, azione)
        nuova = aggiungi_attivita(azione, **self.letti(NuovaAttivitaDiAzione), da=request.user)
        return self.creata(nuova.pk, "conciliazione/attivita-di-progetto", AttivitaRisorsa)
