# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API: a page of indicators beside nested ModelSerializers, longer pages, a load of ten
thousand results, fifty readers at once."""

import time
from statistics import median
from typing import Any

import simplejson
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from oauth2_provider.models import get_access_token_model, set_token_value
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.test import APIRequestFactory, force_authenticate

from obiettivi import azioni
from obiettivi.models import Indicatore, Misura, Raggiungimento, Target
from piani import azioni as azioni_piani
from piani.models import Piano, Ruolo

from .lettori import lettori
from .prove import piano_grande, tempi

PAGINA, LUNGA = 100, 300
TRIMESTRI = ("T1", "T2", "T3", "T4")
GIRI = 15


class _Target(serializers.ModelSerializer):
    class Meta:
        model = Target
        fields = ("id", "anno", "stampato", "lettura", "confermato_il")


class _Misura(serializers.ModelSerializer):
    piano = serializers.CharField(source="obiettivo.area.piano.slug")
    target = _Target(many=True)
    punteggi = serializers.SerializerMethodField()

    class Meta:
        model = Misura
        fields = (
            "id", "piano", "obiettivo", "peso", "base_anno", "base_stampata", "target", "punteggi",
        )  # fmt: skip

    def get_punteggi(self, misura: Misura) -> list[dict[str, Any]]:
        return self.context["punteggi"].get(misura.pk, [])


class _Indicatore(serializers.ModelSerializer):
    azienda = serializers.CharField(source="azienda.codice")
    misure = _Misura(many=True)

    class Meta:
        model = Indicatore
        fields = ("id", "azienda", *Indicatore.SCRITTI, "misure")


class _MisuraSemplice(_Misura):
    def get_punteggi(self, misura: Misura) -> list[dict[str, Any]]:
        return [_come_dati(riga) for riga in _punteggi(oggetto=misura.pk)]


class _IndicatoreSemplice(_Indicatore):
    misure = _MisuraSemplice(many=True)


def api() -> None:
    """The figures of reads and of loads, the first also as a ratio in the same rounds."""
    piano, client = _pronti()
    with override_settings(API_AL_MINUTO=100_000):
        _pagina(piano, client)
        _lunghe(piano, client)
        _carico(piano, client)


def letta() -> None:
    """The readers alone."""
    piano, _client = _pronti()
    lettori(piano)


def _pronti() -> tuple[Piano, Client]:
    """A plan with its scores, whole year and quarters, and a program that reads it."""
    codice = "bench-2500"
    gia = Piano.objects.filter(slug=codice).select_related("azienda").first()
    if gia is not None:
        return gia, Client(SERVER_NAME="localhost", headers={"Authorization": "Bearer bench"})
    piano = piano_grande(2500)
    for frazione in ("", *TRIMESTRI):
        calcolo = azioni.avvia_calcolo(
            piano, prospettiva="consuntivo", anno=2022, frazione=frazione, da=None, in_coda=False
        )
        azioni.esegui(calcolo.pk)
    with connection.cursor() as cursore:
        cursore.execute("ANALYZE")  # as a database at work does by itself
    return piano, _programma(piano)


def _programma(piano: Piano) -> Client:
    cliente, _segreto = azioni_piani.crea_cliente(
        piano.azienda,
        nome="Bench",
        ruolo=Ruolo.CONTROLLO_GESTIONE,
        ambiti=["piani:leggi", "obiettivi:leggi", "obiettivi:scrivi"],
        da=None,
    )
    gettone = get_access_token_model()(
        application=cliente, expires="2100-01-01T00:00Z", scope=" ".join(cliente.ambiti)
    )
    set_token_value(gettone, "bench")
    gettone.save()
    return Client(SERVER_NAME="localhost", headers={"Authorization": "Bearer bench"})


def _pagina(piano: Piano, client: Client) -> None:
    indirizzo = f"/api/v1/indicatori?per_pagina={PAGINA}"
    utente = piano.azienda.clienti_api.get().user

    def nostra() -> None:
        assert len(client.get(indirizzo).json()["risultati"]) == PAGINA

    nostra()
    altre = {"precaricato": _Precaricata, "semplice": _Semplice}
    for vista in altre.values():
        _annidata(vista, utente)
    nostri, altri = [], {nome: [] for nome in altre}
    for _giro in range(GIRI):
        nostri.append(_dura(lambda: client.get(indirizzo)))
        for nome, vista in altre.items():
            altri[nome].append(_dura(lambda v=vista: _annidata(v, utente)))
    print(
        f"  {PAGINA} indicatori con target e punteggi: {median(nostri) * 1000:.1f} ms "
        f"(min {min(nostri) * 1000:.1f})"
    )
    for nome, suoi in altri.items():
        rapporti = [suo / nostro for suo, nostro in zip(suoi, nostri, strict=True)]
        print(
            f"  ModelSerializer annidato, {nome}: {median(suoi) * 1000:.1f} ms "
            f"(min {min(suoi) * 1000:.1f}); rapporto {median(rapporti):.1f}"
        )
    etag = client.get(indirizzo)["ETag"]
    print(f"  lo stesso con l'ETag (304): {tempi(lambda: _con_etag(client, indirizzo, etag))}")


def _lunghe(piano: Piano, client: Client) -> None:
    """Pages of three hundred rows: flat, and with nested targets."""
    for nome in ("rilevazioni", "misure"):
        indirizzo = f"/api/v1/{nome}?per_pagina={LUNGA}&piano={piano.slug}"
        letta = client.get(indirizzo)
        assert len(letta.json()["risultati"]) == LUNGA
        print(
            f"  {LUNGA} {nome}, {len(letta.content) // 1024} kB: "
            f"{tempi(lambda i=indirizzo: client.get(i), GIRI)}"
        )
        etag = letta["ETag"]
        print(
            "  lo stesso con l'ETag (304): "
            f"{tempi(lambda i=indirizzo, e=etag: _con_etag(client, i, e), GIRI)}"
        )


def _con_etag(client: Client, indirizzo: str, etag: str) -> None:
    assert client.get(indirizzo, headers={"If-None-Match": etag}).status_code == 304


class _Precaricata(ListAPIView):
    """The same page as a nested ModelSerializer makes it, everything prefetched: same rows seen by
    the same person, same pages, no token and no limits."""

    serializer_class = _Indicatore
    permission_classes = ()
    authentication_classes = ()
    throttle_classes = ()
    filter_backends = ()
    pagination_class = type("_Pagine", (PageNumberPagination,), {"page_size": PAGINA})

    def get_queryset(self) -> Any:
        return (
            Indicatore.objects.visibili_a(self.request.user)
            .select_related("azienda", "fonte", "rilevatore")
            .prefetch_related("misure__obiettivo__area__piano", "misure__target")
            .order_by("azienda_id", "codice")
        )

    def paginate_queryset(self, queryset: Any) -> Any:
        self.pagina = super().paginate_queryset(queryset)
        return self.pagina

    def get_serializer_context(self) -> dict[str, Any]:
        chiavi = [misura.pk for uno in self.pagina for misura in uno.misure.all()]
        punteggi: dict[int, list[dict[str, Any]]] = {}
        for riga in _punteggi(oggetto__in=chiavi):
            punteggi.setdefault(riga.oggetto, []).append(_come_dati(riga))
        return super().get_serializer_context() | {"punteggi": punteggi}


class _Semplice(_Precaricata):
    """The same as one writes it first: every relation read when the serializer comes to it."""

    serializer_class = _IndicatoreSemplice

    def get_queryset(self) -> Any:
        visibili = Indicatore.objects.visibili_a(self.request.user)
        return visibili.order_by("azienda_id", "codice")

    def get_serializer_context(self) -> dict[str, Any]:
        return super(_Precaricata, self).get_serializer_context()


def _punteggi(**quali: Any) -> Any:
    return Raggiungimento.objects.filter(livello="I", frazione="", **quali)


def _come_dati(riga: Raggiungimento) -> dict[str, Any]:
    return {nome: getattr(riga, nome) for nome in ("prospettiva", "anno", *riga.ESITO)}


def _annidata(vista: type[_Precaricata], utente: Any) -> bytes:
    richiesta = APIRequestFactory(SERVER_NAME="localhost").get("/", {"page": 1})
    force_authenticate(richiesta, utente)
    dati = vista.as_view()(richiesta).data
    assert len(dati.get("results", ())) == PAGINA, dati
    return simplejson.dumps(dati, use_decimal=True, default=str).encode()


def _carico(piano: Piano, client: Client) -> None:
    """Ten thousand results: all new, then all changed, then all the same."""
    codici = list(piano.azienda.indicatori.values_list("codice", flat=True))
    for nome, scarto in (("nuovi", 0), ("cambiati", 1), ("uguali", 1)):
        righe = [
            {"indicatore": codice, "anno": 2022, "frazione": frazione, "valore": n % 97 + scarto}
            for n, codice in enumerate(codici)
            for frazione in TRIMESTRI
        ]
        corpo = simplejson.dumps({"azienda": piano.azienda.codice, "righe": righe})
        inizio = time.perf_counter()
        risposta = client.post(
            "/api/v1/rilevazioni/carico",
            corpo,
            content_type="application/json",
            headers={"Idempotency-Key": nome},
        )
        durata = time.perf_counter() - inizio
        assert risposta.status_code == 200, risposta.content[:300]
        dati = risposta.json()
        print(
            f"  carico di {len(righe)} risultati {nome}: {durata:.2f} s, "
            f"{dati['effetti']['punteggi']} punteggi cambiati"
        )


def _dura(cosa: Any) -> float:
    inizio = time.perf_counter()
    cosa()
    return time.perf_counter() - inizio
