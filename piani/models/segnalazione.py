# SPDX-License-Identifier: AGPL-3.0-or-later
"""An error that a citizen found in a public page, and what the office did of it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.documento import DocumentoPubblicato
from piani.models.incarico import Incarico, Ruolo, Utente
from piani.models.vincoli import almeno

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Chi = Utente | AnonymousUser

# Who publishes answers for what is published (art. 43 D.Lgs. 33/2013).
RICEVONO_SEGNALAZIONI = (Ruolo.PUBBLICATORE, Ruolo.CONTROLLO_GESTIONE)


class SegnalazioneQuerySet(models.QuerySet["Segnalazione"]):
    def visibili_a(self, utente: "Chi") -> "SegnalazioneQuerySet":
        """Those of the aziende for which the person publishes: who wrote may have left an
        address, and nobody else reads it.
        """
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=RICEVONO_SEGNALAZIONI)
        return self.filter(azienda__in=miei.values("azienda"))

    def aperte(self) -> "SegnalazioneQuerySet":
        return self.exclude(stato=Segnalazione.Stato.CHIUSA)


class Segnalazione(models.Model):
    """Written without a login. The address, if given, is only for the answer: it is thrown away
    with the text some months after the closing (``cancellata_il``); the answer stays.
    """

    class Stato(models.TextChoices):
        RICEVUTA = "ricevuta", _("Ricevuta")
        IN_CARICO = "in_carico", _("In carico")
        CHIUSA = "chiusa", _("Chiusa")

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="segnalazioni")
    documento = models.ForeignKey(
        DocumentoPubblicato, models.SET_NULL, null=True, blank=True, related_name="segnalazioni"
    )
    dove = models.CharField(_("punto del documento"), max_length=200, blank=True)
    testo = models.TextField(_("che cosa c'è di sbagliato"), max_length=4000)
    email = models.EmailField(_("posta elettronica"), blank=True)
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.RICEVUTA)
    ricevuta_il = models.DateTimeField(_("ricevuta il"), auto_now_add=True)
    presa_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="segnalazioni_prese"
    )
    risposta = models.TextField(_("risposta"), blank=True)
    chiusa_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="segnalazioni_chiuse"
    )
    chiusa_il = models.DateTimeField(_("chiusa il"), null=True, blank=True)
    spedita_il = models.DateTimeField(_("risposta spedita il"), null=True, blank=True)
    cancellata_il = models.DateTimeField(_("dati cancellati il"), null=True, blank=True)

    objects = SegnalazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("segnalazione di errore")
        verbose_name_plural = _("segnalazioni di errore")
        ordering = ["-ricevuta_il", "-pk"]
        constraints = [
            almeno("segnalazione_chiusa_con_risposta",
                   ~Q(stato="chiusa") | ~Q(risposta="") & Q(chiusa_il__isnull=False),
                   _("Una segnalazione si chiude con una risposta.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("Segnalazione n. %(n)s") % {"n": self.pk}
