# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the network awaits from the office that leads it: as many queries for one as for many."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conciliazione.models import Adesione, EdizioneConciliazione, Rinuncia
from conciliazione.models.visibilita import UFFICIO
from piani.bacheca import Cosa
from piani.models import Utente

IN_VIGORE = EdizioneConciliazione.Stato.IN_VIGORE


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """The requests to evaluate and the renunciations to take note of, one row for each azienda."""
    mie = {uno.azienda_id: uno.azienda for uno in utente.incarichi_di_oggi if uno.ruolo in UFFICIO}
    if not mie:
        return
    edizioni = EdizioneConciliazione.objects.filter(azienda__in=mie, stato=IN_VIGORE)
    slug = dict(edizioni.order_by("anno_inizio").values_list("azienda", "slug"))
    richieste = _contate(Adesione, Q(stato=Adesione.Stato.CONFERMATA, azienda__in=mie), "azienda")
    rinunce = _contate(
        Rinuncia, Q(presa_atto_il__isnull=True, adesione__azienda__in=mie), "adesione__azienda"
    )
    for chiave, azienda in mie.items():
        if chiave not in slug:
            continue
        indirizzo = reverse("rete_adesioni", args=[slug[chiave]])
        if quante := richieste.get(chiave):
            yield Cosa(
                titolo=ngettext(
                    "%(n)s richiesta di adesione da valutare",
                    "%(n)s richieste di adesione da valutare",
                    quante,
                )
                % {"n": quante},
                testo=_("%(azienda)s: le valuta il Comitato (art. 5 del Regolamento).")
                % {"azienda": azienda},
                url=f"{indirizzo}?stato={Adesione.Stato.CONFERMATA}",
            )
        if quante := rinunce.get(chiave):
            yield Cosa(
                titolo=ngettext(
                    "%(n)s rinuncia alla Rete di cui prendere atto",
                    "%(n)s rinunce alla Rete di cui prendere atto",
                    quante,
                )
                % {"n": quante},
                testo=_("%(azienda)s: l'ente resta nella Rete fino alla presa d'atto.")
                % {"azienda": azienda},
                url=f"{indirizzo}?rinuncia=si",
            )


def _contate(modello: type, quali: Q, per: str) -> dict[int, int]:
    righe = modello.objects.filter(quali).order_by()  # type: ignore[attr-defined]
    return dict(righe.values_list(per).annotate(quante=Count("pk")))
