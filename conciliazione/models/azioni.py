# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done: the actions of a project with their months and budget; those of the network."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import date_in_ordine, euro, euro_o_niente, non_negativi, una_sola
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.progetto import Progetto
from conciliazione.models.visibilita import Chi, attraverso, dell_ufficio
from piani.models import Azienda


class StatoAzione(models.TextChoices):
    PREVISTA = "prevista", _("Prevista")
    IN_CORSO = "in_corso", _("In corso")
    CONCLUSA = "conclusa", _("Conclusa")
    NON_AVVIATA = "non_avviata", _("Non avviata")


class AzioneProgetto(models.Model):
    """An action of a project; its months in the gantt are those from ``dal`` to ``al``."""

    progetto = models.ForeignKey(Progetto, models.CASCADE, related_name="azioni")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    titolo = models.CharField(_("titolo"), max_length=200)
    intervento = models.CharField(_("intervento del catalogo"), max_length=60, blank=True)
    descrizione = models.TextField(_("descrizione"), blank=True)
    stato = models.CharField(
        _("stato"), max_length=12, choices=StatoAzione, default=StatoAzione.PREVISTA
    )
    persone = models.PositiveIntegerField(_("persone previste"), null=True, blank=True)
    imprese = models.PositiveIntegerField(_("imprese ed enti previsti"), null=True, blank=True)
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)

    objects = attraverso("progetto")

    class Meta:
        verbose_name = _("azione di un progetto")
        verbose_name_plural = _("azioni di un progetto")
        ordering = ["progetto_id", "ordine"]
        constraints = [
            una_sola(
                "azione_progetto_posto_unico", ["progetto", "ordine"],
                _("Un'altra azione ha già quel posto."),
            ),
            date_in_ordine("azione_progetto"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    @property
    def azienda(self) -> Azienda:
        return self.progetto.azienda


class AttivitaAzione(models.Model):
    """A piece of an action in the gantt."""

    azione = models.ForeignKey(AzioneProgetto, models.CASCADE, related_name="attivita")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    nome = models.CharField(_("attività"), max_length=200)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"))

    objects = attraverso("azione")

    class Meta:
        verbose_name = _("attività di un'azione")
        verbose_name_plural = _("attività di un'azione")
        ordering = ["azione_id", "ordine"]
        constraints = [
            una_sola(
                "attivita_posto_unico", ["azione", "ordine"],
                _("Un'altra attività ha già quel posto."),
            ),
            date_in_ordine("attivita"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    @property
    def azienda(self) -> Azienda:
        return self.azione.azienda


class VoceBudget(models.Model):
    """How much an action may spend under a heading: expenses are set against it."""

    azione = models.ForeignKey(AzioneProgetto, models.CASCADE, related_name="budget")
    categoria = models.CharField(_("categoria di costo"), max_length=60)
    importo = euro(_("importo"))

    objects = attraverso("azione")

    class Meta:
        verbose_name = _("voce di budget")
        verbose_name_plural = _("voci di budget")
        ordering = ["azione_id", "pk"]
        constraints = [
            una_sola(
                "voce_budget_una_per_categoria", ["azione", "categoria"],
                _("L'azione ha già un budget per quella categoria."),
            ),
            non_negativi("voce_budget", "importo"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.azione}, {self.categoria}: {self.importo}"

    @property
    def azienda(self) -> Azienda:
        return self.azione.azienda


class AzioneDiPianoQuerySet(models.QuerySet["AzioneDiPiano"]):
    def visibili_a(self, utente: "Chi") -> "AzioneDiPianoQuerySet":
        """For whoever sees the edition: they are for the whole network."""
        return self.filter(
            dell_ufficio(utente) | Q(edizione__in=EdizioneConciliazione.objects.visibili_a(utente))
        )


class AzioneDiPiano(models.Model):
    """An action that is of no Alleanza: di sistema (for the network), trasversale (common to
    several projects), diretta (of the ATS for its own staff).
    """

    class Genere(models.TextChoices):
        SISTEMA = "sistema", _("Azione di sistema")
        TRASVERSALE = "trasversale", _("Azione trasversale")
        DIRETTA = "diretta", _("Azione diretta")

    edizione = models.ForeignKey(
        EdizioneConciliazione, models.CASCADE, related_name="azioni_di_piano"
    )
    genere = models.CharField(_("genere"), max_length=12, choices=Genere)
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    titolo = models.CharField(_("titolo"), max_length=300)
    gruppo = models.CharField(_("parte del piano a cui appartiene"), max_length=200, blank=True)
    descrizione = models.TextField(_("descrizione"), blank=True)
    responsabile = models.CharField(_("chi la segue"), max_length=200, blank=True)
    progetti = models.ManyToManyField(Progetto, related_name="azioni_trasversali", blank=True)
    stato = models.CharField(
        _("stato"), max_length=12, choices=StatoAzione, default=StatoAzione.PREVISTA
    )
    importo = euro_o_niente(_("risorse previste"))
    persone = models.PositiveIntegerField(_("persone previste"), null=True, blank=True)
    imprese = models.PositiveIntegerField(_("imprese ed enti previsti"), null=True, blank=True)
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)
    avviata_il = models.DateField(_("avviata il"), null=True, blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = AzioneDiPianoQuerySet.as_manager()

    class Meta:
        verbose_name = _("azione del piano")
        verbose_name_plural = _("azioni del piano")
        ordering = ["edizione_id", "genere", "ordine"]
        constraints = [
            una_sola(
                "azione_di_piano_posto_unico", ["edizione", "genere", "ordine"],
                _("Un'altra azione ha già quel posto."),
            ),
            date_in_ordine("azione_di_piano"),
            non_negativi("azione_di_piano", "importo"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class IncontroAzione(models.Model):
    """A meeting of the working group of an action: the edition counts them."""

    azione = models.ForeignKey(AzioneDiPiano, models.CASCADE, related_name="incontri")
    giorno = models.DateField(_("giorno"))
    tema = models.CharField(_("tema"), max_length=300)
    partecipanti = models.PositiveIntegerField(_("partecipanti"), null=True, blank=True)
    esito = models.TextField(_("che cosa ne è uscito"), blank=True)

    objects = attraverso("azione")

    class Meta:
        verbose_name = _("incontro di un'azione")
        verbose_name_plural = _("incontri di un'azione")
        ordering = ["azione_id", "giorno"]

    def __str__(self) -> str:
        return f"{self.giorno:%d/%m/%Y}, {self.tema}"

    @property
    def azienda(self) -> Azienda:
        return self.azione.azienda
