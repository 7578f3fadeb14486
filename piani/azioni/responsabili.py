# SPDX-License-Identifier: AGPL-3.0-or-later
"""Heads and deputies of the units, by date; incarichi carried from one unit to another.

An incarico that changes unit is not rewritten: it ends, and an equal one begins, so that who
answered for what on a past day stays readable.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.models import Azienda, Incarico, UnitaOrganizzativa, Utente
from piani.organigramma.responsabili import DI_GUIDA
from piani.rules import esigi

UN_GIORNO = timedelta(days=1)


def nomina(
    unita: UnitaOrganizzativa,
    *,
    persona: Utente,
    ruolo: str,
    dal: date,
    al: date | None = None,
    da: Utente | None,
) -> Incarico:
    """Make a person head or deputy of a unit; whoever was, ends the day before.

    :raises PermissionDenied: the person who acts does not give incarichi in this azienda.
    :raises ValidationError: the unit is a draft's, the days are out of its version's or in the
        wrong order, the person has no incarico in the azienda, or another one begins in those days.
    """
    esigi(da, "piani.nomina_responsabile", unita)
    with transaction.atomic():
        azienda = Azienda.objects.select_for_update(no_key=True).get(pk=unita.azienda.pk)
        _controlla_persona(persona, azienda, ruolo)
        _controlla_giorni(unita, dal, al)
        lasciano = _chi_lascia(unita, ruolo, dal, al)
        for altro in lasciano:
            _chiudi(altro, dal - UN_GIORNO)
        incarico = Incarico.objects.create(
            utente=persona, azienda=azienda, ruolo=ruolo, unita=unita, dal=dal, al=al
        )
        registra(
            "incarico.nominato",
            incarico,
            azienda=azienda,
            da=da,
            descrizione=_("%(persona)s è %(ruolo)s di «%(unita)s» dal %(giorno)s")
            % {
                "persona": persona,
                "ruolo": incarico.get_ruolo_display(),
                "unita": unita,
                "giorno": f"{dal:%d/%m/%Y}",
            },
            dati={"dal": dal, "al": al, "lasciano": [altro.pk for altro in lasciano]},
        )
    return incarico


def _controlla_persona(persona: Utente, azienda: Azienda, ruolo: str) -> None:
    if ruolo not in DI_GUIDA:
        raise ValidationError({"ruolo": _("Di un’unità si nomina il responsabile o il vicario.")})
    if not persona.is_active or not persona.incarichi.filter(azienda=azienda).exists():
        raise ValidationError(
            {
                "persona": _("%(persona)s non ha nessun incarico in questa azienda.")
                % {"persona": persona}
            }
        )


def _controlla_giorni(unita: UnitaOrganizzativa, dal: date, al: date | None) -> None:
    versione = unita.organigramma
    if versione.valido_dal is None:
        raise ValidationError(
            _("L’unità è di una bozza: si nomina quando l’organigramma è in vigore.")
        )
    if not versione.vale_il(dal):
        raise ValidationError(
            {"dal": _("Quel giorno «%(versione)s» non è in vigore.") % {"versione": versione}}
        )
    if al is not None and al < dal:
        raise ValidationError({"al": _("L’incarico finisce prima di cominciare.")})
    if versione.valido_al is not None and (al is None or al > versione.valido_al):
        raise ValidationError(
            {
                "al": _(
                    "Questo organigramma finisce il %(giorno)s: l’incarico finisce entro quel "
                    "giorno, e dopo si nomina nell’unità nuova."
                )
                % {"giorno": f"{versione.valido_al:%d/%m/%Y}"}
            }
        )


def _chi_lascia(
    unita: UnitaOrganizzativa, ruolo: str, dal: date, al: date | None
) -> list[Incarico]:
    """Those in force that day in the same place; refuses one that begins within the days."""
    stesso_posto = (
        Incarico.objects.filter(unita=unita, ruolo=ruolo)
        .filter(Q(al__isnull=True) | Q(al__gte=dal))
        .select_related("utente")
        .order_by("dal", "pk")
    )
    occupanti = stesso_posto.filter(dal__lte=al) if al else stesso_posto
    comincia = occupanti.filter(dal__gte=dal).first()
    if comincia:
        raise ValidationError(
            {
                "dal": _("%(persona)s ha già questo incarico dal %(giorno)s.")
                % {"persona": comincia.utente, "giorno": f"{comincia.dal:%d/%m/%Y}"}
            }
        )
    return list(occupanti)


def termina(incarico: Incarico, *, al: date, da: Utente | None) -> None:
    """End the incarico of a head or deputy on that day.

    :raises PermissionDenied: the person does not give incarichi in this azienda.
    :raises ValidationError: it is another kind of incarico, ends by then already, or that day is
        before it begins.
    """
    esigi(da, "piani.nomina_responsabile", incarico)
    if incarico.ruolo not in DI_GUIDA:
        raise ValidationError(_("Qui finiscono solo gli incarichi di responsabile e di vicario."))
    with transaction.atomic():
        adesso = Incarico.objects.select_for_update().get(pk=incarico.pk)
        if al < adesso.dal:
            raise ValidationError(
                {
                    "al": _("L’incarico comincia il %(giorno)s: non può finire prima.")
                    % {"giorno": f"{adesso.dal:%d/%m/%Y}"}
                }
            )
        if adesso.al is not None and adesso.al <= al:
            raise ValidationError(
                {
                    "al": _("L’incarico finisce già il %(giorno)s.")
                    % {"giorno": f"{adesso.al:%d/%m/%Y}"}
                }
            )
        _chiudi(adesso, al)
        registra(
            "incarico.terminato",
            adesso,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("L’incarico di %(persona)s finisce il %(giorno)s")
            % {"persona": adesso.utente, "giorno": f"{al:%d/%m/%Y}"},
            dati={"prima": adesso.al, "dopo": al},
        )


def riassegna(incarico: Incarico, *, unita: UnitaOrganizzativa, da: Utente | None) -> Incarico:
    """Carry to a unit of the chart an incarico left on a past version, or on none.

    It holds there from the day that version began, or from its own first day if later.

    Who draws the chart mends what a new version left behind; to give a unit to an incarico that
    had none is to entrust a person with it, and takes the right of :func:`nomina`.

    :raises PermissionDenied: the person may not, in this azienda.
    :raises ValidationError: the unit is of a draft or of another azienda, the incarico stands in
        the chart already, is over, or would make a second head.
    """
    lasciato = incarico.unita_id is not None
    esigi(da, "piani.modifica_organigramma" if lasciato else "piani.nomina_responsabile", incarico)
    with transaction.atomic():
        azienda = Azienda.objects.select_for_update(no_key=True).get(pk=incarico.azienda_id)
        adesso = Incarico.objects.select_related("unita__organigramma", "utente").get(
            pk=incarico.pk
        )
        inizio = unita.organigramma.valido_dal
        if unita.organigramma.azienda_id != azienda.pk or inizio is None:
            raise ValidationError(
                {"unita": _("Si sceglie un’unità dell’organigramma in vigore dell’azienda.")}
            )
        dal = max(adesso.dal, inizio)
        _controlla_da_sistemare(adesso, unita, dal)
        if adesso.ruolo in DI_GUIDA:
            occupato = _in_quei_giorni(unita, adesso.ruolo, dal, adesso.al)
            if occupato:
                raise ValidationError(
                    {
                        "unita": _("«%(unita)s» ha già %(persona)s: prima finisce quell’incarico.")
                        % {"unita": unita, "persona": occupato.utente}
                    }
                )
        return trasferisci(adesso, unita=unita, dal=dal, da=da)


def _controlla_da_sistemare(incarico: Incarico, unita: UnitaOrganizzativa, dal: date) -> None:
    if incarico.unita and incarico.unita.organigramma.vale_il(dal):
        raise ValidationError(
            _("L’incarico di %(persona)s è già al suo posto: qualcuno l’ha sistemato.")
            % {"persona": incarico.utente}
        )
    fine = unita.organigramma.valido_al
    if (incarico.al and incarico.al < dal) or (fine and fine < dal):
        raise ValidationError(
            {"unita": _("L’incarico e l’unità non hanno giorni in comune: sceglierne un’altra.")}
        )


def _in_quei_giorni(
    unita: UnitaOrganizzativa, ruolo: str, dal: date, al: date | None
) -> Incarico | None:
    occupanti = Incarico.objects.filter(Q(al__isnull=True) | Q(al__gte=dal), unita=unita)
    if al:
        occupanti = occupanti.filter(dal__lte=al)
    return occupanti.filter(ruolo=ruolo).select_related("utente").first()


def trasferisci(
    incarico: Incarico, *, unita: UnitaOrganizzativa, dal: date, da: Utente | None
) -> Incarico:
    """From that day the incarico is on the unit; called inside the transaction that needs it.

    :raises ValidationError: the incarico changed meanwhile.
    """
    era = incarico.unita_id
    if incarico.dal >= dal:
        mio = Incarico.objects.filter(pk=incarico.pk, unita=era)
        if not mio.update(unita=unita):
            raise ValidationError(_("Qualcuno ha appena cambiato questo incarico: riprova."))
        nuovo = Incarico.objects.get(pk=incarico.pk)
    else:
        nuovo = Incarico.objects.get(pk=incarico.pk)
        _chiudi(incarico, dal - UN_GIORNO)
        nuovo.pk, nuovo._state.adding = None, True
        nuovo.unita, nuovo.dal = unita, dal
        nuovo.save(force_insert=True)
    registra(
        "incarico.trasferito",
        nuovo,
        azienda=nuovo.azienda,
        da=da,
        descrizione=_("L’incarico di %(persona)s passa a «%(unita)s» dal %(giorno)s")
        % {"persona": nuovo.utente, "unita": unita, "giorno": f"{nuovo.dal:%d/%m/%Y}"},
        dati={"incarico": incarico.pk, "prima": era, "dopo": unita.pk, "dal": dal},
    )
    return nuovo


def _chiudi(incarico: Incarico, giorno: date) -> None:
    """End it, unless somebody changed its end since it was read."""
    if not Incarico.objects.filter(pk=incarico.pk, al=incarico.al).update(al=giorno):
        raise ValidationError(_("Qualcuno ha appena cambiato questo incarico: riprova."))
