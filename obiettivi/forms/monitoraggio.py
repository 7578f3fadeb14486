# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which quarter of which azienda is looked at."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.models import Frazione
from obiettivi.models.scheda import SchedaQuerySet
from obiettivi.schede.ciclo import TRIMESTRI


@dataclass(frozen=True)
class Scelto:
    """An azienda by its code, a year, a quarter."""

    azienda: str
    anno: int
    frazione: str

    @property
    def periodo(self) -> str:
        return f"{Frazione(self.frazione).label} {self.anno}"


class MonitoraggioForm(forms.Form):
    """Choices among the schede that the person sees; what is not said, or is none of them, is the
    newest year and the last quarter that has ended.
    """

    azienda = forms.ChoiceField(label=_("Azienda"), required=False)
    anno = forms.ChoiceField(label=_("Anno"), required=False)
    frazione = forms.ChoiceField(
        label=_("Trimestre"),
        required=False,
        choices=[(uno, Frazione(uno).label) for uno in TRIMESTRI],
    )

    def __init__(self, chiesto: Any, *, schede: SchedaQuerySet) -> None:
        coppie = sorted(
            set(schede.order_by().values_list("azienda__codice", "azienda__nome", "anno"))
        )
        self.scelto = self._scegli(chiesto, [(codice, anno) for codice, _nome, anno in coppie])
        super().__init__(vars(self.scelto) if self.scelto else None)
        self.fields["azienda"].choices = sorted({(codice, nome) for codice, nome, _a in coppie})
        anni = sorted({anno for *_altro, anno in coppie}, reverse=True)
        self.fields["anno"].choices = [(anno, str(anno)) for anno in anni]

    @staticmethod
    def _scegli(chiesto: Any, coppie: list[tuple[str, int]]) -> Scelto | None:
        if not coppie:
            return None
        codici = [codice for codice, _anno in coppie]
        azienda = chiesto.get("azienda") if chiesto.get("azienda") in codici else codici[0]
        anni = [anno for codice, anno in coppie if codice == azienda]
        detto = chiesto.get("anno", "")
        anno = next((uno for uno in anni if str(uno) == detto), max(anni))
        frazione = chiesto.get("frazione")
        if frazione not in TRIMESTRI:
            frazione = ultimo_finito(anno)
        return Scelto(azienda, anno, frazione)


def ultimo_finito(anno: int) -> str:
    """The last quarter of a year that has ended; the first while none has."""
    oggi = timezone.localdate()
    if anno < oggi.year:
        return TRIMESTRI[-1]
    return TRIMESTRI[max((oggi.month - 1) // 3 - 1, 0)]
