# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Nucleo finds of the obligations of publication on a day, and attests."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Incarico, Utente
from piani.models.obbligo import ObbligoDiPubblicazione
from piani.models.vincoli import almeno, date_in_ordine, una_sola

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Chi = Utente | AnonymousUser


class RilevazioneObblighiQuerySet(models.QuerySet["RilevazioneObblighi"]):
    def visibili_a(self, utente: "Chi") -> "RilevazioneObblighiQuerySet":
        """Those of the aziende that the person serves; to the Nucleo, of the years entrusted.

        What of them is read while they are open, the page decides.
        """
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente).filter(azienda=OuterRef("azienda"))
        return self.filter(Exists(miei.per_gli_anni(OuterRef("anno"), OuterRef("anno"))))


class RilevazioneObblighi(models.Model):
    """The grid of a year at its day of reference, with the sheet that goes with it: the Nucleo's
    own act (art. 14 c. 4 lett. g D.Lgs. 150/2009; art. 44 D.Lgs. 33/2013).

    Closed, it becomes a frozen version (``serie``), that who publishes makes public; one that is
    corrected is open again, and closed it becomes another version.
    """

    class Stato(models.TextChoices):
        APERTA = "aperta", _("Aperta")
        CHIUSA = "chiusa", _("Chiusa")

    SCHEDA = ("organismo", "inizio", "fine", "estensione", "modalita", "criticita")
    ATTESTA = ("flussi", "responsabili", "senza_filtri")

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="rilevazioni_obblighi")
    anno = models.PositiveSmallIntegerField(_("anno"))
    riferimento = models.DateField(
        _("data di riferimento"), help_text=_("Il giorno a cui si guarda la sezione.")
    )
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.APERTA)
    organismo = models.CharField(_("organismo che attesta"), max_length=150)
    inizio = models.DateField(_("inizio della rilevazione"), null=True, blank=True)
    fine = models.DateField(_("fine della rilevazione"), null=True, blank=True)
    estensione = models.TextField(
        _("estensione della rilevazione"), blank=True,
        help_text=_("Quali uffici e quali sedi sono stati guardati."),
    )  # fmt: skip
    modalita = models.TextField(_("procedure e modalità seguite"), blank=True)
    criticita = models.TextField(_("aspetti critici riscontrati"), blank=True)
    flussi = models.BooleanField(
        _("Ci sono misure organizzative che fanno arrivare i dati a chi li pubblica"),
        null=True,
        blank=True,
    )
    responsabili = models.BooleanField(
        _("È scritto chi trasmette e chi pubblica ciascun dato"), null=True, blank=True
    )
    senza_filtri = models.BooleanField(
        _("Niente impedisce ai motori di ricerca di trovare la sezione"), null=True, blank=True
    )
    motivo_correzione = models.TextField(_("perché si corregge"), blank=True)
    modifiche = models.PositiveIntegerField(default=0, editable=False)
    dimostrativa = models.BooleanField(_("inventata per la dimostrazione"), default=False)

    objects = RilevazioneObblighiQuerySet.as_manager()

    class Meta:
        verbose_name = _("rilevazione degli obblighi")
        verbose_name_plural = _("rilevazioni degli obblighi")
        ordering = ["azienda_id", "-riferimento"]
        constraints = [
            una_sola("rilevazione_obblighi_una_per_giorno", ["azienda", "riferimento"],
                     _("C'è già una rilevazione a quella data.")),
            almeno("rilevazione_obblighi_anno", Q(anno__range=(2013, 2100)),
                   _("L'anno va dal 2013 al 2100.")),
            date_in_ordine("rilevazione_obblighi", "inizio", "fine"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("Griglia di rilevazione al %(giorno)s") % {
            "giorno": f"{self.riferimento:%d/%m/%Y}"
        }

    def get_absolute_url(self) -> str:
        return reverse("attestazione", args=[self.pk])

    @property
    def serie(self) -> str:
        """The name of its frozen versions."""
        return f"attestazione-{self.riferimento:%Y-%m-%d}"

    @property
    def aperta(self) -> bool:
        return self.stato == self.Stato.APERTA


class PunteggioObbligo(models.Model):
    """What the Nucleo says of an obligation; None where it has not said yet. ``senza_uffici``: the
    datum does not concern offices, so that its completeness by office is not asked.
    """

    MASSIMI = {
        "pubblicazione": 2, "completezza": 3, "uffici": 3, "aggiornamento": 3, "formato": 3,
    }  # fmt: skip

    rilevazione = models.ForeignKey(RilevazioneObblighi, models.CASCADE, related_name="punteggi")
    obbligo = models.ForeignKey(ObbligoDiPubblicazione, models.PROTECT, related_name="punteggi")
    pubblicazione = models.PositiveSmallIntegerField(
        _("pubblicazione"), null=True, blank=True, validators=[MaxValueValidator(2)]
    )
    completezza = models.PositiveSmallIntegerField(
        _("completezza del contenuto"), null=True, blank=True, validators=[MaxValueValidator(3)]
    )
    uffici = models.PositiveSmallIntegerField(
        _("completezza rispetto agli uffici"), null=True, blank=True,
        validators=[MaxValueValidator(3)],
    )  # fmt: skip
    senza_uffici = models.BooleanField(_("non riguarda gli uffici"), default=False)
    aggiornamento = models.PositiveSmallIntegerField(
        _("aggiornamento"), null=True, blank=True, validators=[MaxValueValidator(3)]
    )
    formato = models.PositiveSmallIntegerField(
        _("apertura del formato"), null=True, blank=True, validators=[MaxValueValidator(3)]
    )
    nota = models.TextField(_("note"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("punteggio di un obbligo")
        verbose_name_plural = _("punteggi degli obblighi")
        ordering = ["rilevazione_id", "obbligo__ordine", "pk"]
        constraints = [
            una_sola("punteggio_obbligo_uno_per_rilevazione", ["rilevazione", "obbligo"],
                     _("Quell'obbligo è già nella griglia.")),
            almeno(
                "punteggio_obbligo_nei_limiti",
                (Q(pubblicazione__isnull=True) | Q(pubblicazione__range=(0, 2)))
                & (Q(completezza__isnull=True) | Q(completezza__range=(0, 3)))
                & (Q(uffici__isnull=True) | Q(uffici__range=(0, 3)))
                & (Q(aggiornamento__isnull=True) | Q(aggiornamento__range=(0, 3)))
                & (Q(formato__isnull=True) | Q(formato__range=(0, 3))),
                _("La pubblicazione va da 0 a 2, il resto da 0 a 3."),
            ),
            almeno("punteggio_obbligo_uffici_o_niente",
                   Q(senza_uffici=False) | Q(uffici__isnull=True),
                   _("Un dato che non riguarda gli uffici non ha quel punteggio.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.obbligo)

    @property
    def mancano(self) -> list[str]:
        """The names of the scores that are not said yet."""
        vuoti = [nome for nome in self.MASSIMI if getattr(self, nome) is None]
        if self.senza_uffici:
            vuoti.remove("uffici")
        return [str(self._meta.get_field(nome).verbose_name) for nome in vuoti]  # type: ignore[union-attr]
