# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a plan needs besides its content: opinions, validation, and the law's dated parameters."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Utente
from piani.models.piano import Piano


class Parere(models.Model):
    """Opinion of a director on the plan, as the adoption act records it.

    Who wrote it down is ``registrato_da``; nobody for those transcribed from an act.
    """

    class Ruolo(models.TextChoices):
        DA = "DA", _("Direttore amministrativo")
        DS = "DS", _("Direttore sanitario")
        DSS = "DSS", _("Direttore sociosanitario")

    class Esito(models.TextChoices):
        """The values are the words that the act and the document print."""

        FAVOREVOLE = "favorevole", _("Favorevole")
        CON_OSSERVAZIONI = "favorevole con osservazioni", _("Favorevole con osservazioni")
        CONTRARIO = "contrario", _("Contrario")

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="pareri")
    ruolo = models.CharField(_("di chi"), max_length=3, choices=Ruolo)
    esito = models.CharField(_("esito"), max_length=60, choices=Esito)
    data = models.DateField(_("data"), null=True, blank=True)
    testo = models.TextField(_("testo"), blank=True)
    registrato_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="pareri_registrati"
    )

    class Meta:
        verbose_name = _("parere")
        verbose_name_plural = _("pareri")
        ordering = ["piano", "ruolo"]
        constraints = [
            models.UniqueConstraint(
                name="parere_uno_per_ruolo",
                fields=["piano", "ruolo"],
                violation_error_message=_("Quel direttore ha già espresso il parere."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ruolo_display()}: {self.esito}"


class ValidazioneNucleo(models.Model):
    """What the Nucleo (OIV) said of a plan (art. 14 c. 4 D.Lgs. 150/2009); refusals stay too."""

    class Esito(models.TextChoices):
        VALIDATO = "validato", _("Validato")
        CON_OSSERVAZIONI = "con_osservazioni", _("Validato con osservazioni")
        NON_VALIDATO = "non_validato", _("Non validato")

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="validazioni")
    esito = models.CharField(_("esito"), max_length=20, choices=Esito)
    data = models.DateField(_("data"))
    motivazione = models.TextField(_("motivazione"))
    da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="validazioni")
    creata_il = models.DateTimeField(_("registrata il"), auto_now_add=True)

    class Meta:
        verbose_name = _("validazione del Nucleo")
        verbose_name_plural = _("validazioni del Nucleo")
        ordering = ["piano", "-creata_il", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="validazione_motivata",
                condition=~Q(motivazione=""),
                violation_error_message=_("La validazione ha sempre una motivazione."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piano}: {self.get_esito_display()}"

    @property
    def positiva(self) -> bool:
        return self.esito != self.Esito.NON_VALIDATO


class TermineAdozioneQuerySet(models.QuerySet["TermineAdozione"]):
    def per(self, piano: Piano) -> "TermineAdozione | None":
        """The term of a plan's first year; the row that began last holds."""
        valgono = [riga for riga in self if riga.vale_per(piano)]
        return max(valgono, key=lambda riga: riga.anno_dal, default=None)


class TermineAdozione(models.Model):
    """By which day of its first year a kind of plan is adopted, from a year on, by which law.

    A year with a term of its own is one more row that begins and ends there.
    """

    tipo = models.CharField(_("tipo di piano"), max_length=20, choices=Piano.Tipo)
    anno_dal = models.PositiveSmallIntegerField(_("dai piani del"))
    anno_al = models.PositiveSmallIntegerField(_("ai piani del"), null=True, blank=True)
    mese = models.PositiveSmallIntegerField(_("mese"))
    giorno = models.PositiveSmallIntegerField(_("giorno"))
    norma = models.CharField(_("norma"), max_length=200)

    objects = TermineAdozioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("termine di adozione")
        verbose_name_plural = _("termini di adozione")
        ordering = ["tipo", "anno_dal"]
        constraints = [
            models.UniqueConstraint(
                name="termine_uno_per_anno",
                fields=["tipo", "anno_dal"],
                violation_error_message=_("C'è già un termine che comincia da quell'anno."),
            ),
            models.CheckConstraint(
                name="termine_anni_in_ordine",
                condition=Q(anno_al__isnull=True) | Q(anno_al__gte=F("anno_dal")),
                violation_error_message=_("L'ultimo anno viene prima del primo."),
            ),
            models.CheckConstraint(
                # 29 February is not a term: it does not come every year.
                name="termine_giorno_che_esiste",
                condition=Q(mese__in=[1, 3, 5, 7, 8, 10, 12], giorno__range=(1, 31))
                | Q(mese__in=[4, 6, 9, 11], giorno__range=(1, 30))
                | Q(mese=2, giorno__range=(1, 28)),
                violation_error_message=_("Quel giorno non c'è in ogni anno."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}: {self.giorno}/{self.mese}"

    def vale_per(self, piano: Piano) -> bool:
        fino_a = self.anno_al or piano.anno_inizio
        return self.tipo == piano.tipo and self.anno_dal <= piano.anno_inizio <= fino_a

    def nel(self, anno: int) -> date:
        return date(anno, self.mese, self.giorno)


class PareriDovutiQuerySet(models.QuerySet["PareriDovuti"]):
    def per(self, piano: Piano) -> "PareriDovuti | None":
        """What holds for the plan's azienda in its first year; none where no law asks."""
        righe = self.filter(tipo_azienda=piano.azienda.tipo, anno_dal__lte=piano.anno_inizio)
        return righe.order_by("-anno_dal").first()


def sigle_conosciute(ruoli: Any) -> None:
    """A list of the codes of directors, each one known."""
    if not isinstance(ruoli, list) or not set(map(str, ruoli)) <= set(Parere.Ruolo.values):
        raise ValidationError(
            _("Scrivi un elenco di sigle fra %(note)s."),
            params={"note": ", ".join(Parere.Ruolo.values)},
        )


class PareriDovuti(models.Model):
    """Whose opinions the head of a kind of body acquires before adopting, from a year on."""

    tipo_azienda = models.CharField(_("tipo di ente"), max_length=10, choices=Azienda.Tipo)
    anno_dal = models.PositiveSmallIntegerField(_("dai piani del"))
    ruoli = models.JSONField(
        _("pareri"),
        default=list,
        blank=True,
        validators=[sigle_conosciute],
        help_text=_('Le sigle dei direttori: ["DA", "DS", "DSS"].'),
    )
    norma = models.CharField(_("norma"), max_length=200)

    objects = PareriDovutiQuerySet.as_manager()

    class Meta:
        verbose_name = _("pareri dovuti")
        verbose_name_plural = _("pareri dovuti")
        ordering = ["tipo_azienda", "anno_dal"]
        constraints = [
            models.UniqueConstraint(
                name="pareri_dovuti_uno_per_anno",
                fields=["tipo_azienda", "anno_dal"],
                violation_error_message=_("C'è già una riga che comincia da quell'anno."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_azienda_display()} {self.anno_dal}: {', '.join(self.ruoli)}"
