# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Nucleo says of a Relazione: one outcome for each criterion, and one of the whole."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obiettivi.models.relazione import Relazione
from piani.models import Utente


class CriterioQuerySet(models.QuerySet["CriterioValidazione"]):
    def per(self, anno: int) -> "CriterioQuerySet":
        """Those by which the Relazione of a year is examined, in order."""
        return self.filter(Q(anno_al__isnull=True) | Q(anno_al__gte=anno), anno_dal__lte=anno)


class CriterioValidazione(models.Model):
    """A question that the Nucleo answers of every Relazione, from a year on, with its source."""

    codice = models.CharField(_("codice"), max_length=10)
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    nome = models.CharField(_("criterio"), max_length=200)
    domanda = models.TextField(_("che cosa si guarda"))
    norma = models.CharField(_("norma"), max_length=200)
    anno_dal = models.PositiveSmallIntegerField(_("dalle relazioni del"))
    anno_al = models.PositiveSmallIntegerField(_("alle relazioni del"), null=True, blank=True)

    objects = CriterioQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterio di validazione")
        verbose_name_plural = _("criteri di validazione")
        ordering = ["ordine", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="criterio_codice_unico",
                fields=["codice", "anno_dal"],
                violation_error_message=_("Quel criterio c'è già."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome


class ValidazioneRelazione(models.Model):
    """What the Nucleo said of a Relazione (art. 14 c. 4 lett. c D.Lgs. 150/2009); refusals stay."""

    class Esito(models.TextChoices):
        VALIDATA = "validata", _("Validata")
        CON_OSSERVAZIONI = "con_osservazioni", _("Validata con osservazioni")
        NON_VALIDATA = "non_validata", _("Non validata")

    relazione = models.ForeignKey(Relazione, models.CASCADE, related_name="validazioni")
    esito = models.CharField(_("esito"), max_length=20, choices=Esito)
    data = models.DateField(_("data"))
    organo = models.CharField(_("organismo"), max_length=100)
    motivazione = models.TextField(_("motivazione"))
    da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="validazioni_relazione")
    per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    creata_il = models.DateTimeField(_("registrata il"), auto_now_add=True)

    class Meta:
        verbose_name = _("validazione della relazione")
        verbose_name_plural = _("validazioni della relazione")
        ordering = ["relazione", "-creata_il", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="validazione_relazione_motivata",
                condition=~Q(motivazione=""),
                violation_error_message=_("La validazione ha sempre una motivazione."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relazione}: {self.get_esito_display()}"

    @property
    def positiva(self) -> bool:
        return self.esito != self.Esito.NON_VALIDATA


class EsitoCriterio(models.Model):
    """The answer of a validation to one criterion; whatever is not met says why."""

    class Esito(models.TextChoices):
        SODDISFATTO = "soddisfatto", _("Soddisfatto")
        IN_PARTE = "in_parte", _("Soddisfatto in parte")
        NON_SODDISFATTO = "non_soddisfatto", _("Non soddisfatto")
        NON_APPLICABILE = "non_applicabile", _("Non applicabile")

    validazione = models.ForeignKey(ValidazioneRelazione, models.CASCADE, related_name="criteri")
    criterio = models.ForeignKey(CriterioValidazione, models.PROTECT, related_name="esiti")
    esito = models.CharField(_("esito"), max_length=20, choices=Esito)
    nota = models.TextField(_("nota"), blank=True)

    class Meta:
        verbose_name = _("esito di un criterio")
        verbose_name_plural = _("esiti dei criteri")
        ordering = ["validazione", "criterio__ordine"]
        constraints = [
            models.UniqueConstraint(
                name="esito_uno_per_criterio",
                fields=["validazione", "criterio"],
                violation_error_message=_("A quel criterio è già stato risposto."),
            ),
            models.CheckConstraint(
                name="esito_criterio_motivato",
                condition=Q(esito="soddisfatto") | ~Q(nota=""),
                violation_error_message=_("Scrivi perché il criterio non è soddisfatto del tutto."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterio}: {self.get_esito_display()}"


def senza_risposta(
    criteri: Iterable[CriterioValidazione], risposti: Iterable[int]
) -> list[CriterioValidazione]:
    """The criteria, among those of the year, that a validation does not answer."""
    fatti = set(risposti)
    return [criterio for criterio in criteri if criterio.pk not in fatti]
