# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files brought in by the staff: what each would do row by row, what it did, how it is undone."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ImportazioneQuerySet(models.QuerySet["Importazione"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "ImportazioneQuerySet":
        """Those of the kinds that the person's ruoli bring in, in their aziende, and those that
        they asked for themselves.
        """
        from piani.importazioni.genere import generi

        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        quali = [
            Q(azienda=incarico.azienda_id, genere=genere.chiave)
            for incarico in utente.incarichi_di_oggi
            for genere in generi().values()
            if incarico.ruolo in genere.ruoli
        ]
        proprie = Q(da=utente, azienda__in=Azienda.objects.visibili_a(utente))
        return self.filter(reduce(or_, quali, proprie))

    def in_lavoro(self) -> "ImportazioneQuerySet":
        """Those that a job is reading, writing or undoing."""
        return self.exclude(lavoro="")


class Importazione(models.Model):
    """A file of a kind brought in an azienda. ``lavoro`` is what a job is doing with it.

    ``abbinamento`` says which column is which field; ``annullo`` what undoing needs.
    """

    class Stato(models.TextChoices):
        CARICATA = "caricata", _("Da abbinare")
        LETTA = "letta", _("In anteprima")
        CONFERMATA = "confermata", _("Importata")
        ANNULLATA = "annullata", _("Annullata")
        SCARTATA = "scartata", _("Scartata")

    class Lavoro(models.TextChoices):
        LEGGI = "leggi", _("Lettura del file")
        SCRIVI = "scrivi", _("Scrittura")
        ANNULLA = "annulla", _("Annullamento")

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="importazioni")
    genere = models.CharField(_("che cosa"), max_length=30)
    ambito = models.JSONField(_("ambito"), default=dict, encoder=DjangoJSONEncoder)
    file = models.FileField(_("file"), upload_to="importazioni/%Y/", max_length=200, blank=True)
    nome = models.CharField(_("nome del file"), max_length=200)
    byte = models.PositiveIntegerField(_("byte"))
    sha256 = models.CharField(_("impronta"), max_length=64)
    senza_originale = models.BooleanField(_("non tenere il file dopo averlo letto"), default=False)
    struttura = models.JSONField(_("fogli del file"), default=list)
    abbinamento = models.JSONField(_("abbinamento"), default=dict)
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.CARICATA)
    lavoro = models.CharField(_("lavoro in corso"), max_length=10, choices=Lavoro, blank=True)
    lavoro_dal = models.DateTimeField(_("lavoro chiesto il"), null=True, blank=True)
    preso_il = models.DateTimeField(_("lavoro cominciato il"), null=True, blank=True)
    errore = models.TextField(_("errore"), blank=True)
    nuove = models.PositiveIntegerField(_("nuove"), default=0)
    cambiate = models.PositiveIntegerField(_("cambiate"), default=0)
    uguali = models.PositiveIntegerField(_("uguali"), default=0)
    tolte = models.PositiveIntegerField(_("tolte"), default=0)
    superate = models.PositiveIntegerField(_("superate"), default=0)
    sbagliate = models.PositiveIntegerField(_("da correggere"), default=0)
    annullo = models.JSONField(_("per annullare"), default=dict, encoder=DjangoJSONEncoder)
    effetti = models.JSONField(_("effetti"), default=list)
    da = models.ForeignKey(
        Utente,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="importazioni",
        verbose_name=_("chiesta da"),
        help_text=_("Chi ha chiesto l'ultimo passo."),
    )
    per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    caricata_il = models.DateTimeField(_("caricata il"), auto_now_add=True)
    confermata_il = models.DateTimeField(_("confermata il"), null=True, blank=True)
    annullata_il = models.DateTimeField(_("annullata il"), null=True, blank=True)

    objects = ImportazioneQuerySet.as_manager()

    CONTI = ("nuove", "cambiate", "uguali", "tolte", "superate", "sbagliate")

    class Meta:
        verbose_name = _("importazione")
        verbose_name_plural = _("importazioni")
        ordering = ["-caricata_il", "-pk"]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        return reverse("importazione", args=[self.azienda.codice, self.pk])

    @property
    def tipo(self) -> Any:
        """Its kind, with what it can do."""
        from piani.importazioni.genere import generi

        return generi()[self.genere]

    @property
    def righe_in_tutto(self) -> int:
        return sum(getattr(self, nome) for nome in self.CONTI)

    @property
    def da_scrivere(self) -> int:
        """How many rows confirming it would write."""
        return self.nuove + self.cambiate + self.tolte

    @property
    def confermabile(self) -> bool:
        """Whether its preview can be written as it is."""
        pronta = self.stato == self.Stato.LETTA and not self.lavoro
        return pronta and not self.sbagliate and self.da_scrivere > 0


class RigaImportata(models.Model):
    """What a row of a file does: the preview, and then the story, of an import.

    ``celle`` as read, ``prima`` what it replaces and ``errori``, by field; ``dati`` what writing
    needs; ``segno`` tells whether what it replaces has moved.
    """

    class Esito(models.TextChoices):
        NUOVA = "nuova", _("Nuova")
        CAMBIATA = "cambiata", _("Cambiata")
        UGUALE = "uguale", _("Uguale")
        TOLTA = "tolta", _("Tolta")
        SUPERATA = "superata", _("Cambiata da altri")
        SBAGLIATA = "sbagliata", _("Da correggere")

    DA_SCRIVERE = (Esito.NUOVA, Esito.CAMBIATA, Esito.TOLTA)

    importazione = models.ForeignKey(
        Importazione, models.CASCADE, related_name="righe", db_index=False
    )
    posto = models.PositiveIntegerField(_("posto"))
    riga = models.PositiveIntegerField(_("riga del file"), null=True, blank=True)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito)
    chiave = models.CharField(_("di che cosa"), max_length=300, blank=True)
    celle = models.JSONField(_("celle"), default=dict)
    prima = models.JSONField(_("prima"), default=dict)
    errori = models.JSONField(_("errori"), default=dict)
    dati = models.JSONField(_("dati"), default=dict, encoder=DjangoJSONEncoder)
    segno = models.CharField(_("segno"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("riga importata")
        verbose_name_plural = _("righe importate")
        ordering = ["importazione", "posto"]
        constraints = [
            models.UniqueConstraint(name="riga_importata_posto", fields=["importazione", "posto"]),
        ]
        indexes = [
            models.Index(
                name="righe_importate_per_esito", fields=["importazione", "esito", "posto"]
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.chiave or str(self.posto)


class CorrispondenzaColonne(models.Model):
    """How the columns of a source were matched to the fields, for the next file it sends."""

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="corrispondenze")
    genere = models.CharField(_("che cosa"), max_length=30)
    fonte = models.CharField(_("fonte"), max_length=100)
    intestazioni = models.JSONField(_("intestazioni"), default=dict)
    costanti = models.JSONField(_("valori per tutto il file"), default=dict)
    usata_il = models.DateTimeField(_("usata il"), auto_now=True)

    class Meta:
        verbose_name = _("corrispondenza di colonne")
        verbose_name_plural = _("corrispondenze di colonne")
        ordering = ["azienda", "genere", "-usata_il"]
        constraints = [
            models.UniqueConstraint(
                name="corrispondenza_una_per_fonte", fields=["azienda", "genere", "fonte"]
            ),
        ]

    def __str__(self) -> str:
        return self.fonte
