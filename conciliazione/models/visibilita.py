# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads what: the office and the readers of the azienda, the bodies that one represents, the
seats that one holds. Every ``visibili_a`` is made of these conditions.
"""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from piani.models import Incarico, Ruolo, Utente

Chi = Utente | AnonymousUser

# The ATS office that leads the network: it writes.
UFFICIO = (Ruolo.CAPOFILA,)
# These read everything of the conciliation of the azienda, but what is sealed.
LEGGONO = (
    Ruolo.CAPOFILA,
    Ruolo.DIREZIONE,
    Ruolo.CONTROLLO_GESTIONE,
    Ruolo.PUBBLICATORE,
    Ruolo.NUCLEO,
    Ruolo.REGIONE,
    Ruolo.AMMINISTRATORE,
)
TUTTE = Q(pk__isnull=False)
NESSUNA = Q(pk__in=[])


def dell_ufficio(utente: "Chi", edizione: str = "edizione") -> Q:
    """The rows of the editions that the person reads by their incarico; the Nucleo, of its years.

    :param edizione: the path from the row to its edition ("" for the edition itself).
    """
    if not utente.is_authenticated:
        return NESSUNA
    if utente.puo_tutto:
        return TUTTE
    verso = f"{edizione}__" if edizione else ""
    miei = Incarico.objects.che_valgono_per(utente).filter(
        ruolo__in=LEGGONO, azienda=OuterRef(f"{verso}azienda")
    )
    anni = miei.per_gli_anni(OuterRef(f"{verso}anno_inizio"), OuterRef(f"{verso}anno_fine"))
    return Q(Exists(anni))


def dell_azienda(utente: "Chi", azienda: str = "azienda") -> Q:
    """The rows of the azienda, of all years, that the person reads by their incarico."""
    if not utente.is_authenticated:
        return NESSUNA
    if utente.puo_tutto:
        return TUTTE
    miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=LEGGONO)
    return Q(Exists(miei.filter(azienda=OuterRef(azienda))))


def enti_di(utente: "Chi") -> QuerySet:
    """The bodies that the person represents today; none while acting for somebody else."""
    from conciliazione.models.referente import Referente

    return Referente.objects.che_valgono_per(utente).values("ente")


def seggi_di(utente: "Chi") -> QuerySet:
    """The seats of a Comitato that the person holds today, as titolare or supplente."""
    from conciliazione.models.comitato import Componente

    return Componente.objects.che_valgono_per(utente).values("seggio")


def edizioni_del_comitato(utente: "Chi") -> QuerySet:
    """The editions in whose Comitato the person sits today."""
    from conciliazione.models.comitato import Componente

    return Componente.objects.che_valgono_per(utente).values("seggio__edizione")


class DellUfficio(models.QuerySet):
    """Rows that only the office and the readers of the azienda see."""

    edizione = "edizione"

    def visibili_a(self, utente: "Chi") -> "DellUfficio":
        return self.filter(dell_ufficio(utente, self.edizione))


class AttraversoPadre(models.QuerySet):
    """Rows seen by whoever sees the row that they are part of: ``padre`` is the path to it."""

    padre = ""

    def visibili_a(self, utente: "Chi") -> "AttraversoPadre":
        modello = self.model
        for passo in self.padre.split("__"):
            modello = modello._meta.get_field(passo).related_model
        visibili = modello.objects.visibili_a(utente)
        return self.filter(**{f"{self.padre}__in": visibili})


def attraverso(percorso: str) -> models.Manager:
    """A manager for the rows that are seen with the one at the end of ``percorso``."""
    classe = type("QuerySet", (AttraversoPadre,), {"padre": percorso, "__module__": __name__})
    return classe.as_manager()


def con_l_ufficio(percorso: str = "edizione") -> models.Manager:
    """A manager for rows of the office alone."""
    classe = type("QuerySet", (DellUfficio,), {"edizione": percorso, "__module__": __name__})
    return classe.as_manager()
