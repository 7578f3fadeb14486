# SPDX-License-Identifier: AGPL-3.0-or-later
"""The impact map of a project or of an action of the network, and the KPI of its rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, salva
from conciliazione.models import AzioneDiPiano, Kpi, MappaImpatto, Progetto, RigaMappa, ValoreKpi
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "conciliazione.valuta_impatto"
COLONNE = ("obiettivo", "beneficiari", "risorse", "attivita", "prodotti", "cambiamenti")
"""The six columns of the map, from left to right (Documento 2020-2023, par. 1.5)."""


def mappa_di(cosa: Progetto | AzioneDiPiano) -> MappaImpatto | None:
    return getattr(cosa, "mappa_impatto", None)


def segno_di(mappa: MappaImpatto | None) -> str:
    """The mark of a map as it was read; "" of one that is not there yet."""
    return mappa.modificata_il.isoformat() if mappa else ""


def scrivi_mappa(
    cosa: Progetto | AzioneDiPiano,
    *,
    premessa: str,
    righe: Iterable[Mapping[str, Any]],
    visto: str,
    da: Utente | None,
) -> MappaImpatto:
    """Write the whole table: rows that have a ``pk`` are rewritten or (``togli``) removed, the
    others are added at the end.

    :param visto: the mark of the map that the author had before the eyes.
    :raises PermissionDenied: the author is neither the office nor the capofila of the project.
    :raises ValidationError: somebody saved it meanwhile; a row has no objective, or is removed
        while its KPI have values.
    """
    esigi(da, PERMESSO, cosa)
    with transaction.atomic():
        mappa = _mappa_bloccata(cosa, visto)
        mappa.premessa = premessa
        salva(mappa)
        ordine = mappa.righe.aggregate(n=Max("ordine"))["n"] or 0
        for valori in righe:
            if valori.get("togli"):
                _togli_riga(mappa, valori.get("pk") or 0)
                continue
            riga = mappa.righe.filter(pk=valori["pk"]).first() if valori.get("pk") else None
            if riga is None:
                ordine += 1
                riga = RigaMappa(mappa=mappa, ordine=ordine)
            for colonna in COLONNE:
                setattr(riga, colonna, valori.get(colonna, ""))
            salva(riga)
        annota(
            "conc_mappa.scritta", mappa,
            _("Scritta la mappa d'impatto di «%(cosa)s»") % {"cosa": cosa}, da=da, riguarda=[cosa],
        )  # fmt: skip
    return mappa


def _mappa_bloccata(cosa: Progetto | AzioneDiPiano, visto: str) -> MappaImpatto:
    """The map of that project or action, new if there is none; who else writes it waits."""
    bloccata(cosa)
    di_che = {"progetto": cosa} if isinstance(cosa, Progetto) else {"azione": cosa}
    mappa = MappaImpatto.objects.filter(**di_che).first()
    if segno_di(mappa) != visto:
        raise ValidationError(
            _("Nel frattempo qualcuno ha salvato la mappa: qui sotto c'è ciò che hai scritto, "
              "aprila in un'altra finestra per vedere che cosa è cambiato e riportalo.")
        )  # fmt: skip
    return mappa or MappaImpatto(edizione=cosa.edizione, **di_che)


def _togli_riga(mappa: MappaImpatto, pk: int) -> None:
    riga = mappa.righe.filter(pk=pk).first()
    if riga is None:
        return
    if ValoreKpi.objects.filter(kpi__riga=riga).exists():
        raise ValidationError(
            _("La riga «%(riga)s» ha KPI con valori rilevati: togli prima quelli.") % {"riga": riga}
        )
    riga.delete()


def scrivi_kpi(
    riga: RigaMappa, *, valori: Mapping[str, Any], kpi: Kpi | None = None, da: Utente | None
) -> Kpi:
    """Add a KPI to a row of the map, or rewrite one.

    :raises PermissionDenied: the author is neither the office nor the capofila of the project.
    :raises ValidationError: by field; a baseline has no day; expected and baseline contradict
        which way is better.
    """
    esigi(da, PERMESSO, riga)
    with transaction.atomic():
        bloccata(riga)
        questo = kpi or Kpi(riga=riga, ordine=(riga.kpi.aggregate(n=Max("ordine"))["n"] or 0) + 1)
        for campo, valore in valori.items():
            setattr(questo, campo, valore)
        _controlla_kpi(questo)
        salva(questo)
        annota(
            "conc_kpi.scritto", questo, _("Scritto il KPI «%(kpi)s»") % {"kpi": questo}, da=da,
            riguarda=[riga.mappa],
        )  # fmt: skip
    return questo


def _controlla_kpi(kpi: Kpi) -> None:
    if kpi.base is not None and kpi.base_il is None:
        raise ValidationError({"base_il": _("Di quale giorno è il valore di partenza?")})
    if None in (kpi.base, kpi.atteso):
        return
    cresce = kpi.verso == Kpi.Verso.CRESCE
    if (kpi.atteso < kpi.base) if cresce else (kpi.atteso > kpi.base):
        raise ValidationError(
            {"atteso": _("L'atteso sta dalla parte sbagliata della partenza: controlla il verso.")}
        )


def togli_kpi(kpi: Kpi, *, da: Utente | None) -> None:
    """Remove a KPI with its values.

    :raises PermissionDenied: the author is neither the office nor the capofila of the project.
    """
    esigi(da, PERMESSO, kpi)
    with transaction.atomic():
        annota(
            "conc_kpi.tolto", kpi, _("Tolto il KPI «%(kpi)s»") % {"kpi": kpi}, da=da,
            dati={"valori": kpi.valori.count()}, riguarda=[kpi.riga.mappa],
        )  # fmt: skip
        kpi.delete()


def scrivi_valore(
    kpi: Kpi, *, giorno: date, valore: Decimal, nota: str = "", da: Utente | None
) -> ValoreKpi:
    """Record the value of a day; the one that the day had is replaced, and stays in the register.

    :raises PermissionDenied: the author is neither the office nor the capofila of the project.
    :raises ValidationError: the day is in the future, or before the baseline.
    """
    esigi(da, PERMESSO, kpi)
    if giorno > timezone.localdate():
        raise ValidationError({"giorno": _("La data è nel futuro.")})
    if kpi.base_il and giorno < kpi.base_il:
        raise ValidationError(
            {"giorno": _("Viene prima della partenza, del %(giorno)s.")
             % {"giorno": kpi.base_il.strftime("%d/%m/%Y")}}
        )  # fmt: skip
    with transaction.atomic():
        bloccata(kpi)
        riga = kpi.valori.filter(giorno=giorno).first()
        prima = riga.valore if riga else None
        riga = riga or ValoreKpi(kpi=kpi, giorno=giorno)
        riga.valore, riga.nota, riga.rilevato_da = valore, nota, da
        salva(riga)
        annota(
            "conc_kpi.rilevato", kpi, _("Rilevato il KPI «%(kpi)s»") % {"kpi": kpi}, da=da,
            dati={"prima": {"valore": None if prima is None else str(prima)},
                  "dopo": {"valore": str(valore)}},
            riguarda=[kpi.riga.mappa],
        )  # fmt: skip
    return riga


def togli_valore(valore: ValoreKpi, *, da: Utente | None) -> None:
    """Remove a value written by mistake.

    :raises PermissionDenied: the author is neither the office nor the capofila of the project.
    """
    esigi(da, PERMESSO, valore.kpi)
    with transaction.atomic():
        annota(
            "conc_kpi.valore_tolto", valore.kpi,
            _("Tolto un valore del KPI «%(kpi)s»") % {"kpi": valore.kpi}, da=da,
            dati={"giorno": valore.giorno.isoformat(), "valore": str(valore.valore)},
        )  # fmt: skip
        valore.delete()
