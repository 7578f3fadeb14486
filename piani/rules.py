# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may: one predicate per sentence of the regulation. When it can be done is the state's."""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from piani.models import Azienda, Incarico, Piano, Ruolo, Utente
from piani.models.evento import CONSULTANO
from piani.models.personale_genere import TENGONO
from piani.models.questionario import PREPARANO


def azienda_di(oggetto: Any) -> Azienda:
    """The azienda a row belongs to: itself, or the one it names."""
    return oggetto if isinstance(oggetto, Azienda) else oggetto.azienda


def con_ruolo(*ruoli: Ruolo) -> rules.predicates.Predicate:
    """Holds one of these ruoli today in the azienda of the row asked about."""

    @rules.predicate(name="con_ruolo:" + "|".join(ruoli))
    def predicato(utente: Utente, oggetto: Any) -> bool:
        if oggetto is None:
            return False
        miei = Incarico.objects.che_valgono_per(utente)
        return miei.filter(azienda=azienda_di(oggetto), ruolo__in=ruoli).exists()

    return predicato


# The RPCT, or the controllo di gestione that prepares the file, publishes in Amministrazione
# Trasparente (art. 43 D.Lgs. 33/2013).
pubblica_documenti = con_ruolo(Ruolo.PUBBLICATORE, Ruolo.CONTROLLO_GESTIONE)


@rules.predicate
def tiene_la_conciliazione(utente: Utente, oggetto: Any) -> bool:
    """The office that leads the conciliation network keeps its two documents, and no other plan."""
    return (
        isinstance(oggetto, Piano)
        and oggetto.tipo == Piano.Tipo.CONCILIAZIONE
        and con_ruolo(Ruolo.CAPOFILA)(utente, oggetto)
    )


@rules.predicate
def tiene_le_azioni_positive(utente: Utente, oggetto: Any) -> bool:
    """The CUG proposes the plan of the azioni positive and the risorse umane keep it with it
    (art. 57 D.Lgs. 165/2001; art. 48 D.Lgs. 198/2006).
    """
    return (
        isinstance(oggetto, Piano)
        and oggetto.tipo == Piano.Tipo.AZIONI_POSITIVE
        and con_ruolo(*TENGONO)(utente, oggetto)
    )


@rules.predicate
def tiene_il_pola(utente: Utente, oggetto: Any) -> bool:
    """The risorse umane write the plan of the lavoro agile (art. 14 c. 1 L. 124/2015)."""
    return (
        isinstance(oggetto, Piano)
        and oggetto.tipo == Piano.Tipo.POLA
        and con_ruolo(Ruolo.RISORSE_UMANE)(utente, oggetto)
    )


# Who is entrusted with a plan of another kind keeps that one, and no other.
tiene_il_suo_piano = tiene_la_conciliazione | tiene_le_azioni_positive | tiene_il_pola

# The controllo di gestione brings in a plan of its own azienda.
carica_piani = con_ruolo(Ruolo.CONTROLLO_GESTIONE)

# The controllo di gestione fills in the plan while it is a draft, sends it to the Nucleo and takes
# it back.
compila_piani = con_ruolo(Ruolo.CONTROLLO_GESTIONE)

# The plan is adopted by the head of the body; who keeps its papers records the act and the
# opinions of the directors (art. 3 c. 1-quinquies D.Lgs. 502/1992).
adotta_piani = con_ruolo(Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE)

# Who governs and who watches consult the register of what was done.
consulta_il_registro = con_ruolo(*CONSULTANO)

# The controllo di gestione draws the chart of its CdR, the amministratore keeps it.
disegna_organigramma = con_ruolo(Ruolo.AMMINISTRATORE, Ruolo.CONTROLLO_GESTIONE)

# Rights derive from an incarico: only the amministratore entrusts a person with a unit.
nomina_responsabili = con_ruolo(Ruolo.AMMINISTRATORE)

# The amministratore of an azienda says who works in it, and as what.
amministra = con_ruolo(Ruolo.AMMINISTRATORE)

# Who works with people prepares the questionnaires that they answer without a name.
prepara_questionari = con_ruolo(*PREPARANO)

# Who governs the azienda sees what the Nucleo was given to read and what it read.
consulta_gli_accessi = con_ruolo(Ruolo.AMMINISTRATORE, Ruolo.DIREZIONE)


