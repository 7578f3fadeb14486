# SPDX-License-Identifier: AGPL-3.0-or-later
"""People and what they are entrusted with: every right derives from an Incarico in force."""

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rules.permissions import ObjectPermissionBackend

from piani.models.azienda import Azienda

if TYPE_CHECKING:
    from piani.models.delega import Delega


class Ruolo(models.TextChoices):
    """Jobs of the ciclo della performance and of the floors above it."""

    CONTROLLO_GESTIONE = "controllo_gestione", _("Controllo di gestione")
    RESPONSABILE_CDR = "responsabile_cdr", _("Responsabile di CdR")
    VICARIO = "vicario", _("Vicario del responsabile")
    RILEVATORE = "rilevatore", _("Rilevatore (UO certificatrice)")
    DIREZIONE = "direzione", _("Direzione strategica")
    NUCLEO = "nucleo", _("Nucleo di valutazione / OIV")
    PUBBLICATORE = "pubblicatore", _("RPCT / pubblicatore")
    RISORSE_UMANE = "risorse_umane", _("Risorse umane")
    CUG = "cug", _("CUG")
    DIPENDENTE = "dipendente", _("Personale")
    CAPOFILA = "capofila", _("Capofila di rete")
    REGIONE = "regione", _("Regione (lettura)")
    AMMINISTRATORE = "amministratore", _("Amministratore")


class UtenteQuerySet(models.QuerySet["Utente"]):
    def di(self, azienda: Azienda) -> "UtenteQuerySet":
        """Who holds, held or will hold an incarico in an azienda."""
        return self.filter(Exists(azienda.incarichi.filter(utente=OuterRef("pk"))))


class UtenteManager(UserManager.from_queryset(UtenteQuerySet)):
    use_in_migrations = False


