# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures: who is authorised, without small groups; days and hours; what the law asks."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from lavoro_agile.api.base import TANTI, ConteggioForma, DellUnitaForma, Risorsa, due_decimali
from lavoro_agile.azioni.giornate import PERMESSO as GIORNATE
from lavoro_agile.azioni.giornate import registra_giornate, togli_giornate
from lavoro_agile.azioni.rilevazione import PERMESSO, rileva, togli
from lavoro_agile.cifre.autorizzati import Prospetto, prospetti
from lavoro_agile.models import GiornateAgili, RilevazioneAgile
from piani.api.elenchi import Righe, filtro
from piani.api.forme import Corpo, Forma, MiaAzienda, MiaUnita, Numero
from piani.api.passi import SiToglie

PRIMO, ULTIMO = 2015, 2100


class AutorizzatiForma(Forma):
    unita = serializers.CharField()
    per_genere = ConteggioForma(many=True)
    totale = serializers.IntegerField(allow_null=True)


class RilevazioneAgileForma(Forma):
    calcolati = ("totale", "quota_dipendenti", "quota_potenziali", "tace")

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    giorno = serializers.DateField()
    titolo = serializers.CharField()
    stampata = serializers.BooleanField(help_text="Trascritta da un documento.")
    dipendenti = serializers.IntegerField()
    potenziali = serializers.IntegerField(allow_null=True)
    nota = serializers.CharField()
    dimostrativa = serializers.BooleanField(help_text="Inventata per prova.")
    totale = serializers.IntegerField(allow_null=True, help_text="Gli autorizzati.")
    quota_dipendenti = Numero(7, 2, allow_null=True, help_text="In % dei dipendenti.")
    quota_potenziali = Numero(7, 2, allow_null=True, help_text="In % dei potenziali.")
    per_unita = AutorizzatiForma(many=True)
    per_genere = ConteggioForma(many=True)
    tace = serializers.BooleanField(
        help_text="Vero se qualche numero è nullo perché farebbe riconoscere poche persone."
    )


class NuovaRilevazione(Corpo):
    azienda = MiaAzienda()
    giorno = serializers.DateField()
    titolo = serializers.CharField(max_length=200)
    dipendenti = serializers.IntegerField(min_value=1, max_value=TANTI)
    potenziali = serializers.IntegerField(
        min_value=0, max_value=TANTI, allow_null=True, default=None
    )
    nota = serializers.CharField(max_length=5000, allow_blank=True, default="")


class RilevazioneRisorsa(SiToglie, Risorsa):
    """Quanti sono autorizzati in un giorno, sui due totali, per unità e genere. I numeri che
    farebbero riconoscere poche persone sono nulli per tutti."""

    raccolta = "rilevazioni-del-lavoro-agile"
    modello = RilevazioneAgile
    serializer_class = RilevazioneAgileForma
    filterset_class = filtro(RilevazioneAgile, "titolo", azienda="azienda__codice", anno="anno")
    ordini = {"giorno": "giorno"}
    ordine = ("-giorno",)
    collegati = ("azienda",)
    condizionati = ("destroy",)
    toglie = (PERMESSO, togli)

    def completa(self, righe: Righe) -> None:
        trovate = RilevazioneAgile.objects.filter(pk__in=[riga["id"] for riga in righe])
        quadri = {uno.rilevazione.pk: uno for uno in prospetti(list(trovate))}
        for riga in righe:
            riga |= _detto(quadri[riga["id"]])

    @extend_schema(summary="Conta gli accordi in vigore in un giorno", request=NuovaRilevazione,
                   responses={201: RilevazioneAgileForma})  # fmt: skip
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaRilevazione)
        azienda = dati.pop("azienda")
        self.esigi(PERMESSO, azienda)
        nuova = rileva(azienda, **dati, da=request.user)
        dove = f"/api/v1/lavoro-agile/rilevazioni/{nuova.pk}"
        return self.risposta(self.una(pk=nuova.pk), 201, Location=dove)


class GiornateForma(DellUnitaForma):
    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    accordo = serializers.IntegerField(source="accordo_id", allow_null=True)
    anno = serializers.IntegerField()
    mese = serializers.IntegerField(help_text="Da 1 a 12; 0 è tutto l'anno.")
    persone = serializers.IntegerField(allow_null=True)
    giorni = Numero(9, 2, allow_null=True)
    giorni_lavorabili = Numero(9, 2, allow_null=True)
    ore = Numero(10, 2, allow_null=True)
    ore_lavorabili = Numero(10, 2, allow_null=True)


def _quanto() -> Numero:
    return Numero(9, 2, min_value=0, allow_null=True, default=None)


class NuoveGiornate(Corpo):
    azienda = MiaAzienda()
    unita = MiaUnita()
    anno = serializers.IntegerField(min_value=PRIMO, max_value=ULTIMO)
    mese = serializers.IntegerField(min_value=0, max_value=12)
    persone = serializers.IntegerField(min_value=0, max_value=TANTI)
    giorni = _quanto()
    giorni_lavorabili = _quanto()
    ore = _quanto()
    ore_lavorabili = _quanto()


class GiornateRisorsa(SiToglie, Risorsa):
    """Giorni e ore in modalità agile, mese per mese: come sono scritti, per le risorse umane e per
    chi guida l'unità."""

    raccolta = "giornate-in-modalita-agile"
    modello = GiornateAgili
    serializer_class = GiornateForma
    filterset_class = filtro(
        GiornateAgili, "unita__nome", azienda="azienda__codice", anno="anno", mese="mese",
        unita="unita", accordo="accordo",
    )  # fmt: skip
    ordini = {"mese": "mese"}
    ordine = ("-anno", "mese")
    collegati = ("azienda", "unita")
    condizionati = ("destroy",)
    toglie = (GIORNATE, togli_giornate)

    @extend_schema(summary="Scrivi le giornate di un'unità in un mese", request=NuoveGiornate,
                   responses={201: GiornateForma})  # fmt: skip
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuoveGiornate)
        nuova = registra_giornate(dati.pop("azienda"), **dati, da=request.user)
        dove = f"/api/v1/lavoro-agile/giornate/{nuova.pk}"
        return self.risposta(self.una(pk=nuova.pk), 201, Location=dove)


def _detto(quadro: Prospetto) -> dict[str, Any]:
    quota = quadro.quota

    def per_genere(conteggi: tuple[int | None, ...]) -> list[dict[str, Any]]:
        coppie = zip(quadro.generi, conteggi, strict=True)
        return [{"nome": genere, "quanti": quanti} for genere, quanti in coppie]

    return {
        "totale": quadro.totale,
        "quota_dipendenti": due_decimali(quota.sui_dipendenti) if quota else None,
        "quota_potenziali": due_decimali(quota.sui_potenziali) if quota else None,
        "per_unita": [
            {"unita": r.nome, "per_genere": per_genere(r.per_genere), "totale": r.totale}
            for r in quadro.righe
        ],
        "per_genere": per_genere(quadro.per_genere),
        "tace": quadro.tace,
    }
