# SPDX-License-Identifier: AGPL-3.0-or-later
"""The content of a proposal, version by version: actions, costs, cofinancing."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import euro, euro_o_niente, non_negativi, una_sola
from conciliazione.models.proposta import Proposta
from conciliazione.models.rete import Ente
from conciliazione.models.visibilita import AttraversoPadre, Chi, attraverso, enti_di
from piani.models import Azienda, Utente


class VersionePropostaQuerySet(AttraversoPadre):
    padre = "proposta"

    def leggibili_a(self, utente: "Chi") -> "VersionePropostaQuerySet":
        """Those closed; the one being written, of one's own proposals."""
        mie = Proposta.objects.di(enti_di(utente)).values("pk")
        return self.filter(Q(chiusa_il__isnull=False) | Q(proposta__in=mie))


class VersioneProposta(models.Model):
    """A version: 1 is what is presented to the call, the others come from co-progettazione.

    Open as long as it is being written (one at a time), then closed and never changed.
    ``costo_dichiarato`` is the total that the capofila writes, to be checked against the rows; the
    documents of the past have nothing else. ``*_stampati`` are the counts that they print.
    ``ammissibilita`` keeps the checks as they came out, each with its article and numbers.
    """

    proposta = models.ForeignKey(Proposta, models.CASCADE, related_name="versioni")
    numero = models.PositiveSmallIntegerField(_("versione"))
    titolo = models.CharField(_("titolo"), max_length=200)
    motivo = models.CharField(_("perché questa versione"), max_length=300, blank=True)
    finalita = models.JSONField(_("finalità"), default=list, blank=True)
    bisogni = models.TextField(_("bisogni a cui risponde"), blank=True)
    descrizione = models.TextField(_("descrizione"), blank=True)
    risultati = models.TextField(_("risultati attesi"), blank=True)
    continuita = models.TextField(
        _("esiti dell'edizione precedente, se è in continuità"), blank=True
    )
    territorio = models.CharField(_("territorio"), max_length=300, blank=True)
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)
    contributo = euro_o_niente(_("contributo richiesto"))
    costo_dichiarato = euro_o_niente(_("costo complessivo dichiarato"))
    partner_stampati = models.PositiveSmallIntegerField(
        _("partner, come stampato"), null=True, blank=True
    )
    azioni_stampate = models.PositiveSmallIntegerField(
        _("azioni, come stampato"), null=True, blank=True
    )
    ammissibilita = models.JSONField(
        _("verifiche di ammissibilità"), null=True, blank=True, encoder=DjangoJSONEncoder
    )
    modifiche = models.PositiveIntegerField(_("salvataggi"), default=0)
    creata_il = models.DateTimeField(_("creata il"), auto_now_add=True)
    creata_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    chiusa_il = models.DateTimeField(_("chiusa il"), null=True, blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = VersionePropostaQuerySet.as_manager()

    class Meta:
        verbose_name = _("versione della proposta")
        verbose_name_plural = _("versioni della proposta")
        ordering = ["proposta_id", "numero"]
        constraints = [
            una_sola(
                "versione_proposta_unica", ["proposta", "numero"],
                _("La proposta ha già quella versione."),
            ),
            una_sola(
                "versione_proposta_una_aperta", ["proposta"],
                _("La proposta ha già una versione che si sta scrivendo."),
                condition=Q(chiusa_il__isnull=True),
            ),
            models.CheckConstraint(
                name="versione_proposta_date_in_ordine",
                condition=Q(dal__isnull=True) | Q(al__isnull=True) | Q(al__gte=models.F("dal")),
                violation_error_message=_("Il progetto finisce prima di cominciare."),
            ),
            non_negativi("versione_proposta", "contributo", "costo_dichiarato"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.titolo} (v{self.numero})"

    @property
    def azienda(self) -> Azienda:
        return self.proposta.azienda


class AzioneProposta(models.Model):
    """An action: what it is in the catalogue of the edition, for how many people and companies."""

    versione = models.ForeignKey(VersioneProposta, models.CASCADE, related_name="azioni")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    titolo = models.CharField(_("titolo"), max_length=200)
    intervento = models.CharField(_("intervento del catalogo"), max_length=60, blank=True)
    descrizione = models.TextField(_("descrizione"), blank=True)
    persone = models.PositiveIntegerField(_("persone previste"), null=True, blank=True)
    imprese = models.PositiveIntegerField(_("imprese ed enti previsti"), null=True, blank=True)
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)

    objects = attraverso("versione")

    class Meta:
        verbose_name = _("azione di una proposta")
        verbose_name_plural = _("azioni di una proposta")
        ordering = ["versione_id", "ordine"]
        constraints = [
            una_sola(
                "azione_proposta_posto_unico", ["versione", "ordine"],
                _("Un'altra azione ha già quel posto."),
            ),
            models.CheckConstraint(
                name="azione_proposta_date_in_ordine",
                condition=Q(dal__isnull=True) | Q(al__isnull=True) | Q(al__gte=models.F("dal")),
                violation_error_message=_("L'azione finisce prima di cominciare."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    @property
    def azienda(self) -> Azienda:
        return self.versione.azienda


class CostoAzione(models.Model):
    """What an action costs under a heading of the edition."""

    azione = models.ForeignKey(AzioneProposta, models.CASCADE, related_name="costi")
    categoria = models.CharField(_("categoria di costo"), max_length=60)
    importo = euro(_("importo"))
    nota = models.CharField(_("nota"), max_length=300, blank=True)

    objects = attraverso("azione")

    class Meta:
        verbose_name = _("costo di un'azione")
        verbose_name_plural = _("costi di un'azione")
        ordering = ["azione_id", "pk"]
        constraints = [
            una_sola(
                "costo_azione_uno_per_categoria", ["azione", "categoria"],
                _("L'azione ha già un costo di quella categoria."),
            ),
            non_negativi("costo_azione", "importo"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.categoria}: {self.importo}"


class Forma(models.TextChoices):
    """How a body cofinances."""

    DENARO = "denaro", _("Denaro")
    PERSONALE = "personale", _("Personale dedicato al progetto")


class Cofinanziamento(models.Model):
    """What a body of the Alleanza puts in. ``pubblico`` is kept as it was when it was written."""

    versione = models.ForeignKey(VersioneProposta, models.CASCADE, related_name="cofinanziamenti")
    ente = models.ForeignKey(
        Ente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ente")
    )
    forma = models.CharField(_("forma"), max_length=10, choices=Forma)
    pubblico = models.BooleanField(_("pubblico"), default=True)
    importo = euro(_("importo"))
    nota = models.CharField(_("nota"), max_length=300, blank=True)

    objects = attraverso("versione")

    class Meta:
        verbose_name = _("cofinanziamento")
        verbose_name_plural = _("cofinanziamenti")
        ordering = ["versione_id", "pk"]
        constraints = [
            una_sola(
                "cofinanziamento_uno_per_forma", ["versione", "ente", "forma"],
                _("L'ente ha già un cofinanziamento di quella forma."),
            ),
            non_negativi("cofinanziamento", "importo"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.ente}: {self.importo}"
