# SPDX-License-Identifier: AGPL-3.0-or-later
"""Programs of others that read and write through the REST API, and what they asked only once."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from piani.models.azienda import Azienda
from piani.models.incarico import Ruolo, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

# A program neither signs, nor evaluates, nor gives rights: those are deeds of a person.
RUOLI_DEI_CLIENTI = (
    Ruolo.CONTROLLO_GESTIONE,
    Ruolo.RILEVATORE,
    Ruolo.PUBBLICATORE,
    Ruolo.RISORSE_UMANE,
    Ruolo.CAPOFILA,
    Ruolo.REGIONE,
)


def ambiti() -> dict[str, Any]:
    """Every scope with its name for people: two for each app of ``ALBERO_API_AMBITI``."""
    return {
        f"{app}:{verbo}": _("%(app)s: %(verbo)s") % {"app": nome, "verbo": detto}
        for app, nome in settings.ALBERO_API_AMBITI.items()
        for verbo, detto in (("leggi", _("legge")), ("scrivi", _("scrive")))
    }


class ClienteApiQuerySet(models.QuerySet["ClienteApi"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "ClienteApiQuerySet":
        """Those of the aziende whose people the person sees to."""
        return self.filter(azienda__in=Azienda.objects.amministrate_da(utente))

    def attivi(self) -> "ClienteApiQuerySet":
        return self.filter(revocato_il__isnull=True)


class ClienteApi(AbstractApplication):
    """A program of an azienda: it enters with its own secret and acts as its service person
    (``user``), whose incarico says what it may, as for anybody.

    ``segreto_precedente`` is good until ``segreto_precedente_fino_a``: who changes the secret has
    time to bring the new one to the program.
    """

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="clienti_api")
    ambiti = models.JSONField(_("ambiti"), default=list)
    segreto_precedente = models.CharField(
        _("segreto precedente"), max_length=255, blank=True, default=""
    )
    segreto_precedente_fino_a = models.DateTimeField(
        _("il segreto precedente vale fino a"), null=True, blank=True
    )
    revocato_il = models.DateTimeField(_("revocato il"), null=True, blank=True)

    objects = ClienteApiQuerySet.as_manager()

    class Meta:
        verbose_name = _("cliente dell'API")
        verbose_name_plural = _("clienti dell'API")
        ordering = ["azienda", "name"]
        constraints = [
            models.UniqueConstraint(
                name="cliente_nome_unico",
                fields=["azienda", "name"],
                condition=Q(revocato_il__isnull=True),
                violation_error_message=_("C'è già un cliente con questo nome."),
            ),
        ]

    def is_usable(self, request: Any) -> bool:
        """Asked before giving a token, and at each request made with one."""
        return self.revocato_il is None and self.user is not None and self.user.is_active

    @property
    def ha_due_segreti(self) -> bool:
        """Whether the secret before this one still opens."""
        fino = self.segreto_precedente_fino_a
        return bool(self.segreto_precedente) and fino is not None and fino > timezone.now()

    @property
    def ambiti_detti(self) -> list[str]:
        """Its scopes as people read them."""
        nomi = ambiti()
        return [str(nomi.get(uno, uno)) for uno in self.ambiti]


class RichiestaUnica(models.Model):
    """A write sent with an ``Idempotency-Key``, and what it was answered: sent again, it is
    answered the same and nothing is written twice.
    """

    utente = models.ForeignKey(Utente, models.CASCADE, related_name="richieste_uniche")
    chiave = models.CharField(_("chiave"), max_length=100)
    impronta = models.CharField(_("impronta di ciò che fu mandato"), max_length=64)
    risposta = models.JSONField(_("risposta"), default=dict, encoder=DjangoJSONEncoder)
    creata_il = models.DateTimeField(_("ricevuta il"), auto_now_add=True)

    class Meta:
        verbose_name = _("richiesta unica")
        verbose_name_plural = _("richieste uniche")
        ordering = ["-creata_il"]
        constraints = [
            models.UniqueConstraint(name="richiesta_chiave_unica", fields=["utente", "chiave"]),
        ]

    def __str__(self) -> str:
        return self.chiave
