# SPDX-License-Identifier: AGPL-3.0-or-later
"""Incarichi: given, changed, ended. Every right in Albero begins and ends here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.models import Azienda, ClienteApi, Incarico, Ruolo, UnitaOrganizzativa, Utente
from piani.models.cliente import RUOLI_DEI_CLIENTI
from piani.rules import esigi

PERMESSO = "piani.gestisce_persone"


@dataclass(frozen=True)
class Dove:
    """When and where an incarico holds; the years are those entrusted to the Nucleo."""

    dal: date
    al: date | None = None
    unita: UnitaOrganizzativa | None = None
    anno_da: int | None = None
    anno_a: int | None = None


def assegna_incarico(
    persona: Utente, azienda: Azienda, ruolo: str, dove: Dove, *, da: Utente | None
) -> Incarico:
    """Entrust a person with a ruolo.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: dates or years out of order, a unit of another azienda, or the person
        holds the same incarico already in those days.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        persona = Utente.objects.select_for_update().get(pk=persona.pk)
        incarico = Incarico(utente=persona, azienda=azienda, ruolo=ruolo, **vars(dove))
        controlla_incarico(incarico)
        incarico.save()
        registra(
            "incarico.assegnato",
            incarico,
            azienda=azienda,
            da=da,
            descrizione=_("%(persona)s: %(ruolo)s dal %(dal)s")
            % {"persona": persona, "ruolo": incarico.get_ruolo_display(), "dal": _it(dove.dal)},
            dati={"prima": None, "dopo": _come_dati(dove)},
        )
    return incarico


def cambia_incarico(incarico: Incarico, dove: Dove, *, visto: str, da: Utente | None) -> bool:
    """Change when and where an incarico holds; whether anything changed. ``visto`` is the
    ``impronta`` of the incarico that the author had before their eyes.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: as for a new one; or somebody changed it meanwhile; or the azienda
        would be left without amministratore.
    """
    esigi(da, PERMESSO, incarico.azienda)
    with transaction.atomic():
        adesso = _bloccato(incarico)
        if adesso.impronta != visto:
            raise ValidationError(
                _("Qualcun altro ha cambiato l'incarico mentre lo guardavi: riapri la pagina.")
            )
        prima = Dove(**{nome: getattr(adesso, nome) for nome in Dove.__dataclass_fields__})
        if prima == dove:
            return False
        for nome, valore in vars(dove).items():
            setattr(adesso, nome, valore)
        controlla_incarico(adesso)
        _resta_un_amministratore(adesso)
        adesso.save(update_fields=list(vars(dove)))
        registra(
            "incarico.cambiato",
            adesso,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("Cambiato l'incarico di %(incarico)s") % {"incarico": adesso},
            dati={"prima": _come_dati(prima), "dopo": _come_dati(dove)},
        )
    return True


def chiudi_incarico(incarico: Incarico, *, al: date, da: Utente | None) -> None:
    """Say the last day of an incarico; from the day after it gives no right.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: the day comes before the beginning or does not shorten the incarico;
        or the azienda would be left without amministratore.
    """
    esigi(da, PERMESSO, incarico.azienda)
    with transaction.atomic():
        adesso = _bloccato(incarico)
        if al < adesso.dal:
            raise ValidationError(
                {"al": _("L'incarico comincia il %(dal)s: non può finire prima.")
                 % {"dal": _it(adesso.dal)}}
            )  # fmt: skip
        if adesso.al is not None and adesso.al <= al:
            raise ValidationError(
                {"al": _("L'incarico finisce già il %(al)s.") % {"al": _it(adesso.al)}}
            )
        prima, adesso.al = adesso.al, al
        _resta_un_amministratore(adesso)
        adesso.save(update_fields=["al"])
        registra(
            "incarico.chiuso",
            adesso,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("%(incarico)s fino al %(al)s") % {"incarico": adesso, "al": _it(al)},
            dati={"prima": {"al": prima}, "dopo": {"al": al}},
        )


