# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff by role and gender, counted at the end of each year."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Incarico, Ruolo, Utente
from piani.models.vincoli import una_sola

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Chi = Utente | AnonymousUser

# Who writes the plan of the azioni positive, counts the staff and prepares the report.
TENGONO = (Ruolo.CUG, Ruolo.RISORSE_UMANE)


class PersonaleQuerySet(models.QuerySet["PersonalePerGenere"]):
    def visibili_a(self, utente: "Chi") -> "PersonaleQuerySet":
        """The rows as they are, small cells too: for who counts the staff. The others read the
        tables made of them, where cells under the minimum are silent.
        """
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=TENGONO)
        return self.filter(azienda__in=miei.values("azienda"))


class PersonalePerGenere(models.Model):
    """How many women and men in a role at the end of a year."""

    class Area(models.TextChoices):
        COMPARTO = "comparto", _("Comparto")
        DIRIGENZA = "dirigenza", _("Dirigenza")

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="personale_per_genere")
    anno = models.PositiveSmallIntegerField(_("anno"))
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=1)
    area = models.CharField(_("area"), max_length=10, choices=Area, blank=True)
    ruolo = models.CharField(_("ruolo"), max_length=120)
    femmine = models.PositiveIntegerField(_("donne"))
    maschi = models.PositiveIntegerField(_("uomini"))
    dimostrativo = models.BooleanField(_("inventato per prova"), default=False)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = PersonaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("personale per genere")
        verbose_name_plural = _("personale per genere")
        ordering = ["azienda_id", "anno", "ordine", "ruolo"]
        constraints = [
            una_sola(
                "personale_genere_ruolo_unico", ["azienda", "anno", "area", "ruolo"],
                _("Quel ruolo c'è già fra il personale dell'anno."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.ruolo}, {self.anno}"

    @property
    def totale(self) -> int:
        return self.femmine + self.maschi
