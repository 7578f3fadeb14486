# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the law asks of the lavoro agile, as dated rows: shares to reach, conditions to respect."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from piani.models.vincoli import almeno, date_in_ordine, una_sola


class DallaLegge(models.QuerySet):
    """The law is read by everybody."""

    def vigenti(self, giorno: date) -> "DallaLegge":
        """Those in force on a day, both ends included."""
        return self.filter(Q(dal__lte=giorno) & (Q(al__isnull=True) | Q(al__gte=giorno)))


class SogliaDiLegge(models.Model):
    """The least share of people who can work in that way: of whom, by which law, from when."""

    class Su(models.TextChoices):
        DIPENDENTI = "dipendenti", _("dei dipendenti che lo richiedono")
        SMARTABILI = "smartabili", _("dei dipendenti con attività che si possono svolgere così")

    codice = models.SlugField(_("codice"), max_length=40)
    nome = models.CharField(_("che cosa"), max_length=200)
    percentuale = models.DecimalField(_("percentuale"), max_digits=5, decimal_places=2)
    su = models.CharField(_("di chi"), max_length=12, choices=Su)
    norma = models.CharField(_("norma"), max_length=300)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)
    nota = models.TextField(_("nota"), blank=True)

    objects = DallaLegge.as_manager()

    class Meta:
        verbose_name = _("soglia di legge")
        verbose_name_plural = _("soglie di legge")
        ordering = ["dal", "-percentuale"]
        constraints = [
            una_sola(
                "soglia_agile_unica", ["codice", "dal"], _("Quella soglia c'è già da quel giorno.")
            ),
            almeno(
                "soglia_agile_0_100", Q(percentuale__range=(0, 100)),
                _("La percentuale va da 0 a 100."),
            ),
            date_in_ordine("soglia_agile"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.percentuale.normalize():f}% {self.get_su_display()}"


class CondizioneDiLegge(models.Model):
    """A condition of the lavoro agile, with its article. ``controllo`` is the name of the check
    that the program makes of an agreement; empty where only a person can say.
    """

    class Di(models.TextChoices):
        ACCORDO = "accordo", _("Del singolo accordo")
        AZIENDA = "azienda", _("Dell'organizzazione")

    codice = models.SlugField(_("codice"), max_length=40)
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    testo = models.CharField(_("condizione"), max_length=300)
    di = models.CharField(_("di che cosa"), max_length=10, choices=Di)
    controllo = models.SlugField(_("controllo"), max_length=40, blank=True)
    norma = models.CharField(_("norma"), max_length=200)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)

    objects = DallaLegge.as_manager()

    class Meta:
        verbose_name = _("condizione di legge")
        verbose_name_plural = _("condizioni di legge")
        ordering = ["ordine", "dal"]
        constraints = [
            una_sola(
                "condizione_agile_unica", ["codice", "dal"],
                _("Quella condizione c'è già da quel giorno."),
            ),
            date_in_ordine("condizione_agile"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.testo} ({self.norma})"
