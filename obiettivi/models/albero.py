# SPDX-License-Identifier: AGPL-3.0-or-later
"""The albero della performance: areas, objectives, what measures them and how far to go."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode
from tree_queries.query import TreeQuerySet

from obiettivi.calcolo.letture import Certezza, LetturaTarget, da_dati
from obiettivi.models.impronta import impronta_di
from obiettivi.models.indicatore import Indicatore
from piani.models import Piano, UnitaOrganizzativa, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

PESO = {"max_digits": 5, "decimal_places": 2, "null": True, "blank": True}
DA_0_A_100 = [MinValueValidator(0), MaxValueValidator(100)]


def _precedente() -> models.ForeignKey:
    """The row of the plan before from which a revision «a scorrimento» copied this one."""
    return models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="seguenti",
        verbose_name=_("nel piano precedente"),
    )


class AreaStrategica(models.Model):
    """An area of the tree (weighs in the plan's score) or a linea strategica (projects only).

    ASST Cremona measures its seven linee «per progetti», qualitatively, and its areas by
    indicators (Piano 2022-2024, 6.1): the two kinds are scored apart.
    """

    class Tipo(models.TextChoices):
        AREA = "area", _("Area di performance")
        LINEA = "linea", _("Linea strategica")

    NEL_REGISTRO = ("area", "a")
    SCRITTI = ("codice", "tipo", "nome", "descrizione", "peso", "nota")

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="aree")
    codice = models.CharField(_("codice"), max_length=20)
    tipo = models.CharField(_("tipo"), max_length=10, choices=Tipo, default=Tipo.AREA)
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    nome = models.CharField(_("nome"), max_length=200)
    descrizione = models.TextField(_("descrizione"), blank=True)
    peso = models.DecimalField(_("peso %"), validators=DA_0_A_100, **PESO)
    nota = models.TextField(_("nota"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)
    precedente = _precedente()

    class Meta:
        verbose_name = _("area strategica")
        verbose_name_plural = _("aree strategiche")
        ordering = ["piano", "tipo", "ordine"]
        constraints = [
            models.UniqueConstraint(
                name="area_codice_unico",
                fields=["piano", "codice"],
                violation_error_message=_("Quel codice è già di un'altra area del piano."),
            ),
            models.CheckConstraint(
                name="area_peso_0_100",
                condition=Q(peso__isnull=True) | Q(peso__range=(0, 100)),
                violation_error_message=_("Il peso va da 0 a 100."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def sorelle(self) -> models.QuerySet["AreaStrategica"]:
        stesse = AreaStrategica.objects.filter(piano=self.piano_id, tipo=self.tipo)
        return stesse.order_by("ordine", "pk")

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        return ()


class ObiettivoQuerySet(TreeQuerySet["Obiettivo"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "ObiettivoQuerySet":
        return self.filter(area__piano__in=Piano.objects.visibili_a(utente))

    def di_piano(self, piano: Piano) -> "ObiettivoQuerySet":
        return self.filter(area__piano=piano)


class Obiettivo(TreeNode):
    """What is to be reached; strategic objectives may have operative children."""

    class Dimensione(models.TextChoices):
        EFFICIENZA = "efficienza", _("Efficienza")
        EFFICACIA = "efficacia", _("Efficacia")
        IMPATTO = "impatto", _("Impatto")
        RISORSE = "risorse", _("Stato delle risorse")

    NEL_REGISTRO = ("obiettivo", "o")
    SCRITTI = (
        "codice", "titolo", "descrizione", "dimensione", "parent", "responsabile",
        "contributrici", "peso", "prerequisito", "nota",
    )  # fmt: skip
    NOMI = {"parent": _("fa parte di")}

    area = models.ForeignKey(AreaStrategica, models.CASCADE, related_name="obiettivi")
    codice = models.CharField(_("codice"), max_length=30)
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    titolo = models.TextField(_("obiettivo"))
    descrizione = models.TextField(_("descrizione"), blank=True)
    dimensione = models.CharField(
        _("dimensione"), max_length=15, choices=Dimensione, blank=True, default=""
    )
    responsabile = models.ForeignKey(
        UnitaOrganizzativa,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="obiettivi",
        verbose_name=_("unità responsabile"),
    )
    contributrici = models.ManyToManyField(
        UnitaOrganizzativa,
        blank=True,
        related_name="obiettivi_condivisi",
        verbose_name=_("unità che contribuiscono"),
    )
    peso = models.DecimalField(_("peso %"), validators=DA_0_A_100, **PESO)
    prerequisito = models.BooleanField(_("pre-requisito"), default=False)
    nota = models.TextField(_("nota"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)
    precedente = _precedente()

    objects = ObiettivoQuerySet.as_manager(with_tree_fields=False)

    class Meta:
        verbose_name = _("obiettivo")
        verbose_name_plural = _("obiettivi")
        ordering = ["area", "ordine"]
        constraints = [
            models.UniqueConstraint(
                name="obiettivo_codice_unico",
                fields=["area", "codice"],
                violation_error_message=_("Quel codice è già di un altro obiettivo dell'area."),
            ),
            models.CheckConstraint(
                name="obiettivo_peso_0_100",
                condition=Q(peso__isnull=True) | Q(peso__range=(0, 100)),
                violation_error_message=_("Il peso va da 0 a 100."),
            ),
        ]

    def __str__(self) -> str:
        return self.titolo

    def get_absolute_url(self) -> str:
        return reverse("obiettivo", args=[self.pk])

    def clean(self) -> None:
        try:
            super().clean()
        except ValidationError as errore:
            sentenza = _("Un obiettivo non può far parte di sé stesso.")
            raise ValidationError({"parent": sentenza}) from errore
        if self.parent is not None and self.parent.area_id != self.area_id:
            raise ValidationError({"parent": _("L'obiettivo di cui fa parte è di un'altra area.")})

    @property
    def piano(self) -> Piano:
        return self.area.piano

    @property
    def sorelle(self) -> models.QuerySet["Obiettivo"]:
        stessi = Obiettivo.objects.filter(area=self.area_id, parent=self.parent_id)
        return stessi.order_by("ordine", "pk")

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        return (self.area,)


class MisuraQuerySet(models.QuerySet["Misura"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "MisuraQuerySet":
        return self.filter(obiettivo__area__piano__in=Piano.objects.visibili_a(utente))


class Misura(models.Model):
    """An indicator at the service of an objective: weight, starting point, targets.

    The indicator belongs to the library and its results to the azienda; what is asked of it
    belongs here, so that two plans may ask different targets of one indicator.
    """

    NEL_REGISTRO = ("misura", "a")
    SCRITTI = ("indicatore", "peso", "base_anno", "base_stampata", "nota")

    obiettivo = models.ForeignKey(Obiettivo, models.CASCADE, related_name="misure")
    indicatore = models.ForeignKey(Indicatore, models.PROTECT, related_name="misure")
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=1)
    peso = models.DecimalField(_("peso %"), validators=DA_0_A_100, **PESO)
    base_anno = models.PositiveSmallIntegerField(_("anno di partenza"), null=True, blank=True)
    base_stampata = models.TextField(_("valore di partenza, come stampato"), blank=True)
    base_lettura = models.JSONField(
        _("valore di partenza, come letto"), null=True, blank=True, encoder=DjangoJSONEncoder
    )
    impronta_base = impronta_di("base_lettura")
    nota = models.TextField(_("nota"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)
    precedente = _precedente()

    objects = MisuraQuerySet.as_manager()

    class Meta:
        verbose_name = _("misura")
        verbose_name_plural = _("misure")
        ordering = ["obiettivo", "ordine"]
        constraints = [
            models.UniqueConstraint(
                name="misura_indicatore_una_volta",
                fields=["obiettivo", "indicatore"],
                violation_error_message=_("L'indicatore misura già questo obiettivo."),
            ),
            models.CheckConstraint(
                name="misura_peso_0_100",
                condition=Q(peso__isnull=True) | Q(peso__range=(0, 100)),
                violation_error_message=_("Il peso va da 0 a 100."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicatore)

    @property
    def piano(self) -> Piano:
        return self.obiettivo.area.piano

    @property
    def sorelle(self) -> models.QuerySet["Misura"]:
        return Misura.objects.filter(obiettivo=self.obiettivo_id).order_by("ordine", "pk")

    @property
    def parte_di(self) -> tuple[models.Model, ...]:
        return (self.obiettivo, self.indicatore)

    @cached_property
    def base(self) -> LetturaTarget | None:
        return da_dati(self.base_lettura) if self.base_lettura else None


class TargetQuerySet(models.QuerySet["Target"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "TargetQuerySet":
        return self.filter(misura__obiettivo__area__piano__in=Piano.objects.visibili_a(utente))


class Target(models.Model):
    """What is expected of a misura in a year: the text as printed and its reading.

    ``lettura`` has the shape of :meth:`LetturaTarget.come_dati` with numbers as text.
    """

    misura = models.ForeignKey(Misura, models.CASCADE, related_name="target")
    anno = models.PositiveSmallIntegerField(_("anno"))
    stampato = models.TextField(_("come stampato"))
    lettura = models.JSONField(_("come letto"), encoder=DjangoJSONEncoder)
    impronta = impronta_di("lettura")
    confermato_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="target_confermati"
    )
    confermato_il = models.DateTimeField(_("lettura confermata il"), null=True, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("target")
        ordering = ["misura", "anno"]
        constraints = [
            models.UniqueConstraint(
                name="target_uno_per_anno",
                fields=["misura", "anno"],
                violation_error_message=_("C'è già il target di quell'anno."),
            ),
        ]

    def __str__(self) -> str:
        return self.stampato

    def clean(self) -> None:
        piano = self.misura.obiettivo.area.piano
        if self.anno not in piano.anni:
            raise ValidationError({"anno": _("L'anno è fuori dal triennio del piano.")})

    @cached_property
    def letto(self) -> LetturaTarget:
        return da_dati(self.lettura)

    @property
    def da_confermare(self) -> bool:
        return self.confermato_il is None and self.letto.certezza != Certezza.ALTA
