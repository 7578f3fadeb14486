# SPDX-License-Identifier: AGPL-3.0-or-later
"""People: entered with their first incarico, corrected, deactivated, brought back."""

import re
import unicodedata
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.incarico import (
    PERMESSO,
    Dove,
    altri_amministratori,
    assegna_incarico,
    ultimo_amministratore,
)
from piani.azioni.invito import invita
from piani.models import Azienda, Incarico, Ruolo, Utente
from piani.rules import esigi


def crea_persona(
    azienda: Azienda,
    *,
    nome: str,
    cognome: str,
    email: str,
    username: str = "",
    ruolo: str,
    dove: Dove,
    spedisci: bool = True,
    da: Utente | None,
) -> Utente:
    """A new person with a first incarico, and the invitation to come in (unless ``spedisci`` is
    False: who enters with the body's own credentials needs none).

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: by field; e-mail address or user name already taken.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        persona = Utente(
            first_name=nome.strip(),
            last_name=cognome.strip(),
            email=email.strip().lower(),
            username=username.strip() or nome_utente_libero(nome, cognome),
        )
        _salva_nuova(persona)
        registra(
            "utente.creato",
            persona,
            azienda=azienda,
            da=da,
            descrizione=_("Creata la persona %(persona)s (%(username)s)")
            % {"persona": persona, "username": persona.username},
            dati={"dopo": _anagrafica(persona)},
        )
        assegna_incarico(persona, azienda, ruolo, dove, da=da)
        if spedisci:
            invita(persona, azienda, da=da)
    return persona


def _salva_nuova(persona: Utente) -> None:
    persona.set_unusable_password()
    persona.full_clean()
    try:
        with transaction.atomic():
            persona.save()
    except IntegrityError:  # somebody entered the same meanwhile: the check now finds it
        persona.full_clean()
        raise


def nome_utente_libero(nome: str, cognome: str, presi: frozenset[str] = frozenset()) -> str:
    """``nome.cognome`` in plain letters, with a number after it if others have it."""
    base = f"{_semplice(nome)}.{_semplice(cognome)}".strip(".") or "persona"
    usati = set(
        Utente.objects.filter(username__istartswith=base).values_list("username", flat=True)
    )
    usati = {uno.lower() for uno in usati | presi}
    candidato, numero = base, 2
    while candidato in usati:
        candidato, numero = f"{base}{numero}", numero + 1
    return candidato


def _semplice(testo: str) -> str:
    senza_accenti = unicodedata.normalize("NFKD", testo).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", senza_accenti.lower())


def accogli_persona(
    azienda: Azienda,
    *,
    cognome: str,
    email: str,
    ruolo: str,
    dove: Dove,
    da: Utente | None,
) -> Utente:
    """Entrust with an incarico who works in Albero already, for another azienda. E-mail address
    and surname must both be theirs: an address typed wrong does not bring a stranger in.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: nobody has that address and surname; or as for any incarico.
    """
    esigi(da, PERMESSO, azienda)
    persona = Utente.objects.filter(
        email__iexact=email.strip(), last_name__iexact=cognome.strip(), is_active=True
    ).first()
    if persona is None:
        raise ValidationError(
            {"email": _("Nessuna persona attiva ha questa posta e questo cognome.")}
        )
    assegna_incarico(persona, azienda, ruolo, dove, da=da)
    return persona


def modifica_persona(
    persona: Utente, azienda: Azienda, *, nome: str, cognome: str, email: str, da: Utente | None
) -> bool:
    """Correct name and e-mail address; whether anything changed.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: the person works in other aziende too; or the address is taken.
    """
    esigi(da, PERMESSO, azienda)
    nuovi = {
        "first_name": nome.strip(),
        "last_name": cognome.strip(),
        "email": email.strip().lower(),
    }
    with transaction.atomic():
        adesso = _tutta_nostra(persona, azienda, da)
        prima = _anagrafica(adesso)
        for campo, valore in nuovi.items():
            setattr(adesso, campo, valore)
        adesso.full_clean(exclude=["password"])
        if prima == _anagrafica(adesso):
            return False
        adesso.save(update_fields=list(nuovi))
        registra(
            "utente.modificato",
            adesso,
            azienda=azienda,
            da=da,
            descrizione=_("Corretti i dati di %(persona)s") % {"persona": adesso},
            dati={"prima": prima, "dopo": _anagrafica(adesso)},
        )
    return True


def disattiva_persona(persona: Utente, azienda: Azienda, *, da: Utente | None) -> None:
    """Shut a person out at once, open sessions and invitations included. What they did stays.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: the person works in other aziende too, is the author, is the last
        amministratore, or is deactivated already.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        adesso = _tutta_nostra(persona, azienda, da)
        if da is not None and adesso.pk == da.pk:
            raise ValidationError(_("Non puoi disattivare te stesso."))
        amministra = azienda.incarichi.filter(utente=adesso, ruolo=Ruolo.AMMINISTRATORE)
        if amministra.in_vigore().exists() and not altri_amministratori(azienda, adesso):
            raise ValidationError(ultimo_amministratore())
        if not Utente.objects.filter(pk=adesso.pk, is_active=True).update(is_active=False):
            raise ValidationError(_("La persona è già disattivata."))
        adesso.inviti.aperti().update(revocato_il=timezone.now())
        registra(
            "utente.disattivato",
            adesso,
            azienda=azienda,
            da=da,
            descrizione=_("Disattivata %(persona)s") % {"persona": adesso},
        )


