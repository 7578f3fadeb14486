# SPDX-License-Identifier: AGPL-3.0-or-later
"""The yearly report of the CUG, and the versions of it that were sent."""

from datetime import date
from typing import TYPE_CHECKING, Any

import simplejson
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Incarico, Ruolo, Utente
from piani.models.personale_genere import TENGONO
from piani.models.piano import Piano
from piani.models.vincoli import almeno, date_in_ordine, una_sola

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Chi = Utente | AnonymousUser

# To whom the report of the CUG is made known, once sent.
RICEVONO = (
    *TENGONO,
    Ruolo.DIREZIONE,
    Ruolo.NUCLEO,
    Ruolo.CONTROLLO_GESTIONE,
    Ruolo.PUBBLICATORE,
    Ruolo.AMMINISTRATORE,
    Ruolo.REGIONE,
)
TERMINE_RELAZIONE = (3, 30)
"""The 30th of March (Direttiva 2/2019 of the Presidenza del Consiglio, par. 3.3)."""


def termine_relazione(anno: int) -> date:
    """By when the report of the CUG on a year is due: the 30th of March of the next."""
    mese, giorno = TERMINE_RELAZIONE
    return date(anno + 1, mese, giorno)


class RelazioneCUGQuerySet(models.QuerySet["RelazioneCUG"]):
    def visibili_a(self, utente: "Chi") -> "RelazioneCUGQuerySet":
        """Always for who prepares it; once sent, for who receives it (the Nucleo: of its years)."""
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente).filter(azienda=OuterRef("azienda"))
        ricevono = miei.filter(ruolo__in=RICEVONO).per_gli_anni(OuterRef("anno"), OuterRef("anno"))
        return self.filter(
            Exists(miei.filter(ruolo__in=TENGONO))
            | Exists(ricevono) & Q(trasmessa_il__isnull=False)
        )

    def preparate_da(self, utente: "Chi") -> "RelazioneCUGQuerySet":
        """Those that the person reads as they will be, not only as they were sent."""
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=TENGONO)
        return self.filter(azienda__in=miei.values("azienda"))


class RelazioneCUG(models.Model):
    """What the CUG reports of a year to the Direzione, to the Nucleo and to the Dipartimento della
    Funzione Pubblica, by the 30th of March of the next (Direttiva 2/2019).

    ``fotografia`` are the figures as they were when it was last sent, ``trasmessa_il`` the day of
    the first time. One that is corrected is a draft again: who receives it reads the version sent.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        TRASMESSA = "trasmessa", _("Trasmessa")

    PARTI = ("dati", "azioni", "benessere", "attivita", "conclusioni")

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="relazioni_cug")
    anno = models.PositiveSmallIntegerField(_("anno di cui riferisce"))
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    piano = models.ForeignKey(
        Piano, models.PROTECT, null=True, blank=True, related_name="relazioni_cug",
        verbose_name=_("piano delle azioni positive"),
    )  # fmt: skip
    scade_il = models.DateField(_("da presentare entro"))
    dati = models.TextField(_("dati sul personale"), blank=True)
    azioni = models.TextField(_("azioni realizzate"), blank=True)
    benessere = models.TextField(_("benessere organizzativo e discriminazioni"), blank=True)
    attivita = models.TextField(_("attività del CUG"), blank=True)
    conclusioni = models.TextField(_("considerazioni conclusive"), blank=True)
    trasmessa_il = models.DateField(_("a Direzione e Nucleo il"), null=True, blank=True)
    al_dipartimento_il = models.DateField(
        _("al Dipartimento della Funzione Pubblica il"), null=True, blank=True
    )
    trasmessa_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    fotografia = models.JSONField(_("cifre trasmesse"), default=dict, blank=True,
                                  encoder=DjangoJSONEncoder)  # fmt: skip
    modifiche = models.PositiveIntegerField(default=0, editable=False)
    motivo_correzione = models.TextField(_("perché si corregge"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = RelazioneCUGQuerySet.as_manager()

    class Meta:
        verbose_name = _("relazione del CUG")
        verbose_name_plural = _("relazioni del CUG")
        ordering = ["azienda_id", "-anno"]
        constraints = [
            una_sola(
                "relazione_cug_una_per_anno", ["azienda", "anno"],
                _("C'è già la relazione di quell'anno."),
            ),
            almeno(
                "relazione_cug_trasmessa_con_data",
                Q(stato="bozza") | Q(trasmessa_il__isnull=False),
                _("Scrivi quando la relazione è stata trasmessa."),
            ),
            date_in_ordine("relazione_cug", "trasmessa_il", "al_dipartimento_il"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{_('Relazione del CUG')} {self.anno}"

    @property
    def in_ritardo(self) -> bool:
        """Sent after its day."""
        return self.trasmessa_il is not None and self.trasmessa_il > self.scade_il


class VersioneQuerySet(models.QuerySet["VersioneRelazioneCUG"]):
    def visibili_a(self, utente: "Chi") -> "VersioneQuerySet":
        """Those of the reports that the person reads."""
        return self.filter(relazione__in=RelazioneCUG.objects.visibili_a(utente))

    def da_stampare(self) -> "VersioneQuerySet":
        return self.filter(file="")


class VersioneRelazioneCUG(models.Model):
    """The report as it was sent: ``contenuto`` is its photograph, the files come from it alone.

    Never changed once sent: a corrected report is a new version, that says why.
    """

    relazione = models.ForeignKey(RelazioneCUG, models.PROTECT, related_name="versioni")
    numero = models.PositiveSmallIntegerField(_("versione"))
    contenuto = models.TextField(_("fotografia"), help_text=_("JSON canonico."))
    sha256_contenuto = models.CharField(_("impronta della fotografia"), max_length=64)
    file = models.FileField(_("PDF"), upload_to="relazioni-cug/%Y/", max_length=200, blank=True)
    sha256_pdf = models.CharField(_("impronta del PDF"), max_length=64, blank=True)
    pagine = models.PositiveSmallIntegerField(_("pagine"), null=True, blank=True)
    motivo = models.TextField(_("motivo della nuova versione"), blank=True)
    trasmessa_il = models.DateField(_("trasmessa il"))
    trasmessa_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    creata_il = models.DateTimeField(_("congelata il"), auto_now_add=True)

    objects = VersioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("versione della relazione del CUG")
        verbose_name_plural = _("versioni della relazione del CUG")
        ordering = ["relazione_id", "-numero"]
        constraints = [
            una_sola(
                "versione_cug_numero_unico", ["relazione", "numero"],
                _("Quella versione della relazione esiste già."),
            ),
            almeno(
                "versione_cug_nuova_con_motivo", Q(numero=1) | ~Q(motivo=""),
                _("Scrivi perché la relazione si trasmette di nuovo."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.relazione} – {_('versione')} {self.numero}"

    @property
    def azienda(self) -> Azienda:
        return self.relazione.azienda

    @property
    def fotografia(self) -> dict[str, Any]:
        """The photograph as plain data, figures as Decimal."""
        dati: dict[str, Any] = simplejson.loads(self.contenuto, use_decimal=True)
        return dati
