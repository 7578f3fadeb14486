# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may, on the objectives' floor."""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from obiettivi.models import RigaScheda
from obiettivi.models.individuale import VALUTANO
from obiettivi.models.scheda import DI_TUTTA_L_AZIENDA
from piani.models import Azienda, Incarico, Piano, Ruolo, Utente
from piani.models.azienda import AziendaQuerySet
from piani.organigramma.ambito import unita_sotto
from piani.rules import con_ruolo

# The controllo di gestione computes attainment, settles how a printed target is read, keeps the
# rules of the SMVP and the library of indicators, closes the periods to new results.
GOVERNA = Ruolo.CONTROLLO_GESTIONE
governa_la_misurazione = con_ruolo(GOVERNA)

# The results come from the controllo di gestione and from the units that certify them.
rileva_i_risultati = con_ruolo(Ruolo.CONTROLLO_GESTIONE, Ruolo.RILEVATORE)

CHI_CHIEDE_ARCHIVI = (
    Ruolo.CONTROLLO_GESTIONE,
    Ruolo.DIREZIONE,
    Ruolo.RESPONSABILE_CDR,
    Ruolo.VICARIO,
    Ruolo.RISORSE_UMANE,
    Ruolo.AMMINISTRATORE,
)


@rules.predicate
def valuta_quegli_anni(utente: Utente, oggetto: Any) -> bool:
    """In the Nucleo today, with some year of the plan entrusted to it (art. 14 D.Lgs. 150/2009)."""
    if oggetto is None:
        return False
    piano = oggetto if isinstance(oggetto, Piano) else oggetto.piano
    miei = Incarico.objects.che_valgono_per(utente).filter(
        azienda=piano.azienda_id, ruolo=Ruolo.NUCLEO
    )
    return miei.per_gli_anni(piano.anno_inizio, piano.anno_fine).exists()


@rules.predicate
def guida_la_scheda(utente: Utente, oggetto: Any) -> bool:
    """Head or deputy of the CdR of a scheda, or of a unit above it."""
    return oggetto is not None and oggetto.unita_id in _unita_con(
        utente, Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO
    )


@rules.predicate
def lavora_nel_cdr(utente: Utente, oggetto: Any) -> bool:
    """Of the staff of the CdR of a scheda."""
    return oggetto is not None and oggetto.unita_id in _unita_con(
        utente, Ruolo.DIPENDENTE, figlie=False
    )


@rules.predicate
def valuta_le_schede(utente: Utente, oggetto: Any) -> bool:
    """In the Nucleo today, with the year of the scheda entrusted to it."""
    if oggetto is None:
        return False
    miei = Incarico.objects.che_valgono_per(utente).filter(
        azienda=oggetto.azienda_id, ruolo=Ruolo.NUCLEO
    )
    return miei.per_gli_anni(oggetto.anno, oggetto.anno).exists()


@rules.predicate
def certifica_l_indicatore(utente: Utente, indicatore: Any) -> bool:
    """Takes results for the unit that certifies the indicator."""
    return indicatore is not None and indicatore.rilevatore_id in _unita_con(
        utente, Ruolo.RILEVATORE, figlie=False
    )


@rules.predicate
def rileva_per_quel_cdr(utente: Utente, rilevazione: Any) -> bool:
    """Governs the measurement or certifies the indicator; or leads the CdR of the result, that has
    it in its scheda of the year.
    """
    if rilevazione is None:
        return False
    if (governa_la_misurazione | certifica_l_indicatore)(utente, rilevazione.indicatore):
        return True
    if rilevazione.unita_id not in _unita_con(utente, Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO):
        return False
    return RigaScheda.objects.filter(
        indicatore=rilevazione.indicatore_id,
        aziendale=False,
        area__scheda__unita=rilevazione.unita_id,
        area__scheda__anno=rilevazione.anno,
    ).exists()


