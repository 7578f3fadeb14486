# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may, in the conciliation: one predicate per sentence of the regulation.

The ATS office that leads the network holds Ruolo.CAPOFILA. Who comes from outside holds no
incarico: their rights come from a Referente (a body) or from a Componente (a seat of the
Comitato), in person, never by delega and never by the emergency account.
"""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from conciliazione.models import (
    Componente,
    Ente,
    Progetto,
    Proposta,
    Referente,
    Seggio,
    Valutatore,
)
from conciliazione.models.visibilita import LEGGONO, UFFICIO
from piani.models import Ruolo, Utente
from piani.rules import con_ruolo

# The ATS is the Capofila di Rete: it calls, keeps, checks, pays (art. 8 of the Regolamento).
guida_la_rete = con_ruolo(*UFFICIO)

# What the Comitato decides of the money is approved by who leads the office or directs the ATS.
dispone_delle_risorse = con_ruolo(*UFFICIO, Ruolo.DIREZIONE)

# The acts go to Amministrazione Trasparente (artt. 26 e 27 D.Lgs. 33/2013).
pubblica_gli_atti = con_ruolo(*UFFICIO, Ruolo.PUBBLICATORE)


def enti_rappresentati(utente: Utente) -> set[int]:
    """The bodies that the person represents today."""
    return set(Referente.objects.che_valgono_per(utente).values_list("ente", flat=True))


def seggi_tenuti(utente: Utente) -> set[int]:
    """The seats that the person holds today."""
    return set(Componente.objects.che_valgono_per(utente).values_list("seggio", flat=True))


def ente_di(oggetto: Any) -> int | None:
    """The body on whose behalf something is done: itself, or the one that the row names."""
    if isinstance(oggetto, Ente):
        return oggetto.pk
    return getattr(oggetto, "ente_id", None)


PADRI = (
    "progetto", "proposta", "versione", "azione", "rilevazione", "rendiconto", "spesa", "mappa",
    "riga", "kpi", "accordo",
)  # fmt: skip
"""Where a row says what it is part of, up to its proposal or project."""


def capofila_di(oggetto: Any) -> int | None:
    """The capofila of the Alleanza of a proposal, of a project, or of what is part of them."""
    if isinstance(oggetto, Proposta | Progetto):
        return oggetto.capofila_id
    for nome in PADRI:
        padre = getattr(oggetto, nome, None)
        if padre is not None:
            return capofila_di(padre)
    return None


@rules.predicate
def rappresenta_l_ente(utente: Utente, oggetto: Any) -> bool:
    """Represents today the body of the row: its adhesion, its part as a partner, its signature."""
    return oggetto is not None and ente_di(oggetto) in enti_rappresentati(utente)


@rules.predicate
def guida_l_alleanza(utente: Utente, oggetto: Any) -> bool:
    """Represents today the capofila, that holds the project (art. 10 of the Regolamento)."""
    return oggetto is not None and capofila_di(oggetto) in enti_rappresentati(utente)


@rules.predicate
def e_dell_alleanza(utente: Utente, oggetto: Any) -> bool:
    """Represents today the capofila or a partner of the project asked about."""
    if oggetto is None:
        return False
    progetto = oggetto if isinstance(oggetto, Progetto) else getattr(oggetto, "progetto", None)
    if progetto is None:
        return False
    return Progetto.objects.di_enti(utente).filter(pk=progetto.pk).exists()


@rules.predicate
def tiene_il_seggio(utente: Utente, oggetto: Any) -> bool:
    """Holds today the seat asked about, as titolare or supplente (art. 5 of the Regolamento)."""
    if oggetto is None:
        return False
    seggio = oggetto.pk if isinstance(oggetto, Seggio) else getattr(oggetto, "seggio_id", None)
    return seggio in seggi_tenuti(utente)


@rules.predicate
def valuta_le_proposte(utente: Utente, oggetto: Any) -> bool:
    """Holds the seat of an evaluator that does not abstain: who leads or is partner of a proposal
    of the call takes no part (Piano 2017-2018, par. 2.4; art. 5 of the Regolamento).
    """
    if oggetto is None:
        return False
    valutatore = oggetto if isinstance(oggetto, Valutatore) else oggetto.valutatore
    return valutatore.stato == Valutatore.Stato.ATTIVO and valutatore.seggio_id in seggi_tenuti(
        utente
    )


# Editions and their parameters; the network; the territory.
rules.add_perm("conciliazione.consulta", con_ruolo(*LEGGONO))
rules.add_perm("conciliazione.modifica_edizione", guida_la_rete)
rules.add_perm("conciliazione.gestisce_rete", guida_la_rete)
rules.add_perm("conciliazione.valuta_adesione", guida_la_rete)
rules.add_perm("conciliazione.nomina_referente", guida_la_rete)
rules.add_perm("conciliazione.rinuncia", guida_la_rete | rappresenta_l_ente)
rules.add_perm("conciliazione.aggiorna_ente", guida_la_rete | rappresenta_l_ente)
rules.add_perm("conciliazione.rileva_tempi", guida_la_rete)
# Comitato and meetings.
rules.add_perm("conciliazione.compone_comitato", guida_la_rete)
rules.add_perm("conciliazione.convoca", guida_la_rete)
rules.add_perm("conciliazione.verbalizza", guida_la_rete)
rules.add_perm("conciliazione.vota", tiene_il_seggio)
rules.add_perm("conciliazione.valida_verbale", tiene_il_seggio)
rules.add_perm("conciliazione.chiede_consultazione", rappresenta_l_ente)
# Calls and proposals.
rules.add_perm("conciliazione.bandisce", guida_la_rete)
rules.add_perm("conciliazione.istruisce", guida_la_rete)
rules.add_perm("conciliazione.propone", rappresenta_l_ente)
rules.add_perm("conciliazione.scrive_proposta", guida_l_alleanza)
rules.add_perm("conciliazione.risponde_partner", rappresenta_l_ente)
# Evaluation and allocation.
rules.add_perm("conciliazione.nomina_valutatori", guida_la_rete)
rules.add_perm("conciliazione.dichiara_conflitto", tiene_il_seggio)
rules.add_perm("conciliazione.valuta", valuta_le_proposte)
rules.add_perm("conciliazione.forma_graduatoria", guida_la_rete)
rules.add_perm("conciliazione.riparte", guida_la_rete)
rules.add_perm("conciliazione.sceglie_scenario", dispone_delle_risorse)
# Financial plan, projects, monitoring, money.
rules.add_perm("conciliazione.tiene_piano_finanziario", guida_la_rete)
rules.add_perm("conciliazione.gestisce_progetti", guida_la_rete)
rules.add_perm("conciliazione.conduce_progetto", guida_l_alleanza)
rules.add_perm("conciliazione.documenta_progetto", guida_la_rete | guida_l_alleanza)
rules.add_perm("conciliazione.firma_accordo", rappresenta_l_ente)
rules.add_perm("conciliazione.gestisce_azioni", guida_la_rete)
rules.add_perm("conciliazione.apre_semestri", guida_la_rete)
rules.add_perm("conciliazione.rileva_azioni", guida_la_rete)
rules.add_perm("conciliazione.rileva_progetto", guida_l_alleanza)
rules.add_perm("conciliazione.valida_rilevazione", guida_la_rete)
rules.add_perm("conciliazione.spende", e_dell_alleanza)
rules.add_perm("conciliazione.rendiconta", guida_l_alleanza)
rules.add_perm("conciliazione.verifica_rendiconto", guida_la_rete)
rules.add_perm("conciliazione.paga", dispone_delle_risorse)
# Impact and documents.
rules.add_perm("conciliazione.valuta_impatto", guida_la_rete | guida_l_alleanza)
rules.add_perm("conciliazione.prepara_questionario", guida_la_rete)
rules.add_perm("conciliazione.pubblica", pubblica_gli_atti)

# These are of who comes from outside, in person: `esigi_referente` asks them.
DI_PERSONA = frozenset(
    {
        "conciliazione.vota", "conciliazione.valida_verbale", "conciliazione.chiede_consultazione",
        "conciliazione.propone", "conciliazione.scrive_proposta", "conciliazione.risponde_partner",
        "conciliazione.dichiara_conflitto", "conciliazione.valuta",
        "conciliazione.conduce_progetto", "conciliazione.firma_accordo",
        "conciliazione.rileva_progetto", "conciliazione.spende", "conciliazione.rendiconta",
    }
)  # fmt: skip


def puo_di_persona(utente: Utente, permesso: str, oggetto: Any) -> bool:
    """Whether the rule holds, with no emergency account: nobody votes, proposes or reports for a
    body because they administer the program. For templates too.
    """
    return bool(rules.has_perm(permesso, utente, oggetto))


def esigi_referente(utente: Utente | None, permesso: str, oggetto: Any) -> None:
    """As ``piani.rules.esigi``, for what is done on behalf of a body or of a seat (DI_PERSONA).

    ``None`` is the system itself, that loads the documents of the past.

    :raises PermissionDenied: the person represents neither that body nor that seat today.
    """
    if utente is not None and not puo_di_persona(utente, permesso, oggetto):
        raise PermissionDenied(
            _("Oggi non rappresenti l'ente o il seggio a cui spetta questa operazione.")
        )
