# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every resource is made of: whose rows, which columns, which actions.

Reads never build model instances: the columns named by the serializer come by ``values_list`` and
``completa`` adds what hangs from them, so a list costs a fixed number of queries.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer, Serializer
from rest_framework.viewsets import GenericViewSet

from piani.api.errori import SenzaCondizione, Superato
from piani.api.filtri import controlla_parametri
from piani.api.formato import etag_di, scrivi
from piani.api.invariati import etag_ancora_buono, istantanea, ricorda
from piani.api.limiti import AlMinuto
from piani.rules import esigi

PRIVATA = "private, no-cache"
"""Kept only by who asked, and asked again each time with its ETag."""


class Vista(GenericViewSet):
    """Knobs of all: ``ambito`` (whose scopes), ``aperta`` (read by anybody)."""

    ambito: ClassVar[str]
    aperta = False
    conservazione = PRIVATA
    limite: AlMinuto | None = None
    _prima = ""

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        risposta = super().finalize_response(request, response, *args, **kwargs)
        if self.limite is not None:
            for nome, valore in self.limite.intestazioni().items():
                risposta[nome] = valore
        risposta.setdefault("Cache-Control", "no-store")
        return risposta

    def risposta(self, dati: Any, stato: int = 200, **intestazioni: str) -> HttpResponse:
        """Data as sent; who has them already (If-None-Match) is told so with a 304."""
        testo = scrivi(dati)
        etag = etag_di(testo)
        legge = self.request.method in ("GET", "HEAD")
        if self._prima:
            ricorda(self._chi_e_che_cosa(), self._prima, etag)
        if legge and etag in self._gia_in_mano():
            return self._come_prima(etag)
        risposta = HttpResponse(testo, status=stato, content_type="application/json")
        risposta["ETag"] = etag
        if legge:
            risposta["Cache-Control"] = self.conservazione
        for nome, valore in intestazioni.items():
            risposta[nome.replace("_", "-")] = valore
        return risposta

    def invariata(self) -> HttpResponse | None:
        """A 304 to who has the answer already, if nobody wrote anything since it was made."""
        self._prima = istantanea()
        etag = etag_ancora_buono(self._chi_e_che_cosa(), self._prima)
        return self._come_prima(etag) if etag and etag in self._gia_in_mano() else None

    def _chi_e_che_cosa(self) -> tuple[object, ...]:
        chi = self.request.user
        return chi.pk, getattr(chi, "delega", None), self.request.build_absolute_uri()

    def _gia_in_mano(self) -> list[str]:
        visti = self.request.headers.get("If-None-Match", "")
        return [uno.strip().removeprefix("W/") for uno in visti.split(",")]

    def _come_prima(self, etag: str) -> HttpResponse:
        intestazioni = {"ETag": etag, "Cache-Control": self.conservazione}
        return HttpResponse(status=304, headers=intestazioni)

    def letti(
        self, classe: type[Serializer], *, partial: bool = False, **contesto: Any
    ) -> dict[str, Any]:
        """The body of the request, checked in its shape by a serializer; ``contesto``: what its
        fields have to know.

        :raises ParseError: a change without a body says nothing.
        """
        if self.request.method == "PATCH" and not self.request.META.get("CONTENT_LENGTH"):
            raise ParseError(_("Manca il corpo: dire che cosa cambia."))
        contesto["request"] = self.request
        forma = classe(data=self.request.data, partial=partial, context=contesto)
        forma.is_valid(raise_exception=True)
        return dict(forma.validated_data)

    def esigi(self, permesso: str, oggetto: Any) -> None:
        """403 before looking at what was sent; the action asks again."""
        esigi(self.request.user, permesso, oggetto)


