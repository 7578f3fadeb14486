# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a meeting decides: votes, one per seat, and the minutes with their validation."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import una_sola
from conciliazione.models.comitato import Seggio
from conciliazione.models.seduta import PuntoOrdine, Seduta
from conciliazione.models.visibilita import Chi, attraverso, dell_ufficio, seggi_di
from piani.models import Azienda, Utente


class Votazione(models.Model):
    """A question put to the vote under an item of the agenda.

    ``conteggio`` is frozen when it closes: members present, votes by kind, what broke a tie.
    """

    class Stato(models.TextChoices):
        APERTA = "aperta", _("Aperta")
        CHIUSA = "chiusa", _("Chiusa")

    class Esito(models.TextChoices):
        APPROVATA = "approvata", _("Approvata")
        RESPINTA = "respinta", _("Respinta")

    punto = models.ForeignKey(PuntoOrdine, models.CASCADE, related_name="votazioni")
    quesito = models.CharField(_("quesito"), max_length=300)
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.APERTA)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito, blank=True, default="")
    conteggio = models.JSONField(_("conteggio"), null=True, blank=True, encoder=DjangoJSONEncoder)
    aperta_il = models.DateTimeField(_("aperta il"), auto_now_add=True)
    chiusa_il = models.DateTimeField(_("chiusa il"), null=True, blank=True)

    objects = attraverso("punto__seduta")

    class Meta:
        verbose_name = _("votazione")
        verbose_name_plural = _("votazioni")
        ordering = ["punto_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="votazione_chiusa_con_esito",
                condition=Q(stato="aperta", esito="") | (Q(stato="chiusa") & ~Q(esito="")),
                violation_error_message=_("Una votazione chiusa ha un esito, una aperta no."),
            ),
        ]

    def __str__(self) -> str:
        return self.quesito

    @property
    def azienda(self) -> Azienda:
        return self.punto.azienda


class VotoQuerySet(models.QuerySet["Voto"]):
    def visibili_a(self, utente: "Chi") -> "VotoQuerySet":
        """One's own; all of them once the vote is closed."""
        return self.filter(
            Q(seggio__in=seggi_di(utente)) | Q(votazione__stato="chiusa"),
            votazione__in=Votazione.objects.visibili_a(utente),
        )


class Voto(models.Model):
    """The vote of a seat: one, not changed."""

    class Valore(models.TextChoices):
        FAVOREVOLE = "favorevole", _("Favorevole")
        CONTRARIO = "contrario", _("Contrario")
        ASTENUTO = "astenuto", _("Astenuto")

    votazione = models.ForeignKey(Votazione, models.CASCADE, related_name="voti")
    seggio = models.ForeignKey(Seggio, models.PROTECT, related_name="voti")
    valore = models.CharField(_("voto"), max_length=10, choices=Valore)
    dato_da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="+")
    dato_il = models.DateTimeField(_("dato il"), auto_now_add=True)

    objects = VotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("voto")
        verbose_name_plural = _("voti")
        ordering = ["votazione_id", "seggio__ordine"]
        constraints = [
            una_sola(
                "voto_uno_per_seggio", ["votazione", "seggio"], _("Quel seggio ha già votato.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seggio}: {self.get_valore_display()}"


class VerbaleQuerySet(models.QuerySet["Verbale"]):
    def visibili_a(self, utente: "Chi") -> "VerbaleQuerySet":
        """The office's and the readers' all; once sent, whoever sees the meeting."""
        inviati = Q(seduta__in=Seduta.objects.visibili_a(utente)) & ~Q(stato="bozza")
        return self.filter(dell_ufficio(utente, "seduta__edizione") | inviati)


class Verbale(models.Model):
    """The minutes of a meeting: written by the office, sent to the members, validated by them.

    ``fotografia`` is what was sent (presences, items, votes), the PDF is drawn from it once.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        INVIATO = "inviato", _("Inviato per la validazione")
        VALIDATO = "validato", _("Validato")

    seduta = models.OneToOneField(Seduta, models.CASCADE, related_name="verbale")
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    testo = models.TextField(_("testo"), blank=True, help_text=_("Markdown."))
    fotografia = models.JSONField(_("fotografia"), null=True, blank=True, encoder=DjangoJSONEncoder)
    file = models.FileField(_("PDF"), upload_to="verbali/%Y/", max_length=200, blank=True)
    sha256 = models.CharField(_("impronta"), max_length=64, blank=True)
    inviato_il = models.DateTimeField(_("inviato il"), null=True, blank=True)
    validato_il = models.DateTimeField(_("validato il"), null=True, blank=True)

    objects = VerbaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("verbale")
        verbose_name_plural = _("verbali")
        ordering = ["-seduta__quando"]
        constraints = [
            models.CheckConstraint(
                name="verbale_inviato_con_fotografia",
                condition=Q(stato="bozza") | Q(fotografia__isnull=False, inviato_il__isnull=False),
                violation_error_message=_("Un verbale inviato resta come è stato inviato."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.seduta)

    @property
    def azienda(self) -> Azienda:
        return self.seduta.azienda


class ValidazioneVerbale(models.Model):
    """What a seat says of the minutes: they are right, or what should be corrected."""

    verbale = models.ForeignKey(Verbale, models.CASCADE, related_name="validazioni")
    seggio = models.ForeignKey(Seggio, models.PROTECT, related_name="+")
    conforme = models.BooleanField(_("conforme"))
    osservazione = models.TextField(_("osservazione"), blank=True)
    data_da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="+")
    data_il = models.DateTimeField(_("del"), auto_now_add=True)

    objects = attraverso("verbale")

    class Meta:
        verbose_name = _("validazione del verbale")
        verbose_name_plural = _("validazioni del verbale")
        ordering = ["verbale_id", "data_il"]
        constraints = [
            una_sola(
                "validazione_verbale_una_per_seggio", ["verbale", "seggio"],
                _("Quel seggio si è già espresso sul verbale."),
            ),
            models.CheckConstraint(
                name="validazione_verbale_osservata",
                condition=Q(conforme=True) | ~Q(osservazione=""),
                violation_error_message=_("Scrivi che cosa va corretto."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.seggio}: {self.verbale}"
