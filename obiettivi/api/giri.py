# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runs of many plans: asked together, followed as one; the plans left out, with the reason."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.models import Calcolo, Frazione, GiroDiCalcolo, Prospettiva
from obiettivi.rules import aziende_governate
from piani.api.forme import Corpo, Forma, Lista
from piani.api.risorse import Lettura
from piani.models import Piano

CONTI = ("totale", "aperti", "finiti", "falliti", "da_accettare", "cambiati")
PIANI_PER_VOLTA = 20_000
"""Those of a region, many times over."""


class ScartatoForma(Forma):
    """A plan that could not be computed."""

    piano = serializers.CharField(help_text="Il suo slug.")
    motivo = serializers.CharField()


class GiroForma(Forma):
    """The runs of many plans; the counts are of those that who asks sees."""

    calcolati = ("percentuale", *CONTI)

    id = serializers.IntegerField()
    prospettiva = serializers.ChoiceField(choices=Prospettiva.choices)
    anno = serializers.IntegerField()
    frazioni = serializers.ListField(
        child=serializers.ChoiceField(choices=Frazione.choices, allow_blank=True)
    )
    creato_il = serializers.DateTimeField()
    totale = serializers.IntegerField(help_text="I calcoli chiesti.")
    aperti = serializers.IntegerField(help_text="Quelli ancora da finire: a zero è finito.")
    finiti = serializers.IntegerField()
    percentuale = serializers.IntegerField(help_text="Dei calcoli finiti.")
    falliti = serializers.IntegerField()
    da_accettare = serializers.IntegerField(
        help_text="Cambierebbero punteggi pubblicati: si accettano uno per uno, fra i calcoli."
    )
    cambiati = serializers.IntegerField(help_text="Punteggi cambiati.")
    scartati = ScartatoForma(many=True)


class ChiediGiro(Corpo):
    """The periods of a year, and the plans."""

    anno = serializers.IntegerField(min_value=2000, max_value=2105)
    frazioni = Lista(
        child=serializers.ChoiceField(choices=Frazione.choices, allow_blank=True),
        default=[Frazione.ANNO.value], min_length=1, max_length=len(Frazione.choices),
        help_text="I periodi; senza, l'anno intero.",
    )  # fmt: skip
    piani = Lista(
        child=serializers.SlugField(max_length=255),
        required=False, min_length=1, max_length=PIANI_PER_VOLTA,
        help_text="Gli slug; senza, tutti quelli che coprono l'anno e che si possono calcolare.",
    )  # fmt: skip

    def validate_frazioni(self, frazioni: list[str]) -> list[str]:
        return list(dict.fromkeys(frazioni))


class GiroFilter(django_filters.FilterSet):
    """``q``: among the titles that who asks may read."""

    q = django_filters.CharFilter(method="cerca", label="Nel titolo di un piano")
    anno = django_filters.NumberFilter(min_value=2000, max_value=2105)
    prospettiva = django_filters.ChoiceFilter(choices=Prospettiva.choices)

    class Meta:
        model = GiroDiCalcolo
        fields: list[str] = []

    def cerca(self, giri: QuerySet[Any], nome: str, testo: str) -> QuerySet[Any]:
        visti = Calcolo.objects.visibili_a(self.request.user)
        con_il_titolo = visti.filter(giro__isnull=False, piano__titolo__icontains=testo)
        return giri.filter(pk__in=con_il_titolo.values("giro"))


class GiroRisorsa(Lettura):
    """I calcoli di più piani chiesti insieme. Ciascun calcolo è fra i calcoli, con «giro»."""

    ambito = "obiettivi"
    raccolta = "calcoli"
    modello = GiroDiCalcolo
    serializer_class = GiroForma
    filterset_class = GiroFilter
    ordini = {"creato_il": "creato_il", "anno": "anno"}
    ordine = ("-creato_il",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        """Counts and reasons of all the rows, in two queries."""
        chi = self.request.user
        questi = GiroDiCalcolo.objects.filter(pk__in=[riga["id"] for riga in righe])
        detti = {uno["pk"]: uno for uno in questi.con_conti(chi).values("pk", "scartati", *CONTI)}
        fuori = {uno["piano"] for detto in detti.values() for uno in detto["scartati"]}
        slug = dict(Piano.objects.visibili_a(chi).filter(pk__in=fuori).values_list("pk", "slug"))
        for riga in righe:
            detto = detti[riga["id"]]
            riga |= {nome: detto[nome] for nome in CONTI}
            riga["percentuale"] = detto["finiti"] * 100 // (detto["totale"] or 1)
            riga["scartati"] = [
                {"piano": slug[uno["piano"]], "motivo": uno["motivo"]}
                for uno in detto["scartati"]
                if uno["piano"] in slug
            ]

    @extend_schema(
        summary="Chiedi il calcolo di più piani",
        description="I calcoli partono subito, a blocchi: il giro si segue all'indirizzo detto in "
        "Location. I piani che non si possono calcolare sono in «scartati», con il motivo; gli "
        "altri vanno avanti.",
        request=ChiediGiro,
        responses={202: GiroForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(ChiediGiro)
        giro = azioni.avvia_giro(
            self._piani(dati["anno"], dati.get("piani")),
            prospettiva=Prospettiva.CONSUNTIVO,
            anno=dati["anno"],
            frazioni=dati["frazioni"],
            da=request.user,
        )
        dove = f"/api/v1/giri-di-calcolo/{giro.pk}"
        return self.risposta(self.una(pk=giro.pk), 202, Location=dove)

    def _piani(self, anno: int, chiesti: Sequence[str] | None) -> list[Piano]:
        """The plans asked for, or all those that who asks may have computed."""
        visibili = Piano.objects.visibili_a(self.request.user).select_related("azienda")
        if chiesti is None:
            governate = aziende_governate(self.request.user)
            if not governate.exists():
                raise PermissionDenied(_("Il tuo incarico non consente di avviare calcoli."))
            return list(
                visibili.filter(azienda__in=governate, anno_inizio__lte=anno, anno_fine__gte=anno)
            )
        trovati = list(visibili.filter(slug__in=chiesti))
        mancano = sorted(set(chiesti) - {piano.slug for piano in trovati})
        if mancano:
            raise serializers.ValidationError(
                {"piani": [_("«%(slug)s» non c'è.") % {"slug": uno} for uno in mancano[:100]]}
            )
        return trovati