@rules.predicate
def ne_e_titolare(utente: Utente, oggetto: Any) -> bool:
    """The incarico asked about is the person's own, and not one that they stand in for."""
    return oggetto is not None and utente.delega is None and oggetto.utente_id == utente.pk


@rules.predicate
def e_il_programma(utente: Utente, oggetto: Any) -> bool:
    """It is the program itself (ClienteApi), or what is its own (Webhook)."""
    cliente = getattr(oggetto, "cliente", oggetto)
    return utente.delega is None and getattr(cliente, "user_id", None) == utente.pk


def incarichi_nucleo(utente: Utente) -> list[Incarico]:
    """What the person is entrusted with today as a member of a Nucleo."""
    return [uno for uno in utente.incarichi_di_oggi if uno.ruolo == Ruolo.NUCLEO]


def affidato(piano: Piano, incarichi: list[Incarico]) -> bool:
    """Whether a plan is of the azienda and of the years of one of those incarichi."""
    return any(
        uno.azienda_id == piano.azienda_id and uno.comprende(piano.anno_inizio, piano.anno_fine)
        for uno in incarichi
    )


@rules.predicate
def valida_piani(utente: Utente, piano: Any) -> bool:
    """The Nucleo validates the plans of the years entrusted to it (art. 14 D.Lgs. 150/2009)."""
    return isinstance(piano, Piano) and affidato(piano, incarichi_nucleo(utente))


@rules.predicate
def attesta_gli_obblighi(utente: Utente, oggetto: Any) -> bool:
    """The Nucleo says of what is published, for the years entrusted to it (art. 14 c. 4 lett. g
    D.Lgs. 150/2009).
    """
    return oggetto is not None and any(
        uno.azienda_id == oggetto.azienda_id and uno.comprende(oggetto.anno, oggetto.anno)
        for uno in incarichi_nucleo(utente)
    )


def consulta_registri(utente: Utente) -> bool:
    """Whether the person consults the register of some azienda."""
    return utente.puo_tutto or utente.ha_ruolo(*CONSULTANO)


rules.add_perm("piani.gestisce_persone", amministra)
rules.add_perm("piani.tiene_logo", amministra)
# Rights of a program come from an incarico, as for people: the same person gives them.
rules.add_perm("piani.gestisce_clienti", amministra)
# A program may say by itself where it wants to be told of what it may read.
rules.add_perm("piani.gestisce_webhook", e_il_programma | amministra)
rules.add_perm("piani.consulta_accessi", consulta_gli_accessi)
# An incarico is delegated by its holder, or for them by the amministratore.
rules.add_perm("piani.delega", ne_e_titolare | amministra)
rules.add_perm("piani.pubblica", pubblica_documenti | tiene_il_suo_piano)
# The seal of the body is put by its head, or by the RPCT who publishes.
rules.add_perm("piani.appone_sigillo", con_ruolo(Ruolo.DIREZIONE, Ruolo.PUBBLICATORE))
rules.add_perm("piani.carica", carica_piani)
rules.add_perm("piani.modifica", compila_piani | tiene_il_suo_piano)
rules.add_perm("piani.valida", valida_piani)
rules.add_perm("piani.adotta", adotta_piani | tiene_il_suo_piano)
rules.add_perm("piani.consulta_registro", consulta_il_registro)
rules.add_perm("piani.modifica_organigramma", disegna_organigramma)
rules.add_perm("piani.nomina_responsabile", nomina_responsabili)
rules.add_perm("piani.prepara_questionario", prepara_questionari)
# Areas, actions and their monitoring; the staff by gender; the yearly report is the CUG's.
rules.add_perm("piani.tiene_azioni_positive", con_ruolo(*TENGONO))
# The register of what must be published, and the reports of errors in what is published.
rules.add_perm("piani.tiene_obblighi", pubblica_documenti)
# The grid of the obligations and its attestation are the Nucleo's, and of nobody else.
rules.add_perm("piani.attesta", attesta_gli_obblighi)
rules.add_perm("piani.relaziona_cug", con_ruolo(Ruolo.CUG))


def esigi(utente: Utente | None, permesso: str, oggetto: Any) -> None:
    """Stop with PermissionDenied unless the person may. ``None`` is the system itself."""
    if utente is None or utente.has_perm(permesso, oggetto):
        return
    raise PermissionDenied(_("Il tuo incarico non consente questa operazione."))
