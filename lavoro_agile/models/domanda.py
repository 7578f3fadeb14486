# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request of lavoro agile: what is asked, why, what the head says, how it ends.

Why is kept apart, in :class:`MotivoDomanda`, that only the risorse umane read.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lavoro_agile.models.bando import BandoLavoroAgile, Tranche
from lavoro_agile.models.persone import DiUnaPersona, di_qualcuno, di_un_unita
from lavoro_agile.models.visibilita import (
    UFFICIO,
    Chi,
    attraverso,
    con_ruolo,
    di_chi_guida,
    propria,
    sensibili,
)
from piani.models import Azienda, Ruolo, Utente
from piani.models.vincoli import almeno, una_sola


class DomandaQuerySet(models.QuerySet["DomandaLavoroAgile"]):
    def visibili_a(self, utente: "Chi") -> "DomandaQuerySet":
        """One's own always; once sent, of the risorse umane and of who leads the unit; those asked
        again to the Direzione, of the Direzione too.
        """
        if not utente.is_authenticated:
            return self.none()
        azienda = "bando__edizione__azienda"
        inviate = con_ruolo(utente, *UFFICIO, azienda=azienda) | di_chi_guida(utente)
        riesame = Exists(SecondaIstanza.objects.filter(domanda=OuterRef("pk")))
        di_nuovo = con_ruolo(utente, Ruolo.DIREZIONE, azienda=azienda) & riesame
        return self.filter(propria(utente) | ((inviate | di_nuovo) & ~Q(stato="bozza")))

    def presentate(self) -> "DomandaQuerySet":
        """Those that count: neither drafts nor taken back."""
        return self.exclude(stato__in=("bozza", "ritirata"))


