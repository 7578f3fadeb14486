# SPDX-License-Identifier: AGPL-3.0-or-later
"""The organisation chart, in dated versions: a question always asks for the tree at a date."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode
from tree_queries.query import TreeQuerySet

from piani.models.azienda import Azienda

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from piani.models.incarico import Utente


class OrganigrammaQuerySet(models.QuerySet["Organigramma"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "OrganigrammaQuerySet":
        return self.filter(azienda__in=Azienda.objects.visibili_a(utente))

    def in_vigore(self, giorno: date) -> "OrganigrammaQuerySet":
        return self.filter(
            Q(valido_dal__lte=giorno) & (Q(valido_al__isnull=True) | Q(valido_al__gte=giorno))
        )


class Organigramma(models.Model):
    """One version of the azienda's chart, with the act that set it (POAS in Lombardia)."""

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="organigrammi")
    nome = models.CharField(_("nome"), max_length=200)
    valido_dal = models.DateField(_("valido dal"))
    valido_al = models.DateField(_("valido al"), null=True, blank=True)
    fonte = models.CharField(_("fonte"), max_length=300, blank=True)

    objects = OrganigrammaQuerySet.as_manager()

    class Meta:
        verbose_name = _("organigramma")
        verbose_name_plural = _("organigrammi")
        ordering = ["azienda", "-valido_dal"]
        constraints = [
            models.CheckConstraint(
                name="organigramma_date_in_ordine",
                condition=Q(valido_al__isnull=True) | Q(valido_al__gte=F("valido_dal")),
                violation_error_message=_("L'organigramma finisce prima di cominciare."),
            ),
            models.UniqueConstraint(
                name="organigramma_uno_per_giorno",
                fields=["azienda", "valido_dal"],
                violation_error_message=_("C'è già un organigramma che comincia quel giorno."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome


class UnitaQuerySet(TreeQuerySet["UnitaOrganizzativa"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "UnitaQuerySet":
        return self.filter(organigramma__azienda__in=Azienda.objects.visibili_a(utente))

    def alla_data(self, azienda: Azienda, giorno: date) -> "UnitaQuerySet":
        """The units of the chart in force on that day, parents before children, one query."""
        return self.filter(
            organigramma__in=azienda.organigrammi.in_vigore(giorno)
        ).with_tree_fields()


class UnitaOrganizzativa(TreeNode):
    """A node of one version of the chart; ``precedenti`` links what it was in the one before."""

    class Tipo(models.TextChoices):
        DIREZIONE = "direzione", _("Direzione")
        DIPARTIMENTO = "dipartimento", _("Dipartimento")
        UOC = "uoc", _("Unità operativa complessa")
        UOS = "uos", _("Unità operativa semplice")
        DISTRETTO = "distretto", _("Distretto")
        PRESIDIO = "presidio", _("Presidio")
        UFFICIO = "ufficio", _("Ufficio")
        ALTRO = "altro", _("Altra struttura")

    organigramma = models.ForeignKey(Organigramma, models.CASCADE, related_name="unita")
    codice = models.CharField(_("codice"), max_length=30)
    nome = models.CharField(_("denominazione"), max_length=200)
    tipo = models.CharField(_("tipo"), max_length=20, choices=Tipo)
    cdr = models.BooleanField(_("centro di responsabilità"), default=False)
    ordine = models.PositiveIntegerField(_("ordine"), default=0)
    nota = models.TextField(_("nota"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)
    precedenti = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successive"
    )

    objects = UnitaQuerySet.as_manager(with_tree_fields=False)

    class Meta:
        verbose_name = _("unità organizzativa")
        verbose_name_plural = _("unità organizzative")
        ordering = ["ordine"]
        constraints = [
            models.UniqueConstraint(
                name="unita_codice_unico",
                fields=["organigramma", "codice"],
                violation_error_message=_("Il codice è già di un'altra unità di questa versione."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome
