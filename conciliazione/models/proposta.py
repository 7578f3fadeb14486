# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proposal of an Alleanza: who leads it, with whom, its state. Sealed while the call is open."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.models.bando import ManifestazioneInteresse
from conciliazione.models.campi import FileConservato, una_sola
from conciliazione.models.rete import Ente
from conciliazione.models.visibilita import (
    NESSUNA,
    Chi,
    attraverso,
    dell_ufficio,
    enti_di,
    seggi_di,
)
from piani.models import Azienda, Utente


class PropostaQuerySet(models.QuerySet["Proposta"]):
    def visibili_a(self, utente: "Chi") -> "PropostaQuerySet":
        """Those that one's bodies lead, or are partners of. The others' once they were sent and
        the call has closed, not before and whoever asks: for the office and the readers; for who
        sits in the Comitato if not recused, and for the whole Comitato when it has decided.
        """
        if not utente.is_authenticated:
            return self.filter(NESSUNA)
        proprie = Q(pk__in=Proposta.objects.di(enti_di(utente)).values("pk"))
        return self.filter(
            proprie | (self._dissigillate() & (self._del_comitato(utente) | _letta(utente)))
        )

    def di(self, enti: models.QuerySet) -> "PropostaQuerySet":
        """Those that one of these bodies leads, or is a partner of now."""
        partner = Partner.objects.attuali().filter(ente__in=enti)
        return self.filter(Q(capofila__in=enti) | Exists(partner.filter(proposta=OuterRef("pk"))))

    def inviate(self) -> "PropostaQuerySet":
        """Those that were sent, whatever became of them: who is in one does not evaluate."""
        return self.exclude(stato="bozza").filter(presentata_il__isnull=False)

    @staticmethod
    def _dissigillate() -> Q:
        return Q(manifestazione__chiude_il__lte=timezone.now()) & ~Q(stato="bozza")

    @staticmethod
    def _del_comitato(utente: "Chi") -> Q:
        from conciliazione.models.valutazione import Valutatore

        attivi = Valutatore.objects.attivi().senza_conflitti().filter(seggio__in=seggi_di(utente))
        valuta = attivi.filter(manifestazione=OuterRef("manifestazione"))
        proprie = Proposta.objects.inviate().di(enti_di(utente))
        concorre = proprie.filter(manifestazione=OuterRef("manifestazione"))
        deciso = Q(
            manifestazione__stato="conclusa",
            manifestazione__edizione__seggi__in=seggi_di(utente),
        )
        return Q(Exists(valuta) & ~Exists(concorre)) | Q(
            pk__in=Proposta.objects.filter(deciso).values("pk")
        )

    def per_elenco(self) -> "PropostaQuerySet":
        return self.select_related(
            "capofila", "manifestazione__edizione__azienda", "confluita_in"
        ).order_by("manifestazione", "numero", "pk")


def _letta(utente: "Chi") -> Q:
    return dell_ufficio(utente, "manifestazione__edizione")


