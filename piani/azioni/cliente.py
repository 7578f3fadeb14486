# SPDX-License-Identifier: AGPL-3.0-or-later
"""Clients of the REST API: made, given another secret, revoked by the amministratore."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import get_access_token_model

from piani.azioni.evento import registra
from piani.azioni.incarico import Dove, assegna_incarico
from piani.models import Azienda, ClienteApi, Ruolo, Utente, Webhook
from piani.models.cliente import RUOLI_DEI_CLIENTI
from piani.models.cliente import ambiti as tutti_gli_ambiti
from piani.rules import esigi

PERMESSO = "piani.gestisce_clienti"
GIORNI_MASSIMI = 30
"""For how long the secret before the new one may still open."""


def crea_cliente(
    azienda: Azienda, *, nome: str, ruolo: str, ambiti: Sequence[str], da: Utente | None
) -> tuple[ClienteApi, str]:
    """A new client with its service person and incarico; the secret is said here and never again.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: by field: a name already taken, a ruolo that is only of people, no
        scope or an unknown one.
    """
    esigi(da, PERMESSO, azienda)
    _controlla(azienda, nome.strip(), ruolo, ambiti)
    segreto = generate_client_secret()
    with transaction.atomic():
        cliente = ClienteApi(
            azienda=azienda,
            name=nome.strip(),
            ambiti=list(ambiti),
            client_type=ClienteApi.CLIENT_CONFIDENTIAL,
            authorization_grant_type=ClienteApi.GRANT_CLIENT_CREDENTIALS,
            client_secret=segreto,
        )
        cliente.user = _di_servizio(cliente)
        cliente.save(force_insert=True)
        assegna_incarico(cliente.user, azienda, ruolo, Dove(dal=timezone.localdate()), da=da)
        registra(
            "cliente_api.creato",
            cliente,
            azienda=azienda,
            da=da,
            descrizione=_("Creato il cliente dell'API «%(cliente)s»") % {"cliente": cliente},
            dati={"ruolo": str(Ruolo(ruolo).label), "ambiti": list(ambiti)},
        )
    return cliente, segreto


def _controlla(azienda: Azienda, nome: str, ruolo: str, ambiti: Sequence[str]) -> None:
    errori = {
        "nome": "" if nome else _("Scrivi il nome del programma."),
        "ruolo": "" if ruolo in RUOLI_DEI_CLIENTI
        else _("Questo incarico è di una persona: un programma non firma e non valuta."),
        "ambiti": "" if ambiti else _("Scegli almeno un ambito."),
    }  # fmt: skip
    if nome and ClienteApi.objects.attivi().filter(azienda=azienda, name=nome).exists():
        errori["nome"] = _("C'è già un cliente con questo nome.")
    if set(ambiti) - tutti_gli_ambiti().keys():
        errori["ambiti"] = _("Un ambito non esiste.")
    if any(errori.values()):
        raise ValidationError({campo: frase for campo, frase in errori.items() if frase})


def _di_servizio(cliente: ClienteApi) -> Utente:
    """The person that the client acts as: nobody can log in as it, no message reaches it."""
    persona = Utente(
        username=f"api-{cliente.client_id[:20].lower()}",
        first_name=_("Programma"),
        last_name=cliente.name[:150],
        email=f"{cliente.client_id.lower()}@api.invalid",
    )
    persona.set_unusable_password()
    persona.full_clean()
    persona.save(force_insert=True)
    return persona


def rinnova_segreto(cliente: ClienteApi, *, giorni: int = 7, da: Utente | None) -> str:
    """Another secret, said here and never again; the one before opens for ``giorni`` days more.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: too many days, or the client is revoked or was given another secret
        meanwhile.
    """
    esigi(da, PERMESSO, cliente)
    if not 0 <= giorni <= GIORNI_MASSIMI:
        raise ValidationError(
            {"giorni": _("Da 0 a %(n)s giorni: poi vale solo il nuovo.") % {"n": GIORNI_MASSIMI}}
        )
    nuovo = generate_client_secret()
    fino = timezone.now() + timedelta(days=giorni) if giorni else None
    with transaction.atomic():
        stesso = ClienteApi.objects.attivi().filter(
            pk=cliente.pk, client_secret=cliente.client_secret
        )
        adesso = stesso.select_for_update().first()
        if adesso is None:
            raise ValidationError(_("Il cliente è revocato o ha già un altro segreto."))
        adesso.segreto_precedente = adesso.client_secret if giorni else ""
        adesso.segreto_precedente_fino_a = fino
        adesso.client_secret = nuovo
        adesso.save(
            update_fields=["client_secret", "segreto_precedente", "segreto_precedente_fino_a"]
        )
        registra(
            "cliente_api.segreto_rinnovato",
            cliente,
            azienda=cliente.azienda,
            da=da,
            descrizione=_("Nuovo segreto per il cliente dell'API «%(cliente)s»")
            % {"cliente": cliente},
            dati={"il precedente vale fino a": fino.isoformat() if fino else ""},
        )
    return nuovo


def revoca_cliente(cliente: ClienteApi, *, da: Utente | None) -> None:
    """Close a client: its secrets and its tokens open no more, its webhooks are told nothing.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: it was revoked already.
    """
    esigi(da, PERMESSO, cliente)
    with transaction.atomic():
        attivo = ClienteApi.objects.attivi().filter(pk=cliente.pk)
        if not attivo.update(revocato_il=timezone.now(), segreto_precedente=""):
            raise ValidationError(_("Il cliente è già revocato."))
        get_access_token_model().objects.filter(application=cliente.pk).delete()
        Utente.objects.filter(pk=cliente.user_id).update(is_active=False)
        cliente.webhook.update(stato=Webhook.Stato.CHIUSO, segreto="", segreto_precedente="")
        registra(
            "cliente_api.revocato",
            cliente,
            azienda=cliente.azienda,
            da=da,
            descrizione=_("Revocato il cliente dell'API «%(cliente)s»") % {"cliente": cliente},
        )
