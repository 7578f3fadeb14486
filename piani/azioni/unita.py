# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draw the tree of a draft: add, change, move, order, remove a unit. Never of a dated version."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from piani.azioni.bozza import (
    PERMESSO,
    blocca,
    blocca_unita,
    campi_validi,
    com_era,
    in_coda,
    livelli_validi,
    non_usate,
    padri,
    rinumera,
    sorelle,
)
from piani.azioni.evento import registra
from piani.models import Organigramma, UnitaOrganizzativa, Utente
from piani.organigramma.albero import altezza, discendenti, livello
from piani.rules import esigi

CAMPI = ("codice", "nome", "tipo", "cdr", "nota")


def aggiungi_unita(
    bozza: Organigramma,
    *,
    codice: str,
    nome: str,
    tipo: str,
    cdr: bool = False,
    nota: str = "",
    padre: UnitaOrganizzativa | None = None,
    da: Utente | None,
) -> UnitaOrganizzativa:
    """A new unit, the last under ``padre``; it comes from no previous one.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: a field is wrong, ``padre`` is not of this draft, or it is no draft.
    """
    esigi(da, PERMESSO, bozza)
    with transaction.atomic():
        questa = blocca(bozza)
        sopra = _in_bozza(questa, padre)
        livelli_validi(livello(sopra, padri(questa)) + 1)
        unita = UnitaOrganizzativa(
            organigramma=questa,
            parent_id=sopra,
            codice=codice,
            nome=nome,
            tipo=tipo,
            cdr=cdr,
            nota=nota,
            ordine=in_coda(questa, sopra),
        )
        campi_validi(unita)
        unita.save()
        registra(
            "unita.aggiunta",
            unita,
            azienda=questa.azienda,
            da=da,
            descrizione=_("Aggiunta «%(unita)s» alla bozza «%(bozza)s»")
            % {"unita": unita, "bozza": questa},
            dati={"dopo": com_era(unita, CAMPI), "padre": sopra},
        )
    return unita


def _in_bozza(bozza: Organigramma, padre: UnitaOrganizzativa | None) -> int | None:
    """The key of a unit that stands in the draft now; None is the top."""
    if padre is None:
        return None
    if not bozza.unita.filter(pk=padre.pk).exists():
        raise ValidationError({"padre": _("«%(padre)s» non è in questa bozza.") % {"padre": padre}})
    return padre.pk


def modifica_unita(
    unita: UnitaOrganizzativa,
    *,
    codice: str,
    nome: str,
    tipo: str,
    cdr: bool,
    nota: str = "",
    vista: str | None = None,
    da: Utente | None,
) -> bool:
    """Change code, name, kind, CdR flag, note; whether anything changed.

    ``vista`` is the ``impronta`` of the values that the author had before them: a save over newer
    ones is refused.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: a field is wrong, somebody changed the unit meanwhile, or it is no
        draft.
    """
    esigi(da, PERMESSO, unita)
    with transaction.atomic():
        adesso = blocca_unita(unita)
        if vista is not None and vista != adesso.impronta:
            raise ValidationError(
                _(
                    "Mentre scrivevi qualcuno ha cambiato «%(unita)s»: guardala com’è adesso e "
                    "riprova."
                )
                % {"unita": adesso}
            )
        prima = com_era(adesso, CAMPI)
        for campo, valore in zip(CAMPI, (codice, nome, tipo, cdr, nota), strict=True):
            setattr(adesso, campo, valore)
        dopo = com_era(adesso, CAMPI)
        if prima == dopo:
            return False
        campi_validi(adesso)
        adesso.save(update_fields=CAMPI)
        registra(
            "unita.modificata",
            adesso,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("Cambiata «%(unita)s» nella bozza «%(bozza)s»")
            % {"unita": adesso, "bozza": adesso.organigramma},
            dati={"prima": prima, "dopo": dopo},
        )
    return True


