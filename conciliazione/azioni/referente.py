# SPDX-License-Identifier: AGPL-3.0-or-later
"""People from outside: entered, invited, given a body to represent or a seat; and taken away."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, salva
from conciliazione.models import Componente, Ente, Referente, Seggio
from conciliazione.models.visibilita import UFFICIO
from piani import tasks
from piani.azioni import manda, registra
from piani.azioni.persona import nome_utente_libero
from piani.models import Azienda, Invito, Utente
from piani.rules import esigi


def nomina_referente(
    ente: Ente,
    *,
    nome: str,
    cognome: str,
    email: str,
    dal: date,
    telefono: str = "",
    legale: bool = False,
    da: Utente | None,
) -> Referente:
    """Let a person represent a body; who has no access yet is entered and invited.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the person represents the body already.
    """
    esigi(da, "conciliazione.nomina_referente", ente)
    with transaction.atomic():
        persona = persona_esterna(ente.azienda, nome=nome, cognome=cognome, email=email, da=da)
        _non_dell_ufficio(persona, ente.azienda)
        referente = salva(
            Referente(
                ente=ente, utente=persona, dal=dal, telefono=telefono, legale=legale, nominato_da=da
            )
        )
        annota(
            "conc_referente.nominato",
            referente,
            _("%(persona)s rappresenta %(ente)s") % {"persona": persona, "ente": ente},
            da=da,
            riguarda=[ente],
        )
    return referente


def nomina_componente(
    seggio: Seggio,
    *,
    qualita: str,
    nome: str,
    cognome: str,
    email: str,
    dal: date,
    da: Utente | None,
) -> Componente:
    """Give a seat of the Comitato to a person, as titolare or supplente; who held it as such
    leaves the day before.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field.
    """
    esigi(da, "conciliazione.compone_comitato", seggio)
    with transaction.atomic():
        persona = persona_esterna(seggio.azienda, nome=nome, cognome=cognome, email=email, da=da)
        prima = Componente.objects.select_for_update().filter(
            seggio=seggio, qualita=qualita, al__isnull=True
        )
        for uno in prima:
            if uno.dal >= dal:
                raise ValidationError(
                    {"dal": _("Chi c'è adesso ha cominciato il %(giorno)s: serve un giorno dopo.")
                     % {"giorno": uno.dal.strftime("%d/%m/%Y")}}
                )  # fmt: skip
            uno.al = dal - timedelta(days=1)
            uno.save(update_fields=["al"])
        componente = salva(Componente(seggio=seggio, qualita=qualita, utente=persona, dal=dal))
        annota(
            "conc_componente.nominato",
            componente,
            _("%(persona)s, %(qualita)s di %(seggio)s")
            % {
                "persona": persona,
                "qualita": componente.get_qualita_display().lower(),
                "seggio": seggio,
            },
            da=da,
            riguarda=[seggio],
        )
    return componente


def fine_referente(referente: Referente, *, al: date, da: Utente | None) -> None:
    """The person represents the body until that day.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the day comes before the first, or it was ended already.
    """
    esigi(da, "conciliazione.nomina_referente", referente)
    if al < referente.dal:
        raise ValidationError({"al": _("La fine viene prima dell'inizio.")})
    with transaction.atomic():
        mio = Referente.objects.filter(pk=referente.pk, al__isnull=True)
        if not mio.update(al=al):
            raise ValidationError(_("La persona non rappresenta già più l'ente."))
        referente.al = al
        annota(
            "conc_referente.finito",
            referente,
            _("%(persona)s non rappresenta più %(ente)s")
            % {"persona": referente.utente, "ente": referente.ente},
            da=da,
            riguarda=[referente.ente],
        )


def _non_dell_ufficio(persona: Utente, azienda: Azienda) -> None:
    """Who leads the call of an ATS does not propose to it: the envelopes are sealed for them."""
    if persona.incarichi.in_vigore().filter(azienda=azienda, ruolo__in=UFFICIO).exists():
        raise ValidationError(
            {"email": _("Chi guida la Rete per l'ATS non può rappresentare un ente che propone.")}
        )


def persona_esterna(
    azienda: Azienda, *, nome: str, cognome: str, email: str, da: Utente | None
) -> Utente:
    """The person with that address, or a new one with an invitation to come in. No incarico: what
    they may do comes from what they represent. Inside the transaction of who calls.

    :raises ValidationError: by field; or the person is deactivated.
    """
    posta = email.strip().lower()
    persona = Utente.objects.filter(email__iexact=posta).first()
    if persona is None:
        persona = Utente(
            first_name=nome.strip(),
            last_name=cognome.strip(),
            email=posta,
            username=nome_utente_libero(nome, cognome),
            rappresenta_enti=True,
        )
        persona.set_unusable_password()
        salva(persona)
        registra(
            "utente.creato",
            persona,
            azienda=azienda,
            da=da,
            descrizione=_("Creata la persona %(persona)s (%(username)s)")
            % {"persona": persona, "username": persona.username},
        )
        _invita(persona, azienda, da)
    elif not persona.is_active:
        raise ValidationError({"email": _("Questa persona è disattivata.")})
    elif not persona.rappresenta_enti:
        Utente.objects.filter(pk=persona.pk).update(rappresenta_enti=True)
    return persona


def _invita(persona: Utente, azienda: Azienda, da: Utente | None) -> None:
    scade = timezone.now() + timedelta(days=settings.INVITO_GIORNI)
    invito = Invito.objects.create(utente=persona, azienda=azienda, da=da, scade_il=scade)
    manda(tasks.spedisci_invito, invito.pk)