@rules.predicate
def e_il_valutatore(utente: Utente, oggetto: Any) -> bool:
    """The evaluator of a sheet, with an incarico that evaluates; while acting for them, not of
    one's own sheet.
    """
    if oggetto is None or oggetto.persona_id == utente.pk:
        return False
    chi = utente.per_conto_di or utente
    miei = Incarico.objects.che_valgono_per(utente).filter(azienda=oggetto.azienda_id)
    return oggetto.valutatore_id == chi.pk and miei.filter(ruolo__in=VALUTANO).exists()


@rules.predicate
def e_la_persona(utente: Utente, oggetto: Any) -> bool:
    """The sheet is one's own, and one acts for oneself."""
    return oggetto is not None and utente.delega is None and oggetto.persona_id == utente.pk


@rules.predicate
def altro_dalla_persona(utente: Utente, oggetto: Any) -> bool:
    """Of a sheet: neither the evaluated person, nor who acts for them."""
    chi = utente.per_conto_di or utente
    return getattr(oggetto, "persona_id", None) not in (utente.pk, chi.pk)


@rules.predicate
def decide_per_regola(utente: Utente, oggetto: Any) -> bool:
    """Holds the ruolo that the rules of the year name for conciliations, and did not evaluate."""
    if oggetto is None:
        return False
    chi = utente.per_conto_di or utente
    miei = Incarico.objects.che_valgono_per(utente).filter(azienda=oggetto.azienda_id)
    return (
        oggetto.valutatore_id not in (utente.pk, chi.pk)
        and miei.filter(ruolo=oggetto.regole.decide.value).exists()
    )


def _unita_con(utente: Utente, *ruoli: Ruolo, figlie: bool = True) -> set[int]:
    """The units that the person's incarichi of those ruoli reach."""
    miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=ruoli, unita__isnull=False)
    return unita_sotto(set(miei.values_list("unita", flat=True)), figlie=figlie)


# The schede are proposed, sent, put under evaluation and closed by the controllo di gestione.
rules.add_perm("obiettivi.prepara_scheda", con_ruolo(Ruolo.CONTROLLO_GESTIONE))
# They are negotiated by who proposes, who directs and who leads the CdR or a unit above it.
rules.add_perm(
    "obiettivi.negozia_scheda",
    con_ruolo(Ruolo.CONTROLLO_GESTIONE, Ruolo.DIREZIONE) | guida_la_scheda,
)
rules.add_perm("obiettivi.guida_scheda", guida_la_scheda)
# What was said and sent while negotiating is read by who negotiates, and by who governs or watches
# the azienda; the others read what was signed.
rules.add_perm("obiettivi.legge_negoziazione", con_ruolo(*DI_TUTTA_L_AZIENDA) | guida_la_scheda)
# The schede of a year in one archive: for who runs the cycle or leads a unit. The Nucleo and the
# Regione only read, and print them one by one.
rules.add_perm("obiettivi.chiede_archivio", con_ruolo(*CHI_CHIEDE_ARCHIVI))
rules.add_perm("obiettivi.prende_visione", lavora_nel_cdr)
rules.add_perm("obiettivi.valida_scheda", valuta_le_schede)
# Individual evaluation: its rules and its sheets are the risorse umane's, but one's own.
gestisce_il_personale = con_ruolo(Ruolo.RISORSE_UMANE) & altro_dalla_persona
rules.add_perm("obiettivi.regola_individuale", con_ruolo(Ruolo.RISORSE_UMANE))
rules.add_perm("obiettivi.gestisce_valutazioni", gestisce_il_personale)
rules.add_perm("obiettivi.elenca_valutazioni", con_ruolo(Ruolo.RISORSE_UMANE, Ruolo.DIREZIONE))
rules.add_perm("obiettivi.valuta_persona", e_il_valutatore)
rules.add_perm("obiettivi.propria_valutazione", e_la_persona)
rules.add_perm("obiettivi.decide_conciliazione", decide_per_regola & altro_dalla_persona)
# The prizes of a year are typed by who keeps the staff, and published by who publishes.
rules.add_perm("obiettivi.tiene_premi", con_ruolo(Ruolo.RISORSE_UMANE))
# How each evaluator judges, in aggregate: not for the whole azienda.
rules.add_perm(
    "obiettivi.confronta_valutatori",
    con_ruolo(Ruolo.RISORSE_UMANE, Ruolo.DIREZIONE, Ruolo.NUCLEO, Ruolo.CONTROLLO_GESTIONE),
)
# The windows of the cycle and their late exceptions.
rules.add_perm("obiettivi.fissa_finestra", con_ruolo(Ruolo.CONTROLLO_GESTIONE))
# The Relazione is prepared by who keeps the measurement, approved by who governs the azienda,
# validated by the Nucleo of that year (art. 10 c. 1 lett. b and 14 c. 4 lett. c D.Lgs. 150/2009).
rules.add_perm("obiettivi.prepara_relazione", con_ruolo(Ruolo.CONTROLLO_GESTIONE))
rules.add_perm("obiettivi.approva_relazione", con_ruolo(Ruolo.DIREZIONE))
rules.add_perm("obiettivi.valida_relazione", valuta_le_schede)
rules.add_perm("obiettivi.osserva", valuta_quegli_anni)
# The Nucleo's remarks are answered by who builds the plan.
rules.add_perm("obiettivi.rispondi", con_ruolo(Ruolo.CONTROLLO_GESTIONE))
rules.add_perm("obiettivi.rileva", rileva_i_risultati)
rules.add_perm("obiettivi.certifica", governa_la_misurazione | certifica_l_indicatore)
rules.add_perm("obiettivi.rileva_per_cdr", rileva_per_quel_cdr)
# The sheet of a period goes out to who takes results, of the azienda or of a CdR; each row of it is
# asked about by itself when it comes back.
rules.add_perm(
    "obiettivi.usa_foglio",
    con_ruolo(Ruolo.CONTROLLO_GESTIONE, Ruolo.RILEVATORE, Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO),
)
rules.add_perm("obiettivi.calcola", governa_la_misurazione)
rules.add_perm("obiettivi.conferma_lettura", governa_la_misurazione)
rules.add_perm("obiettivi.modifica_edizione", governa_la_misurazione)
rules.add_perm("obiettivi.modifica_indicatore", governa_la_misurazione)
rules.add_perm("obiettivi.chiudi_periodo", governa_la_misurazione)


