# SPDX-License-Identifier: AGPL-3.0-or-later
"""Meetings of the Comitato and of the Rete: convocation, agenda, who was there, requests."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import una_sola
from conciliazione.models.comitato import Seggio
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.referente import Referente
from conciliazione.models.rete import Ente
from conciliazione.models.visibilita import (
    Chi,
    attraverso,
    dell_ufficio,
    edizioni_del_comitato,
)
from piani.models import Azienda, Utente


class SedutaQuerySet(models.QuerySet["Seduta"]):
    def visibili_a(self, utente: "Chi") -> "SedutaQuerySet":
        """The office's and the readers' all; once called, those of the Comitato for who sits in
        it, those of the Rete for who represents one of its bodies.
        """
        miei = Referente.objects.che_valgono_per(utente).filter(
            ente__azienda=OuterRef("edizione__azienda")
        )
        chiamati = Q(organo="comitato", edizione__in=edizioni_del_comitato(utente)) | (
            Q(organo="rete") & Exists(miei)
        )
        return self.filter(dell_ufficio(utente) | (chiamati & ~Q(stato="bozza")))


class Seduta(models.Model):
    """A meeting. ``componenti`` and ``numero_legale`` are frozen when it is opened, by the rules
    of the edition: the seats in office then, and half of them plus one.
    """

    class Organo(models.TextChoices):
        COMITATO = "comitato", _("Comitato")
        RETE = "rete", _("Rete")

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("In preparazione")
        CONVOCATA = "convocata", _("Convocata")
        APERTA = "aperta", _("Aperta")
        CHIUSA = "chiusa", _("Chiusa")
        DESERTA = "deserta", _("Senza numero legale")
        ANNULLATA = "annullata", _("Annullata")

    edizione = models.ForeignKey(EdizioneConciliazione, models.CASCADE, related_name="sedute")
    organo = models.CharField(_("organo"), max_length=10, choices=Organo)
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    oggetto = models.CharField(_("oggetto"), max_length=200)
    quando = models.DateTimeField(_("giorno e ora"))
    sede = models.CharField(_("sede"), max_length=200, blank=True)
    convocata_il = models.DateTimeField(_("convocata il"), null=True, blank=True)
    convocata_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    motivo_urgenza = models.TextField(_("perché con meno preavviso"), blank=True)
    componenti = models.PositiveSmallIntegerField(_("componenti"), null=True, blank=True)
    numero_legale = models.PositiveSmallIntegerField(_("numero legale"), null=True, blank=True)
    aperta_il = models.DateTimeField(_("aperta il"), null=True, blank=True)
    chiusa_il = models.DateTimeField(_("chiusa il"), null=True, blank=True)
    motivo_annullamento = models.TextField(_("perché è annullata"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = SedutaQuerySet.as_manager()

    class Meta:
        verbose_name = _("seduta")
        verbose_name_plural = _("sedute")
        ordering = ["edizione_id", "-quando"]
        constraints = [
            models.CheckConstraint(
                name="seduta_convocata_con_data",
                condition=Q(stato__in=("bozza", "annullata")) | Q(convocata_il__isnull=False),
                violation_error_message=_("Una seduta convocata ha il giorno della convocazione."),
            ),
            models.CheckConstraint(
                name="seduta_comitato_con_numero_legale",
                condition=~Q(organo="comitato", stato__in=("aperta", "chiusa"))
                | Q(componenti__isnull=False, numero_legale__isnull=False),
                violation_error_message=_(
                    "Una seduta del Comitato si apre con il suo numero legale."
                ),
            ),
            models.CheckConstraint(
                name="seduta_annullata_motivata",
                condition=~Q(stato="annullata") | ~Q(motivo_annullamento=""),
                violation_error_message=_("Scrivi perché la seduta è annullata."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_organo_display()}, {self.quando:%d/%m/%Y}: {self.oggetto}"

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class PuntoOrdine(models.Model):
    """An item of the agenda, and what came of it. ``manifestazione``: the call whose proposals, and
    their ranking, the item evaluates.
    """

    class Genere(models.TextChoices):
        COMUNICAZIONE = "comunicazione", _("Comunicazione")
        DISCUSSIONE = "discussione", _("Discussione")
        DECISIONE = "decisione", _("Decisione")
        PARERE = "parere", _("Parere")

    seduta = models.ForeignKey(Seduta, models.CASCADE, related_name="punti")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    genere = models.CharField(
        _("genere"), max_length=15, choices=Genere, default=Genere.DISCUSSIONE
    )
    titolo = models.CharField(_("argomento"), max_length=300)
    manifestazione = models.ForeignKey(
        "conciliazione.ManifestazioneInteresse",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="punti",
        verbose_name=_("valutazione delle proposte di"),
        help_text=_("Su questo punto non vota chi ha proposto, da capofila o da partner."),
    )
    esito = models.TextField(_("che cosa si è detto e deciso"), blank=True)

    objects = attraverso("seduta")

    class Meta:
        verbose_name = _("punto all'ordine del giorno")
        verbose_name_plural = _("punti all'ordine del giorno")
        ordering = ["seduta_id", "ordine"]
        constraints = [
            una_sola(
                "punto_ordine_unico", ["seduta", "ordine"], _("Un altro punto ha già quel posto.")
            ),
        ]

    def __str__(self) -> str:
        return self.titolo

    @property
    def azienda(self) -> Azienda:
        return self.seduta.azienda


class Presenza(models.Model):
    """Who was at a meeting: for a seat of the Comitato, or for a body (of the Rete; or a capofila
    that the Comitato hears, ``consultiva``: it counts neither for the quorum nor for the votes).
    """

    seduta = models.ForeignKey(Seduta, models.CASCADE, related_name="presenze")
    seggio = models.ForeignKey(
        Seggio, models.PROTECT, null=True, blank=True, related_name="presenze"
    )
    ente = models.ForeignKey(Ente, models.PROTECT, null=True, blank=True, related_name="presenze")
    utente = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("persona")
    )
    nome = models.CharField(_("chi, se non ha un accesso"), max_length=120, blank=True)
    presente = models.BooleanField(_("presente"), default=True)
    supplente = models.BooleanField(_("come supplente"), default=False)
    consultiva = models.BooleanField(_("in forma consultiva"), default=False)

    objects = attraverso("seduta")

    class Meta:
        verbose_name = _("presenza")
        verbose_name_plural = _("presenze")
        ordering = ["seduta_id", "seggio__ordine", "pk"]
        constraints = [
            una_sola(
                "presenza_una_per_seggio", ["seduta", "seggio"],
                _("La presenza di quel seggio è già segnata."),
            ),
            una_sola(
                "presenza_una_per_ente", ["seduta", "ente"],
                _("La presenza di quell'ente è già segnata."),
            ),
            models.CheckConstraint(
                name="presenza_di_seggio_o_di_ente",
                condition=Q(seggio__isnull=False, ente__isnull=True, consultiva=False)
                | Q(seggio__isnull=True, ente__isnull=False),
                violation_error_message=_("La presenza è di un seggio o di un ente."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.seggio or self.ente}: {self.seduta}"


class RichiestaConsultazione(models.Model):
    """The members of the network ask for an opinion: it goes to a meeting when a quarter of them
    signed, fifteen days before it is called (art. 4 of the Regolamento).
    """

    edizione = models.ForeignKey(
        EdizioneConciliazione, models.CASCADE, related_name="richieste_consultazione"
    )
    oggetto = models.CharField(_("oggetto"), max_length=300)
    testo = models.TextField(_("che cosa si chiede"))
    proposta_da = models.ForeignKey(
        Ente, models.PROTECT, related_name="consultazioni_chieste", verbose_name=_("ente")
    )
    presentata_il = models.DateTimeField(_("presentata il"), auto_now_add=True)
    seduta = models.ForeignKey(
        Seduta, models.PROTECT, null=True, blank=True, related_name="richieste"
    )

    class QuerySet(models.QuerySet["RichiestaConsultazione"]):
        def visibili_a(self, utente: "Chi") -> "RichiestaConsultazione.QuerySet":
            """For whoever sees the edition: it gathers signatures among the members."""
            return self.filter(edizione__in=EdizioneConciliazione.objects.visibili_a(utente))

    objects = QuerySet.as_manager()

    class Meta:
        verbose_name = _("richiesta di consultazione")
        verbose_name_plural = _("richieste di consultazione")
        ordering = ["edizione_id", "-presentata_il"]

    def __str__(self) -> str:
        return self.oggetto

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class FirmaRichiesta(models.Model):
    """A member that signs a request of consultation."""

    richiesta = models.ForeignKey(RichiestaConsultazione, models.CASCADE, related_name="firme")
    ente = models.ForeignKey(Ente, models.PROTECT, related_name="+")
    firmata_da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="+")
    firmata_il = models.DateTimeField(_("firmata il"), auto_now_add=True)

    class Meta:
        verbose_name = _("firma di una richiesta")
        verbose_name_plural = _("firme di una richiesta")
        ordering = ["richiesta_id", "firmata_il"]
        constraints = [
            una_sola(
                "firma_richiesta_una_per_ente", ["richiesta", "ente"],
                _("L'ente ha già firmato la richiesta."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.ente)
