# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures: how many are authorised, by unit and gender; days and hours in agile work."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lavoro_agile.models.accordo import AccordoIndividuale
from lavoro_agile.models.persone import DellUnita, Genere, di_un_unita
from lavoro_agile.models.visibilita import (
    UFFICIO,
    Chi,
    con_ruolo,
    di_chi_guida,
    lette,
    propria,
)
from piani.models import Azienda
from piani.models.vincoli import almeno, non_negativi, una_sola


class RilevazioneAgileQuerySet(models.QuerySet["RilevazioneAgile"]):
    def visibili_a(self, utente: "Chi") -> "RilevazioneAgileQuerySet":
        return self.filter(lette(utente))


class RilevazioneAgile(models.Model):
    """How many people were authorised on a day, over how many: all the staff, and those whose work
    can be done in that way. The two shares are always shown together.

    Taken from the agreements in force, or transcribed from a document (``stampata``).
    """

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="rilevazioni_agile")
    anno = models.PositiveSmallIntegerField(_("anno"))
    giorno = models.DateField(_("al giorno"))
    titolo = models.CharField(_("titolo"), max_length=200)
    stampata = models.BooleanField(_("trascritta da un documento"), default=False)
    dipendenti = models.PositiveIntegerField(_("dipendenti"))
    potenziali = models.PositiveIntegerField(
        _("dipendenti con attività che si possono svolgere così"), null=True, blank=True
    )
    effettivi = models.PositiveIntegerField(
        _("di cui almeno un giorno in modalità agile"), null=True, blank=True
    )
    nota = models.TextField(_("nota"), blank=True)
    dimostrativa = models.BooleanField(_("inventata per prova"), default=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = RilevazioneAgileQuerySet.as_manager()

    class Meta:
        verbose_name = _("rilevazione del lavoro agile")
        verbose_name_plural = _("rilevazioni del lavoro agile")
        ordering = ["azienda_id", "-giorno"]
        constraints = [
            una_sola(
                "rilevazione_agile_una_per_giorno", ["azienda", "giorno"],
                _("C'è già la rilevazione di quel giorno."),
            ),
            almeno(
                "rilevazione_agile_potenziali_fra_i_dipendenti",
                Q(potenziali__isnull=True) | Q(potenziali__lte=models.F("dipendenti")),
                _("I potenziali non possono essere più dei dipendenti."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo


class AutorizzatiQuerySet(models.QuerySet["AutorizzatiUnita"]):
    def visibili_a(self, utente: "Chi") -> "AutorizzatiQuerySet":
        """The rows as they are, small cells too: for the risorse umane alone. The others read the
        tables made of them, where cells under the minimum are silent.
        """
        return self.filter(con_ruolo(utente, *UFFICIO, azienda="rilevazione__azienda"))


class AutorizzatiUnita(DellUnita):
    """The people authorised in a unit, of a gender."""

    rilevazione = models.ForeignKey(RilevazioneAgile, models.CASCADE, related_name="autorizzati")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    genere = models.CharField(_("genere"), max_length=1, choices=Genere, blank=True)
    quanti = models.PositiveIntegerField(_("quanti"))
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = AutorizzatiQuerySet.as_manager()

    class Meta:
        verbose_name = _("autorizzati di un'unità")
        verbose_name_plural = _("autorizzati delle unità")
        ordering = ["rilevazione_id", "ordine", "genere"]
        constraints = [
            una_sola(
                "autorizzati_agile_una_cella", ["rilevazione", "ordine", "genere"],
                _("Quella cella c'è già."),
            ),
            di_un_unita("autorizzati_agile"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.nome_unita}: {self.get_genere_display()}"

    @property
    def azienda(self) -> Azienda:
        return self.rilevazione.azienda


class GiornateQuerySet(models.QuerySet["GiornateAgili"]):
    def visibili_a(self, utente: "Chi") -> "GiornateQuerySet":
        """The rows as they are: of the risorse umane, of the head of the unit, of the person. The
        others read the sums, where the small ones are silent.
        """
        unita = di_chi_guida(utente) | di_chi_guida(utente, "accordo__unita")
        return self.filter(
            con_ruolo(utente, *UFFICIO) | unita | propria(utente, "accordo__persona")
        )


class GiornateAgili(DellUnita):
    """Days and hours in agile work in a month: of a person (``accordo``) or of a whole unit.

    The workable days and hours are the denominator. ``persone`` is how many worked so at least a
    day, in a row of a unit. Month 0 is the whole year.
    """

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="giornate_agili")
    accordo = models.ForeignKey(
        AccordoIndividuale, models.CASCADE, null=True, blank=True, related_name="giornate"
    )
    anno = models.PositiveSmallIntegerField(_("anno"))
    mese = models.PositiveSmallIntegerField(_("mese"))
    persone = models.PositiveIntegerField(_("persone"), null=True, blank=True)
    giorni = models.DecimalField(
        _("giorni agili"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    giorni_lavorabili = models.DecimalField(
        _("giorni lavorabili"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    ore = models.DecimalField(
        _("ore agili"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    ore_lavorabili = models.DecimalField(
        _("ore lavorabili"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    dimostrativa = models.BooleanField(_("inventata per prova"), default=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = GiornateQuerySet.as_manager()

    class Meta:
        verbose_name = _("giornate in modalità agile")
        verbose_name_plural = _("giornate in modalità agile")
        ordering = ["azienda_id", "anno", "mese", "pk"]
        constraints = [
            una_sola(
                "giornate_agile_una_per_mese", ["accordo", "anno", "mese"],
                _("Le giornate di quel mese ci sono già."),
                condition=Q(accordo__isnull=False),
            ),
            una_sola(
                "giornate_agile_una_per_unita", ["azienda", "unita", "anno", "mese"],
                _("Le giornate dell'unità in quel mese ci sono già."),
                condition=Q(accordo__isnull=True, unita__isnull=False),
            ),
            una_sola(
                "giornate_agile_una_per_nome", ["azienda", "unita_stampata", "anno", "mese"],
                _("Le giornate dell'unità in quel mese ci sono già."),
                condition=Q(accordo__isnull=True, unita__isnull=True),
            ),
            almeno(
                "giornate_agile_di_chi",
                Q(accordo__isnull=False) | Q(unita__isnull=False) | ~Q(unita_stampata=""),
                _("Indica la persona o l'unità."),
            ),
            almeno("giornate_agile_mese", Q(mese__lte=12), _("Il mese va da 1 a 12.")),
            almeno(
                "giornate_agile_entro_i_lavorabili",
                (Q(giorni__isnull=True) | Q(giorni_lavorabili__isnull=True)
                 | Q(giorni__lte=models.F("giorni_lavorabili")))
                & (Q(ore__isnull=True) | Q(ore_lavorabili__isnull=True)
                   | Q(ore__lte=models.F("ore_lavorabili"))),
                _("Giorni e ore agili non possono essere più di quelli lavorabili."),
            ),
            non_negativi(
                "giornate_agile", "giorni", "giorni_lavorabili", "ore", "ore_lavorabili"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.anno}/{self.mese:02}"
