# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bodies of the network: who they are. How many of each kind, semester by semester."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from conciliazione.calcolo import edizione as calcolo
from conciliazione.models.campi import una_sola
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.territorio import Ambito, Comune
from conciliazione.models.visibilita import Chi, dell_azienda, dell_ufficio, enti_di
from piani.models import Azienda


class TipoEnte(models.TextChoices):
    """The six kinds of the composition table of the network (Piano 2017-2018, par. 2.3)."""

    PUBBLICO = "pubblico", _("Soggetti pubblici (enti locali, aziende speciali, Aler, CCIAA, …)")
    AMBITO = "ambito", _("Soggetti pubblici (ambiti dei Piani di Zona)")
    DATORIALE = "datoriale", _("Associazioni datoriali di categoria")
    NON_PROFIT = "non_profit", _("Soggetti privati (organizzazioni no profit)")
    PROFIT = "profit", _("Soggetti privati (imprese e soggetti profit)")
    SINDACATO = "sindacato", _("Organizzazioni sindacali")


class Natura(models.TextChoices):
    """Legal form: who may be capofila depends on it."""

    PUBBLICA = calcolo.Natura.PUBBLICA.value, _("Pubblica")
    NON_PROFIT = calcolo.Natura.NON_PROFIT.value, _("Privata senza scopo di lucro")
    PROFIT = calcolo.Natura.PROFIT.value, _("Privata con scopo di lucro")


class Dimensione(models.TextChoices):
    MICRO = calcolo.Dimensione.MICRO.value, _("Micro (fino a 9 addetti)")
    PICCOLA = calcolo.Dimensione.PICCOLA.value, _("Piccola (10-49)")
    MEDIA = calcolo.Dimensione.MEDIA.value, _("Media (50-249)")
    GRANDE = calcolo.Dimensione.GRANDE.value, _("Grande (250 e più)")


PUBBLICI = (TipoEnte.PUBBLICO, TipoEnte.AMBITO)


class EnteQuerySet(models.QuerySet["Ente"]):
    def visibili_a(self, utente: "Chi") -> "EnteQuerySet":
        """All those of the azienda for who reads there; the members and one's own for who
        represents one of them: partners are chosen among the members.
        """
        from conciliazione.models.adesione import Adesione

        miei = enti_di(utente)
        colleghi = Q(azienda__in=Azienda.objects.filter(enti_conciliazione__in=miei).values("pk"))
        membri = Exists(Adesione.objects.in_vigore().filter(ente=OuterRef("pk")))
        return self.filter(dell_azienda(utente) | Q(pk__in=miei) | (colleghi & membri))

    def membri(self, giorno: date | None = None) -> "EnteQuerySet":
        """Those that are in the network on a day (today if not said)."""
        from conciliazione.models.adesione import Adesione

        return self.filter(Exists(Adesione.objects.in_vigore(giorno).filter(ente=OuterRef("pk"))))


