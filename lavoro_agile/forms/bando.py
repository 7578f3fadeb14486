# SPDX-License-Identifier: AGPL-3.0-or-later
"""A call as the risorse umane write it, its tranches, who is admitted."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lavoro_agile.azioni.bando import POSTI_MASSIMI, TRANCHE_MASSIME, TrancheScritta
from lavoro_agile.forms.scelte import fra_righe
from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile, Tranche
from piani.forms import campo_giorno, righe


class BandoForm(forms.Form):
    """What a call says, from when to when."""

    titolo = forms.CharField(label=gettext_lazy("Titolo"), max_length=200)
    atto = forms.CharField(label=gettext_lazy("Atto"), max_length=200, required=False)
    apre_il = campo_giorno(gettext_lazy("Si apre il"))
    chiude_il = campo_giorno(
        gettext_lazy("Si chiude il"), help_text=gettext_lazy("L'ultimo giorno per chiedere.")
    )
    testo = forms.CharField(
        label=gettext_lazy("Testo"), required=False, max_length=50_000, widget=righe(10),
        help_text=gettext_lazy("Con i segni di Markdown."),
    )  # fmt: skip

    @staticmethod
    def iniziali(bando: BandoLavoroAgile) -> dict[str, Any]:
        campi = ("titolo", "atto", "apre_il", "chiude_il", "testo")
        return {campo: getattr(bando, campo) for campo in campi}

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        apre, chiude = dati.get("apre_il"), dati.get("chiude_il")
        if apre and chiude and chiude < apre:
            self.add_error("chiude_il", _("Si chiude prima di aprirsi."))
        return dati


class TrancheForm(forms.Form):
    """The tranches, one a line."""

    tranche = forms.CharField(
        label=gettext_lazy("Tranche"), required=False, max_length=5_000,
        widget=righe(7, spellcheck="false"),
        help_text=gettext_lazy("Una riga ciascuna: entro quale giorno; quante domande. Per "
                               "esempio 31/03/2027; 35."),
    )  # fmt: skip

    @staticmethod
    def iniziali(bando: BandoLavoroAgile) -> dict[str, str]:
        scritte = [f"{una.entro:%d/%m/%Y}; {una.posti}" for una in bando.tranche.all()]
        return {"tranche": "\n".join(scritte)}

    def clean_tranche(self) -> list[TrancheScritta]:
        righe_scritte = [riga for riga in self.cleaned_data["tranche"].splitlines() if riga.strip()]
        if len(righe_scritte) > TRANCHE_MASSIME:
            raise ValidationError(_("Sono troppe: al massimo 100."))
        return [_tranche(riga) for riga in righe_scritte]


class RiapriForm(forms.Form):
    """Until when requests are taken again."""

    chiude_il = campo_giorno(gettext_lazy("Si chiude il"))


class AmmissioneForm(forms.Form):
    """Which requests are admitted, in which tranche."""

    tranche = forms.ModelChoiceField(
        label=gettext_lazy("Tranche"), queryset=Tranche.objects.none(), empty_label=None
    )
    domande = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Domande"), queryset=DomandaLavoroAgile.objects.none(),
        error_messages={"required": gettext_lazy("Scegli almeno una domanda.")},
    )  # fmt: skip

    def __init__(self, *args: Any, bando: BandoLavoroAgile, domande: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fra_righe(self, "tranche", bando.tranche.all())
        fra_righe(self, "domande", domande)


def _tranche(riga: str) -> TrancheScritta:
    trovata = re.fullmatch(r"\s*(\d{1,2}/\d{1,2}/\d{4})\s*;\s*(\d{1,6})\s*", riga)
    giorno = _giorno(trovata[1]) if trovata else None
    if trovata is None or giorno is None:
        raise ValidationError(
            _("«%(riga)s»: scrivi il giorno, un punto e virgola e quante domande.") % {"riga": riga}
        )
    posti = int(trovata[2])
    if not 1 <= posti <= POSTI_MASSIMI:
        raise ValidationError(_("«%(riga)s»: i posti vanno da 1 in su.") % {"riga": riga})
    return TrancheScritta(giorno, posti)


def _giorno(testo: str) -> date | None:
    try:
        return datetime.strptime(testo, "%d/%m/%Y").date()  # noqa: DTZ007 -- a day, with no hour
    except ValueError:
        return None
