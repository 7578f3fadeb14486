# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every change of a draft does first: lock it, and look at what stands there now."""

from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from piani.models import Organigramma, UnitaOrganizzativa
from piani.models.organigramma import LIVELLI_MASSIMI
from piani.organigramma.uso import in_parole, usi

PERMESSO = "piani.modifica_organigramma"


def blocca(bozza: Organigramma) -> Organigramma:
    """The draft as it is now, its row locked until the end of the transaction.

    :raises ValidationError: it is in force, or gone.
    """
    righe = Organigramma.objects.bozze().select_for_update(of=("self",))
    bloccata = righe.select_related("azienda").filter(pk=bozza.pk).first()
    if bloccata is None:
        raise ValidationError(
            _(
                "Questa versione non è più una bozza: è in vigore, o qualcuno l’ha eliminata. "
                "Per cambiare l’organigramma si apre una bozza nuova."
            )
        )
    return bloccata


def blocca_unita(unita: UnitaOrganizzativa) -> UnitaOrganizzativa:
    """The unit as it is now, with its draft locked.

    :raises ValidationError: its version is not a draft, or the unit is gone.
    """
    bozza = blocca(unita.organigramma)
    adesso = bozza.unita.filter(pk=unita.pk).first()
    if adesso is None:
        raise ValidationError(
            _("«%(unita)s» non c’è più: qualcuno l’ha tolta dalla bozza.") % {"unita": unita}
        )
    adesso.organigramma = bozza
    return adesso


def padri(bozza: Organigramma) -> dict[int, int | None]:
    """Each unit of the draft with the one above it."""
    return dict(bozza.unita.order_by().values_list("pk", "parent"))


def sorelle(unita: UnitaOrganizzativa) -> list[UnitaOrganizzativa]:
    """The units beside this one, itself included, in their order."""
    return list(
        UnitaOrganizzativa.objects.filter(
            organigramma=unita.organigramma_id, parent=unita.parent_id
        ).order_by("ordine", "pk")
    )


def in_coda(bozza: Organigramma, padre: int | None) -> int:
    """The place after the last unit under that one."""
    ultima = bozza.unita.filter(parent=padre).order_by("-ordine").first()
    return ultima.ordine + 1 if ultima else 1


def rinumera(unita: Iterable[UnitaOrganizzativa]) -> None:
    """Write 1, 2, 3… on units already in the order wanted; only what changes is written."""
    for posto, una in enumerate(unita, start=1):
        if una.ordine != posto:
            una.ordine = posto
            una.save(update_fields=["ordine"])


def campi_validi(unita: UnitaOrganizzativa) -> None:
    """Lengths, kind, and a code that nobody else has in the draft.

    :raises ValidationError: on the field that is wrong.
    """
    unita.clean_fields(exclude=["organigramma", "parent", "ordine"])
    altre = UnitaOrganizzativa.objects.filter(organigramma=unita.organigramma_id)
    altra = altre.filter(codice=unita.codice).exclude(pk=unita.pk).first()
    if altra:
        raise ValidationError(
            {"codice": _("Il codice è già di «%(altra)s»: sceglierne un altro.") % {"altra": altra}}
        )


def livelli_validi(quanti: int) -> None:
    """:raises ValidationError: the tree would be deeper than pages can show."""
    if quanti > LIVELLI_MASSIMI:
        raise ValidationError(
            {
                "padre": _("L’organigramma avrebbe %(n)s livelli: al massimo sono %(max)s.")
                % {"n": quanti, "max": LIVELLI_MASSIMI}
            }
        )


def non_usate(unita: Collection[int]) -> None:
    """:raises ValidationError: incarichi, objectives or other rows point at these units."""
    trovati = usi(unita)
    if trovati:
        raise ValidationError(
            _("Non si può togliere: la usano %(usi)s. Prima si spostano su un’altra unità.")
            % {"usi": in_parole(trovati)}
        )


def collega(coppie: Iterable[tuple[int, int]]) -> None:
    """Write links between a unit and what it was, given by key."""
    passaggio = UnitaOrganizzativa.precedenti.through
    passaggio.objects.bulk_create(
        passaggio(from_unitaorganizzativa_id=nuova, to_unitaorganizzativa_id=prima)
        for nuova, prima in coppie
    )


def com_era(unita: UnitaOrganizzativa, campi: Iterable[str]) -> Mapping[str, object]:
    """The values of some fields, for the audit line."""
    return {campo: getattr(unita, campo) for campo in campi}
