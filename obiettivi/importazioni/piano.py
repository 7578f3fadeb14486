# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of a plan as staff keep them: areas, objectives, indicators, targets as printed."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from obiettivi.importazioni.albero.adesso import Albero
from obiettivi.importazioni.albero.annullo import annulla, segni_dopo
from obiettivi.importazioni.albero.confronto import Confronto
from obiettivi.importazioni.albero.letto import Anni, riunite
from obiettivi.importazioni.albero.scrittura import Scrittura, controlla_segni
from obiettivi.models import AreaStrategica, Indicatore, Obiettivo, Target
from piani.azioni.righe import in_bozza
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
from piani.models import Piano

_ANNO = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_UGUALE = re.compile(r"=\s*\d")
_OBIETTIVO_DELL_ANNO = tuple(f"obiettivo {anno}" for anno in range(2010, 2051))
"""«Obiettivo 2022» is a target; «Obiettivo» alone is the objective."""
PESO = celle.numero(4, 0, 100)
PESI = ("peso", "area_peso", "obiettivo_peso")


def scelta_di(voci: Iterable[tuple[Any, Any]]) -> celle.Lettore:
    """One of the choices of a field, by its value or its name."""
    return celle.scelta({str(valore): (str(nome),) for valore, nome in voci if valore})


def stampato(cella: Any) -> str | None:
    """A target as the plan prints it, also «N.D.», or «= 95%» that looks like a formula and is
    none; dashes and dots say nothing.
    """
    if isinstance(cella, str):
        detto = " ".join(cella.split())
        if celle.normale(detto) and (celle.manca(cella) or _UGUALE.match(detto)):
            return detto[:2000]
    letto: str | None = celle.testo(2000, righe=True)(cella)
    return letto


def anno_detto(testo: str) -> str | None:
    """The year that a header says: «Obiettivo 2022», «Consuntivo 2021*»."""
    anni = set(_ANNO.findall(testo))
    return anni.pop() if len(anni) == 1 else None


def campo_pesi() -> forms.BooleanField:
    """How the weights are written."""
    return forms.BooleanField(
        label=gettext_lazy("I pesi sono scritti come frazioni: 0,3 vuol dire 30%"),
        required=False,
        help_text=gettext_lazy("Una cella che Excel mostra come 30% di solito contiene 0,3."),
    )


def con_pesi(contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[RigaLetta]:
    """The same rows, with weights from 0 to 100 and two decimals; who has more is told."""
    per = 100 if contesto.ambito.get("pesi_frazione") else 1
    for riga in righe:
        for campo in PESI:
            peso = riga.valori.get(campo)
            if isinstance(peso, Decimal):
                riga.valori[campo] = peso * per
                if peso * per > 100 or peso * per != round(peso * per, 2):
                    riga.errori[campo] = _("Il peso va da 0 a 100, con due decimali al massimo.")
        yield riga


class AmbitoPiano(Ambito):
    """Of which draft; whether what the sheet lacks leaves it; how weights are written."""

    piano = forms.ModelChoiceField(
        label=gettext_lazy("Piano in bozza"), queryset=Piano.objects.none(), to_field_name="slug"
    )
    togli = forms.BooleanField(
        label=gettext_lazy("Togli dal piano ciò che il foglio non ha"),
        required=False,
        help_text=gettext_lazy(
            "Senza questa scelta, aree, obiettivi e indicatori che il foglio non nomina restano."
        ),
    )

    pesi_frazione = campo_pesi()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piano"].queryset = (
            Piano.objects.visibili_a(self.utente)
            .filter(azienda=self.azienda, stato=Piano.Stato.BOZZA)
            .order_by("-anno_inizio", "titolo")
        )