def sposta_unita(
    unita: UnitaOrganizzativa, *, padre: UnitaOrganizzativa | None, da: Utente | None
) -> None:
    """Move a unit, with what hangs from it, to the last place under another.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: ``padre`` is the unit itself, hangs from it, or is not of the draft;
        or it is no draft.
    """
    esigi(da, PERMESSO, unita)
    with transaction.atomic():
        adesso = blocca_unita(unita)
        bozza = adesso.organigramma
        sopra = _in_bozza(bozza, padre)
        di_chi = padri(bozza)
        if sopra in {adesso.pk, *discendenti(adesso.pk, di_chi)}:
            raise ValidationError(
                {"padre": _("Un’unità non può stare sotto se stessa né sotto una che ne dipende.")}
            )
        if sopra == adesso.parent_id:
            return
        livelli_validi(livello(sopra, di_chi) + altezza(adesso.pk, di_chi))
        prima = adesso.parent_id
        adesso.parent_id = sopra
        adesso.ordine = in_coda(bozza, sopra)
        adesso.save(update_fields=["parent", "ordine"])
        registra(
            "unita.spostata",
            adesso,
            azienda=bozza.azienda,
            da=da,
            descrizione=_("Spostata «%(unita)s» nella bozza «%(bozza)s»")
            % {"unita": adesso, "bozza": bozza},
            dati={"prima": prima, "dopo": sopra},
        )


def ordina_unita(unita: UnitaOrganizzativa, *, in_su: bool, da: Utente | None) -> bool:
    """Exchange the unit with the one before or after it; False when it is at the end already.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: it is no draft, or the unit is gone.
    """
    esigi(da, PERMESSO, unita)
    with transaction.atomic():
        adesso = blocca_unita(unita)
        fila = sorelle(adesso)
        posto = [una.pk for una in fila].index(adesso.pk)
        altro = posto - 1 if in_su else posto + 1
        if not 0 <= altro < len(fila):
            return False
        fila[posto], fila[altro] = fila[altro], fila[posto]
        rinumera(fila)
        registra(
            "unita.ordinata",
            adesso,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("Cambiato l’ordine di «%(unita)s» nella bozza «%(bozza)s»")
            % {"unita": adesso, "bozza": adesso.organigramma},
            dati={"prima": posto + 1, "dopo": altro + 1},
        )
    return True


def elimina_unita(unita: UnitaOrganizzativa, *, da: Utente | None) -> None:
    """Take a unit out of the draft.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: other units hang from it, something points at it, or it is no draft.
    """
    esigi(da, PERMESSO, unita)
    with transaction.atomic():
        adesso = blocca_unita(unita)
        figlie = adesso.children.count()
        if figlie:
            raise ValidationError(
                _(
                    "Sotto «%(unita)s» ci sono altre unità (%(n)s): prima si spostano o si "
                    "tolgono quelle."
                )
                % {"unita": adesso, "n": figlie}
            )
        non_usate([adesso.pk])
        registra(
            "unita.eliminata",
            adesso,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("Tolta «%(unita)s» dalla bozza «%(bozza)s»")
            % {"unita": adesso, "bozza": adesso.organigramma},
            dati={
                "prima": com_era(adesso, CAMPI),
                "precedenti": list(adesso.precedenti.values_list("pk", flat=True)),
            },
        )
        adesso.delete()


def collega_precedenti(
    unita: UnitaOrganizzativa, *, precedenti: Collection[UnitaOrganizzativa], da: Utente | None
) -> None:
    """Say from which units of the version before this one comes, replacing what was said.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: one is not of the version the draft was cloned from; or it is no
        draft.
    """
    esigi(da, PERMESSO, unita)
    with transaction.atomic():
        adesso = blocca_unita(unita)
        di_prima = adesso.organigramma.nata_da_id
        if any(una.organigramma_id != di_prima for una in precedenti):
            raise ValidationError(
                {"precedenti": _("Si scelgono le unità della versione da cui la bozza è clonata.")}
            )
        erano = list(adesso.precedenti.order_by("pk").values_list("pk", flat=True))
        sono = sorted(una.pk for una in precedenti)
        if erano == sono:
            return
        adesso.precedenti.set(precedenti)
        registra(
            "unita.collegata",
            adesso,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("Cambiato da che cosa viene «%(unita)s» nella bozza «%(bozza)s»")
            % {"unita": adesso, "bozza": adesso.organigramma},
            dati={"prima": erano, "dopo": sono},
        )
