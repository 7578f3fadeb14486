# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs of the computation, the rules they apply and the scores they write."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.arrotondamento import mostra
from obiettivi.models.indicatore import Frazione
from piani.indici import IndiceAZone
from piani.models import Azienda, Piano, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class EdizioneSMVP(models.Model):
    """The azienda's Sistema di misurazione e valutazione for a year, as data.

    ``parametri`` has the shape of :class:`obiettivi.calcolo.edizione.Edizione`. Frozen once a
    plan that uses it is adopted (art. 7 D.Lgs. 150/2009: updated yearly).
    """

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="edizioni_smvp")
    anno = models.PositiveSmallIntegerField(_("anno"))
    nome = models.CharField(_("nome"), max_length=200)
    parametri = models.JSONField(_("parametri"))
    congelata_il = models.DateTimeField(_("congelata il"), null=True, blank=True)

    class Meta:
        verbose_name = _("edizione del SMVP")
        verbose_name_plural = _("edizioni del SMVP")
        ordering = ["azienda", "-anno"]
        constraints = [
            models.UniqueConstraint(
                name="edizione_una_per_anno",
                fields=["azienda", "anno"],
                violation_error_message=_("L'azienda ha già l'edizione di quell'anno."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.anno})"


class Prospettiva(models.TextChoices):
    """From where a score looks: last year's results against this year's targets, or results."""

    PARTENZA = "partenza", _("Posizione di partenza")
    CONSUNTIVO = "consuntivo", _("Risultati dell'anno")


class CalcoloQuerySet(models.QuerySet["Calcolo"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "CalcoloQuerySet":
        return self.filter(piano__in=Piano.objects.visibili_a(utente))

    def aperti(self) -> "CalcoloQuerySet":
        return self.filter(stato__in=Calcolo.APERTI)

    def per_urgenza(self) -> "CalcoloQuerySet":
        """Those that failed, those that wait for a reason, those still open, those done."""
        Stato = Calcolo.Stato
        ordine = (Stato.FALLITO, Stato.DA_ACCETTARE, Stato.IN_CORSO, Stato.IN_ATTESA)
        posto = Case(
            *(When(stato=uno, then=n) for n, uno in enumerate(ordine)), default=len(ordine)
        )
        return self.order_by(posto, "piano__azienda__nome", "piano__titolo", "piano", "pk")


class Calcolo(models.Model):
    """A run: its row is the status that page and API show, with done and total."""

    class Stato(models.TextChoices):
        IN_ATTESA = "in_attesa", _("In attesa")
        IN_CORSO = "in_corso", _("In corso")
        FATTO = "fatto", _("Fatto")
        FALLITO = "fallito", _("Non riuscito")
        DA_ACCETTARE = "da_accettare", _("Da accettare")

    APERTI = (Stato.IN_ATTESA, Stato.IN_CORSO)

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="calcoli")
    prospettiva = models.CharField(_("prospettiva"), max_length=15, choices=Prospettiva)
    anno = models.PositiveSmallIntegerField(_("anno"))
    frazione = models.CharField(
        _("periodo"), max_length=2, choices=Frazione, blank=True, default=Frazione.ANNO
    )
    # Few indexes: a run is written three times, and each writing touches all of them.
    edizione = models.ForeignKey(
        EdizioneSMVP, models.PROTECT, related_name="calcoli", db_index=False
    )
    giro = models.ForeignKey(
        "obiettivi.GiroDiCalcolo",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="calcoli",
        db_index=False,
        verbose_name=_("giro"),
    )
    stato = models.CharField(_("stato"), max_length=15, choices=Stato, default=Stato.IN_ATTESA)
    da = models.ForeignKey(
        Utente,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calcoli",
        db_index=False,
        verbose_name=_("avviato da"),
    )
    per_conto_di = models.ForeignKey(
        Utente,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("per conto di"),
    )
    creato_il = models.DateTimeField(_("chiesto il"), auto_now_add=True)
    iniziato_il = models.DateTimeField(_("iniziato il"), null=True, blank=True)
    finito_il = models.DateTimeField(_("finito il"), null=True, blank=True)
    totale = models.PositiveIntegerField(_("da fare"), default=0)
    fatti = models.PositiveIntegerField(_("fatti"), default=0)
    scritti = models.PositiveIntegerField(_("punteggi cambiati"), default=0)
    errore = models.TextField(_("errore"), blank=True)
    cambiamenti = models.JSONField(
        _("punteggi pubblicati che cambierebbero"), default=list, blank=True
    )
    motivo = models.TextField(_("motivo del cambiamento"), blank=True)

    objects = CalcoloQuerySet.as_manager()

    class Meta:
        verbose_name = _("calcolo")
        verbose_name_plural = _("calcoli")
        ordering = ["-creato_il"]
        constraints = [
            models.UniqueConstraint(
                name="calcolo_uno_aperto",
                fields=["piano", "prospettiva", "anno", "frazione"],
                condition=Q(stato__in=["in_attesa", "in_corso"]),
                violation_error_message=_("Un calcolo di questo piano è già in corso."),
            ),
        ]
        indexes = [
            # The runs of a round come one after the other in the table: a word for each range of
            # pages is enough to find them, and costs nothing to keep.
            IndiceAZone(
                fields=["giro"], name="calcolo_giro", autosummarize=True, pages_per_range=8
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_prospettiva_display()} {self.anno} {self.frazione}".strip()

    def get_absolute_url(self) -> str:
        return reverse("calcolo", args=[self.pk])

    @property
    def aperto(self) -> bool:
        return self.stato in self.APERTI

    @property
    def percentuale(self) -> int:
        if not self.totale:
            return 0 if self.aperto else 100
        return min(100, self.fatti * 100 // self.totale)


class Raggiungimento(models.Model):
    """A computed score, of an indicator, objective, area or plan, in a period.

    Lean on purpose: natural key, no foreign-key checks, since runs rewrite it in bulk.
    ``oggetto`` is the key of the row scored at its ``livello``.
    """

    class Livello(models.TextChoices):
        INDICATORE = "I", _("Indicatore")
        OBIETTIVO = "O", _("Obiettivo")
        AREA = "A", _("Area")
        PIANO = "P", _("Piano")

    class Stato(models.TextChoices):
        CALCOLATO = "C", _("Calcolato")
        NON_CALCOLABILE = "N", _("Non calcolabile")
        ESCLUSO = "E", _("Escluso")

    ESITO = ("stato", "punteggio", "copertura", "motivo", "dimostrativo")

    pk = models.CompositePrimaryKey(
        "piano_id", "prospettiva", "anno", "frazione", "livello", "oggetto"
    )
    piano = models.ForeignKey(
        Piano,
        models.CASCADE,
        related_name="raggiungimenti",
        db_constraint=False,
        db_index=False,
    )
    prospettiva = models.CharField(_("prospettiva"), max_length=15, choices=Prospettiva)
    anno = models.PositiveSmallIntegerField(_("anno"))
    frazione = models.CharField(_("periodo"), max_length=2, blank=True, default="")
    livello = models.CharField(_("livello"), max_length=1, choices=Livello)
    oggetto = models.BigIntegerField(_("oggetto"))
    stato = models.CharField(_("stato"), max_length=1, choices=Stato)
    punteggio = models.DecimalField(
        _("punteggio"), max_digits=30, decimal_places=8, null=True, blank=True
    )
    copertura = models.DecimalField(
        _("copertura %"),
        max_digits=7,
        decimal_places=4,
        help_text=_("Quota del peso che è stata valutata."),
        default=Decimal(0),
    )
    motivo = models.CharField(_("motivo"), max_length=300, blank=True)
    dimostrativo = models.BooleanField(_("da dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("raggiungimento")
        verbose_name_plural = _("raggiungimenti")
        constraints = [
            models.CheckConstraint(
                name="raggiungimento_punteggio_se_calcolato",
                condition=Q(stato="C", punteggio__isnull=False)
                | (~Q(stato="C") & Q(punteggio__isnull=True)),
                violation_error_message=_("Solo ciò che è calcolato ha un punteggio."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_livello_display()} {self.oggetto}: {self.punteggio}"

    def uguale_a(self, altro: "Raggiungimento") -> bool:
        """Whether the two say the same, apart from what they say it of."""
        return all(getattr(self, campo) == getattr(altro, campo) for campo in self.ESITO)

    @property
    def mostrato(self) -> str:
        """The score as people read it, "" when there is none; below 100 it never shows 100,00."""
        return "" if self.punteggio is None else mostra(self.punteggio)