class DelPiano(Genere):
    """The tree of a draft."""

    chiave = "piano"
    nome = gettext_lazy("Piano: albero e target")
    descrizione = gettext_lazy(
        "Le tabelle di un piano: una riga per indicatore con la sua area, il suo obiettivo e i "
        "target anno per anno, come si stampano. Si scrivono nell'albero di un piano in bozza."
    )
    permesso = "piani.modifica"
    ambito = AmbitoPiano
    predefinito = "target"
    righe_spoglie = True
    campi = (
        Campo("area_codice", gettext_lazy("Codice dell'area"), (
            "codice area", "cod area", "n area",
        ), celle.testo(20), unito=True),
        Campo("area", gettext_lazy("Area"), (
            "area", "area strategica", "area performance", "area di performance",
            "linea strategica", "linea", "ambito",
        ), celle.testo(200), unito=True),
        Campo("area_tipo", gettext_lazy("Tipo di area"), ("tipo area",),
              scelta_di(AreaStrategica.Tipo.choices), unito=True),
        Campo("area_peso", gettext_lazy("Peso dell'area %"), ("peso area", "peso dell'area"), PESO,
              unito=True),
        Campo("obiettivo_codice", gettext_lazy("Codice dell'obiettivo"), (
            "codice obiettivo", "cod obiettivo", "n obiettivo",
        ), celle.testo(30), unito=True),
        Campo("obiettivo", gettext_lazy("Obiettivo"), (
            "obiettivo", "obiettivi", "obiettivo strategico", "obiettivo operativo",
            "cosa misuriamo", "che cosa misuriamo", "descrizione obiettivo",
        ), celle.testo(2000, righe=True), unito=True),
        Campo("livello", gettext_lazy("Livello dell'obiettivo"), ("livello",),
              celle.intero(1, 9)),
        Campo("padre", gettext_lazy("Fa parte dell'obiettivo (codice)"), (
            "fa parte di", "padre", "obiettivo padre", "codice padre",
        ), celle.testo(30)),
        Campo("dimensione", gettext_lazy("Dimensione"), ("dimensione",),
              scelta_di(Obiettivo.Dimensione.choices)),
        Campo("obiettivo_peso", gettext_lazy("Peso dell'obiettivo %"), (
            "peso obiettivo", "peso dell'obiettivo",
        ), PESO, unito=True),
        Campo("codice", gettext_lazy("Codice dell'indicatore"), celle.SINONIMI_CODICE_INDICATORE,
              celle.testo(30)),
        Campo("indicatore", gettext_lazy("Indicatore"), celle.SINONIMI_NOME_INDICATORE,
              celle.testo(2000, righe=True)),
        Campo("tipo_formula", gettext_lazy("Tipo di formula"), (
            "tipo formula", "tipo di formula", "tipo indicatore",
        ), scelta_di(Indicatore.Formula.choices)),
        Campo("unita", gettext_lazy("Unità di misura"), ("unità di misura", "um", "u m"),
              celle.testo(30)),
        Campo("verso", gettext_lazy("Verso"), ("verso", "polarità"),
              scelta_di(Indicatore.Verso.choices)),
        Campo("peso", gettext_lazy("Peso dell'indicatore %"), (
            *celle.SINONIMI_PESO, "peso indicatore", "peso dell'indicatore",
        ), PESO),
        Campo("base", gettext_lazy("Valore di partenza"), (
            "valore di partenza", "baseline", "partenza", "consuntivo", "storico", "base",
        ), stampato),
        Campo("base_anno", gettext_lazy("Anno di partenza"), (
            "anno di partenza", "anno base", "anno baseline",
        ), celle.anno, costante=True),
        Campo("anno", gettext_lazy("Anno"), celle.SINONIMI_ANNO, celle.anno, costante=True,
              nell_intestazione=anno_detto),
        Campo("target", gettext_lazy("Target"), (
            *celle.SINONIMI_TARGET, "valore obiettivo", "traguardo", *_OBIETTIVO_DELL_ANNO,
        ), stampato),
        Campo("nota", gettext_lazy("Nota"), ("nota", "note", "annotazioni"),
              celle.testo(2000, righe=True)),
    )  # fmt: skip
    esempio = (
        ("Area Performance", "Obiettivi", "Indicatore", "Consuntivo 2021",
         "Obiettivo 2022", "Obiettivo 2023"),
        ("Performance economica", "Gestione dei pagamenti", "Tempo medio di pagamento",
         "57,53 GG", "≤ 60 gg", "Mantenimento"),
    )  # fmt: skip

    def confronta(self, contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        piano = _piano(contesto)
        confronto = Confronto(piano, Albero.di(piano))
        anni = Anni.di(contesto.importazione.abbinamento)
        yield from confronto.differenze(riunite(con_pesi(contesto, righe), anni))
        if contesto.ambito.get("togli"):
            yield from confronto.tolte()

    def scrivi(self, contesto: Contesto, differenze: Iterable[Differenza]) -> Scritto:
        tutte = list(differenze)
        with in_bozza(_piano(contesto), da=contesto.da) as piano:
            albero = Albero.di(piano)
            controlla_segni(tutte, albero.nodi)
            scrittura = Scrittura(piano, albero, contesto.da)
            scrittura.scrivi(tutte)
            segni = segni_dopo(scrittura.fatti, Albero.di(piano))
            effetti = _effetti(piano, scrittura)
        return Scritto({"fatti": scrittura.fatti, "segni": segni}, effetti)

    def annulla(self, contesto: Contesto) -> list[str]:
        annullo = contesto.importazione.annullo
        piano = _piano(contesto)
        with in_bozza(piano, da=contesto.da):
            annulla(piano, annullo["fatti"], annullo["segni"], da=contesto.da)
        return [_("L'albero è tornato com'era. Gli indicatori nuovi restano nella biblioteca.")]


def _piano(contesto: Contesto) -> Piano:
    """:raises ValidationError: it was removed."""
    piano = Piano.objects.filter(azienda=contesto.azienda, pk=contesto.ambito["piano"]).first()
    if piano is None:
        raise ValidationError(_("Nel frattempo il piano è stato tolto."))
    return piano


def _effetti(piano: Piano, scrittura: Scrittura) -> list[str]:
    target = Target.objects.filter(misura__obiettivo__area__piano=piano)
    dubbi = sum(uno.da_confermare for uno in target)
    frasi = []
    if nuovi := len(scrittura.indicatori):
        frasi.append(
            ngettext(
                "%(n)s indicatore è nuovo nella biblioteca.",
                "%(n)s indicatori sono nuovi nella biblioteca.",
                nuovi,
            )
            % {"n": nuovi}
        )
    if dubbi:
        frasi.append(
            ngettext(
                "La lettura di %(n)s target del piano è da confermare.",
                "La lettura di %(n)s target del piano è da confermare.",
                dubbi,
            )
            % {"n": dubbi}
        )
    return frasi


GENERE = DelPiano()
