# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scheda budget of a CdR: areas, rows, resources.

The scheme is that of ASST Cremona, Piano 2022-2024, 6.2.
"""

from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.letture import Certezza, LetturaTarget, da_dati
from obiettivi.models.albero import Misura
from obiettivi.models.indicatore import Indicatore
from piani.models import Azienda, Incarico, Piano, Ruolo, UnitaOrganizzativa, Utente
from piani.organigramma.ambito import unita_sotto

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

PESO = {"max_digits": 5, "decimal_places": 2, "null": True, "blank": True}
DA_0_A_100 = [MinValueValidator(0), MaxValueValidator(100)]
EURO = {"max_digits": 15, "decimal_places": 2, "null": True, "blank": True}

# Whoever holds one of these reads the schede of the whole azienda.
DI_TUTTA_L_AZIENDA = (
    Ruolo.CONTROLLO_GESTIONE,
    Ruolo.DIREZIONE,
    Ruolo.NUCLEO,
    Ruolo.RISORSE_UMANE,
    Ruolo.REGIONE,
    Ruolo.AMMINISTRATORE,
)
# These read the schede of their own unit and of those under it.
DELLA_PROPRIA_UNITA = (Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO)


class SchedaQuerySet(models.QuerySet["SchedaBudget"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "SchedaQuerySet":
        """All those of the azienda for who governs or watches it (the Nucleo: of its years); heads
        see their unit and those under it; staff their own unit's, once made known; who takes
        results those of the indicators that their unit certifies.
        """
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente)
        tutte = miei.filter(ruolo__in=DI_TUTTA_L_AZIENDA, azienda=models.OuterRef("azienda"))
        intere = models.Exists(tutte.per_gli_anni(models.OuterRef("anno"), models.OuterRef("anno")))
        di_unita = list(miei.filter(unita__isnull=False).values_list("ruolo", "unita"))
        guidate = {unita for ruolo, unita in di_unita if ruolo in DELLA_PROPRIA_UNITA}
        proprie = {unita for ruolo, unita in di_unita if ruolo == Ruolo.DIPENDENTE}
        rilevate = {unita for ruolo, unita in di_unita if ruolo == Ruolo.RILEVATORE}
        quali = Q(intere) | Q(unita__in=unita_sotto(guidate))
        if proprie:
            quali |= Q(unita__in=unita_sotto(proprie, figlie=False), divulgata_il__isnull=False)
        if rilevate:
            certificate = RigaScheda.objects.filter(
                area__scheda=models.OuterRef("pk"),
                indicatore__rilevatore__in=unita_sotto(rilevate, figlie=False),
            )
            quali |= models.Exists(certificate) & ~Q(
                stato__in=(SchedaBudget.Stato.PROPOSTA, SchedaBudget.Stato.IN_NEGOZIAZIONE)
            )
        return self.filter(quali)

    def leggibili_a(self, utente: "Utente | AnonymousUser") -> "SchedaQuerySet":
        """Those whose content the person may read: what is still prepared, or negotiated, is of
        who governs or watches the azienda and of who leads the CdR.
        """
        visibili = self.visibili_a(utente)
        if isinstance(utente, Utente) and not utente.puo_tutto:
            miei = Incarico.objects.che_valgono_per(utente)
            negoziano = miei.filter(ruolo__in=DI_TUTTA_L_AZIENDA).values("azienda")
            guidate = miei.filter(ruolo__in=DELLA_PROPRIA_UNITA, unita__isnull=False)
            unita = unita_sotto(set(guidate.values_list("unita", flat=True)))
            in_preparazione = Q(
                stato__in=(SchedaBudget.Stato.PROPOSTA, SchedaBudget.Stato.IN_NEGOZIAZIONE)
            )
            return visibili.filter(~in_preparazione | Q(azienda__in=negoziano) | Q(unita__in=unita))
        return visibili

    def dei_cdr(self) -> "SchedaQuerySet":
        return self.filter(unita__isnull=False)

    def modelli(self) -> "SchedaQuerySet":
        return self.filter(unita__isnull=True)

    def per_elenco(self) -> "SchedaQuerySet":
        return self.select_related("azienda", "unita", "piano").order_by(
            "azienda__nome", "-anno", "unita__ordine", "unita__nome", "nome", "pk"
        )


class SchedaBudget(models.Model):
    """What a CdR is asked for a year, or (without a unit) a template to make schede from.

    ``versione`` grows each time its content is sent to negotiation changed: what was said of one
    version (a signature) is not said of the next.
    """

    class Stato(models.TextChoices):
        PROPOSTA = "proposta", _("Proposta")
        IN_NEGOZIAZIONE = "in_negoziazione", _("In negoziazione")
        SOTTOSCRITTA = "sottoscritta", _("Sottoscritta")
        IN_MONITORAGGIO = "in_monitoraggio", _("In monitoraggio")
        IN_VALUTAZIONE = "in_valutazione", _("In valutazione")
        CONTRODEDOTTA = "controdedotta", _("Controdedotta")
        VALIDATA = "validata", _("Validata dal Nucleo")
        CHIUSA = "chiusa", _("Chiusa")

    NEL_REGISTRO = ("scheda", "a")
    SCRITTI = ("nome", "nota")

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="schede")
    anno = models.PositiveSmallIntegerField(_("anno"))
    unita = models.ForeignKey(
        UnitaOrganizzativa,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="schede",
        verbose_name=_("centro di responsabilità"),
        help_text=_("Vuoto: è un modello."),
    )
    nome = models.CharField(_("nome del modello"), max_length=200, blank=True)
    piano = models.ForeignKey(
        Piano,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="schede",
        verbose_name=_("piano della performance"),
    )
    nata_da = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="nate",
        verbose_name=_("nata da"),
    )
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.PROPOSTA)
    versione = models.PositiveSmallIntegerField(_("versione"), default=1)
    nota = models.TextField(_("nota"), blank=True)
    sottoscritta_il = models.DateTimeField(_("sottoscritta il"), null=True, blank=True)
    divulgata_il = models.DateTimeField(_("divulgata il"), null=True, blank=True)

    objects = SchedaQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheda budget")
        verbose_name_plural = _("schede budget")
        ordering = ["azienda", "-anno", "unita", "nome"]
        constraints = [
            models.UniqueConstraint(
                name="scheda_una_per_cdr",
                fields=["unita", "anno"],
                condition=Q(unita__isnull=False),
                violation_error_message=_("Il CdR ha già la scheda di quell'anno."),
            ),
            models.UniqueConstraint(
                name="scheda_modello_nome_unico",
                fields=["azienda", "anno", "nome"],
                condition=Q(unita__isnull=True),
                violation_error_message=_("C'è già un modello con quel nome."),
            ),
            models.CheckConstraint(
                name="scheda_di_un_cdr_o_modello",
                condition=Q(unita__isnull=False, nome="") | (Q(unita__isnull=True) & ~Q(nome="")),
                violation_error_message=_("Una scheda è di un CdR; un modello ha un nome."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unita or self.nome} {self.anno}"

    def get_absolute_url(self) -> str:
        return reverse("scheda", args=[self.pk])

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        """For the register: a scheda is part of nothing else."""
        return ()

    @property
    def modello(self) -> bool:
        return self.unita_id is None

    @property
    def in_preparazione(self) -> bool:
        """Whether its content may still be changed."""
        return self.stato in (self.Stato.PROPOSTA, self.Stato.IN_NEGOZIAZIONE)


class AreaScheda(models.Model):
    """A block of a scheda. Areas weigh; obiettivi istituzionali are the condition to be scored at
    all; adempimenti are judged at the end, unit by unit (Piano 2022-2024, 6.2).

    ``con_la_precedente``: the weight is one with that of the area before, which carries it (the
    scheme gives 30 to the economica and 70 to the other three together); then the weights of
    their rows make 100 together.
    """

    class Tipo(models.TextChoices):
        AREA = "area", _("Area di performance")
        ISTITUZIONALE = "istituzionale", _("Obiettivi istituzionali (pre-requisito)")
        ADEMPIMENTI = "adempimenti", _("Adempimenti istituzionali")

    NEL_REGISTRO = ("area_di_scheda", "a")
    SCRITTI = ("tipo", "nome", "peso", "con_la_precedente")

    scheda = models.ForeignKey(SchedaBudget, models.CASCADE, related_name="aree")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    tipo = models.CharField(_("tipo"), max_length=15, choices=Tipo, default=Tipo.AREA)
    nome = models.CharField(_("area"), max_length=200)
    peso = models.DecimalField(_("peso %"), validators=DA_0_A_100, **PESO)
    con_la_precedente = models.BooleanField(
        _("peso in comune con l'area che precede"), default=False
    )

    class Meta:
        verbose_name = _("area della scheda")
        verbose_name_plural = _("aree della scheda")
        ordering = ["scheda", "ordine", "pk"]
        constraints = [
            models.CheckConstraint(
                name="area_scheda_peso_0_100",
                condition=Q(peso__isnull=True) | Q(peso__range=(0, 100)),
                violation_error_message=_("Il peso va da 0 a 100."),
            ),
            models.CheckConstraint(
                name="area_scheda_peso_di_chi_pesa",
                condition=Q(peso__isnull=True) | Q(tipo="area", con_la_precedente=False),
                violation_error_message=_(
                    "Pesano solo le aree di performance, e quelle in comune pesano una volta."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def sorelle(self) -> models.QuerySet["AreaScheda"]:
        return AreaScheda.objects.filter(scheda=self.scheda_id).order_by("ordine", "pk")

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        return ()


class RigaScheda(models.Model):
    """An objective of a CdR with its indicator: weight, past figures, what is expected.

    ``misura`` is the one of the plan that the row carries down to the CdR, if any. ``aziendale``:
    it is judged on the result of the whole azienda, not on the CdR's own.
    """

    NEL_REGISTRO = ("riga_di_scheda", "a")
    SCRITTI = (
        "obiettivo", "indicatore", "misura", "aziendale", "peso", "storico_anno", "storico",
        "dato_anno", "dato", "atteso", "nota",
    )  # fmt: skip

    area = models.ForeignKey(AreaScheda, models.CASCADE, related_name="righe")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    obiettivo = models.TextField(_("obiettivo"))
    indicatore = models.ForeignKey(Indicatore, models.PROTECT, related_name="righe_di_scheda")
    misura = models.ForeignKey(
        Misura,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="righe_di_scheda",
        verbose_name=_("nel piano della performance"),
    )
    aziendale = models.BooleanField(_("vale il risultato dell'azienda"), default=False)
    peso = models.DecimalField(_("peso %"), validators=DA_0_A_100, **PESO)
    storico_anno = models.PositiveSmallIntegerField(_("anno dello storico"), null=True, blank=True)
    storico = models.CharField(_("storico"), max_length=200, blank=True)
    dato_anno = models.PositiveSmallIntegerField(_("anno del dato"), null=True, blank=True)
    dato = models.CharField(_("dato"), max_length=200, blank=True)
    atteso = models.TextField(_("valore atteso"), blank=True)
    lettura = models.JSONField(
        _("valore atteso, come letto"), null=True, blank=True, encoder=DjangoJSONEncoder
    )
    nota = models.TextField(_("nota"), blank=True)

    class Meta:
        verbose_name = _("riga della scheda")
        verbose_name_plural = _("righe della scheda")
        ordering = ["area", "ordine", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="riga_indicatore_una_volta_per_area",
                fields=["area", "indicatore", "obiettivo"],
                violation_error_message=_("Quell'indicatore misura già quell'obiettivo."),
            ),
            models.CheckConstraint(
                name="riga_peso_0_100",
                condition=Q(peso__isnull=True) | Q(peso__range=(0, 100)),
                violation_error_message=_("Il peso va da 0 a 100."),
            ),
        ]

    def __str__(self) -> str:
        return self.obiettivo

    @cached_property
    def letto(self) -> LetturaTarget | None:
        return da_dati(self.lettura) if self.lettura else None

    @property
    def da_confermare(self) -> bool:
        return self.letto is not None and self.letto.certezza != Certezza.ALTA

    @property
    def scheda(self) -> SchedaBudget:
        return self.area.scheda

    @property
    def sorelle(self) -> models.QuerySet["RigaScheda"]:
        return RigaScheda.objects.filter(area=self.area_id).order_by("ordine", "pk")

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        return (self.area, self.indicatore)


class RisorsaScheda(models.Model):
    """What a CdR has to reach its objectives, by fattore produttivo: staff, goods, services."""

    NEL_REGISTRO = ("risorsa_di_scheda", "a")
    SCRITTI = ("fattore", "unita_misura", "budget", "previsione", "consuntivo", "commento")

    scheda = models.ForeignKey(SchedaBudget, models.CASCADE, related_name="risorse")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    fattore = models.CharField(_("fattore produttivo"), max_length=200)
    unita_misura = models.CharField(_("unità di misura"), max_length=30, default="€")
    budget = models.DecimalField(_("budget"), **EURO)
    previsione = models.DecimalField(_("previsione"), **EURO)
    consuntivo = models.DecimalField(_("consuntivo"), **EURO)
    commento = models.TextField(_("commento"), blank=True)

    class Meta:
        verbose_name = _("risorsa della scheda")
        verbose_name_plural = _("risorse della scheda")
        ordering = ["scheda", "ordine", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="risorsa_fattore_unico",
                fields=["scheda", "fattore"],
                violation_error_message=_("Quel fattore c'è già."),
            ),
        ]

    def __str__(self) -> str:
        return self.fattore

    @property
    def sorelle(self) -> models.QuerySet["RisorsaScheda"]:
        return RisorsaScheda.objects.filter(scheda=self.scheda_id).order_by("ordine", "pk")

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        return ()