def _di_un_programma(incarico: Incarico) -> dict[str, str]:
    """A program works for its azienda only, and does not what a person answers for."""
    cliente = ClienteApi.objects.filter(user=incarico.utente_id).first()
    if cliente is None:
        return {}
    if cliente.azienda_id != incarico.azienda_id:
        return {"azienda": _("È un programma di un'altra azienda: qui se ne crea un altro.")}
    if incarico.ruolo not in RUOLI_DEI_CLIENTI:
        return {"ruolo": _("Questo incarico è di una persona, non di un programma.")}
    return {}


def controlla_incarico(incarico: Incarico) -> None:
    """What must hold of an incarico beside the constraints of its row.

    :raises ValidationError: by field, with what to do.
    """
    errori: dict[str, str] = {}
    unita = incarico.unita
    if unita is not None and unita.organigramma.azienda_id != incarico.azienda_id:
        errori["unita"] = _("L'unità è di un'altra azienda.")
    if incarico.ruolo != Ruolo.NUCLEO and (incarico.anno_da or incarico.anno_a):
        errori["anno_da"] = _("Gli anni affidati si indicano solo per il Nucleo.")
    if incarico.al is not None and incarico.al < incarico.dal:
        errori["al"] = _("L'incarico finisce prima di cominciare.")
    if incarico.anno_da and incarico.anno_a and incarico.anno_a < incarico.anno_da:
        errori["anno_a"] = _("L'ultimo anno affidato viene prima del primo.")
    errori |= _di_un_programma(incarico)
    if errori:
        raise ValidationError(errori)
    doppione = (
        Incarico.objects.filter(
            utente=incarico.utente, azienda=incarico.azienda, ruolo=incarico.ruolo, unita=unita
        )
        .che_toccano(incarico.dal, incarico.al)
        .exclude(pk=incarico.pk)
        .first()
    )
    if doppione is not None:
        fino = _("al %(al)s") % {"al": _it(doppione.al)} if doppione.al else _("in poi")
        raise ValidationError(
            {"dal": _("La persona ha già questo incarico dal %(dal)s %(fino)s: cambia quello.")
             % {"dal": _it(doppione.dal), "fino": fino}}
        )  # fmt: skip


def _resta_un_amministratore(cambiato: Incarico) -> None:
    """An azienda that has an amministratore does not lose the last one by mistake."""
    if cambiato.ruolo != Ruolo.AMMINISTRATORE:
        return
    oggi = timezone.localdate()
    vale_ancora = cambiato.dal <= oggi and (cambiato.al is None or cambiato.al > oggi)
    if not vale_ancora and not altri_amministratori(cambiato.azienda, cambiato.utente):
        raise ValidationError(ultimo_amministratore())


def altri_amministratori(azienda: Azienda, persona: Utente) -> bool:
    """Whether somebody else sees to the people of the azienda today, and goes on tomorrow."""
    oggi = timezone.localdate()
    incarichi = azienda.incarichi.filter(ruolo=Ruolo.AMMINISTRATORE, utente__is_active=True)
    return incarichi.in_vigore(oggi).exclude(utente=persona).exclude(al=oggi).exists()


def ultimo_amministratore() -> str:
    return _(
        "È l'unico amministratore dell'azienda: prima assegna l'incarico a un'altra persona, poi "
        "chiudi il suo."
    )


def _bloccato(incarico: Incarico) -> Incarico:
    """The incarico as it is, held until the end; the azienda too, so that two last
    amministratori do not leave together.
    """
    Azienda.objects.select_for_update().get(pk=incarico.azienda_id)
    Utente.objects.select_for_update().get(pk=incarico.utente_id)
    return Incarico.objects.select_related("utente", "azienda", "unita__organigramma").get(
        pk=incarico.pk
    )


def _come_dati(dove: Dove) -> dict[str, Any]:
    return {**vars(dove), "unita": str(dove.unita) if dove.unita else None}


def _it(giorno: date) -> str:
    return giorno.strftime("%d/%m/%Y")