class Risorsa(Vista):
    """Rows of a table, read by columns.

    ``modello``: its ``objects`` has ``visibili_a``. ``serializer_class``: what is given; the
    fields with a ``source`` («azienda.codice») come from there, nested ones and those in its
    ``calcolati`` are put by ``completa``. ``ordini``: by what a list is sorted, name → column.
    ``collegati``: what an instance needs at hand for an action (select_related).
    """

    modello: ClassVar[type[Model]]
    ordini: ClassVar[dict[str, str]] = {}
    ordine: ClassVar[Sequence[str]] = ()
    chiave_unica: ClassVar[Sequence[str]] = ("pk",)
    collegati: ClassVar[Sequence[str]] = ()
    lookup_value_regex = r"[0-9]{1,18}"

    def visibili(self) -> QuerySet[Any]:
        """The rows that who asks may read."""
        tutti: Any = self.modello._default_manager
        return tutti.visibili_a(self.request.user)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.modello._default_manager.none()
        return self.visibili()

    def righe(self, queryset: QuerySet[Any]) -> list[dict[str, Any]]:
        """The rows as sent."""
        colonne = colonne_di(self.get_serializer_class())
        lette = queryset.values_list(*colonne.values())
        righe = [dict(zip(colonne, riga, strict=True)) for riga in lette]
        self.completa(righe)
        return righe

    def completa(self, righe: list[dict[str, Any]]) -> None:
        """Add to the rows what is not a column: a fixed number of queries for all of them."""

    def una(self, **chiave: Any) -> dict[str, Any]:
        """One row as sent; 404 if it is not there, or is not of who asks."""
        righe = self.righe(self.get_queryset().filter(**chiave)[:1])
        if not righe:
            raise Http404
        return righe[0]

    def oggetto(self) -> Any:
        """The row of the address, for an action."""
        visti = self.get_queryset()
        if self.collegati:
            visti = visti.select_related(*self.collegati)
        return get_object_or_404(visti, **self._chiave())

    def _chiave(self) -> dict[str, Any]:
        return {self.lookup_field: self.kwargs[self.lookup_url_kwarg or self.lookup_field]}

    @contextmanager
    def in_modifica(self, permesso: str, su: Any = None) -> Iterator[Any]:
        """The row of the address, to be changed: who may not is stopped first (403), then who did
        not say on what they decided (428, 412). Nobody else changes it until the end.
        """
        riga = self.oggetto()
        self.esigi(permesso, riga if su is None else su(riga))
        condizione = self.request.headers.get("If-Match", "")
        if not condizione:
            raise SenzaCondizione
        with transaction.atomic():
            self.blocca(riga)
            riga = self.oggetto()
            esigi_invariato(condizione, self.una(pk=riga.pk))
            yield riga

    def passo(
        self,
        permesso: str,
        azione: Callable[..., Any],
        forma: type[Serializer] | None = None,
        stato: int = 200,
    ) -> HttpResponse:
        """Do something to the row of the address, and give it as it is then.

        ``permesso`` is asked before looking at what was sent; without one, the action asks.
        """
        riga = self.oggetto()
        if permesso:
            self.esigi(permesso, riga)
        dati = self.letti(forma) if forma else {}
        azione(riga, **dati, da=self.request.user)
        return self.risposta(self.una(pk=riga.pk), stato)

    def creata(self, chiave: int, dove: str, classe: type["Risorsa"] | None = None) -> HttpResponse:
        """A row just added, as its own resource gives it."""
        sua = classe(request=self.request, kwargs={}, format_kwarg=None) if classe else self
        return self.risposta(sua.una(pk=chiave), 201, Location=f"/api/v1/{dove}/{chiave}")

    def blocca(self, riga: Any) -> None:
        """Take the row for oneself, in the order in which the actions take theirs."""
        type(riga)._default_manager.select_for_update(of=("self",)).filter(pk=riga.pk).first()


class Elenco:
    """``GET /risorse``."""

    def list(self: Any, request: Request, **kwargs: Any) -> HttpResponse:
        if come_prima := self.invariata():
            return come_prima
        righe = self.paginator.paginate_queryset(
            self.filter_queryset(self.get_queryset()), request, self
        )
        return self.risposta(self.paginator.insieme(self.righe(righe)))


class Singola:
    """``GET /risorse/{chiave}``."""

    def retrieve(self: Any, request: Request, **kwargs: Any) -> HttpResponse:
        controlla_parametri(request, ())
        if come_prima := self.invariata():
            return come_prima
        return self.risposta(self.una(**self._chiave()))


class Lettura(Elenco, Singola, Risorsa):
    """A resource that is only read."""


def esigi_invariato(condizione: str, dati: Any) -> None:
    """What is about to be changed is still what was read (``condizione``: the If-Match).

    :raises SenzaCondizione: it does not say on what it was decided.
    :raises Superato: somebody changed it meanwhile.
    """
    if not condizione:
        raise SenzaCondizione
    visti = [uno.strip() for uno in condizione.split(",")]
    if visti != ["*"] and etag_di(scrivi(dati)) not in visti:
        raise Superato


_colonne: dict[type[BaseSerializer], dict[str, str]] = {}


def colonne_di(classe: type[BaseSerializer]) -> dict[str, str]:
    """The columns that a serializer gives, by name: read from its fields once."""
    if classe not in _colonne:
        calcolati = getattr(classe, "calcolati", ())
        _colonne[classe] = {
            nome: (campo.source or nome).replace(".", "__")
            for nome, campo in classe().fields.items()
            if nome not in calcolati and not isinstance(campo, BaseSerializer)
        }
    return _colonne[classe]
