# SPDX-License-Identifier: AGPL-3.0-or-later
"""The individual evaluation: the rules of a year, a person's sheet, what is in it, its story.

The scheme is that of ASST Cremona, Piano 2022-2024, 6.3. A sheet is read by few: everything that
reads one starts from ``ValutazioneIndividuale.objects.visibili_a``.
"""

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.individuale import Categoria, RegoleIndividuali
from obiettivi.calcolo.individuale_dati import da_dati
from obiettivi.models.scheda import RigaScheda, SchedaBudget
from piani.models import Azienda, Incarico, Ruolo, UnitaOrganizzativa, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

DA_0_A_100 = [MinValueValidator(0), MaxValueValidator(100)]
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


class ObiettivoIndividuale(models.Model):
    """An objective of one person: what is expected, how much it weighs, how far it got."""

    valutazione = models.ForeignKey(
        ValutazioneIndividuale, models.CASCADE, related_name="obiettivi"
    )
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    testo = models.TextField(_("obiettivo"))
    atteso = models.TextField(_("risultato atteso"), blank=True)
    peso = models.DecimalField(_("peso %"), max_digits=5, decimal_places=2, validators=DA_0_A_100)
    riga = models.ForeignKey(
        RigaScheda,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="obiettivi_individuali",
        verbose_name=_("dalla scheda budget"),
    )
    raggiungimento = models.DecimalField(
        _("raggiungimento %"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=DA_0_A_100,
    )  # fmt: skip
    nota = models.TextField(_("nota sul raggiungimento"), blank=True)

    class Meta:
        verbose_name = _("obiettivo individuale")
        verbose_name_plural = _("obiettivi individuali")
        ordering = ["valutazione", "ordine", "pk"]
        constraints = [
            models.CheckConstraint(
                name="obiettivo_individuale_0_100",
                condition=Q(peso__range=(0, 100))
                & (Q(raggiungimento__isnull=True) | Q(raggiungimento__range=(0, 100))),
                violation_error_message=_("Pesi e raggiungimenti vanno da 0 a 100."),
            ),
        ]

    def __str__(self) -> str:
        return self.testo[:60]


class ComportamentoValutato(models.Model):
    """The step of the scale given to a behaviour by who evaluates, and by the person themselves.

    The second is a twin: it is read beside the first and never enters the score.
    """

    valutazione = models.ForeignKey(
        ValutazioneIndividuale, models.CASCADE, related_name="comportamenti"
    )
    codice = models.CharField(_("comportamento"), max_length=40)
    livello = models.CharField(_("livello"), max_length=40, blank=True)
    nota = models.TextField(_("nota"), blank=True)
    livello_proprio = models.CharField(_("autovalutazione"), max_length=40, blank=True)
    nota_propria = models.TextField(_("nota dell'autovalutazione"), blank=True)

    class Meta:
        verbose_name = _("comportamento valutato")
        verbose_name_plural = _("comportamenti valutati")
        ordering = ["valutazione", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="comportamento_una_volta", fields=["valutazione", "codice"],
                violation_error_message=_("Quel comportamento c'è già."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.codice


class RichiestaConciliazione(models.Model):
    """What a person asks about their evaluation, the reply of who evaluated, the outcome.

    The score before and the one after both stay (art. 7 D.Lgs. 150/2009, procedure di
    conciliazione).
    """

    class Esito(models.TextChoices):
        IN_ATTESA = "in_attesa", _("In corso")
        CONFERMATA = "confermata", _("Valutazione confermata")
        MODIFICATA = "modificata", _("Valutazione modificata")

    valutazione = models.OneToOneField(
        ValutazioneIndividuale, models.CASCADE, related_name="conciliazione"
    )
    testo = models.TextField(_("richiesta"))
    chiesta_il = models.DateTimeField(_("chiesta il"), auto_now_add=True)
    risposta_entro = models.DateField(_("risposta entro il"))
    risposta = models.TextField(_("risposta del valutatore"), blank=True)
    risposta_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    risposta_per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    risposta_il = models.DateTimeField(_("risposta del"), null=True, blank=True)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito, default=Esito.IN_ATTESA)
    motivazione = models.TextField(_("motivazione"), blank=True)
    prima = models.DecimalField(_("punteggio prima"), **PUNTI)
    dopo = models.DecimalField(_("punteggio dopo"), **PUNTI)
    decisa_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    decisa_per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decisa_il = models.DateTimeField(_("decisa il"), null=True, blank=True)

    class Meta:
        verbose_name = _("conciliazione")
        verbose_name_plural = _("conciliazioni")
        ordering = ["-chiesta_il"]
        constraints = [
            models.CheckConstraint(
                name="conciliazione_con_testo",
                condition=~Q(testo=""),
                violation_error_message=_("Scrivi che cosa chiedi."),
            ),
            models.CheckConstraint(
                name="conciliazione_esito_motivato",
                condition=Q(esito="in_attesa") | ~Q(motivazione=""),
                violation_error_message=_("L'esito ha sempre una motivazione."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_esito_display()


class PassoValutazione(models.Model):
    """What was done of a sheet, by whom, for whom, when: its own story, read with the sheet only.

    The register of the azienda, which more people consult, knows that something was written and
    not what.
    """

    valutazione = models.ForeignKey(ValutazioneIndividuale, models.CASCADE, related_name="storia")
    quando = models.DateTimeField(_("quando"), auto_now_add=True)
    fatto = models.CharField(_("che cosa"), max_length=200)
    motivo = models.TextField(_("motivo"), blank=True)
    da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="+")
    per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("passo della valutazione")
        verbose_name_plural = _("passi delle valutazioni")
        ordering = ["valutazione", "quando", "pk"]

    def __str__(self) -> str:
        return self.fatto

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **{**kwargs, "force_insert": True})
