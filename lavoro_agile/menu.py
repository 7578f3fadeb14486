# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entry of the main menu, and the parts of the lavoro agile of an azienda in its own."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lavoro_agile.models.visibilita import LAVORANO, LEGGONO
from piani.models import Azienda


@dataclass(frozen=True)
class Parte:
    """A part: its home is the route ``lavoro_agile_<chiave>``, by azienda."""

    chiave: str
    nome: str | Promise
    che_cosa: str | Promise


PARTI = (
    Parte("domande", gettext_lazy("Domande"), gettext_lazy("Bandi, domande, pareri, ammissioni")),
    Parte("accordi", gettext_lazy("Accordi"), gettext_lazy("Accordi individuali e scadenze")),
    Parte(
        "mappatura", gettext_lazy("Mappatura"), gettext_lazy("Le attività che si possono fare così")
    ),
    Parte("pola", gettext_lazy("POLA"), gettext_lazy("Parti, fasi, programma di sviluppo")),
    Parte("cifre", gettext_lazy("Cifre"), gettext_lazy("Quanti, quanto, rispetto a che cosa")),
)


def parti_di(azienda: Azienda) -> list[dict[str, Any]]:
    """The parts with their address; those whose pages are not served are left out."""
    trovate = []
    for parte in PARTI:
        try:
            url = reverse(f"lavoro_agile_{parte.chiave}", args=[azienda.codice])
        except NoReverseMatch:
            continue
        trovate.append({"parte": parte, "url": url})
    return trovate


def voci(utente: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """The entry of the main menu, for who works in an azienda or reads there; with no query."""
    ammessi = {*LAVORANO, *LEGGONO}
    if not (utente.puo_tutto or any(u.ruolo in ammessi for u in utente.incarichi_di_oggi)):
        return []
    return [(_("Lavoro agile"), reverse("lavoro_agile"), ("/lavoro-agile/",))]
