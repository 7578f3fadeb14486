# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads what: the risorse umane, who governs or watches the azienda, the heads of the units,
the person concerned. Every ``visibili_a`` is made of these conditions.

Reasons of health and of family have no place here: see ``sensibili``.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from piani.models import Incarico, Ruolo, Utente
from piani.organigramma.ambito import unita_sotto

Chi = Utente | AnonymousUser

# The office that runs the lavoro agile: it writes.
UFFICIO = (Ruolo.RISORSE_UMANE,)
# These read what is of the whole azienda and of nobody in particular.
LEGGONO = (
    Ruolo.RISORSE_UMANE,
    Ruolo.CUG,
    Ruolo.DIREZIONE,
    Ruolo.CONTROLLO_GESTIONE,
    Ruolo.NUCLEO,
    Ruolo.PUBBLICATORE,
    Ruolo.REGIONE,
    Ruolo.AMMINISTRATORE,
)
# Who leads a unit answers for it and for those under it.
GUIDANO = (Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO)
# Who works in the azienda may ask for the lavoro agile.
LAVORANO = (
    Ruolo.DIPENDENTE,
    Ruolo.RESPONSABILE_CDR,
    Ruolo.VICARIO,
    Ruolo.RILEVATORE,
    Ruolo.CONTROLLO_GESTIONE,
    Ruolo.RISORSE_UMANE,
    Ruolo.CUG,
    Ruolo.PUBBLICATORE,
    Ruolo.AMMINISTRATORE,
)
TUTTE = Q(pk__isnull=False)
NESSUNA = Q(pk__in=[])


def con_ruolo(utente: "Chi", *ruoli: Ruolo, azienda: str = "azienda") -> Q:
    """The rows of the aziende where the person holds one of those ruoli today."""
    if not utente.is_authenticated:
        return NESSUNA
    if utente.puo_tutto:
        return TUTTE
    miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=ruoli)
    return Q(Exists(miei.filter(azienda=OuterRef(azienda))))


def lette(
    utente: "Chi", primo: str = "anno", ultimo: str = "anno", *, azienda: str = "azienda"
) -> Q:
    """The rows that the person reads by their incarico; the Nucleo, of its years.

    :param primo: the path to the first year of which the row speaks; ``ultimo`` to the last.
    """
    if not utente.is_authenticated:
        return NESSUNA
    if utente.puo_tutto:
        return TUTTE
    miei = Incarico.objects.che_valgono_per(utente).filter(
        ruolo__in=LEGGONO, azienda=OuterRef(azienda)
    )
    return Q(Exists(miei.per_gli_anni(OuterRef(primo), OuterRef(ultimo))))


def guidate_da(utente: "Chi") -> set[int]:
    """The units that the person leads today, those under them, and what they were before."""
    if not utente.is_authenticated:
        return set()
    miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=GUIDANO, unita__isnull=False)
    return unita_sotto(set(miei.values_list("unita", flat=True)))


def di_chi_guida(utente: "Chi", unita: str = "unita") -> Q:
    """The rows of the units that the person leads."""
    guidate = guidate_da(utente)
    return Q(**{f"{unita}__in": guidate}) if guidate else NESSUNA


def propria(utente: "Chi", persona: str = "persona") -> Q:
    """The rows of the person, who is not acting for somebody else."""
    if not utente.is_authenticated or utente.delega is not None:
        return NESSUNA
    return Q(**{persona: utente.pk})


class AttraversoPadre(models.QuerySet[Any]):
    """Rows seen by whoever sees the row that they are part of: ``padre`` is the path to it."""

    padre = ""

    def visibili_a(self, utente: "Chi") -> "AttraversoPadre":
        modello: Any = self.model
        for passo in self.padre.split("__"):
            modello = modello._meta.get_field(passo).related_model
        visibili = modello.objects.visibili_a(utente)
        return self.filter(**{f"{self.padre}__in": visibili})


def attraverso(percorso: str) -> Any:
    """A manager for the rows that are seen with the one at the end of ``percorso``."""
    classe: Any = type("QuerySet", (AttraversoPadre,), {"padre": percorso, "__module__": __name__})
    return classe.as_manager()


class Riservate(models.QuerySet[Any]):
    """Rows with reasons of health or of family: ``azienda`` is the path to their azienda.

    The risorse umane of the azienda read them, and nobody else: not who directs, not the head of
    the unit, not the emergency account. Their own the person reads by :meth:`della_persona`.
    """

    azienda = "azienda"
    persona = "persona"

    def visibili_a(self, utente: "Chi") -> "Riservate":
        if not utente.is_authenticated:
            return self.none()
        miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=UFFICIO)
        return self.filter(**{f"{self.azienda}__in": miei.values("azienda")})

    def della_persona(self, utente: "Chi") -> "Riservate":
        """What the person wrote of themselves."""
        return self.filter(propria(utente, self.persona))


def sensibili(azienda: str, persona: str) -> Any:
    """A manager for rows that only the risorse umane read."""
    attributi = {"azienda": azienda, "persona": persona, "__module__": __name__}
    classe: Any = type("QuerySet", (Riservate,), attributi)
    return classe.as_manager()
