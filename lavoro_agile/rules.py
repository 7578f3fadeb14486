# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may, in the lavoro agile: one predicate per sentence of the regulation.

The office is Ruolo.RISORSE_UMANE. What a person does of their own (asking, signing, withdrawing)
they do themselves: neither by delega nor by the emergency account. Nobody decides of their own
request.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rules.permissions import add_perm, has_perm
from rules.predicates import predicate

from lavoro_agile.models.visibilita import LAVORANO, LEGGONO, UFFICIO, guidate_da
from piani.models import Incarico, Ruolo, Utente
from piani.rules import azienda_di
from piani.rules import con_ruolo as con_ruolo_qui

# The risorse umane run the lavoro agile: rules, calls, mapping, agreements, figures.
gestisce = con_ruolo_qui(*UFFICIO)


def persona_di(oggetto: Any) -> int | None:
    """Of whom the row speaks: a request, an agreement, or what is part of one."""
    if hasattr(oggetto, "persona_id"):
        return oggetto.persona_id
    for nome in ("domanda", "accordo"):
        padre = getattr(oggetto, nome, None)
        if padre is not None:
            return padre.persona_id
    return None


@predicate
def altro_dalla_persona(utente: Utente, oggetto: Any) -> bool:
    """Neither the person concerned, nor who acts for them."""
    chi = utente.per_conto_di or utente
    return oggetto is not None and persona_di(oggetto) not in (utente.pk, chi.pk)


@predicate
def e_la_persona(utente: Utente, oggetto: Any) -> bool:
    """The request or the agreement is one's own, and one acts for oneself."""
    return oggetto is not None and utente.delega is None and persona_di(oggetto) == utente.pk


@predicate
def guida_l_unita(utente: Utente, oggetto: Any) -> bool:
    """Head or deputy of the unit of the row, or of a unit above it."""
    unita = getattr(oggetto, "unita_id", None)
    return unita is not None and unita in guidate_da(utente)


@predicate
def lavora_nell_azienda(utente: Utente, oggetto: Any) -> bool:
    """Works in the azienda of the call today, and asks for oneself (art. 18 L. 81/2017)."""
    if oggetto is None or utente.delega is not None:
        return False
    miei = Incarico.objects.che_valgono_per(utente)
    return miei.filter(azienda=azienda_di(oggetto), ruolo__in=LAVORANO).exists()


# What is of the azienda and of nobody in particular.
add_perm("lavoro_agile.consulta", con_ruolo_qui(*LEGGONO))
# Editions, calls, POLA.
add_perm("lavoro_agile.modifica_edizione", gestisce)
add_perm("lavoro_agile.bandisce", gestisce)
add_perm("lavoro_agile.tiene_pola", gestisce)
# Mapping: the risorse umane ask, the head of the unit answers.
add_perm("lavoro_agile.apre_campagna", gestisce)
add_perm("lavoro_agile.compila_mappatura", guida_l_unita)
add_perm("lavoro_agile.acquisisce_mappatura", gestisce)
# Requests: the person asks, the head says, the Direzione says again, the risorse umane admit.
add_perm("lavoro_agile.chiede", lavora_nell_azienda)
add_perm("lavoro_agile.scrive_domanda", e_la_persona)
add_perm("lavoro_agile.chiede_riesame", e_la_persona)
add_perm("lavoro_agile.esprime_parere", guida_l_unita & altro_dalla_persona)
add_perm("lavoro_agile.decide_riesame", con_ruolo_qui(Ruolo.DIREZIONE) & altro_dalla_persona)
add_perm("lavoro_agile.ammette", gestisce & altro_dalla_persona)
# Reasons of health and of family: the office that needs them, and nobody else.
add_perm("lavoro_agile.legge_motivi", gestisce)
# Agreements: the risorse umane prepare them, the person and the azienda sign, either withdraws.
add_perm("lavoro_agile.prepara_accordo", gestisce & altro_dalla_persona)
add_perm("lavoro_agile.firma_accordo", e_la_persona)
add_perm("lavoro_agile.firma_per_azienda", (gestisce | guida_l_unita) & altro_dalla_persona)
add_perm("lavoro_agile.recede", e_la_persona)
add_perm("lavoro_agile.recede_per_azienda", (gestisce | guida_l_unita) & altro_dalla_persona)
add_perm("lavoro_agile.comunica_accordi", gestisce)
# Figures.
add_perm("lavoro_agile.rileva_cifre", gestisce)
add_perm("lavoro_agile.rileva_giornate", gestisce | guida_l_unita)
add_perm("lavoro_agile.prepara_questionario", gestisce)

# Done in person: `esigi_di_persona` asks them.
DI_PERSONA = frozenset(
    {
        "lavoro_agile.chiede", "lavoro_agile.scrive_domanda", "lavoro_agile.chiede_riesame",
        "lavoro_agile.firma_accordo", "lavoro_agile.recede", "lavoro_agile.legge_motivi",
        "lavoro_agile.esprime_parere", "lavoro_agile.decide_riesame",
    }
)  # fmt: skip


def puo_di_persona(utente: Utente, permesso: str, oggetto: Any) -> bool:
    """Whether the rule holds, with no emergency account: nobody asks, signs, or reads why another
    asks because they administer the program. For templates too.
    """
    return bool(has_perm(permesso, utente, oggetto))


def esigi_di_persona(utente: Utente | None, permesso: str, oggetto: Any) -> None:
    """As ``piani.rules.esigi``, for what is in DI_PERSONA. ``None`` is the system itself.

    :raises PermissionDenied: it is not for that person.
    """
    if utente is not None and not puo_di_persona(utente, permesso, oggetto):
        raise PermissionDenied(_("Questa operazione spetta ad altri."))
