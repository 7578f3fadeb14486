# SPDX-License-Identifier: AGPL-3.0-or-later
"""The prizes of a year: the amounts that the office types, how they are told in public."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Count, Q, Sum, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from piani.models import Azienda
from piani.models.obbligo import DellAzienda
from piani.models.vincoli import almeno, non_negativi, una_sola

IMPORTO = {"max_digits": 14, "decimal_places": 2, "validators": [MinValueValidator(Decimal(0))]}


class PremiQuerySet(DellAzienda):
    def con_somme(self) -> "PremiQuerySet":
        """With ``stanziato`` and ``distribuito`` of the whole year: nothing is given out, for the
        year, until every fund is.
        """
        return self.annotate(
            quante_voci=Count("voci"),
            da_distribuire=Count("voci", filter=Q(voci__distribuito__isnull=True)),
            stanziato=Sum("voci__stanziato"),
            distribuito=Case(When(da_distribuire=0, then=Sum("voci__distribuito"))),
        )


class PremiAnno(models.Model):
    """The prizes of an azienda in a year. ``dirigenza``: the codes of the categories of the
    individual evaluation that are managers; the others are staff.
    """

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="premi")
    anno = models.PositiveSmallIntegerField(_("anno"))
    criteri = models.TextField(
        _("criteri di distribuzione"), blank=True,
        help_text=_("Come il Sistema di misurazione e valutazione assegna il trattamento "
                    "accessorio. Si legge nella pagina pubblica."),
    )  # fmt: skip
    dirigenza = models.JSONField(_("categorie della dirigenza"), default=list, blank=True)
    modifiche = models.PositiveIntegerField(default=0, editable=False)
    dimostrativo = models.BooleanField(_("inventato per la dimostrazione"), default=False)

    objects = PremiQuerySet.as_manager()

    class Meta:
        verbose_name = _("premi di un anno")
        verbose_name_plural = _("premi degli anni")
        ordering = ["azienda_id", "-anno"]
        constraints = [
            una_sola("premi_uno_per_anno", ["azienda", "anno"],
                     _("I premi di quell'anno ci sono già.")),
            almeno("premi_anno", Q(anno__range=(2009, 2100)), _("L'anno va dal 2009 al 2100.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{_('Premi')} {self.anno}"

    def get_absolute_url(self) -> str:
        return reverse("premi", args=[self.pk])


class VocePremi(models.Model):
    """A fund of the prizes of a year: what was set aside, what was then given out."""

    class Gruppo(models.TextChoices):
        DIRIGENTI = "dirigenti", _("Dirigenti")
        DIPENDENTI = "dipendenti", _("Dipendenti")

    SCRITTI = ("gruppo", "nome", "stanziato", "distribuito")

    premi = models.ForeignKey(PremiAnno, models.CASCADE, related_name="voci")
    gruppo = models.CharField(_("a chi va"), max_length=12, choices=Gruppo)
    nome = models.CharField(
        _("fondo o voce"), max_length=200,
        help_text=_("Per esempio: retribuzione di risultato della dirigenza sanitaria."),
    )  # fmt: skip
    stanziato = models.DecimalField(_("stanziato (€)"), **IMPORTO)
    distribuito = models.DecimalField(
        _("distribuito (€)"), null=True, blank=True,
        help_text=_("Vuoto finché non è stato distribuito."), **IMPORTO,
    )  # fmt: skip

    class Meta:
        verbose_name = _("voce dei premi")
        verbose_name_plural = _("voci dei premi")
        ordering = ["premi_id", "gruppo", "nome", "pk"]
        constraints = [
            una_sola("voce_premi_una_per_nome", ["premi", "gruppo", "nome"],
                     _("C'è già una voce con quel nome.")),
            non_negativi("voce_premi", "stanziato", "distribuito"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    @property
    def azienda(self) -> Azienda:
        return self.premi.azienda
