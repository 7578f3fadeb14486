# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a body comes into the network and how it leaves."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import date_in_ordine, una_sola
from conciliazione.models.rete import Dimensione, Ente, Natura, TipoEnte
from conciliazione.models.visibilita import Chi, attraverso, dell_azienda, enti_di
from piani.models import Azienda, Utente


class AdesioneQuerySet(models.QuerySet["Adesione"]):
    def visibili_a(self, utente: "Chi") -> "AdesioneQuerySet":
        """The office's and the readers' all; who represents the body, its own."""
        return self.filter(dell_azienda(utente) | Q(ente__in=enti_di(utente)))

    def in_vigore(self, giorno: date | None = None) -> "AdesioneQuerySet":
        """Those that make a body a member on a day (today if not said), both ends included."""
        oggi = giorno or timezone.localdate()
        return self.filter(stato="accolta", dal__lte=oggi).filter(
            Q(al__isnull=True) | Q(al__gte=oggi)
        )


class Adesione(models.Model):
    """A request to join the network (Allegato 1 of the Piano 2017-2018), and what became of it.

    Asked by anybody on a public page; the address given confirms it with a link of which only the
    ``impronta`` is kept. ``ente`` is there once it is accepted. ``al`` closes it (Rinuncia).
    """

    class Stato(models.TextChoices):
        RICHIESTA = "richiesta", _("Richiesta, da confermare")
        CONFERMATA = "confermata", _("Confermata, da valutare")
        ACCOLTA = "accolta", _("Accolta")
        RESPINTA = "respinta", _("Respinta")
        SCADUTA = "scaduta", _("Scaduta senza conferma")

    APERTE = (Stato.RICHIESTA, Stato.CONFERMATA)

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="adesioni")
    ente = models.ForeignKey(Ente, models.PROTECT, null=True, blank=True, related_name="adesioni")
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.RICHIESTA)
    denominazione = models.CharField(_("denominazione dell'ente"), max_length=200)
    tipo = models.CharField(_("tipologia"), max_length=12, choices=TipoEnte)
    natura = models.CharField(_("natura giuridica"), max_length=20, choices=Natura)
    dimensione = models.CharField(
        _("dimensione"), max_length=8, choices=Dimensione, blank=True, default=""
    )
    codice_fiscale = models.CharField(_("codice fiscale"), max_length=16, blank=True)
    partita_iva = models.CharField(_("partita IVA"), max_length=11, blank=True)
    comune = models.CharField(_("comune della sede legale"), max_length=120, blank=True)
    provincia = models.CharField(_("provincia"), max_length=2, blank=True)
    indirizzo = models.CharField(_("via e numero"), max_length=200, blank=True)
    email = models.EmailField(_("posta elettronica"), blank=True)
    telefono = models.CharField(_("telefono"), max_length=30, blank=True)
    sito = models.URLField(_("sito"), blank=True)
    rappresentante = models.CharField(_("legale rappresentante"), max_length=120, blank=True)
    referente_nome = models.CharField(_("nome del referente"), max_length=80, blank=True)
    referente_cognome = models.CharField(_("cognome del referente"), max_length=80, blank=True)
    referente_email = models.EmailField(_("posta del referente"), blank=True)
    referente_telefono = models.CharField(_("telefono del referente"), max_length=30, blank=True)
    regolamento_visto = models.BooleanField(
        _("il regolamento della Rete è stato letto e se ne assumono gli impegni"), default=False
    )
    motivazione = models.TextField(_("perché si aderisce"), blank=True)
    impronta = models.CharField(_("impronta del collegamento"), max_length=64, blank=True)
    scade_il = models.DateTimeField(_("da confermare entro"), null=True, blank=True)
    chiesta_il = models.DateTimeField(_("chiesta il"), default=timezone.now)
    confermata_il = models.DateTimeField(_("confermata il"), null=True, blank=True)
    seduta = models.ForeignKey(
        "conciliazione.Seduta", models.PROTECT, null=True, blank=True,
        related_name="adesioni_valutate", verbose_name=_("seduta che l'ha valutata"),
    )  # fmt: skip
    valutata_il = models.DateField(_("valutata il"), null=True, blank=True)
    valutata_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    motivo = models.TextField(_("motivo dell'esito"), blank=True)
    dal = models.DateField(_("nella Rete dal"), null=True, blank=True)
    al = models.DateField(_("fino al"), null=True, blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = AdesioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("adesione")
        verbose_name_plural = _("adesioni")
        ordering = ["azienda_id", "-chiesta_il", "-pk"]
        constraints = [
            una_sola(
                "adesione_una_in_vigore", ["ente"], _("L'ente fa già parte della Rete."),
                condition=Q(stato="accolta", al__isnull=True),
            ),
            una_sola(
                "adesione_impronta_unica", ["impronta"], _("Il collegamento è già usato."),
                condition=~Q(impronta=""),
            ),
            models.CheckConstraint(
                name="adesione_accolta_con_ente",
                condition=~Q(stato="accolta") | Q(ente__isnull=False, dal__isnull=False),
                violation_error_message=_("Un'adesione accolta ha il suo ente e un inizio."),
            ),
            models.CheckConstraint(
                name="adesione_respinta_motivata",
                condition=~Q(stato="respinta") | ~Q(motivo=""),
                violation_error_message=_("Scrivi perché la richiesta è respinta."),
            ),
            models.CheckConstraint(
                name="adesione_regolamento_visto",
                condition=Q(stato__in=("richiesta", "scaduta", "accolta"))
                | Q(regolamento_visto=True),
                violation_error_message=_("Per aderire si dichiara di aver letto il regolamento."),
            ),
            date_in_ordine("adesione"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.denominazione


class Rinuncia(models.Model):
    """A body leaves the network, in writing and saying why (art. 2 bis of the Regolamento).

    ``presa_atto_il`` is when the Comitato took note of it.
    """

    adesione = models.OneToOneField(Adesione, models.PROTECT, related_name="rinuncia")
    motivo = models.TextField(_("motivazione"))
    presentata_il = models.DateField(_("presentata il"))
    presentata_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decorre_dal = models.DateField(_("decorre dal"))
    seduta = models.ForeignKey(
        "conciliazione.Seduta", models.PROTECT, null=True, blank=True,
        related_name="rinunce_viste", verbose_name=_("seduta che ne ha preso atto"),
    )  # fmt: skip
    presa_atto_il = models.DateField(_("presa d'atto del"), null=True, blank=True)

    objects = attraverso("adesione")

    class Meta:
        verbose_name = _("rinuncia")
        verbose_name_plural = _("rinunce")
        ordering = ["-presentata_il"]
        constraints = [
            models.CheckConstraint(
                name="rinuncia_motivata",
                condition=~Q(motivo=""),
                violation_error_message=_("Scrivi perché l'ente rinuncia."),
            ),
            models.CheckConstraint(
                name="rinuncia_decorre_dopo",
                condition=Q(decorre_dal__gte=F("presentata_il")),
                violation_error_message=_("La rinuncia decorre prima di essere presentata."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adesione}, {self.presentata_il:%d/%m/%Y}"

    @property
    def azienda(self) -> Azienda:
        return self.adesione.azienda