class Proposta(models.Model):
    """What an Alleanza proposes to a call; the content is in its versions.

    Co-progettazione may melt several into one: the others become ``fusa`` and point to it with
    ``confluita_in``. Withdrawn after financing, its contribution scrolls to the others.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        PRESENTATA = "presentata", _("Presentata")
        AMMESSA = "ammessa", _("Ammessa alla valutazione")
        NON_AMMESSA = "non_ammessa", _("Non ammessa")
        IN_COPROGETTAZIONE = "in_coprogettazione", _("In co-progettazione")
        FUSA = "fusa", _("Confluita in un'altra")
        FINANZIATA = "finanziata", _("Finanziata")
        NON_FINANZIATA = "non_finanziata", _("Non finanziata")
        RITIRATA = "ritirata", _("Ritirata")

    # The versions can be written by the capofila.
    SCRIVIBILI = (Stato.BOZZA, Stato.IN_COPROGETTAZIONE)

    manifestazione = models.ForeignKey(
        ManifestazioneInteresse, models.PROTECT, related_name="proposte"
    )
    capofila = models.ForeignKey(Ente, models.PROTECT, related_name="proposte_guidate")
    numero = models.PositiveSmallIntegerField(_("numero"), null=True, blank=True)
    titolo = models.CharField(_("titolo"), max_length=200)
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.BOZZA)
    aperta = models.BooleanField(_("Alleanza aperta a nuovi partner"), default=False)
    modalita_adesione = models.TextField(_("come si aggiungono altri partner"), blank=True)
    confluita_in = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="confluite"
    )
    presentata_il = models.DateTimeField(_("presentata il"), null=True, blank=True)
    presentata_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    motivo = models.TextField(_("motivo dell'esito o del ritiro"), blank=True)
    creata_il = models.DateTimeField(_("creata il"), auto_now_add=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = PropostaQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposta")
        verbose_name_plural = _("proposte")
        ordering = ["manifestazione_id", "numero", "pk"]
        constraints = [
            una_sola(
                "proposta_numero_unico", ["manifestazione", "numero"],
                _("Un'altra proposta ha già quel numero."),
            ),
            models.CheckConstraint(
                name="proposta_fusa_dice_dove",
                condition=Q(stato="fusa", confluita_in__isnull=False)
                | (~Q(stato="fusa") & Q(confluita_in__isnull=True)),
                violation_error_message=_("Di una proposta fusa si dice in quale è confluita."),
            ),
            models.CheckConstraint(
                name="proposta_non_in_se_stessa",
                condition=Q(confluita_in__isnull=True) | ~Q(confluita_in=F("id")),
                violation_error_message=_("Una proposta non confluisce in se stessa."),
            ),
            models.CheckConstraint(
                name="proposta_presentata_con_data",
                condition=Q(stato__in=("bozza", "ritirata")) | Q(presentata_il__isnull=False),
                violation_error_message=_("Di una proposta presentata si dice quando."),
            ),
            models.CheckConstraint(
                name="proposta_non_ammessa_motivata",
                condition=~Q(stato="non_ammessa") | ~Q(motivo=""),
                violation_error_message=_("Scrivi perché la proposta non è ammessa."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    @property
    def azienda(self) -> Azienda:
        return self.manifestazione.azienda


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visibili_a(self, utente: "Chi") -> "PartnerQuerySet":
        return self.filter(proposta__in=Proposta.objects.visibili_a(utente))

    def attuali(self) -> "PartnerQuerySet":
        """Those that have neither refused nor left."""
        return self.filter(stato__in=Partner.ATTUALI)


class Partner(models.Model):
    """A body beside the capofila: its part and what it brings."""

    class Stato(models.TextChoices):
        INVITATO = "invitato", _("Invitato")
        CONFERMATO = "confermato", _("Confermato")
        RIFIUTATO = "rifiutato", _("Ha rifiutato")
        USCITO = "uscito", _("Uscito")

    ATTUALI = (Stato.INVITATO, Stato.CONFERMATO)

    proposta = models.ForeignKey(Proposta, models.CASCADE, related_name="partner")
    ente = models.ForeignKey(Ente, models.PROTECT, related_name="partecipazioni")
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.INVITATO)
    ruolo = models.CharField(_("ruolo"), max_length=200, blank=True)
    apporto = models.TextField(_("apporto tecnico, economico, di contenuto"), blank=True)
    risposto_il = models.DateTimeField(_("ha risposto il"), null=True, blank=True)
    risposto_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    uscito_il = models.DateField(_("uscito il"), null=True, blank=True)
    nota = models.TextField(_("nota"), blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partner")
        ordering = ["proposta_id", "ente__nome"]
        constraints = [
            una_sola(
                "partner_uno_per_ente", ["proposta", "ente"], _("L'ente è già fra i partner.")
            ),
        ]

    def __str__(self) -> str:
        return str(self.ente)

    @property
    def azienda(self) -> Azienda:
        return self.proposta.azienda


class AllegatoProposta(FileConservato):
    """A paper of a proposal: letter of partnership, map, mandate."""

    proposta = models.ForeignKey(Proposta, models.CASCADE, related_name="allegati")
    file = models.FileField(_("documento"), upload_to="proposte/%Y/", max_length=200)

    objects = attraverso("proposta")

    class Meta:
        verbose_name = _("allegato di una proposta")
        verbose_name_plural = _("allegati di una proposta")
        ordering = ["proposta_id", "caricato_il"]
        constraints = [
            una_sola(
                "allegato_proposta_una_volta", ["proposta", "sha256"],
                _("Questo documento c'è già."),
            ),
        ]  # fmt: skip

    @property
    def azienda(self) -> Azienda:
        return self.proposta.azienda
