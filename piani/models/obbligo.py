# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the law wants published in Amministrazione Trasparente, and how each azienda sees to it.

What was published with Albero is not here: it is read from the documents.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.documento import ANNI_DI_PUBBLICAZIONE
from piani.models.incarico import Ruolo, Utente
from piani.models.organigramma import UnitaOrganizzativa
from piani.models.vincoli import almeno, date_in_ordine, una_sola

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Chi = Utente | AnonymousUser


class ObbligoQuerySet(models.QuerySet["ObbligoDiPubblicazione"]):
    def in_vigore(self, giorno: date) -> "ObbligoQuerySet":
        """The obligations on a day, in the order of the section."""
        return self.filter(Q(al__isnull=True) | Q(al__gte=giorno), dal__lte=giorno)


class ObbligoDiPubblicazione(models.Model):
    """A row of the law: what is published, under which exact label, how often, by when.

    Labels are those of the annex to ANAC's delibera 1310/2016. A law that changes closes the row
    and begins another with the same ``codice``, so that what the aziende wrote of it stays.
    """

    class Frequenza(models.TextChoices):
        TEMPESTIVO = "tempestivo", _("Tempestivo")
        TRIMESTRALE = "trimestrale", _("Trimestrale")
        SEMESTRALE = "semestrale", _("Semestrale")
        ANNUALE = "annuale", _("Annuale")

    codice = models.SlugField(_("codice"), max_length=40)
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    macro = models.CharField(_("sotto-sezione di primo livello"), max_length=120)
    livello = models.CharField(_("sotto-sezione di secondo livello"), max_length=200, blank=True)
    etichetta = models.CharField(_("obbligo"), max_length=250)
    contenuto = models.TextField(_("che cosa si pubblica"))
    norma = models.CharField(_("norma"), max_length=250)
    schema = models.CharField(_("schema di pubblicazione"), max_length=200, blank=True)
    chiave = models.CharField(
        _("chiave nella mappa dei link"), max_length=80, blank=True,
        help_text=_("Quella della mappa che A.N.AC. chiede; vuota se non ne ha una."),
    )  # fmt: skip
    sezione = models.SlugField(
        _("sezione di Albero"), max_length=100, blank=True,
        help_text=_("Dove stanno i documenti pubblicati con Albero che lo adempiono."),
    )  # fmt: skip
    frequenza = models.CharField(_("aggiornamento"), max_length=20, choices=Frequenza)
    mese = models.PositiveSmallIntegerField(_("mese del termine"), null=True, blank=True)
    giorno = models.PositiveSmallIntegerField(_("giorno del termine"), null=True, blank=True)
    anni_dopo = models.PositiveSmallIntegerField(
        _("anni dopo quello di cui parla"), default=0,
        help_text=_("0: nell'anno stesso; 1: in quello dopo, come la Relazione."),
    )  # fmt: skip
    norma_termine = models.CharField(_("norma del termine"), max_length=250, blank=True)
    ruolo = models.CharField(_("chi se ne occupa di solito"), max_length=20, choices=Ruolo)
    dal = models.DateField(_("in vigore dal"))
    al = models.DateField(_("fino al"), null=True, blank=True)

    objects = ObbligoQuerySet.as_manager()

    class Meta:
        verbose_name = _("obbligo di pubblicazione")
        verbose_name_plural = _("obblighi di pubblicazione")
        ordering = ["ordine", "dal"]
        constraints = [
            una_sola("obbligo_uno_per_giorno", ["codice", "dal"],
                     _("C'è già una riga di quell'obbligo che comincia quel giorno.")),
            date_in_ordine("obbligo"),
            almeno(
                "obbligo_termine_intero",
                Q(mese__isnull=True, giorno__isnull=True)
                | Q(mese__in=[1, 3, 5, 7, 8, 10, 12], giorno__range=(1, 31))
                | Q(mese__in=[4, 6, 9, 11], giorno__range=(1, 30))
                | Q(mese=2, giorno__range=(1, 28)),
                _("Il termine ha un mese e un giorno che c'è in ogni anno."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.etichetta

    @property
    def percorso(self) -> str:
        """Where it stands in the section, as people read it."""
        return " › ".join(filter(None, [self.macro, self.livello]))

    def termine(self, anno: int) -> date | None:
        """By when what speaks of that year is published; None where no law says a day."""
        if self.mese is None or self.giorno is None:
            return None
        return date(anno + self.anni_dopo, self.mese, self.giorno)


class DellAzienda(models.QuerySet):
    """Rows seen by whoever sees their azienda."""

    def visibili_a(self, utente: "Chi") -> "DellAzienda":
        return self.filter(azienda__in=Azienda.objects.visibili_a(utente))


class CuraObbligo(models.Model):
    """Who sees to an obligation in an azienda, or why it does not concern it.

    Names the obligation by ``codice``: a new row of the law does not lose it.
    """

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="cure_obblighi")
    codice = models.SlugField(_("obbligo"), max_length=40)
    ruolo = models.CharField(_("ruolo che se ne occupa"), max_length=20, choices=Ruolo, blank=True)
    unita = models.ForeignKey(
        UnitaOrganizzativa, models.PROTECT, null=True, blank=True, related_name="obblighi",
        verbose_name=_("unità che se ne occupa"),
    )  # fmt: skip
    non_applicabile = models.BooleanField(_("non si applica all'azienda"), default=False)
    motivo = models.TextField(_("perché non si applica"), blank=True)

    objects = DellAzienda.as_manager()

    class Meta:
        verbose_name = _("cura di un obbligo")
        verbose_name_plural = _("cure degli obblighi")
        ordering = ["azienda", "codice"]
        constraints = [
            una_sola("cura_una_per_obbligo", ["azienda", "codice"],
                     _("C'è già chi si occupa di quell'obbligo.")),
            almeno("cura_non_applicabile_motivata", Q(non_applicabile=False) | ~Q(motivo=""),
                   _("Scrivi perché non si applica: si legge nella pagina pubblica.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.azienda}: {self.codice}"


class PubblicazioneAltroveQuerySet(DellAzienda):
    def in_mostra(self, oggi: date) -> "PubblicazioneAltroveQuerySet":
        """Those whose five years are not over."""
        return self.filter(pubblicato_il__year__gte=oggi.year - ANNI_DI_PUBBLICAZIONE)


class PubblicazioneAltrove(models.Model):
    """A document that fulfils an obligation and was published out of Albero, with its link."""

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="pubblicazioni_altrove")
    codice = models.SlugField(_("obbligo"), max_length=40)
    titolo = models.CharField(_("titolo del documento"), max_length=250)
    indirizzo = models.URLField(
        _("indirizzo"), max_length=500, validators=[URLValidator(schemes=["https", "http"])]
    )
    anno = models.PositiveSmallIntegerField(_("anno di cui parla"))
    pubblicato_il = models.DateField(_("pubblicato il"))
    registrata_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="pubblicazioni_altrove"
    )
    registrata_il = models.DateTimeField(_("registrata il"), auto_now_add=True)

    objects = PubblicazioneAltroveQuerySet.as_manager()

    class Meta:
        verbose_name = _("pubblicazione altrove")
        verbose_name_plural = _("pubblicazioni altrove")
        ordering = ["azienda", "codice", "-pubblicato_il", "-pk"]
        constraints = [
            una_sola("altrove_una_per_indirizzo", ["azienda", "codice", "indirizzo"],
                     _("Quell'indirizzo è già registrato per questo obbligo.")),
            almeno("altrove_anno", Q(anno__range=(2009, 2100)),
                   _("L'anno di cui parla va dal 2009 al 2100.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    @property
    def scade_il(self) -> date:
        return date(self.pubblicato_il.year + 1 + ANNI_DI_PUBBLICAZIONE, 1, 1)
