# SPDX-License-Identifier: AGPL-3.0-or-later
"""The CdR that still want the scheda of a year, in the inbox of who prepares them."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from obiettivi.models import Finestra, SchedaBudget
from obiettivi.rules import aziende_governate
from obiettivi.schede.proposte import origini
from piani.bacheca import Cosa
from piani.models import Organigramma, Ruolo, UnitaOrganizzativa, Utente


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """Once the negotiation of a year is set and not over: the CdR of today without a scheda.

    Four queries, however many the aziende; none for who prepares no schede.
    """
    if not (utente.puo_tutto or utente.ha_ruolo(Ruolo.CONTROLLO_GESTIONE)):
        return
    oggi = timezone.localdate()
    finestre = list(
        Finestra.objects.filter(
            azienda__in=aziende_governate(utente),
            tipo=Finestra.Tipo.NEGOZIAZIONE,
            scade__gte=oggi,
        ).select_related("azienda")
    )
    if not finestre:
        return
    aziende = {una.azienda_id for una in finestre}
    cdr: dict[int, list[int]] = defaultdict(list)
    in_vigore = Organigramma.objects.filter(azienda__in=aziende).in_vigore(oggi).order_by()
    per_azienda = UnitaOrganizzativa.objects.filter(organigramma__in=in_vigore, cdr=True)
    for azienda, unita in per_azienda.values_list("organigramma__azienda", "pk"):
        cdr[azienda].append(unita)
    prima = origini(aziende, [una for sue in cdr.values() for una in sue])
    con_scheda = _con_scheda(finestre)
    for finestra in finestre:
        fatte = con_scheda[finestra.anno]
        senza = [una for una in cdr[finestra.azienda_id] if not prima[una] & fatte]
        if senza:
            yield _cosa(finestra, len(senza))


def _con_scheda(finestre: list[Finestra]) -> dict[int, set[int]]:
    """The units with a scheda, by year."""
    quali = Q()
    for una in finestre:
        quali |= Q(azienda=una.azienda_id, anno=una.anno)
    trovate: dict[int, set[int]] = defaultdict(set)
    for anno, unita in SchedaBudget.objects.dei_cdr().filter(quali).values_list("anno", "unita"):
        trovate[anno].add(unita)
    return trovate


def _cosa(finestra: Finestra, quanti: int) -> Cosa:
    titolo = ngettext(
        "%(n)s CdR senza scheda budget %(anno)s",
        "%(n)s CdR senza scheda budget %(anno)s",
        quanti,
    )
    indirizzo = reverse("schede_proponi")
    return Cosa(
        titolo=titolo % {"n": quanti, "anno": finestra.anno},
        testo=str(finestra.azienda),
        url=f"{indirizzo}?azienda={finestra.azienda.codice}&anno={finestra.anno}",
        scadenza=finestra.scade,
    )
