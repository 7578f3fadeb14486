# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public body. One installation serves many; rows of one are invisible to the others."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from piani.models.incarico import Utente


class AziendaQuerySet(models.QuerySet["Azienda"]):
    def visibili_a(
        self, utente: "Utente | AnonymousUser", giorno: date | None = None
    ) -> "AziendaQuerySet":
        """Those in which the person holds an incarico on that day (today if not said)."""
        from piani.models.incarico import Incarico

        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente, giorno)
        return self.filter(Exists(miei.filter(azienda=OuterRef("pk"))))

    def amministrate_da(self, utente: "Utente | AnonymousUser") -> "AziendaQuerySet":
        """Those whose people the person sees to today."""
        from piani.models.incarico import Incarico, Ruolo

        visibili = self.visibili_a(utente)
        if not utente.is_authenticated or utente.puo_tutto:
            return visibili
        miei = Incarico.objects.che_valgono_per(utente).filter(ruolo=Ruolo.AMMINISTRATORE)
        return visibili.filter(Exists(miei.filter(azienda=OuterRef("pk"))))

    def con_documenti(self) -> "AziendaQuerySet":
        """Those with something published: what the public pages list."""
        from piani.models.documento_ente import DocumentoEnte

        suoi = DocumentoEnte.objects.filter(azienda=OuterRef("pk"), pubblicato_il__isnull=False)
        return self.filter(
            Q(piani__documenti__pubblicato_il__isnull=False) | Exists(suoi)
        ).distinct()


class Azienda(models.Model):
    """Ente: ATS, ASST or any public body with the duties of D.Lgs. 150/2009."""

    class Tipo(models.TextChoices):
        ATS = "ATS", _("Agenzia di tutela della salute")
        ASST = "ASST", _("Azienda socio sanitaria territoriale")
        IRCCS = "IRCCS", _("Istituto di ricovero e cura a carattere scientifico")
        AREU = "AREU", _("Agenzia regionale emergenza urgenza")
        ASL = "ASL", _("Azienda sanitaria locale")
        AO = "AO", _("Azienda ospedaliera")
        COMUNE = "COMUNE", _("Comune")
        ALTRO = "ALTRO", _("Altro ente pubblico")

    codice = models.SlugField(_("codice"), unique=True, help_text=_("Compare negli indirizzi."))
    tipo = models.CharField(_("tipo"), max_length=10, choices=Tipo)
    nome = models.CharField(_("denominazione"), max_length=200)
    codice_ipa = models.CharField(_("codice IPA"), max_length=20, blank=True)
    codice_fiscale = models.CharField(_("codice fiscale"), max_length=16, blank=True)
    sede = models.CharField(_("sede"), max_length=200, blank=True)
    vertice = models.CharField(_("organo di vertice"), max_length=100, blank=True)
    dipendenti = models.PositiveIntegerField(_("numero di dipendenti"), null=True, blank=True)
    email = models.EmailField(
        _("posta dell'ufficio che pubblica"), blank=True,
        help_text=_("Di un ufficio, mai di una persona: sta nei metadati dei dati aperti."),
    )  # fmt: skip

    objects = AziendaQuerySet.as_manager()

    class Meta:
        verbose_name = _("azienda")
        verbose_name_plural = _("aziende")
        ordering = ["nome"]

    def __str__(self) -> str:
        return self.nome
