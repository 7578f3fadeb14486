# SPDX-License-Identifier: AGPL-3.0-or-later
"""Impact maps, from objectives to outcomes, with the KPI of their rows and their values."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Chiave, Righe, Risorsa, annida, filtro, progetto_di
from conciliazione.azioni.impatto import (
    PERMESSO,
    mappa_di,
    scrivi_kpi,
    scrivi_mappa,
    scrivi_valore,
    segno_di,
    togli_kpi,
    togli_valore,
)
from conciliazione.azioni.passi import bloccata
from conciliazione.models import AzioneDiPiano, Kpi, MappaImpatto, Progetto, RigaMappa, ValoreKpi
from piani.api.forme import Corpo, Forma, Lista, Numero
from piani.api.passi import SiToglie

RIGHE = 200
"""Rows of a map: more than there can be."""


class ValoreKpiForma(Forma):
    id = serializers.IntegerField()
    giorno = serializers.DateField()
    valore = Numero(20, 6)
    nota = serializers.CharField()


class ValoreDelKpiForma(ValoreKpiForma):
    kpi = serializers.IntegerField(source="kpi_id")


class KpiForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    nome = serializers.CharField()
    unita = serializers.CharField()
    verso = serializers.CharField()
    base = Numero(20, 6, allow_null=True)
    base_il = serializers.DateField(allow_null=True)
    atteso = Numero(20, 6, allow_null=True)
    fonte = serializers.CharField()
    valori = ValoreKpiForma(many=True)


class KpiDellaMappaForma(KpiForma):
    mappa = serializers.IntegerField(source="riga.mappa_id")
    riga = serializers.IntegerField(source="riga_id", help_text="La riga della mappa.")


class RigaMappaForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    obiettivo = serializers.CharField()
    beneficiari = serializers.CharField()
    risorse = serializers.CharField()
    attivita = serializers.CharField()
    prodotti = serializers.CharField()
    cambiamenti = serializers.CharField()
    kpi = KpiForma(many=True)


class MappaForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    progetto = serializers.IntegerField(source="progetto_id", allow_null=True)
    azione = serializers.IntegerField(source="azione_id", allow_null=True)
    premessa = serializers.CharField()
    modificata_il = serializers.DateTimeField()
    righe = RigaMappaForma(many=True)


def _testo(**come: Any) -> serializers.CharField:
    return serializers.CharField(
        **{"max_length": 10_000, "allow_blank": True, "default": ""} | come
    )


class NuovaRigaMappa(Corpo):
    obiettivo = serializers.CharField(max_length=10_000)
    beneficiari = _testo()
    risorse = _testo(help_text="Che cosa ci si mette (input).")
    attivita = _testo()
    prodotti = _testo(help_text="Che cosa ne esce (output).")
    cambiamenti = _testo(help_text="Che cosa cambia (outcome).")


class ScriviRigaMappa(NuovaRigaMappa):
    id = Chiave(
        allow_null=True, required=False, help_text="Della riga che c'è già; senza, è nuova."
    )


class CambiaMappa(Corpo):
    premessa = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    righe = Lista(
        child=ScriviRigaMappa(), max_length=RIGHE, required=False,
        help_text="Tutte: quelle che non si dicono si tolgono, le nuove vanno in fondo.",
    )  # fmt: skip


class NuovaMappa(Corpo):
    progetto = Chiave(allow_null=True, required=False, help_text="O il progetto, o l'azione.")
    azione = Chiave(allow_null=True, required=False, help_text="Un'azione del piano.")
    premessa = _testo()
    righe = Lista(child=NuovaRigaMappa(), max_length=RIGHE, required=False)


class MappaRisorsa(Risorsa):
    """Le mappe d'impatto, dagli obiettivi ai cambiamenti, con i KPI e i loro valori. Le scrivono
    l'ATS e, del suo progetto, chi rappresenta il capofila."""

    raccolta = "mappe-di-impatto"
    modello = MappaImpatto
    serializer_class = MappaForma
    filterset_class = filtro(
        MappaImpatto, "premessa", edizione="edizione", progetto="progetto", azione="azione"
    )
    ordini = {"modificata_il": "modificata_il"}
    ordine = ("edizione_id", "pk")
    collegati = ("edizione__azienda", "progetto__edizione", "azione__edizione")
    condizionati = ("partial_update",)

    def completa(self, righe: Righe) -> None:
        sue = RigaMappa.objects.order_by("ordine", "pk")
        di_mappa = annida(righe, "righe", sue, "mappa", RigaMappaForma)
        kpi = annida(di_mappa, "kpi", Kpi.objects.order_by("ordine", "pk"), "riga", KpiForma)
        annida(kpi, "valori", ValoreKpi.objects.order_by("giorno", "pk"), "kpi", ValoreKpiForma)

    @extend_schema(
        summary="Comincia la mappa di un progetto o di un'azione del piano",
        description="Se c'è già si cambia con PATCH.",
        request=NuovaMappa,
        responses={201: MappaForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaMappa)
        cosa = self._cosa(dati.pop("progetto", None), dati.pop("azione", None))
        self.esigi(PERMESSO, cosa)
        if mappa_di(cosa):
            raise ValidationError(_("La mappa d'impatto c'è già: si cambia quella."))
        nuova = scrivi_mappa(cosa, **{"righe": ()} | dati, visto="", da=request.user)
        return self.creata(nuova.pk, "conciliazione/mappe-di-impatto")

    @extend_schema(
        description="Una riga che ha KPI con valori rilevati non si toglie.",
        request=CambiaMappa,
        responses=MappaForma,
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as questa:
            detti = self.letti(CambiaMappa)
            scrivi_mappa(
                questa.progetto or questa.azione,
                premessa=detti.get("premessa", questa.premessa),
                righe=_tutte(questa, detti["righe"]) if "righe" in detti else (),
                visto=segno_di(questa),
                da=request.user,
            )
        return self.risposta(self.una(pk=questa.pk))

    def blocca(self, riga: Any) -> None:
        """What the map is of first, as the action does."""
        bloccata(riga.progetto or riga.azione)
        super().blocca(riga)

    def _cosa(self, progetto: int | None, azione: int | None) -> Progetto | AzioneDiPiano:
        """What a new map is of.

        :raises serializers.ValidationError: neither is said, or both are.
        """
        if (progetto is None) is (azione is None):
            raise serializers.ValidationError(
                {"progetto": _("Una mappa è di un progetto o di un'azione del piano: dire quale.")}
            )
        if progetto is not None:
            return progetto_di(self.request, progetto)
        visibili = AzioneDiPiano.objects.visibili_a(self.request.user)
        trovata: AzioneDiPiano = get_object_or_404(
            visibili.select_related("edizione__azienda"), pk=azione
        )
        return trovata


def _tutte(mappa: MappaImpatto, dette: Righe) -> Righe:
    """The rows as the action takes them: those that are not said are to be removed.

    :raises ValidationError: a row is not of that map, or is said twice.
    """
    sue = set(mappa.righe.values_list("pk", flat=True))
    viste: set[int] = set()
    for posto, riga in enumerate(dette):
        chiave = riga.pop("id", None)
        if chiave is None:
            continue
        if chiave not in sue or chiave in viste:
            raise ValidationError(
                {f"righe.{posto}.id": _("La riga %(n)s non è di questa mappa, o è detta due volte.")
                 % {"n": chiave}}
            )  # fmt: skip
        viste.add(chiave)
        riga["pk"] = chiave
    return [*dette, *({"pk": una, "togli": True} for una in sorted(sue - viste))]


class CambiaKpi(Corpo):
    nome = serializers.CharField(max_length=300, required=False)
    unita = serializers.CharField(
        max_length=60, allow_blank=True, required=False, help_text="Persone, imprese, ore, %…"
    )
    verso = serializers.ChoiceField(choices=Kpi.Verso.choices, required=False)
    base = Numero(18, 4, allow_null=True, required=False, help_text="Da dove si parte.")
    base_il = serializers.DateField(allow_null=True, required=False)
    atteso = Numero(18, 4, allow_null=True, required=False)
    fonte = serializers.CharField(max_length=300, allow_blank=True, required=False)


class NuovoKpi(CambiaKpi):
    riga = Chiave(help_text="La riga di una mappa.")
    nome = serializers.CharField(max_length=300)


class NuovoValoreKpi(Corpo):
    giorno = serializers.DateField()
    valore = Numero(18, 4)
    nota = serializers.CharField(max_length=300, allow_blank=True, default="")


class KpiRisorsa(SiToglie, Risorsa):
    """I KPI delle mappe d'impatto, con i valori rilevati."""

    raccolta = "mappe-di-impatto"
    modello = Kpi
    serializer_class = KpiDellaMappaForma
    filterset_class = filtro(
        Kpi, "nome", edizione="riga__mappa__edizione", mappa="riga__mappa", riga="riga",
        progetto="riga__mappa__progetto",
    )  # fmt: skip
    ordini = {"nome": "nome"}
    ordine = ("riga_id", "ordine")
    collegati = (
        "riga__mappa__edizione__azienda", "riga__mappa__progetto", "riga__mappa__azione",
    )  # fmt: skip
    condizionati = ("partial_update", "destroy")
    toglie = (PERMESSO, togli_kpi)

    def completa(self, righe: Righe) -> None:
        annida(righe, "valori", ValoreKpi.objects.order_by("giorno", "pk"), "kpi", ValoreKpiForma)

    @extend_schema(request=NuovoKpi, responses={201: KpiDellaMappaForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoKpi)
        visibili = RigaMappa.objects.visibili_a(request.user).select_related(
            "mappa__edizione__azienda", "mappa__progetto", "mappa__azione"
        )
        riga = get_object_or_404(visibili, pk=dati.pop("riga"))
        self.esigi(PERMESSO, riga)
        nuovo = scrivi_kpi(riga, valori=dati, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/kpi")

    @extend_schema(request=CambiaKpi, responses=KpiDellaMappaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as questo:
            scrivi_kpi(questo.riga, valori=self.letti(CambiaKpi), kpi=questo, da=request.user)
        return self.risposta(self.una(pk=questo.pk))

    @extend_schema(
        summary="Registra il valore di un giorno",
        description="Se quel giorno ha già un valore, lo sostituisce (200).",
        request=NuovoValoreKpi,
        responses={201: ValoreDelKpiForma, 200: ValoreDelKpiForma},
    )
    @action(detail=True, methods=["post"])
    def valori(self, request: Request, pk: str) -> HttpResponse:
        questo: Kpi = self.oggetto()
        self.esigi(PERMESSO, questo)
        dati = self.letti(NuovoValoreKpi)
        c_era = questo.valori.filter(giorno=dati["giorno"]).exists()
        valore = scrivi_valore(questo, **dati, da=request.user)
        risposta = self.creata(valore.pk, "conciliazione/valori-kpi", ValoreKpiRisorsa)
        if c_era:
            risposta.status_code = 200
        return risposta

    def blocca(self, riga: Any) -> None:
        """The row of the map first, as the action does."""
        bloccata(riga.riga)
        super().blocca(riga)


class ValoreKpiRisorsa(Risorsa):
    """I valori dei KPI, uno al giorno; uno nuovo si registra dal suo KPI."""

    raccolta = "mappe-di-impatto"
    modello = ValoreKpi
    serializer_class = ValoreDelKpiForma
    filterset_class = filtro(
        ValoreKpi, "nota", edizione="kpi__riga__mappa__edizione", kpi="kpi",
        mappa="kpi__riga__mappa",
    )  # fmt: skip
    ordini = {"giorno": "giorno"}
    ordine = ("kpi_id", "giorno")
    collegati = tuple(f"kpi__{uno}" for uno in KpiRisorsa.collegati)
    condizionati = ("destroy",)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO, lambda riga: riga.kpi) as valore:
            togli_valore(valore, da=request.user)
        return HttpResponse(status=204)