def riattiva_persona(persona: Utente, azienda: Azienda, *, da: Utente | None) -> None:
    """Let a person in again, with the incarichi that are still in force.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: the person works in other aziende too, or is not deactivated.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        adesso = _tutta_nostra(persona, azienda, da)
        if not Utente.objects.filter(pk=adesso.pk, is_active=False).update(is_active=True):
            raise ValidationError(_("La persona è già attiva."))
        registra(
            "utente.riattivato",
            adesso,
            azienda=azienda,
            da=da,
            descrizione=_("Riattivata %(persona)s") % {"persona": adesso},
        )


def togli_secondo_fattore(persona: Utente, azienda: Azienda, *, da: Utente | None) -> None:
    """Forget the second factor of who lost it; they set up another at the next login.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: the person works in other aziende too, or has no second factor.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        adesso = _tutta_nostra(persona, azienda, da)
        tolti, _per_tabella = Authenticator.objects.filter(user=adesso).delete()
        if not tolti:
            raise ValidationError(_("La persona non ha un secondo fattore."))
        registra(
            "utente.secondo_fattore_tolto",
            adesso,
            azienda=azienda,
            da=da,
            descrizione=_("Tolto il secondo fattore di %(persona)s") % {"persona": adesso},
        )


def altre_aziende(persona: Utente, da: Utente | None) -> bool:
    """Whether the person has, or will have, incarichi where the author does not see to people."""
    if da is None:
        return False
    altrove = Incarico.objects.filter(utente=persona).che_toccano(timezone.localdate(), None)
    return altrove.exclude(azienda__in=Azienda.objects.amministrate_da(da)).exists()


def _tutta_nostra(persona: Utente, azienda: Azienda, da: Utente | None) -> Utente:
    """The person, held until the end, if it is the author's business alone."""
    Azienda.objects.select_for_update().get(pk=azienda.pk)
    adesso = Utente.objects.select_for_update().get(pk=persona.pk)
    if adesso.is_superuser and (da is not None and not da.is_superuser):
        raise ValidationError(_("È il conto di chi gestisce l'installazione: non si tocca da qui."))
    if altre_aziende(adesso, da):
        raise ValidationError(
            _(
                "La persona lavora anche in aziende che non amministri: qui puoi soltanto "
                "chiudere i suoi incarichi."
            )
        )
    return adesso


def _anagrafica(persona: Utente) -> dict[str, Any]:
    return {
        "nome": persona.first_name,
        "cognome": persona.last_name,
        "posta": persona.email,
        "username": persona.username,
    }
