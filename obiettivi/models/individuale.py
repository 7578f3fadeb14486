# SPDX-License-Identifier: AGPL-3.0-or-later
"""The individual evaluation: the rules of a year, a person's sheet.

The scheme is that of ASST Cremona, Piano 2022-2024, 6.3. A sheet is read by few: everything that
reads one starts from ``ValutazioneIndividuale.objects.visibili_a``.
"""

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.individuale import Categoria, RegoleIndividuali
from obiettivi.calcolo.individuale_dati import da_dati
from obiettivi.models.scheda import SchedaBudget
from piani.models import Azienda, Incarico, Ruolo, UnitaOrganizzativa, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

PUNTI = {"max_digits": 14, "decimal_places": 8, "null": True, "blank": True}

# Who evaluates holds one of these in the azienda.
VALUTANO = (Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO, Ruolo.DIREZIONE)
# Who answers above, and who keeps the files of the staff.
LEGGONO_TUTTE = (Ruolo.DIREZIONE, Ruolo.RISORSE_UMANE)


class EdizioneIndividuale(models.Model):
    """The rules of the individual evaluation of an azienda for a year, as data.

    ``parametri`` has the shape of :class:`obiettivi.calcolo.individuale.RegoleIndividuali`. Frozen
    by the first signature of an evaluator.
    """

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="edizioni_individuali")
    anno = models.PositiveSmallIntegerField(_("anno"))
    nome = models.CharField(_("nome"), max_length=200)
    parametri = models.JSONField(_("parametri"))
    congelata_il = models.DateTimeField(_("congelata il"), null=True, blank=True)

    class Meta:
        verbose_name = _("edizione della valutazione individuale")
        verbose_name_plural = _("edizioni della valutazione individuale")
        ordering = ["azienda", "-anno"]
        constraints = [
            models.UniqueConstraint(
                name="edizione_individuale_una_per_anno",
                fields=["azienda", "anno"],
                violation_error_message=_("L'azienda ha già le regole di quell'anno."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.anno})"

    def get_absolute_url(self) -> str:
        return reverse("regole_individuali_anno", args=[self.azienda.codice, self.anno])

    @cached_property
    def regole(self) -> RegoleIndividuali:
        """The rules as values; they were checked when they were saved."""
        return da_dati(self.parametri)


class ValutazioneQuerySet(models.QuerySet["ValutazioneIndividuale"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "ValutazioneQuerySet":
        """One's own; those that one evaluates; those of the azienda for direzione and risorse
        umane. Nobody else: not the Nucleo, not the controllo di gestione, not the emergency
        account. Who acts for somebody else never reads their own files, nor that one's.
        """
        if not utente.is_authenticated:
            return self.none()
        miei = Incarico.objects.che_valgono_per(utente).filter(azienda=models.OuterRef("azienda"))
        chi = utente.per_conto_di or utente
        valuta = Q(valutatore=chi) & models.Exists(miei.filter(ruolo__in=VALUTANO))
        altre = (valuta | models.Exists(miei.filter(ruolo__in=LEGGONO_TUTTE))) & ~Q(
            persona__in=[utente, chi]
        )
        return self.filter(altre if utente.delega is not None else altre | Q(persona=utente))

    def di_chi_gestisce(self, utente: "Utente | AnonymousUser") -> "ValutazioneQuerySet":
        """Those that the person sees because they keep the files of the staff."""
        if not utente.is_authenticated:
            return self.none()
        miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=LEGGONO_TUTTE)
        return self.visibili_a(utente).filter(azienda__in=miei.values("azienda"))

    def concluse(self) -> "ValutazioneQuerySet":
        """With a score that both have signed, or that was closed."""
        return self.filter(
            stato__in=ValutazioneIndividuale.CONCLUSE, punteggio_finale__isnull=False
        )

    def per_elenco(self) -> "ValutazioneQuerySet":
        """In order; the rules of a year are read once for all its sheets."""
        return (
            self.select_related("azienda", "persona", "unita", "valutatore")
            .prefetch_related("edizione")
            .order_by("-anno", "unita__nome", "persona__last_name", "persona__first_name", "pk")
        )


class ValutazioneIndividuale(models.Model):
    """A person's sheet of a year: in a category and in a unit.

    ``versione`` grows at each save: a save that did not see the last one is refused. What the
    evaluator signs is frozen in ``firmato``, with the scores; ``punteggio_finale`` differs from
    ``punteggio`` only when a conciliation changed it.
    """

    class Stato(models.TextChoices):
        ASSEGNATA = "assegnata", _("Assegnata")
        IN_AUTOVALUTAZIONE = "in_autovalutazione", _("In autovalutazione")
        IN_VALUTAZIONE = "in_valutazione", _("In valutazione")
        COLLOQUIO = "colloquio", _("Colloquio fatto")
        FIRMATA_VALUTATORE = "firmata_valutatore", _("Firmata dal valutatore")
        FIRMATA_VALUTATO = "firmata_valutato", _("Firmata da entrambi")
        NON_CONDIVISA = "non_condivisa", _("Firmata e non condivisa")
        CHIUSA = "chiusa", _("Chiusa")

    DA_VALUTARE = (Stato.ASSEGNATA, Stato.IN_AUTOVALUTAZIONE, Stato.IN_VALUTAZIONE, Stato.COLLOQUIO)
    SCRIVIBILI = (Stato.IN_VALUTAZIONE, Stato.COLLOQUIO)
    FIRMATE = (Stato.FIRMATA_VALUTATO, Stato.NON_CONDIVISA)
    CONCLUSE = (*FIRMATE, Stato.CHIUSA)

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="valutazioni_individuali")
    edizione = models.ForeignKey(EdizioneIndividuale, models.PROTECT, related_name="valutazioni")
    anno = models.PositiveSmallIntegerField(_("anno"))
    persona = models.ForeignKey(
        Utente, models.PROTECT, related_name="valutazioni", verbose_name=_("persona")
    )
    categoria = models.CharField(_("categoria"), max_length=40)
    unita = models.ForeignKey(
        UnitaOrganizzativa, models.PROTECT, related_name="valutazioni", verbose_name=_("unità")
    )
    valutatore = models.ForeignKey(
        Utente,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="valutazioni_da_fare",
        verbose_name=_("valutatore"),
    )
    mesi = models.DecimalField(
        _("mesi di presenza"), max_digits=4, decimal_places=2, default=Decimal(12),
        validators=[MinValueValidator(0), MaxValueValidator(12)],
    )  # fmt: skip
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.ASSEGNATA)
    versione = models.PositiveIntegerField(_("versione"), default=1)
    vista_il = models.DateTimeField(_("presa visione"), null=True, blank=True)
    nota_persona = models.TextField(_("nota della persona"), blank=True)
    nota_valutatore = models.TextField(_("nota del valutatore"), blank=True)
    colloquio_il = models.DateField(_("colloquio del"), null=True, blank=True)
    colloquio_nota = models.TextField(_("che cosa si è detto nel colloquio"), blank=True)
    scheda = models.ForeignKey(
        SchedaBudget, models.PROTECT, null=True, blank=True, related_name="valutazioni"
    )
    risultato_scheda = models.DecimalField(_("risultato della scheda"), **PUNTI)
    firmato = models.JSONField(
        _("che cosa è stato firmato"), null=True, blank=True, encoder=DjangoJSONEncoder
    )
    punteggio = models.DecimalField(_("punteggio firmato"), **PUNTI)
    punteggio_finale = models.DecimalField(_("punteggio finale"), **PUNTI)
    classe = models.CharField(_("classe"), max_length=100, blank=True)
    premio = models.DecimalField(_("quota di premio %"), **PUNTI)
    firmata_valutatore_il = models.DateTimeField(_("firma del valutatore"), null=True, blank=True)
    firmata_valutatore_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    firmata_per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    firmata_valutato_il = models.DateTimeField(_("firma del valutato"), null=True, blank=True)
    motivo_non_condivisa = models.TextField(_("perché non è condivisa"), blank=True)
    chiusa_il = models.DateTimeField(_("chiusa il"), null=True, blank=True)

    objects = ValutazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("valutazione individuale")
        verbose_name_plural = _("valutazioni individuali")
        ordering = ["azienda", "-anno", "persona"]
        constraints = [
            models.UniqueConstraint(
                name="valutazione_una_per_unita",
                fields=["persona", "azienda", "anno", "unita", "categoria"],
                violation_error_message=_("La persona ha già quella scheda di valutazione."),
            ),
            models.CheckConstraint(
                name="valutazione_mesi_0_12",
                condition=Q(mesi__range=(0, 12)),
                violation_error_message=_("I mesi di presenza vanno da 0 a 12."),
            ),
            models.CheckConstraint(
                name="valutazione_non_di_se_stessi",
                condition=Q(valutatore__isnull=True) | ~Q(valutatore=models.F("persona")),
                violation_error_message=_("Nessuno valuta se stesso."),
            ),
            models.CheckConstraint(
                name="valutazione_firmata_con_punteggio",
                condition=Q(firmata_valutatore_il__isnull=True)
                | Q(punteggio__isnull=False, punteggio_finale__isnull=False),
                violation_error_message=_("Chi firma firma un punteggio."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persona}, {self.anno}"

    def get_absolute_url(self) -> str:
        return reverse("valutazione", args=[self.pk])

    @property
    def regole(self) -> RegoleIndividuali:
        return self.edizione.regole

    @property
    def regola_categoria(self) -> Categoria:
        """The category in the rules; nothing weighs in one that the rules no longer have."""
        zero = Decimal(0)
        return self.regole.categoria(self.categoria) or Categoria(
            self.categoria, self.categoria, zero, zero, zero, zero
        )

    @property
    def sotto_il_minimo(self) -> bool:
        """Too few months of presence to be evaluated."""
        return self.mesi < self.regole.mesi_minimi
