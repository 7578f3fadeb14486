# SPDX-License-Identifier: AGPL-3.0-or-later
"""The territory: ambiti and municipalities, their Piano dei Tempi, the projects of L.r. 28/2004."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import date_in_ordine, una_sola
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.visibilita import Chi, dell_azienda, dell_ufficio, enti_di
from piani.models import Azienda, Utente

# Above this a municipality must have one (art. 23 c. 1 L. 53/2000).
ABITANTI_OBBLIGO = 30_000


class DellAzienda(models.QuerySet):
    def visibili_a(self, utente: "Chi") -> "DellAzienda":
        """For who reads the conciliation of the azienda and for who represents one of its bodies:
        the territory is known to all.
        """
        esterni = Azienda.objects.filter(enti_conciliazione__in=enti_di(utente))
        return self.filter(dell_azienda(utente) | Q(azienda__in=esterni.values("pk")))


class TempiQuerySet(models.QuerySet["RilevazioneTempi"]):
    def visibili_a(self, utente: "Chi") -> "TempiQuerySet":
        """The office's and the readers' all; who represents the ambito, its own."""
        return self.filter(dell_ufficio(utente) | Q(ambito__enti__in=enti_di(utente))).distinct()


class Ambito(models.Model):
    """A social ambito (of a Piano di Zona) with its municipalities.

    ``comuni_stampati`` is how many the document says it has; ours are the rows of Comune.
    """

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="ambiti")
    codice = models.SlugField(_("codice"), max_length=60)
    nome = models.CharField(_("nome"), max_length=120)
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=0)
    comuni_stampati = models.PositiveSmallIntegerField(
        _("comuni, come stampato"), null=True, blank=True
    )
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = DellAzienda.as_manager()

    SCRITTI = ("codice", "nome", "ordine", "comuni_stampati")

    class Meta:
        verbose_name = _("ambito")
        verbose_name_plural = _("ambiti")
        ordering = ["azienda_id", "ordine", "nome"]
        constraints = [
            una_sola("ambito_codice_unico", ["azienda", "codice"], _("C'è già quell'ambito.")),
        ]

    def __str__(self) -> str:
        return self.nome


class Comune(models.Model):
    """A municipality of the territory."""

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="comuni")
    ambito = models.ForeignKey(
        Ambito, models.PROTECT, null=True, blank=True, related_name="comuni",
        verbose_name=_("ambito"),
    )  # fmt: skip
    nome = models.CharField(_("nome"), max_length=120)
    codice_istat = models.CharField(_("codice ISTAT"), max_length=6, blank=True)
    provincia = models.CharField(_("provincia"), max_length=2, blank=True)
    abitanti = models.PositiveIntegerField(_("abitanti"), null=True, blank=True)

    objects = DellAzienda.as_manager()

    SCRITTI = ("nome", "ambito", "codice_istat", "provincia", "abitanti")

    class Meta:
        verbose_name = _("comune")
        verbose_name_plural = _("comuni")
        ordering = ["azienda_id", "nome"]
        constraints = [
            una_sola("comune_nome_unico", ["azienda", "nome"], _("C'è già quel comune.")),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def in_obbligo(self) -> bool | None:
        """Whether the law wants a Piano dei Tempi there; None if the inhabitants are not known."""
        return None if self.abitanti is None else self.abitanti > ABITANTI_OBBLIGO


class RilevazioneTempi(models.Model):
    """What an ambito answers on the Piano dei Tempi of its municipalities, in an edition."""

    class Esito(models.TextChoices):
        NON_PERVENUTO = "non_pervenuto", _("Dato non pervenuto")
        NESSUNO = "nessuno", _("Nessun comune lo ha adottato")
        IN_PARTE = "in_parte", _("Ha risposto solo una parte dei comuni")
        NON_AGGIORNATO = "non_aggiornato", _("Adottato e non più aggiornato")
        VIGENTE = "vigente", _("Adottato e vigente")
        SENZA_PIANO = "senza_piano", _("Non adottato, ma con interventi")

    edizione = models.ForeignKey(
        EdizioneConciliazione, models.CASCADE, related_name="rilevazioni_tempi"
    )
    ambito = models.ForeignKey(Ambito, models.PROTECT, related_name="rilevazioni_tempi")
    esito = models.CharField(
        _("risposta"), max_length=20, choices=Esito, default=Esito.NON_PERVENUTO
    )
    testo = models.TextField(_("risposta, come stampata"), blank=True)
    chiesta_il = models.DateField(_("chiesta il"), null=True, blank=True)
    risposta_il = models.DateField(_("risposta del"), null=True, blank=True)
    risposta_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = TempiQuerySet.as_manager()

    SCRITTI = ("esito", "testo", "chiesta_il", "risposta_il")

    class Meta:
        verbose_name = _("rilevazione del Piano dei Tempi")
        verbose_name_plural = _("rilevazioni del Piano dei Tempi")
        ordering = ["edizione_id", "ambito__ordine"]
        constraints = [
            una_sola(
                "rilevazione_tempi_una_per_ambito", ["edizione", "ambito"],
                _("L'ambito ha già la sua rilevazione in questa edizione."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.ambito}: {self.get_esito_display()}"

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class PianoDeiTempi(models.Model):
    """What is known of the Piano dei Tempi of a municipality, from the answer of its ambito."""

    rilevazione = models.ForeignKey(
        RilevazioneTempi, models.CASCADE, related_name="piani_dei_tempi"
    )
    comune = models.ForeignKey(Comune, models.PROTECT, related_name="piani_dei_tempi")
    adottato = models.BooleanField(_("adottato"), default=False)
    anno = models.PositiveSmallIntegerField(_("anno di adozione"), null=True, blank=True)
    vigente = models.BooleanField(_("ancora vigente"), default=False)
    nota = models.CharField(_("nota"), max_length=300, blank=True)

    SCRITTI = ("adottato", "anno", "vigente", "nota")

    class Meta:
        verbose_name = _("Piano dei Tempi di un comune")
        verbose_name_plural = _("Piani dei Tempi dei comuni")
        ordering = ["rilevazione_id", "comune__nome"]
        constraints = [
            una_sola(
                "piano_tempi_uno_per_comune", ["rilevazione", "comune"],
                _("Il comune è già in questa risposta."),
            ),
            models.CheckConstraint(
                name="piano_tempi_vigente_se_adottato",
                condition=Q(vigente=False) | Q(adottato=True),
                violation_error_message=_("È vigente solo un Piano dei Tempi adottato."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.comune)


class ProgettoTempi(models.Model):
    """A project financed by L.r. 28/2004: municipality, title, actions, call."""

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="progetti_tempi")
    comune = models.ForeignKey(Comune, models.PROTECT, related_name="progetti_tempi")
    titolo = models.CharField(_("titolo"), max_length=200)
    azioni = models.TextField(_("azioni"), blank=True)
    bando = models.CharField(_("bando"), max_length=120, blank=True)
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)
    concluso = models.BooleanField(_("concluso"), default=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = DellAzienda.as_manager()

    SCRITTI = ("comune", "titolo", "azioni", "bando", "dal", "al", "concluso")

    class Meta:
        verbose_name = _("progetto dei tempi delle città")
        verbose_name_plural = _("progetti dei tempi delle città")
        ordering = ["azienda_id", "comune__nome", "titolo"]
        constraints = [
            una_sola("progetto_tempi_unico", ["comune", "titolo"], _("C'è già quel progetto.")),
            date_in_ordine("progetto_tempi"),
        ]

    def __str__(self) -> str:
        return f"{self.comune}, {self.titolo}"


class InterventoTempi(models.Model):
    """A kind of action of the last call of L.r. 28/2004 and the municipalities that did it."""

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="interventi_tempi")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    priorita = models.CharField(_("ambito prioritario"), max_length=200)
    descrizione = models.CharField(_("descrizione"), max_length=300)
    bando = models.CharField(_("bando"), max_length=120, blank=True)
    comuni = models.ManyToManyField(Comune, related_name="interventi_tempi", blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = DellAzienda.as_manager()

    SCRITTI = ("ordine", "priorita", "descrizione", "bando", "comuni")

    class Meta:
        verbose_name = _("intervento sui tempi delle città")
        verbose_name_plural = _("interventi sui tempi delle città")
        ordering = ["azienda_id", "ordine"]
        constraints = [
            una_sola(
                "intervento_tempi_posto_unico", ["azienda", "bando", "ordine"],
                _("Un altro intervento ha già quel posto."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.descrizione
