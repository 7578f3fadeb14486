# SPDX-License-Identifier: AGPL-3.0-or-later
"""The regulations, with their rules."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from lavoro_agile.api.base import Risorsa
from lavoro_agile.azioni.edizione import (
    PERMESSO,
    chiudi_edizione,
    crea_edizione,
    metti_in_vigore,
    modifica_dati,
    scrivi_regole,
)
from lavoro_agile.models import EdizioneLavoroAgile
from lavoro_agile.predefinite import NOMI
from lavoro_agile.regole import (
    PRIMO,
    PRONTA,
    SALVATA,
    ULTIMO,
    prima_scelta,
    regole_scelte,
)
from piani.api.elenchi import filtro
from piani.api.forme import Corpo, Forma, MiaAzienda
from piani.api.passi import un_passo
from piani.models import Azienda

ANNI = {"min_value": PRIMO, "max_value": ULTIMO}


@extend_schema_field({"type": "object", "additionalProperties": {}})
class Regole(serializers.DictField):
    """The rules by name, as they are read."""


class EdizioneAgileForma(Forma):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    azienda = serializers.CharField(source="azienda.codice")
    nome = serializers.CharField()
    anno_inizio = serializers.IntegerField()
    anno_fine = serializers.IntegerField()
    atto = serializers.CharField()
    atto_data = serializers.DateField(allow_null=True)
    stato = serializers.CharField(help_text="bozza, in_vigore o chiusa.")
    dimostrativa = serializers.BooleanField(help_text="Inventata per prova.")
    parametri = Regole(help_text="Le regole, ciascuna con il suo articolo.")


class CambiaEdizioneAgile(Corpo):
    nome = serializers.CharField(max_length=200, required=False)
    anno_inizio = serializers.IntegerField(**ANNI, required=False)
    anno_fine = serializers.IntegerField(**ANNI, required=False)
    atto = serializers.CharField(max_length=200, allow_blank=True, required=False)
    atto_data = serializers.DateField(allow_null=True, required=False)
    parametri = Regole(
        required=False,
        help_text="Le regole che cambiano, ciascuna intera; le altre restano come sono.",
    )


class NuovaEdizioneAgile(Corpo):
    azienda = MiaAzienda()
    nome = serializers.CharField(max_length=200)
    anno_inizio = serializers.IntegerField(**ANNI)
    anno_fine = serializers.IntegerField(**ANNI)
    atto = serializers.CharField(max_length=200, allow_blank=True, default="")
    atto_data = serializers.DateField(allow_null=True, default=None)
    pronte = serializers.ChoiceField(
        choices=NOMI, required=False, help_text="Le regole del programma da cui cominciare."
    )
    dall_edizione = serializers.SlugField(
        max_length=80, required=False,
        help_text="Lo slug dell'edizione da cui copiare le regole, al posto di «pronte». Senza le "
        "une né l'altra si comincia dall'ultima dell'azienda.",
    )  # fmt: skip


class EdizioneRisorsa(Risorsa):
    """I regolamenti del lavoro agile, con le loro regole."""

    raccolta = "edizioni-del-lavoro-agile"
    modello = EdizioneLavoroAgile
    serializer_class = EdizioneAgileForma
    filterset_class = filtro(EdizioneLavoroAgile, "nome", azienda="azienda__codice", stato="stato")
    ordini = {"nome": "nome", "anno": "anno_inizio"}
    ordine = ("-anno_inizio",)
    lookup_field = "slug"
    lookup_value_regex = r"[-a-zA-Z0-9_]{1,80}"
    collegati = ("azienda",)
    condizionati = ("partial_update",)
    in_vigore = un_passo("in-vigore", "Metti in vigore", PERMESSO, metti_in_vigore)
    chiusura = un_passo("chiusura", "Chiudi", PERMESSO, chiudi_edizione)

    @extend_schema(
        summary="Comincia un regolamento",
        description="Nasce in bozza, con le regole di un altro da cambiare.",
        request=NuovaEdizioneAgile,
        responses={201: EdizioneAgileForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaEdizioneAgile)
        azienda = dati.pop("azienda")
        self.esigi(PERMESSO, azienda)
        parametri = self._regole(azienda, dati.pop("pronte", ""), dati.pop("dall_edizione", ""))
        nuova = crea_edizione(azienda, parametri=parametri, **dati, da=request.user)
        dove = f"/api/v1/lavoro-agile/edizioni/{nuova.slug}"
        return self.risposta(self.una(pk=nuova.pk), 201, Location=dove)

    @extend_schema(
        summary="Cambia una bozza",
        description="I suoi dati, le sue regole, o gli uni e le altre. Che cosa non va nelle "
        "regole è detto regola per regola.",
        request=CambiaEdizioneAgile,
        responses=EdizioneAgileForma,
    )
    def partial_update(self, request: Request, slug: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as questa:
            dati = self.letti(CambiaEdizioneAgile)
            parametri = dati.pop("parametri", None)
            if dati:
                modifica_dati(questa, **dati, da=request.user)
            if parametri is not None:
                scrivi_regole(questa, parametri, visto=None, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    def _regole(self, azienda: Azienda, pronte: str, slug: str) -> dict[str, Any]:
        """The rules to begin from.

        :raises ValidationError: on ``dall_edizione``.
        """
        edizioni = list(self.get_queryset().filter(azienda=azienda))
        if pronte and slug:
            raise ValidationError(
                {"dall_edizione": _("Le regole si copiano da un'edizione o da quelle pronte.")}
            )
        if slug and slug not in {una.slug for una in edizioni}:
            raise ValidationError({"dall_edizione": _("L'azienda non ha questa edizione.")})
        scelta = f"{SALVATA}{slug}" if slug else f"{PRONTA}{pronte}"
        return regole_scelte(scelta if slug or pronte else prima_scelta(edizioni), edizioni)