def aziende_governate(utente: Utente) -> AziendaQuerySet:
    """Those where the person may do ``obiettivi.calcola``: the same rule, asked once for all."""
    if utente.puo_tutto:
        return Azienda.objects.all()
    miei = Incarico.objects.che_valgono_per(utente).filter(ruolo=GOVERNA)
    return Azienda.objects.filter(pk__in=miei.values("azienda"))


def righe_che_rileva(utente: Utente, azienda: Azienda) -> Q:
    """The rows of the schede of whose CdR the person writes the results: what
    ``obiettivi.rileva_per_cdr`` says of one, for all of them.
    """
    if utente.has_perm("obiettivi.calcola", azienda):
        return Q()
    return Q(indicatore__rilevatore__in=_unita_con(utente, Ruolo.RILEVATORE, figlie=False)) | Q(
        area__scheda__unita__in=_unita_con(utente, Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO)
    )


def schede_che_guida(utente: Utente) -> Q:
    """The schede of the CdR that the person leads: what ``obiettivi.guida_scheda`` says of one, for
    all of them.
    """
    if utente.puo_tutto:
        return Q()
    return Q(unita__in=_unita_con(utente, Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO))


def di_persona(utente: Utente, permesso: str, oggetto: Any) -> bool:
    """Whether the rule holds, with no emergency account: nobody evaluates, signs or reads another's
    draft because they administer the program.
    """
    return bool(rules.has_perm(permesso, utente, oggetto))


def esigi_di_persona(utente: Utente | None, permesso: str, oggetto: Any) -> None:
    """As ``piani.rules.esigi``, by ``di_persona``."""
    if utente is not None and not di_persona(utente, permesso, oggetto):
        raise PermissionDenied(_("Il tuo incarico non consente questa operazione."))
