# SPDX-License-Identifier: AGPL-3.0-or-later
"""Split a unit of a draft, merge several: what they were before goes with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from piani.azioni.bozza import (
    PERMESSO,
    blocca,
    blocca_unita,
    campi_validi,
    collega,
    non_usate,
    padri,
    rinumera,
    sorelle,
)
from piani.azioni.evento import registra
from piani.models import Organigramma, UnitaOrganizzativa, Utente
from piani.organigramma.albero import livello
from piani.rules import esigi


@dataclass(frozen=True)
class Parte:
    """One of the units that a split makes."""

    codice: str
    nome: str


def dividi_unita(
    unita: UnitaOrganizzativa, *, parti: Sequence[Parte], da: Utente | None
) -> list[UnitaOrganizzativa]:
    """Make several units of one, side by side, all coming from what it came from.

    The first part takes the place of the unit and keeps what hangs from it; kind and CdR flag are
    the same for all.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: fewer than two parts, a wrong or repeated code, or it is no draft.
    """
    esigi(da, PERMESSO, unita)
    if len(parti) < 2:
        raise ValidationError(_("Per dividere ci vogliono almeno due unità con codice e nome."))
    with transaction.atomic():
        adesso = blocca_unita(unita)
        era = {"codice": adesso.codice, "nome": adesso.nome}
        vengono_da = list(adesso.precedenti.values_list("pk", flat=True))
        fila = sorelle(adesso)
        posto = [una.pk for una in fila].index(adesso.pk)
        fila[posto] = adesso
        nate = [adesso, *(_gemella(adesso) for _parte in parti[1:])]
        for una, parte in zip(nate, parti, strict=True):
            una.codice, una.nome = parte.codice, parte.nome
            campi_validi(una)
            una.save()
        collega((una.pk, prima) for una in nate[1:] for prima in vengono_da)
        rinumera([*fila[:posto], *nate, *fila[posto + 1 :]])
        registra(
            "unita.divisa",
            adesso,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("Divisa «%(unita)s» in %(n)s nella bozza «%(bozza)s»")
            % {"unita": era["nome"], "n": len(parti), "bozza": adesso.organigramma},
            dati={"prima": era, "dopo": [{"pk": u.pk, "codice": u.codice} for u in nate]},
        )
    return nate


def _gemella(unita: UnitaOrganizzativa) -> UnitaOrganizzativa:
    return UnitaOrganizzativa(
        organigramma=unita.organigramma,
        parent_id=unita.parent_id,
        tipo=unita.tipo,
        cdr=unita.cdr,
        ordine=unita.ordine,
    )


def unisci_unita(
    bozza: Organigramma,
    *,
    unita: Sequence[UnitaOrganizzativa],
    codice: str,
    nome: str,
    da: Utente | None,
) -> UnitaOrganizzativa:
    """Make one unit of several: it comes from all that they came from.

    It takes the place of the one nearest the top (the first of the list among equals), with its
    kind; it is a CdR if any was. What hung from the others hangs from it.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: fewer than two units, one that is not of the draft, a code of another
        unit, something that points at a unit that would go; or it is no draft.
    """
    esigi(da, PERMESSO, bozza)
    with transaction.atomic():
        questa = blocca(bozza)
        scelte = list(questa.unita.filter(pk__in=[una.pk for una in unita]).order_by("ordine"))
        if len(scelte) < 2 or len(scelte) != len({una.pk for una in unita}):
            raise ValidationError(_("Per unire si scelgono almeno due unità di questa bozza."))
        di_chi = padri(questa)
        resta, *vanno = sorted(scelte, key=lambda una: livello(una.pk, di_chi))
        erano = [{"codice": una.codice, "nome": una.nome} for una in (resta, *vanno)]
        chiavi = [una.pk for una in vanno]
        non_usate(chiavi)
        resta.precedenti.add(*UnitaOrganizzativa.objects.filter(successive__in=chiavi))
        questa.unita.filter(parent__in=chiavi).exclude(pk__in=chiavi).update(parent=resta)
        questa.unita.filter(pk__in=chiavi).delete()
        resta.codice, resta.nome = codice, nome
        resta.cdr = any(una.cdr for una in scelte)
        campi_validi(resta)
        resta.save(update_fields=["codice", "nome", "cdr"])
        rinumera(questa.unita.filter(parent=resta).order_by("ordine", "pk"))
        registra(
            "unita.unite",
            resta,
            azienda=questa.azienda,
            da=da,
            descrizione=_("Unite %(n)s unità in «%(unita)s» nella bozza «%(bozza)s»")
            % {"n": len(scelte), "unita": resta, "bozza": questa},
            dati={"prima": erano, "dopo": {"codice": codice, "nome": nome}},
        )
    return resta
