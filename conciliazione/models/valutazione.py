# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who evaluates the proposals of a call, their conflicts, their scores; the ranking."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.bando import Criterio, ManifestazioneInteresse
from conciliazione.models.campi import non_negativi, una_sola
from conciliazione.models.comitato import Seggio
from conciliazione.models.proposta import Partner, Proposta
from conciliazione.models.seduta import Seduta
from conciliazione.models.visibilita import Chi, attraverso, dell_ufficio, seggi_di
from piani.models import Azienda, Utente

PUNTI = {"max_digits": 8, "decimal_places": 4}


class ValutatoreQuerySet(models.QuerySet["Valutatore"]):
    def visibili_a(self, utente: "Chi") -> "ValutatoreQuerySet":
        """The office's and the readers' all; one's own seats'."""
        return self.filter(
            dell_ufficio(utente, "manifestazione__edizione") | Q(seggio__in=seggi_di(utente))
        )

    def attivi(self) -> "ValutatoreQuerySet":
        return self.filter(stato="attivo")

    def senza_conflitti(self) -> "ValutatoreQuerySet":
        """Those whose body neither leads nor is now a partner of a proposal sent to the call,
        whatever was declared; all of them where the edition does not ask to abstain.
        """
        guida = Proposta.objects.inviate().filter(
            manifestazione=OuterRef("manifestazione"), capofila=OuterRef("seggio__ente")
        )
        partecipa = Partner.objects.attuali().filter(
            ente=OuterRef("seggio__ente"),
            proposta__in=Proposta.objects.inviate().filter(
                manifestazione=OuterRef(OuterRef("manifestazione"))
            ),
        )
        return self.filter(
            (~Exists(guida) & ~Exists(partecipa))
            | Q(manifestazione__edizione__parametri__astensione__valore=False)
        )