class Ente(models.Model):
    """A body known to an ATS: of the network or not, as a body that sits in the Comitato may be."""

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="enti_conciliazione")
    nome = models.CharField(_("denominazione"), max_length=200)
    tipo = models.CharField(_("tipologia"), max_length=12, choices=TipoEnte)
    natura = models.CharField(_("natura giuridica"), max_length=20, choices=Natura)
    ente_locale = models.BooleanField(
        _("ente pubblico locale"), default=False,
        help_text=_("Può affiancare un capofila privato."),
    )  # fmt: skip
    dimensione = models.CharField(
        _("dimensione"), max_length=8, choices=Dimensione, blank=True, default=""
    )
    addetti = models.PositiveIntegerField(_("addetti"), null=True, blank=True)
    codice_fiscale = models.CharField(_("codice fiscale"), max_length=16, blank=True)
    partita_iva = models.CharField(_("partita IVA"), max_length=11, blank=True)
    comune = models.ForeignKey(
        Comune, models.PROTECT, null=True, blank=True, related_name="enti",
        verbose_name=_("comune della sede"),
    )  # fmt: skip
    ambito = models.ForeignKey(
        Ambito, models.PROTECT, null=True, blank=True, related_name="enti",
        verbose_name=_("ambito"),
    )  # fmt: skip
    sede = models.CharField(_("indirizzo della sede"), max_length=200, blank=True)
    email = models.EmailField(_("posta elettronica"), blank=True)
    pec = models.EmailField(_("posta certificata"), blank=True)
    telefono = models.CharField(_("telefono"), max_length=30, blank=True)
    sito = models.URLField(_("sito"), blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = EnteQuerySet.as_manager()

    SCRITTI = (
        "nome", "tipo", "natura", "ente_locale", "dimensione", "addetti", "codice_fiscale",
        "partita_iva", "comune", "ambito", "sede", "email", "pec", "telefono", "sito",
    )  # fmt: skip

    class Meta:
        verbose_name = _("ente")
        verbose_name_plural = _("enti")
        ordering = ["azienda_id", "nome"]
        constraints = [
            una_sola("ente_nome_unico", ["azienda", "nome"], _("C'è già un ente con quel nome.")),
            una_sola(
                "ente_codice_fiscale_unico", ["azienda", "codice_fiscale"],
                _("C'è già un ente con quel codice fiscale."), condition=~Q(codice_fiscale=""),
            ),
            models.CheckConstraint(
                name="ente_natura_del_tipo",
                condition=Q(tipo__in=PUBBLICI, natura="pubblica")
                | Q(tipo="profit", natura="privata_profit")
                | Q(tipo__in=("non_profit", "datoriale", "sindacato"),
                    natura="privata_non_profit"),
                violation_error_message=_(
                    "La natura giuridica non è quella della tipologia: i soggetti pubblici e gli "
                    "ambiti sono pubblici, le imprese profit, tutti gli altri senza scopo di lucro."
                ),
            ),
            models.CheckConstraint(
                name="ente_locale_pubblico",
                condition=Q(ente_locale=False) | Q(natura="pubblica"),
                violation_error_message=_("Un ente locale è pubblico."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome


class ComposizioneQuerySet(models.QuerySet["ComposizioneRete"]):
    def visibili_a(self, utente: "Chi") -> "ComposizioneQuerySet":
        """The office's and the readers' all; once approved, whoever sees the edition."""
        divulgate = Q(
            stato="approvata", edizione__in=EdizioneConciliazione.objects.visibili_a(utente)
        )
        return self.filter(dell_ufficio(utente) | divulgate)


class ComposizioneRete(models.Model):
    """How many bodies of each kind are in the network: refreshed each semester (art. 2 bis of the
    Regolamento). ``totale_stampato`` is what the document says; ours is in the rows.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        APPROVATA = "approvata", _("Approvata")

    edizione = models.ForeignKey(EdizioneConciliazione, models.CASCADE, related_name="composizioni")
    anno = models.PositiveSmallIntegerField(_("anno"))
    semestre = models.PositiveSmallIntegerField(_("semestre"))
    al = models.DateField(_("situazione al"))
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    totale_stampato = models.PositiveIntegerField(_("totale, come stampato"), null=True, blank=True)
    atto = models.CharField(_("atto"), max_length=200, blank=True)
    approvata_il = models.DateTimeField(_("approvata il"), null=True, blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = ComposizioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("composizione della Rete")
        verbose_name_plural = _("composizioni della Rete")
        ordering = ["edizione_id", "anno", "semestre"]
        constraints = [
            una_sola(
                "composizione_una_per_semestre", ["edizione", "anno", "semestre"],
                _("La composizione di quel semestre c'è già."),
            ),
            models.CheckConstraint(
                name="composizione_semestre_1_2",
                condition=Q(semestre__in=(1, 2)),
                violation_error_message=_("I semestri sono il primo e il secondo."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.edizione}, {self.anno}/{self.semestre}"

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class RigaComposizione(models.Model):
    """The bodies of a kind in a composition: printed, and counted when it was approved."""

    composizione = models.ForeignKey(ComposizioneRete, models.CASCADE, related_name="righe")
    tipo = models.CharField(_("tipologia"), max_length=12, choices=TipoEnte)
    stampato = models.PositiveIntegerField(_("come stampato"), null=True, blank=True)
    calcolato = models.PositiveIntegerField(_("contati"), null=True, blank=True)

    class Meta:
        verbose_name = _("riga della composizione")
        verbose_name_plural = _("righe della composizione")
        ordering = ["composizione_id", "pk"]
        constraints = [
            una_sola(
                "riga_composizione_unica", ["composizione", "tipo"],
                _("La composizione ha già quella tipologia."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}: {self.stampato or self.calcolato}"
