# SPDX-License-Identifier: AGPL-3.0-or-later
"""The versions of the chart: open a draft, put it in force, throw it away.

Who draws locks the row of the draft; who touches the dates locks the row of the azienda first,
so that two versions never hold on the same day. The azienda's lock is the weak one: it stops
another like it, not the audit lines that name the azienda.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from piani.azioni.bozza import PERMESSO, blocca, collega, non_usate
from piani.azioni.evento import registra
from piani.azioni.responsabili import trasferisci
from piani.models import Azienda, Organigramma, UnitaOrganizzativa, Utente
from piani.organigramma.passaggi import Passaggi, passaggi
from piani.rules import esigi

COPIATI = ("codice", "nome", "tipo", "cdr", "ordine", "nota", "riga_fonte")
UN_GIORNO = timedelta(days=1)


def apri_bozza(
    azienda: Azienda, *, nome: str, origine: Organigramma | None, da: Utente | None
) -> Organigramma:
    """A new draft: empty when the azienda has no chart yet, else the clone of one.

    What is cloned is the last dated version, whose units become the ``precedenti`` of the new
    ones, or another draft, whose links are copied.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: ``origine`` is an older version or of another azienda, or is missing.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        bloccata = Azienda.objects.select_for_update(no_key=True).get(pk=azienda.pk)
        _controlla_origine(bloccata, origine)
        gemella = origine is not None and origine.in_bozza
        bozza = Organigramma.objects.create(
            azienda=bloccata,
            nome=nome,
            fonte=origine.fonte if origine and gemella else "",
            nata_da=origine.nata_da if origine and gemella else origine,
        )
        if origine:
            _copia(origine, bozza)
        registra(
            "organigramma.bozza_aperta",
            bozza,
            azienda=bloccata,
            da=da,
            descrizione=_("Aperta la bozza di organigramma «%(nome)s»") % {"nome": nome},
            dati={"clonata_da": origine.pk if origine else None},
        )
    return bozza


def _controlla_origine(azienda: Azienda, origine: Organigramma | None) -> None:
    ultima = azienda.organigrammi.datate().first()
    if origine is None and ultima is not None:
        raise ValidationError(
            {"origine": _("L’azienda ha già un organigramma: la bozza si clona da quello.")}
        )
    if origine is None or (origine.in_bozza and origine.azienda_id == azienda.pk):
        return
    if ultima is None or origine.pk != ultima.pk:
        raise ValidationError(
            {"origine": _("Si clona l’ultima versione in calendario, oppure un’altra bozza.")}
        )


def _copia(origine: Organigramma, bozza: Organigramma) -> None:
    """The same units, in the same places, each linked to what it was."""
    vecchie = list(origine.unita.prefetch_related("precedenti").order_by("pk"))
    nuove = UnitaOrganizzativa.objects.bulk_create(
        UnitaOrganizzativa(
            organigramma=bozza, **{campo: getattr(vecchia, campo) for campo in COPIATI}
        )
        for vecchia in vecchie
    )
    copia_di = {vecchia.pk: nuova for vecchia, nuova in zip(vecchie, nuove, strict=True)}
    for vecchia, nuova in zip(vecchie, nuove, strict=True):
        nuova.parent = copia_di.get(vecchia.parent_id or 0)
    UnitaOrganizzativa.objects.bulk_update(nuove, ["parent"])
    collega(
        (nuova.pk, prima.pk)
        for vecchia, nuova in zip(vecchie, nuove, strict=True)
        for prima in (vecchia.precedenti.all() if origine.in_bozza else [vecchia])
    )


def modifica_bozza(bozza: Organigramma, *, nome: str, fonte: str, da: Utente | None) -> None:
    """Change the name of a draft and the act it comes from.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: it is no longer a draft.
    """
    esigi(da, PERMESSO, bozza)
    with transaction.atomic():
        prima = blocca(bozza)
        Organigramma.objects.filter(pk=bozza.pk).update(nome=nome, fonte=fonte)
        registra(
            "organigramma.modificato",
            bozza,
            azienda=prima.azienda,
            da=da,
            descrizione=_("Cambiata l’intestazione della bozza «%(nome)s»") % {"nome": nome},
            dati={
                "prima": {"nome": prima.nome, "fonte": prima.fonte},
                "dopo": {"nome": nome, "fonte": fonte},
            },
        )


