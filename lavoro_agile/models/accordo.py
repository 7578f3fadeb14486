# SPDX-License-Identifier: AGPL-3.0-or-later
"""The individual agreement (art. 18 and 19 L. 81/2017): contents, checks, withdrawal.

That a person is protected because of their health is kept apart, in :class:`TutelaAccordo`.
"""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lavoro_agile.models.domanda import DomandaLavoroAgile
from lavoro_agile.models.edizione import EdizioneLavoroAgile
from lavoro_agile.models.legge import CondizioneDiLegge
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
from piani.models import Azienda, Utente
from piani.models.vincoli import almeno, date_in_ordine, una_sola


class Prevalenza(models.TextChoices):
    """Over which time most of the work is done in the office."""

    SETTIMANALE = "settimanale", _("Nella settimana")
    MENSILE = "mensile", _("Nel mese")
    PLURIMENSILE = "plurimensile", _("In più mesi")


class AccordoQuerySet(models.QuerySet["AccordoIndividuale"]):
    def visibili_a(self, utente: "Chi") -> "AccordoQuerySet":
        """Of the risorse umane; once proposed for signing, of the person and of their head."""
        if not utente.is_authenticated:
            return self.none()
        parti = propria(utente) | di_chi_guida(utente)
        ufficio = con_ruolo(utente, *UFFICIO, azienda="edizione__azienda")
        return self.filter(ufficio | (parti & ~Q(stato="bozza")))

    def in_vigore(self, giorno: date | None = None) -> "AccordoQuerySet":
        """Those signed and valid on a day (today if not said). Who withdrew has ``cessa_il``."""
        quando = giorno or timezone.localdate()
        return self.filter(
            Q(stato__in=("sottoscritto", "cessato"), dal__lte=quando)
            & (Q(al__isnull=True) | Q(al__gte=quando))
            & (Q(cessa_il__isnull=True) | Q(cessa_il__gt=quando))
        )


