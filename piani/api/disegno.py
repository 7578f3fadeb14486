# SPDX-License-Identifier: AGPL-3.0-or-later
"""What drawing a chart does to its units: ordered, divided, merged, tied to those before them."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani import azioni
from piani.api.elenchi import CHIAVE_MASSIMA
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Lista, Spostamento
from piani.azioni.bozza import PERMESSO
from piani.models import UnitaOrganizzativa
from piani.organigramma import verifiche

MOLTE = 100


class ParteDellUnita(Corpo):
    codice = serializers.CharField(max_length=30)
    nome = serializers.CharField(max_length=200)


class Divisione(Corpo):
    """The first part takes the place of the unit and keeps what hangs from it."""

    parti = ParteDellUnita(many=True, min_length=2, max_length=MOLTE)


class Unione(Corpo):
    altre = Lista(
        child=serializers.IntegerField(min_value=0, max_value=CHIAVE_MASSIMA),
        min_length=1, max_length=MOLTE, help_text="Le unità della stessa bozza da unire a questa.",
    )  # fmt: skip
    codice = serializers.CharField(max_length=30, help_text="Di quella che ne nasce.")
    nome = serializers.CharField(max_length=200)


class Precedenti(Corpo):
    precedenti = Lista(
        child=serializers.IntegerField(min_value=0, max_value=CHIAVE_MASSIMA),
        max_length=MOLTE, help_text="Le unità della versione di prima da cui viene.",
    )  # fmt: skip


class DaRimediareForma(Forma):
    testo = serializers.CharField()
    pagina = serializers.CharField(help_text="Dove si guarda, fra le pagine.")


class VerificaForma(Forma):
    """One thing looked at in a chart."""

    chiave = serializers.CharField()
    titolo = serializers.CharField()
    spiegazione = serializers.CharField(help_text="Perché conta, e come si rimedia.")
    mancanze = DaRimediareForma(many=True)


class VerificheForma(Forma):
    giorno = serializers.DateField()
    verifiche = VerificaForma(many=True)


class GiornoChiesto(Corpo):
    """Of which day: today, if it is not said."""

    data = serializers.DateField(required=False)


class Verificata:
    """An azienda whose chart is looked at."""

    @extend_schema(
        summary="Che cosa non va nell'organigramma di un giorno",
        parameters=[GiornoChiesto],
        responses=VerificheForma,
    )
    @action(
        detail=True, methods=["get"], url_path="verifiche-organigramma", pagination_class=None,
        filterset_class=None,
    )  # fmt: skip
    def verifiche_organigramma(self: Any, request: Request, codice: str) -> HttpResponse:
        controlla_parametri(request, GiornoChiesto().fields)
        forma = GiornoChiesto(data=request.query_params.dict())
        forma.is_valid(raise_exception=True)
        giorno = forma.validated_data.get("data") or timezone.localdate()
        trovate = verifiche.raccogli(self.oggetto(), giorno)
        return self.risposta({"giorno": giorno, "verifiche": [_detta(una) for una in trovate]})


def _detta(una: verifiche.Verifica) -> dict[str, Any]:
    mancanze = [{"testo": uno.testo, "pagina": uno.url} for uno in una.mancanze]
    return {
        "chiave": una.chiave,
        "titolo": una.titolo,
        "spiegazione": una.spiegazione,
        "mancanze": mancanze,
    }


class Disegno:
    """The steps of a unit of a draft; each gives it as it is then."""

    @extend_schema(summary="Sposta di un posto", request=Spostamento)
    @action(detail=True, methods=["post"])
    def spostamento(self: Any, request: Request, pk: str) -> HttpResponse:
        questa = self._della_bozza()
        in_su = self.letti(Spostamento)["verso"] < 0
        azioni.ordina_unita(questa, in_su=in_su, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Dividi",
        description="La prima parte prende il posto dell'unità; le altre nascono accanto.",
        request=Divisione,
    )
    @action(detail=True, methods=["post"])
    def divisione(self: Any, request: Request, pk: str) -> HttpResponse:
        questa = self._della_bozza()
        parti = [azioni.Parte(**una) for una in self.letti(Divisione)["parti"]]
        nate = azioni.dividi_unita(questa, parti=parti, da=request.user)
        return self.risposta(self.una(pk=nate[0].pk))

    @extend_schema(
        summary="Unisci ad altre",
        description="Dà l'unità che resta: quella più vicina alla cima.",
        request=Unione,
    )
    @action(detail=True, methods=["post"])
    def unione(self: Any, request: Request, pk: str) -> HttpResponse:
        questa = self._della_bozza()
        dati = self.letti(Unione)
        chieste = {questa.pk, *dati.pop("altre")}
        tutte = UnitaOrganizzativa.objects.di_versione(questa.organigramma)
        insieme = _trovate(tutte, chieste, "altre")
        resta = azioni.unisci_unita(questa.organigramma, unita=insieme, **dati, da=request.user)
        return self.risposta(self.una(pk=resta.pk))

    @extend_schema(summary="Di' da quali unità viene", request=Precedenti)
    @action(detail=True, methods=["post"])
    def precedenti(self: Any, request: Request, pk: str) -> HttpResponse:
        questa = self._della_bozza()
        chieste = set(self.letti(Precedenti)["precedenti"])
        prima = questa.organigramma.nata_da
        tutte = UnitaOrganizzativa.objects.di_versione(prima) if prima else []
        vecchie = _trovate(tutte, chieste, "precedenti")
        azioni.collega_precedenti(questa, precedenti=vecchie, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    def _della_bozza(self: Any) -> UnitaOrganizzativa:
        questa: UnitaOrganizzativa = self.oggetto()
        self.esigi(PERMESSO, questa)
        return questa


def _trovate(tutte: Any, chieste: set[int], campo: str) -> list[UnitaOrganizzativa]:
    """The units asked for, in the order of the chart; who is not there is told."""
    trovate = [una for una in tutte if una.pk in chieste]
    mancano = sorted(chieste - {una.pk for una in trovate})
    if mancano:
        raise serializers.ValidationError(
            {campo: [_("L'unità %(n)s non c'è.") % {"n": uno} for uno in mancano]}
        )
    return trovate
