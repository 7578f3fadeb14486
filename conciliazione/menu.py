# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entry of the main menu, and the parts of an edition in its own."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conciliazione.models import EdizioneConciliazione
from conciliazione.models.visibilita import LEGGONO, UFFICIO
from piani.models import Azienda


@dataclass(frozen=True)
class Parte:
    """A part of an edition: its home is the route ``conciliazione_<chiave>``, by edition."""

    chiave: str
    nome: str | Promise
    che_cosa: str | Promise


PARTI = (
    Parte("rete", gettext_lazy("Rete"), gettext_lazy("Enti, adesioni, ambiti e comuni")),
    Parte("comitato", gettext_lazy("Comitato"), gettext_lazy("Seggi, sedute, verbali")),
    Parte("bando", gettext_lazy("Bandi"), gettext_lazy("Manifestazioni di interesse e proposte")),
    Parte("valutazione", gettext_lazy("Valutazione"), gettext_lazy("Punteggi e graduatorie")),
    Parte("riparto", gettext_lazy("Riparto"), gettext_lazy("Scenari e contributi assegnati")),
    Parte("finanziario", gettext_lazy("Piano finanziario"), gettext_lazy("Fonti e impieghi")),
    Parte("progetti", gettext_lazy("Progetti e azioni"), gettext_lazy("Alleanze, azioni, accordi")),
    Parte("monitoraggio", gettext_lazy("Monitoraggio"), gettext_lazy("Semestri e rendiconti")),
    Parte("impatto", gettext_lazy("Impatto"), gettext_lazy("Mappe, KPI, questionari")),
)


def parti_di(edizione: EdizioneConciliazione) -> list[dict[str, Any]]:
    """The parts with their address; those whose pages are not served are left out."""
    trovate = []
    for parte in PARTI:
        try:
            url = reverse(f"conciliazione_{parte.chiave}", args=[edizione.slug])
        except NoReverseMatch:
            continue
        trovate.append({"parte": parte, "url": url})
    return trovate


def voci(utente: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """The entry of the main menu, for whom it concerns; with no query of its own: the office, who
    reads in an ATS, who represents somebody (``rappresenta_enti``).
    """
    della_casa = any(
        uno.ruolo in UFFICIO or (uno.ruolo in LEGGONO and uno.azienda.tipo == Azienda.Tipo.ATS)
        for uno in utente.incarichi_di_oggi
    )
    esterno = utente.rappresenta_enti and utente.delega is None
    if not (utente.puo_tutto or della_casa or esterno):
        return []
    return [(_("Conciliazione"), reverse("conciliazione"), ("/conciliazione/",))]
