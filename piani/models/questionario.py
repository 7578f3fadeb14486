# SPDX-License-Identifier: AGPL-3.0-or-later
"""Anonymous questionnaires by public link: one answer per token, and nothing ties the two."""

import hashlib
import secrets
import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Incarico, Ruolo

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from piani.models.incarico import Utente

# Who makes questionnaires in an azienda, and who reads what came out of them.
PREPARANO = (Ruolo.CAPOFILA, Ruolo.RISORSE_UMANE, Ruolo.CUG)
LEGGONO = (*PREPARANO, Ruolo.DIREZIONE, Ruolo.NUCLEO, Ruolo.REGIONE)


def nuovo_gettone() -> str:
    """The secret of a public link: given once, never stored."""
    return secrets.token_urlsafe(24)


def impronta_gettone(gettone: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(gettone.encode()).hexdigest()


class QuestionarioQuerySet(models.QuerySet["Questionario"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "QuestionarioQuerySet":
        """Those of the aziende where the person makes or reads questionnaires."""
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=LEGGONO)
        return self.filter(azienda__in=miei.values("azienda"))

    def aperti(self) -> "QuestionarioQuerySet":
        """Those that can be answered today."""
        oggi = timezone.localdate()
        return self.filter(stato="aperto", apre__lte=oggi, chiude__gte=oggi)


class Questionario(models.Model):
    """A questionnaire of an azienda. Its questions change only in a draft.

    Means of fewer than ``soglia`` answers are not shown.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        APERTO = "aperto", _("Aperto")
        CHIUSO = "chiuso", _("Chiuso")

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="questionari")
    titolo = models.CharField(_("titolo"), max_length=200)
    presentazione = models.TextField(_("presentazione"), blank=True)
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    apre = models.DateField(_("si apre il"), null=True, blank=True)
    chiude = models.DateField(_("si chiude il"), null=True, blank=True)
    soglia = models.PositiveSmallIntegerField(_("risposte minime per mostrare"), default=5)
    dimostrativo = models.BooleanField(_("inventato per prova"), default=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = QuestionarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionario")
        verbose_name_plural = _("questionari")
        ordering = ["azienda_id", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="questionario_aperto_con_date",
                condition=Q(stato="bozza") | Q(apre__isnull=False, chiude__isnull=False),
                violation_error_message=_("Di un questionario aperto si dice da quando a quando."),
            ),
            models.CheckConstraint(
                name="questionario_date_in_ordine",
                condition=Q(apre__isnull=True) | Q(chiude__isnull=True) | Q(chiude__gte=F("apre")),
                violation_error_message=_("Il questionario si chiude prima di aprirsi."),
            ),
        ]

    def __str__(self) -> str:
        return self.titolo


class Domanda(models.Model):
    """A question: on a scale, yes or no, one of some choices, in words. ``dimensione`` groups the
    questions of which a mean is made.
    """

    class Tipo(models.TextChoices):
        SCALA = "scala", _("Scala")
        SI_NO = "si_no", _("Sì o no")
        SCELTA = "scelta", _("Una scelta")
        TESTO = "testo", _("Testo")

    questionario = models.ForeignKey(Questionario, models.CASCADE, related_name="domande")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    tipo = models.CharField(_("tipo"), max_length=10, choices=Tipo, default=Tipo.SCALA)
    dimensione = models.CharField(_("dimensione"), max_length=120, blank=True)
    testo = models.CharField(_("domanda"), max_length=500)
    minimo = models.PositiveSmallIntegerField(_("dal"), default=1)
    massimo = models.PositiveSmallIntegerField(_("al"), default=5)
    scelte = models.JSONField(_("scelte"), default=list, blank=True)
    obbligatoria = models.BooleanField(_("obbligatoria"), default=True)

    class Meta:
        verbose_name = _("domanda")
        verbose_name_plural = _("domande")
        ordering = ["questionario_id", "ordine"]
        constraints = [
            models.UniqueConstraint(
                name="domanda_posto_unico",
                fields=["questionario", "ordine"],
                violation_error_message=_("Un'altra domanda ha già quel posto."),
            ),
            models.CheckConstraint(
                name="domanda_scala_in_ordine",
                condition=Q(massimo__gt=F("minimo")),
                violation_error_message=_("La scala va da un numero a uno più grande."),
            ),
        ]

    def __str__(self) -> str:
        return self.testo


class InvitoQuestionario(models.Model):
    """A token that lets somebody answer once. Only its ``impronta`` is kept, and that it was used:
    not when, and not for which answer. ``gruppo`` is for the response rate (a partner, a kind).
    """

    questionario = models.ForeignKey(Questionario, models.CASCADE, related_name="inviti")
    impronta = models.CharField(_("impronta del collegamento"), max_length=64, unique=True)
    gruppo = models.CharField(_("gruppo"), max_length=120, blank=True)
    usato = models.BooleanField(_("usato"), default=False)

    class Meta:
        verbose_name = _("invito a un questionario")
        verbose_name_plural = _("inviti ai questionari")
        ordering = ["questionario_id", "gruppo", "pk"]

    def __str__(self) -> str:
        return f"{self.questionario}: {self.gruppo}"


class Compilazione(models.Model):
    """The answers of one person, with nothing that says who or when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionario = models.ForeignKey(Questionario, models.CASCADE, related_name="compilazioni")
    gruppo = models.CharField(_("gruppo"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("compilazione")
        verbose_name_plural = _("compilazioni")
        ordering = ["questionario_id", "id"]

    def __str__(self) -> str:
        return str(self.questionario)


class Risposta(models.Model):
    """An answer to a question: a number (scale; 1 or 0 for yes or no) or a text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compilazione = models.ForeignKey(Compilazione, models.CASCADE, related_name="risposte")
    domanda = models.ForeignKey(Domanda, models.PROTECT, related_name="risposte")
    valore = models.PositiveSmallIntegerField(_("valore"), null=True, blank=True)
    testo = models.TextField(_("testo"), blank=True)

    class Meta:
        verbose_name = _("risposta")
        verbose_name_plural = _("risposte")
        ordering = ["compilazione_id", "domanda__ordine"]
        constraints = [
            models.UniqueConstraint(
                name="risposta_una_per_domanda",
                fields=["compilazione", "domanda"],
                violation_error_message=_("La domanda ha già la sua risposta."),
            ),
            models.CheckConstraint(
                name="risposta_dice_qualcosa",
                condition=Q(valore__isnull=False) | ~Q(testo=""),
                violation_error_message=_("Una risposta ha un valore o un testo."),
            ),
        ]

    def __str__(self) -> str:
        return self.testo or str(self.valore)
