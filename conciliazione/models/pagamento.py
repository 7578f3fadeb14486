# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the ATS pays (an instalment to a capofila, or a supplier of an action of the network) and
what comes back to it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.azioni import AzioneDiPiano
from conciliazione.models.campi import euro
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.progetto import Progetto
from conciliazione.models.rendiconto import Rendiconto
from conciliazione.models.visibilita import Chi, dell_ufficio, enti_di
from piani.models import Azienda, Utente


class PagamentoQuerySet(models.QuerySet["Pagamento"]):
    def visibili_a(self, utente: "Chi") -> "PagamentoQuerySet":
        """The office's and the readers' all; those of a project for who leads it."""
        return self.filter(
            dell_ufficio(utente) | Q(rendiconto__progetto__capofila__in=enti_di(utente))
        )

    def validi(self) -> "PagamentoQuerySet":
        """Those that count as resources paid out."""
        return self.filter(stato="eseguito")


class Pagamento(models.Model):
    """A payment with its act; of an approved report, or of an action of the network. Those of a
    report may be many, and together are at most what it recognised.
    """

    class Stato(models.TextChoices):
        DISPOSTO = "disposto", _("Disposto")
        ESEGUITO = "eseguito", _("Eseguito")
        ANNULLATO = "annullato", _("Annullato")

    edizione = models.ForeignKey(EdizioneConciliazione, models.PROTECT, related_name="pagamenti")
    rendiconto = models.ForeignKey(
        Rendiconto, models.PROTECT, null=True, blank=True, related_name="pagamenti"
    )
    azione = models.ForeignKey(
        AzioneDiPiano, models.PROTECT, null=True, blank=True, related_name="pagamenti"
    )
    beneficiario = models.CharField(_("a chi"), max_length=200, blank=True)
    importo = euro(_("importo"))
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.DISPOSTO)
    atto = models.CharField(_("atto di liquidazione"), max_length=200)
    mandato = models.CharField(_("mandato"), max_length=60, blank=True)
    disposto_il = models.DateField(_("disposto il"))
    eseguito_il = models.DateField(_("eseguito il"), null=True, blank=True)
    disposto_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    motivo = models.CharField(_("perché è annullato"), max_length=300, blank=True)

    objects = PagamentoQuerySet.as_manager()

    class Meta:
        verbose_name = _("pagamento")
        verbose_name_plural = _("pagamenti")
        ordering = ["edizione_id", "disposto_il", "pk"]
        constraints = [
            models.CheckConstraint(
                name="pagamento_di_una_cosa_sola",
                condition=Q(rendiconto__isnull=False, azione__isnull=True)
                | Q(rendiconto__isnull=True, azione__isnull=False),
                violation_error_message=_("Si paga un rendiconto o un'azione del piano."),
            ),
            models.CheckConstraint(
                name="pagamento_maggiore_di_zero",
                condition=Q(importo__gt=0),
                violation_error_message=_("Un pagamento è maggiore di zero."),
            ),
            models.CheckConstraint(
                name="pagamento_eseguito_con_data",
                condition=~Q(stato="eseguito") | Q(eseguito_il__isnull=False),
                violation_error_message=_("Di un pagamento eseguito si dice quando."),
            ),
            models.CheckConstraint(
                name="pagamento_annullato_motivato",
                condition=~Q(stato="annullato") | ~Q(motivo=""),
                violation_error_message=_("Scrivi perché il pagamento è annullato."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.atto}: {self.importo}"

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class IncassoQuerySet(models.QuerySet["Incasso"]):
    def visibili_a(self, utente: "Chi") -> "IncassoQuerySet":
        """The office's and the readers' all; those of a project for who leads it."""
        return self.filter(
            dell_ufficio(utente, "progetto__edizione") | Q(progetto__capofila__in=enti_di(utente))
        )

    def validi(self) -> "IncassoQuerySet":
        """Those that were not cancelled."""
        return self.filter(annullato_il__isnull=True)


class Incasso(models.Model):
    """Money that a capofila gave back: of what was paid beyond the contribution recognised by the
    balance, or left by a revocation; all of it or a part, with the act that asked for it.

    A row is not changed: one that was wrong is cancelled, saying why.
    """

    progetto = models.ForeignKey(Progetto, models.PROTECT, related_name="incassi")
    importo = euro(_("importo"))
    atto = models.CharField(_("atto di recupero"), max_length=200)
    reversale = models.CharField(_("reversale d'incasso"), max_length=60, blank=True)
    incassato_il = models.DateField(_("incassato il"))
    registrato_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    registrato_il = models.DateTimeField(_("registrato il"), auto_now_add=True)
    annullato_il = models.DateTimeField(_("annullato il"), null=True, blank=True)
    motivo = models.CharField(_("perché è annullato"), max_length=300, blank=True)

    objects = IncassoQuerySet.as_manager()

    class Meta:
        verbose_name = _("incasso di un recupero")
        verbose_name_plural = _("incassi dei recuperi")
        ordering = ["progetto_id", "incassato_il", "pk"]
        constraints = [
            models.CheckConstraint(
                name="incasso_maggiore_di_zero",
                condition=Q(importo__gt=0),
                violation_error_message=_("Un incasso è maggiore di zero."),
            ),
            models.CheckConstraint(
                name="incasso_annullato_motivato",
                condition=Q(annullato_il__isnull=True) | ~Q(motivo=""),
                violation_error_message=_("Scrivi perché l'incasso è annullato."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.atto}: {self.importo}"

    @property
    def azienda(self) -> Azienda:
        return self.progetto.azienda