class DomandaLavoroAgile(DiUnaPersona):
    """A request, within a call. ``attivita`` is what the person proposes to do away from the
    office; ``giorni_chiesti`` and ``giorni_concessi`` are days a month.

    After ``conserva_fino_al`` the name gives way to a code and the reasons go.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        PRESENTATA = "presentata", _("In attesa del parere")
        FAVOREVOLE = "favorevole", _("Parere favorevole")
        NEGATA = "negata", _("Parere contrario")
        IN_RIESAME = "in_riesame", _("In riesame alla Direzione")
        RESPINTA = "respinta", _("Respinta")
        AMMESSA = "ammessa", _("Ammessa")
        RITIRATA = "ritirata", _("Ritirata")

    bando = models.ForeignKey(BandoLavoroAgile, models.PROTECT, related_name="domande")
    numero = models.PositiveIntegerField(_("numero"))
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.BOZZA)
    giorni_chiesti = models.PositiveSmallIntegerField(
        _("giorni al mese chiesti"), null=True, blank=True
    )
    giorni_settimana = models.PositiveSmallIntegerField(
        _("giorni alla settimana, al massimo"), null=True, blank=True
    )
    attivita = models.TextField(_("attività da svolgere"), blank=True)
    strumenti = models.TextField(_("strumenti a disposizione"), blank=True)
    presentata_il = models.DateField(_("presentata il"), null=True, blank=True)
    giorni_concessi = models.PositiveSmallIntegerField(
        _("giorni al mese concessi"), null=True, blank=True
    )
    tranche = models.ForeignKey(
        Tranche, models.PROTECT, null=True, blank=True, related_name="domande",
        verbose_name=_("tranche di ammissione"),
    )  # fmt: skip
    ammessa_il = models.DateField(_("ammessa il"), null=True, blank=True)
    modifiche = models.PositiveIntegerField(default=0, editable=False)
    conserva_fino_al = models.DateField(_("il nome si conserva fino al"), null=True, blank=True)
    dimostrativa = models.BooleanField(_("inventata per prova"), default=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = DomandaQuerySet.as_manager()

    class Meta:
        verbose_name = _("domanda di lavoro agile")
        verbose_name_plural = _("domande di lavoro agile")
        ordering = ["bando_id", "numero"]
        constraints = [
            una_sola(
                "domanda_agile_numero_unico", ["bando", "numero"],
                _("Il bando ha già una domanda con quel numero."),
            ),
            una_sola(
                "domanda_agile_una_per_persona", ["bando", "persona"],
                _("In questo bando hai già una domanda: apri quella."),
                condition=Q(persona__isnull=False) & ~Q(stato="ritirata"),
            ),
            una_sola(
                "domanda_agile_codice_unico", ["bando", "codice"],
                _("Quel codice è già di un'altra domanda del bando."),
                condition=~Q(codice=""),
            ),
            di_qualcuno("domanda_agile"),
            di_un_unita("domanda_agile"),
            almeno(
                "domanda_agile_presentata_con_data",
                Q(stato__in=("bozza", "ritirata")) | Q(presentata_il__isnull=False),
                _("Scrivi quando la domanda è stata presentata."),
            ),
            almeno(
                "domanda_agile_ammessa_con_data",
                ~Q(stato="ammessa") | Q(ammessa_il__isnull=False),
                _("Scrivi da quando la domanda è ammessa."),
            ),
            almeno(
                "domanda_agile_tranche_di_chi_e_ammesso",
                Q(tranche__isnull=True) | Q(stato__in=("ammessa", "ritirata")),
                _("Solo una domanda ammessa sta in una tranche."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("Domanda n. %(numero)s") % {"numero": self.numero}

    @property
    def azienda(self) -> Azienda:
        return self.bando.edizione.azienda


class MotivoDomanda(models.Model):
    """A reason of a request, by its code in the rules of the edition. Health, pregnancy, disability
    and family are in here: no list, export, event or log ever says a row of this table.

    After ``conserva_fino_al`` the row is deleted.
    """

    domanda = models.ForeignKey(DomandaLavoroAgile, models.CASCADE, related_name="motivi")
    codice = models.SlugField(_("motivo"), max_length=40)
    dettaglio = models.TextField(_("dettaglio"), blank=True)
    conserva_fino_al = models.DateField(_("si conserva fino al"))

    objects = sensibili("domanda__bando__edizione__azienda", "domanda__persona")

    class Meta:
        verbose_name = _("motivo di una domanda")
        verbose_name_plural = _("motivi delle domande")
        ordering = ["domanda_id", "codice"]
        constraints = [
            una_sola(
                "motivo_agile_una_volta", ["domanda", "codice"],
                _("Quel motivo è già nella domanda."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("Motivo riservato n. %(chiave)s") % {"chiave": self.pk}

    @property
    def azienda(self) -> Azienda:
        return self.domanda.azienda


class ColloquioDomanda(models.Model):
    """The talk between the person and the head, for the comparto alone: activities, goals, what
    they expect of each other.
    """

    domanda = models.OneToOneField(DomandaLavoroAgile, models.CASCADE, related_name="colloquio")
    giorno = models.DateField(_("giorno"))
    con = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    sintesi = models.TextField(_("che cosa si è concordato"), blank=True)

    objects = attraverso("domanda")

    class Meta:
        verbose_name = _("colloquio su una domanda")
        verbose_name_plural = _("colloqui sulle domande")
        ordering = ["domanda_id"]

    def __str__(self) -> str:
        return f"{self.domanda}, {self.giorno:%d/%m/%Y}"

    @property
    def azienda(self) -> Azienda:
        return self.domanda.azienda


class ParereDomanda(models.Model):
    """What the head of the unit says of a request, always with why; the days they would grant."""

    class Esito(models.TextChoices):
        FAVOREVOLE = "favorevole", _("Favorevole")
        CONTRARIO = "contrario", _("Contrario")

    domanda = models.OneToOneField(DomandaLavoroAgile, models.CASCADE, related_name="parere")
    esito = models.CharField(_("esito"), max_length=10, choices=Esito)
    motivazione = models.TextField(_("motivazione"))
    causa = models.SlugField(
        _("motivo del diniego"), max_length=40, blank=True,
        help_text=_("Un codice delle regole dell'edizione, per contare i dinieghi."),
    )  # fmt: skip
    giorni = models.PositiveSmallIntegerField(_("giorni al mese"), null=True, blank=True)
    dato_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    dato_il = models.DateField(_("dato il"), null=True, blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = attraverso("domanda")

    class Meta:
        verbose_name = _("parere su una domanda")
        verbose_name_plural = _("pareri sulle domande")
        ordering = ["domanda_id"]
        constraints = [
            almeno(
                "parere_agile_motivato", ~Q(motivazione=""),
                _("Scrivi la motivazione del parere."),
            ),
            almeno(
                "parere_agile_contrario_senza_giorni",
                Q(esito="favorevole") | Q(giorni__isnull=True),
                _("Un parere contrario non concede giorni."),
            ),
            almeno(
                "parere_agile_causa_del_diniego",
                Q(esito="contrario") | Q(causa=""),
                _("Il motivo del diniego si scrive solo in un parere contrario."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.domanda}: {self.get_esito_display()}"

    @property
    def azienda(self) -> Azienda:
        return self.domanda.azienda


class SecondaIstanza(models.Model):
    """A refused request, asked again to the Direzione strategica."""

    class Esito(models.TextChoices):
        ATTESA = "", _("In attesa")
        ACCOLTA = "accolta", _("Accolta")
        CONFERMATA = "confermata", _("Il diniego è confermato")

    domanda = models.OneToOneField(
        DomandaLavoroAgile, models.CASCADE, related_name="seconda_istanza"
    )
    motivazione = models.TextField(_("perché si chiede di nuovo"))
    chiesta_il = models.DateField(_("chiesta il"))
    esito = models.CharField(
        _("esito"), max_length=12, choices=Esito, blank=True, default=Esito.ATTESA
    )
    decisione = models.TextField(_("motivazione della Direzione"), blank=True)
    decisa_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    decisa_il = models.DateField(_("decisa il"), null=True, blank=True)

    objects = attraverso("domanda")

    class Meta:
        verbose_name = _("seconda istanza")
        verbose_name_plural = _("seconde istanze")
        ordering = ["domanda_id"]
        constraints = [
            almeno("istanza_agile_motivata", ~Q(motivazione=""), _("Scrivi perché la chiedi.")),
            almeno(
                "istanza_agile_decisa_con_motivo",
                Q(esito="") | (~Q(decisione="") & Q(decisa_il__isnull=False)),
                _("La decisione ha la sua motivazione e la sua data."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domanda}: {self.get_esito_display()}"

    @property
    def azienda(self) -> Azienda:
        return self.domanda.azienda