class Valutatore(models.Model):
    """A seat of the Comitato called to evaluate a call.

    It becomes ``attivo`` with a declaration that there is no conflict; ``astenuto`` when it
    declares one, or because its body leads, or is partner of, a proposal of the call.
    """

    class Stato(models.TextChoices):
        NOMINATO = "nominato", _("Da dichiarare")
        ATTIVO = "attivo", _("Valuta")
        ASTENUTO = "astenuto", _("Astenuto")

    manifestazione = models.ForeignKey(
        ManifestazioneInteresse, models.CASCADE, related_name="valutatori"
    )
    seggio = models.ForeignKey(Seggio, models.PROTECT, related_name="valutazioni")
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.NOMINATO)
    motivo = models.CharField(_("perché si astiene"), max_length=300, blank=True)

    objects = ValutatoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("valutatore")
        verbose_name_plural = _("valutatori")
        ordering = ["manifestazione_id", "seggio__ordine"]
        constraints = [
            una_sola(
                "valutatore_uno_per_seggio", ["manifestazione", "seggio"],
                _("Il seggio è già fra i valutatori."),
            ),
            models.CheckConstraint(
                name="valutatore_astenuto_motivato",
                condition=~Q(stato="astenuto") | ~Q(motivo=""),
                violation_error_message=_("Di chi si astiene si scrive perché."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.seggio)

    @property
    def azienda(self) -> Azienda:
        return self.manifestazione.azienda


class DichiarazioneConflitto(models.Model):
    """What an evaluator declares before reading: no conflict with any proposal, or which one."""

    valutatore = models.OneToOneField(Valutatore, models.CASCADE, related_name="dichiarazione")
    in_conflitto = models.BooleanField(_("in conflitto di interessi"))
    motivo = models.TextField(_("quale conflitto"), blank=True)
    dichiarata_da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="+")
    dichiarata_il = models.DateTimeField(_("dichiarata il"), auto_now_add=True)

    objects = attraverso("valutatore")

    class Meta:
        verbose_name = _("dichiarazione sui conflitti di interesse")
        verbose_name_plural = _("dichiarazioni sui conflitti di interesse")
        ordering = ["valutatore_id"]
        constraints = [
            models.CheckConstraint(
                name="dichiarazione_conflitto_motivata",
                condition=Q(in_conflitto=False) | ~Q(motivo=""),
                violation_error_message=_("Scrivi in che cosa consiste il conflitto."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.valutatore)


class SchedaValutazioneQuerySet(models.QuerySet["SchedaValutazione"]):
    def visibili_a(self, utente: "Chi") -> "SchedaValutazioneQuerySet":
        """One's own. The others' of a proposal only when one's own of it is in; for the office and
        the readers, when every active evaluator's is.
        """
        mia_consegnata = SchedaValutazione.objects.filter(
            proposta=OuterRef("proposta"),
            valutatore__in=Valutatore.objects.attivi()
            .senza_conflitti()
            .filter(seggio__in=seggi_di(utente)),
            consegnata_il__isnull=False,
        )
        consegnate = Q(consegnata_il__isnull=False)
        mancano = Valutatore.objects.attivi().filter(
            ~Exists(
                SchedaValutazione.objects.filter(
                    valutatore=OuterRef("pk"),
                    proposta=OuterRef(OuterRef("proposta")),
                    consegnata_il__isnull=False,
                )
            ),
            manifestazione=OuterRef("proposta__manifestazione"),
        )
        tutte = dell_ufficio(utente, "proposta__manifestazione__edizione") & ~Exists(mancano)
        return self.filter(
            Q(valutatore__seggio__in=seggi_di(utente))
            | (consegnate & (Q(Exists(mia_consegnata)) | tutte))
        )


class SchedaValutazione(models.Model):
    """How an evaluator judges a proposal; handed in once, then it does not change."""

    valutatore = models.ForeignKey(Valutatore, models.CASCADE, related_name="schede")
    proposta = models.ForeignKey(Proposta, models.PROTECT, related_name="schede_valutazione")
    giudizio = models.TextField(_("giudizio"), blank=True)
    consegnata_il = models.DateTimeField(_("consegnata il"), null=True, blank=True)
    consegnata_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SchedaValutazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheda di valutazione di una proposta")
        verbose_name_plural = _("schede di valutazione delle proposte")
        ordering = ["proposta_id", "valutatore_id"]
        constraints = [
            una_sola(
                "scheda_valutazione_una", ["valutatore", "proposta"],
                _("Il valutatore ha già la scheda di questa proposta."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.valutatore}: {self.proposta}"

    @property
    def azienda(self) -> Azienda:
        return self.proposta.azienda


class Punteggio(models.Model):
    """The points of an evaluator to a proposal by a criterion of the call."""

    scheda = models.ForeignKey(SchedaValutazione, models.CASCADE, related_name="punteggi")
    criterio = models.ForeignKey(Criterio, models.PROTECT, related_name="punteggi")
    punti = models.DecimalField(_("punti"), max_digits=6, decimal_places=2)
    nota = models.TextField(_("nota"), blank=True)

    objects = attraverso("scheda")

    class Meta:
        verbose_name = _("punteggio di un criterio")
        verbose_name_plural = _("punteggi dei criteri")
        ordering = ["scheda_id", "criterio__ordine"]
        constraints = [
            una_sola(
                "punteggio_uno_per_criterio", ["scheda", "criterio"],
                _("Il criterio ha già i suoi punti."),
            ),
            non_negativi("punteggio_criterio", "punti"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.criterio}: {self.punti}"


class GraduatoriaQuerySet(models.QuerySet["Graduatoria"]):
    def visibili_a(self, utente: "Chi") -> "GraduatoriaQuerySet":
        """The office's and the readers' all; once decided, whoever sees the call."""
        decise = Q(
            decisa_il__isnull=False,
            manifestazione__in=ManifestazioneInteresse.objects.visibili_a(utente),
        )
        return self.filter(dell_ufficio(utente, "manifestazione__edizione") | decise)


class Graduatoria(models.Model):
    """A ranking of a call, frozen; the last one decided is the one that counts."""

    manifestazione = models.ForeignKey(
        ManifestazioneInteresse, models.CASCADE, related_name="graduatorie"
    )
    numero = models.PositiveSmallIntegerField(_("numero"))
    seduta = models.ForeignKey(
        Seduta, models.PROTECT, null=True, blank=True, related_name="graduatorie"
    )
    formata_il = models.DateTimeField(_("formata il"), auto_now_add=True)
    decisa_il = models.DateTimeField(_("decisa il"), null=True, blank=True)
    motivo = models.TextField(_("motivazione"), blank=True)

    objects = GraduatoriaQuerySet.as_manager()

    class Meta:
        verbose_name = _("graduatoria")
        verbose_name_plural = _("graduatorie")
        ordering = ["manifestazione_id", "-numero"]
        constraints = [
            una_sola(
                "graduatoria_numero_unico", ["manifestazione", "numero"],
                _("C'è già una graduatoria con quel numero."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.manifestazione}, {self.numero}"

    @property
    def azienda(self) -> Azienda:
        return self.manifestazione.azienda


class RigaGraduatoria(models.Model):
    """A proposal in a ranking. ``dettaglio``: the means by criterion, as they were."""

    graduatoria = models.ForeignKey(Graduatoria, models.CASCADE, related_name="righe")
    proposta = models.ForeignKey(Proposta, models.PROTECT, related_name="posti")
    posto = models.PositiveSmallIntegerField(_("posto"), null=True, blank=True)
    punti = models.DecimalField(_("punti"), **PUNTI, null=True, blank=True)
    premiali = models.DecimalField(_("di cui premiali"), **PUNTI, null=True, blank=True)
    idonea = models.BooleanField(_("idonea"), default=True)
    nota = models.CharField(_("nota"), max_length=300, blank=True)
    dettaglio = models.JSONField(
        _("medie per criterio"), default=list, blank=True, encoder=DjangoJSONEncoder
    )

    objects = attraverso("graduatoria")

    class Meta:
        verbose_name = _("riga della graduatoria")
        verbose_name_plural = _("righe della graduatoria")
        ordering = ["graduatoria_id", "posto", "pk"]
        constraints = [
            una_sola(
                "riga_graduatoria_una", ["graduatoria", "proposta"],
                _("La proposta è già in graduatoria."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.posto}. {self.proposta}"
