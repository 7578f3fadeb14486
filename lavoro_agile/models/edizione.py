# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an azienda for the lavoro agile, edition after edition."""

from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lavoro_agile.calcolo.edizione import Parametri
from lavoro_agile.calcolo.edizione_dati import da_dati
from lavoro_agile.models.visibilita import LAVORANO, UFFICIO, Chi, con_ruolo, lette
from piani.models import Azienda, Questionario
from piani.models.vincoli import almeno, una_sola


class EdizioneLavoroAgileQuerySet(models.QuerySet["EdizioneLavoroAgile"]):
    def visibili_a(self, utente: "Chi") -> "EdizioneLavoroAgileQuerySet":
        """Those in force or closed, for who reads and for who works in the azienda; the drafts are
        of the risorse umane.
        """
        note = lette(utente, "anno_inizio", "anno_fine") | con_ruolo(utente, *LAVORANO)
        return self.filter((note & ~Q(stato="bozza")) | con_ruolo(utente, *UFFICIO))

    def in_vigore(self) -> "EdizioneLavoroAgileQuerySet":
        return self.filter(stato="in_vigore")


class EdizioneLavoroAgile(models.Model):
    """A regulation of the lavoro agile. ``parametri`` has the shape of
    :class:`lavoro_agile.calcolo.edizione.Parametri`; they change only in a draft.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        IN_VIGORE = "in_vigore", _("In vigore")
        CHIUSA = "chiusa", _("Chiusa")

    azienda = models.ForeignKey(
        Azienda, models.PROTECT, related_name="edizioni_lavoro_agile", verbose_name=_("azienda")
    )
    slug = models.SlugField(_("indirizzo"), max_length=80, unique=True)
    nome = models.CharField(_("nome"), max_length=200)
    anno_inizio = models.PositiveSmallIntegerField(_("primo anno"))
    anno_fine = models.PositiveSmallIntegerField(_("ultimo anno"))
    atto = models.CharField(_("atto che la approva"), max_length=200, blank=True)
    atto_data = models.DateField(_("data dell'atto"), null=True, blank=True)
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.BOZZA)
    parametri = models.JSONField(_("regole"))
    dimostrativa = models.BooleanField(_("inventata per prova"), default=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = EdizioneLavoroAgileQuerySet.as_manager()

    class Meta:
        verbose_name = _("edizione del lavoro agile")
        verbose_name_plural = _("edizioni del lavoro agile")
        ordering = ["azienda_id", "-anno_inizio", "-pk"]
        constraints = [
            almeno(
                "edizione_agile_anni_in_ordine", Q(anno_fine__gte=F("anno_inizio")),
                _("L'ultimo anno viene prima del primo."),
            ),
            una_sola(
                "edizione_agile_una_in_vigore", ["azienda"],
                _("L'azienda ha già un'edizione in vigore: prima chiudi quella."),
                condition=Q(stato="in_vigore"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        return reverse("lavoro_agile_edizione", args=[self.slug])

    @cached_property
    def regole(self) -> Parametri:
        """The rules as values; they were checked when they were saved."""
        return da_dati(self.parametri)


class QuestionarioAgileQuerySet(models.QuerySet["QuestionarioAgile"]):
    def visibili_a(self, utente: "Chi") -> "QuestionarioAgileQuerySet":
        return self.filter(questionario__in=Questionario.objects.visibili_a(utente))


class QuestionarioAgile(models.Model):
    """A questionnaire on the lavoro agile, to one of the three profiles of the survey."""

    class Rivolto(models.TextChoices):
        LAVORATORI = "lavoratori", _("Chi lavora in modalità agile")
        RESPONSABILI = "responsabili", _("Chi ha personale in modalità agile")
        COLLEGHI = "colleghi", _("Chi lavora con colleghi in modalità agile")

    edizione = models.ForeignKey(
        EdizioneLavoroAgile, models.PROTECT, related_name="questionari", verbose_name=_("edizione")
    )
    questionario = models.OneToOneField(
        Questionario, models.CASCADE, related_name="questionario_agile"
    )
    rivolto = models.CharField(_("a chi"), max_length=15, choices=Rivolto)
    anno = models.PositiveSmallIntegerField(_("anno"))

    objects = QuestionarioAgileQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionario sul lavoro agile")
        verbose_name_plural = _("questionari sul lavoro agile")
        ordering = ["edizione_id", "-anno", "rivolto"]

    def __str__(self) -> str:
        return f"{self.questionario}: {self.get_rivolto_display()}"

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda
