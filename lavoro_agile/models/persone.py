# SPDX-License-Identifier: AGPL-3.0-or-later
"""Of whom a row speaks: a person of the azienda, or a code where the name is not known or is gone;
a unit of the chart, or its name as printed.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from piani.models import UnitaOrganizzativa, Utente
from piani.models.vincoli import almeno


class Area(models.TextChoices):
    """The two areas of the contracts."""

    COMPARTO = "comparto", _("Comparto")
    DIRIGENZA = "dirigenza", _("Dirigenza")


class Genere(models.TextChoices):
    """As the staff figures of the law count people; empty where the person did not say."""

    F = "F", _("Donne")
    M = "M", _("Uomini")


class DellUnita(models.Model):
    """A row of a unit."""

    unita = models.ForeignKey(
        UnitaOrganizzativa, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("unità organizzativa"),
    )  # fmt: skip
    unita_stampata = models.CharField(_("unità, come stampata"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def nome_unita(self) -> str:
        return self.unita.nome if self.unita is not None else self.unita_stampata


class DiUnaPersona(DellUnita):
    """A row of somebody who works in the azienda. The name is never in ``__str__``."""

    persona = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("persona")
    )
    codice = models.CharField(
        _("codice"), max_length=40, blank=True,
        help_text=_("Al posto del nome, dove non si conosce o non si conserva più."),
    )  # fmt: skip
    area = models.CharField(_("area"), max_length=10, choices=Area)
    genere = models.CharField(_("genere"), max_length=1, choices=Genere, blank=True)
    profilo = models.CharField(_("profilo professionale"), max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def chi(self) -> str:
        """The name for who may read the row, or its code."""
        return str(self.persona) if self.persona is not None else self.codice


def di_qualcuno(tabella: str) -> models.CheckConstraint:
    """A person or a code, never both: a row made anonymous keeps no way back."""
    return almeno(
        f"{tabella}_di_una_persona",
        (Q(persona__isnull=False) & Q(codice="")) | (Q(persona__isnull=True) & ~Q(codice="")),
        _("Indica la persona, oppure un codice al posto del nome."),
    )


def di_un_unita(tabella: str) -> models.CheckConstraint:
    """A unit of the chart, or its printed name."""
    return almeno(
        f"{tabella}_di_un_unita",
        Q(unita__isnull=False) | ~Q(unita_stampata=""),
        _("Indica l'unità."),
    )