def elimina_bozza(bozza: Organigramma, *, da: Utente | None) -> None:
    """Throw a draft away with its units.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: it is no longer a draft, or something points at its units.
    """
    esigi(da, PERMESSO, bozza)
    with transaction.atomic():
        questa = blocca(bozza)
        non_usate(questa.unita.values_list("pk", flat=True))
        registra(
            "organigramma.bozza_eliminata",
            questa,
            azienda=questa.azienda,
            da=da,
            descrizione=_("Eliminata la bozza di organigramma «%(nome)s»") % {"nome": questa},
            dati={
                "unita": list(questa.unita.order_by("pk").values("codice", "nome", "tipo", "cdr"))
            },
        )
        questa.delete()


def metti_in_vigore(bozza: Organigramma, *, dal: date, da: Utente | None) -> Passaggi:
    """From that day the draft is the chart: the version before it ends the day before.

    Incarichi follow their unit when it goes on as exactly one: the old one is closed the day
    before, an equal one opens on the new unit. The others stay where they are, to be mended.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: it is no longer a draft, has no units, does not come from the last
        version, or the day is not after the one on which that began.
    """
    esigi(da, PERMESSO, bozza)
    with transaction.atomic():
        azienda = Azienda.objects.select_for_update(no_key=True).get(pk=bozza.azienda_id)
        questa = blocca(bozza)
        precedente = azienda.organigrammi.datate().first()
        _controlla_decorrenza(questa, precedente, dal)
        esito = succedi(questa, precedente, dal=dal, da=da)
        registra(
            "organigramma.in_vigore",
            questa,
            azienda=azienda,
            da=da,
            descrizione=_("Organigramma «%(nome)s» in vigore dal %(giorno)s")
            % {"nome": questa, "giorno": f"{dal:%d/%m/%Y}"},
            dati={
                "dal": dal,
                "chiude": precedente.pk if precedente else None,
                "incarichi_passati": [incarico.pk for incarico, _unita in esito.seguono],
                "incarichi_da_sistemare": [incarico.pk for incarico in esito.restano],
            },
        )
    bozza.valido_dal = dal
    return esito


def _controlla_decorrenza(bozza: Organigramma, precedente: Organigramma | None, dal: date) -> None:
    if not bozza.unita.exists():
        raise ValidationError(_("La bozza è vuota: prima si aggiungono le unità."))
    if precedente is None or precedente.valido_dal is None:
        return
    if bozza.nata_da_id != precedente.pk:
        raise ValidationError(
            _(
                "Nel frattempo è entrato in calendario «%(altra)s», e questa bozza non viene da "
                "quello. Clonarlo in una bozza nuova; le unità si riportano con il foglio CSV."
            )
            % {"altra": precedente}
        )
    if dal <= precedente.valido_dal:
        raise ValidationError(
            {
                "dal": _("«%(altra)s» comincia il %(giorno)s: scegliere un giorno dopo quello.")
                % {"altra": precedente, "giorno": f"{precedente.valido_dal:%d/%m/%Y}"}
            }
        )


def succedi(
    bozza: Organigramma, precedente: Organigramma | None, *, dal: date, da: Utente | None
) -> Passaggi:
    """Give the draft its place in the calendar and carry the incarichi over.

    Called with the row of the azienda locked. A version that begins later, if there is one, is
    where this one ends.
    """
    datate = Organigramma.objects.filter(azienda=bozza.azienda_id).datate()
    seguente = datate.filter(valido_dal__gt=dal).last()
    datate.filter(Q(valido_al__isnull=True) | Q(valido_al__gte=dal), valido_dal__lt=dal).update(
        valido_al=dal - UN_GIORNO
    )
    Organigramma.objects.filter(pk=bozza.pk).update(
        valido_dal=dal,
        valido_al=seguente.valido_dal - UN_GIORNO if seguente and seguente.valido_dal else None,
    )
    esito = passaggi(bozza, precedente, dal)
    for incarico, unita in esito.seguono:
        trasferisci(incarico, unita=unita, dal=dal, da=da)
    return esito