class Utente(AbstractUser):
    """A person with a login.

    ``delega`` is for whom the person acts in this request, if not for themselves: then the rights
    are those of the delegated incarico and no other, whatever else the person holds.
    """

    email = models.EmailField(
        _("posta elettronica"),
        unique=True,
        error_messages={"unique": _("C'è già una persona con questa posta elettronica.")},
    )

    rappresenta_enti = models.BooleanField(
        _("rappresenta enti esterni"), default=False, editable=False,
        help_text=_("Mostra la conciliazione nel menu; i diritti vengono da chi rappresenta oggi."),
    )  # fmt: skip

    delega: "Delega | None" = None

    objects = UtenteManager()

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("persone")
        ordering = ["last_name", "first_name", "username"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="utente_posta_unica",
                violation_error_message=_("C'è già una persona con questa posta elettronica."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="utente_nome_unico",
                violation_error_message=_("C'è già una persona con questo nome utente."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def puo_tutto(self) -> bool:
        """The emergency account of who installs; not while it acts for somebody."""
        return self.is_active and self.is_superuser and self.delega is None

    @property
    def per_conto_di(self) -> "Utente | None":
        """For whom the person acts in this request, if not for themselves."""
        return self.delega.delegante if self.delega is not None else None

    @cached_property
    def _propri_e_prestati(self) -> list["Incarico"]:
        """Read once for the life of this object: a request."""
        tutti = Incarico.objects.propri_e_prestati_a(self)
        return list({incarico.pk: incarico for incarico in tutti}.values())

    @property
    def incarichi_di_oggi(self) -> list["Incarico"]:
        """Those that give rights now: the person's own, or the one that they act with."""
        if self.delega is not None:
            return [uno for uno in self._propri_e_prestati if uno.pk == self.delega.incarico_id]
        return [uno for uno in self._propri_e_prestati if uno.utente_id == self.pk]

    @property
    def incarichi_prestati(self) -> list["Incarico"]:
        """Those of others that the person may act with today, each with its ``delega_ricevuta``."""
        return [uno for uno in self._propri_e_prestati if uno.utente_id != self.pk]

    def ha_ruolo(self, *ruoli: Ruolo) -> bool:
        """Holds today one of these ruoli, somewhere. To show or hide; rights are asked of rules."""
        return any(incarico.ruolo in ruoli for incarico in self.incarichi_di_oggi)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """While acting for somebody only the delegated incarico counts."""
        if self.delega is not None:
            return ObjectPermissionBackend().has_perm(self, perm, obj)
        return super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return self.delega is None and super().has_module_perms(app_label)


class IncaricoQuerySet(models.QuerySet["Incarico"]):
    def visibili_a(self, utente: "Utente") -> "IncaricoQuerySet":
        return self.filter(azienda__in=Azienda.objects.visibili_a(utente))

    def che_valgono_per(self, utente: "Utente", giorno: date | None = None) -> "IncaricoQuerySet":
        """Those from which the person's rights derive on a day: their own, or the delegated one."""
        if utente.delega is not None:
            return self.filter(pk=utente.delega.incarico_id).in_vigore(giorno)
        return self.filter(utente=utente).in_vigore(giorno)

    def propri_e_prestati_a(self, utente: "Utente") -> "IncaricoQuerySet":
        """In force today: of the person, or lent to them (``delega_ricevuta`` is how)."""
        oggi = timezone.localdate()
        prestito = FilteredRelation(
            "deleghe",
            condition=Q(
                deleghe__delegato=utente.pk,
                deleghe__dal__lte=oggi,
                deleghe__al__gte=oggi,
                deleghe__revocata_il__isnull=True,
            ),
        )
        return (
            self.in_vigore(oggi)
            .annotate(prestito=prestito)
            .filter(Q(utente=utente.pk) | Q(prestito__isnull=False, utente__is_active=True))
            .annotate(delega_ricevuta=F("prestito__pk"))
            .select_related("azienda", "utente")
        )

    def per_gli_anni(self, primo: Any, ultimo: Any) -> "IncaricoQuerySet":
        """Those to which at least one of these years is entrusted (numbers, or OuterRef); the
        incarichi without years hold for all.
        """
        return self.filter(Q(anno_da__isnull=True) | Q(anno_da__lte=ultimo)).filter(
            Q(anno_a__isnull=True) | Q(anno_a__gte=primo)
        )

    def che_toccano(self, dal: date, al: date | None) -> "IncaricoQuerySet":
        """Those valid at least one day of a period."""
        fino = Q() if al is None else Q(dal__lte=al)
        return self.filter(fino & (Q(al__isnull=True) | Q(al__gte=dal)))

    def in_vigore(self, giorno: date | None = None) -> "IncaricoQuerySet":
        """Those valid on a day, both ends included (today if not said)."""
        oggi = giorno or timezone.localdate()
        return self.filter(Q(dal__lte=oggi) & (Q(al__isnull=True) | Q(al__gte=oggi)))


class Incarico(models.Model):
    """Person × azienda × ruolo × unità, dated.

    The Nucleo's incarichi are read-only and limited to the years entrusted to it
    (``anno_da``–``anno_a``), besides their dates.
    """

    utente = models.ForeignKey(Utente, models.CASCADE, related_name="incarichi")
    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="incarichi")
    ruolo = models.CharField(_("ruolo"), max_length=20, choices=Ruolo)
    unita = models.ForeignKey(
        "piani.UnitaOrganizzativa",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incarichi",
        verbose_name=_("unità organizzativa"),
    )
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)
    anno_da = models.PositiveSmallIntegerField(_("dall'anno"), null=True, blank=True)
    anno_a = models.PositiveSmallIntegerField(_("all'anno"), null=True, blank=True)

    objects = IncaricoQuerySet.as_manager()

    class Meta:
        verbose_name = _("incarico")
        verbose_name_plural = _("incarichi")
        ordering = ["azienda", "ruolo", "dal"]
        constraints = [
            models.CheckConstraint(
                name="incarico_date_in_ordine",
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")),
                violation_error_message=_("L'incarico finisce prima di cominciare."),
            ),
            models.CheckConstraint(
                name="incarico_anni_in_ordine",
                condition=Q(anno_da__isnull=True)
                | Q(anno_a__isnull=True)
                | Q(anno_a__gte=F("anno_da")),
                violation_error_message=_("L'ultimo anno affidato viene prima del primo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utente} – {self.get_ruolo_display()}"

    def comprende(self, primo: int, ultimo: int) -> bool:
        """Whether some of those years, ends included, are among the ones entrusted."""
        da, a = self.anno_da or primo, self.anno_a or ultimo
        return da <= ultimo and a >= primo

    @property
    def impronta(self) -> str:
        """What a form saw of the incarico: a save on a changed one is refused."""
        visto = (self.unita_id, self.dal, self.al, self.anno_da, self.anno_a)
        return hashlib.sha256(repr(visto).encode()).hexdigest()[:16]

    @property
    def finito(self) -> bool:
        return self.al is not None and self.al < timezone.localdate()

    @property
    def futuro(self) -> bool:
        return self.dal > timezone.localdate()
