# SPDX-License-Identifier: AGPL-3.0-or-later
"""The windows of the cycle, and who has longer."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.models import Finestra, Frazione
from obiettivi.schede.ciclo import TRIMESTRI
from piani.forms import campo_giorno, righe
from piani.models import UnitaOrganizzativa


class DateForm(forms.Form):
    """The ends of a window, both included."""

    apre = campo_giorno(_("Si apre il"))
    scade = campo_giorno(_("Scade il"))


class FinestraForm(DateForm):
    """A window to set."""

    tipo = forms.ChoiceField(label=_("Che cosa"), choices=Finestra.Tipo.choices)
    frazione = forms.ChoiceField(
        label=_("Trimestre"),
        required=False,
        choices=[("", "–"), *((uno, Frazione(uno).label) for uno in TRIMESTRI)],
        help_text=_("Solo per la rendicontazione."),
    )

    field_order = ("tipo", "frazione", "apre", "scade")


class ProrogaForm(forms.Form):
    """A later day for a unit: one with a scheda of that year, or of the chart in force."""

    unita = forms.ModelChoiceField(
        label=_("Unità"), queryset=UnitaOrganizzativa.objects.none(), empty_label=_("Scegli")
    )
    fino_al = campo_giorno(_("Fino al"))
    motivo = forms.CharField(label=_("Motivo"), max_length=1000, widget=righe(2))

    def __init__(self, *args: Any, finestra: Finestra, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        azienda = finestra.azienda
        in_vigore = azienda.organigrammi.in_vigore(timezone.localdate()).order_by()
        self.fields["unita"].queryset = (
            UnitaOrganizzativa.objects.filter(
                Q(schede__azienda=azienda, schede__anno=finestra.anno)
                | Q(organigramma__in=in_vigore, cdr=True)
            )
            .distinct()
            .order_by("nome", "pk")
        )
