# SPDX-License-Identifier: AGPL-3.0-or-later
"""The audit trail: who, for whom, what, on what, before and after, when. Append-only."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Incarico, Ruolo, Utente
from piani.models.piano import Piano

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

CONSULTANO = (Ruolo.AMMINISTRATORE, Ruolo.CONTROLLO_GESTIONE, Ruolo.DIREZIONE, Ruolo.NUCLEO)


def chiave_di(oggetto: models.Model) -> str:
    """How the register names a row: ``piani.piano:12``."""
    return f"{oggetto._meta.label_lower}:{oggetto.pk}"


class SenzaRipensamenti(models.QuerySet):
    """Rows that are written once: neither changed nor deleted."""

    def update(self, **kwargs: Any) -> int:
        raise ValidationError(_("Il registro degli eventi non si modifica."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("Il registro degli eventi non si cancella."))


class EventoQuerySet(SenzaRipensamenti):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "EventoQuerySet":
        """The register of the aziende where the person may consult it.

        A Nucleo entrusted with some years finds what concerns the plans of those years only.
        """
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=CONSULTANO)
        anni_detti = Q(ruolo=Ruolo.NUCLEO) & (Q(anno_da__isnull=False) | Q(anno_a__isnull=False))
        per_intero = Q(azienda__in=miei.exclude(anni_detti).values("azienda"))
        per_anni = miei.filter(anni_detti).values("azienda")
        if not per_anni:
            return self.filter(per_intero)
        affidati = Piano.objects.visibili_a(utente).filter(azienda__in=per_anni)
        riguardi = OggettoEvento.objects.filter(
            evento=OuterRef("pk"), oggetto__in=[chiave_di(piano) for piano in affidati]
        )
        return self.filter(per_intero | Q(azienda__in=per_anni) & Exists(riguardi))

    def che_riguardano(self, oggetto: models.Model | str) -> "EventoQuerySet":
        """What happened to a row, or to something that is part of it."""
        chiave = oggetto if isinstance(oggetto, str) else chiave_di(oggetto)
        return self.filter(
            Exists(OggettoEvento.objects.filter(evento=OuterRef("pk"), oggetto=chiave))
        )


class Evento(models.Model):
    """One thing that happened. ``tipo`` is «nome.verbo», such as ``piano.pubblicato``."""

    quando = models.DateTimeField(_("quando"), auto_now_add=True)
    tipo = models.CharField(_("che cosa"), max_length=60)
    # Few indexes, as the register only grows: an azienda is found by the one on its time, and who
    # did it is seldom said.
    azienda = models.ForeignKey(
        Azienda, models.PROTECT, related_name="eventi", null=True, blank=True, db_index=False
    )
    da = models.ForeignKey(
        Utente,
        models.PROTECT,
        related_name="eventi",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("da chi"),
        help_text=_("Vuoto quando agisce il sistema."),
    )
    per_conto_di = models.ForeignKey(
        Utente,
        models.PROTECT,
        related_name="eventi_delegati",
        null=True,
        blank=True,
        db_index=False,
    )
    oggetto = models.CharField(_("su che cosa"), max_length=60, blank=True)
    descrizione = models.CharField(_("descrizione"), max_length=300)
    dati = models.JSONField(_("prima e dopo"), default=dict, encoder=DjangoJSONEncoder)

    # What it concerns, by key, until it is saved: then it is in OggettoEvento.
    chiavi: AbstractSet[str] = frozenset()

    objects = EventoQuerySet.as_manager()

    class Meta:
        verbose_name = _("evento")
        verbose_name_plural = _("eventi")
        ordering = ["-quando", "-pk"]
        indexes = [
            models.Index(fields=["azienda", "-quando"], name="evento_azienda_quando"),
            models.Index(fields=["da"], name="evento_da", condition=Q(da__isnull=False)),
            models.Index(
                fields=["per_conto_di"],
                name="evento_per_conto_di",
                condition=Q(per_conto_di__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quando:%d/%m/%Y %H:%M} {self.descrizione}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ValidationError(_("Il registro degli eventi non si modifica."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("Il registro degli eventi non si cancella."))


class OggettoEvento(models.Model):
    """A row that an event concerns: what it happened to, and what that is part of.

    A new target concerns its misura, the indicator, the objective and the plan: each of their
    pages finds it in its own story.
    """

    evento = models.ForeignKey(Evento, models.PROTECT, related_name="riguarda")
    oggetto = models.CharField(_("oggetto"), max_length=60)

    objects = SenzaRipensamenti.as_manager()

    class Meta:
        verbose_name = _("oggetto di un evento")
        verbose_name_plural = _("oggetti degli eventi")
        constraints = [
            models.UniqueConstraint(name="oggetto_evento_unico", fields=["oggetto", "evento"]),
        ]

    def __str__(self) -> str:
        return self.oggetto
