# SPDX-License-Identifier: AGPL-3.0-or-later
"""The audit trail: who, for whom, what, on what, before and after, when. Append-only."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class EventoQuerySet(models.QuerySet["Evento"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "EventoQuerySet":
        return self.filter(azienda__in=Azienda.objects.visibili_a(utente))

    def update(self, **kwargs: Any) -> int:
        raise ValidationError(_("Il registro degli eventi non si modifica."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("Il registro degli eventi non si cancella."))


class Evento(models.Model):
    """One thing that happened. ``tipo`` is «nome.verbo», such as ``piano.pubblicato``."""

    quando = models.DateTimeField(_("quando"), auto_now_add=True)
    tipo = models.CharField(_("che cosa"), max_length=60)
    azienda = models.ForeignKey(
        Azienda, models.PROTECT, related_name="eventi", null=True, blank=True
    )
    da = models.ForeignKey(
        Utente,
        models.PROTECT,
        related_name="eventi",
        null=True,
        blank=True,
        verbose_name=_("da chi"),
        help_text=_("Vuoto quando agisce il sistema."),
    )
    per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, related_name="eventi_delegati", null=True, blank=True
    )
    oggetto = models.CharField(_("su che cosa"), max_length=60, blank=True)
    descrizione = models.CharField(_("descrizione"), max_length=300)
    dati = models.JSONField(_("prima e dopo"), default=dict, encoder=DjangoJSONEncoder)

    objects = EventoQuerySet.as_manager()

    class Meta:
        verbose_name = _("evento")
        verbose_name_plural = _("eventi")
        ordering = ["-quando", "-pk"]
        indexes = [models.Index(fields=["azienda", "-quando"], name="evento_azienda_quando")]

    def __str__(self) -> str:
        return f"{self.quando:%d/%m/%Y %H:%M} {self.descrizione}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ValidationError(_("Il registro degli eventi non si modifica."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("Il registro degli eventi non si cancella."))
