# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede budget of a year as staff keep them: CdR, area, objective, indicator, target."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from obiettivi.importazioni.albero.letto import Anni
from obiettivi.importazioni.albero.scrittura import controlla_segni
from obiettivi.importazioni.budget.adesso import Schede
from obiettivi.importazioni.budget.annullo import annulla, segni_dopo
from obiettivi.importazioni.budget.confronto import Confronto
from obiettivi.importazioni.budget.letto import PREREQUISITO, riunite
from obiettivi.importazioni.budget.scrittura import Scrittura
from obiettivi.importazioni.piano import (
    PESO,
    anno_detto,
    campo_pesi,
    con_pesi,
    scelta_di,
    stampato,
)
from obiettivi.models import AreaScheda, Indicatore
from piani.importazioni import celle
from piani.importazioni.genere import (
    Ambito,
    Campo,
    Contesto,
    Differenza,
    Genere,
    RigaLetta,
    Scritto,
)
from piani.models import Azienda

_PREREQUISITO = re.compile(r"pre ?requisito")


def _peso_area(cella: Any) -> Any:
    """A weight, or «Pre-requisito» as the scheme prints it."""
    if isinstance(cella, str) and _PREREQUISITO.search(celle.normale(cella)):
        return PREREQUISITO
    return PESO(cella)


class AmbitoSchede(Ambito):
    """Of which year; whether the rows that the sheet lacks leave its schede."""

    anno = forms.IntegerField(
        label=gettext_lazy("Anno delle schede"), min_value=2000, max_value=2100,
        initial=lambda: timezone.localdate().year,
    )  # fmt: skip
    togli = forms.BooleanField(
        label=gettext_lazy("Togli dalle schede del foglio le righe che il foglio non ha"),
        required=False,
        help_text=gettext_lazy("Le schede dei CdR che il foglio non nomina non si toccano."),
    )
    pesi_frazione = campo_pesi()


class DelleSchede(Genere):
    """The content of the schede while they are prepared."""

    chiave = "schede"
    nome = gettext_lazy("Schede budget")
    descrizione = gettext_lazy(
        "Una riga per obiettivo e indicatore di ogni CdR, con i pesi e il valore atteso. Il CdR "
        "che non ha la scheda dell'anno la riceve, come proposta."
    )
    permesso = "obiettivi.prepara_scheda"
    ambito = AmbitoSchede
    righe_spoglie = True
    campi = (
        Campo("cdr", gettext_lazy("Centro di responsabilità"), celle.SINONIMI_CDR,
              celle.testo(200), obbligatorio=True, unito=True, costante=True),
        Campo("area", gettext_lazy("Area"), ("area", "area performance", "area di performance"),
              celle.testo(200), unito=True),
        Campo("area_tipo", gettext_lazy("Tipo di area"), ("tipo area",),
              scelta_di(AreaScheda.Tipo.choices), unito=True),
        Campo("area_peso", gettext_lazy("Peso dell'area %"), ("peso area", "peso dell'area"),
              _peso_area, unito=True),
        Campo("obiettivo", gettext_lazy("Obiettivo"), ("obiettivo", "obiettivi"),
              celle.testo(2000, righe=True), unito=True),
        Campo("codice", gettext_lazy("Codice dell'indicatore"), celle.SINONIMI_CODICE_INDICATORE,
              celle.testo(30)),
        Campo("indicatore", gettext_lazy("Indicatore"), celle.SINONIMI_NOME_INDICATORE,
              celle.testo(2000, righe=True)),
        Campo("tipo_formula", gettext_lazy("Tipo di formula"), ("tipo formula", "tipo indicatore"),
              scelta_di(Indicatore.Formula.choices)),
        Campo("unita", gettext_lazy("Unità di misura"), ("unità di misura", "um", "u m"),
              celle.testo(30)),
        Campo("verso", gettext_lazy("Verso"), ("verso", "polarità"),
              scelta_di(Indicatore.Verso.choices)),
        Campo("peso", gettext_lazy("Peso %"), (
            *celle.SINONIMI_PESO, "peso obiettivo", "peso indicatore", "peso nell'area",
        ), PESO),
        Campo("storico", gettext_lazy("Storico"), ("storico", "valore storico"), celle.testo(200)),
        Campo("storico_anno", gettext_lazy("Anno dello storico"), ("anno storico",), celle.anno,
              costante=True),
        Campo("dato", gettext_lazy("Dato"), ("dato", "valore di partenza", "ultimo dato"),
              celle.testo(200)),
        Campo("dato_anno", gettext_lazy("Anno del dato"), ("anno dato",), celle.anno,
              costante=True),
        Campo("atteso", gettext_lazy("Valore atteso"), celle.SINONIMI_TARGET, stampato),
        Campo("di_anno", gettext_lazy("Anno della colonna"), (), celle.anno,
              nell_intestazione=anno_detto),
        Campo("aziendale", gettext_lazy("Vale il risultato dell'azienda"), ("aziendale",),
              celle.si_no),
        Campo("nota", gettext_lazy("Nota"), ("nota", "note"), celle.testo(2000, righe=True)),
    )  # fmt: skip
    esempio = (
        ("CdR", "Area performance", "Peso area", "Obiettivo", "Indicatore", "Peso obiettivo",
         "Storico 2024", "Dato 2025", "Valore atteso"),
        ("UOC Cardiologia", "P. Economica", "30", "Contenere i costi", "Costo dei dispositivi",
         "100", "1.250 €", "1.210 €", "≤ 1.200 €"),
    )  # fmt: skip

    def confronta(self, contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        anno = contesto.ambito["anno"]
        confronto = Confronto(Schede.di(contesto.azienda, anno))
        divisi = Anni.di(contesto.importazione.abbinamento).divisi
        yield from confronto.differenze(riunite(con_pesi(contesto, righe), anno, divisi))
        if contesto.ambito.get("togli"):
            yield from confronto.tolte()

    def scrivi(self, contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
        tutte, anno = list(differenze), contesto.ambito["anno"]
        with transaction.atomic():
            schede = _bloccate(contesto)
            controlla_segni(tutte, schede.nodi)
            scrittura = Scrittura(contesto, anno, schede)
            scrittura.scrivi(tutte)
            segni = segni_dopo(scrittura.fatti, Schede.di(contesto.azienda, anno).nodi)
        nuovi = scrittura.indicatori
        frase = ngettext(
            "%(n)s indicatore è nuovo nella biblioteca.",
            "%(n)s indicatori sono nuovi nella biblioteca.",
            nuovi,
        ) % {"n": nuovi}
        return Scritto({"fatti": scrittura.fatti, "segni": segni}, [frase] if nuovi else [])

    def annulla(self, contesto: Contesto) -> list[str]:
        annullo = contesto.importazione.annullo
        with transaction.atomic():
            annulla(_bloccate(contesto), annullo["fatti"], annullo["segni"], da=contesto.da)
        return [_("Le schede sono tornate com'erano. Gli indicatori nuovi restano.")]


def _bloccate(contesto: Contesto) -> Schede:
    """The schede of the year as they are now; who proposes others waits."""
    Azienda.objects.select_for_update().get(pk=contesto.azienda.pk)
    return Schede.di(contesto.azienda, contesto.ambito["anno"])


GENERE = DelleSchede()
