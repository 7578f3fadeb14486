# SPDX-License-Identifier: AGPL-3.0-or-later
"""Thousands of results in one request: read by hand, because a serializer for each row costs more
than writing it.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError as FormaSbagliata
from rest_framework.request import Request

from obiettivi.models import Frazione, Indicatore, Rilevazione
from piani.api.forme import Corpo, MiaAzienda, Numero
from piani.azioni.carico import Errore, RigheSbagliate
from piani.models import Azienda, UnitaOrganizzativa

_NON_AMMESSI = re.compile("[\x00\ud800-\udfff]")
MASSIME = 20_000
"""Rows of a load."""
CIFRE_INTERE = Decimal(10) ** 11
DECIMALI = -4
STATI = frozenset(Rilevazione.Stato.values)
FRAZIONI = frozenset(Frazione.values)


class RigaCarico(Corpo):
    """A row of a load, for the description of the API."""

    indicatore = serializers.CharField(max_length=30, help_text="Codice dell'indicatore.")
    unita = serializers.IntegerField(required=False, allow_null=True)
    anno = serializers.IntegerField(min_value=2000, max_value=2100)
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True, required=False)
    sede = serializers.CharField(max_length=60, allow_blank=True, required=False)
    stato = serializers.ChoiceField(choices=Rilevazione.Stato.choices, required=False)
    valore = Numero(required=False, allow_null=True)
    numeratore = Numero(required=False, allow_null=True)
    denominatore = Numero(required=False, allow_null=True)
    avanzamento = Numero(7, 4, required=False, allow_null=True)
    data = serializers.DateField(
        required=False, allow_null=True, help_text="Quando si è raggiunto, di un indicatore a data."
    )
    testo = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    origine = serializers.CharField(max_length=200, allow_blank=True, required=False)


class CaricoCorpo(Corpo):
    """A load, for the description of the API."""

    azienda = MiaAzienda()
    righe = serializers.ListField(child=RigaCarico(), min_length=1, max_length=MASSIME)


class _ComeSono(serializers.Field):
    """Not looked at here: the rows are read one by one."""

    def to_internal_value(self, data: Any) -> Any:
        return data


class _Intestazione(Corpo):
    azienda = MiaAzienda()
    righe = _ComeSono()


def corpo_di(request: Request) -> tuple[Azienda, list[Any]]:
    """The azienda of a load and its rows, not read yet."""
    forma = _Intestazione(data=request.data, context={"request": request})
    forma.is_valid(raise_exception=True)
    righe = forma.validated_data["righe"]
    if not isinstance(righe, list) or not 1 <= len(righe) <= MASSIME:
        raise FormaSbagliata({"righe": _("Un elenco da 1 a %(n)s righe.") % {"n": MASSIME}})
    return forma.validated_data["azienda"], righe


def leggi_righe(azienda: Azienda, crude: list[Any]) -> list[Rilevazione]:
    """The results as the action wants them.

    :raises RigheSbagliate: row by row, what is not of the right shape.
    """
    indicatori = {uno.codice: uno for uno in Indicatore.objects.filter(azienda=azienda)}
    for uno in indicatori.values():
        uno.azienda = azienda
    chieste = {
        riga.get("unita") for riga in crude
        if isinstance(riga, dict) and _intero(riga.get("unita"))
    }  # fmt: skip
    unita = UnitaOrganizzativa.objects.filter(organigramma__azienda=azienda).select_related(
        "organigramma"
    )
    lettore = _Lettore(indicatori, unita.in_bulk(chieste) if chieste else {})
    sbagliate: list[Errore] = []
    lette = []
    for posto, riga in enumerate(crude, start=1):
        valori, errori = lettore.leggi(riga)
        if errori:
            sbagliate += [(posto, campo, frase) for campo, frase in errori.items()]
        else:
            lette.append(Rilevazione(**valori))
    if sbagliate:
        raise RigheSbagliate(sbagliate)
    return lette


def _intero(valore: Any) -> bool:
    return type(valore) is int and abs(valore) < 2**62


class _Lettore:
    """Reads a row: the values of its fields, or what is wrong with them."""

    def __init__(
        self, indicatori: dict[str, Indicatore], unita: dict[int, UnitaOrganizzativa]
    ) -> None:
        self.indicatori, self.unita = indicatori, unita
        self.campi: dict[str, Callable[[Any], Any]] = {
            "indicatore": self._indicatore,
            "unita": self._unita,
            "anno": _anno,
            "frazione": lambda valore: _fra(valore, FRAZIONI),
            "sede": lambda valore: " ".join(_testo(valore, 60).split()),
            "stato": lambda valore: _fra(valore, STATI),
            "valore": _numero,
            "numeratore": _numero,
            "denominatore": _numero,
            "avanzamento": _numero,
            "data": _giorno,
            "testo": lambda valore: _testo(valore, 2000).strip(),
            "origine": lambda valore: _testo(valore, 200).strip(),
        }

    def leggi(self, riga: Any) -> tuple[dict[str, Any], dict[str, str]]:
        if not isinstance(riga, dict):
            return {}, {"": _("Ogni riga è un oggetto.")}
        valori, errori = {}, {}
        for nome, valore in riga.items():
            legge = self.campi.get(nome)
            if legge is None:
                errori[nome] = _("Questo campo non esiste.")
                continue
            try:
                valori[nome] = legge(valore)
            except ValueError as errore:
                errori[nome] = str(errore)
        for nome in ("indicatore", "anno"):
            if nome not in riga:
                errori[nome] = _("Manca questo valore.")
        return valori, errori

    def _indicatore(self, valore: Any) -> Indicatore:
        if not isinstance(valore, str) or valore not in self.indicatori:
            raise ValueError(_("Nessun indicatore dell'azienda ha questo codice."))
        return self.indicatori[valore]

    def _unita(self, valore: Any) -> UnitaOrganizzativa | None:
        if valore is None:
            return None
        if not _intero(valore) or valore not in self.unita:
            raise ValueError(_("Nessuna unità dell'azienda ha questa chiave."))
        return self.unita[valore]


def _anno(valore: Any) -> int:
    if not _intero(valore) or not 2000 <= valore <= 2100:
        raise ValueError(_("L'anno è un numero intero dal 2000 al 2100."))
    return int(valore)


def _fra(valore: Any, ammessi: frozenset[str]) -> str:
    if not isinstance(valore, str) or valore not in ammessi:
        raise ValueError(_("Valore sconosciuto."))
    return valore


def _testo(valore: Any, massimo: int) -> str:
    if not isinstance(valore, str) or len(valore) > massimo:
        raise ValueError(_("Un testo fino a %(n)s caratteri.") % {"n": massimo})
    if "\0" in valore or (
        not valore.isprintable() and any("\ud800" <= c <= "\udfff" for c in valore)
    ):
        raise ValueError(_("Il testo ha caratteri non ammessi."))
    return valore


def _giorno(valore: Any) -> date | None:
    if valore is None:
        return None
    if isinstance(valore, str) and len(valore) == len("2026-12-31"):
        with suppress(ValueError):
            return date.fromisoformat(valore)
    raise ValueError(_("Un giorno, come 2026-12-31."))


def _numero(valore: Any) -> Decimal | None:
    """An exact number, written as a number or as text."""
    if valore is None:
        return None
    if isinstance(valore, bool) or not isinstance(valore, int | str | Decimal):
        raise ValueError(_("Un numero."))
    try:
        letto = Decimal(valore)
    except InvalidOperation as errore:
        raise ValueError(_("Un numero, con il punto davanti ai decimali.")) from errore
    if not letto.is_finite() or abs(letto) >= CIFRE_INTERE:
        raise ValueError(_("Il numero è troppo grande."))
    if letto.as_tuple().exponent < DECIMALI:  # type: ignore[operator]
        raise ValueError(_("Al massimo quattro decimali."))
    return letto
