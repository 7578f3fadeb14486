# SPDX-License-Identifier: AGPL-3.0-or-later
"""The projects of the plan: a proposal that was financed, its agreements, its documents."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import (
    FileConservato,
    date_in_ordine,
    euro,
    non_negativi,
    una_sola,
)
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.proposta import Proposta
from conciliazione.models.rete import Ente
from conciliazione.models.visibilita import (
    Chi,
    attraverso,
    dell_ufficio,
    edizioni_del_comitato,
    enti_di,
)
from piani.models import Azienda, Utente


class ProgettoQuerySet(models.QuerySet["Progetto"]):
    def visibili_a(self, utente: "Chi") -> "ProgettoQuerySet":
        """The office's and the readers' all; those that one's bodies lead or are partners of;
        all those of the edition for who sits in its Comitato, that follows them to the end.
        """
        return self.filter(
            dell_ufficio(utente)
            | Q(edizione__in=edizioni_del_comitato(utente))
            | Q(pk__in=Progetto.objects.di_enti(utente).values("pk"))
        )

    def di_enti(self, utente: "Chi") -> "ProgettoQuerySet":
        """Those of the Alleanze of the bodies that the person represents."""
        enti = enti_di(utente)
        return self.filter(
            Q(capofila__in=enti) | Q(proposta__in=Proposta.objects.di(enti).values("pk"))
        )

    def guidati_da(self, utente: "Chi") -> "ProgettoQuerySet":
        return self.filter(capofila__in=enti_di(utente))


class Progetto(models.Model):
    """A project of the Piano territoriale: from a proposal, at the cost and with the contribution
    that were assigned.
    """

    class Stato(models.TextChoices):
        DA_AVVIARE = "da_avviare", _("Da avviare")
        IN_CORSO = "in_corso", _("In corso")
        SOSPESO = "sospeso", _("Sospeso")
        CONCLUSO = "concluso", _("Concluso")
        REVOCATO = "revocato", _("Revocato")

    edizione = models.ForeignKey(EdizioneConciliazione, models.PROTECT, related_name="progetti")
    proposta = models.OneToOneField(Proposta, models.PROTECT, related_name="progetto")
    capofila = models.ForeignKey(Ente, models.PROTECT, related_name="progetti_guidati")
    numero = models.PositiveSmallIntegerField(_("numero"))
    titolo = models.CharField(_("titolo"), max_length=200)
    cup = models.CharField(_("CUP"), max_length=15, blank=True)
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.DA_AVVIARE)
    costo = euro(_("costo complessivo"))
    contributo = euro(_("contributo assegnato"))
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)
    concluso_il = models.DateField(_("concluso il"), null=True, blank=True)
    motivo = models.TextField(_("perché è sospeso o revocato"), blank=True)
    atto_concessione = models.CharField(_("atto di concessione"), max_length=200, blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = ProgettoQuerySet.as_manager()

    class Meta:
        verbose_name = _("progetto")
        verbose_name_plural = _("progetti")
        ordering = ["edizione_id", "numero"]
        constraints = [
            una_sola(
                "progetto_conc_numero_unico", ["edizione", "numero"],
                _("Un altro progetto ha già quel numero."),
            ),
            date_in_ordine("progetto_conc"),
            non_negativi("progetto_conc", "costo", "contributo"),
            models.CheckConstraint(
                name="progetto_contributo_nel_costo",
                condition=Q(contributo__lte=F("costo")),
                violation_error_message=_("Il contributo supera il costo del progetto."),
            ),
            models.CheckConstraint(
                name="progetto_revocato_motivato",
                condition=~Q(stato__in=("sospeso", "revocato")) | ~Q(motivo=""),
                violation_error_message=_("Scrivi perché il progetto è sospeso o revocato."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class Accordo(models.Model):
    """What binds an Alleanza (accordo di partenariato), or its capofila to the ATS."""

    class Genere(models.TextChoices):
        PARTENARIATO = "partenariato", _("Accordo di partenariato")
        CONVENZIONE = "convenzione", _("Convenzione fra ATS e capofila")

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        ALLA_FIRMA = "alla_firma", _("Alla firma")
        SOTTOSCRITTO = "sottoscritto", _("Sottoscritto")
        SCIOLTO = "sciolto", _("Sciolto")

    progetto = models.ForeignKey(Progetto, models.CASCADE, related_name="accordi")
    genere = models.CharField(_("genere"), max_length=15, choices=Genere)
    stato = models.CharField(_("stato"), max_length=15, choices=Stato, default=Stato.BOZZA)
    protocollo = models.CharField(_("numero di protocollo"), max_length=60, blank=True)
    testo = models.TextField(_("testo"), blank=True, help_text=_("Markdown."))
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)
    sottoscritto_il = models.DateField(_("sottoscritto il"), null=True, blank=True)

    objects = attraverso("progetto")

    class Meta:
        verbose_name = _("accordo")
        verbose_name_plural = _("accordi")
        ordering = ["progetto_id", "genere", "pk"]
        constraints = [
            una_sola(
                "accordo_uno_per_genere", ["progetto", "genere"],
                _("Il progetto ha già un accordo di quel genere."), condition=~Q(stato="sciolto"),
            ),
            date_in_ordine("accordo"),
            models.CheckConstraint(
                name="accordo_sottoscritto_con_data",
                condition=~Q(stato="sottoscritto") | Q(sottoscritto_il__isnull=False),
                violation_error_message=_("Di un accordo sottoscritto si dice quando."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_genere_display()}: {self.progetto}"

    @property
    def azienda(self) -> Azienda:
        return self.progetto.azienda


class FirmaAccordo(models.Model):
    """A body that must sign an agreement, and when it did."""

    accordo = models.ForeignKey(Accordo, models.CASCADE, related_name="firme")
    ente = models.ForeignKey(Ente, models.PROTECT, related_name="firme")
    firmata_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    firmata_il = models.DateTimeField(_("firmata il"), null=True, blank=True)

    objects = attraverso("accordo")

    class Meta:
        verbose_name = _("firma di un accordo")
        verbose_name_plural = _("firme di un accordo")
        ordering = ["accordo_id", "ente__nome"]
        constraints = [
            una_sola(
                "firma_accordo_una_per_ente", ["accordo", "ente"],
                _("L'ente è già fra chi firma."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.ente)

    @property
    def azienda(self) -> Azienda:
        return self.accordo.azienda


class DocumentoProgetto(FileConservato):
    """A file of a project: agreement signed, report, material made."""

    class Genere(models.TextChoices):
        ACCORDO = "accordo", _("Accordo firmato")
        RELAZIONE = "relazione", _("Relazione")
        MATERIALE = "materiale", _("Materiale prodotto")
        ALTRO = "altro", _("Altro")

    progetto = models.ForeignKey(Progetto, models.CASCADE, related_name="documenti")
    accordo = models.ForeignKey(
        Accordo, models.CASCADE, null=True, blank=True, related_name="documenti"
    )
    genere = models.CharField(_("genere"), max_length=12, choices=Genere, default=Genere.ALTRO)
    file = models.FileField(_("documento"), upload_to="progetti/%Y/", max_length=200)

    objects = attraverso("progetto")

    class Meta:
        verbose_name = _("documento di un progetto")
        verbose_name_plural = _("documenti di un progetto")
        ordering = ["progetto_id", "caricato_il"]
        constraints = [
            una_sola(
                "documento_progetto_una_volta", ["progetto", "sha256"],
                _("Questo documento c'è già."),
            ),
        ]  # fmt: skip

    @property
    def azienda(self) -> Azienda:
        return self.progetto.azienda
