# SPDX-License-Identifier: AGPL-3.0-or-later
"""The organisation chart, in dated versions: a question always asks for the tree at a date.

A version without a date is a draft: only drafts change. Those with a date never overlap.
"""

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode
from tree_queries.query import TreeQuerySet

from piani.models.azienda import Azienda

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from piani.models.incarico import Utente

LIVELLI_MASSIMI = 12  # of the tree: real charts have five or six


class OrganigrammaQuerySet(models.QuerySet["Organigramma"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "OrganigrammaQuerySet":
        return self.filter(azienda__in=Azienda.objects.visibili_a(utente))

    def bozze(self) -> "OrganigrammaQuerySet":
        """Those still being drawn."""
        return self.filter(valido_dal__isnull=True)

    def datate(self) -> "OrganigrammaQuerySet":
        """Those put in force on a day, past or to come, the newest first."""
        return self.filter(valido_dal__isnull=False).order_by("-valido_dal")

    def in_vigore(self, giorno: date) -> "OrganigrammaQuerySet":
        return self.filter(
            Q(valido_dal__lte=giorno) & (Q(valido_al__isnull=True) | Q(valido_al__gte=giorno))
        )


class Organigramma(models.Model):
    """One version of the azienda's chart, with the act that set it (POAS in Lombardia).

    A draft has no ``valido_dal``; ``nata_da`` is the dated version it was cloned from, the only
    one it can follow.
    """

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="organigrammi")
    nome = models.CharField(_("nome"), max_length=200)
    valido_dal = models.DateField(
        _("valido dal"), null=True, blank=True, help_text=_("Vuota: è una bozza.")
    )
    valido_al = models.DateField(_("valido al"), null=True, blank=True)
    fonte = models.CharField(_("fonte"), max_length=300, blank=True)
    nata_da = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nate",
        verbose_name=_("clonata da"),
    )

    objects = OrganigrammaQuerySet.as_manager()

    class Meta:
        verbose_name = _("organigramma")
        verbose_name_plural = _("organigrammi")
        ordering = ["azienda", F("valido_dal").desc(nulls_first=True), "-pk"]
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
            models.CheckConstraint(
                name="organigramma_bozza_senza_fine",
                condition=Q(valido_dal__isnull=False) | Q(valido_al__isnull=True),
                violation_error_message=_("Una bozza non ha ancora date."),
            ),
            models.UniqueConstraint(
                name="organigramma_uno_aperto",
                fields=["azienda"],
                condition=Q(valido_dal__isnull=False, valido_al__isnull=True),
                violation_error_message=_("L'azienda ha già un organigramma senza data di fine."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        if self.valido_dal is None:
            return reverse("bozza", args=[self.azienda.codice, self.pk])
        indirizzo = reverse("organigramma", args=[self.azienda.codice])
        return f"{indirizzo}?data={self.valido_dal.isoformat()}"

    @property
    def in_bozza(self) -> bool:
        return self.valido_dal is None

    @property
    def periodo(self) -> str:
        """«dal 1 gennaio 2020 al 31 dicembre 2024», "" for a draft."""
        if self.valido_dal is None:
            return ""
        dal = date_format(self.valido_dal, "j F Y").lower()
        if self.valido_al is None:
            return gettext("dal %(dal)s") % {"dal": dal}
        al = date_format(self.valido_al, "j F Y").lower()
        return gettext("dal %(dal)s al %(al)s") % {"dal": dal, "al": al}

    def vale_il(self, giorno: date) -> bool:
        """Whether it is the one in force on that day."""
        if self.valido_dal is None or giorno < self.valido_dal:
            return False
        return self.valido_al is None or giorno <= self.valido_al


class UnitaQuerySet(TreeQuerySet["UnitaOrganizzativa"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "UnitaQuerySet":
        return self.filter(organigramma__azienda__in=Azienda.objects.visibili_a(utente))

    def alla_data(self, azienda: Azienda, giorno: date) -> "UnitaQuerySet":
        """The units of the chart in force on that day, parents before children, one query."""
        return self._albero(organigramma__in=azienda.organigrammi.in_vigore(giorno).order_by())

    def di_versione(self, organigramma: Organigramma) -> "UnitaQuerySet":
        """The units of one version, parents before children, one query."""
        return self._albero(organigramma=organigramma)

    def _albero(self, **quali: Any) -> "UnitaQuerySet":
        """The recursive query walks only the versions asked for, not the whole table."""
        return self.filter(**quali).with_tree_fields().tree_filter(**quali)


class UnitaOrganizzativa(TreeNode):
    """A node of one version of the chart; ``precedenti`` links what it was in the one before.

    One previous unit: it goes on, perhaps with another name or place. Several: a merger. Two
    units with the same previous one: a split. None: it is new.
    """

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
            models.CheckConstraint(
                name="unita_non_sotto_se_stessa",
                condition=~Q(parent=F("id")),
                violation_error_message=_("Un'unità non può stare sotto se stessa."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        return reverse("unita", args=[self.organigramma.azienda.codice, self.pk])

    @property
    def azienda(self) -> Azienda:
        return self.organigramma.azienda

    @property
    def impronta(self) -> str:
        """What a page saw of the unit: a save over other values than these is refused."""
        visto = (self.codice, self.nome, self.tipo, self.cdr, self.nota)
        return hashlib.sha256(repr(visto).encode()).hexdigest()[:16]