class AccordoIndividuale(DiUnaPersona):
    """What a person and the azienda agree in writing. Without ``al`` it has no term.

    ``cessa_il`` is the first day without it, when it ended before its term; ``rinnova`` is the
    agreement that this one carries on. After ``conserva_fino_al`` the name gives way to a code.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        ALLA_FIRMA = "alla_firma", _("Alla firma")
        SOTTOSCRITTO = "sottoscritto", _("Sottoscritto")
        CESSATO = "cessato", _("Cessato")
        ANNULLATO = "annullato", _("Annullato")

    class Luogo(models.TextChoices):
        DOMICILIO = "domicilio", _("Al proprio domicilio")
        ALTRO = "altro", _("In un altro luogo scelto dalla persona")
        COWORKING = "coworking", _("In uno spazio condiviso dell'azienda")

    edizione = models.ForeignKey(EdizioneLavoroAgile, models.PROTECT, related_name="accordi")
    domanda = models.OneToOneField(
        DomandaLavoroAgile, models.PROTECT, null=True, blank=True, related_name="accordo"
    )
    rinnova = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="rinnovo",
        verbose_name=_("rinnova"),
    )  # fmt: skip
    numero = models.PositiveIntegerField(_("numero"))
    stato = models.CharField(_("stato"), max_length=12, choices=Stato, default=Stato.BOZZA)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)
    cessa_il = models.DateField(_("cessa il"), null=True, blank=True)
    # What the law wants written in it.
    obiettivi = models.TextField(_("obiettivi della prestazione"), blank=True)
    misurazione = models.TextField(_("come si misura la prestazione"), blank=True)
    modalita = models.TextField(_("modalità e tempi di esecuzione"), blank=True)
    giorni_mese = models.PositiveSmallIntegerField(_("giorni al mese"), null=True, blank=True)
    giorni_settimana = models.PositiveSmallIntegerField(
        _("giorni alla settimana"), null=True, blank=True
    )
    prevalenza = models.CharField(
        _("prevalenza della presenza"), max_length=15, choices=Prevalenza,
        default=Prevalenza.MENSILE,
    )  # fmt: skip
    mesi_prevalenza = models.PositiveSmallIntegerField(_("in quanti mesi"), default=1)
    rotazione = models.TextField(_("rotazione con i colleghi"), blank=True)
    contatto_dalle = models.TimeField(_("contattabile dalle"), null=True, blank=True)
    contatto_alle = models.TimeField(_("contattabile alle"), null=True, blank=True)
    contatto_nota = models.CharField(_("altre fasce di contatto"), max_length=200, blank=True)
    disconnessione = models.TextField(_("riposo e disconnessione"), blank=True)
    strumenti = models.TextField(_("strumenti di lavoro"), blank=True)
    strumenti_aziendali = models.BooleanField(_("strumenti dell'azienda"), default=True)
    luogo = models.CharField(_("dove"), max_length=12, choices=Luogo, default=Luogo.DOMICILIO)
    riservatezza = models.TextField(_("misure per la riservatezza dei dati"), blank=True)
    controllo = models.TextField(_("esercizio del potere di controllo"), blank=True)
    arretrato = models.TextField(_("smaltimento dell'arretrato"), blank=True)
    coordina = models.BooleanField(
        _("coordina o controlla altri"), default=False,
        help_text=_("Dirigenti e responsabili lavorano in prevalenza in presenza."),
    )  # fmt: skip
    informativa_il = models.DateField(
        _("informativa sulla sicurezza consegnata il"), null=True, blank=True
    )
    # Signatures and what follows.
    proposto_il = models.DateField(_("proposto il"), null=True, blank=True)
    firma_persona_il = models.DateTimeField(_("firma della persona"), null=True, blank=True)
    firma_azienda_il = models.DateTimeField(_("firma per l'azienda"), null=True, blank=True)
    firma_azienda_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sottoscritto_il = models.DateField(_("sottoscritto il"), null=True, blank=True)
    comunicato_il = models.DateField(_("comunicato al Ministero il"), null=True, blank=True)
    modifiche = models.PositiveIntegerField(default=0, editable=False)
    conserva_fino_al = models.DateField(_("il nome si conserva fino al"), null=True, blank=True)
    dimostrativo = models.BooleanField(_("inventato per prova"), default=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = AccordoQuerySet.as_manager()

    class Meta:
        verbose_name = _("accordo individuale")
        verbose_name_plural = _("accordi individuali")
        ordering = ["edizione_id", "-numero"]
        constraints = [
            una_sola(
                "accordo_agile_numero_unico", ["edizione", "numero"],
                _("L'edizione ha già un accordo con quel numero."),
            ),
            una_sola(
                "accordo_agile_uno_alla_firma", ["edizione", "persona"],
                _("C'è già un accordo da firmare con questa persona."),
                condition=Q(persona__isnull=False, stato__in=("bozza", "alla_firma")),
            ),
            di_qualcuno("accordo_agile"),
            di_un_unita("accordo_agile"),
            date_in_ordine("accordo_agile"),
            almeno(
                "accordo_agile_cessa_dopo",
                Q(cessa_il__isnull=True) | Q(cessa_il__gte=models.F("dal")),
                _("L'accordo cessa prima di cominciare."),
            ),
            almeno(
                "accordo_agile_sottoscritto_con_data",
                ~Q(stato__in=("sottoscritto", "cessato")) | Q(sottoscritto_il__isnull=False),
                _("Scrivi quando l'accordo è stato sottoscritto."),
            ),
            almeno(
                "accordo_agile_cessato_con_data",
                ~Q(stato="cessato") | Q(cessa_il__isnull=False),
                _("Scrivi da quando l'accordo cessa."),
            ),
            almeno(
                "accordo_agile_mesi_prevalenza",
                (Q(prevalenza="plurimensile") & Q(mesi_prevalenza__range=(2, 12)))
                | (~Q(prevalenza="plurimensile") & Q(mesi_prevalenza=1)),
                _("Se la prevalenza è su più mesi, scrivi quanti: da 2 a 12."),
            ),
            almeno(
                "accordo_agile_contatto_in_ordine",
                Q(contatto_dalle__isnull=True)
                | Q(contatto_alle__isnull=True)
                | Q(contatto_alle__gt=models.F("contatto_dalle")),
                _("La fascia di contatto finisce prima di cominciare."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("Accordo n. %(numero)s") % {"numero": self.numero}

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class VerificaAccordo(models.Model):
    """A condition of the law checked on an agreement: by the program, or by who answers for it."""

    class Esito(models.TextChoices):
        RISPETTATA = "rispettata", _("Rispettata")
        MANCA = "manca", _("Manca")
        NON_RIGUARDA = "non_riguarda", _("Non lo riguarda")
        DA_VERIFICARE = "da_verificare", _("Da verificare")

    accordo = models.ForeignKey(AccordoIndividuale, models.CASCADE, related_name="verifiche")
    condizione = models.ForeignKey(CondizioneDiLegge, models.PROTECT, related_name="verifiche")
    esito = models.CharField(_("esito"), max_length=15, choices=Esito)
    nota = models.CharField(_("nota"), max_length=300, blank=True)
    verificata_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verificata_il = models.DateTimeField(_("verificata il"), auto_now=True)

    objects = attraverso("accordo")

    class Meta:
        verbose_name = _("verifica di un accordo")
        verbose_name_plural = _("verifiche degli accordi")
        ordering = ["accordo_id", "condizione__ordine"]
        constraints = [
            una_sola(
                "verifica_agile_una_per_condizione", ["accordo", "condizione"],
                _("Quella condizione è già verificata."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.condizione}: {self.get_esito_display()}"

    @property
    def azienda(self) -> Azienda:
        return self.accordo.azienda


class TutelaAccordo(models.Model):
    """Why a person has more days than the others, or a longer notice: fragile health, disability,
    care (art. 18 c. 3-bis and 19 c. 2 L. 81/2017). Only the risorse umane read it.

    After ``conserva_fino_al`` the row is deleted.
    """

    class Tipo(models.TextChoices):
        FRAGILE = "fragile", _("Lavoratore fragile")
        DISABILE = "disabile", _("Lavoratore disabile (L. 68/1999)")
        L104 = "l104", _("Disabilità grave, propria o di un familiare (L. 104/1992)")
        CAREGIVER = "caregiver", _("Caregiver")
        FIGLI = "figli", _("Figli fino a 12 anni, o disabili")

    accordo = models.ForeignKey(AccordoIndividuale, models.CASCADE, related_name="tutele")
    tipo = models.CharField(_("tutela"), max_length=10, choices=Tipo)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)
    giorni_mese = models.PositiveSmallIntegerField(
        _("giorni al mese in deroga"), null=True, blank=True
    )
    conserva_fino_al = models.DateField(_("si conserva fino al"))

    objects = sensibili("accordo__edizione__azienda", "accordo__persona")

    class Meta:
        verbose_name = _("tutela in un accordo")
        verbose_name_plural = _("tutele negli accordi")
        ordering = ["accordo_id", "tipo"]
        constraints = [
            una_sola(
                "tutela_agile_una_volta", ["accordo", "tipo"], _("Quella tutela c'è già.")
            ),
            date_in_ordine("tutela_agile"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("Tutela riservata n. %(chiave)s") % {"chiave": self.pk}

    @property
    def azienda(self) -> Azienda:
        return self.accordo.azienda


class RecessoAccordo(models.Model):
    """One of the two parties withdraws, with notice or for a justified reason (art. 19 c. 2
    L. 81/2017). ``decorre_dal`` is the first day without the agreement.
    """

    class Parte(models.TextChoices):
        PERSONA = "persona", _("La persona")
        AZIENDA = "azienda", _("L'azienda")

    accordo = models.OneToOneField(AccordoIndividuale, models.CASCADE, related_name="recesso")
    parte = models.CharField(_("chi recede"), max_length=8, choices=Parte)
    giustificato = models.BooleanField(_("per giustificato motivo"), default=False)
    motivo = models.TextField(_("motivo"), blank=True)
    comunicato_il = models.DateField(_("comunicato il"))
    decorre_dal = models.DateField(_("decorre dal"))
    da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")

    objects = attraverso("accordo")

    class Meta:
        verbose_name = _("recesso da un accordo")
        verbose_name_plural = _("recessi dagli accordi")
        ordering = ["accordo_id"]
        constraints = [
            almeno(
                "recesso_agile_giustificato_con_motivo",
                Q(giustificato=False) | ~Q(motivo=""),
                _("Scrivi il giustificato motivo."),
            ),
            almeno(
                "recesso_agile_decorre_dopo",
                Q(decorre_dal__gte=models.F("comunicato_il")),
                _("Il recesso decorre prima di essere comunicato."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.accordo}: {self.get_parte_display()}"

    @property
    def azienda(self) -> Azienda:
        return self.accordo.azienda
